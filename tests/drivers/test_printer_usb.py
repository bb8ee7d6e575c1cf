"""A receipt printer on USB: the driver through pyusb itself, with the emulator behind the bulk pipes."""

import threading
from collections.abc import Callable, Iterator

import pytest

from drivers.contracts import DeviceConfig, PrintEnd, Text
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.driver import EscPosPrinter
from drivers.printer.usb_link import PyUsb, UsbLink
from tests.drivers.test_printer import QR, RECEIPT
from tests.drivers.usb_bridge import UsbBridge


@pytest.fixture
def emulator(emulate: Callable[..., EmulatorProcess]) -> EmulatorProcess:
    return emulate("printer")


@pytest.fixture
def bridge(emulator: EmulatorProcess) -> UsbBridge:
    return UsbBridge(emulator.url)


@pytest.fixture
def printer(bridge: UsbBridge) -> Iterator[EscPosPrinter]:
    options: dict[str, str | int | float | bool] = {"confirm_within": 4.0, "stall_within": 1.0}
    config = DeviceConfig("printer", "printer", "escpos", "usb://04b8:0e15", options=options)
    made = EscPosPrinter(config, lambda config: UsbLink(config.id, config.url, PyUsb(bridge)))
    yield made
    made.close()


def receipts(emulator: EmulatorProcess) -> list[dict[str, object]]:
    import json

    return list(json.loads(emulator.request("GET", "/receipts")))


def test_a_receipt_is_confirmed_and_the_kernel_gets_its_printer_back(
    printer: EscPosPrinter, bridge: UsbBridge, emulator: EmulatorProcess
) -> None:
    printer.open()
    assert not bridge.kernel
    assert bridge.claimed == [0]

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())
    printer.close()

    assert result.end is PrintEnd.CONFIRMED
    assert [receipt["qr"] for receipt in receipts(emulator)] == [[QR]]
    assert bridge.kernel
    assert bridge.claimed == []


def test_who_it_is_and_what_its_port_says(bridge: UsbBridge) -> None:
    link = UsbLink("printer", "usb://04b8:0e15?port=1-2", PyUsb(bridge))

    assert link.device_id()["MDL"] == "TM-T82III"
    status = link.port_status()
    assert status is not None
    assert status.online
    link.close()


@pytest.mark.parametrize(("fault", "code"), [("paper_out", "paper_out"), ("cover", "cover_open"), ("cutter", "cutter")])
def test_nothing_is_sent_to_one_that_cannot_print(
    printer: EscPosPrinter, emulator: EmulatorProcess, fault: str, code: str
) -> None:
    printer.open()
    emulator.put("/fault", {"name": fault})

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)
    assert receipts(emulator) == []


def test_one_that_stands_still_and_says_nothing_is_out_of_paper_by_its_port(
    printer: EscPosPrinter, bridge: UsbBridge, emulator: EmulatorProcess
) -> None:
    printer.open()
    emulator.put("/fault", {"name": "silent"})
    bridge.port_status = 0x38

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "paper_out")


def test_pulled_out_in_the_middle_and_plugged_in_again(
    printer: EscPosPrinter, bridge: UsbBridge, emulator: EmulatorProcess
) -> None:
    printer.open()

    result = printer.print_receipt(
        RECEIPT, cancel=threading.Event(), on_block=lambda sent: bridge.pull_out() if sent == 1 else None
    )

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "absent")
    assert printer.health().state is DeviceState.OFFLINE
    bridge.plugged = bridge.kernel = True
    assert printer.health().state is DeviceState.READY
    assert printer.print_receipt([Text("第二张")], cancel=threading.Event()).end is PrintEnd.CONFIRMED
    torn, second = receipts(emulator)
    assert torn["qr"] == [], "it broke off before its code, and is not repeated"
    assert second["lines"] == ["第二张"], "nobody's half receipt hangs at somebody else's"


def test_one_that_another_program_has_is_occupied(bridge: UsbBridge) -> None:
    first = UsbLink("printer", "usb://04b8:0e15", PyUsb(bridge))
    bridge.kernel = True  # as if usblp had come back and did not let go

    class Stubborn(UsbBridge):
        def detach_kernel_driver(self, dev_handle: object, intf: int) -> None:
            """Stays."""

    stubborn = Stubborn("socket://127.0.0.1:1")
    with pytest.raises(DeviceError) as caught:
        UsbLink("printer", "usb://04b8:0e15", PyUsb(stubborn))
    first.close()

    assert caught.value.fault is Fault.OCCUPIED
