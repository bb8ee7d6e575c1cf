import msgspec
import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import picture, tickets
from window_client.central.service.refusal import Refused


def queue(hall: Hall, window: str = "12") -> c.QueuePicture:
    return hall.run(picture.queue, query={"window": window})


def test_the_rail_of_the_idle_picture(morning: Hall) -> None:
    seen = queue(morning)

    assert seen.waiting == 15
    assert [(row.code, row.name, row.count, row.longest_minutes) for row in seen.categories] == [
        ("A", "社保医保", 6, 9),
        ("C", "市场准入", 4, 9),
        ("E", "综合事务", 5, 3),
    ]
    assert [(t.number, t.booked_at, t.priority, t.waited_minutes) for t in seen.next[:4]] == [
        ("C018", "10:30", "", 9),
        ("C019", "10:45", "", 6),
        ("A037", "", "senior", 8),
        ("E021", "", "", 3),
    ]
    assert [(t.number, t.note, t.waited_minutes) for t in seen.held] == [("C012", "回家取租赁合同", 14)]
    assert seen.booking
    assert seen.serving is None


def test_after_the_call_the_number_is_at_the_window(morning: Hall) -> None:
    called = morning.run(tickets.call_next, c.CallNext(0))
    seen = queue(morning)

    assert seen.serving
    assert (seen.serving.number, seen.fence, seen.waiting) == ("C018", called.fence, 14)
    assert seen.serving.waited_minutes == 9


def test_the_picture_knows_the_newest_event_that_it_holds(morning: Hall) -> None:
    before = queue(morning).seq
    morning.run(tickets.call_next, c.CallNext(0))

    assert queue(morning).seq == before + 1


def test_an_unknown_window_has_no_picture(hall: Hall) -> None:
    with pytest.raises(Refused):
        queue(hall, "999")


def test_the_hall_shows_calls_and_windows_and_nobody(morning: Hall) -> None:
    morning.run(tickets.call_next, c.CallNext(0))
    morning.run(tickets.set_status, c.WindowStatus(paused=True), window=13)
    seen = morning.run(picture.hall)

    assert [(call.number, call.window) for call in seen.calls] == [("C018", 12)]
    states = {window.no: window.state for window in seen.windows}
    assert (states[12], states[13], states[14], states[18]) == ("called", "paused", "idle", "closed")
    assert {window.no: window.served for window in seen.windows}[12] == 23
    assert "李" not in msgspec.json.encode(seen).decode()


def test_the_hall_says_what_each_window_serves_and_how_many_it_may_call(morning: Hall) -> None:
    windows = {row.no: row for row in morning.run(picture.hall).windows}

    assert windows[12].waiting == queue(morning).waiting
    assert windows[12].categories == ("A", "C", "E")
    called = morning.run(tickets.call_next, c.CallNext(0))
    morning.run(tickets.transfer, c.Transfer(called.fence, category="C", window=13))
    after = {row.no: row for row in morning.run(picture.hall).windows}
    assert after[13].waiting == queue(morning, "13").waiting
    assert after[12].waiting == windows[12].waiting - 1
