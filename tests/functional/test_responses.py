"""Several responses of one household from outside: compared, chosen and voided."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from census.collection.services import receive_submission
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import HOME, SmallCensus, small_census
from tests.factories.submissions import incoming
from tests.functional.conftest import Caller
from tests.functional.reviewing import caller_of, province_of

JSON = f"/api/v1/households/{HOME}-0001"
PAGE = f"/supervisor/households/{HOME}-0001"
ENGLISH = {"Accept-Language": "en"}
WHY = "The household confirmed it by telephone"
RULINGS = ("choice", "choice/withdraw", "void")


@pytest.fixture
def census(app: Flask) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def two(census: SmallCensus) -> tuple[str, str]:
    """A full response, which counts, and a thinner one of the first household."""
    full = incoming(census.household())
    thin = incoming(census.household(), mode="mail", h18=None)
    with db.transaction() as session:
        for one in (full, thin):
            receive_submission(session, census.enumerator, one, at=utcnow())
    return full.instance_id, thin.instance_id


@pytest.fixture
def supervisor(app: Flask, census: SmallCensus) -> Caller:
    """The supervisor of the district."""
    return caller_of(app, census.supervisor)


def rule(caller: Caller, ruling: str, instance_id: str = "", *, seen: str | None = None, **more):
    """Rule over JSON on the household as it is, or as it was seen."""
    etag = caller.api.get(JSON).headers.get("ETag", "")
    body = {"reason": WHY, **more, **({"instance_id": instance_id} if instance_id else {})}
    headers = {**ENGLISH, **({} if seen == "" else {"If-Match": seen or etag})}
    return caller.api.post(f"{JSON}/{ruling}", json=body, headers=headers)


def test_a_chosen_response_counts_until_the_choice_is_withdrawn(supervisor, two):
    chosen = rule(supervisor, "choice", two[1])
    withdrawn = rule(supervisor, "choice/withdraw")

    assert (chosen.status_code, withdrawn.status_code) == (200, 200)
    assert (chosen.json["counting_submission"], chosen.json["chosen_submission"]) == (
        two[1],
        two[1],
    )
    assert withdrawn.json["counting_submission"] == two[0]
    assert chosen.headers["ETag"] != withdrawn.headers["ETag"]


def test_a_void_submission_is_void_however_often_it_is_voided(supervisor, two):
    first = rule(supervisor, "void", two[0])
    again = rule(supervisor, "void", two[0], seen='"what was seen before"')

    standings = {each["instance_id"]: each["standing"] for each in again.json["submissions"]}
    assert (first.status_code, again.status_code) == (200, 200)
    assert standings == {two[0]: "void", two[1]: "counting"}
    assert supervisor.api.get(f"/api/v1/submissions/{two[0]}").json["standing"] == "void"


@pytest.mark.parametrize("ruling", ["choice", "void"])
@pytest.mark.parametrize(
    ("seen", "status", "code"), [("", 428, "if_match.missing"), ('"old"', 412, "batch.changed")]
)
def test_a_ruling_says_what_it_saw(supervisor, two, ruling, seen, status, code):
    answer = rule(supervisor, ruling, two[1], seen=seen)

    assert answer.status_code == status
    assert answer.json["code"] == code
    assert supervisor.api.get(JSON).json["counting_submission"] == two[0]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"reason": ""}, "/reason"),
        ({"reason": "  "}, "/reason"),
        ({"instance_id": "not an id"}, "/instance_id"),
        ({"sha256": "zz"}, "/sha256"),
        ({"more": 1}, "/more"),
    ],
)
def test_a_ruling_that_is_not_valid_says_where(supervisor, two, body, pointer):
    answer = rule(supervisor, "choice", **{"instance_id": two[1], **body})

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]


def test_what_lies_elsewhere_does_not_exist(app, census, two):
    stranger = province_of(app, "21")

    answers = [rule(stranger, each, two[1], seen='"x"') for each in ("choice", "void")]
    answers.append(stranger.api.get(f"{JSON}/differences?first={two[0]}&second={two[1]}"))

    assert [each.status_code for each in answers] == [404, 404, 404]


def test_differences_are_named_item_by_item(supervisor, two):
    answer = supervisor.api.get(f"{JSON}/differences?first={two[0]}&second={two[1]}")

    assert answer.status_code == 200
    assert answer.json["items"] == [{"item": "h18", "first": "1", "second": None}]
    assert (answer.json["first"]["standing"], answer.json["persons"]) == ("counting", [])


@pytest.mark.parametrize("query", ["", "?first=x", "?first=uuid:0", "?second=a"])
def test_differences_of_nothing_are_refused(supervisor, two, query):
    assert supervisor.api.get(f"{JSON}/differences{query}").status_code == 422


def form_of(page, **fields):
    """What a form of the page sends, with what was hidden in it."""
    hidden = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', page.text)[1])
        for name in ("csrf_token", "seen")
    }
    return {**hidden, "ruling_reason": WHY, **fields}


def options_of(page) -> list[str]:
    """What can be ruled on: the values of the list in the form."""
    chooser = page.text.split('name="which"', 1)[1].split("</select>", 1)[0]
    return [unescape(each) for each in re.findall(r'<option value="([^"]*)"', chooser)]


def test_the_page_of_a_household_says_what_counts_and_why(supervisor, two):
    page = supervisor.browser.get(PAGE, headers=ENGLISH)

    assert "By the rules: newest version, most complete, latest." in page.text
    assert "Another one is better." in page.text
    assert len(options_of(page)) == 2


def test_one_submission_is_compared_with_the_one_that_counts_and_chosen(supervisor, two):
    household = supervisor.browser.get(PAGE, headers=ENGLISH)
    address = unescape(re.search(r'href="([^"]*/compare[^"]*)"', household.text)[1])
    page = supervisor.browser.get(address, headers=ENGLISH)
    (thin,) = (each for each in options_of(page) if each.startswith(two[1]))

    answer = supervisor.browser.post(
        f"{PAGE}/choice", data=form_of(page, which=thin), headers=ENGLISH
    )

    assert (answer.status_code, answer.location) == (303, PAGE)
    after = supervisor.browser.get(PAGE, headers=ENGLISH)
    assert f"A supervisor chose it: {WHY}" in unescape(after.text)
    assert supervisor.api.get(JSON).json["counting_submission"] == two[1]


@pytest.mark.parametrize("ruling", RULINGS)
def test_a_ruling_without_a_reason_shows_the_page_again(supervisor, two, ruling):
    if ruling == "choice/withdraw":
        rule(supervisor, "choice", two[1])
    page = supervisor.browser.get(PAGE, headers=ENGLISH)
    fields = form_of(page, which=options_of(page)[0], ruling_reason=" ")

    answer = supervisor.browser.post(f"{PAGE}/{ruling}", data=fields, headers=ENGLISH)

    assert answer.status_code == 422
    assert "Say why." in answer.text


def test_a_page_that_moved_rules_nothing(supervisor, two):
    page = supervisor.browser.get(PAGE, headers=ENGLISH)
    rule(supervisor, "choice", two[1])

    answer = supervisor.browser.post(
        f"{PAGE}/void", data=form_of(page, which=options_of(page)[0]), headers=ENGLISH
    )

    assert answer.status_code == 412
    assert "this changed while you were reading" in answer.text


@pytest.mark.parametrize("which", ["", "x", "uuid:0/zz", "/", "uuid:0"])
def test_what_names_no_submission_is_not_found(supervisor, two, which):
    page = supervisor.browser.get(PAGE, headers=ENGLISH)

    ruled = supervisor.browser.post(
        f"{PAGE}/void", data=form_of(page, which=which), headers=ENGLISH
    )
    compared = supervisor.browser.get(f"{PAGE}/compare", query_string={"first": which})

    assert (ruled.status_code, compared.status_code) == (404, 404)


@pytest.mark.parametrize(
    ("given", "evidence"),
    [
        (
            {"kind": "neighbour_statement", "statement": "Nobody has lived there for a year"},
            "given",
        ),
        ({"kind": "neighbour_statement", "statement": "  "}, "missing"),
        ({"kind": "rumour", "statement": "Perhaps"}, "missing"),
        ("a neighbour said so", "missing"),
        (None, "missing"),
    ],
)
def test_a_neighbours_statement_comes_with_the_visit(app, census, supervisor, given, evidence):
    visit = {
        "action_id": f"uuid:{'1' * 8}-0000-4000-8000-000000000000",
        "type": "visit",
        "household_id": census.household(),
        "at": "2021-02-10T10:00:00+07:00",
        "result": "40",
        "location": "13.3611 100.9847 3 0",
        "evidence": given,
    }

    sent = caller_of(app, census.enumerator).api.post(
        "/api/v1/field-actions", json={"actions": [visit]}
    )

    household = supervisor.api.get(JSON).json
    assert sent.json["results"][0]["outcome"] == "accepted"
    assert household["evidence"] == evidence
    (attempt,) = household["attempts"]
    assert (attempt["result"], attempt["accuracy_m"]) == ("40", 0.0)
    assert attempt["has_evidence"] is (evidence == "given")
    page = supervisor.browser.get(PAGE, headers=ENGLISH).text
    assert "The position was made up by another program (accuracy 0)." in page
    assert ("A neighbour said:" in page) is (evidence == "given")
