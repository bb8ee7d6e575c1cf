import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import picture, tickets
from window_client.central.service.refusal import Refused


def next_numbers(hall: Hall, window: int = 12) -> list[str]:
    return [ticket.number for ticket in hall.run(picture.queue, query={"window": str(window)}).next]


def fence(hall: Hall, window: int = 12) -> int:
    return hall.run(picture.queue, query={"window": str(window)}).fence


def call_next(hall: Hall, window: int = 12, close: str = "") -> c.Called:
    return hall.run(tickets.call_next, c.CallNext(fence(hall, window), close), window=window)


def take(hall: Hall, category: str, priority: str = "") -> c.Ticket:
    return hall.run(tickets.take, c.TakeTicket(category, priority))


def refused(hall: Hall, operation: object, body: object, **more: object) -> Refused:
    with pytest.raises(Refused) as caught:
        hall.run(operation, body, **more)  # type: ignore[arg-type]
    return caught.value


def test_the_picture_of_half_past_ten_is_called_in_its_order(morning: Hall) -> None:
    assert next_numbers(morning)[:4] == ["C018", "C019", "A037", "E021"]


def test_numbers_of_a_category_follow_each_other_and_say_how_many_are_ahead(hall: Hall) -> None:
    first, second = take(hall, "A"), take(hall, "A")

    assert (first.number, first.ahead, second.number, second.ahead) == ("A001", 0, "A002", 1)


def test_an_unknown_category_gives_no_number(hall: Hall) -> None:
    assert refused(hall, tickets.take, c.TakeTicket("Z")).code == "no_such_category"


def test_numbers_begin_anew_each_day(hall: Hall) -> None:
    take(hall, "A")
    hall.later(days=1)

    assert take(hall, "A").number == "A001"


def test_a_window_calls_only_what_it_serves(hall: Hall) -> None:
    take(hall, "B")

    assert refused(hall, tickets.call_next, c.CallNext(0)).code == "queue_empty"


def test_a_priority_goes_before_those_who_came_earlier(hall: Hall) -> None:
    take(hall, "A")
    take(hall, "A", "senior")

    called = call_next(hall)
    assert called.ticket
    assert called.ticket.number == "A002"


def test_a_booking_is_promoted_when_its_slot_opens_and_not_before(morning: Hall) -> None:
    row = morning.db.execute("SELECT * FROM tickets WHERE number = 'C019'").fetchone()
    opens = row["slot_from"] - morning.now.timestamp()
    call_next(morning)  # C018
    morning.later(seconds=opens - 1)
    before = next_numbers(morning)
    morning.later(seconds=2)

    assert before[0] != "C019"
    assert next_numbers(morning)[0] == "C019"


def test_a_booking_taken_after_its_slot_queues_like_anybody(hall: Hall) -> None:
    take(hall, "C")
    hall.later(minutes=1)
    late = hall.now.timestamp() - 16 * 60
    tickets.add(hall.call(), "C500", "C", booked_at="10:20", slot=late)

    assert next_numbers(hall) == ["C001", "C500"]


def test_one_number_goes_to_one_window_and_a_window_holds_one(hall: Hall) -> None:
    for _ in range(3):
        take(hall, "A")
    numbers = {called.ticket.number for window in (12, 13, 14) if (called := call_next(hall, window)).ticket}

    assert numbers == {"A001", "A002", "A003"}
    assert refused(hall, tickets.call_next, c.CallNext(fence(hall))).code == "window_busy"


def test_calling_can_close_the_number_that_is_there(hall: Hall) -> None:
    take(hall, "A")
    take(hall, "A")
    call_next(hall)

    called = call_next(hall, close="done")

    assert called.ticket
    assert called.ticket.number == "A002"
    assert hall.db.execute("SELECT state FROM tickets WHERE number = 'A001'").fetchone()[0] == "done"


@pytest.mark.parametrize("action", [tickets.recall, tickets.no_show, tickets.arrive, tickets.finish, tickets.hold])
def test_a_late_action_of_an_older_call_is_refused(hall: Hall, action: object) -> None:
    take(hall, "A")
    take(hall, "A")
    old = call_next(hall).fence
    call_next(hall, close="missed")

    assert refused(hall, action, c.Fenced(old)).code == "stale_call"


def test_a_late_call_is_refused_and_takes_nobody(hall: Hall) -> None:
    take(hall, "A")
    take(hall, "A")
    call_next(hall)

    assert refused(hall, tickets.call_next, c.CallNext(0, "done")).code == "stale_call"
    assert next_numbers(hall) == ["A002"]


def test_recalls_keep_their_distance_and_end_after_three_announcements(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)

    assert refused(hall, tickets.recall, c.Fenced(called.fence)).code == "too_soon"
    for calls in (2, 3):
        hall.later(seconds=hall.rules.recall_seconds)
        again = hall.run(tickets.recall, c.Fenced(called.fence))
        assert again.ticket
        assert again.ticket.calls == calls
    hall.later(seconds=60)
    assert refused(hall, tickets.recall, c.Fenced(called.fence)).code == "no_more_recalls"


def test_an_arrived_person_is_served_and_leaves(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)

    arrived = hall.run(tickets.arrive, c.Fenced(called.fence))
    gone = hall.run(tickets.finish, c.Fenced(called.fence))

    assert arrived.ticket
    assert arrived.ticket.state == c.TicketState.SERVING
    assert gone.ticket is None
    assert refused(hall, tickets.finish, c.Fenced(called.fence)).code == "no_number"


def test_whoever_missed_the_call_returns_three_places_behind(hall: Hall) -> None:
    for _ in range(5):
        take(hall, "A")
        hall.later(seconds=10)
    called = call_next(hall)
    hall.run(tickets.no_show, c.Fenced(called.fence))

    back = hall.run(tickets.bring_back, number="A001")

    assert back.state == c.TicketState.WAITING
    assert next_numbers(hall) == ["A002", "A003", "A004", "A001", "A005"]
    assert refused(hall, tickets.bring_back, None, number="A001").code == "not_missed"


def test_a_held_number_comes_back_to_its_window_without_a_call(morning: Hall) -> None:
    called = morning.run(tickets.call_number, c.CallNumber(fence(morning), "C012"))

    assert called.ticket
    assert called.ticket.state == c.TicketState.SERVING
    assert called.booking
    assert called.booking.applicant == "赵*"


def test_a_number_held_elsewhere_cannot_be_taken(morning: Hall) -> None:
    refusal = refused(morning, tickets.call_number, c.CallNumber(fence(morning, 13), "C012"), window=13)

    assert refusal.code == "number_taken"


def test_a_chosen_number_is_called_out_of_turn(morning: Hall) -> None:
    called = morning.run(tickets.call_number, c.CallNumber(fence(morning), "E024"))

    assert called.ticket
    assert called.ticket.number == "E024"
    assert refused(morning, tickets.call_number, c.CallNumber(called.fence, "E999", "done")).code == "no_such_number"


def test_hold_keeps_the_reason(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    hall.run(tickets.hold, c.Fenced(called.fence, "取复印件"))

    held = hall.run(picture.queue, query={"window": "12"}).held
    assert [(ticket.number, ticket.note) for ticket in held] == [("A001", "取复印件")]


def test_a_transferred_number_keeps_its_place_by_waiting_time(hall: Hall) -> None:
    take(hall, "A")
    hall.later(minutes=5)
    take(hall, "E")
    called = call_next(hall)
    hall.run(tickets.transfer, c.Transfer(called.fence, category="E"))

    assert next_numbers(hall) == ["A001", "E001"]
    called = call_next(hall)
    assert refused(hall, tickets.transfer, c.Transfer(called.fence, category="D", window=12)).code == "nobody_serves"


def test_a_number_sent_to_one_window_is_not_called_by_another(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    hall.run(tickets.transfer, c.Transfer(called.fence, window=13))

    assert next_numbers(hall, 12) == []
    assert next_numbers(hall, 13) == ["A001"]


def test_a_walk_in_gets_a_number_of_its_own(hall: Hall) -> None:
    called = hall.run(tickets.walk_in, c.WalkIn(0, "C"))

    assert called.ticket
    assert (called.ticket.number, called.ticket.state) == ("N001", c.TicketState.SERVING)


def test_a_number_typed_while_the_service_was_away_is_taken_over(morning: Hall) -> None:
    known = morning.run(tickets.walk_in, c.WalkIn(fence(morning), number="A037"))
    unknown = morning.run(tickets.walk_in, c.WalkIn(known.fence, number="A777", close="done"))

    assert known.ticket
    assert known.ticket.state == c.TicketState.SERVING
    assert unknown.ticket
    assert unknown.ticket.category == "A"
    assert (
        refused(morning, tickets.walk_in, c.WalkIn(unknown.fence, number="C012", close="done")).code == "number_taken"
    )


def test_a_clerk_acts_for_the_own_window_alone(hall: Hall) -> None:
    call = hall.call(c.CallNext(0))
    call.path = {"window": "13"}
    with pytest.raises(Refused) as caught:
        tickets.call_next(call)

    assert caught.value.code == "not_your_window"


def test_a_steward_may_act_for_any_window(hall: Hall) -> None:
    take(hall, "A")
    call = hall.call(c.CallNext(0), window=0, roles=("steward",))
    call.path = {"window": "13"}

    assert tickets.call_next(call).ticket


def test_pausing_is_seen_and_ended_by_the_next_call(hall: Hall) -> None:
    hall.run(tickets.set_status, c.WindowStatus(paused=True))
    assert hall.run(picture.queue, query={"window": "12"}).paused

    take(hall, "A")
    call_next(hall)
    assert not hall.run(picture.queue, query={"window": "12"}).paused


def test_an_unknown_window_is_told(hall: Hall) -> None:
    assert refused(hall, tickets.call_next, c.CallNext(0), window=999).code == "no_such_window"


def test_the_feed_tells_of_calls_and_nothing_personal(morning: Hall) -> None:
    call_next(morning)

    kind, data = morning.events()[-1]
    assert kind == "called"
    assert json.loads(data) == {"number": "C018", "calls": 1}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["call", "finish", "hold", "no_show", "take"]), max_size=25))
def test_whatever_windows_do_no_number_is_at_two_of_them(papers: object, actions: list[str]) -> None:
    import sqlite3

    from window_client.central.service import documents
    from window_client.central.service.database import MIGRATIONS

    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    db.executescript("".join(MIGRATIONS))
    hall = Hall(db, papers)  # type: ignore[arg-type]
    hall.run(documents.set_up_windows)
    fences = [0]
    try:
        for step, action in enumerate(actions):
            window = 12 + step % 2
            now = fence(hall, window)
            try:
                if action == "take":
                    take(hall, "A")
                elif action == "call":
                    hall.run(tickets.call_next, c.CallNext(now, "done"), window=window)
                else:
                    hall.run(getattr(tickets, action), c.Fenced(now), window=window)
            except Refused:
                pass
            fences.append(fence(hall, 12))
            present = db.execute("SELECT number, window FROM tickets WHERE state IN ('called', 'serving')").fetchall()
            assert len({row["window"] for row in present}) == len(present)
            assert len({row["number"] for row in present}) == len(present)
        assert all(a <= b for a, b in pairwise(fences))
    finally:
        db.close()


def test_a_transfer_takes_a_note_and_its_origin_along(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    hall.run(tickets.transfer, c.Transfer(called.fence, window=13, note="材料已看过，请接着办"))

    received = call_next(hall, 13).ticket

    assert received
    assert (received.number, received.note, received.came_from) == ("A001", "材料已看过，请接着办", 12)


def test_a_number_is_not_sent_to_the_window_where_it_is(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)

    assert refused(hall, tickets.transfer, c.Transfer(called.fence, window=12)).code == "nobody_serves"


def test_a_number_is_not_sent_to_a_closed_window(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    hall.db.execute("UPDATE windows SET open = 0 WHERE no = 13")

    assert refused(hall, tickets.transfer, c.Transfer(called.fence, window=13)).code == "nobody_serves"


def test_a_held_number_that_comes_back_is_not_announced(morning: Hall) -> None:
    morning.run(tickets.call_number, c.CallNumber(fence(morning), "C012"))

    assert morning.events()[-1][0] == "queue"


def test_the_hall_sees_a_pause_with_its_reason_and_return_until_the_window_opens(hall: Hall) -> None:
    back = "2026-11-24T10:50:00+08:00"
    hall.run(tickets.set_status, c.WindowStatus(paused=True, reason="rest", back_at=back))
    paused = next(row for row in hall.run(picture.hall).windows if row.no == 12)
    hall.run(tickets.set_status, c.WindowStatus(paused=False))
    opened = next(row for row in hall.run(picture.hall).windows if row.no == 12)

    assert (paused.state, paused.reason, paused.back_at) == ("paused", "rest", back)
    assert (opened.state, opened.reason, opened.back_at) == ("idle", "", "")
    kinds = [(kind, json.loads(data).get("back_at")) for kind, data in hall.events() if kind == "window"]
    assert kinds == [("window", back), ("window", "")]


def test_changing_a_pause_keeps_when_it_began(hall: Hall) -> None:
    hall.run(tickets.set_status, c.WindowStatus(paused=True))
    began = next(row for row in hall.run(picture.hall).windows if row.no == 12).since
    hall.later(minutes=4)
    hall.run(tickets.set_status, c.WindowStatus(paused=True, reason="meeting"))

    assert next(row for row in hall.run(picture.hall).windows if row.no == 12).since == began


def test_the_report_of_a_held_visit_that_was_served_on_ends_its_number(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    hall.run(tickets.hold, c.Fenced(called.fence, "取材料"))
    assert called.ticket
    tickets.close_after_visit(hall.call(), 12, called.ticket.id, "filed")

    assert hall.db.execute("SELECT state FROM tickets WHERE number = 'A001'").fetchone()[0] == "done"


def test_the_report_of_a_transferred_visit_leaves_its_number_alone(hall: Hall) -> None:
    take(hall, "A")
    called = call_next(hall)
    assert called.ticket
    tickets.close_after_visit(hall.call(), 12, called.ticket.id, "transferred")

    assert hall.db.execute("SELECT state FROM tickets WHERE number = 'A001'").fetchone()[0] == "called"
