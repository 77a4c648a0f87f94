"""One line for each request, and one figure: what was asked of which route, never by which words.

Only the fields named here are written: no address with its query, no body, no name, no answer.
"""

from __future__ import annotations

import logging
import time
from uuid import uuid4

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("census.requests")

ALLOWED_FIELDS = (
    "asctime",
    "levelname",
    "name",
    "message",
    "request_id",
    "error_id",
    "rule",
    "method",
    "status",
    "ms",
    "bytes",
    "user_id",
    "role",
    "exc_info",
)

REQUESTS = Counter("census_requests", "Requests answered", ["rule", "method", "status"])
SECONDS = Histogram("census_request_seconds", "Time to answer", ["rule"])
PATTERN = "%(asctime)s %(levelname)s %(name)s %(message)s"
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class AllowedFieldsFormatter(JsonFormatter):
    """Writes a record as one line of JSON, and of its extra fields only those on the list."""

    converter = staticmethod(time.gmtime)

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        """Keep what may be kept."""
        return {name: value for name, value in log_data.items() if name in ALLOWED_FIELDS}

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's
        """Where it went wrong and what kind of error, without its message, which quotes values."""
        kind, _error, traceback = ei if isinstance(ei, tuple) else (None, None, None)
        lines = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            lines.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
            traceback = traceback.tb_next
        return " < ".join([getattr(kind, "__name__", "error"), *reversed(lines)])


def configure(*, level: int = logging.INFO) -> None:
    """Write the log of this process to standard error as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(AllowedFieldsFormatter(PATTERN, datefmt="%Y-%m-%dT%H:%M:%SZ"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # The first writes addresses with their queries, the others what nobody needs.
    for name in ("werkzeug", "waitress.queue", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)


def init_app(app: Flask) -> None:
    """Log every request of the application, and count it."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began_at = time.perf_counter()
    g.request_id = str(uuid4())


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began_at", time.perf_counter())
    rule = request.url_rule.rule if request.url_rule else "unknown"
    method = request.method if request.method in KNOWN_METHODS else "OTHER"
    actor = g.get("actor")
    REQUESTS.labels(rule, method, str(response.status_code)).inc()
    SECONDS.labels(rule).observe(seconds)
    log.info(
        "request",
        extra={
            "request_id": g.get("request_id"),
            "rule": rule,
            "method": method,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "bytes": response.content_length,
            "user_id": str(actor.id) if actor else None,
            "role": actor.role.value if actor else None,
        },
    )
    response.headers["X-Request-Id"] = str(g.get("request_id", ""))
    return response
