"""Card readers with a SAM_V module on native USB, by pyusb: the same frames over bulk endpoints or HID class requests.

    usb://0400:c35a                 vendor and product as lsusb shows them
    usb://0400:c35a?serial=A1B2     the one with this serial number, where there are several
    usb://0400:c35a?port=1-4.2      the one at this place
    usb://                          the first known model (resources/devices/usb.toml)

Option ``way``: ``bulk``, ``control`` (SET_REPORT and GET_REPORT to the interface; one maker), or ``auto``: bulk where
there are bulk endpoints. A kernel driver that holds the interface is asked to let go and gets it back at the end.

Source: endpoints and requests as public implementations use them; USB 2.0 (stall), HID 1.11 (reports).
"""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.id_card.driver import SamCardReader, Way
from drivers.recognise.usb import known_ids
from drivers.recording import RECORDER
from drivers.transport import Transport

WAYS = ("auto", "bulk", "control")
_SET_REPORT = (0x21, 0x09, 0x0301)
_GET_REPORT = (0xA1, 0x01, 0x0100)
_PIECE = 64
_WRITE_WITHIN = 2000  # ms
_FLUSHES = 64  # pieces that are thrown away at most: more than the longest answer
_POLL = 0.01  # seconds between two reports that were empty


class Usb(Protocol):
    """The calls of pyusb (``usb.core``, ``usb.util``) that are made here; recorded ones stand in for them in tests."""

    def find(self, vendor: int, product: int) -> list[Any]:
        """All devices of a model."""

    def claim_interface(self, device: Any, interface: int) -> None:
        """Take an interface."""

    def release_interface(self, device: Any, interface: int) -> None:
        """Give it back."""

    def dispose_resources(self, device: Any) -> None:
        """Close the handle."""


class PyUsb:
    """pyusb itself."""

    def find(self, vendor: int, product: int) -> list[Any]:
        """All devices of a model."""
        import usb.core  # noqa: PLC0415

        return list(usb.core.find(find_all=True, idVendor=vendor, idProduct=product))

    def claim_interface(self, device: Any, interface: int) -> None:
        """Take an interface."""
        import usb.util  # noqa: PLC0415

        usb.util.claim_interface(device, interface)

    def release_interface(self, device: Any, interface: int) -> None:
        """Give it back."""
        import usb.util  # noqa: PLC0415

        usb.util.release_interface(device, interface)

    def dispose_resources(self, device: Any) -> None:
        """Close the handle."""
        import usb.util  # noqa: PLC0415

        usb.util.dispose_resources(device)


@dataclass(frozen=True, slots=True)
class Pipes:
    """The interface that is used, and its bulk endpoints (0: none) with the size of a packet."""

    interface: int
    out: int
    into: int
    packet: int


def pipes(configuration: Any) -> Pipes:
    """The first interface with bulk endpoints both ways, else the first one."""
    first: int | None = None
    for interface in configuration:
        number = int(interface.bInterfaceNumber)
        first = number if first is None else first
        bulk = [endpoint for endpoint in interface if endpoint.bmAttributes & 3 == 2]
        out = next((endpoint.bEndpointAddress for endpoint in bulk if not endpoint.bEndpointAddress & 0x80), 0)
        into = next((endpoint for endpoint in bulk if endpoint.bEndpointAddress & 0x80), None)
        if out and into is not None:
            return Pipes(number, out, into.bEndpointAddress, max(_PIECE, int(into.wMaxPacketSize)))
    return Pipes(first or 0, 0, 0, _PIECE)


class UsbTransport:
    """A byte pipe to a reader on USB.

    Raises:
        DeviceError: ``ABSENT``; ``OCCUPIED`` when another program has it; ``REFUSED`` with ``no_access`` when this user
            may not open it (no udev rule), with ``unsupported`` without libusb or a driver for it.
    """

    def __init__(self, device: str, url: str, *, way: str = "auto", usb: Usb | None = None) -> None:
        self._device = device
        self._usb = usb or PyUsb()
        self._detached = self._claimed = False
        self._handle: Any = self._find(url)
        try:
            self._open(way)
        except BaseException:
            self.close()
            raise

    @property
    def facts(self) -> dict[str, str]:
        """The model, and the way that is used."""
        ids = f"{int(self._handle.idVendor):04x}:{int(self._handle.idProduct):04x}"
        return {"usb": ids, "way": "bulk" if self._pipes.out else "control"}

    def write(self, data: bytes) -> None:
        """Send all of ``data``; a stalled pipe is cleared and counts as a damaged answer, which is asked for again."""
        if not self._pipes.out:
            self._call("ctrl_transfer", 0, *_SET_REPORT, self._pipes.interface, data, _WRITE_WITHIN)
            return
        while data:
            sent = int(self._call("write", self._pipes.out, self._pipes.out, data, _WRITE_WITHIN))
            if sent <= 0:
                raise DeviceError(self._device, Fault.TIMEOUT, detail="USB takes no bytes")
            data = data[sent:]

    def read(self, timeout: float) -> bytes:
        """Return the next piece, or wait up to ``timeout`` seconds for it."""
        try:
            if self._pipes.into:
                return bytes(self._call("read", self._pipes.into, self._pipes.into, self._pipes.packet, _ms(timeout)))
            return self._report(timeout)
        except DeviceError as error:
            if error.fault is Fault.TIMEOUT:
                return b""
            raise

    def _report(self, timeout: float) -> bytes:
        """One report; a reader that has nothing to say gives an empty one, or zeros, or stalls."""
        until = time.monotonic() + timeout
        while True:
            try:
                asked = (*_GET_REPORT, self._pipes.interface, _PIECE, _ms(timeout))
                report = bytes(self._call("ctrl_transfer", 0, *asked))
            except DeviceError as error:
                if error.fault is not Fault.GARBLED:
                    raise
                report = b""
            if any(report) or time.monotonic() >= until:
                return report
            time.sleep(_POLL)

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        for _ in range(_FLUSHES):
            try:
                if not self.read(0.001):
                    return
            except DeviceError as error:
                if not error.retryable:
                    raise

    def close(self) -> None:
        """Give the reader back to the kernel."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        quietly = (OSError, NotImplementedError, ValueError, AttributeError)
        if self._claimed:
            with suppress(*quietly):
                self._usb.release_interface(handle, self._pipes.interface)
        if self._detached:
            with suppress(*quietly):
                handle.attach_kernel_driver(self._pipes.interface)
        with suppress(*quietly):
            self._usb.dispose_resources(handle)

    def _find(self, url: str) -> Any:
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        serial, port = asked.get("serial") or unquote(parts.path.strip("/")), asked.get("port", "")
        denied: DeviceError | None = None
        for vendor, product in self._models(parts.netloc):
            with self._trouble(0):
                found = self._usb.find(vendor, product)
            for handle in found:
                if port and place(handle) != port:
                    continue
                if not serial:
                    return handle
                try:
                    with self._trouble(0):
                        number = _serial_number(handle)
                except DeviceError as error:
                    denied = error
                    continue
                if number == serial:
                    return handle
        raise denied or DeviceError(self._device, Fault.ABSENT, detail=f"no USB device {parts.netloc or 'known'}")

    def _models(self, netloc: str) -> list[tuple[int, int]]:
        names = [netloc] if netloc else [ids for ids, about in known_ids().items() if about["is"] == "sam_usb"]
        try:
            return [
                (int(vendor, 16), int(product, 16)) for vendor, _, product in (name.partition(":") for name in names)
            ]
        except ValueError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "usb://VENDOR:PRODUCT is wanted") from error

    def _open(self, way: str) -> None:
        if way not in WAYS:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"way is one of {', '.join(WAYS)}")
        with self._trouble(0):
            found = pipes(self._configuration())
        if way == "bulk" and not found.out:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "the USB device has no bulk endpoints")
        self._pipes = Pipes(found.interface, 0, 0, _PIECE) if way == "control" else found
        with self._trouble(0):
            if self._kernel_has_it():
                self._handle.detach_kernel_driver(self._pipes.interface)
                self._detached = True
            self._usb.claim_interface(self._handle, self._pipes.interface)
            self._claimed = True

    def _configuration(self) -> Any:
        try:
            return self._handle.get_active_configuration()
        except OSError as error:
            if error.errno in _DENIED | _GONE or _is_timeout(error):
                raise
            self._handle.set_configuration()  # a reader fresh out of its box has none
            return self._handle.get_active_configuration()

    def _kernel_has_it(self) -> bool:
        try:
            return bool(self._handle.is_kernel_driver_active(self._pipes.interface))
        except NotImplementedError:  # not on Windows
            return False

    def _call(self, name: str, endpoint: int, *arguments: object) -> Any:
        """One transfer by a method of pyusb's device; ``endpoint`` is the one that a stall is cleared of (0: none)."""
        if self._handle is None:
            raise DeviceError(self._device, Fault.ABSENT, detail="not open")
        with self._trouble(endpoint):
            return getattr(self._handle, name)(*arguments)

    @contextmanager
    def _trouble(self, endpoint: int) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # usb.core.USBError is one
            if error.errno == errno.EPIPE and endpoint:
                with self._trouble(0):
                    self._handle.clear_halt(endpoint)
            raise _as_device_error(self._device, error) from error
        except ValueError as error:  # NoBackendError is one: no libusb here
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"USB: {error}") from error
        except NotImplementedError as error:  # no driver that libusb can use is bound (Windows)
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "USB: no usable driver is bound") from error
        except ImportError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "pyusb is not installed") from error


class UsbIdCardReader(SamCardReader):
    """A ``CardReader`` on native USB.

    Args:
        config: Its URL and options.
        usb: pyusb, or what was recorded of it.
    """

    def __init__(self, config: DeviceConfig, *, usb: Usb | None = None) -> None:
        super().__init__(config, self._one_way)
        self._usb = usb

    def _one_way(self) -> list[Way]:
        facts: dict[str, str] = {}

        def opened() -> Transport:
            way = str(self._config.options.get("way", "auto"))
            transport = UsbTransport(self.name, self._config.url, way=way, usb=self._usb)
            facts.update(transport.facts)
            return RECORDER.recorded(self.name, transport)

        return [Way(opened, facts=facts)]


def place(handle: Any) -> str:
    """Where a device is plugged in, as the kernel names it: ``1-4.2``."""
    return f"{handle.bus}-{'.'.join(str(number) for number in handle.port_numbers or ())}"


def _serial_number(handle: Any) -> str:
    """The serial number; a device whose texts this user may not read is one that he may not open."""
    try:
        return str(handle.serial_number or "")
    except ValueError as error:
        if "langid" in str(error):
            raise PermissionError(errno.EACCES, "no text can be read") from error
        raise


_DENIED = {errno.EACCES, errno.EPERM}
_GONE = {errno.ENODEV, errno.ENOENT, errno.ENXIO}


def _as_device_error(device: str, error: OSError) -> DeviceError:
    detail = f"{type(error).__name__} {error.errno}"
    if error.errno == errno.EBUSY:
        return DeviceError(device, Fault.OCCUPIED, detail=detail)
    if error.errno in _DENIED:
        return DeviceError(device, Fault.REFUSED, "no_access", f"{detail}: a udev rule is missing")
    if _is_timeout(error):
        return DeviceError(device, Fault.TIMEOUT, detail=detail)
    if error.errno in {errno.EPIPE, errno.EOVERFLOW}:
        return DeviceError(device, Fault.GARBLED, detail=detail)
    return DeviceError(device, Fault.ABSENT, detail=detail)


def _is_timeout(error: OSError) -> bool:
    return type(error).__name__ == "USBTimeoutError" or error.errno == errno.ETIMEDOUT


def _ms(seconds: float) -> int:
    return max(1, int(seconds * 1000))  # 0 would wait for ever
