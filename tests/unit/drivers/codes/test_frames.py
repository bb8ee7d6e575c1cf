"""Codes from bytes: endings, pauses, wrappings, text; nothing is lost, doubled or made up, however the bytes arrive."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codes.frames import MAX_LENGTH, UNFINISHED_AFTER, CodeShape, CodeSplitter, Piece, decoded, unwrapped


def split(data: bytes, shape: CodeShape, cuts: list[int] | None = None) -> list[Piece]:
    """All codes of bytes that arrive in pieces, a millisecond apart, then silence."""
    splitter, now = CodeSplitter(shape), 1.0
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts or [])})
    for start, end in pairwise(places):
        splitter.feed(data[start:end], now)
        now += 0.001
    splitter.rest(now + 10)
    pieces = []
    while (piece := splitter.take()) is not None:
        pieces.append(piece)
    return pieces


@pytest.mark.parametrize(("ending", "mark"), [("cr", b"\r"), ("lf", b"\n"), ("crlf", b"\r\n")])
@pytest.mark.parametrize("asked", ["any", "same"])
@given(codes=st.lists(st.binary(min_size=1, max_size=30), max_size=6), cuts=st.lists(st.integers(0, 500), max_size=8))
def test_joined_and_split_codes_come_out_one_by_one(
    ending: str, mark: bytes, asked: str, codes: list[bytes], cuts: list[int]
) -> None:
    codes = [kept for code in codes if (kept := code.replace(b"\r", b"").replace(b"\n", b""))]
    shape = CodeShape(ending=ending if asked == "same" else "any")
    pieces = split(b"".join(code + mark for code in codes), shape, cuts)
    assert [piece.data for piece in pieces] == codes
    assert all(piece.whole for piece in pieces)


def test_a_pause_ends_a_code_where_no_ending_is_sent() -> None:
    splitter = CodeSplitter(CodeShape(ending="none", pause=0.08))
    splitter.feed(b"C0", 1.0)
    splitter.feed(b"17", 1.05)
    assert splitter.take() is None
    splitter.feed(b"C018", 1.2)
    first = splitter.take()
    splitter.rest(1.3)
    second = splitter.take()
    assert first is not None
    assert second is not None
    assert (first.data, first.whole, second.data) == (b"C017", True, b"C018")


def test_what_has_no_ending_is_cut_off_and_does_not_join_the_next_code() -> None:
    splitter = CodeSplitter(CodeShape())
    splitter.feed(b"C0", 1.0)
    splitter.feed(b"C018\r", 1.0 + UNFINISHED_AFTER + 0.1)
    first, second = splitter.take(), splitter.take()
    assert first is not None
    assert second is not None
    assert (first.data, first.whole) == (b"C0", False)
    assert (second.data, second.whole) == (b"C018", True)


@given(st.binary(max_size=400), st.lists(st.integers(0, 500), max_size=20), st.sampled_from(["any", "none", "crlf"]))
def test_arbitrary_bytes_make_bounded_pieces_and_no_exception(data: bytes, cuts: list[int], ending: str) -> None:
    shape = CodeShape(ending=ending, max_length=20, prefix=b"<", strip_aim=True)
    pieces = split(data, shape, cuts)
    assert sum(len(piece.data) for piece in pieces) <= len(data)
    for piece in pieces:
        raw = unwrapped(piece, shape)
        assert raw is None or 0 < len(raw) <= 20
        assert raw is None or decoded(raw) is None or decoded(raw)


def test_a_code_that_is_too_long_is_damaged_and_the_next_one_is_whole() -> None:
    shape = CodeShape(max_length=10)
    pieces = split(b"x" * 500 + b"\rC017\r", shape)
    assert [piece.whole for piece in pieces] == [False, True]
    assert unwrapped(pieces[0], shape) is None
    assert unwrapped(pieces[1], shape) == b"C017"
    assert len(split(b"y" * (MAX_LENGTH * 5), CodeShape())) == 1


@pytest.mark.parametrize(
    ("data", "shape", "code"),
    [
        (b"\x02C017\x03", CodeShape(prefix=b"\x02", suffix=b"\x03"), b"C017"),
        (b"C017", CodeShape(prefix=b"\x02"), None),
        (b"]Q1C017", CodeShape(strip_aim=True), b"C017"),
        (b"]C0]Q1", CodeShape(strip_aim=True), b"]Q1"),
        (b"]Q1C017", CodeShape(), b"]Q1C017"),
        (b"]Q", CodeShape(strip_aim=True), b"]Q"),
        (b"AB", CodeShape(prefix=b"AB", suffix=b"AB"), None),
        (b"]Q1", CodeShape(strip_aim=True), None),
    ],
)
def test_prefix_suffix_and_aim_identifier_are_taken_off(data: bytes, shape: CodeShape, code: bytes | None) -> None:
    assert unwrapped(Piece(data, 1.0), shape) == code


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("受理号 510799".encode(), "受理号 510799"),
        ("受理号 510799".encode("gb18030"), "受理号 510799"),
        (b"(01)\x1d21", "(01)\x1d21"),
        (b"\x01\x81\x01", None),
        (b"\xff\xff\xff", None),
        (b"   ", None),
        (b"C0\x7f17", None),
    ],
)
def test_text_is_utf_8_or_gb18030_and_noise_is_none(data: bytes, text: str | None) -> None:
    assert decoded(data) == text


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20))
def test_chinese_text_survives_both_encodings(text: str) -> None:
    assert decoded(text.encode()) == text
    gb = text.encode("gb18030")
    try:
        same_in_utf8 = gb.decode("utf-8")
    except UnicodeDecodeError:
        assert decoded(gb) == text
    else:
        assert decoded(gb) == same_in_utf8


@pytest.mark.parametrize("wrong", [{"ending": "tab"}, {"max_length": 0}, {"pause": 0.0}])
def test_a_shape_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"ending|above"):
        CodeShape(**wrong)  # type: ignore[arg-type]
