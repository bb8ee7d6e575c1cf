"""Who did what and when, as a hash chain: an entry changed, taken out, put in or moved breaks it.

The hash of an entry is SHA-256 over the JSON array of all its fields and the hash before it. The head (number and hash
of the last entry) is kept apart, so that entries cut from the end are missed too. Whoever can open the database could
write a whole new chain: send ``head()`` to the centre from time to time and compare.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

import msgspec

from window_client.store.database import Database, transaction
from window_client.store.moments import now
from window_client.store.scrub import scrubbed

GENESIS = "0" * 64
"""The hash before the first entry."""

Detail = Mapping[str, str | int | bool]


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal. ``subject`` is an id (case, visit, page), never a person."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    prev: str
    hash: str


class VerifyResult(msgspec.Struct, frozen=True):
    """``broken_at`` is the number of the first entry that does not fit, 0 if all do."""

    ok: bool
    entries: int
    broken_at: int = 0
    reason: str = ""


class Journal:
    """The chain in its table. Entries are added inside the caller's transaction, so deed and entry commit together."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, actor: str, action: str, subject: str = "", detail: Detail | None = None, *, at: str = "") -> Entry:
        """Add an entry; ``detail`` says what is due and no more, ``at`` is ISO 8601 (now if empty).

        Numbers that name a person are replaced by ``***``.
        """
        clean = {k: scrubbed(v) if isinstance(v, str) else v for k, v in (detail or {}).items()}
        text = json.dumps(clean, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        with transaction(self._db, "journal"):
            seq, prev = self.head()
            seq += 1
            fields = (seq, at or now(), actor, action, scrubbed(subject), text, prev)
            entry = Entry(*fields, hash=_hash(fields))
            self._db.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*fields, entry.hash))
            self._db.execute("UPDATE journal_head SET seq = ?, hash = ?", (seq, entry.hash))
            self._db.tell("entry", str(seq), entry)
        return entry

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry."""
        row = self._db.row("SELECT seq, hash FROM journal_head")
        return (int(row[0]), str(row[1])) if row else (0, GENESIS)

    def entries(self, limit: int = 200, *, action: str = "") -> list[Entry]:
        """The last ``limit`` entries, the newest first; only those of one kind of deed if ``action`` is given."""
        question = "SELECT * FROM journal WHERE ? IN ('', action) ORDER BY seq DESC LIMIT ?"
        return [Entry(*row) for row in self._db.rows(question, (action, limit))]

    def since(self, seq: int) -> list[Entry]:
        """The entries after number ``seq``, in order."""
        return [Entry(*row) for row in self._db.rows("SELECT * FROM journal WHERE seq > ? ORDER BY seq", (seq,))]

    def newest_first(self, after: int) -> Iterator[Entry]:
        """The entries after number ``after``, the last one first."""
        for seq in range(self.head()[0], after, -1):
            row = self._db.row("SELECT * FROM journal WHERE seq = ?", (seq,))
            if row is not None:
                yield Entry(*row)

    def verify(self) -> VerifyResult:
        """Walk the whole chain and say where it breaks first."""
        expected, prev = 1, GENESIS
        rows = self._db.rows("SELECT seq, at, actor, action, subject, detail, prev, hash FROM journal ORDER BY seq")
        for *fields, found in rows:
            if fields[0] != expected:
                return VerifyResult(ok=False, entries=len(rows), broken_at=expected, reason="entry missing")
            if fields[-1] != prev:
                return VerifyResult(ok=False, entries=len(rows), broken_at=expected, reason="does not follow")
            if _hash(tuple(fields)) != found:
                return VerifyResult(ok=False, entries=len(rows), broken_at=expected, reason="entry changed")
            expected, prev = expected + 1, found
        if self.head() != (expected - 1, prev):
            return VerifyResult(ok=False, entries=len(rows), broken_at=expected, reason="end missing")
        return VerifyResult(ok=True, entries=len(rows))


def _hash(fields: tuple[object, ...]) -> str:
    # A JSON array keeps the borders between the fields: ("ab", "c") and ("a", "bc") differ.
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
