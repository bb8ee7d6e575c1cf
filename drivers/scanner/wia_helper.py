"""The helper process of ``WiaScanner``: COM and the maker's WIA driver work here, and only here. Windows only.

COM is reached through one function, ``dispatch``: ``win32com.client.Dispatch`` on Windows, recorded calls in tests.
"""

import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Event
from typing import Any

from drivers.contracts import ScanSource
from drivers.errors import DeviceError, Fault
from drivers.isolated import Deed, serve
from drivers.scanner import wia_properties as wia
from drivers.scanner.pages import PageError, pages_in

_NAME = "wia"  # the driver puts the device's id in its place
_SCODE = 5  # place of the HRESULT in a COM exception's excepinfo


class WiaHelper:
    """One process, one device at a time.

    Args:
        dispatch: Makes a COM object by its name.
        com_error: What COM calls raise.
    """

    def __init__(self, dispatch: Callable[[str], Any], com_error: type[Exception]) -> None:
        self._dispatch = dispatch
        self._com_error = com_error
        self._device: Any = None
        self._facts: dict[str, str] = {}

    def deeds(self) -> dict[str, Deed]:
        """What the helper does, by name."""
        return {"open": self.open, "health": self.health, "devices": self.devices, "scan": self.scan}

    def devices(self, _given: dict[str, object], _cancel: Event) -> object:
        """The scanners that Windows knows."""
        with self._com():
            return [
                {"name": str(info.DeviceID), "model": str(info.Properties("Name").Value), "vendor": ""}
                for info in self._infos()
            ]

    def open(self, given: dict[str, object], _cancel: Event) -> object:
        """Connect to the scanner that ``name`` names by its id or its model; the first one for an empty name."""
        wanted = str(given["name"])
        with self._com():
            for info in self._infos():
                model = str(info.Properties("Name").Value)
                if wanted in {"", str(info.DeviceID), model}:
                    self._device = info.Connect()
                    self._facts = {"model": model}
                    if self._value(wia.HANDLING_CAN) & wia.DUPLEX:
                        self._facts["duplex"] = "yes"
                    return self._facts
        raise DeviceError(_NAME, Fault.ABSENT, detail="no such scanner")

    def health(self, _given: dict[str, object], _cancel: Event) -> object:
        """The facts; asking for the feeder's state shows whether the scanner answers."""
        with self._com():
            device = self._opened()
            facts = dict(self._facts)
            if device.Properties.Exists(str(wia.HANDLING_STATUS)):
                ready = int(device.Properties(str(wia.HANDLING_STATUS)).Value) & wia.FEED_READY
                facts["feeder"] = "loaded" if ready else "empty"
        return facts

    def scan(self, given: dict[str, object], cancel: Event) -> Iterator[object]:
        """Scan page by page."""
        with self._com():
            device = self._opened()
            loaded = bool(self._value(wia.HANDLING_STATUS) & wia.FEED_READY)
            handling = wia.handling(
                self._value(wia.HANDLING_CAN),
                ScanSource(str(given["source"])),
                duplex=bool(given["duplex"]),
                loaded=loaded,
            )
            if handling is None:
                raise DeviceError(_NAME, Fault.REFUSED, "unsupported", f"no {given['source']}")
            if device.Properties.Exists(str(wia.HANDLING)):
                device.Properties(str(wia.HANDLING)).Value = handling
            if handling & wia.FEEDER and device.Properties.Exists(str(wia.PAGES)):
                device.Properties(str(wia.PAGES)).Value = 1  # each transfer gives one
            item = device.Items(1)
            dpi = self._prepare(item, colour=bool(given["colour"]), dpi=int(str(given["dpi"])))
        number = 0
        while not cancel.is_set():
            try:
                with self._com():
                    data = bytes(item.Transfer(wia.JPEG_FORMAT).FileData.BinaryData)
            except DeviceError as error:
                if error.code == "no_documents" and number:
                    return
                raise
            try:
                for sheet in pages_in(data, dpi):
                    number += 1
                    yield {"jpeg": b64encode(sheet.jpeg).decode(), "dpi": sheet.dpi}
            except PageError as error:
                raise DeviceError(_NAME, Fault.GARBLED, detail=str(error)) from error
            if not handling & wia.FEEDER:
                return
        raise DeviceError(_NAME, Fault.CANCELLED)

    def _prepare(self, item: Any, *, colour: bool, dpi: int) -> int:
        """Colour, resolution and an A4 page, as far as the scanner lets us; returns the resolution."""
        self._set(item, wia.INTENT, wia.COLOUR if colour else wia.GREY)
        dpi = self._set(item, wia.DPI_X, dpi)
        self._set(item, wia.DPI_Y, dpi)
        for place, extent, inches in (
            (wia.START_X, wia.EXTENT_X, wia.A4_INCHES[0]),
            (wia.START_Y, wia.EXTENT_Y, wia.A4_INCHES[1]),
        ):
            self._set(item, place, 0)
            self._set(item, extent, round(inches * dpi))
        return dpi

    def _set(self, item: Any, number: int, wanted: int) -> int:
        """Set a property to the nearest allowed value; a property that is not there is left."""
        if not item.Properties.Exists(str(number)):
            return wanted
        found = item.Properties(str(number))
        subtype = int(found.SubType)
        values = [int(value) for value in found.SubTypeValues] if subtype == 2 else []
        span = (0, 0, 0)
        if subtype == 1:
            span = (int(found.SubTypeMin), int(found.SubTypeMax), int(found.SubTypeStep))
        value = wia.allowed(subtype, values, span, wanted)
        if subtype == 1 and number in {wia.EXTENT_X, wia.EXTENT_Y}:
            value = min(wanted, span[1])
        found.Value = value
        return value

    def _value(self, number: int) -> int:
        """A property of the device, 0 when it is not there."""
        properties = self._opened().Properties
        return int(properties(str(number)).Value) if properties.Exists(str(number)) else 0

    def _infos(self) -> Iterator[Any]:
        infos = self._dispatch("WIA.DeviceManager").DeviceInfos
        for number in range(1, int(infos.Count) + 1):
            info = infos.Item(number)
            if int(info.Type) == wia.SCANNER_TYPE:
                yield info

    def _opened(self) -> Any:
        if self._device is None:
            raise DeviceError(_NAME, Fault.ABSENT, detail="not open")
        return self._device

    @contextmanager
    def _com(self) -> Iterator[None]:
        """COM's exceptions become ours."""
        try:
            yield
        except self._com_error as error:
            info = getattr(error, "excepinfo", None)
            scode = info[_SCODE] if info and len(info) > _SCODE and info[_SCODE] else getattr(error, "hresult", 0)
            raise wia.trouble(_NAME, int(scode)) from None


def main() -> int:
    """Serve until stdin closes; without pywin32 every question is refused."""
    try:
        client, types = import_module("win32com.client"), import_module("pywintypes")
    except ImportError:

        def refuse(_given: dict[str, object], _cancel: Event) -> object:
            raise DeviceError(_NAME, Fault.REFUSED, "unsupported", "WIA needs Windows and pywin32")

        return serve(dict.fromkeys(("open", "health", "devices", "scan"), refuse))
    return serve(WiaHelper(client.Dispatch, types.com_error).deeds())


if __name__ == "__main__":
    sys.exit(main())
