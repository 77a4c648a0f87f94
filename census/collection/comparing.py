"""Two submissions of one household side by side: which items differ, and who is who in both.

Both are read from the bytes that were received, so that a variant that was never counted compares
like any other. The same person is found by identity number, then by name, sex and birth, and those
left over by their place in the roster. Identity numbers stay masked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from census.collection.codelists import Standing
from census.collection.errors import NotComparable
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS
from census.collection.instances.parsing import UnreadableInstance, parse
from census.collection.instances.reading import HouseholdAnswers, PersonAnswers, read_household
from census.collection.models import Submission
from census.collection.reading_answers import Answer
from census.collection.services.keeping import unseal_raw
from census.core.identity_numbers import masked

IDENTITY_NUMBER = "p07"


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two submissions, as far as it is shown above the answers."""

    instance_id: str
    sha256: str
    standing: Standing
    persons: int


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item with different answers; a blank is None."""

    item: str
    first: Answer
    second: Answer


@dataclass(frozen=True, slots=True)
class PersonDifference:
    """A person in both submissions, or in one: the position is None where they are missing."""

    first_position: int | None
    second_position: int | None
    first_name: str
    second_name: str
    items: Sequence[ItemDifference]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that two submissions answer differently; persons without a difference are left out."""

    first: Compared
    second: Compared
    items: Sequence[ItemDifference]
    persons: Sequence[PersonDifference]

    @property
    def is_none(self) -> bool:
        """Whether the two say the same."""
        return not self.items and not self.persons


def compare(first: Submission, second: Submission) -> Differences:
    """What the two answer differently, item by item and person by person."""
    one, other = _answers(first), _answers(second)
    pairs = matched(one.persons, other.persons)
    compared = [_person(left, right) for left, right in pairs]
    return Differences(
        first=_compared(first, one),
        second=_compared(second, other),
        items=_differing(_items(one, _HOUSEHOLD), _items(other, _HOUSEHOLD)),
        persons=[
            each
            for each in compared
            if each.items or each.first_position is None or each.second_position is None
        ],
    )


Pair = tuple[PersonAnswers | None, PersonAnswers | None]


def matched(first: Sequence[PersonAnswers], second: Sequence[PersonAnswers]) -> list[Pair]:
    """Who is who in the two rosters, in the order of the first, then who is in the second alone."""
    left, right = list(first), list(second)
    partner: dict[int, PersonAnswers] = {}
    for key in (_by_number, _by_name_and_birth, _by_place):
        for one, other in _pairs_by(key, left, right):
            partner[one.position] = other
            left.remove(one)
            right.remove(other)
    pairs: list[Pair] = [(one, partner.get(one.position)) for one in first]
    return pairs + [(None, other) for other in right]


def _pairs_by(
    key: Callable[[PersonAnswers], Hashable],
    left: Sequence[PersonAnswers],
    right: Sequence[PersonAnswers],
) -> list[tuple[PersonAnswers, PersonAnswers]]:
    """Those who have the same key, where nobody else in either roster has it."""
    keys_of_left, keys_of_right = Counter(map(key, left)), Counter(map(key, right))
    others = {key(each): each for each in right}
    return [
        (one, others[key(one)])
        for one in left
        if key(one) is not None and keys_of_left[key(one)] == keys_of_right[key(one)] == 1
    ]


def _by_number(person: PersonAnswers) -> Hashable:
    return person.p07 or None


def _by_name_and_birth(person: PersonAnswers) -> Hashable:
    birth = person.p05_year or person.p06
    name = (person.p02_first, person.p02_last)
    return (*name, person.p04, birth) if all(name) and birth is not None else None


def _by_place(person: PersonAnswers) -> Hashable:
    return person.position


_HOUSEHOLD = tuple(item.node for item in HOUSEHOLD_ITEMS)
_PERSON = tuple(item.node for item in PERSON_ITEMS)


def _answers(submission: Submission) -> HouseholdAnswers:
    try:
        return read_household(parse(unseal_raw(submission.raw_sealed, submission.id)))
    except UnreadableInstance:
        raise NotComparable from None


def _compared(submission: Submission, answers: HouseholdAnswers) -> Compared:
    return Compared(
        submission.instance_id,
        submission.sha256.hex(),
        submission.standing,
        len(answers.persons),
    )


def _items(answers: object, nodes: Iterable[str]) -> dict[str, Answer]:
    return {node: getattr(answers, node) for node in nodes}


def _differing(first: Mapping[str, Answer], second: Mapping[str, Answer]) -> list[ItemDifference]:
    return [
        ItemDifference(item, _shown(item, first.get(item)), _shown(item, second.get(item)))
        for item in dict.fromkeys((*first, *second))
        if first.get(item) != second.get(item)
    ]


def _shown(item: str, answer: Answer) -> Answer:
    return masked(str(answer)) if item == IDENTITY_NUMBER and answer else answer


def _person(left: PersonAnswers | None, right: PersonAnswers | None) -> PersonDifference:
    is_pair = left is not None and right is not None
    return PersonDifference(
        left.position if left else None,
        right.position if right else None,
        _name(left),
        _name(right),
        _differing(_items(left, _PERSON), _items(right, _PERSON)) if is_pair else (),
    )


def _name(person: PersonAnswers | None) -> str:
    if person is None:
        return ""
    return " ".join(part for part in (person.p02_first, person.p02_last) if part)
