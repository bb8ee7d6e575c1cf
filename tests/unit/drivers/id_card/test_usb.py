"""Readers on USB: recorded transfers for every trouble, and whole reads with trouble at every transfer."""

import errno
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import DeviceConfig
from drivers.errors import CODES, DeviceError, DeviceState, Fault
from drivers.id_card import frames
from drivers.id_card.usb import PyUsb, UsbIdCardReader, UsbTransport, place
from tests.unit.drivers.id_card.recorded_usb import BULK, HID_ONLY, Endpoint, Interface, ModuleUsb, RecordedUsb, frame
from tests.unit.drivers.id_card.test_driver import PERSON

NOBODY = Event()
STATUS = frames.encode(frames.STATUS).hex()
SAM_ID = frames.encode(frames.SAM_ID).hex()
OPENED = "find 0400:c35a\nkernel 0 =yes\ndetach 0\nclaim 0\n"
CLOSED = "release 0\nattach 0\ndispose\n"
TRANSFERS = 40
"""More than opening and reading a card takes (23 pieces of text and photo among them)."""


def config(url: str = "usb://0400:c35a", **options: str | float | bool) -> DeviceConfig:
    return DeviceConfig(
        "reader", "id_card", "sam_v_usb", url, options={"poll_every": 0.01, "reply_within": 0.05, **options}
    )


def reader(usb: Any, url: str = "usb://0400:c35a", **options: str | float | bool) -> UsbIdCardReader:
    return UsbIdCardReader(config(url, **options), usb=usb)


def trouble(usb: Any, url: str = "usb://0400:c35a", **options: str | float | bool) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        reader(usb, url, **options).open()
    assert caught.value.code in CODES
    return caught.value


def test_a_reader_is_taken_from_the_kernel_asked_and_given_back() -> None:
    usb = RecordedUsb(
        f"{OPENED}write 02 {STATUS}\nread 85 ={frame(0x90)}\n"
        f"write 02 {SAM_ID}\nread 85 ={frame(0x90, bytes.fromhex('05000100 44DE3201 39300000 D2029649'))}\n{CLOSED}"
    )
    card_reader = reader(usb)
    card_reader.open()
    card_reader.close()

    assert usb.over()


def test_short_packets_are_put_together_and_a_short_write_goes_on() -> None:
    answer = frame(0x90)
    usb = RecordedUsb(
        f"{OPENED}write 02 {STATUS} =4\nwrite 02 {STATUS[8:]}\n"
        f"read 85 ={answer[:2]}\nread 85 =\nread 85 =!timeout\nread 85 ={answer[2:14]}\nread 85 ={answer[14:]}\n"
        f"write 02 {SAM_ID}\nread 85 ={frame(0x21)}\n{CLOSED}"
    )
    card_reader = reader(usb, reply_within=1.0)
    card_reader.open()
    card_reader.close()

    assert usb.over()


def test_a_stall_is_cleared_and_the_command_sent_again() -> None:
    usb = RecordedUsb(
        f"{OPENED}write 02 {STATUS} =!32\nclear_halt 02\n"
        f"write 02 {frames.encode(frames.RESET).hex()}\nread 85 ={frame(0x90)}\n"
        f"write 02 {STATUS}\nread 85 =!32\nclear_halt 85\n"
        f"write 02 {STATUS}\nread 85 ={frame(0x90)}\nwrite 02 {SAM_ID}\nread 85 ={frame(0x21)}\n{CLOSED}"
    )
    card_reader = reader(usb)
    card_reader.open()
    card_reader.close()

    assert usb.over()


@pytest.mark.parametrize(
    ("record", "fault", "code"),
    [
        ("find 0400:c35a =nothing", Fault.ABSENT, "absent"),
        ("find 0400:c35a =!value", Fault.REFUSED, "unsupported"),
        ("find 0400:c35a =!later", Fault.REFUSED, "unsupported"),
        (f"find 0400:c35a\nkernel 0 =!{errno.EACCES}\ndispose", Fault.REFUSED, "no_access"),
        (f"find 0400:c35a\nkernel 0 =!later\nclaim 0 =!{errno.EBUSY}\ndispose", Fault.OCCUPIED, "occupied"),
        (f"find 0400:c35a\nkernel 0 =yes\ndetach 0 =!{errno.EPERM}\ndispose", Fault.REFUSED, "no_access"),
        (f"find 0400:c35a\nkernel 0 =no\nclaim 0 =!{errno.ENODEV}\ndispose", Fault.ABSENT, "absent"),
        (
            f"{OPENED}write 02 {STATUS} =!19\nrelease 0 =!19\nattach 0 =!19\ndispose",
            Fault.ABSENT,
            "absent",
        ),
        (f"{OPENED}write 02 {STATUS}\nread 85 =!{errno.EIO}\n{CLOSED}", Fault.ABSENT, "absent"),
    ],
)
def test_trouble_while_opening_is_told_by_its_code(record: str, fault: Fault, code: str) -> None:
    usb = RecordedUsb(record)
    found = trouble(usb)

    assert (found.fault, found.code) == (fault, code)
    assert usb.over()


def test_a_card_is_read_whole_over_bulk_endpoints() -> None:
    usb = ModuleUsb()
    usb.module.lay(PERSON)
    card_reader = reader(usb)
    card_reader.open()
    record = card_reader.read_card(wait=1, cancel=NOBODY)

    assert replace(record, photo=b"") == PERSON
    assert len(record.photo) == 1024
    assert card_reader.health().facts["way"] == "bulk"


@pytest.mark.parametrize("interfaces", [BULK, HID_ONLY])
def test_a_card_is_read_whole_over_control_transfers(interfaces: tuple[Interface, ...]) -> None:
    usb = ModuleUsb(interfaces)
    usb.module.lay(PERSON)
    card_reader = reader(usb, way="control" if interfaces is BULK else "auto")
    card_reader.open()

    assert replace(card_reader.read_card(wait=1, cancel=NOBODY), photo=b"") == PERSON
    assert card_reader.health().facts["way"] == "control"


def test_packets_of_fast_usb_are_read_whole() -> None:
    usb = ModuleUsb((Interface(1, Endpoint(0x06), Endpoint(0x85, packet=512)),))
    usb.module.lay(PERSON)
    card_reader = reader(usb)
    card_reader.open()

    assert replace(card_reader.read_card(wait=1, cancel=NOBODY), photo=b"") == PERSON


@pytest.mark.parametrize("strike", ["!32", "!timeout", "short", f"!{errno.EOVERFLOW}"])
@pytest.mark.parametrize("at", range(1, TRANSFERS, 3))
def test_a_passing_trouble_at_any_transfer_is_got_over(strike: str, at: int) -> None:
    usb = ModuleUsb(strikes={at: strike})
    usb.module.lay(PERSON)
    card_reader = reader(usb)
    card_reader.open()

    assert replace(card_reader.read_card(wait=5, cancel=NOBODY), photo=b"").name == PERSON.name


@pytest.mark.parametrize("at", range(1, TRANSFERS, 2))
def test_unplugged_at_any_transfer_is_absence_and_it_opens_again(at: int) -> None:
    usb = ModuleUsb(strikes={at: f"!{errno.ENODEV}"})
    usb.module.lay(PERSON)
    card_reader = reader(usb)
    try:
        card_reader.open()
        card_reader.read_card(wait=5, cancel=NOBODY)
        card_reader.health()
    except DeviceError as error:
        assert error.fault is Fault.ABSENT  # noqa: PT017 - it may also have ended well before
        assert card_reader.health().state is DeviceState.OFFLINE
        assert trouble(usb).fault is Fault.ABSENT
    usb.plug_back()
    card_reader.open()
    usb.module.lay(PERSON)

    assert card_reader.read_card(wait=5, cancel=NOBODY).name == PERSON.name


def test_the_one_with_the_serial_number_or_at_the_place_is_taken() -> None:
    for url in ("usb://0400:c35a?serial=A1B2", "usb://0400:C35A/A1B2", "usb://0400:c35a?port=1-4.2", "usb://"):
        reader(ModuleUsb(), url).open()
    assert place(ModuleUsb()) == "1-4.2"
    for url in ("usb://0400:c35a?serial=other", "usb://0400:c35a?port=1-1"):
        assert trouble(ModuleUsb(), url).fault is Fault.ABSENT


def test_a_serial_number_that_may_not_be_read_is_a_missing_right() -> None:
    usb = ModuleUsb()
    usb._serial = "!denied"

    assert trouble(usb, "usb://0400:c35a?serial=A1B2").code == "no_access"


@pytest.mark.parametrize(
    ("url", "options"),
    [("usb://nothing", {}), ("usb://0400:c35a", {"way": "pigeon"}), ("usb://0400:c35a", {"way": "bulk"})],
)
def test_what_cannot_be_is_refused(url: str, options: dict[str, str]) -> None:
    assert trouble(ModuleUsb(HID_ONLY), url, **options).code == "unsupported"


def test_a_closed_reader_is_absent_and_closing_twice_is_fine() -> None:
    transport = UsbTransport("reader", "usb://0400:c35a", usb=ModuleUsb())
    transport.close()
    transport.close()
    with pytest.raises(DeviceError) as caught:
        transport.write(b"x")
    assert caught.value.fault is Fault.ABSENT


def test_pyusb_itself_finds_nothing_of_a_model_that_is_not_there() -> None:
    assert trouble(PyUsb(), "usb://0000:fffe").code in {"absent", "unsupported"}


@given(st.lists(st.binary(max_size=64), max_size=30))
def test_whatever_comes_in_is_an_answer_or_a_fault(pieces: list[bytes]) -> None:
    class Babbling(ModuleUsb):
        def read(self, endpoint: int, size: int, timeout: int) -> bytes:
            return pieces.pop() if pieces else super().read(endpoint, size, timeout)

    card_reader = reader(Babbling(), reply_within=0.001)
    try:
        card_reader.open()
    except DeviceError as error:
        assert error.code in CODES  # noqa: PT017 - either is right
