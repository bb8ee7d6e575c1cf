"""Byte ports by URL, and the one place where port trouble becomes one fault.

    serial:///dev/ttyUSB0?baud=115200     a port of this machine, also a pty or a link to one
    serial://COM3?baud=9600
    socket://host:9100                    a port behind a network converter

Measured on ptys: after an unplug ``read`` raises ``SerialException``, ``write`` an ``OSError`` [5], and
``in_waiting`` a bare ``OSError``, and flushing a ``termios.error``, which is no ``OSError``; a second exclusive open
fails with "Could not exclusively lock port".
"""

import errno
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.errors import DeviceError, Fault
from drivers.presence import mark_of
from drivers.recording import RECORDER


class Transport(Protocol):
    """A byte pipe to a device."""

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""

    def read(self, timeout: float) -> bytes:
        """Return what has arrived, or wait up to ``timeout`` seconds for the first byte; empty when none came."""

    def flush_input(self) -> None:
        """Throw away what has arrived: a late answer must not be taken for the next one."""

    def close(self) -> None:
        """Let go of the port. Never raises."""


@contextmanager
def _trouble_is_absence(device: str) -> Iterator[None]:
    import serial  # noqa: PLC0415 - 20 ms that a program without serial devices need not pay

    trouble: tuple[type[Exception], ...] = (serial.SerialException, OSError)
    if sys.platform != "win32":
        import termios  # noqa: PLC0415 - not on Windows

        trouble += (termios.error,)
    try:
        yield
    except trouble as error:
        occupied = "lock port" in str(error) or "Access is denied" in str(error)
        fault = Fault.OCCUPIED if occupied else Fault.ABSENT
        if not occupied and getattr(error, "errno", None) == errno.EACCES:
            raise DeviceError(device, Fault.REFUSED, "no_access", detail="a udev rule or group is missing") from error
        raise DeviceError(device, fault, detail=f"{type(error).__name__}: {error}") from error


class SerialTransport:
    """A serial port, opened exclusively, 8 data bits, 1 stop bit, no flow control; ``parity`` is N, E or O."""

    def __init__(self, device: str, port: str, baud: int, parity: str = "N") -> None:
        self._device = device
        with _trouble_is_absence(device):
            import serial  # noqa: PLC0415

            if not port.upper().startswith("COM") and not Path(port).exists():
                raise FileNotFoundError(port)
            self._port = serial.Serial(port, baudrate=baud, parity=parity, exclusive=True, write_timeout=2.0)

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""
        with _trouble_is_absence(self._device):
            self._port.write(data)

    def read(self, timeout: float) -> bytes:
        """Return what has arrived, or wait up to ``timeout`` seconds for the first byte."""
        with _trouble_is_absence(self._device):
            self._port.timeout = timeout
            return bytes(self._port.read(max(1, self._port.in_waiting)))

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        with _trouble_is_absence(self._device):
            self._port.reset_input_buffer()

    def close(self) -> None:
        """Let go of the port."""
        try:
            self._port.close()
        except OSError:  # the port is gone already, which is what we wanted
            return


class SocketTransport:
    """A TCP connection to a device or to a serial converter."""

    def __init__(self, device: str, host: str, port: int, *, connect_within: float = 2.0) -> None:
        self._device = device
        with _trouble_is_absence(device):
            self._socket = socket.create_connection((host, port), timeout=connect_within)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        """Send all of ``data``; a far end that takes nothing for 5 s counts as absent."""
        with _trouble_is_absence(self._device):
            self._socket.settimeout(5.0)
            self._socket.sendall(data)

    def read(self, timeout: float) -> bytes:
        """Return what has arrived, or wait up to ``timeout`` seconds for the first byte."""
        with _trouble_is_absence(self._device):
            self._socket.settimeout(max(timeout, 0.001))
            try:
                data = self._socket.recv(4096)
            except TimeoutError:
                return b""
            if not data:
                raise ConnectionResetError("closed by the device")
            return data

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        until = time.monotonic() + 0.2
        while time.monotonic() < until and self.read(0.0):
            continue

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()


def open_transport(device: str, url: str, *, baud: int = 115200) -> Transport:
    """Open the port that ``url`` names; ``?baud=`` in the URL wins over ``baud``.

    Raises:
        DeviceError: ``ABSENT`` or ``OCCUPIED``; ``REFUSED``/``unsupported`` for a URL we do not know.
    """
    parts = urlsplit(url)
    if parts.scheme == "serial":
        asked = parse_qs(parts.query).get("baud", [str(baud)])[0]
        if not asked.isdecimal():
            raise DeviceError(device, Fault.REFUSED, "unsupported", "baud is no number")
        parity = parse_qs(parts.query).get("parity", ["N"])[0].upper()
        if parity not in {"N", "E", "O"}:
            raise DeviceError(device, Fault.REFUSED, "unsupported", "parity is N, E or O")
        port = unquote(parts.path) if parts.path.strip("/") else parts.netloc
        return RECORDER.recorded(device, SerialTransport(device, port, int(asked), parity))
    if parts.scheme == "socket" and parts.hostname and parts.port:
        return RECORDER.recorded(device, SocketTransport(device, parts.hostname, parts.port))
    raise DeviceError(device, Fault.REFUSED, "unsupported", f"no transport for {parts.scheme}://")


def is_there(url: str, *, within: float = 0.5) -> bool:
    """Whether something is at the far end of ``url``, without claiming it; see ``drivers.presence``."""
    return bool(mark_of(url, within=within))
