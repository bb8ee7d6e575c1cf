"""What a code scanner sends, taken apart: bytes with their times in, codes out. No I/O.

A scanner of the USB-COM kind sends ``prefix · AIM identifier · data · suffix · ending``; all but the data depends on
how it was set up. Two codes may come in one piece, one code in many.
"""

import re
from collections import deque
from dataclasses import dataclass

MAX_LENGTH = 4096
"""Bytes of a code unless the options say otherwise; the largest QR code holds 2953."""

UNFINISHED_AFTER = 0.5
"""Seconds of silence after which a code without its ending counts as cut off."""

PAUSE = 0.08
"""Seconds of silence that end a code where the scanner sends no ending."""

ENDINGS = {"any": b"", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}

_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")
_GROUP_SEPARATOR = 0x1D  # FNC1 within a GS1 code
_LEGAL = frozenset({0x09, _GROUP_SEPARATOR})


@dataclass(frozen=True, slots=True)
class CodeShape:
    """How the scanner is set up.

    ``ending`` is one of ``ENDINGS``: ``any`` takes CR, LF or both, ``none`` a pause of ``pause`` seconds. ``prefix``
    and ``suffix`` are taken off; a code without them is damaged. ``strip_aim`` takes an AIM identifier (``]Q1``) off.
    """

    ending: str = "any"
    prefix: bytes = b""
    suffix: bytes = b""
    strip_aim: bool = False
    max_length: int = MAX_LENGTH
    pause: float = PAUSE

    def __post_init__(self) -> None:
        if self.ending not in ENDINGS:
            raise ValueError(f"ending is one of {', '.join(ENDINGS)}")
        if self.max_length < 1 or self.pause <= 0:
            raise ValueError("max_length and pause must be above 0")


@dataclass(frozen=True, slots=True)
class Piece:
    """One code as it was sent, without its ending; ``whole`` is False for what was cut off or too long."""

    data: bytes
    came_at: float
    whole: bool = True


class CodeSplitter:
    """Collects bytes and gives out codes in the order of their coming."""

    def __init__(self, shape: CodeShape) -> None:
        self._shape = shape
        self._buffer = bytearray()
        self._last = 0.0
        self._skipping = False
        self._ready: deque[Piece] = deque(maxlen=64)

    @property
    def rests_at(self) -> float | None:
        """When silence will have ended or cut off what is being received; None while nothing is."""
        if not (self._buffer or self._skipping):
            return None
        return self._last + (self._shape.pause if self._shape.ending == "none" else UNFINISHED_AFTER)

    def feed(self, data: bytes, now: float) -> None:
        """Take bytes that arrived at ``now``."""
        self.rest(now)
        if not data:
            return
        self._last = now
        for byte in data:
            self._buffer.append(byte)
            if self._ended(byte):
                self._finish(now)
            elif len(self._buffer) > self._limit:
                self._buffer.clear()
                self._skipping = True

    def rest(self, now: float) -> None:
        """Nothing came until ``now``: what silence ends is ended."""
        until = self.rests_at
        if until is None or now < until:
            return
        if self._skipping or self._shape.ending != "none":
            self._give(Piece(bytes(self._buffer), self._last, whole=False))
        else:
            self._give(Piece(bytes(self._buffer), self._last))

    def take(self) -> Piece | None:
        """The oldest code that is complete."""
        return self._ready.popleft() if self._ready else None

    def forget(self, before: float | None = None) -> None:
        """Throw away everything, or the codes that came before a time; a code that is being received stays then."""
        if before is None:
            self._ready.clear()
            self._buffer.clear()
            self._skipping = False
            return
        while self._ready and self._ready[0].came_at < before:
            self._ready.popleft()

    @property
    def _limit(self) -> int:
        shape = self._shape
        return shape.max_length + len(shape.prefix) + len(shape.suffix) + 3 + 2

    def _ended(self, byte: int) -> bool:
        ending = self._shape.ending
        if ending == "none":
            return False
        if ending == "crlf":
            return self._buffer.endswith(b"\r\n")
        return byte in ((0x0D, 0x0A) if ending == "any" else ENDINGS[ending])

    def _finish(self, now: float) -> None:
        mark = ENDINGS[self._shape.ending] or bytes(self._buffer[-1:])
        body = bytes(self._buffer[: -len(mark)])
        if not body and not self._skipping:
            self._buffer.clear()
            return  # the LF behind a CR, or an empty line
        self._give(Piece(body, now, whole=not self._skipping))

    def _give(self, piece: Piece) -> None:
        self._buffer.clear()
        self._skipping = False
        self._ready.append(piece)


def unwrapped(piece: Piece, shape: CodeShape) -> bytes | None:
    """The code's own bytes; None when it is cut off, too long, empty, or lacks its prefix or suffix."""
    data = piece.data
    if not piece.whole or not data.startswith(shape.prefix) or not data.endswith(shape.suffix):
        return None
    data = data.removeprefix(shape.prefix).removesuffix(shape.suffix)
    if shape.strip_aim and _AIM.match(data):
        data = data[3:]
    return data if 0 < len(data) <= shape.max_length else None


def decoded(data: bytes) -> str | None:
    """The text of a code: UTF-8, else GB18030; None for what is no text.

    Source: the scanners pass on the bytes of the symbol; Chinese codes are written in both.
    """
    if any(byte < 0x20 and byte not in _LEGAL for byte in data) or 0x7F in data:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if text.strip() and _sayable(text) else None
    return None


def _sayable(text: str) -> bool:
    """No control characters, and nothing of the private use areas, to which GB18030 maps most noise."""
    return not any(0x80 <= ord(c) < 0xA0 or 0xE000 <= ord(c) < 0xF900 or ord(c) >= 0xF0000 for c in text)
