"""Instances as large as they usually are: 6 KB, with three persons."""

from __future__ import annotations

import re
from uuid import uuid4

from census.collection.questionnaires.sources import sample_instance

FORM, VERSION = "household", "2564.1"
INSTANCE_BYTES = 6_000

_SAMPLE_HOUSEHOLD = "22001011001-0042"
_INSTANCE_ID = re.compile(r"uuid:[0-9a-f-]{36}")


def padded_sample() -> str:
    """The questionnaire's own sample with three persons, made as large as instances usually are."""
    sample = sample_instance(FORM, VERSION).decode()
    missing = INSTANCE_BYTES - len(sample.encode()) - len("<remark></remark>")
    return sample.replace("</data>", f"<remark>{'x' * missing}</remark></data>")


def new_instance_id() -> str:
    """A fresh instance id."""
    return f"uuid:{uuid4()}"


def instance_for(sample: str, instance_id: str, household_id: str) -> str:
    """The sample as the response of a household."""
    own = _INSTANCE_ID.sub(instance_id, sample, count=1)
    return own.replace(_SAMPLE_HOUSEHOLD, household_id)
