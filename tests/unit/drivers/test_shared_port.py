import itertools
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.shared_port import Ports, SharedPort, number_option, port_of, silence_at

URL = "serial:///dev/bus?baud=9600"


class Line:
    """A line that notes what is written and when, and answers with what the test laid down; ``gone``: unplugged."""

    def __init__(self) -> None:
        self.written: list[tuple[float, bytes]] = []
        self.gone = False
        self.closed = 0
        self.while_closing: Callable[[], object] = lambda: None

    def write(self, data: bytes) -> None:
        if self.gone:
            raise DeviceError("bus", Fault.ABSENT)
        self.written.append((time.monotonic(), data))

    def read(self, timeout: float) -> bytes:
        if self.gone:
            raise DeviceError("bus", Fault.ABSENT)
        return b"" if timeout else b"?"

    def flush_input(self) -> None:
        if self.gone:
            raise DeviceError("bus", Fault.ABSENT)

    def close(self) -> None:
        self.while_closing()
        self.closed += 1


class Station:
    """Ports whose lines are kept."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.opened: list[tuple[str, str, int]] = []
        self.ports = Ports(self._open)

    def _open(self, device: str, url: str, baud: int) -> Line:
        self.opened.append((device, url, baud))
        self.lines.append(Line())
        return self.lines[-1]

    def join(self, device: str, url: str = URL, baud: int = 9600) -> SharedPort:
        return self.ports.join(device, url, baud=baud)


@pytest.fixture
def station() -> Station:
    return Station()


def test_two_devices_of_one_port_share_one_transport_until_the_last_has_left(station: Station) -> None:
    first, second = station.join("one"), station.join("two", "serial:///dev/bus?baud=9600&unit=2")
    assert len(station.opened) == 1

    first.close()
    first.close()
    assert station.lines[0].closed == 0
    second.close()
    assert station.lines[0].closed == 1

    station.join("one").close()
    assert len(station.opened) == 2


def test_two_names_of_one_serial_port_are_one_port(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB0").touch()
    (tmp_path / "by-id").symlink_to(tmp_path / "ttyUSB0")

    assert port_of(f"serial://{tmp_path}/by-id?unit=3") == port_of(f"serial://{tmp_path}/ttyUSB0?baud=9600")
    assert port_of("serial://COM3?unit=1") == port_of("serial://com3")
    assert port_of("socket://Host:5005?unit=1") == port_of("socket://host:5005")
    assert port_of("socket://host:5005") != port_of("socket://host:5006")


def test_another_speed_at_an_open_port_is_refused(station: Station) -> None:
    port = station.join("one")
    with pytest.raises(DeviceError) as caught:
        station.join("two", "serial:///dev/bus?baud=19200")

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    port.close()
    station.join("two", "serial:///dev/bus?baud=19200").close()
    assert [opened[2] for opened in station.opened] == [9600, 19200]


def test_a_frame_begins_only_after_the_silence_behind_the_one_before(station: Station) -> None:
    one, two = station.join("one"), station.join("two")
    for port in (one, two, one):
        with port.turn(silence=0.03) as line:
            line.write(b"12345678")
    times = [at for at, _ in station.lines[0].written]
    on_the_wire = 8 * 11 / 9600

    assert all(later - earlier >= on_the_wire + 0.03 - 0.001 for earlier, later in itertools.pairwise(times))
    one.close()
    two.close()


@pytest.mark.parametrize(("baud", "silence"), [(9600, 0.00401), (1200, 0.03208), (115200, 0.00175)])
def test_modbus_silence_is_three_and_a_half_characters(baud: int, silence: float) -> None:
    assert silence_at(baud) == pytest.approx(silence, abs=1e-5)


def test_turns_never_overlap_and_come_in_the_order_in_which_they_were_asked_for(station: Station) -> None:
    ports = [station.join(f"unit {unit}") for unit in range(4)]
    inside: list[int] = []
    together: list[int] = []

    def speak(unit: int) -> None:
        for _ in range(25):
            with ports[unit].turn() as line:
                inside.append(unit)
                together.append(len(inside))
                line.write(bytes((unit,)))
                inside.remove(unit)

    threads = [threading.Thread(target=speak, args=(unit,)) for unit in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert together == [1] * 100
    assert len(station.lines[0].written) == 100
    for port in ports:
        port.close()


def test_an_unplugged_port_is_absent_for_all_and_is_opened_anew_when_it_is_back(station: Station) -> None:
    one, two = station.join("one"), station.join("two")
    station.lines[0].gone = True
    for port, device in ((one, "one"), (two, "two")):
        with pytest.raises(DeviceError) as caught, port.turn() as line:
            line.write(b"?")
        assert (caught.value.fault, caught.value.device) == (Fault.ABSENT, device)
    one.close()
    again = station.join("one")
    assert len(station.opened) == 2, "the other has not even let go of the port that has gone"
    two.close()
    with again.turn() as line:
        line.write(b"?")
    again.close()


def test_who_has_left_has_no_turn(station: Station) -> None:
    port = station.join("one")
    port.close()
    with pytest.raises(DeviceError) as caught, port.turn():
        pass

    assert caught.value.fault is Fault.ABSENT


def test_a_turn_reads_flushes_and_does_not_close_the_port_of_the_others(station: Station) -> None:
    port = station.join("one")
    with port.turn() as line:
        line.flush_input()
        assert line.read(0.0) == b"?"
        line.close()

    assert station.lines[0].closed == 0
    port.close()


@pytest.mark.parametrize(
    ("url", "options", "found"), [("x://", {}, 1), ("x://?unit=7", {"unit": 3}, 7), ("x://", {"unit": 3}, 3)]
)
def test_a_number_comes_from_the_url_or_from_the_options(
    url: str, options: dict[str, str | int | float | bool], found: int
) -> None:
    assert number_option(DeviceConfig("x", "display", "y", url, options=options), "unit", 1, 1, 247) == found


@pytest.mark.parametrize("asked", ["0", "248", "-1", "x", "", "３", "1" * 400])
def test_a_number_out_of_range_is_refused(asked: str) -> None:
    with pytest.raises(DeviceError) as caught:
        number_option(DeviceConfig("x", "display", "y", "x://", options={"unit": asked}), "unit", 1, 1, 247)

    assert caught.value.code == "unsupported"


def test_a_port_that_went_is_opened_anew_only_after_it_was_closed(station: Station) -> None:
    port = station.join("a")
    line = station.lines[0]
    line.gone = True
    line.while_closing = lambda: station.join("b")

    with pytest.raises(DeviceError), port.turn() as turn:
        turn.write(b"?")

    assert len(station.lines) == 1, "it is held exclusively until then: another one would be told that it is occupied"
    station.join("c")
    assert [each.closed for each in station.lines] == [1, 0]
