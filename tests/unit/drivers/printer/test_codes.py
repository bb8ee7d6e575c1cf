"""QR codes and Code 128 as commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Barcode, Qr
from drivers.emulators.printer_paper import code_128_values
from drivers.printer.codes import DoesNotFitError, code_128, qr

HEAD = b"\x1ba\x01\x1dh\x50\x1dw\x03\x1df\x00\x1dH\x02\x1dkI"


def test_qr_commands_as_the_reference_writes_them() -> None:
    assert qr(Qr("A1", size=6), 576) == (
        b"\x1ba\x01"
        b"\x1d(k\x04\x001A2\x00"
        b"\x1d(k\x03\x001C\x06"
        b"\x1d(k\x03\x001E1"
        b"\x1d(k\x05\x001P0A1"
        b"\x1d(k\x03\x001Q0"
        b"\n\x1ba\x00"
    )


def test_a_big_qr_code_gets_smaller_modules() -> None:
    assert b"1C\x04" in qr(Qr("x" * 500, size=6), 384)  # version 18: 89 modules and the margin


@pytest.mark.parametrize("text", ["", "x" * 1500, "x" * 2400])
def test_a_qr_code_that_the_paper_cannot_hold_is_an_error(text: str) -> None:
    with pytest.raises(DoesNotFitError):
        qr(Qr(text), 384)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("1234", b"{C\x0c\x22"),
        ("A017", b"{BA017"),
        ("A1234", b"{BA{C\x0c\x22"),
        ("12345", b"{C\x0c\x22{B5"),
        ("a{b", b"{Ba{{b"),
        ("1604", b"{B1604"),  # 16 04 would be DLE EOT
        ("12", b"{B12"),
    ],
)
def test_code_128_data(text: str, data: bytes) -> None:
    assert code_128(Barcode(text), 576) == HEAD + bytes([len(data)]) + data + b"\x1ba\x00"


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=14))
def test_code_128_says_what_it_was_given_and_hides_no_command(text: str) -> None:
    commands = code_128(Barcode(text), 576)
    start = commands.index(b"\x1dkI") + 4

    assert code_128_values(commands[start:-3])[1] == text
    assert not any(command in commands for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@given(st.text(alphabet="0123456789", min_size=1, max_size=28))
def test_digits_come_through_in_pairs(text: str) -> None:
    commands = code_128(Barcode(text), 576)

    assert code_128_values(commands[commands.index(b"\x1dkI") + 4 : -3])[1] == text


@pytest.mark.parametrize("text", ["", "号", "a\x1b", "A" * 40])
def test_what_code_128_cannot_say_is_an_error(text: str) -> None:
    with pytest.raises(DoesNotFitError):
        code_128(Barcode(text), 384)
