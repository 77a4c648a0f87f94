"""How long somebody waits after failing to sign in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from census.accounts.rules import account_opens_at, crowd_opens_at, seconds_until
from census.accounts.signing_in import network_of

NOON = datetime(2020, 12, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def test_four_failures_close_nothing() -> None:
    assert account_opens_at([NOON + SECOND * n for n in range(4)]) is None


def test_five_failures_in_five_minutes_close_the_account_for_five_minutes() -> None:
    failures = [NOON + SECOND * n for n in range(5)]

    assert account_opens_at(failures) == failures[-1] + 5 * MINUTE


def test_five_failures_spread_over_an_hour_close_nothing() -> None:
    assert account_opens_at([NOON + 12 * MINUTE * n for n in range(5)]) is None


def test_every_failure_after_the_fifth_doubles_the_wait() -> None:
    burst = [NOON + SECOND * n for n in range(5)]
    sixth = burst[-1] + 6 * MINUTE
    seventh = sixth + 11 * MINUTE

    assert account_opens_at([*burst, sixth]) == sixth + 10 * MINUTE
    assert account_opens_at([*burst, sixth, seventh]) == seventh + 20 * MINUTE


def test_nobody_waits_longer_than_a_day() -> None:
    failures = [NOON + SECOND * n for n in range(100)]

    assert account_opens_at(failures) == failures[-1] + 24 * HOUR


def test_an_address_opens_when_the_thirtieth_last_failure_is_five_minutes_old() -> None:
    failures = [NOON + SECOND * n for n in range(31)]

    assert crowd_opens_at(failures, most=30) == failures[1] + 5 * MINUTE
    assert crowd_opens_at(failures[:29], most=30) is None


def test_the_wait_is_told_in_whole_seconds_and_never_as_none() -> None:
    assert seconds_until(NOON + timedelta(milliseconds=1500), at=NOON) == 2
    assert seconds_until(NOON, at=NOON) == 1


def test_a_home_with_many_addresses_is_one_network() -> None:
    assert network_of("2001:db8:1:2::3") == network_of("2001:db8:1:2:ffff::1")
    assert network_of("2001:db8:1:2::3") != network_of("2001:db8:1:3::3")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")
