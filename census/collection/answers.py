"""Tables of answers: one row for a household's response, one for each person in it.

Items and codes are those of the questionnaire; codes are kept as they are written, counts as
numbers. Names and identity numbers are sealed column by column. Columns and questionnaire nodes
have the same names.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from census.core.db import Base


class Response(Base):
    """What a household answered about its dwelling and itself."""

    __tablename__ = "collection_response"

    province_code: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(primary_key=True)
    household_id: Mapped[str] = mapped_column(index=True)
    house_reg_code: Mapped[str | None]
    """The house code as it was read off the house register in the field."""
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    altitude_m: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    """Metres; 0 is the mark of a position that was made up by another program."""
    metres_from_dwelling: Mapped[float | None]
    metres_outside_area: Mapped[float | None]
    """How far outside the enumeration area's boundary; 0 within it."""
    h01: Mapped[str | None]
    h02: Mapped[str | None]
    h03: Mapped[str | None]
    h04: Mapped[int | None]
    h05: Mapped[str | None]
    h06: Mapped[str | None]
    h07: Mapped[str | None]
    h08: Mapped[int | None]
    h09: Mapped[int | None]
    h10: Mapped[str | None]
    h11: Mapped[str | None]
    h12: Mapped[str | None]
    h13: Mapped[str | None]
    h14: Mapped[str | None]
    h15: Mapped[str | None]
    h16: Mapped[str | None]
    h17: Mapped[str | None]
    h18: Mapped[str | None]
    h19: Mapped[str | None]
    h20_motorcycles: Mapped[int | None]
    h20_cars: Mapped[int | None]
    h21: Mapped[str | None]
    h21_language: Mapped[str | None]
    h22: Mapped[int | None]
    h23: Mapped[int | None]
    h24: Mapped[int | None]
    h25: Mapped[int | None]


class Person(Base):
    """What was answered about one usual resident."""

    __tablename__ = "collection_person"
    __table_args__ = (Index("ix_collection_person_p07_hash", "p07_hash"),)

    province_code: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """The place in the roster as sent, from 1; P01 is what was written as line number."""
    p01: Mapped[int | None]
    p02_title: Mapped[str | None]
    p02_first_sealed: Mapped[bytes | None]
    p02_last_sealed: Mapped[bytes | None]
    p03: Mapped[str | None]
    p04: Mapped[str | None]
    p05_month: Mapped[str | None]
    p05_year: Mapped[int | None]
    p06: Mapped[int | None]
    p07_sealed: Mapped[bytes | None]
    p07_hash: Mapped[bytes | None]
    name_hash: Mapped[bytes | None]
    """A keyed hash of full name and birth year, to find the same person twice in an area."""
    p07_reason: Mapped[str | None]
    p08: Mapped[str | None]
    p09: Mapped[str | None]
    p10: Mapped[str | None]
    p11: Mapped[str | None]
    p11_province: Mapped[str | None]
    p12: Mapped[str | None]
    p13: Mapped[str | None]
    p13_province: Mapped[str | None]
    p13_country: Mapped[str | None]
    p14: Mapped[str | None]
    p15: Mapped[str | None]
    p15_studying: Mapped[str | None]
    p16: Mapped[str | None]
    p17: Mapped[str | None]
    p18: Mapped[str | None]
    p19: Mapped[str | None]
    p20_seeing: Mapped[str | None]
    p20_hearing: Mapped[str | None]
    p20_walking: Mapped[str | None]
    p20_cognition: Mapped[str | None]
    p20_self_care: Mapped[str | None]
    p20_communication: Mapped[str | None]
