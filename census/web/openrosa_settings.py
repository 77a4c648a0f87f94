"""The settings that ODK Collect takes from a code: one picture to scan, and a tablet is set up.

The code is Base64 over zlib over JSON, as ODK Collect describes it for importing settings.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from typing import Any

from flask import request

from census.web.callers import OPENROSA_PATH

PROJECT_NAME = "สำมะโน Sammano"
PROJECT_ICON = "ส"
PROJECT_COLOUR = "#1d2058"


def server_url(token: str) -> str:
    """The address of this server for the holder of a token, the way this request came."""
    return f"{request.host_url.rstrip('/')}{OPENROSA_PATH}{token}"


def settings_for(address: str, username: str) -> dict[str, Any]:
    """The settings of a project that fetches what is published here and sends by itself."""
    return {
        "general": {
            "protocol": "odk_default",
            "server_url": address,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_one_hour",
            "autosend": "wifi_and_cellular",
            "app_language": "th",
            "metadata_username": username,
        },
        "admin": {"change_server": False},
        "project": {"name": PROJECT_NAME, "icon": PROJECT_ICON, "color": PROJECT_COLOUR},
    }


def as_code(settings: dict[str, Any]) -> str:
    """The settings as the text of a code."""
    content = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(content.encode(), 9)).decode("ascii")
