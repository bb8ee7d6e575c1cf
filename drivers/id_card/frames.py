"""Frames of the SAM_V module in identity card readers. Bytes in, payloads out; no I/O.

    AA AA AA 96 69 | length (2, big endian) | payload | checksum (1)

``length`` counts payload and checksum; ``checksum`` is the XOR of length and payload. A request's payload
is a command of two bytes and its data; an answer's is three status bytes, of which the third says it
all, and data. One maker's module ends a fruitless search early with a frame whose length lies
(``00 05 05 05 05``, ten bytes in all); it comes out as the ordinary answer ``NO_CARD``.

Source: the SAM_V command set of GA 450 and GA 467, as public implementations agree on it.
"""

from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AA AA AA 96 69")
HEAD = len(PREAMBLE) + 2
SHORTEST, LONGEST = (
    3,
    0x0A00,
)  # a command with its checksum; the longest known answer is 090A: text, photo, fingerprints
EARLY_TIMEOUT = PREAMBLE + bytes.fromhex("00 05 05 05 05")

RESET = b"\x10\xff"
STATUS = b"\x11\xff"
SAM_ID = b"\x12\xff"
FIND = b"\x20\x01"
SELECT = b"\x20\x02"
READ = b"\x30\x01"
READ_WITH_FINGERPRINTS = b"\x30\x10"
READ_APPENDED_ADDRESS = b"\x30\x03"
SET_BAUD = b"\x60"
SET_RF_SIZE = b"\x61\xff"

DONE, FOUND, NO_CONTENT = 0x90, 0x9F, 0x91
NOT_FOUND, NOT_SELECTED = 0x80, 0x81
BAD_CHECKSUM, BAD_LENGTH, BAD_COMMAND = 0x10, 0x11, 0x21
NOT_PERMITTED, UNRECOGNISED = 0x23, 0x24
SAM_REFUSED_BY_CARD, CARD_REFUSED_BY_SAM, NOT_VERIFIED = 0x31, 0x32, 0x33
UNKNOWN_CARD, READ_FAILED, RANDOM_FAILED = 0x40, 0x41, 0x47
SELF_TEST_FAILED, NOT_AUTHORISED = 0x60, 0x66

SPEEDS = (115200, 57600, 38400, 19200, 9600)  # in the order of the parameter of SET_BAUD, and of trying


def status_of(payload: bytes) -> int:
    """The status word of an answer's payload; -1 when it is too short to have one."""
    return payload[2] if len(payload) >= 3 else -1


def answer(status: int, data: bytes = b"") -> bytes:
    """The payload of an answer."""
    return bytes([0, 0, status]) + data


NO_CARD = answer(NOT_FOUND)


def encode(payload: bytes) -> bytes:
    """Put a payload of at least two bytes into a frame."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes([reduce(xor, body)])


class FrameDecoder:
    """Collects bytes as they arrive and gives out whole payloads, skipping line noise.

    ``damaged`` counts the frames whose checksum was wrong, or that stayed incomplete.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.damaged = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Take in some bytes; return the payloads that they complete."""
        self._buffer += data
        payloads: list[bytes] = []
        while (start := self._buffer.find(PREAMBLE)) >= 0:
            del self._buffer[:start]
            if self._buffer.startswith(EARLY_TIMEOUT):
                del self._buffer[: len(EARLY_TIMEOUT)]
                payloads.append(NO_CARD)
                continue
            if EARLY_TIMEOUT.startswith(self._buffer):
                return payloads
            if len(self._buffer) < HEAD:
                return payloads
            length = int.from_bytes(self._buffer[len(PREAMBLE) : HEAD], "big")
            if not SHORTEST <= length <= LONGEST:
                del self._buffer[0]  # noise that looks like a start
                continue
            if len(self._buffer) < HEAD + length:
                return payloads
            body = self._buffer[len(PREAMBLE) : HEAD + length]
            if reduce(xor, body):  # the body ends with its own checksum, so a sound one gives 0
                self._skip()
                continue
            del self._buffer[: HEAD + length]
            payloads.append(bytes(body[2:-1]))
        # nothing but the start of a preamble can still matter
        del self._buffer[: max(0, len(self._buffer) - len(PREAMBLE) + 1)]
        return payloads

    def give_up(self) -> list[bytes]:
        """No more bytes will come: look for whole frames behind a start that was none, and forget the rest.

        Noise may look like a preamble and announce more bytes than ever come.
        """
        payloads: list[bytes] = []
        while self._buffer.startswith(PREAMBLE) and len(self._buffer) >= HEAD:
            self._skip()
            payloads += self.feed(b"")
        self._buffer.clear()
        return payloads

    def _skip(self) -> None:
        del self._buffer[0]
        self.damaged += 1


def read_data(text: bytes, photo: bytes, fingerprints: bytes | None = None) -> bytes:
    """The data of a read: lengths, text, photo; with ``fingerprints`` (may be empty) as ``30 10`` answers."""
    parts = (text, photo) if fingerprints is None else (text, photo, fingerprints)
    return b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)


def split_read_data(data: bytes, *, fingerprints: bool) -> tuple[bytes, bytes]:
    """Text and photo from the data of ``30 01``, or of ``30 10`` with ``fingerprints`` (which are dropped).

    Raises:
        ValueError: The lengths do not add up.
    """
    counts = 3 if fingerprints else 2
    lengths = [int.from_bytes(data[2 * n : 2 * n + 2], "big") for n in range(counts)]
    if len(data) != 2 * counts + sum(lengths):
        raise ValueError(f"{len(data)} bytes of data announce {lengths}")
    text_at = 2 * counts
    photo_at = text_at + lengths[0]
    return data[text_at:photo_at], data[photo_at : photo_at + lengths[1]]


def sam_serial(data: bytes) -> str:
    """The module's number as makers print it, for example ``05.01-20110916-0000012345-1234567890``; 16 bytes in.

    Raises:
        ValueError: There are not 16 bytes.
    """
    if len(data) != 16:
        raise ValueError(f"{len(data)} bytes of SAM id")
    first, second = (int.from_bytes(data[at : at + 2], "little") for at in (0, 2))
    day, third, fourth = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    return f"{first:02d}.{second:02d}-{day:08d}-{third:010d}-{fourth:010d}"
