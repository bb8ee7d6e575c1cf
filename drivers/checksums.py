"""Checksums of device protocols. Bytes in, a number out.

Sources of the check values in the tests: the catalogue of parametrised CRC algorithms ("123456789" gives 4B37 for
MODBUS and BB3D for ARC).
"""

from collections.abc import Iterable


def crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial 8005 reflected, begins with FFFF. Goes out low byte first."""
    return _crc16(data, 0xFFFF)


def crc16_arc(data: bytes) -> int:
    """CRC-16/ARC: polynomial 8005 reflected, begins with 0000. Goes out low byte first."""
    return _crc16(data, 0)


def xor8(data: Iterable[int]) -> int:
    """All bytes by exclusive or."""
    value = 0
    for byte in data:
        value ^= byte
    return value


def sum8(data: Iterable[int]) -> int:
    """The lowest eight bits of the sum."""
    return sum(data) & 0xFF


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_TABLE = tuple(_entry(byte) for byte in range(256))


def _crc16(data: bytes, crc: int) -> int:
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc
