"""The rating pad's driver against the emulator: programs of their own, a pty and a TCP port."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.rating.template import TemplateRatingPad
from drivers.shared_port import Ports

Emulate = Callable[..., EmulatorProcess]
PAUSE = Event()


def pad_at(url: str, template: str = "five_keys") -> TemplateRatingPad:
    pad = catalogue.create(DeviceConfig("pad", "rating", "template", url, options={"template": template}))
    assert isinstance(pad, TemplateRatingPad)
    return pad


@pytest.fixture
def emulator(emulate: Emulate, tmp_path: Path) -> EmulatorProcess:
    return emulate("rating", "--link", str(tmp_path / "pad"))


@pytest.fixture
def pad(emulator: EmulatorProcess) -> Iterator[TemplateRatingPad]:
    pad = pad_at(emulator.url)
    pad.open()
    yield pad
    pad.close()


class Asking:
    """A question at the pad, in a thread; ``result`` is the grade or the error."""

    def __init__(self, pad: TemplateRatingPad, wait: float = 20.0) -> None:
        self.cancel = Event()
        self.results: list[int | DeviceError] = []
        self._thread = Thread(target=self._ask, args=(pad, wait))
        self._thread.start()

    def _ask(self, pad: TemplateRatingPad, wait: float) -> None:
        try:
            self.results.append(pad.ask(wait=wait, cancel=self.cancel))
        except DeviceError as error:
            self.results.append(error)

    @property
    def result(self) -> int | DeviceError:
        self._thread.join(30)
        return self.results[0]

    @property
    def error(self) -> DeviceError:
        assert isinstance(self.result, DeviceError)
        return self.result


def until(condition: Callable[[], object]) -> None:
    for _ in range(2000):
        if condition():
            return
        PAUSE.wait(0.01)
    raise AssertionError("never happened")


def press(emulator: EmulatorProcess, grade: int) -> None:
    until(lambda: emulator.state()["asks"])
    emulator.put("/key", {"grade": grade})


@pytest.mark.parametrize("grade", [5, 1])
def test_the_key_that_is_pressed_is_the_grade_and_the_pad_rests_afterwards(
    pad: TemplateRatingPad, emulator: EmulatorProcess, grade: int
) -> None:
    asking = Asking(pad)
    press(emulator, grade)

    assert asking.result == grade
    assert emulator.state()["asks"] is False
    assert (pad.health().state, pad.health().facts["model"]) == (DeviceState.READY, "Rating pad with five keys")
    assert pad.name == "pad"


def test_nobody_has_to_press_a_key(pad: TemplateRatingPad, emulator: EmulatorProcess) -> None:
    error = Asking(pad, wait=0.2).error

    assert (error.fault, error.code) == (Fault.TIMEOUT, "no_rating")
    assert emulator.state()["asks"] is False


def test_a_question_can_be_called_off(pad: TemplateRatingPad, emulator: EmulatorProcess) -> None:
    asking = Asking(pad, wait=600)
    until(lambda: emulator.state()["asks"])
    asking.cancel.set()

    assert asking.error.fault is Fault.CANCELLED
    assert emulator.state()["asks"] is False


def test_a_key_of_the_one_before_is_not_the_grade_of_the_next(emulate: Emulate) -> None:
    emulator = emulate("rating", "--tcp", "--template", "plain_keys")
    pad = pad_at(emulator.url, "plain_keys")
    pad.open()
    asking = Asking(pad)
    press(emulator, 4)
    assert asking.result == 4
    emulator.put("/key", {"grade": 1})  # this pad never rests

    assert Asking(pad, wait=0.2).error.code == "no_rating"
    pad.close()


def test_a_pad_at_rest_gives_no_keys(pad: TemplateRatingPad, emulator: EmulatorProcess) -> None:
    assert pad.health().state is DeviceState.READY
    with pytest.raises(ValueError, match="409"):
        emulator.put("/key", {"grade": 1})


class QuickApplicant:
    """A line on which the key comes in one piece with the pad's answer to the question."""

    def __init__(self) -> None:
        self._ready = b""

    def write(self, data: bytes) -> None:
        self._ready = {
            1: bytes.fromhex("aa 01 81 80 55  aa 01 02 05 06 55"),
            3: bytes.fromhex("aa 01 83 82 55"),
        }[data[2]]

    def read(self, timeout: float) -> bytes:
        data, self._ready = self._ready, b""
        if not data:
            PAUSE.wait(timeout)
        return data

    def flush_input(self) -> None:
        self._ready = b""

    def close(self) -> None:
        pass


def test_a_key_in_one_piece_with_the_answer_to_the_question_counts() -> None:
    config = DeviceConfig("pad", "rating", "template", "socket://pad:1")
    pad = TemplateRatingPad(config, ports=Ports(lambda *_: QuickApplicant()))
    pad.open()

    assert Asking(pad).result == 1
    pad.close()


FAULTS = {"silent": "timeout", "slow": "timeout", "garbled": "garbled", "partial": "garbled", "wrong": "garbled"}


@pytest.mark.parametrize(("fault", "code"), FAULTS.items())
def test_a_pad_that_does_not_take_the_question_is_said(fault: str, code: str, emulate: Emulate) -> None:
    emulator = emulate("rating", "--tcp")
    pad = pad_at(emulator.url)
    pad.open()
    emulator.set_fault(fault)

    assert Asking(pad).error.code == code
    assert pad.health().code in {"timeout", "garbled"}
    emulator.set_fault(None)
    until(lambda: pad.health().state is DeviceState.READY)
    asking = Asking(pad)
    press(emulator, 3)
    assert asking.result == 3
    pad.close()


def test_a_pad_that_says_no_is_refused(emulate: Emulate) -> None:
    emulator = emulate("rating", "--tcp", "--fault", "refuses")
    pad = pad_at(emulator.url)
    pad.open()

    assert Asking(pad).error.code == "refused"
    pad.close()


@pytest.mark.parametrize("fault", ["garbled", "partial", "wrong"])
def test_a_damaged_key_is_no_grade(fault: str, emulate: Emulate) -> None:
    emulator = emulate("rating", "--tcp")
    pad = pad_at(emulator.url)
    pad.open()
    asking = Asking(pad, wait=0.5)
    until(lambda: emulator.state()["asks"])
    emulator.set_fault(fault, times=1)
    emulator.put("/key", {"grade": 2})

    assert asking.error.code == "garbled"
    pad.close()


def test_behind_a_damaged_key_a_good_one_counts(pad: TemplateRatingPad, emulator: EmulatorProcess) -> None:
    asking = Asking(pad)
    until(lambda: emulator.state()["asks"])
    emulator.set_fault("garbled", times=1)
    emulator.put("/key", {"grade": 2})
    emulator.put("/key", {"byte": "7e"})
    emulator.put("/key", {"grade": 5})

    assert asking.result == 5


def test_unplugged_is_absence_and_it_comes_back(emulate: Emulate, tmp_path: Path) -> None:
    link = ("--link", str(tmp_path / "pad"))
    emulator = emulate("rating", *link)
    pad = pad_at(emulator.url)
    pad.open()
    asking = Asking(pad)
    until(lambda: emulator.state()["asks"])
    emulator.kill()
    assert asking.error.fault is Fault.ABSENT
    assert (pad.health().state, pad.health().code) == (DeviceState.OFFLINE, "absent")

    emulator = emulate("rating", *link)
    pad.open()
    asking = Asking(pad)
    press(emulator, 5)
    assert asking.result == 5
    pad.close()


def test_a_pad_of_plain_digits_works_by_its_own_template(emulate: Emulate) -> None:
    emulator = emulate("rating", "--tcp", "--template", "plain_keys")
    pad = pad_at(emulator.url, "plain_keys")
    pad.open()
    asking = Asking(pad)
    press(emulator, 4)

    assert asking.result == 4
    assert pad.health().state is DeviceState.READY
    pad.close()
