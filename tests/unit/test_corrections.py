"""What takes the place of what, in chains of corrections, broken ones and circles."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace

import pytest

from census.collection.corrections import newest_versions, versions_of


def version(instance_id: str, corrects: str | None = None):
    """A version that corrects another one, or none."""
    return SimpleNamespace(instance_id=instance_id, deprecated_id=corrects)


def names(versions) -> list[str]:
    return sorted(each.instance_id for each in versions)


CHAINS = {
    "one after the other": ([("a", None), ("b", "a"), ("c", "b")], {}, ["c"]),
    "two corrections of one": ([("a", None), ("b", "a"), ("c", "a")], {}, ["b", "c"]),
    "across a voided one": ([("a", None), ("c", "b")], {"b": "a"}, ["c"]),
    "the last one voided": ([("a", None), ("b", "a")], {"c": "b"}, ["b"]),
    "itself": ([("a", "a"), ("b", None)], {}, ["a", "b"]),
    "a circle": ([("a", "b"), ("b", "a"), ("c", None)], {}, ["a", "b", "c"]),
    "into a circle": ([("a", "b"), ("b", "a"), ("c", "a")], {}, ["c"]),
    "a circle over a voided one": ([("a", "b"), ("c", None)], {"b": "a"}, ["a", "c"]),
    "of what is not there": ([("a", "x")], {}, ["a"]),
}


@pytest.mark.parametrize("name", CHAINS)
def test_the_newest_versions_are_the_same_in_every_order(name):
    made, voided, expected = CHAINS[name]
    versions = [version(*each) for each in made]

    found = {tuple(names(newest_versions(order, voided))) for order in permutations(versions)}

    assert found == {tuple(expected)}


def test_the_versions_of_one_are_it_and_what_corrects_it():
    first, second = version("a"), version("b", "a")
    others = [version("d", "c"), version("x")]

    assert names(versions_of(first, [first, second, *others], {"c": "b"})) == ["a", "b", "d"]
    assert names(versions_of(second, [first, second, *others], {"c": "b"})) == ["b", "d"]
