"""The pages of a scanned PDF as JPEG: a page that is one JPEG is taken out untouched, others are put together.

Scanners put one picture on a page; some lay it down in strips, or text as a mask over a background. Everything else
(forms, drawn text) is not a scan and is refused. Needs pikepdf.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from drivers.scanner.pages import MOST_PAGES, MOST_PIXELS, PageError, Sheet, decoding, encoded, whole_jpeg

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72  # an inch
_HIGHEST_DPI = 600
_DEEPEST = 4  # forms in forms

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Laid(NamedTuple):
    """A picture, and how the unit square is laid on the page, in points."""

    picture: Any
    by: Matrix


def pdf_pages(data: bytes, dpi: int) -> Iterator[Sheet]:
    """Give out the pages of a PDF; ``dpi`` is believed where a page does not tell its own.

    Raises:
        PageError: Damaged, locked by a password, too long, or a page that is no scan.
    """
    import pikepdf  # noqa: PLC0415 - 60 ms, for PDF alone

    with decoding("PDF"):
        document = pikepdf.open(BytesIO(data), suppress_warnings=True)
    with document:
        with decoding("PDF"):
            count = len(document.pages)
        if not 0 < count <= MOST_PAGES:
            raise PageError(f"a PDF of {count} pages")
        for number in range(count):
            with decoding("PDF page"):
                sheet = _page(document.pages[number], dpi)
            yield sheet


def _page(page: Any, dpi: int) -> Sheet:
    laid = list(_laid_on(page, page.get("/Resources"), _PLAIN, 0))
    if not laid:
        raise PageError("a page of a PDF without a picture")
    turn = int(page.get("/Rotate", 0)) % 360
    if len(laid) == 1 and not turn and _lies_straight(laid[0].by):
        return _untouched(laid[0], dpi)
    return _put_together(page, laid, turn, dpi)


def _laid_on(stream: Any, resources: Any, outer: Matrix, depth: int) -> Iterator[_Laid]:
    """The pictures that a content stream lays down, in its order."""
    import pikepdf  # noqa: PLC0415

    objects = {} if resources is None else resources.get("/XObject", {})
    now, kept = outer, []
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        if operator == "q":
            kept.append(now)
        elif operator == "Q":
            now = kept.pop() if kept else outer
        elif operator == "cm":
            now = _times(_matrix(instruction.operands), now)
        elif operator == "Do":
            found: Any = objects.get(str(instruction.operands[0]))
            kind = None if found is None else found.get("/Subtype")
            if kind == "/Image":
                yield _Laid(found, now)
            elif kind == "/Form" and depth < _DEEPEST:
                inner = _times(_matrix(found.get("/Matrix", _PLAIN)), now)
                yield from _laid_on(found, found.get("/Resources", resources), inner, depth + 1)


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """``one`` done first, then ``two`` (PDF 1.7, 8.3.4)."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _lies_straight(by: Matrix) -> bool:
    return abs(by[1]) < 0.01 and abs(by[2]) < 0.01 and by[0] > 0 and by[3] > 0


def _dpi(laid: _Laid, otherwise: int) -> int:
    points = (laid.by[0] ** 2 + laid.by[1] ** 2) ** 0.5
    found = round(int(laid.picture.get("/Width", 0)) * _POINTS / points) if points > 1 else 0
    return found if 30 <= found <= 2400 else otherwise


def _untouched(laid: _Laid, dpi: int) -> Sheet:
    picture, dpi = laid.picture, _dpi(laid, dpi)
    filters = picture.get("/Filter")
    names = (
        [str(filters)] if not isinstance(filters, list) and str(filters).startswith("/") else list(map(str, filters))
    )
    plain = "/Decode" not in picture and "/SMask" not in picture and str(picture.get("/ColorSpace")) != "/DeviceCMYK"
    if names == ["/DCTDecode"] and plain:
        sheet = whole_jpeg(bytes(picture.read_raw_bytes()), dpi)
        return Sheet(sheet.jpeg, dpi)
    return encoded(_decoded(picture), dpi)


def _decoded(picture: Any) -> "Image":
    import pikepdf  # noqa: PLC0415

    if int(picture.get("/Width", 0)) * int(picture.get("/Height", 0)) > MOST_PIXELS:
        raise PageError("too large a picture in a PDF")
    return pikepdf.PdfImage(picture).as_pil_image()


def _put_together(page: Any, laid: list[_Laid], turn: int, dpi: int) -> Sheet:
    from PIL import Image, ImageOps  # noqa: PLC0415

    left, bottom, right, top = (float(value) for value in page.mediabox)
    dpi = min(max(_dpi(one, dpi) for one in laid), _HIGHEST_DPI)
    scale = dpi / _POINTS
    size = (round((right - left) * scale), round((top - bottom) * scale))
    if min(size) < 1 or size[0] * size[1] > MOST_PIXELS:
        raise PageError("a page of no sensible size in a PDF")
    sheet = Image.new("RGB", size, (255, 255, 255))
    for picture, by in laid:
        if not _lies_straight(by):
            raise PageError("a picture that lies askew in a PDF")
        box = (round((by[4] - left) * scale), round((top - by[5] - by[3]) * scale))
        drawn = _decoded(picture)
        shape = (max(1, round(by[0] * scale)), max(1, round(by[3] * scale)))
        if shape[0] * shape[1] > MOST_PIXELS:
            raise PageError("too large a picture in a PDF")
        if bool(picture.get("/ImageMask", False)):  # text as a mask over its background: 0 is where it is painted
            mask = ImageOps.invert(drawn.convert("L")).resize(shape)
            sheet.paste((0, 0, 0), box, mask)
        else:
            sheet.paste(drawn.convert("RGB").resize(shape), box)
    if turn:
        sheet = sheet.rotate(-turn, expand=True)
    return encoded(sheet, dpi)
