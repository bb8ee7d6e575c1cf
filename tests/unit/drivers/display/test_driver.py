from collections.abc import Callable

import pytest

from drivers.contracts import DeviceConfig
from drivers.display import frames
from drivers.display.driver import Cd5220Display
from drivers.errors import DeviceError, DeviceState, Fault


class ScreenPort:
    """A port with a screen at its far end; ``trouble`` is raised by the next write or flush."""

    def __init__(self) -> None:
        self.screen = frames.Screen()
        self.sent = b""
        self.trouble: dict[str, DeviceError] = {}
        self.closed = 0

    def write(self, data: bytes) -> None:
        self._meet("write")
        self.sent += data
        self.screen.feed(data)

    def read(self, timeout: float) -> bytes:
        raise AssertionError(f"nothing to read within {timeout}")

    def flush_input(self) -> None:
        self._meet("flush")

    def close(self) -> None:
        self.closed += 1

    def _meet(self, step: str) -> None:
        if step in self.trouble:
            raise self.trouble.pop(step)


def display_on(port: ScreenPort, opened: Callable[[str, str, int], None] = lambda *_: None) -> Cd5220Display:
    def open_port(device: str, url: str, baud: int) -> ScreenPort:
        opened(device, url, baud)
        return port

    config = DeviceConfig("display", "display", "cd5220", "serial:///dev/display", options={"settle": 0.0})
    return Cd5220Display(config, open_port=open_port)


def test_it_opens_at_9600_and_blanks_the_display() -> None:
    port, opened = ScreenPort(), list[tuple[str, str, int]]()
    display_on(port, lambda *way: opened.append(way)).open()

    assert opened == [("display", "serial:///dev/display", 9600)]
    assert port.sent == frames.INITIALISE + frames.CLEAR + frames.CURSOR_OFF


def test_every_picture_replaces_the_one_before() -> None:
    port = ScreenPort()
    display = display_on(port)
    display.open()
    display.show("A017 AND MORE", "WINDOW 3")
    display.show("B2", "")

    assert port.screen.lines == ("B2", "")
    display.clear()
    assert port.screen.lines == ("", "")
    assert display.name == "display"


@pytest.mark.parametrize(("upper", "lower"), [("A017", "X" * 21), ("号17", "")])
def test_a_line_that_it_cannot_show_is_refused_and_the_number_before_goes(upper: str, lower: str) -> None:
    port = ScreenPort()
    display = display_on(port)
    display.open()
    display.show("A016", "")
    with pytest.raises(DeviceError, match="20 printable ASCII") as caught:
        display.show(upper, lower)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "cannot_show")
    assert port.screen.lines == ("", "")
    assert (display.health().state, display.health().code) == (DeviceState.FAULT, "cannot_show")
    display.show("A017", "")
    assert display.health().state is DeviceState.READY


@pytest.mark.parametrize("step", ["write", "flush"])
def test_a_port_that_takes_nothing_is_let_go_and_opened_again(step: str) -> None:
    port = ScreenPort()
    display = display_on(port)
    display.open()
    port.trouble[step] = DeviceError("display", Fault.ABSENT)

    assert (display.health().state, display.health().code) == (DeviceState.OFFLINE, "absent")
    assert port.closed == 1
    with pytest.raises(DeviceError):
        display.show("A017", "")

    display.open()
    assert display.health().state is DeviceState.READY


def test_before_it_is_opened_it_is_absent() -> None:
    with pytest.raises(DeviceError) as caught:
        display_on(ScreenPort()).clear()

    assert caught.value.fault is Fault.ABSENT
