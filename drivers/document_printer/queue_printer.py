"""Prints documents through a queue that speaks IPP: one document a job, never the same job twice.

The job's name is its durable identity. Before anything is handed over the printer is asked whether it knows the name,
among the jobs that wait and those that are over; one that it knows is waited for, not sent again. A job is made empty
(Create-Job) and gets its document afterwards (Send-Document): when we die between the two, an empty job is found that
has printed nothing, and gets its document then. A printer cannot be asked for longer than it remembers: who keeps a
ledger asks a person about what is older than that.
"""

from threading import Event
from time import monotonic

from drivers.contracts import DeviceConfig, PrintEnd, PrintResult
from drivers.document_printer.ipp_client import IppClient, Job, PrinterFacts, RefusedError, give_up
from drivers.document_printer.ipp_messages import OVER, Operation
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

PDF = "application/pdf"
_HEALTH_WITHIN = 1.8
_LOOK_EVERY = 0.5


class QueuePrinter:
    """A printer behind IPP.

    Options: ``confirm_within`` seconds until a job must be printed (60); ``busy_within`` seconds to wait for a printer
    that takes one job at a time (20); ``answer_within`` seconds for one answer (10).
    """

    def __init__(self, config: DeviceConfig, client: IppClient) -> None:
        self._config = config
        self._client = client
        self._confirm_within = float(config.options.get("confirm_within", 60.0))
        self._busy_within = float(config.options.get("busy_within", 20.0))

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Make sure that a printer answers that takes PDF.

        Raises:
            DeviceError: ``ABSENT``, ``TIMEOUT``; ``GARBLED`` for something else than a printer;
                ``REFUSED``/``unsupported`` for a printer that takes no PDF.
        """
        facts = self._facts()
        if facts.formats and PDF not in facts.formats:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "the printer takes no PDF")

    def close(self) -> None:
        """Nothing is kept open between two questions."""

    def health(self) -> DeviceHealth:
        """Ask the printer how it is."""
        began = monotonic()
        try:
            facts = self._facts(_HEALTH_WITHIN)
        except DeviceError as error:
            needs_person = error.fault in {Fault.REFUSED, Fault.GARBLED}
            return DeviceHealth(DeviceState.FAULT if needs_person else DeviceState.OFFLINE, error.code)
        said = {"answer_ms": str(round((monotonic() - began) * 1000))}
        if facts.model:
            said["model"] = facts.model
        if facts.stops or not facts.accepts:
            return DeviceHealth(DeviceState.FAULT, facts.stops or "printer_offline", said)
        return DeviceHealth(DeviceState.READY, facts.warns, said)

    def print_document(self, pdf: bytes, *, job: str, cancel: Event) -> PrintResult:
        """Print one document, unless the printer knows ``job`` already.

        Raises:
            DeviceError: Nothing was handed over: ``ATTENTION`` with ``paper_out``, ``cover_open``, ``jam``,
                ``toner_out``, ``printer_error`` or ``printer_offline``; ``REFUSED``, also with ``busy`` or
                ``unsupported``; ``ABSENT``; ``TIMEOUT``; ``GARBLED``; ``CANCELLED``.
        """
        if not pdf.startswith(b"%PDF"):
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "no PDF document")
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        try:
            known = self._known(job)
            if known is not None and not known.is_empty:
                return self._await(known, cancel)
            facts = self._facts()
            if facts.stops or not facts.accepts:
                raise DeviceError(self.name, Fault.ATTENTION, facts.stops or "printer_offline")
            if not {Operation.CREATE_JOB, Operation.SEND_DOCUMENT} <= facts.operations:
                return self._at_once(pdf, job, cancel)
            number = known.id if known is not None else self._created(job, cancel)
        except RefusedError as error:
            raise give_up(self.name, error) from error
        return self._sent(pdf, job, number, cancel)

    # ---- what the printer knows

    def _facts(self, wait: float | None = None) -> PrinterFacts:
        try:
            return self._client.printer(wait)
        except RefusedError as error:
            if error.not_found:
                raise DeviceError(self.name, Fault.ABSENT, detail="no printer of this name") from error
            raise give_up(self.name, error) from error

    def _known(self, job: str) -> Job | None:
        """The job of this name that counts: one that has printed or may print, before one that is still empty.

        One that ended without ever having been at the printer's head counts for nothing.
        """
        named = [one for one in self._client.named(job) if not _came_to_nothing(one)]
        return next((one for one in named if not one.is_empty), named[0] if named else None)

    # ---- handing over

    def _created(self, job: str, cancel: Event) -> int:
        """An empty job; waits for a printer that takes one at a time."""
        give_up_at = monotonic() + self._busy_within
        while True:
            try:
                self._client.validate(job, PDF)
                return self._client.create(job)
            except RefusedError as error:
                if not error.busy or monotonic() > give_up_at:
                    raise
            if cancel.wait(_LOOK_EVERY / 2):
                raise DeviceError(self.name, Fault.CANCELLED)

    def _sent(self, pdf: bytes, job: str, number: int, cancel: Event) -> PrintResult:
        """Give the empty job its document; from here on the document may be on paper."""
        try:
            self._client.send(number, job, PDF, pdf)
        except RefusedError as error:
            return self._after_doubt(number, give_up(self.name, error), cancel)
        except DeviceError as error:
            if error.fault is Fault.ABSENT and error.detail.startswith("Connect"):
                raise  # not even a connection: the job is empty still
            return self._after_doubt(number, error, cancel)
        return self._await(Job(number, job, "pending", (), None, None, None), cancel)

    def _after_doubt(self, number: int, error: DeviceError, cancel: Event) -> PrintResult:
        """The answer to a document was none or no: what does the job say?"""
        try:
            found = self._client.job(number)
        except (DeviceError, RefusedError):
            return _unknown(error.code)
        if found is None:
            return _unknown(error.code)
        if found.is_empty or _came_to_nothing(found):
            self._client_cancels(number)
            raise error
        return self._await(found, cancel)

    def _at_once(self, pdf: bytes, job: str, cancel: Event) -> PrintResult:
        """Print-Job, for a printer that has no Create-Job: it is asked what it knows when the answer does not come."""
        try:
            number = self._client.print(job, PDF, pdf)
        except DeviceError as error:
            if error.fault is Fault.ABSENT and error.detail.startswith("Connect"):
                raise
            try:
                found = self._known(job)
            except (DeviceError, RefusedError):
                return _unknown(error.code)
            return self._await(found, cancel) if found is not None else _unknown(error.code)
        return self._await(Job(number, job, "pending", (), None, None, None), cancel)

    def _client_cancels(self, number: int) -> None:
        try:
            self._client.cancel(number)
        except DeviceError:  # an empty job prints nothing; the printer ends it by itself
            return

    # ---- waiting

    def _await(self, job: Job, cancel: Event) -> PrintResult:
        """Wait until the job is over, or cannot go on without a person."""
        give_up_at = monotonic() + self._confirm_within
        trouble, pause = "", 0.0
        while (ended := _ended(job)) is None:
            if job.state == "stopped" or trouble:
                return self._taken_back(job, trouble or "printer_error")
            if monotonic() > give_up_at:
                return self._taken_back(job, "timeout")
            if cancel.wait(pause):
                self._client_cancels(job.id)
                return _unknown("cancelled")
            pause = min(pause + 0.05, _LOOK_EVERY)
            try:
                # the printer first: one that stops right behind our document has printed it all the same
                trouble = self._client.printer().stops
                found = self._client.job(job.id)
            except DeviceError as error:
                if monotonic() > give_up_at:
                    return _unknown(error.code)
                continue
            except RefusedError:
                continue
            if found is None:  # forgotten while we waited
                return _unknown("job_lost")
            job = found
        return ended

    def _taken_back(self, job: Job, code: str) -> PrintResult:
        """It cannot go on: a job that the printer never began is taken out of the queue, so that nothing comes later.

        Of one that has begun it stays unknown what came out; it stays in the queue, and is found there again.
        """
        if job.state in {"pending", "held"} and job.started is False:
            self._client_cancels(job.id)
            try:
                after = self._client.job(job.id)
            except (DeviceError, RefusedError):
                after = None
            if after is not None and _came_to_nothing(after):
                raise DeviceError(self.name, Fault.TIMEOUT if code == "timeout" else Fault.ATTENTION, code)
        return _unknown(code)


def _ended(job: Job) -> PrintResult | None:
    if job.state == "completed":
        return PrintResult(PrintEnd.CONFIRMED, 1, 1, 1)
    if job.state in OVER:
        return _unknown("cancelled" if job.state == "canceled" else "printer_error")
    return None


def _came_to_nothing(job: Job) -> bool:
    """Whether a job ended before a printer ever worked at it: its document is on no paper."""
    return job.state in {"aborted", "canceled"} and job.started is False and not job.sheets


def _unknown(code: str) -> PrintResult:
    return PrintResult(PrintEnd.UNKNOWN, 1, 1, 0, code)
