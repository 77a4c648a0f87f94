"""Which session the factories write to: the one of the test that runs."""

from __future__ import annotations

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session


class _Bound:
    session: Session | None = None


def bind(session: Session) -> None:
    """Let the factories write to this session from now on."""
    _Bound.session = session


def current_session() -> Session:
    """The session of the test that runs."""
    if _Bound.session is None:
        raise RuntimeError("bind(session) has not been called")
    return _Bound.session


class CensusFactory(SQLAlchemyModelFactory):
    """A factory that writes at once, so that constraints speak up where a row is made."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = current_session
        sqlalchemy_session_persistence = "flush"
