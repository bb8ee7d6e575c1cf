"""The one immutable state of the reception desk.

State flows one way: key → desk method → new state → each screen's model → view. Both the clerk's window
and the applicant's window show this same state; neither decides anything.

Times are timezone-aware ``datetime``. Words are looked up by the user interface from the codes in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from window_client.domain.catalogue import Guidance, Item
from window_client.domain.form import Field, FormDefinition, Problem
from window_client.domain.material import PageRef, RowState
from window_client.domain.people import Remark
from window_client.domain.visit import Draft, State, Step


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who is signed in."""

    account: str
    name: str
    roles: tuple[str, ...] = ()
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class CategoryQueue:
    """One line of 等候: how many wait, and the longest wait in minutes."""

    code: str
    name: str
    count: int
    longest_minutes: int


@dataclass(frozen=True, slots=True)
class NextTicket:
    """One line of 接下来. ``booked_at`` is HH:MM, ``priority`` a key such as ``senior``; both may be empty."""

    number: str
    category: str
    waited_minutes: int
    booked_at: str = ""
    priority: str = ""


@dataclass(frozen=True, slots=True)
class HeldTicket:
    """One line of 挂起. ``visit_id`` names its draft at this window; ``about`` is masked name · item.

    Without ``visit_id`` only the queue service knows of it. ``since`` lets the minutes run.
    """

    number: str
    reason: str
    minutes: int
    visit_id: str = ""
    since: datetime | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """What is known about the very next ticket's appointment; the name is masked."""

    item_name: str
    applicant: str
    appointment: str
    prefilled: int
    uploaded: int
    materials: int
    usual_minutes: int


@dataclass(frozen=True, slots=True)
class QueueView:
    """The queue as last heard through the feed. ``online`` False: shown as old, and numbers are typed."""

    online: bool = False
    waiting: int = 0
    categories: tuple[CategoryQueue, ...] = ()
    next: tuple[NextTicket, ...] = ()
    held: tuple[HeldTicket, ...] = ()
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class TicketView:
    """The ticket card. ``usual_minutes`` from the category."""

    number: str
    category_name: str
    waited_minutes: int
    usual_minutes: int
    calls: int
    started_at: datetime | None
    ended_at: datetime | None = None
    booked_at: str = ""  # HH:MM
    priority: str = ""
    came_from: int = 0  # the window that sent it here, and what it wrote
    note: str = ""


@dataclass(frozen=True, slots=True)
class OtherWindow:
    """A window that a number may be sent to. ``fits``: it serves the ticket's category. ``state`` as in the hall."""

    no: int
    title: str
    categories: tuple[str, ...]
    waiting: int
    state: str
    fits: bool
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TransferView:
    """转窗. ``status``: none, asking, ready, away (the queue service), local (the service has no such number)."""

    status: str = "none"
    windows: tuple[OtherWindow, ...] = ()


@dataclass(frozen=True, slots=True)
class PauseView:
    """暂停服务. ``reason`` is a code of the words or free text; ``told`` once the hall knows."""

    since: datetime
    reason: str = ""
    back_at: datetime | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class LockView:
    """锁屏. ``why``: key, idle, signed_out. ``problem`` is a code as at the sign-in page."""

    why: str
    since: datetime
    checking: bool = False
    problem: str = ""
    problem_args: dict[str, str] = field(default_factory=dict)
    visit_open: bool = False


@dataclass(frozen=True, slots=True)
class CaseConflict:
    """One thing of an accepted case that does not fit what the centre knows; ``kind`` as in the contract's Conflict."""

    case_no: str
    about: str
    kind: str
    label: str
    label_en: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """What stands behind a line of 我的未完事项. ``status``: asking, ready, away; rows as (what, about, when)."""

    kind: str
    status: str
    rows: tuple[tuple[str, str, str], ...] = ()
    conflicts: tuple[CaseConflict, ...] = ()


class Reading(StrEnum):
    """Where the identity stands."""

    NONE = "none"
    WAITING = "waiting"  # the reader is being asked; put the card down
    READ = "read"
    TYPED = "typed"
    FAILED = "failed"  # see IdentityView.code


@dataclass(frozen=True, slots=True)
class Related:
    """此人相关: a booking to take in, a running case, a result to collect.

    ``kind``: ``online`` (``id`` may be taken in), ``running``, ``ready``. ``when`` and ``where`` are ready to show.
    """

    kind: str
    id: str
    item_name: str
    text: str
    count: int = 0
    taken: bool = False


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Step 1. ``code`` is a device or rule code when reading failed; ``revealed`` shows the full number until then."""

    reading: Reading = Reading.NONE
    code: str = ""
    remarks: tuple[Remark, ...] = ()
    related: tuple[Related, ...] = ()
    revealed_until: datetime | None = None
    lookup: str = "none"  # none, asking, done, offline
    verified_label: str = ""
    side: str = ""  # whose card is read or was not read: applicant, agent
    lift: bool = False  # no card came: one that lies there must be lifted first
    other_card: bool = False  # the other person's card lies there: it must be changed
    organisation: str = ""  # of the register: asking, done, not_found, offline, bad_uscc
    portraits: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)  # number, picture; never kept in a draft


@dataclass(frozen=True, slots=True)
class FieldView:
    """A visible field of the form with its value as stored, its stamp and its first problem."""

    field: Field
    section: str
    text: str
    origin: str  # Origin value, or empty when there is no value
    read_only: bool
    problem: Problem | None = None
    differs: str = ""  # what shared data or an earlier case say, where they came after something else was typed


@dataclass(frozen=True, slots=True)
class FormView:
    """Step 3. Counts as in the forms' README: ``filled`` = ``brought_in`` + ``typed``."""

    definition: FormDefinition
    fields: tuple[FieldView, ...]
    filled: int
    brought_in: int
    typed: int
    to_verify: int
    focus: str = ""  # field to focus next (a jump); a new ``focus_seq`` makes it count again
    focus_seq: int = 0


@dataclass(frozen=True, slots=True)
class RowView:
    """One checklist row. ``defer_refusal`` is empty when the row may be deferred, else the reason's code."""

    material_id: str
    number: int
    name: str
    short_name: str
    copies: str  # code for the words: original:1, copy:1, verify:1, verify_copy:1:1
    because: tuple[str, ...]
    pages: tuple[PageRef, ...]
    state: RowState
    current: bool
    ecert_offered: bool
    ecert_valid_to: str = ""
    due: str = ""
    defer_refusal: str = ""
    may_not_need: bool = False
    two_sides: bool = False  # a card: both sides belong on one page


@dataclass(frozen=True, slots=True)
class MaterialsView:
    """Step 4. ``selected_page`` is an index into the current row's pages, -1 for none.

    ``auto_feed`` and ``duplex`` are None where the scanner offers no such thing. ``card_side`` is the side of a card
    that is taken next (1, 2), 0 when none is. ``retakes`` is the key of the page that the next capture replaces.
    ``undo`` and ``redo`` are the codes of what would be undone or done again, or empty. Sizes in bytes. ``lens`` is
    what the live picture is seen through, empty where there is only one; ``camera_id`` the device that gives it.
    """

    rows: tuple[RowView, ...]
    unsorted: tuple[PageRef, ...]
    ready: int
    scanning: int
    deferred: int
    missing: int
    current: str
    selected_page: int = -1
    capturing: bool = False
    feeding: bool = False
    auto_capture: bool = True
    fed_pages: int = 0
    auto_feed: bool | None = None
    duplex: bool | None = None
    card_side: int = 0
    retakes: str = ""
    undo: str = ""
    redo: str = ""
    size: int = 0
    size_limit: int = 0
    lens: str = ""
    camera_id: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the next step still needs. ``target`` is a field id, a question id or a material id."""

    step: Step
    target: str
    label: str


class ApplicantPage(StrEnum):
    """What the second screen shows."""

    BLANK = "blank"  # nobody is served: hall name and window number only
    WELCOME = "welcome"  # 05a
    IDENTITY = "identity"  # name and masked number while step 1 is open
    WAIT = "wait"  # the clerk works; nothing personal but the item's name
    CHECK = "check"  # 05b, step 1 of 3
    DECLARE = "declare"  # materials and declaration, step 2 of 3
    SIGN = "sign"  # 05c, step 3 of 3
    SIGNED = "signed"
    RATE = "rate"  # 05d
    REASONS = "reasons"  # why, for the two lowest grades
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line that the applicant checks. ``target`` is ``card.<x>``, ``item`` or a field id; 不对 returns there.

    ``en`` is the same line for who reads English; without one it reads the same in both.
    """

    target: str
    label: str
    text: str
    full_text: str = ""  # shown while the finger rests on it; same as text where nothing is masked
    en: "ShownLine | None" = None

    def read_in(self, language: str) -> "ShownLine":
        """The line in a language."""
        return self.en if language == "en" and self.en is not None else self


@dataclass(frozen=True, slots=True)
class ShownMaterial:
    """One paper on the declaration page: how many pages, or that it follows by ``due`` (ISO 8601)."""

    material_id: str
    name: str
    state: RowState
    pages: int
    due: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantView:
    """The second screen. ``wrong`` is the target that the applicant called wrong last."""

    page: ApplicantPage = ApplicantPage.BLANK
    lines: tuple[ShownLine, ...] = ()
    materials: tuple[ShownMaterial, ...] = ()
    declaration: str = ""
    document_title: str = ""
    documents: int = 0
    signer: str = ""
    signs_as: str = ""  # agent or legal_rep, where somebody signs for another
    checked_at: datetime | None = None
    agreed_at: datetime | None = None
    signed_at: datetime | None = None
    asked_again: bool = False
    wrong: str = ""
    countdown_ends: datetime | None = None
    digest: str = ""
    declaration_en: str = ""
    document_title_en: str = ""
    on_pad: bool = False  # the rating pad asks; what is pressed is never here


class PrintState(StrEnum):
    """Where the receipt stands, as the ledger says."""

    NONE = "none"
    WAITING = "waiting"
    PRINTING = "printing"
    CONFIRMED = "confirmed"
    SENT = "sent"  # went out, this printer cannot say more
    UNKNOWN = "unknown"  # asked of the clerk
    NOT_PRINTED = "not_printed"  # nothing went out; see code


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The receipt on the right and its print state. ``lines`` are ``paper`` lines for the drawing."""

    state: PrintState = PrintState.NONE
    code: str = ""
    copies: int = 0
    blocks: int = 0
    confirmed: int = 0
    lines: tuple[object, ...] = ()
    qr: str = ""
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The acceptance notice on A4, where the window has a printer for it."""

    offered: bool = False
    state: PrintState = PrintState.NONE
    code: str = ""
    copies: int = 0


@dataclass(frozen=True, slots=True)
class ResultView:
    """Step 6 after acceptance. ``say`` are (code, argument) pairs of what to tell the applicant.

    ``final_no`` is what the centre gave for a provisional ``case_no``; both stay valid.
    """

    case_no: str
    provisional: bool
    accepted_at: datetime
    promised_by: datetime
    promise_provisional: bool
    used_seconds: int
    deferred: tuple[tuple[str, str], ...] = ()  # (material short name, due date)
    say: tuple[tuple[str, str], ...] = ()
    delivery: str = "waiting"  # waiting, delivered, set_aside
    central_state: str = ""
    final_no: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One pill and one line of the device check. ``code`` of drivers.errors decides words and advice.

    ``role`` is the lens of a camera. Where there are several of a kind and role, ``place`` counts them from 1, and
    ``spare`` are those that stand by.
    """

    id: str
    kind: str
    state: str
    code: str
    emulated: bool
    facts: dict[str, str] = field(default_factory=dict)
    role: str = ""
    place: int = 0
    spare: bool = False


class TriedState(StrEnum):
    """How far a deed of the device page is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tried:
    """The last deed of the device page: ``check`` or ``test`` of a device, and what came of it; nothing personal."""

    device_id: str
    kind: str
    deed: str
    state: TriedState
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingPrint:
    """A receipt that still needs a hand: never printed, or nobody knows. ``name`` is masked."""

    case_no: str
    copy: int
    state: str  # waiting, failed_before, unknown
    name: str = ""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The line to the central services."""

    online: bool = False
    latency_ms: int | None = None
    since: datetime | None = None
    clock_offset_s: float = 0.0


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message that has not been delivered. Kinds and reasons are codes; never a grade, never a name."""

    id: str
    kind: str
    case_no: str
    size: int
    created_at: datetime
    attempts: int
    set_aside: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OutboxCase:
    """One case that has not been delivered wholly. ``about`` is masked name · item, ``size`` bytes still to send.

    ``reason`` is why the first of its ``set_aside`` messages (of ``kind``) was not taken.
    """

    id: str
    case_no: str
    about: str
    size: int
    accepted_at: datetime
    messages: int
    attempts: int
    set_aside: int
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OutboxView:
    """待发. Counts and sizes are of everything, ``rows`` (messages) and ``listed`` (cases) of the first ones only.

    ``room`` is how many cases of the usual size this disk still takes; ``next_try`` when the line is tried next.
    """

    waiting: int = 0
    set_aside: int = 0
    rows: tuple[OutboxRow, ...] = ()
    cases: int = 0
    size: int = 0
    listed: tuple[OutboxCase, ...] = ()
    room: int = 0
    next_try: datetime | None = None

    @property
    def count(self) -> int:
        """How many are shown to wait: cases, or messages where only other ones are left."""
        return self.cases or self.waiting + self.set_aside


@dataclass(frozen=True, slots=True)
class Today:
    """今日: cases done, average seconds, deferrals open, and the notices of the day (text, when)."""

    done: int = 0
    average_seconds: int = 0
    deferred: int = 0
    drafts: tuple[tuple[str, str, str], ...] = ()  # (visit id, masked name · item, saved HH:MM)
    open_items: tuple[tuple[str, int, str, str], ...] = ()  # (kind, count, text, note)
    notices: tuple[tuple[str, str], ...] = ()
    notices_read: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Say:
    """A short success message (toast) or the text of a failed action; ``seq`` grows with each."""

    seq: int
    code: str
    args: dict[str, str] = field(default_factory=dict)
    bad: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise of training. Texts are (zh, en); ``reached`` of its ``goals`` (codes) are reached this time."""

    id: str
    title: tuple[str, str]
    story: tuple[str, str]
    goals: tuple[str, ...]
    reached: int = 0
    done: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionState:
    """Everything that the two screens of a window show."""

    hall_name: str
    window_no: int
    window_title: str
    profile: str
    clerk: Clerk | None = None
    visit: State = State.IDLE
    step: Step = Step.IDENTITY
    open_step: Step = Step.IDENTITY  # may be an earlier one than ``step`` (Alt+1…)
    idle_since: datetime | None = None
    busy: str = ""  # an action that waits for an answer: calling, submitting ...
    ticket: TicketView | None = None
    queue: QueueView = QueueView()
    draft: Draft | None = None
    identity: IdentityView = IdentityView()
    item: Item | None = None
    guidance: Guidance | None = None
    brought_in_estimate: int = 0
    form: FormView | None = None
    materials: MaterialsView | None = None
    missing: tuple[Missing, ...] = ()
    applicant: ApplicantView = ApplicantView()
    result: ResultView | None = None
    receipt: ReceiptView = ReceiptView()
    notice: NoticeView = NoticeView()
    devices: tuple[DeviceView, ...] = ()
    tried: Tried | None = None
    waiting_prints: tuple[WaitingPrint, ...] = ()
    network: NetworkView = NetworkView()
    outbox: OutboxView = OutboxView()
    today: Today = Today()
    saved_at: datetime | None = None
    catalogue_version: str = ""
    catalogue_at: str = ""
    say: Say | None = None
    recovered: str = ""  # visit id that the start offers to go on with
    held: tuple[HeldTicket, ...] = ()
    transfer: TransferView = TransferView()
    pause: PauseView | None = None  # while PAUSED
    opened: OpenedItem | None = None
    lock: LockView | None = None  # while locked, the screens are given ``locking.blank`` of the state
    locks_at: datetime | None = None  # shown as a warning
    applicant_language: str = "zh"  # the applicant's own choice, until the visit ends
    help_asked_at: datetime | None = None  # the applicant asks for help, until the clerk has answered
    signed_out: bool = False  # the session has run out: nothing is sent until somebody signs in again
    training: tuple[ExerciseView, ...] = ()  # the exercises; only in training
    names_en: Mapping[str, str] = field(default_factory=dict)  # the catalogue's names in English, by the Chinese ones
