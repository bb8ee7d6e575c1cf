"""The display's driver against the emulator: programs of their own, a pty and a TCP port."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.display.driver import Cd5220Display
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault

Emulate = Callable[..., EmulatorProcess]
PAUSE = Event()


def display_at(url: str) -> Cd5220Display:
    display = catalogue.create(DeviceConfig("display", "display", "cd5220", url, options={"settle": 0.0}))
    assert isinstance(display, Cd5220Display)
    return display


@pytest.fixture(params=["pty", "tcp"])
def emulator(request: pytest.FixtureRequest, emulate: Emulate, tmp_path: Path) -> EmulatorProcess:
    if request.param == "tcp":
        return emulate("display", "--tcp")
    return emulate("display", "--link", str(tmp_path / "display"))


@pytest.fixture
def display(emulator: EmulatorProcess) -> Iterator[Cd5220Display]:
    display = display_at(emulator.url)
    display.open()
    yield display
    display.close()


def comes_to_show(emulator: EmulatorProcess, upper: str, lower: str) -> bool:
    """Whether the display shows this before long; the bytes are on their way for a while."""
    for _ in range(500):
        if emulator.request("GET", "/text").decode() == f"{upper}\n{lower}":
            return True
        PAUSE.wait(0.01)
    return False


def test_a_number_is_shown_and_taken_away(display: Cd5220Display, emulator: EmulatorProcess) -> None:
    display.show("A017", "WINDOW 3")
    assert comes_to_show(emulator, "A017", "WINDOW 3")

    display.show("B002", "")
    assert comes_to_show(emulator, "B002", "")

    display.clear()
    assert comes_to_show(emulator, "", "")


def test_asking_how_it_is_changes_nothing_that_is_shown(display: Cd5220Display, emulator: EmulatorProcess) -> None:
    display.show("A017", "WINDOW 3")

    assert display.health().state is DeviceState.READY
    assert comes_to_show(emulator, "A017", "WINDOW 3")


def test_what_is_sent_while_it_is_stalled_shows_later(display: Cd5220Display, emulator: EmulatorProcess) -> None:
    display.show("A017", "")
    assert comes_to_show(emulator, "A017", "")
    emulator.set_fault("stalled")
    display.show("A018", "")
    assert emulator.request("GET", "/text") == b"A017\n"
    emulator.set_fault(None)

    assert comes_to_show(emulator, "A018", "")


def test_unplugged_is_absence_and_it_comes_back(emulate: Emulate, tmp_path: Path) -> None:
    link = str(tmp_path / "display")
    emulator = emulate("display", "--link", link)
    display = display_at(emulator.url)
    display.open()
    emulator.kill()

    with pytest.raises(DeviceError) as caught:
        display.show("A017", "")
    assert caught.value.fault is Fault.ABSENT
    assert (display.health().state, display.health().code) == (DeviceState.OFFLINE, "absent")

    emulator = emulate("display", "--link", link)
    display.open()
    display.show("A017", "")
    assert comes_to_show(emulator, "A017", "")
    display.close()


def test_a_converter_that_closes_is_absence(emulate: Emulate) -> None:
    emulator = emulate("display", "--tcp")
    display = display_at(emulator.url)
    display.open()
    emulator.kill()

    assert display.health().code == "absent"


def test_the_state_counts_bytes_and_tells_the_lines(display: Cd5220Display, emulator: EmulatorProcess) -> None:
    display.show("A017", "WINDOW 3")
    assert comes_to_show(emulator, "A017", "WINDOW 3")
    state = json.loads(json.dumps(emulator.state()))

    assert (state["upper"], state["lower"]) == ("A017", "WINDOW 3")
    assert state["bytes"] > 40
