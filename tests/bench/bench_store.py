"""How long an acceptance takes with its ten pages already on disk, beside a bare synced commit of the same rows.

Both run in turns in the same process on the same disk, so that their relation means something where the figures
alone do not. Run as a program it prints one JSON object; times are milliseconds.
"""

import json
import os
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlcipher3 import dbapi2

from window_client.domain.material import PageRef
from window_client.domain.visit import Draft, State, TicketRef
from window_client.store.blocks import Block
from window_client.store.cases import AcceptedCase
from window_client.store.store import Store

ROUNDS = 200
PAGES = 10
PAGE_BYTES = 300_000
BODY = b"x" * 20_000
RECEIPT = b"x" * 3_000
DAY = "2026-11-24"
AT = "2026-11-24T10:15:00+08:00"


def accept_once(store: Store, number: int, pages: tuple[PageRef, ...]) -> float:
    """Save a draft as the visit does, then time the acceptance alone."""
    draft = Draft(f"visit-{number}", str(uuid4()), TicketRef(), AT, state=State.SUBMITTED)
    store.drafts.save(draft)
    start = perf_counter()
    with store.transaction("accept"):
        serial = store.blocks.take(DAY)
        store.cases.accept(
            AcceptedCase(
                draft.case_id,
                f"51079920261124{serial:07}0",
                draft.visit_id,
                "item-1",
                "个体工商户设立登记",
                AT,
                AT,
                BODY,
                RECEIPT,
                "clerk-1",
                "A01",
                pages,
                draft=draft,
            )
        )
    return perf_counter() - start


class BareCommit:
    """The rows of an acceptance as they lie in the store, in a plain database with the same settings."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._db = dbapi2.connect(str(path), isolation_level=None)
        for setting in (f"key = \"x'{key.hex()}'\"", "journal_mode = WAL", "synchronous = FULL"):
            self._db.execute(f"PRAGMA {setting}").fetchall()
        self._db.execute("CREATE TABLE bare (seq INTEGER PRIMARY KEY, table_name TEXT, content BLOB)")

    def once(self, rows: list[bytes]) -> float:
        """Insert as many rows of the same sizes and commit."""
        start = perf_counter()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT INTO bare (table_name, content) VALUES ('bare', ?)", [(row,) for row in rows])
        self._db.execute("COMMIT")
        return perf_counter() - start

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def rows_of_one() -> list[bytes]:
    """Bytes of the rows of one acceptance: case, its page rows, messages, print job, journal entry, draft, block."""
    page_rows = [b"x" * 250] * PAGES
    page_messages = [b"x" * 400] * PAGES
    return [BODY, *page_rows, BODY, *page_messages, RECEIPT, b"x" * 300, b"x" * 500, b"x" * 60]


def figures(name: str, times: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {
        f"{name}_median_ms": round(statistics.median(times) * 1000, 3),
        f"{name}_p95_ms": round(statistics.quantiles(times, n=20)[-1] * 1000, 3),
    }


def run(rounds: int = ROUNDS) -> dict[str, float]:
    """Accept and commit barely in turns; returns the figures of both and the relation of their medians."""
    with tempfile.TemporaryDirectory() as name:
        folder, key = Path(name), os.urandom(32)
        store = Store.open(folder / "store", key)
        bare = BareCommit(folder / "bare.db", key)
        store.blocks.add(Block("b1", DAY, 1, rounds + 10))
        scans: list[float] = []
        pages: list[PageRef] = []
        for _ in range(PAGES):
            data = os.urandom(PAGE_BYTES)
            start = perf_counter()
            pages.append(PageRef(store.pages.write(data), PAGE_BYTES))
            scans.append(perf_counter() - start)
        accepts: list[float] = []
        commits: list[float] = []
        for number in range(rounds + 5):
            accepts.append(accept_once(store, number, tuple(pages)))
            commits.append(bare.once(rows_of_one()))
        bare.close()
        store.close()
    accepts, commits = accepts[5:], commits[5:]  # the first ones fill caches
    return {
        "rounds": rounds,
        "pages": PAGES,
        "page_bytes": PAGE_BYTES,
        **figures("accept", accepts),
        **figures("bare_commit", commits),
        "accept_to_bare": round(statistics.median(accepts) / statistics.median(commits), 2),
        "page_write_median_ms": round(statistics.median(scans) * 1000, 3),
    }


if __name__ == "__main__":
    print(json.dumps(run()))
