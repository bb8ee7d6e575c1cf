import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central.service.call import count_up, iso, publish
from window_client.central.service.refusal import Refused


def test_a_counter_counts_alone_and_by_many(hall: Hall) -> None:
    assert [count_up(hall.db, "h", "a"), count_up(hall.db, "h", "a", 10), count_up(hall.db, "h", "b")] == [1, 11, 1]


def test_a_query_number_must_be_one(hall: Hall) -> None:
    call = hall.call(query={"limit": "x", "window": "7"})

    assert (call.number("window"), call.number("absent", 5)) == (7, 5)
    with pytest.raises(Refused):
        call.number("limit")


def test_nobody_is_nobody(hall: Hall) -> None:
    call = hall.call()
    call.who = None

    with pytest.raises(Refused) as caught:
        _ = call.signed_in
    assert caught.value.status == 401


def test_times_carry_an_offset_and_no_time_is_empty() -> None:
    assert iso(0) == ""
    assert iso(1_700_000_000)[-6] in "+-"


def test_events_are_numbered_in_the_order_they_were_published(hall: Hall) -> None:
    publish(hall.call(), "queue")
    publish(hall.call(), "called", window=12, number="A001")

    rows = hall.db.execute("SELECT id, kind, window FROM events ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [(1, "queue", 0), (2, "called", 12)]
