"""The helper process of ``SaneScanner``: libsane hangs and crashes here, and only here. Run by ``drivers.isolated``.

libsane is not thread-safe: one thread at a time talks to it, except for ``cancel``. A page is read while the one
before it is encoded and given out.
"""

import sys
from base64 import b64encode
from collections.abc import Iterator
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from drivers.contracts import ScanSource
from drivers.errors import DeviceError, Fault
from drivers.isolated import serve
from drivers.scanner.pages import encoded
from drivers.scanner.sane_options import (
    A4_MM,
    Sources,
    mode_for,
    nearest,
    settings_of,
    source_for,
    sources_of,
    trouble,
    without_doubles,
)

_NAME = "sane"  # the driver puts the device's id in its place
_UNITS_MM = 3  # SANE_UNIT_MM
_PAGES_AHEAD = 1


class SaneHelper:
    """One process, one ``sane.init``, one device at a time."""

    def __init__(self) -> None:
        self._sane: Any = None
        self._device: Any = None
        self._opened = ""
        self._stale = False  # a scan ended early: some backends would go on with it at the next start (measured)

    def open(self, given: dict[str, object], _cancel: Event) -> object:
        """Open the device that ``name`` names; returns its facts."""
        self._open(str(given["name"]))
        return self._facts()

    def _open(self, name: str) -> None:
        self._close()
        self._opened, self._stale = name, False
        try:
            self._device = self._library().open(name)
        except DeviceError:
            raise
        except Exception as error:  # noqa: BLE001 - SANE has one exception, python-sane raises others beside it
            found = _trouble(error)
            if found.code == "unsupported":  # "Invalid argument": no backend knows that name
                raise DeviceError(_NAME, Fault.ABSENT, detail="no such device") from None
            raise found from None

    def _fresh(self) -> None:
        """Make sure that the device is open and does not go on with something old."""
        if not self._opened:
            raise DeviceError(_NAME, Fault.ABSENT, detail="not open")
        if self._device is None or self._stale:
            self._open(self._opened)

    def health(self, _given: dict[str, object], _cancel: Event) -> object:
        """The facts, with a ``code`` when a sensor says trouble; most backends have no sensors."""
        self._fresh()
        facts = self._facts()
        if self._sensor("cover_open"):
            facts["code"] = "cover_open"
        return facts

    def devices(self, _given: dict[str, object], _cancel: Event) -> object:
        """The scanners that SANE finds on this machine; network searches of the backends are left out."""
        listed = without_doubles(self._library().get_devices(True))
        return [{"name": name, "vendor": vendor, "model": model, "type": kind} for name, vendor, model, kind in listed]

    def scan(self, given: dict[str, object], cancel: Event) -> Iterator[object]:
        """Scan page by page."""
        self._fresh()
        wanted = ScanSource(str(given["source"]))
        duplex = bool(given["duplex"])
        sources = self._sources()
        if wanted is not ScanSource.WHERE_IT_LIES:
            yield from self._scan(given, wanted, duplex, sources, cancel)
            return
        if sources.feeder or sources.both:
            try:
                yield from self._scan(given, ScanSource.FEEDER, duplex and bool(sources.both), sources, cancel)
                return
            except DeviceError as error:  # only the first page can say that the feeder is empty
                if error.code != "no_documents" or not sources.glass:
                    raise
        yield from self._scan(given, ScanSource.PLATEN, False, sources, cancel)

    # ---- one scan

    def _scan(
        self, given: dict[str, object], source: ScanSource, duplex: bool, sources: Sources, cancel: Event
    ) -> Iterator[object]:
        try:
            dpi = self._prepare(given, source, duplex, sources)
        except DeviceError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            raise _trouble(error) from None
        self._stale = True
        pages: Queue[Any] = Queue(_PAGES_AHEAD)
        stop = Event()
        feed = Thread(target=self._feed, args=(source, pages, cancel, stop), name="feed", daemon=True)
        watch = Thread(target=self._watch, args=(cancel, stop), name="watch", daemon=True)
        feed.start()
        watch.start()
        try:
            while (page := pages.get()) is not None:
                if isinstance(page, DeviceError):
                    raise self._judged(page)
                sheet = encoded(page, dpi)
                yield {"jpeg": b64encode(sheet.jpeg).decode(), "dpi": dpi}
            self._stale = False
        finally:
            stop.set()
            while feed.is_alive():  # it may wait for a place in the queue
                try:
                    pages.get(timeout=0.05)
                except Empty:
                    continue
            watch.join()
            if self._device is not None:
                self._device.cancel()

    def _judged(self, error: DeviceError) -> DeviceError:
        """ "Error during device I/O" is a broken page or a pulled cable: opening it again tells which."""
        if error.fault is not Fault.ABSENT:
            return error
        self._open(self._opened)  # raises when it has gone
        return DeviceError(_NAME, Fault.GARBLED, detail=error.detail)

    def _watch(self, cancel: Event, stop: Event) -> None:
        while not stop.wait(0.05):
            if cancel.is_set():
                self._device.cancel()
                return

    def _feed(self, source: ScanSource, pages: "Queue[Any]", cancel: Event, stop: Event) -> None:
        """Read pages until the paper ends; the last thing put is None or what went wrong."""
        count, end = 0, None
        try:
            while not stop.is_set():
                pages.put(self._read_page(cancel))
                count += 1
                if source is ScanSource.PLATEN:
                    break
        except DeviceError as error:
            end = None if error.code == "no_documents" and count else error
        except Exception as error:  # noqa: BLE001 - SANE has one exception, python-sane raises others beside it
            found = _trouble(error)
            end = None if found.code == "no_documents" and count else found
        if cancel.is_set() and end is not None:
            end = DeviceError(_NAME, Fault.CANCELLED)
        pages.put(end)

    def _read_page(self, cancel: Event) -> Any:
        device = self._device
        device.start()
        lines = device.get_parameters()[2][1]
        picture = device.snap(no_cancel=True)
        if cancel.is_set():
            raise DeviceError(_NAME, Fault.CANCELLED)
        if picture.height < lines and picture.height != device.get_parameters()[2][1]:
            raise DeviceError(_NAME, Fault.GARBLED, detail=f"{picture.height} of {lines} lines")
        return picture

    # ---- options

    def _prepare(self, given: dict[str, object], source: ScanSource, duplex: bool, sources: Sources) -> int:
        """Set source, mode, resolution and size; returns the resolution that the scanner took."""
        device = self._device
        self._set_source(source, duplex, sources)
        colour, dpi = bool(given["colour"]), int(str(given["dpi"]))
        if (names := self._constraint("mode")) and (mode := mode_for(list(map(str, names)), colour=colour)):
            device.mode = mode
        if 8 in (self._constraint("depth") or ()):
            device.depth = 8
        for name in ("resolution", "x_resolution", "y_resolution", "scan_resolution"):
            if self._settable(name):
                self._set(name, nearest(device[name].constraint, dpi))
                dpi = round(float(getattr(device, name)))
        self._set_size()
        for name, value in settings_of(str(given.get("set", ""))):
            if name not in device.opt:
                raise DeviceError(_NAME, Fault.REFUSED, "unsupported", f"no option {name}")
            self._set(name, value)
        return dpi

    def _set_source(self, source: ScanSource, duplex: bool, sources: Sources) -> None:
        device = self._device
        name = source_for(sources, source, duplex=duplex)
        if name:
            device.source = name
        elif source is ScanSource.FEEDER and duplex and sources.feeder and self._settable("adf_mode"):
            device.source = sources.feeder
            modes = [str(mode) for mode in self._constraint("adf_mode") or ()]
            device.adf_mode = next((mode for mode in modes if "duplex" in mode.lower()), modes[-1])
        elif source is ScanSource.FEEDER and duplex and sources.feeder and self._settable("duplex"):
            device.source = sources.feeder
            device.duplex = True
        elif self._constraint("source") or duplex:  # a scanner without the option has one source, whatever it is
            raise DeviceError(_NAME, Fault.REFUSED, "unsupported", f"no {'duplex' if duplex else source.value}")

    def _set_size(self) -> None:
        """A whole A4 page, or as much of one as the source takes."""
        device = self._device
        for name, side in (("page_width", A4_MM[0]), ("page_height", A4_MM[1])):
            if self._settable(name):
                self._set(name, _within(device[name].constraint, side))
        for name, side in (("tl_x", 0.0), ("tl_y", 0.0), ("br_x", A4_MM[0]), ("br_y", A4_MM[1])):
            if self._settable(name):
                whole = device[name].unit != _UNITS_MM  # in dots: all there is
                self._set(name, _within(device[name].constraint, 1e9 if whole and name[0] == "b" else side))

    def _settable(self, name: str) -> bool:
        option = self._device.opt.get(name)
        return option is not None and bool(option.is_active()) and bool(option.is_settable())

    def _constraint(self, name: str) -> Any:
        return self._device[name].constraint if self._settable(name) else None

    def _set(self, name: str, value: object) -> None:
        """Set an option; the value is made what the option's type wants."""
        option = self._device[name]
        kinds = {0: _yes, 1: lambda v: round(float(v)), 2: float, 3: str}
        setattr(self._device, name, kinds.get(option.type, str)(value))  # type: ignore[operator]

    def _sources(self) -> Sources:
        return sources_of([str(name) for name in self._constraint("source") or ()])

    def _sensor(self, name: str) -> object:
        option = self._device.opt.get(name)
        if option is None or not option.is_active():
            return None
        try:
            return getattr(self._device, name)
        except Exception:  # noqa: BLE001 - a sensor that cannot be read says nothing
            return None

    def _facts(self) -> dict[str, str]:
        facts = {}
        sources = self._sources()
        if sources.both or self._settable("adf_mode"):
            facts["duplex"] = "yes"
        loaded = self._sensor("page_loaded")
        if loaded is not None:
            facts["feeder"] = "loaded" if loaded else "empty"
        return facts

    def _library(self) -> Any:
        if self._sane is None:
            try:
                import sane  # noqa: PLC0415 - loads every backend
            except ImportError:
                raise DeviceError(_NAME, Fault.REFUSED, "unsupported", "python-sane is missing") from None
            sane.init()
            self._sane = sane
        return self._sane

    def _close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()


def _within(constraint: object, wanted: float) -> float:
    """As near to ``wanted`` as a range allows."""
    if isinstance(constraint, tuple) and len(constraint) == 3:
        return min(max(wanted, float(constraint[0])), float(constraint[1]))
    return nearest(constraint, wanted)


def _yes(value: object) -> int:
    return int(str(value).lower() in {"1", "yes", "true", "on"})


def _trouble(error: Exception) -> DeviceError:
    return trouble(_NAME, str(error))


if __name__ == "__main__":
    helper = SaneHelper()
    sys.exit(serve({"open": helper.open, "health": helper.health, "devices": helper.devices, "scan": helper.scan}))
