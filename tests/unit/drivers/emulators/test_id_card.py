"""The emulated module, byte by byte, without a port."""

import time

import pytest

from drivers.contracts import CardKind, CardRecord
from drivers.emulators.id_card import FAULTS, PIECE, Module, drawn
from drivers.id_card import frames

PERSON = CardRecord(CardKind.RESIDENT, "测试甲", "男", "汉", "1990-01-01", "", "510799199001010018", "", "", "长期")


@pytest.fixture
def module() -> Module:
    return Module()


def ask(module: Module, command: bytes) -> bytes:
    pieces: list[bytes] = []
    module.take(frames.encode(command), pieces.append)
    (payload,) = frames.FrameDecoder().feed(b"".join(pieces))
    return payload


def status(module: Module, command: bytes) -> int:
    return frames.status_of(ask(module, command))


def test_a_card_must_be_found_and_selected_before_it_is_read(module: Module) -> None:
    assert [status(module, command) for command in (frames.FIND, frames.SELECT, frames.READ)] == [0x80, 0x81, 0x41]

    module.lay(PERSON)
    assert status(module, frames.READ) == 0x41
    assert [status(module, command) for command in (frames.FIND, frames.SELECT, frames.READ)] == [0x9F, 0x90, 0x90]

    module.lift()
    assert status(module, frames.READ) == 0x41


def test_answers_come_in_pieces(module: Module) -> None:
    module.lay(PERSON)
    for command in (frames.FIND, frames.SELECT):
        ask(module, command)
    pieces: list[bytes] = []
    module.take(frames.encode(frames.READ), pieces.append)

    assert {len(piece) for piece in pieces[:-1]} == {PIECE}
    assert sum(map(len, pieces)) == 1295


def test_damaged_and_unknown_commands_are_answered_as_a_module_does(module: Module) -> None:
    pieces: list[bytes] = []
    module.take(frames.encode(frames.FIND)[:-1] + b"\x00", pieces.append)

    assert frames.FrameDecoder().feed(b"".join(pieces)) == [frames.answer(frames.BAD_CHECKSUM)]
    assert status(module, b"\x77\x77") == frames.BAD_COMMAND


def test_the_speed_is_set_by_command(module: Module) -> None:
    assert status(module, frames.SET_BAUD + b"\x04") == frames.DONE
    assert module.baud == 9600
    assert status(module, frames.SET_BAUD + b"\x09") == frames.BAD_COMMAND


def test_the_same_seed_gives_the_same_photo(module: Module) -> None:
    def read(other: Module) -> bytes:
        other.lay(PERSON)
        return [ask(other, command) for command in (frames.FIND, frames.SELECT, frames.READ)][-1]

    assert read(module) == read(Module())
    assert read(Module(seed=1)) != read(Module(seed=2))


def test_the_state_holds_nothing_personal(module: Module) -> None:
    module.lay(PERSON)

    assert module.state() == {"card": "resident", "latched": False, "reads": 0, "asked": 0, "baud": 115200}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_shows_on_the_wire(module: Module, fault: str) -> None:
    def wire(other: Module) -> list[bytes]:
        pieces: list[bytes] = []
        other.take(frames.encode(frames.FIND), pieces.append)
        other.lay(PERSON)
        for command in (frames.FIND, frames.SELECT, frames.READ, frames.FIND):
            other.take(frames.encode(command), pieces.append)
        return pieces

    sound = wire(Module())
    module.admin.set_fault(fault)

    assert wire(module) != sound


def test_the_reader_is_drawn_with_its_card_and_its_lamp(module: Module) -> None:
    assert "no card" in drawn(module)
    assert "ready" in drawn(module)

    module.lay(PERSON)
    ask(module, frames.FIND)
    assert PERSON.name in drawn(module)
    assert "looking" in drawn(module)

    module.admin.set_fault("silent")
    assert "silent" in drawn(module)


def test_a_paced_module_takes_as_long_as_its_line() -> None:
    module = Module(paced=True)
    module.baud = 9600
    pieces: list[bytes] = []
    began = time.monotonic()
    module.take(frames.encode(frames.STATUS), pieces.append)

    assert time.monotonic() - began >= (10 + 11) * 10 / 9600
    assert frames.FrameDecoder().feed(b"".join(pieces)) == [frames.answer(frames.DONE)]


def test_a_wrong_answer_is_sound_and_to_something_else(module: Module) -> None:
    module.admin.set_fault("wrong_answer")

    assert ask(module, frames.STATUS) == frames.answer(frames.DONE, bytes(8))
