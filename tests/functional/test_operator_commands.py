"""The operator's commands: what they do, and how they end."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from census.accounts.queries import actor_of, user_named
from census.cli import COMMANDS, main
from census.core import db, jobs

PASSWORD = "a long enough password\n"  # pragma: allowlist secret


class Terminal:
    """A terminal of an operator in whose environment the census has a home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment: dict[str, str | None] = {
            "CENSUS_HOME": str(home),
            "CENSUS_ENV": None,
            "DATABASE_URL": None,
            "REDIS_URL": None,
            "TEST_DATABASE_URL": None,
            "PORT": None,
        }

    def run(self, *arguments: str, types: str = "") -> Result:
        """Run a command of the census."""
        return CliRunner().invoke(main, list(arguments), input=types, env=self.environment)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal on a fresh machine."""
    yield Terminal(tmp_path / "home")
    jobs.connect_nothing()
    db.disconnect()


@pytest.fixture
def upgraded(terminal: Terminal) -> Terminal:
    """A terminal of a machine with an empty census."""
    assert terminal.run("db", "upgrade").exit_code == 0
    return terminal


def test_a_fresh_machine_gets_a_database_that_only_its_owner_reads(terminal: Terminal) -> None:
    first, second = terminal.run("db", "upgrade"), terminal.run("db", "upgrade")

    assert first.exit_code == second.exit_code == 0
    database = terminal.home / "census.sqlite3"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_models_and_migrations_say_the_same(terminal: Terminal) -> None:
    answer = terminal.run("db", "check")

    assert answer.exit_code == 0, answer.output


def test_a_user_is_created_and_the_password_is_never_an_argument(upgraded: Terminal) -> None:
    answer = upgraded.run("user", "create", "Auditor1", "--role", "auditor", types=PASSWORD)

    assert answer.exit_code == 0, answer.output
    with db.reading() as session:
        assert actor_of(user_named(session, "auditor1")).role == "auditor"


def test_a_user_of_an_area_that_does_not_exist_is_refused(upgraded: Terminal) -> None:
    answer = upgraded.run(
        "user", "create", "p20", "--role", "province", "--area", "20", types=PASSWORD
    )

    assert answer.exit_code == 1
    assert "ไม่มีพื้นที่ 20" in answer.output
    assert "There is no area 20" in answer.output


def test_a_role_of_an_office_needs_an_area(upgraded: Terminal) -> None:
    answer = upgraded.run("user", "create", "p20", "--role", "province", types=PASSWORD)

    assert answer.exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [("user", "create", "somebody", "--role", "boss"), ("user", "create"), ("nothing",)],
)
def test_wrong_usage_ends_with_two(upgraded: Terminal, arguments: tuple[str, ...]) -> None:
    assert upgraded.run(*arguments).exit_code == 2


def test_a_command_refuses_a_database_of_another_schema(terminal: Terminal) -> None:
    answer = terminal.run("events", "verify")

    assert answer.exit_code == 1
    assert "census db upgrade" in answer.output


def test_wrong_settings_are_refused_with_every_problem(terminal: Terminal) -> None:
    terminal.environment |= {"PORT": "many", "CENSUS_ENV": "prod"}

    answer = terminal.run("events", "verify")

    assert answer.exit_code == 1
    assert "PORT" in answer.output
    assert "CENSUS_ENV" in answer.output


def test_a_worker_without_a_queue_says_who_does_the_jobs(upgraded: Terminal) -> None:
    answer = upgraded.run("worker")

    assert answer.exit_code == 1
    assert "REDIS_URL" in answer.output


def test_events_are_numbered_and_their_chain_is_whole(upgraded: Terminal) -> None:
    upgraded.run("user", "create", "auditor1", "--role", "auditor", types=PASSWORD)

    numbered, verified = upgraded.run("events", "number"), upgraded.run("events", "verify")

    assert numbered.exit_code == verified.exit_code == 0
    assert "1" in verified.output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(terminal: Terminal, command: str) -> None:
    answer = terminal.run(command, "--help")

    assert answer.exit_code == 0
    assert any("\u0e00" <= character <= "\u0e7f" for character in answer.output)
