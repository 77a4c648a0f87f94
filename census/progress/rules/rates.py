"""Response, cooperation, refusal and contact rates, as the field defines them.

The formulas are those of AAPOR, Standard Definitions: Final Dispositions of Case Codes and Outcome
Rates for Surveys (9th edition, 2016). A rate whose denominator is zero does not exist: it is None
and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction

Weight = int | Fraction
"""A count of cases, or the sum of their weights."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many cases ended in which way, under the letters of the standard."""

    I: Weight = 0  # noqa: E741 - the letter of the standard
    """Complete responses."""
    P: Weight = 0
    """Sufficient partial responses."""
    R: Weight = 0
    """Refusals and break-offs."""
    NC: Weight = 0
    """Eligible, but never contacted."""
    O: Weight = 0  # noqa: E741 - the letter of the standard
    """Eligible, not answered for another reason."""
    UH: Weight = 0
    """Unknown whether the dwelling is occupied, and every case that is not final."""
    UO: Weight = 0
    """Unknown for another reason."""
    NE: Weight = 0
    """Known not to be eligible."""

    def __add__(self, other: Outcomes) -> Outcomes:
        """The outcomes of two sets of cases together."""
        return Outcomes(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        )

    @property
    def responded(self) -> Weight:
        """Complete and sufficient partial responses."""
        return self.I + self.P

    @property
    def eligible(self) -> Weight:
        """Cases known to be eligible."""
        return self.responded + self.R + self.NC + self.O

    @property
    def unknown(self) -> Weight:
        """Cases of which nobody knows whether they are eligible."""
        return self.UH + self.UO


def share_of(part: Weight, whole: Weight) -> Fraction | None:
    """A part of a whole between 0 and 1, or nothing where there is no whole."""
    return Fraction(part) / whole if whole else None


def response_rate(responded: int, frame: int) -> Fraction | None:
    """The rate of the indicator: households that responded over those of the frozen frame."""
    return share_of(responded, frame)


def approval_rate(approved: int, frame: int) -> Fraction | None:
    """Approved responses over the households of the frozen frame."""
    return share_of(approved, frame)


def eligible_response_rate(outcomes: Outcomes) -> Fraction | None:
    """AAPOR RR2: responses over every case that is, or may be, eligible."""
    return share_of(outcomes.responded, outcomes.eligible + outcomes.unknown)


def estimated_eligible_share(outcomes: Outcomes) -> Fraction | None:
    """The standard's e: the eligible share among the cases whose eligibility is known."""
    return share_of(outcomes.eligible, outcomes.eligible + outcomes.NE)


def aapor_rates(outcomes: Outcomes, *, e: Fraction | None = None) -> dict[str, Fraction | None]:
    """Every rate of the standard by its name, with the e that was used."""
    if e is None:
        e = estimated_eligible_share(outcomes)
    return {
        "e": e,
        **_response_rates(outcomes, e),
        **_cooperation_rates(outcomes),
        **_refusal_and_contact_rates(outcomes, e),
    }


def _bases(outcomes: Outcomes, e: Fraction | None) -> tuple[Weight, Weight, Weight]:
    """The three denominators: every unknown case, the estimated share of them, none of them."""
    estimated = outcomes.eligible + e * outcomes.unknown if e is not None else 0
    return outcomes.eligible + outcomes.unknown, estimated, outcomes.eligible


def _response_rates(outcomes: Outcomes, e: Fraction | None) -> dict[str, Fraction | None]:
    rates: dict[str, Fraction | None] = {}
    for index, base in enumerate(_bases(outcomes, e)):
        rates[f"RR{2 * index + 1}"] = share_of(outcomes.I, base)
        rates[f"RR{2 * index + 2}"] = share_of(outcomes.responded, base)
    return rates


def _cooperation_rates(outcomes: Outcomes) -> dict[str, Fraction | None]:
    refused = outcomes.responded + outcomes.R
    contacted = refused + outcomes.O
    return {
        "COOP1": share_of(outcomes.I, contacted),
        "COOP2": share_of(outcomes.responded, contacted),
        "COOP3": share_of(outcomes.I, refused),
        "COOP4": share_of(outcomes.responded, refused),
    }


def _refusal_and_contact_rates(
    outcomes: Outcomes, e: Fraction | None
) -> dict[str, Fraction | None]:
    contacted = outcomes.responded + outcomes.R + outcomes.O
    bases = _bases(outcomes, e)
    refusals = {f"REF{n}": share_of(outcomes.R, base) for n, base in enumerate(bases, start=1)}
    contacts = {f"CON{n}": share_of(contacted, base) for n, base in enumerate(bases, start=1)}
    return refusals | contacts
