"""HID-POS scanners on made-up reports behind hidapi's own calls: pieces, unplugging, and reports that cannot be."""

from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import catalogue
from drivers.codes.hid_pos import SIZE, HidPosCodeReader, piece
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault


def reports(code: bytes, aim: bytes = b"]Q1") -> list[bytes]:
    """A code as a scanner reports it."""
    parts = [code[at : at + 56] for at in range(0, len(code), 56)]
    return [
        bytes([2, len(part)]) + aim + part.ljust(56, b"\0") + b"\0\0" + bytes([place < len(parts) - 1])
        for place, part in enumerate(parts)
    ]


class Wire:
    """hidapi with one scanner (and a keyboard) plugged in."""

    def __init__(self, *, usage: int = 0x8C, opens: bool = True) -> None:
        self.there = [{"path": b"usb-1", "usage_page": 1}, {"path": b"usb-2", "usage_page": usage}]
        self.coming: list[bytes] = []
        self.opens, self.gone, self.closed = opens, False, 0
        self.opened = b""

    def enumerate(self, _vendor: int, _product: int) -> list[dict[str, Any]]:
        return [] if self.gone else self.there

    def device(self) -> "Wire":
        return self

    def open_path(self, path: bytes) -> None:
        if not self.opens:
            raise OSError("open failed")
        self.opened = path

    def read(self, _size: int, _timeout_ms: int) -> list[int]:
        if self.gone:
            raise OSError("read error")
        return list(self.coming.pop(0)) if self.coming else []

    def close(self) -> None:
        self.closed += 1


class Late(Wire):
    """A scanner whose trigger is pulled when it is asked: reports that were there before are thrown away."""

    def __init__(self, *coming: bytes) -> None:
        super().__init__()
        self.pulled = list(coming)
        self.empty_reads = 0

    def read(self, size: int, timeout_ms: int) -> list[int]:
        if not self.coming:
            self.empty_reads += 1
            if self.empty_reads == 2:
                self.coming, self.pulled = self.pulled, []
        return super().read(size, timeout_ms)


def scanner(wire: Wire, url: str = "hid://", **options: bool) -> HidPosCodeReader:
    return HidPosCodeReader(DeviceConfig("gun", "codes", "hid_pos", url, options=dict(options)), api=wire)


def test_a_code_in_several_reports_is_one_code() -> None:
    text = "https://hall.example/case?no=5107992026112400013&check=K7Q2&more=受理"
    wire = Late(*reports(text.encode()))
    made = scanner(wire)
    made.open()
    assert wire.opened == b"usb-2"
    assert made.next_code(wait=5, cancel=Event()).text == text
    assert made.health().state is DeviceState.READY
    made.close()
    assert wire.closed == 1


def test_the_aim_identifier_is_told_only_where_it_is_asked_for() -> None:
    for aim, text in ((False, "C017"), (True, "]Q1C017")):
        made = scanner(Late(*reports(b"C017")), aim=aim)
        made.open()
        assert made.next_code(wait=5, cancel=Event()).text == text


def test_a_report_that_cannot_be_is_garbled_and_the_next_code_is_read() -> None:
    made = scanner(Late(bytes([2, 60]) + bytes(62), *reports(b"C017")))
    made.open()
    with pytest.raises(DeviceError) as caught:
        made.next_code(wait=5, cancel=Event())
    assert caught.value.fault is Fault.GARBLED


def test_a_scanner_that_is_pulled_out_is_absent_and_opens_again() -> None:
    wire = Late()
    made = scanner(wire)
    made.open()
    wire.gone = True
    assert made.health().code == "absent"
    with pytest.raises(DeviceError) as caught:
        made.open()
    assert caught.value.fault is Fault.ABSENT
    wire.gone = False
    made.open()
    assert made.health().state is DeviceState.READY


def test_no_scanner_one_that_does_not_open_and_a_wrong_address_are_told_apart() -> None:
    for wire, url, fault in (
        (Wire(usage=1), "hid://", Fault.ABSENT),
        (Wire(opens=False), "hid://", Fault.OCCUPIED),
        (Wire(), "hid://what:this", Fault.REFUSED),
    ):
        with pytest.raises(DeviceError) as caught:
            scanner(wire, url).open()
        assert caught.value.fault is fault
    with pytest.raises(DeviceError, match="unsupported"):
        catalogue.create(DeviceConfig("gun", "codes", "hid_pos", "serial:///dev/ttyACM0"))


@given(st.binary(max_size=SIZE))
def test_arbitrary_reports_give_a_piece_or_a_value_error(report: bytes) -> None:
    try:
        data, _more = piece(report)
    except ValueError:
        return
    assert len(data) == report[1]
