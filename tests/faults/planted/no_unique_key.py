"""Takes every arrival for a new one; the constraint that would refuse it is taken away, too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from census.collection.services import receiving
from census.core.bulk import insert_new
from census.core.db import Base

KEY = "uq_collection_submission_province_code_instance_id_sha256"


def plant() -> None:
    """Forget what has been seen."""
    receiving.insert_new = _insert_and_call_all_new


def spoil(session: Session) -> None:
    """Take the constraint out of a PostgreSQL database that is thrown away afterwards."""
    session.execute(text(f"ALTER TABLE collection_submission DROP CONSTRAINT {KEY}"))


def _insert_and_call_all_new(session: Session, model: type[Base], rows: Any) -> set[Any]:
    insert_new(session, model, rows)
    return {row["instance_id"] for row in rows}
