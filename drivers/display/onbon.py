"""Frames of Onbon BX-5K, BX-5MK and BX-6K text controllers, and a controller that answers them. No I/O.

A frame is eight ``A5``, then header, data and CRC-16/ARC with ``A5 A6 5A 5B`` escaped, then ``5A``. Numbers are
little-endian; the CRC is that of the bytes before escaping. Text is GBK; colours and new lines are written with a
backslash in it.

Sources: the BX-5K and 6K user protocol v1.4; several independent implementations agree. The reply's layout is not
verified on a device.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from drivers.checksums import crc16_arc

START = b"\xa5" * 8
END = b"\x5a"
BROADCAST = 0xFFFE
ANY_MODEL = 0xFE
MODELS = {
    "any": ANY_MODEL,
    "5K1": 0x51,
    "5K2": 0x58,
    "5MK2": 0x53,
    "5MK1": 0x54,
    "5K1Q-YY": 0x5C,
    "6K1": 0x61,
    "6K2": 0x62,
    "6K3": 0x63,
    "6K1-YY": 0x64,
    "6K2-YY": 0x65,
    "6K3-YY": 0x66,
}

PING = b"\xa2\x00\x01\x00\x00"
CLEAR = b"\xa3\x10\x01\x00\x00"
COLOURS = {"red": "\\C1", "green": "\\C2", "yellow": "\\C3"}
ALIGNMENTS = {"left": 0, "right": 1, "centre": 2}
EFFECTS = {"static": 1, "quick": 2, "left": 3, "right": 4, "up": 5, "down": 6}

DONE, UNKNOWN_GROUP, UNKNOWN_COMMAND, BUSY, NO_MEMORY, BAD_CRC = range(6)
NO_FONT = 12

_ESCAPES = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_ESCAPED = {pair: bytes((byte,)) for byte, pair in _ESCAPES.items()}
_HEADER = 14
_LONGEST = 4096
_LONGEST_TEXT = 1024
_AREA = 27


class Damaged(ValueError):  # noqa: N818 - what was received, not a mistake of ours
    """A frame that is none: a wrong CRC, a length that does not fit, an escape that there is not."""


@dataclass(frozen=True, slots=True)
class Area:
    """A dynamic text area. Places and sizes in pixels; ``speed`` 0 (fast) to 24; ``stay`` in half seconds.

    ``spoken``: None for silence, empty to speak the text itself, else what to speak instead; only -YY models speak.
    """

    text: str
    x: int = 0
    y: int = 0
    width: int = 128
    height: int = 32
    number: int = 0
    colour: str = ""
    align: str = "left"
    effect: str = "static"
    speed: int = 4
    stay: int = 10
    lines: bool = False
    spoken: str | None = None
    speaker: int = 0
    volume: int = 5
    spoken_speed: int = 5


def escaped(data: bytes) -> bytes:
    """The bytes as they may stand between start and end."""
    return b"".join(_ESCAPES.get(byte, bytes((byte,))) for byte in data)


def unescaped(data: bytes) -> bytes:
    """The bytes as they were before ``escaped``.

    Raises:
        Damaged: An escape that there is not, or half of one.
    """
    found = bytearray()
    at = 0
    while at < len(data):
        if data[at] not in (0xA6, 0x5B):
            found.append(data[at])
            at += 1
            continue
        pair = bytes(data[at : at + 2])
        if pair not in _ESCAPED:
            raise Damaged("an escape that there is not")
        found += _ESCAPED[pair]
        at += 2
    return bytes(found)


def frame(data: bytes, *, screen: int = 1, model: int = ANY_MODEL, source: int = 0x8000) -> bytes:
    """A whole frame with ``data`` for a screen."""
    header = screen.to_bytes(2, "little") + source.to_bytes(2, "little") + bytes(6)
    header += bytes((model, 0x02)) + len(data).to_bytes(2, "little")
    body = header + data
    return START + escaped(body + crc16_arc(body).to_bytes(2, "little")) + END


def brightness(level: int) -> bytes:
    """The command for one brightness, 1 to 16, all day."""
    return b"\xa3\x02\x01\x00\x00\x01" + bytes((level,)) + b"\x01" * 48


def area(shown: Area) -> bytes:
    """The bytes of a dynamic area.

    Raises:
        ValueError: A character that GBK lacks, or a size that no screen has.
    """
    places = (shown.x, shown.y, shown.width, shown.height)
    if not all(0 <= place < 0x8000 for place in places) or not (shown.width and shown.height):
        raise ValueError("an area lies between 0 and 32767 pixels and is at least one pixel large")
    text = (COLOURS.get(shown.colour, "") + shown.text.replace("\\", "＼").replace("\n", "\\n")).encode("gbk")
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"a text has at most {_LONGEST_TEXT} bytes")
    across = ((shown.x | 0x8000), shown.y, (shown.width | 0x8000), shown.height)
    sound = b"\x00" if shown.spoken is None else b"\x01" if not shown.spoken else b"\x02" + _spoken(shown)
    head = b"\x00" + b"".join(place.to_bytes(2, "little") for place in across)
    head += bytes((shown.number, 0, 0, 0, 0)) + sound
    head += bytes((0, ALIGNMENTS[shown.align], 2 if shown.lines else 1, 2 if shown.lines else 1))
    head += bytes((EFFECTS[shown.effect], 0, shown.speed, shown.stay))
    return head + len(text).to_bytes(4, "little") + text


def _spoken(shown: Area) -> bytes:
    words = (shown.spoken or "").encode("gbk")
    return bytes((shown.speaker, shown.volume, shown.spoken_speed)) + len(words).to_bytes(4, "little") + words


def text(areas: Sequence[bytes], *, instead: bool = True) -> bytes:
    """The command that shows dynamic areas; ``instead`` of all that are shown now."""
    body = b"\xa3\x06\x01\x00\x00" + (b"\xff" if instead else b"\x00") + bytes((len(areas),))
    return body + b"".join(len(one).to_bytes(2, "little") + one for one in areas)


def answer(data: bytes) -> tuple[bool, int]:
    """Whether a controller's answer says yes, and its code.

    Raises:
        Damaged: It is no answer.
    """
    if len(data) < 3 or data[0] != 0xA0 or data[1] not in (0, 1):
        raise Damaged("no answer of a controller")
    return data[1] == 0, data[2]


def reply(code: int = DONE, *, screen: int = 1) -> bytes:
    """A controller's answer, as a frame to the host."""
    return frame(bytes((0xA0, 0 if code == DONE else 1, code, 0, 0)), screen=0x8000, source=screen)


def content(body: bytes) -> tuple[int, int, bytes]:
    """Destination, source and data of what stood between start and end.

    Raises:
        Damaged: It is no frame.
    """
    whole = unescaped(body)
    if len(whole) < _HEADER + 2:
        raise Damaged("a frame is longer")
    if crc16_arc(whole[:-2]) != int.from_bytes(whole[-2:], "little"):
        raise Damaged("the CRC is another one")
    if int.from_bytes(whole[12:14], "little") != len(whole) - _HEADER - 2:
        raise Damaged("the length is another one")
    return int.from_bytes(whole[:2], "little"), int.from_bytes(whole[2:4], "little"), whole[_HEADER:-2]


class Frames:
    """Cuts a stream into frames: gives what stood between start and end, still escaped, whatever noise is between."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that ended with ``data``."""
        *ended, self._pending = (self._pending + data).split(END)
        self._pending = self._pending[-_LONGEST:]
        found = []
        for one in ended:
            _, start, body = one.rpartition(b"\xa5")
            if start:
                found.append(body)
        return found


@dataclass(frozen=True, slots=True)
class Shown:
    """An area as a controller took it in. ``spoken`` is what it says aloud, empty when nothing."""

    number: int
    x: int
    y: int
    width: int
    height: int
    text: str
    colour: str
    spoken: str


def shown_area(data: bytes) -> Shown:
    """An area, read back.

    Raises:
        Damaged: It is cut short.
    """
    if len(data) < _AREA:
        raise Damaged("an area is longer")
    sound, rest, words = data[14], 15, b""
    if sound == 2:
        length = int.from_bytes(data[18:22], "little")
        words, rest = data[22 : 22 + length], 22 + length
    end = rest + 12
    length = int.from_bytes(data[end - 4 : end], "little")
    raw = data[end : end + length]
    if len(data) < end or len(raw) < length:
        raise Damaged("the text is cut short")
    said = raw.decode("gbk", "replace")
    colour = next((name for name, mark in COLOURS.items() if mark in said), "")
    for mark in COLOURS.values():
        said = said.replace(mark, "")
    said = said.replace("\\n", "\n")
    spoken = said if sound == 1 else words.decode("gbk", "replace")
    x, y, width, height = (int.from_bytes(data[at : at + 2], "little") & 0x7FFF for at in (1, 3, 5, 7))
    scale = 1 if data[6] & 0x80 else 8
    return Shown(data[9], x * scale, y, width * scale, height, said, colour, spoken)


class Controller:
    """A controller with its screen: feeds on whole frames' data, gives answer codes."""

    def __init__(self, *, speaks: bool = True) -> None:
        self.areas: dict[int, Shown] = {}
        self.brightness = 16
        self.said: list[str] = []
        self._speaks = speaks

    @property
    def text(self) -> str:
        """What all areas show."""
        return "\n".join(self.areas[number].text for number in sorted(self.areas))

    def take(self, data: bytes) -> int:
        """Carry out a command; the code for the answer."""
        if len(data) < 5 or data[0] not in (0xA2, 0xA3):
            return UNKNOWN_GROUP
        match data[:2]:
            case b"\xa2\x00" | b"\xa3\x04":
                return DONE
            case b"\xa3\x10":
                self.areas.clear()
                return DONE
            case b"\xa3\x02" if len(data) >= 7:
                self.brightness = data[6]
                return DONE
            case b"\xa3\x06":
                return self._show(data[5:])
        return UNKNOWN_COMMAND

    def _show(self, rest: bytes) -> int:
        if not rest:
            return UNKNOWN_COMMAND
        gone = rest[0]
        listed = b"" if gone == 0xFF else rest[1 : 1 + gone]
        at = 1 + len(listed)
        count = rest[at] if at < len(rest) else 0
        at += 1
        new = []
        for _ in range(count):
            length = int.from_bytes(rest[at : at + 2], "little")
            try:
                new.append(shown_area(rest[at + 2 : at + 2 + length]))
            except Damaged:
                return NO_MEMORY
            at += 2 + length
        if gone == 0xFF:
            self.areas.clear()
        for number in listed:
            self.areas.pop(number, None)
        for one in new:
            self.areas[one.number] = one
            if one.spoken and self._speaks:
                self.said.append(one.spoken)
        return DONE
