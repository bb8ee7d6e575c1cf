import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.checksums import crc16_arc, crc16_modbus, sum8, xor8

CHECK = b"123456789"


def test_the_check_values_of_the_catalogue_come_out() -> None:
    assert (crc16_modbus(CHECK), crc16_arc(CHECK)) == (0x4B37, 0xBB3D)


def test_nothing_has_the_value_that_each_begins_with() -> None:
    assert (crc16_modbus(b""), crc16_arc(b""), xor8(b""), sum8(b"")) == (0xFFFF, 0, 0, 0)


@pytest.mark.parametrize(("data", "xor", "total"), [(b"\x01\x02\x04", 7, 7), (b"\xff\xff\x02", 2, 0), (b"AA", 0, 0x82)])
def test_exclusive_or_and_sum_stay_within_a_byte(data: bytes, xor: int, total: int) -> None:
    assert (xor8(data), sum8(data)) == (xor, total)


@given(st.binary(min_size=1, max_size=64), st.integers(0, 511))
def test_a_flipped_bit_makes_another_crc(data: bytes, at: int) -> None:
    bit = at % (8 * len(data))
    flipped = bytearray(data)
    flipped[bit // 8] ^= 1 << bit % 8

    assert crc16_modbus(bytes(flipped)) != crc16_modbus(data)
    assert crc16_arc(bytes(flipped)) != crc16_arc(data)
