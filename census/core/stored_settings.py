"""Settings that belong to the database and travel with it, such as the census clock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, Session, mapped_column

from census.core.db import Base


class StoredSetting(Base):
    """One setting of this census: a name and a JSON value."""

    __tablename__ = "core_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def read(session: Session, name: str, *, default: Any = None) -> Any:
    """The value stored under the name, or the default."""
    setting = session.get(StoredSetting, name)
    return default if setting is None else setting.value


def write(session: Session, name: str, value: Any) -> None:
    """Store the value under the name, replacing what was there."""
    session.merge(StoredSetting(name=name, value=value))
