"""The ledger of acceptance notices on A4: as ``prints`` keeps that of receipts, one paper a job.

Nobody prints a notice without being asked: a case has no job before somebody wants one. The document is not kept; it
is made anew from the case's receipt, whose words it carries. ``id`` is the identity that the printer is told, the same
for every attempt at one paper: a printer that knows it prints nothing again.
"""

import hashlib

import msgspec

from window_client.store.database import Database, Row, transaction
from window_client.store.moments import now
from window_client.store.prints import TRANSITIONS, PrintNotAllowed, PrintState


class NoticeJob(msgspec.Struct, frozen=True):
    """One paper. ``copy`` is 0 for the original and n for 补打 第 n 次."""

    id: str
    case_no: str
    copy: int
    state: PrintState


_SELECT = "SELECT id, case_no, copy, state FROM notices "
_AGAIN = frozenset({PrintState.WAITING, PrintState.FAILED_BEFORE})
_COPY = frozenset({PrintState.SENT, PrintState.CONFIRMED, PrintState.REPLACED})


class Notices:
    """The ledger in its table."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def latest(self, case_no: str) -> NoticeJob | None:
        """The last paper of a case, or None when nobody wanted one."""
        row = self._db.row(f"{_SELECT} WHERE case_no = ? ORDER BY copy DESC LIMIT 1", (case_no,))
        return _job(row) if row else None

    def begin(self, case_no: str) -> NoticeJob:
        """The job that is about to be sent; on disk before anything leaves.

        The same job again while nothing of it was ever on paper; a marked copy behind one that was.

        Raises:
            PrintNotAllowed: one is being sent, or the clerk has not yet answered what became of it.
        """
        with transaction(self._db, "print_begin"):
            last = self.latest(case_no)
            if last is not None and last.state in _AGAIN:
                self._move(last, PrintState.SENDING)
                return msgspec.structs.replace(last, state=PrintState.SENDING)
            if last is not None and last.state not in _COPY:
                raise PrintNotAllowed(f"notice {last.id}: {last.state}")
            number = 0 if last is None else last.copy + 1
            job = NoticeJob(identity(case_no, number), case_no, number, PrintState.SENDING)
            at = now()
            self._db.execute(
                "INSERT INTO notices (id, case_no, copy, state, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                (job.id, case_no, number, job.state, at, at),
            )
            return job

    def finish(self, job: NoticeJob, state: PrintState) -> NoticeJob:
        """Note how the attempt ended, or what the clerk answered.

        Raises:
            PrintNotAllowed: no way leads there.
        """
        with transaction(self._db, "print_finish"):
            last = self.latest(job.case_no)
            if last is None or last.id != job.id:
                raise PrintNotAllowed(f"notice {job.id} is not the last of its case")
            if last.state is not state:
                self._move(last, state)
            return msgspec.structs.replace(last, state=state)

    def recover(self) -> int:
        """After a start nothing is being sent: what was is unknown now. Returns how many jobs that are."""
        if self._db.row("SELECT 1 FROM notices WHERE state = 'sending' LIMIT 1") is None:
            return 0
        with transaction(self._db, "print_recover"):
            return self._db.execute(
                "UPDATE notices SET state = 'unknown', updated_at = ? WHERE state = 'sending'", (now(),)
            )

    def _move(self, job: NoticeJob, state: PrintState) -> None:
        if state not in TRANSITIONS[job.state]:
            raise PrintNotAllowed(f"notice {job.id}: {job.state} to {state}")
        self._db.execute("UPDATE notices SET state = ?, updated_at = ? WHERE id = ?", (state, now(), job.id))


def identity(case_no: str, copy: int) -> str:
    """The name of a paper in a printer's queue, which everybody can read: it tells nobody which case it is."""
    return f"notice-{hashlib.sha256(case_no.encode()).hexdigest()[:20]}-{copy}"


def _job(row: Row) -> NoticeJob:
    job_id, case_no, number, state = row
    return NoticeJob(job_id, case_no, number, PrintState(state))
