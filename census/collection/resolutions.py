"""What people decided about submissions that no rule could settle, with their reasons, sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from census.collection.codelists import Ruling
from census.core.codes import CodeColumn
from census.core.db import Base


class Resolution(Base):
    """One decision of a person about one submission; it is never changed."""

    __tablename__ = "collection_resolution"
    __table_args__ = (Index("ix_collection_resolution_submission_id", "submission_id"),)

    province_code: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID]
    household_id: Mapped[str | None]
    ruling: Mapped[Ruling] = mapped_column(CodeColumn(Ruling))
    reason_sealed: Mapped[bytes]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime]
