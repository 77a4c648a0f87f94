"""Tablets as an office sees them: a link shown once, what each last told, revoked, and its file."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from census.assignment.devices import device_of_token, give_out_device, note_heartbeat
from census.assignment.heartbeats import Heartbeat
from census.assignment.models import Device
from census.collection.models import Submission
from census.core import db
from census.core.clock import set_census_clock, utcnow
from tests.factories.census import NOON, SmallCensus, small_census
from tests.factories.submissions import envelope
from tests.factories.tablet_files import tablet_file, written
from tests.functional.reviewing import caller_of

DEVICES, FILE = "/supervisor/devices", "/supervisor/devices/file"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed, on a day in the middle of its field period."""
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        return small_census(session)


@pytest.fixture
def supervisor(app, census):
    """Somebody who sets up the tablets of the district, with a browser."""
    return caller_of(app, census.supervisor).browser


def given_to(census, actor):
    with db.transaction() as session:
        return give_out_device(session, census.province, actor.id, at=utcnow())


def page(browser, address=DEVICES):
    return browser.get(address, headers=ENGLISH).text


def post(browser, address, **fields):
    token = re.search(r'name="csrf_token" value="([^"]*)"', page(browser))[1]
    content = {"csrf_token": token, **fields}
    return browser.post(address, data=content, headers=ENGLISH)


def bring(browser, data):
    return post(browser, FILE, file=(io.BytesIO(data), "tablet.sammano"))


def form_of(**parts):
    """A form as a browser sends it, each part as a file."""
    head = '--frontier\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    named = {"file": '; filename="tablet.sammano"'}
    written_parts = [
        head.format(name, named.get(name, "")).encode() + content + b"\r\n"
        for name, content in parts.items()
    ]
    return b"".join(written_parts) + b"--frontier--\r\n"


def counted(table):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_an_office_gives_out_a_link_whose_secret_is_in_the_fragment_only(supervisor, census):
    answer = post(supervisor, f"{DEVICES}/{census.enumerator.id}/tablet")

    link = unescape(re.search(r"<code[^>]*>([^<]*)</code>", answer.text)[1])
    address, _, secret = link.partition("#/set-up/")
    assert address == "http://localhost/field/"
    with db.reading() as session:
        enrolled = device_of_token(session, secret)
    assert enrolled.enumerator.username == "enumerator1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert secret not in page(supervisor)


def test_the_list_says_when_a_tablet_was_last_heard_of_and_what_it_holds(supervisor, census):
    given = given_to(census, census.enumerator)
    told = Heartbeat(unsent=12, app_version="3f2a", battery=0.5, storage_persisted=False)
    with db.transaction() as session:
        note_heartbeat(session, given.token.secret, told, heard_at=utcnow())

    shown = page(supervisor)

    for words in ("enumerator1 1", "last heard of", "unsent: 12", "app 3f2a", "battery 50%"):
        assert words in shown
    assert "its store is not protected" in shown


def test_a_tablet_nobody_has_heard_of_says_so(supervisor, census):
    given_to(census, census.enumerator)

    assert "never heard of" in page(supervisor)


def test_a_lost_tablet_is_revoked_and_stays_on_the_list(client, supervisor, census):
    given = given_to(census, census.enumerator)
    token = re.search(r'name="token" value="([^"]*)"', page(supervisor))[1]

    post(supervisor, f"{DEVICES}/{census.enumerator.id}/revoke", token=token)

    headers = {"Authorization": f"Bearer {given.token.secret}"}
    assert client.get("/api/v1/workload", headers=headers).json["code"] == "token.revoked"
    assert "Revoked</strong>" in page(supervisor)
    assert 'name="token"' not in page(supervisor)


def test_tablets_of_other_areas_are_not_shown_and_cannot_be_given_out(supervisor, census):
    given_to(census, census.neighbour)

    answer = post(supervisor, f"{DEVICES}/{census.neighbour.id}/tablet")

    assert answer.status_code == 404
    assert "enumerator2" not in page(supervisor)
    assert counted(Device) == 1


def test_after_the_last_field_period_the_page_says_why_there_is_no_link(supervisor, census):
    with db.transaction() as session:
        set_census_clock(session, shows=NOON + timedelta(days=200), at=utcnow())

    answer = post(supervisor, f"{DEVICES}/{census.enumerator.id}/tablet")

    assert answer.status_code == 409
    assert "no token can be given out" in answer.text


def test_an_office_takes_in_the_file_of_a_tablet_that_could_not_send(supervisor, census):
    given = given_to(census, census.enumerator)
    data = written(
        tablet_file(
            given.device.id,
            given.token.secret,
            ("submission", envelope(census.household(1))),
            ("submission", envelope(census.household(2))),
            drafts=({"household_id": census.household(3), "saved_at": "2021-02-10T09:00:00Z"},),
        )
    )

    answer = bring(supervisor, data)

    assert answer.status_code == 200
    assert re.search(r"<dt>Taken in</dt><dd>2</dd>", answer.text)
    assert census.household(3) in answer.text
    assert counted(Submission) == 2


def test_a_file_larger_than_a_usual_form_is_taken(supervisor, census):
    given = given_to(census, census.enumerator)
    document = tablet_file(given.device.id, given.token.secret)
    document["padding"] = "x" * 3_000_000
    token = re.search(r'name="csrf_token" value="([^"]*)"', page(supervisor))[1]

    answer = supervisor.post(
        FILE,
        data=form_of(csrf_token=token.encode(), file=written(document)),
        content_type="multipart/form-data; boundary=frontier",
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a workbook"])
def test_what_is_no_file_of_a_tablet_is_refused_with_a_sentence(supervisor, data):
    answer = bring(supervisor, data)

    assert answer.status_code == 422
    assert "This is no file of a tablet, or it is damaged" in answer.text


def test_a_file_of_another_area_is_refused_with_a_sentence(supervisor, census):
    given = given_to(census, census.neighbour)
    record = ("submission", envelope(census.household(1)))

    answer = bring(supervisor, written(tablet_file(given.device.id, given.token.secret, record)))

    assert answer.status_code == 422
    assert "outside your areas" in answer.text
    assert counted(Submission) == 0


def test_a_form_without_its_token_is_not_even_read(supervisor):
    answer = supervisor.post(FILE, data={"file": (io.BytesIO(b"{}"), "tablet.sammano")})

    assert answer.status_code == 403
