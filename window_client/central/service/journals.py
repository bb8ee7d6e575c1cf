"""How far each window's journal was when it last wrote here: a journal cut or written anew at the window shows.

With every write a window sends number and hash of its journal's last entry (header ``Journal-Head``). They are kept.
A number that comes back with another hash was written anew; a number that stays behind for a while was cut off. Both
are noted once, logged, and told in the feed as an event of kind ``journal``; the window itself is served as always.
"""

import logging
import re
import sqlite3

from window_client.central.service.call import Call, publish

log = logging.getLogger("central")

LATE = 60.0
"""Seconds within which an older head may come after a newer one: two threads of a window write at once."""

_HEAD = re.compile(r"([1-9][0-9]{0,11}):([0-9a-f]{64})")


def note(call: Call, head: str) -> None:
    """Compare what a window says of its journal with what it said before, and keep it."""
    found = _HEAD.fullmatch(head)
    window = call.who.window if call.who is not None else 0
    if found is None or not window:
        return
    seq, digest = int(found.group(1)), found.group(2)
    same = call.db.execute(
        "SELECT hash FROM journal_heads WHERE hall = ? AND window = ? AND seq = ?", (call.hall, window, seq)
    ).fetchone()
    last = call.db.execute(
        "SELECT seq, at FROM journal_heads WHERE hall = ? AND window = ? ORDER BY seq DESC LIMIT 1", (call.hall, window)
    ).fetchone()
    if same is not None:
        if same["hash"] != digest:
            _broken(call, window, seq, "written anew")
            call.db.execute(
                "UPDATE journal_heads SET hash = ?, at = ? WHERE hall = ? AND window = ? AND seq = ?",
                (digest, call.seconds, call.hall, window, seq),
            )
    else:
        if last is not None and seq < last["seq"] and call.seconds - last["at"] > LATE:
            _broken(call, window, seq, "cut off")
            call.db.execute(
                "DELETE FROM journal_heads WHERE hall = ? AND window = ? AND seq > ?", (call.hall, window, seq)
            )
        call.db.execute(
            "INSERT INTO journal_heads VALUES (?, ?, ?, ?, ?)", (call.hall, window, seq, digest, call.seconds)
        )


def breaks(db: sqlite3.Connection) -> list[tuple[int, int, str]]:
    """Window, number and reason of every break that was noted, in their order."""
    rows = db.execute("SELECT window, seq, reason FROM journal_breaks ORDER BY at").fetchall()
    return [(row["window"], row["seq"], row["reason"]) for row in rows]


def _broken(call: Call, window: int, seq: int, reason: str) -> None:
    log.warning("the journal of window %d was %s at entry %d", window, reason, seq)
    call.db.execute("INSERT INTO journal_breaks VALUES (?, ?, ?, ?, ?)", (call.hall, window, seq, reason, call.seconds))
    publish(call, "journal", window=window, seq=seq, reason=reason)
