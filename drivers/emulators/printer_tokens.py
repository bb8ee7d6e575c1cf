"""ESC/POS as a printer takes it from its buffer: one command or one character at a time. Pure."""

from typing import NamedTuple


class Token(NamedTuple):
    """A command by its name in the manuals, or ``text``, ``LF``; ``body`` are its parameters or the character."""

    name: str
    body: bytes = b""


# Commands of a fixed length: name and number of parameter bytes
_FIXED = {
    b"\x1b@": ("ESC @", 0),
    b"\x1ba": ("ESC a", 1),
    b"\x1bE": ("ESC E", 1),
    b"\x1bG": ("ESC E", 1),
    b"\x1b!": ("ESC !", 1),
    b"\x1bd": ("ESC d", 1),
    b"\x1bJ": ("ESC J", 1),
    b"\x1bt": ("ESC t", 1),
    b"\x1bR": ("ESC R", 1),
    b"\x1b2": ("ESC 2", 0),
    b"\x1b3": ("ESC 3", 1),
    b"\x1b-": ("ESC -", 1),
    b"\x1c&": ("FS &", 0),
    b"\x1c.": ("FS .", 0),
    b"\x1c!": ("FS !", 1),
    b"\x1cW": ("FS W", 1),
    b"\x1cS": ("FS S", 2),
    b"\x1d!": ("GS !", 1),
    b"\x1dB": ("GS B", 1),
    b"\x1dH": ("GS H", 1),
    b"\x1df": ("GS f", 1),
    b"\x1dh": ("GS h", 1),
    b"\x1dw": ("GS w", 1),
    b"\x1dr": ("GS r", 1),
    b"\x1da": ("GS a", 1),
    b"\x1dI": ("GS I", 1),
    b"\x1dL": ("GS L", 2),
    b"\x1dW": ("GS W", 2),
    b"\x10\x04": ("DLE EOT", 1),
    b"\x10\x05": ("DLE ENQ", 1),
}


class PrintBuffer:
    """Bytes that came and are not printed yet."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._chinese = True

    def __len__(self) -> int:
        return len(self._bytes)

    def append(self, data: bytes) -> None:
        """Put ``data`` behind what is there."""
        self._bytes += data

    def clear(self) -> None:
        """Lose everything, as when the power goes."""
        self._bytes.clear()

    def take(self) -> Token | None:
        """Take the next token; nothing while it is not complete."""
        if not self._bytes:
            return None
        first = self._bytes[0]
        if first in (0x1B, 0x1C, 0x1D, 0x10):
            return self._command()
        if first == 0x0A:
            return self._cut(1, Token("LF"))
        if first < 0x20:
            return self._cut(1, Token("control", bytes([first])))
        size = 2 if self._chinese and first >= 0x81 else 1
        return self._cut(size, Token("text", bytes(self._bytes[:size])))

    def _cut(self, size: int, token: Token) -> Token | None:
        if len(self._bytes) < size:
            return None
        del self._bytes[:size]
        if token.name in {"FS &", "FS .", "ESC @"}:
            self._chinese = token.name != "FS ."
        return token

    def _command(self) -> Token | None:
        if len(self._bytes) < 2:
            return None
        head = bytes(self._bytes[:2])
        if head in _FIXED:
            name, size = _FIXED[head]
            return self._cut(2 + size, Token(name, bytes(self._bytes[2 : 2 + size])))
        if head[0] != 0x1D:
            return self._cut(2, Token("unknown", head))
        if len(self._bytes) < 3:
            return None
        third = self._bytes[2]
        if head == b"\x1d(":
            return self._counted(3, f"GS ( {chr(third)}", 2)
        if head == b"\x1dk" and third >= 65:
            return self._counted(3, f"GS k {third}", 1)
        if head == b"\x1dV":
            size = 4 if third >= 65 else 3
            return self._cut(size, Token("GS V", bytes(self._bytes[2:size])))
        if head == b"\x1dv":
            return self._raster()
        return self._cut(2, Token("unknown", head))

    def _counted(self, at: int, name: str, length_bytes: int) -> Token | None:
        start = at + length_bytes
        if len(self._bytes) < start:
            return None
        size = int.from_bytes(self._bytes[at:start], "little")
        return self._cut(start + size, Token(name, bytes(self._bytes[start : start + size])))

    def _raster(self) -> Token | None:
        if len(self._bytes) < 8:
            return None
        across = int.from_bytes(self._bytes[4:6], "little")
        down = int.from_bytes(self._bytes[6:8], "little")
        size = 8 + across * down
        return self._cut(size, Token("GS v 0", bytes(self._bytes[3:size])))
