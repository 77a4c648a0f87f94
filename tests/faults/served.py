"""The application under test: the real one, with fail-points put around its functions.

Nothing in the application knows of this. What is wrapped is found by name, so that a function that
was moved makes the harness fail loudly instead of testing nothing.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event as Signal
from typing import Any
from unittest.mock import patch

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from census import app as census_app
from census.core import db, jobs
from census.core.jobs.workers import Ticker
from config.settings import Settings
from tests.faults import planted
from tests.faults.failpoints import Board

JOBS_EVERY = timedelta(seconds=2)
WAYS_IN = ("/submissions", "/submission")
"""How the addresses end whose answers can be lost."""

_MARK = "came_with_a_submission"


class _PutTogether:
    """The application before it is connected to anything; `put_together` fills it."""

    app: Flask


def put_together() -> None:
    """Build the application once, before the forks: a start is then a matter of connecting."""
    nowhere = Settings(database_url="", home=Path(os.devnull), secret_key="")
    with patch.object(census_app, "connect"):
        _PutTogether.app = census_app.create_app(nowhere)


def application() -> Flask:
    """The application, connected, as a web server asks for it."""
    board = Board(Path(os.environ["FAULTS_BOARD"]))
    planted.plant(os.environ.get("FAULTS_PLANTED", ""))
    settings = Settings.from_environment()
    app = _PutTogether.app
    app.config.update(census_app._flask_settings(settings))
    census_app.connect(settings)
    put_fail_points(board)
    _watch_answers(app, board)
    return app


def put_fail_points(board: Board) -> None:
    """Put the places of the board around the functions they are named after."""
    receiving = "census.collection.services.receiving"
    _around(receiving, "lock_receipts", before=lambda *_: board.pass_by("receipts_written"))
    _around(receiving, "settle", before=lambda session, *_: _note_submission(session, board))
    _around(
        "census.collection.services.attaching",
        "_write",
        after=lambda *_: board.pass_by("file_written"),
    )
    _around(receiving, "keep", after=lambda *_: board.pass_by("submission_kept"))
    _around(
        "census.core.sequencer", "number_committed", after=lambda *_: board.pass_by("in_sequencer")
    )
    _around(
        "census.core.jobs.running",
        "_carry_out",
        before=lambda *_: board.pass_by("job_claimed"),
        after=lambda *_: board.pass_by("job_done"),
    )
    db.before_commit(lambda session: _pass_if_submission(session, board, "before_commit"))
    db._Database.after_commit.insert(
        0, lambda session: _pass_if_submission(session, board, "after_commit")
    )
    if db.engine().dialect.name == "sqlite":
        event.listen(db.engine(), "begin", lambda connection: _limit_pages(connection, board))


def serve_from_gunicorn() -> None:
    """Serve as in production: gunicorn with its workers and the production settings."""
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", "-c", "config/gunicorn.py", "tests.faults.served:application()"]
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


def serve_from_one_process() -> None:
    """Serve as one office does: `census serve`, which does the jobs as well."""
    from census.commands import serve

    def create_app(_settings: Settings) -> Flask:
        return application()

    serve.create_app = create_app
    serve.command(args=[], standalone_mode=False)


def work_off_jobs() -> None:
    """Do what is owed, again and again, and what is done periodically; as a worker does."""
    board = Board(Path(os.environ["FAULTS_BOARD"]))
    census_app.connect(Settings.from_environment())
    put_fail_points(board)
    Ticker(Signal(), {jobs.run_all_owed: JOBS_EVERY}).run()


def _around(
    module: str,
    name: str,
    *,
    before: Callable[..., None] | None = None,
    after: Callable[..., None] | None = None,
) -> None:
    """Do something before and after each call of a function of the application."""
    owner = importlib.import_module(module)
    original = getattr(owner, name)

    @functools.wraps(original)
    def wrapped(*args: Any, **options: Any) -> Any:
        if before is not None:
            before(*args)
        result = original(*args, **options)
        if after is not None:
            after(*args)
        return result

    setattr(owner, name, wrapped)


def _note_submission(session: Session, board: Board) -> None:
    session.info[_MARK] = True
    board.pass_by("case_locked")


def _pass_if_submission(session: Session, board: Board, place: str) -> None:
    if session.info.get(_MARK):
        board.pass_by(place)


def _watch_answers(app: Flask, board: Board) -> None:
    def pass_before_answer(response: Response) -> Response:
        if request.method == "POST" and request.path.endswith(WAYS_IN):
            board.pass_by("before_answer")
        return response

    app.after_request(pass_before_answer)


def _limit_pages(connection: Any, board: Board) -> None:
    """Let the database file grow no further while the disk is said to be full."""
    if board.is_disk_full:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite: never below what is used
        connection.info["faults_limited"] = True
    elif connection.info.pop("faults_limited", False):
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
