"""Asking a byte port what it is, in an order that harms nobody.

A port may lead to a receipt printer, which prints what it does not understand. So the printers' own real-time
question (``DLE EOT``) goes first, at every speed; only a port where no printer answers is asked further, no question
holds a byte that makes a printer print or feed (LF, VT, FF, CR), and behind each that stays without an answer goes
``ESC @``, by which a printer throws away the line that it has begun. To all others these are two bytes of noise.

    DLE EOT 1, 4     receipt printer      one byte with the bits 1001xx1x masked to 0x12
    11 FF            SAM_V card reader    a frame AA AA AA 96 69 with a right checksum
    BX ping          Onbon text controller
    FC 03 at 0x70    Modbus LED, unit 1   an answer or an exception with a right CRC

A write-only display, a code scanner and a rating pad cannot answer: the port stays ``silent`` and a person tries it.
Source: DEVICES.md 3.3, 7.2, 8.3, 8.4.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from urllib.parse import parse_qs, urlsplit

from drivers.errors import DeviceError, Fault
from drivers.id_card import frames as sam
from drivers.recognise.choose import driver_of
from drivers.recognise.found import Candidate, Certainty, Found, Why
from drivers.transport import Transport, open_transport

OpenPort = Callable[[str, str, int], Transport]

PRINTER_STATUS, PRINTER_PAPER = b"\x10\x04\x01", b"\x10\x04\x04"
SAM_STATUS, SAM_ID = sam.encode(sam.STATUS), sam.encode(sam.SAM_ID)
ONBON_PING = bytes.fromhex("A5A5A5A5A5A5A5A5 0100 0080 0000000000 00 FE 02 0500 A200010000 68F8 5A")
MODBUS_READ = bytes.fromhex("01 03 00 70 00 03 04 10")
FORGET = b"\x1b@"

WITHIN = 0.35
"""Seconds for an answer: the slowest of them (a Modbus display at 9600 baud) needs 0.2."""

SLICE = 0.05

_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """An open port that is being asked. ``within`` are the seconds that an answer may take."""

    transport: Transport
    cancel: Event
    within: float = WITHIN


def _printer(line: Line) -> dict[str, str] | None:
    """Two answers of the printers' form: one alone may be noise of a wrong speed."""
    for question in (PRINTER_STATUS, PRINTER_PAPER):
        said = exchange(line, question, enough=lambda data: len(data) > 0)
        if not (1 <= len(said) <= 4 and said[-1] & 0x93 == 0x12):
            return None
    paper = {0x60: "out", 0x0C: "near_end"}
    last = said[-1]
    return {"paper": next((word for bits, word in paper.items() if last & bits), "ok")}


def _card_reader(line: Line) -> dict[str, str] | None:
    answer = _sam(line, SAM_STATUS)
    if answer is None:
        return None
    if sam.status_of(answer) != sam.DONE:
        code = {sam.SELF_TEST_FAILED: "sam_self_test", sam.NOT_AUTHORISED: "sam_not_authorised"}
        return {"trouble": code.get(sam.status_of(answer), "refused")}
    named = _sam(line, SAM_ID)
    if named is not None and sam.status_of(named) == sam.DONE and len(named) == 3 + 16:
        return {"model": "SAM_V", "serial": sam.sam_serial(named[3:])}
    return {"model": "SAM_V"}


def _sam(line: Line, question: bytes) -> bytes | None:
    decoder = sam.FrameDecoder()
    answers: list[bytes] = []

    def enough(data: bytes) -> bool:
        answers.extend(decoder.feed(data))
        return bool(answers)

    exchange(line, question, enough=enough, piecewise=True)
    return next((answer for answer in answers if sam.status_of(answer) >= 0), None)


def _onbon(line: Line) -> dict[str, str] | None:
    said = exchange(line, ONBON_PING, enough=lambda data: data.endswith(b"\x5a"))
    framed = said[said.find(b"\xa5") :] if b"\xa5" in said else b""
    if framed.startswith(b"\xa5\xa5") and framed.endswith(b"\x5a") and b"\xa0" in framed:
        return {"model": "Onbon BX"}
    return None


def _modbus(line: Line) -> dict[str, str] | None:
    time.sleep(0.01)  # 3.5 characters of silence before a frame
    said = exchange(line, MODBUS_READ, enough=lambda data: _modbus_answer(data) is not None)
    found = _modbus_answer(said)
    return None if found is None else {"model": "LED-485", "unit": str(found)}


def _modbus_answer(said: bytes) -> int | None:
    """The unit that answers; the question itself, echoed by an RS-485 converter, is skipped."""
    said = said.removeprefix(MODBUS_READ)
    for length in (11, 5):
        frame = said[:length]
        right = (length == 11 and frame[1:3] == b"\x03\x06") or (length == 5 and frame[1:2] == b"\x83")
        if len(frame) == length and right and crc16_modbus(frame[:-2]) == int.from_bytes(frame[-2:], "little"):
            return frame[0]
    return None


def crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS: polynomial A001 reflected, beginning with FFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it recognises, and the speeds at which it is asked, the usual one first."""

    recognises: str
    bauds: tuple[int, ...]
    ask: Callable[[Line], dict[str, str] | None]


PRINTER_FIRST = Question("escpos", (9600, 115200, 19200, 38400, 57600), _printer)
"""Asked at all speeds before anything else is sent."""

AFTERWARDS = (
    Question("sam_serial", (115200, 57600, 38400, 19200, 9600), _card_reader),
    Question("modbus", (9600, 19200), _modbus),
    Question("onbon", (57600, 9600), _onbon),
)

QUESTIONS = (PRINTER_FIRST, *AFTERWARDS)


def exchange(line: Line, question: bytes, *, enough: Callable[[bytes], bool], piecewise: bool = False) -> bytes:
    """Send ``question`` and collect what comes until it is ``enough`` or the time is over.

    ``enough`` sees everything so far, or with ``piecewise`` each piece once.

    Raises:
        DeviceError: The port's; ``CANCELLED``.
    """
    transport = line.transport
    transport.flush_input()
    transport.write(question)
    said, until = bytearray(), time.monotonic() + line.within
    while (left := until - time.monotonic()) > 0 and len(said) < _KEPT:
        if line.cancel.is_set():
            raise DeviceError("search", Fault.CANCELLED)
        piece = transport.read(min(left, SLICE))
        said += piece
        if piece and enough(piece if piecewise else bytes(said)):
            break
    return bytes(said)


def ask(
    candidate: Candidate,
    cancel: Event,
    open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud),
    tell: Callable[[str], None] = lambda _question: None,
    within: float = WITHIN,
) -> Found:
    """Ask a byte port what it is; what cannot be opened or stays silent is told with its reason.

    Args:
        candidate: The port; a ``?baud=`` in its URL is tried first.
        cancel: Ends the asking within ``SLICE`` (``CANCELLED`` is raised).
        open_port: Opens a URL for a device at a speed.
        tell: Told what is being asked, by the names of ``choose.PREFERRED``.
        within: Seconds that each answer may take.

    Raises:
        DeviceError: ``CANCELLED`` only.
    """
    nothing = Found(candidate.url, candidate.place, facts=candidate.facts)
    serial = candidate.url.startswith("serial:")
    spoke = False
    for question in QUESTIONS:
        tell(question.recognises)
        for baud in _bauds(question, candidate.url) if serial else (0,):
            url = with_baud(candidate.url, baud) if serial else candidate.url
            try:
                transport = open_port(candidate.place, url, baud)
            except DeviceError as error:
                return replace(nothing, why=_why(error))
            try:
                facts = question.ask(Line(transport, cancel, within))
                if facts is None and question is not PRINTER_FIRST:
                    transport.write(FORGET)
            except DeviceError as error:
                if error.fault is Fault.CANCELLED:
                    raise
                if not serial:  # a print server that hangs up at what is not its own
                    spoke = True
                    continue
                return replace(nothing, why=_why(error))
            finally:
                transport.close()
            if facts is not None:
                kind, driver = driver_of(question.recognises)
                return Found(
                    url,
                    candidate.place,
                    kind,
                    driver,
                    Certainty.ANSWERED,
                    Why.NONE if driver else Why.NO_DRIVER,
                    {**candidate.facts, **facts},
                )
    return replace(nothing, why=Why.OTHER_ANSWER if spoke else Why.SILENT)


def _bauds(question: Question, url: str) -> tuple[int, ...]:
    told = parse_qs(urlsplit(url).query).get("baud", [""])[0]
    first = (int(told),) if told.isdecimal() else ()
    return tuple(dict.fromkeys((*(baud for baud in first if baud in question.bauds), *question.bauds)))


def with_baud(url: str, baud: int) -> str:
    """The URL of a serial port with a speed."""
    return f"{url.partition('?')[0]}?baud={baud}"


def _why(error: DeviceError) -> Why:
    if error.fault is Fault.OCCUPIED:
        return Why.OCCUPIED
    denied = error.code == "no_access" or "Permission" in error.detail or "Errno 13" in error.detail
    return Why.NO_PERMISSION if denied else Why.NOT_THERE
