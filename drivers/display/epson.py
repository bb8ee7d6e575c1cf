"""Commands of Epson line displays (DM-D, UPOS line displays in Epson mode), and a screen that understands them. No I/O.

Two lines of twenty cells; a Chinese character takes two. Simplified-Chinese models (DM-D30, DM-D70) read GB18030,
others ASCII only.

Source: the XP8200 manual's Epson mode, the DM-D command list.
"""

import unicodedata

WIDTH = 20
INITIALISE = b"\x1b\x40"
CLEAR = b"\x0c"
OVERWRITE = b"\x1f\x01"
CURSOR_OFF = b"\x1f\x43\x00"
SELECT_DISPLAY = b"\x1b\x3d\x02"
SELECT_PRINTER = b"\x1b\x3d\x01"
CHARSETS = ("ascii", "gb18030")

# bytes behind 1F or 1B and the command's letter
_OPERANDS = {
    0x1F: {0x24: 2, 0x58: 1, 0x45: 1, 0x43: 1, 0x72: 1, 0x54: 2},
    0x1B: {0x74: 1, 0x3D: 1, 0x52: 1, 0x57: 5, 0x25: 1},
}


def cells(text: str) -> int:
    """How many cells a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def brightness(level: int) -> bytes:
    """1 (dark) to 4."""
    return b"\x1f\x58" + bytes((level,))


def line(row: int, text: str, charset: str = "ascii") -> bytes:
    """Write row 0 or 1, padded to 20 cells.

    Raises:
        ValueError: It is wider than 20 cells, or the display's character set lacks a character.
    """
    if cells(text) > WIDTH or not text.isprintable():
        raise ValueError(f"a display line has at most {WIDTH} cells of printable characters")
    return b"\x1f\x24\x01" + bytes((row + 1,)) + text.encode(charset) + b" " * (WIDTH - cells(text))


def refreshed(upper: str, lower: str, charset: str = "ascii") -> bytes:
    """Bytes that change nothing on a display that shows the lines, and bring them back after a power cut."""
    return CURSOR_OFF + line(0, upper, charset) + line(1, lower, charset)


def picture(upper: str, lower: str, charset: str = "ascii") -> bytes:
    """All bytes that make the display show two lines and nothing else."""
    return CLEAR + line(0, upper, charset) + line(1, lower, charset)


class Screen:
    """What a display shows after the bytes it was fed, in pieces of any size."""

    def __init__(self, charset: str = "ascii") -> None:
        self.brightness = 4
        self._charset = charset
        self._pending = bytearray()
        self._blank()

    @property
    def lines(self) -> tuple[str, str]:
        """Both lines, without the padding."""
        upper, lower = ("".join(row).rstrip() for row in self._rows)
        return upper, lower

    def feed(self, data: bytes) -> None:
        """Take in bytes as the driver sends them."""
        self._pending += data
        while self._pending and (used := self._take()):
            del self._pending[:used]

    def _take(self) -> int:
        """Carry out the first command; the number of its bytes, or 0 when more must come."""
        first = self._pending[0]
        if first in _OPERANDS:
            if len(self._pending) < 2:
                return 0
            used = 2 + _OPERANDS[first].get(self._pending[1], 0)
            if len(self._pending) >= used:
                self._command(bytes(self._pending[:used]))
            return used if len(self._pending) >= used else 0
        if first >= 0x80 and self._charset == "gb18030":
            return self._chinese()
        self._plain(first)
        return 1

    def _command(self, command: bytes) -> None:
        match command[:2]:
            case b"\x1b\x40":
                self._blank()
            case b"\x1f\x24" if 1 <= command[2] <= WIDTH and 1 <= command[3] <= 2:
                self._at = (command[3] - 1) * WIDTH + command[2] - 1
            case b"\x1f\x42":
                self._at = 2 * WIDTH - 1
            case b"\x1f\x58":
                self.brightness = command[2]

    def _chinese(self) -> int:
        if len(self._pending) < 2:
            return 0
        length = 4 if 0x30 <= self._pending[1] <= 0x39 else 2
        if len(self._pending) < length:
            return 0
        text = bytes(self._pending[:length]).decode("gb18030", "replace")
        self._put(text[0])
        return length

    def _plain(self, byte: int) -> None:
        if byte == CLEAR[0]:
            self._rows = [[" "] * WIDTH, [" "] * WIDTH]
            self._at = 0
        elif byte == 0x18:
            self._rows[self._at // WIDTH] = [" "] * WIDTH
            self._at = self._at // WIDTH * WIDTH
        elif byte == 0x0B:
            self._at = 0
        elif byte == 0x0D:
            self._at = self._at // WIDTH * WIDTH
        elif 0x20 <= byte < 0x7F:
            self._put(chr(byte))

    def _put(self, letter: str) -> None:
        row, column = divmod(self._at, WIDTH)
        wide = cells(letter) == 2
        self._rows[row][column] = letter
        if wide and column + 1 < WIDTH:
            self._rows[row][column + 1] = ""
        self._at = (self._at + (2 if wide else 1)) % (2 * WIDTH)

    def _blank(self) -> None:
        self._rows = [[" "] * WIDTH, [" "] * WIDTH]
        self._at = 0
