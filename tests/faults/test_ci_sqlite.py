"""Half of the fault run of every change: one office, everything in one process, on SQLite."""

from __future__ import annotations

from tests.faults.expectations import expect_kept_promises
from tests.faults.run import Plan, run

PLAN = Plan("sqlite", submissions=10_000, faults=132, within_s=480)


def test_no_promise_is_broken_by_a_hundred_faults_on_sqlite():
    report = run(PLAN)

    print(report)
    expect_kept_promises(report)
