"""Real instances, changed with a knowledge of what they are made of, and bytes changed without."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import TypeAlias

from hypothesis import strategies as st
from lxml import etree

from census.collection.codelists import Mode
from tests.factories.census import AWAY, HOME
from tests.factories.instances import household_instance

Tree: TypeAlias = etree._Element
Change: TypeAlias = Callable[[st.DrawFn, Tree], None]

IDS = [f"uuid:00000000-0000-4000-8000-{number:012d}" for number in range(40)]
"""Few enough that some come again, with the same bytes and with others."""

HOUSEHOLDS = [*(f"{HOME}-{serial:04d}" for serial in range(1, 13)), f"{AWAY}-0001", f"{HOME}-0777"]

TEXTS = [
    *("", " ", "\n", "0", "-1", "1", "2", "9", "98", "99", "1e999", "NaN", "inf", "0x1", "1.5"),
    *("๑", "๒๕๒๐", "١٢", "²", "½", "Ⅷ", "２", "१", "1 2 3 1 2", "1\u00a0", "\u200b1", "\u202e21"),
    *("9" * 9, "9" * 10, "9" * 40, "9" * 5_000, "ก" * 1_001, "😀" * 33, "a\u0301" * 40, "ำ" * 70),
    *("true", "null", "None", "' OR 1=1 --", "<script>", "%00", "../../etc/passwd", "{{7*7}}"),
    *("2564-02-30", "9999-12-31T23:59:59.999999+07:00", "0001-01-01T00:00:00+14:00"),
    *("2563-12-05T10:00:00+07:00", "2020-12-05T10:00:00", "2021-02-10T24:00:00Z", "2020-12-05"),
    *("13 100 1e308 1e308", "13 100 -1 0", "91 181 0 0", "nan nan nan nan", "1 2 3 4 5", "๑๓ ๑๐๐"),
    *(
        "1999900000013",
        "1-9999-00000-01-3",
        "๑๙๙๙๙๐๐๐๐๐๐๑๓",
        "0000000000000",
        "household",
        "2564.9",
    ),
    *(mode.value for mode in Mode),
    *HOUSEHOLDS,
]

NAMES = ["data", "person", "override", "meta", "household_id", "mode", "h01", "p01", "p07", "note"]

SPACES = ["", "http://openrosa.org/xforms", "http://www.w3.org/2002/xforms", "urn:x"]

PIECES = [
    *(b"", b"\0", b"\x01", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80", b"<"),
    *(
        b">",
        b"&",
        b"&#0;",
        b"&#xD800;",
        b"&e;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<?",
        b"?>",
    ),
    *(b"<!DOCTYPE x>", b"</data>", b"<data>", b"<person>", b"</person>", b"'", b'"', b"=", b"\r\n"),
    *("๑".encode(), b"uuid:", b"xmlns=''", b"<a" * 70, b"9" * 100),
]


@st.composite
def instances(draw: st.DrawFn) -> bytes:
    """The bytes of an instance that was real before up to five things were changed in it."""
    tree = etree.fromstring(draw(_real()).encode())
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=5)):
        change(draw, tree)
    data: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0:
        data = draw(damaged(data))
    return data


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The same bytes, cut off or with other bytes in up to three places."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 20, 10**9])))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        data = data[:start] + piece + data[end:]
    return data


@st.composite
def _real(draw: st.DrawFn) -> str:
    answers = draw(
        st.dictionaries(
            st.sampled_from(["h01", "h03", "h10", "h22", "h23", "h24"]),
            st.sampled_from(["1", "2", "3", "9", None]),
            max_size=2,
        )
    )
    return household_instance(
        draw(st.sampled_from(HOUSEHOLDS)),
        persons=draw(st.sampled_from([0, 1, 2, 3, 3, 9])),
        instance_id=draw(st.one_of(_new_ids(), _new_ids(), st.sampled_from(IDS))),
        deprecated_id=draw(st.none() | st.sampled_from(IDS)),
        mode=draw(st.sampled_from([*Mode])),
        **answers,
    )


def _new_ids() -> st.SearchStrategy[str]:
    return st.uuids(version=4).map(lambda each: f"uuid:{each}")


def _any_node(draw: st.DrawFn, tree: Tree) -> Tree:
    nodes = list(tree.iter())
    return nodes[draw(st.integers(0, len(nodes) - 1))]


def _drop(draw: st.DrawFn, tree: Tree) -> None:
    node = _any_node(draw, tree)
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _repeat(draw: st.DrawFn, tree: Tree) -> None:
    node = _any_node(draw, tree)
    parent = node.getparent()
    if parent is not None:
        for _ in range(draw(st.sampled_from([1, 1, 2, 30]))):
            parent.append(deepcopy(node))


def _move(draw: st.DrawFn, tree: Tree) -> None:
    node, target = _any_node(draw, tree), _any_node(draw, tree)
    target.append(deepcopy(node))


def _rename(draw: st.DrawFn, tree: Tree) -> None:
    other = _any_node(draw, tree).tag
    _any_node(draw, tree).tag = draw(st.sampled_from([*NAMES, other]))


def _put_elsewhere(draw: st.DrawFn, tree: Tree) -> None:
    node = _any_node(draw, tree)
    node.tag = f"{{{draw(st.sampled_from(SPACES[1:]))}}}{etree.QName(node).localname}"


def _write(draw: st.DrawFn, tree: Tree) -> None:
    _any_node(draw, tree).text = draw(st.sampled_from(TEXTS) | _plain_texts())


def _attribute(draw: st.DrawFn, tree: Tree) -> None:
    name = draw(st.sampled_from(["id", "version", "note"]))
    _any_node(draw, tree).set(name, draw(st.sampled_from(TEXTS)))


def _reverse(draw: st.DrawFn, tree: Tree) -> None:
    node = _any_node(draw, tree)
    node[:] = list(reversed(node))


def _plain_texts() -> st.SearchStrategy[str]:
    kept = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
    return st.text(kept, max_size=30)


CHANGES: list[Change] = [
    *(_drop, _repeat, _move, _rename, _put_elsewhere, _attribute, _reverse),
    *([_write] * 4),
]
