import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tests.unit.window_client.store.samples import accepted, case_id, case_no, draft, page
from window_client.domain.material import PageRef
from window_client.domain.visit import Signature
from window_client.store.prints import PrintState
from window_client.store.retention import Purged, purge_damaged
from window_client.store.store import Store

LATER = datetime(2027, 3, 1, tzinfo=UTC)
DELIVERED = "2026-11-24T10:20:00+08:00"


def scan(store: Store, number: int) -> PageRef:
    names = [store.pages.write(page(number * 10 + part)) for part in range(3)]
    for name in names:
        file = store.pages._path(name)
        os.utime(file, (0, 0))  # scanned long ago
    return PageRef(names[0], 2000, original=names[1], thumbnail=names[2])


def deliver(store: Store, number: int) -> None:
    for message in store.outbox.due(datetime.now(UTC), limit=100):
        if message.case_id == case_id(number):
            store.outbox.delivered(message.id)
    store.cases.mark_delivered(case_id(number), "", "accepted", DELIVERED)


def printed(store: Store) -> None:
    for job in store.prints.open_jobs():
        store.prints.begin(job)
        store.prints.finish(job, PrintState.CONFIRMED)


def test_case_that_the_centre_has_goes_after_its_time_with_all_that_belongs_to_it(store: Store) -> None:
    store.cases.accept(accepted(1, pages=(scan(store, 1),)))
    printed(store)
    deliver(store, 1)
    accepted_entry = store.journal.entries()[-1]

    assert store.purge(delivered_before=datetime(2026, 11, 24, 2, 20, tzinfo=UTC)).cases == 0
    assert store.purge(delivered_before=LATER) == Purged(1, 2)

    assert store.cases.get(case_no(1)) is None
    assert store.cases.pages(case_id(1)) == ()
    assert store.prints.of_case(case_no(1)) == []
    assert store.pages.digests() == set()
    newest, *_, oldest = store.journal.entries()
    assert oldest == accepted_entry, "the journal stays"
    assert (newest.action, newest.detail) == ("store.purged", '{"cases":1,"pages":2}')


def test_nothing_goes_while_a_message_or_a_receipt_is_open(store: Store) -> None:
    store.cases.accept(accepted(1, pages=(scan(store, 1),)))
    store.cases.mark_delivered(case_id(1), "", "accepted", DELIVERED)
    printed(store)
    assert store.purge(delivered_before=LATER) == Purged(0, 0)

    store.cases.accept(accepted(2, pages=(scan(store, 2),)))
    deliver(store, 2)
    assert store.purge(delivered_before=LATER).cases == 0
    assert len(store.cases.recent()) == 2


def test_original_goes_when_its_page_is_acknowledged_and_the_page_stays_with_the_case(store: Store) -> None:
    ref = scan(store, 1)
    store.cases.accept(accepted(1, pages=(ref,)))
    assert store.purge(delivered_before=LATER) == Purged(0, 0)

    for message in store.outbox.due(datetime.now(UTC)):
        store.outbox.delivered(message.id)

    assert store.purge(delivered_before=LATER) == Purged(0, 1)
    assert store.pages.digests() == {ref.digest, ref.thumbnail}


def test_pages_of_a_draft_and_its_signature_stay(store: Store) -> None:
    ref, signature, nobody = scan(store, 1), scan(store, 2).digest, scan(store, 3)
    open_visit = draft(1, pages=(ref,))
    store.drafts.save(
        open_visit.__class__(
            **{name: getattr(open_visit, name) for name in open_visit.__struct_fields__}
            | {"signature": Signature("d", signature, (), "")}
        )
    )

    store.purge(delivered_before=LATER)

    assert store.pages.digests() == {ref.digest, ref.original, ref.thumbnail, signature}
    assert nobody.digest not in store.pages.digests()


def test_page_that_was_just_scanned_stays_even_if_no_draft_names_it_yet(store: Store) -> None:
    digest = store.pages.write(page(1))

    store.purge(delivered_before=datetime.now(UTC) - timedelta(minutes=1))

    assert store.pages.digests() == {digest}


def test_while_a_draft_cannot_be_read_no_page_goes(store: Store) -> None:
    scan(store, 1)
    store._db.execute("INSERT INTO drafts VALUES ('visit-9', x'7b7d', '2026')")

    assert store.purge(delivered_before=LATER) == Purged(0, 0)
    assert len(store.pages.digests()) == 3


def test_the_originals_of_both_sides_of_a_card_stay_as_long_as_the_sheet_waits(store: Store) -> None:
    sides = [scan(store, number) for number in (4, 5)]
    sheet = msgspec.structs.replace(scan(store, 6), parts=tuple(side.original for side in sides))
    store.cases.accept(accepted(1, pages=(sheet,)))

    store.purge(delivered_before=LATER)
    assert set(sheet.files) <= store.pages.digests()
    assert sides[0].digest not in store.pages.digests(), "nobody refers to the single side any longer"

    deliver(store, 1)
    printed(store)
    store.purge(delivered_before=LATER)
    assert store.pages.digests() == set()


def test_what_a_restoration_put_aside_goes_after_its_time_unless_something_did_not_come_back(tmp_path: Path) -> None:
    whole, holed = tmp_path / "damaged" / "20261101-080000-1", tmp_path / "damaged" / "20261101-090000-1"
    (holed / "log").mkdir(parents=True)
    whole.mkdir()
    (whole / "store.db").write_bytes(b"x")
    (tmp_path / "damaged" / "pages").mkdir()
    (tmp_path / "damaged" / "pages" / "page").write_bytes(b"x")

    assert purge_damaged(tmp_path) == 0, "they are young"
    assert purge_damaged(tmp_path, before=datetime.now(UTC) + timedelta(days=1)) == 2
    assert holed.exists()
    assert not whole.exists()
