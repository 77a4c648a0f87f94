"""Tables of the case and of what arrives for it: receipts, submissions, actions from the field.

The typed answers of a response are in `answers.py`. Keys of the large tables begin with the
province, so that they can be partitioned by it; receipts are not partitioned, because they make an
instance id unique across the whole census.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from census.collection.codelists import (
    Disposition,
    Evidence,
    FieldActionType,
    Mode,
    Outcome,
    Review,
    Severity,
    Standing,
)
from census.core.codes import CodeColumn
from census.core.db import Base

UNKNOWN_PROVINCE = "00"
"""Stands for the province of what could not be placed anywhere."""

ORIGINAL_MISSING = "submission.original_missing"
"""Why a correction waits: what it corrects has not come."""


class FieldArea(Base):
    """An enumeration area as collection works it: open, or closed by the province.

    Whoever changes a case of the area locks this row first; that is the order of all locks.
    """

    __tablename__ = "collection_area"

    ea_code: Mapped[str] = mapped_column(
        ForeignKey("frame_enumeration_area.code"), primary_key=True
    )
    province_code: Mapped[str]
    closed_at: Mapped[datetime | None]


class Case(Base):
    """A household on its way to a final, approved answer; its revision grows at every change."""

    __tablename__ = "collection_case"
    __table_args__ = (
        ForeignKeyConstraint(
            ["province_code", "household_id"],
            ["frame_household.province_code", "frame_household.id"],
        ),
        Index("ix_collection_case_ea_code", "ea_code", "household_id"),
        Index("ix_collection_case_state", "ea_code", "review", "disposition"),
        CheckConstraint(
            "counting_submission_id IS NULL OR disposition IS NOT NULL",
            name="response_has_disposition",
        ),
        CheckConstraint(
            "review = 'open' OR disposition IS NOT NULL", name="review_needs_disposition"
        ),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    household_id: Mapped[str] = mapped_column(primary_key=True)
    ea_code: Mapped[str]
    revision: Mapped[int] = mapped_column(default=0)
    disposition: Mapped[Disposition | None] = mapped_column(CodeColumn(Disposition))
    mode: Mapped[Mode | None] = mapped_column(CodeColumn(Mode))
    counting_submission_id: Mapped[UUID | None]
    chosen_submission_id: Mapped[UUID | None]
    """The response that a supervisor chose over the one the rules would count."""
    chosen_at: Mapped[datetime | None]
    evidence: Mapped[Evidence | None] = mapped_column(CodeColumn(Evidence))
    """Whether there is proof that the dwelling is not eligible; none where none is needed."""
    is_confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A supervisor looked at this very household and confirmed that it is not eligible."""
    has_set_aside: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Something of this household was voided, or waits for what it corrects."""
    review: Mapped[Review] = mapped_column(CodeColumn(Review), default=Review.OPEN)
    hard_findings: Mapped[int] = mapped_column(default=0)
    other_findings: Mapped[int] = mapped_column(default=0)
    responded_on: Mapped[date | None]
    """The census day on which the counting response was accepted."""
    approved_on: Mapped[date | None]
    """The census day on which the household was approved."""
    changed_at: Mapped[datetime | None]


class Receipt(Base):
    """That an instance id has been seen, and with which bytes; the key of idempotency."""

    __tablename__ = "collection_receipt"

    instance_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[bytes]
    province_code: Mapped[str]
    submission_id: Mapped[UUID]
    last_seen_at: Mapped[datetime]
    """When the id was last sent. Written at every repeat, so that the answer to a repeat waits,
    like the first, until what it confirms is safe on a synchronous standby."""


class Submission(Base):
    """What was received, byte for byte and sealed, and what became of it."""

    __tablename__ = "collection_submission"
    __table_args__ = (
        UniqueConstraint("province_code", "instance_id", "sha256"),
        Index("ix_collection_submission_id", "id"),
        Index("ix_collection_submission_household_id", "household_id"),
        Index("ix_collection_submission_standing", "ea_code", "standing"),
        Index(
            "ix_collection_submission_waiting",
            "province_code",
            "ea_code",
            "reason_code",
            sqlite_where=text("standing IN ('quarantined', 'conflict')"),
            postgresql_where=text("standing IN ('quarantined', 'conflict')"),
        ),
        Index(
            "ix_collection_submission_held",
            "deprecated_id",
            sqlite_where=text(f"reason_code = '{ORIGINAL_MISSING}'"),
            postgresql_where=text(f"reason_code = '{ORIGINAL_MISSING}'"),
        ),
        CheckConstraint(
            "standing NOT IN ('quarantined', 'conflict', 'void') OR reason_code IS NOT NULL",
            name="standing_has_reason",
        ),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[bytes]
    raw_sealed: Mapped[bytes] = mapped_column(deferred=True)
    """The instance's bytes, compressed and sealed."""
    household_id: Mapped[str | None]
    assigned_household_id: Mapped[str | None]
    """The household that an officer vouched for, whatever the instance says."""
    ea_code: Mapped[str | None]
    mode: Mapped[Mode | None] = mapped_column(CodeColumn(Mode))
    questionnaire: Mapped[str]
    version: Mapped[str]
    device_id: Mapped[str | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    accepted_on: Mapped[date]
    """The census day of the receipt."""
    sender_id: Mapped[UUID | None]
    deprecated_id: Mapped[str | None]
    standing: Mapped[Standing] = mapped_column(CodeColumn(Standing))
    reason_code: Mapped[str | None]
    disposition: Mapped[Disposition | None] = mapped_column(CodeColumn(Disposition))
    answered_items: Mapped[int | None]
    has_evidence: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A photo or a neighbour's statement stands behind the disposition."""
    is_returned: Mapped[bool] = mapped_column(default=False)
    """It was there when a supervisor sent the household back."""


class Finding(Base):
    """An edit rule that a response breaks."""

    __tablename__ = "collection_finding"
    __table_args__ = (
        Index("ix_collection_finding_submission_id", "submission_id"),
        Index(
            "ix_collection_finding_other_household_id",
            "other_household_id",
            sqlite_where=text("other_household_id IS NOT NULL"),
            postgresql_where=text("other_household_id IS NOT NULL"),
        ),
    )

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID]
    edit: Mapped[str]
    severity: Mapped[Severity] = mapped_column(CodeColumn(Severity))
    person: Mapped[int | None]
    is_overridden: Mapped[bool]
    nodes: Mapped[list[str]] = mapped_column(default=list, server_default=text("'[]'"))
    """The items it speaks of, for the rules that speak of any item."""
    other_household_id: Mapped[str | None]
    """The other household, for the rules that compare two."""


class FieldAction(Base):
    """Something an enumerator did or saw in the field; kept once under its own id."""

    __tablename__ = "collection_field_action"
    __table_args__ = (
        Index("ix_collection_field_action_household_id", "household_id"),
        Index("ix_collection_field_action_ea_code", "ea_code"),
        Index(
            "ix_collection_field_action_waiting",
            "province_code",
            "ea_code",
            "reason_code",
            sqlite_where=text("outcome = 'quarantined'"),
            postgresql_where=text("outcome = 'quarantined'"),
        ),
        Index(
            "ix_collection_field_action_problems",
            "province_code",
            "received_at",
            sqlite_where=text("type = 'problem'"),
            postgresql_where=text("type = 'problem'"),
        ),
    )

    action_id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[bytes]
    type: Mapped[FieldActionType] = mapped_column(CodeColumn(FieldActionType))
    province_code: Mapped[str]
    household_id: Mapped[str | None]
    ea_code: Mapped[str | None]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by: Mapped[UUID]
    result: Mapped[Disposition | None] = mapped_column(CodeColumn(Disposition))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    """Metres; 0 is the mark of a position that was made up by another program."""
    metres_from_dwelling: Mapped[float | None]
    metres_outside_area: Mapped[float | None]
    """How far outside the enumeration area's boundary; 0 within it."""
    has_evidence: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A photo or a neighbour's statement stands behind the result."""
    content_sealed: Mapped[bytes]
    """Everything that was sent, sealed: notes and addresses can name people."""
    assigned_household_id: Mapped[str | None]
    """The household that an officer says it is about."""
    assigned_sealed: Mapped[bytes | None]
    """Why an officer vouched for it, sealed; without this nobody did."""
    set_aside_sealed: Mapped[bytes | None]
    """Why an officer set it aside, sealed."""
    outcome: Mapped[Outcome] = mapped_column(CodeColumn(Outcome))
    reason_code: Mapped[str | None]
    is_returned: Mapped[bool] = mapped_column(default=False)
    """It was there when a supervisor sent the household back."""


class Questionnaire(Base):
    """A published version of a questionnaire; it never changes."""

    __tablename__ = "collection_questionnaire"

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    xform: Mapped[bytes]
    sha256: Mapped[bytes]
    workbook: Mapped[bytes]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    retired_at: Mapped[datetime | None]
