"""Code scanners that are set to HID-POS (usage page 8C, bar code scanner), by hidapi. **Not verified on hardware.**

    hid://                     the first scanner with that usage page
    hid://0c2e:0b61            vendor and product

An input report is taken to carry a piece of a code: number of the report, bytes of data, AIM identifier of three
characters, up to 56 bytes of data, and in the last byte whether more of the same code follows (bit 0). This layout is
the common one, but no device and no manual was at hand to compare it with; a report that does not fit it is garbled.
Options as ``codes/serial`` but for ``baud`` and ``ending``; the AIM identifier stands before the code only with
``aim = true``.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlsplit

from drivers.codes.driver import SerialCodeReader
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.hid_api import HidApi, hidapi, open_handle

USAGE_PAGE = 0x8C
SIZE = 64
_DATA_AT, _MOST = 5, 56
_FLUSHES = 256


def piece(report: bytes, *, aim: bool = False, first: bool = True) -> tuple[bytes, bool]:
    """The data of a report, and whether more of the same code follows.

    Raises:
        ValueError: The report tells more bytes than it holds.
    """
    if len(report) < _DATA_AT or report[1] > min(_MOST, len(report) - _DATA_AT):
        raise ValueError(f"a report of {len(report)} bytes tells {report[1] if len(report) > 1 else 0}")
    data = report[_DATA_AT : _DATA_AT + report[1]]
    mark = report[2:_DATA_AT].rstrip(b"\0")
    more = len(report) == SIZE and bool(report[-1] & 1)
    return (mark + data if aim and first else data), more


class HidPosTransport:
    """Reports as a line of bytes on which CR ends each code."""

    def __init__(self, device: str, url: str, *, aim: bool = False, api: HidApi | None = None) -> None:
        self._device, self._aim, self._more = device, aim, False
        found = api or hidapi(device)
        self._handle: Any = open_handle(device, found, self._find(found, url))

    def write(self, data: bytes) -> None:
        """Scanners are not written to."""
        raise DeviceError(self._device, Fault.REFUSED, "unsupported", f"{len(data)} bytes to a scanner")

    def read(self, timeout: float) -> bytes:
        """The next piece of a code, or nothing within ``timeout`` seconds."""
        report = self._report(timeout)
        if not report:
            return b""
        try:
            data, more = piece(report, aim=self._aim, first=not self._more)
        except ValueError as error:
            raise DeviceError(self._device, Fault.GARBLED, detail=str(error)) from error
        self._more = more
        return data.replace(b"\r", b" ") + (b"" if more else b"\r")

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        self._more = False
        for _ in range(_FLUSHES):
            if not self._report(0.001):
                return

    def close(self) -> None:
        """Let go of the scanner."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError, ValueError):
                handle.close()

    def _report(self, timeout: float) -> bytes:
        try:
            return bytes(self._handle.read(SIZE, max(1, int(timeout * 1000))) or b"")
        except (OSError, ValueError, AttributeError) as error:  # pulled out, or closed
            raise DeviceError(self._device, Fault.ABSENT, detail=type(error).__name__) from error

    def _find(self, api: HidApi, url: str) -> bytes:
        vendor, _, product = urlsplit(url).netloc.partition(":")
        try:
            ids = (int(vendor, 16), int(product, 16)) if vendor else (0, 0)
        except ValueError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "hid://vendor:product is needed") from error
        there = api.enumerate(*ids)
        scanners = [one for one in there if one.get("usage_page") == USAGE_PAGE]
        if not scanners and any(ids):
            scanners = [one for one in there if not one.get("usage_page")]  # old hidapi on Linux tells no usage
        if not scanners:
            raise DeviceError(self._device, Fault.ABSENT, detail="no HID-POS scanner")
        return cast("bytes", scanners[0]["path"])


class HidPosCodeReader(SerialCodeReader):
    """A ``CodeReader`` on HID-POS; see the module."""

    def __init__(self, config: DeviceConfig, *, api: HidApi | None = None) -> None:
        if urlsplit(config.url).scheme != "hid":
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", "hid://vendor:product is needed")
        options = {**config.options, "ending": "cr"}
        aim = bool(options.get("aim", False))
        super().__init__(
            replace(config, options=options),
            open_port=lambda device, url, _baud: HidPosTransport(device, url, aim=aim, api=api),
        )
