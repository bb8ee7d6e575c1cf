"""Accepted cases. ``accept`` is the one transaction of which the promise speaks: all of it is on disk, or nothing.

The order in the desk: take the number, build the message and the receipt with it, accept, and only then tell anyone::

    with store.transaction("accept"):
        serial = store.blocks.take(day)
        ...
        store.cases.accept(case)

A kill before the commit leaves the draft and the number as they were; after it the case is there whole.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

import msgspec

from window_client.domain.material import PageRef
from window_client.domain.visit import Draft
from window_client.store.database import Database, Row, transaction
from window_client.store.drafts import Drafts
from window_client.store.journal import Journal
from window_client.store.outbox import Message, Outbox
from window_client.store.prints import Prints


class AlreadyAccepted(Exception):  # noqa: N818  a statement, as the desk reads it
    """The case was accepted before, under ``case_no``. Nothing of the second acceptance was kept."""

    def __init__(self, case_no: str) -> None:
        super().__init__(f"accepted before as {case_no}")
        self.case_no = case_no


class AcceptedCase(msgspec.Struct, frozen=True):
    """Everything that must be on disk before a case counts as accepted.

    ``case_id`` is the draft's UUID and the idempotency key of the case message; ``body`` the message as it goes over
    the wire; ``receipt`` the encoded receipt document; ``applicant`` the masked name; ``detail`` goes into the journal
    and names nobody. ``draft`` is the visit as it goes on (submitted, rating); without it the visit's draft is removed.
    Times are ISO 8601 with offset.
    """

    case_id: str
    case_no: str
    visit_id: str
    item_id: str
    item_name: str
    accepted_at: str
    promised_by: str
    body: bytes
    receipt: bytes
    clerk: str
    window: str
    pages: tuple[PageRef, ...] = ()
    applicant: str = ""
    provisional: bool = False
    detail: dict[str, str | int | bool] = {}
    draft: Draft | None = None


class CaseRow(msgspec.Struct, frozen=True):
    """A case as lists show it. ``state`` is the centre's, empty until it has answered; delivery is told by ``unsent``.

    ``final_no`` replaces a provisional ``case_no`` once the centre has mapped it; both stay valid. ``unsent`` and
    ``set_aside`` count the case's messages in the outbox.
    """

    case_id: str
    case_no: str
    final_no: str
    provisional: bool
    visit_id: str
    item_id: str
    item_name: str
    applicant: str
    clerk: str
    window: str
    accepted_at: str
    promised_by: str
    national_no: str
    state: str
    state_at: str
    delivered_at: str
    unsent: int
    set_aside: int


class DayCounts(msgspec.Struct, frozen=True):
    """The cases accepted on one day; ``delivered`` of them are known to the centre."""

    accepted: int
    delivered: int


_SELECT = """SELECT case_id, case_no, coalesce(final_no, ''), provisional, visit_id, item_id, item_name, applicant,
    clerk, window, accepted_at, promised_by, national_no, state, state_at, delivered_at,
    (SELECT count(*) FROM outbox AS o WHERE o.case_id = cases.case_id AND o.kind <> 'rating'),
    (SELECT count(*) FROM outbox AS o WHERE o.case_id = cases.case_id AND o.state = 'set_aside' AND o.kind <> 'rating')
    FROM cases """  # a rating is left out: its absence or presence is not the clerk's to see


class Cases:
    """The accepted cases of this window."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._outbox = Outbox(db)
        self._prints = Prints(db)
        self._journal = Journal(db)
        self._drafts = Drafts(db)

    def accept(self, case: AcceptedCase) -> None:
        """Make the case safe: row, pages, messages, print job, journal entry, draft, in one transaction.

        The same case again changes nothing.

        Raises:
            StoreError: nothing happened; the draft is as it was.
            AlreadyAccepted: the same ``case_id`` was accepted under another number.
        """
        with transaction(self._db, "accept"):
            known = self._db.row("SELECT case_no FROM cases WHERE case_id = ?", (case.case_id,))
            if known is None:
                self._insert(case)
                self._queue(case)
                self._db.tell("case", case.case_id, self.told(case))
                self._prints.add(receipt_job(case.case_id), case.case_no, case.receipt)
                self._journal.add(case.clerk, "case.accepted", case.case_no, case.detail, at=case.accepted_at)
            elif known[0] != case.case_no:
                raise AlreadyAccepted(known[0])
            if case.draft is None:
                self._drafts.close(case.visit_id)
            else:
                self._drafts.save(case.draft)

    def told(self, case: AcceptedCase) -> dict[str, object]:
        """What the log keeps of a case, and what is left of the leases with it. The draft has a file of its own."""
        return {"case": msgspec.structs.replace(case, draft=None), "numbers": numbers_of(self._db)}

    def put_back(self, case: AcceptedCase) -> bool:
        """Bring a case back from the log; False if it is here. Its receipt is of unknown end until the log says more.

        Its journal entry comes back with the journal.
        """
        with transaction(self._db):
            if self._db.row("SELECT 1 FROM cases WHERE case_id = ? OR case_no = ?", (case.case_id, case.case_no)):
                return False
            self._insert(case)
            self._queue(case)
            job = receipt_job(case.case_id)
            self._prints.add(job, case.case_no, case.receipt)
            self._db.execute("UPDATE prints SET state = 'unknown' WHERE id = ?", (job,))
        return True

    def as_accepted(self, case_id: str) -> AcceptedCase:
        """A case as ``accept`` was given it, without draft and journal detail. Raises: KeyError."""
        row = self._db.row(
            "SELECT case_id, case_no, visit_id, item_id, item_name, accepted_at, promised_by, body, "
            "coalesce((SELECT document FROM prints WHERE prints.case_no = cases.case_no AND copy = 0), x''), "
            "clerk, window, applicant, provisional FROM cases WHERE case_id = ?",
            (case_id,),
        )
        if row is None:
            raise KeyError(case_id)
        case = AcceptedCase(*row[:-2])
        pages = self.pages(case_id)
        return msgspec.structs.replace(case, pages=pages, applicant=row[-2], provisional=bool(row[-1]))

    def newest_first(self, after_seq: int) -> Iterator[str]:
        """The ids of the cases that came after place ``after_seq``, the last one first."""
        below = 1 << 62
        question = "SELECT seq, case_id FROM cases WHERE seq > ? AND seq < ? ORDER BY seq DESC LIMIT 20"
        while rows := self._db.rows(question, (after_seq, below)):
            yield from (str(case_id) for _, case_id in rows)
            below = int(rows[-1][0])

    def last_seq(self) -> int:
        """The place of the case accepted last, 0 for none."""
        return int(self._db.one("SELECT coalesce(max(seq), 0) FROM cases"))

    def get(self, case_no: str) -> CaseRow | None:
        """The case with this number, provisional or final, or None."""
        row = self._db.row(f"{_SELECT} WHERE case_no = ? OR final_no = ?", (case_no, case_no))
        return _case(row) if row else None

    def by_id(self, case_id: str) -> CaseRow | None:
        """The case with this UUID, or None."""
        row = self._db.row(f"{_SELECT} WHERE case_id = ?", (case_id,))
        return _case(row) if row else None

    def body(self, case_id: str) -> bytes:
        """The case message as it was accepted. Raises: KeyError."""
        row = self._db.row("SELECT body FROM cases WHERE case_id = ?", (case_id,))
        if row is None:
            raise KeyError(case_id)
        return bytes(row[0])

    def pages(self, case_id: str) -> tuple[PageRef, ...]:
        """The pages of a case in their order; empty for an unknown case."""
        rows = self._db.rows("SELECT page FROM case_pages WHERE case_id = ? ORDER BY place", (case_id,))
        return tuple(msgspec.json.decode(row[0], type=PageRef) for row in rows)

    def recent(self, limit: int = 50) -> list[CaseRow]:
        """The cases accepted last, the newest first."""
        return [_case(row) for row in self._db.rows(f"{_SELECT} ORDER BY seq DESC LIMIT ?", (limit,))]

    def mark_delivered(self, case_id: str, national_no: str, state: str, at: str, *, final_no: str = "") -> bool:
        """Note what the centre says of a case; ``at`` is ISO 8601. False if the case is not here.

        The first time counts as its delivery. An empty ``national_no`` or ``final_no`` keeps the known one, and an
        older ``at`` than the known one changes no state: answers may come out of order.
        """
        with transaction(self._db, "mark_delivered"):
            found = self._db.execute(
                "UPDATE cases SET national_no = coalesce(nullif(?, ''), national_no), "
                "final_no = coalesce(nullif(?, ''), final_no), "
                "delivered_at = coalesce(nullif(delivered_at, ''), ?) WHERE case_id = ?",
                (national_no, final_no, at, case_id),
            )
            self._db.execute(
                "UPDATE cases SET state = ?, state_at = ? WHERE case_id = ? "
                "AND (state_at = '' OR julianday(state_at) <= julianday(?))",
                (state, at, case_id, at),
            )
            told = {"national_no": national_no, "state": state, "at": at, "final_no": final_no}
            self._db.tell("known", case_id, told)
        return found == 1

    def today_counts(self, day: str) -> DayCounts:
        """Counts of the cases accepted on ``day`` (ISO date, by the window's own clock)."""
        row = self._db.row(
            "SELECT count(*), coalesce(sum(delivered_at <> ''), 0) FROM cases WHERE substr(accepted_at, 1, 10) = ?",
            (day,),
        )
        return DayCounts(*(row or (0, 0)))

    def _insert(self, case: AcceptedCase) -> None:
        self._db.execute(
            "INSERT INTO cases (case_id, case_no, provisional, visit_id, item_id, item_name, applicant, clerk, window, "
            "accepted_at, promised_by, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case.case_id,
                case.case_no,
                case.provisional,
                case.visit_id,
                case.item_id,
                case.item_name,
                case.applicant,
                case.clerk,
                case.window,
                case.accepted_at,
                case.promised_by,
                case.body,
            ),
        )
        self._db.execute_many(
            "INSERT INTO case_pages (case_id, place, digest, page) VALUES (?, ?, ?, ?)",
            [(case.case_id, place, page.digest, msgspec.json.encode(page)) for place, page in enumerate(case.pages)],
        )

    def _queue(self, case: AcceptedCase) -> None:
        # The acceptance has the centre's time, corrected; the courier goes by the machine's clock, which may be behind.
        at = min(datetime.fromisoformat(case.accepted_at), datetime.now(UTC))
        by_digest = {page.digest: page for page in case.pages}  # a page may stand in two rows; it is sent once
        pages = [
            Message(
                page_message(case.case_id, page.digest),
                "page",
                msgspec.json.encode({"case_id": case.case_id, "digest": page.digest, "size": page.size}),
                case.case_id,
                case.case_no,
                size=page.size,
            )
            for page in by_digest.values()
        ]
        self._outbox.put_new([Message(case.case_id, "case", case.body, case.case_id, case.case_no), *pages], now=at)


def numbers_of(db: Database) -> dict[str, list[dict[str, object]]]:
    """What is left of the leases and how far the window's own numbers are, by table."""
    return {
        table: [dict(zip(columns, row, strict=True)) for row in rows]
        for table in ("blocks", "provisional")
        for columns, rows in [db.table(table)]
    }


def receipt_job(case_id: str) -> str:
    """The id of the print job of a case's original receipt."""
    return str(uuid5(UUID(case_id), "receipt"))


def page_message(case_id: str, digest: str) -> str:
    """The id of the message that sends a page of a case: the same however often it is made.

    It begins with the case's, so that the messages of a case lie together in the index, however many cases there are.
    """
    return f"{case_id}:{digest[:32]}"


def _case(row: Row) -> CaseRow:
    fields = dict(zip(CaseRow.__struct_fields__, row, strict=True))
    return CaseRow(**fields | {"provisional": bool(fields["provisional"])})
