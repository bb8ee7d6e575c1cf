"""What the tour does, step by step: the visit of the design's pictures, and its faults.

Each script yields (name, condition); the tour goes on when the condition holds. The person, the number, the item, the
answers and the typed values are those of the pictures (``resources/demo/shared-data.toml``, visits).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.client import HTTPConnection
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QPointF, Qt

from ui.tour_hands import Hands
from ui.widgets.signature import SignaturePad
from ui.windows import Windows
from window_client.demo import LIMING, DemoWorld
from window_client.domain.form import Origin
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState, Reading, ReceptionState

Script = Iterator[tuple[str, Callable[[], object]]]

TYPED = {"capital": "50000.00", "premises_address": "涪城区示例路 18 号附 3 号", "scope": "小吃服务；食品销售"}
ANSWERS = ((1, 0), (2, 1), (3, 1), (4, 0))
"""Question number and place of the answer: catering, rented, no seal, in person."""

LI_MING = (
    ((0.357, 0.10), (0.357, 0.43)),
    ((0.285, 0.22), (0.445, 0.18)),
    ((0.357, 0.23), (0.31, 0.36), (0.26, 0.45)),
    ((0.365, 0.24), (0.41, 0.34), (0.455, 0.40)),
    ((0.315, 0.48), (0.42, 0.43), (0.375, 0.56), (0.385, 0.70), (0.36, 0.745), (0.335, 0.70)),
    ((0.27, 0.61), (0.47, 0.565)),
    ((0.575, 0.25), (0.585, 0.60)),
    ((0.58, 0.25), (0.66, 0.23), (0.645, 0.55)),
    ((0.585, 0.42), (0.64, 0.405)),
    ((0.588, 0.57), (0.645, 0.56)),
    ((0.715, 0.20), (0.71, 0.50), (0.68, 0.67)),
    ((0.715, 0.20), (0.80, 0.185), (0.79, 0.58), (0.765, 0.60)),
    ((0.712, 0.33), (0.79, 0.32)),
    ((0.705, 0.46), (0.79, 0.445)),
)
"""The strokes of a signature, in unit coordinates of the pad."""


@dataclass
class Facts:
    """What the tour found out."""

    case_no: str = ""
    accepted_at: str = ""
    promised_by: str = ""
    central_state: str = ""
    receipt_text: str = ""
    receipt_qr: str = ""
    pages: int = 0
    fields_total: int = 0
    fields_typed: int = 0
    printed: bool = False
    rated: bool = False
    called_by_code: bool = False
    calls_spoken: int = 0
    notices_printed: int = 0
    fault_shown: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The fields of ``tour.json``."""
        names = (
            "case_no",
            "accepted_at",
            "promised_by",
            "central_state",
            "receipt_text",
            "receipt_qr",
            "pages",
            "fields_total",
            "fields_typed",
            "printed",
            "rated",
            "called_by_code",
            "calls_spoken",
            "notices_printed",
        )
        return {name: getattr(self, name) for name in names}

    def complete(self, part: str) -> bool:
        """Whether everything that the part promises was reached."""
        if part == "faults":
            return self.fault_shown and self.printed
        return bool(self.case_no and self.central_state == "ACCEPTED" and self.printed and self.rated)


class _Eyes:
    """Reads the state of the desk, and never changes it."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows

    @property
    def state(self) -> ReceptionState:
        """The present state."""
        if self._windows.app is None:
            raise RuntimeError("the counter has not started")
        return self._windows.app.desk.state

    def has(self, condition: Callable[[ReceptionState], object]) -> Callable[[], object]:
        """A condition on the state."""
        return lambda: condition(self.state)


def _sign_in(windows: Windows, hands: Hands, eyes: _Eyes) -> Script:
    yield "start", lambda: windows.app is not None and windows.signin is not None
    app = windows.app
    if app is None:
        return
    yield (
        "devices",
        lambda: (
            app.devices.views()
            and all(row.state in {"ready", "busy"} for row in app.devices.views() if row.kind != "voice")
            and all(row.state != "connecting" for row in app.devices.views())  # a machine may have nothing that speaks
            and not app.signin.state.checking
            and app.signin.state.hall_name
        ),
    )
    yield "paint", _pause()
    hands.shoot("08-signin-devices", windows.signin)
    hands.key(Qt.Key.Key_Return)
    yield "sign_in", lambda: windows.signin is None and eyes.state.network.online and eyes.state.queue.booking
    yield "notices", eyes.has(lambda s: s.today.notices and s.network.latency_ms is not None)
    today = app.clock().date().isoformat()
    yield "serials", lambda: app.store.blocks.left(today) > 0
    yield "paint", _pause()


def visit(windows: Windows, world: DemoWorld, hands: Hands, facts: Facts, *, offline: bool) -> Script:
    """The straight visit: 李明, 个体工商户设立登记, C018, window 12."""
    eyes = _Eyes(windows)
    yield from _sign_in(windows, hands, eyes)
    hands.shoot("01a-reception-idle", windows.reception)
    if offline:
        yield "outside", hands.outside(world.central.stop)
        yield "line_down", eyes.has(lambda s: not s.network.online)
        hands.key(Qt.Key.Key_F7)
        hands.write("C018")
        hands.key(Qt.Key.Key_Return)
    else:
        yield "scan_code", hands.outside(lambda: world.emulators["codes"].put("/code", {"text": "C018"}))
    yield "call", eyes.has(lambda s: s.visit is State.CALLING)
    facts.called_by_code = not offline
    yield "paint", _pause()
    hands.shoot("01a3-reception-ticket-scanned", windows.reception)
    hands.shoot("05a-applicant-welcome", windows.applicant)
    yield from _identity(windows, world, hands, eyes, offline=offline)
    yield from _item(windows, hands, eyes)
    yield from _form(windows, hands, eyes, facts)
    yield from _materials(windows, world, hands, eyes, offline=offline)
    yield from _confirm(windows, hands, eyes)
    hands.ctrl(Qt.Key.Key_Return)
    yield "accept", eyes.has(lambda s: s.result is not None)
    yield "print", eyes.has(lambda s: s.receipt.state is PrintState.CONFIRMED)
    facts.printed = True
    yield from _accepted(windows, hands, eyes, facts)
    if offline:
        yield "outside", hands.outside(world.central.start)
    yield from _rate(windows, world, hands, eyes, facts, offline=offline)


def _identity(windows: Windows, world: DemoWorld, hands: Hands, eyes: _Eyes, *, offline: bool) -> Script:
    hands.key(Qt.Key.Key_F9)
    yield "reader_asked", eyes.has(lambda s: s.identity.reading is Reading.WAITING)
    yield "outside", hands.outside(lambda: world.emulators["id_card"].put("/card", {"id_no": LIMING}))
    yield "read_card", eyes.has(lambda s: s.identity.reading is Reading.READ)
    yield "outside", hands.outside(lambda: world.emulators["id_card"].delete("/card"))
    yield "look_up", eyes.has(lambda s: s.identity.lookup in {"done", "offline"})
    yield "paint", _pause()
    hands.shoot("01f-reception-identity", windows.reception)
    if not offline:
        hands.key(Qt.Key.Key_Return)
        yield "take_in", eyes.has(lambda s: s.draft is not None and s.draft.took_in)
    else:
        hands.write("13800005521")
    hands.ctrl(Qt.Key.Key_Return)
    yield "identity", eyes.has(lambda s: s.open_step is Step.ITEM)
    yield "paint", _pause()


def _item(windows: Windows, hands: Hands, eyes: _Eyes) -> Script:
    hands.ctrl(Qt.Key.Key_K)
    yield "paint", _pause()
    hands.write("gtgsh")
    yield "search", _pause()
    hands.key(Qt.Key.Key_Return)
    yield "choose", eyes.has(lambda s: s.item is not None and s.item.id == "SC-MKT-001")
    for question, place in ANSWERS:
        hands.write(str(question))
        for _ in range(place):
            hands.key(Qt.Key.Key_Right)
        hands.key(Qt.Key.Key_Space)
        yield "answer", _pause(2)
    yield "questions", eyes.has(lambda s: s.guidance is not None and not s.guidance.open_questions)
    yield "paint", _pause()
    hands.shoot("02-item-picker", windows.reception)
    hands.ctrl(Qt.Key.Key_Return)
    yield "item", eyes.has(lambda s: s.open_step is Step.FORM)
    yield "paint", _pause()


def _form(windows: Windows, hands: Hands, eyes: _Eyes, facts: Facts) -> Script:
    more = {
        "business_name": "绵阳市涪城区李明小吃店",
        "name_notice_no": "MZ510703-2025-0000236",
        "industry": "小吃服务",
        "staff_count": "3",
        "phone": "13800005521",
        **TYPED,
    }
    for _ in range(12):
        lacking = [row for row in eyes.state.missing if row.step is Step.FORM]
        if not lacking:
            break
        target = lacking[0].target
        hands.ctrl(Qt.Key.Key_G)
        yield "go_to_missing", eyes.has(partial(_focused, target))
        yield "paint", _pause(2)
        hands.write(more[target])
        hands.key(Qt.Key.Key_Tab)
        yield "field", eyes.has(partial(_filled, target))
    form = eyes.state.form
    if form is not None:
        facts.fields_total = form.filled
        facts.fields_typed = sum(row.origin == Origin.TYPED for row in form.fields)
    yield "paint", _pause()
    hands.shoot("01d-reception-form", windows.reception)
    hands.ctrl(Qt.Key.Key_Return)
    yield "form", eyes.has(lambda s: s.open_step is Step.MATERIALS)
    yield "paint", _pause()


def _materials(windows: Windows, world: DemoWorld, hands: Hands, eyes: _Eyes, *, offline: bool) -> Script:
    scanner, camera = world.emulators["scanner"], world.emulators["camera"]
    hands.write("1")
    yield "row", eyes.has(lambda s: s.materials and s.materials.current.endswith("M01"))
    yield "outside", hands.outside(lambda: scanner.put("/feeder", {"pages": 3}))
    hands.key(Qt.Key.Key_F11)
    yield "scan", eyes.has(lambda s: _pages(s, "M01") == 3 and s.materials and not s.materials.feeding)
    hands.write("2")
    yield "row", eyes.has(lambda s: s.materials and s.materials.current.endswith("M02"))
    if offline:  # the certificate library cannot be asked: the paper is scanned
        yield "outside", hands.outside(lambda: scanner.put("/feeder", {"pages": 1}))
        hands.key(Qt.Key.Key_F11)
        yield "scan", eyes.has(lambda s: _pages(s, "M02") == 1 and s.materials and not s.materials.feeding)
    else:
        hands.write("e")
        yield "ecert", eyes.has(lambda s: _row_state(s, "M02") == "ecert")
    hands.write("4")
    yield "row", eyes.has(lambda s: s.materials and s.materials.current.endswith("M06"))
    if offline:  # no deferral while the credit list cannot be asked
        yield "outside", hands.outside(lambda: scanner.put("/feeder", {"pages": 1}))
        hands.key(Qt.Key.Key_F11)
        yield "scan", eyes.has(lambda s: _pages(s, "M06") == 1 and s.materials and not s.materials.feeding)
    else:
        hands.write("d")
        yield "defer", eyes.has(lambda s: _row_state(s, "M06") == "deferred")
    hands.write("3")
    yield "row", eyes.has(lambda s: s.materials and s.materials.current.endswith("M03"))
    yield "outside", hands.outside(lambda: camera.put("/page", {"scene": "contract", "seed": 3}))
    yield "camera", lambda: _live_page(windows)
    hands.key(Qt.Key.Key_F10)
    yield "capture", eyes.has(partial(_holds, "M03", 1))
    yield "outside", hands.outside(lambda: camera.put("/page", {"scene": "contract", "seed": 4}))
    yield "auto_capture", eyes.has(partial(_holds, "M03", 2))  # it lies still: nobody presses a key
    yield "paint", _pause(30)
    hands.shoot("01b-reception-materials", windows.reception)
    hands.write("5")
    yield "row", eyes.has(lambda s: s.materials and s.materials.current.endswith("M07"))
    yield "outside", hands.outside(lambda: camera.put("/page", {"scene": "notice", "seed": 5}))
    yield "auto_capture", eyes.has(partial(_holds, "M07", 1))
    yield "outside", hands.outside(lambda: camera.delete("/page"))
    yield "complete", eyes.has(lambda s: not s.missing)
    hands.ctrl(Qt.Key.Key_Return)
    yield "materials", eyes.has(lambda s: s.open_step is Step.CONFIRM and s.applicant.page is ApplicantPage.CHECK)
    yield "paint", _pause()


def _confirm(windows: Windows, hands: Hands, eyes: _Eyes) -> Script:
    hands.shoot("05b-applicant-check", windows.applicant)
    yield from _read_on(hands, "都对")
    hands.touch("都对")
    yield "check", eyes.has(lambda s: s.applicant.page is ApplicantPage.DECLARE)
    yield "paint", _pause()
    hands.shoot("05b2-applicant-declare", windows.applicant)
    yield from _read_on(hands, "同意，去签名")
    hands.touch("同意，去签名")
    yield "agree", eyes.has(lambda s: s.applicant.page is ApplicantPage.SIGN)
    yield "paint", _pause()
    if windows.applicant is None:
        return
    pad = windows.applicant.findChild(SignaturePad)
    if pad is None:
        raise RuntimeError("there is no signature pad")
    for number, stroke in enumerate(LI_MING):
        hands.stroke(pad, [QPointF(x, y) for x, y in _dense(stroke)])
        yield "stroke", _pause(2)
        if number == 8:
            yield "strokes", _pause(20)
            hands.shoot("01g-reception-sign", windows.reception)
    yield "paint", _pause()
    hands.shoot("05c-applicant-sign", windows.applicant)
    hands.touch("签好了")
    yield "sign", eyes.has(lambda s: s.applicant.page is ApplicantPage.SIGNED)
    yield "paint", _pause()


def _read_on(hands: Hands, button: str) -> Script:
    """Turn the pages of the list until the button can be touched: everything has been seen then."""
    for _ in range(12):
        if hands.has_button(button):
            return
        hands.touch("下一页")
        yield "read_on", _pause(20)


def _accepted(windows: Windows, hands: Hands, eyes: _Eyes, facts: Facts) -> Script:
    result = eyes.state.result
    if result is None:
        return
    facts.case_no = result.case_no
    facts.accepted_at = result.accepted_at.isoformat()
    facts.promised_by = result.promised_by.isoformat()
    facts.pages = sum(len(row.pages) for row in eyes.state.materials.rows) if eyes.state.materials else 0
    yield "rating_page", eyes.has(lambda s: s.applicant.page is ApplicantPage.RATE)
    hands.ctrl(Qt.Key.Key_P)
    yield "notice", eyes.has(lambda s: s.notice.state in {PrintState.CONFIRMED, PrintState.SENT})
    yield "toast", _pause(430)
    hands.shoot("01c-reception-accepted", windows.reception)
    hands.shoot("05d-applicant-rate", windows.applicant)


def _rate(windows: Windows, world: DemoWorld, hands: Hands, eyes: _Eyes, facts: Facts, *, offline: bool) -> Script:
    app = windows.app
    if app is None:
        return
    if not offline:
        yield "deliver", eyes.has(lambda s: s.result is not None and s.result.delivery == "delivered")
    hands.touch("非常满意")
    yield "rate", eyes.has(lambda s: s.applicant.page is ApplicantPage.THANKS)
    yield "paint", _pause()
    hands.shoot("05e-applicant-thanks", windows.applicant)
    yield "idle", eyes.has(lambda s: s.visit is State.IDLE)
    facts.rated = not any(row.kind == "rating" and row.state.value == "set_aside" for row in app.store.outbox.list())
    yield "everything_delivered", eyes.has(lambda s: s.outbox.waiting == 0 and s.outbox.set_aside == 0)
    yield "look_outside", hands.outside(lambda: _look_outside(world, facts))
    yield "paint", _pause()
    hands.shoot("01a2-reception-idle-again", windows.reception)
    hands.shoot("05f-applicant-blank", windows.applicant)


def faults(windows: Windows, world: DemoWorld, hands: Hands, facts: Facts) -> Script:
    """The printer has no paper: the acceptance stands, the clerk reads what to do, F12 prints it once."""
    eyes = _Eyes(windows)
    yield from _sign_in(windows, hands, eyes)
    hands.key(Qt.Key.Key_F2)
    yield "call", eyes.has(lambda s: s.visit is State.CALLING)
    yield from _identity(windows, world, hands, eyes, offline=False)
    yield from _item(windows, hands, eyes)
    yield from _form(windows, hands, eyes, facts)
    yield from _materials(windows, world, hands, eyes, offline=False)
    yield from _confirm(windows, hands, eyes)
    yield "outside", hands.outside(lambda: world.emulators["printer"].set_fault("paper_out"))
    yield "fault", eyes.has(lambda s: any(row.kind == "printer" and row.code == "paper_out" for row in s.devices))
    hands.ctrl(Qt.Key.Key_Return)
    yield "accept", eyes.has(lambda s: s.result is not None)
    yield "not_printed", eyes.has(lambda s: s.receipt.state is PrintState.NOT_PRINTED)
    facts.case_no = eyes.state.result.case_no if eyes.state.result else ""
    hands.alt(Qt.Key.Key_D)
    yield "toast", _pause(430)
    hands.shoot("01e-reception-printer-fault", windows.reception)
    facts.fault_shown = True
    yield "outside", hands.outside(lambda: world.emulators["printer"].set_fault(None))
    yield "mended", eyes.has(lambda s: all(row.code != "paper_out" for row in s.devices))
    hands.key(Qt.Key.Key_F12)
    yield "print", eyes.has(lambda s: s.receipt.state is PrintState.CONFIRMED)
    facts.printed = True
    yield "paint", _pause()
    hands.shoot("01e2-reception-printed-after-all", windows.reception)


# ---- small things


def _pause(turns: int = 15) -> Callable[[], bool]:
    """Let the event loop turn: paint, and answer what came. A turn is 10 ms."""
    left = [turns]

    def over() -> bool:
        left[0] -= 1
        return left[0] <= 0

    return over


def _focused(field_id: str, state: ReceptionState) -> bool:
    return state.form is not None and state.form.focus == field_id


def _filled(field_id: str, state: ReceptionState) -> bool:
    return all(row.target != field_id for row in state.missing)


def _pages(state: ReceptionState, material: str) -> int:
    rows = state.materials.rows if state.materials else ()
    return next((len(row.pages) for row in rows if row.material_id.endswith(material)), 0)


def _holds(material: str, pages: int, state: ReceptionState) -> bool:
    """Whether a row has that many pages and none is on its way."""
    view = state.materials
    return _pages(state, material) >= pages and view is not None and not view.capturing and not view.feeding


def _row_state(state: ReceptionState, material: str) -> str:
    rows = state.materials.rows if state.materials else ()
    return next((row.state.value for row in rows if row.material_id.endswith(material)), "")


def _live_page(windows: Windows) -> bool:
    """Whether the camera's view shows a page with its edge found."""
    return windows.last_live is not None and windows.last_live.corners is not None


def _dense(stroke: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """A stroke with points between its corners, as a finger leaves them."""
    points = [stroke[0]]
    for (x1, y1), (x2, y2) in pairwise(stroke):
        points += [(x1 + (x2 - x1) * k / 6, y1 + (y2 - y1) * k / 6) for k in range(1, 7)]
    return points


def _look_outside(world: DemoWorld, facts: Facts) -> None:
    """What the centre and the paper say, asked by others than the window."""
    facts.central_state = central_state(world.central.url, facts.case_no)
    printer = world.emulators["printer"]
    facts.receipt_text = printer.request("GET", "/text").decode()
    facts.receipt_qr = _read_qr(printer.request("GET", "/paper.png"))
    facts.calls_spoken = len(json.loads(world.emulators["voice"].request("GET", "/spoken")))
    facts.notices_printed = len(json.loads(world.emulators["document_printer"].request("GET", "/printed")))


def central_state(url: str, case_no: str) -> str:
    """Ask the central service over HTTP, as somebody else would."""
    address = urlsplit(url)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=10)
    try:
        body = json.dumps({"account": "1203", "password": "demo", "window": 12})
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"tour-{datetime.now().timestamp()}"}  # noqa: DTZ005
        connection.request("POST", "/v1/sessions", body, headers)
        token = json.loads(connection.getresponse().read())["token"]
        connection.request("GET", f"/v1/cases?case_no={case_no}", headers={"Authorization": f"Bearer {token}"})
        cases = json.loads(connection.getresponse().read())["cases"]
        return str(cases[0]["state"]) if cases else ""
    finally:
        connection.close()


def _read_qr(paper: bytes) -> str:
    """Read the receipt's QR off the picture of the paper, as a telephone would."""
    import cv2  # noqa: PLC0415 - for the tour only
    import numpy as np  # noqa: PLC0415
    import zxingcpp  # noqa: PLC0415

    picture = cv2.imdecode(np.frombuffer(paper, np.uint8), cv2.IMREAD_GRAYSCALE)
    found = [code.text for code in zxingcpp.read_barcodes(picture) if "QR" in str(code.format)]
    return found[-1] if found else ""
