"""The flight recorder: the last traffic of each device, in memory, with personal data masked before it is kept.

Drivers put their wire into ``RECORDER.recorded(...)``; ``catalogue.create`` tells which kind a device is. A device
whose kind was not told, and every wire that no mask knows, is recorded as lengths. A recording is a file of JSON lines:
a head, then one line an event (seconds since the first one, direction, bytes in hexadecimal or their number).

    {"recording": 1, "device": "reader", "kind": "id_card", "driver": "sam_v_serial", "scheme": "serial", "reason": "…"}
    {"at": 0.0, "way": "note", "note": "open"}
    {"at": 0.001, "way": "out", "hex": "aaaaaa96690003 11ff ed"}
    {"at": 0.026, "way": "in", "hex": "…"}
    {"at": 0.9, "way": "in", "size": 1311}
"""

import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from drivers.contracts import DeviceConfig, PrinterStatus
from drivers.errors import DeviceError
from drivers.recording_file import VERSION

if TYPE_CHECKING:
    from drivers.recording_masks import Mask

MOST_BYTES = 256 * 1024
"""Bytes that are kept of one device."""

MOST_EVENTS = 4000
"""Events that are kept of one device."""

LONGEST_KEPT = 16 * 1024
"""An event of more bytes is kept as its length."""

_EVENT_COSTS = 64
_HEADERS = frozenset({"content-type", "content-length", "location", "retry-after", "connection", "transfer-encoding"})


class Pipe(Protocol):
    """A ``drivers.transport.Transport``, which itself records and so cannot be named here."""

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""

    def read(self, timeout: float) -> bytes:
        """Return what has arrived, or wait up to ``timeout`` seconds for the first byte."""

    def flush_input(self) -> None:
        """Throw away what has arrived."""

    def close(self) -> None:
        """Let go of the port."""


class PrinterPipe(Protocol):
    """A ``drivers.printer.link.Link``."""

    @property
    def answers(self) -> bool:
        """Whether this way can carry answers at all."""

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``."""

    def receive(self, wait: float) -> bytes:
        """Return what has come."""

    def port_status(self) -> PrinterStatus | None:
        """What the port itself knows of the printer."""

    def close(self) -> None:
        """Let go of the port."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened at ``at`` (``time.monotonic``). ``data`` is None where only ``size`` is kept."""

    at: float
    way: str  # "out", "in" or "note"
    data: bytes | None = None
    size: int = 0
    note: str = ""

    def line(self, begin: float) -> dict[str, object]:
        """The event as it stands in a file."""
        said: dict[str, object] = {"at": round(self.at - begin, 4), "way": self.way}
        if self.note:
            said["note"] = self.note
        if self.data is not None:
            said["hex"] = self.data.hex()
        elif self.size:
            said["size"] = self.size
        return said


@dataclass
class Ring:
    """The last events of one device. ``lock`` guards everything."""

    device: str
    config: DeviceConfig | None = None
    events: "deque[Event]" = field(default_factory=deque)
    bytes: int = 0
    lock: RLock = field(default_factory=RLock)

    def put(self, event: Event) -> None:
        """Keep an event; the oldest ones make room."""
        if event.data is not None and len(event.data) > LONGEST_KEPT:
            event = Event(event.at, event.way, None, len(event.data), event.note)
        with self.lock:
            self.events.append(event)
            self.bytes += _cost(event)
            while len(self.events) > MOST_EVENTS or self.bytes > MOST_BYTES:
                self.bytes -= _cost(self.events.popleft())


def _cost(event: Event) -> int:
    return _EVENT_COSTS + len(event.data or b"") + len(event.note)


class Tape:
    """Writes one open wire into a ring, masked.

    What a mask holds back, because a frame is not whole yet, goes in before the next event of the other direction.
    """

    def __init__(self, ring: Ring, going: "Mask", coming: "Mask", *, known: bool) -> None:
        self._ring = ring
        self._masks = {"out": going, "in": coming}
        self._last = {"out": 0.0, "in": 0.0}
        self._known = known

    def heard(self, way: str, data: bytes) -> None:
        """Bytes went ``out`` or came ``in``."""
        if not data:
            return
        now = time.monotonic()
        with self._ring.lock:
            self._flush("in" if way == "out" else "out")
            self._put(way, now, self._masks[way].feed(data))
            self._last[way] = now

    def note(self, words: str) -> None:
        """Something happened to the wire: it was opened, closed, it failed."""
        with self._ring.lock:
            self.flush()
            self._ring.put(Event(time.monotonic(), "note", note=words))

    def only_lengths(self) -> None:
        """From now on nothing is kept but lengths: a device that nobody may listen to shares this wire."""
        from drivers.recording_masks import Lengths  # noqa: PLC0415 - the program's start need not pay

        with self._ring.lock:
            self.flush()
            self._masks = {"out": Lengths(), "in": Lengths()}
            self._known = False

    def flush(self) -> None:
        """Put in what is held back."""
        with self._ring.lock:
            self._flush("out")
            self._flush("in")

    def _flush(self, way: str) -> None:
        self._put(way, self._last[way], self._masks[way].flush())

    def _put(self, way: str, at: float, masked: bytes) -> None:
        if masked:
            self._ring.put(Event(at, way, masked if self._known else None, len(masked)))


class RecordedTransport:
    """A transport whose traffic is recorded."""

    def __init__(self, transport: Pipe, tape: Tape) -> None:
        self._transport = transport
        self._tape = tape

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)  # what a certain transport can do beyond the others

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""
        self._tape.heard("out", data)
        try:
            self._transport.write(data)
        except DeviceError as error:
            self._tape.note(f"write: {error.fault}/{error.code}")
            raise

    def read(self, timeout: float) -> bytes:
        """Return what has arrived, or wait up to ``timeout`` seconds for the first byte."""
        try:
            data = self._transport.read(timeout)
        except DeviceError as error:
            self._tape.note(f"read: {error.fault}/{error.code}")
            raise
        self._tape.heard("in", data)
        return data

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        try:
            self._transport.flush_input()
        except DeviceError as error:
            self._tape.note(f"flush: {error.fault}/{error.code}")
            raise

    def close(self) -> None:
        """Let go of the port."""
        self._tape.note("close")
        self._transport.close()


class RecordedLink:
    """A receipt printer's link whose traffic is recorded."""

    def __init__(self, link: PrinterPipe, tape: Tape) -> None:
        self._link = link
        self._tape = tape

    def __getattr__(self, name: str) -> object:
        return getattr(self._link, name)  # what a certain link can do beyond the others

    @property
    def answers(self) -> bool:
        """Whether this way can carry answers at all."""
        return self._link.answers

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``."""
        try:
            taken = self._link.send(data, wait)
        except DeviceError as error:
            self._tape.note(f"write: {error.fault}/{error.code}")
            raise
        self._tape.heard("out", data[:taken])
        return taken

    def receive(self, wait: float) -> bytes:
        """Return what has come."""
        try:
            data = self._link.receive(wait)
        except DeviceError as error:
            self._tape.note(f"read: {error.fault}/{error.code}")
            raise
        self._tape.heard("in", data)
        return data

    def port_status(self) -> PrinterStatus | None:
        """What the port itself knows of the printer."""
        return self._link.port_status()

    def close(self) -> None:
        """Let go of the port."""
        self._tape.note("close")
        self._link.close()


class Recorder:
    """The rings of all devices of this program, by their ids."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._rings: dict[str, Ring] = {}
        self._tapes: dict[str, Tape] = {}

    def meet(self, config: DeviceConfig) -> None:
        """A driver is made for this device: from now on its traffic is masked by what its kind sends."""
        with self._lock:
            self._ring(config.id).config = config
            beside = [tape for name, tape in self._tapes.items() if self._is_beside_a_pad(name)]
        for tape in beside:  # it may have been opened before the pad was met
            tape.only_lengths()

    def tape(self, device: str, *, again: bool = False) -> Tape:
        """A tape for a wire that was just opened; ``again``: the last one of that device, where there is one."""
        with self._lock:
            ring = self._ring(device)
            if again and device in self._tapes:
                return self._tapes[device]
            going, coming, known = self._masks(ring.config)
            tape = self._tapes[device] = Tape(ring, going, coming, known=known)
        tape.note("open")
        return tape

    def recorded(self, device: str, transport: Pipe) -> Pipe:
        """The transport, with its traffic on tape."""
        return RecordedTransport(transport, self.tape(device))

    def linked(self, device: str, link: PrinterPipe) -> PrinterPipe:
        """A receipt printer's link, with its traffic on tape."""
        return RecordedLink(link, self.tape(device))

    def http(
        self,
        device: str,
        method: str,
        path: str,
        *,
        status: int,
        headers: Mapping[str, str],
        sizes: tuple[int, int],
        body: bytes | None = None,
    ) -> None:
        """One HTTP exchange: of the headers none that says who asks, of the bodies their sizes. No answer: status 0.

        ``body`` is an answer that speaks of the device alone, and is kept.
        """
        kept = {name.lower(): value for name, value in headers.items() if name.lower() in _HEADERS}
        said = {"method": method, "path": path.partition("?")[0], "status": status, "headers": kept}
        with self._lock:
            ring = self._ring(device)
        with ring.lock:  # a question and its answer stay together
            ring.put(Event(time.monotonic(), "out", None, sizes[0], json.dumps(said, ensure_ascii=False)))
            ring.put(Event(time.monotonic(), "in", body, sizes[1]))

    def lines(self, device: str, *, reason: str = "") -> list[str]:
        """The recording of a device as lines of JSON: the head first. Empty when nothing was recorded."""
        with self._lock:
            ring, tape = self._rings.get(device), self._tapes.get(device)
        if ring is None:
            return []
        with ring.lock:
            if tape is not None:
                tape.flush()
            events, config = list(ring.events), ring.config
        if not events:
            return []
        head = {
            "recording": VERSION,
            "device": device,
            "kind": config.kind if config else "",
            "driver": config.driver if config else "",
            "scheme": urlsplit(config.url).scheme if config else "",
            "reason": reason,
        }
        begin = events[0].at
        return [json.dumps(said, ensure_ascii=False) for said in (head, *(event.line(begin) for event in events))]

    def devices(self) -> list[str]:
        """The devices of which something was recorded."""
        with self._lock:
            return [name for name, ring in self._rings.items() if ring.events]

    def save(self, device: str, file: Path, *, reason: str = "") -> bool:
        """Write a device's recording; False when there is none.

        Raises:
            OSError: It cannot be written.
        """
        lines = self.lines(device, reason=reason)
        if lines:
            file.write_text("\n".join(lines) + "\n", "utf-8")
        return bool(lines)

    def forget(self) -> None:
        """Throw all recordings away."""
        with self._lock:
            self._rings.clear()
            self._tapes.clear()

    def _ring(self, device: str) -> Ring:
        return self._rings.setdefault(device, Ring(device))

    def _masks(self, config: DeviceConfig | None) -> "tuple[Mask, Mask, bool]":
        from drivers.recording_masks import CardAnswers, CardCommands, Codes, Lengths, Plain  # noqa: PLC0415
        from drivers.recording_receipts import Receipts  # noqa: PLC0415 - the program's start need not pay

        makes: dict[tuple[str, str], Callable[[], tuple[Mask, Mask]]] = {
            ("printer", "escpos"): lambda: (Receipts(), Plain()),
            ("codes", "serial"): lambda: (Lengths(), Codes()),
            **{
                ("id_card", f"sam_v_{way}"): lambda: (CardCommands(), CardAnswers()) for way in ("serial", "usb", "hid")
            },
            **{("display", name): lambda: (Plain(), Plain()) for name in ("cd5220", "epson", "modbus_led", "onbon_bx")},
        }
        make = makes.get((config.kind, config.driver)) if config else None
        if config is None or make is None or self._beside_a_pad(config):
            return Lengths(), Lengths(), False
        going, coming = make()
        return going, coming, True

    def _is_beside_a_pad(self, device: str) -> bool:
        config = self._rings[device].config if device in self._rings else None
        return config is not None and self._beside_a_pad(config)

    def _beside_a_pad(self, config: DeviceConfig) -> bool:
        """Whether a rating pad shares the port, under whatever name: what people press is nobody's business."""
        pads = [ring.config for ring in self._rings.values() if ring.config and ring.config.kind == "rating"]
        if not pads:
            return False
        from drivers.shared_port import port_of  # noqa: PLC0415 - it imports the transports, which record

        return any(port_of(pad.url) == port_of(config.url) for pad in pads)


RECORDER = Recorder()
"""The recorder of this program."""
