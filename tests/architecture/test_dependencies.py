"""Every package the project asks for by name has its reason written down."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_packages() -> set[str]:
    """The names in setup.cfg, of the system itself and of every extra."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lists = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    lines = [line for each in lists for line in each.split("\n") if line.strip()]
    return {re.split(r"[\[<>=!~; ]", line.strip())[0].lower() for line in lines}


def browser_packages() -> set[str]:
    """The names in package.json, shipped to browsers or only used to build."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    return set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))


def explained_packages() -> set[str]:
    """The names that begin a row of docs/dependencies.md and have a reason beside them."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([^`]+)` \| [^|]*\w[^|]* \|$", text, re.MULTILINE))


def locked_packages() -> set[str]:
    """The names that requirements.txt fixes to one version."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==", text, re.MULTILINE))


def test_every_package_asked_for_by_name_is_explained():
    asked_for = python_packages() | browser_packages()

    assert asked_for - explained_packages() == set()


def test_no_package_is_explained_that_is_no_longer_asked_for():
    asked_for = python_packages() | browser_packages()

    assert explained_packages() - asked_for == set()


def test_every_python_package_asked_for_is_in_the_lock():
    assert python_packages() - locked_packages() == set()


def test_every_browser_package_has_one_exact_version():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**package.get("dependencies", {}), **package.get("devDependencies", {})}

    loose = {name for name, version in versions.items() if not re.fullmatch(r"[\d.]+", version)}

    assert loose == set()
