"""Questionnaires: publish a version, retire one, list them, describe one node by node."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from lxml import etree

from census.collection import services
from census.collection.models import Questionnaire
from census.collection.queries import every_questionnaire
from census.collection.questionnaires.building import (
    FormError,
    build_workbook,
    published_versions,
    xform_from_workbook,
)
from census.collection.questionnaires.description import write_description
from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Invalid
from census.core.locale import BANGKOK


class QuestionnaireUnreadable(Invalid):
    """The file is no XLSForm that can be turned into a form without doubt."""

    code = "questionnaire.unreadable"
    th = "แปลงแบบสอบถามไม่ได้: {reason}"
    en = "The questionnaire cannot be turned into a form: {reason}"


@click.group("questionnaire")
def command() -> None:
    """แบบสอบถาม / Questionnaires."""


@command.command("publish")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def publish(file: Path | None) -> None:
    """Publish the XLSForm workbook FILE, or without FILE the versions that come with the system."""
    connected()
    workbooks = (
        [file.read_bytes()]
        if file
        else [build_workbook(form_id, version) for form_id, version in published_versions()]
    )
    for workbook in workbooks:
        _publish(workbook)


@command.command("retire")
@click.argument("form_id", metavar="ID")
@click.argument("version")
def retire(form_id: str, version: str) -> None:
    """Offer VERSION of the questionnaire ID to nobody any more; what was filled still counts."""
    connected()
    with transaction() as session:
        services.retire_questionnaire(session, None, form_id, version, at=utcnow())
    click.echo(f"เลิกใช้ {form_id} {version} แล้ว / Retired {form_id} {version}.")


@command.command("list")
def list_published() -> None:
    """List every published version: since when, until when, and the digest of its form."""
    connected()
    with reading() as session:
        for each in every_questionnaire(session):
            click.echo(f"{each.id} {each.version}  {_period(each)}  {each.sha256.hex()}")


@command.command("describe")
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--form", "form_id", default="household", show_default=True)
@click.option("--version", default="2564.1", show_default=True)
def describe(page: Path, form_id: str, version: str) -> None:
    """Write the page that lists every node of a questionnaire to PAGE."""
    write_description(form_id, version, page)
    click.echo(f"{page}: {form_id} {version}")


def _publish(workbook: bytes) -> None:
    try:
        xform = xform_from_workbook(workbook)
        form_id, version = _identity(xform)
    except Exception as error:
        # The converter has no exception of its own for what an author got wrong.
        reason = str(error) if isinstance(error, FormError) else type(error).__name__
        raise QuestionnaireUnreadable(reason=reason) from error
    with transaction() as session:
        services.publish_questionnaire(
            session, None, form_id, version, xform=xform, workbook=workbook, at=utcnow()
        )
    click.echo(f"เผยแพร่ {form_id} {version} แล้ว / Published {form_id} {version}.")


def _identity(xform: bytes) -> tuple[str, str]:
    """The form's id and version, which stand at the root of its primary instance."""
    form = etree.fromstring(xform, etree.XMLParser(resolve_entities=False, no_network=True))
    for root in form.iterfind(".//{*}model/{*}instance/{*}*[@version]"):
        return str(root.attrib["id"]), str(root.attrib["version"])
    raise FormError("the form has no id and version")


def _period(published: Questionnaire) -> str:
    """The days in Bangkok on which a version was published and retired."""
    since = _day(published.published_at)
    if published.retired_at is None:
        return f"{since} –"
    return f"{since} – {_day(published.retired_at)} (เลิกใช้ / retired)"


def _day(moment: datetime) -> str:
    return moment.astimezone(BANGKOK).date().isoformat()
