"""Tables of the frame: the area tree, enumeration areas, households, register persons, versions.

Codes are not prefixes of one another, so every row stores its ancestry. Keys of the large tables
begin with the province, so that they can be partitioned by it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shapely.geometry.base import BaseGeometry
from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from census.core.codes import CodeColumn
from census.core.db import Base
from census.core.geo import Geom, gist_index
from census.frame.codelists import ImportKind, Level, Origin


class Area(Base):
    """An area above the enumeration area: country, province, district or subdistrict."""

    __tablename__ = "frame_area"

    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[Level] = mapped_column(CodeColumn(Level))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("frame_area.code"), index=True)
    province_code: Mapped[str | None]
    district_code: Mapped[str | None]
    name_th: Mapped[str]
    name_en: Mapped[str]


class EnumerationArea(Base):
    """The smallest area: what one enumerator works and one supervisor approves."""

    __tablename__ = "frame_enumeration_area"
    __table_args__ = (
        UniqueConstraint("province_code", "code"),
        CheckConstraint("length(code) = 11", name="code_has_11_digits"),
        CheckConstraint("zone IN (1, 2)", name="zone_is_known"),
        Index("ix_frame_enumeration_area_district_code", "district_code"),
        Index("ix_frame_enumeration_area_subdistrict_code", "subdistrict_code"),
        gist_index("ix_frame_enumeration_area_boundary", "boundary"),
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    subdistrict_code: Mapped[str] = mapped_column(ForeignKey("frame_area.code"))
    district_code: Mapped[str] = mapped_column(ForeignKey("frame_area.code"))
    province_code: Mapped[str] = mapped_column(ForeignKey("frame_area.code"))
    zone: Mapped[int]
    village: Mapped[str | None]
    name: Mapped[str]
    expected_households: Mapped[int | None]
    boundary: Mapped[BaseGeometry | None] = mapped_column(Geom("MULTIPOLYGON"))
    is_practice: Mapped[bool] = mapped_column(default=False)
    """A training area: its records count nowhere."""


class Household(Base):
    """A household on the list: one row, one case."""

    __tablename__ = "frame_household"
    __table_args__ = (
        ForeignKeyConstraint(
            ["province_code", "ea_code"],
            ["frame_enumeration_area.province_code", "frame_enumeration_area.code"],
        ),
        CheckConstraint("substr(id, 1, 11) = ea_code", name="id_begins_with_area"),
        CheckConstraint("length(id) = 16", name="id_has_16_characters"),
        Index("ix_frame_household_ea_code", "ea_code", "id"),
        Index("ix_frame_household_house_code", "house_code"),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    ea_code: Mapped[str]
    house_code: Mapped[str | None]
    address: Mapped[str]
    position: Mapped[BaseGeometry | None] = mapped_column(Geom("POINT"))
    register_persons: Mapped[int | None]
    origin: Mapped[Origin] = mapped_column(CodeColumn(Origin))
    since_version: Mapped[int | None] = mapped_column(ForeignKey("frame_version.number"))
    """The first frozen frame version that counts it; none while it waits for the next one."""


class RegisterPerson(Base):
    """A person as the population register knows them; identifiers are sealed."""

    __tablename__ = "frame_register_person"
    __table_args__ = (
        Index("ix_frame_register_person_house_code", "province_code", "house_code"),
        Index("ix_frame_register_person_pid_hash", "pid_hash"),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    house_code: Mapped[str]
    pid_sealed: Mapped[bytes]
    pid_hash: Mapped[bytes]
    title: Mapped[str | None]
    first_name_sealed: Mapped[bytes]
    surname_sealed: Mapped[bytes]
    sex: Mapped[str]
    birth_year_be: Mapped[int]
    birth_month: Mapped[int]
    nationality: Mapped[str]


class FrameVersion(Base):
    """A numbered, frozen list of households: the denominator of every rate from then on."""

    __tablename__ = "frame_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_at: Mapped[datetime]
    frozen_by: Mapped[UUID | None]
    households: Mapped[int]
    enumeration_areas: Mapped[int]


class FrozenCount(Base):
    """How many households of an enumeration area a frozen frame version counts."""

    __tablename__ = "frame_frozen_count"

    version: Mapped[int] = mapped_column(ForeignKey("frame_version.number"), primary_key=True)
    ea_code: Mapped[str] = mapped_column(
        ForeignKey("frame_enumeration_area.code"), primary_key=True
    )
    households: Mapped[int]


class Import(Base):
    """A file that became part of the frame, or was refused: what, when, by whom."""

    __tablename__ = "frame_import"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(CodeColumn(ImportKind))
    file_name: Mapped[str]
    sha256: Mapped[bytes]
    rows: Mapped[int]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UUID | None]
