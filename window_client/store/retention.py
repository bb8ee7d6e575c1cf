"""Removing what the window need not keep: cases that the centre has, after their time, and pages nobody refers to."""

import hashlib
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from window_client.domain.material import PageRef
from window_client.domain.visit import Draft
from window_client.store.database import Database, transaction
from window_client.store.drafts import Drafts
from window_client.store.pages import Pages

AT_ONCE = 50
"""Cases that one transaction removes."""


DAMAGED = "damaged"
"""Where a restoration puts what it replaces, in the store's folder."""

DAMAGED_KEPT = timedelta(days=30)
"""How long that stays where everything came back: time for somebody to look why it was damaged. They hold people."""


class Purged(msgspec.Struct, frozen=True):
    """How much was removed."""

    cases: int
    pages: int


def purge(db: Database, pages: Pages, *, delivered_before: datetime) -> Purged:
    """Remove the cases delivered before a moment and wholly: no message of theirs queued, no print job open.

    Their print jobs and pages go with them; the journal stays. So do pages that no draft, case or message refers to,
    if they are older than the same moment. A camera's original goes once the centre has acknowledged its page.
    """
    cases = 0
    while True:  # a few in each transaction: whoever accepts a case waits for none of them long
        gone = _purge_some(db, delivered_before)
        cases += gone
        if gone < AT_ONCE:
            break
    if Drafts(db).unreadable():  # their pages cannot be told: keep all
        return Purged(cases, 0)
    return Purged(cases, pages.purge(referred(db), delivered_before))


def _purge_some(db: Database, delivered_before: datetime) -> int:
    with transaction(db, "purge"):
        gone = db.rows(
            "SELECT case_id, case_no FROM cases WHERE delivered_at <> '' AND julianday(delivered_at) < julianday(?) "
            "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = cases.case_id) "
            "AND NOT EXISTS (SELECT 1 FROM prints WHERE prints.case_no = cases.case_no "
            "AND prints.state IN ('waiting', 'sending', 'unknown', 'failed_before')) LIMIT ?",
            (delivered_before.isoformat(), AT_ONCE),
        )
        for case_id, case_no in gone:
            db.execute("DELETE FROM prints WHERE case_no = ?", (case_no,))
            db.execute("DELETE FROM notices WHERE case_no = ?", (case_no,))
            db.execute("DELETE FROM cases WHERE case_id = ?", (case_id,))  # its pages' rows follow
            db.tell("purged", case_id, "")
    return len(gone)


def purge_damaged(folder: Path, *, before: datetime | None = None) -> int:
    """Remove what restorations put aside before a moment (``DAMAGED_KEPT`` ago); returns how many things.

    Where something could not be brought back (its log lies with it) it stays until a person takes it away.
    """
    limit = (before or datetime.now(UTC) - DAMAGED_KEPT).timestamp()
    gone = 0
    for path in [*(folder / DAMAGED).glob("[0-9]*-[0-9]*"), *(folder / DAMAGED / "pages").glob("*")]:
        with suppress(OSError):
            if path.stat().st_mtime >= limit or (path / "log").exists():
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            gone += 1
    return gone


def referred(db: Database) -> set[str]:
    """The digests of all page files that something in the store still needs."""
    needed: set[str] = set()
    for draft in Drafts(db).open_drafts():
        needed |= _of_draft(draft)
    queued = (
        "EXISTS (SELECT 1 FROM outbox AS o WHERE o.case_id = p.case_id AND o.kind = 'page' AND instr(o.body, p.digest))"
    )
    for body, waits in db.rows(f"SELECT page, {queued} FROM case_pages AS p"):  # noqa: S608  a constant
        page = msgspec.json.decode(body, type=PageRef)
        needed |= _files([page]) if waits else {page.digest, page.thumbnail}
    return needed - {""}


def unacknowledged(db: Database) -> set[str]:
    """The digests of the page files that the centre does not have yet: of open visits, and of what waits to be sent."""
    needed: set[str] = set()
    for draft in Drafts(db).open_drafts():
        needed |= _of_draft(draft)
    for (body,) in db.rows("SELECT body FROM outbox WHERE kind = 'page'"):
        needed.add(str(msgspec.json.decode(body)["digest"]))
    return needed - {""}


def _of_draft(draft: Draft) -> set[str]:
    rows = [page for row in draft.checklist.rows for page in row.pages]
    return _files([*rows, *draft.checklist.unsorted]) | _of_signature(draft)


def _of_signature(draft: Draft) -> set[str]:
    """Its picture, and its strokes, which are a file of their own."""
    if draft.signature is None:
        return set()
    return {draft.signature.picture, hashlib.sha256(msgspec.json.encode(draft.signature.strokes)).hexdigest()}


def _files(refs: Iterable[PageRef]) -> set[str]:
    return {name for page in refs for name in page.files}
