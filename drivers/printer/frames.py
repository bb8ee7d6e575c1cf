"""Bytes of a receipt printer. Pure: rows in, blocks of ESC/POS out; status bytes in, ``PrinterStatus`` out.

    ESC @ | FS & | (GS a) | block | GS ( H fn 48 id | block | GS ( H fn 48 id | ... | feed | GS V 0

A block is about twenty rows or one picture. The process id behind it comes back (``37 22 id 00``) when everything
before it is on paper, so the last id that came says how far the printer got.

Sources: Epson ESC/POS reference; manuals of Chinese printers (Birch BP-002, SPRT POS76) for FS & and FS !.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drivers.contracts import Barcode, Feed, PrinterStatus, Qr
from drivers.printer.codes import code_128, qr
from drivers.printer.layout import DOTS_A_COLUMN, Row, TextRow

START = b"\x1b@\x1c&"  # as switched on; Chinese mode on
TELL = b"\x1da\x0f"  # GS a: tell of every change by yourself; ESC @ ends it, so it goes behind that
KNIFE = b"\x1dV\x00"
REAL_TIME_STATUS = tuple(bytes([0x10, 0x04, kind]) for kind in (1, 2, 3, 4))
PAPER_AFTER_DATA = b"\x1dr\x01"  # GS r 1: answered in its turn behind the data

ROWS_A_BLOCK = 20
_LONGEST_PICTURE = 72 * 60  # bytes of one big row
_BOLD_ON, _BOLD_OFF = b"\x1bE\x01", b"\x1bE\x00"
# GS ! is for ASCII, FS ! for Chinese; where GS ! means both the second changes nothing
_BIG_ON, _BIG_OFF = b"\x1d!\x11\x1c!\x0c", b"\x1d!\x00\x1c!\x00"

# No character of an id can be taken for a status byte (b & 93h == 12h) or an automatic status (10h), should one
# arrive in its middle.
_ID_ALPHABET = b"@ABCDEFGHIJKLMNO"
IDS = len(_ID_ALPHABET) ** 4


@dataclass(frozen=True, slots=True)
class Strip:
    """A black-and-white picture: ``width`` dots (a multiple of 8), one bit a dot, 1 is black."""

    width: int
    height: int
    bits: bytes


Draw = Callable[[TextRow, int], Strip]


def blocks(
    rows: Iterable[Row],
    *,
    width: int,
    draw: Draw,
    pictures_only: bool = False,
    cut: bool = True,
    feed: int = 6,
    automatic: bool = False,
) -> list[bytes]:
    """Turn ``rows`` into blocks of bytes for paper of ``width`` columns.

    Args:
        rows: The receipt, laid out.
        width: 48 or 32 columns.
        draw: Draws a row that GBK cannot say; gets the row and the paper's width in dots.
        pictures_only: Draw every row, for printers without Chinese characters.
        cut: Whether the printer has a knife.
        feed: Rows until the last printed one is past the knife.
        automatic: Whether the printer shall tell of trouble by itself.

    Raises:
        DoesNotFitError: A code is too big for the paper.
    """
    dots = width * DOTS_A_COLUMN
    finished: list[bytes] = []
    block, weight = bytearray(START + (TELL if automatic else b"")), 0
    for row in rows:
        drawn = isinstance(row, TextRow) and (pictures_only or not row.in_gbk)
        size = 4 if drawn else _weight(row)
        if weight and weight + size > ROWS_A_BLOCK:
            finished.append(bytes(block))
            block, weight = bytearray(), 0
        block += picture(draw(row, dots)) if drawn and isinstance(row, TextRow) else _row(row, dots)
        weight += size
    block += end(feed, cut=cut)
    return [*finished, bytes(block)]


def _weight(row: Row) -> int:
    match row:
        case Qr() | Barcode():
            return 8
        case Feed():
            return row.lines
        case TextRow():
            return 2 if row.big else 1


def _row(row: Row, dots: int) -> bytes:
    match row:
        case Qr():
            return qr(row, dots)
        case Barcode():
            return code_128(row, dots)
        case Feed():
            return b"\x1bd" + bytes([row.lines])
        case TextRow():
            before = (_BOLD_ON if row.bold else b"") + (_BIG_ON if row.big else b"")
            after = (_BIG_OFF if row.big else b"") + (_BOLD_OFF if row.bold else b"")
            return before + row.text.encode("gbk", "strict") + b"\n" + after


def picture(strip: Strip) -> bytes:
    """Return GS v 0 for ``strip``.

    Printers look for real-time commands everywhere, in pictures too: a DLE that would begin one gets another dot.
    """
    bits = strip.bits
    for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        bits = bits.replace(command, b"\x18" + command[1:])
    return b"\x1dv0\x00" + (strip.width // 8).to_bytes(2, "little") + strip.height.to_bytes(2, "little") + bits


def end(feed: int = 6, *, cut: bool = True) -> bytes:
    """Return what ends a receipt: feed to the knife or the tear bar, cut."""
    return b"\x1bd" + bytes([feed]) + (KNIFE if cut else b"")


def after_torn(rest: int, *, cut: bool = True, feed: int = 6) -> bytes:
    """Return what goes before the next receipt when ``rest`` bytes of a block never went out.

    The zeros end a picture that the printer may still be waiting for (in text they print nothing); the cut keeps
    one person's half receipt off the next person's.
    """
    return bytes(min(rest, _LONGEST_PICTURE)) + end(feed, cut=cut)


def process_id(number: int) -> bytes:
    """Return four bytes that name block ``number``; the numbers begin again after ``IDS``."""
    return bytes(_ID_ALPHABET[number >> shift & 0xF] for shift in (12, 8, 4, 0))


def ask_process_id(name: bytes) -> bytes:
    """Return GS ( H fn 48: say ``name`` when everything before is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + name


def printer_status(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """Read the four answers to DLE EOT 1, 2, 3 and 4 (DEVICES: bits after the Epson reference)."""
    return PrinterStatus(
        online=not printer & 0x08,
        paper="out" if paper & 0x60 or offline & 0x20 else "near_end" if paper & 0x0C else "ok",
        cover_open=bool(offline & 0x04),
        cutter_fault=bool(error & 0x08),
        error=bool(error & 0x60 or offline & 0x40),
    )


def automatic_status(four: bytes) -> PrinterStatus:
    """Read four bytes of automatic status (GS a); the bits stand elsewhere than in the answers to DLE EOT."""
    printer, error, paper, _ = four
    return PrinterStatus(
        online=not printer & 0x08,
        paper="out" if paper & 0x0C else "near_end" if paper & 0x03 else "ok",
        cover_open=bool(printer & 0x20),
        cutter_fault=bool(error & 0x08),
        error=bool(error & 0x60),
    )


def believed(status: PrinterStatus, *, cutter: bool, near_end: bool) -> PrinterStatus:
    """Leave out of ``status`` what a printer without a knife, or without a sensor, cannot know."""
    return PrinterStatus(
        online=status.online,
        paper="ok" if status.paper == "near_end" and not near_end else status.paper,
        cover_open=status.cover_open,
        cutter_fault=status.cutter_fault if cutter or status.cutter_fault is None else False,
        error=status.error,
    )


def trouble(status: PrinterStatus) -> str:
    """Return why the printer cannot print, as a code, or nothing; what is unknown is no trouble."""
    if status.cover_open:
        return "cover_open"
    if status.paper == "out":
        return "paper_out"
    if status.cutter_fault:
        return "cutter"
    if status.error:
        return "printer_error"
    return "printer_offline" if status.online is False else ""
