"""The standby takes over: whatever was acknowledged is there, also where the standby was away.

A commit that waits for the standby is kept by the primary already. If the primary is lost then, so
is what waited; that is why neither it nor a repeat of it may be acknowledged meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import pytest

from tests.faults import run
from tests.faults.calls import Answer
from tests.faults.census import prepare
from tests.faults.expectations import skip_without_programs
from tests.faults.failpoints import Board
from tests.faults.history import History
from tests.faults.instances import Record
from tests.faults.scene import Scene
from tests.faults.server import Served, Zygote
from tests.faults.standby import Pair

AREAS, HOUSEHOLDS = 4, 3
TEMPLATE = "census_template"

Sent = Future[Answer | None]


@dataclass
class Stage:
    """A scene on two servers, and hands to send while somebody waits."""

    scene: Scene
    pair: Pair
    hands: ThreadPoolExecutor

    def send(self, each: Record) -> Sent:
        """Send, and do not wait for an answer."""
        return self.hands.submit(self.scene.send, each)

    def send_until_it_waits(self, each: Record) -> Sent:
        """Send, and see its commit wait for the standby, unless it is answered."""
        sent = self.send(each)
        self.scene.wait(lambda: sent.done() or self.pair.is_waiting())
        return sent


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A primary and a standby, with a prepared census as a template."""
    skip_without_programs()
    pair = Pair()
    try:
        pair.start()
        home = tmp_path_factory.mktemp("pair")
        prepare(pair.create(TEMPLATE), home, areas=AREAS, households=HOUSEHOLDS)
        (pair.folder / "home").symlink_to(home)
        yield pair
    finally:
        pair.remove()


@contextmanager
def stage_on(pair: Pair, zygote: Zygote, planted: str = "") -> Iterator[Stage]:
    """A system on a database of its own, that has acknowledged one submission."""
    pair.start()
    with run.home() as folder, ThreadPoolExecutor(4) as hands:
        shutil.copytree(pair.folder / "home", folder, dirs_exist_ok=True)
        url = pair.create(folder.name, TEMPLATE)
        ground = prepare(url, folder, areas=AREAS, households=HOUSEHOLDS)
        served = Served(
            url, folder, "gunicorn", zygote, planted=planted, workers=1, does_jobs=False
        )
        with Board(served.board) as board:
            try:
                served.start()
                scene = Scene(served, served, board, ground, History(), Random(planted))
                assert is_acknowledged(scene.send(scene.new()))
                yield Stage(scene, pair, hands)
            finally:
                served.kill_all()


def is_acknowledged(answer: Answer | None) -> bool:
    """Whether somebody heard that it is kept."""
    return answer is not None and answer.is_ok


def is_put_off(answer: Answer | None) -> bool:
    """Whether somebody was told to come again, or heard nothing."""
    return answer is None or (answer.status == 503 and "retry-after" in answer.headers)


def test_what_the_standby_does_not_have_is_not_acknowledged(pair, zygote):
    with stage_on(pair, zygote) as stage:
        scene = stage.scene
        pair.lose_standby()
        sent = stage.send_until_it_waits(first := scene.new())
        read = scene.read_household()
        was_waiting = not sent.done()
        pair.fail_over()
        unheard = sent.result()
        scene.send_until_answered(first)
        found = scene.judged()

    assert was_waiting
    assert read.is_ok
    assert is_put_off(unheard)
    assert scene.history.answers[first.key] == {"accepted": 1}
    assert found == {}


def test_a_server_that_only_reads_is_no_error_of_ours(pair, zygote):
    with stage_on(pair, zygote) as stage:
        scene = stage.scene
        pair.relay.switch(pair.standby.port)
        scene.wait(lambda: scene.read_household().is_ok)
        refused = scene.send(first := scene.new())
        read = scene.read_household()
        pair.fail_over()
        scene.send_until_answered(first)
        found = scene.judged()

    assert is_put_off(refused)
    assert read.is_ok
    assert found == {}


def test_without_waiting_for_the_standby_an_acknowledged_submission_is_lost(pair, zygote):
    with stage_on(pair, zygote) as stage:
        pair.wait_for_standby(False)
        pair.lose_standby()
        heard = stage.scene.send(stage.scene.new())
        pair.fail_over()
        found = stage.scene.judged()

    assert is_acknowledged(heard)
    assert "lost" in found


def repeat_while_the_standby_is_away(stage: Stage) -> Sent:
    """The first commit is cut short, so that it is seen; it is sent again and only found."""
    scene, pair = stage.scene, stage.pair
    pair.lose_standby()
    sent = stage.send_until_it_waits(first := scene.new())
    pair.end_waiting()
    assert is_put_off(sent.result())
    return stage.send_until_it_waits(first)


def test_a_repeat_is_not_acknowledged_before_the_standby_has_the_first(pair, zygote):
    with stage_on(pair, zygote) as stage:
        repeat = repeat_while_the_standby_is_away(stage)
        was_waiting = not repeat.done()
        pair.start()
        heard = repeat.result()
        pair.fail_over()
        found = stage.scene.judged()

    assert was_waiting
    assert heard.json()["results"][0]["outcome"] == "duplicate"
    assert found == {}


@pytest.mark.parametrize(("planted", "names"), [("", set()), ("silent_repeat", {"lost"})])
def test_a_repeat_that_writes_nothing_loses_what_it_acknowledges(pair, zygote, planted, names):
    with stage_on(pair, zygote, planted) as stage:
        repeat = repeat_while_the_standby_is_away(stage)
        pair.fail_over()
        heard = repeat.result()
        found = stage.scene.judged()

    assert is_acknowledged(heard) is bool(names)
    assert found.keys() >= names
    assert bool(found) is bool(names)
