"""A census small enough for a test: two districts, two enumeration areas, one enumerator each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from census.accounts.actors import COUNTRY, Actor
from census.accounts.codelists import Role
from census.accounts.models import User, UserArea
from census.assignment.models import FieldPeriod, Lease
from census.collection.models import Questionnaire
from census.collection.services import open_cases
from census.core import events
from census.core.db import new_id
from census.frame.codelists import Level, Origin
from census.frame.models import Area, EnumerationArea, FrameVersion, FrozenCount, Household
from census.progress.services import recount_areas

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)
"""Noon in Bangkok on a day in the middle of the field period."""

HIRED_AT = datetime(2020, 11, 1, tzinfo=UTC)

HOME, AWAY = "22001011001", "22002011001"
HOUSEHOLDS = 5


@dataclass(frozen=True)
class SmallCensus:
    """Who works in the small census; households are found by area and serial number."""

    enumerator: Actor
    neighbour: Actor
    supervisor: Actor
    province: Actor
    headquarters: Actor
    clerk: Actor
    auditor: Actor

    @staticmethod
    def household(serial: int = 1, ea_code: str = HOME) -> str:
        """The id of one of the households."""
        return f"{ea_code}-{serial:04d}"


def small_census(session: Session, *, households: int = HOUSEHOLDS) -> SmallCensus:
    """Put the small census into the database, with its frame frozen and its field period open."""
    _add_areas(session)
    session.add(
        FrameVersion(
            number=1,
            frozen_at=NOON,
            frozen_by=None,
            households=2 * households,
            enumeration_areas=2,
        )
    )
    session.flush()
    for ea_code in (HOME, AWAY):
        _add_enumeration_area(session, ea_code, households)
    _add_collection_ground(session)
    people = SmallCensus(
        enumerator=_add_person(session, "enumerator1", Role.ENUMERATOR, [HOME]),
        neighbour=_add_person(session, "enumerator2", Role.ENUMERATOR, [AWAY]),
        supervisor=_add_person(session, "supervisor1", Role.SUPERVISOR, ["2001"]),
        province=_add_person(session, "province20", Role.PROVINCE, ["20"]),
        headquarters=_add_person(session, "hq", Role.HEADQUARTERS, [COUNTRY]),
        clerk=_add_person(session, "clerk20", Role.CLERK, ["20"]),
        auditor=_add_person(session, "auditor", Role.AUDITOR, []),
    )
    _add_leases(session, people)
    open_cases(session)
    recount_areas(session, None)
    session.flush()
    return people


def _add_areas(session: Session) -> None:
    rows = (
        (COUNTRY, Level.COUNTRY, None, None, None, "ประเทศไทย", "Thailand"),
        ("20", Level.PROVINCE, COUNTRY, "20", None, "ชลบุรี", "Chon Buri"),
        ("2001", Level.DISTRICT, "20", "20", "2001", "เมืองชลบุรี", "Mueang Chon Buri"),
        ("2002", Level.DISTRICT, "20", "20", "2002", "บ้านบึง", "Ban Bueng"),
        ("200101", Level.SUBDISTRICT, "2001", "20", "2001", "บางปลาสร้อย", "Bang Pla Soi"),
        ("200201", Level.SUBDISTRICT, "2002", "20", "2002", "บ้านบึง", "Ban Bueng"),
    )
    for code, level, parent, province, district, name_th, name_en in rows:
        session.add(
            Area(
                code=code,
                level=level,
                parent_code=parent,
                province_code=province,
                district_code=district,
                name_th=name_th,
                name_en=name_en,
            )
        )
        session.flush()


def _add_enumeration_area(session: Session, ea_code: str, households: int) -> None:
    subdistrict = ea_code[1:7]
    session.add(
        EnumerationArea(
            code=ea_code,
            subdistrict_code=subdistrict,
            district_code=subdistrict[:4],
            province_code="20",
            zone=1,
            village=None,
            name=f"เขตแจงนับ {ea_code}",
            expected_households=households,
        )
    )
    session.add(FrozenCount(version=1, ea_code=ea_code, households=households))
    session.flush()
    for serial in range(1, households + 1):
        session.add(
            Household(
                province_code="20",
                id=f"{ea_code}-{serial:04d}",
                ea_code=ea_code,
                house_code=f"99{serial:09d}",
                address=f"{serial} หมู่ 1",
                register_persons=3,
                origin=Origin.FRAME,
                since_version=1,
            )
        )


def _add_collection_ground(session: Session) -> None:
    xform = b"<html/>"
    session.add(
        Questionnaire(
            id="household",
            version="2564.1",
            xform=xform,
            sha256=hashlib.sha256(xform).digest(),
            workbook=b"",
            published_at=NOON,
        )
    )
    session.add(
        FieldPeriod(
            revision=1,
            starts_on=date(2020, 12, 1),
            ends_on=date(2021, 2, 28),
            decided_on=date(2020, 10, 1),
            reason_th="ตามแผน",
            reason_en="As planned",
            decision_document="plan",
            recorded_at=NOON,
        )
    )


def _add_person(session: Session, username: str, role: Role, areas: Sequence[str]) -> Actor:
    user = User(
        id=new_id(),
        username=username,
        display_name=username,
        role=role,
        password_hash="never matches",
        created_at=NOON,
        areas=[UserArea(area_code=code) for code in areas],
    )
    session.add(user)
    session.flush()
    return Actor(user.id, username, role, frozenset(areas))


def _add_leases(session: Session, people: SmallCensus) -> None:
    for ea_code, holder in ((HOME, people.enumerator), (AWAY, people.neighbour)):
        session.add(
            Lease(
                id=new_id(),
                province_code="20",
                ea_code=ea_code,
                number=1,
                enumerator_id=holder.id,
                granted_at=HIRED_AT,
            )
        )
    events.record(session, people.supervisor, "area.leased", HOME, area=HOME, at=NOON)
    events.react(session)
