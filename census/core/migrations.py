"""Bringing a database to the schema of this code, and telling whether it is there."""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration for this database, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str) -> None:
    """Run every migration the database does not have yet; each in its own transaction."""
    command.upgrade(alembic_config(database_url), "head")


def check(database_url: str) -> None:
    """Fail when the models and the migrations say different things."""
    command.check(alembic_config(database_url))


def revision_of_code() -> str | None:
    """The newest migration that this code knows."""
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """The newest migration that the database has."""
    return MigrationContext.configure(connection).get_current_revision()
