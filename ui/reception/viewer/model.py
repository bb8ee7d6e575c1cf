"""What the right column shows, from the desk's state. No Qt in here."""

from dataclasses import dataclass

from ui.reception.viewer.device_model import icon_of, worst
from ui.words import words
from window_client.clock import CHINA
from window_client.domain.visit import State, Step
from window_client.reception.state import OutboxRow, PrintState, ReceptionState

CAMERA, PAGES, ECERTS, OUTBOX, DEVICE = "camera", "pages", "ecerts", "outbox", "device"


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the column."""

    id: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Tabs:
    """The tabs and the one that the desk's state asks for; the clerk may look elsewhere until that changes."""

    tabs: tuple[Tab, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message that waits. ``tone`` is warn (waits) or bad (set aside)."""

    title: str
    kind: str
    time: str
    size: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class OutboxFace:
    """待发: how much waits, line by line, and what works without the network."""

    title: str
    note: str
    lines: tuple[OutboxLine, ...]
    offline: bool
    may_retry: bool
    summary: str


def tabs(state: ReceptionState) -> Tabs:
    """Which tabs there are, and which one the state asks for."""
    outbox, device = _outbox_matters(state), worst(state.devices) is not None
    shown = [Tab(CAMERA, "camera", words("viewer.tab.camera")), Tab(PAGES, "docs", words("viewer.tab.pages"))]
    if not outbox and not device:
        shown.append(Tab(ECERTS, "link", words("viewer.tab.ecerts")))
    if outbox:
        count = state.outbox.waiting + state.outbox.set_aside
        shown.append(Tab(OUTBOX, "outbox", words("viewer.tab.outbox", n=count)))
    if device:
        shown.append(Tab(DEVICE, icon_of(worst(state.devices)), words("viewer.tab.device")))
    return Tabs(tuple(shown), _wanted(state))


def extra_tab(tab_id: str, state: ReceptionState) -> Tab:
    """A tab that the clerk asked for by key though nothing makes it matter now."""
    if tab_id == OUTBOX:
        return Tab(OUTBOX, "outbox", words("viewer.tab.outbox", n=state.outbox.waiting + state.outbox.set_aside))
    if tab_id == ECERTS:
        return Tab(ECERTS, "link", words("viewer.tab.ecerts"))
    return Tab(DEVICE, "printer", words("viewer.tab.device"))


def _wanted(state: ReceptionState) -> str:
    if state.result is not None:
        printer = worst(tuple(d for d in state.devices if d.kind == "printer"))
        return DEVICE if state.receipt.state is PrintState.NOT_PRINTED and printer is not None else PAGES
    if state.visit is State.SERVING:
        if state.open_step in {Step.CONFIRM, Step.SUBMIT}:
            return PAGES
        if state.open_step is Step.FORM and not state.network.online and state.outbox.rows:
            return OUTBOX
    return CAMERA


def _outbox_matters(state: ReceptionState) -> bool:
    return state.outbox.set_aside > 0 or (state.outbox.waiting > 0 and not state.network.online)


# ---- outbox


def outbox(state: ReceptionState) -> OutboxFace:
    """What waits to be sent: what the centre would not take stands first."""
    box = state.outbox
    count = box.waiting + box.set_aside
    rows = sorted(box.rows, key=lambda row: (not row.set_aside, row.created_at))
    size = sum(row.size for row in rows)
    summary = words("outbox.set_aside.n", n=box.set_aside) if box.set_aside else ""
    return OutboxFace(
        title=words("outbox.head", n=count, size=_size(size)) if count else words("outbox.empty"),
        note=words("outbox.head.note") if count else words("outbox.empty.note"),
        lines=tuple(_outbox_line(row, online=state.network.online) for row in rows),
        offline=not state.network.online,
        may_retry=count > 0,
        summary=summary or (words("outbox.waiting.n", n=box.waiting) if box.waiting else ""),
    )


def _outbox_line(row: OutboxRow, *, online: bool) -> OutboxLine:
    kind = words.first(f"outbox.kind.{row.kind}", "outbox.kind.other")
    if row.set_aside:
        why = words.first(f"outbox.reason.{row.reason}", "outbox.reason.other")
        said, tone = words("outbox.set_aside", why=why), "bad"
    elif not online:
        said, tone = words("outbox.waiting"), "warn"
    elif row.attempts:
        said, tone = words("outbox.tried", n=row.attempts), "warn"
    else:
        said, tone = words("outbox.sending"), "accent"
    return OutboxLine(
        title=row.case_no or kind,
        kind=kind if row.case_no else "",
        time=f"{row.created_at.astimezone(CHINA):%H:%M}",
        size=_size(row.size) if row.size else "",
        state=said,
        tone=tone,
    )


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
