"""Tables of review: decisions on households, and the closing of enumeration areas."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from census.core.codes import CodeColumn
from census.core.db import Base
from census.review.codelists import ClosingStep, Verdict


class Decision(Base):
    """What a supervisor decided on one household, at the revision that was seen."""

    __tablename__ = "review_decision"
    __table_args__ = (
        CheckConstraint("verdict <> 'returned' OR reason <> ''", name="return_has_reason"),
        UniqueConstraint(
            "province_code", "household_id", "revision_seen", name="one_decision_per_revision"
        ),
        Index("ix_review_decision_ea_code", "ea_code"),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    ea_code: Mapped[str]
    household_id: Mapped[str]
    revision_seen: Mapped[int]
    submission_id: Mapped[UUID | None]
    verdict: Mapped[Verdict] = mapped_column(CodeColumn(Verdict))
    reason: Mapped[str] = mapped_column(default="")
    questions: Mapped[list[str]]
    overrides_findings: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime]


class Closing(Base):
    """A step in the life of an enumeration area: closed by the province, or reopened."""

    __tablename__ = "review_closing"
    __table_args__ = (
        CheckConstraint("step <> 'reopened' OR reason <> ''", name="reopening_has_reason"),
        Index("ix_review_closing_ea_code", "ea_code", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ea_code: Mapped[str] = mapped_column(ForeignKey("frame_enumeration_area.code"))
    province_code: Mapped[str]
    step: Mapped[ClosingStep] = mapped_column(CodeColumn(ClosingStep))
    reason: Mapped[str] = mapped_column(default="")
    etag: Mapped[str]
    """The state of the batch that was seen."""
    by: Mapped[UUID]
    at: Mapped[datetime]
