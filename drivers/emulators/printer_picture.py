"""Draws the emulated printer's paper. Needs Pillow, which only ``GET /paper.png`` loads."""

from io import BytesIO
from typing import TYPE_CHECKING

from drivers.emulators.printer_paper import Code128, Cut, Item, Picture, QrCode, Space, TextLine
from drivers.printer.layout import DOTS_A_COLUMN, TextRow, columns
from drivers.printer.raster import Pen

if TYPE_CHECKING:
    from PIL.Image import Image

_ROW = 30  # dots
_STOP = "1100011101011"


def paper_png(items: list[Item], width: int) -> bytes:
    """Return the paper, ``width`` columns wide, as PNG; black on white."""
    from PIL import Image  # noqa: PLC0415

    dots = width * DOTS_A_COLUMN
    pen = Pen("paper")
    strips = [(_drawn(item, dots, pen), getattr(item, "align", 0)) for item in items]
    sheet = Image.new("1", (dots + 48, sum(strip.height for strip, _ in strips) + 48), 1)
    y = 24
    for strip, align in strips:
        x = 24 + (dots - strip.width) * align // 2
        sheet.paste(strip, (x, y))
        y += strip.height
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _drawn(item: Item, dots: int, pen: Pen) -> "Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415

    match item:
        case TextLine():
            return _text(item, dots, pen)
        case Picture():
            inked = Image.frombytes("1", (item.width, item.height), item.bits)
            return inked.point([255] + [0] * 255)
        case QrCode():
            return _qr(item)
        case Code128():
            return _code_128(item, pen)
        case Space():
            return Image.new("1", (dots, item.lines * _ROW), 1)
        case Cut():
            strip = Image.new("1", (dots, 12), 1)
            for x in range(0, dots, 16):
                ImageDraw.Draw(strip).line((x, 6, x + 8, 6), fill=0)
            return strip


def _text(line: TextLine, dots: int, pen: Pen) -> "Image":
    from PIL import Image  # noqa: PLC0415

    scale = 2 if any(run.big for run in line.runs) else 1
    strip = Image.new("1", (min(dots, max(1, line.columns) * DOTS_A_COLUMN), _ROW * scale), 1)
    x = 0
    for run in line.runs:
        wide = columns(run.text) * DOTS_A_COLUMN * (2 if run.big else 1)
        drawn = pen.draw(TextRow(run.text, run.bold, run.big), (wide + 7) // 8 * 8)
        inked = Image.frombytes("1", (drawn.width, drawn.height), drawn.bits)
        strip.paste(inked.point([255] + [0] * 255), (x, strip.height - drawn.height))
        x += wide
    return strip


def _qr(item: QrCode) -> "Image":
    import qrcode  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    level = {"L": 1, "M": 0, "Q": 3, "H": 2}[item.level]  # the package's own constants
    code = qrcode.QRCode(error_correction=level, border=4)
    code.add_data(item.data)
    code.make()
    modules = code.get_matrix()
    small = Image.new("1", (len(modules), len(modules)))
    small.putdata([0 if dark else 255 for row in modules for dark in row])
    return small.resize((small.width * item.size, small.height * item.size), Image.Resampling.NEAREST)


def _code_128(item: Code128, pen: Pen) -> "Image":
    from barcode.charsets.code128 import CODES  # type: ignore[import-untyped]  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    check = (item.values[0] + sum(place * value for place, value in enumerate(item.values))) % 103
    bits = "".join(CODES[value] for value in [*item.values, check]) + _STOP
    bars = Image.new("1", (len(bits), 1))
    bars.putdata([0 if bit == "1" else 255 for bit in bits])
    strip = Image.new("1", (len(bits) * item.module, item.height + _ROW), 1)
    strip.paste(bars.resize((strip.width, item.height), Image.Resampling.NEAREST), (0, 0))
    wide = columns(item.text) * DOTS_A_COLUMN
    below = pen.draw(TextRow(item.text), (wide + 7) // 8 * 8)
    words = Image.frombytes("1", (below.width, below.height), below.bits).point([255] + [0] * 255)
    strip.paste(words, (max(0, (strip.width - wide) // 2), item.height))
    return strip
