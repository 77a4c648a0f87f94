"""Chance that can be had again: the same seed and the same words always fall the same way."""

from __future__ import annotations

from random import Random
from uuid import UUID


def chance(seed: int, *words: object) -> Random:
    """A source of chance of its own for whatever the words name, in any order of asking."""
    return Random("/".join([str(seed), *map(str, words)]))  # noqa: S311 - invented data


def uuid_urn(seed: int, *words: object) -> str:
    """The id that a device would have made for whatever the words name."""
    return f"uuid:{UUID(int=chance(seed, 'id', *words).getrandbits(128), version=4)}"
