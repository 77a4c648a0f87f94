"""What the report of a fault run must say."""

from __future__ import annotations

import shutil

import pytest

from tests.faults.failpoints import PLACES
from tests.faults.nemesis import EACH_FAIL_POINT
from tests.faults.postgresql import PROGRAMS
from tests.faults.run import Report

EACH_PLACE_PASSED = 20
"""On each engine; a process dies there ten times on each, so twenty times in all."""

RECOVERS_WITHIN_S = 30.0


def skip_without_programs() -> None:
    """Say so where there is no PostgreSQL or no Redis to start a server of our own with."""
    if not (PROGRAMS / "initdb").exists() or shutil.which("redis-server") is None:
        pytest.skip(f"there is no PostgreSQL in {PROGRAMS}, or no redis-server")


def expect_kept_promises(report: Report) -> None:
    """No violation in a run that was as large as planned, and in which every fault came."""
    assert report.violations == [], str(report)
    assert report.acknowledged >= report.plan.submissions, str(report)
    assert sum(report.faults.values()) >= report.plan.faults, str(report)
    assert all(report.passed[place] >= EACH_PLACE_PASSED for place in PLACES), str(report)
    assert all(report.deaths.get(place, 0) >= EACH_FAIL_POINT for place in PLACES), str(report)
    assert report.slowest_recovery_s <= RECOVERS_WITHIN_S, str(report)
    assert report.approvals.get("ok"), str(report)
    assert report.events_read, str(report)
    assert report.added_up, str(report)
