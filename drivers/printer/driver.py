"""A receipt printer that speaks ESC/POS.

Options: ``profile``, what this model can do (``profiles.toml``; ``profiles`` names a file with more of them). Against
it: ``width`` 48 (80 mm) or 32 (58 mm), ``process_id`` whether to ask for GS ( H fn 48 (a printer that answers all but
that is found out and asked GS r 1 instead: its receipts are sent, not confirmed), ``text`` ``text`` or ``image`` (draw
everything), ``cut``, ``automatic`` (GS a). ``font``; ``flow`` for serial ports; ``confirm_within`` and ``stall_within``
in seconds.

The connection is kept from ``open`` to ``close``: many printers take one only, and a connection closed too early
takes what is not yet printed with it. A connection that broke while idle is opened again before anything is sent,
never afterwards: nothing is ever printed twice by this driver.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import TypeVar

from drivers.contracts import DeviceConfig, Line, PrintEnd, PrinterStatus, PrintResult
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.printer import frames
from drivers.printer.answers import Answer, AnswerParser, Automatic, Consumed, Printed, RealTime
from drivers.printer.composing import Composer
from drivers.printer.link import Link, open_link
from drivers.recording import RECORDER

T = TypeVar("T")

_ANSWER_WITHIN = 1.5  # seconds for the first DLE EOT; health must be done in 2
_SILENT_WITHIN = 0.5  # the same for a printer that never said anything
_NEXT_ANSWER_WITHIN = 0.4
_LOOK_EVERY = 1.0  # seconds between two looks at the paper while we wait for process ids
_LEARN_AFTER = 3.0  # seconds without any process id, of a printer that never gave one
_LATE_ID = 1.0  # an id may be slower than the answer to GS r, which does not wait for the paper
_UNKNOWN = PrinterStatus(online=None, paper="unknown")


@dataclass(slots=True)
class _Progress:
    blocks: int
    sent: int = 0
    confirmed: int = 0
    touched: bool = False  # a byte went out: from here on a person must look when something goes wrong
    asked: bool = False  # GS r 1 went out behind the data
    took: int | None = None  # its answer, and when it came
    took_at: float = 0.0

    def ended(self, end: PrintEnd, code: str = "") -> PrintResult:
        return PrintResult(end, self.blocks, self.sent, self.confirmed, code)


class EscPosPrinter:
    """Prints receipts and tells the truth about it."""

    def __init__(self, config: DeviceConfig, connect: Callable[[DeviceConfig], Link] = open_link) -> None:
        options = config.options
        self._config = config
        self._connect = connect
        self._composer = Composer(config)
        self._profile = self._composer.profile
        self._process_id = self._profile.process_id
        self._confirm_within = float(options.get("confirm_within", 10.0))
        self._stall_within = float(options.get("stall_within", 5.0))
        self._link: Link | None = None
        self._in_use = False  # from the first use to ``close``
        self._parser = AnswerParser()
        self._told: PrinterStatus | None = None  # by itself, last
        self._has_answered = False
        self._seems_silent = False
        self._gives_ids: bool | None = None  # not known before the first receipt
        self._torn = 0  # bytes of a block that never went out
        self._uncut = False  # a receipt broke off: what is out of it still hangs in the printer
        self._next_id = random.randrange(frames.IDS)  # noqa: S311 - only to differ from ids still in the printer

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Connect, and learn whether this printer answers.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``, or ``REFUSED``/``unsupported`` for the URL.
        """
        self._has_answered = self._seems_silent = False
        self._opened()
        self.status()

    def close(self) -> None:
        """Let go of the port."""
        self._in_use = False
        self._drop()

    def _drop(self) -> None:
        """Let go of a connection that is dead or doubtful; the next question makes a new one."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def health(self) -> DeviceHealth:
        """Ask the printer how it is; a printer that used to answer and is silent counts as offline."""
        if not self._in_use:
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        began = monotonic()
        try:
            status = self.status()
        except DeviceError as error:
            needs_person = error.fault in {Fault.OCCUPIED, Fault.REFUSED}
            state = DeviceState.FAULT if needs_person else DeviceState.OFFLINE
            return DeviceHealth(state, error.code)
        facts = {"paper": status.paper, "width": str(self._profile.columns), "profile": self._profile.name}
        if self._gives_ids is False or not self._process_id:
            facts["confirms"] = "no"
        if status.online is not None:
            facts["answer_ms"] = str(round((monotonic() - began) * 1000))
        if code := frames.trouble(status):
            return DeviceHealth(DeviceState.FAULT, code, facts)
        return DeviceHealth(DeviceState.READY, "paper_near_end" if status.paper == "near_end" else "", facts)

    def status(self) -> PrinterStatus:
        """Ask DLE EOT 1 to 4; ``unknown`` for a printer that has never answered.

        Raises:
            DeviceError: ``ABSENT``; ``TIMEOUT`` when a printer that used to answer is silent.
        """
        return self._or_again(self._ask_status)

    def print_receipt(
        self, lines: Sequence[Line], *, cancel: Event, on_block: Callable[[int], None] = lambda _: None
    ) -> PrintResult:
        """Print ``lines``; ``CONFIRMED`` only when the printer said so itself.

        Raises:
            DeviceError: Nothing was sent: ``ATTENTION`` with ``paper_out``, ``cover_open``, ``cutter``,
                ``printer_error`` or ``printer_offline``; ``ABSENT``; ``TIMEOUT``; ``CANCELLED``;
                ``REFUSED``/``unsupported`` for what cannot be printed (a character that no font has, a code
                wider than the paper).
        """
        blocks = self._composer.blocks(lines)
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        if code := frames.trouble(self.status()):
            raise DeviceError(self.name, Fault.ATTENTION, code)
        progress = _Progress(len(blocks))
        waiting: list[bytes] = []
        if self._torn or self._uncut:
            blocks[0] = self._composer.after_torn(self._torn) + blocks[0]
        try:
            for block in blocks:
                tail = b""
                if self._process_id:
                    waiting.append(self._new_id())
                    tail = frames.ask_process_id(waiting[-1])
                self._send(block + tail, progress, waiting, cancel)
                progress.sent += 1
                self._uncut = progress.sent < progress.blocks
                on_block(progress.sent)
            if self._process_id:
                return self._await_ids(progress, waiting, cancel)
            return self._await_consumed(progress, cancel)
        except DeviceError as error:
            if not progress.touched:
                raise
            if error.fault is Fault.ABSENT:
                self._drop()
            return progress.ended(PrintEnd.UNKNOWN, self._why(error))

    def _why(self, error: DeviceError) -> str:
        """Why it takes no more bytes, where the port or the printer itself has said so."""
        if error.fault is not Fault.TIMEOUT or self._link is None:
            return error.code
        try:
            said = self._link.port_status() or self._told
        except DeviceError:
            return error.code
        return (frames.trouble(said) if said is not None else "") or error.code

    # ---- the connection

    def _opened(self) -> Link:
        self._in_use = True
        if self._link is None:
            self._link = RECORDER.linked(self.name, self._connect(self._config))
            self._parser = AnswerParser()
            self._told = None
        return self._link

    def _or_again(self, ask: Callable[[], T]) -> T:
        """Ask; when the kept connection has died meanwhile, connect anew and ask once more."""
        was_open = self._link is not None
        try:
            return ask()
        except DeviceError as error:
            self._drop()
            if not was_open or error.fault is not Fault.ABSENT:
                raise
        try:
            return ask()
        except DeviceError:
            self._drop()
            raise

    def _answers(self, wait: float) -> list[Answer]:
        answers = list(self._parser.feed(self._opened().receive(wait)))
        for answer in answers:
            if isinstance(answer, Automatic):
                self._told = self._believed(frames.automatic_status(answer.value))
        return answers

    def _believed(self, status: PrinterStatus) -> PrinterStatus:
        return frames.believed(status, cutter=self._profile.cutter, near_end=self._profile.near_end)

    # ---- status

    def _ask_status(self) -> PrinterStatus:
        link = self._opened()
        if not link.answers:
            return link.port_status() or _UNKNOWN
        self._drop_old_answers()
        values: list[int] = []
        wait = _SILENT_WITHIN if self._seems_silent else _ANSWER_WITHIN
        for command in frames.REAL_TIME_STATUS:
            value = self._ask_real_time(command, _NEXT_ANSWER_WITHIN if values else wait)
            if value is None:
                # some say nothing while they stand still: what the port, or the printer itself, said before holds then
                if (said := link.port_status() or self._told) is not None and frames.trouble(said):
                    return said
                if not self._has_answered:
                    self._seems_silent = True
                    return said or _UNKNOWN
                raise DeviceError(self.name, Fault.TIMEOUT, detail=f"no answer to {command.hex(' ')}")
            values.append(value)
            self._has_answered = True
        return self._believed(frames.printer_status(*values))

    def _ask_real_time(
        self, command: bytes, within: float, keep: "Callable[[Answer], None] | None" = None
    ) -> int | None:
        give_up_at = monotonic() + within
        if not self._opened().send(command, within):
            return None
        while (left := give_up_at - monotonic()) > 0:
            found: int | None = None
            for answer in self._answers(left):
                if isinstance(answer, RealTime):
                    found = answer.value
                elif keep is not None:
                    keep(answer)
            if found is not None:
                return found
        return None

    def _drop_old_answers(self) -> None:
        while self._answers(0.0):
            continue

    # ---- printing

    def _new_id(self) -> bytes:
        self._next_id = (self._next_id + 1) % frames.IDS
        return frames.process_id(self._next_id)

    def _send(self, data: bytes, progress: _Progress, waiting: list[bytes], cancel: Event) -> None:
        if cancel.is_set():  # looked at between blocks, so that a receipt is not torn in a row
            raise DeviceError(self.name, Fault.CANCELLED)
        moved_at = monotonic()
        while data:
            taken = self._opened().send(data, 0.3)
            data = data[taken:]
            if taken:
                progress.touched = True
                self._torn = len(data)
                moved_at = monotonic()
            elif cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            elif monotonic() - moved_at > self._stall_within:
                raise DeviceError(self.name, Fault.TIMEOUT, detail="takes no more bytes")
            elif self._opened().answers:
                for answer in self._answers(0.0):
                    self._note(answer, progress, waiting)

    def _note(self, answer: Answer, progress: _Progress, waiting: Sequence[bytes]) -> None:
        # ids of an earlier receipt may come late, after new paper: they are in nobody's list
        if isinstance(answer, Consumed):
            progress.took, progress.took_at = answer.value, monotonic()
        elif isinstance(answer, Printed) and answer.name in waiting:
            self._gives_ids = True
            progress.confirmed = max(progress.confirmed, waiting.index(answer.name) + 1)

    def _await_ids(self, progress: _Progress, waiting: Sequence[bytes], cancel: Event) -> PrintResult:
        give_up_at = monotonic() + self._confirm_within
        look_at = monotonic() + _LOOK_EVERY
        ask_at = monotonic() + (0.0 if self._gives_ids is False else _LEARN_AFTER)
        while monotonic() < give_up_at and self._opened().answers:
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            before = progress.confirmed
            for answer in self._answers(0.1):
                self._note(answer, progress, waiting)
            if progress.confirmed == progress.blocks:
                return progress.ended(PrintEnd.CONFIRMED)
            if progress.confirmed > before:
                give_up_at = monotonic() + self._confirm_within
            if monotonic() > ask_at and (ended := self._without_ids(progress, cancel)):
                return ended
            if monotonic() > look_at:
                code = self._look(lambda answer: self._note(answer, progress, waiting))
                if progress.confirmed == progress.blocks:
                    return progress.ended(PrintEnd.CONFIRMED)
                if code:
                    return progress.ended(PrintEnd.UNKNOWN, code)
                look_at = monotonic() + _LOOK_EVERY
        return progress.ended(PrintEnd.UNKNOWN, "timeout")

    def _without_ids(self, progress: _Progress, cancel: Event) -> PrintResult | None:
        """No id has come: where none ever came, ask GS r 1; an answer to that alone means a printer without ids."""
        if self._gives_ids or not self._has_answered:
            return None
        if not progress.asked:
            progress.asked = True
            self._send(frames.PAPER_AFTER_DATA, progress, [], cancel)
        if progress.took is None or monotonic() < progress.took_at + _LATE_ID:
            return None
        if progress.took & 0x0C:
            return progress.ended(PrintEnd.UNKNOWN, "paper_out")
        self._gives_ids = False
        return progress.ended(PrintEnd.SENT)

    def _await_consumed(self, progress: _Progress, cancel: Event) -> PrintResult:
        """Ask GS r 1 behind the data: a printer that answers it has at least taken everything."""
        if not (self._opened().answers and self._has_answered):
            return progress.ended(PrintEnd.SENT)
        self._send(frames.PAPER_AFTER_DATA, progress, [], cancel)
        consumed: list[int] = []

        def keep(answer: Answer) -> None:
            if isinstance(answer, Consumed):
                consumed.append(answer.value)

        give_up_at = monotonic() + min(self._confirm_within, 5.0)
        look_at = monotonic() + _LOOK_EVERY
        while monotonic() < give_up_at and not consumed:
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            for answer in self._answers(0.1):
                keep(answer)
            if not consumed and monotonic() > look_at:
                if code := self._look(keep):
                    return progress.ended(PrintEnd.UNKNOWN, code)
                look_at = monotonic() + _LOOK_EVERY
        if consumed and consumed[-1] & 0x0C:
            return progress.ended(PrintEnd.UNKNOWN, "paper_out")
        return progress.ended(PrintEnd.SENT)

    def _look(self, keep: Callable[[Answer], None]) -> str:
        """Ask why nothing comes, while other answers may; return a code, or nothing when all is well or unsaid."""
        values = [self._ask_real_time(command, _NEXT_ANSWER_WITHIN, keep) for command in frames.REAL_TIME_STATUS]
        printer, offline, error, paper = values
        if printer is None or offline is None or error is None or paper is None:
            said = self._opened().port_status() or self._told
            return frames.trouble(said) if said is not None else ""
        return frames.trouble(self._believed(frames.printer_status(printer, offline, error, paper)))
