"""How the process is: alive, ready, and in figures for whoever watches it."""

from __future__ import annotations

import hmac
import ipaddress
import logging

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from census.core import db, jobs
from census.core.errors import Missing, Unavailable
from census.web import languages
from census.web.access import public
from census.web.callers import bearer_token
from census.web.refusals import answer_to, problem

log = logging.getLogger(__name__)

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@public
def live() -> ResponseReturnValue:
    """Say that the process runs, whatever became of the database."""
    return {"status": "ok"}


@blueprint.get("/health/ready")
@public
def ready() -> ResponseReturnValue:
    """Say whether submissions can be taken: the database must be there, the queue need not."""
    try:
        with db.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        log.error("the database is away: %s", type(error).__name__)
        answer = answer_to(Unavailable(), languages.current())
        return problem(answer, database="away", queue=jobs.queue_state())
    return {"database": "ok", "queue": jobs.queue_state()}


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus; to others than this machine only with the token."""
    if not (_is_from_here() or _has_token()):
        raise Missing
    return Response(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _is_from_here() -> bool:
    # What a proxy on this machine passes on comes from here and is not from here.
    is_passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    try:
        return not is_passed_on and ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has_token() -> bool:
    expected, given = current_app.config["METRICS_TOKEN"], bearer_token()
    return bool(expected and given) and hmac.compare_digest(
        str(expected).encode(), str(given).encode()
    )
