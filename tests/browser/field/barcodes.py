"""Barcodes as pictures, drawn without what reads them."""

from __future__ import annotations

from io import BytesIO

import segno
from PIL import Image, ImageDraw


def qr_code(text: str) -> bytes:
    """A QR code as a picture."""
    picture = BytesIO()
    segno.make(text, micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


# Widths of the bars and spaces of each symbol of Code 128, by its value.
_SYMBOLS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231"
    "113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211"
    "212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131"
    "113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111"
    "314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211"
    "241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214"
    "211232"
)
CODE_128 = [_SYMBOLS[start : start + 6] for start in range(0, len(_SYMBOLS), 6)]
START_B, STOP = 104, "2331112"


def code_128(text: str) -> bytes:
    """A Code 128 barcode as a picture."""
    values = [START_B, *(ord(character) - 32 for character in text)]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    widths = "".join(CODE_128[value] for value in (*values, check)) + STOP
    scale, quiet = 3, 30
    picture = Image.new("L", (2 * quiet + scale * sum(map(int, widths)), 240), 255)
    pen, left = ImageDraw.Draw(picture), quiet
    for place, width in enumerate(map(int, widths)):
        if place % 2 == 0:
            pen.rectangle((left, 20, left + scale * width - 1, 220), fill=0)
        left += scale * width
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
