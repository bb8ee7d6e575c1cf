"""Rows of text as pictures, for what GBK cannot say (rare characters of names). Imports Pillow only when it draws.

The picture keeps the printer's grid, 12 dots a column and 24 a row, so that a drawn row stands in line with the
printed ones. A character that no font has is an error, never an empty box: the wrong name on a receipt is worse
than no receipt.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from drivers.errors import DeviceError, Fault
from drivers.printer.frames import Strip
from drivers.printer.layout import DOTS_A_COLUMN, TextRow, clusters, columns

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

ROW_DOTS = 24
_MOST_CELLS = 4000  # 3 MB
_OURS = Path(__file__).parents[2] / "resources" / "fonts"
_SYSTEM = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),
    Path("C:/Windows/Fonts/simsunb.ttf"),  # the rare characters
    Path("C:/Windows/Fonts/msyh.ttc"),
)
# In a collection the Chinese face, not the Japanese one that stands first
_FACE = {"NotoSansCJK-Regular.ttc": 2}
_NO_SUCH_CHARACTER = "\U0010ffff"  # never assigned: draws what a font shows for characters that it has not


def font_files(chosen: str = "") -> list[Path]:
    """The fonts to look into, in order: the chosen one, those we ship, the system's."""
    shipped = sorted(_OURS.glob("*.otf")) + sorted(_OURS.glob("*.ttf"))
    return [path for path in ([Path(chosen)] if chosen else []) + shipped + list(_SYSTEM) if path.is_file()]


class Pen:
    """Draws rows.

    Args:
        device: Stands in the errors.
        font: A font file to look into first.
    """

    def __init__(self, device: str, font: str = "") -> None:
        self._device = device
        self._files = font_files(font)
        self._fonts: dict[int, list[FreeTypeFont]] = {}
        self._cells: dict[tuple[str, int, int], Image] = {}

    def draw(self, row: TextRow, dots: int) -> Strip:
        """Return ``row`` as a strip of ``dots`` dots; ``big`` rows are twice as high.

        Raises:
            DeviceError: ``REFUSED``/``unsupported`` for a character that no font has.
        """
        from PIL import Image, ImageChops  # noqa: PLC0415 - only rare names need Pillow

        scale = 2 if row.big else 1
        strip = Image.new("L", (dots, (ROW_DOTS + 6) * scale), 0)
        x = 0
        for cluster in clusters(row.text):
            room = columns(cluster) * DOTS_A_COLUMN * scale
            if cluster.strip():
                cell = self._cell(cluster, room, scale)
                strip.paste(cell, (x, 0), cell)
            x += room
        if row.bold:
            strip = ImageChops.lighter(strip, ImageChops.offset(strip, 1, 0))
        flat = strip.point([255 if ink > 110 else 0 for ink in range(256)]).convert("1", dither=Image.Dither.NONE)
        return Strip(flat.width, flat.height, flat.tobytes())

    def _cell(self, cluster: str, room: int, scale: int) -> "Image":
        """A character's picture, kept: the same few hundred come again and again."""
        key = (cluster, room, scale)
        cell = self._cells.get(key)
        if cell is None:
            if len(self._cells) >= _MOST_CELLS:
                self._cells.clear()
            cell = self._cells[key] = self._drawn(cluster, room, scale)
        return cell

    def _drawn(self, cluster: str, room: int, scale: int) -> "Image":
        from PIL import Image, ImageDraw  # noqa: PLC0415

        font = self._font_for(cluster, ROW_DOTS * scale)
        wide = max(room, int(font.getlength(cluster)) + 1)
        cell = Image.new("L", (wide, (ROW_DOTS + 6) * scale), 0)
        free = (wide - font.getlength(cluster)) / 2
        # the baseline of Chinese type lies 0.88 em below the top
        ImageDraw.Draw(cell).text((free, 0.88 * ROW_DOTS * scale + 2), cluster, fill=255, font=font, anchor="ls")
        return cell if wide == room else cell.resize((room, cell.height))

    def _font_for(self, cluster: str, size: int) -> "FreeTypeFont":
        if size not in self._fonts:
            from PIL import ImageFont  # noqa: PLC0415

            self._fonts[size] = [
                ImageFont.truetype(path, size, index=_FACE.get(path.name, 0), layout_engine=ImageFont.Layout.BASIC)
                for path in self._files
            ]
        for font in self._fonts[size]:
            if all(has(font, character) for character in cluster):
                return font
        # a name's character is personal data: the log gets its block only
        block = f"{ord(cluster[0]) >> 8:02X}xx"
        raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"no font has a character of U+{block}")


def has(font: "FreeTypeFont", character: str) -> bool:
    """Whether ``font`` has a glyph for ``character``: it draws something else than for a character it has not."""
    try:
        drawn, missing = font.getmask(character), font.getmask(_NO_SUCH_CHARACTER)
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)
