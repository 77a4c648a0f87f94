"""Tables of what answers are compared with: the list of buildings, and the old list of houses."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from census.core.codes import CodeColumn
from census.core.db import Base
from census.frame.codelists import BuildingKind


class Building(Base):
    """A building of an enumeration area, as it was listed before the interviews."""

    __tablename__ = "frame_building"
    __table_args__ = (
        ForeignKeyConstraint(
            ["province_code", "ea_code"],
            ["frame_enumeration_area.province_code", "frame_enumeration_area.code"],
        ),
        CheckConstraint("length(building_no) = 3", name="number_has_3_digits"),
        CheckConstraint("households >= 0", name="households_counted"),
    )

    ea_code: Mapped[str] = mapped_column(primary_key=True)
    building_no: Mapped[str] = mapped_column(primary_key=True)
    province_code: Mapped[str]
    kind: Mapped[BuildingKind] = mapped_column(CodeColumn(BuildingKind))
    name: Mapped[str | None]
    households: Mapped[int | None]


class HouseOf2010(Base):
    """A house that the census of 2010 had on its list."""

    __tablename__ = "frame_house_of_2010"
    __table_args__ = (CheckConstraint("length(house_code) = 11", name="code_has_11_digits"),)

    house_code: Mapped[str] = mapped_column(primary_key=True)
