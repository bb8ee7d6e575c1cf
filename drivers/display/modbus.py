"""Modbus RTU frames as LED-485 number displays understand them, and a display that answers them. No I/O.

A frame is unit, function, content, CRC-16/MODBUS low byte first; it ends with silence. Displays take function 06 and
10, read-back (03) is not promised by the maker. Registers: ``SHOW_NUMBER`` a signed number, ``SHOW_TEXT`` ASCII two a
register, ``SHOW_SEGMENTS`` raw segments two digits a register, ``DECIMAL_POINT`` its place.

Sources: the open set-up tool for LED-485 displays; frames recomputed, answers of an independent RTU server.
"""

from collections.abc import Sequence

from drivers.checksums import crc16_modbus

SHOW_NUMBER = 0x0000
UNIT = 0x0002
SHOW_TEXT = 0x0070
SHOW_SEGMENTS = 0x0080
DECIMAL_POINT = 0x0004

READ_REGISTERS = 0x03
WRITE_REGISTER = 0x06
WRITE_REGISTERS = 0x10
EXCEPTION = 0x80

ILLEGAL_FUNCTION = 1
ILLEGAL_ADDRESS = 2
ILLEGAL_VALUE = 3
BUSY = 6

_LONGEST = 256
_LAST_FUNCTION = 0x2B

SEGMENTS = {
    **dict(zip("0123456789", bytes.fromhex("3f065b4f666d7d077f6f"), strict=True)),
    **dict(zip("ABCDEFGHIJKLM", bytes.fromhex("777c395e79713d76301e753837"), strict=True)),
    **dict(zip("NOPQRSTUVWXYZ", bytes.fromhex("543f7367506d783e1c7e766e5b"), strict=True)),
    " ": 0x00,
    "-": 0x40,
    "_": 0x08,
}
"""Characters of seven segments, bit 0 at the top, clockwise, bit 6 in the middle."""

UNLIKE = frozenset("KMVWXZSO")
"""Letters that seven segments draw like another character or like none: a hall should not use them for tickets."""


class Damaged(ValueError):  # noqa: N818 - what was received, not a mistake of ours
    """Bytes that are no answer to what was asked."""


def frame(unit: int, content: bytes) -> bytes:
    """A frame around function and content."""
    body = bytes((unit,)) + content
    return body + crc16_modbus(body).to_bytes(2, "little")


def write_register(unit: int, register: int, value: int) -> bytes:
    """Write one register; ``value`` may be negative down to -32,768."""
    return frame(unit, bytes((WRITE_REGISTER,)) + register.to_bytes(2, "big") + (value & 0xFFFF).to_bytes(2, "big"))


def write_registers(unit: int, register: int, content: bytes) -> bytes:
    """Write registers that follow each other; ``content`` is two bytes each."""
    if len(content) % 2 or not 2 <= len(content) <= 246:
        raise ValueError("1 to 123 whole registers are written at once")
    head = register.to_bytes(2, "big") + (len(content) // 2).to_bytes(2, "big") + bytes((len(content),))
    return frame(unit, bytes((WRITE_REGISTERS,)) + head + content)


def read_registers(unit: int, register: int, count: int) -> bytes:
    """Read registers back."""
    return frame(unit, bytes((READ_REGISTERS,)) + register.to_bytes(2, "big") + count.to_bytes(2, "big"))


def text_registers(text: str, digits: int) -> bytes:
    """Printable ASCII, flush right over ``digits`` places.

    Raises:
        ValueError: It does not fit, or is not printable ASCII.
    """
    if len(text) > digits or not text.isascii() or not text.isprintable():
        raise ValueError(f"at most {digits} printable ASCII characters")
    return text.rjust(digits + digits % 2).encode("ascii")


def segment_registers(text: str, digits: int) -> bytes:
    """Digits, letters, blank, ``-`` and ``_`` as seven segments, flush right over ``digits`` places.

    Raises:
        ValueError: It does not fit, or seven segments cannot draw it.
    """
    text = text.upper()
    if len(text) > digits or not set(text) <= set(SEGMENTS):
        raise ValueError(f"at most {digits} digits or letters")
    return bytes(SEGMENTS[letter] for letter in text.rjust(digits + digits % 2))


def answer_to(question: bytes, received: bytes) -> bytes | None:
    """Function and content of the answer to ``question``; None while more must come.

    Bytes in front that belong to no answer (noise, an echo of half duplex adapters) are passed over.

    Raises:
        Damaged: So many bytes came that the answer cannot be among what follows.
    """
    unit, function = question[0], question[1]
    for start in range(len(received)):
        if received[start] != unit:
            continue
        content = _whole(received[start:], function)
        if content is None or (content[0] == function and not _answers(question, content)):
            continue
        return content
    if len(received) > _LONGEST:
        raise Damaged("no answer among the bytes that came")
    return None


def _whole(data: bytes, function: int) -> bytes | None:
    """Function and content of the frame with which ``data`` begins, or None when it is not whole and sound."""
    if len(data) < 3 or data[1] not in {function, function | EXCEPTION}:
        return None
    if data[1] & EXCEPTION:
        length = 5
    elif function == READ_REGISTERS:
        length = 5 + data[2]
    else:
        length = 8
    whole = data[:length]
    if len(whole) < length or crc16_modbus(whole[:-2]) != int.from_bytes(whole[-2:], "little"):
        return None
    return whole[1:-2]


def _answers(question: bytes, content: bytes) -> bool:
    """Whether the content belongs to this question: an echo of register and value, or as many bytes as asked for."""
    if content[0] == READ_REGISTERS:
        return content[1] == 2 * int.from_bytes(question[4:6], "big")
    return content[1:5] == question[2:6]


class Screen:
    """A display of ``digits`` places at one unit id: feeds on whole questions, gives answers."""

    def __init__(self, unit: int, digits: int) -> None:
        self.unit = unit
        self.digits = digits
        self.registers = [0] * 0x100
        self.segments: tuple[int, ...] = (0,) * digits
        self.text = ""

    def answer(self, question: bytes) -> bytes:
        """The answer to a sound question that is for this unit."""
        function, register = question[1], int.from_bytes(question[2:4], "big")
        count = 1 if function == WRITE_REGISTER else int.from_bytes(question[4:6], "big")
        if function not in {READ_REGISTERS, WRITE_REGISTER, WRITE_REGISTERS}:
            return self._refuse(function, ILLEGAL_FUNCTION)
        if register + count > len(self.registers) or not count:
            return self._refuse(function, ILLEGAL_ADDRESS)
        if function == READ_REGISTERS:
            if count > 125:
                return self._refuse(function, ILLEGAL_VALUE)
            values = b"".join(value.to_bytes(2, "big") for value in self.registers[register : register + count])
            return frame(self.unit, bytes((function, len(values))) + values)
        content = question[4:6] if function == WRITE_REGISTER else question[7:-2]
        if len(content) != 2 * count:
            return self._refuse(function, ILLEGAL_VALUE)
        for at in range(count):
            self.registers[register + at] = int.from_bytes(content[2 * at : 2 * at + 2], "big")
        self._draw(register, content)
        answer = frame(self.unit, question[1:6])
        if register == UNIT and 1 <= content[1] <= 247:
            self.unit = content[1]
        return answer

    def refuse(self, question: bytes, code: int) -> bytes:
        """An exception answer."""
        return self._refuse(question[1], code)

    def _refuse(self, function: int, code: int) -> bytes:
        return frame(self.unit, bytes((function | EXCEPTION, code)))

    def _draw(self, register: int, content: bytes) -> None:
        if register == SHOW_SEGMENTS:
            self.segments = tuple(content[-self.digits :].rjust(self.digits, b"\0"))
            named = {bits: letter for letter, bits in reversed(SEGMENTS.items())}
            self.text = "".join(named.get(bits & 0x7F, "?") for bits in self.segments).strip()
            return
        if register == SHOW_TEXT:
            shown = content.decode("ascii", "replace")
        elif register == SHOW_NUMBER:
            shown = str(int.from_bytes(content[:2], "big", signed=True))
        else:
            return
        self.text = shown.strip()[-self.digits :]
        self.segments = tuple(SEGMENTS.get(letter, 0) for letter in self.text.upper().rjust(self.digits))


class Questions:
    """Cuts what a master sends into frames. Without the silence of a real line a frame is known by its length."""

    def __init__(self) -> None:
        self._pending = b""

    def feed(self, data: bytes) -> Sequence[bytes]:
        """The sound frames that ended with ``data``."""
        pending = self._pending + data
        found: list[bytes] = []
        at = 0
        while len(pending) - at >= 8:
            if not 0 < pending[at + 1] <= _LAST_FUNCTION:
                at += 1
                continue
            length = 9 + pending[at + 6] if pending[at + 1] == WRITE_REGISTERS else 8
            if len(pending) - at < length:
                break
            whole = pending[at : at + length]
            if crc16_modbus(whole[:-2]) == int.from_bytes(whole[-2:], "little"):
                found.append(whole)
                at += length
            else:
                at += 1
        self._pending = pending[at:]
        return found

    def silence(self) -> None:
        """The line was quiet: what is not whole never will be."""
        self._pending = b""
