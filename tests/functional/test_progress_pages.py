"""Headquarters' page and the offices' pages of progress, as a browser gets them."""

from __future__ import annotations

import pytest

from census.accounts.codelists import Role
from census.core.db import transaction
from tests.factories.counts import EA_20, EA_21, EA_24, counted_census, pilot

ANSWERED = {EA_20: 372_000, EA_21: 166_877, EA_24: 136_211}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def counted(app):
    """The three provinces with the result of the pilot."""
    with transaction() as session:
        pilot(session, ANSWERED)


def text_of(page) -> str:
    return " ".join(page.text.split())


def test_headquarters_sees_the_total_against_the_thresholds_and_each_provinces_share(
    client_as, counted
):
    page = client_as(Role.HEADQUARTERS, ["TH"]).browser.get("/supervisor/progress", headers=ENGLISH)

    shown = text_of(page)
    assert page.status_code == 200
    for number in ("675,088", "832,173", "542,780", "626,280", "709,790", "34,702", "81.12%"):
        assert number in shown
    for code in ("20", "21", "24"):
        assert f'href="/supervisor/progress/{code}"' in shown
    for share in ("279,579", "164,341", "157,932"):
        assert share in shown


@pytest.mark.parametrize(
    ("area", "below"),
    [
        ("20", "/supervisor/progress/2001"),
        ("2001", "/supervisor/progress/200101"),
        ("TH", "/supervisor/progress/21"),
    ],
)
def test_every_area_leads_to_those_below_it(client_as, counted, area, below):
    browser = client_as(Role.HEADQUARTERS, ["TH"]).browser

    page = browser.get(f"/supervisor/progress/{area}")

    assert page.status_code == 200
    assert f'href="{below}"' in page.text


def test_the_enumeration_areas_lead_a_supervisor_to_their_batches(client_as, counted):
    supervisor = client_as(Role.SUPERVISOR, ["2001"]).browser
    headquarters = client_as(Role.HEADQUARTERS, ["TH"]).browser

    reviewing = supervisor.get("/supervisor/progress/200101").text
    watching = headquarters.get("/supervisor/progress/200101").text

    assert f"/supervisor/batches/{EA_20}" in reviewing
    assert f"/supervisor/batches/{EA_20}" not in watching


def test_a_province_starts_at_its_own_page_and_sees_no_other(client_as, counted):
    browser = client_as(Role.PROVINCE, ["21"]).browser

    assert "166,877" in browser.get("/supervisor/progress").text
    assert browser.get("/supervisor/progress/20").status_code == 404
    assert browser.get("/supervisor/progress/TH").status_code == 404


def test_somebody_of_several_areas_sees_them_together(client_as, counted):
    browser = client_as(Role.HEADQUARTERS, ["20", "24"]).browser

    shown = text_of(browser.get("/supervisor/progress", headers=ENGLISH))

    assert "Your areas (Area TH)" in shown
    assert f"{372_000 + 136_211:,}" in shown


def test_the_page_is_in_thai_too(client_as, counted):
    browser = client_as(Role.HEADQUARTERS, ["TH"]).browser

    page = browser.get("/supervisor/progress", headers={"Accept-Language": "th"})

    assert '<html lang="th">' in page.text
    assert "พื้นที่ 20" in page.text


def test_before_the_first_freeze_there_is_nothing_to_measure_against(app, client_as):
    with transaction() as session:
        counted_census(session, {EA_20: {"frame": 0, "added": 9}}, is_frozen=False)

    page = client_as(Role.HEADQUARTERS, ["TH"]).browser.get("/supervisor/progress")

    assert page.status_code == 409
    assert "progress.frame_not_frozen" in page.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.ENUMERATOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_have_no_page_of_progress(client_as, counted, role):
    assert client_as(role, [EA_20]).browser.get("/supervisor/progress").status_code == 403
