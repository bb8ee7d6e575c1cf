"""The receipt's way to paper. One job for the first try and every retry; a deliberate copy is marked.

The ledger is written before the first byte leaves. What becomes of a job is only ever said by the printer or,
where the printer cannot say, by the clerk. A fault of the printer never touches the acceptance.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

import msgspec

from drivers.contracts import Line, PrintEnd, PrintResult, Text
from drivers.errors import DeviceError
from window_client.paper import receipt as paper
from window_client.reception.core import Core
from window_client.reception.state import PrintState as Shown
from window_client.reception.state import WaitingPrint
from window_client.store import crash
from window_client.store.errors import StoreError
from window_client.store.prints import PrintJob, PrintNotAllowed, PrintState

log = logging.getLogger(__name__)

_SHOWN = {
    PrintState.WAITING: Shown.WAITING,
    PrintState.SENDING: Shown.PRINTING,
    PrintState.SENT: Shown.SENT,
    PrintState.CONFIRMED: Shown.CONFIRMED,
    PrintState.UNKNOWN: Shown.UNKNOWN,
    PrintState.FAILED_BEFORE: Shown.NOT_PRINTED,
    PrintState.REPLACED: Shown.UNKNOWN,
}
_ENDS = {PrintEnd.CONFIRMED: PrintState.CONFIRMED, PrintEnd.SENT: PrintState.SENT, PrintEnd.UNKNOWN: PrintState.UNKNOWN}


MOST_WAITING = 20
"""Waiting receipts that the device page lists."""


class Printing:
    """Prints the receipt of the case that is shown, and remembers what became of it."""

    def __init__(self, core: Core, on_change: Callable[[], None] = lambda: None) -> None:
        self._core = core
        self._on_change = on_change
        self._job: PrintJob | None = None

    def present(self, job: PrintJob, code: str = "") -> None:
        """Show a job and its paper."""
        lines = paper.for_paper(job.document, job.copy)
        self._job = job
        self._core.set(
            receipt=replace(
                self._core.state.receipt,
                state=_SHOWN[job.state],
                code=code,
                copies=job.copy,
                lines=lines,
                blocks=job.blocks_sent,
                confirmed=job.confirmed,
            )
        )

    def print_job(self, job: PrintJob) -> None:
        """Send a job, once."""
        core = self._core
        try:
            job = core.deps.store.prints.begin(job)
        except PrintNotAllowed as error:
            log.info("%s", error)
            return
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        if core.state.result is not None:
            self.present(job)
        self._on_change()
        crash.point("receipt.before_print")

        def done(result: PrintResult) -> None:
            crash.point("receipt.after_print")
            try:
                core.deps.store.prints.progress(job, result.sent, result.confirmed)
            except StoreError as error:  # only a count: how it ended is written next
                log.warning("the blocks of a receipt were not counted: %s", error.code)
            self._ended(job, _ENDS[result.end], result.code)

        gone_out: list[int] = []

        def on_block(sent: int) -> None:  # in the printer's lane
            gone_out.append(sent)
            crash.point("receipt.block_sent")

        def failed(error: DeviceError) -> None:
            # A lane that got stuck is given up from outside: what had left by then may be on paper.
            self._ended(job, PrintState.UNKNOWN if gone_out else PrintState.FAILED_BEFORE, error.code)

        core.deps.devices.print_receipt(self._paper(job), on_block=on_block, done=done, failed=failed)

    def _paper(self, job: PrintJob) -> tuple[Line, ...]:
        """What is printed: a copy of a receipt with a provisional number carries the final one too, once known."""
        case = self._core.deps.store.cases.get(job.case_no) if job.copy else None
        return paper.for_paper(job.document, job.copy, case.final_no if case is not None else "")

    def _ended(self, job: PrintJob, state: PrintState, code: str) -> None:
        core = self._core
        try:
            ended = core.deps.store.prints.finish(job, state)
        except StoreError as error:  # the ledger goes on saying "sending": the next start asks what became of it
            core.say(f"store.{error.code}", bad=True)
            ended = msgspec.structs.replace(job, state=state)
        log.info("receipt job ended: %s %s", state.value, code)
        if self._job is not None and self._job.id == job.id:
            self.present(ended, code)
        elif state in {PrintState.CONFIRMED, PrintState.SENT}:
            core.say("receipt.late_printed", number=job.case_no)
        else:
            core.say("receipt.late_failed", bad=True, number=job.case_no)
        self._on_change()

    def left_over(self) -> list[PrintJob]:
        """Receipts of visits that are over, which still need a hand (never printed, or of unknown fate)."""
        shown = self._core.state.result.case_no if self._core.state.result else ""
        jobs = self._core.deps.store.prints.open_jobs()
        return [job for job in jobs if job.case_no != shown and job.state is not PrintState.SENDING]

    def waiting(self) -> tuple[WaitingPrint, ...]:
        """Every receipt that still needs a hand, oldest first, also that of the visit that is shown."""
        jobs = [job for job in self._core.deps.store.prints.open_jobs() if job.state is not PrintState.SENDING]
        return tuple(WaitingPrint(job.case_no, job.copy, job.state.value, _whose(job)) for job in jobs[:MOST_WAITING])

    def print_again(self) -> None:
        """F12: the job that never left, or a marked copy of one that did or may have.

        Without an accepted case on the screen it is the oldest receipt that was left over.
        """
        core = self._core
        result = core.state.result
        if self._job is not None and self._job.state is PrintState.SENDING:
            return
        left = self.left_over()
        if result is None and not left:
            return
        try:
            job = core.deps.store.prints.new_copy(result.case_no if result else left[0].case_no)
        except (PrintNotAllowed, KeyError) as error:
            log.info("no copy: %s", error)
            return
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        if job.copy:
            clerk = core.state.clerk.account if core.state.clerk else ""
            try:
                core.deps.store.journal.add(clerk, "receipt.copy", job.case_no, {"copy": job.copy})
            except StoreError as error:  # no copy without its line in the journal; the job waits for the next F12
                core.say(f"store.{error.code}", bad=True)
                return
        self.print_job(job)

    def answer_unknown(self, *, came_out: bool) -> None:
        """The clerk looked: the paper is there, or it is not and the same job is sent again."""
        core = self._core
        if self._job is None or self._job.state is not PrintState.UNKNOWN:
            return
        state = PrintState.CONFIRMED if came_out else PrintState.FAILED_BEFORE
        try:
            with core.deps.store.transaction("print_finish"):
                core.deps.store.journal.add(
                    core.draft.clerk, "receipt.answered", self._job.case_no, {"came_out": came_out}
                )
                job = core.deps.store.prints.finish(self._job, state)
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        self.present(job)
        if not came_out:
            self.print_job(job)

    def put_off(self) -> None:
        """Later: the fault stays in the list of outputs and in the device page, the banner goes."""
        core = self._core
        core.set(receipt=replace(core.state.receipt, code=""))

    def forget(self) -> None:
        """The visit is over."""
        self._job = None


def _whose(job: PrintJob) -> str:
    """The masked name, as it stands on the paper."""
    found = (row.right for row in paper.decode(job.document) if isinstance(row, Text) and row.text == "申请人")
    return next(found, "")
