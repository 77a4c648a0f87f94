"""Answers as soon as the work is done, and commits a moment later in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from census.core import db
from census.web import gathering

A_MOMENT_S = 0.3


def plant() -> None:
    """Let every way in use it."""
    gathering.transaction = _acknowledged_first


@contextmanager
def _acknowledged_first() -> Iterator[Session]:
    session = Session(db.engine(), expire_on_commit=False)
    yield session
    session.flush()
    threading.Thread(target=_commit_later, args=(session,), daemon=True).start()


def _commit_later(session: Session) -> None:
    time.sleep(A_MOMENT_S)
    for hook in db._Database.before_commit:
        hook(session)
    session.commit()
    for hook in db._Database.after_commit:
        hook(session)
    session.close()
