"""Passwords: hashed with Argon2id, and equally slow for users that do not exist."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from census.accounts.errors import PasswordUnfit

LEAST_CHARACTERS = 8
MOST_CHARACTERS = 1_000


class _Hashing:
    """How this process hashes; `use_cheap_hashing` replaces it in tests."""

    hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
    of_nobody: str | None = None


def use_cheap_hashing() -> None:
    """Hash quickly: for tests, which hash thousands of passwords that protect nothing."""
    _Hashing.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _Hashing.of_nobody = None


def hashed(password: str, *, username: str) -> str:
    """The hash to keep; refuses what is too short, too long, or the username itself."""
    is_username = password.strip().casefold() == username.casefold()
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS or is_username:
        raise PasswordUnfit
    return _Hashing.hasher.hash(_plain(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash; no hash costs the same time and is never right."""
    try:
        _Hashing.hasher.verify(password_hash or _hash_of_nobody(), _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def _hash_of_nobody() -> str:
    if _Hashing.of_nobody is None:
        _Hashing.of_nobody = _Hashing.hasher.hash("nobody has this password")
    return _Hashing.of_nobody


def _plain(password: str) -> bytes:
    # The same Thai syllable can be typed in more than one order of marks.
    composed = unicodedata.normalize("NFC", password[: MOST_CHARACTERS + 1])
    return composed.encode("utf-8", "surrogatepass")
