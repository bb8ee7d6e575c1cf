"""Live events from the centre: one thread reads the stream, catches up after a gap, and measures the way.

The parser follows the event stream format of the HTML standard and holds no I/O, so that any cutting of the bytes
can be tested.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from window_client.central.client import CentralClient, EventBytes, Rejected, Unavailable
from window_client.central.contract import Event

log = logging.getLogger("feed")

BACK_OFF = (1.0, 2.0, 5.0, 10.0, 15.0)
"""Seconds before the first, second ... attempt to connect again; the last one stays."""

MEASURE_SECONDS = 10.0
"""How often the way is measured, at most."""


@dataclass(frozen=True, slots=True)
class SseMessage:
    """One message of the stream; a comment has ``event`` ``comment`` and no data."""

    event: str
    data: str
    id: str


class SseParser:
    """Bytes in, messages out. ``last_id`` stays from message to message, as the standard has it."""

    def __init__(self) -> None:
        self._rest = b""
        self._after_cr = False
        self._begun = False
        self._event = ""
        self._data: list[str] = []
        self.last_id = ""

    def feed(self, data: bytes) -> list[SseMessage]:
        """Take bytes and give the messages that are complete with them."""
        found: list[SseMessage] = []
        for line in self._lines(data):
            message = self._line(line)
            if message is not None:
                found.append(message)
        return found

    def _lines(self, data: bytes) -> list[str]:
        """Lines may end with LF, CR or CRLF, and CRLF may be cut in two."""
        if self._after_cr and data:
            data = data.removeprefix(b"\n")
            self._after_cr = False
        whole = self._rest + data
        if whole.endswith(b"\r"):
            self._after_cr = True
        parts = whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = parts.pop()
        lines = [part.decode("utf-8", "replace") for part in parts]
        if lines and not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix("\ufeff")
        return lines

    def _line(self, line: str) -> SseMessage | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        if not name:
            return SseMessage("comment", "", self.last_id)
        value = value.removeprefix(" ")
        if name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
        elif name == "id" and "\0" not in value:
            self.last_id = value
        return None

    def _dispatch(self) -> SseMessage | None:
        event, data = self._event, self._data
        self._event, self._data = "", []
        return SseMessage(event or "message", "\n".join(data), self.last_id) if data else None


@dataclass(frozen=True, slots=True)
class FeedState:
    """How the line is. ``latency_ms`` of the last measurement; ``code`` why it is not online."""

    online: bool
    latency_ms: float | None = None
    code: str = ""


class Feed:
    """Reads events from its own thread, in which ``on_event`` and ``on_state`` are called (post them on).

    ``after`` is the number of the newest event that is already known (``QueuePicture.seq``). An event of kind
    ``reset`` means: too much was missed, ask for the whole picture.
    """

    def __init__(
        self,
        open_client: Callable[[], CentralClient],
        after: int,
        on_event: Callable[[Event], None],
        on_state: Callable[[FeedState], None] = lambda _state: None,
    ) -> None:
        self._open_client = open_client
        self._on_event = on_event
        self._on_state = on_state
        self._stream: EventBytes | None = None
        self._stopping = threading.Event()
        self._bell = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = FeedState(online=False)
        self._measured = 0.0
        self.after = after
        """The number of the last event that was passed on."""

    def start(self) -> None:
        """Begin to listen."""
        self._thread = threading.Thread(target=self._work, name="feed", daemon=True)
        self._thread.start()

    def hurry(self) -> None:
        """Connect again now rather than later: the network is back, or somebody signed in."""
        self._bell.set()

    def stop(self, timeout: float = 5.0) -> bool:
        """Hang up; False if the thread did not end within ``timeout`` seconds."""
        self._stopping.set()
        self._bell.set()
        stream = self._stream
        if stream is not None:
            stream.hang_up()
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        thread.join(timeout)
        return not thread.is_alive()

    def _work(self) -> None:
        client = self._open_client()
        failures = 0
        while not self._stopping.is_set():
            self._bell.clear()
            code = "closed"
            try:
                self._listen(client)
            except Unavailable as error:
                code = error.reason
            except Rejected as error:
                code = error.code
            except Exception:
                log.exception("a bug ended the stream")
                code = "bug"
            failures = 0 if self._state.online else failures
            self._set(FeedState(online=False, code=code))
            if not self._stopping.is_set():
                self._bell.wait(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
                failures += 1
        client.close()

    def _listen(self, client: CentralClient) -> None:
        """Read one stream to its end."""
        with client.events(self.after) as stream:
            self._stream = stream
            try:
                self._measure(client)
                parser = SseParser()
                for data in stream:
                    if self._stopping.is_set():
                        break
                    for message in parser.feed(data):
                        self._take(client, message)
            finally:
                self._stream = None

    def _take(self, client: CentralClient, message: SseMessage) -> None:
        if message.event == "comment":
            if time.monotonic() - self._measured >= MEASURE_SECONDS:
                self._measure(client)
            return
        try:
            event = msgspec.json.decode(message.data, type=Event)
        except msgspec.DecodeError:
            log.warning("an event that does not fit the contract was left out")
            return
        if event.kind != "reset" and event.id <= self.after:
            return  # told twice
        self._on_event(event)
        self.after = event.id

    def _measure(self, client: CentralClient) -> None:
        self._measured = time.monotonic()
        client.health()
        self._set(FeedState(online=True, latency_ms=client.latency_ms))

    def _set(self, state: FeedState) -> None:
        if state != self._state:
            self._state = state
            self._on_state(state)
