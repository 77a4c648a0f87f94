"""What a page has to load to show one of the built entries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from census.web import assets

MANIFEST = {
    "office.js": {
        "file": "assets/office-1.js",
        "css": ["assets/office-1.css"],
        "imports": ["_shared.js", "_deep.js"],
    },
    "_shared.js": {
        "file": "assets/shared-1.js",
        "css": ["assets/shared-1.css"],
        "imports": ["_deep.js"],
    },
    "_deep.js": {"file": "assets/deep-1.js"},
}


@pytest.fixture
def face(tmp_path: Path) -> Flask:
    """An application with one face, whose front end is built."""
    static = tmp_path / "static"
    manifest = static / "dist" / ".vite" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps(MANIFEST), encoding="utf-8")
    app = Flask(__name__)
    app.register_blueprint(
        Blueprint("office", __name__, static_folder=static, url_prefix="/office")
    )
    assets.init_app(app)
    return app


def tags(app: Flask, entry: str) -> list[str]:
    with app.test_request_context():
        return assets.vite(entry).splitlines()


def test_an_entry_brings_its_styles_and_those_of_what_it_imports_each_once(face):
    styles = [tag for tag in tags(face, "office.js") if "stylesheet" in tag]

    assert styles == [
        '<link rel="stylesheet" href="/office/static/dist/assets/office-1.css">',
        '<link rel="stylesheet" href="/office/static/dist/assets/shared-1.css">',
    ]


def test_what_an_entry_imports_is_fetched_ahead_once(face):
    ahead = [tag for tag in tags(face, "office.js") if "modulepreload" in tag]

    assert ahead == [
        '<link rel="modulepreload" href="/office/static/dist/assets/shared-1.js">',
        '<link rel="modulepreload" href="/office/static/dist/assets/deep-1.js">',
    ]


def test_the_entry_itself_is_the_only_script(face):
    scripts = [tag for tag in tags(face, "office.js") if "<script" in tag]

    assert scripts == [
        '<script type="module" src="/office/static/dist/assets/office-1.js"></script>'
    ]


def test_a_page_without_a_built_front_end_is_still_a_page(face):
    assert tags(face, "tablet.js") == []
