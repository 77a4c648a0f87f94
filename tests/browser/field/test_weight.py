"""The weight of the first load: everything that comes over the network before work can begin."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "field_app" / "static" / "dist"
TEMPLATES = ROOT / "field_app" / "templates" / "field"

MOST_BYTES = 350_000


def files_of_the_app() -> list[Path]:
    """The built files without which the app does not begin, as they leave: packed by the build."""
    worker = (BUILT / "sw.js").read_text(encoding="utf-8")
    listed = json.loads(re.search(r"^const FIRST = (\[.*\]);$", worker, re.MULTILINE)[1])
    built = [BUILT / name.partition("/dist/")[2] for name in listed if "/dist/" in name]
    return [_as_sent(path) for path in [*built, BUILT / "sw.js"]]


def _as_sent(path: Path) -> Path:
    packed = path.with_name(f"{path.name}.br")
    return packed if packed.is_file() else path


def test_the_first_load_of_everything_stays_under_its_limit():
    if not (BUILT / "sw.js").is_file():
        pytest.skip("the front end is not built")
    files = [*files_of_the_app(), *TEMPLATES.glob("*.html")]

    weights = {path.name: path.stat().st_size for path in files}

    assert any(name.endswith(".woff2") for name in weights)
    assert any(name.endswith(".js.br") for name in weights)
    assert sum(weights.values()) < MOST_BYTES, weights
