"""Loading practice data step by step; a load that was interrupted goes on where it stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from census.assignment.services import revise_field_period
from census.collection.answers import Person, Response
from census.collection.models import Case, FieldAction, Finding, Receipt, Submission
from census.collection.questionnaires.building import build_workbook, xform_from_workbook
from census.collection.services import publish_questionnaire
from census.core import jobs, stored_settings
from census.core.bulk import refresh_statistics
from census.core.clock import set_census_clock
from census.core.db import reading, transaction
from census.core.locale import BANGKOK
from census.core.sequencer import number_waiting_events
from census.demo.frame import shipped_subdistricts, take_in_frame
from census.demo.instances import QUESTIONNAIRE, VERSION
from census.demo.moments import PREPARED_AT
from census.demo.oddities import send_oddities
from census.demo.people import accounts_of, crew_of, engage, give_password
from census.demo.plan import Plan
from census.demo.reviewing import review_day
from census.demo.sending import send_day
from census.demo.state import (
    DONE,
    FIELD,
    FINISH,
    FRAME,
    PEOPLE,
    Progress,
    read_progress,
    write_progress,
)
from census.demo.watching import Watcher
from census.frame.imports.conventions import Conventions
from census.progress.codelists import Condition
from census.progress.indicator import PRACTICE_SCALE_SETTING
from census.progress.services import state_condition

_GROWING = (Case, FieldAction, Finding, Person, Receipt, Response, Submission)

_STATISTICS_AFTER = frozenset({1, 3, 6, 12, 24, 48})
"""The days after which the database looks again at how large its tables have grown."""

_EVIDENCE = {
    Condition.PROTOTYPE: "รายงานต้นแบบสำมะโนจากฐานข้อมูลทะเบียน (เอกสารฝึกหัด) · "
    "Report on the prototype of the register-based census (practice document)",
    Condition.TRANSFER: "ทะเบียนผู้เข้ารับการถ่ายทอดต้นแบบ (เอกสารฝึกหัด) · "
    "List of the staff the prototype was handed on to (practice document)",
}


class PlannedPeriod(Protocol):
    """One revision of the field period, as the settings of the census state it."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def decided_on(self) -> date: ...
    @property
    def reason_th(self) -> str: ...
    @property
    def reason_en(self) -> str: ...
    @property
    def decision_document(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Census:
    """What the settings of this census say that practice data must agree with."""

    conventions: Conventions
    field_periods: Sequence[PlannedPeriod]


def load(
    progress: Progress, census: Census, *, password: str, watcher: Watcher, at: datetime
) -> Plan:
    """Carry the load on from where it is until everything is there; `at` is the present moment."""
    plan = Plan(progress.order, shipped_subdistricts())
    with transaction() as session:
        begun = read_progress(session)
        if begun is None:
            write_progress(session, progress)
            # From the first row on every page says that this is practice data.
            stored_settings.write(session, PRACTICE_SCALE_SETTING, progress.scale_text)
    was_engaged = progress.step not in (FRAME, PEOPLE)
    if progress.step == FRAME:
        take_in_frame(plan, progress, census.conventions, watcher)
        progress = progress.at(PEOPLE)
    if progress.step == PEOPLE:
        progress = _engage(plan, progress, census, password, watcher)
    if progress.step == FIELD:
        progress = _work(plan, progress, watcher)
    _finish(plan, progress, password if was_engaged else None, watcher, at)
    return plan


def _engage(
    plan: Plan, progress: Progress, census: Census, password: str, watcher: Watcher
) -> Progress:
    """Publish the questionnaire, set the field period, and give everybody an account."""
    workbook = build_workbook(QUESTIONNAIRE, VERSION)
    xform = xform_from_workbook(workbook)
    accounts = sum(1 for _ in accounts_of(plan.staff))
    with (
        watcher.step("สร้างบัญชีผู้ใช้", "Engaging people", accounts) as advance,
        transaction() as session,
    ):
        publish_questionnaire(
            session, None, QUESTIONNAIRE, VERSION, xform=xform, workbook=workbook, at=PREPARED_AT
        )
        for period in census.field_periods:
            _revise(session, period)
        engage(session, plan.staff, password, advance)
        headquarters = crew_of(session, plan.staff).headquarters
        for condition, evidence in _EVIDENCE.items():
            state_condition(
                session, headquarters, condition, holds=True, evidence=evidence, at=PREPARED_AT
            )
        write_progress(session, progress.at(FIELD))
    return progress.at(FIELD)


def _revise(session: Session, period: PlannedPeriod) -> None:
    revise_field_period(
        session,
        None,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        decided_on=period.decided_on,
        reason_th=period.reason_th,
        reason_en=period.reason_en,
        decision_document=period.decision_document,
        at=PREPARED_AT,
    )


def _work(plan: Plan, progress: Progress, watcher: Watcher) -> Progress:
    """The field period, day after day: reviews by day, and in the evening what is sent."""
    with reading() as session:
        crew = crew_of(session, plan.staff)
    acts = sum(map(len, plan.agendas.values()))
    with watcher.step("งานสนาม", "Field work", acts) as advance:
        for day in range(progress.day, len(plan.days)):
            review_day(plan, crew, day)
            send_day(plan, crew, day, advance)
            send_oddities(plan, crew, day)
            with transaction() as session:
                write_progress(session, progress.at(FIELD, day + 1))
            if day in _STATISTICS_AFTER:
                _take_statistics()
    with transaction() as session:
        write_progress(session, progress.at(FINISH))
    return progress.at(FINISH)


def _take_statistics() -> None:
    """Let the database plan for the tables as they now are; they grow faster than it looks."""
    with transaction() as session:
        refresh_statistics(session, *_GROWING)


def _finish(
    plan: Plan, progress: Progress, password: str | None, watcher: Watcher, at: datetime
) -> None:
    """Let the days be counted and the events be numbered; then set the census clock."""
    with watcher.step("นับและลงลำดับ", "Counting and numbering", 3) as advance:
        if password is not None:
            with transaction() as session:
                give_password(session, plan.staff, password, lambda _: None)
        advance(1)
        _take_statistics()
        jobs.run_all_owed()
        advance(1)
        number_waiting_events()
        with transaction() as session:
            set_census_clock(session, shows=_on_that_day(plan.order.on, at), at=at)
            write_progress(session, progress.at(DONE))
        number_waiting_events()
        advance(1)


def _on_that_day(on: date, at: datetime) -> datetime:
    """The same time of day as now, on the day that was asked for."""
    return datetime.combine(on, at.astimezone(BANGKOK).time(), BANGKOK)
