"""The built styles and scripts: writes the tags a page needs to load one of them."""

import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from markupsafe import Markup

MANIFEST = Path("dist", ".vite", "manifest.json")

log = logging.getLogger(__name__)

Manifest = dict[str, dict[str, Any]]


def init_app(app: Flask) -> None:
    """Give the templates `vite(entry)`."""
    app.jinja_env.globals["vite"] = vite


def vite(entry: str) -> Markup:
    """The tags that load an entry, from whichever face built it.

    Each face keeps its own built files under the static folder of its blueprint. A page without
    them is still complete, so that a refusal can be read before the front end was built.
    """
    for name, blueprint in current_app.blueprints.items():
        if blueprint.static_folder is None:
            continue
        manifest = _manifest_in(Path(blueprint.static_folder))
        if entry in manifest:
            return _tags(manifest, entry, endpoint=f"{name}.static")
    log.warning("the front end is not built", extra={"entry": entry})
    return Markup("")


def _manifest_in(static_folder: Path) -> Manifest:
    path = static_folder / MANIFEST
    if not path.is_file():
        return {}
    return _read_manifest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read_manifest(path: Path, _modified_ns: int) -> Manifest:
    """What Vite built. A new build has another time, and is read again."""
    manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _tags(manifest: Manifest, entry: str, *, endpoint: str) -> Markup:
    chunks = _chunks(manifest, entry)
    styles = dict.fromkeys(style for key in chunks for style in manifest[key].get("css", []))
    tags = [
        Markup('<link rel="stylesheet" href="{}">').format(_address(endpoint, file))
        for file in styles
    ]
    tags += [
        Markup('<link rel="modulepreload" href="{}">').format(
            _address(endpoint, manifest[key]["file"])
        )
        for key in chunks[1:]
    ]
    tags.append(
        Markup('<script type="module" src="{}"></script>').format(
            _address(endpoint, manifest[entry]["file"])
        )
    )
    return Markup("\n").join(tags)


def _chunks(manifest: Manifest, entry: str) -> list[str]:
    """The entry and everything it imports, each once, the entry first."""
    found = [entry]
    for key in found:
        found += [other for other in manifest[key].get("imports", []) if other not in found]
    return found


def _address(endpoint: str, file: str) -> str:
    return url_for(endpoint, filename=f"dist/{file}")
