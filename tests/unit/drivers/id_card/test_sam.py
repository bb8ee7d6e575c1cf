"""The module's link on a scripted port: what is sent again, what is skipped, what ends the wait."""

from collections.abc import Callable
from threading import Event

import pytest

from drivers.errors import DeviceError, Fault
from drivers.id_card import frames, sam

NOBODY = Event()


class ScriptedPort:
    """Gives the next of ``answers`` after each write, in pieces; silence when they are used up."""

    def __init__(self, *answers: bytes, on_write: Callable[[], None] = lambda: None) -> None:
        self._answers = list(answers)
        self._arrived: list[bytes] = []
        self._on_write = on_write
        self.written: list[bytes] = []
        self.flushed = 0
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self._on_write()
        answer = self._answers.pop(0) if self._answers else b""
        self._arrived += [answer[at : at + 7] for at in range(0, len(answer), 7)]

    def read(self, timeout: float) -> bytes:
        if self._arrived:
            return self._arrived.pop(0)
        NOBODY.wait(timeout)
        return b""

    def flush_input(self) -> None:
        self._arrived.clear()
        self.flushed += 1

    def close(self) -> None:
        self.closed = True


def module(port: ScriptedPort, *, within: float = 0.1) -> sam.SamModule:
    return sam.SamModule("reader", port, reply_within=within)


FOUND = frames.encode(frames.answer(frames.FOUND, bytes(4)))
GARBLED = FOUND[:-1] + b"\x00"


def test_an_answer_is_given_back_and_the_input_thrown_away_before() -> None:
    port = ScriptedPort(FOUND)

    assert module(port).ask(sam.FIND, NOBODY) == frames.answer(frames.FOUND, bytes(4))
    assert port.written == [frames.encode(frames.FIND)]
    assert port.flushed == 1


@pytest.mark.parametrize("first", [b"", GARBLED, FOUND[:6], frames.encode(frames.answer(frames.BAD_CHECKSUM))])
def test_the_whole_command_is_sent_again_after_trouble(first: bytes) -> None:
    port = ScriptedPort(first, FOUND)

    assert frames.status_of(module(port).ask(sam.FIND, NOBODY)) == frames.FOUND
    assert port.written == [frames.encode(frames.FIND)] * 2
    assert port.flushed == 2


@pytest.mark.parametrize(
    ("answer", "fault"),
    [(b"", Fault.TIMEOUT), (GARBLED, Fault.GARBLED), (frames.encode(frames.answer(frames.BAD_LENGTH)), Fault.GARBLED)],
)
def test_after_three_sendings_the_last_trouble_is_told(answer: bytes, fault: Fault) -> None:
    port = ScriptedPort(*[answer] * 5)

    with pytest.raises(DeviceError) as caught:
        module(port).ask(sam.FIND, NOBODY)

    assert caught.value.fault is fault
    assert len(port.written) == sam.ATTEMPTS


def test_a_damaged_answer_is_not_waited_for_any_longer_once_the_line_is_quiet() -> None:
    port = ScriptedPort(GARBLED, FOUND)

    assert frames.status_of(module(port, within=60).ask(sam.FIND, NOBODY)) == frames.FOUND


def test_after_the_deadline_a_command_is_not_sent_again() -> None:
    port = ScriptedPort()

    with pytest.raises(DeviceError) as caught:
        module(port).ask(sam.FIND, NOBODY, until=0.0)

    assert caught.value.fault is Fault.TIMEOUT
    assert len(port.written) == 1


@pytest.mark.parametrize(
    ("command", "late"),
    [
        (sam.FIND, frames.answer(frames.DONE, bytes(1284))),
        (sam.FIND, frames.answer(frames.NO_CONTENT)),
        (sam.SELECT, frames.answer(frames.DONE)),
        (sam.SELECT, frames.answer(frames.FOUND, bytes(4))),
        (sam.READS["30 01"], frames.answer(frames.DONE, bytes(8))),
        (sam.STATUS, frames.answer(frames.DONE, bytes(16))),
    ],
)
def test_a_late_success_of_another_command_is_not_taken(command: sam.Command, late: bytes) -> None:
    right = frames.answer(command.success, bytes(max(command.least, 1) if command.most else 0))
    port = ScriptedPort(frames.encode(late) + frames.encode(right))

    assert module(port).ask(command, NOBODY) == right


def test_an_answer_behind_a_false_start_is_found_when_no_more_comes() -> None:
    port = ScriptedPort(frames.PREAMBLE + b"\x05\x08" + FOUND)

    assert frames.status_of(module(port).ask(sam.FIND, NOBODY)) == frames.FOUND
    assert len(port.written) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [(frames.SELF_TEST_FAILED, "sam_self_test"), (frames.NOT_AUTHORISED, "sam_not_authorised")],
)
def test_a_broken_module_needs_a_person(status: int, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        module(ScriptedPort(frames.encode(frames.answer(status)))).ask(sam.FIND, NOBODY)

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)


@pytest.mark.parametrize("when", ["before", "during"])
def test_cancelling_ends_the_wait(when: str) -> None:
    cancel = Event()
    port = ScriptedPort(on_write=cancel.set)
    if when == "before":
        cancel.set()

    with pytest.raises(DeviceError) as caught:
        module(port, within=60).ask(sam.FIND, cancel)

    assert caught.value.fault is Fault.CANCELLED
    assert len(port.written) == (0 if when == "before" else 1)


@pytest.mark.parametrize(
    ("status", "fault", "code"),
    [
        (0x10, Fault.GARBLED, "garbled"),
        (0x11, Fault.GARBLED, "garbled"),
        (0x21, Fault.REFUSED, "refused"),
        (0x23, Fault.REFUSED, "refused"),
        (0x24, Fault.REFUSED, "refused"),
        (0x31, Fault.REFUSED, "card_moved"),
        (0x32, Fault.REFUSED, "card_not_genuine"),
        (0x33, Fault.REFUSED, "card_not_genuine"),
        (0x40, Fault.REFUSED, "card_unknown"),
        (0x41, Fault.REFUSED, "card_moved"),
        (0x47, Fault.REFUSED, "card_moved"),
        (0x60, Fault.ATTENTION, "sam_self_test"),
        (0x66, Fault.ATTENTION, "sam_not_authorised"),
        (0x81, Fault.REFUSED, "card_moved"),
        (0x99, Fault.REFUSED, "refused"),
    ],
)
def test_every_status_word_has_its_meaning(status: int, fault: Fault, code: str) -> None:
    refusal = sam.refusal("reader", status)

    assert (refusal.fault, refusal.code) == (fault, code)


def test_closing_the_module_closes_the_port() -> None:
    port = ScriptedPort()
    module(port).close()

    assert port.closed
