"""The case (办件): its states, who acts in them, and what the law asks before some events (DOMAIN.md sections 2.1, 3).

The table says what may follow what; ``objections`` says what must be there first. Delivery to the centre is another
matter and never mixed in.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from window_client.domain.tables import NotAllowed, follow

__all__ = [
    "DOCUMENTS",
    "FINAL",
    "SIDES",
    "TRANSITIONS",
    "CaseEvent",
    "CaseState",
    "Facts",
    "NotAllowed",
    "Side",
    "after",
    "allowed",
    "is_open",
    "objections",
]


class CaseState(StrEnum):
    """Where a case stands. The values are the codes of the wire."""

    DRAFT = "DRAFT"
    RECEIVED = "RECEIVED"
    CORRECTION = "CORRECTION"
    ACCEPTED = "ACCEPTED"
    REVIEW = "REVIEW"
    SUSPENDED = "SUSPENDED"
    GRANTED = "GRANTED"
    DENIED = "DENIED"
    MAKING = "MAKING"
    READY = "READY"
    DELIVERED = "DELIVERED"
    CLOSED = "CLOSED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    WITHDRAWN = "WITHDRAWN"
    NO_SHOW = "NO_SHOW"
    FORWARDED = "FORWARDED"
    TERMINATED = "TERMINATED"
    VOID = "VOID"
    DELETED = "DELETED"
    CANCELLED = "CANCELLED"


class CaseEvent(StrEnum):
    """What happens to a case."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"  # silence: 5 working days without a word
    REFUSE = "refuse"
    CANCEL = "cancel"
    ASK_CORRECTION = "ask_correction"
    CORRECT = "correct"
    NOT_CORRECTED = "not_corrected"
    WITHDRAW = "withdraw"
    START_REVIEW = "start_review"
    SUSPEND = "suspend"
    RESUME = "resume"
    GRANT = "grant"
    DENY = "deny"
    FORWARD = "forward"
    TERMINATE = "terminate"
    MAKE = "make"
    MAKE_READY = "make_ready"
    DELIVER = "deliver"
    CLOSE = "close"
    VOID = "void"
    DELETE = "delete"


class Side(StrEnum):
    """Who acts in a state."""

    WINDOW = "window"
    DEPARTMENT = "department"
    NOBODY = "nobody"


_S, _E = CaseState, CaseEvent

_WAYS: Mapping[CaseState, Mapping[CaseEvent, CaseState]] = {
    _S.DRAFT: {
        _E.RECEIVE: _S.RECEIVED,
        _E.ACCEPT: _S.ACCEPTED,
        _E.REFUSE: _S.NOT_ACCEPTED,
        _E.CANCEL: _S.CANCELLED,
    },
    _S.RECEIVED: {
        _E.ACCEPT: _S.ACCEPTED,
        _E.DEEM_ACCEPTED: _S.ACCEPTED,
        _E.ASK_CORRECTION: _S.CORRECTION,
        _E.REFUSE: _S.NOT_ACCEPTED,
        _E.WITHDRAW: _S.WITHDRAWN,
    },
    _S.CORRECTION: {
        _E.CORRECT: _S.RECEIVED,
        _E.ACCEPT: _S.ACCEPTED,
        _E.WITHDRAW: _S.WITHDRAWN,
        _E.NOT_CORRECTED: _S.NO_SHOW,
    },
    # Once accepted, a case never goes back to correction (Art 32).
    _S.ACCEPTED: {
        _E.START_REVIEW: _S.REVIEW,
        _E.WITHDRAW: _S.WITHDRAWN,
        _E.TERMINATE: _S.TERMINATED,
    },
    _S.REVIEW: {
        _E.SUSPEND: _S.SUSPENDED,
        _E.GRANT: _S.GRANTED,
        _E.DENY: _S.DENIED,
        _E.FORWARD: _S.FORWARDED,
        _E.WITHDRAW: _S.WITHDRAWN,
        _E.TERMINATE: _S.TERMINATED,
    },
    _S.SUSPENDED: {
        _E.RESUME: _S.REVIEW,
        _E.WITHDRAW: _S.WITHDRAWN,
        _E.TERMINATE: _S.TERMINATED,
    },
    _S.GRANTED: {_E.MAKE: _S.MAKING, _E.MAKE_READY: _S.READY},
    _S.DENIED: {_E.MAKE_READY: _S.READY},
    _S.MAKING: {_E.MAKE_READY: _S.READY},
    _S.READY: {_E.DELIVER: _S.DELIVERED},
    _S.DELIVERED: {_E.CLOSE: _S.CLOSED},
}
_EVERYWHERE_OPEN: Mapping[CaseEvent, CaseState] = {_E.VOID: _S.VOID, _E.DELETE: _S.DELETED}

FINAL: frozenset[CaseState] = frozenset(CaseState) - frozenset(_WAYS)

TRANSITIONS: Mapping[CaseState, Mapping[CaseEvent, CaseState]] = {
    state: {**_WAYS[state], **_EVERYWHERE_OPEN} if state in _WAYS else {} for state in CaseState
}

_DEPARTMENT = {_S.REVIEW, _S.SUSPENDED, _S.GRANTED, _S.DENIED, _S.MAKING}

SIDES: Mapping[CaseState, Side] = {
    state: Side.NOBODY if state in FINAL else Side.DEPARTMENT if state in _DEPARTMENT else Side.WINDOW
    for state in CaseState
}

DOCUMENTS: Mapping[CaseState, str] = {
    _S.RECEIVED: "receipt",
    _S.CORRECTION: "correction_notice",
    _S.ACCEPTED: "acceptance_notice",
    _S.SUSPENDED: "special_procedure_notice",
    _S.GRANTED: "decision",
    _S.DENIED: "decision",
    _S.READY: "pickup_notice",
    _S.DELIVERED: "delivery_receipt",
    _S.NOT_ACCEPTED: "rejection_notice",
    _S.WITHDRAWN: "withdrawal_confirmation",
    _S.NO_SHOW: "close_notice",
    _S.FORWARDED: "close_notice",
    _S.TERMINATED: "close_notice",
}
"""The document (DOMAIN.md section 4) that goes with reaching a state."""


class Facts(msgspec.Struct, frozen=True):
    """What is known when an event is asked for."""

    reason: str = ""
    second_person: bool = False  # somebody other than the actor has agreed
    open_deferral: bool = False  # a deferred material is still to come
    open_defects: bool = False  # the checklist is incomplete or something in it is wrong
    clause: str = ""  # of Art 32 for a refusal: "1" no licence needed, "2" another office, ...
    competent_office: str = ""
    corrections: int = 0  # entries in the correction notice
    planned_days: int = 0  # of a suspension, told in writing
    silence_is_law: bool = True  # a licence, or an item type for which the hall has set it


def after(state: CaseState, event: CaseEvent) -> CaseState:
    """The state that follows.

    Raises:
        NotAllowed: the table has no such pair.
    """
    return follow(TRANSITIONS, state, event)


def allowed(state: CaseState) -> frozenset[CaseEvent]:
    """The events that may follow."""
    return frozenset(TRANSITIONS[state])


def is_open(state: CaseState) -> bool:
    """Whether the case can still move."""
    return state not in FINAL


def objections(event: CaseEvent, facts: Facts) -> tuple[str, ...]:
    """What the rules still ask for before ``event``, as codes; empty when it may happen.

    ``reason``, ``second_person``, ``open_deferral``, ``open_defects``, ``clause``, ``competent_office``,
    ``corrections``, ``planned_days``, ``no_silence``.
    """
    match event:
        case _E.VOID | _E.DELETE:
            asked = [("reason", not facts.reason), ("second_person", not facts.second_person)]
        case _E.REFUSE:
            asked = [
                ("reason", not facts.reason),
                ("clause", not facts.clause),
                ("competent_office", facts.clause == "2" and not facts.competent_office),
            ]
        case _E.ASK_CORRECTION:
            asked = [("corrections", facts.corrections < 1)]
        case _E.ACCEPT:
            asked = [("open_defects", facts.open_defects)]
        case _E.DEEM_ACCEPTED:
            asked = [("no_silence", not facts.silence_is_law)]
        case _E.SUSPEND:
            asked = [("reason", not facts.reason), ("planned_days", facts.planned_days < 1)]
        case _E.GRANT:
            asked = [("open_deferral", facts.open_deferral)]
        case _E.DENY | _E.FORWARD | _E.TERMINATE:
            asked = [("reason", not facts.reason)]
        case _:
            asked = []
    return tuple(code for code, is_lacking in asked if is_lacking)
