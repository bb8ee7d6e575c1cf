"""The lanes of devices, with hand-written drivers behind the same seam that the production drivers come through."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest

from drivers import catalogue
from drivers.contracts import Device, DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from window_client.device_lane import MOST_STUCK, REOPEN_AFTER, DeviceLane
from window_client.dispatch import ManualDispatcher


class Driver:
    """A device that does what the test says."""

    def __init__(self) -> None:
        self.opens, self.closes, self.refused = 0, 0, 0
        self.hang: Event | None = None
        self.hang_open: Event | None = None
        self.hangs = False
        self.bug: Exception | None = None
        self.trouble: DeviceError | None = None
        self.open_trouble: DeviceError | None = None
        self.state = DeviceState.READY

    name = "test"

    def open(self) -> None:
        if self.bug is not None:
            raise self.bug
        if self.hang_open is not None:
            self.hangs = True
            self.hang_open.wait(30)
        if self.open_trouble is not None:
            self.refused += 1
            raise self.open_trouble
        self.opens += 1

    def close(self) -> None:
        self.closes += 1

    def health(self) -> DeviceHealth:
        if self.bug is not None:
            raise self.bug
        if self.hang is not None:
            self.hangs = True
            self.hang.wait(30)
        if self.trouble is not None:
            raise self.trouble
        return DeviceHealth(self.state)


class Bench:
    """A lane on a port that is a file: taking the file away is pulling the cable."""

    def __init__(
        self,
        folder: Path,
        *,
        reopen_after: Sequence[float] = REOPEN_AFTER,
        look_within: float = 5.0,
        open_within: float = 30.0,
    ) -> None:
        self.port = folder / "port"
        self.port.write_text("")
        self.gate = ManualDispatcher()
        self.drivers: list[Driver] = []
        self.changes = 0
        self.refuse: DeviceError | ValueError | None = None
        self.refuse_open: DeviceError | None = None
        config = DeviceConfig("test", "id_card", "any", f"serial://{self.port}")
        self.hangs_always: Event | None = None
        self.lane: DeviceLane[Driver] = DeviceLane(
            config,
            self._create,
            self.gate,
            self._changed,
            reopen_after=reopen_after,
            look_within=look_within,
            open_within=open_within,
        )

    def _create(self, _: DeviceConfig) -> Driver:
        if self.refuse is not None:
            raise self.refuse
        self.drivers.append(Driver())
        self.drivers[-1].open_trouble = self.refuse_open
        self.drivers[-1].hang = self.hangs_always
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


def test_a_port_that_is_plugged_in_anew_is_opened_whatever_the_back_off_says(tmp_path: Path) -> None:
    bench = Bench(tmp_path, reopen_after=(0.0, 0.01, 3600.0))
    bench.refuse_open = DeviceError("test", Fault.OCCUPIED)
    bench.lane.start()
    bench.is_now("fault", "occupied")
    bench.until(lambda: bench.drivers[0].refused >= 2)  # by itself it tries again in an hour
    bench.drivers[0].open_trouble = None

    (tmp_path / "other").write_text("")
    (tmp_path / "other").replace(bench.port)

    bench.is_now("ready")
    bench.lane.stop()
    assert bench.lane.join(20)


def test_a_look_that_does_not_come_back_is_given_up_though_nobody_has_asked_for_anything(tmp_path: Path) -> None:
    bench = Bench(tmp_path, look_within=0.05)
    hang = Event()
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].hang = hang

    def replaced() -> bool:
        bench.lane.replace_if_hung()
        return len(bench.drivers) == 2

    bench.until(replaced)
    bench.is_now("ready")
    hang.set()
    bench.lane.stop()


def test_a_device_that_always_hangs_does_not_fill_the_program_with_threads(tmp_path: Path) -> None:
    bench = Bench(tmp_path, look_within=0.02)
    bench.hangs_always = hang = Event()
    bench.lane.start()

    def stuck() -> bool:
        bench.lane.replace_if_hung()
        return len(bench.drivers) > MOST_STUCK and all(driver.hangs for driver in bench.drivers)

    bench.until(stuck)
    for _ in range(20):
        bench.lane.replace_if_hung()
        time.sleep(0.005)
    assert len(bench.drivers) == MOST_STUCK + 1
    hang.set()
    bench.lane.stop()


def test_who_holds_the_port_is_told(bench: Bench) -> None:
    bench.refuse_open = DeviceError("test", Fault.OCCUPIED)
    with bench.port.open():
        bench.lane.start()
        bench.is_now("fault", "occupied")
        assert bench.lane.view().facts == {"holder": "self"}


@pytest.mark.parametrize(
    ("fault", "code", "state"),
    [
        (Fault.REFUSED, "no_access", "fault"),
        (Fault.ATTENTION, "jam", "fault"),
        (Fault.TIMEOUT, "timeout", "offline"),
        (Fault.GARBLED, "garbled", "offline"),
        (Fault.ABSENT, "absent", "offline"),
    ],
)
def test_what_needs_a_person_is_a_fault_and_the_rest_mends_itself(
    bench: Bench, fault: Fault, code: str, state: str
) -> None:
    bench.refuse_open = DeviceError("test", fault, code)
    bench.lane.start()
    bench.is_now(state, code)
    bench.drivers[0].open_trouble = None
    bench.lane.look()
    bench.is_now("ready")


def test_an_option_that_no_driver_can_use_is_a_fault_and_no_crash(bench: Bench) -> None:
    bench.refuse = ValueError("could not convert string to float: 'fast'")
    bench.lane.start()
    bench.is_now("fault", "unsupported")


def test_no_thread_is_left_at_the_end(bench: Bench) -> None:
    bench.lane.start()
    bench.is_now("ready")
    bench.lane.run(lambda _: None, done=lambda _: None, failed=lambda _: None)
    bench.lane.stop()
    assert bench.lane.join(20)
    assert bench.drivers[0].closes == 1


def test_a_device_at_a_link_to_a_pty_comes_and_goes_with_its_program(tmp_path: Path) -> None:
    link = tmp_path / "port"
    gate = ManualDispatcher()
    config = DeviceConfig("display", "display", "cd5220", f"serial://{link}?baud=9600")
    lane: DeviceLane[Device] = DeviceLane(config, catalogue.create, gate, lambda: None)

    def is_now(state: str, code: str = "") -> None:
        give_up = time.monotonic() + 20
        while (lane.view().state, lane.view().code) != (state, code):
            assert time.monotonic() < give_up, f"never {state}: {lane.view()}"
            gate.run()
            time.sleep(0.005)

    lane.start()
    try:
        is_now("offline", "absent")
        for _ in range(2):
            emulator = EmulatorProcess("display", "--link", str(link))
            try:
                is_now("ready")
                second: DeviceLane[Device] = DeviceLane(config, catalogue.create, gate, lambda: None)
                second.start()  # another program after the same port
                give_up = time.monotonic() + 20
                while second.view().code != "occupied":
                    assert time.monotonic() < give_up, second.view()
                    time.sleep(0.005)
                assert second.view().state == "fault"
                second.stop()
                assert second.join(20)
            finally:
                emulator.kill()
            link.unlink(missing_ok=True)
            is_now("offline", "absent")
    finally:
        lane.stop()
        assert lane.join(20)


def test_a_job_whose_port_opens_too_late_has_one_answer_and_is_done_by_nobody(bench: Bench) -> None:
    late = Event()
    bench.port.unlink()
    bench.lane.start()
    bench.is_now("offline", "absent")
    bench.drivers[0].hang_open = late
    bench.port.write_text("")
    did: list[str] = []
    told: list[object] = []
    bench.lane.run(lambda _: did.append("printed"), done=told.append, failed=told.append, deadline=0.3)
    bench.until(lambda: bench.drivers[0].hangs)
    time.sleep(0.9)  # longer than it may wait for its turn

    bench.gate.advance(2.0)
    bench.until(lambda: told)
    late.set()
    bench.until(lambda: bench.drivers[0].closes)
    bench.is_now("ready")
    bench.lane.run(lambda _: "next", done=told.append, failed=told.append)
    bench.until(lambda: "next" in told)

    assert (did, len(told)) == ([], 2)


def test_a_job_held_by_a_thread_that_hangs_is_done_once_by_the_new_one(tmp_path: Path) -> None:
    late = Event()
    bench = Bench(tmp_path, open_within=0.05)
    bench.port.unlink()
    bench.lane.start()
    bench.is_now("offline", "absent")
    bench.drivers[0].hang_open = late
    bench.port.write_text("")
    did: list[str] = []
    told: list[object] = []
    bench.lane.run(lambda _: did.append("printed"), done=told.append, failed=told.append, deadline=60)
    bench.until(lambda: bench.drivers[0].hangs)
    time.sleep(0.1)

    bench.lane.replace_if_hung()
    bench.until(lambda: told)
    late.set()
    bench.until(lambda: bench.drivers[0].closes)
    bench.lane.stop()
    assert bench.lane.join(5)

    assert did == ["printed"]
    assert told == [None]


@pytest.mark.parametrize("bug", [KeyError("x"), OSError("x"), ValueError("?baud=fast")])
def test_a_bug_of_a_driver_does_not_end_its_lane(bench: Bench, bug: Exception) -> None:
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].bug = bug
    raised: list[BaseException] = []

    def fault() -> bool:
        try:
            bench.gate.run()
        except (KeyError, OSError) as error:
            raised.append(error)
        return bench.lane.view().state == "fault"

    bench.until(fault)
    assert bench.lane.view().code == "unsupported"
    bench.drivers[0].bug = None
    bench.is_now("ready")

    assert raised == ([] if isinstance(bug, ValueError) else [bug]), "it is told once"


def test_who_asked_for_a_job_with_a_bug_has_an_answer(bench: Bench) -> None:
    bench.lane.start()
    bench.is_now("ready")
    told: list[DeviceError] = []

    def work(_: Driver) -> None:
        raise KeyError("a bug")

    bench.lane.run(work, done=lambda _: None, failed=told.append)

    with pytest.raises(KeyError):
        bench.until(lambda: False)
    assert [error.fault for error in told] == [Fault.REFUSED]


def test_a_look_that_does_not_come_back_is_answered(tmp_path: Path) -> None:
    late = Event()
    bench = Bench(tmp_path, look_within=0.05)
    bench.lane.start()
    bench.is_now("ready")
    bench.drivers[0].hang = late
    told: list[str] = []
    bench.lane.look(lambda: told.append("looked"))
    bench.until(lambda: bench.drivers[0].hangs)
    time.sleep(0.1)

    bench.lane.replace_if_hung()
    bench.gate.run()
    bench.until(lambda: told)
    late.set()
    bench.until(lambda: bench.drivers[0].closes)
    bench.lane.stop()
    assert bench.lane.join(5)

    assert told == ["looked"]
