"""One visit at a window: its states as a table, and its draft.

The draft is everything that a crash may not lose; it is written to disk at every change.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from window_client.domain.catalogue import Item
from window_client.domain.form import FormDefinition, Value
from window_client.domain.form_rules import problems
from window_client.domain.material import Checklist, missing
from window_client.domain.organisations import Organisation
from window_client.domain.people import Contact, Person
from window_client.domain.representing import Authority, guided, identified, lacking
from window_client.domain.tables import NotAllowed, follow

__all__ = [
    "STEPS",
    "TRANSITIONS",
    "Draft",
    "Event",
    "NotAllowed",
    "Signature",
    "State",
    "Step",
    "TicketRef",
    "after",
    "allowed",
    "at_window",
    "steps_done",
    "steps_open",
]


class State(StrEnum):
    """Where the window stands with the person before it."""

    IDLE = "idle"
    CALLING = "calling"  # a number is on the boards, nobody has shown a card yet
    SERVING = "serving"
    SUBMITTED = "submitted"  # accepted; outputs are shown
    RATING = "rating"  # accepted, and the applicant is asked to rate
    HELD = "held"  # of a visit only: it waits on disk, while its window is idle and may call the next
    PAUSED = "paused"  # of a window only: nobody is there


class Event(StrEnum):
    """What happens at a window."""

    CALL = "call"
    RECALL = "recall"
    ARRIVE = "arrive"  # a card is laid down, or 免叫号办理 where nobody was called
    NO_SHOW = "no_show"
    TRANSFER = "transfer"
    HOLD = "hold"
    RESUME = "resume"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    SUBMIT = "submit"
    ASK_RATING = "ask_rating"
    RATED = "rated"  # or the minute is over, or the applicant went past it
    END_UNFILED = "end_unfiled"
    FINISH = "finish"


TRANSITIONS: Mapping[State, Mapping[Event, State]] = {
    # From idle a held visit may be taken up again, or somebody served without a number.
    State.IDLE: {
        Event.CALL: State.CALLING,
        Event.ARRIVE: State.SERVING,
        Event.RESUME: State.SERVING,
        Event.PAUSE: State.PAUSED,
    },
    State.CALLING: {
        Event.RECALL: State.CALLING,
        Event.ARRIVE: State.SERVING,
        Event.NO_SHOW: State.IDLE,
        Event.TRANSFER: State.IDLE,
    },
    State.SERVING: {
        Event.HOLD: State.HELD,
        Event.TRANSFER: State.IDLE,
        Event.SUBMIT: State.SUBMITTED,
        Event.END_UNFILED: State.IDLE,
    },
    # An acceptance is final: no way leads back to serving it.
    State.SUBMITTED: {
        Event.ASK_RATING: State.RATING,
        Event.FINISH: State.IDLE,
    },
    # Rating is voluntary and holds nobody up: the window may finish meanwhile.
    State.RATING: {
        Event.RATED: State.SUBMITTED,
        Event.FINISH: State.IDLE,
    },
    # A held visit waits in its draft and goes on where it stood; it may also end without having been taken up again.
    # Its window is idle meanwhile (``at_window``), so that calling the next number needs no row of its own here.
    State.HELD: {
        Event.RESUME: State.SERVING,
        Event.END_UNFILED: State.IDLE,
    },
    # Pausing again changes the reason or the time of return.
    State.PAUSED: {
        Event.PAUSE: State.PAUSED,
        Event.UNPAUSE: State.IDLE,
    },
}


def after(state: State, event: Event) -> State:
    """The state that follows.

    Raises:
        NotAllowed: the table has no such pair.
    """
    return follow(TRANSITIONS, state, event)


def allowed(state: State) -> frozenset[Event]:
    """The events that buttons and keys may offer."""
    return frozenset(TRANSITIONS[state])


def at_window(state: State) -> State:
    """Where the window stands when its visit is in ``state``: a held visit leaves it idle."""
    return State.IDLE if state is State.HELD else state


class Step(StrEnum):
    """The steps of a visit while SERVING, in their order."""

    IDENTITY = "identity"
    ITEM = "item"
    FORM = "form"
    MATERIALS = "materials"
    CONFIRM = "confirm"
    SUBMIT = "submit"


STEPS: tuple[Step, ...] = tuple(Step)


class TicketRef(msgspec.Struct, frozen=True):
    """The ticket being served. ``fence`` grows with every call: an answer with an older one is ignored.

    Times are ISO 8601 with offset. ``number`` is empty for a visit without a ticket (免叫号办理).
    """

    number: str = ""
    category: str = ""
    id: str = ""
    fence: int = 0
    calls: int = 0
    taken_at: str = ""
    called_at: str = ""
    booked_at: str = ""  # HH:MM of an appointment
    priority: str = ""
    booking: str = ""  # id of the online pre-application
    local: bool = False  # typed while the queue service was away
    note: str = ""  # from the window that sent it here
    came_from: int = 0  # that window's number


class Signature(msgspec.Struct, frozen=True):
    """A signature, bound to the digest of exactly what was shown.

    ``strokes`` are lists of (x, y, ms, pressure) with x and y in unit coordinates of the pad; ``picture``
    names the sealed PNG in the page store.
    """

    digest: str
    picture: str
    strokes: tuple[tuple[tuple[float, float, int, float], ...], ...]
    signed_at: str
    signer: str = ""
    picture_size: int = 0  # bytes of the PNG
    language: str = "zh"  # in which the applicant read what is signed


class Draft(msgspec.Struct, frozen=True):
    """Everything about a visit that must survive a crash. ``case_id`` is the UUID that makes submission idempotent."""

    visit_id: str
    case_id: str
    ticket: TicketRef
    started_at: str
    clerk: str = ""
    state: State = State.SERVING
    step: Step = Step.IDENTITY
    applicant: Person | None = None
    contact: Contact = Contact()
    applicant_kind: str = "person"
    took_in: str = ""  # id of the online pre-application that was taken in
    item_id: str = ""
    item_version: int = 0
    catalogue_version: str = ""
    answers: dict[str, tuple[str, ...]] = {}
    form_id: str = ""
    form_version: int = 0
    values: dict[str, Value] = {}
    checklist: Checklist = Checklist()
    current_material: str = ""
    checked_at: str = ""  # the applicant said: all correct
    agreed_at: str = ""  # ... and agreed to the declaration
    read_in: str = ""  # the language in which checked_at and agreed_at were given
    signature: Signature | None = None
    case_no: str = ""
    accepted_at: str = ""
    promised_by: str = ""
    saved_at: str = ""
    held_at: str = ""  # while HELD: since when, and why in a few words (never a name)
    held_reason: str = ""
    beside: str = ""  # visit id of the same person's item that waits until this one has ended
    party: str = "person"  # who applies: ``representing.PERSON`` or ``ORGANISATION``
    organisation: Organisation | None = None
    by_agent: bool = False
    agent: Person | None = None
    authority: Authority = Authority()


def steps_done(
    draft: Draft, *, item: Item | None, form: FormDefinition | None, today: date, signed: bool = False
) -> frozenset[Step]:
    """The steps with nothing left to do. ``signed``: the signature stands for what is shown (``confirm``).

    ``item`` and ``form`` are those the draft names, None while there is none.
    """
    done: set[Step] = set()
    if identified(draft) and not lacking(draft, today):
        done.add(Step.IDENTITY)
    if item is not None:
        guidance = guided(item, draft)
        if not guidance.open_questions and draft.applicant_kind in item.applicant_kinds:
            done.add(Step.ITEM)
        if form is not None and identified(draft):
            found = problems(form, guidance.answers, draft.values, today=today, card={})
            if not any(problem.blocks for problem in found):
                done.add(Step.FORM)
        if not missing(draft.checklist, guidance):
            done.add(Step.MATERIALS)
    if signed and draft.checked_at and draft.agreed_at:
        done.add(Step.CONFIRM)
    if draft.case_no:
        done.add(Step.SUBMIT)
    return frozenset(done)


def steps_open(
    draft: Draft, *, item: Item | None, form: FormDefinition | None, today: date, signed: bool = False
) -> frozenset[Step]:
    """The steps that Alt+1…6 may open.

    Identity and item in any order, form and materials once there is an item, the applicant checks only what is
    complete, and only what was signed is submitted. After submission nothing opens but the result.
    """
    if draft.case_no:
        return frozenset({Step.SUBMIT})
    done = steps_done(draft, item=item, form=form, today=today, signed=signed)
    opened = {Step.IDENTITY, Step.ITEM}
    if item is not None:
        opened |= {Step.FORM, Step.MATERIALS}
    if done >= {Step.IDENTITY, Step.ITEM, Step.FORM, Step.MATERIALS}:
        opened.add(Step.CONFIRM)
        if Step.CONFIRM in done:
            opened.add(Step.SUBMIT)
    return frozenset(opened)
