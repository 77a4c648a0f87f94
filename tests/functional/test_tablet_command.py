"""The operator takes in the file of a tablet from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from census.assignment.devices import GivenOut, give_out_device
from census.cli import main
from census.core import db, events, jobs
from census.core.clock import set_census_clock, utcnow
from census.reactions import REACTIONS
from tests.conftest import KEYRING
from tests.factories.census import HOME, NOON, small_census
from tests.factories.submissions import envelope
from tests.factories.tablet_files import tablet_file, written


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """The home of an embedded census with the keys of the tests."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "census.sqlite3").write_bytes(sqlite_template.read_bytes())
    keys = home / "keys.json"
    keys.touch(mode=0o600)
    sealing = {str(number): key.hex() for number, key in KEYRING.sealing.items()}
    keys.write_text(json.dumps({"sealing": sealing, "index": KEYRING.index.hex()}))
    return home


@pytest.fixture
def given(home: Path) -> Iterator[GivenOut]:
    """The tablet of an enumerator of the small census in that home."""
    events.connect(REACTIONS)
    db.connect(f"sqlite:///{home / 'census.sqlite3'}")
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        census = small_census(session)
        given = give_out_device(session, census.supervisor, census.enumerator.id, at=utcnow())
    yield given
    events.connect({})
    jobs.connect_nothing()
    db.disconnect()


@pytest.fixture
def take_in(home: Path, given: GivenOut, tmp_path: Path) -> Callable[..., Result]:
    """Runs the command on a file with this content."""
    environment = dict.fromkeys(("CENSUS_ENV", "DATABASE_URL", "REDIS_URL", "TEST_DATABASE_URL"))

    def run(content: bytes, *options: str) -> Result:
        file = tmp_path / "tablet.sammano"
        file.write_bytes(content)
        return CliRunner().invoke(
            main,
            ["tablet", "take-in", str(file), *options],
            env=environment | {"CENSUS_HOME": str(home)},
        )

    return run


def test_a_file_is_taken_in_and_every_outcome_is_counted(given, take_in):
    record = ("submission", envelope(f"{HOME}-0001"))
    nameless = ("submission", {"instance": "<data/>"})

    done = take_in(written(tablet_file(given.device.id, given.token.secret, record, nameless)))

    assert done.exit_code == 0, done.output
    assert "taken in: 1" in done.output
    assert "not kept: 1" in done.output
    assert "submission.unidentified" in done.output


def test_what_opens_is_taken_in_beside_a_damaged_record_where_that_is_asked_for(given, take_in):
    records = [("submission", envelope(f"{HOME}-000{serial}")) for serial in (1, 2)]
    document = tablet_file(given.device.id, given.token.secret, *records)
    document["records"][1]["data"] = document["records"][2]["data"]

    refused = take_in(written(document))
    taken_in = take_in(written(document), "--leave-out-damaged")

    assert refused.exit_code == 1
    assert taken_in.exit_code == 0, taken_in.output
    assert "taken in: 1" in taken_in.output
    assert "damaged: submission 0" in taken_in.output


def test_a_damaged_file_ends_with_one_and_says_why(take_in):
    refused = take_in(b"not this")

    assert refused.exit_code == 1
    assert "nothing was taken in" in refused.output
    assert "เสียหาย" in refused.output
