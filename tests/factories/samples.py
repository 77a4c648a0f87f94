"""Instances for tests: the questionnaire's own sample, addressed to any household."""

from __future__ import annotations

import re
from functools import cache
from uuid import uuid4

from census.collection.arrivals import Incoming
from census.collection.questionnaires.sources import sample_instance

_SAMPLE_HOUSEHOLD = "22001011001-0042"
_INSTANCE_ID = re.compile(r"uuid:[0-9a-f-]{36}")


@cache
def _sample() -> str:
    return sample_instance("household", "2564.1").decode()


def new_instance_id() -> str:
    """An instance id that was never used."""
    return f"uuid:{uuid4()}"


def instance(
    household_id: str, *, instance_id: str, deprecated_id: str = "", **answers: str
) -> str:
    """The sample as the instance of this household; other answers by their nodes."""
    text = _INSTANCE_ID.sub(instance_id, _sample(), count=1)
    text = text.replace(_SAMPLE_HOUSEHOLD, household_id)
    text = re.sub(
        r"<orx:deprecatedID\s*/>|<orx:deprecatedID></orx:deprecatedID>",
        f"<orx:deprecatedID>{deprecated_id}</orx:deprecatedID>",
        text,
    )
    for node, value in answers.items():
        text, found = re.subn(
            rf"<{node}>[^<]*</{node}>|<{node}/>", f"<{node}>{value}</{node}>", text
        )
        if not found:
            raise ValueError(f"the sample has no node {node}")
    return text


def incoming(household_id: str, *, instance_id: str | None = None, **answers: str) -> Incoming:
    """A submission of this household, as a face hands it over."""
    instance_id = instance_id or new_instance_id()
    text = instance(household_id, instance_id=instance_id, **answers)
    return Incoming(instance_id, text.encode(), household_id, None, "household", "2564.1")
