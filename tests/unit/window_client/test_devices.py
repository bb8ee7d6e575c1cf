"""The devices of a window: who is asked what, and what becomes of a device that the window does not have."""

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from drivers.contracts import Device, DeviceConfig, Frame, ScannedPage, ScanSettings
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
