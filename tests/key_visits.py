"""Whole visits by keys only, through the real windows: ``python -m tests.key_visits [KIND …]``.

The clerk has a keyboard and nothing else; the applicant touches the second screen. Prints one JSON object a kind of
visit: how many keys were pressed, and how many of the form's fields were typed. No mouse event may reach the clerk's
window; the program ends with 1 when one does.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, qInstallMessageHandler
from PySide6.QtTest import QTest

from tests.gui.pressed import FieldKind, field_kind
from ui.main import application
from ui.reception.item.model import item_step
from ui.tour import Tour
from ui.tour_hands import Hands
from ui.tour_probe import StallProbe
from ui.tour_script import _Eyes, _filled, _focused, _pages, _pause, _read_on, _row_state, _sign_in
from ui.widgets.signature import SignaturePad
from ui.windows import Windows, catch_bugs
from window_client.demo import LIMING, DemoWorld
from window_client.domain.form import Origin
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState, Reading, ReceptionState
from window_client.settings import read

Script = Iterator[tuple[str, Callable[[], object]]]

ORGANISATION, ZHOU_YANG = "91510799MA9T00026D", "510799199103160025"
MAIN = "SC-MKT-001"
PLACES = {"place": 1, "seal": 1, "kind": 1, "vending": 1, "chain": 1, "cold": 1}
"""Where the answer of a question stands; the first otherwise."""

TEXTS = {
    "capital": "50000.00",
    "premises_address": "涪城区示例路 18 号附 3 号",
    "scope": "小吃服务；食品销售",
    "business_name": "绵阳市涪城区李明小吃店",
    "name_notice_no": "MZ510703-2025-0000236",
    "industry": "小吃服务",
    "staff_count": "3",
    "phone": "13800005521",
    "health_count": "12",
    "canteen_seats": "80",
    "area": "160",
    "operator_address": "绵阳市涪城区示例路 2 号",
}
KINDS = ("straight", "deferral_ecert", "organisation_agent", "offline", "hold_and_second_item")


@dataclass
class Count:
    """What one kind of visit took."""

    kind: str
    keys: int = 0
    fields_typed: int = 0
    fields_total: int = 0
    case_no: str = ""


class _NoMouse(QObject):
    """Sees every event of the clerk's window; a mouse has no business there."""

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self._windows = windows
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}:
            clerk = self._windows.reception or self._windows.signin
            if clerk is not None and (watched is clerk or watched is clerk.windowHandle() or _inside(watched, clerk)):
                self.seen.append(f"{event.type().name} at {type(watched).__name__}")
        return False


def _inside(thing: QObject, of: QObject) -> bool:
    parent = thing.parent()
    return parent is not None and (parent is of or _inside(parent, of))


class Clerk:
    """One clerk at one window, with a keyboard."""

    def __init__(self, windows: Windows, world: DemoWorld, hands: Hands, kinds: Sequence[str] = KINDS) -> None:
        self.kinds = kinds
        self.windows, self.world, self.hands, self.eyes = windows, world, hands, _Eyes(windows)
        self.counts: list[Count] = []

    @property
    def state(self) -> ReceptionState:
        """The desk's state."""
        return self.eyes.state

    def scripts(self) -> Script:
        """All kinds of visits, one after another."""
        yield from _sign_in(self.windows, self.hands, self.eyes)
        for kind in self.kinds:
            before = self.hands.keys_pressed
            count = Count(kind)
            yield from getattr(self, f"_{kind}")(count)
            count.keys = self.hands.keys_pressed - before
            self.counts.append(count)

    # ---- the kinds

    def _straight(self, count: Count) -> Script:
        yield from self._called()
        yield from self._card(LIMING)
        self.hands.key(Qt.Key.Key_Return)  # the online application is taken in
        yield "take_in", self.eyes.has(lambda s: s.draft is not None and s.draft.took_in)
        yield from self._item("gtgsh")
        yield from self._to_the_end(count)

    def _deferral_ecert(self, count: Count) -> Script:
        yield from self._called()
        yield from self._card(LIMING)
        yield from self._phone()
        yield from self._item("gtgsh")
        yield from self._to_the_end(count, deferring=True)

    def _organisation_agent(self, count: Count) -> Script:
        yield from self._called()
        self.hands.alt(Qt.Key.Key_Q)
        self.hands.alt(Qt.Key.Key_B)
        yield "agent", self.eyes.has(lambda s: s.draft is not None and s.draft.by_agent)
        yield "paint", _pause()
        self.hands.write(ORGANISATION)
        self.hands.key(Qt.Key.Key_Return)
        yield "register", self.eyes.has(lambda s: s.draft is not None and s.draft.organisation is not None)
        yield from self._card(ZHOU_YANG, agent=True)
        yield from self._authority()
        yield from self._item("SC-MKT-003")
        yield from self._to_the_end(count)

    def _offline(self, count: Count) -> Script:
        yield "outside", self.hands.outside(self.world.central.stop)
        yield "line_down", self.eyes.has(lambda s: not s.network.online)
        self.hands.key(Qt.Key.Key_F7)
        self.hands.write("C099")
        self.hands.key(Qt.Key.Key_Return)
        yield "called", self.eyes.has(lambda s: s.visit is State.CALLING)
        yield from self._card(LIMING)
        yield from self._phone()
        yield from self._item("gtgsh")
        yield from self._to_the_end(count)
        yield "outside", self.hands.outside(self.world.central.start)
        yield "delivered", self.eyes.has(lambda s: s.network.online and not s.outbox.waiting)

    def _turned(self, count: Count) -> Script:
        """With one screen only: the clerk turns hers."""
        yield from self._called()
        yield from self._card(LIMING)
        self.hands.key(Qt.Key.Key_Return)
        yield "take_in", self.eyes.has(lambda s: s.draft is not None and s.draft.took_in)
        yield from self._item("gtgsh")
        if self.windows.applicant is not None:
            raise RuntimeError("there is a second screen")
        yield from self._to_the_end(count)

    def _turn(self) -> Script:
        """Alt+T, where the applicant has no screen: hers becomes the applicant's, or hers again."""
        if self.windows.second is None or (self.windows.applicant is not None and not self.windows.second.turned):
            return
        to_applicant = self.windows.applicant is None
        if self.windows.applicant is None:
            self.hands.alt(Qt.Key.Key_T)
        else:
            self.hands.keys_pressed += 1
            QTest.keyClick(self.windows.applicant, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        yield "turned", lambda: self.windows.second is not None and self.windows.second.turned is to_applicant
        yield "paint", _pause()
        clerk = self.windows.reception
        if clerk is None or clerk.isVisible() is to_applicant:
            raise RuntimeError("both can be seen, or none")

    def _hold_and_second_item(self, count: Count) -> Script:
        yield from self._called()
        yield from self._card(LIMING)
        yield from self._phone()
        yield from self._item("gtgsh")
        number = self.state.ticket.number if self.state.ticket else ""
        self.hands.key(Qt.Key.Key_F6)
        yield "paint", _pause()
        self.hands.write("1")
        yield "held", self.eyes.has(lambda s: s.visit is State.IDLE and s.held)
        yield from self._called()
        self.hands.key(Qt.Key.Key_F4)
        yield "no_show", self.eyes.has(lambda s: s.visit is State.IDLE)
        yield "paint", _pause()
        self.hands.key(Qt.Key.Key_F6)
        yield "paint", _pause()
        if self.state.visit is State.IDLE:  # several wait: this one
            self.hands.write(str([row.number for row in self.state.held].index(number) + 1))
        yield "resumed", self.eyes.has(lambda s: s.visit is State.SERVING and s.open_step is Step.FORM)
        yield "paint", _pause()
        yield from self._to_the_end(count, rates=False)
        self.hands.ctrl(Qt.Key.Key_N)
        yield "another", self.eyes.has(lambda s: s.visit is State.SERVING and s.result is None)
        yield "paint", _pause()
        yield from self._item("gtgsh")
        yield from self._to_the_end(Count(""))

    # ---- the steps

    def _called(self) -> Script:
        self.hands.key(Qt.Key.Key_F2)
        yield "called", self.eyes.has(lambda s: s.visit is State.CALLING and not s.busy)
        yield "paint", _pause()

    def _card(self, id_no: str, *, agent: bool = False) -> Script:
        reader = self.world.emulators["id_card"]
        self.hands.key(Qt.Key.Key_F9)
        yield "reader_asked", self.eyes.has(lambda s: s.identity.reading is Reading.WAITING)
        yield "outside", self.hands.outside(lambda: reader.put("/card", {"id_no": id_no}))
        if agent:
            yield "agent_read", self.eyes.has(lambda s: s.draft is not None and s.draft.agent is not None)
        else:
            yield "card_read", self.eyes.has(lambda s: s.identity.reading is Reading.READ)
        yield "outside", self.hands.outside(lambda: reader.delete("/card"))
        yield "looked_up", self.eyes.has(lambda s: s.identity.lookup in {"done", "offline"})
        yield "paint", _pause()

    def _phone(self) -> Script:
        if not (self.state.draft and self.state.draft.contact.phone):
            self.hands.ctrl(Qt.Key.Key_G)
            yield "paint", _pause()
            self.hands.write("13800005521")
            self.hands.key(Qt.Key.Key_Tab)
            yield "phone", self.eyes.has(lambda s: s.draft is not None and s.draft.contact.phone)

    def _authority(self) -> Script:
        """What the agent may do: until everything of step 1 is there."""
        for _ in range(8):
            lacking = [row for row in self.state.missing if row.step is Step.IDENTITY]
            if not lacking:
                return
            self.hands.ctrl(Qt.Key.Key_G)
            yield "paint", _pause()
            yield from self._enter(lacking[0].target, "2027-12-31" if "until" in lacking[0].target else "")
            yield "authority", self.eyes.has(partial(_filled, lacking[0].target))

    def _item(self, text: str) -> Script:
        self.hands.ctrl(Qt.Key.Key_Return)
        yield "identity", self.eyes.has(lambda s: s.open_step is Step.ITEM)
        yield "paint", _pause()
        self.hands.ctrl(Qt.Key.Key_K)
        yield "paint", _pause()
        self.hands.write(text)
        yield "search", _pause()
        self.hands.key(Qt.Key.Key_Return)
        yield "chosen", self.eyes.has(lambda s: s.item is not None)
        yield "paint", _pause()
        for _ in range(8):
            asked = next(
                (row for row in item_step(self.state).questions if not any(on for *_, on in row.options)), None
            )
            if asked is None:
                break
            self.hands.write(str(asked.number))
            for _ in range(PLACES.get(asked.id, 0)):
                self.hands.key(Qt.Key.Key_Right)
            self.hands.key(Qt.Key.Key_Space)
            yield f"answer {asked.id}", _pause(3)
        yield "questions", self.eyes.has(lambda s: s.guidance is not None and not s.guidance.open_questions)
        self.hands.ctrl(Qt.Key.Key_Return)
        yield "item", self.eyes.has(lambda s: s.open_step is Step.FORM)
        yield "paint", _pause()

    def _form(self, count: Count) -> Script:
        for _ in range(20):
            lacking = [row for row in self.state.missing if row.step is Step.FORM]
            if not lacking:
                break
            target = lacking[0].target
            self.hands.ctrl(Qt.Key.Key_G)
            yield f"go_to {target}", self.eyes.has(partial(_focused, target))
            yield "paint", _pause(3)
            yield from self._enter(target, TEXTS.get(target, ""))
            yield f"field {target}", self.eyes.has(partial(_filled, target))
        form = self.state.form
        if form is not None:
            count.fields_total = form.filled
            count.fields_typed = sum(row.origin == Origin.TYPED for row in form.fields)
        self.hands.ctrl(Qt.Key.Key_Return)
        yield "form", self.eyes.has(lambda s: s.open_step is Step.MATERIALS)
        yield "paint", _pause()

    def _enter(self, target: str, text: str) -> Script:
        """Fill the focused field as its kind is filled by keys."""
        kind = field_kind()
        if kind is FieldKind.TEXT:
            if not text:
                raise RuntimeError(f"no text for {target}")
            self.hands.write(text)
            self.hands.key(Qt.Key.Key_Tab)
        elif kind is FieldKind.LIST:
            self.hands.key(Qt.Key.Key_Down)
            self.hands.key(Qt.Key.Key_Tab)
        else:
            self.hands.key(Qt.Key.Key_Space)
        yield "entered", _pause(3)

    def _papers(self, *, deferring: bool) -> Script:
        """One scan a row; where it is asked for an e-certificate and a deferral."""
        scanner = self.world.emulators["scanner"]
        rows = self.state.materials.rows if self.state.materials else ()
        for number, row in enumerate(rows, start=1):
            if all(missing.target != row.material_id for missing in self.state.missing):
                continue
            code = row.material_id.rsplit("-", 1)[-1]
            self.hands.write(str(number))
            yield "row", self.eyes.has(partial(_current, row.material_id))
            if deferring and row.ecert_offered:
                self.hands.write("e")
                yield "ecert", self.eyes.has(partial(_is, code, "ecert"))
            elif deferring and not row.defer_refusal:
                self.hands.write("d")
                yield "defer", self.eyes.has(partial(_is, code, "deferred"))
            else:
                yield "outside", self.hands.outside(lambda: scanner.put("/feeder", {"pages": 1}))
                self.hands.key(Qt.Key.Key_F11)
                yield "scan", self.eyes.has(partial(_scanned, code))
        yield "complete", self.eyes.has(lambda s: not s.missing)
        self.hands.ctrl(Qt.Key.Key_Return)
        yield "materials", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.CHECK)
        yield "paint", _pause()

    def _signed(self) -> Script:
        yield from self._turn()
        yield from _read_on(self.hands, "都对")
        self.hands.touch("都对")
        yield "check", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.DECLARE)
        yield "paint", _pause()
        yield from _read_on(self.hands, "同意，去签名")
        self.hands.touch("同意，去签名")
        yield "agree", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.SIGN)
        yield "paint", _pause()
        pad = self.windows.applicant.findChild(SignaturePad) if self.windows.applicant is not None else None
        if pad is None:
            raise RuntimeError("there is no signature pad")
        self.hands.stroke(pad, [QPointF(0.2 + at / 20, 0.3 + at / 30) for at in range(8)])
        yield "stroke", _pause(3)
        self.hands.touch("签好了")
        yield "sign", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.SIGNED)
        yield "paint", _pause()
        yield from self._turn()

    def _to_the_end(self, count: Count, *, deferring: bool = False, rates: bool = True) -> Script:
        yield from self._form(count)
        yield from self._papers(deferring=deferring)
        yield from self._signed()
        self.hands.ctrl(Qt.Key.Key_Return)
        yield "accept", self.eyes.has(lambda s: s.result is not None)
        count.case_no = self.state.result.case_no if self.state.result else ""
        yield "print", self.eyes.has(lambda s: s.receipt.state is PrintState.CONFIRMED)
        yield "rating", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.RATE)
        if rates:
            yield "paint", _pause()
            yield from self._turn()
            self.hands.touch("不评价")
            yield "thanks", self.eyes.has(lambda s: s.applicant.page is ApplicantPage.THANKS)
            yield "idle", self.eyes.has(lambda s: s.visit is State.IDLE)
            yield from self._turn_back()
        yield "paint", _pause()

    def _turn_back(self) -> Script:
        if self.windows.second is not None and self.windows.second.turned:
            yield from self._turn()


def _current(material_id: str, state: ReceptionState) -> bool:
    return state.materials is not None and state.materials.current == material_id


def _is(code: str, wanted: str, state: ReceptionState) -> bool:
    return _row_state(state, code) == wanted


def _scanned(code: str, state: ReceptionState) -> bool:
    view = state.materials
    return view is not None and _pages(state, code) == 1 and not view.feeding and not view.capturing


def main() -> int:
    """Run all kinds; 1 when one did not end, or a mouse was needed."""
    qInstallMessageHandler(lambda *_: None)
    with tempfile.TemporaryDirectory(prefix="window-client-keys-") as folder:
        out = Path(folder)
        with DemoWorld(out / "world", kinds=("id_card", "scanner", "printer", "camera", "display")) as world:
            app = application()
            settings = read(world.settings())
            windows = Windows(replace(settings, second_screen="turn") if "turned" in sys.argv else settings)
            watch = _NoMouse(windows)
            app.installEventFilter(watch)
            hands = Hands(windows, out, StallProbe())
            clerk = Clerk(windows, world, hands, sys.argv[1:] or KINDS)
            catch_bugs(windows)
            windows.open()
            tour = Tour(windows, clerk.scripts(), StallProbe())
            tour.start()
            app.exec()
            app.removeEventFilter(watch)
            for count in clerk.counts:
                sys.stdout.write(json.dumps(count.__dict__, ensure_ascii=False) + "\n")
            if tour.failure:
                state = clerk.state if windows.app is not None else None
                where = f"{state.visit} {state.open_step} missing {state.missing[:3]} say {state.say}" if state else ""
                sys.stderr.write(f"{tour.failure}; {where}; {_focus()}\n")
            for seen in watch.seen:
                sys.stderr.write(f"a mouse was used: {seen}\n")
            windows.close()
            return 1 if tour.failure or watch.seen else 0


def _focus() -> str:
    focus = application().focusWidget()
    return f"focus {type(focus).__name__} {focus.accessibleName() if focus is not None else ''}"


if __name__ == "__main__":
    raise SystemExit(main())
