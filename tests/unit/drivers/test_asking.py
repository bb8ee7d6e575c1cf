from threading import Event

import pytest

from drivers.asking import Manner, ask, health_after, listen
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.shared_port import Ports, SharedPort

QUICK = Manner(within=0.05, retries=2)


class Far:
    """The far end: gives the next of ``answers`` to each question; bytes, nothing, or a fault."""

    def __init__(self, *answers: bytes | DeviceError) -> None:
        self.answers = list(answers)
        self.asked: list[bytes] = []
        self._ready = b""

    def write(self, data: bytes) -> None:
        self.asked.append(data)
        answer = self.answers.pop(0) if self.answers else b""
        if isinstance(answer, DeviceError):
            raise answer
        self._ready += answer

    def read(self, timeout: float) -> bytes:
        if not self._ready:
            Event().wait(timeout)
        data, self._ready = self._ready[:1000], self._ready[1000:]
        return data

    def flush_input(self) -> None:
        self._ready = b""

    def close(self) -> None:
        pass


def port_to(far: Far) -> SharedPort:
    return Ports(lambda *_: far).join("d", "socket://h:1", baud=9600)


def take(received: bytes) -> bytes | None:
    if b"!" in received:
        raise ValueError("damaged")
    return received if received.endswith(b".") else None


def test_an_answer_in_pieces_is_put_together() -> None:
    assert ask(port_to(Far(b"hello.")), "d", b"?", take, QUICK) == b"hello."


@pytest.mark.parametrize("first", [b"", b"half an ans", b"!"])
def test_silence_and_damage_are_asked_again(first: bytes) -> None:
    far = Far(first, b"", b"yes.")

    assert ask(port_to(far), "d", b"?", take, QUICK) == b"yes."
    assert far.asked == [b"?"] * 3


@pytest.mark.parametrize(("answer", "fault"), [(b"", Fault.TIMEOUT), (b"half", Fault.GARBLED), (b"!", Fault.GARBLED)])
def test_after_the_last_attempt_it_is_said_what_came(answer: bytes, fault: Fault) -> None:
    far = Far(*[answer] * 9)
    with pytest.raises(DeviceError) as caught:
        ask(port_to(far), "d", b"?", take, QUICK)

    assert caught.value.fault is fault
    assert len(far.asked) == 3


def test_what_takes_may_ask_for_another_attempt_itself() -> None:
    def choosy(received: bytes) -> bytes | None:
        if received == b"CR":
            raise DeviceError("d", Fault.GARBLED)
        return take(received)

    assert ask(port_to(Far(b"CR", b"ok.")), "d", b"?", choosy, QUICK) == b"ok."


def test_a_refusal_and_an_unplugged_cable_are_not_asked_again() -> None:
    def no(_received: bytes) -> bytes | None:
        raise DeviceError("d", Fault.REFUSED)

    for far, what in ((Far(b"no"), no), (Far(DeviceError("d", Fault.ABSENT)), take)):
        with pytest.raises(DeviceError) as caught:
            ask(port_to(far), "d", b"?", what, QUICK)
        assert caught.value.fault in {Fault.REFUSED, Fault.ABSENT}
        assert len(far.asked) == 1


def test_a_flood_is_no_answer() -> None:
    far = Far(b"x" * 20_000, b"x" * 20_000, b"yes.")

    assert ask(port_to(far), "d", b"?", take, Manner(within=20, retries=2)) == b"yes."


def test_a_late_answer_is_not_taken_for_the_next_one() -> None:
    far = Far(b"late.", b"right.")
    far._ready = b"old."

    assert ask(port_to(far), "d", b"?", take, QUICK) == b"late."


def test_listening_ends_with_what_came_by_itself() -> None:
    far = Far()
    far._ready = b"key."

    assert listen(port_to(far), "d", take, wait=5, cancel=Event()) == b"key."


def test_what_came_with_the_answer_before_is_heard_too() -> None:
    far = Far()
    far._ready = b"."

    assert listen(port_to(far), "d", take, wait=5, cancel=Event(), begun=b"key") == b"key."
    assert listen(port_to(far), "d", take, wait=5, cancel=Event(), begun=b"early.") == b"early."


@pytest.mark.parametrize(("noise", "fault"), [(b"", Fault.TIMEOUT), (b"noise", Fault.GARBLED)])
def test_listening_in_vain_says_whether_anything_came(noise: bytes, fault: Fault) -> None:
    far = Far()
    far._ready = noise
    with pytest.raises(DeviceError) as caught:
        listen(port_to(far), "d", take, wait=0.06, cancel=Event())

    assert caught.value.fault is fault


def test_listening_ends_when_it_is_cancelled() -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        listen(port_to(Far()), "d", take, wait=60, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED


@pytest.mark.parametrize(
    ("fault", "state"),
    [(Fault.ABSENT, DeviceState.OFFLINE), (Fault.TIMEOUT, DeviceState.OFFLINE), (Fault.REFUSED, DeviceState.FAULT)],
)
def test_a_silent_device_is_offline_and_one_that_refuses_needs_a_person(fault: Fault, state: DeviceState) -> None:
    health = health_after(DeviceError("d", fault), {"model": "x"})

    assert (health.state, health.code, health.facts) == (state, fault.value, {"model": "x"})
