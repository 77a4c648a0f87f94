"""Photos are drawn anew: what is kept is a picture made here, of what the sent one shows.

Nothing of the file that was sent remains, so nothing that was hidden in it does: no position, no
camera, no comment, no second file behind the picture. What cannot be read as one of three kinds of
photo, or would grow beyond reason in memory, is no photo.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

KINDS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
LONGEST_EDGE_PX = 1_600
JPEG_QUALITY = 80
MEDIA_TYPE = "image/jpeg"

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a photo upright that was taken with the camera held otherwise (EXIF orientation)."""

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: a JPEG without any metadata, upright, edges in pixels."""

    jpeg: bytes
    width: int
    height: int


def redraw(data: bytes) -> Photo | None:
    """Draw the photo anew, at most 1,600 pixels along its longer edge; none if it is no photo."""
    if not data.startswith(_SIGNATURES):
        return None
    try:
        return _redrawn(data)
    except Exception:
        # A decoder may raise anything over hostile bytes, a decompression bomb's name included.
        return None


def pixels_in(data: bytes) -> int:
    """How many pixels the photo says it has, by its beginning; 0 if it is no photo."""
    if not data.startswith(_SIGNATURES):
        return 0
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as sent:
            return sent.width * sent.height
    except Exception:
        return 0


def _redrawn(data: bytes) -> Photo | None:
    with Image.open(io.BytesIO(data), formats=KINDS) as sent:
        if sent.width * sent.height > MAX_PIXELS:
            return None
        orientation = sent.getexif().get(_ORIENTATION)
        # A JPEG can be read at a half or a quarter of its size at once.
        sent.draft("RGB", (LONGEST_EDGE_PX, LONGEST_EDGE_PX))
        sent.load()
        seen = _on_paper(_smaller(sent))
    upright = seen.transpose(_TURNS[orientation]) if orientation in _TURNS else seen
    # Only the pixels go on: whatever else the library carries along with an image stays behind.
    drawn = Image.frombytes("RGB", upright.size, upright.tobytes())
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Photo(kept.getvalue(), *drawn.size)


def _smaller(image: Image.Image) -> Image.Image:
    """The image as small as it is kept, in colours that can be mixed."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    mixed = image if image.mode == mode else image.convert(mode)
    mixed.thumbnail((LONGEST_EDGE_PX, LONGEST_EDGE_PX), Image.Resampling.LANCZOS)
    return mixed


def _on_paper(image: Image.Image) -> Image.Image:
    """The image in red, green and blue, on white where it is transparent."""
    if image.mode == "RGB":
        return image
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image).convert("RGB")
