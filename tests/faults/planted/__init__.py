"""Nine ways of doing it wrong; each takes the place of what the application does right.

A harness that has never found anything proves nothing: each of these must be found, and be called
by its name.
"""

from __future__ import annotations

import importlib

BUGS = (
    "early_acknowledgement",
    "no_unique_key",
    "overwrite",
    "lost_update",
    "blind_approval",
    "tally_in_second_transaction",
    "feed_by_serial_id",
    "dropped_conflict",
    "silent_repeat",
)


def plant(bug: str) -> None:
    """Put one of the bugs into this process, before the application is made; none for ''."""
    if not bug:
        return
    if bug not in BUGS:
        raise ValueError(f"there is no planted bug {bug!r}")
    importlib.import_module(f"tests.faults.planted.{bug}").plant()
