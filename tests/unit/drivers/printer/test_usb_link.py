"""USB printers on recorded transfers, at pyusb's own calls: short writes, stalls, another owner, unplugged."""

import errno
from collections.abc import Callable
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import DeviceConfig, PrintEnd, PrinterStatus, Text
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.driver import EscPosPrinter
from drivers.printer.frames import REAL_TIME_STATUS, START
from drivers.printer.usb_link import UsbLink, pipes, read_device_id, read_port_status
from tests.unit.drivers.printer.recorded_usb import Configuration, Interface, RecordedUsb

PRINTER = (Interface(0, 0, 1, [0x01]), Interface(0, 1, 2, [0x01, 0x82]))
LISTENER = (Interface(0, 0, 1, [0x02]),)
OPENED = """
    find 04b8:0e15
    is_kernel_driver_active 0 = yes
    detach_kernel_driver 0
    claim 0
    set_interface_altsetting 0 1
"""
GIVEN_BACK = """
    release 0
    attach_kernel_driver 0
"""
ID = b"\x00\x3aMFG:EPSON;CMD:ESC/POS;MDL:TM-T82III;CLS:PRINTER;SN:X3F4;".hex()


def link_on(record: str, interfaces: tuple[Interface, ...] = PRINTER) -> tuple[UsbLink, RecordedUsb]:
    usb = RecordedUsb(interfaces, record)
    return UsbLink("printer", "usb://04b8:0e15", usb), usb


def refused(record: str, interfaces: tuple[Interface, ...] = PRINTER, url: str = "usb://04b8:0e15") -> DeviceError:
    usb = RecordedUsb(interfaces, record)
    with pytest.raises(DeviceError) as caught:
        UsbLink("printer", url, usb)
    assert usb.over()
    return caught.value


def test_the_kernel_lets_go_of_the_printer_and_gets_it_back() -> None:
    link, usb = link_on(OPENED + f"ctrl_transfer a1 0 0 1 1023 = {ID}\n" + GIVEN_BACK)

    assert link.answers
    assert link.device_id()["MDL"] == "TM-T82III"
    assert link.device_id()["MFG"] == "EPSON", "asked once"
    link.close()
    link.close()

    assert usb.over()


def test_windows_and_macos_have_no_kernel_driver_to_let_go() -> None:
    record = "find 04b8:0e15\nis_kernel_driver_active 0 = !later\nclaim 0\nset_interface_altsetting 0 1\nrelease 0"
    link, usb = link_on(record)
    link.close()

    assert usb.over()


def test_bytes_go_out_in_the_pieces_that_the_printer_takes() -> None:
    record = "write 01 616263 = 2\nwrite 01 63 = !timeout\nwrite 01 63 =\nread 82 = 12\n"
    link, usb = link_on(OPENED + record + GIVEN_BACK)

    assert link.send(b"abc", 0.3) == 2
    assert link.send(b"c", 0.3) == 0
    assert link.send(b"c", 0.3) == 1
    assert link.receive(0.1) == b"\x12"
    assert link.receive(0.0) == b"", "a poll that finds nothing is no trouble"
    link.close()

    assert usb.written == b"abc"
    assert usb.over()


@pytest.mark.parametrize(("way", "cleared"), [("write 01 61", "01"), ("read 82", "82")])
def test_a_stalled_pipe_is_cleared_and_carries_nothing_this_time(way: str, cleared: str) -> None:
    record = f"{way} = !{errno.EPIPE}\nclear_halt {cleared}\n{way} = {'1' if 'write' in way else '16'}\n"
    link, usb = link_on(OPENED + record + GIVEN_BACK)

    if way.startswith("write"):
        assert [link.send(b"a", 0.3), link.send(b"a", 0.3)] == [0, 1]
    else:
        assert [link.receive(0.3), link.receive(0.3)] == [b"", b"\x16"]
    link.close()

    assert usb.over()


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO, errno.ESHUTDOWN])
def test_a_printer_that_is_pulled_out_is_absent_and_closing_it_raises_nothing(number: int) -> None:
    record = f"write 01 61 = !{number}\nrelease 0 = !{number}\nattach_kernel_driver 0 = !{number}"
    link, usb = link_on(OPENED + record)

    with pytest.raises(DeviceError) as caught:
        link.send(b"a", 0.3)
    link.close()

    assert caught.value.fault is Fault.ABSENT
    assert usb.over()


def test_one_that_is_not_there_is_absent() -> None:
    assert refused("find 04b8:0e15 = nothing").fault is Fault.ABSENT


def test_one_that_a_print_service_has_open_is_occupied_and_stays_as_it_was() -> None:
    record = f"find 04b8:0e15\nis_kernel_driver_active 0 =\nclaim 0 = !{errno.EBUSY}"

    assert refused(record).fault is Fault.OCCUPIED


def test_without_the_right_to_open_it_the_right_is_what_is_missing() -> None:
    error = refused(f"find 04b8:0e15\nis_kernel_driver_active 0 = !{errno.EACCES}")

    assert (error.fault, error.code) == (Fault.REFUSED, "no_access")


def test_a_kernel_that_does_not_let_go_is_occupied() -> None:
    record = f"find 04b8:0e15\nis_kernel_driver_active 0 = yes\ndetach_kernel_driver 0 = !{errno.EBUSY}"

    assert refused(record).fault is Fault.OCCUPIED


def test_what_is_no_printer_is_refused() -> None:
    keyboard = (Interface(0, 0, 1, [0x81], class_=3),)

    assert refused("find 04b8:0e15", keyboard).code == "unsupported"
    assert refused("", url="usb://printer").code == "unsupported"
    assert refused("find 04b8:0e15 = !nobackend").code == "unsupported"


def test_the_one_with_the_serial_number_is_asked_for() -> None:
    usb = RecordedUsb(LISTENER, "find 04b8:0e15 X3F4\nis_kernel_driver_active 0 =\nclaim 0\nrelease 0")
    link = UsbLink("printer", "usb://04b8:0e15/X3F4", usb)

    assert not link.answers
    assert link.receive(1.0) == b""
    link.close()
    assert usb.over()


def test_the_one_at_the_port_is_asked_for() -> None:
    usb = RecordedUsb(LISTENER, "find 04b8:0e15 1-2\nis_kernel_driver_active 0 =\nclaim 0\nrelease 0")
    UsbLink("printer", "usb://04b8:0e15?port=1-2", usb).close()

    assert usb.over()


def test_an_alternate_setting_that_answers_is_chosen_before_one_that_only_listens() -> None:
    found = pipes(Configuration(PRINTER))

    assert found is not None
    assert (found.alternate, found.out, found.into) == (1, 0x01, 0x82)
    assert pipes(Configuration()) is None
    assert pipes(Configuration([Interface(1, 0, 2, [0x82])])) is None, "no way out"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (0x18, PrinterStatus(online=True, paper="unknown", error=False)),
        (0x38, PrinterStatus(online=True, paper="out", error=False)),
        (0x20, PrinterStatus(online=False, paper="out", error=False)),
        (0x10, PrinterStatus(online=True, paper="unknown", error=True)),
    ],
)
def test_the_port_status_says_paper_selected_and_error(value: int, status: PrinterStatus) -> None:
    assert read_port_status(value) == status


@pytest.mark.parametrize("size", [b"\x00\x0b", b"\x0b\x00", b"\xff\xff", b"\x00\x00"])
def test_a_device_id_is_read_in_either_order_of_its_length_and_with_a_wrong_one(size: bytes) -> None:
    assert read_device_id(size + b"MODEL:T1;")["MDL"] == "T1"


@given(st.binary(max_size=1023))
def test_any_bytes_are_a_device_id_or_none(answer: bytes) -> None:
    assert all(isinstance(value, str) for value in read_device_id(answer).values())


@given(st.integers(0, 255))
def test_any_port_status_is_a_status(value: int) -> None:
    assert read_port_status(value).paper in {"out", "unknown"}


# ---- the whole driver on recorded transfers


def asked(answers: str) -> str:
    """The four status questions and their answers, as they go over the pipes."""
    lines = []
    for question, answer in zip(REAL_TIME_STATUS, answers.split(), strict=True):
        lines += [f"write 01 {question.hex()} =", f"read 82 = {answer}"]
    return "\n".join(lines) + "\n"


def driver_on(record: str, interfaces: tuple[Interface, ...] = PRINTER, **options: str | float | bool) -> EscPosPrinter:
    usb = RecordedUsb(interfaces, record)
    config = DeviceConfig("printer", "printer", "escpos", "usb://04b8:0e15", options={"confirm_within": 1.0, **options})
    connect: Callable[[DeviceConfig], UsbLink] = lambda config: UsbLink(config.id, config.url, usb)  # noqa: E731
    return EscPosPrinter(config, connect)


def test_a_receipt_over_usb_is_confirmed_by_the_process_id_that_comes_back() -> None:
    body = (START + "回执".encode("gbk") + b"\n\x1bd\x06\x1dV\x00").hex()
    record = OPENED + asked("12 12 12 12") + asked("12 12 12 12") + f"write 01 {body}1d284806003030*\nread 82 = @id\n"
    printer = driver_on(record)
    printer.open()

    result = printer.print_receipt([Text("回执")], cancel=Event())

    assert (result.end, result.confirmed) == (PrintEnd.CONFIRMED, 1)


def test_an_open_cover_is_told_before_anything_is_sent() -> None:
    printer = driver_on(OPENED + asked("1a 16 12 12") * 2)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt([Text("回执")], cancel=Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "cover_open")
    assert printer.health().state is DeviceState.FAULT


def test_a_printer_that_only_listens_is_asked_by_its_port() -> None:
    opened = "find 04b8:0e15\nis_kernel_driver_active 0 =\nclaim 0\n"
    printer = driver_on(opened + "ctrl_transfer a1 1 0 0 1 = 38\n" * 2, LISTENER)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt([Text("回执")], cancel=Event())

    assert caught.value.code == "paper_out"
    assert printer.health().code == "paper_out"


def test_pulled_out_in_the_middle_of_a_receipt_the_outcome_is_unknown_and_nothing_is_sent_again() -> None:
    record = OPENED + asked("12 12 12 12") + f"write 01 * = 10\nwrite 01 * = !{errno.ENODEV}\n"
    record += f"release 0 = !{errno.ENODEV}\nattach_kernel_driver 0 = !{errno.ENODEV}\nfind 04b8:0e15 = nothing\n"
    printer = driver_on(record)

    result = printer.print_receipt([Text("回执")], cancel=Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "absent")
    assert printer.health().code == "absent"
