"""Print queues of the system as ways to a receipt printer: CUPS on Linux, the spooler on Windows.

A queue takes a whole receipt and tells nothing of the paper. What it knows is what became of the job; a printer that is
away lets jobs lie in the queue, where they would come out hours later. So a job that does not begin is taken back.

    cups://RECEIPT                 a raw queue (``lpadmin -p RECEIPT -E -v usb://… -m raw``)
    windows://Receipt%20printer    a printer of Windows with the driver "Generic / Text Only"
"""

import contextlib
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from drivers.contracts import DeviceConfig, PrinterStatus
from drivers.errors import DeviceError, Fault

UNKNOWN = PrinterStatus(online=None, paper="unknown")
RAW = "application/vnd.cups-raw"


class Fate(StrEnum):
    """What a queue knows of a job."""

    WAITING = "waiting"  # nothing of it has left the queue
    PRINTING = "printing"
    DONE = "done"  # handed to the printer
    FAILED = "failed"
    FORGOTTEN = "forgotten"


class Queue(Protocol):
    """A print queue."""

    def status(self) -> PrinterStatus:
        """What the queue knows of its printer: hardly ever more than whether it has stopped."""

    def submit(self, data: bytes, title: str) -> int:
        """Hand a job over and return its number.

        Raises:
            DeviceError: The queue did not take it; ``TIMEOUT`` or ``GARBLED`` when it may have.
        """

    def fate(self, job: int) -> Fate:
        """What became of a job."""

    def take_back(self, job: int) -> Fate:
        """Take a job out of the queue, and tell how far it had got: ``WAITING`` when nothing of it was printed."""

    def close(self) -> None:
        """Let go. Never raises."""


class CupsQueue:
    """A raw queue of CUPS, by IPP through its socket, as ``lp -o raw`` does."""

    def __init__(self, config: DeviceConfig) -> None:
        from drivers.document_printer.cups import client  # noqa: PLC0415 - not for printers with a port

        self._device = config.id
        self._client = client(config)

    def status(self) -> PrinterStatus:
        """Whether the queue runs; the paper stays unknown."""
        from drivers.document_printer.ipp_client import RefusedError  # noqa: PLC0415

        try:
            facts = self._client.printer(1.8)
        except RefusedError as error:
            raise DeviceError(self._device, Fault.ABSENT, detail=f"no queue of this name: {error}") from error
        stopped = bool(facts.stops) or not facts.accepts
        paper = {"paper_out": "out"}.get(facts.stops) or {"paper_near_end": "near_end"}.get(facts.warns, "unknown")
        return PrinterStatus(online=False if stopped else None, paper=paper, cover_open=facts.stops == "cover_open")

    def submit(self, data: bytes, title: str) -> int:
        """Hand a job over and return its number."""
        from drivers.document_printer.ipp_client import RefusedError, give_up  # noqa: PLC0415

        try:
            return self._client.print(title, RAW, data)
        except RefusedError as error:
            raise give_up(self._device, error) from error
        except DeviceError as error:
            if error.fault is Fault.ABSENT and not error.detail.startswith("Connect"):
                # the line broke behind the question: the queue may have the whole job
                raise DeviceError(self._device, Fault.TIMEOUT, detail=error.detail) from error
            raise

    def fate(self, job: int) -> Fate:
        """What became of a job."""
        found = self._client.job(job)
        if found is None:
            return Fate.FORGOTTEN
        match found.state:
            case "completed":
                return Fate.DONE
            case "canceled" | "aborted":
                return Fate.WAITING if found.started is False else Fate.FAILED
            case "processing":
                return Fate.PRINTING
            case "stopped":
                return Fate.FAILED
        return Fate.WAITING if found.started is not True else Fate.PRINTING

    def take_back(self, job: int) -> Fate:
        """Take a job out of the queue."""
        self._client.cancel(job)
        return self.fate(job)

    def close(self) -> None:
        """Nothing is kept open."""


# winspool.h
_PAUSED, _ERROR, _PAPER_JAM, _PAPER_OUT, _PAPER_PROBLEM = 0x1, 0x2, 0x8, 0x10, 0x40
_OFFLINE, _DOOR_OPEN, _NOT_AVAILABLE = 0x80, 0x400000, 0x1000
_JOB_PAUSED, _JOB_ERROR, _JOB_DELETING, _JOB_PRINTING, _JOB_PRINTED = 0x1, 0x2, 0x4, 0x10, 0x80
_JOB_OFFLINE, _JOB_PAPER_OUT, _JOB_COMPLETE = 0x20, 0x40, 0x1000
_JOB_STOPPED = _JOB_ERROR | _JOB_OFFLINE | _JOB_PAPER_OUT
_CONTROL_PAUSE, _CONTROL_DELETE = 1, 5
_NO_SUCH_JOB = 87  # ERROR_INVALID_PARAMETER
_ACCESS_DENIED = 5


class WindowsQueue:
    """A printer of Windows, raw, by the spooler's calls (pywin32). Not tried on Windows yet.

    Args:
        config: From the settings.
        win32print: The module; recorded calls stand in for it in tests.
    """

    def __init__(self, config: DeviceConfig, win32print: Any = None) -> None:
        parts = urlsplit(config.url)
        self._device, self._name = config.id, unquote(parts.netloc)
        self._spooler = win32print
        self._handle: Any = None

    def _opened(self) -> Any:
        if self._spooler is None:
            try:
                import win32print  # type: ignore[import-not-found, import-untyped, unused-ignore] # noqa: PLC0415
            except ImportError as error:
                raise DeviceError(self._device, Fault.REFUSED, "unsupported", "no print spooler here") from error
            self._spooler = win32print
        if self._handle is None:
            try:
                self._handle = self._spooler.OpenPrinter(self._name)
            except Exception as error:
                raise self._trouble(error) from error
        return self._handle

    def status(self) -> PrinterStatus:
        """What the spooler knows; with a text-only driver it is hardly ever more than "paused" and "offline"."""
        handle = self._opened()
        try:
            bits = int(self._spooler.GetPrinter(handle, 2)["Status"])
        except Exception as error:
            raise self._trouble(error) from error
        return PrinterStatus(
            online=False if bits & (_PAUSED | _OFFLINE | _NOT_AVAILABLE) else None,
            paper="out" if bits & (_PAPER_OUT | _PAPER_PROBLEM) else "unknown",
            cover_open=True if bits & _DOOR_OPEN else None,
            error=True if bits & (_ERROR | _PAPER_JAM) else None,
        )

    def submit(self, data: bytes, title: str) -> int:
        """Hand a job over and return its number; one that is not complete is deleted again."""
        handle = self._opened()
        try:
            job = int(self._spooler.StartDocPrinter(handle, 1, (title, None, "RAW")))
        except Exception as error:
            raise self._trouble(error) from error
        try:
            self._spooler.StartPagePrinter(handle)
            written = int(self._spooler.WritePrinter(handle, data))
            if written != len(data):
                raise OSError(f"{written} of {len(data)} bytes")
            self._spooler.EndPagePrinter(handle)
            self._spooler.EndDocPrinter(handle)
        except Exception as error:
            if self.take_back(job) is not Fate.WAITING:
                raise DeviceError(self._device, Fault.TIMEOUT, detail=f"spooler: {type(error).__name__}") from error
            raise self._trouble(error) from error
        return job

    def fate(self, job: int) -> Fate:
        """What became of a job; the spooler forgets one when it is done."""
        handle = self._opened()
        try:
            bits = int(self._spooler.GetJob(handle, job, 1)["Status"])
        except Exception as error:  # pywintypes.error
            if _number(error) == _NO_SUCH_JOB:
                return Fate.DONE
            raise self._trouble(error) from error
        if bits & (_JOB_PRINTED | _JOB_COMPLETE):
            return Fate.DONE
        if bits & (_JOB_ERROR | _JOB_PAPER_OUT):
            return Fate.FAILED
        return Fate.PRINTING if bits & (_JOB_PRINTING | _JOB_DELETING) else Fate.WAITING

    def named(self, title: str) -> int | None:
        """The number of a waiting job in whose title ``title`` stands: programs add their own name and the path."""
        handle = self._opened()
        try:
            jobs = self._spooler.EnumJobs(handle, 0, 999, 1)
        except Exception as error:
            raise self._trouble(error) from error
        return next((int(job["JobId"]) for job in jobs if title in str(job.get("pDocument") or "")), None)

    def take_back(self, job: int) -> Fate:
        """Take a job out of the queue.

        What is read of a job before it is deleted may be over by then. So the job is paused first, which holds one
        that has not begun; then the spooler is asked how far it is, and asked again when it is deleted.

        Returns ``WAITING`` only for a job that was held before it began and is gone; ``DONE`` for one that the
        spooler calls printed or had forgotten already; ``PRINTING`` for one that had begun; ``FORGOTTEN`` when nobody
        knows.
        """
        try:
            self._control(job, _CONTROL_PAUSE)
            is_held = True
        except DeviceError:
            return Fate.FORGOTTEN  # the spooler does not answer
        except Exception as error:  # noqa: BLE001 - whatever pywin32 raises
            if _number(error) == _NO_SUCH_JOB:
                return Fate.DONE
            is_held = False
        before = self._seen(job)
        if before is Fate.DONE:
            with contextlib.suppress(Exception):  # kept by a printer that keeps its documents
                self._control(job, _CONTROL_DELETE)
            return before
        try:
            self._control(job, _CONTROL_DELETE)
        except Exception as error:  # noqa: BLE001 - whatever pywin32 raises
            # one that was not held has been printed meanwhile; one that was, somebody else took away
            return Fate.DONE if _number(error) == _NO_SUCH_JOB and not is_held else Fate.FORGOTTEN
        if before is not Fate.WAITING:
            return before
        return Fate.WAITING if is_held and self._seen(job) in {Fate.WAITING, Fate.DONE} else Fate.FORGOTTEN

    def _control(self, job: int, command: int) -> None:
        handle = self._opened()
        self._spooler.SetJob(handle, job, 0, None, command)

    def _seen(self, job: int) -> Fate:
        """How far a job that is being taken back is: ``DONE`` when it has gone, ``FORGOTTEN`` without an answer."""
        try:
            told = self._spooler.GetJob(self._opened(), job, 1)
        except Exception as error:  # noqa: BLE001 - whatever pywin32 raises
            return Fate.DONE if _number(error) == _NO_SUCH_JOB else Fate.FORGOTTEN
        bits = int(told["Status"])
        if bits & (_JOB_PRINTED | _JOB_COMPLETE):
            return Fate.DONE
        if bits & (_JOB_PRINTING | _JOB_STOPPED) or int(told.get("PagesPrinted") or 0):
            return Fate.PRINTING
        return Fate.WAITING

    def close(self) -> None:
        """Let go of the printer."""
        handle, self._handle = self._handle, None
        if handle is not None:
            try:
                self._spooler.ClosePrinter(handle)
            except Exception:  # noqa: BLE001 - it is gone already, which is what we wanted
                return

    def _trouble(self, error: Exception) -> DeviceError:
        if _number(error) == _ACCESS_DENIED:
            return DeviceError(self._device, Fault.REFUSED, "no_access", "the spooler says access denied")
        return DeviceError(self._device, Fault.ABSENT, detail=f"spooler: {type(error).__name__} {_number(error)}")


def _number(error: Exception) -> int:
    """The code of a pywintypes.error, which stands first."""
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) else 0


def open_queue(config: DeviceConfig) -> Queue:
    """The queue that ``config.url`` names.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` for another URL, or one that this system has no queues for.
    """
    scheme = urlsplit(config.url).scheme
    if scheme == "cups":
        return CupsQueue(config)
    if scheme == "windows":
        return WindowsQueue(config)
    raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"no queue by {scheme}://")
