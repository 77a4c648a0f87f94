"""What a file may be called."""

from __future__ import annotations

import unicodedata

import pytest

from census.collection.attachments.names import canonical_name


@pytest.mark.parametrize(
    "name", ["1605848372.jpg", "audit.csv", "ภาพหน้าบ้าน ๑.jpg", "รูปที่ ก้ำ.png", "a b(1).webp", "x"]
)
def test_names_of_any_script_are_kept_as_they_are(name: str) -> None:
    assert canonical_name(name) == unicodedata.normalize("NFC", name)


def test_two_spellings_of_one_name_are_one_name() -> None:
    assert canonical_name("cafe\u0301.jpg") == canonical_name("caf\u00e9.jpg") == "caf\u00e9.jpg"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        ".hidden",
        "../up.jpg",
        "a/b.jpg",
        "a\\b.jpg",
        "a\x00.jpg",
        "a\n.jpg",
        "a\x7f.jpg",
        "a\u2028.jpg",
        "a\ud800.jpg",
        "gpj.\u202eexe.jpg",
        "n" * 201,
        "ก" * 90,
    ],
    ids=lambda name: ascii(name)[:20],
)
def test_a_name_that_could_do_harm_is_none(name: str) -> None:
    assert canonical_name(name) is None
