"""Every sentence a person reads exists in Thai as well as in English."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "census" / "web" / "translations"


def sentences() -> set[str]:
    """The English sentences that the code and the templates hand to gettext."""
    with (TRANSLATIONS / "extract.cfg").open(encoding="utf-8") as settings:
        methods, options = parse_mapping_cfg(settings)
    return {
        message if isinstance(message, str) else message[0]
        for package in ("census", "field_app", "supervisor")
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / package, methods, options
        )
    }


def thai_catalogue() -> Catalog:
    """What the Thai catalogue says."""
    with (TRANSLATIONS / "th" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="th")


def translated() -> set[str]:
    """The sentences that have a Thai translation nobody doubts."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in thai_catalogue()
        if message.id and not message.fuzzy and all(_variants(message.string))
    }


def _variants(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string


def test_every_sentence_has_a_thai_translation():
    assert sentences() - translated() == set()


def test_no_translation_is_kept_for_a_sentence_nobody_reads():
    assert translated() - sentences() == set()


def test_every_translation_names_the_same_figures_as_its_sentence():
    wrong = {
        message.id: [str(error) for error in errors] for message, errors in thai_catalogue().check()
    }

    assert wrong == {}
