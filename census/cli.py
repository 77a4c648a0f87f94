"""The command line of the operator: `census --help` lists what can be done."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from census.core.errors import Refusal
from census.core.locale import Locale
from census.self_check import UnsafeToStart
from config.settings import SettingsRefused

COMMANDS = {
    "db": "db",
    "import": "imports",
    "frame": "frame",
    "user": "user",
    "questionnaire": "questionnaire",
    "recount": "recount",
    "edits": "edits",
    "export": "export",
    "field-period": "field_period",
    "demo": "demo",
    "serve": "serve",
    "worker": "worker",
    "events": "events",
    "attachments": "attachments",
    "tablet": "tablet",
}
"""The commands and the modules they are in; a module is read when its command is asked for."""

MOST_FAULTS_SHOWN = 1_000


class CensusCommands(click.Group):
    """Ends with 0 done, 1 refused and nothing changed, 2 wrong usage; refuses in two languages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of an office's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = import_module(f"census.commands.{module}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and put what it refuses into words."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            lines = in_words(refusal)
        except (SettingsRefused, UnsafeToStart) as refusal:
            lines = str(refusal).splitlines()
        except OperationalError as error:
            lines = [f"ฐานข้อมูลไม่พร้อม / The database is away: {type(error.orig).__name__}"]
        for line in lines:
            click.echo(line, err=True)
        ctx.exit(1)


def in_words(refusal: Refusal) -> list[str]:
    """The refusal and its faults, in Thai and in English."""
    lines = [f"{refusal.sentence(Locale.TH)} / {refusal.sentence(Locale.EN)}"]
    for fault in refusal.faults[:MOST_FAULTS_SHOWN]:
        lines.append(f"  {fault.pointer}: {fault.th} / {fault.en}")
    return lines


@click.group(cls=CensusCommands)
def main() -> None:
    """สำมะโน: สำมะโนประชากรจากทะเบียน / Sammano: a register-based census."""
