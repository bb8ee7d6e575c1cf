"""A printer of Windows for A4 documents. Not tried on Windows yet.

    windows://HP%20LaserJet      the printer's name as Windows shows it

Windows prints no PDF by itself. Option ``how``: ``shell`` (usual) asks the program with which this machine opens PDF
files to print the file (``printto``), ``raw`` hands the PDF to a printer that understands it.

The spooler forgets a job when it is done: a job is found again only while it waits or prints, and ``SENT`` is the best
that can be said. What an earlier run left as unknown is asked of a person.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from drivers.contracts import DeviceConfig, PrintEnd, PrintResult
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.printer.frames import trouble
from drivers.printer.queues import Fate, WindowsQueue

_LOOK_EVERY = 0.1

Shell = Callable[[str, str], None]
"""Prints the file at a path on the printer of a name."""


def shell_print(path: str, printer: str) -> None:
    """Ask the program that opens PDF files to print one."""
    import win32api  # type: ignore[import-not-found, import-untyped, unused-ignore] # noqa: PLC0415 - on Windows only

    win32api.ShellExecute(0, "printto", path, f'"{printer}"', str(Path(path).parent), 0)


class WindowsDocumentPrinter:
    """Prints A4 documents through the spooler.

    Options: ``how``; ``confirm_within`` seconds until the spooler must have taken the job and given it to the printer
    (60).

    Args:
        config: From the settings.
        win32print: The module; recorded calls stand in for it in tests.
        shell: Prints a file by the shell.
    """

    def __init__(self, config: DeviceConfig, win32print: Any = None, shell: Shell = shell_print) -> None:
        how = str(config.options.get("how", "shell"))
        if how not in {"shell", "raw"}:
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"how must be shell or raw, not {how}")
        self._config = config
        self._printer = unquote(urlsplit(config.url).netloc)
        self._queue = WindowsQueue(config, win32print)
        self._shell, self._raw = shell, how == "raw"
        self._confirm_within = float(config.options.get("confirm_within", 60.0))
        self._files: list[Path] = []

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Find the printer.

        Raises:
            DeviceError: ``ABSENT``; ``REFUSED``/``no_access``.
        """
        self._queue.status()

    def close(self) -> None:
        """Let go of the printer, and of the files that were printed."""
        self._queue.close()
        for file in self._files:
            file.unlink(missing_ok=True)
        self._files.clear()

    def health(self) -> DeviceHealth:
        """What the spooler knows of the printer."""
        try:
            status = self._queue.status()
        except DeviceError as error:
            state = DeviceState.FAULT if error.fault is Fault.REFUSED else DeviceState.OFFLINE
            return DeviceHealth(state, error.code)
        if code := trouble(status):
            return DeviceHealth(DeviceState.FAULT, code)
        return DeviceHealth(DeviceState.READY, facts={"confirms": "no"})

    def print_document(self, pdf: bytes, *, job: str, cancel: Event) -> PrintResult:
        """Print one document, unless it waits in the spooler already.

        Raises:
            DeviceError: Nothing was handed over: as ``QueuePrinter.print_document``.
        """
        if not pdf.startswith(b"%PDF"):
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "no PDF document")
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        number = self._queue.named(job)
        if number is None:
            if code := trouble(self._queue.status()):
                raise DeviceError(self.name, Fault.ATTENTION, code)
            number = self._queue.submit(pdf, job) if self._raw else self._by_shell(pdf, job, cancel)
        if number is None:
            return _unknown("cancelled" if cancel.is_set() else "job_lost")
        return self._await(number, cancel)

    def _by_shell(self, pdf: bytes, job: str, cancel: Event) -> int | None:
        """Have the file printed; its number in the spooler, or None when it was never seen there."""
        folder = Path(tempfile.gettempdir()) / "window-client-prints"
        folder.mkdir(exist_ok=True)
        file = folder / f"{job}.pdf"  # programs name their jobs after the file
        file.write_bytes(pdf)
        self._files.append(file)
        try:
            self._shell(str(file), self._printer)
        except Exception as error:  # pywintypes.error: no program opens PDF files here
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "no program here prints PDF files") from error
        give_up_at = monotonic() + self._confirm_within
        while (number := self._queue.named(job)) is None and monotonic() < give_up_at:
            if cancel.wait(_LOOK_EVERY):
                return None
        return number

    def _await(self, number: int, cancel: Event) -> PrintResult:
        give_up_at = monotonic() + self._confirm_within
        while True:
            try:
                fate = self._queue.fate(number)
            except DeviceError as error:
                return _unknown(error.code)
            if fate is Fate.DONE:
                return PrintResult(PrintEnd.SENT, 1, 1, 0)
            if fate is Fate.FAILED:
                return _unknown("printer_error")
            if monotonic() > give_up_at or cancel.wait(_LOOK_EVERY):
                code = "cancelled" if cancel.is_set() else "timeout"
                if self._queue.take_back(number) is Fate.WAITING:
                    fault = Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT
                    raise DeviceError(self.name, fault, code if cancel.is_set() else "printer_offline")
                return _unknown(code)


def _unknown(code: str) -> PrintResult:
    return PrintResult(PrintEnd.UNKNOWN, 1, 1, 0, code)
