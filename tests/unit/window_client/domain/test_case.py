import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.case import (
    DOCUMENTS,
    FINAL,
    SIDES,
    TRANSITIONS,
    CaseEvent,
    CaseState,
    Facts,
    NotAllowed,
    Side,
    after,
    allowed,
    is_open,
    objections,
)

TABLE = """
DRAFT        -> RECEIVED ACCEPTED NOT_ACCEPTED CANCELLED
RECEIVED     -> ACCEPTED CORRECTION NOT_ACCEPTED WITHDRAWN
CORRECTION   -> RECEIVED ACCEPTED WITHDRAWN NO_SHOW
ACCEPTED     -> REVIEW WITHDRAWN TERMINATED
REVIEW       -> SUSPENDED GRANTED DENIED FORWARDED WITHDRAWN TERMINATED
SUSPENDED    -> REVIEW WITHDRAWN TERMINATED
GRANTED      -> MAKING READY
DENIED       -> READY
MAKING       -> READY
READY        -> DELIVERED
DELIVERED    -> CLOSED
"""


@pytest.mark.parametrize(("state", "event"), [(s, e) for s in CaseState for e in CaseEvent])
def test_every_pair_is_either_in_the_table_or_refused(state: CaseState, event: CaseEvent) -> None:
    if event in TRANSITIONS[state]:
        assert after(state, event) is TRANSITIONS[state][event]
        assert event in allowed(state)
    else:
        with pytest.raises(NotAllowed):
            after(state, event)


def test_the_table_reaches_exactly_what_the_reference_lists() -> None:
    listed = {
        CaseState(line.split("->")[0].strip()): {CaseState(name) for name in line.split("->")[1].split()}
        for line in TABLE.strip().splitlines()
    }
    anywhere = {CaseState.VOID, CaseState.DELETED}
    for state in CaseState:
        expected = listed[state] | anywhere if state in listed else set()
        assert set(TRANSITIONS[state].values()) == expected


def test_final_states_end_and_open_ones_can_be_voided_and_deleted() -> None:
    for state in CaseState:
        assert is_open(state) == (state not in FINAL)
        assert (CaseEvent.VOID in allowed(state)) == is_open(state)
        assert (CaseEvent.DELETE in allowed(state)) == is_open(state)
        assert (SIDES[state] is Side.NOBODY) == (state in FINAL)
    assert SIDES[CaseState.REVIEW] is Side.DEPARTMENT
    assert SIDES[CaseState.READY] is Side.WINDOW
    assert set(DOCUMENTS) <= set(CaseState)


@given(st.lists(st.sampled_from(list(CaseEvent)), max_size=40))
def test_an_accepted_case_never_goes_back_to_correction(events: list[CaseEvent]) -> None:
    state, accepted = CaseState.DRAFT, False
    for event in events:
        if event not in allowed(state):
            continue
        state = after(state, event)
        accepted = accepted or state is CaseState.ACCEPTED
        assert not (accepted and state in {CaseState.CORRECTION, CaseState.RECEIVED, CaseState.DRAFT})


def test_an_instant_case_passes_every_step_in_one_visit() -> None:
    state = CaseState.DRAFT
    for event in (
        CaseEvent.RECEIVE, CaseEvent.ACCEPT, CaseEvent.START_REVIEW, CaseEvent.GRANT,
        CaseEvent.MAKE, CaseEvent.MAKE_READY, CaseEvent.DELIVER, CaseEvent.CLOSE,
    ):  # fmt: skip
        state = after(state, event)
    assert state is CaseState.CLOSED


@pytest.mark.parametrize(
    ("event", "facts", "lacking"),
    [
        (CaseEvent.VOID, Facts(), ("reason", "second_person")),
        (CaseEvent.DELETE, Facts(reason="x"), ("second_person",)),
        (CaseEvent.VOID, Facts(reason="x", second_person=True), ()),
        (CaseEvent.REFUSE, Facts(), ("reason", "clause")),
        (CaseEvent.REFUSE, Facts(reason="x", clause="1"), ()),
        (CaseEvent.REFUSE, Facts(reason="x", clause="2"), ("competent_office",)),
        (CaseEvent.REFUSE, Facts(reason="x", clause="2", competent_office="y"), ()),
        (CaseEvent.ASK_CORRECTION, Facts(), ("corrections",)),
        (CaseEvent.ASK_CORRECTION, Facts(corrections=1), ()),
        (CaseEvent.ACCEPT, Facts(open_defects=True), ("open_defects",)),
        (CaseEvent.ACCEPT, Facts(open_deferral=True), ()),
        (CaseEvent.DEEM_ACCEPTED, Facts(silence_is_law=False), ("no_silence",)),
        (CaseEvent.DEEM_ACCEPTED, Facts(), ()),
        (CaseEvent.SUSPEND, Facts(), ("reason", "planned_days")),
        (CaseEvent.SUSPEND, Facts(reason="x", planned_days=10), ()),
        (CaseEvent.GRANT, Facts(open_deferral=True), ("open_deferral",)),
        (CaseEvent.GRANT, Facts(), ()),
        (CaseEvent.DENY, Facts(), ("reason",)),
        (CaseEvent.FORWARD, Facts(), ("reason",)),
        (CaseEvent.TERMINATE, Facts(reason="x"), ()),
        (CaseEvent.DELIVER, Facts(), ()),
    ],
)
def test_what_the_rules_ask_for_first(event: CaseEvent, facts: Facts, lacking: tuple[str, ...]) -> None:
    assert objections(event, facts) == lacking
