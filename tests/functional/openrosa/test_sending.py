"""What ODK Collect sends: records with files, in parts, again and again, and corrected later."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from census.accounts.services import revoke_token
from census.collection.attached import Attachment
from census.collection.codelists import Standing
from census.collection.models import Receipt, Submission
from census.collection.services import retire_questionnaire
from census.collection.services.keeping import unseal_raw
from census.core import db
from census.core.clock import utcnow
from census.core.events import Event
from tests.factories.census import AWAY
from tests.factories.instances import household_instance, new_instance_id
from tests.functional.openrosa.collect import Collect, UploadFailedError, record_name

ONE_ENGINE = pytest.mark.parametrize("engine_name", ["sqlite"])
"""For what no database has a part in."""

AUDIT = b"""event,node,start,end
form start,,1606878000000,
question,/data/h01,1606878001000,1606878009000
"""


def instance(census, serial: int = 1, **answers) -> bytes:
    return household_instance(census.household(serial), **answers).encode()


def stored() -> list[Submission]:
    """Every stored submission, in the order of arrival."""
    with db.reading() as session:
        return list(
            session.scalars(select(Submission).order_by(Submission.received_at, Submission.id))
        )


def files_of(instance_id: str) -> list[str]:
    with db.reading() as session:
        return sorted(
            session.scalars(select(Attachment.name).where(Attachment.owner_id == instance_id))
        )


def status(collect: Collect) -> int:
    return collect.answers[-1].status_code


def test_a_record_is_kept_byte_for_byte_and_counts(collect, census):
    sent = instance(census)

    message = collect.send(sent)

    (submission,) = stored()
    assert (status(collect), message) == (201, "ได้รับแบบแล้ว")
    assert submission.standing is Standing.COUNTING
    assert submission.sender_id == census.enumerator.id
    with db.reading() as session:
        kept = session.get_one(Submission, (submission.province_code, submission.id))
        assert unseal_raw(kept.raw_sealed, kept.id) == sent


@ONE_ENGINE
def test_head_and_get_tell_how_much_one_request_may_hold(collect):
    for method in ("HEAD", "GET"):
        answer = collect.http.open(f"{collect.server_url}/submission", method=method)
        assert (answer.status_code, answer.data) == (204, b"")
        assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "10000000"
        assert answer.headers["X-OpenRosa-Version"] == "1.0"


@ONE_ENGINE
def test_what_edits_found_is_told_in_words(collect, census):
    collect.language = "en"

    message = collect.send(instance(census, h23=9))

    assert status(collect) == 201
    assert message.startswith("Received. ")
    assert "to correct" in message


@ONE_ENGINE
def test_a_record_sent_in_chunks_is_taken_in(collect, census):
    collect.is_chunked = True

    collect.send(instance(census), {"audit.csv": AUDIT})

    assert len(stored()) == 1


@ONE_ENGINE
def test_a_record_as_a_plain_body_is_taken_in(collect, census):
    sent = instance(census)

    answer = collect.http.post(
        f"{collect.server_url}/submission", data=sent, content_type="text/xml"
    )

    assert (answer.status_code, len(stored())) == (201, 1)


@ONE_ENGINE
def test_a_record_in_a_field_without_a_file_name_is_taken_in(collect, census):
    answer = collect.http.post(
        f"{collect.server_url}/submission",
        data={"xml_submission_file": instance(census).decode()},
        content_type="multipart/form-data",
    )

    assert (answer.status_code, len(stored())) == (201, 1)


def test_the_same_again_after_a_lost_answer_is_taken_for_the_same(collect, census):
    sent = instance(census)
    collect.send(sent, {"audit.csv": AUDIT})

    messages = [collect.send(sent, {"audit.csv": AUDIT}) for _ in range(3)]

    assert status(collect) == 201
    assert set(messages) == {"ได้รับแบบนี้ไว้แล้ว"}
    assert len(stored()) == 1
    assert files_of(stored()[0].instance_id) == ["audit.csv"]


def test_files_come_with_thai_names_and_again_in_later_requests(collect, census):
    instance_id = new_instance_id()
    sent = instance(census, instance_id=instance_id)
    collect.send(sent, {"บ้านเลขที่ ๑.jpg": b"one"})

    collect.send(sent, {"audit.csv": AUDIT}, name=record_name())

    assert files_of(instance_id) == ["audit.csv", "บ้านเลขที่ ๑.jpg"]
    assert len(stored()) == 1


def test_a_hundred_files_and_more_come_in_several_requests(collect, census):
    instance_id = new_instance_id()
    files = {f"{number:03d}.jpg": b"%d" % number for number in range(103)}

    collect.send(instance(census, instance_id=instance_id), files)

    posts = [each for each in collect.answers if each.request.method == "POST"]
    assert [each.status_code for each in posts] == [201, 201]
    assert files_of(instance_id) == sorted(files)
    assert len(stored()) == 1


def test_files_beyond_what_is_accepted_at_once_come_in_several_requests(collect, census):
    instance_id = new_instance_id()
    files = {f"{letter}.jpg": letter.encode() * 4_000_000 for letter in "abcde"}

    collect.send(instance(census, instance_id=instance_id), files)

    posts = [each for each in collect.answers if each.request.method == "POST"]
    assert [each.status_code for each in posts] == [201, 201, 201]
    assert files_of(instance_id) == sorted(files)


def test_a_file_that_contradicts_another_does_not_cost_the_record(collect, census):
    sent = instance(census)
    collect.send(sent, {"audit.csv": AUDIT})

    collect.send(sent, {"audit.csv": AUDIT + b"end screen,,1606878010000,\n"})

    assert status(collect) == 201
    assert files_of(stored()[0].instance_id) == ["audit.csv", "audit.csv"]


def test_a_file_that_cannot_be_kept_is_told_and_does_not_cost_the_record(collect, census):
    collect.language = "en"

    message = collect.send(instance(census), {"large.jpg": b"x" * 5_000_001})

    assert (status(collect), len(stored())) == (201, 1)
    assert message == "Received. 1 attachments were not stored."


def test_other_bytes_under_the_same_id_are_kept_and_refused(collect, census):
    instance_id = new_instance_id()
    collect.send(instance(census, instance_id=instance_id))

    with pytest.raises(UploadFailedError, match="ด้วยเนื้อหาอื่น"):
        collect.send(instance(census, instance_id=instance_id, h08=5), {"audit.csv": AUDIT})

    assert status(collect) == 409
    assert [each.standing for each in stored()] == [Standing.COUNTING, Standing.CONFLICT]
    assert files_of(instance_id) == []


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"version": "1999.1"}, "questionnaire.unknown_version"),
        ({"household_id": f"{AWAY}-0001"}, "household.foreign"),
        ({"household_id": "22001011001-8888"}, "household.unknown"),
    ],
    ids=["version", "foreign", "unknown"],
)
def test_what_cannot_be_placed_is_kept_and_answered_202(collect, census, answers, reason):
    answers = dict(answers)
    household = answers.pop("household_id", census.household())

    message = collect.send(household_instance(household, **answers).encode(), {"audit.csv": AUDIT})

    (submission,) = stored()
    assert status(collect) == 202
    assert "รอเจ้าหน้าที่ตรวจสอบ" in message
    assert (submission.standing, submission.reason_code) == (Standing.QUARANTINED, reason)
    assert files_of(submission.instance_id) == ["audit.csv"]


def test_a_damaged_record_is_kept_as_long_as_it_says_what_it_is(collect, census):
    collect.send(instance(census).replace(b"</h01>", b"</h0>"))

    assert status(collect) == 202
    assert stored()[0].reason_code == "submission.unreadable"


def test_an_edit_names_what_it_replaces(collect, census):
    first, second = new_instance_id(), new_instance_id()
    collect.send(instance(census, instance_id=first))

    collect.send(instance(census, instance_id=second, deprecated_id=first, h08=4))

    assert status(collect) == 201
    assert {each.instance_id: each.standing for each in stored()} == {
        first: Standing.SUPERSEDED,
        second: Standing.COUNTING,
    }


def test_an_edit_of_what_never_came_is_kept(collect, census):
    collect.send(instance(census, deprecated_id=new_instance_id()))

    (submission,) = stored()
    assert status(collect) == 202
    assert submission.standing is Standing.QUARANTINED


@ONE_ENGINE
def test_what_another_program_encrypted_is_kept_with_its_files(collect):
    instance_id = new_instance_id()
    sealed = f"""<data xmlns="http://opendatakit.org/submissions" id="household" version="2564.1"
        encrypted="yes"><base64EncryptedKey>a2V5</base64EncryptedKey>
        <meta xmlns="http://openrosa.org/xforms"><instanceID>{instance_id}</instanceID></meta>
        <encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"""

    collect.send(sealed.encode(), {"submission.xml.enc": b"opaque"})

    assert status(collect) == 202
    assert stored()[0].instance_id == instance_id
    assert files_of(instance_id) == ["submission.xml.enc"]


def test_a_retired_version_is_still_taken_in(collect, census):
    with db.transaction() as session:
        retire_questionnaire(session, None, "household", "2564.1", at=utcnow())

    collect.send(instance(census))

    assert (status(collect), stored()[0].standing) == (201, Standing.COUNTING)


def test_a_revoked_token_still_delivers_what_the_tablet_holds(collect, census):
    token = collect.server_url.rpartition("/")[2]
    with db.transaction() as session:
        revoke_token(session, token, at=utcnow())

    collect.send(instance(census), {"audit.csv": AUDIT})

    (submission,) = stored()
    assert status(collect) == 202
    assert (submission.standing, submission.reason_code) == (Standing.QUARANTINED, "token.revoked")
    assert files_of(submission.instance_id) == ["audit.csv"]
    assert collect.get(f"{collect.server_url}/formList").status_code == 403


@ONE_ENGINE
def test_an_unknown_token_is_forbidden_and_not_asked_for_a_password(app, census):
    stranger = Collect(app.test_client(), "https://localhost/openrosa/never-given-out")

    with pytest.raises(UploadFailedError, match="เข้าสู่ระบบ"):
        stranger.send(instance(census))

    assert [each.status_code for each in stranger.answers] == [403, 403]
    assert "WWW-Authenticate" not in stranger.answers[-1].headers
    assert stored() == []


BAD_BODIES = {
    "nothing": (b"", "multipart/form-data; boundary=x"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "cut off": (
        b'--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a"\r\n\r\n<',
        "multipart/form-data; boundary=x",
    ),
    "no record": (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\nb\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "no id": (b"<data id='household' version='2564.1'/>", "text/xml"),
    "bad id": (
        b"<data><meta><instanceID>uuid:1</instanceID></meta></data>",
        "application/xml",
    ),
    "empty": (b"", "text/xml"),
    "form": (b"a=b", "application/x-www-form-urlencoded"),
}


@ONE_ENGINE
@pytest.mark.parametrize("name", BAD_BODIES)
def test_what_holds_no_record_is_refused_with_a_message(collect, name):
    body, media_type = BAD_BODIES[name]

    answer = collect.http.post(
        f"{collect.server_url}/submission", data=body, content_type=media_type
    )

    assert answer.status_code == 400
    assert answer.content_type == "text/xml; charset=utf-8"
    assert b"OpenRosaResponse" in answer.data
    assert stored() == []


@ONE_ENGINE
def test_a_record_over_the_limit_is_refused_with_a_message(collect, census):
    large = instance(census).replace(b"<h01>", b"<!--" + b"x" * 2_000_001 + b"--><h01>")

    with pytest.raises(UploadFailedError, match="ใหญ่เกินกำหนด"):
        collect.send(large)

    assert (status(collect), stored()) == (413, [])


@ONE_ENGINE
def test_a_request_over_the_limit_is_refused_with_a_message(collect, census):
    with pytest.raises(UploadFailedError, match="ใหญ่เกินกำหนด"):
        collect.send(instance(census), {"film.mp4": b"x" * 12_600_000})

    assert (status(collect), stored()) == (413, [])


def test_the_same_record_from_many_at_once_is_stored_once(app, collect, census):
    sent = instance(census)

    def send(_number: int) -> int:
        own = Collect(app.test_client(), collect.server_url)
        own.send(sent, {"audit.csv": AUDIT})
        return status(own)

    with ThreadPoolExecutor(4) as senders:
        answers = list(senders.map(send, range(8)))

    assert set(answers) == {201}
    assert len(stored()) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1


@ONE_ENGINE
def test_the_wrong_hour_of_the_client_is_not_looked_at(collect, census):
    late = utcnow() - timedelta(days=400)

    answer = collect.get(
        f"{collect.server_url}/formList", Date=late.strftime("%a, %d %b %Y %I:%M:%S GMT")
    )
    collect.send(instance(census))

    assert (answer.status_code, status(collect)) == (200, 201)


@ONE_ENGINE
def test_the_token_is_in_no_event(collect, census):
    collect.form_list()
    collect.send(instance(census))
    token = collect.server_url.rpartition("/")[2]

    with db.reading() as session:
        events = session.scalars(select(Event)).all()

    assert events
    assert not [each for each in events if token in f"{each.subject} {each.details} {each.area}"]
