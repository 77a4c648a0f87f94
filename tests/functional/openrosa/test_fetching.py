"""What ODK Collect fetches: the list of forms, the form, its lists, and only what has changed."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest
from lxml import etree
from sqlalchemy import select

from census.assignment.services import lease_area
from census.collection import services
from census.collection.models import Questionnaire
from census.core import db
from census.core.clock import utcnow
from census.core.events import Event
from census.review.queries import batch
from census.review.rules import Seen
from census.review.services import return_households
from tests.factories.binding import bind
from tests.factories.census import AWAY, HOME
from tests.factories.frame import RegisterPersonFactory
from tests.factories.submissions import incoming
from tests.functional.openrosa.collect import NotOpenRosaError

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def lists(collect) -> dict[str, list[dict[str, str]]]:
    """Every list of the form, by file name."""
    (form,) = collect.form_list()
    return {each.filename: rows_of(collect.media(each)) for each in collect.manifest(form)}


def hashes(collect) -> dict[str, str]:
    (form,) = collect.form_list()
    return {each.filename: each.hash for each in collect.manifest(form)}


def test_the_form_comes_with_its_hash_and_whole_addresses(collect, xform):
    (form,) = collect.form_list()

    assert (form.form_id, form.version) == ("household", "2564.1")
    assert "สำมะโน" in form.name
    assert form.download_url.startswith(collect.server_url)
    assert form.manifest_url.startswith(collect.server_url)
    assert collect.form(form) == xform
    assert form.hash == hashlib.md5(xform, usedforsecurity=False).hexdigest()


def test_addresses_are_https_where_the_request_was(collect):
    collect.server_url = collect.server_url.replace("http://", "https://")

    (form,) = collect.form_list()

    assert form.download_url.startswith("https://localhost/openrosa/")


def test_every_answer_says_that_it_is_openrosa(collect):
    (form,) = collect.form_list()
    (households, register) = collect.manifest(form)
    collect.media(households)
    collect.media(register)
    collect.is_deleted(households, [])
    collect.get(f"{collect.server_url}/nothing")
    collect.get(f"{collect.server_url}/forms/household/1999.1")

    assert {each.headers["X-OpenRosa-Version"] for each in collect.answers} == {"1.0"}
    assert {each.headers["Content-Language"] for each in collect.answers} == {"th"}
    assert [each.status_code for each in collect.answers[-2:]] == [404, 404]
    assert {each.content_type for each in collect.answers[:2]} == {"text/xml; charset=utf-8"}


def test_a_client_that_has_the_same_already_is_told_so(collect):
    (form,) = collect.form_list()
    for address in (f"{collect.server_url}/formList", form.download_url, form.manifest_url):
        first = collect.get(address)

        again = collect.get(address, **{"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == "private, no-cache"


def test_names_of_the_register_are_kept_in_no_cache(collect):
    (form,) = collect.form_list()
    for each in collect.manifest(form):
        collect.media(each)
        assert collect.answers[-1].headers["Cache-Control"] == "no-store"


def test_a_request_without_the_header_of_openrosa_is_answered_all_the_same(app, collect):
    answer = app.test_client().get(f"{collect.server_url}/formList")

    assert answer.status_code == 200


def test_a_retired_version_is_offered_no_more(collect):
    with db.transaction() as session:
        services.retire_questionnaire(session, None, "household", "2564.1", at=utcnow())

    assert collect.form_list() == []


def test_of_two_versions_the_newer_is_offered(collect, xform):
    newer = xform.replace(b'version="2564.1"', b'version="2564.2"')
    with db.transaction() as session:
        services.publish_questionnaire(
            session, None, "household", "2564.2", xform=newer, workbook=b"", at=utcnow()
        )

    assert [each.version for each in collect.form_list()] == ["2564.2"]


def test_a_form_without_lists_has_no_manifest(collect):
    plain = b"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>A</title></head></html>"
    with db.transaction() as session:
        services.publish_questionnaire(
            session, None, "another", "1", xform=plain, workbook=b"", at=utcnow()
        )

    another, household = collect.form_list()

    assert (another.form_id, another.name, another.manifest_url) == ("another", "A", None)
    assert household.manifest_url is not None
    assert etree.fromstring(collect.get(household.manifest_url).data).tag.endswith("manifest")


def test_a_fault_of_ours_is_never_an_empty_list(app, collect):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with db.transaction() as session:
        published = session.get_one(Questionnaire, ("household", "2564.1"))
        published.xform, published.sha256 = b"not a form", b"of another form"

    with pytest.raises(NotOpenRosaError, match="500"):
        collect.form_list()

    assert b"<message" in collect.answers[-1].data


def test_the_list_holds_the_households_of_the_enumerator_and_no_other(collect, census):
    rows = lists(collect)["households.csv"]

    assert [row["household_id"] for row in rows] == [census.household(n) for n in range(1, 6)]
    assert {row["ea_code"] for row in rows} == {HOME}
    assert {row["task"] for row in rows} == {"enumerate"}
    assert rows[0]["label"] == f"{census.household()} 1 หมู่ 1"
    assert rows[0]["address"] == "1 หมู่ 1"
    assert (rows[0]["register_persons"], rows[0]["house_code"]) == ("3", "99000000001")
    assert len({row["name"] for row in rows}) == 5


def test_an_entity_keeps_its_identity_and_its_version_grows(collect, census):
    before = lists(collect)["households.csv"][0]
    with db.transaction() as session:
        services.receive_submission(
            session, census.enumerator, incoming(census.household()), at=utcnow()
        )

    after = lists(collect)["households.csv"][0]

    assert before["name"] == after["name"]
    assert int(after["__version"]) > int(before["__version"])
    assert (after["task"], after["disposition"]) == ("none", "11")


def test_what_a_supervisor_returned_comes_back_with_the_reason(collect, census):
    at = utcnow()
    with db.transaction() as session:
        services.receive_submission(session, census.enumerator, incoming(census.household()), at=at)
    with db.transaction() as session:
        return_first_household(session, census, at)

    first, second = lists(collect)["households.csv"][:2]

    assert (first["task"], first["comment"]) == ("correct", "อายุของสมาชิกคนที่ 2")
    assert (second["task"], second["comment"]) == ("enumerate", "")


def return_first_household(session, census, at):
    return_households(
        session,
        census.supervisor,
        HOME,
        seen=Seen(batch(session, census.supervisor, HOME).etag),
        households=[census.household()],
        reason="อายุของสมาชิกคนที่ 2",
        questions=[],
        at=at,
    )


def test_registered_persons_come_with_their_household_and_reading_them_is_an_event(collect, census):
    with db.transaction() as session:
        bind(session)
        RegisterPersonFactory(house_code="99000000001", first_name="สมชาย", surname="ใจดี")

    found = lists(collect)

    assert found["households.csv"][0]["members"] == "สมชาย ใจดี"
    (person,) = found["register.csv"]
    assert person["household_id"] == census.household()
    assert person["label"].startswith("สมชาย ใจดี")
    with db.reading() as session:
        reads = session.scalars(select(Event).where(Event.name == "workload.read")).all()
    assert [each.details for each in reads] == [{"list": "households"}, {"list": "register"}]
    assert {each.actor_id for each in reads} == {census.enumerator.id}


def test_the_hash_of_a_list_follows_a_counter_that_only_grows(collect, census):
    at = utcnow()
    first = hashes(collect)
    with db.transaction() as session:
        lease_area(session, census.province, AWAY, enumerator_id=census.enumerator.id, at=at)
    second = hashes(collect)
    with db.transaction() as session:
        lease_area(session, census.province, AWAY, enumerator_id=census.neighbour.id, at=at)
    third = hashes(collect)

    assert hashes(collect) == third
    for name in ("households.csv", "register.csv"):
        assert len({each[name] for each in (first, second, third)}) == 3


def test_integrity_tells_which_households_are_no_longer_there(collect, census):
    (form,) = collect.form_list()
    households = collect.manifest(form)[0]
    ids = [row["name"] for row in rows_of(collect.media(households))]
    elsewhere = "00000000-0000-4000-8000-000000000000"

    told = collect.is_deleted(households, [ids[0], elsewhere, "not an id"])

    assert told == {ids[0]: False, elsewhere: True}


def test_a_list_that_the_form_does_not_use_is_not_there(collect):
    for name in ("persons", "..", "households"):
        answer = collect.get(f"{collect.server_url}/media/household/2564.1/{name}.csv")
        assert answer.status_code == (200 if name == "households" else 404)
    assert collect.get(f"{collect.server_url}/integrity/register").status_code == 404
