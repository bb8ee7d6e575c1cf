"""A printer on USB (class 7) by pyusb: bulk out, bulk in, device id and port status.

    usb://04b8:0e15             vendor and product as lsusb shows them
    usb://04b8:0e15/X3F4012345  the one with this serial number, where there are several
    usb://04b8:0e15?port=1-2    the one at this port (bus-port.port), for printers that have no numbers of their own

The kernel's own driver (usblp) has the printer first: it is asked to let go, and gets it back at the end, so that
``/dev/usb/lp0`` and CUPS find it as before. A print service that has the printer open at that moment keeps it: then it
is occupied.

Source: USB Device Class Definition for Printing Devices 1.1 (GET_DEVICE_ID, GET_PORT_STATUS, SOFT_RESET).
"""

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import PrinterStatus
from drivers.errors import DeviceError, Fault

T = TypeVar("T")

PRINTER_CLASS = 7
_BIDIRECTIONAL = 2
_ASK, _TELL = 0xA1, 0x21  # class requests to an interface: device to host, host to device
_GET_DEVICE_ID, _GET_PORT_STATUS, _SOFT_RESET = 0, 1, 2
_PIECE = 4096
_ANSWER = 512  # a whole packet at any speed: with room for less, a longer one is an error and the printer seems gone
_CONTROL_WITHIN = 500  # ms


class Usb(Protocol):
    """The calls of pyusb that are made here; recorded transfers stand in for them in tests."""

    def find(self, vendor: int, product: int, serial: str, port: str) -> Any:
        """The device, or ``None``."""

    def claim(self, device: Any, interface: int) -> None:
        """Take an interface for ourselves."""

    def release(self, device: Any, interface: int) -> None:
        """Give it back and free the device's handle."""


class PyUsb:
    """pyusb itself, over libusb or another ``backend``."""

    def __init__(self, backend: Any = None) -> None:
        self._backend = backend

    def find(self, vendor: int, product: int, serial: str, port: str) -> Any:
        """The device, or ``None``."""
        import usb.core  # noqa: PLC0415

        def fits(device: Any) -> bool:
            at = f"{device.bus}-{'.'.join(map(str, device.port_numbers or ()))}" if port else ""
            return at == port and (not serial or device.serial_number == serial)

        return usb.core.find(idVendor=vendor, idProduct=product, custom_match=fits, backend=self._backend)

    def claim(self, device: Any, interface: int) -> None:
        """Take an interface for ourselves."""
        import usb.util  # noqa: PLC0415

        usb.util.claim_interface(device, interface)

    def release(self, device: Any, interface: int) -> None:
        """Give it back and free the device's handle."""
        import usb.util  # noqa: PLC0415

        usb.util.release_interface(device, interface)
        usb.util.dispose_resources(device)


@dataclass(frozen=True, slots=True)
class Pipes:
    """The interface of class 7 that is used, and its endpoints; ``into`` is 0 for a printer that only listens."""

    configuration: int
    interface: int
    alternate: int
    out: int
    into: int


def pipes(configuration: Any) -> Pipes | None:
    """Find the printer in a configuration: one that answers before one that only listens."""
    found: list[tuple[int, Pipes]] = []
    for interface in configuration:
        if interface.bInterfaceClass != PRINTER_CLASS:
            continue
        bulk = [endpoint.bEndpointAddress for endpoint in interface if endpoint.bmAttributes & 3 == 2]
        out = next((address for address in bulk if not address & 0x80), 0)
        into = next((address for address in bulk if address & 0x80), 0)
        if out:
            chosen = Pipes(
                int(getattr(configuration, "index", 0) or 0),
                interface.bInterfaceNumber,
                interface.bAlternateSetting,
                out,
                into,
            )
            found.append((0 if interface.bInterfaceProtocol == _BIDIRECTIONAL and into else 1 if into else 2, chosen))
    return min(found, key=lambda one: one[0])[1] if found else None


def read_device_id(answer: bytes) -> dict[str, str]:
    """The fields of a device id (``MFG:…;MDL:…;``) by their short names; empty for what is none.

    The length in front counts itself, in either order of its bytes.
    """
    if len(answer) < 2:
        return {}
    sizes = {int.from_bytes(answer[:2], "big"), int.from_bytes(answer[:2], "little")}
    size = max((size for size in sizes if 2 < size <= len(answer)), default=len(answer))
    short = {"MANUFACTURER": "MFG", "MODEL": "MDL", "COMMAND SET": "CMD", "SERN": "SN", "SERIALNUMBER": "SN"}
    fields: dict[str, str] = {}
    for part in answer[2:size].decode("ascii", "replace").split(";"):
        key, colon, value = part.partition(":")
        if colon and key.strip():
            fields.setdefault(short.get(key.strip().upper(), key.strip().upper()), value.strip())
    return fields


def read_port_status(value: int) -> PrinterStatus:
    """Bits 5 paper empty, 4 selected, 3 no error: the wires of the old parallel port."""
    out = bool(value & 0x20)
    return PrinterStatus(
        online=bool(value & 0x10), paper="out" if out else "unknown", error=not value & 0x08 and not out
    )


_URL = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")


class UsbLink:
    """A printer on USB.

    Raises:
        DeviceError: ``ABSENT``; ``OCCUPIED`` when another program has it; ``REFUSED`` with ``no_access`` when the
            account may not open it, with ``unsupported`` for a device that is no printer.
    """

    def __init__(self, device: str, url: str, usb: Usb | None = None) -> None:
        self._device = device
        self._usb = usb or PyUsb()
        parts = urlsplit(url)
        ids = _URL.fullmatch(parts.netloc)
        if ids is None:
            raise DeviceError(device, Fault.REFUSED, "unsupported", "usb://VENDOR:PRODUCT is wanted")
        self._handle: Any = None
        self._detached = self._claimed = False
        self._device_id: dict[str, str] | None = None
        with self._trouble():
            port = parse_qs(parts.query).get("port", [""])[0]
            handle = self._usb.find(int(ids[1], 16), int(ids[2], 16), unquote(parts.path.strip("/")), port)
        if handle is None:
            raise DeviceError(device, Fault.ABSENT, detail=f"no USB device {parts.netloc}")
        self._handle = handle
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        with self._trouble():
            found = pipes(self._handle.get_active_configuration())
        if found is None:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "the USB device is no printer")
        self._pipes = found
        with self._trouble():
            if self._kernel_has_it():
                self._handle.detach_kernel_driver(found.interface)
                self._detached = True
            self._usb.claim(self._handle, found.interface)
            self._claimed = True
            if found.alternate:
                self._handle.set_interface_altsetting(found.interface, found.alternate)

    def _kernel_has_it(self) -> bool:
        try:
            return bool(self._handle.is_kernel_driver_active(self._pipes.interface))
        except NotImplementedError:  # not on Windows
            return False

    @property
    def answers(self) -> bool:
        """Whether the printer has a way back."""
        return bool(self._pipes.into)

    def device_id(self) -> dict[str, str]:
        """Who the printer says that it is: ``MFG``, ``MDL``, ``CMD``; empty where it does not say."""
        if self._device_id is None:
            about = self._pipes.interface << 8 | self._pipes.alternate
            answer = self._ask(_GET_DEVICE_ID, self._pipes.configuration, about, 1023)
            self._device_id = read_device_id(answer or b"")
        return self._device_id

    def port_status(self) -> PrinterStatus | None:
        """The three wires of a printer's port; ``None`` for a printer that does not have them."""
        answer = self._ask(_GET_PORT_STATUS, 0, self._pipes.interface << 8, 1)
        return read_port_status(answer[0]) if answer else None

    def _ask(self, request: int, value: int, index: int, size: int) -> bytes | None:
        """A class request; ``None`` when the printer does not know it or is silent."""
        with self._trouble():
            try:
                return bytes(self._handle.ctrl_transfer(_ASK, request, value, index, size, _CONTROL_WITHIN))
            except OSError as error:
                if _is_timeout(error) or error.errno == errno.EPIPE:
                    return None
                raise

    def send(self, data: bytes, wait: float) -> int:
        """Send the beginning of ``data``; a stalled pipe is cleared once and takes nothing this time."""
        return self._transfer(
            self._pipes.out, lambda: int(self._handle.write(self._pipes.out, data[:_PIECE], _ms(wait))), 0
        )

    def receive(self, wait: float) -> bytes:
        """Return what has come."""
        if not self._pipes.into:
            return b""
        return self._transfer(
            self._pipes.into, lambda: bytes(self._handle.read(self._pipes.into, _ANSWER, _ms(wait))), b""
        )

    def _transfer(self, endpoint: int, move: Callable[[], T], nothing: T) -> T:
        with self._trouble():
            try:
                return move()
            except OSError as error:
                if _is_timeout(error):
                    return nothing
                if error.errno != errno.EPIPE:
                    raise
                self._handle.clear_halt(endpoint)
                return nothing

    def reset(self) -> None:
        """Throw away what the printer has in its buffer (SOFT_RESET)."""
        with self._trouble(), suppress(NotImplementedError):
            self._handle.ctrl_transfer(_TELL, _SOFT_RESET, 0, self._pipes.interface << 8, None, _CONTROL_WITHIN)

    def close(self) -> None:
        """Give the printer back to the kernel."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        with suppress(OSError, NotImplementedError):
            if self._claimed:
                self._usb.release(handle, self._pipes.interface)
        with suppress(OSError, NotImplementedError):
            if self._detached:
                handle.attach_kernel_driver(self._pipes.interface)
        self._claimed = self._detached = False

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # usb.core.USBError is one
            raise _as_device_error(self._device, error) from error
        except ValueError as error:  # NoBackendError, and a handle that is gone
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"USB: {error}") from error


def _as_device_error(device: str, error: OSError) -> DeviceError:
    detail = f"{type(error).__name__} {error.errno}"
    if error.errno == errno.EBUSY:
        return DeviceError(device, Fault.OCCUPIED, detail=detail)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return DeviceError(device, Fault.REFUSED, "no_access", detail)
    if _is_timeout(error):
        return DeviceError(device, Fault.TIMEOUT, detail=detail)
    return DeviceError(device, Fault.ABSENT, detail=detail)


def _is_timeout(error: OSError) -> bool:
    return type(error).__name__ == "USBTimeoutError" or error.errno == errno.ETIMEDOUT


def _ms(seconds: float) -> int:
    return max(1, int(seconds * 1000))  # 0 would wait for ever
