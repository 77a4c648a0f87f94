"""Who is who in two rosters of one household, and what was answered differently."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from census.collection.codelists import Standing
from census.collection.comparing import compare, matched
from census.collection.errors import NotComparable
from census.collection.services.keeping import seal_raw
from census.core.db import new_id
from tests.factories.answers import CHILD, HEAD, SPOUSE, person
from tests.factories.instances import household_instance, new_instance_id

HOUSEHOLD = "22001011001-0042"


def positions(pairs):
    """The pairs by their places in both rosters."""
    return [(left and left.position, right and right.position) for left, right in pairs]


def stored(data: bytes):
    """A submission as far as it is compared."""
    submission_id = new_id()
    return SimpleNamespace(
        id=submission_id,
        instance_id=new_instance_id(),
        sha256=b"\x01" * 32,
        standing=Standing.SUPERSEDED,
        raw_sealed=seal_raw(data, submission_id),
    )


def test_the_same_number_is_the_same_person_whatever_else_differs():
    first = [person(1, **HEAD), person(2, **CHILD)]
    second = [person(1, **CHILD | {"p02_first": "อื่น"}), person(2, **HEAD | {"p06": 34})]

    assert positions(matched(first, second)) == [(1, 2), (2, 1)]


def test_without_a_number_name_sex_and_birth_decide_and_then_the_place():
    first = [person(1, **SPOUSE), person(2, **HEAD | {"p07": None}), person(3, p04="1")]
    second = [person(1, **HEAD | {"p07": None}), person(2, **SPOUSE), person(3, p04="2")]

    assert positions(matched(first, second)) == [(1, 2), (2, 1), (3, 3)]


def test_a_number_that_two_persons_share_tells_nobody_apart():
    twins = [person(1, **CHILD), person(2, **CHILD | {"p02_first": "แฝด"})]

    assert positions(matched(twins, twins[::-1])) == [(1, 1), (2, 2)]


def test_who_is_in_one_roster_only_stands_alone():
    first, second = [person(1, **HEAD)], [person(1, **SPOUSE), person(2, **HEAD)]

    assert positions(matched(first, second)) == [(1, 2), (None, 1)]


def test_what_differs_is_named_item_by_item_and_numbers_stay_masked():
    one = household_instance(HOUSEHOLD, h06="1")
    other = household_instance(HOUSEHOLD, h06="2").replace("3999900000010", "1999900000013", 1)

    found = compare(stored(one.encode()), stored(other.encode()))

    assert [(each.item, each.first, each.second) for each in found.items] == [("h06", "1", "2")]
    (head,) = found.persons
    assert [each.item for each in head.items] == ["p07"]
    assert "3999900000010" not in repr(found)
    assert head.items[0].first == "3-9999-*****-**-0"


def test_two_that_say_the_same_differ_in_nothing():
    one = household_instance(HOUSEHOLD).encode()

    assert compare(stored(one), stored(one)).is_none


def test_what_cannot_be_read_cannot_be_compared():
    with pytest.raises(NotComparable):
        compare(stored(b"<data"), stored(household_instance(HOUSEHOLD).encode()))
