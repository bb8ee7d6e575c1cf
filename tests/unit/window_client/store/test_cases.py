from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlcipher3 import dbapi2

from tests.unit.window_client.store.samples import DAY, accepted, case_id, case_no, draft
from window_client.domain.material import PageRef
from window_client.domain.visit import State
from window_client.store.blocks import Block
from window_client.store.cases import AlreadyAccepted, DayCounts, receipt_job
from window_client.store.prints import PrintState
from window_client.store.store import Store


def test_accepted_case_has_row_messages_print_job_and_journal_entry_and_no_draft(store: Store) -> None:
    store.drafts.save(draft(1))
    pages = (PageRef("a" * 64, 300, source="scanner"), PageRef("b" * 64, 200))

    store.cases.accept(accepted(1, pages=pages))

    row = store.cases.get(case_no(1))
    assert row is not None
    assert (row.case_id, row.applicant, row.unsent, row.set_aside, row.state) == (case_id(1), "张*", 3, 0, "")
    assert row == store.cases.by_id(case_id(1))
    assert store.cases.pages(case_id(1)) == pages
    assert store.cases.body(case_id(1)) == b'{"case":1}'
    assert [(j.case_no, j.copy, j.document, j.state) for j in store.prints.open_jobs()] == [
        (case_no(1), 0, b"receipt 1", PrintState.WAITING)
    ]
    entry = store.journal.entries()[0]
    assert (entry.action, entry.actor, entry.subject, entry.detail) == (
        "case.accepted",
        "clerk-1",
        case_no(1),
        '{"pages":2}',
    )
    assert store.drafts.open_drafts() == []


def test_visit_goes_on_after_acceptance_where_a_draft_is_given(store: Store) -> None:
    store.drafts.save(draft(1))
    submitted = draft(1).__class__(
        visit_id="visit-1", case_id=case_id(1), ticket=draft(1).ticket, started_at="", state=State.SUBMITTED
    )

    store.cases.accept(accepted(1, keep=submitted))

    assert [d.state for d in store.drafts.open_drafts()] == [State.SUBMITTED]


def test_the_same_acceptance_again_changes_nothing(store: Store) -> None:
    store.cases.accept(accepted(1))
    before = (store.cases.recent(), store.outbox.list(), store.prints.open_jobs(), store.journal.head())

    store.cases.accept(accepted(1))

    assert (store.cases.recent(), store.outbox.list(), store.prints.open_jobs(), store.journal.head()) == before


def test_second_acceptance_under_another_number_is_refused_and_gives_the_number_back(store: Store) -> None:
    store.blocks.add(Block("b1", DAY, 1, 9))
    store.cases.accept(accepted(1))
    store.drafts.save(draft(1))

    with pytest.raises(AlreadyAccepted) as caught, store.transaction("accept"):  # noqa: PT012  the commit is the test
        assert store.blocks.take(DAY) == 1
        store.cases.accept(accepted(1, serial=5))

    assert caught.value.case_no == case_no(1)
    assert store.blocks.left(DAY) == 9
    assert len(store.cases.recent()) == 1


def test_one_number_cannot_stand_on_two_cases(store: Store) -> None:
    store.cases.accept(accepted(1))
    store.drafts.save(draft(2))

    with pytest.raises(dbapi2.IntegrityError, match="UNIQUE"):
        store.cases.accept(accepted(2, serial=1))

    assert len(store.cases.recent()) == 1
    assert store.outbox.counts().waiting == 1
    assert [d.visit_id for d in store.drafts.open_drafts()] == ["visit-2"]


def harm_messages(store: Store) -> None:
    store._db.execute("ALTER TABLE outbox RENAME TO away")


def harm_prints(store: Store) -> None:
    store.prints.add(receipt_job(case_id(1)), case_no(9), b"")


def harm_journal(store: Store) -> None:
    store._db.execute("INSERT INTO journal SELECT 1, '', '', '', '', '', '', ''")


def harm_drafts(store: Store) -> None:
    store._db.execute("ALTER TABLE drafts RENAME TO away")


@pytest.mark.parametrize("harm", [harm_messages, harm_prints, harm_journal, harm_drafts])
def test_acceptance_that_fails_at_any_of_its_steps_leaves_nothing(store: Store, harm: Callable[[Store], None]) -> None:
    harm(store)
    tables = ("cases", "case_pages", "prints", "journal", "outbox", "drafts")
    there = [row[0] for row in store._db.rows("SELECT name FROM sqlite_schema") if row[0] in tables]
    before = [store._db.rows(f"SELECT * FROM {table}") for table in there]  # noqa: S608  our own names

    with pytest.raises(dbapi2.Error):
        store.cases.accept(accepted(1, pages=(PageRef("a" * 64, 1),)))

    assert [store._db.rows(f"SELECT * FROM {table}") for table in there] == before  # noqa: S608


def test_recent_cases_come_newest_first(store: Store) -> None:
    for number in (1, 2, 3):
        store.cases.accept(accepted(number))

    assert [c.case_no for c in store.cases.recent(2)] == [case_no(3), case_no(2)]


def test_delivery_is_noted_once_and_states_never_go_back(store: Store) -> None:
    store.cases.accept(accepted(1))

    assert store.cases.mark_delivered(case_id(1), "N43", "accepted", "2026-11-24T10:20:00+08:00")
    assert store.cases.mark_delivered(case_id(1), "", "decided", "2026-11-24T11:00:00+08:00")
    assert store.cases.mark_delivered(case_id(1), "", "in_review", "2026-11-24T02:30:00+00:00")

    row = store.cases.get(case_no(1))
    assert row is not None
    assert (row.national_no, row.state, row.delivered_at) == ("N43", "decided", "2026-11-24T10:20:00+08:00")
    assert not store.cases.mark_delivered(case_id(7), "", "accepted", "2026-11-24T10:20:00+08:00")


def test_provisional_number_and_the_final_one_both_find_the_case(store: Store) -> None:
    store.cases.accept(accepted(1))

    store.cases.mark_delivered(case_id(1), "", "accepted", "2026-11-24T10:20:00+08:00", final_no=case_no(77))

    assert store.cases.get(case_no(77)) == store.cases.get(case_no(1))
    assert store.cases.get(case_no(78)) is None


def test_counts_go_by_the_day_of_the_window(store: Store) -> None:
    store.cases.accept(accepted(1))
    store.cases.accept(accepted(2))
    store.cases.mark_delivered(case_id(2), "", "accepted", "2026-11-25T00:00:00+08:00")

    assert store.cases.today_counts(DAY) == DayCounts(2, 1)
    assert store.cases.today_counts("2026-11-25") == DayCounts(0, 0)


def test_body_of_an_unknown_case_is_a_bug(store: Store) -> None:
    with pytest.raises(KeyError):
        store.cases.body(case_id(1))
    assert store.cases.by_id(case_id(1)) is None


def test_case_that_was_set_aside_shows_it(store: Store) -> None:
    store.cases.accept(accepted(1))
    store.outbox.set_aside(case_id(1), "refused")

    assert [(c.unsent, c.set_aside) for c in store.cases.recent()] == [(1, 1)]


def test_the_body_of_a_case_is_written_once_and_sent_as_it_was_accepted(store: Store) -> None:
    store.cases.accept(accepted(1))

    assert store._db.one("SELECT length(body) FROM outbox WHERE kind = 'case'") == 0
    message = next(one for one in store.outbox.due(datetime.now(UTC)) if one.kind == "case")
    assert message.body == accepted(1).body
    assert message.size == len(message.body)
