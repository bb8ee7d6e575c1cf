"""QR codes and Code 128 as ESC/POS commands. Pure.

A printer silently prints nothing when a code is wider than its paper: sizes are chosen and checked here.

Source: Epson ESC/POS reference, GS ( k functions 165, 167, 169, 180, 181 and GS k function B.
"""

from itertools import pairwise

from drivers.contracts import Barcode, Qr

ALIGN_CENTRE, ALIGN_LEFT = b"\x1ba\x01", b"\x1ba\x00"

# Bytes that fit in QR version 1 to 40 at error correction M (ISO/IEC 18004, table 7).
_QR_BYTES = (
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666),
    *(
        711,
        779,
        857,
        911,
        997,
        1059,
        1125,
        1190,
        1264,
        1370,
        1452,
        1538,
        1628,
        1722,
        1809,
        1911,
        1989,
        2099,
        2213,
        2331,
    ),
)
_QUIET = 8  # light modules left and right together

_CODE_B, _CODE_C = b"{B", b"{C"
# Sets of two digits whose byte, behind 16 = DLE, would be a real-time command (DLE EOT, DLE ENQ, DLE DC4).
_REAL_TIME = {(16, 4), (16, 5), (16, 20)}


class DoesNotFitError(ValueError):
    """The code cannot be printed on this paper."""


def qr(code: Qr, dots: int) -> bytes:
    """Return the commands that print ``code`` centred on paper of ``dots`` dots, smaller than asked if need be.

    Raises:
        DoesNotFitError: Too much text for this width, or none.
    """
    data = code.text.encode()
    version = next((number for number, room in enumerate(_QR_BYTES, start=1) if len(data) <= room), 0)
    size = min(max(code.size, 1), 16, dots // (17 + 4 * version + _QUIET))
    if not data or not version or size < min(3, code.size):
        raise DoesNotFitError(f"QR code of {len(data)} bytes on {dots} dots")
    parts = [
        b"\x31\x41\x32\x00",  # model 2
        b"\x31\x43" + bytes([size]),
        b"\x31\x45\x31",  # error correction M: receipts are folded
        b"\x31\x50\x30" + data,
        b"\x31\x51\x30",  # print
    ]
    commands = b"".join(b"\x1d(k" + len(part).to_bytes(2, "little") + part for part in parts)
    return ALIGN_CENTRE + commands + b"\n" + ALIGN_LEFT


def code_128(barcode: Barcode, dots: int) -> bytes:
    """Return the commands that print ``barcode`` centred, its text below.

    Raises:
        DoesNotFitError: Other characters than printable ASCII, or too many.
    """
    if not barcode.text or not all(" " <= character <= "~" for character in barcode.text):
        raise DoesNotFitError("Code 128 takes printable ASCII")
    data, symbols = _code_128_data(barcode.text)
    modules = 11 * (symbols + 2) + 13 + 20  # start, check, stop of 13, and 10 light modules at each side
    width = min(3, dots // modules)
    if width < 2 or len(data) > 255:
        raise DoesNotFitError(f"Code 128 of {symbols} symbols on {dots} dots")
    setting = b"\x1dh\x50" + b"\x1dw" + bytes([width]) + b"\x1df\x00" + b"\x1dH\x02"
    return ALIGN_CENTRE + setting + b"\x1dkI" + bytes([len(data)]) + data + ALIGN_LEFT


def _code_128_data(text: str) -> tuple[bytes, int]:
    """Return the bytes behind GS k and the number of symbols: digits in pairs (set C), the rest in set B."""
    data, symbols, place, code = bytearray(), 0, 0, b""
    while place < len(text):
        digits = len(text) - place - len(text[place:].lstrip("0123456789"))
        pairs = [int(text[at : at + 2]) for at in range(place, place + digits - 1, 2)]
        tight = len(pairs) >= 2 and not _REAL_TIME & set(pairwise(pairs))
        wanted = _CODE_C if tight else _CODE_B
        if wanted != code:
            data += wanted
            symbols += 1 if code else 0
            code = wanted
        if tight:
            data += bytes(pairs)
            symbols += len(pairs)
            place += 2 * len(pairs)
            continue
        run = max(1, digits)
        for character in text[place : place + run]:
            data += b"{{" if character == "{" else character.encode()
        symbols += run
        place += run
    return bytes(data), symbols
