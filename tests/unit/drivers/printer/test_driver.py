"""The driver against a printer made of a function: what is hard to bring about over a real port."""

from collections.abc import Callable
from threading import Event

import pytest

from drivers.contracts import DeviceConfig, PrintEnd, PrinterStatus, Text
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.driver import EscPosPrinter
from drivers.printer.frames import REAL_TIME_STATUS
from drivers.printer.link import Link

LINES = [Text(f"第 {number} 行") for number in range(30)]


class Wire:
    """A link whose far end is a function from bytes to an answer."""

    def __init__(self, answer: Callable[[bytes], bytes], *, takes: int = 1 << 20, answers: bool = True) -> None:
        self.answers = answers
        self.sent = bytearray()
        self._answer = answer
        self._takes = takes
        self._waiting = b""
        self.closed = False
        self.port: PrinterStatus | None = None

    def send(self, data: bytes, wait: float) -> int:
        piece = data[: min(64, self._takes - len(self.sent))]
        self.sent += piece
        self._waiting += self._answer(piece)
        return len(piece)

    def receive(self, wait: float) -> bytes:
        data, self._waiting = self._waiting, b""
        return data

    def port_status(self) -> PrinterStatus | None:
        return self.port

    def close(self) -> None:
        self.closed = True


def healthy(data: bytes) -> bytes:
    """Answers status questions, and process ids that come in one piece."""
    answer = b"\x12" if data in REAL_TIME_STATUS else b""
    for part in data.split(b"\x1d(H\x06\x0000")[1:]:
        answer += b"\x37\x22" + part[:4] + b"\x00" if len(part) >= 4 else b""
    return answer


def printer_on(*wires: Link, **options: str | float | bool) -> EscPosPrinter:
    links = iter(wires)
    options = {"confirm_within": 0.3, "stall_within": 0.2, **options}
    return EscPosPrinter(
        DeviceConfig("printer", "printer", "escpos", "test://", True, dict(options)), lambda _config: next(links)
    )


def test_ids_of_an_earlier_receipt_confirm_nothing() -> None:
    def stale(data: bytes) -> bytes:
        return b"\x12" if data in REAL_TIME_STATUS else b"\x37\x22ZZZZ\x00"

    result = printer_on(Wire(stale)).print_receipt(LINES, cancel=Event())

    assert (result.end, result.sent, result.confirmed, result.code) == (PrintEnd.UNKNOWN, 2, 0, "timeout")


def test_after_a_torn_receipt_the_next_begins_with_its_end() -> None:
    wire = Wire(healthy, takes=100)
    printer = printer_on(wire)
    result = printer.print_receipt(LINES, cancel=Event())
    before = len(wire.sent)
    wire._takes = 1 << 20

    printer.print_receipt([Text("下一张")], cancel=Event())

    assert (result.end, result.sent) == (PrintEnd.UNKNOWN, 0)
    following = bytes(wire.sent[before + 4 * 3 :])  # behind the four status questions
    assert following.startswith(b"\x00")
    assert following.lstrip(b"\x00").startswith(b"\x1bd\x06\x1dV\x00\x1b@")
    assert following.count(b"\x1dV\x00") == 2


def test_a_line_that_breaks_while_printing_is_not_taken_up_again() -> None:
    class Half(Wire):
        def send(self, data: bytes, wait: float) -> int:
            if self.sent.count(b"\n"):
                raise DeviceError("printer", Fault.ABSENT)
            return super().send(data, wait)

    half, second = Half(healthy), Wire(healthy)
    printer = printer_on(half, second)
    result = printer.print_receipt(LINES, cancel=Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "absent")
    assert half.closed
    assert not second.sent


def test_a_connection_that_died_while_idle_is_opened_again_before_anything_is_sent() -> None:
    class Dying(Wire):
        dead = False

        def send(self, data: bytes, wait: float) -> int:
            if self.dead:
                raise DeviceError("printer", Fault.ABSENT)
            return super().send(data, wait)

    old, new = Dying(healthy), Wire(healthy)
    printer = printer_on(old, new)
    printer.open()
    old.dead = True

    assert printer.print_receipt(LINES, cancel=Event()).end is PrintEnd.CONFIRMED
    assert b"\x1dV\x00" not in old.sent
    assert new.sent.count(b"\x1dV\x00") == 1


def test_a_way_without_answers_is_unknown_and_no_fault() -> None:
    printer = printer_on(Wire(lambda _data: b"", answers=False), process_id=False)

    assert printer.status().paper == "unknown"
    assert printer.health().state is DeviceState.READY
    assert printer.print_receipt(LINES, cancel=Event()).end is PrintEnd.SENT


def test_a_process_id_that_cannot_be_answered_is_never_confirmed() -> None:
    result = printer_on(Wire(lambda _data: b"", answers=False)).print_receipt(LINES, cancel=Event())

    assert result.end is PrintEnd.UNKNOWN


def test_an_old_answer_on_the_line_is_not_taken_for_todays() -> None:
    wire = Wire(healthy)
    wire._waiting = b"\x7e\x7e\x16"  # no paper, cover open: of an hour ago

    assert printer_on(wire).status().paper == "ok"


def test_a_cancel_during_a_stall_is_told_as_unknown() -> None:
    cancel = Event()

    def cancelling(data: bytes) -> bytes:
        if data not in REAL_TIME_STATUS:
            cancel.set()
        return healthy(data)

    result = printer_on(Wire(cancelling, takes=100), stall_within=60).print_receipt(LINES, cancel=cancel)

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "cancelled")


def test_an_occupied_port_needs_a_person() -> None:
    def occupied(_config: DeviceConfig) -> Link:
        raise DeviceError("printer", Fault.OCCUPIED)

    printer = EscPosPrinter(DeviceConfig("printer", "printer", "escpos", "test://"), occupied)

    with pytest.raises(DeviceError):
        printer.open()

    assert (printer.health().state, printer.health().code) == (DeviceState.FAULT, "occupied")
    with pytest.raises(DeviceError):
        printer.print_receipt(LINES, cancel=Event())


MUTE_AND_OUT = b"\x18\x00\x0c\x00"


def test_a_printer_that_falls_silent_after_it_told_why_is_out_of_paper_and_not_just_silent() -> None:
    """It answers until the first receipt, tells by itself that the paper is out, and answers nothing more."""
    state = {"mute": False}

    def answer(data: bytes) -> bytes:
        if state["mute"]:
            return b""
        if b"\x1da\x0f" in data:
            state["mute"] = True
            return MUTE_AND_OUT
        return healthy(data)

    printer = printer_on(Wire(answer), profile="epson_tm", confirm_within=8.0)

    result = printer.print_receipt(LINES, cancel=Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "paper_out")
    assert printer.health().code == "paper_out"


def test_a_port_that_says_out_of_paper_is_believed_when_the_printer_says_nothing() -> None:
    wire = Wire(lambda _data: b"", answers=False)
    printer = printer_on(wire)
    wire.port = PrinterStatus(online=False, paper="out", error=False)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(LINES, cancel=Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "paper_out")
    assert not wire.sent


def test_a_printer_without_a_knife_is_not_believed_about_one() -> None:
    def answer(data: bytes) -> bytes:
        return b"\x1a" if data in REAL_TIME_STATUS else b""  # offline, cutter, near end: all at once

    status = printer_on(Wire(answer), profile="generic_58").status()

    assert status.cutter_fault is False
    assert status.paper == "ok"


@pytest.mark.parametrize(
    "options", [{"profile": "no_such"}, {"profile": "generic_80", "width": 32}, {"profiles": "/does/not/exist"}]
)
def test_a_profile_that_cannot_work_is_refused_when_the_driver_is_made(options: dict[str, str | float | bool]) -> None:
    with pytest.raises(DeviceError) as caught:
        printer_on(**options)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    assert caught.value.detail


def test_a_printer_that_takes_no_more_bytes_is_out_of_paper_when_its_port_says_so() -> None:
    wire = Wire(healthy, takes=200)
    wire.port = PrinterStatus(online=False, paper="out", error=False)

    result = printer_on(wire).print_receipt(LINES, cancel=Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "paper_out")


def test_a_printer_that_nobody_opened_is_not_ready_and_its_port_is_left_alone() -> None:
    printer = printer_on()

    assert printer.health().state is DeviceState.OFFLINE
