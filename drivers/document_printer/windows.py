"""A printer of Windows for A4 documents. Not tried on Windows yet.

    windows://HP%20LaserJet      the printer's name as Windows shows it

Windows prints no PDF by itself. Option ``how``: ``shell`` (usual) asks the program with which this machine opens PDF
files to print the file (``printto``), ``raw`` hands the PDF to a printer that understands it.

The spooler forgets a job when it is done: a job is found again only while it waits or prints, and ``SENT`` is the best
that can be said. What an earlier run left as unknown is asked of a person.
"""

import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
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
_FOLDER = "window-client-prints"
_LEFT_OVER = 3600.0
"""Seconds after which a file is one that a program which was killed has left: it holds what is on a person's paper."""

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
        folder = Path(tempfile.gettempdir()) / _FOLDER
        with suppress(OSError):
            for file in folder.glob("*.pdf"):
                if file.stat().st_mtime < time.time() - _LEFT_OVER:
                    file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the printer, and of the files that were printed."""
        self._queue.close()
        self._forget_files()

    def _forget_files(self) -> None:
        for file in self._files:
            with suppress(OSError):  # the program that prints it has it open: the next start finds it
                file.unlink(missing_ok=True)
        self._files = [file for file in self._files if file.exists()]

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
            number = self._handed_over(pdf, job, cancel)
        if number is None:
            return _unknown("cancelled" if cancel.is_set() else "job_lost")
        result = self._await(number, cancel)
        if result.end is PrintEnd.SENT:  # nobody reads the file any more
            self._forget_files()
        return result

    def _handed_over(self, pdf: bytes, job: str, cancel: Event) -> int | None:
        """Its number in the spooler; None where it may be there and nobody knows."""
        if not self._raw:
            return self._by_shell(pdf, job, cancel)
        try:
            return self._queue.submit(pdf, job)
        except DeviceError as error:
            if error.fault is Fault.TIMEOUT:
                return None
            raise

    def _by_shell(self, pdf: bytes, job: str, cancel: Event) -> int | None:
        """Have the file printed; its number in the spooler, or None when it was never seen there."""
        folder = Path(tempfile.gettempdir()) / _FOLDER
        file = folder / f"{job}.pdf"  # programs name their jobs after the file
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._files.append(file)
            file.write_bytes(pdf)
        except OSError as error:
            raise DeviceError(self.name, Fault.REFUSED, detail=f"no file to print: {type(error).__name__}") from error
        try:
            self._shell(str(file), self._printer)
        except Exception as error:  # pywintypes.error: no program opens PDF files here
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "no program here prints PDF files") from error
        give_up_at = monotonic() + self._confirm_within
        while monotonic() < give_up_at:
            with suppress(DeviceError):  # a spooler that does not answer now may have the job all the same
                if (number := self._queue.named(job)) is not None:
                    return number
            if cancel.wait(_LOOK_EVERY):
                return None
        return None

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
                fate = self._queue.take_back(number)
                if fate is Fate.DONE:
                    return PrintResult(PrintEnd.SENT, 1, 1, 0)
                if fate is Fate.WAITING:
                    fault = Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT
                    raise DeviceError(self.name, fault, code if cancel.is_set() else "printer_offline")
                return _unknown(code)


def _unknown(code: str) -> PrintResult:
    return PrintResult(PrintEnd.UNKNOWN, 1, 1, 0, code)
