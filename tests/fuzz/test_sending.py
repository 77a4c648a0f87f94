"""Changed and damaged instances are sent over JSON and as ODK Collect sends them.

What is acknowledged can be read again byte for byte, what is not has left nothing, and the counts
stay what a recount gives.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from census.accounts.codelists import Role
from census.collection.codelists import Mode, Outcome
from census.collection.instances.parsing import identify
from tests.factories.instances import VERSION
from tests.fuzz.bodies import Body, bodies, files
from tests.fuzz.effort import examples, sent
from tests.fuzz.ground import Ground, tally_is_recount
from tests.fuzz.hostile import DOCTYPES, ENCODINGS, FLOODS
from tests.fuzz.kept import Kept
from tests.fuzz.mutations import HOUSEHOLDS, IDS, TEXTS, damaged, instances
from tests.fuzz.watching import HiddenFaults

JSON = {"sqlite": 100, "postgresql": 40}
OPENROSA = {"sqlite": 120, "postgresql": 40}
ATTACHING = {"sqlite": 80, "postgresql": 20}
ACKNOWLEDGED = {201, 202, 409}

HOSTILE = {**DOCTYPES, **ENCODINGS}


@pytest.fixture
def kept(ground: Ground) -> Kept:
    """What is stored when a test begins."""
    return Kept()


def text_of(data: bytes) -> str:
    """Bytes as a JSON text can carry them, with half characters for what is no text."""
    return data.decode("utf-8", "surrogateescape")


_odd = st.sampled_from([*TEXTS, None, 0, -1, 1e300, True, [], {}, "\ud800", "\0"])

_envelopes = st.fixed_dictionaries(
    {"instance": instances().map(text_of)},
    optional={
        "instance_id": st.sampled_from(IDS) | _odd,
        "household_id": st.sampled_from(HOUSEHOLDS) | _odd,
        "mode": st.sampled_from([*Mode]) | _odd,
        "questionnaire": st.just("household") | _odd,
        "version": st.just(VERSION) | _odd,
        "device_id": _odd,
        "started_at": _odd,
        "ended_at": _odd,
        "another": _odd,
    },
)


def test_whatever_is_sent_over_json_is_kept_or_refused_record_by_record(
    ground: Ground, kept: Kept, faults: HiddenFaults
) -> None:
    client = ground.api(Role.ENUMERATOR)

    @examples(JSON[ground.engine])
    @given(records=st.lists(_envelopes | _odd, min_size=1, max_size=4))
    def send(records: list[Any]) -> None:
        answer = client.post("/api/v1/submissions", json={"submissions": records})

        assert answer.status_code == 200, answer.text
        acknowledged = set()
        for record, result in zip(records, answer.json["results"], strict=True):
            sent[f"{ground.engine} JSON {result['outcome']}"] += 1
            if result["outcome"] != Outcome.REFUSED:
                data = record["instance"].encode("utf-8", "surrogatepass")
                acknowledged.add((result["instance_id"], data))
        expected = kept.unknown_of(acknowledged)
        assert sorted(kept.new()) == sorted(expected)
        assert faults.none_since()

    send()
    assert tally_is_recount()


def test_whatever_is_sent_by_collect_is_kept_or_refused_whole(
    ground: Ground, kept: Kept, faults: HiddenFaults
) -> None:
    client = ground.app.test_client()

    @examples(OPENROSA[ground.engine])
    @given(data=instances(), more=files())
    def send(data: bytes, more: list[tuple[str, str, bytes]]) -> None:
        body = Body.of([("xml_submission_file", "form.xml", data), *more])
        status = post_form(client, ground, body)

        identity = identify(data) if data.strip() else None
        sent[f"{ground.engine} OpenRosa {status}"] += 1
        assert (status in ACKNOWLEDGED) == (identity is not None)
        acknowledged = [(identity.instance_id, data)] if identity else []
        expected = kept.unknown_of(acknowledged)
        assert kept.new() == list(expected)
        assert faults.none_since()

    send()
    assert tally_is_recount()


def test_no_damaged_form_keeps_what_it_does_not_hold(
    ground: Ground, kept: Kept, faults: HiddenFaults
) -> None:
    client = ground.app.test_client()

    @examples(OPENROSA[ground.engine])
    @given(body=bodies())
    def send(body: Body) -> None:
        status = post_form(client, ground, body)

        sent[f"{ground.engine} damaged form {status}"] += 1
        new = kept.new()
        assert status < 500
        assert len(new) <= (status in ACKNOWLEDGED)
        assert all(data in body.content or b"\r\n" in body.content for _name, data in new)
        assert faults.none_since()

    send()
    assert tally_is_recount()


def post_form(client: FlaskClient, ground: Ground, body: Body) -> int:
    """Send a body to the address of the enumerator's tablet; the status of the answer."""
    answer = client.post(
        f"/openrosa/{ground.openrosa}/submission",
        data=body.content,
        content_type=body.content_type,
    )
    return answer.status_code


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_record_is_answered_with_a_fault(
    ground: Ground, kept: Kept, faults: HiddenFaults, name: str
) -> None:
    data = HOSTILE[name]

    status = post_form(
        ground.app.test_client(), ground, Body.of([("xml_submission_file", "form.xml", data)])
    )

    identity = identify(data)
    assert (status in ACKNOWLEDGED) == (identity is not None)
    expected = kept.unknown_of([(identity.instance_id, data)] if identity else [])
    assert kept.new() == list(expected)


@pytest.mark.parametrize(
    "name", ["whole persons", "overrides", "version", "one attribute", "namespaces", "most persons"]
)
def test_no_flood_is_answered_with_a_fault(
    ground: Ground, kept: Kept, faults: HiddenFaults, name: str
) -> None:
    data = FLOODS[name]()[:2_000_000]

    answer = ground.api(Role.ENUMERATOR).post(
        "/api/v1/submissions", json={"submissions": [{"instance": text_of(data)}]}
    )

    (result,) = answer.json["results"]
    assert result["outcome"] != Outcome.REFUSED
    expected = kept.unknown_of([(result["instance_id"], data)])
    assert kept.new() == list(expected)
    assert tally_is_recount()


@pytest.mark.parametrize("owner", ["submissions", "field-actions"])
def test_no_files_are_answered_with_a_fault(
    ground: Ground, faults: HiddenFaults, owner: str
) -> None:
    client = ground.api(Role.ENUMERATOR)
    names = ground.names["instance_id" if owner == "submissions" else "action_id"]

    @examples(ATTACHING[ground.engine])
    @given(
        name=st.sampled_from(names) | st.sampled_from(IDS),
        body=files(at_least=1).map(Body.of) | bodies(),
    )
    def send(name: str, body: Body) -> None:
        answer = client.post(
            f"/api/v1/{owner}/{name}/attachments",
            data=body.content,
            content_type=body.content_type,
        )

        sent[f"{ground.engine} files {answer.status_code}"] += 1
        assert answer.status_code in (200, 400, 404, 409, 413, 415, 422), answer.text
        assert faults.none_since()

    send()


def test_no_bytes_in_the_place_of_json_are_answered_with_a_fault(
    ground: Ground, kept: Kept, faults: HiddenFaults
) -> None:
    client = ground.api(Role.ENUMERATOR)
    whole = b'{"submissions": [{"instance": "<data/>"}], "actions": [{"action_id": "x"}]}'

    @examples(ATTACHING[ground.engine])
    @given(
        data=damaged(whole) | st.binary(max_size=60),
        path=st.sampled_from(["submissions", "field-actions"]),
        encoding=st.sampled_from(["identity", "identity", "gzip", "br", ""]),
    )
    def send(data: bytes, path: str, encoding: str) -> None:
        answer = client.post(
            f"/api/v1/{path}",
            data=data,
            content_type="application/json",
            headers={"Content-Encoding": encoding},
        )

        sent[f"{ground.engine} broken JSON {answer.status_code}"] += 1
        assert answer.status_code in (200, 400, 413, 415, 422), answer.text
        assert kept.new() == []
        assert faults.none_since()

    send()
