"""What may never be committed: a secret, a path of one machine, a place to download from."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.txt", "package-lock.json"}

# Passwords in tests open nothing, and digests in them are the subject of the test.
TOO_LOUD_IN_TESTS = {"Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector"}

# In a form, what stands after a bracket is the path of a node, not of a file.
HOME_OF_SOMEONE = re.compile(r"(?<![\w.)])/(?:home/[a-z][\w-]*|Users/[A-Za-z][\w-]*|root)/")
REGISTRY = re.compile(
    r"\bpypi\.(?:org|python\.org)\b|\bpythonhosted\.org\b|\bregistry\.npmjs\.org\b"
    r"|\bdeb\.debian\.org\b|\"resolved\": *\"https?:|^--(?:extra-)?index-url|^--find-links",
    re.MULTILINE,
)


def kept_files() -> list[Path]:
    """Every file that is in version control or is about to be."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this copy of the project is not under version control")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def kept_texts() -> Iterator[tuple[str, str]]:
    """Name and content of every kept file that is text."""
    for path in kept_files():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def secrets_in(paths: list[Path], without: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """Where something looks like a secret. Nothing is asked of any network."""
    detectors = [kind.__name__ for kind in get_mapping_from_secret_type_to_class().values()]
    chosen = [{"name": name} for name in detectors if name not in without]
    with transient_settings({"plugins_used": chosen}):
        return [
            f"{path}:{found.line_number}: {found.type}"
            for path in paths
            for found in scan_file(str(path))
        ]


def test_no_kept_file_holds_a_secret():
    kept = [path for path in kept_files() if path.name not in LOCKS]
    tests = [path for path in kept if path.is_relative_to(ROOT / "tests")]
    others = [path for path in kept if path not in set(tests)]

    found = secrets_in(others) + secrets_in(tests, without=TOO_LOUD_IN_TESTS)

    assert found == [], "A secret? If it is none: end the line with 'pragma: allowlist secret'"


@pytest.mark.parametrize(
    "line",
    [
        'secret_key = "{}"'.format("k3Xv9Qz7LmWp2RtY"),
        "aws = 'AKIA{}'".format("IOSFODNN7QWERTYU"),
        "-----BEGIN {} KEY-----".format("RSA PRIVATE"),
        "DATABASE_URL=postgresql://census:{}@db.example/census".format("Wm4tZp9Kq2"),
    ],
)
def test_a_planted_secret_is_found(tmp_path, line):
    planted = tmp_path / "planted.py"
    planted.write_text(line + "\n")

    found = secrets_in([planted])

    assert len(found) >= 1


def test_no_kept_file_names_a_path_of_this_or_any_machine():
    here = re.compile(re.escape(f"{ROOT}/"))

    found = [
        name for name, text in kept_texts() if here.search(text) or HOME_OF_SOMEONE.search(text)
    ]

    assert found == []


def test_no_kept_file_says_where_packages_are_downloaded_from():
    found = [name for name, text in kept_texts() if REGISTRY.search(text)]

    assert found == []
