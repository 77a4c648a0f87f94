"""Dividing a whole number of households among areas so that the parts add up exactly."""

from __future__ import annotations

from collections.abc import Mapping


def apportion(total: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """Give every area its part of `total` in proportion to its size, by largest remainder.

    Every part is its exact quota rounded down or up. The households left over after rounding down
    go to the largest fractions; of equal fractions to the larger area, of equal areas to the lower
    code. The order in which the areas come makes no difference.

    A larger total may give a very small area one household less (known as the Alabama paradox).
    It cannot where the larger total adds at least one whole household to the area's quota.
    """
    if total < 0 or any(size < 0 for size in sizes.values()):
        raise ValueError("neither the total nor a size can be negative")
    whole = sum(sizes.values())
    if whole == 0:
        if total:
            raise ValueError("households cannot be divided among areas that have none")
        return dict.fromkeys(sizes, 0)
    parts = {code: total * size // whole for code, size in sizes.items()}
    left_over = total - sum(parts.values())
    first = sorted(sizes, key=lambda code: (-(total * sizes[code] % whole), -sizes[code], code))
    for code in first[:left_over]:
        parts[code] += 1
    return parts


def apportion_thresholds(
    thresholds: Mapping[int, int],
    sizes: Mapping[str, int],
    *,
    own: Mapping[str, Mapping[int, int]] | None = None,
) -> dict[str, dict[int, int]]:
    """Each area's part of every threshold, by area and level.

    An area with thresholds of its own has those in place of its part; the others keep theirs.
    """
    parts: dict[str, dict[int, int]] = {code: {} for code in sizes}
    for level, households in thresholds.items():
        for code, part in apportion(households, sizes).items():
            parts[code][level] = part
    for code, thresholds_of_its_own in (own or {}).items():
        parts[code] = dict(thresholds_of_its_own)
    return parts
