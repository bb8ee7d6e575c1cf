"""The envelope in which HID card readers carry SAM_V frames: reports of 64 bytes. No I/O.

    out   88 | SRN (2) | length (2) | command | payload | sum (2)      length counts command and payload
    in    AA | SRN (2) | length (2) | result  | payload | sum (2)      length counts result and payload

Numbers are little endian; ``sum`` adds the bytes from ``length`` to the end of the payload. A long answer comes in
several reports, each with two bytes of its own before its piece of the frame.

Source: one public implementation of the MIAXIS readers; not verified on hardware.
"""

from dataclasses import dataclass

SIZE = 64
OUT, IN = 0x88, 0xAA
PASS_THROUGH = 0xB1
_HEAD = 6
_MOST = SIZE - _HEAD - 2
SKIPPED = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What came in one report."""

    result: int
    payload: bytes


def _sum(data: bytes) -> bytes:
    return (sum(data) & 0xFFFF).to_bytes(2, "little")


def encode(frame: bytes, *, command: int = PASS_THROUGH) -> bytes:
    """One report to the reader.

    Raises:
        ValueError: The frame is longer than a report holds.
    """
    return _encode(OUT, command, frame)


def encode_answer(payload: bytes, *, result: int = 0) -> bytes:
    """One report from the reader.

    Raises:
        ValueError: The payload is longer than a report holds.
    """
    return _encode(IN, result, payload)


def _encode(start: int, code: int, payload: bytes) -> bytes:
    if len(payload) > _MOST:
        raise ValueError(f"{len(payload)} bytes do not fit into a report")
    body = (len(payload) + 1).to_bytes(2, "little") + bytes([code]) + payload
    return (bytes([start, 0, 0]) + body + _sum(body)).ljust(SIZE, b"\0")


def decode(report: bytes, *, start: int = IN) -> Report:
    """Take a report apart.

    Raises:
        ValueError: It is none, is cut off, or its sum is wrong.
    """
    if len(report) < _HEAD + 2 or report[0] != start:
        raise ValueError("no report of a reader")
    end = 5 + int.from_bytes(report[3:5], "little")
    if end <= 5 or end + 2 > len(report):
        raise ValueError("the length of the report is wrong")
    if report[end : end + 2] != _sum(report[3:end]):
        raise ValueError("the sum of the report is wrong")
    return Report(report[5], bytes(report[_HEAD:end]))


def split(frame: bytes, *, skipped: int = SKIPPED) -> list[bytes]:
    """The reports in which a reader sends an answer."""
    room = _MOST - skipped
    pieces = [frame[at : at + room] for at in range(0, len(frame), room)]
    return [encode_answer(bytes(skipped) + piece) for piece in pieces]
