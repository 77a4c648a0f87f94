"""The source of a questionnaire: four tables kept as text, so that a change can be read in git.

`survey.csv`, `choices.csv` and `settings.csv` are the three sheets of an XLSForm. Three kinds of
column are ours and go no further than the documentation: `checks` names the skip rules and edits an
item takes part in, `values` the range of what is typed, `universe` says who is asked.
`soft_edits.csv` lists the edits that ask for a reason instead of refusing an answer, each with the
condition under which it fires.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from io import StringIO

LANGUAGES = {"th": "ไทย (th)", "en": "English (en)"}

Row = Mapping[str, str]


class UnknownQuestionnaireError(LookupError):
    """No questionnaire with this form id and version comes with the system."""


@dataclass(frozen=True)
class Sources:
    """One version of one questionnaire, as written."""

    survey: Sequence[Row]
    choices: Sequence[Row]
    settings: Row
    soft_edits: Sequence[Row]


def sources(form_id: str, version: str) -> Sources:
    """Read the source tables of one version of a questionnaire."""
    folder = _folder(form_id, version)
    return Sources(
        survey=_rows(folder / "survey.csv"),
        choices=_rows(folder / "choices.csv"),
        settings=_rows(folder / "settings.csv")[0],
        soft_edits=_rows(folder / "soft_edits.csv"),
    )


def published_versions() -> list[tuple[str, str]]:
    """Form id and version of every questionnaire that comes with the system, oldest first."""
    forms = [form for form in _package().iterdir() if form.is_dir()]
    found = [
        (form.name, version.name)
        for form in forms
        for version in form.iterdir()
        if (version / "survey.csv").is_file()
    ]
    return sorted(found, key=lambda pair: (pair[0], _in_order(pair[1])))


def sample_instance(form_id: str, version: str) -> bytes:
    """A completely filled questionnaire of this version, to try things out with."""
    return (_folder(form_id, version) / "sample.xml").read_bytes()


def text(row: Row, column: str, language: str) -> str:
    """What a row says in one language: `column` is label, hint, message or universe."""
    return row.get(f"{column}::{LANGUAGES[language]}", "")


def _folder(form_id: str, version: str) -> Traversable:
    # Compared with what is there, never joined to a path first: both may come from outside.
    if (form_id, version) not in published_versions():
        raise UnknownQuestionnaireError(f"{form_id} {version}")
    return _package() / form_id / version


def _package() -> Traversable:
    return resources.files(__package__)


def _rows(table: Traversable) -> list[Row]:
    lines = StringIO(table.read_text(encoding="utf-8"), newline="")
    return list(csv.DictReader(lines, strict=True))


def _in_order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
