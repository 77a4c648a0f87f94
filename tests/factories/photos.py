"""Photos as telephones take them, and files that only pretend to be photos."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

CANARY = "CANARY-1999900000013"
"""A text that may be found in nothing that is kept of a photo."""

GPS = {1: "N", 2: (13.0, 21.0, 40.0), 3: "E", 4: (100.0, 59.0, 5.0)}
"""The GPS block of EXIF: a position in Chon Buri."""


def jpeg(
    width: int = 64, height: int = 48, *, orientation: int | None = None, quality: int = 75
) -> bytes:
    """A JPEG whose left half is red and whose right half is blue."""
    image = _two_halves(width, height)
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    return _saved(image, "JPEG", exif=exif, quality=quality)


def talkative_jpeg() -> bytes:
    """A JPEG that tells its position, its camera and more, each time with the canary."""
    exif = Image.Exif()
    exif[0x010E] = CANARY
    exif[0x010F] = CANARY
    exif.get_ifd(0x8825).update(GPS)
    return _saved(
        _two_halves(64, 48),
        "JPEG",
        exif=exif,
        comment=CANARY.encode(),
        xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode(),
        icc_profile=CANARY.encode() * 4,
    )


def talkative_png() -> bytes:
    """A PNG with the canary in its text, its EXIF and its colour profile."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    exif = Image.Exif()
    exif[0x010E] = CANARY
    exif.get_ifd(0x8825).update(GPS)
    return _saved(
        _two_halves(64, 48), "PNG", pnginfo=text, exif=exif, icc_profile=CANARY.encode() * 4
    )


def talkative_webp() -> bytes:
    """A WebP with the canary in its EXIF and XMP."""
    exif = Image.Exif()
    exif[0x010E] = CANARY
    return _saved(
        _two_halves(64, 48), "WEBP", exif=exif, xmp=f"<x>{CANARY}</x>".encode(), quality=60
    )


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing: a decompression bomb in small."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(b"\0" * 10_000)),
            _chunk(b"IEND", b""),
        )
    )


def gif() -> bytes:
    """A picture of a kind that no camera makes."""
    return _saved(_two_halves(8, 8), "GIF")


def polyglot() -> bytes:
    """A real photo with a page and an archive behind it."""
    page = f"<html><script>alert('{CANARY}')</script>".encode()
    return jpeg() + page + b"PK\x05\x06" + b"\0" * 18


def _two_halves(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


HOSTILE = {
    "nothing": b"",
    "one_byte": b"\xff",
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "pdf": b"%PDF-1.7\n%%EOF",
    "gif": gif(),
    "php_after_signature": b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>",
    "truncated_jpeg": jpeg(400, 300)[:900],
    "truncated_png": talkative_png()[:200],
    "header_only_jpeg": jpeg()[:20],
    "riff_that_is_sound": b"RIFF\x24\0\0\0WAVEfmt ",
    "webp_of_nothing": b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0",
    "bomb": png_of_claimed_size(60_000, 60_000),
    "huge": png_of_claimed_size(8_000, 5_001),
    "negative": png_of_claimed_size(0xFFFF_FFFF, 1),
    "no_width": png_of_claimed_size(0, 10),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "tiff": b"II*\0\x08\0\0\0\0\0",
    "zip": b"PK\x03\x04" + b"\0" * 40,
    "text": "ภาพ".encode(),
}
"""Files that are no photo, by what is wrong with them."""
