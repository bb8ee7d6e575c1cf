"""One visit at a window: its states as a table, and its draft.

The draft is everything that a crash may not lose; it is written to disk at every change.
"""

from enum import StrEnum

import msgspec

from window_client.domain.form import Value
from window_client.domain.material import Checklist
from window_client.domain.people import Contact, Person


class State(StrEnum):
    """Where the window stands with the person before it."""

    IDLE = "idle"
    CALLING = "calling"  # a number is on the boards, nobody has shown a card yet
    SERVING = "serving"
    SUBMITTED = "submitted"  # accepted; outputs are shown
    RATING = "rating"  # accepted, and the applicant is asked to rate
    HELD = "held"
    PAUSED = "paused"


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
    signature: Signature | None = None
    case_no: str = ""
    accepted_at: str = ""
    promised_by: str = ""
    saved_at: str = ""
