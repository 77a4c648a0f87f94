"""Builds the application: settings, then what it stands on, then the faces."""

from __future__ import annotations

from importlib.metadata import version

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

import field_app
import supervisor
from census.accounts import passwords
from census.api.v1 import face as api
from census.core import db, events, files, jobs, sealed
from census.progress import indicator
from census.progress.codelists import Condition
from census.progress.indicator import Indicator
from census.progress.rules.thresholds import LevelRule
from census.reactions import REACTIONS
from census.schema import import_every_model
from census.self_check import refuse_unsafe_start, settled_keyring
from census.web import access
from census.web.installing import install
from config.census_settings import CensusSettings
from config.settings import Settings

USUAL_BODY = 1_000_000
MOST_FORM_PARTS = 100


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: settings, then services, then the faces."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(_flask_settings(settings))
    connect(settings, is_debugging=app.debug)

    _keep_order_of_fields(app)
    install(app, is_https=settings.is_https)
    api.install(app, title=settings.census.name_en, version=version("sammano"))
    app.register_blueprint(supervisor.blueprint)
    app.register_blueprint(field_app.blueprint)
    app.register_blueprint(field_app.openrosa_face)
    access.open_static_files(app)
    access.check_every_route(app)

    _trust_proxies(app, settings.trusted_proxies)
    return app


def _keep_order_of_fields(app: Flask) -> None:
    """Write the fields of an answer in the order in which they are described."""
    if isinstance(app.json, DefaultJSONProvider):
        app.json.sort_keys = False


def connect(settings: Settings, *, is_debugging: bool = False) -> None:
    """Connect this process to what every stage stands on, unless that is unsafe.

    Without a queue, jobs stay owed.
    """
    import_every_model()
    db.connect(settings.database_url)
    refuse_unsafe_start(
        home=settings.home,
        keyring_path=settings.keyring_path,
        is_production=settings.is_production,
        is_debugging=is_debugging,
    )
    sealed.connect(settled_keyring(settings.keyring_path))
    files.connect(settings.uploads)
    events.connect(REACTIONS)
    if settings.has_cheap_passwords:
        passwords.use_cheap_hashing()
    indicator.connect(_indicator(settings.census))
    if settings.redis_url:
        jobs.connect_redis(settings.redis_url)


def _indicator(census: CensusSettings) -> Indicator:
    return Indicator(
        planning_base=census.planning_base,
        rounding=census.rounding,
        levels=tuple(
            LevelRule(
                score=level.score,
                share=level.share,
                conditions=frozenset(Condition(name) for name in level.conditions),
            )
            for level in census.levels
        ),
        counts=census.counts,
        provinces=census.province_thresholds,
    )


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.is_testing,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": USUAL_BODY,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "SESSION_COOKIE_NAME": "__Host-s" if settings.is_https else "s",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "METRICS_TOKEN": settings.metrics_token,
        "IS_PRODUCTION": settings.is_production,
    }


def _trust_proxies(app: Flask, count: int) -> None:
    # Without a known proxy every X-Forwarded header is a stranger's word.
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=0
        )
