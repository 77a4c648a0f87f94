"""A census is started only with the keys that its records were sealed with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from census.core import db, known_keys, sealed
from census.core.sealed import Keyring, load_keyring
from census.self_check import UnsafeToStart, refuse_unsafe_start, settled_keyring
from tests.factories.frame import RegisterPersonFactory

pytestmark = pytest.mark.usefixtures("database")


def start(home: Path) -> Keyring:
    """Start as a server and every command do."""
    keys = home / "keys.json"
    refuse_unsafe_start(home=home, keyring_path=keys, is_production=False, is_debugging=False)
    return settled_keyring(keys)


def known() -> known_keys.Fingerprints:
    with db.reading() as session:
        return known_keys.known_fingerprints(session)


def rewrite(keys: Path, *, sealing: dict[str, str]) -> None:
    """Replace or add sealing keys by hand, as in a rotation."""
    content = json.loads(keys.read_text())
    content["sealing"] |= sealing
    keys.write_text(json.dumps(content))


def test_the_first_start_makes_keys_and_the_database_knows_them(tmp_path: Path) -> None:
    keyring = start(tmp_path / "home")

    assert known() == known_keys.fingerprints_of(keyring)
    assert start(tmp_path / "home") == keyring


def test_the_database_holds_no_key(tmp_path: Path) -> None:
    keyring = start(tmp_path / "home")

    kept = json.dumps(known())
    assert keyring.index.hex() not in kept
    assert keyring.sealing[1].hex() not in kept


def test_a_second_server_without_the_keys_makes_none(tmp_path: Path) -> None:
    start(tmp_path / "first")

    with pytest.raises(UnsafeToStart, match=r"keys .* are missing"):
        start(tmp_path / "second")

    assert not (tmp_path / "second" / "keys.json").exists()


def test_a_second_server_with_keys_of_its_own_is_refused(tmp_path: Path) -> None:
    start(tmp_path / "first")
    before = known()
    load_keyring(tmp_path / "second" / "keys.json")

    with pytest.raises(UnsafeToStart, match=r"ไม่ใช่กุญแจของฐานข้อมูลนี้.*not the keys of this database"):
        start(tmp_path / "second")

    assert known() == before


def test_a_second_server_with_a_copy_of_the_keys_starts(tmp_path: Path) -> None:
    keyring = start(tmp_path / "first")
    (tmp_path / "second").mkdir()
    shutil.copy(tmp_path / "first" / "keys.json", tmp_path / "second" / "keys.json")

    assert start(tmp_path / "second") == keyring


def test_of_two_that_start_at_once_with_keys_of_their_own_one_is_refused(tmp_path: Path) -> None:
    settled_keyring(tmp_path / "first" / "keys.json")

    with pytest.raises(UnsafeToStart, match="not the keys of this database"):
        settled_keyring(tmp_path / "second" / "keys.json")


def test_a_database_with_sealed_records_gets_no_new_keys(tmp_path: Path) -> None:
    with db.transaction() as session:
        session.add(RegisterPersonFactory.build())

    with pytest.raises(UnsafeToStart, match=r"keys .* are missing"):
        start(tmp_path / "home")

    assert not (tmp_path / "home" / "keys.json").exists()


def test_a_key_that_is_added_is_known_from_then_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    start(home)
    kept = tmp_path / "before"
    kept.mkdir()
    shutil.copy(home / "keys.json", kept / "keys.json")
    rewrite(home / "keys.json", sealing={"2": "ab" * 32})

    start(home)

    assert set(known()) == {"index", "1", "2"}
    with pytest.raises(UnsafeToStart, match="not the keys of this database"):
        start(kept)


def test_a_key_that_is_replaced_is_refused(tmp_path: Path) -> None:
    start(tmp_path)
    rewrite(tmp_path / "keys.json", sealing={"1": "ab" * 32})

    with pytest.raises(UnsafeToStart, match="not the keys of this database"):
        start(tmp_path)


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "keys.json").chmod(0o640)

    with pytest.raises(UnsafeToStart, match="chmod 600"):
        start(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"sealing": {}, "index": ""}', '{"index": "zz"}'])
def test_a_file_that_holds_no_keys_is_named(tmp_path: Path, content: str) -> None:
    keys = tmp_path / "keys.json"
    keys.touch(mode=0o600)
    keys.write_text(content)

    with pytest.raises(UnsafeToStart, match=r"keys\.json cannot be read"):
        start(tmp_path)


def test_what_was_sealed_opens_after_the_next_start(tmp_path: Path) -> None:
    sealed.connect(start(tmp_path))
    kept = sealed.seal("สมชาย", column="table.column", row=1)

    sealed.connect(start(tmp_path))

    assert sealed.unseal_text(kept, column="table.column", row=1) == "สมชาย"
