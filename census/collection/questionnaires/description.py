"""The public description of a questionnaire: a page with every node, its codes and its universe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from census.collection.questionnaires.nodes import Code, Node, Words, code_lists, nodes
from census.collection.questionnaires.sources import Sources, sources, text

_FROM_LIST = re.compile(r"instance\('(\w+)'\)/root/item\[[^]]*\]/(\w+)")
"""What a sentence of the form shows of a list that comes with it."""

_INTRODUCTION = """\
Every node of a filled questionnaire, with its type, codes and universe (who is asked). This page
is written from the source of the form in `census/collection/questionnaires/{form_id}/{version}/`;
a complete example is `sample.xml` there. A node that does not apply is blank or left out.

ทุกรายการในแบบที่กรอกแล้ว พร้อมชนิด รหัส และผู้ที่ต้องตอบ หน้านี้สร้างจากต้นฉบับของแบบ
รายการที่ไม่ต้องตอบจะว่างหรือไม่ปรากฏ

Years of birth are of the Buddhist era; ages are on 1 December 2563 (2020-12-01). `person` and
`override` are repeated, and their nodes stand inside them. The last column names the skip rules
(SK) and edits (E) an item takes part in. In an interview a hard edit holds the enumerator up; on
forms that households fill themselves it does not, and the office follows it up. An edit in the list
`soft_edit` never refuses an answer: the form asks for a reason, kept in `override`.

Two lists come with the form and hold the enumerator's own areas only: `households` (`household_id`,
`address`, `task`, `comment` of the supervisor, `disposition`, `house_code`, `register_persons`,
`members`) and `register`, a line for each registered person. A client without them may write the
household id itself.
"""


def described(form_id: str, version: str) -> str:
    """The page as Markdown."""
    form = sources(form_id, version)
    found = nodes(form_id, version)
    return "\n".join(
        [
            f"# Questionnaire `{form_id}` {version}",
            "",
            form.settings["form_title"],
            "",
            _INTRODUCTION.format(form_id=form_id, version=version),
            "## Nodes",
            "",
            "| node | รายการ / item | ชนิด / type | รหัส / codes | ผู้ที่ต้องตอบ / universe | checks |",
            "|---|---|---|---|---|---|",
            *(_node_line(node) for node in found),
            "",
            "## Soft edits",
            "",
            "| edit | about | says | fires when |",
            "|---|---|---|---|",
            *_soft_edit_lines(form),
            "",
            "## Code lists",
            *_code_list_sections(form, found),
            "",
        ]
    )


def write_description(form_id: str, version: str, page: Path) -> None:
    """Write the page anew, for a change of the source of the form."""
    page.write_text(described(form_id, version), encoding="utf-8")


def _node_line(node: Node) -> str:
    cells = (
        f"`{node.path}`",
        _FROM_LIST.sub(r"`\1.\2`", _both(node.label)),
        _both(node.kind),
        _codes(node),
        _both(node.universe),
        " ".join(node.checks),
    )
    return f"| {' | '.join(cells)} |"


def _codes(node: Node) -> str:
    if not node.code_list:
        return node.values
    values = " ".join(f"`{code.value}`" for code in node.codes)
    return f"[{node.code_list}](#{node.code_list}): {values}"


def _soft_edit_lines(form: Sources) -> Iterable[str]:
    for edit in form.soft_edits:
        says = _both({language: text(edit, "label", language) for language in ("th", "en")})
        yield f"| {edit['edit']} | {edit['about']} | {says} | `{edit['fires']}` |"


def _code_list_sections(form: Sources, found: Iterable[Node]) -> Iterable[str]:
    used = {node.code_list for node in found}
    for name, codes in code_lists(form).items():
        if name in used:
            yield from ("", f"### {name}", "", "| code | ไทย | English |", "|---|---|---|")
            yield from (_code_line(code) for code in codes)


def _code_line(code: Code) -> str:
    return f"| `{code.value}` | {code.label['th']} | {code.label['en']} |"


def _both(words: Words) -> str:
    return " / ".join(word for word in (words["th"], words["en"]) if word)
