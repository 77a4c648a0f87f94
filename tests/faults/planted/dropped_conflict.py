"""Says that both are kept, and keeps only the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from census.collection.arrivals import Arrival, Received
from census.collection.codelists import Outcome
from census.collection.models import Receipt
from census.collection.services import receiving


def plant() -> None:
    """Drop what loses."""
    receiving.keep_variants = _keep_none
    answer_repeats = receiving.answer_repeats

    def answer(session: Session, repeats: Sequence[Arrival]) -> dict[int, Received]:
        lost = [each for each in repeats if not _is_kept(session, each)]
        answers = {id(each): Received(each.instance_id, Outcome.CONFLICT) for each in lost}
        return answers | answer_repeats(session, [each for each in repeats if each not in lost])

    receiving.answer_repeats = answer


def _keep_none(*_args: Any, **_options: Any) -> None:
    """Forget them."""


def _is_kept(session: Session, arrival: Arrival) -> bool:
    return session.get_one(Receipt, arrival.instance_id).sha256 == arrival.sha256
