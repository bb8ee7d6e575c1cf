"""What the right column shows, from the desk's state. No Qt in here."""

from dataclasses import dataclass

from ui.reception.viewer.device_model import tab_icon, worst
from ui.words import words
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState, ReceptionState

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


def tabs(state: ReceptionState) -> Tabs:
    """Which tabs there are, and which one the state asks for."""
    outbox, device = _outbox_matters(state), worst(state.devices) is not None
    shown = [Tab(CAMERA, "camera", words("viewer.tab.camera")), Tab(PAGES, "docs", words("viewer.tab.pages"))]
    if not outbox and not device:
        shown.append(Tab(ECERTS, "link", words("viewer.tab.ecerts")))
    if outbox:
        count = state.outbox.count
        shown.append(Tab(OUTBOX, "outbox", words("viewer.tab.outbox", n=count)))
    if device:
        shown.append(Tab(DEVICE, tab_icon(worst(state.devices)), words("viewer.tab.device")))
    return Tabs(tuple(shown), _wanted(state))


def extra_tab(tab_id: str, state: ReceptionState) -> Tab:
    """A tab that the clerk asked for by key though nothing makes it matter now."""
    if tab_id == OUTBOX:
        return Tab(OUTBOX, "outbox", words("viewer.tab.outbox", n=state.outbox.count))
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
        if state.open_step is Step.FORM and not state.network.online and state.outbox.count:
            return OUTBOX
    return CAMERA


def _outbox_matters(state: ReceptionState) -> bool:
    return state.outbox.set_aside > 0 or (state.outbox.waiting > 0 and not state.network.online)
