"""Photos and logs from outside: sent in a form, told one by one, read by those who may."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from census.accounts.codelists import TokenKind
from census.accounts.services import issue_token, revoke_token
from census.collection.attached import Attachment
from census.core import db
from census.core.clock import utcnow
from census.core.events import Event
from tests.factories import photos
from tests.factories.audit_logs import FULL, log, row
from tests.factories.census import HOME, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.photos import CANARY, HOSTILE
from tests.factories.submissions import envelope
from tests.functional.conftest import Caller
from tests.functional.reviewing import caller_of

NAME = "หน้าบ้าน เลขที่ ๑.jpg"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def census(app: Flask) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def enumerator(app: Flask, census: SmallCensus) -> Caller:
    """Whoever collects in the first area."""
    return caller_of(app, census.enumerator)


@pytest.fixture
def supervisor(app: Flask, census: SmallCensus) -> Caller:
    """Whoever reviews the first area."""
    return caller_of(app, census.supervisor)


@pytest.fixture
def instance_id(census: SmallCensus, enumerator: Caller) -> str:
    """A submission that was taken in."""
    record = envelope(census.household())
    answer = enumerator.api.post("/api/v1/submissions", json={"submissions": [record]})
    assert answer.json["results"][0]["outcome"] == "accepted"
    return str(record["instance_id"])


def send(caller: Caller, address: str, *files: tuple[str, bytes]) -> TestResponse:
    form = [("files", (io.BytesIO(data), name)) for name, data in files]
    return caller.api.post(
        address,
        data={"files": [each for _field, each in form]},
        content_type="multipart/form-data",
        headers=ENGLISH,
    )


def address_of(instance_id: str) -> str:
    return f"/api/v1/submissions/{instance_id}/attachments"


def outcomes(answer: TestResponse) -> list[tuple[str, str | None]]:
    return [(each["outcome"], each["code"]) for each in answer.json["results"]]


def kept_files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()]


def test_a_photo_is_sent_listed_and_read(
    enumerator: Caller, supervisor: Caller, instance_id: str, tmp_path: Path
) -> None:
    sent = send(enumerator, address_of(instance_id), (NAME, photos.talkative_jpeg()))
    listed = supervisor.api.get(address_of(instance_id))
    read = supervisor.api.get(f"{address_of(instance_id)}/{NAME}")

    assert (sent.status_code, outcomes(sent)) == (200, [("accepted", None)])
    (line,) = listed.json["attachments"]
    assert (line["name"], line["kind"], line["is_variant"]) == (NAME, "photo", False)
    assert (line["width"], line["height"]) == (64, 48)
    assert read.status_code == 200
    assert read.data.startswith(b"\xff\xd8\xff\xe0")
    assert CANARY.encode() not in read.data
    assert all(CANARY.encode() not in path.read_bytes() for path in kept_files(tmp_path))


def test_a_file_is_never_opened_as_a_page(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    send(enumerator, address_of(instance_id), (NAME, photos.jpeg()), ("x.jpg", HOSTILE["html"]))

    photo = supervisor.api.get(f"{address_of(instance_id)}/{NAME}")
    other = supervisor.api.get(f"{address_of(instance_id)}/x.jpg")

    assert photo.headers["Content-Type"] == "image/jpeg"
    assert other.headers["Content-Type"] == "application/octet-stream"
    for answer in (photo, other):
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_again_is_fine_and_other_bytes_are_told(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    first, second = photos.jpeg(), photos.jpeg(80, 60)
    send(enumerator, address_of(instance_id), (NAME, first))

    again = send(enumerator, address_of(instance_id), (NAME, first))
    other = send(enumerator, address_of(instance_id), (NAME, second), ("b.jpg", second))

    assert (again.status_code, outcomes(again)) == (200, [("duplicate", None)])
    assert (other.status_code, other.json["code"]) == (409, "attachment.conflict")
    assert other.mimetype == "application/problem+json"
    assert [each["pointer"] for each in other.json["errors"]] == ["/files/0"]
    assert outcomes(other) == [("conflict", "attachment.conflict"), ("accepted", None)]
    listed = supervisor.api.get(address_of(instance_id)).json["attachments"]
    assert [each["is_variant"] for each in listed if each["name"] == NAME] == [False, True]
    digest = listed[-1]["sha256"] if listed[-1]["is_variant"] else listed[-2]["sha256"]
    variant = supervisor.api.get(f"{address_of(instance_id)}/{NAME}?sha256={digest}")
    assert variant.status_code == 200
    assert variant.data != supervisor.api.get(f"{address_of(instance_id)}/{NAME}").data


def test_a_bad_name_refuses_one_file_and_not_its_neighbours(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    answer = send(enumerator, address_of(instance_id), (".hidden", b"x"), (NAME, photos.jpeg()))

    assert (answer.status_code, answer.json["code"]) == (422, "attachment.refused")
    assert outcomes(answer) == [("refused", "attachment.invalid_name"), ("accepted", None)]
    assert len(supervisor.api.get(address_of(instance_id)).json["attachments"]) == 1


def test_everything_hostile_is_kept_and_nothing_of_it_is_a_photo(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    sent = [(f"{name}.jpg", data) for name, data in HOSTILE.items()]

    answer = send(enumerator, address_of(instance_id), *sent)

    assert answer.status_code == 200
    listed = supervisor.api.get(address_of(instance_id)).json["attachments"]
    assert {each["kind"] for each in listed} == {"unreadable"}
    assert len(listed) == len(HOSTILE)


def test_the_log_of_an_interview_is_read_back_without_any_answer(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    sent = log(
        row("form start", "", 0, None, ",13.36,100.98,0,,,,"),
        row("question", "/data/h01", 1, 2, ",13.36,100.98,8,,SECRET,enumerator1,"),
        row("question", "/data/h02", 2, 9, ",13.36,100.98,8,SECRET,SECRET2,enumerator1,WHY"),
        header=FULL,
    )
    none = supervisor.api.get(f"/api/v1/submissions/{instance_id}/paradata")
    send(enumerator, address_of(instance_id), ("audit.csv", sent))

    told = supervisor.api.get(f"/api/v1/submissions/{instance_id}/paradata")

    assert (none.status_code, none.json["code"]) == (404, "paradata.not_found")
    assert told.status_code == 200
    assert told.json["interview_ms"] == 8_000
    assert (told.json["positions"], told.json["mock_positions"]) == (3, 1)
    assert told.json["nodes"][0] == {
        "node": "/data/h02",
        "milliseconds": 7_000,
        "visits": 1,
        "changes": 1,
    }
    assert "SECRET" not in told.text
    assert "WHY" not in told.text


def test_reading_a_file_is_an_event_and_listing_them_is_none(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    send(enumerator, address_of(instance_id), (NAME, photos.jpeg()))
    supervisor.api.get(address_of(instance_id))
    supervisor.api.get(f"{address_of(instance_id)}/{NAME}")

    with db.reading() as session:
        read = session.scalars(select(Event).where(Event.name == "attachment.read")).all()
    assert [(event.actor_id, event.subject) for event in read] == [
        (supervisor.actor.id, instance_id)
    ]


def test_what_lies_elsewhere_does_not_exist(
    app: Flask, census: SmallCensus, enumerator: Caller, instance_id: str, tmp_path: Path
) -> None:
    neighbour = caller_of(app, census.neighbour)

    unknown = send(enumerator, address_of(new_instance_id()), (NAME, photos.jpeg()))
    foreign = send(neighbour, address_of(instance_id), (NAME, photos.jpeg()))
    nonsense = send(enumerator, address_of("nonsense"), (NAME, photos.jpeg()))

    for answer in (unknown, foreign, nonsense):
        assert (answer.status_code, answer.json["code"]) == (404, "submission.not_found")
    assert kept_files(tmp_path) == []


def test_a_revoked_tablet_still_brings_its_photos(enumerator: Caller, census: SmallCensus) -> None:
    tablet = enumerator
    with db.transaction() as session:
        issued = issue_token(session, tablet.actor.id, kind=TokenKind.DEVICE, at=utcnow())
        revoke_token(session, issued.secret, at=utcnow())
    tablet.api.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issued.secret}"
    record = envelope(census.household())

    stored = tablet.api.post("/api/v1/submissions", json={"submissions": [record]})
    answer = send(tablet, address_of(str(record["instance_id"])), (NAME, photos.jpeg()))

    assert stored.json["results"][0]["code"] == "token.revoked"
    assert outcomes(answer) == [("accepted", None)]


def test_a_photo_of_a_visit_is_kept_with_the_visit(
    census: SmallCensus, enumerator: Caller, supervisor: Caller
) -> None:
    action = {
        "action_id": new_instance_id(),
        "type": "visit",
        "household_id": census.household(),
        "at": "2021-02-10T12:00:00+07:00",
        "location": {"latitude": 13.36, "longitude": 100.98, "accuracy": 0},
        "result": "40",
    }
    enumerator.api.post("/api/v1/field-actions", json={"actions": [action]})
    address = f"/api/v1/field-actions/{action['action_id']}/attachments"

    answer = send(enumerator, address, (NAME, photos.jpeg()))
    unknown = send(
        enumerator, f"/api/v1/field-actions/{new_instance_id()}/attachments", ("a.jpg", b"x")
    )

    assert (answer.status_code, outcomes(answer)) == (200, [("accepted", None)])
    assert (unknown.status_code, unknown.json["code"]) == (404, "field_action.not_found")


DAMAGED = {
    "no form": (b"{}", "application/json", 415),
    "nothing": (b"", "multipart/form-data", 422),
    "no part": (b"--x--\r\n", "multipart/form-data; boundary=x", 422),
    "no boundary": (b"no boundary at all", "multipart/form-data; boundary=x", 422),
    "cut off": (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\nhalf of i',
        "multipart/form-data; boundary=x",
        422,
    ),
    "no file": (
        b'--x\r\nContent-Disposition: form-data; name="only"\r\n\r\ntext\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
        422,
    ),
    "strange boundary": (b"--\xe0\r\n", "multipart/form-data; boundary=\xe0", 422),
    "too large": (b"x" * 10_000_001, "multipart/form-data; boundary=x", 413),
}


def test_a_body_that_is_no_whole_form_is_refused_and_nothing_of_it_kept(
    enumerator: Caller, instance_id: str, tmp_path: Path
) -> None:
    answered = {
        name: enumerator.api.post(
            address_of(instance_id), data=body, content_type=content_type
        ).status_code
        for name, (body, content_type, _status) in DAMAGED.items()
    }

    assert answered == {name: status for name, (_body, _type, status) in DAMAGED.items()}
    assert kept_files(tmp_path) == []


def test_more_files_than_are_taken_at_once_are_refused(
    enumerator: Caller, instance_id: str, tmp_path: Path
) -> None:
    answer = send(enumerator, address_of(instance_id), *((f"{n}.bin", b"x") for n in range(101)))

    assert answer.status_code == 413
    assert kept_files(tmp_path) == []


def test_a_store_that_cannot_be_written_says_to_come_again_and_rows_are_still_taken(
    census: SmallCensus, enumerator: Caller, instance_id: str, tmp_path: Path
) -> None:
    (tmp_path / "uploads").write_text("a file where the directory should be")

    answer = send(enumerator, address_of(instance_id), (NAME, photos.jpeg()))
    record = envelope(census.household(2))
    taken = enumerator.api.post("/api/v1/submissions", json={"submissions": [record]})

    assert (answer.status_code, answer.json["code"]) == (503, "files.unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    with db.reading() as session:
        assert session.scalars(select(Attachment)).all() == []
    assert taken.json["results"][0]["outcome"] == "accepted"


def test_the_page_of_a_household_shows_its_photos_and_slowest_screens(
    enumerator: Caller, supervisor: Caller, instance_id: str
) -> None:
    told = log(
        row("form start", "", 0),
        row("question", "/data/h01", 1, 66),
        row("question", "/data/person[2]/p05_year", 66, 68),
    )
    send(
        enumerator,
        address_of(instance_id),
        (NAME, photos.jpeg()),
        ("broken.jpg", b"x"),
        ("audit.csv", told),
    )
    with db.reading() as session:
        photo = session.scalars(select(Attachment).where(Attachment.name == NAME)).one()

    page = supervisor.browser.get(f"/supervisor/households/{HOME}-0001", headers=ENGLISH)
    address = f"/supervisor/households/{HOME}-0001/photos/{photo.id}"
    picture = supervisor.browser.get(address)

    assert page.status_code == 200
    assert f'src="{address}"' in page.text
    assert 'alt="Photo 1 of 1, 64 by 48 pixels"' in page.text
    assert "1 min 7 s" in page.text
    assert "p05_year" in page.text
    assert "1 file is no readable photo" in page.text
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    thai = supervisor.browser.get(
        f"/supervisor/households/{HOME}-0001", headers={"Accept-Language": "th"}
    )
    assert "การสัมภาษณ์เป็นอย่างไร" in thai.text
    assert "1 นาที 7 วินาที" in thai.text
    elsewhere = f"/supervisor/households/{HOME}-0002/photos/{photo.id}"
    assert supervisor.browser.get(elsewhere).status_code == 404
