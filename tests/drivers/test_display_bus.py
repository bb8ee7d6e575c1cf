"""Several displays on one RS-485 bus: at an independent Modbus server, and at our emulator with its faults."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.display.modbus_led import ModbusLedDisplay
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault

Emulate = Callable[..., EmulatorProcess]
QUICK: dict[str, str | int | float | bool] = {"within": 0.4, "retries": 1}


def led(url: str, unit: int, **options: str | float | bool) -> ModbusLedDisplay:
    config = DeviceConfig(f"led-{unit}", "display", "modbus_led", f"{url}&unit={unit}", options={**QUICK, **options})
    display = catalogue.create(config)
    assert isinstance(display, ModbusLedDisplay)
    return display


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A pymodbus server with units 1 and 2; the URL of its bus."""
    link = tmp_path / "bus"
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("modbus_peer.py")), str(link), "1,2"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"ready\n"
    yield f"serial://{link}?baud=9600"
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def registers(url: str, unit: int, first: int, count: int) -> bytes:
    """The registers as an independent client reads them back."""
    from pymodbus.client import ModbusSerialClient

    port = url.removeprefix("serial://").partition("?")[0]
    make: Callable[..., Any] = ModbusSerialClient  # pymodbus has no types here
    client = make(port=port, baudrate=9600, timeout=5)
    assert client.connect()
    try:
        answer = client.read_holding_registers(first, count, slave=unit)
        assert not answer.isError()
        return b"".join(value.to_bytes(2, "big") for value in cast("list[int]", answer.registers))
    finally:
        client.close()


def test_what_we_write_is_in_the_registers_of_a_server_that_we_did_not_write(server: str) -> None:
    one, two = led(server, 1, digits=4), led(server, 2, digits=6, mode="segments")
    one.open()
    two.open()
    one.show("A017", "WINDOW 3")
    two.show("B2", "WINDOW 4")
    health = two.health()
    one.close()
    two.close()

    assert health.state is DeviceState.READY
    assert registers(server, 1, 0x70, 2) == b"A017"
    assert registers(server, 2, 0x80, 3) == bytes.fromhex("000000007c5b")


def test_a_number_is_in_the_register_for_numbers_and_clearing_blanks_the_text(server: str) -> None:
    number = led(server, 1, mode="number")
    number.open()
    number.show("A017", "WINDOW 3")
    number.close()
    assert registers(server, 1, 0x00, 1) == b"\x00\x11"

    text = led(server, 1)
    text.open()
    text.show("A018", "")
    text.clear()
    text.close()
    assert registers(server, 1, 0x70, 2) == b"    "


def test_nobody_answers_for_a_unit_that_is_not_on_the_bus(server: str) -> None:
    stranger = led(server, 9)
    with pytest.raises(DeviceError) as caught:
        stranger.open()
    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "timeout")

    known = led(server, 1)
    known.open()
    known.show("A017", "")
    known.close()


def test_the_server_refuses_a_register_that_it_has_not(server: str) -> None:
    from drivers.display import modbus
    from drivers.shared_port import PORTS

    port = PORTS.join("probe", server, baud=9600)
    question = modbus.write_register(1, 0x7FFF, 1)
    received = b""
    with port.turn(silence=0.005) as line:
        line.write(question)
        while (answer := modbus.answer_to(question, received)) is None:
            received += line.read(10)
    port.close()

    assert answer == b"\x86\x02"


def test_a_display_is_told_its_unit_id_by_hand(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    from drivers.display import set_unit

    assert set_unit.main([f"{server}&unit=1", "2"]) == 0
    assert "unit 2 now" in capsys.readouterr().out
    assert registers(server, 1, 0x02, 1) == b"\x00\x02"
    assert registers(server, 2, 0x70, 2) == b"    "
    assert set_unit.main([f"{server}&unit=1", "9"]) == 1, "nobody answers there"
    assert set_unit.main([server, "0"]) == 2


# ---- our emulator


@pytest.fixture
def bus(emulate: Emulate, tmp_path: Path) -> EmulatorProcess:
    return emulate("display", "--model", "modbus", "--units", "1,2,3", "--link", str(tmp_path / "bus"))


@pytest.fixture
def displays(bus: EmulatorProcess) -> Iterator[list[ModbusLedDisplay]]:
    displays = [led(bus.url, unit) for unit in (1, 2, 3)]
    for display in displays:
        display.open()
    yield displays
    for display in displays:
        display.close()


def shown(bus: EmulatorProcess, unit: int) -> str:
    return bus.request("GET", f"/text/{unit}").decode()


def test_each_window_shows_its_own_number_however_they_speak_at_once(
    bus: EmulatorProcess, displays: list[ModbusLedDisplay]
) -> None:
    failures: list[DeviceError] = []

    def call(at: int) -> None:
        try:
            for number in range(6):
                displays[at].show(f"{'ABC'[at]}{number:03}", "")
        except DeviceError as error:
            failures.append(error)

    threads = [threading.Thread(target=call, args=(at,)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert not failures
    assert [shown(bus, unit) for unit in (1, 2, 3)] == ["A005", "B005", "C005"]


def test_a_display_that_was_told_its_unit_id_answers_there(bus: EmulatorProcess) -> None:
    from drivers.display.set_unit import set_unit

    set_unit(f"{bus.url}&unit=3", 17)
    display = led(bus.url, 17)
    display.open()
    display.show("C003", "")
    display.close()

    assert shown(bus, 3) == "C003"


def test_a_silent_display_does_not_keep_the_others_from_showing(
    bus: EmulatorProcess, displays: list[ModbusLedDisplay]
) -> None:
    bus.set_fault("silent:2")
    displays[0].show("A001", "")
    with pytest.raises(DeviceError) as caught:
        displays[1].show("B001", "")
    displays[2].show("C001", "")

    assert caught.value.code == "timeout"
    assert (displays[1].health().state, displays[1].health().code) == (DeviceState.OFFLINE, "timeout")
    assert displays[0].health().state is DeviceState.READY
    assert [shown(bus, unit) for unit in (1, 2, 3)] == ["A001", "", "C001"]

    bus.set_fault(None)
    displays[1].show("B001", "")
    assert shown(bus, 2) == "B001"


def test_unplugged_is_absence_for_all_and_all_come_back(emulate: Emulate, tmp_path: Path) -> None:
    link = str(tmp_path / "bus")
    arguments = ("display", "--model", "modbus", "--units", "1,2", "--link", link)
    bus = emulate(*arguments)
    displays = [led(bus.url, unit) for unit in (1, 2)]
    for display in displays:
        display.open()
    bus.kill()
    for display in displays:
        with pytest.raises(DeviceError) as caught:
            display.show("A017", "")
        assert caught.value.fault is Fault.ABSENT
        assert display.health().code == "absent"

    bus = emulate(*arguments)
    for display in displays:
        display.open()
        display.show("A017", "")
    assert (shown(bus, 1), shown(bus, 2)) == ("A017", "A017")
    for display in displays:
        display.close()


def test_another_program_at_the_port_is_said_and_the_last_to_leave_frees_it(
    bus: EmulatorProcess, displays: list[ModbusLedDisplay]
) -> None:
    command = [sys.executable, "-m", "drivers", "show", bus.url, "A017", "--driver", "modbus_led", "--json"]
    there = subprocess.run(command, capture_output=True, check=False)
    assert (there.returncode, b'"occupied"' in there.stdout) == (1, True)

    for display in displays:
        display.close()
    again = subprocess.run(command, capture_output=True, check=False)
    assert again.returncode == 0, again.stderr
    assert shown(bus, 1) == "A017"
