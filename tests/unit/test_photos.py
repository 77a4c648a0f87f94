"""A photo is drawn anew: what it shows is kept, what else was in its file is not."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from census.collection.attachments import sent
from census.collection.attachments.photos import LONGEST_EDGE_PX, pixels_in, redraw
from census.collection.attachments.sent import SentFile, examine
from tests.factories import photos
from tests.factories.photos import CANARY, HOSTILE

RED, BLUE = (254, 0, 0), (0, 0, 254)


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


def is_like(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG before its picture begins."""
    found, at = set(), 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_nothing_that_a_photo_tells_beside_its_picture_is_kept(kind: str) -> None:
    kept = redraw(getattr(photos, f"talkative_{kind}")())

    assert kept is not None
    assert CANARY.encode() not in kept.jpeg
    image = opened(kept.jpeg)
    assert image.format == "JPEG"
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    # JFIF's own block, tables and the frame: no EXIF or XMP (E1), profile (E2) or comment (FE).
    assert segments(kept.jpeg) <= {0xE0, 0xDB, 0xC0, 0xC4}


def test_the_photos_of_these_tests_do_tell_something() -> None:
    told = opened(photos.talkative_jpeg())

    assert told.getexif().get_ifd(0x8825)[2] == (13.0, 21.0, 40.0)
    assert photos.talkative_jpeg().count(CANARY.encode()) >= 5
    assert photos.talkative_png().count(CANARY.encode()) >= 3


def test_what_lies_behind_the_picture_is_not_kept() -> None:
    kept = redraw(photos.polyglot())

    assert kept is not None
    assert b"<script>" not in kept.jpeg
    assert b"PK\x05\x06" not in kept.jpeg


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_what_is_no_photo_is_told_apart(kind: str) -> None:
    assert redraw(HOSTILE[kind]) is None


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    kept = redraw(photos.jpeg(4_000, 3_000, quality=30))

    assert kept is not None
    assert (kept.width, kept.height) == (LONGEST_EDGE_PX, 1_200)
    assert opened(kept.jpeg).size == (kept.width, kept.height)


def test_a_small_photo_keeps_its_size() -> None:
    kept = redraw(photos.jpeg(64, 48))

    assert kept is not None
    assert (kept.width, kept.height) == (64, 48)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (64, 48), (5, 24)),
        (2, (64, 48), (59, 24)),
        (3, (64, 48), (59, 24)),
        (4, (64, 48), (5, 24)),
        (5, (48, 64), (24, 5)),
        (6, (48, 64), (24, 5)),
        (7, (48, 64), (24, 59)),
        (8, (48, 64), (24, 59)),
        (9, (64, 48), (5, 24)),
    ],
)
def test_a_photo_is_kept_upright(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    kept = redraw(photos.jpeg(64, 48, orientation=orientation))

    assert kept is not None
    image = opened(kept.jpeg)
    other_end = (size[0] - 1 - red_at[0], size[1] - 1 - red_at[1])
    assert image.size == size
    assert is_like(image.getpixel(red_at), RED)
    assert is_like(image.getpixel(other_end), BLUE)


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "I;16"])
def test_a_picture_of_any_colours_is_kept_in_red_green_and_blue(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (20, 10)).save(file, "PNG")

    kept = redraw(file.getvalue())

    assert kept is not None
    assert opened(kept.jpeg).mode == "RGB"


def test_what_is_transparent_becomes_paper() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(file, "PNG")

    kept = redraw(file.getvalue())

    assert kept is not None
    assert is_like(opened(kept.jpeg).getpixel((5, 5)), (255, 255, 255))


def test_no_more_pixels_are_read_at_once_than_photos_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sent, "MAX_REQUEST_PIXELS", 2 * 64 * 48)
    files = [SentFile(f"{number}.jpg", photos.jpeg(64, 48)) for number in range(3)]

    examined = examine([*files[:1], SentFile("a.txt", b"text"), *files[1:]])

    assert [each.refusal for each in examined] == [None, None, None, "attachment.too_many"]


def test_the_pixels_of_what_is_no_photo_are_none() -> None:
    claimed = {name: pixels_in(data) for name, data in HOSTILE.items()}

    assert claimed.pop("huge") == 8_000 * 5_001
    assert claimed.pop("truncated_jpeg") == 400 * 300
    assert set(claimed.values()) == {0}
