"""How much is sent: little and always the same in the build, much and always other on demand.

`FUZZ_EFFORT=100` multiplies every number of examples and draws new seeds; `FUZZ_SEED` repeats one
of those runs.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, seed, settings

EFFORT = int(os.environ.get("FUZZ_EFFORT", "0"))
SEED = os.environ.get("FUZZ_SEED")

sent: Counter[str] = Counter()
"""How many requests or documents were sent, by where they went and what came back."""

Test = TypeVar("Test", bound=Callable[..., Any])


def examples(number: int) -> Callable[[Test], Test]:
    """Run a test on so many examples, times the effort.

    Nothing is shrunk: what was sent before has changed the census, so that the same example would
    meet another one.
    """
    chosen = settings(
        max_examples=number * max(EFFORT, 1),
        derandomize=not EFFORT,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
        print_blob=False,
    )

    def decorate(test: Test) -> Test:
        decorated: Test = chosen(test)
        return seed(int(SEED))(decorated) if SEED and EFFORT else decorated

    return decorate
