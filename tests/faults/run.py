"""A fault run from beginning to end: prepare, work, break, drain, judge, report."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from census.core import db, events, files, jobs
from census.reactions import REACTIONS
from tests.faults.census import Ground, prepare
from tests.faults.failpoints import PLACES, Board
from tests.faults.history import History
from tests.faults.judge import Violation, judge
from tests.faults.nemesis import Nemesis
from tests.faults.postgresql import Cluster
from tests.faults.proxy import Proxy
from tests.faults.queue_server import QueueServer
from tests.faults.server import Served, Zygote
from tests.faults.standby import Pair
from tests.faults.workload import Field

DRAIN_WITHIN_S = 60.0
DATABASE = "census"
LOOK_EVERY_S = 0.05
PAIR = "pair"
"""The engine that is PostgreSQL with a standby."""


@dataclass(frozen=True)
class Plan:
    """How large a run is; it ends when both numbers are reached, or when the time is over."""

    engine: str
    submissions: int
    faults: int
    within_s: float
    areas: int = 48
    households: int = 50
    seed: int = 1


@dataclass(frozen=True)
class Report:
    """What a run did, and what was found."""

    plan: Plan
    acknowledged: int
    acknowledgements: int
    unknowns: int
    faults: dict[str, int]
    faults_so_far: int
    of_network: dict[str, int]
    passed: dict[str, int]
    deaths: dict[str, int]
    approvals: dict[str, int]
    events_read: int
    added_up: int
    seconds: float
    recoveries: dict[str, list[float]]
    violations: list[Violation]

    @property
    def slowest_recovery_s(self) -> float:
        """The longest time from a fault to the next acknowledged call."""
        return max((max(each) for each in self.recoveries.values()), default=0.0)

    def __str__(self) -> str:
        """The report for a reader."""
        lines = [
            f"{self.plan.engine}: {self.acknowledged} submissions acknowledged in"
            f" {self.acknowledgements} acknowledgements, {self.unknowns} calls unanswered,"
            f" {self.seconds:.0f} s",
            f"faults: {sum(self.faults.values())} ({_listed(self.faults)});"
            f" {self.faults_so_far} with those of earlier parts",
            f"faults of the network: {sum(self.of_network.values())} ({_listed(self.of_network)})",
            f"fail-points passed: {_listed(self.passed)}",
            f"fail-points died at: {_listed(self.deaths)}",
            f"approvals: {_listed(self.approvals)}; read by followers: {self.events_read} events,"
            f" {self.added_up} pages of progress",
            "recovery in seconds, median and longest: "
            + ", ".join(
                f"{name} {statistics.median(each):.2f}/{max(each):.2f}"
                for name, each in sorted(self.recoveries.items())
            ),
            f"violations: {len(self.violations)}",
        ]
        lines += [f"  {each.name}: {each.what}" for each in self.violations[:20]]
        return "\n".join(lines)


@contextmanager
def system(
    engine: str, folder: Path, *, stays: bool = False
) -> Iterator[tuple[Served, Cluster | Pair | None, QueueServer | None]]:
    """A system on a database of its own; on PostgreSQL with servers that can be crashed.

    What the database holds stays in the folder, where that is asked for.
    """
    with ExitStack() as stack:
        zygote = Zygote()
        stack.callback(zygote.close)
        if engine == "sqlite":
            served = Served(f"sqlite:///{folder}/census.sqlite3", folder, "serve", zygote)
            stack.callback(served.kill_all)
            yield served, None, None
            return
        place = folder / "postgresql" if stays else None
        cluster = Pair(place) if engine == PAIR else Cluster(place)
        stack.callback(cluster.stop if stays else cluster.remove)
        cluster.start()
        queue = QueueServer()
        stack.callback(queue.remove)
        queue.start()
        url = cluster.create(DATABASE)
        served = Served(url, folder, "gunicorn", zygote, redis_url=queue.url)
        stack.callback(served.kill_all)
        yield served, cluster, queue


@contextmanager
def home() -> Iterator[Path]:
    """A folder with a short name: the path of a socket in it must not be long."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(plan: Plan) -> Report:
    """Carry out a plan in a folder that is taken away afterwards."""
    with home() as folder:
        return _run_in(folder, plan, History(), threading.Event(), stays=False)


def run_part(plan: Plan, folder: Path, stop: threading.Event) -> Report:
    """Carry out a plan in a folder that stays, after whatever was done there before.

    What the outboxes held when an earlier part was killed is gone with them: its submissions may
    have been kept or not. `stop` ends the part early; it is drained and judged all the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    history = History(folder / "history.jsonl")
    try:
        plan = replace(plan, seed=plan.seed + len(history.sent))
        return _run_in(folder, plan, history, stop, stays=True)
    finally:
        history.close()


def _run_in(
    folder: Path, plan: Plan, history: History, stop: threading.Event, *, stays: bool
) -> Report:
    with system(plan.engine, folder, stays=stays) as (served, cluster, queue):
        ground = prepare(served.database_url, folder, areas=plan.areas, households=plan.households)
        with Board(served.board) as board:
            served.start()
            nemesis = Nemesis(served, board, history, cluster=cluster, queue=queue, seed=plan.seed)
            return _carry_out(plan, ground, history, nemesis, stop)


def _carry_out(
    plan: Plan, ground: Ground, history: History, nemesis: Nemesis, stop: threading.Event
) -> Report:
    """Work and break until the plan is fulfilled, then drain and judge."""
    served, board = nemesis.served, nemesis.board
    proxy = Proxy(served.port, seed=plan.seed)
    begun = time.monotonic()
    field = Field(ground, history, port=served.port, proxy_port=proxy.port, seed=plan.seed)
    field.begin()
    try:
        _break(plan, begun, field, nemesis, stop)
    finally:
        for place in PLACES:
            board.disarm(place)
        served.start()
        field.end(DRAIN_WITHIN_S)
        proxy.close()
    field.reader.read_to_the_end(DRAIN_WITHIN_S)
    seconds = time.monotonic() - begun
    served.kill_all()
    return Report(
        plan=plan,
        acknowledged=history.distinct,
        acknowledgements=history.acknowledgements,
        unknowns=history.unknowns,
        faults=dict(nemesis.injected),
        faults_so_far=len(history.faults),
        of_network=dict(proxy.faults),
        passed=board.passed(),
        deaths=dict(board.deaths()),
        approvals=_results(history),
        events_read=len(history.feed),
        added_up=history.added_up,
        seconds=seconds,
        recoveries=history.recoveries(),
        violations=judged(served, history, ground, held=field.held),
    )


def judged(served: Served, history: History, ground: Ground, *, held: int = 0) -> list[Violation]:
    """Every violation in a system that nobody serves any more."""
    db.connect(served.database_url)
    files.connect(served.home / "uploads")
    jobs.connect_nothing()
    events.connect(REACTIONS)
    try:
        return judge(history, ground, held=held)
    finally:
        db.disconnect()


def _break(plan: Plan, begun: float, field: Field, nemesis: Nemesis, stop: threading.Event) -> None:
    """Inject faults at the pace of the work until both numbers are reached."""
    history = field.history
    per_fault = plan.submissions / plan.faults
    while time.monotonic() - begun < plan.within_s and not stop.is_set():
        field.refuse_to_go_on()
        done = history.distinct - history.resumed_with
        if nemesis.count >= plan.faults and done >= plan.submissions:
            return
        if nemesis.count < plan.faults and done >= nemesis.count * per_fault:
            nemesis.strike()
        else:
            nemesis.served.keep_running()
            time.sleep(LOOK_EVERY_S)


def _results(history: History) -> dict[str, int]:
    found: dict[str, int] = {}
    for approval in history.approvals:
        found[approval.result] = found.get(approval.result, 0) + 1
    return found


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
