"""Jobs that are owed are done, once, whatever dies on the way."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event, Lock
from uuid import UUID, uuid4

import pytest
import rq
from redis import Redis
from sqlalchemy import Column, MetaData, String, Table, create_engine, func, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from census.core import db, jobs
from census.core.clock import utcnow
from census.core.jobs import OwedJob, Queue, doorbell, job, ledger, registry
from census.core.jobs.private_redis import PrivateRedis

AREA, OTHER_AREA = "22001011001", "22001011002"

# A worker forks beside its own threads, which newer versions of Python warn of.
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

metadata = MetaData()
counts = Table("trial_count", metadata, Column("ea_code", String))


@job(Queue.PROGRESS)
def count_area(ea_code: str) -> None:
    """Leave one line for each time the area was counted."""
    with db.transaction() as session:
        session.execute(counts.insert().values(ea_code=ea_code))


@job(Queue.PROGRESS)
def count_area_that_changes_meanwhile(ea_code: str) -> None:
    """Count the area, and learn during the first count that it has to be counted again."""
    if not times_counted(ea_code):
        owe(count_area_that_changes_meanwhile, ea_code)
    count_area(ea_code)


@job(Queue.PROGRESS)
def stumble(ea_code: str) -> None:
    """Fail with a message that nobody may see."""
    raise ValueError(f"the answer given in {ea_code}")


@job(Queue.PROGRESS)
def lose_the_claim(ea_code: str) -> None:
    """Be so slow that somebody else is given the job before this run writes."""
    with db.engine().begin() as connection:
        others = update(OwedJob).where(OwedJob.key == ea_code).values(claim=uuid4())
        connection.execute(others)
    count_area(ea_code)


@job(Queue.DEFAULT, gathers_for=timedelta(minutes=1))
def count_area_later(ea_code: str) -> None:
    """Count an area, once for whatever happens to it within a minute."""
    count_area(ea_code)


@job(Queue.DEFAULT)
def kill_the_process(ea_code: str) -> None:
    """Take the process down, as running out of memory would."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A ledger on each engine in turn, and nobody to ring for it."""
    if request.param == "sqlite":
        yield from _use(f"sqlite:///{tmp_path / 'census.sqlite3'}")
    else:
        yield from _use(request.getfixturevalue("postgresql_ledger_url"))


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[str]:
    """A ledger on SQLite."""
    yield from _use(f"sqlite:///{tmp_path / 'census.sqlite3'}")


@pytest.fixture
def postgresql_database(postgresql_ledger_url: str) -> Iterator[str]:
    """A ledger on PostgreSQL."""
    yield from _use(postgresql_ledger_url)


@pytest.fixture
def postgresql_ledger_url() -> Iterator[str]:
    """A PostgreSQL database of this test's own."""
    configured = os.environ.get("TEST_DATABASE_URL")
    if not configured:
        pytest.skip("TEST_DATABASE_URL is not set: no PostgreSQL to test on")
    base = make_url(configured)
    name = f"{base.database}_jobs_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    administration = create_engine(base, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    yield base.set(database=name).render_as_string(hide_password=False)
    with administration.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    administration.dispose()


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A real Redis server, and queues of this test's own on it."""
    configured = os.environ.get("TEST_REDIS_URL")
    if not configured:
        pytest.skip("TEST_REDIS_URL is not set: no Redis to test on")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    jobs.connect_redis(configured, prefix=f"test-{uuid4().hex}-")
    yield configured
    for queue in doorbell.rq_queues(doorbell.workers_redis()):
        for rq_id in queue.failed_job_registry.get_job_ids():
            queue.failed_job_registry.remove(rq_id, delete_job=True)
        queue.delete(delete_jobs=True)
    jobs.connect_nothing()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture
def no_redis_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nobody installed a Redis server."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def periodic(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test asks to be done again and again is forgotten after it."""
    monkeypatch.setattr(registry, "_periodic", {})


@pytest.mark.usefixtures("database")
def test_a_job_owed_by_a_transaction_that_fails_is_not_owed() -> None:
    with pytest.raises(ZeroDivisionError):
        owe_and_then(lambda: 1 / 0)

    assert jobs.run_all_owed() == 0
    assert times_counted(AREA) == 0


@pytest.mark.usefixtures("database")
def test_an_area_owed_twice_is_counted_once() -> None:
    owe(count_area, AREA, AREA, OTHER_AREA)
    owe(count_area, AREA)

    runs = jobs.run_all_owed()

    assert runs == 2
    assert (times_counted(AREA), times_counted(OTHER_AREA)) == (1, 1)
    assert not ledger_lines()


@pytest.mark.usefixtures("database")
def test_a_job_that_gathers_waits_for_more_and_then_does_all_of_it_at_once() -> None:
    owe(count_area_later, AREA)
    owe(count_area_later, AREA)
    first, second = ledger_lines()

    with db.reading() as session:
        now = ledger.due(session, at=first.owed_at + timedelta(seconds=59), limit=10)
        then = ledger.due(session, at=first.owed_at + timedelta(seconds=61), limit=10)
    jobs.run_owed(str(first.id))

    assert (now, [line.id for line in then]) == ([], [first.id])
    assert second.key == AREA
    assert times_counted(AREA) == 1
    assert not ledger_lines()


@pytest.mark.usefixtures("database")
def test_an_area_that_changes_while_it_is_counted_is_counted_again() -> None:
    owe(count_area_that_changes_meanwhile, AREA)

    jobs.run_all_owed()

    assert times_counted(AREA) == 2
    assert not ledger_lines()


@pytest.mark.postgresql
@pytest.mark.usefixtures("postgresql_database")
def test_a_change_committed_during_a_count_is_counted_though_it_was_owed_before() -> None:
    owe(count_area, AREA)

    with db.transaction() as session:
        jobs.owe(session, count_area, AREA)
        jobs.run_all_owed()
    jobs.run_all_owed()

    assert times_counted(AREA) == 2


@pytest.mark.usefixtures("database")
def test_an_area_is_counted_by_one_at_a_time() -> None:
    begun = Barrier(4)
    at_work, busiest, lock = 0, 0, Lock()

    @job(Queue.PROGRESS)
    def count_slowly(ea_code: str) -> None:
        nonlocal at_work, busiest
        with lock:
            at_work += 1
            busiest = max(busiest, at_work)
        count_area(ea_code)
        with lock:
            at_work -= 1

    for _ in range(4):
        owe(count_slowly, AREA)
    owed = [str(line.id) for line in ledger_lines()]

    def answer(owed_id: str) -> None:
        begun.wait()
        jobs.run_owed(owed_id)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(answer, owed))
    jobs.run_all_owed()

    assert busiest == 1
    assert times_counted(AREA) >= 1
    assert not ledger_lines()


@pytest.mark.usefixtures("database")
def test_a_job_whose_process_died_is_done_later_and_the_dead_one_has_no_say() -> None:
    owe(count_area, AREA)
    dead = claim_it()

    runs_at_once = jobs.run_all_owed()
    let_time_pass()
    runs_later = jobs.run_all_owed()

    assert (runs_at_once, runs_later) == (0, 1)
    assert times_counted(AREA) == 1
    with db.transaction() as session:
        assert not ledger.finish(session, dead)
        assert not ledger.fail(session, dead, "ValueError", at=utcnow())


@pytest.mark.usefixtures("database")
def test_a_second_ring_for_a_job_at_work_does_nothing() -> None:
    owe(count_area, AREA)
    held = claim_it()

    jobs.run_owed(str(held.owed_id))

    assert times_counted(AREA) == 0
    with db.transaction() as session:
        assert ledger.finish(session, held)


@pytest.mark.usefixtures("database")
def test_a_run_that_lost_its_claim_can_no_longer_write() -> None:
    owe(lose_the_claim, AREA)

    jobs.run_all_owed()

    assert times_counted(AREA) == 0
    (line,) = ledger_lines()
    assert line.claim is not None


@pytest.mark.usefixtures("database")
def test_a_job_that_always_fails_is_given_up_after_five_attempts_and_the_others_flow() -> None:
    owe(stumble, AREA)
    owe(count_area, OTHER_AREA)

    for _ in range(8):
        jobs.run_all_owed()
        let_time_pass()

    (failed,) = given_up()
    assert (failed.name, failed.key, failed.attempts) == (stumble.name, AREA, 5)
    assert failed.last_error == "ValueError"
    assert times_counted(OTHER_AREA) == 1


@pytest.mark.usefixtures("database")
def test_a_failed_job_rests_before_it_is_tried_again_even_if_it_is_owed_anew() -> None:
    owe(stumble, AREA)
    jobs.run_all_owed()
    owe(stumble, AREA)

    runs = jobs.run_all_owed()

    assert runs == 0
    assert sum(line.attempts for line in ledger_lines()) == 1


@pytest.mark.usefixtures("database")
def test_a_job_that_kills_its_process_is_given_up_though_it_never_reported_a_failure() -> None:
    owe(count_area, AREA)

    for _ in range(5):
        claim_it()
        let_time_pass()
    runs = jobs.run_all_owed()

    assert runs == 0
    (failed,) = given_up()
    assert (failed.attempts, failed.last_error) == (5, "Abandoned")


@pytest.mark.usefixtures("database")
def test_a_job_whose_worker_was_found_dead_is_due_at_once_if_it_died_long_ago() -> None:
    owe(count_area, AREA)
    held = claim_it()
    a_minute_later = utcnow() + timedelta(minutes=1)

    with db.transaction() as session:
        ledger.fail_whoever_holds(session, held.owed_id, "AbandonedJobError", at=a_minute_later)

    with db.reading() as session:
        (line,) = ledger.due(session, at=a_minute_later, limit=10)
        assert (line.key, line.attempts, line.last_error) == (AREA, 1, "AbandonedJobError")


@pytest.mark.usefixtures("database")
def test_a_job_that_this_version_does_not_know_fails_visibly() -> None:
    owe(count_area, AREA)
    with db.transaction() as session:
        session.execute(update(OwedJob).values(name="census.progress.jobs.of_next_year"))

    jobs.run_all_owed()

    (line,) = ledger_lines()
    assert (line.attempts, line.last_error) == (1, "UnknownJobError")


@pytest.mark.usefixtures("database")
def test_what_was_given_up_is_settled_when_the_area_is_counted_after_all() -> None:
    give_up(count_area, AREA)
    owe(count_area, AREA)

    runs_while_resting = jobs.run_all_owed()
    let_time_pass()
    jobs.run_all_owed()

    assert runs_while_resting == 0
    assert times_counted(AREA) == 1
    assert not ledger_lines()


@pytest.mark.usefixtures("database")
def test_what_was_given_up_is_done_when_somebody_asks_for_it_after_a_repair() -> None:
    owed_id = give_up(count_area, AREA)

    with db.transaction() as session:
        is_owed = jobs.owe_again(session, owed_id, at=utcnow())
    jobs.run_all_owed()

    assert is_owed
    assert times_counted(AREA) == 1
    assert not ledger_lines()


@pytest.mark.usefixtures("database")
def test_without_a_queue_the_work_of_the_field_is_kept_and_its_jobs_stay_owed() -> None:
    jobs.connect_redis("redis://127.0.0.1:1/0")

    owe(count_area, AREA)

    assert jobs.queue_state() == "degraded"
    assert jobs.sweep() == 0
    assert [line.key for line in ledger_lines()] == [AREA]


@pytest.mark.usefixtures("sqlite_database", "no_redis_server")
def test_one_office_without_a_redis_server_does_its_jobs_in_a_thread(tmp_path: Path) -> None:
    owe(count_area, "owed before the start")
    let_time_pass()
    jobs.connect_embedded(tmp_path)

    owe(count_area, AREA, OTHER_AREA)

    assert eventually(lambda: not ledger_lines())
    assert jobs.queue_state() == "ok"
    jobs.connect_nothing()
    assert (times_counted(AREA), times_counted("owed before the start")) == (1, 1)
    assert not (tmp_path / "queue").exists()


@pytest.mark.usefixtures("sqlite_database")
def test_one_office_with_a_redis_server_has_one_of_its_own(office: Path) -> None:
    jobs.connect_embedded(office)

    owe(count_area, AREA)
    owe(stumble, OTHER_AREA)

    assert eventually(lambda: [line.last_error for line in ledger_lines()] == ["ValueError"])
    assert (office / "queue" / "redis.sock").is_socket()
    jobs.connect_nothing()
    assert times_counted(AREA) == 1
    assert not (office / "queue" / "redis.sock").exists()


@pytest.mark.usefixtures("sqlite_database", "no_redis_server", "periodic")
def test_what_is_done_again_and_again_goes_on_when_something_beside_it_fails(
    tmp_path: Path,
) -> None:
    numbered = Event()

    @jobs.every(timedelta(0))
    def fail() -> None:
        raise ValueError

    @jobs.every(timedelta(0))
    def number_events() -> None:
        numbered.set()

    jobs.connect_embedded(tmp_path)
    assert numbered.wait(60)
    numbered.clear()

    assert numbered.wait(60)
    jobs.connect_nothing()


def test_two_processes_of_one_office_share_a_redis_server(office: Path) -> None:
    first, second = PrivateRedis(office), PrivateRedis(office)

    assert first.ensure()
    assert second.ensure()
    assert second.child is None
    first.stop()
    assert second.ensure()
    assert second.child is not None
    second.stop()


def test_the_socket_of_a_dead_redis_server_is_no_obstacle(office: Path) -> None:
    server = PrivateRedis(office)
    server.ensure()
    assert server.child is not None
    server.child.kill()
    server.child.wait()

    assert server.socket.is_socket()
    assert server.ensure()
    server.stop()


@pytest.mark.redis
@pytest.mark.usefixtures("database", "redis_url")
def test_a_worker_counts_the_areas_it_is_rung_for() -> None:
    owe(count_area, AREA, OTHER_AREA)

    jobs.work(burst=True)

    assert (times_counted(AREA), times_counted(OTHER_AREA)) == (1, 1)
    assert not ledger_lines()
    assert jobs.queue_state() == "ok"


@pytest.mark.redis
@pytest.mark.usefixtures("database", "redis_url")
def test_a_job_that_kills_its_process_is_noted_at_once_and_the_others_flow() -> None:
    owe(kill_the_process, AREA)
    owe(count_area, OTHER_AREA)

    jobs.work(burst=True)

    (line,) = ledger_lines()
    assert (line.attempts, line.claim, line.last_error) == (1, None, "ProcessKilled")
    assert times_counted(OTHER_AREA) == 1


@pytest.mark.redis
@pytest.mark.usefixtures("database", "redis_url")
def test_what_a_lost_queue_forgot_is_rung_for_again() -> None:
    owe(count_area, AREA, OTHER_AREA)
    for queue in doorbell.rq_queues(doorbell.workers_redis()):
        queue.empty()
    jobs.work(burst=True)
    forgotten = times_counted(AREA)

    let_time_pass()
    rung = jobs.sweep()
    jobs.work(burst=True)

    assert (forgotten, rung) == (0, 2)
    assert not ledger_lines()


@pytest.mark.redis
@pytest.mark.usefixtures("database")
def test_the_queue_holds_identifiers_in_json_and_nothing_else(redis_url: str) -> None:
    owe(count_area, AREA)

    (line,) = ledger_lines()
    (progress,) = doorbell.rq_queues(Redis.from_url(redis_url), [Queue.PROGRESS])
    (waiting,) = progress.get_jobs()
    assert isinstance(waiting, rq.job.Job)
    assert waiting.data == f'["census.core.jobs.run_owed", null, ["{line.id}"], {{}}]'.encode()


@pytest.fixture
def office() -> Iterator[Path]:
    """The home of an office, with a path short enough for a socket."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed: no private one to test")
    home = Path("/tmp") / f"office-{uuid4().hex[:12]}"  # noqa: S108 - a socket's path must be short
    home.mkdir(mode=0o700)
    yield home
    shutil.rmtree(home)


def _use(url: str) -> Iterator[str]:
    engine = db.connect(url)
    jobs.connect_nothing()
    OwedJob.metadata.create_all(engine, tables=[OwedJob.metadata.tables["core_owed_job"]])
    metadata.create_all(engine)
    yield url
    jobs.connect_nothing()
    db.disconnect()


def owe(owed: jobs.Job, *keys: str) -> None:
    with db.transaction() as session:
        jobs.owe_many(session, owed, keys)


def owe_and_then(go_wrong: Callable[[], object]) -> None:
    with db.transaction() as session:
        jobs.owe(session, count_area, AREA)
        go_wrong()


def claim_it() -> ledger.Claim:
    with db.transaction() as session:
        (line,) = _lines(session)
        claimed = ledger.claim(session, line.id, at=utcnow())
    assert claimed is not None
    return claimed


def give_up(owed: jobs.Job, key: str) -> UUID:
    owe(owed, key)
    with db.transaction() as session:
        (line,) = _lines(session)
        line.attempts, line.failed_at = ledger.MAX_ATTEMPTS, utcnow()
        line.due_at = utcnow() + ledger.REST_AFTER[-1]
    return line.id


def let_time_pass() -> None:
    with db.transaction() as session:
        session.execute(update(OwedJob).values(due_at=utcnow() - timedelta(hours=1)))


def times_counted(ea_code: str) -> int:
    with db.reading() as session:
        statement = select(func.count()).select_from(counts).where(counts.c.ea_code == ea_code)
        return session.scalars(statement).one()


def ledger_lines() -> list[OwedJob]:
    with db.reading() as session:
        lines = _lines(session)
        session.expunge_all()
    return lines


def given_up() -> list[OwedJob]:
    with db.reading() as session:
        lines = list(jobs.failed_jobs(session))
        session.expunge_all()
    return lines


def _lines(session: Session) -> list[OwedJob]:
    return list(session.scalars(select(OwedJob).order_by(OwedJob.id)))


def eventually(condition: Callable[[], bool], tries: int = 600) -> bool:
    never = Event()
    return any(condition() or never.wait(0.1) for _ in range(tries))
