"""The ledger of printed receipts: one paper a job, and doubt is asked of the clerk, never printed away.

    waiting ──begin──► sending ──finish──► sent ──────────► confirmed
                         │  │                └──► unknown ──► confirmed      the clerk: it came out
                         │  └──crash─────────────► unknown ──► failed_before  the clerk: nothing came out
                         └──nothing printed──► failed_before ──begin──► sending
                                                 unknown ──copy──► replaced

``begin`` is on disk before the first byte leaves, so that an attempt is never forgotten. ``sent`` is the end for a
printer that tells nothing back. A copy (补打) is a job of its own with its own number.
"""

from enum import StrEnum

import msgspec

from window_client.store.database import Database, Row, transaction
from window_client.store.moments import now


class PrintState(StrEnum):
    """Where a print job stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    FAILED_BEFORE = "failed_before"  # failed before anything was on paper: the same job may be sent again
    REPLACED = "replaced"  # a marked copy was made in its place


_S = PrintState
TRANSITIONS: dict[PrintState, frozenset[PrintState]] = {
    _S.WAITING: frozenset({_S.SENDING}),
    _S.SENDING: frozenset({_S.SENT, _S.CONFIRMED, _S.UNKNOWN, _S.FAILED_BEFORE}),
    _S.SENT: frozenset({_S.CONFIRMED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset({_S.CONFIRMED, _S.FAILED_BEFORE, _S.REPLACED}),
    _S.FAILED_BEFORE: frozenset({_S.SENDING}),
    _S.CONFIRMED: frozenset(),
    _S.REPLACED: frozenset(),
}

OPEN = (_S.WAITING, _S.SENDING, _S.UNKNOWN, _S.FAILED_BEFORE)
"""The states in which somebody still has to do something."""


class PrintNotAllowed(Exception):  # noqa: N818  as domain.visit names it
    """The step makes no sense in the job's state, such as beginning a job that is being sent."""


class PrintJob(msgspec.Struct, frozen=True):
    """One paper. ``copy`` is 0 for the original and n for 补打 第 n 次; ``document`` is the encoded receipt.

    ``blocks_sent`` and ``confirmed`` count the blocks of the present attempt that left, and that the printer said
    it has printed.
    """

    id: str
    case_no: str
    copy: int
    document: bytes
    state: PrintState
    blocks_sent: int = 0
    confirmed: int = 0
    created_at: str = ""
    updated_at: str = ""


_SELECT = "SELECT id, case_no, copy, document, state, blocks_sent, confirmed, created_at, updated_at FROM prints "


class Prints:
    """The ledger in its table."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, job_id: str, case_no: str, document: bytes) -> None:
        """Note that the original of a case's receipt is to be printed; inside the accept transaction."""
        self._insert(job_id, case_no, 0, document)

    def get(self, job_id: str) -> PrintJob | None:
        """A job, or None."""
        row = self._db.row(f"{_SELECT} WHERE id = ?", (job_id,))
        return _job(row) if row else None

    def of_case(self, case_no: str) -> list[PrintJob]:
        """All jobs of a case: the original, then its copies."""
        return [_job(row) for row in self._db.rows(f"{_SELECT} WHERE case_no = ? ORDER BY copy", (case_no,))]

    def begin(self, job: PrintJob) -> PrintJob:
        """Say that the job is about to be sent; on disk before the first byte leaves.

        Raises:
            PrintNotAllowed: it is being sent, was sent, or the clerk has not yet answered what became of it.
        """
        with transaction(self._db, "print_begin"):
            self._move(job.id, PrintState.SENDING)
            self._db.execute("UPDATE prints SET blocks_sent = 0, confirmed = 0 WHERE id = ?", (job.id,))
            return self._must(job.id)

    def progress(self, job: PrintJob, blocks_sent: int, confirmed: int) -> None:
        """Note how many blocks have left and how many the printer has confirmed."""
        with transaction(self._db, "print_progress"):
            if self._must(job.id).state is not PrintState.SENDING:
                raise PrintNotAllowed(f"progress of job {job.id}, which is not being sent")
            self._db.execute(
                "UPDATE prints SET blocks_sent = ?, confirmed = ?, updated_at = ? WHERE id = ?",
                (blocks_sent, confirmed, now(), job.id),
            )

    def finish(self, job: PrintJob, result: PrintState) -> PrintJob:
        """Note how the attempt ended, or what the clerk answered. The state the job is in already is fine.

        Raises:
            PrintNotAllowed: no way leads there.
        """
        with transaction(self._db, "print_finish"):
            if self._must(job.id).state is not result:
                self._move(job.id, result)
            return self._must(job.id)

    def new_copy(self, case_no: str) -> PrintJob:
        """A job for a deliberate copy, numbered one above the last.

        An original of which nothing was ever on paper is given back instead: printing it is not a copy. A job of the
        case with unknown end counts as replaced.

        Raises:
            PrintNotAllowed: a job of this case is being sent.
            KeyError: the case has no receipt.
        """
        with transaction(self._db, "print_copy"):
            jobs = self.of_case(case_no)
            if not jobs:
                raise KeyError(case_no)
            if any(job.state is PrintState.SENDING for job in jobs):
                raise PrintNotAllowed("a receipt of this case is being sent")
            for job in jobs:
                if job.state in {PrintState.WAITING, PrintState.FAILED_BEFORE}:
                    return job
                if job.state is PrintState.UNKNOWN:
                    self._move(job.id, PrintState.REPLACED)
            number = jobs[-1].copy + 1
            copy_id = f"{jobs[0].id}-{number}"
            self._insert(copy_id, case_no, number, jobs[0].document)
            return self._must(copy_id)

    def open_jobs(self) -> list[PrintJob]:
        """The jobs with which somebody still has to do something, oldest first."""
        marks = ", ".join("?" * len(OPEN))
        return [_job(row) for row in self._db.rows(f"{_SELECT} WHERE state IN ({marks}) ORDER BY created_at, id", OPEN)]

    def recover(self) -> int:
        """After a start nothing is being sent: what was is unknown now. Returns how many jobs that are."""
        with transaction(self._db, "print_recover"):
            return self._db.execute(
                "UPDATE prints SET state = 'unknown', updated_at = ? WHERE state = 'sending'", (now(),)
            )

    def _insert(self, job_id: str, case_no: str, number: int, document: bytes) -> None:
        at = now()
        self._db.execute(
            "INSERT INTO prints (id, case_no, copy, document, state, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
            (job_id, case_no, number, document, at, at),
        )
        if number:  # the original comes with its case
            self._db.tell("print", job_id, {"case_no": case_no, "copy": number, "state": "waiting"})

    def _must(self, job_id: str) -> PrintJob:
        job = self.get(job_id)
        if job is None:
            raise KeyError(job_id)
        return job

    def _move(self, job_id: str, state: PrintState) -> None:
        present = self._must(job_id).state
        if state not in TRANSITIONS[present]:
            raise PrintNotAllowed(f"job {job_id}: {present} to {state}")
        self._db.execute("UPDATE prints SET state = ?, updated_at = ? WHERE id = ?", (state, now(), job_id))
        self._db.tell("print", job_id, {"state": str(state)})


def _job(row: Row) -> PrintJob:
    job_id, case_no, number, document, state, *rest = row
    return PrintJob(job_id, case_no, number, document, PrintState(state), *rest)
