"""What is sent in a form is read whole, in memory alone, or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask

from census.core.errors import Invalid, WrongMediaType
from census.web.multipart import RequestInMemory, sent_form

LARGE = b"x" * 2_000_000


CONTENT_TYPE = "multipart/form-data; boundary=edge"


def body_of(*files: tuple[str, bytes], **texts: str) -> bytes:
    parts = [
        f'; filename="{name}"\r\nContent-Type: image/jpeg\r\n\r\n'.encode() + data
        for name, data in files
    ]
    parts += [f"\r\n\r\n{text}".encode() for text in texts.values()]
    names = ["files"] * len(files) + list(texts)
    whole = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"'.encode() + part + b"\r\n"
        for name, part in zip(names, parts, strict=True)
    )
    return whole + b"--edge--\r\n"


def test_files_and_texts_come_in_the_order_sent() -> None:
    body = body_of(("หนึ่ง.jpg", b"1"), ("สอง.jpg", b"2"), note="ก")

    with Flask("test").test_request_context(method="POST", data=body, content_type=CONTENT_TYPE):
        form = sent_form(10_000, most_parts=3)

    assert [(each.name, each.data) for each in form.files] == [
        ("หนึ่ง.jpg", b"1"),
        ("สอง.jpg", b"2"),
    ]
    assert form.files[0].media_type == "image/jpeg"
    assert form.texts == {"note": "ก"}


@pytest.mark.parametrize("cut", [3, 30, 1_000])
def test_a_form_that_is_cut_off_is_refused(cut: int) -> None:
    body = body_of(("a.jpg", b"x" * 2_000))

    with (
        Flask("test").test_request_context(
            method="POST", data=body[:-cut], content_type=CONTENT_TYPE
        ),
        pytest.raises(Invalid),
    ):
        sent_form(10_000, most_parts=3)


def test_what_is_no_form_is_refused() -> None:
    with (
        Flask("test").test_request_context(method="POST", data=b"x", content_type="text/xml"),
        pytest.raises(WrongMediaType),
    ):
        sent_form(10_000, most_parts=3)


def test_no_file_that_is_sent_touches_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = body_of(("a.jpg", LARGE))
    app = Flask("test")
    app.request_class = RequestInMemory
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "there is no such directory"))

    with app.test_request_context(method="POST", data=body, content_type=CONTENT_TYPE) as context:
        stream = context.request.files["files"].stream
    with app.test_request_context(method="POST", data=body, content_type=CONTENT_TYPE):
        form = sent_form(3_000_000, most_parts=3)

    assert isinstance(stream, io.BytesIO)
    assert form.files[0].data == LARGE
