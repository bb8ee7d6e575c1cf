"""A whole counter without a screen, for tests: the production app, a real central service, emulated devices.

::

    with Counter(tmp_path) as counter:
        counter.sign_in()
        counter.desk.call_next()
        counter.until(lambda state: state.visit is State.CALLING)

Everything that the app posts runs in the test's own thread, inside ``until`` and ``settle``.
"""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self

from window_client.app import App, Listeners
from window_client.central import contract
from window_client.central.client import CentralClient
from window_client.demo import KINDS, LIMING, DemoWorld
from window_client.domain.visit import State, Step
from window_client.reception.actions import Stroke
from window_client.reception.state import ApplicantPage, DeviceView, PrintState, Reading, ReceptionState
from window_client.settings import read
from window_client.signin import SignInState
from window_client.store.store import Store

KEY = bytes(range(32))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)
STROKES: tuple[Stroke, ...] = (((0.2, 0.3, 0, 0.5), (0.4, 0.6, 30, 0.7)), ((0.5, 0.3, 80, 0.5), (0.6, 0.7, 120, 0.6)))

PATIENCE = 30.0
"""Seconds after which a condition that does not come true fails the test; no test depends on being fast."""


class LoopDispatcher:
    """Runs posted calls and timers in the thread that asks for it."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._timers: list[tuple[float, Callable[[], None]]] = []

    def post(self, call: Callable[[], None]) -> None:
        self._calls.put(call)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        entry = (time.monotonic() + seconds, call)
        self._timers.append(entry)

        def call_off() -> None:
            if entry in self._timers:
                self._timers.remove(entry)

        return call_off

    def fire(self, longest: float) -> int:
        """Fire timers of up to ``longest`` seconds ahead at once; returns how many."""
        due = [entry for entry in self._timers if entry[0] <= time.monotonic() + longest]
        for entry in due:
            self._timers.remove(entry)
            entry[1]()
        return len(due)

    def run(self, wait: float) -> None:
        """Run what is due, waiting up to ``wait`` seconds for the first call."""
        now = time.monotonic()
        for entry in [entry for entry in self._timers if entry[0] <= now]:
            self._timers.remove(entry)
            entry[1]()
        try:
            self._calls.get(timeout=wait)()
            while True:
                self._calls.get_nowait()()
        except Empty:
            return


class Counter:
    """One window, its app and its world.

    Args:
        folder: Everything lies in here.
        world: An existing world (a second start on the same data), otherwise an own one.
    """

    def __init__(self, folder: Path, *, world: DemoWorld | None = None, kinds: tuple[str, ...] = KINDS) -> None:
        self._own = world is None
        self.world = world or DemoWorld(folder / "world", kinds=kinds, keys="file")
        self.dispatcher = LoopDispatcher()
        self.states: list[ReceptionState] = []
        self.sign_in_state: SignInState | None = None
        self.strokes: Sequence[Stroke] = ()
        self.live: object = None
        self.began = False
        self._app: App | None = None

    def __enter__(self) -> Self:
        if self._own:
            self.world.__enter__()
        try:
            self.start()
        except BaseException:
            self.world.close()
            raise
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
        if self._own:
            self.world.close()

    def start(self) -> None:
        settings = read(self.world.settings())
        store = Store.open(settings.data / "store", KEY)
        self.began = False
        self.dispatcher = LoopDispatcher()  # what an earlier app had posted goes with it
        self._app = App(
            settings,
            store,
            self.dispatcher,
            Listeners(
                sign_in=self._sign_in_state,
                reception=self.states.append,
                live=self._live,
                strokes=self._strokes,
                began=self._began,
            ),
        )
        self._app.start()

    def stop(self) -> None:
        if self._app is not None:
            self._app.stop()
            self._app = None

    def _sign_in_state(self, state: SignInState) -> None:
        self.sign_in_state = state

    def _live(self, live: object) -> None:
        self.live = live

    def _strokes(self, strokes: Sequence[Stroke]) -> None:
        self.strokes = strokes

    def _began(self) -> None:
        self.began = True

    @property
    def app(self) -> App:
        assert self._app is not None
        return self._app

    @property
    def desk(self):  # type: ignore[no-untyped-def]
        return self.app.desk

    @property
    def state(self) -> ReceptionState:
        return self.app.desk.state

    def until(self, condition: Callable[[ReceptionState], object], what: str = "") -> None:
        """Run until the state fulfils the condition."""
        self.wait(lambda: condition(self.state), what)

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        give_up = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > give_up:
                raise AssertionError(f"never happened: {what or condition}; {self.about()}")
            self.dispatcher.run(0.02)

    def settle(self, seconds: float = 0.3) -> None:
        """Run for a while: what should not happen gets its chance."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.dispatcher.run(0.02)

    def about(self) -> str:
        state = self.state
        return (
            f"visit {state.visit}, step {state.step}/{state.open_step}, reading {state.identity.reading} "
            f"{state.identity.code}, applicant {state.applicant.page}, missing {state.missing}, say {state.say}, "
            f"receipt {state.receipt.state} {state.receipt.code}, devices "
            f"{[(row.kind, row.state, row.code) for row in state.devices]}"
        )

    # ---- the ordinary way

    def sign_in(self) -> None:
        self.app.signin.sign_in("1203", "demo", 12)
        self.wait(lambda: self.began, "signed in")
        self.until(lambda s: s.network.online, "line")
        self.wait(lambda: self.app.shelf.catalogue is not None, "catalogue")
        today = self.app.clock().date().isoformat()
        self.wait(lambda: self.app.store.blocks.left(today) > 0, "serials")

    def device(self, kind: str) -> DeviceView:
        """The pill of a device."""
        return next(row for row in self.state.devices if row.kind == kind)

    def pill(self, kind: str, state: str, code: str = "") -> None:
        """Run until the pill of a device says this; a device at work is a ready one too."""
        states = {"ready", "busy"} if state == "ready" else {state}
        self.until(lambda _: self.device(kind).state in states and self.device(kind).code == code, f"{kind} {state}")

    def receipts(self) -> list[dict[str, Any]]:
        """What lies under the printer: one entry a receipt that was cut."""
        found: list[dict[str, Any]] = json.loads(self.world.emulators["printer"].request("GET", "/receipts"))
        return found

    def at_centre(self, case_no: str = "") -> list[contract.CaseSummary]:
        """The cases that the centre has, asked over the wire."""
        return list(self.app.client.cases(case_no=case_no, limit=200).cases)

    def devices_ready(self, *kinds: str) -> None:
        wanted = set(kinds or ("id_card", "scanner", "camera", "printer", "display"))
        self.until(
            lambda s: wanted <= {row.kind for row in s.devices if row.state in {"ready", "busy"}}, f"devices {wanted}"
        )

    def call(self) -> None:
        self.desk.call_next()
        self.until(lambda s: s.visit is State.CALLING, "called")

    def identify(self) -> None:
        self.desk.read_card()
        self.until(lambda s: s.identity.reading is Reading.WAITING)
        self.world.emulators["id_card"].put("/card", {"id_no": LIMING})
        self.until(lambda s: s.identity.reading is Reading.READ, "card read")
        self.world.emulators["id_card"].delete("/card")
        self.until(lambda s: s.identity.lookup == "done", "looked up")

    def choose(self) -> None:
        online = next((row for row in self.state.identity.related if row.kind == "online"), None)
        if online is None:  # another visit of the same person: its booking was used
            self.desk.next_step()
            self.desk.choose_item("SC-MKT-001")
        else:
            self.desk.take_in(online.id)
            self.desk.next_step()
        self.answer()

    def answer(self) -> None:
        if self.state.item is None:
            self.desk.choose_item("SC-MKT-001")
        for question, value in {"trade": "catering", "place": "rent", "seal": "no", "who": "self"}.items():
            self.desk.answer(question, (value,))
        self.desk.next_step()
        self.until(lambda s: s.open_step is Step.FORM, "form")

    def fill(self) -> None:
        texts = {
            "capital": "50000.00",
            "premises_address": "涪城区示例路 18 号附 3 号",
            "scope": "小吃服务；食品销售",
        }
        if any(row.target == "staff_count" for row in self.state.missing):
            texts["staff_count"] = "3"
        for field, text in texts.items():
            self.desk.set_field(field, text)
        self.desk.next_step()
        self.until(lambda s: s.open_step is Step.MATERIALS, "materials")

    def collect(self) -> None:
        """Scan what is missing (after a crash some pages are there already)."""
        for number in ("M01", "M03", "M07"):
            material = f"SC-MKT-001-{number}"
            if self.pages_of(material):
                continue
            self.desk.choose_row(material)
            self.world.emulators["scanner"].put("/feeder", {"pages": 2})
            self.desk.feed()
            self.pages_come(material, 2)
        self.desk.use_ecert("SC-MKT-001-M02")
        assert self.state.materials is not None
        if not any(row.due for row in self.state.materials.rows if row.material_id == "SC-MKT-001-M06"):
            self.desk.defer("SC-MKT-001-M06")
        self.until(lambda s: s.materials and s.materials.missing == 0, "complete")
        self.desk.next_step()
        self.until(lambda s: s.open_step is Step.CONFIRM, "confirm")

    def pages_come(self, material_id: str, count: int) -> None:
        """Run until nothing is being scanned or made and the row has so many pages."""
        self.until(
            lambda s: (
                s.materials
                and not s.materials.feeding
                and not s.materials.capturing
                and self.pages_of(material_id) == count
            ),
            f"{count} pages {material_id}",
        )

    def pages_of(self, material_id: str) -> int:
        rows = self.state.materials.rows if self.state.materials else ()
        return next((len(row.pages) for row in rows if row.material_id == material_id), 0)

    def sign(self) -> None:
        self.desk.applicant_confirms()
        self.desk.applicant_agrees()
        self.until(lambda s: s.applicant.page is ApplicantPage.SIGN, "sign page")
        self.desk.applicant_signs(STROKES, PNG)
        self.until(lambda s: s.applicant.page is ApplicantPage.SIGNED, "signed")

    def submit(self) -> None:
        self.desk.next_step()
        self.until(lambda s: s.result is not None, "accepted")

    def printed(self) -> None:
        self.until(lambda s: s.receipt.state is PrintState.CONFIRMED, "printed")

    def visit(self) -> None:
        """One more visit of a day that has begun, signed and ready to be submitted."""
        self.call()
        for do in (self.identify, self.choose, self.fill, self.collect, self.sign):
            do()

    def leave(self) -> None:
        """End the visit that is open, if there is one: a test that failed in its middle costs the next one nothing."""
        if self.state.visit in {State.SUBMITTED, State.RATING}:
            self.desk.finish()
        elif self.state.visit is State.CALLING:
            self.desk.no_show()
        elif self.state.visit is State.SERVING:
            self.desk.end_unfiled()
        self.until(lambda s: s.visit is State.IDLE, "idle again")

    def up_to(self, step: Step) -> None:
        """Do a visit up to the given open step."""
        self.sign_in()
        self.devices_ready("id_card", "scanner", "printer")
        self.call()
        for until, do in (
            (Step.IDENTITY, self.identify),
            (Step.ITEM, self.choose),
            (Step.FORM, self.fill),
            (Step.MATERIALS, self.collect),
            (Step.CONFIRM, self.sign),
        ):
            if step is until:
                return
            do()


def take_numbers(world: DemoWorld, number: int) -> None:
    """Fill the queue."""
    token: list[str | None] = [None]
    client = CentralClient(world.central.url, token=lambda: token[0])
    try:
        token[0] = client.sign_in("kiosk-1", "demo").token
        for _ in range(number):
            client.take_ticket("C")
    finally:
        client.close()
