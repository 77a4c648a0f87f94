"""Progress over JSON: the published shapes, to those who may see them, of their areas only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from census.accounts.codelists import Role
from census.core import stored_settings
from census.core.clock import set_census_clock, utcnow
from census.core.db import transaction
from census.progress import indicator
from census.progress.indicator import PRACTICE_SCALE_SETTING
from tests.factories.counts import (
    EA_20,
    EA_21,
    EA_24,
    add_day,
    add_period,
    counted_census,
    pilot,
)

ANSWERED = {EA_20: 372_000, EA_21: 166_877, EA_24: 136_211}
ROW = {
    *("area", "name", "frame", "added", "final", "responded", "approved", "ineligible"),
    *("response_rate", "eligible_response_rate", "approval_rate", "by_mode", "thresholds"),
    *("level", "approved_level", "gap"),
}
SEE = ("/api/v1/progress", "/api/v1/progress/series", "/api/v1/progress/rates")
MAY_SEE = {Role.HEADQUARTERS, Role.PROVINCE, Role.SUPERVISOR}


@pytest.fixture
def counted(app):
    """The three provinces with the result of the pilot."""
    with transaction() as session:
        pilot(session, ANSWERED)


@pytest.fixture
def headquarters(client_as, counted):
    """Headquarters of the country, as a machine."""
    return client_as(Role.HEADQUARTERS, ["TH"]).api


def test_a_row_has_every_count_rate_threshold_and_gap(headquarters):
    answer = headquarters.get("/api/v1/progress", headers={"Accept-Language": "en"})

    document = answer.json
    assert answer.status_code == 200
    assert (document["area"], document["by"], document["frame_version"]) == ("TH", "province", 1)
    assert datetime.fromisoformat(document["as_of"]).utcoffset() is not None
    assert [set(row) for row in [*document["rows"], document["total"]]] == [ROW] * 4
    assert document["total"] | {"response_rate": None, "eligible_response_rate": None} == {
        "area": "TH",
        "name": "Area TH",
        "frame": 832_173,
        "added": 0,
        "final": 675_088,
        "responded": 675_088,
        "approved": 0,
        "ineligible": 0,
        "response_rate": None,
        "eligible_response_rate": None,
        "approval_rate": 0.0,
        "by_mode": {
            "face_to_face": 675_088,
            "drop_off": 0,
            "mail": 0,
            "internet": 0,
            "telephone": 0,
        },
        "thresholds": {"50": 542_780, "75": 626_280, "100": 709_790},
        "level": 75,
        "approved_level": 0,
        "gap": {"50": 0, "75": 0, "100": 34_702},
    }
    assert document["total"]["response_rate"] == pytest.approx(0.8112351638, abs=1e-10)


def test_the_names_of_areas_follow_the_readers_language(headquarters):
    thai = headquarters.get("/api/v1/progress", headers={"Accept-Language": "th"}).json
    english = headquarters.get("/api/v1/progress", headers={"Accept-Language": "en"}).json

    assert thai["rows"][0]["name"] == "พื้นที่ 20"
    assert english["rows"][0]["name"] == "Area 20"


def test_an_area_can_be_divided_down_to_its_enumeration_areas(headquarters):
    document = headquarters.get("/api/v1/progress?area=20&by=ea").json

    assert (document["area"], document["by"]) == ("20", "ea")
    assert [row["area"] for row in document["rows"]] == [EA_20]
    assert document["rows"][0]["thresholds"] == {"50": 279_579, "75": 322_588, "100": 365_603}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("by=country", "/by"), ("area=20&by=village", "/by"), ("areas=20", "/areas")],
)
def test_what_cannot_be_asked_is_refused_with_its_place(headquarters, query, pointer):
    answer = headquarters.get(f"/api/v1/progress?{query}")

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_an_area_divided_by_a_level_above_it_is_refused(headquarters):
    answer = headquarters.get("/api/v1/progress?area=2001&by=province")

    assert (answer.status_code, answer.json["code"]) == (422, "progress.level_above_area")
    assert answer.json["errors"][0]["pointer"] == "/by"


@pytest.mark.parametrize("path", SEE)
def test_a_supervisor_sees_the_district_and_nothing_else(client_as, counted, path):
    supervisor = client_as(Role.SUPERVISOR, ["2001"]).api

    assert supervisor.get(path).status_code == 200
    assert supervisor.get(f"{path}?area=200101").status_code == 200
    for elsewhere in ("TH", "20", "21", "2101", EA_21, "nowhere"):
        assert supervisor.get(f"{path}?area={elsewhere}").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_progress_is_for_offices_and_headquarters(client_as, counted, role):
    areas = ["TH"] if role is Role.HEADQUARTERS else [EA_20]
    caller = client_as(role, areas).api

    answers = {caller.get(path).status_code for path in (*SEE, "/api/v1/progress/kpi")}

    assert answers == {200 if role in MAY_SEE else 403}


def test_without_a_token_there_is_no_progress(client, counted):
    assert {client.get(path).status_code for path in SEE} == {401}


def test_the_indicator_says_the_score_and_which_conditions_hold(headquarters):
    for condition in ("prototype", "transfer"):
        answer = headquarters.post(
            "/api/v1/progress/kpi/conditions",
            json={"condition": condition, "holds": True, "evidence": "report 1/2564"},
        )
        assert answer.status_code == 201

    document = headquarters.get("/api/v1/progress/kpi").json

    assert document["conditions"] == {"prototype": True, "transfer": True, "plan": False}
    assert (document["level"], document["score"], document["score_rule"]) == (75, 75.0, "count")
    assert document["interpolated"] == pytest.approx(89.6114, abs=1e-4)
    assert document["planning_base"] == 835_040
    assert (document["responded"], document["frame"]) == (675_088, 832_173)
    assert document["thresholds"] == {"50": 542_780, "75": 626_280, "100": 709_790}
    assert document["warning"] is None


def test_without_its_conditions_the_indicator_reaches_no_level(headquarters):
    document = headquarters.get("/api/v1/progress/kpi").json

    assert (document["level"], document["score"]) == (0, 0.0)


def test_the_indicator_is_of_the_whole_also_for_a_province(client_as, counted):
    province = client_as(Role.PROVINCE, ["24"]).api

    assert province.get("/api/v1/progress/kpi").json["responded"] == 675_088


def test_the_indicator_warns_where_the_percentage_promises_more_than_the_number(app, client_as):
    with transaction() as session:
        pilot(session, {EA_20: 428_641, EA_21: 196_359})

    document = client_as(Role.HEADQUARTERS, ["TH"]).api.get("/api/v1/progress/kpi").json

    assert document["warning"] == "kpi.percent_passes_count_fails"


def test_a_stated_condition_comes_back_with_its_evidence(headquarters):
    stated = {"condition": "plan", "holds": True, "evidence": "  มติคณะกรรมการ  "}

    answer = headquarters.post("/api/v1/progress/kpi/conditions", json=stated)

    assert answer.status_code == 201
    assert answer.json["evidence"] == "มติคณะกรรมการ"
    assert (answer.json["condition"], answer.json["holds"]) == ("plan", True)
    assert headquarters.get("/api/v1/progress/kpi").json["conditions"]["plan"] is True


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"condition": "money"}, "/condition"),
        ({"holds": None}, "/holds"),
        ({"holds": "yes"}, "/holds"),
        ({"evidence": "   "}, "/evidence"),
        ({"evidence": "x" * 2_001}, "/evidence"),
        ({"stated_by": "me"}, "/stated_by"),
    ],
)
def test_a_condition_without_word_or_evidence_is_refused(headquarters, change, pointer):
    stated = {"condition": "plan", "holds": True, "evidence": "letter"} | change

    answer = headquarters.post("/api/v1/progress/kpi/conditions", json=stated)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert headquarters.get("/api/v1/progress/kpi").json["conditions"]["plan"] is False


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HEADQUARTERS}))
def test_only_headquarters_states_conditions(client_as, role):
    stated = {"condition": "plan", "holds": True, "evidence": "letter"}

    answer = client_as(role, ["20"]).api.post("/api/v1/progress/kpi/conditions", json=stated)

    assert answer.status_code == 403


def test_the_series_has_a_row_a_day(headquarters):
    with transaction() as session:
        add_period(session, 1, ends_on=date(2021, 1, 15), decided_on=date(2020, 10, 1))
        set_census_clock(session, shows=datetime(2020, 12, 2, 5, tzinfo=UTC), at=utcnow())
        add_day(session, EA_20, date(2020, 12, 1), responded=3, mail=3)
        add_day(session, EA_21, date(2020, 12, 2), responded=1, approved=2, mail=1)

    rows = headquarters.get("/api/v1/progress/series").json

    assert [row["on"] for row in rows] == ["2020-12-01", "2020-12-02"]
    assert [(row["responded"], row["approved"]) for row in rows] == [(3, 0), (1, 2)]
    assert [row["cumulative"] for row in rows] == [
        {"responded": 3, "approved": 0},
        {"responded": 4, "approved": 2},
    ]
    assert rows[0]["planned"] == round(709_790 / 46)
    assert rows[1]["by_mode"]["mail"] == 1


def test_rates_are_numbers_or_null(app, client_as):
    with transaction() as session:
        ended = {"frame": 9, "complete": 6, "not_eligible": 3}
        counted_census(session, {EA_20: ended, EA_21: {"frame": 0}})
    headquarters = client_as(Role.HEADQUARTERS, ["TH"]).api

    some = headquarters.get("/api/v1/progress/rates?area=20").json
    none = headquarters.get("/api/v1/progress/rates?area=21").json

    letters = {"I", "P", "R", "NC", "O", "UH", "UO", "NE"}
    assert set(some) == letters | {
        "e",
        *(f"RR{number}" for number in range(1, 7)),
        *(f"COOP{number}" for number in range(1, 5)),
        *(f"{name}{number}" for name in ("REF", "CON") for number in range(1, 4)),
    }
    assert (some["I"], some["NE"]) == (6, 3)
    assert (some["e"], some["RR1"]) == (pytest.approx(6 / 9), 1.0)
    assert {none[name] for name in none if name not in letters} == {None}


def test_practice_data_says_so(headquarters):
    with transaction() as session:
        stored_settings.write(session, PRACTICE_SCALE_SETTING, "0.01")

    for path in ("/api/v1/progress", "/api/v1/progress/kpi"):
        document = headquarters.get(path).json
        assert (document["practice"], document["scale"]) == (True, "0.01")
    assert headquarters.get("/api/v1/progress/kpi").json["planning_base"] == 8_350.4


def test_a_setting_makes_approved_responses_decide_the_level(headquarters):
    indicator.connect(replace(indicator.indicator(), counts="approved"))

    total = headquarters.get("/api/v1/progress").json["total"]

    assert (total["level"], total["gap"]["50"]) == (0, 542_780)


def test_progress_is_described_in_the_published_document(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]

    for path in (*SEE, "/api/v1/progress/kpi", "/api/v1/progress/kpi/conditions"):
        assert path in paths
