import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.window_client.store.samples import KEY
from window_client.store.database import Database
from window_client.store.journal import GENESIS, VerifyResult
from window_client.store.store import Store

Harm = Callable[[Database, int, str], None]


def fill(store: Store, entries: int = 6) -> None:
    for number in range(entries):
        store.journal.add("clerk-1", "page.shown", f"case-{number}", {"n": number})


def test_empty_journal_is_whole(store: Store) -> None:
    assert store.journal.verify() == VerifyResult(ok=True, entries=0)
    assert store.journal.head() == (0, GENESIS)


def test_each_entry_holds_the_hash_of_the_one_before(store: Store) -> None:
    fill(store, 3)

    newest, middle, oldest = store.journal.entries()

    assert (oldest.prev, middle.prev, newest.prev) == (GENESIS, oldest.hash, middle.hash)
    assert store.journal.head() == (3, newest.hash)
    assert [e.seq for e in store.journal.entries(2)] == [3, 2]
    assert store.journal.verify() == VerifyResult(ok=True, entries=3)


def test_entry_belongs_to_the_deed_and_goes_with_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():  # noqa: PT012  the rollback is the test
        store.journal.add("clerk-1", "case.accepted")
        raise ZeroDivisionError

    assert store.journal.entries() == []


def test_numbers_that_name_a_person_are_not_written_down(store: Store) -> None:
    store.journal.add(
        "clerk-1",
        "unmasked",
        "5107992026112400000010",
        {"remark": "证件 51079919900101001X 电话 13800138000", "ok": True},
        at="2026-11-24T10:00:00+08:00",
    )

    entry = store.journal.entries()[0]

    assert entry.detail == '{"ok":true,"remark":"证件 *** 电话 ***"}'
    assert entry.subject == "5107992026112400000010"
    assert store.journal.verify().ok


def change(db: Database, seq: int, column: str) -> None:
    if column == "seq":
        db.execute("UPDATE journal SET seq = 1000 + ? WHERE seq = ?", (seq, seq))
    else:
        db.execute(f"UPDATE journal SET {column} = {column} || 'x' WHERE seq = ?", (seq,))  # noqa: S608  our own names


def remove(db: Database, seq: int, _column: str) -> None:
    db.execute("DELETE FROM journal WHERE seq = ?", (seq,))


def remove_and_close_up(db: Database, seq: int, _column: str) -> None:
    db.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    db.execute("UPDATE journal SET seq = -(seq - 1) WHERE seq > ?", (seq,))
    db.execute("UPDATE journal SET seq = -seq WHERE seq < 0")


def swap(db: Database, seq: int, _column: str) -> None:
    other = seq % 6 + 1
    db.execute("UPDATE journal SET seq = -1 WHERE seq = ?", (seq,))
    db.execute("UPDATE journal SET seq = ? WHERE seq = ?", (seq, other))
    db.execute("UPDATE journal SET seq = ? WHERE seq = -1", (other,))


def repeat(db: Database, seq: int, _column: str) -> None:
    db.execute(
        "INSERT INTO journal SELECT 7, at, actor, action, subject, detail, prev, hash FROM journal WHERE seq = ?",
        (seq,),
    )


def cut_the_end(db: Database, seq: int, _column: str) -> None:
    db.execute("DELETE FROM journal WHERE seq >= ?", (seq,))


def move_the_head(db: Database, seq: int, _column: str) -> None:
    db.execute("UPDATE journal_head SET seq = ?", (seq + 6,))


@settings(max_examples=60, deadline=None)
@given(
    harm=st.sampled_from([change, remove, remove_and_close_up, swap, repeat, cut_the_end, move_the_head]),
    seq=st.integers(1, 6),
    column=st.sampled_from(["seq", "at", "actor", "action", "subject", "detail", "prev", "hash"]),
)
def test_any_harm_to_the_chain_is_found(harm: Harm, seq: int, column: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder), KEY)
        try:
            fill(store)
            assert store.journal.verify().ok

            harm(store._db, seq, column)

            result = store.journal.verify()
            assert not result.ok
            assert 1 <= result.broken_at <= 8
            assert result.reason
        finally:
            store.close()


def test_fields_cannot_be_shifted_into_each_other(store: Store) -> None:
    store.journal.add("ab", "c")
    store._db.execute("UPDATE journal SET actor = 'a', action = 'bc'")

    assert store.journal.verify() == VerifyResult(ok=False, entries=1, broken_at=1, reason="entry changed")
