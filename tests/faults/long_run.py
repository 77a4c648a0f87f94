"""A million submissions over ten thousand faults, in parts: it can be stopped and taken up again.

    python -m tests.faults.long_run --dir var/long-run

Half of it is done on SQLite and half on PostgreSQL, in folders of their own below `--dir`, where
the databases and the histories stay. Ctrl-C (or `--minutes`) stops it after the outboxes are
drained and everything so far is judged; the same command goes on where it stopped. The exit code is
0 when nothing was violated.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType

import click

from tests.faults.run import Plan, Report, run_part

PART_SUBMISSIONS, PART_FAULTS = 25_000, 250
AREAS, HOUSEHOLDS = 400, 100


@click.command()
@click.option("--acks", default=1_000_000, show_default=True, help="Submissions acknowledged.")
@click.option("--faults", default=10_000, show_default=True, help="Faults injected.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), required=True)
@click.option("--engine", "engines", multiple=True, default=("sqlite", "postgresql"))
@click.option("--minutes", type=float, default=None, help="Stop after so long.")
def main(
    acks: int, faults: int, folder: Path, engines: Sequence[str], minutes: float | None
) -> None:
    """Break the system until both numbers are reached on the engines together."""
    stop = threading.Event()

    def stop_now(_signal: int, _frame: FrameType | None) -> None:
        click.echo("stopping after this part is drained and judged")
        stop.set()

    signal.signal(signal.SIGINT, stop_now)
    signal.signal(signal.SIGTERM, stop_now)
    if minutes is not None:
        timer = threading.Timer(minutes * 60, stop.set)
        timer.daemon = True
        timer.start()
    plans = [_plan(engine, acks // len(engines), faults // len(engines)) for engine in engines]
    unfinished = list(plans)
    while unfinished and not stop.is_set():
        plan = unfinished.pop(0)
        report = run_part(_part(plan), folder / plan.engine, stop)
        click.echo(str(report))
        if report.violations:
            sys.exit(1)
        if not _is_done(plan, report):
            unfinished.append(plan)


def _plan(engine: str, submissions: int, faults: int) -> Plan:
    return Plan(
        engine,
        submissions=submissions,
        faults=faults,
        within_s=float("inf"),
        areas=AREAS,
        households=HOUSEHOLDS,
    )


def _part(plan: Plan) -> Plan:
    return replace(
        plan,
        submissions=min(plan.submissions, PART_SUBMISSIONS),
        faults=min(plan.faults, PART_FAULTS),
    )


def _is_done(plan: Plan, report: Report) -> bool:
    return report.acknowledged >= plan.submissions and report.faults_so_far >= plan.faults


if __name__ == "__main__":
    main()
