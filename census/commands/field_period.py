"""The field period: list its revisions, or record those of the census's own settings."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import click
from sqlalchemy.orm import Session

from census.assignment import services
from census.assignment.queries import field_periods
from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import reading, transaction
from config.census_settings import PlannedPeriod


class Revision(Protocol):
    """A revision of the field period, as it is planned or as it is recorded."""

    @property
    def revision(self) -> int: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def decided_on(self) -> date: ...


@click.group("field-period")
def command() -> None:
    """คาบการปฏิบัติงานสนาม / The field period and its revisions."""


@command.command("list")
def list_revisions() -> None:
    """แสดงทุกครั้งที่ปรับปรุง / List the revisions, the first one first."""
    connected()
    with reading() as session:
        periods = field_periods(session)
        for period in periods:
            click.echo(f"{_days(period)}  {period.reason_th} / {period.reason_en}")
    if not periods:
        click.echo("ยังไม่มีคาบการปฏิบัติงานสนาม / There is no field period yet.")


@command.command("load")
def load() -> None:
    """บันทึกตาม config/census.toml / Record the revisions of config/census.toml. Safe to repeat."""
    planned = sorted(connected().census.field_periods, key=lambda period: period.revision)
    with transaction() as session:
        added = _record_new(session, planned)
    for period in added:
        click.echo(_days(period))
    click.echo(f"บันทึกใหม่ {len(added)} ครั้ง / Recorded {len(added)} new revisions.")


def _record_new(session: Session, planned: list[PlannedPeriod]) -> list[PlannedPeriod]:
    recorded = field_periods(session)
    for period, known in zip(planned, recorded, strict=False):
        if _days(period) != _days(known):
            raise click.ClickException(
                f"ครั้งที่ {known.revision} บันทึกไว้แล้วเป็นอย่างอื่น: {_days(known)} "
                f"/ Revision {known.revision} is recorded differently: {_days(known)}"
            )
    new = planned[len(recorded) :]
    for period in new:
        services.revise_field_period(
            session,
            None,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            decided_on=period.decided_on,
            reason_th=period.reason_th,
            reason_en=period.reason_en,
            decision_document=period.decision_document,
            at=utcnow(),
        )
    return new


def _days(period: Revision) -> str:
    return f"{period.revision}: {period.starts_on} – {period.ends_on} ({period.decided_on})"
