"""The table of what is unusual about an enumeration area as a whole."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from census.core.db import Base


class AreaFinding(Base):
    """An edit rule that an enumeration area breaks; it goes when the area no longer does."""

    __tablename__ = "collection_area_finding"

    ea_code: Mapped[str] = mapped_column(
        ForeignKey("frame_enumeration_area.code"), primary_key=True
    )
    edit: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True, default="")
    """Whom it speaks of besides the area: an enumerator's id, or a subdistrict; blank for none."""
    province_code: Mapped[str]
    measured: Mapped[float]
    limit: Mapped[float]
    """What was measured and the limit it passes, in the unit of the rule."""
    found_at: Mapped[datetime]
