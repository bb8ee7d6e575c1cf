import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.display import frames

ascii_lines = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)


@given(ascii_lines, ascii_lines, st.lists(st.integers(0, 46), max_size=8))
def test_a_picture_shows_however_the_bytes_are_cut(upper: str, lower: str, cuts: list[int]) -> None:
    screen = frames.Screen()
    data = frames.picture(upper, lower)
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    for start, end in itertools.pairwise(places):
        screen.feed(data[start:end])

    assert screen.lines == (upper.rstrip(), lower.rstrip())


@given(st.binary(max_size=200))
def test_any_bytes_leave_two_lines(data: bytes) -> None:
    screen = frames.Screen()
    screen.feed(data)

    assert all(len(line) <= frames.WIDTH for line in screen.lines)


def test_the_known_bytes_of_a_line() -> None:
    assert frames.line(0, "A017") == b"\x1b\x51\x41A017                \x0d"
    assert frames.line(1, "") == b"\x1b\x51\x42" + b" " * 20 + b"\x0d"


@pytest.mark.parametrize("text", ["A" * 21, "窗口", "A\r", "\x1b"])
def test_what_the_display_cannot_show_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="20 printable ASCII"):
        frames.line(0, text)


def test_plain_characters_are_ignored_in_string_mode_until_it_is_cleared() -> None:
    screen = frames.Screen()
    screen.feed(frames.picture("A017", "") + b"LOST" + frames.INITIALISE)
    assert screen.lines == ("A017", "")

    screen.feed(frames.CLEAR + b"B018")
    assert screen.lines == ("B018", "")


def test_cancel_blanks_the_cursor_line_and_leaves_string_mode() -> None:
    screen = frames.Screen()
    screen.feed(frames.picture("A017", "WINDOW 3") + frames.CANCEL_LINE + b"C")

    assert screen.lines == ("C", "WINDOW 3")


def test_commands_that_draw_nothing_are_passed_over_with_their_operands() -> None:
    screen = frames.Screen()
    screen.feed(
        b"\x1b\x2a\x04" + b"\x1b\x6c\x01\x01" + b"\x1b\x57\x01\x01\x14\x01" + b"\x1b\x11" + frames.CURSOR_OFF + b"A"
    )

    assert screen.lines == ("A", "")
