"""The harness finds what it is there to find: eight ways of doing it wrong, each by its name.

Each bug is planted into the system that is served, and the same few calls are made with it and
without it; a fail-point makes the moment come every time at which the bug shows.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from census.core import db
from tests.faults import run
from tests.faults.census import prepare
from tests.faults.expectations import skip_without_programs
from tests.faults.failpoints import Board
from tests.faults.history import History
from tests.faults.instances import Record, record, variant
from tests.faults.postgresql import Cluster
from tests.faults.scene import LOOK_EVERY_S, Scene
from tests.faults.server import Served, Zygote

AREAS, HOUSEHOLDS = 8, 3
TEMPLATE = "census_template"
ROLES = {"sqlite": "serve", "postgresql": "gunicorn"}


def die_before_the_commit(scene: Scene) -> None:
    """The process dies when everything is written and nothing is committed."""
    scene.board.arm("before_commit")
    first = scene.new()
    scene.send(first)
    scene.wait(lambda: bool(scene.board.deaths()))
    scene.send_until_answered(first)


def send_twice(scene: Scene) -> None:
    """The same submission, twice."""
    first = scene.new()
    scene.send(first)
    scene.send(first)


def reuse_an_id(scene: Scene) -> None:
    """Other bytes under the same id."""
    first = scene.new()
    scene.send(first)
    scene.send(variant(scene.chance, first))


def correct_at_once(scene: Scene) -> None:
    """Two corrections of one response: the first waits when it has read the case."""
    first = scene.new()
    scene.send(first)
    mine, others = scene.new(base=first), scene.new(base=first)
    with held(scene, "case_locked", mine) as hands:
        sending = hands.submit(scene.send, others, token=scene.ground.office, to=scene.other)
        _wait_a_moment(sending.done)


def approve_after_a_correction(scene: Scene) -> None:
    """A supervisor looks, a correction comes, and the supervisor approves what was there."""
    first = scene.new()
    scene.send(first)
    etag, seen = scene.seen_batch()
    scene.send(scene.new(base=first))
    scene.approve(etag, seen)


def die_after_the_commit(scene: Scene) -> None:
    """The process dies as soon as the submission is committed; nobody sends any more."""
    scene.board.arm("after_commit")
    scene.send(scene.new())
    scene.wait(lambda: bool(scene.board.deaths()))


def read_between_two_commits(scene: Scene) -> None:
    """What began first commits last, and somebody reads in between."""
    here, there = (scene.ground.households(area)[0] for area in scene.ground.areas_of(0)[:2])
    with held(scene, "before_commit", record(scene.chance, here)):
        scene.send(record(scene.chance, there), to=scene.other)
        scene.read_feed()
    scene.read_feed()


@contextmanager
def held(scene: Scene, place: str, first: Record) -> Iterator[ThreadPoolExecutor]:
    """A submission waits at a place, while others are sent to another server."""
    scene.other.start()
    scene.board.hold(place)
    with ThreadPoolExecutor(2) as hands:
        hands.submit(scene.send, first)
        scene.wait(lambda: scene.board.is_holding(place))
        yield hands
        scene.board.release(place)


SCENES: dict[str, tuple[str, Callable[[Scene], None], tuple[str, ...]]] = {
    "early_acknowledgement": ("lost", die_before_the_commit, ("sqlite", "postgresql")),
    "no_unique_key": ("duplicate", send_twice, ("postgresql",)),
    "overwrite": ("altered", reuse_an_id, ("sqlite", "postgresql")),
    "lost_update": ("lost_update", correct_at_once, ("postgresql",)),
    "blind_approval": ("approval_blind", approve_after_a_correction, ("sqlite", "postgresql")),
    "tally_in_second_transaction": (
        "count_drift",
        die_after_the_commit,
        ("sqlite", "postgresql"),
    ),
    "feed_by_serial_id": ("feed_skipped", read_between_two_commits, ("postgresql",)),
    "dropped_conflict": ("conflict_dropped", reuse_an_id, ("sqlite", "postgresql")),
}
"""For each bug: what it must be called, what brings it to light, and where it can arise.

SQLite has one writer at a time: nobody can overtake there, and constraints are part of a table.
"""

CASES = [
    pytest.param(engine, bug, id=f"{bug}-{engine}")
    for bug, (_name, _acts, engines) in SCENES.items()
    for engine in engines
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of these tests' own."""
    skip_without_programs()
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Puts a prepared census into a folder, on SQLite; says where it is."""
    template = tmp_path_factory.mktemp("sqlite")
    prepare(f"sqlite:///{template}/census.sqlite3", template, areas=AREAS, households=HOUSEHOLDS)

    def copy(folder: Path) -> str:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        return f"sqlite:///{folder}/census.sqlite3"

    return copy


@pytest.fixture(scope="module")
def on_postgresql(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], str]:
    """The same on PostgreSQL."""
    template = tmp_path_factory.mktemp("postgresql")
    prepare(cluster.create(TEMPLATE), template, areas=AREAS, households=HOUSEHOLDS)

    def copy(folder: Path) -> str:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        return cluster.create(folder.name, TEMPLATE)

    return copy


@pytest.mark.parametrize(("engine", "bug"), CASES)
def test_a_planted_bug_is_found_and_called_by_its_name(engine, bug, request):
    name, acts, _engines = SCENES[bug]

    with scene_on(engine, request, planted=bug) as scene:
        acts(scene)
        found = scene.judged()

    assert name in found


@pytest.mark.parametrize(
    ("engine", "acts"),
    sorted(
        {(engine, acts) for _name, acts, engines in SCENES.values() for engine in engines},
        key=lambda each: (each[1].__name__, each[0]),
    ),
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_without_the_bug_nothing_is_found(engine, acts, request):
    with scene_on(engine, request) as scene:
        acts(scene)
        found = scene.judged()

    assert found == {}


@contextmanager
def scene_on(engine: str, request: pytest.FixtureRequest, *, planted: str = "") -> Iterator[Scene]:
    """A system on a database of its own."""
    copy: Callable[[Path], str] = request.getfixturevalue(f"on_{engine}")
    zygote: Zygote = request.getfixturevalue("zygote")
    with run.home() as folder:
        url = copy(folder)
        spoil(url, planted)
        ground = prepare(url, folder, areas=AREAS, households=HOUSEHOLDS)
        served, other = (
            Served(url, folder, ROLES[engine], zygote, planted=planted, workers=1, does_jobs=False)
            for _ in range(2)
        )
        with Board(served.board) as board:
            try:
                served.start()
                yield Scene(served, other, board, ground, History(), Random(planted))
            finally:
                served.kill_all()
                other.kill_all()


def spoil(url: str, bug: str) -> None:
    """Do to the database what the bug needs."""
    module = importlib.import_module(f"tests.faults.planted.{bug}") if bug else None
    if hasattr(module, "spoil"):
        db.connect(url)
        with db.transaction() as session:
            module.spoil(session)
        db.disconnect()


def _wait_a_moment(condition: Callable[[], bool], within_s: float = 1.0) -> None:
    """Wait for something that comes only where it must not."""
    until = monotonic() + within_s
    while not condition() and monotonic() < until:
        sleep(LOOK_EVERY_S)
