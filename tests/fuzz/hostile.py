"""Documents made to do harm: each is the worst that its kind can be within two megabytes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product
from string import ascii_lowercase

from census.collection.instances.parsing import MAX_BYTES
from tests.factories.instances import household_instance

HOUSEHOLD = "22001011001-0012"
INSTANCE = household_instance(
    HOUSEHOLD, instance_id="uuid:0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10"
).encode()

_ROOT = INSTANCE[INSTANCE.index(b"<data") : INSTANCE.index(b"<start>")]
_PERSON = INSTANCE[INSTANCE.index(b"<person>") : INSTANCE.index(b"</person>") + len(b"</person>")]
_META = INSTANCE[INSTANCE.index(b"<orx:meta>") :]


def within(content: bytes, *, closes: bytes = b"") -> bytes:
    """The instance of a household with this in front of its metadata."""
    return INSTANCE[: -len(_META)] + content + closes + _META


def flood(unit: bytes, *, opens: bytes = b"", closes: bytes = b"") -> bytes:
    """An instance filled to the last byte that is taken with as many of these as fit."""
    room = MAX_BYTES - len(INSTANCE) - len(opens) - len(closes)
    return within(opens + unit * (room // len(unit)) + closes)


def doctype(declaration: str, use: str = "&e;") -> bytes:
    """An instance with a document type declaration, and an answer that uses it."""
    answer = within(f"<note>{use}</note>".encode())
    return answer.replace(b"<data", declaration.encode() + b"<data", 1)


def _names(count: int) -> list[bytes]:
    letters = product(ascii_lowercase, repeat=4)
    return ["".join(each).encode() for each in islice(letters, count)]


def _laughs() -> str:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE data [<!ENTITY e0 "lol">{levels}]>'


DOCTYPES: dict[str, bytes] = {
    "internal entity": doctype('<!DOCTYPE data [<!ENTITY e "x">]>'),
    "billion laughs": doctype(_laughs(), "&e9;"),
    "quadratic blow-up": doctype(f'<!DOCTYPE data [<!ENTITY e "{"x" * 50_000}">]>', "&e;" * 9_000),
    "file": doctype('<!DOCTYPE data [<!ENTITY e SYSTEM "file://SECRET">]>'),
    "network": doctype('<!DOCTYPE data [<!ENTITY e SYSTEM "http://LISTENER/e">]>'),
    "parameter entity": doctype('<!DOCTYPE data [<!ENTITY % e SYSTEM "file://SECRET">%e;]>', ""),
    "external subset": doctype('<!DOCTYPE data SYSTEM "file://SECRET">', ""),
    "public identifier": doctype('<!DOCTYPE data PUBLIC "-//W3C//DTD" "http://LISTENER/">', ""),
    "default attribute": doctype('<!DOCTYPE data [<!ATTLIST data id CDATA "other">]>', ""),
    "notation": doctype('<!DOCTYPE data [<!NOTATION n SYSTEM "file://SECRET">]>', ""),
    "lower case": doctype('<!doctype data [<!entity e "x">]>'),
    "after a comment": doctype('<!-- one --><!DOCTYPE data [<!ENTITY e "x">]>'),
    "inside the root": within(b'<!DOCTYPE data [<!ENTITY e "x">]><note>&e;</note>'),
    "XInclude": within(
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        b'href="file://SECRET"/>'
    ),
    "style sheet": INSTANCE.replace(b"<data", b'<?xml-stylesheet href="file://SECRET"?><data', 1),
    "undeclared entity": within(b"<note>&e;</note>"),
}
"""What reaches for files, for the network, or for more text than was sent.

A test puts the path of a file for SECRET, and the address of a listener for LISTENER.
"""


def _encoded(name: str, codec: str) -> bytes:
    return INSTANCE.decode().replace("UTF-8", name, 1).encode(codec)


ENCODINGS: dict[str, bytes] = {
    "UTF-16 with mark": _encoded("UTF-16", "utf-16"),
    "UTF-16LE": _encoded("UTF-16LE", "utf-16-le"),
    "UTF-32": _encoded("UTF-32", "utf-32"),
    "UTF-7": _encoded("UTF-7", "utf-7"),
    "UTF-7 hides a declaration": INSTANCE.replace(b"UTF-8", b"UTF-7", 1).replace(
        b"<data", b"+ADwAIQ-DOCTYPE data SYSTEM +ACI-file://SECRET+ACI-+AD4-<data", 1
    ),
    "UTF-16 in name only": INSTANCE.replace(b"UTF-8", b"UTF-16", 1),
    "EBCDIC": '<?xml version="1.0" encoding="cp037"?><data/>'.encode("cp037"),
    "TIS-620": within("<note>ไทย</note>".encode("tis-620")),
    "unknown": INSTANCE.replace(b"UTF-8", b"no-such-code", 1),
    "mark": b"\xef\xbb\xbf" + INSTANCE,
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + INSTANCE,
    "mark inside": within(b"<note>\xef\xbb\xbf</note>"),
    "overlong": within(b"<note>\xc0\xbcscript\xc0\xbe</note>"),
    "surrogate": within(b"<note>\xed\xa0\x80</note>"),
    "surrogate by number": within(b"<note>&#xD800;</note>"),
    "beyond Unicode": within(b"<note>\xf4\x90\x80\x80</note>"),
    "number beyond Unicode": within(b"<note>&#x110000;</note>"),
    "NUL": within(b"<note>\0</note>"),
    "NUL by number": within(b"<note>&#0;</note>"),
    "control characters": within(b"<note>\x01\x1f</note>"),
    "cut inside a character": INSTANCE[:200] + "ก".encode()[:2],
    "XML 1.1": INSTANCE.replace(b'"1.0"', b'"1.1"', 1),
}
"""What says it is written in another way than it is."""


FLOODS: dict[str, Callable[[], bytes]] = {
    "elements": lambda: flood(b"<a/>"),
    "most elements": lambda: within(b"<a/>" * 99_000),
    "elements with text between": lambda: within(b"<a/>x" * 99_000),
    "deep": lambda: within(b"<a>" * 400_000),
    "deep and closed": lambda: within(b"<a>" * 63 + b"</a>" * 63),
    "persons": lambda: flood(b"<person/>"),
    "whole persons": lambda: flood(_PERSON),
    "most persons": lambda: within(b"<person><p01>1</p01></person>" * 9_990),
    "persons in persons": lambda: within(b"<person>" * 60 + b"</person>" * 60),
    "answers": lambda: flood(b"<h01>1</h01>"),
    "overrides": lambda: within(
        b"<override><edit>E-H07</edit><reason>xxxxx</reason></override>" * 20_000
    ),
    "attributes": lambda: within(
        b"<a " + b" ".join(name + b'=""' for name in _names(200_000)) + b"/>"
    ),
    "attributes everywhere": lambda: within(
        (b"<a " + b" ".join(name + b'=""' for name in _names(199)) + b"/>") * 1_200
    ),
    "one attribute": lambda: within(b'<a a="' + b"x" * 1_900_000 + b'"/>'),
    "namespaces": lambda: within(
        b"<a " + b" ".join(b"xmlns:%s='%s'" % (name, name) for name in _names(70_000)) + b"/>"
    ),
    "namespaces in scope of many": lambda: within(
        b"<a "
        + b" ".join(b"xmlns:%s='%s'" % (name, name) for name in _names(30_000))
        + b">"
        + b"<b/>" * 90_000
        + b"</a>"
    ),
    "comments": lambda: flood(b"<!---->"),
    "one comment": lambda: flood(b"x", opens=b"<!--", closes=b"-->"),
    "instructions": lambda: flood(b"<?a?>"),
    "CDATA": lambda: flood(b"<![CDATA[<]]>"),
    "one CDATA": lambda: flood(b"<", opens=b"<note><![CDATA[", closes=b"]]></note>"),
    "text": lambda: flood(b"9", opens=b"<h22>", closes=b"</h22>"),
    "texts": lambda: flood(b"<h22>" + b"9" * 60_000 + b"</h22>"),
    "character references": lambda: flood(b"&#65;", opens=b"<note>", closes=b"</note>"),
    "escapes": lambda: flood(b"&amp;", opens=b"<note>", closes=b"</note>"),
    "escapes in an attribute": lambda: flood(b"&amp;", opens=b'<a a="', closes=b'"/>'),
    "one name": lambda: flood(b"a", opens=b"<", closes=b"/>"),
    "long names": lambda: flood(b"<" + b"a" * 40_000 + b"/>"),
    "ids": lambda: within(b"<meta>" + b"<instanceID>x</instanceID>" * 70_000 + b"</meta>"),
    "households": lambda: flood(b"<household_id>1</household_id>"),
    "version": lambda: INSTANCE.replace(b"2564.1", b"2" * 1_900_000, 1),
    "white space": lambda: flood(b" "),
    "codes": lambda: within(b"<h19>" + b"1 " * 30_000 + b"</h19>"),
    "position": lambda: within(b"<location>" + b"1" * 60_000 + b" 1</location>"),
    "damaged roots": lambda: b"<data " * 333_000,
    "damaged roots with text": lambda: (b"<data " + b"x" * 499) * 3_960,
    "damaged roots with spaces": lambda: (b"<data" + b" " * 500) * 3_960,
    "damaged names": lambda: (b"<" + b"a" * 40 + b":") * 47_000,
    "damaged ids": lambda: (b"<instanceID>" + b" " * 20) * 62_000,
    "declaration": lambda: b"<?xml " + b" encoding= " * 180_000 + b"?>",
    "eight megabytes": lambda: _ROOT + b"<a/>" * 2_000_000 + _META,
}
"""What is large in one way, near or over what is taken."""
