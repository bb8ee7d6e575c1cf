"""A reception desk of real parts for unit tests: real store, catalogue, forms and lanes; only the far ends are stubs.

::

    with Bench(tmp_path) as bench:
        bench.up_to(Step.FORM)
        bench.desk.set_field("capital", "50000.00")

The centre is a transport that answers as the contract says (``Centre``), the devices are drivers written by hand
that do what the test tells them. Nothing happens by itself: answers arrive in ``settle`` and ``until``, time passes
in ``pass_time``. The whole counter with its processes and ports is ``tests/counter.py``.
"""

import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from drivers.catalogue import create
from drivers.contracts import (
    CardKind,
    CardRecord,
    DeviceConfig,
    Frame,
    Line,
    PrintEnd,
    PrinterStatus,
    PrintResult,
    ScannedCode,
    ScannedPage,
    ScanSettings,
    SmartCardRecord,
)
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from window_client.app import RESOURCES, load_calendar
from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.service.documents import load
from window_client.clock import CHINA
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher
from window_client.domain.confirm import decode_words
from window_client.domain.visit import Draft, State, Step
from window_client.lane import Lane
from window_client.reception.actions import Stroke
from window_client.reception.core import Deps
from window_client.reception.desk import ReceptionDesk
from window_client.reception.shelf import Copy, Shelf, decode
from window_client.reception.state import ApplicantPage, Clerk, Reading, ReceptionState
from window_client.settings import Settings
from window_client.store.blocks import Block
from window_client.store.database import open_database
from window_client.store.errors import StoreError
from window_client.store.keys import derive
from window_client.store.store import DATABASE, Store

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=CHINA)
DAY = "2026-11-24"
WINDOW = 12
ITEM = "SC-MKT-001"
LIMING = "510799198806120017"
OTHER = "510799198511120036"
ONLINE = "booking-1"
PNG = b"\x89PNG\r\n\x1a\n and the rest of a picture"
STROKES: tuple[Stroke, ...] = (((0.2, 0.3, 0, 0.5), (0.4, 0.6, 30, 0.7)),)
PATIENCE = 20.0
"""Seconds after which what does not come true fails the test; no test depends on being fast."""

CARD = CardRecord(
    kind=CardKind.RESIDENT,
    name="李明",
    sex="男",
    nation="汉",
    birth="1988-06-12",
    address="四川省绵阳市涪城区示例路 18 号",
    id_no=LIMING,
    issuer="绵阳市公安局测试分局",
    valid_from="2019-06-18",
    valid_to="2039-06-18",
    photo=b"photo",
)


class Centre:
    """The service's end of the line. ``action`` is the last part of a path, such as ``call`` or ``person``.

    ``refuse`` has the codes with which the next questions of an action are refused, ``answers`` what an action is
    answered with instead of the usual; ``down`` takes the line away. ``asked`` is what came.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.refuse: dict[str, list[str]] = {}
        self.answers: dict[str, object] = {}
        self.down = False
        self.fence = 0
        self.numbers = 17
        self.ticket: contract.Ticket | None = None

    def of(self, action: str) -> list[dict[str, Any]]:
        """The bodies of the questions of one action."""
        return [body for name, body in self.asked if name == action]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """The transport; runs in the lane of questions."""
        action = request.url.path.rsplit("/", 1)[-1]
        body = msgspec.json.decode(request.content) if request.content else {}
        self.asked.append((action, body))
        if self.down:
            raise httpx.ConnectError("no line")
        if codes := self.refuse.get(action):
            code = codes.pop(0)
            content = msgspec.json.encode({"code": code, "status": 409})
            return httpx.Response(409, content=content, headers={"Content-Type": "application/problem+json"})
        if action in self.answers:
            return _json(self.answers[action])
        usual = getattr(self, f"_{action.replace('-', '_')}", None)
        return _json(usual(body)) if usual else httpx.Response(404, json={"code": "not_found", "status": 404})

    def picture(self, **changes: Any) -> contract.QueuePicture:
        """The queue as window 12 sees it."""
        values: dict[str, Any] = {"seq": 1, "time": NOW.isoformat(), "window": WINDOW, "fence": self.fence}
        return contract.QueuePicture(**{**values, "waiting": 3, **changes})

    def new_ticket(self, number: str = "", **changes: Any) -> contract.Ticket:
        """A number that was taken six minutes ago."""
        self.numbers += 0 if number else 1
        number = number or f"C{self.numbers:03}"
        values: dict[str, Any] = {"state": contract.TicketState.CALLED, "calls": 1}
        values["taken_at"] = (NOW - timedelta(minutes=6)).isoformat()
        return contract.Ticket(f"id-{number}", number, number[0], **{**values, **changes})

    def _call(self, _: dict[str, Any]) -> contract.Called:
        self.fence += 1
        self.ticket = self.new_ticket()
        return contract.Called(self.fence, 2, self.ticket)

    def _call_number(self, body: dict[str, Any]) -> contract.Called:
        self.fence += 1
        self.ticket = self.new_ticket(body["number"])
        return contract.Called(self.fence, 2, self.ticket)

    def _recall(self, _: dict[str, Any]) -> contract.Called:
        if self.ticket is not None:
            self.ticket = msgspec.structs.replace(self.ticket, calls=self.ticket.calls + 1)
        return contract.Called(self.fence, 2, self.ticket)

    def _walk_in(self, _: dict[str, Any]) -> contract.Called:
        self.fence += 1
        self.ticket = self.new_ticket("W001", state=contract.TicketState.SERVING)
        return contract.Called(self.fence, 2, self.ticket)

    def _same(self, _: dict[str, Any]) -> contract.Called:
        return contract.Called(self.fence, 2)

    _arrive = _finish = _no_show = _hold = _transfer = _status = _same

    def _hall(self, _: dict[str, Any]) -> contract.HallPicture:
        rows = (
            contract.WindowPicture(11, "11 号窗口", "社保医保", "idle", categories=("A",), waiting=6),
            contract.WindowPicture(12, "12 号窗口", "综合受理", "serving", categories=("A", "C", "E"), waiting=3),
            contract.WindowPicture(13, "13 号窗口", "市场准入", "serving", categories=("C", "E"), waiting=4),
            contract.WindowPicture(14, "14 号窗口", "综合受理", "closed", categories=("C",)),
        )
        return contract.HallPicture(1, NOW.isoformat(), 3, (), (), rows)

    def _cases(self, _: dict[str, Any]) -> contract.CaseList:
        return contract.CaseList(0, ())

    def _queue(self, _: dict[str, Any]) -> contract.QueuePicture:
        return self.picture()

    def _person(self, body: dict[str, Any]) -> contract.PersonRecord:
        return known(body["id_no"])

    def _use(self, body: dict[str, Any]) -> contract.UsedECert:
        return contract.UsedECert("response-1", body["type"], body["id_no"], "绵阳市公安局测试分局", "2039-06-18")

    def _today(self, _: dict[str, Any]) -> contract.WindowToday:
        return contract.WindowToday(WINDOW, 4, 600, 1)

    def _notices(self, _: dict[str, Any]) -> contract.NoticeList:
        return contract.NoticeList((contract.Notice("n1", "今天下午两点停电", NOW.isoformat()),))


def _json(value: object) -> httpx.Response:
    return httpx.Response(200, content=msgspec.json.encode(value), headers={"Content-Type": "application/json"})


class Stub:
    """What all the stubs of devices share: a device that is there and well; ``facts`` is what it says of itself."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.facts: dict[str, str] = {}

    def open(self) -> None:
        return

    def close(self) -> None:
        return

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY, "", dict(self.facts))


class Reader(Stub):
    """A card reader; ``lay`` lays a card down, or makes trouble, for whoever asks next."""

    def __init__(self, name: str = "reader") -> None:
        super().__init__(name)
        self._laid: SimpleQueue[CardRecord | DeviceError] = SimpleQueue()
        self.given_up = 0

    def lay(self, card: CardRecord | DeviceError) -> None:
        self._laid.put(card)

    def read_card(self, *, wait: float, cancel: Event) -> CardRecord:
        until = time.monotonic() + wait
        while time.monotonic() < until and not cancel.is_set():
            try:
                laid = self._laid.get(timeout=0.01)
            except Empty:
                continue
            if isinstance(laid, DeviceError):
                raise laid
            return laid
        self.given_up += 1
        fault = Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT
        raise DeviceError(self.name, fault, "" if cancel.is_set() else "no_card")


class ScannerStub(Stub):
    """A scanner: ``feeder`` has the pages of the next scan and, at its end, how it ends badly."""

    def __init__(self, name: str = "scanner") -> None:
        super().__init__(name)
        self.feeder: list[bytes | DeviceError] = []
        self.hold: Event | None = None

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        laid, self.feeder = self.feeder, []
        for number, page in enumerate(laid, start=1):
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            if isinstance(page, DeviceError):
                raise page
            yield ScannedPage(number, page, settings.dpi)
            while self.hold is not None and not self.hold.wait(0.01):
                if cancel.is_set():
                    raise DeviceError(self.name, Fault.CANCELLED)


class CameraStub(Stub):
    """A camera that shows ``jpeg``; ``trouble`` takes it away."""

    def __init__(self, name: str = "camera") -> None:
        super().__init__(name)
        self.jpeg = b""
        self.trouble: DeviceError | None = None
        self.frames = 0

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.OFFLINE if self.trouble else DeviceState.READY)

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        if self.trouble is not None:
            raise self.trouble
        if cancel.wait(0.02):
            raise DeviceError(self.name, Fault.CANCELLED)
        self.frames = max(self.frames, after) + 1
        if not self.jpeg:
            raise DeviceError(self.name, Fault.TIMEOUT, "no_frames")
        return Frame(self.jpeg, self.frames, time.monotonic())


class PrinterStub(Stub):
    """A printer: ``ends`` says how the next prints end; without a word each is confirmed."""

    def __init__(self, name: str = "printer") -> None:
        super().__init__(name)
        self.ends: list[PrintResult | DeviceError] = []
        self.printed: list[tuple[Line, ...]] = []
        self.hold: Event | None = None

    def status(self) -> PrinterStatus:
        return PrinterStatus(online=True, paper="ok")

    def print_receipt(
        self, lines: Sequence[Line], *, cancel: Event, on_block: Callable[[int], None] = lambda _: None
    ) -> PrintResult:
        while self.hold is not None and not self.hold.wait(0.01) and not cancel.is_set():
            pass
        end = self.ends.pop(0) if self.ends else PrintResult(PrintEnd.CONFIRMED, 2, 2, 2)
        if isinstance(end, DeviceError):
            raise end
        self.printed.append(tuple(lines))
        on_block(1)
        return end


class CodesStub(Stub):
    """A code scanner; ``scan`` pulls its trigger for whoever asks."""

    def __init__(self, name: str = "codes") -> None:
        super().__init__(name)
        self.scanned: SimpleQueue[str | DeviceError] = SimpleQueue()
        self.asked = 0

    def next_code(self, *, wait: float, cancel: Event) -> ScannedCode:
        self.asked += 1
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            try:
                came = self.scanned.get(timeout=0.01)
            except Empty:
                continue
            if isinstance(came, DeviceError):
                raise came
            return ScannedCode(came, came.encode())
        raise DeviceError(self.name, Fault.TIMEOUT, "no_code")


class ChipStub(Stub):
    """A chip card reader; ``put_in`` puts a card in, or makes trouble, for whoever asks next."""

    def __init__(self, name: str = "chips") -> None:
        super().__init__(name)
        self.given_up = 0
        self._cards: SimpleQueue[SmartCardRecord | DeviceError] = SimpleQueue()

    def put_in(self, card: SmartCardRecord | DeviceError) -> None:
        self._cards.put(card)

    def read_card(self, *, wait: float, cancel: Event) -> SmartCardRecord:
        until = time.monotonic() + wait
        while time.monotonic() < until and not cancel.is_set():
            try:
                card = self._cards.get(timeout=0.01)
            except Empty:
                continue
            if isinstance(card, DeviceError):
                raise card
            return card
        self.given_up += 1
        raise DeviceError(self.name, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT, "")


class DoorStub:
    """Who may sit down: ``clerks`` by account, all with the password ``demo``; ``refuse`` is raised instead."""

    def __init__(self) -> None:
        self.clerks = {"1203": Clerk("1203", "王芳", ("clerk",)), "1305": Clerk("1305", "赵敏", ("clerk",))}
        self.refuse: Exception | None = None
        self.online = True
        self.itself = False
        self.came: list[tuple[str, bool]] = []

    def sign_in(self, account: str, password: str) -> tuple[Clerk, bool]:
        if self.refuse is not None:
            raise self.refuse
        if password != "demo" or account not in self.clerks:
            raise Rejected("wrong_password", "4", 401)
        return self.clerks[account], self.online

    def opened(self, clerk: Clerk, *, online: bool) -> None:
        self.came.append((clerk.account, online))

    def signs_in_itself(self) -> bool:
        return self.itself


class DisplayStub(Stub):
    """A number display, and all that it showed."""

    def __init__(self, name: str = "display") -> None:
        super().__init__(name)
        self.shown: list[tuple[str, str]] = []

    def show(self, upper: str, lower: str) -> None:
        self.shown.append((upper, lower))

    def clear(self) -> None:
        self.shown.append(("", ""))


class PadStub(Stub):
    """A rating pad; ``press`` presses a key, or makes trouble, for whoever asks next."""

    def __init__(self, name: str = "pad") -> None:
        super().__init__(name)
        self.asked = 0
        self.called_off = 0
        self._pressed: SimpleQueue[int | DeviceError] = SimpleQueue()

    def press(self, grade: int | DeviceError) -> None:
        self._pressed.put(grade)

    def ask(self, *, wait: float, cancel: Event) -> int:
        self.asked += 1
        until = time.monotonic() + wait
        while time.monotonic() < until and not cancel.is_set():
            try:
                pressed = self._pressed.get(timeout=0.01)
            except Empty:
                continue
            if isinstance(pressed, DeviceError):
                raise pressed
            return pressed
        self.called_off += cancel.is_set()
        raise DeviceError(
            self.name, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT, "" if cancel.is_set() else "no_rating"
        )


class Bench:
    """One desk at window 12 on 24 November 2026, ten o'clock.

    Args:
        folder: Where its store lies; another bench on the same folder is the next start.
        serials: How many case numbers are leased for the day.
        catalogue: False: the shelf is empty yet.
        pad: The options of a rating pad; None: the window has none.
        gun: There is a code scanner.
        chips: There is a chip card reader.
        two_lenses: There is a camera that looks at the person, too.
        real: Devices with the product's own drivers instead of stubs.
        waits: False: begins also while a device is not ready.
    """

    def __init__(
        self,
        folder: Path,
        *,
        serials: int = 20,
        catalogue: bool = True,
        profile: str = "demo",
        pad: dict[str, str | int | float | bool] | None = None,
        gun: bool = False,
        chips: bool = False,
        two_lenses: bool = False,
        real: Sequence[DeviceConfig] = (),
        waits: bool = True,
    ) -> None:
        self._waits = waits
        self.folder = folder
        self.now = NOW
        self.gate = ManualDispatcher()
        self.store = Store.open(folder, KEY)
        if serials and not self.store.blocks.left(DAY):
            self.store.blocks.add(Block(f"lease-{serials}", DAY, 1, serials))
        self.centre = Centre()
        self.client = CentralClient("http://centre", transport=lambda: httpx.MockTransport(self.centre.answer))
        self.ask = Lane("ask", self.gate, expected=(Unavailable, Rejected, ValueError))
        self.imaging = Lane("imaging", self.gate, expected=(StoreError, ValueError))
        self.reader, self.scanner, self.camera = Reader(), ScannerStub(), CameraStub()
        self.printer, self.display = PrinterStub(), DisplayStub()
        self.pad, self.gun, self.portrait = PadStub(), CodesStub(), CameraStub("portrait")
        self.chips = ChipStub()
        self.states: list[ReceptionState] = []
        self.lives: list[object] = []
        self.strokes: list[Sequence[Stroke]] = []
        self.woken = 0
        self.door = DoorStub()
        self.shelf = Shelf(self.store.cache)
        if catalogue:
            self.shelf.take(documents())
        stubs: dict[str, Stub] = {
            "id_card": self.reader,
            "scanner": self.scanner,
            "camera": self.camera,
            "printer": self.printer,
            "display": self.display,
            **({} if pad is None else {"rating": self.pad}),
            **({"codes": self.gun} if gun else {}),
            **({"smart_card": self.chips} if chips else {}),
        }
        self.devices = Devices(
            [
                DeviceConfig(stub.name, kind, "stub", "here", options=(pad or {}) if kind == "rating" else {})
                for kind, stub in stubs.items()
                if kind not in {config.kind for config in real}
            ]
            + [DeviceConfig("portrait", "camera", "stub", "here", options={"lens": "portrait"})] * two_lenses
            + list(real),
            self.gate,
            self._devices_changed,
            create=lambda config: (
                create(config) if config in real else self.portrait if config.id == "portrait" else stubs[config.kind]
            ),
        )
        deps = Deps(
            settings=Settings(WINDOW, "5107-01", profile, "http://centre"),
            store=self.store,
            devices=self.devices,
            dispatcher=self.gate,
            shelf=self.shelf,
            calendar=load_calendar(),
            client=self.client,
            ask=self.ask,
            imaging=self.imaging,
            clock=lambda: self.now,
            wake_courier=self._wake,
            words=decode_words((RESOURCES / "words" / "applicant.json").read_bytes()),
            door=self.door,
        )
        self.desk = ReceptionDesk(
            deps, show=self.states.append, show_live=self.lives.append, show_strokes=self.strokes.append
        )

    def __enter__(self) -> Self:
        self.devices.start()
        if self._waits:
            self.until(lambda: all(view.state == "ready" for view in self.devices.views()), "devices ready")
        self.desk.sign_in(Clerk("1203", "王芳", ("clerk",)))
        self.settle()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.devices.stop()
        self.ask.close(5)
        self.imaging.close(5)
        self.client.close()
        self.store.close()

    def _devices_changed(self) -> None:
        self.desk.devices_changed()

    def _wake(self) -> None:
        self.woken += 1

    # ---- looking

    @property
    def state(self) -> ReceptionState:
        """The state now."""
        return self.desk.state

    @property
    def draft(self) -> Draft:
        """The open draft."""
        assert self.state.draft is not None, "no visit is open"
        return self.state.draft

    @property
    def said(self) -> str:
        """The code of what the clerk was told last."""
        return self.state.say.code if self.state.say else ""

    def on_disk(self) -> Draft:
        """The open draft as the disk has it."""
        return next(row for row in self.store.drafts.open_drafts() if row.visit_id == self.draft.visit_id)

    def pages(self, number: str) -> int:
        """How many pages a row has; ``number`` as in ``M01``."""
        rows = self.draft.checklist.rows
        return next((len(row.pages) for row in rows if row.material_id == f"{ITEM}-{number}"), 0)

    def outbox(self) -> list[str]:
        """The kinds of what waits to be sent."""
        return [row.kind for row in self.store.outbox.list()]

    # ---- time

    def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Run what is posted until the condition holds."""
        give_up = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < give_up, f"never happened: {what}; said {self.said}, visit {self.state.visit}"
            if not self.gate.run():
                time.sleep(0.002)

    def settle(self) -> None:
        """Run until the lanes of questions and pictures have nothing to do and all their answers were taken."""
        while True:
            marks: list[None] = []
            ran = self.gate.run()
            for lane in (self.ask, self.imaging):
                lane.run(lambda: None, done=marks.append, failed=_never)
            give_up = time.monotonic() + PATIENCE
            while len(marks) < 2:
                assert time.monotonic() < give_up, "a lane hangs"
                ran += self.gate.run()
                time.sleep(0.0005)
            if ran <= 2:
                return

    def answered(self, action: str, count: int = 1) -> None:
        """Wait until the centre was asked so often; the answers stay where they are until ``settle``."""
        give_up = time.monotonic() + PATIENCE
        while len(self.centre.of(action)) < count:
            assert time.monotonic() < give_up, f"{action} was not asked"
            time.sleep(0.002)

    def pass_time(self, seconds: float) -> None:
        """Let time pass at the window."""
        self.now += timedelta(seconds=seconds)
        self.gate.advance(seconds)

    @contextmanager
    def held_by_another(self) -> Iterator[None]:
        """Another program holds the database: the store refuses to write anything (``occupied``)."""
        other = open_database(self.folder / DATABASE, derive(KEY, "database"))
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    # ---- the ordinary way

    def call(self) -> None:
        """Call the next number."""
        self.desk.call_next()
        self.settle()

    def identify(self, card: CardRecord = CARD) -> None:
        """Read a card."""
        self.desk.read_card()
        self.reader.lay(card)
        self.until(lambda: self.state.identity.reading is Reading.READ, "card read")
        self.settle()

    def choose(self) -> None:
        """Take the online application in and answer its questions."""
        if self.state.identity.lookup == "done":
            self.desk.take_in(ONLINE)
        else:
            self.desk.choose_item(ITEM)
        for question, value in {"trade": "catering", "place": "rent", "seal": "no", "who": "self"}.items():
            self.desk.answer(question, (value,))
        self.desk.open_step(Step.ITEM)

    def fill(self) -> None:
        """Type what nobody knows."""
        texts = {"capital": "50000.00", "premises_address": "涪城区示例路 18 号附 3 号", "scope": "小吃服务；食品销售"}
        for field, text in texts.items():
            self.desk.set_field(field, text)

    def collect(self) -> None:
        """Scan three papers, use one certificate, defer one."""
        for number, number_of_page in (("M01", 1), ("M03", 2), ("M07", 3)):
            self.desk.choose_row(f"{ITEM}-{number}")
            self.feed(sheet(number_of_page))
        self.desk.use_ecert(f"{ITEM}-M02")
        self.desk.defer(f"{ITEM}-M06")
        self.settle()

    def feed(self, *pages: bytes | DeviceError) -> None:
        """Scan into the current row, and wait until all of it is there."""
        self.scanner.feeder = list(pages)
        self.desk.feed()
        self.until(lambda: self.state.materials is not None and not self.state.materials.feeding, "fed")
        self.settle()

    def sign(self) -> None:
        """The applicant checks, agrees and signs."""
        self.desk.applicant_confirms()
        self.desk.applicant_agrees()
        assert self.state.applicant.page is ApplicantPage.SIGN
        self.desk.applicant_signs(STROKES, PNG)
        self.settle()

    def submit(self) -> None:
        """Accept the case, and let the printer do its work."""
        self.desk.next_step()
        self.until(lambda: self.state.receipt.state.value not in {"none", "waiting", "printing"}, "printer done")
        self.settle()

    def up_to(self, step: Step) -> None:
        """Do a visit until the given step is open and empty."""
        self.call()
        for at, do in (
            (Step.IDENTITY, self.identify),
            (Step.ITEM, self.choose),
            (Step.FORM, self.fill),
            (Step.MATERIALS, self.collect),
            (Step.CONFIRM, self.sign),
        ):
            if step is at:
                return
            do()
            if at is not Step.CONFIRM:
                self.desk.next_step()
                self.settle()
                assert self.state.open_step is not at, f"held at {at}: {self.state.missing} {self.said}"
        assert self.state.visit is State.SERVING


def _never(error: Exception) -> None:
    raise error


@lru_cache(maxsize=1)
def documents() -> Copy:
    """Catalogue and forms as the demo's centre serves them."""
    loaded = load(RESOURCES / "demo" / "catalogue.json", RESOURCES / "forms")
    return decode(loaded.catalogue_body, loaded.forms_body, (loaded.catalogue_etag, loaded.forms_etag))


@lru_cache(maxsize=1)
def _people() -> dict[str, dict[str, Any]]:
    data = tomllib.loads((RESOURCES / "demo" / "shared-data.toml").read_text(encoding="utf-8"))
    return {row.get("id_no") or row["uscc"]: row for row in data["applicants"]}


def known(id_no: str) -> contract.PersonRecord:
    """What the demo's shared data know about a person."""
    row = _people().get(id_no)
    if row is None:
        return contract.PersonRecord(found=False)
    earlier = tuple(
        contract.Earlier(
            kind=entry["kind"],
            id=ONLINE if entry["kind"] == "online" else entry.get("case_no", ""),
            item_id=entry["item"],
            on=str(entry["on"]),
            fields=entry["fields"],
        )
        for entry in row.get("earlier", ())
    )
    related = tuple(
        contract.Related("booking", entry.id, entry.item_id, "个体工商户设立登记", appointment="10:30", prefilled=12)
        for entry in earlier
        if entry.kind == "online"
    )
    certificates = tuple(contract.Certificate(**entry) for entry in row.get("certificates", ()))
    return contract.PersonRecord(True, row.get("shared", {}), certificates, earlier, related)


@lru_cache(maxsize=16)
def sheet(number: int = 1, code: str = "") -> bytes:
    """A sheet of paper as the scanner gives it, each number another one; ``code`` is printed on it as a QR code."""
    import cv2
    import numpy as np

    paper = np.full((480, 340, 3), 255, np.uint8)
    for line in range(6):
        cv2.putText(paper, f"Sheet {number} {line}", (20, 40 + 28 * line), 0, 0.8, (20, 20, 20), 2)
    if code:
        drawn = cv2.QRCodeEncoder.create().encode(code)
        drawn = cv2.resize(drawn, None, fx=6, fy=6, interpolation=cv2.INTER_NEAREST)
        drawn = cv2.copyMakeBorder(drawn, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255)[:240, :240]
        paper[230 : 230 + drawn.shape[0], 50 : 50 + drawn.shape[1]] = drawn[:, :, None]
    done, jpeg = cv2.imencode(".jpg", paper, [cv2.IMWRITE_JPEG_QUALITY, 95])
    assert done
    return jpeg.tobytes()


@lru_cache(maxsize=4)
def card_side(number: int = 1) -> bytes:
    """One side of a card as the scanner gives it: 85.6 x 54 mm at 200 dots an inch."""
    import cv2
    import numpy as np

    card = np.full((425, 674, 3), 235, np.uint8)
    for line in range(5):
        cv2.putText(card, f"Side {number} line {line}", (30, 60 + 70 * line), 0, 1.2, (40, 40, 40), 2)
    done, jpeg = cv2.imencode(".jpg", card, [cv2.IMWRITE_JPEG_QUALITY, 95])
    assert done
    return jpeg.tobytes()
