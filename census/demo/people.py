"""The people of the practice data: an account for every role, and areas for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import COUNTRY, Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.queries import actor_of
from census.accounts.services import change_password, create_user
from census.assignment.services import lease_area
from census.demo.moments import PREPARED_AT
from census.demo.provinces import PROVINCES
from census.demo.staff import Staff, Supervisor

Advance = Callable[[int], None]

HEADQUARTERS = "hq"


@dataclass(frozen=True, slots=True)
class Account:
    """An account to be made."""

    username: str
    role: Role
    name: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Crew:
    """The people who act, by what they are found by."""

    headquarters: Actor
    by_username: Mapping[str, Actor]
    supervisors: Sequence[tuple[Supervisor, Actor]]

    def province(self, code: str) -> Actor:
        """The office of a province."""
        return self.by_username[f"province{code}"]

    def clerk(self, province_code: str) -> Actor:
        """Who keys what comes in at the office of a province."""
        return self.by_username[f"clerk{province_code}"]


def accounts_of(staff: Staff) -> Iterator[Account]:
    """Every account; the field staff's areas come with their leases."""
    yield Account("admin", Role.ADMINISTRATOR, "ผู้ดูแลระบบ (ฝึกหัด)")
    yield Account(HEADQUARTERS, Role.HEADQUARTERS, "ส่วนกลาง (ฝึกหัด)", (COUNTRY,))
    yield Account("auditor", Role.AUDITOR, "ผู้ตรวจสอบ (ฝึกหัด)")
    for province in PROVINCES:
        code = province.code
        yield Account(f"province{code}", Role.PROVINCE, f"สถิติจังหวัด {code} (ฝึกหัด)", (code,))
        yield Account(f"clerk{code}", Role.CLERK, f"เจ้าหน้าที่บันทึก {code} (ฝึกหัด)", (code,))
    for supervisor in staff.supervisors:
        name = f"ผู้ควบคุมงาน {supervisor.username.removeprefix('supervisor')} (ฝึกหัด)"
        yield Account(supervisor.username, Role.SUPERVISOR, name, supervisor.answers_for)
    for enumerator in staff.enumerators:
        name = f"พนักงานแจงนับ {enumerator.username.removeprefix('enumerator')} (ฝึกหัด)"
        yield Account(enumerator.username, Role.ENUMERATOR, name)


def engage(session: Session, staff: Staff, password: str, advance: Advance) -> None:
    """Make every account, and give the enumerators their areas."""
    ids = {}
    for account in accounts_of(staff):
        user = create_user(
            session,
            None,
            account.username,
            role=account.role,
            password=password,
            at=PREPARED_AT,
            areas=account.areas,
            display_name=account.name,
        )
        ids[account.username] = user.id
        advance(1)
    for enumerator in staff.enumerators:
        for area in enumerator.areas:
            lease_area(
                session, None, area.code, enumerator_id=ids[enumerator.username], at=PREPARED_AT
            )


def give_password(session: Session, staff: Staff, password: str, advance: Advance) -> None:
    """Give every account this password: the first one may never have been seen by anybody."""
    users = users_of(session)
    for account in accounts_of(staff):
        change_password(session, users[account.username].id, password, at=PREPARED_AT)
        advance(1)


def crew_of(session: Session, staff: Staff) -> Crew:
    """The people as actors, with the areas they now have."""
    actors = {name: actor_of(user) for name, user in users_of(session).items()}
    return Crew(
        headquarters=actors[HEADQUARTERS],
        by_username=actors,
        supervisors=[(each, actors[each.username]) for each in staff.supervisors],
    )


def users_of(session: Session) -> dict[str, User]:
    """Everybody, by username."""
    return {user.username: user for user in session.scalars(select(User))}
