"""A recording as a device: it answers what was recorded, and fails as the device failed.

What the driver sends is looked for in the recording, from the last place on; the answers that followed there are sent,
with the same pauses but none longer than ``LONGEST_PAUSE``. Silence, cut frames and rubbish come as they came. What was
never asked in the recording is not answered. Where only lengths, or masked bytes, were kept of what went out (as of
printers), the answers follow the number of bytes; a receipt printer's process ids are those that are asked for now.
"""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from drivers.recording_file import Line, Recording

LONGEST_PAUSE = 0.2
"""Seconds that a recorded pause is shortened to."""

MASKED_OUT = frozenset({"printer", "codes", "rating", "smart_card"})
"""Kinds of whose questions the recording holds only the lengths, or another text."""

_ASKED_ID = re.compile(rb"\x1d\(H\x06\x00\x30\x30(....)", re.DOTALL)
_SAID_ID = re.compile(rb"\x37\x22(....)\x00", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked, and the answers with the pause before each; ``ends``: the wire failed then."""

    asked: bytes
    answers: tuple[tuple[float, bytes], ...]
    ends: bool = False


def exchanges(lines: Sequence[Line]) -> tuple[Exchange, ...]:
    """The questions of a recording with what came on each; what came unasked at the beginning has an empty question."""
    found: list[Exchange] = []
    asked, answers, last, ends = b"", list[tuple[float, bytes]](), 0.0, False
    for line in lines:
        if line.way == "note":
            ends = ends or "absent" in line.note
            continue
        if line.way == "out":
            if asked or answers:
                found.append(Exchange(asked, tuple(answers), ends))
            asked, answers, ends = line.data, [], False
        elif line.data:
            answers.append((min(LONGEST_PAUSE, max(0.0, line.at - last)), line.data))
        last = line.at
    if asked or answers:
        found.append(Exchange(asked, tuple(answers), ends))
    return tuple(found)


class Ids:
    """A receipt printer's process ids: the n-th one of the recording stands for the n-th one that is asked for now."""

    def __init__(self, asked: bytes) -> None:
        self._recorded: list[bytes] = _ASKED_ID.findall(asked)
        self._now: list[bytes] = []
        self._heard = b""

    def hear(self, data: bytes) -> None:
        """The driver sent something, in pieces as they come."""
        self._heard += data
        for found in _ASKED_ID.finditer(self._heard):
            self._now.append(found.group(1))
        ended = max((found.end() for found in _ASKED_ID.finditer(self._heard)), default=0)
        self._heard = self._heard[max(ended, len(self._heard) - 10) :]

    def said(self, data: bytes) -> bytes:
        """An answer, with the ids of now."""
        now = dict(zip(self._recorded, self._now, strict=False))
        return _SAID_ID.sub(lambda found: b"\x37\x22" + now.get(found.group(1), found.group(1)) + b"\0", data)


class Replay:
    """Answers a driver.

    Args:
        recording: What is replayed.
        end: Called when the wire of the recording failed: the cable is out.
    """

    def __init__(self, recording: Recording, *, end: Callable[[], None] = lambda: None) -> None:
        self._exchanges = exchanges(recording.lines)
        self._by_length = recording.kind in MASKED_OUT
        self._ids = Ids(b"".join(exchange.asked for exchange in self._exchanges if recording.kind == "printer"))
        self._place = 0
        self._heard = b""
        self._end = end
        self._lock = threading.Lock()

    def begin(self, send: Callable[[bytes], None]) -> None:
        """Send what came unasked at the beginning."""
        if self._exchanges and not self._exchanges[0].asked:
            self._place = max(self._place, 1)
            self._answer(self._exchanges[0], send)

    def take(self, data: bytes, send: Callable[[bytes], None]) -> None:
        """The driver sent something."""
        with self._lock:
            self._heard += data
            self._ids.hear(data)
            while (found := self._found()) is not None:
                self._answer(found, send)

    def _found(self) -> Exchange | None:
        if self._by_length:
            if self._place >= len(self._exchanges):
                return None
            exchange = self._exchanges[self._place]
            if not self._heard or len(self._heard) < len(exchange.asked):
                return None
            self._heard = self._heard[max(1, len(exchange.asked)) :]
            self._place += 1
            return exchange
        while self._heard:
            if (place := self._place_of(self._heard)) is not None:
                exchange = self._exchanges[place]
                self._heard = self._heard[len(exchange.asked) :]
                self._place = max(self._place, place + 1)
                return exchange
            if any(exchange.asked.startswith(self._heard) for exchange in self._exchanges):
                return None  # the rest of a question may be still to come
            self._heard = self._heard[1:]
        return None

    def _place_of(self, heard: bytes) -> int | None:
        """The next exchange that begins so, or the last one before."""
        later, earlier = range(self._place, len(self._exchanges)), range(self._place - 1, -1, -1)
        for place in (*later, *earlier):
            asked = self._exchanges[place].asked
            if asked and heard.startswith(asked):
                return int(place)
        return None

    def _answer(self, exchange: Exchange, send: Callable[[bytes], None]) -> None:
        for pause, data in exchange.answers:
            time.sleep(pause)
            send(self._ids.said(data))
        if exchange.ends:
            self._end()
