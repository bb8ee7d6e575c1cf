"""What must still reach the central services: a queue over one table.

A message is put in the transaction of the deed it tells of, and leaves when the centre has acknowledged it. It is never
dropped: what cannot be delivered is set aside with its reason and shown. A message that fails waits by itself and holds
up no other, save those that name it in ``depends``.

Order: everything small first. Cases and other messages go before pages, pages by size, so that a slow line carries
what decides the applicant's clock before the pictures.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import msgspec

from window_client.store.database import Database, Row, transaction
from window_client.store.moments import sortable

UNSEEN_KINDS = frozenset({"rating"})
"""Kinds of which ``list`` shows neither case nor size: both would tell the clerk who gave which grade."""

LONGEST_WAIT = timedelta(hours=12)
"""No message is put off for longer."""

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,48}")
_FIRST_ASIDE = (
    "FROM outbox AS m WHERE o.set_aside > 0 AND m.case_id = o.case_id AND m.state = 'set_aside' "
    "AND m.kind <> 'rating' ORDER BY m.seq LIMIT 1"
)
_BODY = (  # that of a case stands in its own row: written twice it would be a quarter of all that an acceptance writes
    "CASE WHEN kind = 'case' AND length(body) = 0 "
    "THEN coalesce((SELECT c.body FROM cases AS c WHERE c.case_id = o.case_id), body) ELSE body END"
)
_COLUMNS = f"id, kind, {_BODY}, case_id, case_no, depends, attempts, size"


class MessageState(StrEnum):
    """WAITING is sent when due; SET_ASIDE waits for a person."""

    WAITING = "waiting"
    SET_ASIDE = "set_aside"


class Message(msgspec.Struct, frozen=True):
    """One message. ``id`` is its idempotency key, fixed here for every attempt.

    ``depends`` is the id of a message that must be delivered before; ``size`` is the bytes to send (of the page, for a
    page message), 0 for the length of ``body``.
    """

    id: str
    kind: str
    body: bytes
    case_id: str = ""
    case_no: str = ""
    depends: str = ""
    attempts: int = 0
    size: int = 0


class OutboxRow(msgspec.Struct, frozen=True):
    """What a screen may show of a message: nothing of its content. Times are UTC, ISO 8601."""

    id: str
    kind: str
    case_no: str
    size: int
    created_at: str
    attempts: int
    due: str
    state: MessageState
    error: str


class Counts(msgspec.Struct, frozen=True):
    """How many messages there are; ``oldest`` is when the oldest was put, or empty.

    ``cases`` is how many cases they belong to, ``size`` how many bytes are to be sent.
    """

    waiting: int
    set_aside: int
    oldest: str = ""
    cases: int = 0
    size: int = 0


class WaitingCase(msgspec.Struct, frozen=True):
    """A case with messages in the queue, as a screen may show it; ``applicant`` is masked.

    ``reason`` and ``kind`` are of its first message that was set aside; ``attempts`` the most of any.
    """

    case_id: str
    case_no: str
    applicant: str
    item_name: str
    accepted_at: str
    messages: int
    size: int
    set_aside: int
    attempts: int
    kind: str
    reason: str


class Outbox:
    """The queue, on the caller's connection and in the caller's transaction where there is one."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, message: Message, *, now: datetime) -> None:
        """Queue a message, due at once. The same id with the same body again changes nothing.

        Raises:
            ValueError: the id is in the queue with another body; the centre would refuse it.
        """
        with transaction(self._db, "outbox"):
            known = self._db.row("SELECT kind, body FROM outbox WHERE id = ?", (message.id,))
            if known is not None:
                if known != (message.kind, message.body):
                    raise ValueError(f"message {message.id} is queued with another body")
                return
            at = sortable(now)
            self._db.execute(
                "INSERT INTO outbox (id, kind, case_id, case_no, depends, body, size, created_at, due) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    message.id,
                    message.kind,
                    message.case_id,
                    message.case_no,
                    message.depends,
                    message.body,
                    message.size or len(message.body),
                    at,
                    at,
                ),
            )
            if message.kind not in {"case", "page"}:  # those come back with their case
                self._db.tell("message", message.id, message)

    def put_new(self, messages: Sequence[Message], *, now: datetime) -> None:
        """Queue a case that is just accepted, and its pages: they are surely not in the queue yet.

        The case's message keeps no body of its own: ``due`` takes it from the case, which stays as long as it waits.
        """
        at = sortable(now)
        with transaction(self._db, "outbox"):
            self._db.execute_many(
                "INSERT INTO outbox (id, kind, case_id, case_no, depends, body, size, created_at, due) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        m.id,
                        m.kind,
                        m.case_id,
                        m.case_no,
                        m.depends,
                        b"" if m.kind == "case" else m.body,
                        m.size or len(m.body),
                        at,
                        at,
                    )
                    for m in messages
                ],
            )

    def due(self, now: datetime, limit: int = 20) -> list[Message]:
        """The messages to send now, in their order. One whose ``depends`` is still queued is not among them.

        One that is due much later was put off before the clock was set back, and goes now.
        """
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM outbox AS o WHERE state = 'waiting' AND (due <= ? OR due > ?) "  # noqa: S608  constant
            "AND NOT EXISTS (SELECT 1 FROM outbox AS before WHERE before.id = o.depends) "
            "ORDER BY kind = 'page', CASE WHEN kind = 'page' THEN size END, seq LIMIT ?",
            (sortable(now), sortable(now + LONGEST_WAIT), limit),
        )
        return [Message(*row) for row in rows]

    def next_due(self) -> str:
        """When the next waiting message is due (UTC, ISO 8601), or empty."""
        return str(self._db.one("SELECT coalesce(min(due), '') FROM outbox WHERE state = 'waiting'"))

    def delivered(self, message_id: str) -> None:
        """The centre has it: the message goes. Saying so twice is fine."""
        with transaction(self._db, "delivered"):
            self._db.execute("DELETE FROM outbox WHERE id = ?", (message_id,))
            self._db.tell("sent", message_id, "")

    def postpone(self, message_id: str, until: datetime, error: str) -> None:
        """Try again at ``until``; ``error`` is a short code (other text is kept out, it might name a person)."""
        with transaction(self._db, "outbox"):
            self._db.execute(
                "UPDATE outbox SET attempts = attempts + 1, due = ?, last_error = ? WHERE id = ?",
                (sortable(until), _code(error), message_id),
            )

    def set_aside(self, message_id: str, reason: str) -> None:
        """The centre will not take it as it is: keep it for a person, with the centre's code."""
        with transaction(self._db, "outbox"):
            self._db.execute(
                "UPDATE outbox SET attempts = attempts + 1, state = 'set_aside', last_error = ? WHERE id = ?",
                (_code(reason), message_id),
            )

    def retry_set_aside(self, message_id: str, *, now: datetime | None = None) -> bool:
        """Send a set-aside message again, due at once; False if there is none of that id."""
        with transaction(self._db, "outbox"):
            changed = self._db.execute(
                "UPDATE outbox SET state = 'waiting', due = ? WHERE id = ? AND state = 'set_aside'",
                (sortable(now or datetime.now(UTC)), message_id),
            )
        return changed == 1

    def hurry(self, *, now: datetime) -> int:
        """Make every waiting message due (the line is back, or the clerk said so); returns how many."""
        with transaction(self._db, "outbox"):
            return self._db.execute(
                "UPDATE outbox SET due = ? WHERE state = 'waiting' AND due > ?", (sortable(now),) * 2
            )

    def retry_case(self, case_id: str, *, now: datetime) -> bool:
        """Send what was set aside of a case again, due at once; False if nothing of it was."""
        with transaction(self._db, "outbox"):
            changed = self._db.execute(
                "UPDATE outbox SET state = 'waiting', due = ? WHERE case_id = ? AND state = 'set_aside'",
                (sortable(now), case_id),
            )
        return changed > 0

    def retry_all_set_aside(self, *, now: datetime) -> int:
        """Send everything that was set aside again, due at once; returns how many."""
        with transaction(self._db, "outbox"):
            return self._db.execute(
                "UPDATE outbox SET state = 'waiting', due = ? WHERE state = 'set_aside'", (sortable(now),)
            )

    def counts(self) -> Counts:
        """How many messages wait and how many are set aside; as quick with ten thousand cases as with none."""
        row = self._db.row(
            "SELECT waiting, set_aside, coalesce((SELECT created_at FROM outbox ORDER BY seq LIMIT 1), ''), cases, "
            "bytes FROM outbox_sums"
        )
        return Counts(*(row or (0, 0)))

    def cases(self, limit: int = 50) -> list[WaitingCase]:
        """The cases in the queue: those with something set aside first, then the oldest first."""
        rows = self._db.rows(  # put together from constants
            "SELECT c.case_id, coalesce(c.final_no, c.case_no), c.applicant, c.item_name, c.accepted_at, "  # noqa: S608
            "o.messages, o.bytes, o.set_aside, "
            "(SELECT max(m.attempts) FROM outbox AS m WHERE m.case_id = o.case_id AND m.kind <> 'rating'), "
            f"coalesce((SELECT m.kind {_FIRST_ASIDE}), ''), coalesce((SELECT m.last_error {_FIRST_ASIDE}), '') "
            "FROM (SELECT * FROM outbox_cases ORDER BY set_aside = 0, first LIMIT ?) AS o "
            "JOIN cases AS c USING (case_id) ORDER BY o.set_aside = 0, o.first",
            (limit,),
        )
        return [WaitingCase(*row) for row in rows]

    def list(self, limit: int = 500) -> list[OutboxRow]:
        """The queue as a screen may show it: what was set aside first, then the oldest first."""
        columns = "id, kind, case_no, size, created_at, attempts, due, state, last_error"
        question = f"SELECT {columns} FROM outbox {{}} WHERE state = ? ORDER BY seq LIMIT ?"  # noqa: S608  constants
        rows = self._db.rows(question.format(""), ("set_aside", limit))
        if len(rows) < limit:  # by place, without an index: it ends after so many rows, where sorting would read all
            rows += self._db.rows(question.format("NOT INDEXED"), ("waiting", limit - len(rows)))
        return [_shown(row) for row in rows]


def backoff(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s ... and never more than 5 minutes: a clerk must not wait longer once the line is back."""
    return min(timedelta(seconds=2) * (1 << min(max(attempts, 0), 8)), timedelta(minutes=5))


def _shown(row: Row) -> OutboxRow:
    message_id, kind, case_no, size, created_at, attempts, due, state, error = row
    if kind in UNSEEN_KINDS:
        case_no, size = "", 0
    return OutboxRow(message_id, kind, case_no, size, created_at, attempts, due, MessageState(state), error)


def _code(text: str) -> str:
    return text if _CODE.fullmatch(text) and not re.search(r"\d{9}", text) else "other"
