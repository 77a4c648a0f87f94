"""The conditions that the indicator's levels need beside the count."""

from __future__ import annotations

from enum import StrEnum


class Condition(StrEnum):
    """What must be true besides the number of households."""

    PROTOTYPE = "prototype"
    """A prototype of the register-based census exists."""
    TRANSFER = "transfer"
    """The prototype was handed on to the office's staff."""
    PLAN = "plan"
    """A plan for real implementation was adopted."""
