"""ODK Collect's side of OpenRosa, written from what is known of the protocol.

It is as strict and as odd as the program: it gives up on a wrong media type or a missing element,
takes 201 and 202 for success and nothing else, splits a record's files over several requests, and
sends a `Date` whose hour has twelve hours and no half of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

FORMS = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"
USUAL_ACCEPTED = 10_000_000
MOST_FILES = 100
BOUNDARY = "the boundary of a test"


class NotOpenRosaError(Exception):
    """The server does not speak the protocol as the client needs it."""


class AuthRequiredError(Exception):
    """The server asks for a username and a password."""


class UploadFailedError(Exception):
    """The record stays on the device; says what its user reads."""


@dataclass(frozen=True)
class Listed:
    """A form of the list."""

    form_id: str
    name: str
    version: str
    hash: str
    download_url: str
    manifest_url: str | None


@dataclass(frozen=True)
class Media:
    """A file of a manifest."""

    filename: str
    hash: str
    download_url: str
    integrity_url: str | None
    type: str | None


@dataclass
class Collect:
    """One installation of the program, with the settings of one server."""

    http: FlaskClient
    server_url: str
    username: str | None = None
    password: str = ""
    device_id: str = "collect:test-tablet-01"
    language: str | None = None
    is_chunked: bool = False
    answers: list[TestResponse] = field(default_factory=list)

    def form_list(self) -> list[Listed]:
        """The forms the server offers."""
        root = self._document(f"{self.server_url}/formList", f"{FORMS}xforms")
        return [
            Listed(
                form_id=_needed(each, f"{FORMS}formID"),
                name=_needed(each, f"{FORMS}name"),
                version=each.findtext(f"{FORMS}version") or "",
                hash=_hash(each, FORMS),
                download_url=_needed(each, f"{FORMS}downloadUrl"),
                manifest_url=each.findtext(f"{FORMS}manifestUrl"),
            )
            for each in root.iterfind(f"{FORMS}xform")
        ]

    def form(self, listed: Listed) -> bytes:
        """The XForm."""
        answer = self.get(listed.download_url)
        if answer.status_code != 200 or not answer.data:
            raise NotOpenRosaError("form")
        return answer.data

    def manifest(self, listed: Listed) -> list[Media]:
        """The files that belong to a form."""
        if listed.manifest_url is None:
            return []
        root = self._document(listed.manifest_url, f"{MANIFEST}manifest")
        return [
            Media(
                filename=_needed(each, f"{MANIFEST}filename"),
                hash=_hash(each, MANIFEST),
                download_url=_needed(each, f"{MANIFEST}downloadUrl"),
                integrity_url=each.findtext(f"{MANIFEST}integrityUrl"),
                type=each.get("type"),
            )
            for each in root.iterfind(f"{MANIFEST}mediaFile")
        ]

    def media(self, media: Media) -> bytes:
        """One of those files."""
        answer = self.get(media.download_url)
        if answer.status_code != 200:
            raise NotOpenRosaError("media")
        return answer.data

    def is_deleted(self, media: Media, ids: list[str]) -> dict[str, bool]:
        """Which of these entities the server no longer lists."""
        answer = self.get(f"{media.integrity_url}?id={','.join(ids)}")
        _check_server(answer)
        return {
            each.get("id", ""): each.findtext("deleted") == "true"
            for each in etree.fromstring(answer.data).iterfind("entities/entity")
        }

    def send(
        self, record: bytes, files: Mapping[str, bytes] | None = None, *, name: str = "form.xml"
    ) -> str:
        """Send a record with its files; gives the message its user reads."""
        accepted = self._accepted_bytes()
        message = ""
        for part in self._requests(name, record, dict(files or {}), accepted):
            message = self._post(part)
        return message

    def get(self, address: str, **headers: str) -> TestResponse:
        """Ask for something as the program does."""
        return self._call("GET", address, headers=headers)

    def _accepted_bytes(self) -> int:
        answer = self._call("HEAD", f"{self.server_url}/submission")
        if answer.status_code == 401:
            raise AuthRequiredError
        if answer.status_code == 204:
            _check_server(answer)
            said = answer.headers.get("X-OpenRosa-Accept-Content-Length")
            return int(said) if said else USUAL_ACCEPTED
        if 200 <= answer.status_code < 300:
            raise UploadFailedError("Is this an OpenRosa submission endpoint?")
        return USUAL_ACCEPTED

    def _requests(
        self, name: str, record: bytes, files: dict[str, bytes], accepted: int
    ) -> Iterator[list[bytes]]:
        """The bodies of the requests: the record again in each, and as many files as fit."""
        waiting = list(files.items())
        while True:
            parts = [_part("xml_submission_file", record, filename=name, media_type="text/xml")]
            size, taken = len(record), 0
            while waiting:
                file, data = waiting.pop(0)
                parts.append(
                    _part(file, data, filename=file, media_type="application/octet-stream")
                )
                size, taken = size + len(data), taken + 1
                is_over = bool(waiting) and size + len(waiting[0][1]) > accepted
                if waiting and (taken > MOST_FILES or is_over):
                    parts.append(_part("*isIncomplete*", b"yes"))
                    break
            yield parts
            if not waiting:
                return

    def _post(self, parts: list[bytes]) -> str:
        body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        answer = self._call("POST", f"{self.server_url}/submission", body=body)
        if answer.status_code == 204:
            raise RuntimeError("the program does not survive a 204")
        message = _message(answer)
        if answer.status_code in (201, 202):
            return message or "Success"
        if answer.status_code == 401:
            raise AuthRequiredError
        if answer.status_code == 200:
            raise UploadFailedError("Network login failure? Again?")
        raise UploadFailedError(message or f"{answer.status_code}")

    def _document(self, address: str, root_tag: str) -> etree._Element:
        answer = self.get(address)
        if answer.status_code == 401:
            raise AuthRequiredError
        if answer.status_code != 200:
            raise NotOpenRosaError(str(answer.status_code))
        if "text/xml" not in answer.content_type:
            raise NotOpenRosaError("ContentType is not text/xml")
        _check_server(answer)
        root = etree.fromstring(answer.data)
        if root.tag != root_tag:
            raise NotOpenRosaError(root.tag)
        return root

    def _call(
        self,
        method: str,
        address: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        parts = urlsplit(address)
        query = f"{parts.query}&" if parts.query else ""
        options: dict[str, Any] = {}
        sent = {
            "User-Agent": "org.odk.collect.android/v2025.3 Dalvik/2.1",
            "X-OpenRosa-Version": "1.0",
            "Date": datetime.now(UTC).strftime("%a, %d %b %Y %I:%M:%S GMT"),
            **(headers or {}),
        }
        if self.language:
            sent["Accept-Language"] = self.language
        if self.username is not None and parts.scheme == "https":
            options["auth"] = (self.username, self.password)
        if body is not None:
            options |= {"content_type": f'multipart/form-data; boundary="{BOUNDARY}"'}
            options |= self._streamed(body) if self.is_chunked else {"data": body}
        answer = self.http.open(
            f"{parts.path}?{query}deviceID={self.device_id}",
            method=method,
            base_url=f"{parts.scheme}://{parts.netloc}",
            headers=sent,
            **options,
        )
        self.answers.append(answer)
        return answer

    @staticmethod
    def _streamed(body: bytes) -> dict[str, Any]:
        """A body in chunks: its length is not said, the server knows where it ends."""
        return {
            "input_stream": BytesIO(body),
            "environ_overrides": {
                "HTTP_TRANSFER_ENCODING": "chunked",
                "wsgi.input_terminated": True,
            },
        }


def record_name() -> str:
    """A file name for a record, as the program makes them."""
    return f"household_{uuid4().hex}.xml"


def _part(
    field_name: str, data: bytes, *, filename: str | None = None, media_type: str | None = None
) -> bytes:
    named = f'; filename="{filename}"' if filename is not None else ""
    typed = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field_name}"{named}\r\n{typed}'
    return head.encode() + f"Content-Length: {len(data)}\r\n\r\n".encode() + data + b"\r\n"


def _check_server(answer: TestResponse) -> None:
    if "X-OpenRosa-Version" not in answer.headers:
        raise NotOpenRosaError("not an OpenRosa server")


def _message(answer: TestResponse) -> str | None:
    try:
        return etree.fromstring(answer.data).findtext(f"{RESPONSE}message")
    except etree.XMLSyntaxError:
        return None


def _needed(element: etree._Element, tag: str) -> str:
    text = element.findtext(tag)
    if not text:
        raise NotOpenRosaError(f"{tag} is missing")
    return text


def _hash(element: etree._Element, namespace: str) -> str:
    text = _needed(element, f"{namespace}hash")
    if not text.startswith("md5:"):
        raise NotOpenRosaError("the hash is no md5")
    return text.removeprefix("md5:")
