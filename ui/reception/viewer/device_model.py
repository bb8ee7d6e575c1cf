"""What the device page shows, from the desk's state. No Qt in here.

One device stands at the top: the one that the clerk chose, else the one that needs care first. Its three parts are
said in this order: what happened (headline), what it means for this visit (note), what to do now (drawn steps).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.device_faces import WARNING_CODES, icon_of, name_of
from ui.reception.texts import clock
from ui.reception.viewer.drawn import drawn
from ui.words import words
from window_client.domain.identifiers import grouped
from window_client.domain.visit import State, Step
from window_client.reception.state import DeviceView, PrintState, ReceptionState, Tried, TriedState
from window_client.reception.trying import CAN_BE_TRIED

TROUBLED = frozenset({"offline", "fault"})
QUIET_CODES = frozenset({"no_documents", "no_card"})
"""Said by a device that is ready: an empty feeder is not a trouble."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in the list: lamp kind, name, facts, what is with it, and the mark of an emulated one."""

    id: str
    kind: str
    name: str
    lamp: str
    word: str
    emulated: bool
    facts: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it asks of the desk, its words, its key and its icon."""

    act: str
    text: str
    key: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFace:
    """The device page. ``drawn`` names the drawings of the steps; ``shown`` is the id of the device at the top."""

    lamp: str
    headline: str
    note: str
    emulated: bool
    facts: str
    steps: tuple[str, ...]
    drawn: tuple[str, ...]
    shown: str
    repair: Deed | None
    check: Deed | None
    test: Deed | None
    prefer: Deed | None
    may_test: bool
    hint: str
    tried: str
    tried_tone: str
    waiting: tuple[tuple[str, str], ...]
    waiting_note: str
    lines: tuple[DeviceLine, ...]


def lamp_of(device: DeviceView) -> str:
    """Lamp kind of a device: its state, and amber for a ready one that has something to note."""
    if device.state == "fault":
        return "warn" if device.spare else "bad"
    if device.state == "offline":
        return "bad" if device.kind in {"printer", "id_card"} and not device.spare else "warn"
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
    if device.spare and device.state in {"ready", "busy"}:
        return words("device.spare")
    return words.first(f"device.state.{device.state}", "device.state.ready")


def facts_of(device: DeviceView, *, brief: bool = False) -> str:
    """The model and what else the device says of itself; ``brief`` without how fast it answered just now."""
    said = [device.facts["model"]] if device.facts.get("model") else []
    for key, value in device.facts.items():
        if brief and key == "answer_ms":
            continue
        if (named := f"device.fact.{key}.{value}") in words:
            said.append(words(named))
        elif (counted := f"device.fact.{key}") in words:
            said.append(words(counted, n=value))
    return " · ".join(said)


def device(state: ReceptionState, chosen: str = "") -> DeviceFace:
    """The chosen device, or the one that needs care first, with its steps and what waits for it; and all devices."""
    waiting = _waiting_prints(state)
    lines = tuple(_device_line(row) for row in state.devices)
    top = next((row for row in state.devices if row.id == chosen), None) or worst(state.devices)
    if top is None:
        return DeviceFace(
            lamp="ok",
            headline=words("device.fine"),
            note=words("device.fine.note"),
            emulated=False,
            facts="",
            steps=(),
            drawn=(),
            shown="",
            repair=_print_deed(state) if waiting else None,
            check=None,
            test=None,
            prefer=None,
            may_test=False,
            hint="",
            tried="",
            tried_tone="",
            waiting=waiting,
            waiting_note=words("device.waiting_note.other") if waiting else "",
            lines=lines,
        )
    care = needs_care(top)
    code = top.code or "other"
    tried, tone = _tried(state.tried, top)
    mine = waiting if top.kind == "printer" else ()
    return DeviceFace(
        lamp=lamp_of(top),
        headline=_headline(top),
        note=_note(top, code) if care else words.first(f"device.does.{top.kind}", "device.does.other"),
        emulated=top.emulated,
        facts=facts_of(top),
        steps=steps_of(top.kind, code) if care else (),
        drawn=drawn(top.kind, code, len(steps_of(top.kind, code))) if care else (),
        shown=top.id,
        repair=_repair(state, top, care=care),
        check=Deed("check", words("device.check"), icon="recall"),
        test=_test_deed(top),
        prefer=Deed("prefer", words("device.prefer"), icon=icon_of(top.kind)) if _may_take_over(top) else None,
        may_test=state.tried is None or state.tried.state is not TriedState.RUNNING,
        hint=_hint(top),
        tried=tried,
        tried_tone=tone,
        waiting=mine,
        waiting_note=words("device.waiting_note" if code == "paper_out" else "device.waiting_note.other")
        if mine
        else "",
        lines=lines,
    )


def _headline(device: DeviceView) -> str:
    name = name_of(device, "device.kind")
    apart = " " if name[-1].isdecimal() and words.language == "zh" else ""
    return words("device.headline", name=name + apart, word=device_word(device))


def needs_care(device: DeviceView) -> bool:
    """Whether a person should look at the device."""
    return device.state in TROUBLED or (device.state in {"ready", "busy"} and device.code in WARNING_CODES)


def steps_of(kind: str, code: str) -> tuple[str, ...]:
    """What to do now, step by step."""
    return tuple(words.first(f"device.steps.{kind}.{code}", f"device.steps.{code}", "device.steps.other").split("|"))


def _note(device: DeviceView, code: str) -> str:
    return words.first(f"device.note.{device.kind}.{code}", f"device.note.{device.kind}", "device.note.other")


def _device_line(device: DeviceView) -> DeviceLine:
    return DeviceLine(
        device.id,
        device.kind,
        name_of(device, "device.kind"),
        lamp_of(device),
        device_word(device),
        device.emulated,
        facts_of(device, brief=True),
    )


def _test_deed(device: DeviceView) -> Deed | None:
    if device.kind not in CAN_BE_TRIED or device.state not in {"ready", "busy"}:
        return None
    return Deed("test", words(f"device.test.{device.kind}"), icon=icon_of(device.kind))


def _hint(device: DeviceView) -> str:
    if _may_take_over(device):
        return words.first(f"device.prefer.hint.{device.kind}", "device.prefer.hint")
    return words(f"device.test.hint.{device.kind}") if _test_deed(device) else ""


def _may_take_over(device: DeviceView) -> bool:
    return device.spare and device.state in {"ready", "busy"}


def _repair(state: ReceptionState, device: DeviceView, *, care: bool) -> Deed | None:
    """What the clerk wanted to do when the device failed; only where pressing it does something now."""
    if device.kind == "printer" and state.waiting_prints:
        return _print_deed(state)
    if not care or state.visit not in {State.CALLING, State.SERVING}:
        return None
    if device.kind == "id_card" and state.open_step is Step.IDENTITY:
        return Deed("read_card", words("device.repair.id_card"), "F9", "card")
    if device.kind == "scanner" and state.visit is State.SERVING and state.open_step is Step.MATERIALS:
        return Deed("feed", words("device.repair.scanner"), "F11", "scanner")
    return None


def _print_deed(state: ReceptionState) -> Deed | None:
    if state.receipt.state is PrintState.PRINTING or not state.waiting_prints:
        return None
    unknown = state.result is not None and state.receipt.state is PrintState.UNKNOWN
    if unknown:
        return None  # the banner in the step asks first whether it came out
    code = state.receipt.code if state.result is not None else ""
    return Deed("print_again", words.first(f"desk.fault.now.{code}", "desk.fault.now.other"), "F12", "printer")


def _tried(tried: Tried | None, device: DeviceView) -> tuple[str, str]:
    """What came of the last check or test of the device, and in which tone."""
    if tried is None or tried.device_id != device.id:
        return "", ""
    at = clock(tried.at)
    if tried.state is TriedState.RUNNING:
        return words.first(f"device.tried.{tried.deed}.{device.kind}.running", "device.tried.running"), "ink-2"
    if tried.deed == "check":
        return words("device.tried.check", t=at, word=device_word(device)), "ok" if _well(device) else lamp_of(device)
    if tried.state is TriedState.DONE:
        special = f"device.tried.test.{device.kind}.{next(iter(tried.facts.values()), '')}"
        return words.first(special, f"device.tried.test.{device.kind}", t=at), "ok"
    why = words.first(f"device.code.{tried.code}", "device.code.refused")
    return words.first(f"device.tried.failed.{device.kind}", "device.tried.failed", t=at, why=why), "bad"


def _well(device: DeviceView) -> bool:
    return lamp_of(device) == "ok"


def worst(devices: Sequence[DeviceView]) -> DeviceView | None:
    """A fault before what is away, the printer before the rest, because a receipt may wait for it."""
    troubled = [d for d in devices if d.state in TROUBLED or d.code in WARNING_CODES]
    order = {"fault": 0, "offline": 1}
    return min(troubled, key=lambda d: (d.spare, order.get(d.state, 2), d.kind != "printer"), default=None)


def tab_icon(device: DeviceView | None) -> str:
    """The icon of the tab: the device that needs care."""
    return icon_of(device.kind) if device else "printer"


def _waiting_prints(state: ReceptionState) -> tuple[tuple[str, str], ...]:
    rows = []
    for row in state.waiting_prints:
        key = "device.waiting_unknown" if row.state == "unknown" else "device.waiting_receipt"
        mark = words("device.waiting_copy", n=row.copy) if row.copy else ""
        rows.append((words(key, no=grouped(row.case_no)) + mark, row.name))
    return tuple(rows)
