"""What the population register says of the persons of a house, opened for whoever works there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.core import sealed
from census.frame.models import RegisterPerson


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person as the register has them; the identity number stays sealed."""

    title: str | None
    first_name: str
    surname: str
    sex: str
    birth_year_be: int
    birth_month: int
    nationality: str


def persons_registered_at(
    session: Session, province_code: str, house_codes: Collection[str]
) -> dict[str, list[RegisteredPerson]]:
    """The registered persons of these houses of a province, by house code, oldest first."""
    rows = session.scalars(
        select(RegisterPerson)
        .where(
            RegisterPerson.province_code == province_code,
            RegisterPerson.house_code.in_(house_codes),
        )
        .order_by(RegisterPerson.birth_year_be, RegisterPerson.birth_month, RegisterPerson.id)
    )
    persons: dict[str, list[RegisteredPerson]] = defaultdict(list)
    for row in rows:
        persons[row.house_code].append(
            RegisteredPerson(
                title=row.title,
                first_name=_open(row, row.first_name_sealed, "first_name"),
                surname=_open(row, row.surname_sealed, "surname"),
                sex=row.sex,
                birth_year_be=row.birth_year_be,
                birth_month=row.birth_month,
                nationality=row.nationality,
            )
        )
    return persons


def _open(row: RegisterPerson, value: bytes, item: str) -> str:
    return sealed.unseal_text(value, column=f"frame_register_person.{item}", row=row.id)
