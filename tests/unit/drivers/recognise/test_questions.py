"""Questions harm no printer, answers are recognised, and nothing that a line may say breaks the asking."""

from collections.abc import Callable
from itertools import pairwise
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.errors import DeviceError, Fault
from drivers.id_card import frames as sam
from drivers.recognise import questions
from drivers.recognise.found import Candidate, Certainty, Found, Why
from drivers.transport import Transport

PRINTS = b"\x0a\x0b\x0c\x0d"

SAM_WELL = sam.PREAMBLE + bytes.fromhex("00 04 00 00 90 94")
MODBUS_WELL = bytes.fromhex("01 03 06 41 30 30 33 20 20 89 77")


class Line:
    """A port with a device behind it: ``answers`` gets each question and the speed."""

    def __init__(self, answers: Callable[[bytes, int], bytes], baud: int, sent: list[tuple[int, bytes]]) -> None:
        self._answers, self._baud, self._sent = answers, baud, sent
        self._waiting = b""

    def write(self, data: bytes) -> None:
        self._sent.append((self._baud, data))
        self._waiting = self._answers(data, self._baud)

    def read(self, timeout: float) -> bytes:
        piece, self._waiting = self._waiting[:5], self._waiting[5:]
        return piece

    def flush_input(self) -> None:
        self._waiting = b""

    def close(self) -> None:
        """Nothing to let go of."""


def asked(
    answers: Callable[[bytes, int], bytes], url: str = "serial:///dev/ttyX"
) -> "tuple[Found, list[tuple[int, bytes]]]":
    sent: list[tuple[int, bytes]] = []
    place = Candidate(url.partition(":")[0], url, "ttyX")
    found = questions.ask(place, Event(), lambda _device, _url, baud: Line(answers, baud, sent), within=0.002)
    return found, sent


def test_no_question_holds_a_byte_that_makes_a_printer_print() -> None:
    _, sent = asked(lambda _data, _baud: b"")
    assert {data for _, data in sent} >= {questions.PRINTER_STATUS, questions.SAM_STATUS, questions.MODBUS_READ}
    assert all(not set(data) & set(PRINTS) for _, data in sent)
    assert not set(questions.SAM_ID) & set(PRINTS)
    assert all(after == questions.FORGET for (_, data), (_, after) in pairwise(sent) if data == questions.SAM_STATUS)


def test_the_printers_own_question_comes_first_at_every_speed() -> None:
    _, sent = asked(lambda _data, _baud: b"")
    first = [baud for baud, data in sent if data == questions.PRINTER_STATUS]
    assert [data for _, data in sent[: len(first)]] == [questions.PRINTER_STATUS] * len(first)
    assert sorted(first) == [9600, 19200, 38400, 57600, 115200]


def test_where_a_printer_answers_nothing_else_is_ever_sent() -> None:
    found, sent = asked(lambda data, baud: b"\x12" if data[:2] == b"\x10\x04" and baud == 19200 else b"")
    assert (found.kind, found.driver, found.certainty) == ("printer", "escpos", Certainty.ANSWERED)
    assert found.url == "serial:///dev/ttyX?baud=19200"
    assert {data[:2] for _, data in sent} == {b"\x10\x04"}


@pytest.mark.parametrize(("answer", "paper"), [(b"\x12", "ok"), (b"\x1e", "near_end"), (b"\x72", "out")])
def test_the_printers_paper_is_told(answer: bytes, paper: str) -> None:
    found, _ = asked(lambda data, _baud: b"\x12" if data == questions.PRINTER_STATUS else answer)
    assert found.facts["paper"] == paper


def test_a_card_reader_is_found_at_the_speed_at_which_it_answers() -> None:
    found, _ = asked(
        lambda data, baud: b"\xaa\x00" + SAM_WELL if baud == 38400 and data == questions.SAM_STATUS else b""
    )
    assert (found.kind, found.url) == ("id_card", "serial:///dev/ttyX?baud=38400")


def test_a_reader_whose_module_is_not_authorised_is_one_all_the_same() -> None:
    refused = sam.PREAMBLE + bytes.fromhex("00 04 00 00 66 62")
    found, _ = asked(lambda data, _baud: refused if data == questions.SAM_STATUS else b"")
    assert (found.kind, found.facts["trouble"]) == ("id_card", "sam_not_authorised")


@pytest.mark.parametrize("answer", [MODBUS_WELL, questions.MODBUS_READ + MODBUS_WELL, bytes.fromhex("01 83 02 C0 F1")])
def test_a_led_on_the_bus_is_recognised_by_answer_by_refusal_and_behind_an_echo(answer: bytes) -> None:
    found, _ = asked(lambda data, baud: answer if data == questions.MODBUS_READ and baud == 9600 else b"")
    assert found.kind == "display"
    assert found.facts["unit"] == "1"


def test_a_text_controller_is_recognised_by_its_answer() -> None:
    ack = bytes.fromhex("A5A5A5A5A5A5A5A5 0080 0100 0000000000 00 FE 02 0500 A000000000 1234 5A")
    found, _ = asked(lambda data, baud: ack if data == questions.ONBON_PING and baud == 57600 else b"")
    assert found.kind == "display"
    assert found.facts["model"] == "Onbon BX"


def test_the_speed_that_the_address_names_is_tried_first() -> None:
    _, sent = asked(lambda _data, _baud: b"", "serial:///dev/ttyX?baud=57600")
    assert sent[0][0] == 57600


def test_a_silent_port_is_silent_and_keeps_its_name() -> None:
    found, _ = asked(lambda _data, _baud: b"")
    assert (found.kind, found.why, found.url) == ("", Why.SILENT, "serial:///dev/ttyX")


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (DeviceError("x", Fault.OCCUPIED), Why.OCCUPIED),
        (DeviceError("x", Fault.ABSENT, detail="SerialException: [Errno 13] Permission denied"), Why.NO_PERMISSION),
        (DeviceError("x", Fault.REFUSED, "no_access", "a udev rule or group is missing"), Why.NO_PERMISSION),
        (DeviceError("x", Fault.ABSENT, detail="gone"), Why.NOT_THERE),
    ],
)
def test_a_port_that_does_not_open_says_why(error: DeviceError, why: Why) -> None:
    def refuse(_device: str, _url: str, _baud: int) -> Transport:
        raise error

    assert questions.ask(Candidate("serial", "serial:///x", "x"), Event(), refuse).why is why


def test_the_asking_ends_when_it_is_called_off() -> None:
    called_off = Event()
    called_off.set()
    with pytest.raises(DeviceError) as caught:
        questions.ask(Candidate("socket", "socket://x:1", "x"), called_off, lambda *_: Line(lambda *_: b"", 0, []))
    assert caught.value.fault is Fault.CANCELLED


def test_the_bytes_of_the_manual_have_the_right_sums() -> None:
    assert questions.crc16_modbus(questions.MODBUS_READ[:-2]) == int.from_bytes(questions.MODBUS_READ[-2:], "little")
    assert bytes.fromhex("00 03 11 FF ED") in questions.SAM_STATUS


def test_an_echo_is_no_device() -> None:
    found, _ = asked(lambda data, _baud: data)
    assert (found.kind, found.why) == ("", Why.SILENT)


@settings(max_examples=40)
@given(st.lists(st.binary(max_size=40), max_size=12))
def test_whatever_a_line_says_the_asking_comes_to_an_end(said: list[bytes]) -> None:
    answers = iter(said)
    found, _ = asked(lambda _data, _baud: next(answers, b""))
    assert found.kind in {"", "printer", "id_card", "display"}
