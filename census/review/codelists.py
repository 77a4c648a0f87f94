"""What a supervisor can decide, what a province can, and how a batch stands."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The decision on one household."""

    APPROVED = "approved"
    RETURNED = "returned"


class ClosingStep(StrEnum):
    """The province's decision on a whole enumeration area."""

    CLOSED = "closed"
    REOPENED = "reopened"


class BatchStatus(StrEnum):
    """How a batch stands; derived from its households, in this order of precedence."""

    CLOSED = "closed"
    RETURNED = "returned"
    OPEN = "open"
    READY = "ready"
    APPROVED = "approved"
