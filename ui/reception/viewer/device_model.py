"""What the device page shows, from the desk's state. No Qt in here."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.words import words
from window_client.reception.state import DeviceView, PrintState, ReceptionState

TROUBLED = frozenset({"offline", "fault"})
WARNING_CODES = frozenset({"paper_near_end"})
QUIET_CODES = frozenset({"no_documents", "no_card"})
"""Said by a device that is ready: an empty feeder is not a trouble."""


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
    first = worst(state.devices)
    waiting = _waiting_prints(state)
    lines = tuple(_device_line(d) for d in state.devices if first is None or d.id != first.id)
    if first is None:
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
    code = first.code or "other"
    special, general = f"device.steps.{first.kind}.{code}", f"device.steps.{code}"
    steps = tuple(words.first(special, general, "device.steps.other").split("|"))
    note = words.first(f"device.note.{first.kind}.{code}", f"device.note.{first.kind}", "device.note.other")
    drawn = {("printer", "paper_out"): ("open", "roll", "close"), ("printer", "cover_open"): ("pull", "close")}
    ended = "device.waiting_note" if code == "paper_out" else "device.waiting_note.other"
    return DeviceFace(
        lamp=lamp_of(first),
        headline=device_name(first.kind) + device_word(first),
        note=note,
        emulated=first.emulated,
        steps=steps,
        drawn=drawn.get((first.kind, code), ()),
        waiting=waiting if first.kind == "printer" else (),
        waiting_note=words(ended) if waiting and first.kind == "printer" else "",
        others=lines,
        others_title=words("device.others"),
    )


def _device_line(device: DeviceView) -> DeviceLine:
    name, word = device_name(device.kind), device_word(device)
    return DeviceLine(device.id, device.kind, name, lamp_of(device), word, device.emulated)


def worst(devices: Sequence[DeviceView]) -> DeviceView | None:
    """A fault before what is away, the printer before the rest, because a receipt may wait for it."""
    troubled = [d for d in devices if d.state in TROUBLED or d.code in WARNING_CODES]
    order = {"fault": 0, "offline": 1}
    return min(troubled, key=lambda d: (order.get(d.state, 2), d.kind != "printer"), default=None)


def icon_of(device: DeviceView | None) -> str:
    """The icon of the tab: the device that needs care."""
    icons = {"id_card": "card", "scanner": "scanner", "camera": "camera", "display": "monitor", "codes": "qr"}
    return icons.get(device.kind, "printer") if device else "printer"


def _waiting_prints(state: ReceptionState) -> tuple[tuple[str, str], ...]:
    if state.result is None or state.receipt.state not in {PrintState.NOT_PRINTED, PrintState.WAITING}:
        return ()
    draft = state.draft
    name = draft.applicant.name if draft and draft.applicant else ""
    return ((words("device.waiting_receipt", no=state.result.case_no), name),)
