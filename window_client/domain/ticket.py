"""The queue ticket: its states and the rules of calling (DOMAIN.md sections 10.2 and 10.3).

The queue service is the authority; this table is what both sides agree on. One window has at most one ticket that is
called or being served.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from window_client.domain.tables import NotAllowed, follow

__all__ = [
    "TRANSITIONS",
    "CallRules",
    "NotAllowed",
    "TicketEvent",
    "TicketState",
    "after",
    "allowed",
    "booking_holds",
    "is_open",
    "may_reactivate",
    "may_recall",
]


class TicketState(StrEnum):
    """Where a ticket stands. The values are the codes of the wire."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    RECALLED = "RECALLED"
    SERVING = "SERVING"
    HELD = "HELD"
    MISSED = "MISSED"
    TRANSFERRED = "TRANSFERRED"
    ABANDONED = "ABANDONED"
    DONE = "DONE"


class TicketEvent(StrEnum):
    """What happens to a ticket."""

    CALL = "call"
    RECALL = "recall"
    SERVE = "serve"
    MISS = "miss"
    REACTIVATE = "reactivate"
    ABANDON = "abandon"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    FINISH = "finish"


_S, _E = TicketState, TicketEvent

_WAYS: Mapping[TicketState, Mapping[TicketEvent, TicketState]] = {
    _S.WAITING: {_E.CALL: _S.CALLED},
    _S.CALLED: {_E.RECALL: _S.RECALLED, _E.SERVE: _S.SERVING, _E.MISS: _S.MISSED},
    _S.RECALLED: {_E.RECALL: _S.RECALLED, _E.SERVE: _S.SERVING, _E.MISS: _S.MISSED},
    _S.SERVING: {_E.HOLD: _S.HELD, _E.FINISH: _S.DONE},
    _S.HELD: {_E.RESUME: _S.SERVING, _E.FINISH: _S.DONE},
    _S.MISSED: {_E.REACTIVATE: _S.WAITING, _E.ABANDON: _S.ABANDONED},
    # A transferred ticket waits for another window, with the waiting time it already has.
    _S.TRANSFERRED: {_E.CALL: _S.CALLED},
}

TRANSITIONS: Mapping[TicketState, Mapping[TicketEvent, TicketState]] = {
    state: {**_WAYS[state], _E.TRANSFER: _S.TRANSFERRED} if state in _WAYS else {} for state in TicketState
}


def after(state: TicketState, event: TicketEvent) -> TicketState:
    """The state that follows.

    Raises:
        NotAllowed: the table has no such pair.
    """
    return follow(TRANSITIONS, state, event)


def allowed(state: TicketState) -> frozenset[TicketEvent]:
    """The events that may follow."""
    return frozenset(TRANSITIONS[state])


def is_open(state: TicketState) -> bool:
    """Whether the ticket can still move."""
    return bool(TRANSITIONS[state])


class CallRules(msgspec.Struct, frozen=True):
    """The hall's practice, all of it configurable."""

    announcements: int = 3
    seconds_between: int = 10
    minutes_to_reactivate: int = 30
    places_behind: int = 3
    booking_minutes: int = 15


USUAL = CallRules()


def may_recall(calls: int, called_at: datetime, now: datetime, rules: CallRules = USUAL) -> tuple[bool, str, int]:
    """Whether a number may be announced again, why not, and how many seconds to wait.

    ``calls`` counts the announcements so far. Codes: ``miss_it`` (all announcements made), ``wait``, or empty.
    """
    if calls >= rules.announcements:
        return False, "miss_it", 0
    left = timedelta(seconds=rules.seconds_between) - (now - called_at)
    if left > timedelta():
        return False, "wait", -(-left // timedelta(seconds=1))
    return True, "", 0


def may_reactivate(missed_at: datetime, now: datetime, rules: CallRules = USUAL) -> bool:
    """Whether a missed number may come back; it then stands ``places_behind`` behind the front."""
    return now - missed_at <= timedelta(minutes=rules.minutes_to_reactivate)


def booking_holds(booked_at: datetime, now: datetime, rules: CallRules = USUAL) -> bool:
    """Whether an appointment still goes first; later it is a number like any other."""
    return abs(now - booked_at) <= timedelta(minutes=rules.booking_minutes)
