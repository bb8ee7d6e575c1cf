"""What was asked of a device for one visit never enters another; drivers behind the production seam."""

import logging
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

import pytest

from drivers.contracts import CardKind, CardRecord, Device, DeviceConfig, ScannedCode, ScannedPage, ScanSettings
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher

T = TypeVar("T")

CARD = CardRecord(CardKind.RESIDENT, "李示例", "女", "汉", "1988-06-12", "示例路", "x", "局", "2019-06-18", "长期")


class Driver:
    """A card reader, code scanner and scanner in one; ``deaf`` ones hear no cancel."""

    name = "test"

    def __init__(self) -> None:
        self.laid: SimpleQueue[CardRecord] = SimpleQueue()
        self.codes: SimpleQueue[str] = SimpleQueue()
        self.fed = Event()
        self.asked = 0
        self.deaf = False
        self.heard_cancel = 0

    def open(self) -> None:
        """There."""

    def close(self) -> None:
        """Gone."""

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY)

    def read_card(self, *, wait: float, cancel: Event) -> CardRecord:
        self.asked += 1
        return self._take(self.laid, wait, cancel, "no_card")

    def next_code(self, *, wait: float, cancel: Event) -> ScannedCode:
        self.asked += 1
        text = self._take(self.codes, wait, cancel, "no_code")
        return ScannedCode(text, text.encode())

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        yield ScannedPage(1, b"jpeg", 200)
        self.fed.wait(20)
        yield ScannedPage(2, b"jpeg", 200)

    def _take(self, queue: "SimpleQueue[T]", wait: float, cancel: Event, nothing: str) -> T:
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if cancel.is_set() and not self.deaf:
                self.heard_cancel += 1
                raise DeviceError(self.name, Fault.CANCELLED)
            try:
                return queue.get(timeout=0.01)
            except Empty:
                continue
        raise DeviceError(self.name, Fault.TIMEOUT, nothing)


class Window:
    """A window with one device of each of three kinds, and a visit that the test opens and ends."""

    def __init__(self) -> None:
        self.gate = ManualDispatcher()
        self.drivers: dict[str, Driver] = {}
        self.visit = "visit-1"
        configs = [DeviceConfig(kind, kind, "any", "file:///") for kind in ("id_card", "codes", "scanner")]
        self.devices = Devices(configs, self.gate, lambda: None, create=self._create)
        self.devices.belong_to(lambda: self.visit)
        self.devices.start()
        self.told: list[object] = []

    def _create(self, config: DeviceConfig) -> Device:
        return self.drivers.setdefault(config.kind, Driver())

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, f"never happened; {self.told}"
            self.gate.run()
            time.sleep(0.005)

    def busy(self, kind: str) -> None:
        self.until(lambda: self.devices.state_of(kind) == "busy")

    def next_visit(self) -> None:
        """The visit ends as the desk does it, and another one begins."""
        self.devices.give_back()
        self.visit = "visit-2"

    def read(self, **options: str) -> Event:
        return self.devices.read_card(wait=20, done=self.told.append, failed=self.told.append, **options)

    @property
    def faults(self) -> list[Fault]:
        return [error.fault for error in self.told if isinstance(error, DeviceError)]


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window()
    made.until(lambda: all(row.state == "ready" for row in made.devices.views()))
    yield made
    for driver in made.drivers.values():
        driver.fed.set()
    made.devices.stop()


def test_a_card_that_lies_there_early_is_not_read_before_somebody_asks(window: Window) -> None:
    reader = window.drivers["id_card"]
    reader.laid.put(CARD)
    time.sleep(0.1)
    window.gate.run()
    assert reader.asked == 0
    assert window.told == []

    window.read()
    window.until(lambda: window.told == [CARD])


def test_the_end_of_a_visit_frees_the_reader_for_the_next_one(window: Window) -> None:
    window.read()
    window.busy("id_card")
    window.next_visit()
    window.until(lambda: window.faults == [Fault.CANCELLED])

    window.read()
    window.drivers["id_card"].laid.put(CARD)
    window.until(lambda: window.told[1:] == [CARD])


def test_a_card_that_comes_after_the_visit_ended_is_dropped_and_told(
    window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    reader = window.drivers["id_card"]
    reader.deaf = True
    window.read()
    window.busy("id_card")
    window.next_visit()
    reader.laid.put(CARD)

    window.until(lambda: window.told)
    assert window.faults == [Fault.CANCELLED]
    assert "dropped" in caplog.text
    assert CARD.name not in caplog.text


def test_a_card_whose_answer_waits_while_the_visit_changes_is_dropped_too(window: Window) -> None:
    window.read()
    window.drivers["id_card"].laid.put(CARD)
    give_up = time.monotonic() + 20
    while window.devices.state_of("id_card") != "ready" or not window.drivers["id_card"].asked:
        assert time.monotonic() < give_up
        time.sleep(0.005)  # the answer is posted, and nobody has taken it yet
    window.visit = "visit-2"
    window.until(lambda: window.told)
    assert window.faults == [Fault.CANCELLED]


def test_a_page_of_a_visit_that_ended_is_dropped(window: Window) -> None:
    pages: list[int] = []
    window.devices.scan(
        ScanSettings(),
        on_page=lambda page: pages.append(page.number),
        done=window.told.append,
        failed=window.told.append,
    )
    window.until(lambda: pages == [1])
    window.next_visit()
    window.drivers["scanner"].fed.set()
    window.until(lambda: window.told)
    assert pages == [1]
    assert window.faults == [Fault.CANCELLED]


def test_two_deeds_of_one_device_wait_for_each_other(window: Window) -> None:
    window.read()
    window.read()
    reader = window.drivers["id_card"]
    window.until(lambda: reader.asked == 1)
    reader.laid.put(CARD)
    window.until(lambda: reader.asked == 2)
    reader.laid.put(CARD)
    window.until(lambda: window.told == [CARD, CARD])


def test_a_try_makes_room_for_what_the_visit_asks(window: Window) -> None:
    tried: list[object] = []
    window.devices.read_card(wait=20, done=tried.append, failed=tried.append, at="id_card")
    window.busy("id_card")
    window.read()
    window.until(lambda: tried)
    assert isinstance(tried[0], DeviceError)
    window.drivers["id_card"].laid.put(CARD)
    window.until(lambda: window.told == [CARD])


def test_a_try_belongs_to_no_visit(window: Window) -> None:
    window.devices.read_card(wait=20, done=window.told.append, failed=window.told.append, at="id_card")
    window.busy("id_card")
    window.next_visit()
    window.drivers["id_card"].laid.put(CARD)
    window.until(lambda: window.told == [CARD])


def test_who_listens_for_codes_goes_on_over_visits_and_a_code_is_for_the_visit_in_which_it_was_scanned(
    window: Window,
) -> None:
    scanner = window.drivers["codes"]
    window.devices.read_code(wait=20, done=window.told.append, failed=window.told.append)
    window.busy("codes")
    window.next_visit()
    scanner.codes.put("A1")
    window.until(lambda: window.told == [ScannedCode("A1", b"A1")])

    window.devices.read_code(wait=20, done=window.told.append, failed=window.told.append)
    window.until(lambda: scanner.asked == 2)
    scanner.codes.put("B2")
    give_up = time.monotonic() + 20
    while window.devices.state_of("codes") != "ready":
        assert time.monotonic() < give_up
        time.sleep(0.005)
    window.visit = "visit-3"
    window.until(lambda: len(window.told) == 2)
    assert window.told[1] is None, "scanned in the visit before"


def test_a_try_of_the_code_scanner_goes_before_who_listens_and_he_is_asked_again(window: Window) -> None:
    scanner = window.drivers["codes"]
    window.devices.read_code(wait=20, done=window.told.append, failed=window.told.append)
    window.busy("codes")
    tried: list[object] = []
    cancel = Event()
    window.devices.use(
        "codes",
        lambda driver: driver.next_code(wait=20, cancel=cancel),  # type: ignore[attr-defined]
        done=tried.append,
        failed=tried.append,
        cancel=cancel,
        deadline=30,
    )
    window.until(lambda: window.told == [None])
    scanner.codes.put("TRY")
    window.until(lambda: tried == [ScannedCode("TRY", b"TRY")])


def test_a_deed_that_was_called_off_while_it_waited_never_reaches_the_device(window: Window) -> None:
    window.read()
    second = window.read()
    reader = window.drivers["id_card"]
    window.until(lambda: reader.asked == 1)
    second.set()
    reader.laid.put(CARD)
    window.until(lambda: len(window.told) == 2)
    assert window.told[0] == CARD
    assert window.faults == [Fault.CANCELLED]
    assert reader.asked == 1
