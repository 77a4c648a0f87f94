"""People who work for the census: create them, give them a new password, lock them out."""

from __future__ import annotations

import sys

import click

from census.accounts import queries, services
from census.accounts.codelists import Role
from census.assignment.staffing import take_on
from census.commands.connecting import connected
from census.core import db
from census.core.clock import utcnow


@click.group("user")
def command() -> None:
    """ผู้ใช้ / People who work for the census."""


@command.command("create")
@click.argument("username")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--area", "areas", multiple=True, help="Area code; may be repeated.")
@click.option("--name", default="", help="The name to greet them by.")
def create(username: str, role: str, areas: tuple[str, ...], name: str) -> None:
    """Create a user. The password is asked for, or read from standard input."""
    connected()
    password = _password()
    with db.transaction() as session:
        user = take_on(
            session,
            None,
            username,
            role=Role(role),
            areas=areas,
            password=password,
            display_name=name,
            at=utcnow(),
        )
    click.echo(f"สร้างผู้ใช้ {user.username} แล้ว / Created {user.username}.")


@command.command("password")
@click.argument("username")
def change_password(username: str) -> None:
    """Give a user a new password, and end their sessions."""
    connected()
    password = _password()
    with db.transaction() as session:
        user = queries.user_named(session, username)
        services.change_password(session, user.id, password, at=utcnow())
    click.echo(f"เปลี่ยนรหัสผ่านของ {username} แล้ว / Changed the password of {username}.")


@command.command("lock")
@click.argument("username")
def lock(username: str) -> None:
    """Let a user in no longer."""
    connected()
    with db.transaction() as session:
        services.lock_user(session, queries.user_named(session, username).id, at=utcnow())
    click.echo(f"ระงับผู้ใช้ {username} แล้ว / Locked {username}.")


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("รหัสผ่าน / Password", hide_input=True, confirmation_prompt=True))
    # Never an argument of the command: those are seen by everybody on the machine.
    return sys.stdin.readline().rstrip("\r\n")
