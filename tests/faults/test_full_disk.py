"""The disk of PostgreSQL is full: nothing is acknowledged, people can read, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from random import Random

import pytest

from tests.faults import run
from tests.faults.calls import Answer
from tests.faults.census import prepare
from tests.faults.expectations import skip_without_programs
from tests.faults.failpoints import Board
from tests.faults.full_disk import (
    Full,
    can_mount,
    on_any_disk,
    on_small_disk,
)
from tests.faults.history import History
from tests.faults.instances import record
from tests.faults.scene import Scene
from tests.faults.server import Served, Zygote

AREAS, HOUSEHOLDS = 4, 30
MOST_PARCELS = 20

WAYS: dict[str, Callable[[], AbstractContextManager[Full]]] = {"device": on_any_disk}
if can_mount():
    # Elsewhere the device alone must do: it needs no rights.
    WAYS["small_disk"] = on_small_disk


@contextmanager
def scene_on(full: Full, zygote: Zygote) -> Iterator[Scene]:
    """A system on this disk that has acknowledged some submissions."""
    with run.home() as folder:
        url = full.cluster.create(run.DATABASE)
        ground = prepare(url, folder, areas=AREAS, households=HOUSEHOLDS)
        served = Served(url, folder, "gunicorn", zygote, workers=1, does_jobs=False)
        with Board(served.board) as board:
            try:
                served.start()
                scene = Scene(served, served, board, ground, History(), Random("disk"))
                assert send_parcel(scene).is_ok
                yield scene
            finally:
                served.kill_all()


def send_parcel(scene: Scene) -> Answer:
    """Send a submission of every household of an area; what is said."""
    households = scene.ground.households(scene.ground.areas[0])
    answer = scene.send(*(record(scene.chance, each) for each in households))
    assert answer is not None
    return answer


def send_until_put_off(scene: Scene) -> Answer:
    """Send until the disk is full."""
    for _ in range(MOST_PARCELS):
        if not (answer := send_parcel(scene)).is_ok:
            return answer
    raise AssertionError("the disk is never full")


def is_put_off(answer: Answer) -> bool:
    """Whether the caller was told to come again."""
    return answer.status == 503 and "retry-after" in answer.headers


@pytest.mark.parametrize("way", WAYS)
def test_on_a_full_disk_nothing_is_acknowledged_and_nothing_is_lost(way, zygote):
    skip_without_programs()
    with WAYS[way]() as full, scene_on(full, zygote) as scene:
        full.fill()
        refused = send_until_put_off(scene)
        again = send_parcel(scene)
        read = scene.read_household()
        full.make_room()
        scene.send_until_answered(later := scene.new())
        found = scene.judged()

    assert is_put_off(refused)
    assert is_put_off(again)
    assert read.is_ok
    assert scene.history.answers[later.key] == {"accepted": 1}
    assert found == {}


if "small_disk" in WAYS:

    def test_a_full_log_stops_the_server_and_loses_nothing(zygote):
        with on_small_disk() as full, scene_on(full, zygote) as scene:
            full.fill_log()
            refused = send_parcel(scene)
            full.make_room()
            full.cluster.start()
            scene.send_until_answered(later := scene.new())
            found = scene.judged()

        assert is_put_off(refused)
        assert scene.history.answers[later.key] == {"accepted": 1}
        assert found == {}
