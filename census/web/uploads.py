"""Pages that take a file: only there, and only from whoever may call them, a body may be large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "_census_upload_bytes"
_FORM_AROUND_IT = 100_000
"""What a form adds to the file it carries."""


def takes_file(most_bytes: int) -> Callable[[View], View]:
    """Let the view take a form with a file of so many bytes."""

    def mark(view: View) -> View:
        setattr(view, _MARK, most_bytes)
        return view

    return mark


def widen() -> None:
    """Before a request, after its caller was judged: let it bring what its view takes."""
    view = current_app.view_functions.get(request.endpoint or "")
    most_bytes = getattr(view, _MARK, None)
    if most_bytes is not None:
        request.max_content_length = most_bytes + _FORM_AROUND_IT
