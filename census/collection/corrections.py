"""Chains of corrections: which submission takes the place of which.

A correction names what it corrects. It takes the place of that and of all that this corrected in
its turn, also across one that was voided or is not understood. Where corrections run in a circle
nobody can say which is the newest, so none of them takes another's place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar


class Corrects(Protocol):
    """Something that may correct another thing of its kind."""

    @property
    def instance_id(self) -> str | None: ...

    @property
    def deprecated_id(self) -> str | None: ...


Version = TypeVar("Version", bound=Corrects)
Links = Mapping[str, str]
"""What each instance corrects, by its id."""

NO_LINKS: Links = {}


def newest_versions(versions: Sequence[Version], others: Links = NO_LINKS) -> Sequence[Version]:
    """The last of each chain of corrections.

    `others` are the links of what does not stand any more, across which a chain goes on.
    """
    links = {**others, **_links(versions)}
    if not links:
        return versions
    corrected: set[str] = set()
    for each in versions:
        corrected |= _corrected_by(each.instance_id or "", links)
    return [each for each in versions if each.instance_id not in corrected]


def versions_of(
    chosen: Version, versions: Sequence[Version], others: Links = NO_LINKS
) -> Sequence[Version]:
    """One of the versions and everything that corrects it, at once or through another."""
    links = {**others, **_links(versions)}
    own = chosen.instance_id or ""
    return [
        each
        for each in versions
        if each is chosen or own in _corrected_by(each.instance_id or "", links)
    ]


def _links(versions: Sequence[Corrects]) -> dict[str, str]:
    # Two variants of one instance may name different ones: their order must not decide.
    return dict(
        sorted(
            (each.instance_id, each.deprecated_id)
            for each in versions
            if each.instance_id and each.deprecated_id
        )
    )


def _corrected_by(instance_id: str, links: Links) -> set[str]:
    """All that an instance takes the place of; nothing where the way leads back to itself."""
    found: set[str] = set()
    at = links.get(instance_id)
    while at is not None and at not in found:
        if at == instance_id:
            return set()
        found.add(at)
        at = links.get(at)
    return found
