"""One visit from the first page to its delivery, done as the program does it: what was done before is not done again.

Every line printed is a promise made to somebody, after the deed it tells of.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.unit.window_client.store.samples import DAY, KEY, accepted, case_id, case_no, draft, page
from window_client.domain.material import PageRef
from window_client.store.blocks import Block
from window_client.store.outbox import Message
from window_client.store.prints import PrintState
from window_client.store.signins import KnownClerk
from window_client.store.store import Store


def now() -> datetime:
    """Asked anew each time: between collecting a test and running it minutes may pass."""
    return datetime.now(UTC)


def say(*words: object) -> None:
    print(*words, flush=True)


def receive(store: Store) -> None:
    """Scan, type, accept."""
    store.blocks.add(Block("b1", DAY, 1, 9))
    store.blocks.add(Block("b2", DAY, 1, 9, kind="document"))
    say("leased")
    refs = []
    for number in (1, 2):
        refs.append(PageRef(store.pages.write(page(number)), 2000))
        say("page", refs[-1].digest)
    if store.cases.by_id(case_id(1)) is None:
        store.drafts.save(draft(1, pages=tuple(refs)))
        say("draft")
        with store.transaction("accept"):
            serial = store.blocks.take(DAY)
            assert serial is not None
            store.cases.accept(accepted(1, serial=serial, pages=tuple(refs), keep=draft(1, pages=tuple(refs))))
    say("accepted", store.cases.recent()[0].case_no)


def print_receipts(store: Store) -> None:
    """The original, then one copy. In doubt the clerk of this test says that nothing came out."""
    while jobs := store.prints.open_jobs():
        job = jobs[0]
        if job.state is PrintState.UNKNOWN:
            store.prints.finish(job, PrintState.FAILED_BEFORE)
        store.prints.begin(job)
        say("begun", job.id)
        store.prints.progress(job, 1, 1)
        store.prints.finish(job, PrintState.CONFIRMED)
        say("printed", job.id)
        if len(store.prints.of_case(case_no(1))) == 1:
            say("copy", store.prints.new_copy(case_no(1)).id)
    if len(store.prints.of_case(case_no(1))) == 1:
        say("copy", store.prints.new_copy(case_no(1)).id)
        print_receipts(store)


def send(store: Store) -> None:
    """Deliver everything; what was delivered and not noted is delivered again, under the same key."""
    courier = store.second_connection()
    for message in courier.outbox.due(now(), limit=1):
        courier.outbox.postpone(message.id, now(), "no_answer")
    while due := courier.outbox.due(now() + timedelta(minutes=1)):
        for message in due:
            say("sent", message.id)
            courier.outbox.delivered(message.id)
            say("delivered", message.id)
    courier.cases.mark_delivered(case_id(1), "N43", "accepted", now().isoformat())
    say("known")
    courier.close()


def finish(store: Store) -> None:
    """The visit's end, and the small things of a day."""
    say("document", store.blocks.take(DAY, "document"))
    say("provisional", store.blocks.take_provisional("A01", DAY))
    store.journal.add("clerk-1", "signed_out")
    store.cache.put("clock", b"0")
    say("cached")
    store.outbox.put(Message("notice", "notice", b"{}"), now=now())
    store.outbox.set_aside("notice", "refused")
    say("aside")
    signing_in = store.second_connection()
    signing_in.signins.put(KnownClerk("1203", "王芳", ("clerk",), b"salt", b"verifier", 16, 1.0), seen=2.0)
    signing_in.close()
    say("remembered")
    store.drafts.close("visit-1")
    say("closed")
    store.purge(delivered_before=now() - timedelta(days=30))


def work(store: Store) -> None:
    receive(store)
    print_receipts(store)
    send(store)
    finish(store)


def main() -> None:
    store = Store.open(Path(sys.argv[1]), KEY)
    work(store)
    store.close()


if __name__ == "__main__":
    main()
