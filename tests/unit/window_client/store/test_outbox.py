from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.window_client.store.samples import accepted
from window_client.domain.material import PageRef
from window_client.store.outbox import Counts, Message, MessageState, Outbox, backoff
from window_client.store.store import Store

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SOON = NOW + timedelta(seconds=10)


@pytest.fixture
def outbox(store: Store) -> Outbox:
    return store.outbox


def test_message_is_due_at_once_and_gone_when_delivered(outbox: Outbox) -> None:
    outbox.put(Message("m1", "case", b"body", "id", "no"), now=NOW)

    assert outbox.due(NOW) == [Message("m1", "case", b"body", "id", "no", size=4)]

    outbox.delivered("m1")
    outbox.delivered("m1")

    assert outbox.due(SOON) == []
    assert outbox.counts() == Counts(0, 0)


def test_same_message_twice_is_one_message(outbox: Outbox) -> None:
    outbox.put(Message("m1", "case", b"body"), now=NOW)
    outbox.put(Message("m1", "case", b"body"), now=SOON)

    assert len(outbox.due(SOON)) == 1


def test_another_body_under_the_same_key_is_a_bug(outbox: Outbox) -> None:
    outbox.put(Message("m1", "case", b"body"), now=NOW)

    with pytest.raises(ValueError, match="another body"):
        outbox.put(Message("m1", "case", b"other"), now=NOW)


def test_cases_go_before_pages_and_small_pages_before_large(outbox: Outbox) -> None:
    for name, kind, size in [("p1", "page", 900), ("p2", "page", 20), ("c1", "case", 9999), ("r1", "rating", 5)]:
        outbox.put(Message(name, kind, b"x", size=size), now=NOW)

    assert [m.id for m in outbox.due(NOW)] == ["c1", "r1", "p2", "p1"]
    assert [m.id for m in outbox.due(NOW, limit=2)] == ["c1", "r1"]


def test_postponed_message_waits_and_holds_up_no_other(outbox: Outbox) -> None:
    outbox.put(Message("bad", "case", b"x"), now=NOW)
    outbox.put(Message("good", "case", b"x"), now=NOW)

    outbox.postpone("bad", SOON, "http_503")

    assert [m.id for m in outbox.due(NOW, limit=1)] == ["good"]
    assert [(m.id, m.attempts) for m in outbox.due(SOON)] == [("bad", 1), ("good", 0)]
    assert outbox.next_due() < outbox.list()[0].due


def test_message_set_aside_is_kept_and_not_sent_until_somebody_says_so(outbox: Outbox) -> None:
    outbox.put(Message("bad", "case", b"x"), now=NOW)
    outbox.put(Message("good", "case", b"x"), now=NOW)

    outbox.set_aside("bad", "duplicate_case")

    assert [m.id for m in outbox.due(SOON)] == ["good"]
    assert outbox.counts() == Counts(1, 1, "2026-11-24T02:00:00.000000+00:00", size=2)
    assert (outbox.list()[0].state, outbox.list()[0].error) == (MessageState.SET_ASIDE, "duplicate_case")

    assert outbox.retry_set_aside("bad", now=NOW)
    assert not outbox.retry_set_aside("bad")
    assert [m.id for m in outbox.due(NOW)] == ["bad", "good"]


def test_retry_without_a_time_is_due_now(outbox: Outbox) -> None:
    outbox.put(Message("bad", "case", b"x"), now=NOW)
    outbox.set_aside("bad", "forbidden")

    assert outbox.retry_set_aside("bad")
    assert [m.id for m in outbox.due(datetime.now(UTC) + timedelta(seconds=1))] == ["bad"]


def test_message_waits_for_the_one_it_depends_on_even_if_that_is_set_aside(outbox: Outbox) -> None:
    outbox.put(Message("case", "case", b"x"), now=NOW)
    outbox.put(Message("rating", "rating", b"x", depends="case"), now=NOW)
    assert [m.id for m in outbox.due(NOW)] == ["case"]

    outbox.set_aside("case", "refused")
    assert outbox.due(NOW) == []

    outbox.delivered("case")
    assert [m.id for m in outbox.due(NOW)] == ["rating"]


def test_hurry_makes_every_waiting_message_due(outbox: Outbox) -> None:
    outbox.put(Message("m1", "case", b"x"), now=NOW)
    outbox.put(Message("m2", "case", b"x"), now=NOW)
    outbox.postpone("m1", NOW + timedelta(hours=1), "no_answer")

    assert outbox.hurry(now=SOON) == 1
    assert len(outbox.due(SOON)) == 2


def test_list_tells_nothing_of_a_rating(outbox: Outbox) -> None:
    outbox.put(Message("m1", "rating", b"VERY_DISSATISFIED", "id", "no"), now=NOW)

    shown = outbox.list()[0]

    assert (shown.case_no, shown.size) == ("", 0)
    assert not hasattr(shown, "body")


def test_rating_of_a_case_does_not_show_in_the_list_of_cases(store: Store) -> None:
    case = accepted(1)
    store.cases.accept(case)
    before = store.cases.get(case.case_no)

    store.outbox.put(Message("m1", "rating", b"x", case.case_id, case.case_no), now=NOW)

    assert store.cases.get(case.case_no) == before


@pytest.mark.parametrize("text", ["张三 51079919900101001X", "call 13800138000", "51079919900101001", "x" * 80, ""])
def test_error_text_that_may_name_a_person_is_kept_out(outbox: Outbox, text: str) -> None:
    outbox.put(Message("m1", "case", b"x"), now=NOW)

    outbox.postpone("m1", SOON, text)

    assert outbox.list()[0].error == "other"


def test_pages_of_a_case_are_messages_of_their_own(store: Store) -> None:
    twice = PageRef("a" * 64, 500)
    store.cases.accept(accepted(1, pages=(twice, PageRef("b" * 64, 100), twice)))

    due = store.outbox.due(datetime.now(UTC))

    assert [(m.kind, m.size) for m in due] == [("case", 10), ("page", 100), ("page", 500)]
    assert len({m.id for m in due}) == 3


def test_backoff_doubles_and_stays_below_five_minutes() -> None:
    assert [backoff(n).total_seconds() for n in range(10)] == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert backoff(10_000) == timedelta(minutes=5)
    assert backoff(-1) == timedelta(seconds=2)


def test_time_without_an_offset_is_refused(outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="offset"):
        outbox.due(datetime(2026, 11, 24))  # noqa: DTZ001  that is the point


def test_sums_and_cases_follow_every_change_and_show_no_rating(store: Store) -> None:
    outbox = store.outbox
    for number in (1, 2, 3):
        pages = (PageRef(f"{number}" * 64, 500), PageRef(f"{number + 3}" * 64, 700))
        store.cases.accept(accepted(number, serial=number, pages=pages))
    first = store.cases.recent()[-1]
    outbox.put(Message("r", "rating", b"0123456789", first.case_id), now=NOW)
    outbox.put(Message("v", "visit", b"01234"), now=NOW)

    body = len(store.cases.body(first.case_id))
    counts = outbox.counts()
    assert (counts.waiting, counts.set_aside, counts.cases) == (11, 0, 3)
    assert counts.size == 3 * (body + 1200) + 15
    assert [row.case_no for row in outbox.cases()] == [row.case_no for row in reversed(store.cases.recent())]
    assert (outbox.cases()[0].messages, outbox.cases()[0].size) == (3, body + 1200)

    last = store.cases.recent()[0]
    outbox.set_aside(last.case_id, "no_such_item")
    outbox.set_aside(last.case_id, "no_such_item")
    assert outbox.counts().set_aside == 1
    shown = outbox.cases(limit=1)[0]
    assert (shown.case_no, shown.set_aside, shown.kind, shown.reason) == (last.case_no, 1, "case", "no_such_item")
    assert outbox.list()[0].id == last.case_id
    assert outbox.retry_case(last.case_id, now=NOW)
    assert not outbox.retry_case(last.case_id, now=NOW)
    outbox.set_aside("v", "bad_time")
    assert outbox.retry_all_set_aside(now=NOW) == 1

    for row in outbox.list():
        if row.case_no == first.case_no:
            outbox.delivered(row.id)
    assert outbox.counts().cases == 2
    for row in outbox.list():
        outbox.delivered(row.id)
    assert outbox.counts() == Counts(0, 0)
    assert outbox.cases() == []


def test_the_queue_in_order_needs_no_sorting(store: Store) -> None:
    """However many wait, the courier's next ones are found by their place in an index."""
    plan = store._db.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM outbox AS o WHERE state = 'waiting' AND due <= ? AND NOT EXISTS "
        "(SELECT 1 FROM outbox AS before WHERE before.id = o.depends) "
        "ORDER BY kind = 'page', CASE WHEN kind = 'page' THEN size END, seq LIMIT 20",
        ("2026",),
    )
    assert not any("TEMP B-TREE" in str(row[-1]) for row in plan), plan
