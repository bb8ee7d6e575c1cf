"""The driver of serial code scanners on a line that is written down: what is asked for, thrown away, and refused."""

import time
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.codes.driver import KEEP, SerialCodeReader, shape_of
from drivers.contracts import DeviceConfig
from drivers.errors import CODES, DeviceError, DeviceState, Fault


class Line:
    """A far end that gives what is put into ``coming``."""

    def __init__(self, *coming: bytes) -> None:
        self.coming = list(coming)
        self.gone = False
        self.closed = self.flushed = 0

    def write(self, data: bytes) -> None:
        raise AssertionError(data)

    def read(self, timeout: float) -> bytes:
        if self.gone:
            raise DeviceError("gun", Fault.ABSENT)
        if not self.coming:
            time.sleep(min(timeout, 0.005))
            return b""
        return self.coming.pop(0)

    def flush_input(self) -> None:
        if self.gone:
            raise DeviceError("gun", Fault.ABSENT)
        self.flushed += 1

    def close(self) -> None:
        self.closed += 1


class Clock:
    """Real time, and what the test adds to it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def gun(line: Line, clock: Clock | None = None, **options: str | int | bool) -> SerialCodeReader:
    config = DeviceConfig("gun", "codes", "serial", "serial:///dev/ttyACM0", options=dict(options))
    made = SerialCodeReader(config, open_port=lambda _device, _url, _baud: line, clock=clock or Clock())
    made.open()
    return made


def test_a_code_is_given_once_and_two_codes_in_one_pull_are_both_taken() -> None:
    scanner = gun(Line(b"C017\rC018\r\n"))
    assert scanner.next_code(wait=5, cancel=Event()).text == "C017"
    assert scanner.next_code(wait=5, cancel=Event()).text == "C018"
    with pytest.raises(DeviceError) as caught:
        scanner.next_code(wait=0.05, cancel=Event())
    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "no_code")


def test_what_came_before_somebody_asked_is_thrown_away() -> None:
    line, clock = Line(), Clock()
    scanner = gun(line, clock)
    with pytest.raises(DeviceError):
        scanner.next_code(wait=0.01, cancel=Event())
    line.coming = [b"OLD\r"]
    assert scanner.health().state is DeviceState.READY
    clock.ahead = KEEP + 1
    with pytest.raises(DeviceError) as caught:
        scanner.next_code(wait=0.05, cancel=Event())
    assert caught.value.code == "no_code"
    assert line.flushed == 2


def test_the_same_code_within_a_moment_counts_once_where_that_is_asked_for() -> None:
    twice = gun(Line(b"C017\rC017\rC018\r"), same_within_ms=500)
    assert [twice.next_code(wait=5, cancel=Event()).text for _ in range(2)] == ["C017", "C018"]
    plain = gun(Line(b"C017\rC017\r"))
    assert [plain.next_code(wait=5, cancel=Event()).text for _ in range(2)] == ["C017", "C017"]


def test_options_are_read_and_wrong_ones_are_refused() -> None:
    line = Line(b"\x02]Q1\xca\xdc\x03\r\n")
    scanner = gun(line, ending="CRLF", prefix="\\x02", suffix="\\x03", strip_aim=True)
    code = scanner.next_code(wait=5, cancel=Event())
    assert (code.text, code.raw) == ("受", b"\xca\xdc")
    for wrong in ({"ending": "tab"}, {"max_length": 0}, {"prefix": "\\xZZ"}, {"max_length": "many"}):
        with pytest.raises(DeviceError) as caught:
            shape_of(DeviceConfig("gun", "codes", "serial", "serial:///dev/ttyACM0", options=wrong))  # type: ignore[arg-type]
        assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


def test_a_far_end_that_hangs_up_is_absence_and_closes_the_port() -> None:
    line = Line()
    scanner = gun(line)
    line.gone = True
    assert scanner.health().code == "absent"
    assert line.closed == 1
    with pytest.raises(DeviceError) as caught:
        scanner.next_code(wait=5, cancel=Event())
    assert caught.value.fault is Fault.ABSENT


def test_cancel_ends_the_wait() -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        gun(Line()).next_code(wait=60, cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED


def test_bytes_without_an_end_do_not_hold_the_asker_for_ever() -> None:
    class Babbling(Line):
        def read(self, timeout: float) -> bytes:
            time.sleep(0.02)
            return b"x"

    with pytest.raises(DeviceError) as caught:
        gun(Babbling()).next_code(wait=0.05, cancel=Event())
    assert caught.value.fault is Fault.GARBLED


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6), st.booleans())
def test_arbitrary_bytes_give_codes_or_device_errors_and_nothing_else(pieces: list[bytes], strip: bool) -> None:
    scanner = gun(Line(*pieces, b"\r"), strip_aim=strip)
    for _ in range(4):
        try:
            code = scanner.next_code(wait=0.0, cancel=Event())
        except DeviceError as error:
            assert error.code in CODES  # noqa: PT017
        else:
            assert code.text.strip()
