"""ESC/POS taken from a buffer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.printer_tokens import PrintBuffer, Token


def tokens(data: bytes, piece: int = 1 << 20) -> list[Token]:
    buffer, found = PrintBuffer(), []
    for at in range(0, len(data), piece):
        buffer.append(data[at : at + piece])
        while (token := buffer.take()) is not None:
            found.append(token)
    assert len(buffer) == 0
    return found


@pytest.mark.parametrize(
    ("data", "token"),
    [
        (b"\x1b@", Token("ESC @")),
        (b"\x1ba\x01", Token("ESC a", b"\x01")),
        (b"\x1dV\x00", Token("GS V", b"\x00")),
        (b"\x1dV\x42\x03", Token("GS V", b"\x42\x03")),
        (b"\x1d(k\x03\x001C\x06", Token("GS ( k", b"1C\x06")),
        (b"\x1dkI\x04{B12", Token("GS k 73", b"{B12")),
        (b"\x1dv0\x00\x01\x00\x02\x00\x1b@", Token("GS v 0", b"\x00\x01\x00\x02\x00\x1b@")),
        (b"\x10\x04\x01", Token("DLE EOT", b"\x01")),
        ("办".encode("gbk"), Token("text", "办".encode("gbk"))),
        (b"\x00", Token("control", b"\x00")),
        (b"\x1b\x7f", Token("unknown", b"\x1b\x7f")),
    ],
)
def test_each_kind_of_token(data: bytes, token: Token) -> None:
    assert tokens(data) == [token]
    assert tokens(data, 1) == [token]


def test_out_of_chinese_mode_a_high_byte_stands_alone() -> None:
    assert len(tokens(b"\x1c.\xb0\xec\x1c&\xb0\xec")) == 5


def test_a_power_cut_empties_the_buffer() -> None:
    buffer = PrintBuffer()
    buffer.append(b"\x1d(k\x03\x00")
    buffer.clear()
    buffer.append(b"A")

    assert buffer.take() == Token("text", b"A")


@given(st.lists(st.sampled_from([b"A", b"\n", b"\x1ba\x01", b"\x1d(H\x06\x000012AB", b"\xb0\xec"])), st.integers(1, 7))
def test_pieces_make_no_difference(parts: list[bytes], piece: int) -> None:
    data = b"".join(parts)

    assert tokens(data, piece) == tokens(data)
    assert len(tokens(data)) == len(parts)
