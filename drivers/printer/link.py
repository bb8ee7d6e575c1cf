"""Byte pipes to a printer, over the connectors of python-escpos.

    socket://192.0.2.7:9100               Network; nearly every LAN printer
    serial:///dev/ttyUSB0?baud=9600       Serial; option ``flow`` = ``dsrdtr`` (default), ``xonxoff`` or ``none``
    usb://04b8:0e15                       a USB printer by pyusb (``usb_link``); gives answers and the port's status
    file:///dev/usb/lp0                   File; the kernel's printer class, gives no answers

The connectors open and close. Bytes go through their public ``device``: their own writing says nothing about how much
went out when a printer stops taking bytes, and that is just what we must know.

Measured (python-escpos 3.1): ``_read`` is one ``recv(16)`` with a time limit of 60 s unless another is given.
"""

import errno
import select
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import DeviceConfig, PrinterStatus
from drivers.errors import DeviceError, Fault

_loading = threading.Lock()

CONNECT_WITHIN = 1.8  # seconds; health must be done in 2
_PIECE = 512
_SERIAL_PIECE = 64  # 67 ms at 9600 baud


class Link(Protocol):
    """A byte pipe to a printer."""

    @property
    def answers(self) -> bool:
        """Whether this way can carry answers at all."""

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``; return how many bytes were taken within ``wait`` seconds."""

    def receive(self, wait: float) -> bytes:
        """Return what has come, or wait up to ``wait`` seconds for the first byte; empty when none came."""

    def port_status(self) -> PrinterStatus | None:
        """What the port itself knows of the printer, where it has wires for that; ``None`` otherwise."""

    def close(self) -> None:
        """Let go of the port. Never raises."""


def load_library() -> None:
    """Import python-escpos, which leaves a folder with its list of printers in the temporary folder at each import.

    Here that folder is inside one of ours, which goes at once.
    """
    if "escpos" in sys.modules:
        return
    with _loading, tempfile.TemporaryDirectory(prefix="window-client-") as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        try:
            import escpos.printer  # noqa: F401, PLC0415 - for its side effects, once
        finally:
            tempfile.tempdir = before


@contextmanager
def _trouble_is_absence(device: str) -> Iterator[None]:
    import serial  # noqa: PLC0415

    load_library()
    from escpos.exceptions import Error  # noqa: PLC0415

    try:
        yield
    except (serial.SerialException, OSError, Error) as error:
        occupied = "lock port" in str(error) or "Access is denied" in str(error)
        if not occupied and (getattr(error, "errno", None) == errno.EACCES or "Errno 13]" in str(error)):
            raise DeviceError(device, Fault.REFUSED, "no_access", "a udev rule or group is missing") from error
        fault = Fault.OCCUPIED if occupied else Fault.ABSENT
        raise DeviceError(device, fault, detail=f"{type(error).__name__}: {error}") from error


class SocketLink:
    """A printer with a TCP port."""

    answers = True

    def __init__(self, device: str, host: str, port: int) -> None:
        load_library()
        from escpos.printer import Network  # noqa: PLC0415 - 0.2 s that the program's start need not pay

        self._device = device
        self._printer = Network(host, port, timeout=CONNECT_WITHIN)
        with _trouble_is_absence(device):
            # not its own open(): that leaves the socket open when nobody answers, and knows no IPv6
            self._printer.device = socket.create_connection((host, port), timeout=CONNECT_WITHIN)
        self._socket: Any = self._printer.device

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``."""
        with _trouble_is_absence(self._device):
            self._socket.settimeout(wait)
            try:
                return int(self._socket.send(data[:_PIECE]))
            except TimeoutError:
                return 0

    def receive(self, wait: float) -> bytes:
        """Return what has come."""
        with _trouble_is_absence(self._device):
            self._socket.settimeout(max(wait, 0.001))
            try:
                data = bytes(self._socket.recv(256))
            except TimeoutError:
                return b""
            if not data:
                raise ConnectionResetError("closed by the printer")
            return data

    def port_status(self) -> PrinterStatus | None:
        """Nothing."""
        return None

    def close(self) -> None:
        """Let go of the connection; what is on its way still arrives."""
        self._printer.close()


class SerialLink:
    """A printer on a serial port, opened exclusively."""

    answers = True

    def __init__(self, device: str, port: str, baud: int, flow: str) -> None:
        load_library()
        from escpos.printer import Serial  # noqa: PLC0415

        self._device = device
        self._printer = Serial(port, baudrate=baud, timeout=1.0, xonxoff=flow == "xonxoff", dsrdtr=flow == "dsrdtr")
        with _trouble_is_absence(device):
            self._printer.open()
            self._port: Any = self._printer.device
            try:
                self._port.exclusive = True
            except BaseException:
                self._printer.close()
                raise

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``."""
        import serial  # noqa: PLC0415

        with _trouble_is_absence(self._device):
            self._port.write_timeout = wait
            try:
                return int(self._port.write(data[:_SERIAL_PIECE]) or 0)
            except serial.SerialTimeoutException:
                return 0

    def receive(self, wait: float) -> bytes:
        """Return what has come."""
        with _trouble_is_absence(self._device):
            self._port.timeout = wait
            return bytes(self._port.read(max(1, self._port.in_waiting)))

    def port_status(self) -> PrinterStatus | None:
        """Nothing."""
        return None

    def close(self) -> None:
        """Let go of the port."""
        try:
            self._port.close()  # not the connector's close: it first waits until a stopped printer took everything
            self._printer.close()
        except OSError:  # the port is gone already, which is what we wanted
            return


class FileLink:
    """A printer behind a device file of the kernel; it cannot answer."""

    answers = False

    def __init__(self, device: str, path: str) -> None:
        load_library()
        from escpos.printer import File  # noqa: PLC0415

        self._device = device
        self._printer = File(path)
        with _trouble_is_absence(device):
            self._printer.open()
        self._file: Any = self._printer.device

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``."""
        with _trouble_is_absence(self._device):
            if not select.select([], [self._file], [], wait)[1]:
                return 0
            piece = data[:_PIECE]
            self._file.write(piece)
            self._file.flush()
            return len(piece)

    def receive(self, wait: float) -> bytes:  # noqa: ARG002 - nothing ever comes
        """Return nothing."""
        return b""

    def port_status(self) -> PrinterStatus | None:
        """Nothing."""
        return None

    def close(self) -> None:
        """Let go of the file."""
        try:
            self._printer.close()
        except OSError:
            return


def open_link(config: DeviceConfig) -> Link:
    """Open the way to the printer that ``config.url`` names.

    Raises:
        DeviceError: ``ABSENT`` or ``OCCUPIED``; ``REFUSED``/``unsupported`` for a URL we do not know.
    """
    parts = urlsplit(config.url)
    path = unquote(parts.path)
    if parts.scheme == "socket" and parts.hostname:
        return SocketLink(config.id, parts.hostname, parts.port or 9100)
    if parts.scheme == "serial":
        asked = parse_qs(parts.query).get("baud", ["9600"])[0]
        if not (asked.isascii() and asked.isdecimal()):
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", "baud is no number")
        port = path if path.strip("/") else parts.netloc
        return SerialLink(config.id, port, int(asked), str(config.options.get("flow", "dsrdtr")))
    if parts.scheme == "usb":
        from drivers.printer.usb_link import UsbLink  # noqa: PLC0415 - pyusb only for those who need it

        return UsbLink(config.id, config.url)
    if parts.scheme == "file" and path:
        return FileLink(config.id, path)
    raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"no way to a printer by {parts.scheme}://")
