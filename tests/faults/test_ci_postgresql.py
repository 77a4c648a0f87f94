"""Half of the fault run of every change: as in production, on a PostgreSQL server that crashes."""

from __future__ import annotations

from tests.faults.expectations import expect_kept_promises, skip_without_programs
from tests.faults.run import Plan, run

PLAN = Plan("postgresql", submissions=10_000, faults=140, within_s=480)


def test_no_promise_is_broken_by_a_hundred_faults_on_postgresql():
    skip_without_programs()

    report = run(PLAN)

    print(report)
    expect_kept_promises(report)
