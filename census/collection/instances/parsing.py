"""Turning the bytes of an instance into a tree, without letting hostile bytes do any harm.

An instance is parsed as it streams in, under caps on its size, depth, number of elements,
attributes and text. Document type declarations are refused altogether, because entities, external
files and default attributes all begin there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

Node: TypeAlias = etree._Element

MAX_BYTES = 2_000_000
MAX_DEPTH = 64
MAX_ELEMENTS = 100_000
MAX_ATTRIBUTES = 200
MAX_TEXT = 64 * 1024

_CHUNK = 16 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_QUOTED = re.compile(rb"""\"[^"]*"|'[^']*'""")
_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{0,40})""")


class UnreadableInstance(Exception):  # noqa: N818 - it says what the instance is
    """The bytes cannot be read as an instance; `code` says why and names no answer."""

    def __init__(self, code: str) -> None:
        """Keep why it cannot be read."""
        super().__init__(code)
        self.code = code


def parse(data: bytes) -> Node:
    """The tree of an instance, or `UnreadableInstance`."""
    _refuse_bytes(data)
    parser = _parser()
    try:
        return _parse_in_chunks(parser, data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInstance("not_well_formed") from error


def _refuse_bytes(data: bytes) -> None:
    """Refuse what can be refused by looking at the bytes, before a parser sees them."""
    if len(data) > MAX_BYTES:
        raise UnreadableInstance("too_large")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInstance("not_utf8") from error
    if b"\0" in data:
        raise UnreadableInstance("nul")
    declared = _DECLARED_ENCODING.match(data.removeprefix(_BYTE_ORDER_MARK))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        raise UnreadableInstance("not_utf8")
    if b"<!DOCTYPE" in data:
        raise UnreadableInstance("doctype")
    if data.count(b"=") > MAX_ATTRIBUTES and _has_too_many_attributes(data):
        raise UnreadableInstance("too_many_attributes")
    # Every element begins with "<", so this bounds their number before any of them costs memory.
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS + 2:
        raise UnreadableInstance("too_many_elements")


def _has_too_many_attributes(data: bytes) -> bool:
    """Whether any start tag is over the cap, name space declarations counted.

    Looked at before a parser is, which would read all attributes of an element first and, left
    there, would not give their memory back. A "<" cannot stand inside a tag.
    """
    for piece in data.split(b"<"):
        if piece.count(b"=") > MAX_ATTRIBUTES and not piece.startswith((b"!", b"?")):
            tag, _end, _text = _QUOTED.sub(b"", piece).partition(b">")
            if tag.count(b"=") > MAX_ATTRIBUTES:
                return True
    return False


def _parser() -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parse_in_chunks(parser: etree.XMLPullParser, data: bytes) -> Node:
    caps = _Caps(len(data))
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        if excess := caps.excess_in(parser.read_events()):
            # A parser that is left in the middle of a document does not give its memory back.
            with suppress(etree.XMLSyntaxError):
                parser.close()
            raise UnreadableInstance(excess)
    root: Node = parser.close()
    if excess := caps.excess_in(parser.read_events()):
        raise UnreadableInstance(excess)
    return root


class _Caps:
    """Counts what has been parsed so far, and tells when it is too much."""

    def __init__(self, size: int) -> None:
        self.depth = 0
        self.elements = 0
        # What is shorter than a cap cannot be over it, which spares ordinary instances the look.
        self.looks_at_text = size > MAX_TEXT

    def excess_in(self, events: Iterable[tuple[str, Any]]) -> str | None:
        """Which cap anything that was just parsed is over, if any."""
        depth, elements = self.depth, self.elements
        for event, node in events:
            if event == "start":
                depth += 1
                elements += 1
                if depth > MAX_DEPTH:
                    return "too_deep"
                if self.looks_at_text and any(map(_is_too_long, node.attrib.values())):
                    return "text_too_long"
            else:
                depth -= 1
                if self.looks_at_text and _text_is_too_long(node):
                    return "text_too_long"
        self.depth, self.elements = depth, elements
        return "too_many_elements" if elements > MAX_ELEMENTS else None


def _text_is_too_long(node: Node) -> bool:
    return any(map(_is_too_long, (node.text, *(child.tail for child in node))))


def _is_too_long(text: str | None) -> bool:
    # A character takes one byte or more; only a text that could be too long is encoded to see.
    return text is not None and len(text) * 4 > MAX_TEXT and len(text.encode()) > MAX_TEXT


def local_name(node: Node) -> str:
    """The name of a node, in whatever namespace it stands."""
    tag: str = node.tag
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


@dataclass(frozen=True, slots=True)
class Identity:
    """What an instance says it is: enough to store it and to answer for it."""

    instance_id: str
    deprecated_id: str | None = None
    form_id: str | None = None
    version: str | None = None
    household_id: str | None = None


_UUID = re.compile(r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def canonical_id(text: str | None) -> str | None:
    """An instance id in its one way of writing, or None if it is not a usable one."""
    lowered = (text or "").strip().lower()
    return lowered if _UUID.fullmatch(lowered) else None


def identify(data: bytes) -> Identity | None:
    """What the instance is, as well as can be told; None without a usable instance id.

    Bytes that cannot be parsed are searched for their id all the same, so that a damaged instance
    can still be kept.
    """
    return identified(data)[0]


def identified(data: bytes) -> tuple[Identity | None, Node | None]:
    """What the instance is, and its tree where it has one, for whoever goes on to read it."""
    try:
        root = parse(data)
    except UnreadableInstance:
        return _identify_damaged(data[:MAX_BYTES]), None
    return identity_of(root), root


def identity_of(root: Node) -> Identity | None:
    """What a parsed instance says it is."""
    instance_id = deprecated_id = household_id = None
    for node in root.iter("{*}instanceID", "{*}deprecatedID", "{*}household_id"):
        name = local_name(node)
        if name == "household_id":
            household_id = household_id or (node.text or "").strip() or None
        elif _is_in_meta(node) and name == "instanceID":
            instance_id = instance_id or canonical_id(node.text)
        elif _is_in_meta(node):
            deprecated_id = deprecated_id or canonical_id(node.text)
    if instance_id is None:
        return None
    return Identity(
        instance_id,
        deprecated_id,
        form_id=root.get("id") or None,
        version=root.get("version") or None,
        household_id=household_id,
    )


def _is_in_meta(node: Node) -> bool:
    parent = node.getparent()
    return parent is not None and local_name(parent) == "meta"


_DAMAGED = {
    "instance_id": re.compile(rb"<(?:\w{1,40}:)?instanceID>\s{0,20}([\w:-]{41})\s{0,20}<"),
    "deprecated_id": re.compile(rb"<(?:\w{1,40}:)?deprecatedID>\s{0,20}([\w:-]{41})\s{0,20}<"),
    "form_id": re.compile(rb"<data\s(?:[^<>]{0,500}\s)?id\s?=\s?[\"']([^\"'<>]{1,64})[\"']"),
    "version": re.compile(rb"<data\s(?:[^<>]{0,500}\s)?version\s?=\s?[\"']([^\"'<>]{1,32})[\"']"),
    "household_id": re.compile(rb"<household_id>\s{0,20}([0-9-]{1,32})\s{0,20}<"),
}


def _identify_damaged(data: bytes) -> Identity | None:
    found = {
        name: match[1].decode("utf-8", "replace") if match else None
        for name, match in ((name, pattern.search(data)) for name, pattern in _DAMAGED.items())
    }
    instance_id = canonical_id(found["instance_id"])
    if instance_id is None:
        return None
    return Identity(
        instance_id,
        canonical_id(found["deprecated_id"]),
        form_id=found["form_id"],
        version=found["version"],
        household_id=found["household_id"],
    )
