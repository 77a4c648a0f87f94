"""Random secrets that open a session or carry a token; only their hash is ever stored."""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits, in characters that fit into a cookie, a header and an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def secret_hash(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def id_of_hash(token_hash: bytes) -> str:
    """How an office names a token that is known: by its hash, from which it cannot be told."""
    return token_hash.hex()


def hash_of_id(token_id: str) -> bytes:
    """The hash that such a name stands for; nobody's where it stands for none."""
    try:
        return bytes.fromhex(token_id)
    except ValueError:
        return b""
