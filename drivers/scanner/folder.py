"""A scanner whose maker's own program puts files into a folder: ``file:///srv/scans``. The fallback for closed SDKs.

Only whole files are taken (size at rest, first bytes and end checked), JPEG, PNG, TIFF and PDF with several pages, in
the order of their arrival. What was stored of a file is known over a restart, and a kill too (``scan_for``): it goes on
with its next page, for the same visit and for no other. A file that stays without its end is broken: it goes into
``broken``, said at the end as ``garbled`` by its place in the row and never by its name, and the others are taken.

Options: ``after`` (``move`` into the folder ``taken``, ``remember``, ``delete``), ``order`` (``arrival``, ``name``),
``first_within`` seconds to wait for the first file (0.8: what is there), ``next_within`` seconds for another one (2),
``settle`` seconds without a change (0.5), ``broken_after`` seconds (10), ``keep_hours`` of taken files (24).
"""

from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import url2pathname

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.scanner.folder_files import After, Folder, State
from drivers.scanner.folder_memory import FILE, origin_of
from drivers.scanner.pages import PageError, Sheet, kind_of, pages_in

_LOOK_EVERY = 0.1  # seconds


class FolderScanner:
    """Takes pages out of a folder."""

    def __init__(self, config: DeviceConfig) -> None:
        options = config.options
        self._config = config
        try:
            self._folder = Folder(
                Path(url2pathname(urlsplit(config.url).path)),
                After(str(options.get("after", "move"))),
                by_arrival={"arrival": True, "name": False}[str(options.get("order", "arrival"))],
                settle=float(options.get("settle", 0.5)),
                broken_after=float(options.get("broken_after", 10.0)),
                keep=float(options.get("keep_hours", 24.0)) * 3600,
            )
        except (KeyError, ValueError) as error:
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"option: {error}") from error
        self._first_within = float(options.get("first_within", 0.8))
        self._next_within = float(options.get("next_within", 2.0))
        self._is_asked = False

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Look at the folder, and delete what was taken long ago.

        Raises:
            DeviceError: ``ABSENT`` when it is not there; ``REFUSED``/``no_access`` when it cannot be read.
        """
        self._look()
        self._folder.tidy()

    def close(self) -> None:
        """There is nothing to let go of."""

    def health(self) -> DeviceHealth:
        """Whether the folder is there; ``feeder`` is ``loaded`` when files wait in it."""
        try:
            waiting = self._look()
        except DeviceError as error:
            state = DeviceState.FAULT if error.fault is Fault.REFUSED else DeviceState.OFFLINE
            return DeviceHealth(state, error.code)
        facts = {"feeder": "loaded" if waiting else "empty", "model": "folder"}
        return DeviceHealth(DeviceState.READY, "", facts)

    def scan_for(self, visit: str) -> None:
        """The scans that follow are for this visit, and what became of each page is told by its ``taken``.

        What an earlier visit's scan left of a file is put aside: no further scan gives it out.
        """
        self._folder.belongs_to(visit)
        self._is_asked = bool(visit)

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        """Give out the pages of what lies in the folder and of what still comes.

        A file goes when its last page was taken; without ``scan_for`` that is when the next one is asked for. A scan
        that ends in the middle of a file is gone on with at its next page, and what was not stored comes again.

        Raises:
            DeviceError: ``ATTENTION``/``no_documents`` when nothing came; after the last page ``GARBLED`` when files
                were broken, ``REFUSED``/``put_aside`` when files hold pages of a visit before the restart,
                ``REFUSED``/``maybe_twice`` when nobody can tell whether pages were taken before it; ``ABSENT``;
                ``CANCELLED``.
        """
        self._folder.tidy()
        number, unsure, had, broken = 0, 0, set[str](), list[str]()
        while True:
            path = self._next_file(cancel, had, waits=self._next_within if had else self._first_within)
            if path is None:
                break
            had.add(self._folder.key(path))
            unsure += self._folder.is_unsure(path)
            number, trouble = yield from self._pages(path, number, settings.dpi, cancel)
            if trouble:
                broken.append(f"file {len(had)}: {trouble}")
        aside, self._folder.put_aside = self._folder.put_aside, 0
        if broken:
            raise DeviceError(self.name, Fault.GARBLED, detail=f"{len(broken)} of {len(had)} files; {broken[0]}")
        if aside:
            raise DeviceError(self.name, Fault.REFUSED, "put_aside", f"{aside} files of a visit before the restart")
        if unsure:
            raise DeviceError(self.name, Fault.REFUSED, "maybe_twice", f"{unsure} files; {FILE} cannot be relied on")
        if not number:
            raise DeviceError(self.name, Fault.ATTENTION, "no_documents")

    def _pages(self, path: Path, number: int, dpi: int, cancel: Event) -> Generator[ScannedPage, None, tuple[int, str]]:
        """Give out what was not stored yet of a file; returns the last page's number, and what is broken."""
        key, given = self._folder.key(path), self._folder.given(path)
        is_asked, place = self._is_asked, -1
        try:
            for place, sheet in enumerate(self._sheets(path, dpi)):
                if place in given.kept or place in given.out:
                    continue
                number += 1
                given.out.add(place)
                taken = partial(self._folder.answered, path, key, given, place)
                page = ScannedPage(number, sheet.jpeg, sheet.dpi)
                try:
                    yield replace(page, origin=origin_of(key, place), taken=taken) if is_asked else page
                finally:
                    if not is_asked:  # whoever goes now has it
                        taken(kept=True)
                if cancel.is_set():
                    raise DeviceError(self.name, Fault.CANCELLED)
        except PageError as error:
            self._folder.ended(path, key, given, place + 1, broken=True)
            return number, str(error)
        self._folder.ended(path, key, given, place + 1)
        return number, ""

    def _next_file(self, cancel: Event, had: set[str], *, waits: float) -> Path | None:
        """The next whole file, or one that is broken for good; None when none came within ``waits`` seconds.

        A file that is still growing is waited for, and nothing that comes behind it is taken before it.
        """
        give_up_at = monotonic() + waits
        while True:
            waiting = [path for path in self._look() if self._folder.key(path) not in had]
            if waiting and self._folder.state(waiting[0]) is not State.GROWING:
                return waiting[0]
            if not waiting and monotonic() > give_up_at:
                return None
            if cancel.wait(_LOOK_EVERY):
                raise DeviceError(self.name, Fault.CANCELLED)

    def _sheets(self, path: Path, dpi: int) -> Iterator[Sheet]:
        try:
            data = path.read_bytes()
        except OSError:
            raise PageError("cannot be read") from None
        if not kind_of(data[:8]):
            raise PageError(f"no picture in {len(data)} bytes")
        try:
            yield from pages_in(data, dpi)
        except ImportError as error:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "PDF: pikepdf is missing") from error

    def _look(self) -> list[Path]:
        try:
            return self._folder.new()
        except PermissionError as error:
            raise DeviceError(self.name, Fault.REFUSED, "no_access", type(error).__name__) from None
        except OSError as error:
            raise DeviceError(self.name, Fault.ABSENT, detail=type(error).__name__) from None
