"""A database knows the keyring that its identifiers are sealed with, by fingerprints of the keys.

Keys that merely carry the same numbers would seal new records beside old ones that nobody can open
any more, and match no one. Keys may be added later; those that are known stay as they are.
"""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.core import db, stored_settings
from census.core.sealed import Keyring

KEYRING_SETTING = "keyring_fingerprints"

KEYRING_LOCK = 0x5A4D_4B45
"""The advisory lock under which one starting process at a time tells the database its keys."""

Fingerprints = dict[str, str]


class OtherKeys(Exception):  # noqa: N818 - an answer to the operator, not an error of ours
    """The keyring is not the one that the database knows."""


def fingerprints_of(keyring: Keyring) -> Fingerprints:
    """A keyed fingerprint of each key, from which no key can be told."""
    return {
        "index": _fingerprint(keyring, b"index"),
        **{
            str(number): _fingerprint(keyring, b"%d:" % number + key)
            for number, key in keyring.sealing.items()
        },
    }


def known_fingerprints(session: Session) -> Fingerprints:
    """What the database knows of its keyring; empty before the first start."""
    known: Fingerprints = stored_settings.read(session, KEYRING_SETTING, default={})
    return known


def is_known(keyring: Keyring, known: Fingerprints) -> bool:
    """Whether the keyring holds every key that the database knows, and the same ones."""
    own = fingerprints_of(keyring)
    return all(
        hmac.compare_digest(own.get(name, ""), fingerprint) for name, fingerprint in known.items()
    )


def remember(session: Session, keyring: Keyring) -> None:
    """Let the database know the keyring from now on; refuse it when another was there first."""
    if db.is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(KEYRING_LOCK)))
    known = known_fingerprints(session)
    if not is_known(keyring, known):
        raise OtherKeys
    own = fingerprints_of(keyring)
    if own != known:
        stored_settings.write(session, KEYRING_SETTING, own)


def _fingerprint(keyring: Keyring, what: bytes) -> str:
    return hmac.new(keyring.index, b"keyring:v1:" + what, hashlib.sha256).hexdigest()
