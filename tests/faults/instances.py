"""Instances by the thousand: cut from a few that were made once, each different in its bytes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from tests.factories.instances import VERSION, household_instance
from tests.faults.history import Key

ID, BASE = f"uuid:{UUID(int=1)}", f"uuid:{UUID(int=2)}"
HOUSEHOLD = "22001011001-0042"
ENDED_AT = "2020-12-05T10:59:59.000+07:00"
FROM_PERSONS, TO_PERSONS = 1, 3
SURNAME = "ตัวอย่าง"
LETTERS = str.maketrans("0123456789-", "กขคงจชซดตถท")


@dataclass(frozen=True, slots=True)
class Record:
    """A submission ready to be sent, as often as need be."""

    instance_id: str
    household_id: str
    text: str
    base: str | None = None
    version: str = VERSION
    has_file: bool = False
    """Whether a file goes with it wherever files can."""

    @property
    def file(self) -> bytes:
        """The file that goes with it: the same every time."""
        return f"note on {self.key[1]}".encode()

    @property
    def key(self) -> Key:
        """Its id and the digest of its bytes."""
        return self.instance_id, hashlib.sha256(self.text.encode()).hexdigest()

    def without_name(self) -> Record:
        """The same without any id: nobody could tell it from another."""
        text = self.text.replace(self.instance_id, "")
        return Record("", self.household_id, text, self.base, self.version)

    @property
    def envelope(self) -> dict[str, Any]:
        """The record on the wire of the JSON interface."""
        return {
            "instance_id": self.instance_id,
            "household_id": self.household_id,
            "mode": "face_to_face",
            "questionnaire": "household",
            "version": self.version,
            "instance": self.text,
        }


def record(
    chance: Random, household_id: str, *, base: str | None = None, version: str = VERSION
) -> Record:
    """A new submission of this household; a correction of `base` where that is given."""
    instance_id = f"uuid:{UUID(int=chance.getrandbits(128), version=4)}"
    return Record(
        instance_id, household_id, _text(chance, instance_id, household_id, base, version), base,
        version,
    )  # fmt: skip


def variant(chance: Random, first: Record) -> Record:
    """Other bytes under the same id."""
    text = _text(chance, first.instance_id, first.household_id, first.base, first.version)
    return Record(first.instance_id, first.household_id, text, first.base, first.version)


def _text(
    chance: Random, instance_id: str, household_id: str, base: str | None, version: str
) -> str:
    text = _template(chance.randint(FROM_PERSONS, TO_PERSONS), version)
    ended_at = (
        f"2020-12-05T10:{chance.randint(20, 58):02d}:{chance.randint(0, 59):02d}"
        f".{chance.randint(0, 999):03d}+07:00"
    )
    return (
        text.replace(SURNAME, _surname(household_id))
        .replace(ID, instance_id)
        .replace(BASE, base or "")
        .replace(HOUSEHOLD, household_id)
        .replace(ENDED_AT, ended_at)
        .replace("</data>", f"<!-- {chance.getrandbits(64):016x} --></data>")
    )


def _surname(household_id: str) -> str:
    """A name of no other household: the same name in two would be a finding in both."""
    return SURNAME + household_id.translate(LETTERS)


@cache
def _template(persons: int, version: str) -> str:
    text = household_instance(
        HOUSEHOLD,
        persons=persons,
        instance_id=ID,
        deprecated_id=BASE,
        end=ENDED_AT,
        version=version,
    )
    # Nobody has an identity number: the same one in two households would be a finding in both.
    return re.sub(r"<p07>\d+</p07><p07_reason/>", "<p07/><p07_reason>3</p07_reason>", text)
