"""Draws the emulated display: for a terminal, and as PNG (needs Pillow, which only ``GET /display.png`` loads)."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from drivers.display.epson import cells
from drivers.printer.layout import DOTS_A_COLUMN, TextRow
from drivers.printer.raster import Pen

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_INK, _DARK, _GROUND = (255, 74, 54), (58, 22, 18), (20, 14, 14)
_COLOURS = {"green": (70, 220, 90), "yellow": (250, 205, 60)}
_ROW = 36
_WIDTH, _HEIGHT, _THICK, _GAP = 60, 110, 12, 24
# a segment's two ends in halves of the digit's width and height, bit 0 first
_PLACES = ((0, 0, 1, 0), (1, 0, 1, 1), (1, 1, 1, 2), (0, 2, 1, 2), (0, 1, 0, 2), (0, 0, 0, 1), (0, 1, 1, 1))


def drawn(lines: Sequence[str], segments: Sequence[int]) -> str:
    """The display as text for a terminal."""
    if segments:
        return _digits(segments)
    wide = max(20, *(cells(line) for line in lines))
    rows = [f"│{line}{' ' * (wide - cells(line))}│" for line in lines]
    return "\n".join(("┌" + "─" * wide + "┐", *rows, "└" + "─" * wide + "┘"))


def _digits(segments: Sequence[int]) -> str:
    rows = ["", "", ""]
    for bits in segments:

        def lit(bit: int, mark: str, bits: int = bits) -> str:
            return mark if bits >> bit & 1 else " "

        rows[0] += f" {lit(0, '_')}  "
        rows[1] += f"{lit(5, '|')}{lit(6, '_')}{lit(1, '|')} "
        rows[2] += f"{lit(4, '|')}{lit(3, '_')}{lit(2, '|')} "
    return "\n".join(rows)


def png(lines: Sequence[str], segments: Sequence[int], colour: str = "") -> bytes:
    """The display as a picture, lit on black: red unless it says ``green`` or ``yellow``."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    if segments:
        picture = Image.new("RGB", (len(segments) * (_WIDTH + _GAP) + _GAP, _HEIGHT + 2 * _GAP), _GROUND)
        pen = ImageDraw.Draw(picture)
        for at, bits in enumerate(segments):
            _draw_digit(pen, _GAP + at * (_WIDTH + _GAP), _GAP, bits)
    else:
        picture = _characters(lines, _COLOURS.get(colour, _INK))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw_digit(pen: "ImageDraw", left: int, top: int, bits: int) -> None:
    for bit, (x1, y1, x2, y2) in enumerate(_PLACES):
        ends = (left + x1 * _WIDTH, top + y1 * _HEIGHT // 2, left + x2 * _WIDTH, top + y2 * _HEIGHT // 2)
        pen.line(ends, fill=_INK if bits >> bit & 1 else _DARK, width=_THICK)


def _characters(lines: Sequence[str], ink: tuple[int, int, int]) -> "Image":
    from PIL import Image  # noqa: PLC0415

    pen = Pen("display")
    wide = max(20, *(cells(line) for line in lines)) * DOTS_A_COLUMN
    picture = Image.new("RGB", (wide + 2 * _GAP, len(lines) * _ROW + 2 * _GAP), _GROUND)
    for at, line in enumerate(lines):
        strip = pen.draw(TextRow(line), wide)
        inked = Image.frombytes("1", (strip.width, strip.height), strip.bits)
        picture.paste(ink, (_GAP, _GAP + at * _ROW), inked.convert("L"))
    return picture
