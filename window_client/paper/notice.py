"""The acceptance notice on A4 (受理通知书): the words of the receipt on a page, drawn and packed as PDF.

It is made from the receipt's lines, so that both papers say the same. What is printed as dots on the roll stands here
in the hall's own type; the codes are the receipt's own.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from drivers.contracts import Align, Barcode, Feed, Line, Qr, Rule, Text
from drivers.printer.raster import font_files, has

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

DPI = 200
PAGE = (1654, 2339)
"""A4 in dots."""

_MARGIN = 180
_TOP, _LEFT, _RIGHT, _BOTTOM = 130, _MARGIN, PAGE[0] - _MARGIN, PAGE[1] - 140
_BODY, _HEAD, _SMALL = 34, 54, 28
_LINE = 51
_LABEL = 250
"""Dots of the column of labels."""

_CODE = 260
_NOT_HERE = ("—— 回执结束 ——",)


def notice(lines: Sequence[Line]) -> bytes:
    """The notice of a case as PDF, from the lines of its receipt (a copy's lines carry their mark).

    Raises:
        ValueError: There is no font with Chinese characters.
    """
    sheet = _Sheet()
    for line in _as_notice(lines):
        sheet.put(line)
    return sheet.pdf()


def _as_notice(lines: Sequence[Line]) -> Iterator[Line]:
    """The receipt's lines as the notice's: its name, and nothing that speaks of a roll's end."""
    for line in lines:
        if isinstance(line, Text) and line.text in _NOT_HERE:
            continue
        if isinstance(line, Text) and line.text == "受理回执":
            yield Text("受理通知书", align=line.align, bold=line.bold, big=line.big)
        else:
            yield line


class _Sheet:
    """Pages that fill from the top."""

    def __init__(self) -> None:
        self._pages: list[Image] = []
        self._y = 0
        self._pen: ImageDraw = self._next()
        self._fonts: dict[tuple[int, bool], list[FreeTypeFont]] = {}

    def put(self, line: Line) -> None:
        match line:
            case Text():
                self._text(line)
            case Rule():
                self._room(40)
                self._pen.line((_LEFT, self._y + 20, _RIGHT, self._y + 20), fill=0, width=2)
                self._y += 40
            case Qr():
                self._code(line.text, "QRCode", _CODE, _CODE)
            case Barcode():
                self._code(line.text, "Code128", 760, 90)
            case Feed():
                self._y += line.lines * _LINE // 2

    def pdf(self) -> bytes:
        for number, page in enumerate(self._pages, start=1):
            if len(self._pages) > 1:
                from PIL import ImageDraw  # noqa: PLC0415

                words = f"第 {number} 页，共 {len(self._pages)} 页"
                ImageDraw.Draw(page).text(
                    (PAGE[0] / 2, PAGE[1] - 100), words, fill=0, font=self._font("页", _SMALL), anchor="mm"
                )
        out = BytesIO()
        first, *others = [page.convert("1", dither=0) for page in self._pages]  # type: ignore[arg-type]
        first.save(out, "PDF", save_all=True, append_images=others, resolution=DPI, title="Notice")
        return out.getvalue()

    def _next(self) -> "ImageDraw":
        from PIL import Image, ImageDraw  # noqa: PLC0415 - only for those who print one

        self._pages.append(Image.new("L", PAGE, 255))
        self._pen, self._y = ImageDraw.Draw(self._pages[-1]), _TOP
        return self._pen

    def _room(self, height: int) -> None:
        if self._y + height > _BOTTOM:
            self._next()

    def _text(self, line: Text) -> None:
        size = _HEAD if line.big else _BODY
        bold = line.bold or line.big
        height = _LINE * size // _BODY
        if line.right:
            self._pair(line, size, bold, height)
            return
        for part in self._wrapped(line.text, size, bold, _RIGHT - _LEFT):
            self._room(height)
            x = {Align.CENTRE: (PAGE[0] - self._width(part, size, bold)) / 2}.get(line.align, float(_LEFT))
            self._write(x, part, size, bold)
            self._y += height

    def _pair(self, line: Text, size: int, bold: bool, height: int) -> None:
        """A label with its value beside it; a long label, as of a material, with its value flush right."""
        wide = self._width(line.text, size, bold)
        if wide <= _LABEL:
            x, room = _LEFT + _LABEL + 30, _RIGHT - _LEFT - _LABEL - 30
            parts = self._wrapped(line.right, size, bold, room)
            self._room(height * len(parts))
            self._write(_LEFT, line.text, size, bold)
            for part in parts:
                self._write(x, part, size, bold)
                self._y += height
            return
        value = self._width(line.right, size, bold)
        parts = self._wrapped(line.text, size, bold, max(_LABEL, _RIGHT - _LEFT - int(value) - 30))
        self._room(height * len(parts))
        for place, part in enumerate(parts):
            self._write(_LEFT, part, size, bold)
            if place == len(parts) - 1:
                self._write(_RIGHT - value, line.right, size, bold)
            self._y += height

    def _wrapped(self, text: str, size: int, bold: bool, room: int) -> list[str]:
        rows, row = [], ""
        for character in " ".join(text.split("\n")):
            if row and self._width(row + character, size, bold) > room:
                rows.append(row)
                row = ""
            row += character
        return [*rows, row]

    def _width(self, text: str, size: int, bold: bool) -> float:
        return sum(font.getlength(part) for part, font in self._runs(text, size, bold))

    def _write(self, x: float, text: str, size: int, bold: bool) -> None:
        for part, font in self._runs(text, size, bold):
            self._pen.text((x, self._y + size), part, fill=0, font=font, anchor="ls")
            x += font.getlength(part)

    def _runs(self, text: str, size: int, bold: bool) -> list[tuple[str, "FreeTypeFont"]]:
        """The text in pieces that one font has: rare characters of names may need another."""
        runs: list[tuple[str, FreeTypeFont]] = []
        for character in text:
            font = self._font(character, size, bold)
            if runs and runs[-1][1] is font:
                runs[-1] = (runs[-1][0] + character, font)
            else:
                runs.append((character, font))
        return runs

    def _font(self, character: str, size: int, bold: bool = False) -> "FreeTypeFont":
        fonts = self._fonts.get((size, bold))
        if fonts is None:
            from PIL import ImageFont  # noqa: PLC0415

            files = sorted(font_files(), key=lambda file: ("Bold" in file.name) is not bold)
            if not files:
                raise ValueError("no font with Chinese characters")
            basic = ImageFont.Layout.BASIC
            fonts = self._fonts[size, bold] = [ImageFont.truetype(file, size, layout_engine=basic) for file in files]
        if character in _PLAIN:
            return fonts[0]
        return next((font for font in fonts if has(font, character)), fonts[0])

    def _code(self, text: str, kind: str, wide: int, high: int) -> None:
        import numpy as np  # noqa: PLC0415
        import zxingcpp  # noqa: PLC0415
        from PIL import Image  # noqa: PLC0415

        made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
        cells = np.asarray(cast("Any", zxingcpp.write_barcode_to_image(made, scale=1)))
        drawn = Image.fromarray(cells).convert("L")
        scale = max(1, wide // drawn.width)
        height = drawn.height * scale if kind == "QRCode" else high
        drawn = drawn.resize((drawn.width * scale, height), Image.Resampling.NEAREST)
        self._room(drawn.height + 20)
        self._pages[-1].paste(drawn, ((PAGE[0] - drawn.width) // 2, self._y))
        self._y += drawn.height + 20


_PLAIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -:.,/()（）：，。　年月日第号份页")
