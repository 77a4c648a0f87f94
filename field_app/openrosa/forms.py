"""What is told of a published form: its title, its hash, the lists it uses.

A published version never changes, so each is read once in the life of a process: tablets ask for
the list of forms all day long.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml import etree
from sqlalchemy.orm import Session

from census.collection.entity_lists import lists_used
from census.collection.errors import QuestionnaireNotFound
from census.collection.queries import PublishedForm, questionnaire

TITLE = ".//{http://www.w3.org/1999/xhtml}title"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A form as lists and manifests speak of it; `md5` is over the exact XML."""

    title: str
    md5: str
    lists: tuple[str, ...]


_known: dict[bytes, FormFacts] = {}


def facts_of(session: Session, form: PublishedForm) -> FormFacts:
    """The facts of a published form, read from it where this process does not know them yet."""
    if form.sha256 not in _known:
        published = questionnaire(session, form.id, form.version)
        if published is None:
            raise QuestionnaireNotFound
        _known[form.sha256] = _read(published.xform, form.id)
    return _known[form.sha256]


def md5(content: bytes) -> str:
    """The hash that the protocol asks for; it tells versions apart and protects nothing."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _read(xform: bytes, form_id: str) -> FormFacts:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    title = etree.fromstring(xform, parser).findtext(TITLE)
    return FormFacts((title or "").strip() or form_id, md5(xform), tuple(lists_used(xform)))
