"""Trying a device by acting: each kind does what it is there for, so that a person sees, hears or holds the result.

Nothing of a try is kept: of a card only its kind is told, of a code only its beginning and length; a page stays in
memory for as long as it is shown.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import cast

from drivers.contracts import (
    Align,
    Announcement,
    Camera,
    CardReader,
    CodeReader,
    Device,
    DocumentPrinter,
    Feed,
    Line,
    NumberDisplay,
    PrintEnd,
    RatingPad,
    ReceiptPrinter,
    Rule,
    Scanner,
    ScanSettings,
    ScanSource,
    SmartCardReader,
    Text,
    Voice,
)
from drivers.document_printer.trial import trial_page
from drivers.errors import DeviceError, Fault
from drivers.recognise.deeds import Heard, hear

WAIT = 20.0
"""Seconds that a person has to lay a card down, scan a code or press a key."""

LISTENS = 40.0
"""Seconds for the same at a port whose speed is not known: each speed takes a key."""

LONGEST = 90.0
"""Seconds after which a try counts as hung."""

NUMBER = "88888"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try. ``asks`` names what only a person knows (``came_out``, ``seen``, ``heard``), or is empty.

    ``heard`` is what a silent port turned out to be.
    """

    said: dict[str, str] = field(default_factory=dict)
    picture: bytes = b""
    asks: str = ""
    heard: Heard | None = None


def _read_card(device: Device, cancel: Event) -> Outcome:
    record = cast("CardReader", device).read_card(wait=WAIT, cancel=cancel)
    return Outcome({"card": record.kind.value})


def _scan_page(device: Device, cancel: Event) -> Outcome:
    """The first page; what else lies in the feeder is called off."""
    stop = Event()
    pages = cast("Scanner", device).scan(ScanSettings(ScanSource.WHERE_IT_LIES, dpi=150), cancel=stop)
    for page in pages:
        if cancel.is_set():
            break
        stop.set()
        _let_end(pages)
        return Outcome({"bytes": str(len(page.jpeg))}, page.jpeg)
    raise DeviceError(device.name, Fault.ATTENTION, "no_documents")


def _let_end(pages: object) -> None:
    close = getattr(pages, "close", None)
    if close is not None:
        close()


def _take_frame(device: Device, cancel: Event) -> Outcome:
    frame = cast("Camera", device).next_frame(after=0, wait=10.0, cancel=cancel)
    return Outcome({"bytes": str(len(frame.jpeg))}, frame.jpeg)


def strip() -> tuple[Line, ...]:
    """The test strip: it says in both languages that it is no receipt."""
    return (
        Text("测试条", align=Align.CENTRE, bold=True, big=True),
        Text("TEST", align=Align.CENTRE, bold=True),
        Rule(),
        Text("这不是回执，可以丢弃", align=Align.CENTRE),
        Text("汉字 ABC 0123456789", right="￥ 1.00"),
        Feed(1),
    )


def _print_strip(device: Device, cancel: Event) -> Outcome:
    result = cast("ReceiptPrinter", device).print_receipt(strip(), cancel=cancel)
    if result.end is PrintEnd.UNKNOWN:
        raise DeviceError(device.name, Fault.REFUSED, result.code or "printer_error")
    return Outcome({"end": result.end.value}, asks="came_out")


def _show_number(device: Device, _cancel: Event) -> Outcome:
    cast("NumberDisplay", device).show(NUMBER, "TEST")
    return Outcome({"number": NUMBER}, asks="seen")


def _speak(device: Device, cancel: Event) -> Outcome:
    cast("Voice", device).say(Announcement("A017", "3"), cancel=cancel)
    return Outcome({}, asks="heard")


def _scan_code(device: Device, cancel: Event) -> Outcome:
    code = cast("CodeReader", device).next_code(wait=WAIT, cancel=cancel)
    return Outcome({"code": code.text[:4], "letters": str(len(code.text))})


def _read_chip(device: Device, cancel: Event) -> Outcome:
    record = cast("SmartCardReader", device).read_card(wait=WAIT, cancel=cancel)
    return Outcome({"atr": record.atr.hex(" ").upper()[:23], "fields": str(len(record.fields))})


def _ask_rating(device: Device, cancel: Event) -> Outcome:
    return Outcome({"grade": str(cast("RatingPad", device).ask(wait=WAIT, cancel=cancel))})


def _print_page(device: Device, cancel: Event) -> Outcome:
    job = f"test-{time.time_ns():x}"  # no document's, and none that the printer has seen: it would not print it again
    result = cast("DocumentPrinter", device).print_document(trial_page(), job=job, cancel=cancel)
    if result.end is PrintEnd.UNKNOWN:
        raise DeviceError(device.name, Fault.REFUSED, result.code or "printer_error")
    return Outcome({"end": result.end.value}, asks="came_out")


TRIES: dict[str, Callable[[Device, Event], Outcome]] = {
    "id_card": _read_card,
    "scanner": _scan_page,
    "camera": _take_frame,
    "printer": _print_strip,
    "display": _show_number,
    "voice": _speak,
    "codes": _scan_code,
    "smart_card": _read_chip,
    "rating": _ask_rating,
    "document_printer": _print_page,
}
"""What each kind does to be tried."""


def act(device: Device, kind: str, cancel: Event) -> Outcome:
    """Open a device, let it do what it is there for, and close it.

    Raises:
        DeviceError: Why it did not work.
    """
    try:
        device.open()
        return TRIES[kind](device, cancel)
    finally:
        device.close()


def listen(url: str, kind: str, cancel: Event) -> Outcome:
    """Find out what a silent port is by what comes when a person presses a key or scans a code.

    Raises:
        DeviceError: As ``hear``.
    """
    heard = hear(url, kind, wait=LISTENS, cancel=cancel)
    return Outcome(heard.said, heard=heard)
