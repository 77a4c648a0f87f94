"""How templates write numbers, rates, days, moments and areas for their reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from flask import Flask, g
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from sqlalchemy import select

from census.collection.codelists import Disposition, Mode
from census.core import db, locale
from census.core.locale import NOT_AVAILABLE
from census.frame.models import Area, EnumerationArea
from census.web import languages


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(
        number=number,
        percent=percent,
        thai_date=day,
        moment=moment,
        appointed_day=appointed_day,
        area_name=area_name,
        disposition_label=disposition_label,
        mode_label=mode_label,
    )
    app.jinja_env.globals["area_name"] = area_name
    app.jinja_loader = ChoiceLoader(
        [PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )


def disposition_label(code: str) -> str:
    """The name of a disposition."""
    return Disposition(code).label(languages.current())


def mode_label(code: str) -> str:
    """The name of a mode of collection."""
    return Mode(code).label(languages.current())


def number(count: int | None) -> str:
    """A count with its thousands apart."""
    return NOT_AVAILABLE if count is None else locale.format_number(count, languages.current())


def percent(fraction: Fraction | float | None, digits: int = 2) -> str:
    """A fraction as a percentage."""
    return locale.format_percent(fraction, languages.current(), digits=digits)


def day(on: date | datetime | None) -> str:
    """A day in words: of the Buddhist era for a Thai reader."""
    if on is None:
        return NOT_AVAILABLE
    if isinstance(on, datetime):
        on = on.astimezone(locale.BANGKOK).date()
    return locale.format_day(on, languages.current())


def moment(at: datetime | None) -> str:
    """A moment as a clock in Bangkok shows it."""
    return NOT_AVAILABLE if at is None else locale.format_moment(at, languages.current())


def appointed_day(on: str | None) -> str:
    """A day as a tablet noted it, in words; as it stands where it is no day."""
    try:
        return day(date.fromisoformat(on or ""))
    except ValueError:
        return on or NOT_AVAILABLE


def area_name(area: Any) -> str:
    """The name of an area, or of the area with this code, in the reader's language."""
    if area is None:
        return NOT_AVAILABLE
    if isinstance(area, str):
        return _name_of_code(area)
    named = area if isinstance(area, Mapping) else _names_of(area)
    return str(named.get(f"name_{languages.current().value}") or named["name"])


def _names_of(area: Any) -> dict[str, Any]:
    """The names that an area of the frame, or a row about one, goes by."""
    names = ("name", "name_th", "name_en")
    return {name: getattr(area, name) for name in names if hasattr(area, name)}


def _name_of_code(code: str) -> str:
    names: dict[str, str] = g.setdefault("area_names", {})
    if code not in names:
        names[code] = _looked_up(code)
    return names[code]


def _looked_up(code: str) -> str:
    with db.reading() as session:
        area = session.get(Area, code)
        if area is not None:
            return area_name(area)
        statement = select(EnumerationArea.name).where(EnumerationArea.code == code)
        return session.scalar(statement) or code
