"""The lanes of devices, with hand-written drivers behind the same seam that the production drivers come through."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from window_client.device_lane import DeviceLane
from window_client.dispatch import ManualDispatcher


class Driver:
    """A device that does what the test says."""

    def __init__(self) -> None:
        self.opens, self.closes, self.refused = 0, 0, 0
        self.hang: Event | None = None
        self.hangs = False
        self.trouble: DeviceError | None = None
        self.open_trouble: DeviceError | None = None
        self.state = DeviceState.READY

    name = "test"

    def open(self) -> None:
        if self.open_trouble is not None:
            self.refused += 1
            raise self.open_trouble
        self.opens += 1

    def close(self) -> None:
        self.closes += 1

    def health(self) -> DeviceHealth:
        if self.hang is not None:
            self.hangs = True
            self.hang.wait(30)
        if self.trouble is not None:
            raise self.trouble
        return DeviceHealth(self.state)


class Bench:
    """A lane on a port that is a file: taking the file away is pulling the cable."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "port"
        self.port.write_text("")
        self.gate = ManualDispatcher()
        self.drivers: list[Driver] = []
        self.changes = 0
        self.refuse: DeviceError | None = None
        self.refuse_open: DeviceError | None = None
        config = DeviceConfig("test", "id_card", "any", f"serial://{self.port}")
        self.lane: DeviceLane[Driver] = DeviceLane(config, self._create, self.gate, self._changed)

    def _create(self, _: DeviceConfig) -> Driver:
        if self.refuse is not None:
            raise self.refuse
        self.drivers.append(Driver())
        self.drivers[-1].open_trouble = self.refuse_open
        return self.drivers[-1]

    def _changed(self) -> None:
        self.changes += 1

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, f"never happened; {self.lane.view()}"
            self.gate.run()
            time.sleep(0.005)

    def is_now(self, state: str, code: str = "") -> None:
        self.until(lambda: (self.lane.view().state, self.lane.view().code) == (state, code))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.lane.stop()


def test_a_device_that_is_there_becomes_ready(bench: Bench) -> None:
    bench.lane.start()

    bench.is_now("ready")
    bench.until(lambda: bench.changes > 0)


def test_a_port_that_is_not_there_is_opened_when_it_comes(bench: Bench) -> None:
    bench.port.unlink()
    bench.lane.start()
    bench.is_now("offline", "absent")

    bench.port.write_text("")

    bench.is_now("ready")
    assert bench.drivers[0].opens == 1


def test_a_port_that_another_program_holds_needs_a_person(bench: Bench) -> None:
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].open_trouble = DeviceError("test", Fault.OCCUPIED)
    bench.drivers[0].trouble = DeviceError("test", Fault.ABSENT)

    bench.is_now("fault", "occupied")


def test_a_driver_that_we_do_not_have_is_a_fault_and_every_job_is_told(bench: Bench) -> None:
    bench.refuse = DeviceError("test", Fault.REFUSED, "unsupported")
    errors: list[DeviceError] = []
    bench.lane.start()

    bench.is_now("fault", "unsupported")
    bench.lane.run(lambda _: None, done=lambda _: None, failed=errors.append)
    bench.until(lambda: errors)


def test_a_job_gets_the_open_driver_and_its_answer_comes_back(bench: Bench) -> None:
    answers: list[str] = []
    bench.lane.start()

    bench.lane.run(lambda driver: driver.name, done=answers.append, failed=lambda _: None)

    bench.until(lambda: answers == ["test"])


def test_a_device_that_leaves_during_a_job_is_closed_and_comes_back_by_itself(bench: Bench) -> None:
    errors: list[DeviceError] = []
    bench.lane.start()
    bench.is_now("ready")

    def pulled(_: Driver) -> None:
        raise DeviceError("test", Fault.ABSENT)

    bench.lane.run(pulled, done=lambda _: None, failed=errors.append)

    bench.until(lambda: errors)
    assert bench.drivers[0].closes >= 1
    bench.is_now("ready")
    assert bench.drivers[0].opens == 2


def test_a_device_that_needs_a_person_stays_in_fault_until_it_is_well(bench: Bench) -> None:
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].state = DeviceState.FAULT

    bench.is_now("fault")
    bench.drivers[0].state = DeviceState.READY
    bench.is_now("ready")


def test_a_call_that_does_not_come_back_is_not_waited_for(bench: Bench) -> None:
    errors: list[DeviceError] = []
    hang = Event()
    bench.lane.start()
    bench.is_now("ready")
    bench.lane.run(lambda _: hang.wait(30), done=lambda _: None, failed=errors.append, deadline=-1.0)
    bench.until(lambda: bench.lane.view().state == "busy")

    bench.gate.advance(10)

    assert [error.fault for error in errors] == [Fault.TIMEOUT]
    bench.until(lambda: len(bench.drivers) == 2)
    bench.is_now("ready")
    hang.set()
    time.sleep(0.05)
    bench.gate.run()
    assert len(errors) == 1, "the old thread's answer was taken"


def test_what_waited_behind_a_call_that_hangs_is_done_by_the_new_driver(bench: Bench) -> None:
    errors: list[DeviceError] = []
    answers: list[str] = []
    hang = Event()
    bench.lane.start()
    bench.is_now("ready")
    bench.lane.run(lambda _: hang.wait(30), done=lambda _: None, failed=errors.append, deadline=-1.0)
    bench.until(lambda: bench.lane.view().state == "busy")
    bench.lane.run(lambda driver: driver.name, done=answers.append, failed=errors.append)

    bench.gate.advance(10)

    bench.until(lambda: answers == ["test"])
    assert len(errors) == 1
    hang.set()


def test_a_call_that_was_called_off_and_does_not_end_is_not_waited_for(bench: Bench) -> None:
    errors: list[DeviceError] = []
    hang = Event()
    bench.lane.start()
    bench.is_now("ready")
    cancel = bench.lane.run(lambda _: hang.wait(30), done=lambda _: None, failed=errors.append, deadline=600)
    bench.until(lambda: bench.lane.view().state == "busy")

    bench.lane.call_off(cancel)
    bench.gate.advance(9)

    assert [error.fault for error in errors] == [Fault.CANCELLED]
    bench.is_now("ready")
    assert len(bench.drivers) == 2
    hang.set()


def test_a_call_that_ends_when_it_is_called_off_keeps_its_driver(bench: Bench) -> None:
    answers: list[bool] = []
    cancel = Event()
    bench.lane.start()
    bench.is_now("ready")
    bench.lane.run(lambda _: cancel.wait(30), done=answers.append, failed=lambda _: None, cancel=cancel, deadline=600)
    bench.until(lambda: bench.lane.view().state == "busy")

    bench.lane.call_off(cancel)
    bench.until(lambda: answers == [True])
    bench.gate.advance(9)

    bench.is_now("ready")
    assert len(bench.drivers) == 1


def test_a_job_behind_a_look_that_does_not_come_back_is_answered(bench: Bench) -> None:
    errors: list[DeviceError] = []
    hang = Event()
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].hang = hang
    bench.until(lambda: bench.drivers[0].hangs)

    bench.lane.run(lambda driver: driver.name, done=lambda _: None, failed=errors.append, deadline=-10.0)
    bench.gate.advance(10)

    assert [error.fault for error in errors] == [Fault.TIMEOUT]
    bench.is_now("ready")
    hang.set()


def test_the_clerk_who_asks_does_not_wait_for_the_back_off(bench: Bench) -> None:
    looked: list[bool] = []
    bench.refuse_open = DeviceError("test", Fault.OCCUPIED)
    bench.lane.start()
    bench.is_now("fault", "occupied")
    bench.until(lambda: bench.drivers[0].refused >= 3)  # the next try by itself is five seconds away
    bench.drivers[0].open_trouble = None

    bench.lane.look(lambda: looked.append(bench.lane.view().state == "ready"))

    bench.until(lambda: looked == [True])


def test_nothing_begins_again_after_the_end(bench: Bench) -> None:
    bench.lane.start()
    bench.is_now("ready")
    bench.lane.stop()
    bench.lane.run(lambda driver: driver.name, done=lambda _: None, failed=lambda _: None, deadline=-10.0)

    bench.gate.advance(20)

    assert len(bench.drivers) == 1
