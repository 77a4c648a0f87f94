"""How a command gets at the census: settings from the environment, checked, and connected."""

from __future__ import annotations

from census.app import connect
from census.core.jobs import connect_nothing
from config.settings import Settings


def connected() -> Settings:
    """Connect this command to the database of the environment; refuse an unsafe one.

    The command itself does no jobs: what it owes is done by the server or a worker.
    """
    settings = Settings.from_environment()
    connect(settings)
    if not settings.redis_url:
        connect_nothing()
    return settings
