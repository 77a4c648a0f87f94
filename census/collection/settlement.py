"""Which response counts, and how a case stands: derived from all that is known of a household.

The outcome depends on the facts alone, never on the order in which they arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from census.collection.codelists import Disposition, Evidence
from census.collection.corrections import NO_LINKS, Links, newest_versions, versions_of
from census.collection.rules import (
    Candidate,
    best_response,
    finality,
    is_final,
    is_response,
    needs_evidence,
)


@dataclass(frozen=True, slots=True)
class SubmissionFact:
    """An understood submission of a household, whether it counts now or not."""

    id: UUID
    instance_id: str
    deprecated_id: str | None
    disposition: Disposition
    answered_items: int
    started_at: datetime | None
    ended_at: datetime | None
    is_returned: bool = False
    is_evident: bool = False

    @property
    def weight(self) -> int:
        """How final it is."""
        return finality(self.disposition, evident=self.is_evident)


@dataclass(frozen=True, slots=True)
class VisitFact:
    """What a visit found, and whether there is evidence beside the enumerator's word."""

    disposition: Disposition
    happened_at: datetime
    is_returned: bool = False
    is_evident: bool = False

    @property
    def weight(self) -> int:
        """How final it is."""
        return finality(self.disposition, evident=self.is_evident)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a case stands: its disposition, and the submission that gives it, if one does."""

    disposition: Disposition | None
    counting_id: UUID | None
    is_by_choice: bool = False
    """Whether a supervisor's choice decided, and not the rules."""
    evidence: Evidence | None = None
    """Whether there is proof of a disposition that needs one."""


def settled(
    submissions: Sequence[SubmissionFact],
    visits: Sequence[VisitFact],
    *,
    chosen_id: UUID | None = None,
    set_aside: Links = NO_LINKS,
) -> Settlement:
    """Weigh everything known of a household against each other.

    What was returned counts as it did until a new submission comes, or, for a household that never
    sent one, a new visit. What a supervisor chose counts whatever else there is; if it was
    corrected, its correction does. `set_aside` says what the submissions corrected that do not
    stand any more.
    """
    chosen = next((each for each in submissions if each.id == chosen_id), None)
    if chosen is not None:
        line = versions_of(chosen, submissions, set_aside)
        counting = _counting(newest_versions(line, set_aside))
        return _outcome(counting, submissions, visits, is_by_choice=True)
    submissions, visits = _standing(submissions, visits)
    counting = _counting(newest_versions(submissions, set_aside))
    seen = _last_word(visits)
    if counting is None or (seen is not None and seen.weight > counting.weight):
        return _outcome(seen, submissions, visits)
    return _outcome(counting, submissions, visits)


def answers_the_return(submissions: Sequence[SubmissionFact], visits: Sequence[VisitFact]) -> bool:
    """Whether something has come since the household was returned that the supervisor waits for."""
    if any(not each.is_returned for each in submissions):
        return True
    is_news = any(not each.is_returned and is_final(each.disposition) for each in visits)
    return is_news and not submissions


def waits_for_correction(
    submissions: Sequence[SubmissionFact], visits: Sequence[VisitFact]
) -> bool:
    """Whether the household was returned, and what was asked for has not come or was voided."""
    is_returned = any(each.is_returned for each in submissions) or any(
        each.is_returned for each in visits
    )
    return is_returned and not answers_the_return(submissions, visits)


def gives_response(settlement: Settlement) -> bool:
    """Whether the household responded."""
    return settlement.disposition is not None and is_response(settlement.disposition)


def evidence_of(
    disposition: Disposition | None, facts: Iterable[SubmissionFact | VisitFact]
) -> Evidence | None:
    """Whether anything that found the same gives proof of it; nothing where none is needed."""
    if not needs_evidence(disposition):
        return None
    is_given = any(each.is_evident for each in facts if each.disposition is disposition)
    return Evidence.GIVEN if is_given else Evidence.MISSING


def _standing(
    submissions: Sequence[SubmissionFact], visits: Sequence[VisitFact]
) -> tuple[Sequence[SubmissionFact], Sequence[VisitFact]]:
    """The facts that still stand: only what came since the return, where it answers it."""
    if not answers_the_return(submissions, visits):
        return submissions, visits
    return (
        [each for each in submissions if not each.is_returned],
        [each for each in visits if not each.is_returned],
    )


def _counting(submissions: Sequence[SubmissionFact]) -> SubmissionFact | None:
    """The submission that counts: the best response, or else the most final report."""
    if not submissions:
        return None
    top = max(each.weight for each in submissions)
    rivals = [each for each in submissions if each.weight == top]
    by_id = {each.id: each for each in rivals}
    return by_id[best_response([_candidate(each) for each in rivals]).id]


def _candidate(submission: SubmissionFact) -> Candidate:
    return Candidate(
        id=submission.id,
        answered_items=submission.answered_items,
        started_at=submission.started_at,
        ended_at=submission.ended_at,
        instance_id=submission.instance_id,
        deprecated_id=submission.deprecated_id,
    )


def _last_word(visits: Sequence[VisitFact]) -> VisitFact | None:
    """The most final of what the visits found, and of those the last."""
    return max(
        visits,
        key=lambda each: (each.weight, each.happened_at, each.disposition),
        default=None,
    )


def _outcome(
    decisive: SubmissionFact | VisitFact | None,
    submissions: Sequence[SubmissionFact],
    visits: Sequence[VisitFact],
    *,
    is_by_choice: bool = False,
) -> Settlement:
    if decisive is None:
        return Settlement(None, None)
    return Settlement(
        decisive.disposition,
        decisive.id if isinstance(decisive, SubmissionFact) else None,
        is_by_choice=is_by_choice,
        evidence=evidence_of(decisive.disposition, (*submissions, *visits)),
    )
