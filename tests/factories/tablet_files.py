"""Files as a tablet writes them as the last resort, sealed for the office's key of the tests."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from census.core.office_key import office_key

FORMAT = "sammano-tablet-1"


def tablet_file(
    device_id: object,
    token: str,
    *waiting: tuple[str, dict[str, Any]],
    drafts: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """The document of a file with this token, what waits as (kind, body), and drafts."""
    data_key = os.urandom(32)
    contents = [("settings", "token", token)]
    contents += [
        ("outbox", f"{kind} {number}", {"kind": kind, "body": body})
        for number, (kind, body) in enumerate(waiting)
    ]
    contents += [("drafts", draft["household_id"], draft) for draft in drafts]
    key = office_key()
    return {
        "format": FORMAT,
        "device_id": str(device_id),
        "made_at": "2021-02-10T07:00:00Z",
        "office_key_id": key.id,
        "sealed_key": _sealed_key(data_key, key.point, str(device_id)),
        "records": [
            {"store": store, "key": name, **_sealed(data_key, content, f"{store}/{name}")}
            for store, name, content in contents
        ],
    }


def written(document: dict[str, Any]) -> bytes:
    """The file itself."""
    return json.dumps(document).encode()


def _sealed_key(data_key: bytes, point: bytes, device_id: str) -> dict[str, str]:
    ephemeral = generate_private_key(SECP256R1())
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    secret = ephemeral.exchange(ECDH(), theirs)
    shared = HKDF(SHA256(), length=32, salt=None, info=FORMAT.encode()).derive(secret)
    own = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"ephemeral_public_key": _base64(own), **_encrypted(shared, data_key, device_id)}


def _sealed(key: bytes, content: Any, about: str) -> dict[str, str]:
    return _encrypted(key, json.dumps(content).encode(), about)


def _encrypted(key: bytes, plain: bytes, about: str) -> dict[str, str]:
    iv = os.urandom(12)
    return {"iv": _base64(iv), "data": _base64(AESGCM(key).encrypt(iv, plain, about.encode()))}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
