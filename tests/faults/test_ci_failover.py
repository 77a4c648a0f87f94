"""The standby takes over while everybody works, and a new one is made each time."""

from __future__ import annotations

from tests.faults.expectations import RECOVERS_WITHIN_S, skip_without_programs
from tests.faults.run import PAIR, Plan, run

PLAN = Plan(PAIR, submissions=200, faults=3, within_s=60, areas=12, households=10)


def test_no_promise_is_broken_by_a_fail_over():
    skip_without_programs()

    report = run(PLAN)

    print(report)
    assert report.violations == [], str(report)
    assert report.acknowledged >= PLAN.submissions, str(report)
    assert report.faults == {"fail_over": 2, "standby_away": 1}, str(report)
    assert report.slowest_recovery_s <= RECOVERS_WITHIN_S, str(report)
