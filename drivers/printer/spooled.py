"""An ESC/POS printer behind a print queue, which carries no answers: ``SENT`` is the best that can be said.

Options: those of ``driver`` that make the bytes (``profile``, ``width``, ``text``, ``cut``, ``font``);
``confirm_within`` seconds until the queue must have handed the job to the printer (15).
"""

from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic

from drivers.contracts import DeviceConfig, Line, PrintEnd, PrinterStatus, PrintResult
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.printer import frames
from drivers.printer.composing import Composer
from drivers.printer.queues import Fate, Queue, open_queue

_LOOK_EVERY = 0.2
_TITLE = "receipt"  # nobody's number in a list that everybody can read


class QueuedPrinter:
    """Prints receipts through a queue of the system.

    Args:
        config: From the settings.
        connect: Opens the queue.
    """

    def __init__(self, config: DeviceConfig, connect: Callable[[DeviceConfig], Queue] = open_queue) -> None:
        self._config = config
        self._connect = connect
        self._composer = Composer(config)
        self._confirm_within = float(config.options.get("confirm_within", 15.0))
        self._queue: Queue | None = None

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Find the queue.

        Raises:
            DeviceError: ``ABSENT``; ``REFUSED`` with ``unsupported`` or ``no_access``.
        """
        self.status()

    def close(self) -> None:
        """Let go of the queue."""
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def health(self) -> DeviceHealth:
        """Whether the queue runs."""
        try:
            status = self.status()
        except DeviceError as error:
            state = DeviceState.FAULT if error.fault is Fault.REFUSED else DeviceState.OFFLINE
            return DeviceHealth(state, error.code)
        facts = {"paper": status.paper, "profile": self._composer.profile.name, "confirms": "no"}
        if code := frames.trouble(status):
            return DeviceHealth(DeviceState.FAULT, code, facts)
        return DeviceHealth(DeviceState.READY, "paper_near_end" if status.paper == "near_end" else "", facts)

    def status(self) -> PrinterStatus:
        """What the queue knows; ``unknown`` is no fault.

        Raises:
            DeviceError: ``ABSENT``, ``TIMEOUT``.
        """
        return self._opened().status()

    def print_receipt(
        self, lines: Sequence[Line], *, cancel: Event, on_block: Callable[[int], None] = lambda _: None
    ) -> PrintResult:
        """Hand the whole receipt to the queue, and wait until it went to the printer.

        Raises:
            DeviceError: Nothing was printed and nothing will be: as ``EscPosPrinter.print_receipt``.
        """
        blocks = self._composer.blocks(lines)
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        queue = self._opened()
        if code := frames.trouble(queue.status()):
            raise DeviceError(self.name, Fault.ATTENTION, code)
        try:
            job = queue.submit(b"".join(blocks), _TITLE)
        except DeviceError as error:
            if error.fault in {Fault.TIMEOUT, Fault.GARBLED}:  # it may have taken the job all the same
                return PrintResult(PrintEnd.UNKNOWN, len(blocks), len(blocks), 0, error.code)
            raise
        result = self._await(queue, job, len(blocks), cancel)
        on_block(len(blocks))  # not before: a job that was taken back has sent nothing
        return result

    def _await(self, queue: Queue, job: int, blocks: int, cancel: Event) -> PrintResult:
        give_up_at = monotonic() + self._confirm_within
        code = "timeout"
        while monotonic() < give_up_at:
            try:
                fate, trouble = queue.fate(job), frames.trouble(queue.status())
            except DeviceError as error:
                fate, trouble = Fate.PRINTING, ""
                code = error.code
            if fate is Fate.DONE:
                return PrintResult(PrintEnd.SENT, blocks, blocks, 0)
            if fate in {Fate.FAILED, Fate.FORGOTTEN} or trouble:
                code = trouble or ("job_lost" if fate is Fate.FORGOTTEN else "printer_error")
                break
            if cancel.wait(_LOOK_EVERY):
                code = "cancelled"
                break
        return self._taken_back(queue, job, blocks, code)

    def _taken_back(self, queue: Queue, job: int, blocks: int, code: str) -> PrintResult:
        """A job must not lie in the queue and come out hours later."""
        try:
            fate = queue.take_back(job)
        except DeviceError as error:
            return PrintResult(PrintEnd.UNKNOWN, blocks, blocks, 0, error.code)
        if fate is Fate.DONE:
            return PrintResult(PrintEnd.SENT, blocks, blocks, 0)
        if fate is Fate.WAITING:
            fault = {"cancelled": Fault.CANCELLED, "timeout": Fault.TIMEOUT}.get(code, Fault.ATTENTION)
            raise DeviceError(self.name, fault, code if code != "timeout" else "printer_offline")
        return PrintResult(PrintEnd.UNKNOWN, blocks, blocks, 0, code)

    def _opened(self) -> Queue:
        if self._queue is None:
            self._queue = self._connect(self._config)
        return self._queue
