"""Opening a tablet's file: first the key that was sealed for the office, then each record with it.

`{"format": "sammano-tablet-1", "device_id", "made_at", "office_key_id", "sealed_key":
{"ephemeral_public_key", "iv", "data"}, "records": [{"store", "key", "iv", "data"}]}`, bytes in
base64. The sealed key opens with AES-256-GCM under HKDF-SHA-256 of what the office's key and the
ephemeral one have in common, as sealed for the device; a record, as sealed for its store and key.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from census.collection.tablet_files.errors import TabletFileDamaged, TabletFileOfOtherKey
from census.core.office_key import shared_secret
from census.core.sealed import SealBroken

FORMAT = "sammano-tablet-1"
KEY_BYTES = 32

_UNFIT = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What comes of reading something that is not what it should be."""


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record of one of the tablet's stores, as it was before it was sealed."""

    store: str
    key: str
    content: Any


@dataclass(frozen=True, slots=True)
class OpenedTabletFile:
    """What a tablet held when it wrote the file."""

    device_id: str
    made_at: str
    records: tuple[OpenedRecord, ...]
    left_out: tuple[str, ...] = ()
    """The keys of records that do not open, where the rest was wanted all the same."""


def open_tablet_file(
    data: bytes, stores: frozenset[str], *, leaves_out_damaged: bool = False
) -> OpenedTabletFile:
    """Open the records of these stores; refuses the whole file where one of them does not open.

    What does not open in a file that is the last of its kind is left out on demand, and named.
    """
    try:
        sent = json.loads(data)
        if sent["format"] != FORMAT:
            raise TabletFileDamaged
        cipher = AESGCM(_data_key(sent))
        wanted = [each for each in sent["records"] if _text(each["store"]) in stores]
        left_out = _not_opening(cipher, wanted) if leaves_out_damaged else frozenset()
        return OpenedTabletFile(
            device_id=_text(sent["device_id"]),
            made_at=_text(sent["made_at"]),
            records=tuple(_opened(cipher, each) for each in wanted if each["key"] not in left_out),
            left_out=tuple(sorted(left_out)),
        )
    except (InvalidTag, *_UNFIT):
        raise TabletFileDamaged from None


def _data_key(sent: dict[str, Any]) -> bytes:
    """The key of the tablet's records."""
    sealed, about = sent["sealed_key"], _text(sent["device_id"]).encode()
    point, iv, data = (_bytes(sealed[name]) for name in ("ephemeral_public_key", "iv", "data"))
    try:
        secret = shared_secret(_number(sent["office_key_id"]), point)
        shared = HKDF(SHA256(), length=KEY_BYTES, salt=None, info=FORMAT.encode()).derive(secret)
        return AESGCM(shared).decrypt(iv, data, about)
    except (SealBroken, InvalidTag):
        raise TabletFileOfOtherKey from None


def _opened(cipher: AESGCM, record: dict[str, Any]) -> OpenedRecord:
    store, key = _text(record["store"]), _text(record["key"])
    about = f"{store}/{key}".encode()
    plain = cipher.decrypt(_bytes(record["iv"]), _bytes(record["data"]), about)
    return OpenedRecord(store, key, json.loads(plain))


def _not_opening(cipher: AESGCM, records: list[dict[str, Any]]) -> frozenset[str]:
    """The keys of those records that do not open."""
    broken = set()
    for record in records:
        try:
            _opened(cipher, record)
        except (InvalidTag, *_UNFIT):
            broken.add(_text(record["key"]))
    return frozenset(broken)


def _bytes(text: Any) -> bytes:
    return base64.b64decode(_text(text), validate=True)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is needed")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError("a number is needed")
    return value
