"""What stands in a filled questionnaire, node by node: type, codes, and who is asked.

The list is derived from the source of the questionnaire; the public page is written from the
list, so that neither can say something else than the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from census.collection.questionnaires.soft_edits import as_choices
from census.collection.questionnaires.sources import Row, Sources, sources, text

Words = Mapping[str, str]
"""The same in each language, by language."""

_MOMENT = {"th": "วันเวลา", "en": "moment"}
_TEXT = {"th": "ข้อความ", "en": "text"}

_FILE = {"th": "ชื่อไฟล์แนบ", "en": "name of an attachment"}

METADATA = frozenset({"audit"})
"""Types of items that stand among the metadata of the instance, not among its answers."""

_KINDS: Mapping[str, Words] = {
    "start": _MOMENT,
    "end": _MOMENT,
    "deviceid": _TEXT,
    "text": _TEXT,
    "integer": {"th": "จำนวนเต็ม", "en": "whole number"},
    "calculate": {"th": "จำนวนเต็มที่แบบนับเอง", "en": "whole number, filled by the form"},
    "geopoint": {
        "th": "ละติจูด ลองจิจูด ความสูง ความคลาดเคลื่อน",
        "en": "latitude longitude altitude accuracy",
    },
    "select_one": {"th": "รหัสเดียว", "en": "one code"},
    "select_multiple": {"th": "หลายรหัส คั่นด้วยช่องว่าง", "en": "codes, separated by spaces"},
    "select_one_from_file": {"th": "หนึ่งรายการจากบัญชี", "en": "one of a list"},
    "note": {"th": "ข้อความที่แสดง ว่างเสมอ", "en": "shown only, always blank"},
    "image": _FILE,
    "audit": _FILE,
    "begin_repeat": {"th": "รายการซ้ำ", "en": "repeated"},
}


@dataclass(frozen=True)
class Code:
    """One coded answer and what it stands for."""

    value: str
    label: Words


@dataclass(frozen=True)
class Node:
    """One node of the instance."""

    path: str
    kind: Words
    label: Words
    universe: Words
    code_list: str = ""
    codes: tuple[Code, ...] = ()
    values: str = ""
    checks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the element, without the repeat it stands in."""
        return self.path.rpartition("/")[2]


def nodes(form_id: str, version: str) -> list[Node]:
    """Every node of one version of a questionnaire, in the order of the instance."""
    form = sources(form_id, version)
    lists = code_lists(form)
    found, repeat = [], ""
    for row in form.survey:
        if row["type"] in METADATA:
            continue
        if row["type"] == "end_repeat":
            repeat = ""
            continue
        found.append(_node(row, repeat, lists))
        if row["type"] == "begin_repeat":
            repeat = f"{row['name']}/"
    about = [_node(row, "meta/", lists) for row in form.survey if row["type"] in METADATA]
    return found + about + _identity_of_the_instance()


def code_lists(form: Sources) -> dict[str, tuple[Code, ...]]:
    """Every code list of a questionnaire by its name, in the order of the form."""
    rows = [*form.choices, *as_choices(form)]
    return {
        name: tuple(Code(row["name"], _words(row, "label")) for row in members)
        for name, members in groupby(rows, key=lambda row: row["list_name"])
    }


def _node(row: Row, repeat: str, lists: Mapping[str, tuple[Code, ...]]) -> Node:
    kind, _, choices = row["type"].partition(" ")
    # What is chosen from a file has no codes: its values are the file's.
    code_list = choices if choices in lists else ""
    return Node(
        path=repeat + row["name"],
        kind=_KINDS[kind],
        label=_words(row, "label"),
        universe=_words(row, "universe"),
        code_list=code_list,
        codes=lists[code_list] if code_list else (),
        values=row["values"],
        checks=tuple(row["checks"].split()),
    )


def _identity_of_the_instance() -> list[Node]:
    """What every OpenRosa form has without asking for it; a correction names what it replaces."""
    every = {"th": "ทุกแบบ", "en": "Every form"}
    corrections = {"th": "เมื่อแก้ไขแบบที่ส่งแล้ว", "en": "A correction of a form already sent"}
    return [
        Node("meta/instanceID", _TEXT, {"th": "รหัสของแบบ", "en": "Id of the form"}, every),
        Node(
            "meta/deprecatedID",
            _TEXT,
            {"th": "รหัสของแบบที่ถูกแทน", "en": "Id of the form it replaces"},
            corrections,
        ),
    ]


def _words(row: Row, column: str) -> Words:
    return {"th": text(row, column, "th"), "en": text(row, column, "en")}
