"""What a printer says back, taken apart. Pure.

    0xx1xx10              answer to DLE EOT, one byte, may come in the middle of anything
    0xx1xx00 + 3 bytes    automatic status (ASB), in case another program switched it on
    37 22 d1 d2 d3 d4 00  process id: everything before it is printed
    0xx0xxxx              answer to GS r, only while we wait for one

The bits that are always set or never set tell them apart, whatever their order.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RealTime:
    """The answer to one DLE EOT."""

    value: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A process id came back."""

    name: bytes


@dataclass(frozen=True, slots=True)
class Consumed:
    """The answer to GS r 1: all data before was taken. Bits 2 and 3: no paper."""

    value: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """Four bytes that the printer sends by itself when something changes."""

    value: bytes


Answer = RealTime | Printed | Consumed | Automatic

_HEAD = b"\x37\x22"
_ID_LENGTH = 7


class AnswerParser:
    """Collects bytes as they arrive and gives out whole answers; what fits nothing is dropped."""

    def __init__(self) -> None:
        self._id = bytearray()
        self._automatic = bytearray()

    def feed(self, data: bytes) -> Iterator[Answer]:
        """Take ``data`` and give out what is complete."""
        for byte in data:
            yield from self._take(byte)

    def _take(self, byte: int) -> Iterator[Answer]:
        # 37h itself has bits 0 and 1 set, so no head of an id looks like a status
        if byte & 0x93 == 0x12:
            yield RealTime(byte)
        elif byte & 0x93 == 0x10:
            self._automatic = bytearray([byte])
        elif self._automatic and byte & 0x90 == 0:
            self._automatic.append(byte)
            if len(self._automatic) == 4:
                yield Automatic(bytes(self._automatic))
                self._automatic.clear()
        else:
            self._automatic.clear()
            yield from self._in_turn(byte)

    def _in_turn(self, byte: int) -> Iterator[Answer]:
        if byte == _HEAD[0]:
            self._id = bytearray([byte])
        elif self._id:
            self._id.append(byte)
            if len(self._id) == 2 and byte != _HEAD[1]:
                self._id.clear()
            elif len(self._id) == _ID_LENGTH:
                if byte == 0:
                    yield Printed(bytes(self._id[2:6]))
                self._id.clear()
        elif byte & 0x90 == 0:
            yield Consumed(byte)
