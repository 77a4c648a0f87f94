"""The tablet's app as it is fetched: public pages, each with its own policy, and built files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from census.accounts.services import open_session
from census.core import db
from census.core.clock import utcnow
from census.web import built_files
from census.web.headers import CONTENT_SECURITY_POLICY
from field_app import views
from tests.factories.census import small_census

SCRIPT = b"export const answer = 42;" * 40


@pytest.fixture
def built(tmp_path, monkeypatch) -> Path:
    """A folder of built files beside which the build laid them compressed."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "sw.js").write_bytes(SCRIPT)
    (folder / "sw.js.gz").write_bytes(gzip.compress(SCRIPT))
    monkeypatch.setattr(views, "BUILT", folder)
    return folder


def fetch(client, address, encodings=""):
    """The answer, read to its end."""
    return client.get(address, headers={"Accept-Encoding": encodings}, buffered=True)


@pytest.mark.parametrize("page", ["/field/", "/field/form"])
def test_the_pages_of_the_app_are_anybodys_and_are_asked_for_anew(client, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


def test_the_app_may_frame_its_form_and_nobody_may_frame_the_app(client):
    policy = client.get("/field/").headers["Content-Security-Policy"].split("; ")

    assert {"frame-src 'self'", "worker-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "script-src 'self'" in policy


def test_only_the_page_of_the_form_may_run_webassembly_and_be_framed_by_the_app(client):
    policy = client.get("/field/form").headers["Content-Security-Policy"].split("; ")

    assert {"script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'self'"} <= set(policy)
    assert "wasm" not in CONTENT_SECURITY_POLICY


def test_the_worker_stands_for_the_whole_face_and_is_checked_each_time(client, built):
    answer = fetch(client, "/field/sw.js")

    assert answer.data == SCRIPT
    assert answer.headers["Service-Worker-Allowed"] == "/field/"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_without_a_built_front_end_there_is_no_worker(client, built):
    (built / "sw.js").unlink()

    assert client.get("/field/sw.js").status_code == 404


def test_the_manifest_says_where_the_app_opens(client):
    answer = client.get("/field/manifest.webmanifest")

    told = json.loads(answer.data)
    assert answer.mimetype == "application/manifest+json"
    assert (told["start_url"], told["scope"], told["display"]) == (
        "/field/",
        "/field/",
        "standalone",
    )
    assert all(fetch(client, icon["src"]).status_code == 200 for icon in told["icons"])


def test_a_built_file_leaves_compressed_where_that_is_taken(client, built):
    packed = fetch(client, "/field/sw.js", "gzip, br")
    plain = fetch(client, "/field/sw.js")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == SCRIPT
    assert packed.mimetype == plain.mimetype
    assert "Content-Encoding" not in plain.headers
    assert all("Accept-Encoding" in each.headers["Vary"] for each in (plain, packed))
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_what_the_browser_has_is_not_sent_again(client, built):
    first = fetch(client, "/field/sw.js", "gzip")

    again = client.get(
        "/field/sw.js",
        headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]},
    )

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["../views.py", "..%2f..%2fviews.py", "/etc/hostname", "nowhere"])
def test_only_files_of_the_folder_are_served(client, name):
    for encoding in ("identity", *built_files.ENCODINGS):
        answer = fetch(client, f"/field/static/{name}", encoding)

        assert answer.status_code in (404, 308)


def test_after_signing_in_an_enumerator_is_led_to_the_app(app):
    browser = app.test_client()
    with db.transaction() as session:
        census = small_census(session)
        secret = open_session(session, census.enumerator.id, at=utcnow()).secret
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = secret

    answer = browser.get("/")

    assert (answer.status_code, answer.location) == (303, "/field/")
