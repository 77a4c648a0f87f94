"""Personal identifiers are sealed: encrypted field by field, with a keyed hash for matching.

AES-256-GCM with a random 96-bit nonce. The additional data names table, column and row, so that a
sealed value moved to another row does not open. A sealed value begins with the id of its key: keys
can be rotated without touching what was sealed before. The keys live in a file outside the
database and its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyringUnfit(Exception):  # noqa: N818 - an answer to the operator, not an error of ours
    """The file of the keys holds something else than a keyring."""


class SealBroken(Exception):  # noqa: N818
    """A sealed value does not open: its key is missing or it was tampered with."""


@dataclass(frozen=True)
class Keyring:
    """The keys of one census: numbered sealing keys, the newest last, and the index key."""

    sealing: dict[int, bytes]
    index: bytes
    _ciphers: dict[int, AESGCM] = field(default_factory=dict, repr=False)

    def cipher(self, key_id: int) -> AESGCM:
        """The cipher of this key."""
        if key_id not in self._ciphers:
            if key_id not in self.sealing:
                raise SealBroken(f"there is no sealing key {key_id}")
            self._ciphers[key_id] = AESGCM(self.sealing[key_id])
        return self._ciphers[key_id]


class _Keys:
    """The keyring of this process; `connect` fills it."""

    ring: Keyring | None = None


def connect(keyring: Keyring) -> None:
    """Seal and open with these keys from now on."""
    _Keys.ring = keyring


def load_keyring(path: Path) -> Keyring:
    """The keyring kept in a file; a new one is made on first use, readable by its owner only."""
    if not path.exists():
        _write_new_keyring(path)
    return read_keyring(path)


def read_keyring(path: Path) -> Keyring:
    """The keyring kept in a file that is there; refuses what is not one."""
    try:
        content = json.loads(path.read_text())
        sealing = {int(number): bytes.fromhex(key) for number, key in content["sealing"].items()}
        index = bytes.fromhex(content["index"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise KeyringUnfit(type(error).__name__) from None
    if not sealing or {len(key) for key in (index, *sealing.values())} != {KEY_BYTES}:
        raise KeyringUnfit("keys")
    return Keyring(sealing=sealing, index=index)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but its owner may read or change the file of the keys."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def new_keyring() -> Keyring:
    """A keyring of fresh random keys."""
    return Keyring(
        sealing={1: secrets.token_bytes(KEY_BYTES)}, index=secrets.token_bytes(KEY_BYTES)
    )


def seal(value: str | bytes, *, column: str, row: object) -> bytes:
    """Encrypt a value for one column of one row, for example `collection_person.p07`."""
    ring = _ring()
    key_id = max(ring.sealing)
    nonce = os.urandom(NONCE_BYTES)
    plain = value.encode() if isinstance(value, str) else value
    body = ring.cipher(key_id).encrypt(nonce, plain, _additional(column, row, key_id))
    return key_id.to_bytes(2, "big") + nonce + body


def unseal(sealed: bytes, *, column: str, row: object) -> bytes:
    """Decrypt a value that was sealed for this column of this row."""
    key_id = int.from_bytes(sealed[:2], "big")
    nonce, body = sealed[2 : 2 + NONCE_BYTES], sealed[2 + NONCE_BYTES :]
    try:
        return _ring().cipher(key_id).decrypt(nonce, body, _additional(column, row, key_id))
    except Exception as error:
        raise SealBroken(f"a value of {column} does not open") from error


def unseal_text(sealed: bytes, *, column: str, row: object) -> str:
    """Decrypt a text that was sealed for this column of this row."""
    return unseal(sealed, column=column, row=row).decode()


def keyed_hash(kind: str, value: str) -> bytes:
    """A hash for equality only: HMAC-SHA-256 under the index key, over `kind:v1:value`."""
    return hmac.new(_ring().index, f"{kind}:v1:{value}".encode(), hashlib.sha256).digest()


def newest_key_id() -> int:
    """The number of the sealing key that is in use."""
    return max(_ring().sealing)


def derived(key_id: int, *, purpose: str, length: int) -> bytes:
    """Bytes for another purpose that follow from a sealing key, and tell nothing of it (HKDF)."""
    key = _ring().sealing.get(key_id)
    if key is None:
        raise SealBroken(f"there is no sealing key {key_id}")
    return HKDF(SHA256(), length=length, salt=None, info=purpose.encode()).derive(key)


def _additional(column: str, row: object, key_id: int) -> bytes:
    return f"{column}|{row}|{key_id}".encode()


def _ring() -> Keyring:
    if _Keys.ring is None:
        raise RuntimeError("sealed.connect() has not been called")
    return _Keys.ring


def _write_new_keyring(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    ring = new_keyring()
    content = {
        "sealing": {str(number): key.hex() for number, key in ring.sealing.items()},
        "index": ring.index.hex(),
    }
    # Two processes may start at once on a fresh machine: the one that links first wins.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
