"""Every item of the household questionnaire: its node, its codes, and whom it is asked about.

This table is the only place that knows the codes. The reader takes the kinds from it; the edit
rules for skipped, missing and invalid answers are judged from it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from census.collection.instances import universes as only
from census.collection.instances.members import Household, Member
from census.collection.instances.places import NATIONALITIES, PROVINCES

Subject = TypeVar("Subject", Household, Member)


class Kind(StrEnum):
    """How an answer is written."""

    CODE = "code"
    SEVERAL_CODES = "several_codes"
    COUNT = "count"
    TEXT = "text"
    IDENTITY_NUMBER = "identity_number"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Item(Generic[Subject]):
    """One node of the questionnaire.

    `universe` answers True where the item must be asked, False where it must be skipped, and None
    where it may be answered or not, or where that cannot be told from what is known.
    """

    node: str
    kind: Kind
    universe: Callable[[Subject], bool | None]
    codes: Container[Any] | None = None
    required: bool = True

    def admits(self, answer: Any) -> bool:
        """Whether an answer is one that the item knows."""
        if self.codes is not None:
            if self.kind is Kind.SEVERAL_CODES:
                return all(code in self.codes for code in answer.split())
            return answer in self.codes
        if self.kind is Kind.LANGUAGE:
            return len(answer) == 3 and answer.isascii() and answer.isalpha() and answer.islower()
        return True


REFUSED = "R"


def _codes(written: str) -> frozenset[str]:
    """The codes as written in the questionnaire, and no others."""
    return frozenset(written.split())


def _or_unknown(codes: frozenset[str]) -> frozenset[str]:
    """The codes, a refusal, and nines in their width for an answer that is not known."""
    width = max(map(len, codes))
    return codes | {REFUSED, "9" * width}


def _coded(
    node: str, written: str, universe: Callable[[Subject], bool | None], *, required: bool = True
) -> Item[Subject]:
    return Item(node, Kind.CODE, universe, _or_unknown(_codes(written)), required)


def _observed(node: str, written: str, universe: Callable[[Subject], bool | None]) -> Item[Subject]:
    """An item that steers the rest and must be known, so that it has no code for unknown."""
    return Item(node, Kind.CODE, universe, _codes(written))


def _count(
    node: str,
    lowest: int,
    highest: int,
    universe: Callable[[Subject], bool | None],
    *,
    unknown: int | None = None,
) -> Item[Subject]:
    allowed: range = range(lowest, highest + 1)
    if unknown is None:
        return Item(node, Kind.COUNT, universe, allowed)
    return Item(node, Kind.COUNT, universe, frozenset((*allowed, unknown)))


HOUSEHOLD_ITEMS: tuple[Item[Household], ...] = (
    _coded("h01", "1 2 3 4 5 6 7 8 9 98", only.standing),
    _observed("h02", "1 2 3 4 5 6 7 8 9", only.every_household),
    _observed("h03", "1 2 3", only.occupied),
    _count("h04", 1, 99, only.present),
    _coded("h05", "1 2 3 4 5 6", only.private),
    _coded("h06", "1 2 3 4 5 6 7", only.private),
    _coded("h07", "1 2 3 4 5", only.private_on_land),
    _count("h08", 1, 99, only.private),
    _count("h09", 0, 99, only.private),
    _coded("h10", "1 2 3 4 5", only.private_in_building),
    _coded("h11", "1 2 3 4 5 6 8", only.private),
    _coded("h12", "1 2 3 4 5 6 8", only.private),
    _coded("h13", "1 2 3 4 5", only.private),
    _coded("h14", "1 2", only.with_toilet),
    _coded("h15", "1 2 3 4 5 6", only.private),
    _coded("h16", "1 2 3 4", only.private),
    _coded("h17", "1 2 3 4", only.private),
    _coded("h18", "1 2 3", only.private),
    Item("h19", Kind.SEVERAL_CODES, only.private, _or_unknown(_codes("0 1 2 3 4"))),
    _count("h20_motorcycles", 0, 20, only.private, unknown=99),
    _count("h20_cars", 0, 20, only.private, unknown=99),
    _coded("h21", "1 2 3", only.occupied),
    Item("h21_language", Kind.LANGUAGE, only.speaking_another_language),
    _count("h22", 0, 9999, only.occupied),
    _count("h23", 0, 9999, only.occupied),
    _count("h24", 0, 9999, only.occupied),
    _count("h25", 0, 99, only.private, unknown=999),
)

_DIFFICULTIES = ("seeing", "hearing", "walking", "cognition", "self_care", "communication")

PERSON_ITEMS: tuple[Item[Member], ...] = (
    _count("p01", 1, 9999, only.every_member),
    _coded("p02_title", "01 02 03 04 05 09", only.every_member_in_full),
    Item("p02_first", Kind.TEXT, only.every_member_in_full),
    Item("p02_last", Kind.TEXT, only.every_member_in_full, required=False),
    _coded(
        "p03",
        "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16",
        only.every_member_in_full,
    ),
    _observed("p04", "1 2", only.every_member),
    _coded("p05_month", "01 02 03 04 05 06 07 08 09 10 11 12", only.every_member_in_full),
    _count("p05_year", 2413, 2563, only.every_member_in_full, unknown=9999),
    _count("p06", 0, 120, only.every_member, unknown=999),
    Item("p07", Kind.IDENTITY_NUMBER, only.every_member_in_full, required=False),
    _coded("p07_reason", "1 2 3 4", only.every_member_in_full, required=False),
    Item("p08", Kind.CODE, only.every_member, NATIONALITIES | {REFUSED}),
    _coded("p09", "1 2 3 4 5 6 8 9", only.every_member_in_full),
    _coded("p10", "1 2 3 4 5 6 7", only.aged_13_or_more),
    _coded("p11", "1 2 3 4 5", only.every_member_in_full),
    _coded("p11_province", " ".join(PROVINCES), only.registered_in_other_province),
    _coded("p12", "0 1 2 3 4 5 6", only.every_member_in_full),
    _coded("p13", "1 2 3", only.moved_here),
    _coded("p13_province", " ".join(PROVINCES), only.from_other_province),
    _coded("p13_country", " ".join(NATIONALITIES), only.from_abroad),
    _coded("p14", "1 2 3 4 5 6 7 8", only.moved_from_somewhere),
    _coded("p15", "01 02 03 04 05 06 07 08 09 10 11 12 98", only.aged_3_or_more),
    _coded("p15_studying", "1 2", only.aged_3_or_more, required=False),
    _coded("p16", "1 2 3 4 5 6 7 8", only.aged_15_or_more),
    _coded("p17", "0 1 2 3 4 5 6 7 8 9 X", only.employed),
    _coded("p18", "A B C D E F G H I J K L M N O P Q R S T U X", only.employed),
    _coded("p19", "1 2 3 4 5 6 7", only.employed),
    *(_coded(f"p20_{domain}", "1 2 3 4", only.aged_5_or_more) for domain in _DIFFICULTIES),
)

DIFFICULTY_NODES = tuple(f"p20_{domain}" for domain in _DIFFICULTIES)
