"""The devices of a window: who is asked what, and what becomes of a device that the window does not have."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from drivers import catalogue
from drivers.contracts import (
    Announcement,
    Device,
    DeviceConfig,
    Frame,
    Line,
    PrintEnd,
    PrintResult,
    ScannedPage,
    ScanSettings,
)
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher


class Driver:
    """Camera, display and scanner in one, as the test tells."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.trouble: DeviceError | None = None
        self.stuck = Event()

    name = "test"

    def open(self) -> None:
        """There."""

    def close(self) -> None:
        """Gone."""

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY)

    def show(self, upper: str, lower: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.shown.append((upper, lower))

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        if self.trouble is not None:
            raise self.trouble
        return Frame(b"jpeg", after + 1, 0.0)

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        yield ScannedPage(1, b"jpeg", 200)
        self.stuck.wait(30)  # a driver that hears no cancel


class Window:
    """A window with a camera, a display and a scanner."""

    def __init__(self) -> None:
        self.gate = ManualDispatcher()
        self.drivers: dict[str, list[Driver]] = {}
        configs = [DeviceConfig(kind, kind, "any", "file:///") for kind in ("camera", "display", "scanner")]
        self.devices = Devices(configs, self.gate, lambda: None, create=self._create)
        self.devices.start()

    def _create(self, config: DeviceConfig) -> Device:
        made = Driver()
        self.drivers.setdefault(config.kind, []).append(made)
        return made

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, "never happened"
            self.gate.run()
            time.sleep(0.005)


@pytest.fixture
def window() -> Iterator[Window]:
    made = Window()
    yield made
    for drivers in made.drivers.values():
        for driver in drivers:
            driver.stuck.set()
    made.devices.stop()


def test_a_look_at_a_device_that_the_window_does_not_have_ends_too(window: Window) -> None:
    looked: list[int] = []

    window.devices.look("printer", lambda: looked.append(1))
    window.devices.look("display", lambda: looked.append(2))

    window.until(lambda: sorted(looked) == [1, 2])


def test_a_try_of_the_display_tells_how_it_went(window: Window) -> None:
    told: list[object] = []
    window.devices.try_display("88888", "TEST", done=told.append, failed=told.append)
    window.until(lambda: told == [None])
    assert window.drivers["display"][0].shown == [("88888", "TEST")]

    window.drivers["display"][0].trouble = DeviceError("display", Fault.ABSENT)
    window.devices.try_display("88888", "TEST", done=told.append, failed=told.append)
    window.until(lambda: len(told) == 2)
    assert isinstance(told[1], DeviceError)


def test_one_frame_is_taken_of_a_camera_that_nobody_watches(window: Window) -> None:
    told: list[object] = []

    window.devices.take_frame(done=told.append, failed=told.append)

    window.until(lambda: [type(answer) for answer in told] == [Frame])


def test_a_scan_that_does_not_stop_is_given_up_and_its_pages_stay(window: Window) -> None:
    pages: list[int] = []
    told: list[object] = []
    cancel = window.devices.scan(
        ScanSettings(), on_page=lambda page: pages.append(page.number), done=told.append, failed=told.append
    )
    window.until(lambda: pages == [1])

    window.devices.call_off("scanner", cancel)
    window.gate.advance(9)

    assert [error.fault for error in told if isinstance(error, DeviceError)] == [Fault.CANCELLED]
    window.until(lambda: len(window.drivers["scanner"]) == 2)


def test_paper_that_is_put_into_the_feeder_is_told_though_the_scanner_stays_ready(window: Window) -> None:
    told: list[str] = []
    lane = window.devices.lane_of("scanner")
    assert lane is not None
    lane._on_change = lambda: told.append(lane.view().facts.get("feeder", ""))
    driver = window.drivers["scanner"][0]
    for feeder in ("empty", "loaded"):
        driver.health = lambda now=feeder: DeviceHealth(DeviceState.READY, "", {"feeder": now})  # type: ignore[method-assign, misc]
        window.until(lambda now=feeder: bool(told) and told[-1] == now)  # type: ignore[misc]


class Pair:
    """Devices by id, of the kinds and with the options that a test wants; ``away`` ones cannot be opened."""

    def __init__(self, *configs: DeviceConfig, away: frozenset[str] = frozenset()) -> None:
        self.gate = ManualDispatcher()
        self.away = set(away)
        self.did: list[tuple[str, object]] = []
        self.bug: Exception | None = None
        self.hold = Event()
        self.hold.set()
        self.devices = Devices(configs, self.gate, lambda: None, create=self._create)
        self.devices.start()

    def _create(self, config: DeviceConfig) -> Device:
        return Telling(config.id, self)

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, "never happened"
            self.gate.run()
            time.sleep(0.005)

    def ready(self, *ids: str) -> None:
        self.until(lambda: {row.id for row in self.devices.views() if row.state == "ready"} >= set(ids))


class Telling:
    """A driver of any kind that tells what it was asked."""

    def __init__(self, name: str, pair: Pair) -> None:
        self.name, self._pair = name, pair

    def open(self) -> None:
        if self.name in self._pair.away:
            raise DeviceError(self.name, Fault.ABSENT)

    def close(self) -> None:
        """Gone."""

    def health(self) -> DeviceHealth:
        if self.name in self._pair.away:
            raise DeviceError(self.name, Fault.ABSENT)
        return DeviceHealth(DeviceState.READY)

    def show(self, upper: str, lower: str) -> None:
        self._pair.did.append((self.name, upper))

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        self._pair.did.append((self.name, "frame"))
        return Frame(b"jpeg", after + 1, 0.0)

    def print_receipt(
        self, lines: Sequence[Line], *, cancel: Event, on_block: Callable[[int], None] = lambda _: None
    ) -> PrintResult:
        self._pair.did.append((self.name, "print"))
        if self._pair.bug is not None:
            raise self._pair.bug
        return PrintResult(PrintEnd.CONFIRMED, 1, 1, 1)

    def say(self, announcement: Announcement, *, cancel: Event) -> None:
        while not self._pair.hold.wait(0.01):
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
        self._pair.did.append((self.name, announcement.number))


def _config(id_: str, kind: str, **options: str) -> DeviceConfig:
    return DeviceConfig(id_, kind, "any", "file:///", options=dict(options))


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    made: list[Pair] = []
    yield made
    for pair in made:
        pair.hold.set()
        pair.devices.stop()


def test_the_first_ready_device_of_a_kind_is_in_use_and_another_takes_over_when_it_goes(pairs: list[Pair]) -> None:
    pair = Pair(_config("left", "camera"), _config("right", "camera"), away=frozenset({"left"}))
    pairs.append(pair)
    pair.ready("right")
    told: list[object] = []
    pair.devices.take_frame(done=told.append, failed=told.append)
    pair.until(lambda: told)
    assert pair.did == [("right", "frame")]
    pair.away.clear()
    pair.ready("left")
    pair.devices.take_frame(done=told.append, failed=told.append)
    pair.until(lambda: len(told) == 2)
    assert pair.did[1] == ("left", "frame")


def test_a_receipt_is_never_moved_to_another_printer(pairs: list[Pair]) -> None:
    pair = Pair(_config("first", "printer"), _config("second", "printer"), away=frozenset({"first"}))
    pairs.append(pair)
    pair.ready("second")
    told: list[object] = []
    pair.devices.print_receipt((), on_block=lambda _: None, done=told.append, failed=told.append)
    pair.until(lambda: told)
    assert isinstance(told[0], DeviceError)
    assert pair.did == []
    pair.devices.print_receipt((), on_block=lambda _: None, done=told.append, failed=told.append, at="second")
    pair.until(lambda: pair.did)
    assert pair.did == [("second", "print")]


@pytest.mark.parametrize(
    ("bug", "in_doubt"), [(KeyError("no such font"), True), (DeviceError("p", Fault.ATTENTION, "paper_out"), False)]
)
def test_what_a_printer_with_a_bug_has_printed_is_unknown(pairs: list[Pair], bug: Exception, in_doubt: bool) -> None:
    pair = Pair(_config("p", "printer"))
    pairs.append(pair)
    pair.ready("p")
    pair.bug = bug
    done: list[PrintResult] = []
    failed: list[DeviceError] = []
    raised: list[Exception] = []
    pair.devices.print_receipt((), on_block=lambda _: None, done=done.append, failed=failed.append)

    def answered() -> bool:
        try:
            pair.gate.run()
        except KeyError as error:
            raised.append(error)
        return bool(done or failed)

    pair.until(answered)

    assert ([row.end for row in done], bool(failed)) == (([PrintEnd.UNKNOWN], False) if in_doubt else ([], True))
    assert raised == ([bug] if in_doubt else []), "and the bug is told"


def test_a_call_is_shown_on_every_display(pairs: list[Pair]) -> None:
    pair = Pair(_config("above", "display"), _config("desk", "display"))
    pairs.append(pair)
    pair.devices.show_number("A017", "WINDOW 03")
    pair.until(lambda: sorted(pair.did) == [("above", "A017"), ("desk", "A017")])


def test_the_portrait_lens_is_used_by_who_asks_for_it_and_nobody_else(pairs: list[Pair]) -> None:
    pair = Pair(_config("face", "camera", lens="portrait"), _config("paper", "camera"))
    pairs.append(pair)
    pair.ready("face", "paper")
    assert pair.devices.lenses() == ("portrait", "document")
    seen: list[Frame] = []
    pair.devices.take_frame(done=seen.append, failed=lambda _: None)
    pair.until(lambda: seen)
    assert pair.did == [("paper", "frame")]
    pair.devices.watch_camera(seen.append, lambda _: None, lens="portrait")
    pair.until(lambda: ("face", "frame") in pair.did)
    pair.devices.stop_watching()


def test_calls_are_spoken_one_after_the_other_and_hushed_when_they_are_over(pairs: list[Pair]) -> None:
    pair = Pair(_config("voice", "voice"))
    pairs.append(pair)
    pair.devices.announce("A017", "3")
    pair.devices.announce("A017", "3")
    pair.until(lambda: pair.did == [("voice", "A017")] * 2)
    pair.hold.clear()
    told: list[DeviceError | None] = []
    pair.devices.announce("A018", "3", told=told.append)
    pair.devices.announce("A018", "3", told=told.append)
    pair.devices.hush()
    pair.hold.set()
    pair.devices.announce("A019", "3", told=told.append)
    pair.until(lambda: len(told) == 3)
    assert told[2] is None
    assert pair.did[-1] == ("voice", "A019")


def test_a_window_without_a_voice_calls_without_a_word() -> None:
    gate = ManualDispatcher()
    devices = Devices((), gate, lambda: None)
    told: list[DeviceError | None] = []
    devices.announce("A017", "3")
    devices.announce("A017", "3", told=told.append)
    gate.run()
    assert [error.fault for error in told if error] == [Fault.ABSENT]
    devices.stop()


def test_of_several_alike_one_works_and_the_others_stand_by(pairs: list[Pair]) -> None:
    pair = Pair(
        _config("a", "id_card"),
        _config("b", "id_card"),
        _config("paper", "camera"),
        _config("face", "camera", lens="portrait"),
        _config("above", "display"),
        _config("desk", "display"),
        away=frozenset({"a"}),
    )
    pairs.append(pair)
    pair.ready("b", "paper", "face", "above", "desk")
    shown = {row.id: (row.place, row.spare, row.role) for row in pair.devices.views()}
    assert shown == {
        "a": (1, True, ""),
        "b": (2, False, ""),
        "paper": (0, False, "document"),
        "face": (0, False, "portrait"),
        "above": (1, False, ""),
        "desk": (2, False, ""),
    }


def test_another_printer_takes_over_by_the_clerks_word_and_stays(pairs: list[Pair]) -> None:
    pair = Pair(_config("first", "printer"), _config("second", "printer"))
    pairs.append(pair)
    pair.ready("first", "second")
    told: list[object] = []

    pair.devices.prefer("second")
    pair.devices.print_receipt((), on_block=lambda _: None, done=told.append, failed=told.append)
    pair.until(lambda: told)
    assert pair.did == [("second", "print")]
    assert [row.spare for row in pair.devices.views()] == [True, False]

    pair.away.add("second")
    pair.until(lambda: pair.devices.views()[1].state == "offline")
    pair.devices.print_receipt((), on_block=lambda _: None, done=told.append, failed=told.append)
    pair.until(lambda: len(told) == 2)
    assert isinstance(told[1], DeviceError), "it does not go back by itself either"


def test_an_unknown_driver_is_a_fault_beside_devices_that_work(pairs: list[Pair]) -> None:
    pair = Pair(_config("well", "display"))
    pairs.append(pair)
    devices = Devices((DeviceConfig("odd", "id_card", "never heard of", "file:///"),), pair.gate, lambda: None)
    devices.start()
    pair.until(lambda: [(row.state, row.code) for row in devices.views()] == [("fault", "unsupported")])
    told: list[DeviceError] = []
    devices.read_card(wait=1, done=lambda _: None, failed=told.append)
    pair.until(lambda: [error.code for error in told] == ["unsupported"])
    devices.stop()


def test_no_thread_is_left_at_the_end() -> None:
    pair = Pair(*(_config(kind, kind) for kind in catalogue.KINDS))
    pair.ready(*catalogue.KINDS)
    pair.devices.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("device-")] == []


def test_a_driver_that_hangs_does_not_hold_the_end_of_the_program(window: Window) -> None:
    window.devices.scan(ScanSettings(), on_page=lambda _: None, done=lambda _: None, failed=lambda _: None)
    window.until(lambda: window.devices.state_of("scanner") == "busy")
    window.devices.stop()
    assert window.devices.lanes["display"].join(0)


def test_a_driver_whose_look_hangs_is_replaced_by_itself(window: Window) -> None:
    window.devices.lanes["display"]._look_within = 0.05
    driver = window.drivers["display"][0]
    hangs = Event()

    def hang() -> DeviceHealth:
        hangs.set()
        driver.stuck.wait(30)
        return DeviceHealth(DeviceState.READY)

    driver.health = hang  # type: ignore[method-assign]
    window.until(hangs.is_set)

    def replaced() -> bool:
        window.gate.advance(1.0)
        return len(window.drivers["display"]) == 2

    window.until(replaced)
    window.until(lambda: window.devices.state_of("display") == "ready")


def test_what_a_scan_left_of_a_file_is_not_the_next_visits(tmp_path: Path) -> None:
    first, *others = (Image.new("L", (64, 64), shade) for shade in (0, 100, 200))
    first.save(tmp_path / "pages.tiff", save_all=True, append_images=others)
    options: dict[str, str | float] = {"settle": 0.05, "next_within": 0.1, "first_within": 0.3}
    gate = ManualDispatcher()
    config = DeviceConfig("folder", "scanner", "folder", f"file://{tmp_path}", options=dict(options))
    devices = Devices([config], gate, lambda: None)
    devices.start()
    visit = "first"
    devices.belong_to(lambda: visit)
    came: list[tuple[str, int]] = []
    ended: list[object] = []
    cancel: list[Event] = []
    asked = Event()

    def on_page(page: ScannedPage) -> None:
        came.append((visit, page.number))
        assert asked.wait(20)
        cancel[-1].set()

    def until_ended(count: int) -> None:
        give_up = time.monotonic() + 20
        while len(ended) < count:
            assert time.monotonic() < give_up, "never ended"
            gate.run()
            time.sleep(0.005)

    try:
        for count in (1, 2):
            asked.clear()
            cancel.append(devices.scan(ScanSettings(), on_page=on_page, done=ended.append, failed=ended.append))
            asked.set()
            until_ended(count)
        assert came == [("first", 1), ("first", 1)], "in the same visit it is gone on with"
        visit = "second"
        devices.scan(ScanSettings(), on_page=on_page, done=ended.append, failed=ended.append)
        until_ended(3)
    finally:
        devices.stop()

    assert came[2:] == []
    assert isinstance(ended[2], DeviceError)
    assert ended[2].code == "no_documents"
