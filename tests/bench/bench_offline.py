"""With ten thousand undelivered cases: start and acceptance beside an empty outbox, in turns in the same process.

The full store is as such a window would leave it: cases with ten pages each, receipts printed, one backup made. Page
files are shared between the cases, because nothing in here opens them. "Start" is a fresh process that imports the
counter, opens the store and makes the first picture of its outbox as the desk does (what of it the store takes is told
by itself); "acceptance" is the desk's transaction with the new picture of the outbox after it. Times are milliseconds.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from tests.bench.bench_store import AT, BODY, DAY, PAGES, RECEIPT, accept_once
from window_client.domain.material import PageRef
from window_client.store.blocks import Block
from window_client.store.cases import AcceptedCase
from window_client.store.prints import PrintState
from window_client.store.store import Store

CASES = 10_000
ROUNDS = 60
STARTS = 9
AT_ONCE = 200
KEY = bytes(range(32))


def pages_of(store: Store) -> tuple[PageRef, ...]:
    """Ten pages on disk, small and large."""
    return tuple(PageRef(store.pages.write(os.urandom(2_000)), size) for size in range(90_000, 900_000, 81_000))


def fill(folder: Path, cases: int) -> None:
    """A window with so many undelivered cases; many acceptances a commit, or filling would take longest of all."""
    store = Store.open(folder, KEY)
    store.blocks.add(Block("b1", DAY, 1, cases + 10 * ROUNDS))
    pages = pages_of(store)
    for start in range(0, cases, AT_ONCE):
        with store.transaction():
            for number in range(start, min(cases, start + AT_ONCE)):
                serial = store.blocks.take(DAY)
                case_no = f"51079920261124{serial:07}0"
                case = (str(uuid4()), case_no, f"v-{number}", "item-1", "个体工商户设立登记", AT, AT, BODY, RECEIPT)
                store.cases.accept(AcceptedCase(*case, "clerk-1", "12", pages))
                for job in store.prints.of_case(case_no):
                    store.prints.finish(store.prints.begin(job), PrintState.CONFIRMED)
    store.backup()
    store.close()


def picture(store: Store) -> None:
    """What the desk asks for every new picture of the outbox."""
    store.outbox.counts()
    store.outbox.cases(50)
    store.outbox.list(30)


def start(folder: Path) -> tuple[float, Store]:
    """Open the store and make the first picture."""
    begun = perf_counter()
    store = Store.open(folder, KEY)
    store.drafts.open_drafts()
    store.prints.open_jobs()
    picture(store)
    return perf_counter() - begun, store


def start_process(folder: Path) -> float:
    """The same in a process of its own, from its begin."""
    program = (
        "import sys; from pathlib import Path; import window_client.app; from tests.bench.bench_offline import start; "
        "start(Path(sys.argv[1]))[1].close()"
    )
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True)
    return perf_counter() - begun


def accept(store: Store, number: int, pages: tuple[PageRef, ...]) -> float:
    """An acceptance, and the picture of the outbox that follows it."""
    seconds = accept_once(store, number, pages)
    begun = perf_counter()
    picture(store)
    return seconds + perf_counter() - begun


def run(cases: int = CASES, rounds: int = ROUNDS) -> dict[str, float]:
    """Both stores in turns; ``start_ratio`` and ``accept_ratio`` are full to empty."""
    with tempfile.TemporaryDirectory() as name:
        empty, full = Path(name) / "empty", Path(name) / "full"
        fill(empty, 0)
        fill(full, cases)
        starts: dict[Path, list[float]] = {empty: [], full: []}
        whole: dict[Path, list[float]] = {empty: [], full: []}
        for _ in range(STARTS):
            for folder in (empty, full):
                seconds, store = start(folder)
                store.close()
                starts[folder].append(seconds * 1000)
                whole[folder].append(start_process(folder) * 1000)
        stores = {folder: Store.open(folder, KEY) for folder in (empty, full)}
        pages = {folder: pages_of(store) for folder, store in stores.items()}
        accepts: dict[Path, list[float]] = {empty: [], full: []}
        for number in range(rounds + 5):
            for folder, store in stores.items():
                accepts[folder].append(accept(store, number, pages[folder]) * 1000)
        begun = perf_counter()
        stores[full].outbox.due(datetime.now(UTC))
        due = (perf_counter() - begun) * 1000
        for store in stores.values():
            store.close()
    middle = {
        "start_empty_ms": statistics.median(whole[empty][1:]),
        "start_full_ms": statistics.median(whole[full][1:]),
        "store_open_empty_ms": statistics.median(starts[empty][1:]),
        "store_open_full_ms": statistics.median(starts[full][1:]),
        "accept_empty_ms": statistics.median(accepts[empty][5:]),
        "accept_full_ms": statistics.median(accepts[full][5:]),
        "courier_next_ms": due,
    }
    return {
        "cases": cases,
        "messages": cases * (PAGES + 1),
        **{name: round(value, 2) for name, value in middle.items()},
        "start_ratio": round(middle["start_full_ms"] / middle["start_empty_ms"], 2),
        "accept_ratio": round(middle["accept_full_ms"] / middle["accept_empty_ms"], 2),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*(int(text) for text in sys.argv[1:]))) + "\n")
