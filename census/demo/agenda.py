"""What happens in an enumeration area, act by act: who responds when and how, and who does not.

A whole census of acts is kept as one whole number each, so that it fits into a few megabytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from census.collection.codelists import Disposition, Mode
from census.demo.chance import chance
from census.demo.enumeration_areas import SyntheticArea

MODES = tuple(Mode)
_MODE_SHARES = (80, 9, 6, 4, 1)

_Results = tuple[tuple[Disposition, int], ...]

_NON_RESPONSE: _Results = (
    (Disposition.REFUSED_BY_HOUSEHOLD, 34),
    (Disposition.NOT_CONTACTED, 34),
    (Disposition.ACCESS_REFUSED_OCCUPIED, 6),
    (Disposition.TEMPORARILY_ABSENT, 12),
    (Disposition.LANGUAGE_PROBLEM, 3),
    (Disposition.UNABLE_TO_ANSWER, 6),
    (Disposition.ADDRESS_NOT_FOUND, 3),
    (Disposition.NOT_ATTEMPTED, 2),
)
_INELIGIBLE: _Results = (
    (Disposition.VACANT, 52),
    (Disposition.SECOND_HOME, 20),
    (Disposition.ABANDONED, 8),
    (Disposition.DEMOLISHED, 8),
    (Disposition.NOT_A_DWELLING, 8),
    (Disposition.MOVED_AWAY, 4),
)
_INTERIM: _Results = (
    (Disposition.CALL_BACK, 62),
    (Disposition.APPOINTMENT_MADE, 22),
    (Disposition.FORM_LEFT, 16),
)
VISITS = tuple(result for result, _ in (*_NON_RESPONSE, *_INELIGIBLE, *_INTERIM))

INELIGIBLE_SHARE = 0.06
TRIED_BEFORE = 0.12
DAYS_TO_FILL_IN = 6
DAYS_TO_REVIEW = 9

_DAY, _INDEX = 1 << 24, 1 << 8


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens to a household: it responds in a mode, or a visit has a result."""

    day: int
    index: int
    mode: Mode | None = None
    result: Disposition | None = None


class Agenda:
    """The acts of one enumeration area in the order of days; the field's and the office's apart."""

    __slots__ = ("_acts",)

    def __init__(self, acts: Sequence[Act]) -> None:
        """Keep the acts."""
        self._acts = {
            at_office: array("I", sorted(_packed(a) for a in acts if _is_of_office(a) is at_office))
            for at_office in (False, True)
        }

    def due(self, *, after: int, until: int, at_office: bool) -> Iterator[Act]:
        """What happens after one day until another, the other included."""
        acts = self._acts[at_office]
        first, last = (bisect_left(acts, (day + 1) * _DAY) for day in (after, until))
        return map(_unpacked, acts[first:last])

    def __len__(self) -> int:
        """How many acts there are."""
        return sum(map(len, self._acts.values()))


def agenda_of(
    area: SyntheticArea,
    seed: int,
    *,
    responses: int,
    day_weights: Sequence[float],
    is_finished: bool,
) -> Agenda:
    """Let exactly so many households respond on these days, and others have their own fate."""
    if not day_weights:
        return Agenda([])
    dice = chance(seed, "agenda", area.code)
    order = list(range(area.households))
    dice.shuffle(order)
    days = _Days(dice, day_weights, is_finished=is_finished)
    acts: list[Act] = []
    for index in order[:responses]:
        acts += _response(dice, index, days.draw())
    acts += _no_responses(dice, order[responses:], area.households, days, is_finished=is_finished)
    return Agenda(acts)


class _Days:
    """Days by chance, more of them where more is done; a finished area was finished in time."""

    def __init__(self, dice: Random, weights: Sequence[float], *, is_finished: bool) -> None:
        last = max(1, len(weights) - DAYS_TO_REVIEW) if is_finished else len(weights)
        self._dice, self._weights = dice, weights[:last]

    def draw(self) -> int:
        return self._dice.choices(range(len(self._weights)), self._weights)[0]


def _response(dice: Random, index: int, day: int) -> Iterator[Act]:
    mode = dice.choices(MODES, _MODE_SHARES)[0]
    if mode is Mode.DROP_OFF:
        yield Act(max(0, day - DAYS_TO_FILL_IN), index, result=Disposition.FORM_LEFT)
    elif dice.random() < TRIED_BEFORE:
        yield Act(max(0, day - dice.randint(2, 9)), index, result=Disposition.CALL_BACK)
    yield Act(day, index, mode=mode)


def _no_responses(
    dice: Random, indexes: Sequence[int], households: int, days: _Days, *, is_finished: bool
) -> Iterator[Act]:
    """Of those who did not respond: what a visit found, or that nobody has been there yet."""
    progress = 1.0 if is_finished else min(1.0, 1.25 * (1 - len(indexes) / households))
    ineligible = round(households * INELIGIBLE_SHARE * progress)
    rest = max(0, len(indexes) - ineligible)
    closed = rest if is_finished else round(0.24 * rest * progress)
    interim = round(0.65 * progress * (rest - closed))
    for position, index in enumerate(indexes):
        if position < ineligible:
            results = _INELIGIBLE
        elif position < ineligible + closed:
            results = _NON_RESPONSE
        elif position < ineligible + closed + interim:
            results = _INTERIM
        else:
            return
        codes, weights = zip(*results, strict=True)
        yield Act(days.draw(), index, result=dice.choices(codes, weights)[0])


def _is_of_office(act: Act) -> bool:
    """Whether it comes in at the provincial office: paper, telephone and the internet."""
    return act.mode is not None and act.mode is not Mode.FACE_TO_FACE


def _packed(act: Act) -> int:
    what = (
        MODES.index(act.mode)
        if act.mode is not None
        else len(MODES) + VISITS.index(act.result or Disposition.CALL_BACK)
    )
    return act.day * _DAY + act.index * _INDEX + what


def _unpacked(number: int) -> Act:
    day, rest = divmod(number, _DAY)
    index, what = divmod(rest, _INDEX)
    if what < len(MODES):
        return Act(day, index, mode=MODES[what])
    return Act(day, index, result=VISITS[what - len(MODES)])
