"""Commands of the CD5220 customer display, and a screen that understands them. No I/O.

Two lines of twenty Latin characters. ``ESC Q A`` and ``ESC Q B`` write a whole line in string mode; once there, only
CLR and CAN lead out and everything but further lines is ignored, so every picture begins with CLR.

Sources: the CD5220 and XP8200 manuals, LCDproc's CD5220 driver.
"""

WIDTH = 20
ESC = 0x1B
INITIALISE = b"\x1b\x40"
CLEAR = b"\x0c"
CANCEL_LINE = b"\x18"
CURSOR_OFF = b"\x1b\x5f\x00"
_LONGEST = 64
_ROWS = {ord("A"): 0, ord("B"): 1}
# bytes behind ESC and the command's letter: font, country, brightness, cursor, peripheral, cursor place, window, arrows
_OPERANDS = {0x66: 1, 0x63: 1, 0x2A: 1, 0x5F: 1, 0x3D: 1, 0x6C: 2, 0x57: 4, 0x5B: 1}


def line(row: int, text: str) -> bytes:
    """Write row 0 or 1, padded to exactly 20 characters.

    Raises:
        ValueError: More than 20 characters, or something that a Latin display cannot show.
    """
    if len(text) > WIDTH or not text.isascii() or not text.isprintable():
        raise ValueError(f"a display line has at most {WIDTH} printable ASCII characters")
    return b"\x1bQ" + b"AB"[row : row + 1] + text.ljust(WIDTH).encode("ascii") + b"\r"


def refreshed(upper: str, lower: str) -> bytes:
    """Bytes that change nothing on a display that shows the lines, and bring them back after a power cut."""
    return CURSOR_OFF + line(0, upper) + line(1, lower)


def picture(upper: str, lower: str) -> bytes:
    """All bytes that make the display show two lines and nothing else."""
    return CLEAR + line(0, upper) + line(1, lower)


class Screen:
    """What a display shows after the bytes it was fed, in pieces of any size."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._at = 0
        self._blank()

    @property
    def lines(self) -> tuple[str, str]:
        """Both lines, without the padding."""
        return self._rows[0].rstrip(), self._rows[1].rstrip()

    def feed(self, data: bytes) -> None:
        """Take in bytes as the driver sends them."""
        self._pending += data
        while self._pending and (used := self._take()):
            del self._pending[:used]

    def _take(self) -> int:
        """Carry out the first command; the number of its bytes, or 0 when more must come."""
        first = self._pending[0]
        if first != ESC:
            return self._plain(first)
        if len(self._pending) < 2:
            return 0
        letter = self._pending[1]
        if letter == ord("Q"):
            end = self._pending.find(b"\r")
            if end < 0 and len(self._pending) > _LONGEST:
                return 1  # no line is so long: this was no command
            if end >= 0 and self._pending[2] in _ROWS:
                text = self._pending[3:end].decode("ascii", "replace")
                self._rows[_ROWS[self._pending[2]]] = text[:WIDTH].ljust(WIDTH)
                self._string_mode = True
            return end + 1
        used = 2 + _OPERANDS.get(letter, 0)
        if len(self._pending) < used:
            return 0
        if letter == INITIALISE[1] and not self._string_mode:
            self._blank()
        return used

    def _plain(self, byte: int) -> int:
        if byte == CLEAR[0]:
            self._blank()
        elif byte == CANCEL_LINE[0]:
            self._string_mode = False
            self._rows[self._at // WIDTH] = " " * WIDTH
            self._at = self._at // WIDTH * WIDTH
        elif 0x20 <= byte < 0x7F and not self._string_mode:
            row, column = divmod(self._at, WIDTH)
            self._rows[row] = self._rows[row][:column] + chr(byte) + self._rows[row][column + 1 :]
            self._at = (self._at + 1) % (2 * WIDTH)
        return 1

    def _blank(self) -> None:
        self._rows = [" " * WIDTH, " " * WIDTH]
        self._string_mode = False
        self._at = 0
