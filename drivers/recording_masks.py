"""What of a device's traffic may be kept: personal data is replaced by fiction of the same length and form.

One mask a direction. Bytes go in as they come; what comes out has the same number of bytes and parses as before, frames
that were damaged are damaged in the same way. Only what a mask recognises is kept: everything else becomes ``FILLER``.
"""

from functools import reduce
from operator import xor
from typing import Protocol

from drivers.contracts import CardKind
from drivers.id_card import frames, text

FILLER = 0x2A
HOLDS = 64 * 1024
"""Bytes that a mask holds back at most while it waits for the end of a frame."""

_SAID = b"\x2a"
_DATE, _UNTIL, _FIRST = "19900101", "20400101", "20200101"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LONGEST_SMALL = 16  # bytes of data of every answer that is no card's content
_SHORTEST_TEXT = 160  # more data than an appended address can have


class Mask(Protocol):
    """Masks one direction of one device's traffic."""

    def feed(self, data: bytes) -> bytes:
        """Take in some bytes; return what of all bytes so far can be told by now, masked."""

    def flush(self) -> bytes:
        """No more will come for now: return the rest, masked."""


class Plain:
    """Nothing personal can be in it."""

    def feed(self, data: bytes) -> bytes:
        """Return it as it is."""
        return data

    def flush(self) -> bytes:
        """Return nothing: nothing is held."""
        return b""


class Lengths:
    """Nothing is known about it: only its length is kept."""

    def feed(self, data: bytes) -> bytes:
        """Return fillers."""
        return _SAID * len(data)

    def flush(self) -> bytes:
        """Return nothing: nothing is held."""
        return b""


# ---- identity cards


class CardAnswers:
    """What a SAM_V module sends."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Take in some bytes; whole frames come out."""
        self._held += data
        done = b""
        while self._held:
            size = _frame_size(self._held)
            if size is None or (len(self._held) < size and len(self._held) < HOLDS):
                break
            piece, self._held = self._held[:size], self._held[size:]
            done += masked_answer(piece)
        return done

    def flush(self) -> bytes:
        """Return what was cut off."""
        rest, self._held = self._held, b""
        return masked_answer(rest)


class CardCommands:
    """What goes to a SAM_V module: commands of the few known ones, never anything of a person."""

    _KNOWN = frozenset(
        {
            *(frames.RESET, frames.STATUS, frames.SAM_ID, frames.FIND, frames.SELECT, frames.READ),
            *(frames.READ_WITH_FINGERPRINTS, frames.READ_APPENDED_ADDRESS, frames.SET_RF_SIZE),
        }
    )

    def feed(self, data: bytes) -> bytes:
        """Return a known command as it is."""
        known = any(data == frames.encode(command) for command in self._KNOWN)
        return data if known else _SAID * len(data)

    def flush(self) -> bytes:
        """Return nothing: nothing is held."""
        return b""


def _frame_size(data: bytes) -> int | None:
    """Bytes of the frame, or of the noise, that ``data`` begins with; None while that cannot be told."""
    start = data.find(frames.PREAMBLE)
    if start > 0:
        return start
    if start < 0:
        return None if len(data) < len(frames.PREAMBLE) else len(data) - len(frames.PREAMBLE) + 1
    if data.startswith(frames.EARLY_TIMEOUT):
        return len(frames.EARLY_TIMEOUT)
    if frames.EARLY_TIMEOUT.startswith(data) or len(data) < frames.HEAD:
        return None
    length = int.from_bytes(data[len(frames.PREAMBLE) : frames.HEAD], "big")
    return frames.HEAD + length if frames.SHORTEST <= length <= frames.LONGEST else len(frames.PREAMBLE)


def masked_answer(piece: bytes) -> bytes:
    """One frame, the beginning of one, or noise; as many bytes come out."""
    if frames.EARLY_TIMEOUT.startswith(piece):
        return piece
    if not piece.startswith(frames.PREAMBLE) or len(piece) < frames.HEAD:
        return piece if frames.PREAMBLE.startswith(piece) else _SAID * len(piece)
    length = int.from_bytes(piece[len(frames.PREAMBLE) : frames.HEAD], "big")
    if not frames.SHORTEST <= length <= frames.LONGEST:
        return frames.PREAMBLE + _SAID * (len(piece) - len(frames.PREAMBLE))
    whole = len(piece) == frames.HEAD + length
    body = piece[frames.HEAD : frames.HEAD + length - 1]
    status, data = body[:3], body[3:]
    if status[:2] != b"\0\0"[: len(status)]:
        status = _SAID * len(status)  # no status: something else slipped to its place
    announced = length - 4
    masked = piece[: frames.HEAD] + status + _masked_data(data, announced)
    if not whole:
        return masked
    damage = reduce(xor, piece[len(frames.PREAMBLE) :])  # 0 for a sound frame: a wrong checksum stays wrong
    return masked + bytes([reduce(xor, masked[len(frames.PREAMBLE) :]) ^ damage])


def _masked_data(data: bytes, announced: int) -> bytes:
    """The data of an answer, of which ``announced`` bytes should be there."""
    if announced == _LONGEST_SMALL:
        return data[:16] if _is_module_number(data) else bytes(len(data))
    if announced <= _LONGEST_SMALL:
        return bytes(len(data))  # the number of the chip
    if announced <= _SHORTEST_TEXT:
        return _fiction(data, "某")  # the appended address
    for counts in (2, 3):
        sizes = [int.from_bytes(data[2 * n : 2 * n + 2], "big") for n in range(counts)]
        if len(data) >= 2 * counts and 2 * counts + sum(sizes) == announced and sizes[0] == text.SIZE:
            head = data[: 2 * counts]
            content = data[2 * counts :]
            return head + masked_text(content[: sizes[0]]) + bytes(len(content[sizes[0] :]))
    return _SAID * len(data)


def _is_module_number(data: bytes) -> bool:
    """Whether 16 bytes look like the number of a SAM_V module: two small numbers, then a day of this century."""
    return len(data) == 16 and data[1] == data[3] == 0 and 20000000 < int.from_bytes(data[4:8], "little") < 21000000


def masked_text(block: bytes) -> bytes:
    """The text of a card, or its beginning: every column filled as far as before, with fiction."""
    kind = _kind(block)
    masked = bytearray(_blank(block))
    for column, (start, size) in text.COLUMNS[kind].items():
        said = block[start : start + size]
        masked[start : start + len(said)] = _column(column, said)
    letter = block[text.KIND_AT : text.KIND_AT + 2]
    if letter.decode("utf-16-le", "replace") in {"I", "Y", "J", " ", "\0"}:
        masked[text.KIND_AT : text.KIND_AT + len(letter)] = letter
    return bytes(masked)


def _kind(block: bytes) -> CardKind:
    letter = block[text.KIND_AT : text.KIND_AT + 2].decode("utf-16-le", "replace")
    kinds = {"I": CardKind.PERMANENT_2017, "Y": CardKind.PERMANENT_2023, "J": CardKind.HKMT_RESIDENCE}
    return kinds.get(letter, CardKind.RESIDENT)


def _column(name: str, said: bytes) -> bytes:
    characters = len(said.decode("utf-16-le", "replace").rstrip(" \0"))
    words = {
        "sex": "1",
        "nation": "01",
        "birth": _DATE,
        "valid_from": _FIRST,
        "id_no": _number(),
        "permit_no": "H00000000",
        "times_issued": "01",
        "nationality": "XXX",
    }
    if name == "valid_to":
        forever = said.startswith(text.FOREVER.encode("utf-16-le"))
        fiction = text.FOREVER if forever else _UNTIL
    else:
        fiction = words.get(name, "")
    if len(fiction) == characters and len(said) % 2 == 0:
        filled = fiction.encode("utf-16-le")
        return filled + _blank(said[len(filled) :])
    return _fiction(said, "X" if name.startswith("english") else "某" if not fiction else "0")


def _fiction(said: bytes, character: str) -> bytes:
    """``said`` with each of its characters replaced, its padding as it was."""
    filled = character.encode("utf-16-le")
    units = [said[at : at + 2] for at in range(0, len(said), 2)]
    return b"".join(unit if unit in {b" \0", b"\0\0", b" ", b"\0"} else filled[: len(unit)] for unit in units)


def _blank(said: bytes) -> bytes:
    """As many bytes of padding, of the sort that ``said`` is padded with."""
    pad = b"\0\0" if said[-2:] == b"\0\0" else b" \0"
    return (pad * (len(said) // 2 + 1))[: len(said)]


def _number() -> str:
    body = f"510799{_DATE}001"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


# ---- codes, and text of receipts


def masked_characters(data: bytes) -> bytes:
    """Text with every character replaced by one of its class: digits, small and capital letters, the rest.

    Line ends, tabs, spaces and punctuation stay. UTF-8 stays UTF-8 and GB18030 stays GB18030, with the same bytes each.
    """
    for encoding, fiction in (("utf-8", {2: "é", 3: "某", 4: "𠀀"}), ("gb18030", {2: "某", 4: "é"})):
        try:
            said = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        out = bytearray()
        for character in said:
            size = len(character.encode(encoding))
            out += bytes([_class_of(ord(character))]) if size == 1 else _of_size(fiction, size, encoding)
        if len(out) == len(data):
            return bytes(out)
    return bytes(_class_of(byte) if byte < 0x80 else 0xFF for byte in data)


def _of_size(fiction: dict[int, str], size: int, encoding: str) -> bytes:
    said = fiction[size].encode(encoding)
    return said if len(said) == size else b"\x84\x31\xa4\x37"[:size]


def _class_of(byte: int) -> int:
    character = chr(byte)
    if character.isdigit():
        return 0x30
    if character.isalpha():
        return 0x41 if character.isupper() else 0x61
    return byte


class Codes:
    """What a code scanner sends: codes keep their length and their classes of characters."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """Take in some bytes; whole lines come out."""
        self._held += data
        end = max(self._held.rfind(b"\r"), self._held.rfind(b"\n")) + 1
        if not end and len(self._held) > HOLDS:
            end = len(self._held)
        whole, self._held = self._held[:end], self._held[end:]
        return masked_characters(whole)

    def flush(self) -> bytes:
        """Return what had no ending yet."""
        rest, self._held = self._held, b""
        return masked_characters(rest)
