"""The wire messages between a window and the central services.

The OpenAPI document (``resources/openapi.json``) is generated from these types, so they are the contract: an
old window must be able to read the answers of a newer service (unknown keys are left alone, new keys have defaults).

Rules of the wire (all of them hold for every route):

* JSON; times are ISO 8601 with offset, days ISO 8601, money text with two decimals.
* Errors are ``application/problem+json`` (:class:`Problem`); ``code`` decides what the program does.
* Every write carries ``Idempotency-Key``: the same key with the same body gets the same answer, with another body
  422 ``idempotency_mismatch``.
* Everything that a window does to its ticket carries the window's ``fence``; an older one gets 409 ``stale_call``.
"""

from enum import StrEnum
from typing import Any

import msgspec

from window_client.domain.form import Value
from window_client.domain.organisations import Organisation
from window_client.domain.people import Contact, Person
from window_client.domain.rating import Grade as Grade  # noqa: PLC0414 - the wire names it, the domain has it

CHUNK = 256 * 1024
"""Bytes of one PATCH of a page; after a cut at most this much is sent twice."""

AREA = "510700"
"""Area code that case numbers of this hall begin with."""


class Problem(msgspec.Struct, frozen=True):
    """An error answer, RFC 9457. ``offset`` tells where an upload stands (409 ``wrong_offset``)."""

    code: str
    title: str = ""
    status: int = 400
    detail: str = ""
    type: str = "about:blank"
    offset: int | None = None


# ---- signing in


JOURNAL_HEADER = "Journal-Head"
"""Header of every write: number and hash of the last entry of the window's journal, ``17:<64 hex digits>``. The service
keeps them, so that a journal which is cut or written anew at the window does not go unseen."""

PROFILE_HEADER = "Window-Profile"
"""Header in which a window says what it is used for: ``production``, ``training`` or ``demo``. A service of another
profile refuses everything with 403 ``wrong_profile``, so that training never meets real cases."""


class SignIn(msgspec.Struct, frozen=True):
    """``window`` 0: a place that is no window (supervision, kiosk, board)."""

    account: str
    password: str
    window: int = 0


class Clerk(msgspec.Struct, frozen=True):
    """A person of the hall; ``roles`` are keys of the catalogue's ``code_sets.role``, or ``device``."""

    account: str
    name: str
    name_en: str = ""
    roles: tuple[str, ...] = ()
    department: str | None = None


class Session(msgspec.Struct, frozen=True):
    """A signed-in clerk at a window. ``token`` is empty when an existing session is asked about."""

    expires_at: str
    clerk: Clerk
    window: int = 0
    token: str = ""


class Health(msgspec.Struct, frozen=True):
    """Whether the service answers, and its clock."""

    time: str
    version: str
    catalogue_version: str
    profile: str = ""


# ---- queue


class TicketState(StrEnum):
    """DOMAIN.md 10.3."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    DONE = "done"
    MISSED = "missed"
    ABANDONED = "abandoned"


class TakeTicket(msgspec.Struct, frozen=True):
    """Take a number. ``priority`` is a key of ``queue_priorities`` or empty, ``booking`` the id of a booking."""

    category: str
    priority: str = ""
    booking: str = ""


class Ticket(msgspec.Struct, frozen=True):
    """A number. ``booked_at`` is HH:MM or empty; ``ahead`` counts people of the category before it.

    ``note`` says why it is held, or what the window ``came_from`` wrote when it sent the number on.
    """

    id: str
    number: str
    category: str
    state: str = TicketState.WAITING
    taken_at: str = ""
    called_at: str = ""
    waited_minutes: int = 0
    priority: str = ""
    booked_at: str = ""
    booking: str = ""
    calls: int = 0
    window: int = 0
    note: str = ""
    ahead: int = 0
    came_from: int = 0


class CategoryCount(msgspec.Struct, frozen=True):
    """How many wait in a category."""

    code: str
    name: str
    name_en: str
    count: int
    longest_minutes: int


class BookingSummary(msgspec.Struct, frozen=True):
    """What the idle page tells about the next number; ``applicant`` is masked, ``materials`` a count of the list."""

    id: str
    item_id: str
    item_name: str
    item_name_en: str = ""
    applicant: str = ""
    appointment: str = ""
    prefilled: int = 0
    uploaded: int = 0
    materials: int = 0
    usual_minutes: int = 0
    agent: bool = False


class QueuePicture(msgspec.Struct, frozen=True):
    """The queue as one window sees it: only the categories that it serves, ``next`` in calling order.

    ``seq`` is the number of the newest event that it contains; ``fence`` the window's present one.
    """

    seq: int
    time: str
    window: int
    fence: int
    waiting: int
    categories: tuple[CategoryCount, ...] = ()
    next: tuple[Ticket, ...] = ()
    held: tuple[Ticket, ...] = ()
    booking: BookingSummary | None = None
    serving: Ticket | None = None
    paused: bool = False


class CallNext(msgspec.Struct, frozen=True):
    """Call the next number. ``close`` says what becomes of the number at the window now: ``done``, ``missed`` or
    empty (then there must be none, otherwise 409 ``window_busy``)."""

    fence: int
    close: str = ""


class CallNumber(msgspec.Struct, frozen=True):
    """Call or take back (held, missed) a chosen number."""

    fence: int
    number: str
    close: str = ""


class Fenced(msgspec.Struct, frozen=True):
    """What a window does to its present number. ``reason`` where one is wanted (hold)."""

    fence: int
    reason: str = ""


class Transfer(msgspec.Struct, frozen=True):
    """Send the present number to another category or window; it keeps its waiting time."""

    fence: int
    category: str = ""
    window: int = 0
    note: str = ""


class WalkIn(msgspec.Struct, frozen=True):
    """Serve someone without a number, or, with ``number``, one typed while the service was away."""

    fence: int
    category: str = ""
    number: str = ""
    close: str = ""


class WindowStatus(msgspec.Struct, frozen=True):
    """Pause or open a window. ``back_at`` is when it means to open again, ISO 8601 or empty."""

    paused: bool
    reason: str = ""
    back_at: str = ""


class Called(msgspec.Struct, frozen=True):
    """The present number of the window after an action; ``fence`` goes with the next action."""

    fence: int
    waiting: int
    ticket: Ticket | None = None
    booking: BookingSummary | None = None


class BoardCall(msgspec.Struct, frozen=True):
    """A number on the hall board."""

    number: str
    window: int
    called_at: str
    calls: int
    state: str


class WindowPicture(msgspec.Struct, frozen=True):
    """A window as the hall and supervision see it. ``since`` when its state began.

    ``categories`` are the codes that it serves, ``waiting`` how many it may call. ``back_at`` and ``reason`` while
    it is paused.
    """

    no: int
    name: str
    title: str
    state: str
    number: str = ""
    since: str = ""
    served: int = 0
    clerk: str = ""
    categories: tuple[str, ...] = ()
    waiting: int = 0
    back_at: str = ""
    reason: str = ""


class HallPicture(msgspec.Struct, frozen=True):
    """The whole hall: nothing in it is personal."""

    seq: int
    time: str
    waiting: int
    categories: tuple[CategoryCount, ...]
    calls: tuple[BoardCall, ...]
    windows: tuple[WindowPicture, ...]


# ---- numbers


class LeaseNumbers(msgspec.Struct, frozen=True):
    """Ask for ``count`` serials of ``day`` (ISO 8601) for a window."""

    window: int
    day: str
    count: int = 200


class NumberBlock(msgspec.Struct, frozen=True):
    """Leased serials ``first`` to ``last``, both included; nobody else ever gets them."""

    area: str
    day: str
    window: int
    first: int
    last: int


# ---- what is known about a person


class PersonLookup(msgspec.Struct, frozen=True):
    """``id_no`` may be a unified social credit code; ``item_id`` narrows the online applications."""

    id_no: str
    item_id: str = ""


class Certificate(msgspec.Struct, frozen=True):
    """An e-certificate that the library holds."""

    type: str
    number: str
    issuer: str = ""
    issued_on: str = ""
    valid_to: str = ""


class Earlier(msgspec.Struct, frozen=True):
    """An earlier application: ``kind`` ``online`` (a booking) or ``case``. ``fields`` by field id."""

    kind: str
    id: str
    item_id: str
    on: str
    case_no: str = ""
    appointment: str = ""
    uploaded: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    answers: dict[str, tuple[str, ...]] = {}


class Related(msgspec.Struct, frozen=True):
    """What else concerns the person: ``kind`` ``booking``, ``running`` or ``ready``."""

    kind: str
    id: str
    item_id: str
    item_name: str
    item_name_en: str = ""
    case_no: str = ""
    state: str = ""
    appointment: str = ""
    prefilled: int = 0
    accepted_on: str = ""
    promised_by: str = ""
    window: int = 0
    shelf: str = ""


class PersonRecord(msgspec.Struct, frozen=True):
    """Shared data by dataset and field, e-certificates, earlier applications (online first, then newest first)."""

    found: bool
    shared: dict[str, dict[str, Any]] = {}
    certificates: tuple[Certificate, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    related: tuple[Related, ...] = ()


class OrganisationLookup(msgspec.Struct, frozen=True):
    """``code``: a unified social credit code, or the organisation or registration code that it replaced."""

    code: str


class OrganisationRecord(msgspec.Struct, frozen=True):
    """What the business register says; ``organisation.checked_at`` is the service's clock."""

    found: bool
    organisation: Organisation | None = None


class UseECert(msgspec.Struct, frozen=True):
    """Use an e-certificate for a case; the use is recorded."""

    id_no: str
    type: str
    case_id: str


class UsedECert(msgspec.Struct, frozen=True):
    """The certificate, with the number of the recorded use."""

    response_id: str
    type: str
    number: str
    issuer: str
    valid_to: str


# ---- cases


class SentPage(msgspec.Struct, frozen=True):
    """A page of a row: SHA-256 and bytes of the flattened JPEG, and what was noticed about it."""

    digest: str
    size: int
    source: str = ""
    taken_at: str = ""
    flags: tuple[str, ...] = ()


class SentRow(msgspec.Struct, frozen=True):
    """A checklist row: ``way`` as in ``domain.material``, ``due`` the day a deferred one is promised for."""

    material_id: str
    way: str = "none"
    pages: tuple[SentPage, ...] = ()
    due: str = ""
    ecert_type: str = ""
    ecert_number: str = ""
    response_id: str = ""


class SentSignature(msgspec.Struct, frozen=True):
    """``picture`` and ``strokes`` are SHA-256 of uploads.

    ``digest`` is the SHA-256 of ``shown``: what the applicant read in ``language``, as JSON text (UTF-8).
    """

    digest: str
    picture: str = ""
    strokes: str = ""
    signed_at: str = ""
    signer: str = ""
    language: str = "zh"
    shown: str = ""


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A whole case as the window accepted it. ``check_code`` is the query code printed on the receipt.

    ``applicant`` is the person who applies, or the legal representative who came for an organisation; ``agent`` came
    instead, with ``agent_facts``: ``relation``, ``powers`` (joined by ``|``), ``until``, ``phone``. ``enterprise`` has
    the facts of ``domain.organisations`` by name; an empty ``checked_at`` among them says that the window could not
    ask. ``looked_up`` is False where the window could not ask about the applicant; ``to_verify`` are the fields that
    it left to be looked up by the centre (联网后核验). ``ticket`` without ``ticket_id`` is a number typed without the
    service.
    """

    case_id: str
    case_no: str
    visit_id: str
    window: int
    clerk: str
    item_id: str
    item_version: int
    catalogue_version: str
    accepted_at: str
    applicant_kind: str = "person"
    applicant: Person | None = None
    agent: Person | None = None
    agent_facts: dict[str, str] = {}
    enterprise: dict[str, str] = {}
    contact: Contact = Contact()
    answers: dict[str, tuple[str, ...]] = {}
    form_id: str = ""
    form_version: int = 0
    values: dict[str, Value] = {}
    rows: tuple[SentRow, ...] = ()
    signature: SentSignature | None = None
    checked_at: str = ""
    agreed_at: str = ""
    ticket: str = ""
    ticket_id: str = ""
    took_in: str = ""
    promised_by: str = ""
    check_code: str = ""
    documents: tuple[str, ...] = ()
    looked_up: bool = True
    to_verify: tuple[str, ...] = ()


class CaseReceived(msgspec.Struct, frozen=True):
    """The centre has the case. ``national_no`` has 43 digits and letters, ``state`` is a code of DOMAIN.md 2.1."""

    case_id: str
    case_no: str
    national_no: str
    state: str
    received_at: str


class CaseSummary(msgspec.Struct, frozen=True):
    """A case in a list. ``applicant`` is masked."""

    case_id: str
    case_no: str
    national_no: str
    item_id: str
    item_name: str
    state: str
    applicant: str
    window: int
    clerk: str
    accepted_at: str
    received_at: str
    promised_by: str
    deferred: int = 0
    pages: int = 0
    pages_received: int = 0


class CaseList(msgspec.Struct, frozen=True):
    """Cases, newest first; ``total`` counts all that match."""

    total: int
    cases: tuple[CaseSummary, ...]


class Conflict(msgspec.Struct, frozen=True):
    """Something of a case that was accepted without the centre and does not fit what the centre knows.

    ``kind``: ``ticket`` (``ours`` and ``theirs`` are windows), ``item`` (versions), ``ecert`` (``ours`` its number,
    ``theirs`` until when it was valid, empty: it is not there), ``deferral`` (``theirs`` why not, as ``may_defer``
    says) or ``field``; ``verified`` is none: what the centre looked up for a field that was left to it.
    """

    kind: str
    target: str = ""
    label: str = ""
    label_en: str = ""
    ours: str = ""
    theirs: str = ""


class CaseDetail(msgspec.Struct, frozen=True):
    """A whole case. ``checks``: what the centre found when it took a case that was accepted without it."""

    summary: CaseSummary
    submission: Submission | None = None
    checks: tuple[Conflict, ...] = ()


class CaseConflicts(msgspec.Struct, frozen=True):
    """A case and its conflicts; ``applicant`` is masked."""

    case_id: str
    case_no: str
    item_name: str
    applicant: str
    accepted_at: str
    conflicts: tuple[Conflict, ...] = ()


class ConflictList(msgspec.Struct, frozen=True):
    """The cases of a window with conflicts that nobody has looked at, oldest first."""

    cases: tuple[CaseConflicts, ...]


class Progress(msgspec.Struct, frozen=True):
    """What anyone with receipt number and query code may know."""

    case_no: str
    item_name: str
    item_name_en: str
    state: str
    accepted_on: str
    promised_by: str


class PageStored(msgspec.Struct, frozen=True):
    """How far an upload is; ``complete`` = stored and its digest is right."""

    digest: str
    offset: int
    complete: bool


# ---- the end of a visit


class Rating(msgspec.Struct, frozen=True):
    """A rating of one visit. A bad grade needs a ticked detail or words (422 ``detail_missing``)."""

    grade: Grade
    rated_at: str
    window: int = 0
    clerk: str = ""
    case_no: str = ""
    details: tuple[str, ...] = ()
    words: str = ""


class RatingMessage(msgspec.Struct, frozen=True):
    """A rating on its way: what the window's outbox holds. ``rating`` is a :class:`Rating` as it will be sent."""

    visit_id: str
    rating: msgspec.Raw


class Done(msgspec.Struct, frozen=True):
    """Recorded; there is nothing to tell."""

    ok: bool = True


class VisitReport(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a visit that ended.

    ``outcome``: ``filed``, ``unfiled``, ``transferred``, ``picked_up`` or ``no_show``. ``more``: the same person is
    served on at the same window, so the number is not done yet.
    """

    visit_id: str
    window: int
    clerk: str
    started_at: str
    ended_at: str
    outcome: str
    ticket: str = ""
    ticket_id: str = ""
    item_id: str = ""
    case_id: str = ""
    reason: str = ""
    deferred: int = 0
    step_ms: dict[str, int] = {}
    more: bool = False


# ---- news


class Event(msgspec.Struct, frozen=True):
    """One event of the feed. ``at`` is the service's clock, ``happened_at`` that of the window where it happened.

    Kinds: ``queue`` (picture changed), ``called`` {number, window, calls}, ``window`` {no, state, back_at},
    ``case`` {case_id, case_no, state}, ``conflict`` {case_id, case_no, count}, ``notice``, ``catalogue``. Nothing
    personal and never a grade.
    """

    id: int
    kind: str
    at: str
    happened_at: str = ""
    window: int = 0
    data: dict[str, Any] = {}


class Notice(msgspec.Struct, frozen=True):
    """Something that clerks must know today."""

    id: str
    text: str
    at: str
    text_en: str = ""
    item_id: str = ""


class NoticeList(msgspec.Struct, frozen=True):
    """Notices, newest first."""

    notices: tuple[Notice, ...]


class OpenItem(msgspec.Struct, frozen=True):
    """A line of 我的未完事项: ``kind`` ``correction``, ``held``, ``deferred`` or ``conflict``.

    The rest is about the earliest one.
    """

    kind: str
    count: int
    number: str = ""
    name: str = ""
    item_name: str = ""
    item_name_en: str = ""
    note: str = ""
    due: str = ""
    case_id: str = ""
    since: str = ""


class Morning(msgspec.Struct, frozen=True):
    """What awaits a window today: numbers only, so that it may be asked before anybody has signed in.

    ``booked`` appointments for what the window serves, the ``first`` of them at HH:MM; ``corrections`` that came back;
    ``deferred_due``: cases with a paper that was promised for today.
    """

    window: int
    day: str
    booked: int = 0
    first: str = ""
    corrections: int = 0
    deferred_due: int = 0


class WindowToday(msgspec.Struct, frozen=True):
    """今日已办, 平均 (seconds), 容缺, and what is open at the window."""

    window: int
    served: int
    average_seconds: int
    deferred: int
    open: tuple[OpenItem, ...] = ()
