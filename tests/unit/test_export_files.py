"""What exported files hold is written down, and no cell of theirs is a formula."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from census.collection.exporting.contents import FILES
from census.collection.exporting.describing import BEGINS_AT, described
from census.collection.exporting.formulas import disarmed_column, disarmed_line, may_hold_formula
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS

PAGE = Path(__file__).parents[2] / "docs" / "export.md"

ARMED = ["=1+1", "+1", "-cmd", "@x", "\tx", "\rx", "'x", "＝A1", "＋1", "－1", "＠x"]
HARMLESS = ["1", "", "R", "a=b", "22001011001-0042", "ไทย", '"', "２"]


def test_the_page_in_the_documentation_is_the_one_the_columns_give():
    written = PAGE.read_text(encoding="utf-8")

    assert written[written.index(BEGINS_AT) :] == described()


def test_every_column_has_words_in_both_languages():
    rows = [line.split(" | ") for line in described().splitlines() if line.startswith("| `")]

    assert len(rows) == sum(len(file.all_columns) for file in FILES)
    assert [row[0] for row in rows if not all(row[1].partition(" / ")[::2])] == []


def test_every_item_of_the_questionnaire_but_names_and_numbers_is_exported():
    files = {file.name: [column.name for column in file.all_columns] for file in FILES}

    asked = [item.node for item in (*HOUSEHOLD_ITEMS, *PERSON_ITEMS)]
    exported = {*files["households"], *files["persons"]}
    assert [node for node in asked if node not in exported] == ["p02_first", "p02_last", "p07"]


@pytest.mark.parametrize("text", [*ARMED, *HARMLESS], ids=repr)
def test_a_text_that_looks_like_a_formula_is_disarmed_and_no_other(text):
    is_quoted = any(character in text for character in '",\r\n') or text == ""
    cell = '"{}"'.format(text.replace('"', '""')) if is_quoted else text
    line = f"20,{cell},-5,".encode()
    texts = [True, True, False, True]

    disarmed = disarmed_line(line, texts)

    guard = "'" if text in ARMED else ""
    expected = f'20,"{guard}{cell[1:]},-5,\n' if is_quoted else f"20,{guard}{cell},-5,\n"
    assert disarmed == expected.encode()
    assert may_hold_formula(line)


@pytest.mark.parametrize("text", HARMLESS[:-1], ids=repr)
def test_harmless_lines_are_not_taken_apart(text):
    assert not may_hold_formula(f"20,{text},5,\n".encode())


def test_a_column_is_disarmed_where_it_must_be_and_keeps_what_is_missing():
    column = pa.array([*ARMED, *HARMLESS, None])

    disarmed = disarmed_column(column)

    assert disarmed.to_pylist() == ["'" + text for text in ARMED] + HARMLESS + [None]
    harmless = pa.array(["1", None, "2"])
    assert disarmed_column(harmless) is harmless
