"""Soft edits in the form: an unusual answer does not block, it asks for a reason at the end.

The form may hold no nodes beyond the agreed ones, so a warning cannot be a question of its own.
Instead the repeat `override` appears as soon as one soft edit fires, its first entry must be
filled, and its list of edits offers those that fire and no others.
"""

from __future__ import annotations

from collections.abc import Iterable

from census.collection.questionnaires.sources import LANGUAGES, Row, Sources, text

LIST_NAME = "soft_edit"


def with_reasons_asked(survey: Iterable[Row], soft_edits: Iterable[Row]) -> list[Row]:
    """The survey in which `override` appears, and offers its edits, as the edits fire."""
    edits = list(soft_edits)
    any_fires = " or ".join(f"({_fires(edit)})" for edit in edits)
    offered = " or ".join(f"(name = '{edit['edit']}' and {_fires(edit)})" for edit in edits)
    additions = {
        "begin_repeat override": {"relevant": any_fires},
        f"select_one {LIST_NAME} edit": {"choice_filter": offered},
    }
    return [{**row, **additions.get(f"{row['type']} {row['name']}", {})} for row in survey]


def as_choices(form: Sources) -> list[Row]:
    """The soft edits as a code list: their number and what they say, in both languages."""
    return [
        {
            "list_name": LIST_NAME,
            "name": edit["edit"],
            **{
                f"label::{LANGUAGES[language]}": f"{edit['edit']} {text(edit, 'label', language)}"
                for language in LANGUAGES
            },
        }
        for edit in form.soft_edits
    ]


def _fires(edit: Row) -> str:
    """When the edit fires: said of the household, or of any one person."""
    if edit["about"] == "person":
        return f"count(/data/person[{edit['fires']}]) > 0"
    return f"({edit['fires']})"
