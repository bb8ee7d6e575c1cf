"""What the centre shows while nobody is served."""

from dataclasses import dataclass
from datetime import date

from ui.reception.texts import moment_words, say, say_first
from window_client.reception.state import Booking, NextTicket, QueueView, ReceptionState

OPEN_ICONS = {"drafts": "pen", "deferred": "doc", "correction": "clock", "held": "pause", "set_aside": "outbox",
              "unprinted": "printer"}  # fmt: skip


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
    """One row of 我的未完事项; ``visit_id`` is given where 打开 works."""

    icon: str
    kind: str
    count: int
    text: str
    note: str
    warn: bool = False
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class Idle:
    """The idle centre. ``recovered`` is (headline, text) of the offer to go on, or None."""

    card: NextCard
    open_items: tuple[OpenItem, ...]
    open_count: int
    notices: tuple[tuple[str, str], ...]
    recovered: tuple[str, str] | None


def idle(state: ReceptionState, today: date) -> Idle:
    """The idle centre of a state."""
    items = _open_items(state, today)
    return Idle(
        card=_card(state.queue),
        open_items=items,
        open_count=sum(item.count for item in items),
        notices=tuple((text, moment_words(at, today)) for text, at in state.today.notices),
        recovered=_recovered(state),
    )


def _card(queue: QueueView) -> NextCard:
    if not queue.online:
        return NextCard("", say("idle.away"), say("idle.away_hint"), "", "", "", ())
    if not queue.next:
        return NextCard("", say("idle.nobody"), say("idle.nobody_hint"), "", "", "", ())
    first = queue.next[0]
    booking = queue.booking
    names = [name for name in (_category_name(queue, first), booking.item_name if booking else "") if name]
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
    return next((row.name for row in queue.categories if row.code == ticket.category), ticket.category)


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


def _open_items(state: ReceptionState, today: date) -> tuple[OpenItem, ...]:
    rows = [
        OpenItem(
            OPEN_ICONS.get(kind, "doc"),
            say_first(f"open.{kind}", "open.deferred"),
            count,
            text,
            moment_words(note, today),
            kind == "correction",
        )
        for kind, count, text, note in state.today.open_items
        if count
    ]
    rows += [
        OpenItem("pen", say("open.drafts"), 1, text, say("idle.saved", t=saved), visit_id=visit_id)
        for visit_id, text, saved in state.today.drafts
        if visit_id != state.recovered
    ]
    return tuple(rows)


def _recovered(state: ReceptionState) -> tuple[str, str] | None:
    if not state.recovered:
        return None
    name = next((text for visit_id, text, _ in state.today.drafts if visit_id == state.recovered), "")
    return say("recovered.head"), say("recovered.text", x=name) if name else say("recovered.text_plain")
