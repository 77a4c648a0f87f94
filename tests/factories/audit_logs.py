"""Logs of interviews as ODK Collect writes them."""

from __future__ import annotations

START_MS = 1_607_137_200_000
"""2020-12-05T10:00:00+07:00 on the device's clock."""

PLAIN = "event,node,start,end"
FULL = f"{PLAIN},latitude,longitude,accuracy,old-value,new-value,user,change-reason"


def log(*rows: str, header: str = PLAIN) -> bytes:
    """A log of these rows."""
    return "\n".join((header, *rows, "")).encode()


def row(event: str, node: str, start_s: float, end_s: float | None = None, rest: str = "") -> str:
    """One row; seconds since the beginning, and what follows in further columns."""
    end = "" if end_s is None else str(START_MS + int(end_s * 1000))
    return f"{event},{node},{START_MS + int(start_s * 1000)},{end}{rest}"
