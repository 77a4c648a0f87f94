"""Tables of progress: tallies of enumeration areas, thresholds, and the indicator's conditions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from census.core.codes import CodeColumn
from census.core.db import Base
from census.progress.codelists import Condition


class Tally(Base):
    """The counts of one enumeration area; recounted from its cases whenever one changes."""

    __tablename__ = "progress_tally"
    __table_args__ = (
        Index("ix_progress_tally_province_code", "province_code"),
        Index("ix_progress_tally_district_code", "district_code"),
        Index("ix_progress_tally_subdistrict_code", "subdistrict_code"),
    )

    ea_code: Mapped[str] = mapped_column(
        ForeignKey("frame_enumeration_area.code"), primary_key=True
    )
    subdistrict_code: Mapped[str]
    district_code: Mapped[str]
    province_code: Mapped[str]
    frame: Mapped[int]
    """Households of the frozen frame."""
    added: Mapped[int]
    """Households that wait for the next frame version."""
    final: Mapped[int]
    responded: Mapped[int]
    approved: Mapped[int]
    """Responded and approved."""
    ineligible: Mapped[int]
    reviewed: Mapped[int]
    """Approved, whatever the disposition: a vacant house is approved too."""
    returned: Mapped[int]
    submitted: Mapped[int]
    face_to_face: Mapped[int]
    drop_off: Mapped[int]
    mail: Mapped[int]
    internet: Mapped[int]
    telephone: Mapped[int]
    complete: Mapped[int]
    partial: Mapped[int]
    refusal: Mapped[int]
    non_contact: Mapped[int]
    other: Mapped[int]
    unknown_household: Mapped[int]
    unknown_other: Mapped[int]
    not_eligible: Mapped[int]
    recounted_at: Mapped[datetime]


class DayTally(Base):
    """How many households of an enumeration area responded and were approved on one census day."""

    __tablename__ = "progress_day_tally"
    __table_args__ = (Index("ix_progress_day_tally_province_code", "province_code"),)

    ea_code: Mapped[str] = mapped_column(
        ForeignKey("frame_enumeration_area.code"), primary_key=True
    )
    on: Mapped[date] = mapped_column(primary_key=True)
    subdistrict_code: Mapped[str]
    district_code: Mapped[str]
    province_code: Mapped[str]
    responded: Mapped[int]
    approved: Mapped[int]
    face_to_face: Mapped[int]
    drop_off: Mapped[int]
    mail: Mapped[int]
    internet: Mapped[int]
    telephone: Mapped[int]


class Threshold(Base):
    """An area's part of a threshold, in households, on one frozen frame version."""

    __tablename__ = "progress_threshold"
    __table_args__ = (
        CheckConstraint("level IN (50, 75, 100)", name="level_is_known"),
        Index("ix_progress_threshold_parent", "frame_version", "parent_code"),
    )

    frame_version: Mapped[int] = mapped_column(ForeignKey("frame_version.number"), primary_key=True)
    area_code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None]
    households: Mapped[int]


class ConditionStatement(Base):
    """Headquarters' word, with evidence, on whether a condition of the indicator holds."""

    __tablename__ = "progress_condition"
    __table_args__ = (
        CheckConstraint("evidence <> ''", name="statement_has_evidence"),
        Index("ix_progress_condition_condition", "condition", "stated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    condition: Mapped[Condition] = mapped_column(CodeColumn(Condition))
    holds: Mapped[bool]
    evidence: Mapped[str]
    stated_by: Mapped[UUID]
    stated_at: Mapped[datetime]
