"""The two sides of a card on one sheet of A4, at true size, with what the copy is for.

Source for the sizes: ISO/IEC 7810 ID-1 (85.6 x 54 mm); 300 dots an inch.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from drivers.printer.raster import font_files
from window_client.imaging.arrays import Floats, Picture
from window_client.imaging.decoding import decode, encode
from window_client.imaging.orientation import upright_turn

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DPI = 300
SHEET = (2480, 3508)
CARD = (1011, 638)
GAP = 118  # 10 mm
TOP = (SHEET[1] - 2 * CARD[1] - GAP) // 2
"""The sides stand in the middle of the sheet, the one that was taken first above."""

LINE = 96
"""Pixels of the line of words below a side; it has its place in the gap."""

SLANT = 24
"""Degrees by which the words over a side rise."""
FAINTEST = 0.87
"""What the mark leaves of the light under it: dark text under it stays as dark, and paper stays light."""


def card_sheet(one: bytes, two: bytes, words: tuple[str, str]) -> bytes:
    """Both sides below one another in the middle of a white A4 sheet, as JPEG at 300 dots an inch.

    Args:
        one: The first side, straightened.
        two: The other side.
        words: What the copy is for, and when and where it was made. Both stand in full below each side; the first
            also runs faintly over it, so that the copy is of no use elsewhere and yet can be read.

    Raises:
        ValueError: A side cannot be read, or there is no font for the words.
    """
    sheet = np.full((SHEET[1], SHEET[0], 3), 255, np.uint8)
    left = (SHEET[0] - CARD[0]) // 2
    for place, side in enumerate((one, two)):
        top = TOP + place * (CARD[1] + GAP)
        area = sheet[top : top + CARD[1], left : left + CARD[0]]
        area[:] = _marked(_lying(decode(side)), words[0])
        _write_below(sheet, top + CARD[1] + (GAP - LINE) // 2, words)
    return encode(sheet, dpi=DPI, quality=90)


def _lying(side: Picture) -> Picture:
    """The side in a card's size, its long side across."""
    if side.shape[0] > side.shape[1]:
        turn = upright_turn(side)
        code = cv2.ROTATE_90_COUNTERCLOCKWISE if turn == 270 else cv2.ROTATE_90_CLOCKWISE
        side = np.asarray(cv2.rotate(side, code), np.uint8)
    return np.asarray(cv2.resize(side, CARD, interpolation=cv2.INTER_AREA), np.uint8)


def _marked(side: Picture, words: str) -> Picture:
    """The side under slanting faint words: they take light from light places only, so no character is hidden."""
    mask = _slanting(words)
    dimmed = side.astype(np.float32) * (1 - (1 - FAINTEST) * mask[..., None])
    return np.asarray(np.clip(dimmed, 0, 255), np.uint8)


@lru_cache(maxsize=4)
def _slanting(words: str) -> Floats:
    """The words again and again across a card, slanting upwards, as shares of ink."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    font = _font(44)
    line = (words + "　　") * 6
    wide = Image.new("L", (2000, 2000), 0)
    pen = ImageDraw.Draw(wide)
    for row in range(0, 2000, 190):
        pen.text((-(row * 3) % 700 - 700, row), line, fill=255, font=font)
    turned = wide.rotate(SLANT, resample=Image.Resampling.BILINEAR)
    left, top = (2000 - CARD[0]) // 2, (2000 - CARD[1]) // 2
    part = turned.crop((left, top, left + CARD[0], top + CARD[1]))
    return np.asarray(np.asarray(part, np.float32) / 255, np.float32)


def _write_below(sheet: Picture, top: int, words: tuple[str, str]) -> None:
    from PIL import Image, ImageDraw  # noqa: PLC0415

    strip = Image.new("RGB", (SHEET[0], LINE), (255, 255, 255))
    pen = ImageDraw.Draw(strip)
    text = "  ·  ".join(words)
    size = 40
    while size > 20 and _font(size).getlength(text) > SHEET[0] - 240:
        size -= 2
    pen.text((SHEET[0] / 2, LINE / 2), text, fill=(70, 70, 70), font=_font(size), anchor="mm")
    sheet[top : top + LINE] = np.asarray(strip, np.uint8)[..., ::-1]


@lru_cache(maxsize=16)
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415

    files = [file for file in font_files() if "Regular" in file.name] or font_files()
    if not files:
        raise ValueError("no font with Chinese characters")
    return ImageFont.truetype(files[0], size)
