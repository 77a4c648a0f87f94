"""The tablet knows the same codes by the same names as the offices."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from census.collection.codelists import VISIT_RESULTS, Disposition, Mode
from census.collection.rules import needs_evidence
from census.core.locale import Locale

WORK = Path(__file__).resolve().parents[2] / "field_app" / "frontend" / "work"

ASK = """
const codes = await import(process.argv[1] + '/codes.js');
const results = await import(process.argv[1] + '/visit_results.js');
const names = Object.keys(codes.DISPOSITIONS);
console.log(JSON.stringify({
  dispositions: codes.DISPOSITIONS,
  modes: codes.MODES,
  interim: names.filter(codes.isInterim),
  evident: names.filter(codes.needsEvidence),
  visits: [...results.NOT_ELIGIBLE, ...results.otherResults({visits: 9})],
}));
"""


@pytest.fixture(scope="module")
def tablet() -> dict[str, object]:
    """The codes of the tablet, as it has them."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node to ask the tablet's modules with")
    told = subprocess.run(
        [node, "--input-type=module", "-e", ASK, str(WORK)],
        check=True,
        capture_output=True,
        text=True,
    )
    answers: dict[str, object] = json.loads(told.stdout)
    return answers


def test_every_disposition_has_the_same_names(tablet):
    assert tablet["dispositions"] == {
        each.value: {"th": each.label(Locale.TH), "en": each.label(Locale.EN)}
        for each in Disposition
    }


def test_the_modes_are_the_same(tablet):
    assert tablet["modes"] == [each.value for each in Mode]


def test_what_goes_on_and_what_needs_evidence_are_the_same(tablet):
    assert tablet["interim"] == [each.value for each in Disposition if each.interim]
    assert tablet["evident"] == [each.value for each in Disposition if needs_evidence(each)]


def test_a_visit_on_the_tablet_only_has_results_that_a_visit_can_have(tablet):
    assert set(tablet["visits"]) <= {each.value for each in VISIT_RESULTS}
