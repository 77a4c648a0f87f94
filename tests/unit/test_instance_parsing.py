"""Instances are parsed under caps: hostile bytes are refused by name, damaged ones still known."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice, product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.collection.instances.parsing import (
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_TEXT,
    Identity,
    UnreadableInstance,
    identify,
    local_name,
    parse,
)

UUID = "uuid:0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10"
OTHER_UUID = "uuid:1f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b11"

INSTANCE = f"""<?xml version="1.0" encoding="UTF-8"?>
<data id="household" version="2564.1" xmlns:orx="http://openrosa.org/xforms">
  <household_id>22001011001-0042</household_id>
  <orx:meta><orx:instanceID>{UUID}</orx:instanceID><orx:deprecatedID/></orx:meta>
</data>""".encode()


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def with_attributes(count: int) -> bytes:
    names = islice(("".join(pair) for pair in product(ascii_lowercase, repeat=2)), count)
    attributes = " ".join(f'{name}=""' for name in names)
    return f"<data {attributes}/>".encode()


def with_elements(count: int) -> bytes:
    return b"<data>" + b"<x/>" * (count - 1) + b"</data>"


def with_text(length: int) -> bytes:
    return b"<data><p02_first>" + b"x" * length + b"</p02_first></data>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a>" * 3_500_000, "too_large"),
        (nested(MAX_DEPTH + 1), "too_deep"),
        (nested(99_000), "not_well_formed"),
        (with_elements(MAX_ELEMENTS + 1), "too_many_elements"),
        (with_attributes(MAX_ATTRIBUTES + 1), "too_many_attributes"),
        (with_text(MAX_TEXT + 1), "text_too_long"),
        ("<data>{}</data>".format("ก" * (MAX_TEXT // 3 + 1)).encode(), "text_too_long"),
        (b"<data><b/>" + b"x" * (MAX_TEXT + 1) + b"</data>", "text_too_long"),
        (b'<!DOCTYPE d [<!ENTITY e "x">]><data>&e;</data>', "doctype"),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><data/>', "doctype"),
        (b"<data>&e;</data>", "not_well_formed"),
        (b"<data>\0</data>", "nul"),
        ("<data>ไทย</data>".encode("tis-620"), "not_utf8"),
        (b'<?xml version="1.0" encoding="TIS-620"?><data/>', "not_utf8"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-16"?><data/>', "not_utf8"),
        ("<data/>".encode("utf-16"), "not_utf8"),
        (INSTANCE[:-20], "not_well_formed"),
        (INSTANCE + b"<data/>", "not_well_formed"),
        (b"", "not_well_formed"),
        (b"  \n", "not_well_formed"),
        (b'{"not": "xml"}', "not_well_formed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_safely_is_refused_by_name(data, code):
    with pytest.raises(UnreadableInstance) as refusal:
        parse(data)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        nested(MAX_DEPTH),
        with_elements(MAX_ELEMENTS),
        with_attributes(MAX_ATTRIBUTES),
        with_text(MAX_TEXT),
        b"\xef\xbb\xbf" + INSTANCE,
        b'<?xml version="1.0" encoding="utf-8" standalone="yes"?><data/>',
    ],
    ids=["depth", "elements", "attributes", "text", "byte order mark", "declaration"],
)
def test_what_stays_within_the_caps_is_parsed(data):
    assert local_name(parse(data)) in ("a", "data")


def test_comments_and_instructions_do_not_cut_an_answer_in_two():
    root = parse(b"<data><h01>1<!-- a note --><?go on?>2</h01></data>")

    assert root[0].text == "12"


@given(st.binary(max_size=200))
def test_no_bytes_at_all_do_anything_but_parse_or_be_refused(data):
    with suppress(UnreadableInstance):
        parse(data)
    identify(data)


def test_an_instance_says_what_it_is():
    assert identify(INSTANCE) == Identity(
        instance_id=UUID,
        deprecated_id=None,
        form_id="household",
        version="2564.1",
        household_id="22001011001-0042",
    )


@pytest.mark.parametrize(
    "meta",
    [
        f"<meta><instanceID>{UUID}</instanceID></meta>",
        f"<orx:meta><orx:instanceID>{UUID}</orx:instanceID></orx:meta>",
        f"<meta><instanceID> {UUID.upper()} </instanceID></meta>",
    ],
    ids=["no namespace", "OpenRosa namespace", "upper case"],
)
def test_the_id_is_read_in_either_namespace_and_written_in_one_way(meta):
    data = f'<data xmlns:orx="http://openrosa.org/xforms">{meta}</data>'.encode()

    assert identify(data).instance_id == UUID


def test_a_correction_names_what_it_replaces():
    meta = f"<meta><instanceID>{UUID}</instanceID><deprecatedID>{OTHER_UUID}</deprecatedID></meta>"

    assert identify(f"<data>{meta}</data>".encode()).deprecated_id == OTHER_UUID


@pytest.mark.parametrize(
    "given_id",
    ["", "0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10", "uuid:1", "uuid:" + "g" * 36, UUID + "0"],
)
def test_without_a_usable_id_an_instance_cannot_be_identified(given_id):
    data = f"<data><meta><instanceID>{given_id}</instanceID></meta></data>".encode()

    assert identify(data) is None


@pytest.mark.parametrize(
    "damaged",
    [INSTANCE[:-8], INSTANCE + b"<more/>", INSTANCE.replace(b"22001011001-0042", b"&x;")],
    ids=["truncated", "something after the end", "undefined entity"],
)
def test_a_damaged_instance_is_still_known_by_its_id(damaged):
    found = identify(damaged)

    assert found.instance_id == UUID
    assert found.form_id == "household"
    assert found.version == "2564.1"
