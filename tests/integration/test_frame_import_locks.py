"""Others go on working while a file is read, and two files never come in at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from census.core import db, stored_settings
from census.frame import services
from census.frame.codelists import ImportKind
from census.frame.errors import ImportRunning
from census.frame.imports.running import Step, Watcher

NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "areas.csv"
    path.write_text("code,level,parent_code,name_th,name_en\nTH,country,,ประเทศไทย,Thailand\n")
    return path


def write_something() -> None:
    with db.transaction() as session:
        stored_settings.write(session, "written_meanwhile", True)


@pytest.mark.usefixtures("database")
def test_others_can_write_while_a_file_is_being_read(file):
    watcher = Watcher(advance=lambda _: write_something())

    with db.transaction() as session:
        services.import_file(session, None, ImportKind.AREAS, file, at=NOON, watcher=watcher)

    with db.reading() as session:
        assert stored_settings.read(session, "written_meanwhile") is True


@pytest.mark.parametrize("engine_name", ["postgresql"])  # on SQLite the second waits
@pytest.mark.usefixtures("database")
def test_a_second_import_is_refused_while_the_first_is_storing(file):
    refusals = []

    def import_meanwhile(step: Step) -> None:
        if step is not Step.STORING:
            return
        with pytest.raises(ImportRunning) as refusal, db.transaction() as session:
            services.import_file(session, None, ImportKind.AREAS, file, at=NOON)
        refusals.append(refusal.value)

    with db.transaction() as session:
        watcher = Watcher(begin=import_meanwhile)
        services.import_file(session, None, ImportKind.AREAS, file, at=NOON, watcher=watcher)

    assert len(refusals) == 1
