"""Answers that are files from outside: saved, never opened as a page of this system."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

SANDBOX = "default-src 'none'; sandbox"


def download(content: bytes, *, name: str, media_type: str) -> Response:
    """The file, of a type that is ours to say; a browser shows it in a picture or saves it."""
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
