"""What of a receipt's bytes may be kept: commands and lengths, never its words, codes or pictures.

The commands are those that ``drivers.printer`` sends. A command that is not known ends the knowledge: from there to the
next real-time question all bytes become fillers.

Source: Epson ESC/POS reference.
"""

import re

from drivers.recording_masks import FILLER, HOLDS

_REAL_TIME = (b"\x10\x04", b"\x10\x05")
# commands of a fixed length, by their first bytes; the rest are parameters, none of which can say anything
_FIXED = dict.fromkeys((b"\x1b" + bytes([letter]) for letter in b"dEaJM!-tR3G{V"), 3)
_FIXED |= dict.fromkeys((b"\x1d" + bytes([letter]) for letter in b"!ahwfHrBI"), 3)
_FIXED |= dict.fromkeys((b"\x1b@", b"\x1b2", b"\x1c&", b"\x1c."), 2)
_FIXED |= dict.fromkeys((b"\x1c!", b"\x1c-", *_REAL_TIME), 3) | dict.fromkeys((b"\x1cS", b"\x1dL", b"\x1dW"), 4)
_PROCESS_ID = b"\x1d(H"
_ASCII = re.compile(rb"[\x20-\x7f]+")
_CHINESE = re.compile(rb"(?:[\x80-\xff][\x30-\xff])+")
_WORDS = bytes(
    0x30 if chr(byte).isdigit() else 0x41 if chr(byte).isalpha() else 0x20 if byte == 0x20 else 0x2E
    for byte in range(0x80)
) + bytes([FILLER] * 0x80)


class Receipts:
    """What goes to a receipt printer."""

    def __init__(self) -> None:
        self._held = b""
        self._owed = 0  # bytes of a picture or code that are still to come
        self._lost = False

    def feed(self, data: bytes) -> bytes:
        """Take in some bytes; what is whole comes out."""
        self._held += data
        done = bytearray()
        while self._held:
            taken = self._next()
            if taken is None:
                if len(self._held) < HOLDS:
                    break
                taken = len(self._held), bytes([FILLER]) * len(self._held)
            size, said = taken
            self._held = self._held[size:]
            done += said
        return bytes(done)

    def flush(self) -> bytes:
        """Return what was cut off, as fillers."""
        rest, self._held = self._held, b""
        return bytes([FILLER]) * len(rest)

    def _next(self) -> tuple[int, bytes] | None:
        """How many bytes belong together, and what is kept of them; None while that cannot be told."""
        held = self._held
        if self._owed:
            size = min(self._owed, len(held))
            self._owed -= size
            return size, bytes(size)
        if self._lost:
            return self._until_known()
        first = held[0]
        if first in (0x10, 0x1B, 0x1C, 0x1D):
            return self._command(held)
        if first < 0x20:
            return 1, held[:1]
        if first < 0x80 and (ascii_ := _ASCII.match(held)):
            return ascii_.end(), ascii_.group().translate(_WORDS)
        if chinese := _CHINESE.match(held):
            return chinese.end(), "某".encode("gbk") * (chinese.end() // 2)
        return None if len(held) < 2 else (1, bytes([FILLER]))  # half a character may still be made whole

    def _until_known(self) -> tuple[int, bytes] | None:
        at = min((place for mark in _REAL_TIME if (place := self._held.find(mark)) >= 0), default=-1)
        if at == 0:
            self._lost = False
            return self._command(self._held)
        size = at if at > 0 else len(self._held) - 1
        return None if size <= 0 else (size, bytes([FILLER]) * size)

    def _command(self, held: bytes) -> tuple[int, bytes] | None:
        if len(held) < 2:
            return None
        size = _FIXED.get(held[:2])
        if size is not None:
            return None if len(held) < size else (size, held[:size])
        if held[:2] == b"\x1dV":  # cut: one parameter, or two
            size = 4 if held[2:3] in (b"A", b"B") else 3
            return None if len(held) < size else (size, held[:size])
        if held[:2] == b"\x1dv":
            if len(held) < 8:
                return None
            self._owed = int.from_bytes(held[4:6], "little") * int.from_bytes(held[6:8], "little")
            return 8, held[:8]
        if held[:2] == b"\x1dk":
            return None if len(held) < 4 else self._barcode(held)
        if held[:2] == b"\x1d(":
            return None if len(held) < 5 else self._long(held)
        self._lost = True
        return self._until_known() or (1, bytes([FILLER]))

    def _barcode(self, held: bytes) -> tuple[int, bytes] | None:
        if held[2] < 65:  # the form that ends with NUL: we never send it
            self._lost = True
            return self._until_known() or (1, bytes([FILLER]))
        self._owed = held[3]
        return 4, held[:4]

    def _long(self, held: bytes) -> tuple[int, bytes] | None:
        size = int.from_bytes(held[3:5], "little")
        if held[:3] == _PROCESS_ID and size <= 6:
            return None if len(held) < 5 + size else (5 + size, held[: 5 + size])
        if held[2:3] != b"k":
            self._owed = size
            return 5, held[:5]
        if len(held) < 7:
            return None
        if size > 4 or held[6:7] == b"\x50":  # the text of a code
            self._owed = max(0, size - 2)
            return 7, held[:7]
        return None if len(held) < 5 + size else (5 + size, held[: 5 + size])
