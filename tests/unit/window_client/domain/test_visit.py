from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from window_client.domain.catalogue import guide
from window_client.domain.form import Origin, Value
from window_client.domain.form_rules import prefill
from window_client.domain.material import Checklist, PageRef, add_page, missing, sync
from window_client.domain.people import IdentitySource, Person
from window_client.domain.visit import (
    STEPS,
    TRANSITIONS,
    Draft,
    Event,
    NotAllowed,
    State,
    Step,
    TicketRef,
    after,
    allowed,
    at_window,
    steps_done,
    steps_open,
)

TODAY = date(2026, 11, 24)
EMPTY = Draft("v", "c", TicketRef(), "2026-11-24T10:36:00+08:00")


@pytest.mark.parametrize(("state", "event"), [(s, e) for s in State for e in Event])
def test_every_pair_is_either_in_the_table_or_refused(state: State, event: Event) -> None:
    if event in TRANSITIONS[state]:
        assert after(state, event) is TRANSITIONS[state][event]
        assert event in allowed(state)
    else:
        assert event not in allowed(state)
        with pytest.raises(NotAllowed):
            after(state, event)


@pytest.mark.parametrize("state", list(State))
def test_a_held_visit_leaves_its_window_idle_and_no_other_state_does(state: State) -> None:
    assert at_window(state) is (State.IDLE if state is State.HELD else state)


def test_the_table_is_this_one() -> None:
    pairs = {(state.value, event.value): to.value for state, row in TRANSITIONS.items() for event, to in row.items()}
    assert pairs == {
        ("idle", "call"): "calling",
        ("idle", "arrive"): "serving",
        ("idle", "resume"): "serving",
        ("idle", "pause"): "paused",
        ("calling", "recall"): "calling",
        ("calling", "arrive"): "serving",
        ("calling", "no_show"): "idle",
        ("calling", "transfer"): "idle",
        ("serving", "hold"): "held",
        ("serving", "transfer"): "idle",
        ("serving", "submit"): "submitted",
        ("serving", "end_unfiled"): "idle",
        ("submitted", "ask_rating"): "rating",
        ("submitted", "finish"): "idle",
        ("rating", "rated"): "submitted",
        ("rating", "finish"): "idle",
        ("held", "resume"): "serving",
        ("held", "end_unfiled"): "idle",
        ("paused", "pause"): "paused",
        ("paused", "unpause"): "idle",
    }


def test_a_whole_visit_walks_through_the_table() -> None:
    state = State.IDLE
    events = [
        Event.CALL, Event.RECALL, Event.ARRIVE, Event.HOLD, Event.RESUME, Event.SUBMIT,
        Event.ASK_RATING, Event.RATED, Event.FINISH, Event.PAUSE, Event.UNPAUSE,
    ]  # fmt: skip
    for event in events:
        state = after(state, event)
    assert state is State.IDLE


@given(st.lists(st.sampled_from(list(Event)), max_size=30))
def test_an_accepted_visit_is_never_served_again_before_it_is_finished(events: list[Event]) -> None:
    state, accepted = State.IDLE, False
    for event in events:
        if event not in allowed(state):
            continue
        state = after(state, event)
        accepted = (accepted or event is Event.SUBMIT) and state is not State.IDLE
        assert not accepted or state in {State.SUBMITTED, State.RATING}


def test_every_state_leads_back_to_idle() -> None:
    for start in State:
        reached = {start}
        for _ in State:
            reached |= {after(state, event) for state in reached for event in allowed(state)}
        assert State.IDLE in reached


def complete(demo: Any) -> Draft:
    """The C018 visit with everything but the applicant's check."""
    visit = demo.visits()[0]
    guidance = guide(demo.item("SC-MKT-001"), demo.answers(visit))
    known = demo.identity(visit["applicant"])
    keys = ("name", "id_no", "sex", "nation", "birth", "address", "valid_from", "valid_to")
    checklist = sync(Checklist(), guidance)
    for material in missing(checklist, guidance):
        checklist = add_page(checklist, material, PageRef("d" + material, 1))
    typed = {key: Value(text, Origin.TYPED) for key, text in visit["typed"].items()}
    form = demo.form("SC-MKT-001")
    return replace(
        EMPTY,
        applicant=Person(source=IdentitySource.CARD, **{key: known[key] for key in keys}),
        applicant_kind="self_employed",
        item_id="SC-MKT-001",
        answers=guidance.answers,
        form_id=form.id,
        values=prefill(form, demo.sources(visit), answers=guidance.answers, online=True, keep=typed),
        checklist=checklist,
    )


def done(demo: Any, draft: Draft, *, signed: bool = False) -> frozenset[Step]:
    return steps_done(draft, item=demo.item("SC-MKT-001"), form=demo.form("SC-MKT-001"), today=TODAY, signed=signed)


def opened(demo: Any, draft: Draft, *, signed: bool = False) -> frozenset[Step]:
    return steps_open(draft, item=demo.item("SC-MKT-001"), form=demo.form("SC-MKT-001"), today=TODAY, signed=signed)


def test_at_the_beginning_only_identity_and_item_are_open() -> None:
    assert steps_open(EMPTY, item=None, form=None, today=TODAY) == {Step.IDENTITY, Step.ITEM}
    assert steps_done(EMPTY, item=None, form=None, today=TODAY) == frozenset()


def test_with_an_item_form_and_materials_open_in_any_order(demo: Any) -> None:
    assert opened(demo, EMPTY) == {Step.IDENTITY, Step.ITEM, Step.FORM, Step.MATERIALS}
    assert done(demo, EMPTY) == frozenset()
    assert steps_done(complete(demo), item=demo.item("SC-MKT-001"), form=None, today=TODAY) == {
        Step.IDENTITY, Step.ITEM, Step.MATERIALS,
    }  # fmt: skip


def test_the_applicant_checks_what_is_complete_and_what_is_signed_is_submitted(demo: Any) -> None:
    draft = complete(demo)
    first_four = set(STEPS[:4])
    assert done(demo, draft) == first_four
    assert opened(demo, draft) == first_four | {Step.CONFIRM}

    assert done(demo, draft, signed=True) == first_four  # a signature without "all correct" is not enough
    checked = replace(draft, checked_at="x", agreed_at="y")
    assert opened(demo, checked) == first_four | {Step.CONFIRM}
    assert opened(demo, checked, signed=True) == set(STEPS)

    submitted = replace(checked, case_no="5107002025110400002367")
    assert opened(demo, submitted, signed=True) == {Step.SUBMIT}
    assert Step.SUBMIT in done(demo, submitted)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (lambda d: replace(d, applicant=replace(d.applicant, valid_to="2020-01-01")), Step.IDENTITY),
        (lambda d: replace(d, applicant_kind="person"), Step.ITEM),
        (lambda d: replace(d, answers={}), Step.ITEM),
        (lambda d: replace(d, values={}), Step.FORM),
        (lambda d: replace(d, checklist=Checklist()), Step.MATERIALS),
    ],
)
def test_each_gap_keeps_its_step_undone_and_the_check_closed(demo: Any, change: Any, step: Step) -> None:
    draft = change(complete(demo))
    assert step not in done(demo, draft)
    assert Step.CONFIRM not in opened(demo, draft, signed=True)


def test_a_draft_survives_the_way_to_disk_and_back(demo: Any) -> None:
    draft = complete(demo)
    assert msgspec.json.decode(msgspec.json.encode(draft), type=Draft) == draft
