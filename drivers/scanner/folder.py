"""A scanner whose maker's own program puts files into a folder: ``file:///srv/scans``. The fallback for closed SDKs.

Only whole files are taken (size at rest, first bytes and end checked), JPEG, PNG, TIFF and PDF with several pages, in
the order of their arrival. A file that stays without its end is broken: it is put aside, said at the end as
``garbled`` by its place in the row and never by its name, and the others are taken all the same.

Options: ``after`` (``move`` into the folder ``taken``, ``remember``, ``delete``), ``order`` (``arrival``, ``name``),
``first_within`` seconds to wait for the first file (0.8: what is there), ``next_within`` seconds for another one (2),
``settle`` seconds without a change (0.5), ``broken_after`` seconds (10), ``keep_hours`` of taken files (24).
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.parse import urlsplit
from urllib.request import url2pathname

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.scanner.folder_files import After, Folder, State
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
        self._half: tuple[Path, int] | None = None  # a file of which some pages were handed over already

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

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        """Give out the pages of what lies in the folder and of what still comes.

        A file is moved when the next page after its last one is asked for. A scan that ends in the middle of a file
        is gone on with at its next page.

        Raises:
            DeviceError: ``ATTENTION``/``no_documents`` when nothing came; ``GARBLED`` after the last page when files
                were broken; ``ABSENT``; ``CANCELLED``.
        """
        self._folder.tidy()
        number, files, broken = 0, 0, []
        while (path := self._next_file(cancel, waits=self._next_within if files else self._first_within)) is not None:
            files += 1
            try:
                for sheet in self._sheets(path, settings.dpi):
                    number += 1
                    try:
                        yield ScannedPage(number, sheet.jpeg, sheet.dpi)
                    finally:  # whoever goes now has it
                        self._half = (path, (self._half[1] if self._half and self._half[0] == path else 0) + 1)
                    if cancel.is_set():
                        raise DeviceError(self.name, Fault.CANCELLED)
            except PageError as error:
                broken.append(f"file {files}: {error}")
                self._folder.done(path, broken=True)
            else:
                self._folder.done(path)
            self._half = None
        if broken:
            raise DeviceError(self.name, Fault.GARBLED, detail=f"{len(broken)} of {files} files; {broken[0]}")
        if not files:
            raise DeviceError(self.name, Fault.ATTENTION, "no_documents")

    def put_aside(self) -> None:
        """What a scan that ended early has left of a file is of the visit before: no further scan gives it out."""
        half, self._half = self._half, None
        if half is not None:
            self._folder.done(half[0])

    def _next_file(self, cancel: Event, *, waits: float) -> Path | None:
        """The next whole file, or one that is broken for good; None when none came within ``waits`` seconds.

        A file that is still growing is waited for, and nothing that comes behind it is taken before it.
        """
        give_up_at = monotonic() + waits
        while True:
            waiting = self._look()
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
        handed_over = self._half[1] if self._half is not None and self._half[0] == path else 0
        try:
            for number, sheet in enumerate(pages_in(data, dpi)):
                if number >= handed_over:
                    yield sheet
        except ImportError as error:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "PDF: pikepdf is missing") from error

    def _look(self) -> list[Path]:
        try:
            return self._folder.new()
        except PermissionError as error:
            raise DeviceError(self.name, Fault.REFUSED, "no_access", type(error).__name__) from None
        except OSError as error:
            raise DeviceError(self.name, Fault.ABSENT, detail=type(error).__name__) from None
