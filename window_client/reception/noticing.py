"""The acceptance notice on A4, where a window has a printer for it: printed when the clerk asks, once a deed.

The promise is that of the receipt: the ledger is written before anything leaves, unknown is asked of the clerk, a
second paper is marked as a copy. The printer is told the job's durable identity and never prints one twice.
"""

import logging

from drivers.contracts import PrintEnd, PrintResult
from drivers.errors import DeviceError
from window_client.paper import notice
from window_client.paper import receipt as paper
from window_client.reception.core import Core
from window_client.reception.state import NoticeView
from window_client.reception.state import PrintState as Shown
from window_client.store.errors import StoreError
from window_client.store.notices import NoticeJob
from window_client.store.prints import PrintNotAllowed, PrintState

log = logging.getLogger(__name__)

KIND = "document_printer"

_SHOWN = {
    PrintState.WAITING: Shown.NONE,
    PrintState.SENDING: Shown.PRINTING,
    PrintState.SENT: Shown.SENT,
    PrintState.CONFIRMED: Shown.CONFIRMED,
    PrintState.UNKNOWN: Shown.UNKNOWN,
    PrintState.FAILED_BEFORE: Shown.NOT_PRINTED,
    PrintState.REPLACED: Shown.NONE,
}
_ENDS = {PrintEnd.CONFIRMED: PrintState.CONFIRMED, PrintEnd.SENT: PrintState.SENT, PrintEnd.UNKNOWN: PrintState.UNKNOWN}


class Noticing:
    """Prints the notice of the case that is shown."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._job: NoticeJob | None = None

    def follow(self) -> None:
        """A case was accepted, or is shown again: say what the ledger knows of its notice."""
        core = self._core
        result = core.state.result
        if result is None or not core.deps.devices.has(KIND):
            self.forget()
            return
        self._show(core.deps.store.notices.latest(result.case_no))

    def print_notice(self) -> None:
        """The notice, or a marked copy of one that is on paper; nothing while one is being printed or in doubt."""
        core = self._core
        result = core.state.result
        if result is None or not core.deps.devices.has(KIND):
            return
        jobs = core.deps.store.prints.of_case(result.case_no)
        if not jobs:
            return
        try:
            with core.deps.store.transaction("print_begin"):
                job = core.deps.store.notices.begin(result.case_no)
                if job.copy:
                    core.deps.store.journal.add(core.draft.clerk, "notice.copy", job.case_no, {"copy": job.copy})
        except PrintNotAllowed as error:
            log.info("%s", error)
            return
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        self._show(job)
        case = core.deps.store.cases.get(result.case_no) if job.copy else None
        lines = paper.for_paper(jobs[0].document, job.copy, case.final_no if case is not None else "")

        def done(result: PrintResult) -> None:
            self._ended(job, _ENDS[result.end], result.code)

        def failed(error: DeviceError, in_doubt: bool) -> None:
            self._ended(job, PrintState.UNKNOWN if in_doubt else PrintState.FAILED_BEFORE, error.code)

        core.deps.devices.print_document(lambda: notice.notice(lines), job=job.id, done=done, failed=failed)

    def answer_unknown(self, *, came_out: bool) -> None:
        """The clerk looked: the page is there, or it is not and a marked copy is printed.

        A copy and not the same job: the printer knows that one, and would not print it again.
        """
        core = self._core
        job = self._job
        if job is None or job.state is not PrintState.UNKNOWN:
            return
        try:
            with core.deps.store.transaction("print_finish"):
                core.deps.store.journal.add(core.draft.clerk, "notice.answered", job.case_no, {"came_out": came_out})
                job = core.deps.store.notices.finish(job, PrintState.CONFIRMED if came_out else PrintState.REPLACED)
        except StoreError as error:
            core.say(f"store.{error.code}", bad=True)
            return
        self._show(job)
        if not came_out:
            self.print_notice()

    def forget(self) -> None:
        """The visit is over."""
        self._job = None
        if self._core.state.notice.offered:
            self._core.set(notice=NoticeView())

    def _ended(self, job: NoticeJob, state: PrintState, code: str) -> None:
        core = self._core
        try:
            job = core.deps.store.notices.finish(job, state)
        except StoreError as error:  # the ledger goes on saying "sending": the next start asks what became of it
            core.say(f"store.{error.code}", bad=True)
        log.info("notice ended: %s %s", state.value, code)
        if self._job is not None and self._job.id == job.id:
            self._show(job, code)
        elif state in {PrintState.CONFIRMED, PrintState.SENT}:
            core.say("notice.late_printed", number=job.case_no)
        else:
            core.say("notice.late_failed", bad=True, number=job.case_no)

    def _show(self, job: NoticeJob | None, code: str = "") -> None:
        self._job = job
        view = NoticeView(offered=True)
        if job is not None:
            view = NoticeView(True, _SHOWN[job.state], code, job.copy)
        self._core.set(notice=view)
