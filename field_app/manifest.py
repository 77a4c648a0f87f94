"""What a tablet is told so that it can install the app: its name, its pictures, where it opens."""

from __future__ import annotations

from typing import Any

from flask import url_for

NAME, SHORT_NAME = "สำมะโน – แท็บเล็ตพนักงานแจงนับ", "สำมะโน"
COLOUR, BACKGROUND = "#1d2058", "#ffffff"
ICONS = (("icon-192.png", "192x192"), ("icon-512.png", "512x512"), ("icon.svg", "any"))


def manifest() -> dict[str, Any]:
    """The manifest of the app."""
    start = url_for("field.show_app")
    return {
        "id": start,
        "name": NAME,
        "short_name": SHORT_NAME,
        "lang": "th",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": COLOUR,
        "background_color": BACKGROUND,
        "icons": [_icon(file, sizes) for file, sizes in ICONS],
    }


def _icon(file: str, sizes: str) -> dict[str, str]:
    return {
        "src": url_for("field.static", filename=f"icons/{file}"),
        "sizes": sizes,
        "type": "image/svg+xml" if file.endswith(".svg") else "image/png",
        "purpose": "any maskable",
    }
