"""Where the thirty districts lie, roughly, and how many of a province's households each has.

Centres and shares are plausible stand-ins: no figure at this level was published for 2020.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    """A district as the practice data draw it."""

    code: str
    longitude: float
    latitude: float
    share: int
    """Its households, in thousandths of those of its province."""
    municipal: float
    """The share of its enumeration areas that lie in a municipality."""

    @property
    def province_code(self) -> str:
        """The province it lies in."""
        return self.code[:2]


DISTRICTS = (
    District("2001", 100.99, 13.36, 240, 0.75),
    District("2002", 101.12, 13.31, 75, 0.40),
    District("2003", 101.36, 13.15, 16, 0.25),
    District("2004", 100.93, 12.95, 245, 0.80),
    District("2005", 101.09, 13.46, 55, 0.35),
    District("2006", 101.19, 13.45, 70, 0.30),
    District("2007", 100.99, 13.14, 190, 0.70),
    District("2008", 100.82, 13.15, 5, 0.90),
    District("2009", 100.95, 12.71, 68, 0.60),
    District("2010", 101.48, 13.27, 22, 0.20),
    District("2011", 101.35, 13.39, 14, 0.25),
    District("2101", 101.26, 12.70, 395, 0.70),
    District("2102", 101.06, 12.73, 115, 0.65),
    District("2103", 101.65, 12.78, 160, 0.40),
    District("2104", 101.53, 12.94, 27, 0.20),
    District("2105", 101.31, 12.82, 85, 0.30),
    District("2106", 101.21, 12.99, 125, 0.45),
    District("2107", 101.69, 12.96, 23, 0.20),
    District("2108", 101.15, 12.85, 70, 0.40),
    District("2401", 101.07, 13.69, 240, 0.50),
    District("2402", 101.21, 13.71, 65, 0.30),
    District("2403", 101.02, 13.85, 115, 0.25),
    District("2404", 100.98, 13.53, 165, 0.45),
    District("2405", 101.09, 13.60, 85, 0.30),
    District("2406", 101.36, 13.73, 105, 0.30),
    District("2407", 101.29, 13.79, 20, 0.20),
    District("2408", 101.50, 13.62, 80, 0.20),
    District("2409", 101.28, 13.57, 62, 0.35),
    District("2410", 101.72, 13.45, 48, 0.15),
    District("2411", 101.17, 13.78, 15, 0.15),
)


def districts_of(province_code: str) -> list[District]:
    """The districts of a province, by code."""
    return [district for district in DISTRICTS if district.province_code == province_code]
