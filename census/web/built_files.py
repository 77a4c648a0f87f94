"""Built files as they leave: compressed by the build where the browser takes that."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Response, request, send_from_directory

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build lays beside a file, the smallest first, and what its name ends in."""

UNKNOWN_MEDIA_TYPE = "application/octet-stream"


def built_file(folder: Path, name: str) -> Response:
    """A file of this folder, in the smallest form that is there and that the browser takes."""
    for encoding, ending in ENCODINGS.items():
        if request.accept_encodings[encoding] and _has(folder, name + ending):
            media_type = mimetypes.guess_type(name)[0] or UNKNOWN_MEDIA_TYPE
            response = send_from_directory(
                folder, name + ending, mimetype=media_type, download_name=Path(name).name
            )
            response.content_encoding = encoding
            break
    else:
        response = send_from_directory(folder, name)
    response.vary.add("Accept-Encoding")
    if response.status_code == 304 or request.method == "HEAD":
        # Nothing of it is sent, so nobody else would close the file.
        response.close()
    return response


def _has(folder: Path, name: str) -> bool:
    # Only whether it is there: what may be served is judged by send_from_directory.
    try:
        return (folder / name).is_file()
    except OSError:
        return False
