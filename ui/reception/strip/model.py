"""What the strip in the centre asks: where to, why, which one. A number key picks a line.

``hold``, ``resume`` and ``end_unfiled`` act on the number key at once; a transfer only chooses its window, so that a
note may be written before Enter.
"""

from dataclasses import dataclass
from datetime import datetime

from ui.names import named
from ui.reception.texts import clock, in_language, reason_words, say, say_first
from window_client.domain.visit import Event, State, allowed
from window_client.reception.state import HeldTicket, OtherWindow, ReceptionState

HOLD_REASONS = ("fetch", "copy", "form", "pay", "ask", "agent")
UNFILED_REASONS = ("papers", "not_here", "not_entitled", "asked_only", "gave_up", "elsewhere")
KINDS = ("transfer", "hold", "resume", "end_unfiled")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line. ``act`` is what choosing it does; ``go`` names the button that confirms it."""

    act: str
    left: str
    text: str
    right: str = ""
    quiet: bool = False
    go: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole strip. ``lines`` is a message in three parts instead of choices; ``note`` labels a line of text."""

    kind: str
    title: str
    hint: str
    choices: tuple[Choice, ...] = ()
    columns: int = 1
    at_once: bool = True
    danger: bool = False
    note: str = ""
    note_act: str = ""
    go: str = ""
    foot: str = ""
    lines: tuple[str, ...] = ()
    busy: str = ""


def may_open(kind: str, state: ReceptionState) -> bool:
    """Whether the strip has something to ask in this state."""
    events = allowed(state.visit)
    if kind == "transfer":
        return Event.TRANSFER in events and state.draft is not None
    if kind == "hold":
        return Event.HOLD in events and state.draft is not None
    if kind == "end_unfiled":
        return Event.END_UNFILED in events and state.draft is not None
    return kind == "resume" and state.visit is State.IDLE and len(state.held) > 0


def strip(kind: str, state: ReceptionState, now: datetime) -> Strip:
    """The strip of a kind."""
    number = state.ticket.number if state.ticket and state.ticket.number else say("ticket.none")
    if kind == "transfer":
        return _transfer(state, number)
    if kind == "hold":
        return Strip(
            kind,
            say("strip.hold", number=number),
            say("strip.hold.hint"),
            tuple(
                Choice(f"hold:{say(f'hold.reason.{code}')}", "", say(f"hold.reason.{code}")) for code in HOLD_REASONS
            ),
            columns=3,
            note=say("strip.hold.note"),
            note_act="hold",
            go=say("strip.hold.go"),
        )
    if kind == "end_unfiled":
        return Strip(
            kind,
            say("strip.end_unfiled"),
            say("strip.end_unfiled.hint"),
            tuple(Choice(f"end_unfiled:{code}", "", say(f"unfiled.reason.{code}")) for code in UNFILED_REASONS),
            columns=3,
            danger=True,
            note=say("strip.end_unfiled.note"),
            note_act="end_unfiled",
            go=say("strip.end_unfiled.go"),
        )
    return Strip(kind, say("strip.resume"), say("strip.pick"), tuple(_held(row, now) for row in state.held))


def held_minutes(row: HeldTicket, now: datetime) -> int:
    """Minutes that a number has been on hold."""
    return max(0, int((now - row.since).total_seconds() // 60)) if row.since else row.minutes


def _held(row: HeldTicket, now: datetime) -> Choice:
    about = " · ".join(part for part in (named(row.about), reason_words(row.reason)) if part)
    minutes = say("strip.resume.since", n=held_minutes(row, now))
    return Choice(f"resume:{row.visit_id or row.number}", row.number or say("ticket.none"), about, minutes)


def _transfer(state: ReceptionState, number: str) -> Strip:
    view, title = state.transfer, say("strip.transfer", number=number)
    if view.status in {"away", "local"}:
        lines = tuple(say(f"strip.transfer.{view.status}.{part}") for part in ("what", "means", "do"))
        return Strip("transfer", title, "", lines=lines)
    busy = say("strip.transfer.asking") if view.status == "asking" and not view.windows else ""
    if state.busy == "transferring":
        busy = say("strip.transfer.sending")
    elif view.status == "ready" and not view.windows:
        busy = say("strip.transfer.none")
    filled = state.draft is not None and bool(state.draft.applicant or state.draft.item_id)
    return Strip(
        "transfer",
        title,
        say("strip.transfer.hint"),
        tuple(_window(row, state) for row in view.windows),
        at_once=False,
        note=say("strip.transfer.note"),
        note_act="transfer",
        foot=say("strip.transfer.loses") if filled else "",
        busy=busy,
    )


def _window(row: OtherWindow, state: ReceptionState) -> Choice:
    names = {category.code: named(category.name) for category in state.queue.categories}
    served = in_language("、", ", ").join(names.get(code, code) for code in row.categories)
    title = named(row.title)
    text = f"{title}　{served}" if title and title != served else served
    if row.state == "paused":
        right = say("strip.window.paused_back", t=clock(row.back_at)) if row.back_at else say("strip.window.paused")
    else:
        right = say("strip.window.waiting", n=row.waiting)
    if not row.fits:
        right = f"{say('strip.window.other')}　{right}"
    return Choice(
        f"transfer:{row.no}",
        say("strip.window", n=row.no),
        text,
        right,
        quiet=not row.fits or row.state == "paused",
        go=say("strip.transfer.go", n=row.no),
    )


def refusal(kind: str, state: ReceptionState) -> str:
    """Why a strip does not open, as a key of the toasts."""
    if kind == "transfer":
        return "transfer.nothing"
    if kind == "end_unfiled":
        return "end.nothing"
    if state.visit is State.CALLING:
        return "hold.nobody"
    return "hold.none" if state.visit in {State.IDLE, State.PAUSED} else "hold.done_visit"


def pause_refusal() -> str:
    """Why the window cannot pause now."""
    return say_first("toast.pause.serving")
