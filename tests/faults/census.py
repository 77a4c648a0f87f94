"""A census large enough to be worked on by several people at once, and their ways in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.models import User, UserArea
from census.accounts.services import issue_token
from census.collection.models import Case
from census.collection.services import open_cases
from census.core import db, events, jobs, sealed
from census.core.bulk import insert_rows
from census.core.clock import utcnow
from census.core.db import new_id
from census.core.migrations import upgrade
from census.frame.codelists import Origin
from census.frame.models import EnumerationArea, FrameVersion, FrozenCount, Household
from census.progress.services import recount_areas
from census.reactions import REACTIONS
from tests.factories.census import NOON, small_census

FIRST_AREA = "22001011001"
TABLETS = 4


@dataclass(frozen=True)
class Ground:
    """Where the run takes place: areas, households, and who may call.

    `tablets` are tokens of enumerators, each with areas of its own; `office` is the token of a
    clerk who keys for the whole province; `baseline` is the revision every case begins with.
    """

    areas: tuple[str, ...]
    households_per_area: int
    tablets: tuple[str, ...]
    openrosa: tuple[str, ...]
    office: str
    supervisor: str
    auditor: str
    headquarters: str
    baseline: int

    def households(self, area: str) -> list[str]:
        """The households of an area."""
        return [f"{area}-{serial:04d}" for serial in range(1, self.households_per_area + 1)]

    def areas_of(self, tablet: int) -> tuple[str, ...]:
        """The areas of one enumerator."""
        return self.areas[tablet :: len(self.tablets)]


def prepare(database_url: str, home: Path, *, areas: int, households: int) -> Ground:
    """Put the census into an empty database, or remember the one that is there."""
    remembered = home / "ground.json"
    sealed.connect(sealed.load_keyring(home / "keys.json"))
    if remembered.exists():
        content = json.loads(remembered.read_text())
        return Ground(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()})
    upgrade(database_url)
    ground = _make(database_url, areas, households)
    remembered.write_text(json.dumps(asdict(ground)))
    return ground


def _make(database_url: str, areas: int, households: int) -> Ground:
    db.connect(database_url)
    jobs.connect_nothing()
    events.connect(REACTIONS)
    codes = tuple(f"{FIRST_AREA[:8]}{number:03d}" for number in range(1, areas + 1))
    with db.transaction() as session:
        census = small_census(session, households=households)
        _add_areas(session, codes[1:], households)
        tablets = [_enumerator(session, codes, tablet) for tablet in range(TABLETS)]
        open_cases(session)
        recount_areas(session, None)

        def token(actor: Actor, kind: TokenKind = TokenKind.API) -> str:
            return issue_token(session, actor.id, kind=kind, at=utcnow()).secret

        ground = Ground(
            areas=codes,
            households_per_area=households,
            tablets=tuple(token(tablet) for tablet in tablets),
            openrosa=tuple(token(tablet, TokenKind.OPENROSA) for tablet in tablets),
            office=token(census.clerk),
            supervisor=token(census.province),
            auditor=token(census.auditor),
            headquarters=token(census.headquarters),
            baseline=0,
        )
    with db.transaction() as session:
        # Leases of the small census have moved some cases already; here all begin alike.
        session.execute(update(Case).values(revision=0))
    with db.reading() as session:
        assert session.scalar(select(func.max(Case.revision))) == 0
    db.disconnect()
    return ground


def _enumerator(session: Session, codes: tuple[str, ...], number: int) -> Actor:
    areas = codes[number::TABLETS]
    user = User(
        id=new_id(),
        username=f"tablet{number}",
        display_name=f"tablet{number}",
        role=Role.ENUMERATOR,
        password_hash="never matches",
        created_at=NOON,
        areas=[UserArea(area_code=code) for code in areas],
    )
    session.add(user)
    session.flush()
    return Actor(user.id, user.username, user.role, frozenset(areas))


def _add_areas(session: Session, codes: tuple[str, ...], households: int) -> None:
    """More areas like the first one of the small census, in as few statements."""
    insert_rows(
        session,
        EnumerationArea,
        [
            {
                "code": code,
                "subdistrict_code": code[1:7],
                "district_code": code[1:5],
                "province_code": code[1:3],
                "zone": int(code[7]),
                "name": f"เขตแจงนับ {code}",
                "expected_households": households,
                "is_practice": False,
            }
            for code in codes
        ],
    )
    insert_rows(
        session,
        FrozenCount,
        [{"version": 1, "ea_code": code, "households": households} for code in codes],
    )
    for code in codes:
        insert_rows(session, Household, [_household(code, n) for n in range(1, households + 1)])
    session.execute(
        update(FrameVersion).values(
            households=FrameVersion.households + households * len(codes),
            enumeration_areas=FrameVersion.enumeration_areas + len(codes),
        )
    )


def _household(ea_code: str, serial: int) -> dict[str, object]:
    return {
        "province_code": ea_code[1:3],
        "id": f"{ea_code}-{serial:04d}",
        "ea_code": ea_code,
        "house_code": f"{ea_code[-3:]}{serial:08d}",
        "address": f"{serial} หมู่ 1",
        "register_persons": 3,
        "origin": Origin.FRAME,
        "since_version": 1,
    }
