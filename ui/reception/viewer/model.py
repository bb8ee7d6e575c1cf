"""What the right column shows, from the desk's state. No Qt in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.words import words
from window_client.clock import CHINA
from window_client.domain.material import PageRef, RowState
from window_client.domain.visit import State, Step
from window_client.reception.state import DeviceView, OutboxRow, PrintState, ReceiptView, ReceptionState

CAMERA, PAGES, ECERTS, OUTBOX, DEVICE = "camera", "pages", "ecerts", "outbox", "device"
TROUBLED = frozenset({"offline", "fault"})
WARNING_CODES = frozenset({"paper_near_end"})
QUIET_CODES = frozenset({"no_documents", "no_card"})
"""Said by a device that is ready: an empty feeder is not a trouble."""


class Live(Protocol):
    """What the camera's watcher says about the newest frame; ``preview`` is RGB, 3 bytes a pixel, rows unpadded."""

    @property
    def corners(self) -> Sequence[tuple[float, float]] | None:
        """The page's corners in unit coordinates, clockwise from the top left."""

    @property
    def sharp(self) -> bool:
        """Not blurred."""

    @property
    def dark(self) -> bool:
        """Too little light."""

    @property
    def still(self) -> bool:
        """The page lies still."""

    @property
    def preview(self) -> bytes:
        """RGB bytes."""

    @property
    def preview_width(self) -> int:
        """Pixels a row of the preview."""

    @property
    def preview_height(self) -> int:
        """Rows of the preview."""


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
class Target:
    """A material that pages may go to."""

    material_id: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class CameraFace:
    """The camera page. ``stage_title`` stands on the mat while there is no live picture."""

    targets: tuple[Target, ...]
    current: str
    pages: tuple[PageRef, ...]
    selected: int
    may_capture: bool
    capturing: bool
    primary: bool
    auto: bool
    note: str
    unsorted: int
    stage_title: str
    stage_note: str
    away: bool


@dataclass(frozen=True, slots=True)
class StageWords:
    """What stands on the mat over a live picture: chips at the left (icon, text), whether the first one warns."""

    title: str
    note: str
    left: tuple[tuple[str, str], ...]
    warn: bool


@dataclass(frozen=True, slots=True)
class PagesFace:
    """All pages of the case in the order of the checklist, or the receipt once there is one."""

    pages: tuple[PageRef, ...]
    selected: int
    receipt: ReceiptView | None
    receipt_word: str
    receipt_tone: str
    receipt_icon: str
    print_word: str
    may_print: bool


@dataclass(frozen=True, slots=True)
class ECertLine:
    """A material for which an e-certificate may stand, or stands."""

    material_id: str
    name: str
    note: str
    used: bool
    may_use: bool


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


# ---- camera


def camera(state: ReceptionState) -> CameraFace:
    """The camera page; pages go somewhere only once the checklist is known."""
    device = next((d for d in state.devices if d.kind == "camera"), None)
    title, note, away = _ready_words(device)
    materials = state.materials if state.visit is State.SERVING else None
    if materials is not None and state.open_step is not Step.MATERIALS:
        taken = materials.unsorted or any(row.pages for row in materials.rows)
        materials = materials if taken else None
    if materials is None:
        cleared = state.visit in {State.IDLE, State.CALLING}
        quiet = words("viewer.cleared") if cleared else words("viewer.no_pages")
        return CameraFace((), "", (), -1, False, False, False, False, quiet, 0, title, note, away)
    row = next((r for r in materials.rows if r.material_id == materials.current), None)
    here = state.open_step is Step.MATERIALS
    return CameraFace(
        targets=tuple(
            Target(r.material_id, r.number, r.name) for r in materials.rows if r.state is not RowState.NOT_NEEDED
        ),
        current=materials.current,
        pages=row.pages if row else (),
        selected=materials.selected_page,
        may_capture=here and row is not None and not away,
        capturing=materials.capturing,
        primary=here and bool(state.missing),
        auto=materials.auto_capture,
        note="",
        unsorted=len(materials.unsorted),
        stage_title=title,
        stage_note=note,
        away=away,
    )


def _ready_words(device: DeviceView | None) -> tuple[str, str, bool]:
    if device is None or device.state in {"disabled"} | TROUBLED:
        return words("viewer.no_camera"), words("viewer.no_camera.hint"), True
    if device.state == "connecting":
        return words("viewer.connecting"), words("viewer.connecting.hint"), True
    return words("viewer.ready"), words("viewer.ready.hint"), False


def stage_words(live: Live) -> StageWords:
    """What to say over a live picture: first what hinders, else what is good."""
    if not live.corners:
        if live.dark:
            return StageWords("", "", (("sun", words("viewer.dark")),), True)
        return StageWords(words("viewer.searching"), words("viewer.searching.hint"), (), False)
    found = ("check", words("viewer.edge_found"))
    if live.dark:
        return StageWords("", "", (("sun", words("viewer.dark")), found), True)
    if not live.still:
        return StageWords("", "", (found, ("", words("viewer.moving"))), False)
    if not live.sharp:
        return StageWords("", "", (("warn", words("viewer.blurred")), found), True)
    return StageWords("", "", (found, ("", words("viewer.sharp"))), False)


# ---- pages and receipt

_RECEIPT = {
    PrintState.WAITING: ("ink-3", "clock"),
    PrintState.PRINTING: ("accent", "printer"),
    PrintState.CONFIRMED: ("ok", "check"),
    PrintState.SENT: ("ok", "check"),
    PrintState.UNKNOWN: ("warn", "warn"),
    PrintState.NOT_PRINTED: ("bad", "cross"),
}


def pages(state: ReceptionState) -> PagesFace:
    """Every page of the case, or the receipt after acceptance."""
    receipt = state.receipt if state.result is not None and state.receipt.lines else None
    materials = state.materials
    own = () if materials is None else tuple(page for row in materials.rows for page in row.pages)
    every = own + (materials.unsorted if materials else ())
    selected = 0 if every else -1
    if materials is not None:
        before = 0
        for row in materials.rows:
            if row.material_id == materials.current and 0 <= materials.selected_page < len(row.pages):
                selected = before + materials.selected_page
            before += len(row.pages)
    tone, icon = _RECEIPT.get(state.receipt.state, ("ink-3", "clock"))
    printed = state.receipt.state in {PrintState.CONFIRMED, PrintState.SENT}
    return PagesFace(
        pages=every,
        selected=selected,
        receipt=receipt,
        receipt_word="" if state.receipt.state is PrintState.NONE else words(f"receipt.{state.receipt.state.value}"),
        receipt_tone=tone,
        receipt_icon=icon,
        print_word=words("receipt.reprint") if printed else words("receipt.print"),
        may_print=state.receipt.state not in {PrintState.WAITING, PrintState.PRINTING},
    )


def flags(page: PageRef) -> tuple[tuple[str, str], ...]:
    """Chips for what is wrong with a stored page."""
    return tuple(("warn", words(f"viewer.flag.{flag}")) for flag in page.flags if f"viewer.flag.{flag}" in words)


# ---- e-certificates


def ecerts(state: ReceptionState) -> tuple[ECertLine, ...]:
    """Materials that an e-certificate may stand for."""
    materials = state.materials if state.visit is State.SERVING else None
    if materials is None:
        return ()
    return tuple(
        ECertLine(
            row.material_id,
            f"{row.number}  {row.name}",
            words("ecert.valid_to", d=row.ecert_valid_to) if row.ecert_valid_to else words("ecert.hint"),
            used=row.state is RowState.ECERT,
            may_use=row.ecert_offered and row.state is not RowState.ECERT,
        )
        for row in materials.rows
        if row.ecert_offered or row.state is RowState.ECERT
    )


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
