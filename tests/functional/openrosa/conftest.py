"""A small census with the real questionnaire, and an installation of ODK Collect."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from census.accounts.actors import Actor
from census.accounts.codelists import TokenKind
from census.accounts.services import issue_token
from census.collection.models import Questionnaire
from census.collection.questionnaires.building import build_xform
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import SmallCensus, small_census
from tests.functional.openrosa.collect import Collect

HOST = "http://localhost"


@pytest.fixture(scope="session")
def xform() -> bytes:
    """The household questionnaire as it is published."""
    return build_xform("household", "2564.1")


@pytest.fixture
def census(app: Flask, xform: bytes) -> SmallCensus:
    """The small census, committed, with the real questionnaire."""
    with db.transaction() as session:
        people = small_census(session)
        published = session.get_one(Questionnaire, ("household", "2564.1"))
        published.xform, published.sha256 = xform, hashlib.sha256(xform).digest()
    return people


@pytest.fixture
def token_of(app: Flask) -> Callable[[Actor], str]:
    """Makes an OpenRosa token of somebody."""

    def make(actor: Actor) -> str:
        at = utcnow()
        with db.transaction() as session:
            issued = issue_token(
                session,
                actor.id,
                kind=TokenKind.OPENROSA,
                expires_at=at + timedelta(days=90),
                at=at,
            )
        return issued.secret

    return make


@pytest.fixture
def collect(app: Flask, census: SmallCensus, token_of: Callable[[Actor], str]) -> Collect:
    """The enumerator of the first area with ODK Collect."""
    return Collect(app.test_client(), f"{HOST}/openrosa/{token_of(census.enumerator)}")
