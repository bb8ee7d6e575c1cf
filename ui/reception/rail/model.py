"""What the left column shows: the ticket card, the calling buttons, and the queue."""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.strip.model import held_minutes
from ui.reception.texts import clock, reason_words, say, say_first, short_minutes_seconds
from window_client.domain.ticket import USUAL
from window_client.domain.visit import Event, State, allowed
from window_client.reception.state import CategoryQueue, HeldTicket, NextTicket, ReceptionState, TicketView, Today

DONE = frozenset({State.SUBMITTED, State.RATING})
SHOWN_NEXT = 4


@dataclass(frozen=True, slots=True)
class Face:
    """The ticket card. ``clock_word`` stands before the running time from ``since`` to ``until`` (None: now)."""

    mode: str  # idle, calling, serving, done, paused
    head: str
    aside: str
    number: str
    category: str
    clock_word: str
    since: datetime | None
    until: datetime | None
    usual_minutes: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue: bold left, a chip or a plain middle, right. ``act`` is what a click does."""

    left: str
    middle: str
    right: str
    chip: bool = False
    count: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Rail:
    """The whole column. ``filled`` F2 is the filled button; ``in_card``: it stands on the idle card."""

    face: Face
    filled: bool
    in_card: bool
    can_call: bool
    can_recall: bool
    can_no_show: bool
    can_call_number: bool
    can_transfer: bool
    can_hold: bool
    resumes: bool
    hint: str
    calling: bool
    waiting_head: str
    waiting_aside: str
    categories: tuple[QueueRow, ...]
    next_head: str
    next_aside: str
    next: tuple[QueueRow, ...]
    held_head: str
    held: tuple[QueueRow, ...]
    today: tuple[tuple[str, str], ...]


def rail(state: ReceptionState, now: datetime | None = None, *, fault_has_the_fill: bool = False) -> Rail:
    """The left column of a state at ``now``. A fault that needs care takes the fill away from F2."""
    visit = state.visit
    events = allowed(visit)
    may_call = Event.CALL in events or visit in DONE
    with_ticket = state.ticket is not None and bool(state.ticket.number)
    queue = state.queue
    return Rail(
        face=_face(state),
        filled=may_call and not fault_has_the_fill and not state.recovered,
        in_card=visit is State.IDLE,
        can_call=may_call and state.busy != "calling",
        can_recall=Event.RECALL in events and with_ticket and not _called_out(state),
        can_no_show=Event.NO_SHOW in events and with_ticket,
        can_call_number=visit is State.IDLE and state.busy != "calling",
        can_transfer=Event.TRANSFER in events and with_ticket,
        can_hold=Event.HOLD in events or (visit is State.IDLE and bool(state.held)),
        resumes=visit is State.IDLE,
        hint=_hint(state),
        calling=state.busy == "calling",
        waiting_head=say("queue.waiting", n=queue.waiting) if queue.online else say("queue.away"),
        waiting_aside=say("queue.mine") if queue.online else "",
        categories=tuple(_category(row) for row in queue.categories),
        next_head=say("queue.next") if queue.next or not queue.online else "",
        next_aside=say("queue.order") if queue.online else say("queue.away_hint"),
        next=tuple(_next(row) for row in queue.next[:SHOWN_NEXT]),
        held_head=say("queue.held", n=len(state.held)) if state.held else "",
        held=tuple(_held(row, now, click=visit is State.IDLE) for row in state.held),
        today=_today(state.today),
    )


def _called_out(state: ReceptionState) -> bool:
    """All announcements are made: what is left is F4."""
    return state.visit is State.CALLING and state.ticket is not None and state.ticket.calls >= USUAL.announcements


def _hint(state: ReceptionState) -> str:
    """One line under the buttons: a note that came with the number, or that it was called often enough."""
    if _called_out(state):
        return say("queue.called_out")
    ticket = state.ticket
    if ticket is None or state.visit not in {State.CALLING, State.SERVING} or not ticket.came_from:
        return ""
    came = say("ticket.from_window", n=ticket.came_from)
    return f"{came}：{ticket.note}" if ticket.note else came


def _face(state: ReceptionState) -> Face:
    ticket = state.ticket
    if state.visit is State.PAUSED:
        back = state.pause.back_at if state.pause else None
        since = state.pause.since if state.pause else state.idle_since
        aside = say("ticket.paused_back", t=clock(back)) if back else ""
        return Face("paused", say("ticket.paused"), aside, "", "", say("ticket.paused_for"), since, None, 0)
    if state.visit is State.IDLE or (ticket is None and state.visit not in DONE and state.visit is not State.SERVING):
        return Face("idle", say("ticket.idle"), "", "", say("ticket.idle_hint"), "", state.idle_since, None, 0)
    number = ticket.number if ticket and ticket.number else say("ticket.none")
    parts = (named(ticket.category_name), _ticket_chip(ticket)) if ticket else ()
    category = " · ".join(part for part in parts if part)
    started = ticket.started_at if ticket else None
    ended = ticket.ended_at if ticket else None
    usual = ticket.usual_minutes if ticket else 0
    waited = say("ticket.waited", n=ticket.waited_minutes) if ticket and ticket.number else ""
    if state.visit is State.CALLING and ticket:
        calls = say("ticket.calls", n=ticket.calls)
        return Face(
            "calling", say("ticket.calling"), calls, number, category, say("ticket.since_call"), started, None, usual
        )
    if state.visit in DONE:
        return Face("done", say("ticket.done"), waited, number, category, say("ticket.used"), started, ended, usual)
    head = say_first(f"ticket.{state.visit.value}", "ticket.serving")
    return Face("serving", head, waited, number, category, say("ticket.elapsed"), started, ended, usual)


def _ticket_chip(ticket: TicketView) -> str:
    if ticket.booked_at:
        return say("queue.booked", t=ticket.booked_at)
    return say_first(f"priority.{ticket.priority}", "priority.other") if ticket.priority else ""


def _category(row: CategoryQueue) -> QueueRow:
    longest = say("queue.longest", n=row.longest_minutes) if row.count else ""
    return QueueRow(row.code, named(row.name), longest, count=str(row.count))


def _next(row: NextTicket) -> QueueRow:
    chip = say("queue.booked", t=row.booked_at) if row.booked_at else ""
    if not chip and row.priority:
        chip = say_first(f"priority.{row.priority}", "priority.other")
    return QueueRow(row.number, chip, say("queue.minutes", n=row.waited_minutes), chip=bool(chip))


def _held(row: HeldTicket, now: datetime | None, *, click: bool) -> QueueRow:
    minutes = held_minutes(row, now) if now is not None else row.minutes
    act = f"resume:{row.visit_id or row.number}" if click else ""
    return QueueRow(
        row.number or say("ticket.none"), reason_words(row.reason), say("queue.minutes", n=minutes), act=act
    )


def _today(today: Today) -> tuple[tuple[str, str], ...]:
    average = short_minutes_seconds(today.average_seconds) if today.done else "–"
    return (
        (say("today.done"), str(today.done)),
        (say("today.average"), average),
        (say("today.deferred"), str(today.deferred)),
    )
