"""Rows drawn as pictures."""

import pytest

from drivers.errors import DeviceError, Fault
from drivers.printer.layout import TextRow
from drivers.printer.raster import Pen, font_files


def ink(bits: bytes) -> int:
    return sum(byte.bit_count() for byte in bits)


def test_a_rare_name_is_drawn_on_the_printers_grid() -> None:
    strip = Pen("printer").draw(TextRow("申请人：㐀𠮷"), 576)

    assert (strip.width, strip.height, len(strip.bits)) == (576, 30, 72 * 30)
    rows = [strip.bits[at : at + 72] for at in range(0, len(strip.bits), 72)]
    assert ink(b"".join(row[12:18] for row in rows)) > 100  # the two rare characters, columns 8 to 12
    assert ink(b"".join(row[19:] for row in rows)) == 0


def test_big_and_bold_need_more_ink() -> None:
    pen = Pen("printer")
    plain, bold, big = (
        pen.draw(row, 384) for row in (TextRow("𠮷"), TextRow("𠮷", bold=True), TextRow("𠮷", big=True))
    )

    assert ink(plain.bits) < ink(bold.bits) < ink(big.bits)
    assert big.height == 2 * plain.height


def test_a_letter_wider_than_its_column_stays_in_it() -> None:
    strip = Pen("printer").draw(TextRow("W㐀"), 384)
    rows = [strip.bits[at : at + 48] for at in range(0, len(strip.bits), 48)]

    assert ink(bytes(row[0] for row in rows)) > 5
    assert ink(b"".join(row[5:] for row in rows)) == 0  # 12 + 24 dots are 4.5 bytes


@pytest.mark.parametrize("text", ["\U000ffffd", "\ud800", "a\U0010fffe"])
def test_a_character_that_no_font_has_is_an_error_that_does_not_say_the_name(text: str) -> None:
    with pytest.raises(DeviceError) as caught:
        Pen("printer").draw(TextRow("王" + text), 576)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    assert "王" not in str(caught.value)


def test_the_chosen_font_comes_first_and_a_missing_one_is_passed_over() -> None:
    files = font_files()

    assert files
    assert font_files(str(files[-1]))[0] == files[-1]
    assert font_files("/nowhere/font.otf") == files
