"""The event of an export: who took out what, of which area, and the digest of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy.orm import Session

from census.collection.exporting.running import Exported
from census.core.events import record


def record_export(session: Session, exported: Exported, *, operator: str, at: datetime) -> None:
    """Write down that answers leave the system, before they do.

    The operator is the account of the operating system: the command line knows no other.
    """
    canonical = json.dumps(exported.manifest, sort_keys=True, separators=(",", ":"))
    record(
        session,
        None,
        "answers.exported",
        hashlib.sha256(canonical.encode()).hexdigest(),
        area=exported.order.area,
        at=at,
        details={
            "operator": operator,
            "format": exported.order.format.value,
            "with": exported.order.which.value,
            "sensitive": exported.order.has_sensitive,
            "since": exported.order.since,
            "mark": exported.mark,
            "rows": exported.rows,
            "sha256": {file.name: file.sha256 for file in exported.files},
        },
    )
