"""What can be done to the frame: import its files, freeze it, add what is found in the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID

from sqlalchemy import Integer, cast, exists, func, insert, literal, select, update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.core.bulk import refresh_statistics
from census.core.db import new_id
from census.core.events import record
from census.frame import queries
from census.frame.buildings import Building, HouseOf2010
from census.frame.codelists import ImportKind, Level, Origin
from census.frame.errors import AreaMissing, NothingToFreeze, SerialsExhausted
from census.frame.imports.conventions import Conventions
from census.frame.imports.running import Taken, Watcher, report_beside, take_file
from census.frame.models import (
    Area,
    EnumerationArea,
    FrameVersion,
    FrozenCount,
    Household,
    Import,
    RegisterPerson,
)
from census.frame.practice import (
    PRACTICE_DISTRICT,
    PRACTICE_EA,
    PRACTICE_HOUSEHOLDS,
    PRACTICE_NAME_EN,
    PRACTICE_NAME_TH,
    PRACTICE_PROVINCE,
    practice_codes,
)
from census.frame.rules import FIELD_SERIALS

SHIPPED_AREAS = files("census.frame") / "areas.csv"
"""The real provinces, districts and subdistricts of Chon Buri, Rayong and Chachoengsao."""

SERIAL_AT = 13
"""Where the serial number begins in a household id, counted from one as SQL does."""

FILLED_BY = {
    ImportKind.HOUSEHOLDS: Household,
    ImportKind.REGISTER: RegisterPerson,
    ImportKind.BUILDINGS: Building,
    ImportKind.HOUSES_2010: HouseOf2010,
}
"""Tables that one file can fill; the planner needs to look at them again afterwards."""

EVENTS = {
    ImportKind.AREAS: "frame.areas_imported",
    ImportKind.ENUMERATION_AREAS: "frame.enumeration_areas_imported",
    ImportKind.BOUNDARIES: "frame.boundaries_imported",
    ImportKind.HOUSEHOLDS: "frame.households_imported",
    ImportKind.REGISTER: "frame.register_imported",
    ImportKind.BUILDINGS: "frame.buildings_imported",
    ImportKind.HOUSES_2010: "frame.houses_2010_imported",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A file that has become part of the frame."""

    id: UUID
    kind: ImportKind
    taken: Taken


def import_file(
    session: Session,
    actor: Actor | None,
    kind: ImportKind,
    path: Path,
    *,
    at: datetime,
    conventions: Conventions | None = None,
    report: Path | None = None,
    watcher: Watcher | None = None,
) -> Imported:
    """Make a file part of the frame, or refuse it with every wrong row named.

    Rows that say what is stored already are counted as unchanged, so a file may come twice. Rows
    that say something else are errors, except the names of areas and the outlines of enumeration
    areas, which are brought up to date.
    """
    taken = take_file(
        session,
        kind,
        path,
        conventions=conventions or Conventions(),
        report=report or report_beside(path),
        watcher=watcher or Watcher(),
    )
    imported = Import(
        id=new_id(),
        kind=kind,
        file_name=path.name,
        sha256=taken.sha256,
        rows=taken.rows,
        imported_at=at,
        imported_by=actor.id if actor else None,
    )
    session.add(imported)
    details = {"rows": taken.rows, "added": taken.added, "sha256": taken.sha256.hex()}
    record(session, actor, EVENTS[kind], imported.id, at=at, details=details)
    session.flush()
    if kind is ImportKind.AREAS:
        ensure_practice_area(session, at=at)
    if kind in FILLED_BY:
        refresh_statistics(session, FILLED_BY[kind])
    session.expire_all()
    return Imported(imported.id, kind, taken)


def import_shipped_areas(session: Session, actor: Actor | None, *, at: datetime) -> Imported:
    """Import the provinces, districts and subdistricts that ship with the system."""
    with as_file(SHIPPED_AREAS) as path:
        return import_file(session, actor, ImportKind.AREAS, path, at=at)


def ensure_practice_area(session: Session, *, at: datetime) -> EnumerationArea:
    """Give training its own enumeration area and households; there from the first import on.

    It lies in a province, district and subdistrict of its own (99, 9999, 999999), in no country,
    so that no real total ever meets it.
    """
    area = session.get(EnumerationArea, PRACTICE_EA)
    return area or _new_practice_area(session, 0, at)


def add_practice_area(session: Session, *, at: datetime) -> EnumerationArea:
    """One more practice area, beside those that are there."""
    ensure_practice_area(session, at=at)
    # One at a time, so that no two get the same code.
    session.get(Area, PRACTICE_PROVINCE, with_for_update=True)
    known = select(func.count()).where(EnumerationArea.is_practice)
    return _new_practice_area(session, session.scalar(known) or 0, at)


def freeze_frame(session: Session, actor: Actor | None, *, at: datetime) -> FrameVersion:
    """Freeze the list as it is now: the denominator of every rate until the next version."""
    last = queries.current_version(session)
    number = last.number + 1 if last else 1
    practice = select(EnumerationArea.code).where(EnumerationArea.is_practice)
    waiting = Household.since_version.is_(None) & Household.ea_code.not_in(practice)
    if not session.scalar(select(exists(select(Household.id).where(waiting)))):
        raise NothingToFreeze
    version = FrameVersion(
        number=number,
        frozen_at=at,
        frozen_by=actor.id if actor else None,
        households=0,
        enumeration_areas=0,
    )
    session.add(version)
    session.flush()
    session.execute(
        update(Household)
        .where(waiting)
        .values(since_version=number)
        .execution_options(synchronize_session=False)
    )
    _count_frozen(session, version)
    session.flush()
    session.expire_all()
    session.refresh(version)
    record(session, actor, "frame.frozen", number, at=at)
    return version


def add_field_household(
    session: Session, actor: Actor, ea_code: str, *, address: str, at: datetime
) -> Household:
    """Add a dwelling found in the field to the list; the next frozen version counts it.

    The caller holds the area, so that no serial number is given twice.
    """
    area = queries.area_within(session, actor, ea_code)
    if area.level is not Level.ENUMERATION_AREA:
        raise AreaMissing
    last = session.scalar(
        select(func.max(cast(func.substr(Household.id, SERIAL_AT), Integer))).where(
            Household.ea_code == ea_code, Household.origin == Origin.FIELD
        )
    )
    serial = FIELD_SERIALS.start if last is None else last + 1
    if serial not in FIELD_SERIALS:
        raise SerialsExhausted(ea_code=ea_code)
    household = Household(
        province_code=area.province_code,
        id=f"{ea_code}-{serial:04d}",
        ea_code=ea_code,
        house_code=None,
        address=address,
        register_persons=None,
        origin=Origin.FIELD,
    )
    session.add(household)
    session.flush()
    record(session, actor, "household.added", household.id, area=ea_code, at=at)
    return household


def _new_practice_area(session: Session, number: int, at: datetime) -> EnumerationArea:
    code, subdistrict_code = practice_codes(number)
    _ensure_practice_ancestry(session, subdistrict_code)
    area = EnumerationArea(
        code=code,
        subdistrict_code=subdistrict_code,
        district_code=PRACTICE_DISTRICT,
        province_code=PRACTICE_PROVINCE,
        zone=1,
        village=None,
        name=f"{PRACTICE_NAME_TH} {number}" if number else PRACTICE_NAME_TH,
        expected_households=PRACTICE_HOUSEHOLDS,
        is_practice=True,
    )
    session.add(area)
    session.flush()
    session.add_all(
        Household(
            province_code=PRACTICE_PROVINCE,
            id=f"{code}-{serial:04d}",
            ea_code=code,
            house_code=None,
            address=f"บ้านฝึกหัดเลขที่ {serial}",
            register_persons=None,
            origin=Origin.FRAME,
        )
        for serial in range(1, PRACTICE_HOUSEHOLDS + 1)
    )
    session.flush()
    record(session, None, "frame.practice_area_created", code, area=code, at=at)
    return area


def _ensure_practice_ancestry(session: Session, subdistrict_code: str) -> None:
    parent: str | None = None
    for level, code in (
        (Level.PROVINCE, PRACTICE_PROVINCE),
        (Level.DISTRICT, PRACTICE_DISTRICT),
        (Level.SUBDISTRICT, subdistrict_code),
    ):
        if session.get(Area, code) is not None:
            parent = code
            continue
        session.add(
            Area(
                code=code,
                level=level,
                parent_code=parent,
                province_code=PRACTICE_PROVINCE,
                district_code=None if level is Level.PROVINCE else PRACTICE_DISTRICT,
                name_th=PRACTICE_NAME_TH,
                name_en=PRACTICE_NAME_EN,
            )
        )
        session.flush()
        parent = code


def _count_frozen(session: Session, version: FrameVersion) -> None:
    """Count each enumeration area's households of this and all earlier versions."""
    counted = (
        select(literal(version.number), Household.ea_code, func.count())
        .where(Household.since_version <= version.number)
        .group_by(Household.ea_code)
    )
    session.execute(insert(FrozenCount).from_select(["version", "ea_code", "households"], counted))
    households, areas = session.execute(
        select(func.coalesce(func.sum(FrozenCount.households), 0), func.count()).where(
            FrozenCount.version == version.number
        )
    ).one()
    version.households, version.enumeration_areas = int(households), areas
