"""What the centre shows while nobody is served."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ui.names import named
from ui.reception.idle.exercises import ExerciseRow, exercises
from ui.reception.strip.model import held_minutes
from ui.reception.texts import case_no_words, in_hall_time, in_language, moment_words, reason_words, say, say_first
from window_client.reception.state import Booking, CaseConflict, NextTicket, QueueView, ReceptionState

OPEN_ICONS = {"drafts": "pen", "deferred": "doc", "correction": "clock", "held": "pause", "set_aside": "outbox",
              "unprinted": "printer", "conflict": "warn", "scanned": "qr"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextCard:
    """下一位. ``facts`` are (label, value); without a next number, ``headline`` and ``hint`` say why."""

    number: str
    headline: str
    hint: str
    booked: str
    prefilled: str
    waited: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One row of 我的未完事项. ``act`` is what opening it does; ``lines`` are shown below it once it is opened.

    A line is (what, about, when); a single line with only ``what`` is a message.
    """

    icon: str
    kind: str
    count: int
    text: str
    note: str
    warn: bool = False
    visit_id: str = ""
    act: str = ""
    act_words: str = ""
    lines: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One row of 今天需知道. ``key`` is what the desk knows it by."""

    text: str
    when: str
    read: bool
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Idle:
    """The idle centre. ``recovered`` is (headline, text) of the offer to go on, or None."""

    card: NextCard
    open_items: tuple[OpenItem, ...]
    open_count: int
    notices: tuple[NoticeRow, ...]
    recovered: tuple[str, str] | None
    exercises: tuple[ExerciseRow, ...] = ()


def idle(state: ReceptionState, now: datetime) -> Idle:
    """The idle centre of a state at ``now``."""
    today = in_hall_time(now).date()
    items = _open_items(state, now, today)
    return Idle(
        card=_card(state.queue),
        open_items=items,
        open_count=sum(item.count for item in items if item.act != ACTS["scanned"]),
        notices=tuple(
            NoticeRow(text, moment_words(at, today), (text, at) in state.today.notices_read, (text, at))
            for text, at in state.today.notices
        ),
        recovered=_recovered(state),
        exercises=exercises(state),
    )


def _card(queue: QueueView) -> NextCard:
    if not queue.online:
        return NextCard("", say("idle.away"), say("idle.away_hint"), "", "", "", ())
    if not queue.next:
        return NextCard("", say("idle.nobody"), say("idle.nobody_hint"), "", "", "", ())
    first = queue.next[0]
    booking = queue.booking
    names = [name for name in (_category_name(queue, first), named(booking.item_name) if booking else "") if name]
    return NextCard(
        number=first.number,
        headline=" · ".join(names),
        hint="",
        booked=say("queue.booked", t=first.booked_at) if first.booked_at else _priority(first),
        prefilled=say("idle.prefilled", n=booking.prefilled) if booking and booking.prefilled else "",
        waited=say("idle.waited", n=first.waited_minutes),
        facts=_facts(booking),
    )


def _category_name(queue: QueueView, ticket: NextTicket) -> str:
    return next((named(row.name) for row in queue.categories if row.code == ticket.category), ticket.category)


def _priority(ticket: NextTicket) -> str:
    return say_first(f"priority.{ticket.priority}", "priority.other") if ticket.priority else ""


def _facts(booking: Booking | None) -> tuple[tuple[str, str], ...]:
    if booking is None:
        return ()
    return (
        (say("idle.booked_by"), booking.applicant),
        (say("idle.bring"), say("idle.bring_value", n=booking.materials, m=booking.uploaded)),
        (say("idle.usual"), say("queue.minutes", n=booking.usual_minutes)),
    )


ORDER = ("scanned", "unprinted", "conflict", "correction", "held", "deferred", "set_aside", "drafts")
ACTS = {"unprinted": "print_again", "correction": "open_item:correction", "deferred": "open_item:deferred",
        "conflict": "open_item:conflict", "held": "hold", "set_aside": "outbox",
        "scanned": "open_item:scanned"}  # fmt: skip


def _open_items(state: ReceptionState, now: datetime, today: date) -> tuple[OpenItem, ...]:
    rows: list[tuple[str, OpenItem]] = []
    for kind, count, text, note in state.today.open_items:
        if count and kind != "held":  # what is held stands on this window's own disk
            shown = say("open.unprinted_note") if kind == "unprinted" else moment_words(note, today)
            rows.append((kind, _item(kind, count, text, shown, state, today)))
    if state.held:
        first = state.held[0]
        minutes = held_minutes(first, now)
        note = (
            say("idle.held_for", reason=reason_words(first.reason), n=minutes)
            if first.reason
            else say("queue.minutes", n=minutes)
        )
        text = " ".join(part for part in (first.number, first.about) if part)
        theirs = next((words for kind, _, words, _ in state.today.open_items if kind == "held"), "")
        if not first.about and first.number and theirs.startswith(first.number):
            text = theirs  # held at the service only: it knows the booking
        rows.append(("held", _item("held", len(state.held), text, note, state, today)))
    if state.opened is not None and state.opened.kind == "scanned":
        case = _item("scanned", 1, "", "", state, today)
        rows.append(("scanned", replace(case, act_words=say("open.scanned_close"))))
    if state.outbox.set_aside:
        first_no = next((row.case_no for row in state.outbox.rows if row.set_aside and row.case_no), "")
        note = say("open.set_aside_note")
        rows.append(("set_aside", _item("set_aside", state.outbox.set_aside, first_no, note, state, today)))
    rows += [
        (
            "drafts",
            OpenItem("pen", say("open.drafts"), 1, named(text), say("idle.saved", t=saved), visit_id=visit_id,
                     act=f"resume_draft:{visit_id}"),
        )
        for visit_id, text, saved in state.today.drafts
        if visit_id != state.recovered
    ]  # fmt: skip
    rows.sort(key=lambda row: ORDER.index(row[0]) if row[0] in ORDER else len(ORDER))
    return tuple(item for _, item in rows)


def _item(kind: str, count: int, text: str, note: str, state: ReceptionState, today: date) -> OpenItem:
    return OpenItem(
        OPEN_ICONS.get(kind, "doc"),
        say_first(f"open.{kind}", "open.deferred"),
        count,
        named(text),
        note,
        kind in {"conflict", "correction", "set_aside", "unprinted"},
        act=_act(kind, state),
        act_words=say("conflict.seen") if _act(kind, state) == "settle_conflicts" else "",
        lines=_lines(kind, state, today),
    )


def _act(kind: str, state: ReceptionState) -> str:
    """What opening a line does; conflicts that are listed are marked as looked at by the same key."""
    opened = state.opened
    if kind == "conflict" and opened is not None and opened.kind == kind and opened.conflicts:
        return "settle_conflicts"
    return ACTS.get(kind, "")


def _conflict(row: CaseConflict) -> tuple[str, str, str]:
    what = in_language(row.label, row.label_en)
    theirs = row.theirs
    if row.kind == "deferral":
        theirs = say_first(f"conflict.why.{row.theirs}", "conflict.why.other")
    key = "ecert_gone" if row.kind == "ecert" and not theirs else row.kind
    said = say_first(f"conflict.{key}", "conflict.other", what=what, ours=row.ours, theirs=theirs)
    return case_no_words(row.case_no), f"{said} · {named(row.about)}", ""


def _lines(kind: str, state: ReceptionState, today: date) -> tuple[tuple[str, str, str], ...]:
    opened = state.opened
    if opened is None or opened.kind != kind:
        return ()
    if opened.status == "asking":
        return ((say("idle.asking"), "", ""),)
    if opened.status == "away":
        return ((say("idle.cases_away"), "", ""),)
    if opened.conflicts:
        return tuple(_conflict(row) for row in opened.conflicts)
    if not opened.rows:
        return ((say("idle.cases_none"), "", ""),)
    return tuple(
        (named(what), named(about), say("idle.due", t=moment_words(when, today)) if when else "")
        for what, about, when in opened.rows
    )


def _recovered(state: ReceptionState) -> tuple[str, str] | None:
    if not state.recovered:
        return None
    name = next((named(text) for visit_id, text, _ in state.today.drafts if visit_id == state.recovered), "")
    return say("recovered.head"), say("recovered.text", x=name) if name else say("recovered.text_plain")
