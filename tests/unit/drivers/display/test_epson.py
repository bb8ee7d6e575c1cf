import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.display import epson

ascii_lines = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
chinese_lines = st.text(st.sampled_from("请号到窗口ABC0123456789 "), max_size=10)


@given(ascii_lines, ascii_lines, st.lists(st.integers(0, 60), max_size=8))
def test_a_picture_shows_however_the_bytes_are_cut(upper: str, lower: str, cuts: list[int]) -> None:
    screen = epson.Screen()
    data = epson.picture(upper, lower)
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    for start, end in itertools.pairwise(places):
        screen.feed(data[start:end])

    assert screen.lines == (upper.rstrip(), lower.rstrip())


@given(chinese_lines, chinese_lines)
def test_chinese_models_show_gb18030(upper: str, lower: str) -> None:
    screen = epson.Screen("gb18030")
    screen.feed(epson.picture(upper, lower, "gb18030"))

    assert screen.lines == (upper.rstrip(), lower.rstrip())


def test_the_known_bytes_of_the_command_table() -> None:
    assert epson.line(1, "AB") == bytes.fromhex("1f240102") + b"AB" + b" " * 18
    assert epson.line(0, "号", "gb18030") == bytes.fromhex("1f240101 bac5") + b" " * 18
    assert epson.brightness(4) == bytes.fromhex("1f5804")
    assert (epson.INITIALISE, epson.CLEAR, epson.SELECT_DISPLAY) == (b"\x1b\x40", b"\x0c", b"\x1b\x3d\x02")


@pytest.mark.parametrize(
    ("text", "charset"), [("A" * 21, "ascii"), ("号" * 11, "gb18030"), ("号", "ascii"), ("A\r", "ascii")]
)
def test_what_the_display_cannot_show_is_refused(text: str, charset: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - also of encodings
        epson.line(0, text, charset)


@given(st.binary(max_size=200), st.sampled_from(epson.CHARSETS))
def test_any_bytes_leave_two_lines(data: bytes, charset: str) -> None:
    screen = epson.Screen(charset)
    screen.feed(data)

    assert all(epson.cells(line) <= epson.WIDTH + 1 for line in screen.lines)


def test_a_line_can_be_cleared_and_the_cursor_moved() -> None:
    screen = epson.Screen()
    screen.feed(epson.picture("ONE", "TWO") + b"\x1f\x24\x01\x02\x18X\x0bY" + b"\x1f\x58\x02" + b"\x0d")

    assert screen.lines == ("YNE", "X")
    assert screen.brightness == 2
