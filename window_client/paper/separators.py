"""Separator sheets for the feeder: one A4 page a material, with its code and its name in large, as PDF.

A hall prints a set for each of its items once; the clerk lays them between the papers of a batch.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from drivers.printer.raster import font_files

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

DPI = 150
SHEET = (1240, 1754)
CODE = 420
"""Pixels of the code's side: 7 cm, read even when the sheet lies askew."""


def separator_sheets(sheets: Sequence[tuple[str, str, str]]) -> bytes:
    """The sheets as one PDF.

    Args:
        sheets: For each the text of its code, its name in large, and a line below.

    Raises:
        ValueError: No sheet at all, or no font with Chinese characters.
    """
    if not sheets:
        raise ValueError("there is nothing to print")
    pages = [_sheet(*one) for one in sheets]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, title="Separators")
    return out.getvalue()


def _sheet(code: str, name: str, note: str) -> "Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only for this command

    page = Image.new("L", SHEET, 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 40, SHEET[0] - 40, SHEET[1] - 40), outline=0, width=6)
    pen.rectangle((40, 40, SHEET[0] - 40, 190), fill=0)
    pen.text((SHEET[0] / 2, 115), "分隔页", fill=255, font=_font(84), anchor="mm")
    # twice, head to foot: whichever end is fed first, and however a corner is folded
    picture = _code(code)
    for top in (280, SHEET[1] - 280 - CODE):
        page.paste(picture, ((SHEET[0] - CODE) // 2, top))
    size = 92
    while size > 34 and _font(size).getlength(name) > SHEET[0] - 200:
        size -= 4
    middle = SHEET[1] / 2
    pen.text((SHEET[0] / 2, middle - 20), name, fill=0, font=_font(size), anchor="mm")
    pen.text((SHEET[0] / 2, middle + 70), note, fill=60, font=_font(34), anchor="mm")
    return page


def _code(text: str) -> "Image":
    import numpy as np  # noqa: PLC0415
    import zxingcpp  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    cells = np.asarray(cast("Any", zxingcpp.write_barcode_to_image(barcode, scale=1)))
    return Image.fromarray(cells).convert("L").resize((CODE, CODE), Image.Resampling.NEAREST)


def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415

    files = [file for file in font_files() if "Regular" in file.name] or font_files()
    if not files:
        raise ValueError("no font with Chinese characters")
    return ImageFont.truetype(files[0], size)
