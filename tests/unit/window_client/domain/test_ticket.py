from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.ticket import (
    TRANSITIONS,
    CallRules,
    NotAllowed,
    TicketEvent,
    TicketState,
    after,
    allowed,
    booking_holds,
    is_open,
    may_reactivate,
    may_recall,
)

NOW = datetime(2026, 11, 24, 10, 45, tzinfo=UTC)


@pytest.mark.parametrize(("state", "event"), [(s, e) for s in TicketState for e in TicketEvent])
def test_every_pair_is_either_in_the_table_or_refused(state: TicketState, event: TicketEvent) -> None:
    if event in TRANSITIONS[state]:
        assert after(state, event) is TRANSITIONS[state][event]
        assert event in allowed(state)
    else:
        with pytest.raises(NotAllowed):
            after(state, event)


def test_the_ways_of_the_reference() -> None:
    def walk(*events: str) -> TicketState:
        state = TicketState.WAITING
        for event in events:
            state = after(state, TicketEvent(event))
        return state

    assert walk("call", "serve", "finish") is TicketState.DONE
    assert walk("call", "recall", "recall", "miss", "reactivate") is TicketState.WAITING
    assert walk("call", "recall", "miss", "abandon") is TicketState.ABANDONED
    assert walk("call", "serve", "hold", "resume") is TicketState.SERVING
    assert walk("call", "serve", "transfer", "call") is TicketState.CALLED


def test_any_open_ticket_can_be_transferred_and_no_closed_one() -> None:
    closed = {TicketState.DONE, TicketState.ABANDONED}
    for state in TicketState:
        assert is_open(state) == (state not in closed)
        assert (TicketEvent.TRANSFER in allowed(state)) == is_open(state)


@given(st.lists(st.sampled_from(list(TicketEvent)), max_size=30))
def test_nobody_is_served_without_being_called(events: list[TicketEvent]) -> None:
    state, called = TicketState.WAITING, False
    for event in events:
        if event in allowed(state):
            state = after(state, event)
            called = called or state is TicketState.CALLED
            assert called or state is not TicketState.SERVING


@pytest.mark.parametrize(
    ("calls", "seconds", "answer"),
    [
        (1, 10, (True, "", 0)),
        (2, 9.5, (False, "wait", 1)),
        (1, 0, (False, "wait", 10)),
        (3, 60, (False, "miss_it", 0)),
    ],
)
def test_three_announcements_at_least_ten_seconds_apart(
    calls: int, seconds: float, answer: tuple[bool, str, int]
) -> None:
    assert may_recall(calls, NOW - timedelta(seconds=seconds), NOW) == answer


def test_the_practice_of_the_hall_can_be_another() -> None:
    assert may_recall(3, NOW - timedelta(seconds=5), NOW, CallRules(announcements=4, seconds_between=5))[0]


def test_a_missed_number_comes_back_within_the_time_only() -> None:
    assert may_reactivate(NOW - timedelta(minutes=30), NOW)
    assert not may_reactivate(NOW - timedelta(minutes=31), NOW)


@pytest.mark.parametrize(("minutes", "holds"), [(-16, False), (-15, True), (0, True), (15, True), (16, False)])
def test_an_appointment_holds_a_quarter_of_an_hour(minutes: int, holds: bool) -> None:
    assert booking_holds(NOW, NOW + timedelta(minutes=minutes)) is holds
