"""Card readers with a SAM_V module on USB HID, by hidapi: SAM frames in the envelope of ``hid_frames``.

    hid://10c4:0007                 vendor and product
    hid://10c4:0007?serial=A1B2     the one with this serial number
    hid://                          the first known model (resources/devices/usb.toml)

``usb://`` is understood too. Options: ``reports`` (``interrupt``, or ``feature``: SET_REPORT and GET_REPORT of feature
reports), ``skip`` (bytes of each report before its piece of the frame, 2).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.hid_api import HidApi, hidapi, open_handle
from drivers.id_card import hid_frames
from drivers.id_card.driver import SamCardReader, Way
from drivers.recognise.usb import known_ids
from drivers.recording import RECORDER
from drivers.transport import Transport

REPORTS = ("interrupt", "feature")
_FLUSHES = 128
_POLL = 0.01


class HidTransport:
    """A byte pipe to a reader on HID.

    Raises:
        DeviceError: ``ABSENT``; ``OCCUPIED``; ``REFUSED`` with ``no_access`` when this user may not open it, with
            ``unsupported`` without hidapi.
    """

    def __init__(
        self,
        device: str,
        url: str,
        *,
        reports: str = "interrupt",
        skip: int = hid_frames.SKIPPED,
        api: HidApi | None = None,
    ) -> None:
        if reports not in REPORTS:
            raise DeviceError(device, Fault.REFUSED, "unsupported", f"reports is one of {', '.join(REPORTS)}")
        self._device = device
        self._feature = reports == "feature"
        self._skip = skip
        self._api = api or hidapi(device)
        self._handle: Any = open_handle(device, self._api, self._find(url))

    def write(self, data: bytes) -> None:
        """Send a SAM frame in a report."""
        try:
            report = b"\0" + hid_frames.encode(data)  # the number of the report comes first: it has none
        except ValueError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", str(error)) from error
        with self._trouble():
            sent = self._handle.send_feature_report(report) if self._feature else self._handle.write(report)
            if sent < 0:
                raise OSError("write error")

    def read(self, timeout: float) -> bytes:
        """Return the next piece of a SAM frame, or wait up to ``timeout`` seconds for it."""
        report = self._report(timeout)
        if not any(report):
            return b""
        try:
            found = hid_frames.decode(report)
        except ValueError as error:
            raise DeviceError(self._device, Fault.GARBLED, detail=str(error)) from error
        if found.result:
            raise DeviceError(self._device, Fault.GARBLED, detail=f"result {found.result:02X}")
        return found.payload[self._skip :]

    def _report(self, timeout: float) -> bytes:
        if not self._feature:
            with self._trouble():
                return bytes(self._handle.read(hid_frames.SIZE, max(1, int(timeout * 1000))) or b"")
        until = time.monotonic() + timeout
        while True:
            with self._trouble():
                report = bytes(self._handle.get_feature_report(0, hid_frames.SIZE + 1))[1:]
            if any(report) or time.monotonic() >= until:
                return report
            time.sleep(_POLL)

    def flush_input(self) -> None:
        """Throw away what has arrived."""
        for _ in range(_FLUSHES):
            if not any(self._report(0.001)):
                return

    def close(self) -> None:
        """Let go of the device."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError, ValueError):
                handle.close()

    def _find(self, url: str) -> bytes:
        parts = urlsplit(url)
        serial = parse_qs(parts.query).get("serial", [unquote(parts.path.strip("/"))])[0]
        names = (
            [parts.netloc] if parts.netloc else [ids for ids, about in known_ids().items() if about["is"] == "sam_hid"]
        )
        try:
            models = [
                (int(vendor, 16), int(product, 16)) for vendor, _, product in (name.partition(":") for name in names)
            ]
        except ValueError as error:
            raise DeviceError(self._device, Fault.REFUSED, "unsupported", "hid://VENDOR:PRODUCT is wanted") from error
        for vendor, product in models:
            with self._trouble():
                found = self._api.enumerate(vendor, product)
            for about in found:
                if not serial or about.get("serial_number") == serial:
                    return cast("bytes", about["path"])
        raise DeviceError(self._device, Fault.ABSENT, detail=f"no HID device {parts.netloc or 'known'}")

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, AttributeError) as error:  # "read error", "not open", and a handle that is gone
            raise DeviceError(self._device, Fault.ABSENT, detail=f"HID: {type(error).__name__}") from error


class HidIdCardReader(SamCardReader):
    """A ``CardReader`` on USB HID.

    Args:
        config: Its URL and options.
        api: hidapi, or what was recorded of it.
    """

    def __init__(self, config: DeviceConfig, *, api: HidApi | None = None) -> None:
        super().__init__(config, lambda: [Way(self._opened)])
        self._api = api

    def _opened(self) -> Transport:
        options = self._config.options
        transport = HidTransport(
            self.name,
            self._config.url,
            reports=str(options.get("reports", "interrupt")),
            skip=int(options.get("skip", hid_frames.SKIPPED)),
            api=self._api,
        )
        return RECORDER.recorded(self.name, transport)
