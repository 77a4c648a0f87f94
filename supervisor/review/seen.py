"""What a page showed, written into its forms, so that a decision says what it was made on."""

from __future__ import annotations

import re

from census.review.queries import Batch
from census.review.rules import Seen

_REVISION = re.compile(r"([0-9]{4})\.([0-9]{1,18})")


def written(batch: Batch) -> str:
    """The ETag and every revision, short enough to stand in each form of the page."""
    revisions = (
        f"{household_id.rpartition('-')[2]}.{revision}"
        for household_id, revision in batch.revisions.items()
    )
    return " ".join((batch.etag, *revisions))


def read(text: str, ea_code: str) -> Seen:
    """What the form says was seen; what is no revision is passed over, the ETag decides."""
    etag, _, rest = text.partition(" ")
    found = (_REVISION.fullmatch(part) for part in rest.split())
    revisions = {f"{ea_code}-{match[1]}": int(match[2]) for match in found if match}
    return Seen(etag, revisions)
