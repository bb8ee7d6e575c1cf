"""The checks, by kind. Each takes a ``Bench`` and returns when the contract was kept."""

import io
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from drivers.conformance.bench import Bench, Deed, Failed, Skipped, cancelled, refusal, within
from drivers.contracts import (
    Align,
    Announcement,
    Camera,
    CardReader,
    CodeReader,
    DocumentPrinter,
    NumberDisplay,
    PrintEnd,
    RatingPad,
    ReceiptPrinter,
    Rule,
    ScannedPage,
    Scanner,
    ScanSettings,
    ScanSource,
    SmartCardReader,
    Text,
    Voice,
)
from drivers.document_printer.trial import trial_page
from drivers.errors import CODES, DeviceError, DeviceState, Fault

PERSON_WITHIN = 30.0
"""Seconds that a person has."""

SHORT = 1.0
"""Seconds of a wait that is meant to run out."""

HEALTH_WITHIN = 2.0
READY_WITHIN = 15.0
"""Seconds after opening within which a device must be ready (a camera's first frame takes its time)."""

ENDS_WITHIN = 3.0
"""Seconds that threads and files have to go after a close."""

SCAN_ENDS_WITHIN = 8.0
"""Seconds within which a cancelled scan must have let go of the scanner."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise. ``limit`` is the time after which the device counts as hung."""

    title: str
    run: Callable[[Bench], None]
    limit: float = 30.0


# ---- every kind


def opens_and_closes(bench: Bench) -> None:
    """Open, close, close again, three times."""
    device = bench.driver()
    for _ in range(3):
        device.open()
        device.close()
        device.close()


def tells_how_it_is(bench: Bench) -> None:
    """Health of an open device: in time, known code, ready."""
    with bench.opened() as device:
        until = time.monotonic() + READY_WITHIN
        health = within(HEALTH_WITHIN, "health", device.health)
        while health.state is not DeviceState.READY and time.monotonic() < until:
            time.sleep(0.2)
            health = within(HEALTH_WITHIN, "health", device.health)
        if health.code and health.code not in CODES:
            raise Failed(f"health says {health.code!r}, which is no known code")
        if health.state not in {DeviceState.READY, DeviceState.BUSY}:
            raise Failed(f"it is not ready: {health.state} {health.code}")


def is_quiet_when_closed(bench: Bench) -> None:
    """Health of a closed device: in time, and not ready."""
    device = bench.driver()
    try:
        health = within(HEALTH_WITHIN, "health of a closed device", device.health)
    except DeviceError:
        return
    if health.state is DeviceState.READY and bench.config.url.startswith(("serial:", "socket:", "usb:", "hid:")):
        raise Failed("a device that was never opened says that it is ready")


def refuses_a_second_claim(bench: Bench) -> None:
    """Two programs after one port: the second one hears ``occupied``."""
    if not bench.config.url.startswith(("serial:", "usb:", "hid:")):
        raise Skipped("its address can be shared")
    if bench.config.kind in {"display", "rating"}:
        raise Skipped("devices of this kind share a port within one program")
    with bench.opened():
        error = refusal("a second claim", bench.driver().open)
    if error.fault is not Fault.OCCUPIED:
        raise Failed(f"a second claim ended with {error.fault}/{error.code} instead of occupied")


def leaves_nothing_behind(bench: Bench) -> None:
    """No thread and no file stays after a close."""
    device = bench.driver()
    device.open()
    device.close()
    before = _open_things()
    for _ in range(5):
        device.open()
        device.health()
        device.close()
    until = time.monotonic() + ENDS_WITHIN
    threads, files = _open_things()
    while (threads > before[0] or files > before[1]) and time.monotonic() < until:
        time.sleep(0.1)
        threads, files = _open_things()
    if threads > before[0] or files > before[1]:
        raise Failed(f"after five rounds {threads - before[0]} threads and {files - before[1]} files more than before")


def _open_things() -> tuple[int, int]:
    files = len(os.listdir("/proc/self/fd")) if sys.platform == "linux" else 0  # noqa: PTH208 - only counted
    return threading.active_count(), files


def notices_the_cable(bench: Bench) -> None:
    """Unplugged it is absent, plugged in again it opens."""
    with bench.opened() as device:
        bench.person(Deed.UNPLUG)
        state = _state(device.health)
        if state is DeviceState.READY:
            raise Failed("unplugged, it still says that it is ready")
        device.close()
        if not bench.may_ask(Deed.PLUG_IN):
            raise Skipped("it was not plugged in again")
        device.open()


def _state(health: Callable[[], object]) -> DeviceState:
    try:
        return cast("DeviceState", getattr(health(), "state", DeviceState.OFFLINE))
    except DeviceError:
        return DeviceState.OFFLINE


# ---- readers: cards, codes, chips, keys


def _waits(bench: Bench, code: str, ask: Callable[[object, float, threading.Event], object]) -> None:
    with bench.opened() as device:
        error = within(
            SHORT + 3.0,
            f"a wait of {SHORT:g} s",
            lambda: refusal("a wait for nothing", lambda: ask(device, SHORT, threading.Event())),
        )
        if (error.fault, error.code) != (Fault.TIMEOUT, code):
            raise Failed(f"a wait for nothing ended with {error.fault}/{error.code} instead of timeout/{code}")
        cancelled(lambda cancel: ask(device, PERSON_WITHIN, cancel))


def waits_for_a_card(bench: Bench) -> None:
    """Without a card: ends in time as ``no_card``, and when cancelled."""
    if bench.ask is not None:
        bench.ask(Deed.TAKE_CARD)
    _waits(bench, "no_card", lambda d, wait, cancel: cast("CardReader", d).read_card(wait=wait, cancel=cancel))


def reads_a_card(bench: Bench) -> None:
    """A card is read whole: its number fits its check digit and its birth, dates are dates."""
    bench.person(Deed.LAY_CARD)
    with bench.opened() as device:
        record = cast("CardReader", device).read_card(wait=PERSON_WITHIN, cancel=threading.Event())
    if not record.name:
        raise Failed("the card has no name")
    number = record.id_no
    if len(number) == 18:
        total = sum(int(d) * w for d, w in zip(number[:17], (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))  # noqa: B905 - 17 each
        if "10X98765432"[total % 11] != number[17]:
            raise Failed("the number's check digit does not fit")
        if record.birth.replace("-", "") not in number:
            raise Failed("birth and number do not fit")
    elif record.kind.value == "resident":
        raise Failed("the number has not 18 characters")


def waits_for_a_code(bench: Bench) -> None:
    """Without a code: ends in time as ``no_code``, and when cancelled."""
    _waits(bench, "no_code", lambda d, wait, cancel: cast("CodeReader", d).next_code(wait=wait, cancel=cancel))


def reads_a_code(bench: Bench) -> None:
    """A code is read; one that was scanned before somebody asked is not."""
    with bench.opened() as device:
        reader = cast("CodeReader", device)
        bench.person(Deed.SCAN_CODE)
        stale = refusal("a code from before", lambda: reader.next_code(wait=SHORT, cancel=threading.Event()))
        if stale.code != "no_code":
            raise Failed(f"after a code that came too early: {stale.code}")
        timer = threading.Timer(0.5, lambda: bench.may_ask(Deed.SCAN_CODE))
        timer.start()
        try:
            code = reader.next_code(wait=PERSON_WITHIN, cancel=threading.Event())
        finally:
            timer.join()
    if not code.text or not code.raw:
        raise Failed("the code is empty")


def waits_for_a_chip(bench: Bench) -> None:
    """Without a card: ends in time as ``no_card``, and when cancelled."""
    if bench.ask is not None:
        bench.ask(Deed.TAKE_CARD)
    _waits(bench, "no_card", lambda d, wait, cancel: cast("SmartCardReader", d).read_card(wait=wait, cancel=cancel))


def reads_a_chip(bench: Bench) -> None:
    """A chip answers with its ATR."""
    bench.person(Deed.PUT_CHIP)
    with bench.opened() as device:
        record = cast("SmartCardReader", device).read_card(wait=PERSON_WITHIN, cancel=threading.Event())
    if len(record.atr) < 2:
        raise Failed("the chip gave no ATR")


def waits_for_a_key(bench: Bench) -> None:
    """Without a key: ends in time as ``no_rating``, and when cancelled."""
    _waits(bench, "no_rating", lambda d, wait, cancel: cast("RatingPad", d).ask(wait=wait, cancel=cancel))


def takes_a_key(bench: Bench) -> None:
    """A key is a grade of one to five."""
    if bench.ask is None:
        raise Skipped(f"needs a person: {Deed.PRESS_KEY}")
    with bench.opened() as device:
        timer = threading.Timer(0.5, lambda: bench.may_ask(Deed.PRESS_KEY))
        timer.start()
        try:
            grade = cast("RatingPad", device).ask(wait=PERSON_WITHIN, cancel=threading.Event())
        finally:
            timer.join()
    if grade not in {1, 2, 3, 4, 5}:
        raise Failed(f"{grade} is no grade")


# ---- scanners and cameras


def _jpeg(data: bytes) -> tuple[int, int, float]:
    """Width, height and dots an inch of a JPEG picture, decoded whole."""
    from PIL import Image  # noqa: PLC0415 - only where pictures are checked

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            if picture.format != "JPEG":
                raise Failed(f"a page is {picture.format}, not JPEG")
            dpi = picture.info.get("dpi", (0, 0))
            return picture.width, picture.height, float(dpi[0])
    except OSError as error:
        raise Failed("a picture that cannot be decoded") from error


def _scan(device: object, settings: ScanSettings) -> list[ScannedPage]:
    return list(cast("Scanner", device).scan(settings, cancel=threading.Event()))


def scans_pages(bench: Bench) -> None:
    """Pages in order, whole JPEGs; each says the resolution at which it was scanned."""
    bench.may_ask(Deed.LOAD_PAGES)
    settings = ScanSettings(ScanSource.WHERE_IT_LIES, dpi=200)
    with bench.opened() as device:
        pages = _scan(device, settings)
    if not pages:
        raise Failed("no page came, and no error")
    if [page.number for page in pages] != list(range(1, len(pages) + 1)):
        raise Failed(f"pages are numbered {[page.number for page in pages]}")
    for page in pages:
        width, height, _ = _jpeg(page.jpeg)
        if page.dpi <= 0 or not 1.0 < max(width, height) / page.dpi < 40:
            raise Failed(f"{width} x {height} dots at {page.dpi} an inch is no page")


def lets_go_of_a_scan(bench: Bench) -> None:
    """Called off in the middle, the scan ends and the scanner scans again."""
    bench.may_ask(Deed.LOAD_PAGES)
    cancel = threading.Event()
    settings = ScanSettings(ScanSource.WHERE_IT_LIES, dpi=100)
    with bench.opened() as device:
        pages = cast("Scanner", device).scan(settings, cancel=cancel)
        next(pages, None)
        cancel.set()

        def rest() -> None:
            try:
                for _ in pages:
                    continue
            except DeviceError as error:
                if error.fault is not Fault.CANCELLED:
                    raise Failed(f"a cancelled scan ended with {error.fault}/{error.code}") from error

        within(SCAN_ENDS_WITHIN, "the end of a cancelled scan", rest)
        bench.may_ask(Deed.LOAD_PAGES)
        try:
            again = _scan(device, settings)
        except DeviceError as error:
            if error.code == "no_documents" and bench.ask is None:
                raise Skipped("the feeder is empty after the cancelled scan") from error
            raise
        if not again:
            raise Failed("after a cancelled scan no page came")


def gives_frames(bench: Bench) -> None:
    """Frames are whole pictures, newer and newer; a wait for one ends when cancelled."""
    with bench.opened() as device:
        camera = cast("Camera", device)
        number = -1
        for _ in range(5):
            frame = camera.next_frame(after=number, wait=10.0, cancel=threading.Event())
            if frame.number <= number:
                raise Failed(f"frame {frame.number} came after {number}")
            number = frame.number
            _jpeg(frame.jpeg)
        cancelled(lambda cancel: camera.next_frame(after=number + 1_000_000, wait=20.0, cancel=cancel))


# ---- what is shown, printed, said


def shows_a_number(bench: Bench) -> None:
    """Shows, clears, and refuses what no display has."""
    with bench.opened() as device:
        display = cast("NumberDisplay", device)
        display.show("A017", "WINDOW 03")
        if bench.ask is not None:
            bench.person(Deed.SEE_NUMBER)
        display.clear()
        try:
            display.show("9" * 500, "")
        except (ValueError, DeviceError):
            return
        raise Failed("a number of 500 digits was taken without a word")


def prints_a_strip(bench: Bench) -> None:
    """Asked for its state, prints, and says how far it got."""
    lines = (Text("TEST", align=Align.CENTRE, bold=True), Rule(), Text("left", "right"))
    sent: list[int] = []
    with bench.opened() as device:
        printer = cast("ReceiptPrinter", device)
        status = within(HEALTH_WITHIN, "the printer's status", printer.status)
        if status.paper not in {"ok", "near_end", "out", "unknown"}:
            raise Failed(f"{status.paper!r} is no state of paper")
        result = printer.print_receipt(lines, cancel=threading.Event(), on_block=sent.append)
        if result.end is PrintEnd.UNKNOWN:
            raise Failed(f"the end of the print is not known: {result.code}")
        if result.sent != result.blocks or not sent:
            raise Failed(f"{result.sent} of {result.blocks} blocks were sent, {len(sent)} were told")
        if result.end is PrintEnd.CONFIRMED and result.confirmed != result.blocks:
            raise Failed("it says confirmed, and not all blocks were")
    if bench.ask is not None:
        bench.person(Deed.HOLD_PAPER)


def prints_a_document_once(bench: Bench) -> None:
    """The same job twice is one print."""
    job = f"conformance-{time.time_ns():x}"
    with bench.opened() as device:
        printer = cast("DocumentPrinter", device)
        page = trial_page()
        first = printer.print_document(page, job=job, cancel=threading.Event())
        second = printer.print_document(page, job=job, cancel=threading.Event())
    if PrintEnd.UNKNOWN in {first.end, second.end}:
        raise Failed(f"the end of the print is not known: {first.code or second.code}")
    if bench.ask is not None:
        bench.person(Deed.HOLD_PAPER)


def says_a_call(bench: Bench) -> None:
    """A call is spoken in every language, and falls silent when taken back."""
    with bench.opened() as device:
        voice = cast("Voice", device)
        voice.say(Announcement("A017", "3"), cancel=threading.Event())
        if bench.ask is not None:
            bench.person(Deed.HEAR_CALL)
        cancelled(lambda cancel: voice.say(Announcement("A0123456789012345678901234567890", "3"), cancel=cancel))


_ALL = (
    Check("opens, closes, closes again", opens_and_closes),
    Check("says how it is within 2 s", tells_how_it_is),
    Check("closed, it is not ready", is_quiet_when_closed),
    Check("a second claim is refused as occupied", refuses_a_second_claim),
    Check("leaves no thread and no file behind", leaves_nothing_behind, 60),
)
_LAST = (Check("unplugged it is absent, and comes back", notices_the_cable, 120),)

CHECKS: dict[str, tuple[Check, ...]] = {
    kind: (*_ALL, *own, *_LAST)
    for kind, own in {
        "id_card": (
            Check("ends without a card in time, and when cancelled", waits_for_a_card),
            Check("reads a card whole", reads_a_card, 60),
        ),
        "codes": (
            Check("ends without a code in time, and when cancelled", waits_for_a_code),
            Check("reads a code, and none from before", reads_a_code, 90),
        ),
        "smart_card": (
            Check("ends without a card in time, and when cancelled", waits_for_a_chip),
            Check("reads a chip", reads_a_chip, 60),
        ),
        "rating": (
            Check("ends without a key in time, and when cancelled", waits_for_a_key),
            Check("takes a key as a grade", takes_a_key, 60),
        ),
        "scanner": (
            Check("scans whole pages in order", scans_pages, 180),
            Check("lets go of a scan, and scans again", lets_go_of_a_scan, 240),
        ),
        "camera": (Check("gives whole pictures, newer and newer", gives_frames, 60),),
        "display": (Check("shows and clears a number", shows_a_number),),
        "printer": (Check("prints a strip and says how far it got", prints_a_strip, 90),),
        "document_printer": (Check("prints a document once, asked twice", prints_a_document_once, 120),),
        "voice": (Check("speaks a call, and falls silent", says_a_call, 90),),
    }.items()
}
"""What each kind is held to, in order."""
