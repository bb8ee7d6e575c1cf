"""What can still be read in a damaged database, for where backup and log lack something.

A page that does not fit its seal stops a question in the middle. Asked from both ends, a table gives the rows before
the first and behind the last such page.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from window_client.domain.material import PageRef
from window_client.store.cases import AcceptedCase, Cases
from window_client.store.database import Database, connect
from window_client.store.errors import StoreError

TABLES = {"cases": "seq", "case_pages": "case_id, place", "prints": "id"}
"""Tables that are looked through, with their order. The journal is not: a chain with a hole says nothing."""

NO_RECEIPT = b"[]"
"""The document of a receipt that cannot be read any more: an empty paper."""

SKIPPED = 500
"""Own numbers of a day that are left out, more than a window gives out in one."""


def salvage(damaged: Path, key: bytes, db: Database) -> int:
    """Put into ``db`` the cases that only the damaged file has; returns how many.

    All their messages are queued anew, whatever the damaged outbox says: the centre takes a repetition as one.
    """
    there = Cases(db)
    known = {str(row[0]) for row in db.rows("SELECT case_id FROM cases")}
    pages: dict[str, list[tuple[int, PageRef]]] = {}
    for row in _readable(damaged, key, "case_pages"):
        if row["case_id"] not in known:
            page = msgspec.json.decode(row["page"], type=PageRef)
            pages.setdefault(str(row["case_id"]), []).append((row["place"], page))
    receipts = {str(row["case_no"]): row["document"] for row in _readable(damaged, key, "prints") if not row["copy"]}
    taken = 0
    for row in _readable(damaged, key, "cases"):
        case_id = str(row["case_id"])
        if case_id in known:
            continue
        own = tuple(page for _, page in sorted(pages.get(case_id, []), key=lambda one: one[0]))
        facts = {name: row[name] for name in AcceptedCase.__struct_fields__ if name in row}
        facts["provisional"] = bool(row["provisional"])
        receipt = receipts.get(str(row["case_no"]), NO_RECEIPT)
        case = AcceptedCase(**facts, receipt=receipt, pages=own or _told_of(row["body"]))
        if there.put_back(case):
            taken += 1
            if row["delivered_at"]:
                there.mark_delivered(
                    case_id, row["national_no"], row["state"], row["delivered_at"], final_no=row["final_no"] or ""
                )
    return taken


def _told_of(body: bytes) -> tuple[PageRef, ...]:
    """The pages that a case's message names, where their own rows cannot be read."""
    try:
        message = msgspec.json.decode(body)
        return tuple(PageRef(page["digest"], page["size"]) for row in message["rows"] for page in row["pages"])
    except (msgspec.MsgspecError, KeyError, TypeError):
        return ()


def no_number_twice(damaged: Path, key: bytes, db: Database) -> None:
    """After a hole in what is known nobody can say which serials were used: leases are dropped, own numbers skip on.

    The window leases new serials when the line is there; until then its own sequence goes on far behind its last one.
    """
    db.execute("DELETE FROM blocks")
    for row in _rows(damaged, key, "SELECT window, day, last FROM provisional"):
        db.execute(
            "INSERT INTO provisional (window, day, last) VALUES (?, ?, ?) "
            "ON CONFLICT (window, day) DO UPDATE SET last = max(last, excluded.last)",
            (row["window"], row["day"], row["last"]),
        )
    db.execute("UPDATE provisional SET last = last + ?", (SKIPPED,))


def _readable(damaged: Path, key: bytes, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table that can be read, each once, in their order from the beginning, then from the end."""
    seen: set[tuple[object, ...]] = set()
    order = [name.strip() for name in TABLES[table].split(",")]
    for way in ("ASC", "DESC"):
        by = ", ".join(f"{name} {way}" for name in order)
        for row in _rows(damaged, key, f"SELECT * FROM {table} ORDER BY {by}"):  # noqa: S608  names of ours
            place = tuple(row[name] for name in order)
            if place not in seen:
                seen.add(place)
                yield row


def _rows(damaged: Path, key: bytes, question: str) -> Iterator[dict[str, Any]]:
    """On a connection of its own: after the first damaged page SQLCipher answers nothing more on the same one."""
    try:
        old = connect(damaged, key, only_look=True)
    except StoreError:
        return
    try:
        yield from old.until_trouble(question)
    finally:
        with suppress(StoreError):
            old.close()
