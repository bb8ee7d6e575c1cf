"""Leased blocks of serials for case numbers and documents, and the provisional sequence when none is left.

A serial is given out once, whatever happens after: it is used up by a commit, with the case it is for when ``take`` is
called inside the accept transaction (nothing is lost then), else alone (a crash leaves a gap, never a double).
"""

import msgspec

from window_client.store.database import Database, transaction


class Block(msgspec.Struct, frozen=True):
    """Serials ``first`` to ``last``, both included, leased for one day (ISO date). ``id`` is the lease's own."""

    id: str
    day: str
    first: int
    last: int
    kind: str = "case"


class Blocks:
    """What is left of the leases of this window."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, block: Block) -> bool:
        """Keep a lease; False if it is known already, which changes nothing.

        Raises:
            ValueError: it is empty, or holds a serial of another lease: that one would be given out twice.
        """
        if not 0 <= block.first <= block.last:
            raise ValueError(f"block {block.id} is empty")
        with transaction(self._db, "block_add"):
            known = self._db.row("SELECT kind, day, first, last FROM blocks WHERE id = ?", (block.id,))
            if known is not None:
                if known != (block.kind, block.day, block.first, block.last):
                    raise ValueError(f"block {block.id} is known with other serials")
                return False
            other = self._db.row(
                "SELECT id FROM blocks WHERE kind = ? AND day = ? AND first <= ? AND last >= ?",
                (block.kind, block.day, block.last, block.first),
            )
            if other is not None:
                raise ValueError(f"block {block.id} overlaps block {other[0]}")
            self._db.execute(
                "INSERT INTO blocks (id, kind, day, first, last, next) VALUES (?, ?, ?, ?, ?, ?)",
                (block.id, block.kind, block.day, block.first, block.last, block.first),
            )
        return True

    def take(self, day: str, kind: str = "case") -> int | None:
        """The next leased serial of the day, used up with the transaction; None if none is left."""
        with transaction(self._db, "block_take"):
            row = self._db.row(
                "SELECT id, next FROM blocks WHERE kind = ? AND day = ? AND next <= last ORDER BY first LIMIT 1",
                (kind, day),
            )
            if row is None:
                return None
            self._db.execute("UPDATE blocks SET next = next + 1 WHERE id = ?", (row[0],))
            return int(row[1])

    def left(self, day: str, kind: str = "case") -> int:
        """How many serials of the day are left."""
        question = "SELECT coalesce(sum(last - next + 1), 0) FROM blocks WHERE kind = ? AND day = ?"
        return int(self._db.one(question, (kind, day)))

    def take_provisional(self, window: str, day: str) -> int:
        """The next number of the window's own sequence for the day, from 1; used up with the transaction."""
        with transaction(self._db, "provisional"):
            self._db.execute(
                "INSERT INTO provisional (window, day, last) VALUES (?, ?, 1) "
                "ON CONFLICT (window, day) DO UPDATE SET last = last + 1",
                (window, day),
            )
            return int(self._db.one("SELECT last FROM provisional WHERE window = ? AND day = ?", (window, day)))
