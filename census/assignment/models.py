"""Tables of assignment: leases of enumeration areas, tablets, revisions of the field period."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from census.core.db import Base


class Lease(Base):
    """An enumeration area in the hands of one enumerator, under a number that only grows.

    Moving the area ends the lease and begins the next one; what arrives under an old number is
    still known to be from whoever held it.
    """

    __tablename__ = "assignment_lease"
    __table_args__ = (
        UniqueConstraint("ea_code", "number"),
        Index(
            "uq_assignment_lease_one_open",
            "ea_code",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_assignment_lease_enumerator_id", "enumerator_id"),
        CheckConstraint("number > 0", name="number_is_positive"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    province_code: Mapped[str]
    ea_code: Mapped[str] = mapped_column(ForeignKey("frame_enumeration_area.code"))
    number: Mapped[int]
    enumerator_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"))
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Device(Base):
    """A tablet with the app: whose it is, and what it last told of itself."""

    __tablename__ = "assignment_device"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_assignment_device_enumerator_id", "enumerator_id"),
        CheckConstraint("unsent >= 0", name="unsent_is_counted"),
        CheckConstraint("battery >= 0 AND battery <= 1", name="battery_is_a_share"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(ForeignKey("accounts_token.token_hash"))
    """The token that speaks for it; tokens of tablets are kept for good."""
    enumerator_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"))
    name: Mapped[str]
    enrolled_at: Mapped[datetime]
    last_heard_at: Mapped[datetime | None]
    unsent: Mapped[int | None]
    """How many records it held then that the office had not acknowledged."""
    app_version: Mapped[str | None]
    battery: Mapped[float | None]
    storage_persisted: Mapped[bool | None]
    """Whether its browser promised not to throw the app's store away."""


class FieldPeriod(Base):
    """One revision of the field period; revisions are added, never changed."""

    __tablename__ = "assignment_field_period"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="ends_after_start"),
        CheckConstraint("revision > 0", name="revision_is_positive"),
    )

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    decided_on: Mapped[date]
    reason_th: Mapped[str]
    reason_en: Mapped[str]
    decision_document: Mapped[str]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime]
