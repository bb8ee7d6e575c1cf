"""Pages out of whatever a scanner or a folder gives: JPEG stays as it is, PNG and TIFF are encoded, PDF is taken apart.

Pure: bytes in, pages out. What comes from outside is not trusted: sizes are bounded before anything is decoded, and
whatever a decoder does on damaged bytes is one ``PageError``.
"""

import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 256 << 20
"""Bytes of one file or answer: a 600 dpi colour page without compression is 100 MB."""

MOST_PIXELS = 120_000_000
"""Pixels of one page: A3 at 600 dpi is 70 million."""

MOST_PAGES = 500
QUALITY = 92
KINDS = ("jpeg", "png", "tiff", "pdf")
_END_WITHIN = 1024  # bytes at the end of a PDF in which its end mark stands


class PageError(ValueError):
    """No page can be made of these bytes; the text never holds what is in them."""


class Sheet(NamedTuple):
    """One page as JPEG, with its dots an inch."""

    jpeg: bytes
    dpi: int


def kind_of(head: bytes) -> str:
    """``jpeg``, ``png``, ``tiff`` or ``pdf`` by the first bytes (8 are enough), empty for anything else."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    return "pdf" if head.startswith(b"%PDF-") else ""


def is_whole(data: bytes) -> bool:
    """Whether a file has its end: end marker, IEND, %%EOF, or all that a TIFF points at."""
    match kind_of(data):
        case "jpeg":
            return data.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
        case "png":
            return data.rstrip(b"\0\r\n")[-8:-4] == b"IEND"
        case "pdf":
            return b"%%EOF" in data[-_END_WITHIN:]
        case "tiff":
            return _tiff_is_whole(data)
    return False


def pages_in(data: bytes, dpi: int) -> Iterator[Sheet]:
    """Give out the pages of a file or an answer; ``dpi`` is what is believed where it does not say its density.

    Raises:
        PageError: Damaged, cut off, too large, or nothing of this kind; pages before it were given out.
    """
    if len(data) > LARGEST:
        raise PageError("too large")
    match kind_of(data):
        case "jpeg":
            yield whole_jpeg(data, dpi)
        case "png" | "tiff" as kind:
            yield from _pictures(data, kind, dpi)
        case "pdf":
            from drivers.scanner.pdf_pages import pdf_pages  # noqa: PLC0415 - brings pikepdf, for PDF alone

            yield from pdf_pages(data, dpi)
        case _:
            raise PageError(f"no picture in {len(data)} bytes")


# ---- JPEG


def whole_jpeg(data: bytes, dpi: int) -> Sheet:
    """The JPEG without what a device padded behind it, and with its density where it says none.

    Raises:
        PageError: It is cut off, or its segments are damaged.
    """
    end = data.rfind(b"\xff\xd9")
    if not data.startswith(b"\xff\xd8\xff") or end < 0 or data[end + 2 :].strip(b"\0\r\n\xff"):
        raise PageError(f"no whole JPEG in {len(data)} bytes")
    jpeg = data[: end + 2]
    known, size = _walk(jpeg)
    if size[0] * size[1] > MOST_PIXELS:
        raise PageError(f"a picture of {size[0]} x {size[1]}")
    return Sheet(jpeg, known) if known else Sheet(with_density(jpeg, dpi), dpi)


def _walk(jpeg: bytes) -> tuple[int, tuple[int, int]]:
    """Density in dots an inch (0: it says none) and size, from the segments up to the picture's data."""
    at, dpi, size = 2, 0, (0, 0)
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            break
        marker = jpeg[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        length = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        body = jpeg[at + 4 : at + 2 + length]
        if length < 2 or len(body) != length - 2:
            break
        if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 12:
            dpi = _density(body)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC} and len(body) >= 6:
            height, width = struct.unpack(">HH", body[1:5])
            size = (width, height)
        if marker == 0xDA:
            if not size[0] or not size[1]:
                break
            return dpi, size
        at += 2 + length
    raise PageError(f"damaged JPEG of {len(jpeg)} bytes")


def _density(jfif: bytes) -> int:
    unit, across, down = jfif[7], *struct.unpack(">HH", jfif[8:12])
    if unit not in {1, 2} or across != down:
        return 0
    dpi = int(across if unit == 1 else round(across * 2.54))
    return dpi if 30 <= dpi <= 2400 else 0


def with_density(jpeg: bytes, dpi: int) -> bytes:
    """The same picture, saying that it has ``dpi`` dots an inch; a page's size on paper hangs on it."""
    density = b"\x01" + struct.pack(">HH", dpi, dpi)
    if jpeg[2:4] == b"\xff\xe0" and jpeg[6:11] == b"JFIF\0" and len(jpeg) > 20:
        return jpeg[:13] + density + jpeg[18:]
    return jpeg[:2] + b"\xff\xe0\x00\x10JFIF\0\x01\x01" + density + b"\0\0" + jpeg[2:]


# ---- PNG, TIFF


@contextmanager
def decoding(what: str) -> Iterator[None]:
    """Whatever a decoder raises on damaged bytes becomes a ``PageError`` that says nothing of what is in them."""
    try:
        yield
    except PageError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise whatever they like on damaged bytes
        raise PageError(f"damaged {what}: {type(error).__name__}") from None


def _pictures(data: bytes, kind: str, dpi: int) -> Iterator[Sheet]:
    from PIL import Image  # noqa: PLC0415 - drivers import lightly

    with decoding(kind):
        opened = Image.open(BytesIO(data), formats=(kind.upper(),))
    with opened:
        number = 0
        while True:
            with decoding(kind):
                if opened.width * opened.height > MOST_PIXELS:
                    raise PageError(f"a picture of {opened.width} x {opened.height}")
                sheet = encoded(opened, _dpi_of(opened, dpi))
            yield sheet
            number += 1
            if number >= MOST_PAGES:
                raise PageError("too many pages")
            with decoding(kind):
                if number >= getattr(opened, "n_frames", 1):
                    return
                opened.seek(number)


def _dpi_of(picture: "Image", otherwise: int) -> int:
    across = picture.info.get("dpi", (0, 0))[0]
    found = round(float(across))
    return found if 30 <= found <= 2400 else otherwise


# grey of 16 bits a dot, as Pillow keeps it: where the byte that is seen stands, of how many
_HIGH_BYTES = {"I;16": (1, 2), "I;16L": (1, 2), "I;16B": (0, 2), "I": (1 if sys.byteorder == "little" else 2, 4)}


def encoded(picture: "Image", dpi: int) -> Sheet:
    """A decoded picture of any mode as a JPEG page."""
    from PIL import Image  # noqa: PLC0415

    picture.load()
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        picture = Image.new("RGB", seen.size, (255, 255, 255))
        picture.paste(seen, mask=seen.getchannel("A"))
    elif picture.mode in _HIGH_BYTES:
        start, step = _HIGH_BYTES[picture.mode]
        picture = Image.frombytes("L", picture.size, picture.tobytes()[start::step])
    elif picture.mode not in {"L", "RGB"}:
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, dpi=(dpi, dpi))
    return Sheet(out.getvalue(), dpi)


# field types of TIFF 6.0 and their sizes in bytes
_FIELD_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_STRIPS = {273: 279, 324: 325}  # where the picture's data is: offsets and byte counts of strips, and of tiles


def _tiff_is_whole(data: bytes) -> bool:
    """Follow the directories: everything that they point at lies within the file. A file of no directory is not."""
    order = "<" if data[:2] == b"II" else ">"
    try:
        at = struct.unpack_from(order + "I", data, 4)[0]
        seen: set[int] = set()
        while at:
            if at in seen or len(seen) > MOST_PAGES:
                return False
            seen.add(at)
            (count,) = struct.unpack_from(order + "H", data, at)
            fields = {}
            for number in range(count):
                tag, kind, values, place = struct.unpack_from(order + "HHI4s", data, at + 2 + 12 * number)
                size = _FIELD_SIZES.get(kind, 1) * values
                start = struct.unpack(order + "I", place)[0] if size > 4 else at + 2 + 12 * number + 8
                if start + size > len(data):
                    return False
                if tag in {*_STRIPS, *_STRIPS.values()} and kind in {3, 4}:
                    fields[tag] = struct.unpack_from(f"{order}{values}{'H' if kind == 3 else 'I'}", data, start)
            for offsets, counts in _STRIPS.items():
                pairs = zip(fields.get(offsets, ()), fields.get(counts, ()), strict=False)
                if any(offset + length > len(data) for offset, length in pairs):
                    return False
            (at,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    except (struct.error, MemoryError):
        return False
    return bool(seen)
