"""A load of practice data leaves a census under way, as if people had worked in it for weeks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts import passwords
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.queries import actor_of, user_named
from census.assignment.queries import field_period_in_force
from census.cli import main
from census.collection.codelists import Disposition, Outcome, Review, Standing
from census.collection.models import Case, FieldAction, Submission
from census.commands import demo
from census.core import db, events, jobs, sealed
from census.core.clock import census_day, utcnow
from census.core.events import Event
from census.core.jobs import OwedJob
from census.demo.errors import DemoInProduction
from census.frame.codelists import Origin
from census.frame.models import EnumerationArea, FrameVersion, Household, RegisterPerson
from census.frame.practice import PRACTICE_PROVINCE
from census.progress.indicator import practice_scale_text
from census.progress.models import Tally
from census.progress.services import differences_from_recount
from census.review.codelists import BatchStatus
from census.review.queries import batches_within

PASSWORD = "practice makes perfect"  # pragma: allowlist secret
ORDER = ("--scale", "0.001", "--on", "2021-01-12", "--responses", "0.5")
HOUSEHOLDS, RESPONSES = 832, 416


class Terminal:
    """A terminal in whose environment the census has a home and a database."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        self.environment: dict[str, str | None] = {
            "CENSUS_HOME": str(home),
            "CENSUS_ENV": None,
            "DATABASE_URL": database_url,
            "REDIS_URL": None,
            "CENSUS_DEMO_PASSWORD": PASSWORD,
            "PORT": None,
        }

    def load(self, *options: str, **environment: str) -> Result:
        """Load practice data."""
        return CliRunner().invoke(
            main, ["demo", "load", *options], env=self.environment | environment
        )


@pytest.fixture(scope="module", autouse=True)
def _quick_passwords() -> None:
    passwords.use_cheap_hashing()


@pytest.fixture(scope="module")
def loaded_home(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a census that was loaded once, for all who only look at it."""
    home = tmp_path_factory.mktemp("loaded")
    shutil.copy(sqlite_template, home / "census.sqlite3")
    answer = Terminal(home).load(*ORDER)
    assert answer.exit_code == 0, answer.output
    (home / "output.txt").write_text(answer.output, "utf-8")
    return home


@pytest.fixture
def loaded(loaded_home: Path) -> Iterator[Session]:
    """A look at the loaded census."""
    db.connect(f"sqlite:///{loaded_home / 'census.sqlite3'}")
    sealed.connect(sealed.load_keyring(loaded_home / "keys.json"))
    with db.reading() as session:
        yield session
    db.disconnect()


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal of an empty census."""
    shutil.copy(sqlite_template, tmp_path / "census.sqlite3")
    yield Terminal(tmp_path)
    jobs.connect_nothing()
    db.disconnect()


def counted(session: Session, *conditions: object) -> int:
    table = conditions[0]
    return session.scalar(select(func.count()).select_from(table).where(*conditions[1:])) or 0


def test_the_frame_is_frozen_with_the_households_that_were_asked_for(loaded: Session) -> None:
    version = loaded.get_one(FrameVersion, 1)

    assert version.households == HOUSEHOLDS
    on_frame = counted(loaded, Household, Household.since_version == 1)
    assert on_frame == HOUSEHOLDS
    areas = EnumerationArea.province_code != PRACTICE_PROVINCE
    assert counted(loaded, EnumerationArea, areas) == version.enumeration_areas
    assert counted(loaded, EnumerationArea, areas, EnumerationArea.boundary.is_(None)) == 0
    assert counted(loaded, RegisterPerson) > HOUSEHOLDS


def test_exactly_as_many_households_have_responded_as_were_asked_for(loaded: Session) -> None:
    assert loaded.scalar(select(func.sum(Tally.responded))) == RESPONSES


def test_the_tallies_are_what_a_recount_gives(loaded: Session) -> None:
    assert list(differences_from_recount(loaded)) == []


def test_nothing_is_owed_and_every_event_has_its_number_and_its_link(loaded: Session) -> None:
    assert counted(loaded, OwedJob) == 0
    assert counted(loaded, Event, Event.number.is_(None)) == 0
    assert events.first_broken_link(loaded) is None


def test_the_census_clock_shows_the_day_and_every_page_knows_it_is_practice(
    loaded: Session,
) -> None:
    assert census_day(loaded, utcnow()).isoformat() == "2021-01-12"
    assert practice_scale_text(loaded) == "0.001"


def test_nothing_was_received_after_the_census_clock_began(loaded: Session) -> None:
    last = loaded.scalar(select(func.max(Submission.accepted_on)))

    assert last is not None
    assert last.isoformat() <= "2021-01-11"


def test_the_field_period_in_force_is_the_first_extension(loaded: Session) -> None:
    period = field_period_in_force(loaded, census_day(loaded, utcnow()))

    assert period is not None
    assert (period.revision, period.ends_on.isoformat()) == (2, "2021-02-28")


def test_there_are_people_of_every_role_and_the_password_opens(loaded: Session) -> None:
    users = loaded.scalars(select(User)).all()

    assert {user.role for user in users} == set(Role)
    enumerator = user_named(loaded, "enumerator1")
    assert passwords.is_right(PASSWORD, enumerator.password_hash)
    assert actor_of(enumerator).areas


def test_every_standing_and_every_kind_of_end_is_there_to_practise_on(loaded: Session) -> None:
    standings = set(loaded.scalars(select(Submission.standing)))
    reasons = set(loaded.scalars(select(Submission.reason_code)))
    found = set(loaded.scalars(select(Case.disposition)))

    assert standings == set(Standing) - {Standing.VOID}
    assert {
        "submission.conflict",
        "questionnaire.unknown_version",
        "household.foreign",
    } <= reasons
    assert {
        Disposition.REFUSED_BY_HOUSEHOLD,
        Disposition.NOT_CONTACTED,
        Disposition.VACANT,
        Disposition.APPOINTMENT_MADE,
        Disposition.CALL_BACK,
    } <= found


def test_reports_from_the_field_were_accepted_and_dwellings_found(loaded: Session) -> None:
    refused = counted(loaded, FieldAction, FieldAction.outcome != Outcome.ACCEPTED)
    added = counted(loaded, Household, Household.origin == Origin.FIELD)

    assert refused == 0
    assert added > 0


def test_batches_stand_in_every_way_a_batch_can(loaded: Session) -> None:
    headquarters = actor_of(user_named(loaded, "hq"))

    listed = batches_within(loaded, headquarters, limit=500)

    assert {each.status for each in listed} == set(BatchStatus)
    assert loaded.scalar(select(func.sum(Tally.approved))) > RESPONSES / 2


def test_what_was_returned_was_partly_corrected(loaded: Session) -> None:
    corrected = select(Submission).where(
        Submission.deprecated_id.is_not(None), Submission.standing == Standing.COUNTING
    )

    assert counted(loaded, Case, Case.review == Review.RETURNED) > 0
    assert loaded.scalars(corrected).first() is not None


def test_a_second_load_changes_nothing_and_says_how_to_sign_in(loaded_home: Path) -> None:
    before = (loaded_home / "census.sqlite3").read_bytes()

    answer = Terminal(loaded_home).load("--if-empty")
    again = Terminal(loaded_home).load(*ORDER)

    assert answer.exit_code == 0
    assert "supervisor1" in answer.output
    assert PASSWORD not in answer.output
    assert again.exit_code == 1
    assert (loaded_home / "census.sqlite3").read_bytes() == before


def test_the_first_load_shows_addresses_and_the_password_once(loaded_home: Path) -> None:
    output = (loaded_home / "output.txt").read_text("utf-8")

    assert output.count(PASSWORD) == 1
    assert "http://127.0.0.1:8000/" in output


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_practice_data_are_refused_in_production(tmp_path: Path, database_url: str) -> None:
    answer = Terminal(tmp_path, database_url).load(
        CENSUS_ENV="production", REDIS_URL="redis://127.0.0.1:1/0", TRUSTED_HOSTS="census.example"
    )

    assert answer.exit_code == 1
    assert DemoInProduction.en in answer.output


def test_a_database_with_people_in_it_is_left_alone(empty: Terminal) -> None:
    created = CliRunner().invoke(
        main,
        ["user", "create", "auditor", "--role", "auditor"],
        input="a long enough password\n",
        env=empty.environment,
    )

    refused = empty.load(*ORDER)
    left_alone = empty.load("--if-empty")

    assert (created.exit_code, refused.exit_code, left_alone.exit_code) == (0, 1, 0)
    with db.reading() as session:
        assert counted(session, Household) == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--scale", "0"),
        ("--scale", "nan"),
        ("--scale", "9"),
        ("--responses", "1.2"),
        ("--on", "2019-01-01"),
    ],
)
def test_an_order_that_cannot_be_had_is_refused(empty: Terminal, options: tuple[str, str]) -> None:
    answer = empty.load(*options)

    assert answer.exit_code == 1
    assert options[0] in answer.output


def test_a_password_that_is_too_short_is_refused_before_anything_is_written(
    empty: Terminal,
) -> None:
    answer = empty.load(*ORDER, CENSUS_DEMO_PASSWORD="short")

    assert answer.exit_code == 1
    with db.reading() as session:
        assert counted(session, Household) == 0


class Killed(Exception):  # noqa: N818 - it is what happened to the load
    """Stands for the power going out."""


class _KilledWhile:
    """Watches a load until it has come so far in one of its steps, and then kills it."""

    def __init__(self, step: str, after: int) -> None:
        self.step_to_end, self.left = step, after

    @contextmanager
    def step(self, th: str, en: str, length: int) -> Iterator[Callable[[int], None]]:
        def advance(count: int) -> None:
            if en.startswith(self.step_to_end):
                self.left -= count
                if self.left <= 0:
                    raise Killed

        yield advance


@pytest.mark.parametrize(
    ("step", "after"),
    [("Importing households", 1), ("Field work", 250)],
)
def test_a_load_that_was_killed_goes_on_and_leaves_what_an_unbroken_one_leaves(
    empty: Terminal, loaded_home: Path, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(demo, "_Bars", lambda: _KilledWhile(step, after))
        broken = empty.load(*ORDER)
    other = empty.load("--scale", "0.002")
    rest = empty.load("--if-empty")

    assert isinstance(broken.exception, Killed)
    assert other.exit_code == 1
    assert "--scale 0.001" in other.output
    assert rest.exit_code == 0, rest.output
    with db.reading() as session:
        mine = totals(session)
    db.connect(f"sqlite:///{loaded_home / 'census.sqlite3'}")
    with db.reading() as session:
        assert mine == totals(session)


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_both_engines_are_loaded_alike(
    database_url: str, tmp_path: Path, loaded_home: Path
) -> None:
    answer = Terminal(tmp_path, database_url).load(*ORDER)

    assert answer.exit_code == 0, answer.output
    with db.reading() as session:
        mine = totals(session)
        assert list(differences_from_recount(session)) == []
    db.connect(f"sqlite:///{loaded_home / 'census.sqlite3'}")
    with db.reading() as session:
        assert mine == totals(session)


def totals(session: Session) -> dict[str, object]:
    """What two loads of the same order have in common, whatever their keys and clocks."""
    names = ("frame", "added", "final", "responded", "approved", "returned", "submitted")
    tallies = session.execute(select(Tally.ea_code, *(getattr(Tally, name) for name in names)))
    bytes_received = select(Submission.instance_id, Submission.sha256, Submission.standing)
    return {
        "tallies": sorted(map(tuple, tallies)),
        "submissions": sorted(map(tuple, session.execute(bytes_received))),
        "visits": sorted(session.scalars(select(FieldAction.action_id))),
    }
