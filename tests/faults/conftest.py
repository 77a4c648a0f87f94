"""What the scenes of all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.server import Zygote


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One process for all, that has imported the application."""
    zygote = Zygote()
    try:
        yield zygote
    finally:
        zygote.close()
