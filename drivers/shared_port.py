"""One port, several devices: an RS-485 bus with a number display at each window, or a display and a rating pad.

Devices of one program whose URLs name the same port share one open transport. Who wants to speak takes its turn: the
turns are given in the order in which they were asked for, and begin only after the bus was silent for long enough that
the others see the frame before as ended. A turn is one question with its answer, never a device's retries, so a
device that is silent costs the others no more than the time it is waited for once. When the port goes, all
notice at their next turn; when the last one closes, the port is let go of.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.transport import Transport, open_transport

OpenPort = Callable[[str, str, int], Transport]

TURN_WITHIN = 10.0
"""Seconds after which a device that does not get its turn gives up."""

BITS_A_CHARACTER = 11


def silence_at(baud: int) -> float:
    """Seconds of silence that end a Modbus RTU frame: 3.5 characters, never less than 1.75 ms."""
    return max(3.5 * BITS_A_CHARACTER / baud, 0.00175)


def number_option(config: DeviceConfig, name: str, usual: int, lowest: int, highest: int) -> int:
    """A whole number from the URL (``?unit=3``) or, where it says none, from the options.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` when it is no number between ``lowest`` and ``highest``.
    """
    asked = parse_qs(urlsplit(config.url).query).get(name, [str(config.options.get(name, usual))])[0]
    if not (asked.isdecimal() and asked.isascii() and len(asked) < 8 and lowest <= int(asked) <= highest):
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"{name} must be {lowest} to {highest}")
    return int(asked)


def port_of(url: str) -> str:
    """What two URLs of the same port have in common: two names of one serial port count as one."""
    parts = urlsplit(url)
    if parts.scheme != "serial":
        return f"{parts.scheme}://{parts.netloc.lower()}"
    port = unquote(parts.path) if parts.path.strip("/") else parts.netloc
    return f"serial://{port.upper() if port.upper().startswith('COM') else Path(port).resolve().as_posix()}"


@dataclass
class _Bus:
    """An open port and those who wait for it. ``changed`` guards everything."""

    transport: Transport
    baud: int
    users: int = 1
    broken: DeviceError | None = None
    quiet_since: float = 0.0
    waiting: list[object] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)


class Ports:
    """The open ports of this program.

    Args:
        open_port: Opens ``(device, url, baud)``.
    """

    def __init__(self, open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud)) -> None:
        self._open_port = open_port
        self._lock = threading.Lock()
        self._buses: dict[str, _Bus] = {}
        self._opening: dict[str, threading.Lock] = {}

    def join(self, device: str, url: str, *, baud: int) -> "SharedPort":
        """Open the port, or join those who have it open; ``?baud=`` in the URL wins over ``baud``.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``; ``REFUSED``/``unsupported`` where it is open at another speed.
        """
        key = port_of(url)
        speed = number_option(DeviceConfig(device, "", "", url), "baud", baud, 50, 4_000_000)
        with self._lock:
            opening = self._opening.setdefault(key, threading.Lock())
        with _held(opening, device):  # one port may take long to open without holding up the others
            with self._lock:
                bus = self._buses.get(key)
                if bus is not None and bus.broken is None:
                    if bus.baud != speed:
                        raise DeviceError(device, Fault.REFUSED, "unsupported", f"the port is open at {bus.baud} baud")
                    bus.users += 1
                    return SharedPort(self, key, bus, device)
            bus = _Bus(self._open_port(device, url, speed), speed)
            with self._lock:
                self._buses[key] = bus
            return SharedPort(self, key, bus, device)

    def leave(self, key: str, bus: _Bus) -> None:
        """One device less; the last one closes the port, and a broken one is closed at once."""
        with self._lock:
            bus.users -= 1
            last = bus.users <= 0
            if last and self._buses.get(key) is bus:
                del self._buses[key]
        if last:
            bus.transport.close()


@contextmanager
def _held(lock: threading.Lock, device: str) -> Iterator[None]:
    if not lock.acquire(timeout=TURN_WITHIN):  # whoever opens it hangs
        raise DeviceError(device, Fault.TIMEOUT, detail="the port is being opened by another device")
    try:
        yield
    finally:
        lock.release()


class SharedPort:
    """One device's place at a port. Made by ``Ports.join``."""

    def __init__(self, ports: Ports, key: str, bus: _Bus, device: str) -> None:
        self._ports = ports
        self._key = key
        self._bus: _Bus | None = bus
        self._device = device
        self.baud = bus.baud

    @contextmanager
    def turn(self, *, silence: float = 0.0) -> Iterator[Transport]:
        """The port for one question and its answer, after ``silence`` seconds without a byte.

        Raises:
            DeviceError: ``ABSENT`` when the port has gone; ``TIMEOUT`` when the others do not let go of it.
        """
        bus = self._bus
        if bus is None:
            raise DeviceError(self._device, Fault.ABSENT, detail="not open")
        me = object()
        with bus.changed:
            bus.waiting.append(me)
            free = bus.changed.wait_for(lambda: bus.waiting[0] is me or bus.broken is not None, TURN_WITHIN)
            if bus.broken is not None or not free:
                bus.waiting.remove(me)
                bus.changed.notify_all()
                if bus.broken is not None:
                    raise DeviceError(self._device, bus.broken.fault, bus.broken.code, bus.broken.detail)
                raise DeviceError(self._device, Fault.TIMEOUT, detail="the port is held by another device")
        try:
            if (rest := bus.quiet_since + silence - time.monotonic()) > 0:
                time.sleep(rest)
            yield _Timed(bus)
        except DeviceError as error:
            if error.fault is Fault.ABSENT:
                bus.transport.close()  # before anybody opens it anew: it is opened exclusively
                bus.broken = error
                raise DeviceError(self._device, error.fault, error.code, error.detail) from error
            raise
        finally:
            with bus.changed:
                bus.waiting.remove(me)
                bus.changed.notify_all()

    def close(self) -> None:
        """Leave the port. Safe to call twice."""
        bus, self._bus = self._bus, None
        if bus is not None:
            self._ports.leave(self._key, bus)


class _Timed:
    """The transport of a turn; remembers when the line became quiet."""

    def __init__(self, bus: _Bus) -> None:
        self._bus = bus

    def write(self, data: bytes) -> None:
        begun = max(time.monotonic(), self._bus.quiet_since)
        self._bus.transport.write(data)
        # the kernel takes the bytes at once, the line takes its time for them
        self._bus.quiet_since = max(time.monotonic(), begun + len(data) * BITS_A_CHARACTER / self._bus.baud)

    def read(self, timeout: float) -> bytes:
        data = self._bus.transport.read(timeout)
        if data:
            self._bus.quiet_since = max(time.monotonic(), self._bus.quiet_since)
        return data

    def flush_input(self) -> None:
        self._bus.transport.flush_input()

    def close(self) -> None:
        """A turn closes nothing: the port belongs to all."""


PORTS = Ports()
"""The ports of this program; drivers use no other."""
