"""Where characters of a receipt stand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Align, Barcode, Feed, Line, Qr, Rule, Text
from drivers.printer.layout import TextRow, clean, clusters, columns, fits_gbk, rows, wrap

texts = st.text(
    alphabet=st.one_of(st.characters(codec="gbk"), st.characters(), st.sampled_from(" ，。a1㐀𠮷é\n\t\x1b"))
)
lines = st.builds(Text, text=texts, right=texts, align=st.sampled_from(Align), bold=st.booleans(), big=st.booleans())


def text_rows(line: Line, width: int = 48) -> list[str]:
    return [row.text for row in rows([line], width) if isinstance(row, TextRow)]


@given(lines, st.sampled_from([32, 48]))
def test_no_row_is_wider_than_the_paper(line: Text, width: int) -> None:
    for row in rows([line], width):
        assert isinstance(row, TextRow)
        assert columns(row.text) * (2 if row.big else 1) <= width


@given(lines, st.sampled_from([32, 48]))
def test_no_ink_is_lost_or_cut_by_wrapping(line: Text, width: int) -> None:
    laid = "".join(row.text for row in rows([line], width) if isinstance(row, TextRow))

    asked = clean(line.text) + clean(line.right)
    assert [sign for sign in laid if not sign.isspace()] == [sign for sign in asked if not sign.isspace()]


@given(lines, st.sampled_from([32, 48]))
def test_a_row_in_gbk_comes_back_the_same_and_its_bytes_are_its_columns(line: Text, width: int) -> None:
    for row in rows([line], width):
        assert isinstance(row, TextRow)
        if row.in_gbk:
            assert row.text.encode("gbk").decode("gbk") == row.text
            assert len(row.text.encode("gbk")) == columns(row.text)


@given(texts)
def test_no_control_character_ever_reaches_the_printer(text: str) -> None:
    for row in text_rows(Text(text)):
        assert not any(unicodedata.category(sign) == "Cc" for sign in row)


@pytest.mark.parametrize(
    ("text", "wide"), [("办理回执", 8), ("A017", 4), ("阿·买买提", 10), ("㐀𠮷", 4), ("é", 2), ("ö", 1), ("o\u0308", 1)]
)
def test_columns_as_the_printer_counts_them(text: str, wide: int) -> None:
    assert columns(text) == wide


@pytest.mark.parametrize(("text", "fits"), [("办·理—", True), ("㐀", False), ("𠮷", False), ("€", False), ("", True)])
def test_what_gbk_can_say(text: str, fits: bool) -> None:
    assert fits_gbk(text) is fits


def test_two_halves_stand_at_both_edges() -> None:
    assert text_rows(Text("事项", "个体工商户设立登记"), 32) == ["事项" + " " * 10 + "个体工商户设立登记"]


def test_a_right_half_without_room_goes_below() -> None:
    assert text_rows(Text("申请材料名称很长很长很长", "身份证复印件"), 32) == [
        "申请材料名称很长很长很长",
        " " * 20 + "身份证复印件",
    ]


def test_a_right_half_alone_may_fill_the_row() -> None:
    assert text_rows(Text("", "办" * 16), 32) == ["办" * 16]


@pytest.mark.parametrize(
    ("align", "row"), [(Align.LEFT, "回执"), (Align.CENTRE, " " * 14 + "回执"), (Align.RIGHT, " " * 28 + "回执")]
)
def test_alignment(align: Align, row: str) -> None:
    assert text_rows(Text("回执", align=align), 32) == [row]


def test_big_letters_have_half_the_columns() -> None:
    assert text_rows(Text("办" * 9, big=True), 32) == ["办" * 8, "办"]


def test_punctuation_does_not_begin_a_row() -> None:
    assert wrap("办" * 16 + "。", 32) == ["办" * 15, "办。"]


def test_words_stay_whole_unless_longer_than_a_row() -> None:
    assert wrap("see window-client now", 14) == ["see", "window-client", "now"]
    assert wrap("a" * 20, 8) == ["a" * 8, "a" * 8, "a" * 4]


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert clusters("ao\u0308\u0301b") == ["a", "o\u0308\u0301", "b"]
    assert clusters("\u0308a") == ["\u0308", "a"]


def test_control_characters_become_room_and_line_breaks_break() -> None:
    assert clean("a\x1bb\tc\u200bd\u00a0e\r\nf\u2028g") == "a b    cd e\nf\ng"
    assert text_rows(Text("一\n二")) == ["一", "二"]


def test_other_lines_pass_through() -> None:
    assert rows([Rule(), Feed(0), Feed(99), Qr("x"), Barcode("1")], 32) == [
        TextRow("-" * 32),
        Feed(1),
        Feed(20),
        Qr("x"),
        Barcode("1"),
    ]
