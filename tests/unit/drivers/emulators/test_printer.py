"""The emulated printer without a port."""

import threading
from collections.abc import Iterator

import pytest

from drivers.emulators.printer import PrinterEmulator


class Host:
    """What came back, and a wait for it."""

    def __init__(self) -> None:
        self.came = b""
        self._changed = threading.Condition()

    def send(self, data: bytes) -> None:
        with self._changed:
            self.came += data
            self._changed.notify_all()

    def expects(self, data: bytes) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: data in self.came, timeout=20), self.came


@pytest.fixture
def emulator() -> Iterator[PrinterEmulator]:
    with PrinterEmulator() as made:
        yield made


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        (None, "12121212"),
        ("paper_out", "1a32127e"),
        ("near_end", "1212121e"),
        ("cover", "1a161212"),
        ("cutter", "1a521a12"),
        ("offline", "1a121212"),
        ("silent", ""),
    ],
)
def test_status_bits(emulator: PrinterEmulator, fault: str | None, answers: str) -> None:
    host = Host()
    emulator.admin.set_fault(fault)

    emulator.take(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04", host.send)

    assert host.came.hex() == answers


def test_a_status_question_in_pieces_is_answered_once(emulator: PrinterEmulator) -> None:
    host = Host()

    for byte in b"\x10\x04\x01\x10\x10\x04\x04A":
        emulator.take(bytes([byte]), host.send)

    assert host.came == b"\x12\x12"


def test_an_id_comes_only_when_what_is_before_it_is_on_paper(emulator: PrinterEmulator) -> None:
    host = Host()
    emulator.admin.set_fault("paper_out_after:2")

    emulator.take(b"1\n2\n\x1d(H\x06\x0000@@@A3\n\x1d(H\x06\x0000@@@B\x10\x04\x04", host.send)
    host.expects(b"\x12")
    assert b"@@@B" not in host.came
    emulator.admin.answer("PUT", "/paper", b"")

    host.expects(b"\x37\x22@@@A\x00")
    host.expects(b"\x37\x22@@@B\x00")
    assert emulator.admin.answer("GET", "/text", b"").body == b"1\n2\n3\n"


def test_a_connection_is_cut_off_after_as_many_bytes_as_asked(emulator: PrinterEmulator) -> None:
    host = Host()
    emulator.admin.set_fault("cut_off:3", times=1)

    assert emulator.take(b"AB", host.send)
    assert not emulator.take(b"CD", host.send)
    assert emulator.take(b"\n\x1dr\x01", host.send)
    host.expects(b"\x00")
    assert emulator.admin.answer("GET", "/text", b"").body == b"ABC\n"


def test_tearing_off_and_a_power_cut(emulator: PrinterEmulator) -> None:
    host = Host()
    emulator.take(b"one\n\x1dr\x01", host.send)
    host.expects(b"\x00")
    emulator.admin.answer("DELETE", "/receipts", b"")
    emulator.admin.set_fault("cover")
    emulator.take(b"two\n", host.send)
    emulator.admin.answer("DELETE", "/buffer", b"")
    emulator.admin.set_fault(None)

    assert emulator.admin.answer("GET", "/receipts", b"").body == b"[]"


def test_a_closed_printer_lets_go_whoever_waits_at_a_stalled_one(emulator: PrinterEmulator) -> None:
    emulator.admin.set_fault("stalled")
    taken: list[bool] = []
    waiting = threading.Thread(target=lambda: taken.append(emulator.take(b"A\n", Host().send)))
    waiting.start()

    emulator.close()

    waiting.join(20)
    assert taken == [False]
