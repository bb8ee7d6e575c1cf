"""Commands and answers of ISO 7816-4 chip cards, and simple TLV. Bytes in, bytes out; no I/O.

A command is ``CLA INS P1 P2 [Lc data] [Le]``, an answer is data and two status bytes. TLV is a tag of one or two bytes
(the second when the low five bits of the first are set), a length of one byte, or ``81``/``82`` and one or two bytes,
and the value.

Sources: ISO/IEC 7816-4 (commands, status bytes, BER-TLV); PC/SC part 3 (``FF CA``).
"""

from dataclasses import dataclass

GET_UID = bytes.fromhex("FF CA 00 00 00")
OK = 0x9000
FILE_NOT_FOUND, RECORD_NOT_FOUND, NOT_SUPPORTED = 0x6A82, 0x6A83, 0x6A81
UNKNOWN_INSTRUCTION, UNKNOWN_CLASS = 0x6D00, 0x6E00
_LOCKED = frozenset({0x6982, 0x6983, 0x6984, 0x6985, 0x6300})
"""Security status not satisfied, blocked, data invalidated, conditions of use, no verification."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card said: data and status word."""

    data: bytes
    status: int

    @property
    def is_locked(self) -> bool:
        """Whether the card wants a key or a PIN first."""
        return self.status in _LOCKED or self.status & 0xFFF0 == 0x63C0


def split(raw: bytes) -> Answer:
    """Take an answer apart.

    Raises:
        ValueError: It has not even a status word.
    """
    if len(raw) < 2:
        raise ValueError("an answer without status word")
    return Answer(bytes(raw[:-2]), int.from_bytes(raw[-2:], "big"))


def select_name(name: bytes) -> bytes:
    """Select an application by its name (AID), 1 to 16 bytes."""
    return bytes([0x00, 0xA4, 0x04, 0x00, len(name)]) + name


def select_file(file: int) -> bytes:
    """Select an elementary file of the current application by its id."""
    return bytes([0x00, 0xA4, 0x02, 0x00, 0x02]) + file.to_bytes(2, "big")


def read_record(number: int, *, sfi: int = 0, size: int = 0) -> bytes:
    """Read a record of the current file, or of the one with a short id; ``size`` 0: all of it."""
    return bytes([0x00, 0xB2, number, sfi << 3 | 0x04, size])


def read_binary(offset: int, size: int, *, sfi: int = 0) -> bytes:
    """Read bytes of the current file from an offset below 32768 (below 256 with a short id); ``size`` up to 255."""
    if sfi:
        return bytes([0x00, 0xB0, 0x80 | sfi, offset, size])
    return bytes([0x00, 0xB0, offset >> 8, offset & 0xFF, size])


def get_response(size: int) -> bytes:
    """Fetch what the card has ready (after 61xx)."""
    return bytes([0x00, 0xC0, 0x00, 0x00, size])


def with_size(command: bytes, size: int) -> bytes:
    """The command again with the length that the card wants (after 6Cxx)."""
    return command[:4] + bytes([size]) if len(command) <= 5 else command[: 5 + command[4]] + bytes([size])


def tlv(data: bytes) -> dict[int, bytes]:
    """Values by tag; padding of ``00`` and ``FF`` between and behind them is skipped. The first of a tag stays.

    Raises:
        ValueError: A value is longer than what is there, so that the answer was cut off.
    """
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data):
        if data[at] in {0x00, 0xFF}:
            at += 1
            continue
        tag, at = data[at], at + 1
        if tag & 0x1F == 0x1F:
            tag, at = tag << 8 | _byte(data, at), at + 1
        size, at = _byte(data, at), at + 1
        if size in {0x81, 0x82}:
            count = size & 0x0F
            size = int.from_bytes(data[at : at + count], "big")
            at += count
        elif size > 0x82 or size == 0x80:
            raise ValueError("a length that is none")
        if at + size > len(data):
            raise ValueError("a value that was cut off")
        found.setdefault(tag, bytes(data[at : at + size]))
        at += size
    return found


def make_tlv(values: dict[int, bytes]) -> bytes:
    """Values as TLV."""
    made = bytearray()
    for tag, value in values.items():
        made += tag.to_bytes(2 if tag > 0xFF else 1, "big")
        size = len(value)
        made += (
            bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
        )
        made += value
    return bytes(made)


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise ValueError("cut off within a tag or a length")
    return data[at]
