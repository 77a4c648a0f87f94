"""The office's key: tablets seal for it what only the office may open.

A key on the curve P-256. Its private part follows from a sealing key of the keyring, so that there
is nothing more to keep or to lose, and it bears that key's number: after a new sealing key was
added, what was sealed for the one before still opens.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from census.core import sealed

CURVE = SECP256R1()
ORDER = 0xFFFFFFFF_00000000_FFFFFFFF_FFFFFFFF_BCE6FAAD_A7179E84_F3B9CAC2_FC632551
"""How many points the curve's generator has; private keys are below it."""

PURPOSE = "sammano-office-key-1"
# Sixteen bytes more than the order has: no private key is then likelier than another.
MATERIAL_BYTES = 48


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The public part, as tablets get it: an uncompressed point, and the number of the key."""

    id: int
    point: bytes


def office_key() -> OfficeKey:
    """The key that tablets seal for now."""
    key_id = sealed.newest_key_id()
    point = _private_key(key_id).public_key()
    return OfficeKey(key_id, point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def shared_secret(key_id: int, their_point: bytes) -> bytes:
    """What the office's key of this number and a tablet's have in common.

    Raises ValueError for what is no point of the curve, and SealBroken for an unknown key.
    """
    theirs = EllipticCurvePublicKey.from_encoded_point(CURVE, their_point)
    return _private_key(key_id).exchange(ECDH(), theirs)


def _private_key(key_id: int) -> EllipticCurvePrivateKey:
    material = sealed.derived(key_id, purpose=PURPOSE, length=MATERIAL_BYTES)
    return derive_private_key(int.from_bytes(material, "big") % (ORDER - 1) + 1, CURVE)
