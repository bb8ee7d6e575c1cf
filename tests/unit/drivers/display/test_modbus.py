import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.display import modbus


@pytest.mark.parametrize(
    ("made", "known"),
    [
        (modbus.write_register(1, modbus.SHOW_NUMBER, 123), "01 06 00 00 00 7B C9 E9"),
        (modbus.write_registers(1, modbus.SHOW_TEXT, b"A003  "), "01 10 00 70 00 03 06 41 30 30 33 20 20 4C A9"),
        (modbus.read_registers(1, modbus.SHOW_TEXT, 3), "01 03 00 70 00 03 04 10"),
        (modbus.write_register(1, modbus.DECIMAL_POINT, 1), "01 06 00 04 00 01 09 CB"),
        (modbus.write_register(1, 0x7FFF, 1), "01 06 7F FF 00 01 61 EE"),
    ],
)
def test_the_recomputed_questions_come_out(made: bytes, known: str) -> None:
    assert made == bytes.fromhex(known)


@pytest.mark.parametrize(
    ("question", "answer", "content"),
    [
        ("01 06 00 00 00 7B C9 E9", "01 06 00 00 00 7B C9 E9", "06 00 00 00 7B"),
        ("01 10 00 70 00 03 06 41 30 30 33 20 20 4C A9", "01 10 00 70 00 03 81 D3", "10 00 70 00 03"),
        ("01 03 00 70 00 03 04 10", "01 03 06 41 30 30 33 20 20 89 77", "03 06 41 30 30 33 20 20"),
        ("01 06 7F FF 00 01 61 EE", "01 86 02 C3 A1", "86 02"),
    ],
)
@pytest.mark.parametrize("noise", [b"", b"\x00", b"\x01", b"\x01\x06", b"\xff\xff\x01\x10"])
def test_the_recomputed_answers_are_found_behind_noise(question: str, answer: str, content: str, noise: bytes) -> None:
    asked, received = bytes.fromhex(question), noise + bytes.fromhex(answer)

    assert modbus.answer_to(asked, received) == bytes.fromhex(content)
    assert modbus.answer_to(asked, received[:-1]) is None


def test_the_answer_of_another_unit_or_to_another_question_is_none() -> None:
    asked = modbus.write_register(1, 0, 123)
    for other in (modbus.write_register(2, 0, 123), modbus.write_register(1, 0, 124), modbus.write_register(1, 4, 123)):
        assert modbus.answer_to(asked, other) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_none_or_damaged(received: bytes) -> None:
    for question in (modbus.write_register(1, 0, 7), modbus.read_registers(1, 0, 2)):
        try:
            answer = modbus.answer_to(question, received)
        except modbus.Damaged:
            continue
        assert answer is None or len(answer) >= 2


@given(st.integers(0, 7), st.integers(1, 255))
def test_an_answer_with_a_flipped_byte_is_none(at: int, flip: int) -> None:
    question = modbus.write_register(1, 0, 123)
    answer = bytearray(question)
    answer[at] ^= flip

    assert modbus.answer_to(question, bytes(answer)) is None


@given(st.lists(st.one_of(st.binary(max_size=30), st.just(modbus.write_register(3, 0, 5))), max_size=12))
def test_a_display_survives_any_bytes(pieces: list[bytes]) -> None:
    questions, screen = modbus.Questions(), modbus.Screen(3, 4)
    for piece in pieces:
        for question in questions.feed(piece):
            assert screen.answer(question)
    questions.silence()

    assert len(questions.feed(modbus.write_register(3, 0, 5))) == 1


@pytest.mark.parametrize(
    ("text", "digits", "content"), [("A017", 4, b"A017"), ("B2", 4, b"  B2"), ("B2", 5, b"    B2")]
)
def test_text_stands_flush_right(text: str, digits: int, content: bytes) -> None:
    assert modbus.text_registers(text, digits) == content


@pytest.mark.parametrize("text", ["A0171", "号", "A\n17"])
def test_what_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="at most 4"):
        modbus.text_registers(text, 4)
    with pytest.raises(ValueError, match="at most 4"):
        modbus.segment_registers(text, 4)


def test_the_segments_of_digits_are_those_of_the_sheet_and_letters_are_told_apart() -> None:
    assert modbus.segment_registers("0123456789", 10) == bytes.fromhex("3f065b4f666d7d077f6f")
    assert modbus.segment_registers("a017", 4) == bytes.fromhex("773f0607")
    letters = {modbus.SEGMENTS[letter]: letter for letter in modbus.SEGMENTS if letter not in modbus.UNLIKE}

    assert len(letters) == len(modbus.SEGMENTS) - len(modbus.UNLIKE), "each other letter has a shape of its own"


def test_a_display_shows_numbers_text_and_segments_and_refuses_what_it_has_not() -> None:
    screen = modbus.Screen(1, 4)
    screen.answer(modbus.write_register(1, modbus.SHOW_NUMBER, -12))
    assert screen.text == "-12"
    screen.answer(modbus.write_registers(1, modbus.SHOW_TEXT, b"A017"))
    assert (screen.text, screen.segments) == ("A017", (0x77, 0x3F, 0x06, 0x07))
    screen.answer(modbus.write_registers(1, modbus.SHOW_SEGMENTS, bytes.fromhex("00773f06")))
    assert screen.text == "A01"
    assert screen.answer(modbus.write_register(1, 0x7FFF, 1)) == bytes.fromhex("018602c3a1")
    assert screen.answer(modbus.frame(1, b"\x05\x00\x00\x00\x00"))[1:3] == b"\x85\x01"
    assert screen.answer(modbus.read_registers(1, modbus.SHOW_TEXT, 2))[3:7] == b"A017"
