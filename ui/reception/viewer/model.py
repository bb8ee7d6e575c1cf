"""What the right column shows, from the desk's state. No Qt in here."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.words import words
from window_client.clock import CHINA
from window_client.domain.visit import State, Step
from window_client.reception.state import DeviceView, OutboxRow, PrintState, ReceptionState

CAMERA, PAGES, ECERTS, OUTBOX, DEVICE = "camera", "pages", "ecerts", "outbox", "device"
TROUBLED = frozenset({"offline", "fault"})
WARNING_CODES = frozenset({"paper_near_end"})
QUIET_CODES = frozenset({"no_documents", "no_card"})
"""Said by a device that is ready: an empty feeder is not a trouble."""


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


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in the list: lamp kind, name, what is with it, and the mark of an emulated one."""

    id: str
    kind: str
    name: str
    lamp: str
    word: str
    emulated: bool


@dataclass(frozen=True, slots=True)
class DeviceFace:
    """The device page: the device that needs care first, with its steps; ``drawn`` names the drawings of the steps."""

    lamp: str
    headline: str
    note: str
    emulated: bool
    steps: tuple[str, ...]
    drawn: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...]
    waiting_note: str
    others: tuple[DeviceLine, ...]
    others_title: str


def tabs(state: ReceptionState) -> Tabs:
    """Which tabs there are, and which one the state asks for."""
    outbox, device = _outbox_matters(state), _worst(state.devices) is not None
    shown = [Tab(CAMERA, "camera", words("viewer.tab.camera")), Tab(PAGES, "docs", words("viewer.tab.pages"))]
    if not outbox and not device:
        shown.append(Tab(ECERTS, "link", words("viewer.tab.ecerts")))
    if outbox:
        count = state.outbox.waiting + state.outbox.set_aside
        shown.append(Tab(OUTBOX, "outbox", words("viewer.tab.outbox", n=count)))
    if device:
        shown.append(Tab(DEVICE, _icon_of(_worst(state.devices)), words("viewer.tab.device")))
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
        printer = _worst(tuple(d for d in state.devices if d.kind == "printer"))
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


# ---- devices


def lamp_of(device: DeviceView) -> str:
    """Lamp kind of a device: its state, and amber for a ready one that has something to note."""
    if device.state == "fault":
        return "bad"
    if device.state == "offline":
        return "bad" if device.kind in {"printer", "id_card"} else "warn"
    if device.state in {"disabled", "connecting"}:
        return "idle"
    return "warn" if device.code in WARNING_CODES else "ok"


def device_word(device: DeviceView) -> str:
    """What is with the device, in a word or two."""
    if (
        device.code not in {"", *QUIET_CODES}
        and device.state in TROUBLED | {"ready", "busy"}
        and f"device.code.{device.code}" in words
    ):
        return words(f"device.code.{device.code}")
    return words.first(f"device.state.{device.state}", "device.state.ready")


def device_name(kind: str) -> str:
    """The counter's word for a kind of device."""
    return words.first(f"device.kind.{kind}", "device.kind.other")


def device(state: ReceptionState) -> DeviceFace:
    """The device that needs care first, with steps and what waits for it; then the others."""
    worst = _worst(state.devices)
    waiting = _waiting_prints(state)
    lines = tuple(_device_line(d) for d in state.devices if worst is None or d.id != worst.id)
    if worst is None:
        return DeviceFace(
            lamp="ok",
            headline=words("device.fine"),
            note=words("device.fine.note"),
            emulated=False,
            steps=(),
            drawn=(),
            waiting=waiting,
            waiting_note=words("device.waiting_note.other") if waiting else "",
            others=lines,
            others_title=words("device.all"),
        )
    code = worst.code or "other"
    special, general = f"device.steps.{worst.kind}.{code}", f"device.steps.{code}"
    steps = tuple(words.first(special, general, "device.steps.other").split("|"))
    note = words.first(f"device.note.{worst.kind}.{code}", f"device.note.{worst.kind}", "device.note.other")
    drawn = {("printer", "paper_out"): ("open", "roll", "close"), ("printer", "cover_open"): ("pull", "close")}
    ended = "device.waiting_note" if code == "paper_out" else "device.waiting_note.other"
    return DeviceFace(
        lamp=lamp_of(worst),
        headline=device_name(worst.kind) + device_word(worst),
        note=note,
        emulated=worst.emulated,
        steps=steps,
        drawn=drawn.get((worst.kind, code), ()),
        waiting=waiting if worst.kind == "printer" else (),
        waiting_note=words(ended) if waiting and worst.kind == "printer" else "",
        others=lines,
        others_title=words("device.others"),
    )


def _device_line(device: DeviceView) -> DeviceLine:
    name, word = device_name(device.kind), device_word(device)
    return DeviceLine(device.id, device.kind, name, lamp_of(device), word, device.emulated)


def _worst(devices: Sequence[DeviceView]) -> DeviceView | None:
    """A fault before what is away, the printer before the rest, because a receipt may wait for it."""
    troubled = [d for d in devices if d.state in TROUBLED or d.code in WARNING_CODES]
    order = {"fault": 0, "offline": 1}
    return min(troubled, key=lambda d: (order.get(d.state, 2), d.kind != "printer"), default=None)


def _icon_of(device: DeviceView | None) -> str:
    icons = {"id_card": "card", "scanner": "scanner", "camera": "camera", "display": "monitor", "codes": "qr"}
    return icons.get(device.kind, "printer") if device else "printer"


def _waiting_prints(state: ReceptionState) -> tuple[tuple[str, str], ...]:
    if state.result is None or state.receipt.state not in {PrintState.NOT_PRINTED, PrintState.WAITING}:
        return ()
    draft = state.draft
    name = draft.applicant.name if draft and draft.applicant else ""
    return ((words("device.waiting_receipt", no=state.result.case_no), name),)
