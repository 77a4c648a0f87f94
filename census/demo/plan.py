"""The whole of the practice data as it will be, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from census.demo.agenda import Agenda, agenda_of
from census.demo.chance import chance
from census.demo.enumeration_areas import lay_out_areas
from census.demo.outlines import Corner, corners_of, outlines
from census.demo.pace import field_days, responses_by_area, share_by, weight_of
from census.demo.staff import Staff, staff_for

LEAST_SHARE_WITH_FINISHED_AREAS = Fraction(1, 5)
LEAST_DAYS_WITH_FINISHED_AREAS = 30
LEAST_AREAS_WITH_FINISHED_ONES = 6
FINISHED_SHARE = 0.12


class Ending(StrEnum):
    """How far an area is that has been finished."""

    READY = "ready"
    APPROVED = "approved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: how large, by which chance, on which day, and how many responded."""

    scale: Fraction
    seed: int
    on: date
    responses: Fraction | None = None

    @property
    def share(self) -> Fraction:
        """The share of the households that responded."""
        return share_by(self.on) if self.responses is None else self.responses


class Plan:
    """Areas, outlines, people and acts, all following from the order alone."""

    def __init__(self, order: Order, subdistricts: Mapping[str, Sequence[str]]) -> None:
        """Lay out the areas; the acts are worked out when they are first asked for."""
        self.order = order
        self.areas = lay_out_areas(order.scale, order.seed, subdistricts)
        self.households = sum(area.households for area in self.areas)
        self.days = field_days(order.on)
        self.by_code = {area.code: area for area in self.areas}

    @cached_property
    def corners(self) -> dict[str, list[Corner]]:
        """The corners of each area's outline."""
        drawn = outlines(self.areas, self.order.seed)
        return {area.code: corners_of(outline) for area, outline in drawn}

    @cached_property
    def staff(self) -> Staff:
        """Who works where."""
        return staff_for(self.areas)

    @cached_property
    def responses(self) -> int:
        """How many households have responded: none before the first day."""
        return round(self.households * self.order.share) if self.days else 0

    @cached_property
    def endings(self) -> dict[str, Ending]:
        """The areas in which every household has come to an end, and how far their review is."""
        if (
            self.order.share < LEAST_SHARE_WITH_FINISHED_AREAS
            or len(self.days) < LEAST_DAYS_WITH_FINISHED_AREAS
            or len(self.areas) < LEAST_AREAS_WITH_FINISHED_ONES
        ):
            return {}
        dice = chance(self.order.seed, "finished")
        count = max(3, round(len(self.areas) * FINISHED_SHARE))
        codes = dice.sample([area.code for area in self.areas], count)
        return {code: _ending(position) for position, code in enumerate(codes)}

    @cached_property
    def agendas(self) -> dict[str, Agenda]:
        """The acts of each area."""
        weights = [weight_of(day) for day in self.days]
        finished = frozenset(self.endings)
        parts = responses_by_area(self.areas, self.responses, self.order.seed, finished)
        return {
            area.code: agenda_of(
                area,
                self.order.seed,
                responses=parts[area.code],
                day_weights=weights,
                is_finished=area.code in finished,
            )
            for area in self.areas
        }


def _ending(position: int) -> Ending:
    """The first is closed, and every fortieth; of the others every third waits for approval."""
    if position % 40 == 0:
        return Ending.CLOSED
    return Ending.READY if position % 3 == 1 else Ending.APPROVED
