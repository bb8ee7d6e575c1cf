"""The devices of one window: from settings to drivers, each in a lane of its own, with its health."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from threading import Event
from typing import TypeVar, cast

from drivers import catalogue
from drivers.contracts import (
    Announcement,
    Camera,
    CardReader,
    CardRecord,
    CodeReader,
    Device,
    DeviceConfig,
    DocumentPrinter,
    Frame,
    Line,
    NumberDisplay,
    PrintEnd,
    PrintResult,
    RatingPad,
    ReceiptPrinter,
    ScannedCode,
    ScannedPage,
    Scanner,
    ScanSettings,
    SmartCardReader,
    SmartCardRecord,
    Voice,
)
from drivers.errors import DeviceError, Fault
from window_client.claims import Claims, Lease
from window_client.device_lane import DeviceLane
from window_client.dispatch import Dispatcher
from window_client.reception.state import DeviceView

log = logging.getLogger(__name__)

T = TypeVar("T")
Told = Callable[[DeviceError | None], None]

IN_USE = frozenset({"ready", "busy"})

STAYS = frozenset({"printer", "document_printer"})
"""Kinds whose jobs go to the first device of the settings, or to the one that the clerk chose, and to no other by
itself: paper must come out where people look."""

ALL_AT_ONCE = frozenset({"display"})
"""Kinds of which all devices are in use."""

LOOKS_EVERY = 1.0
"""Seconds between two looks whether a driver hangs."""

ENDS_WITHIN = 1.5
"""Seconds that the end of the program waits for all lanes together."""


class Devices:
    """All devices of a window, each in its lane, by their ids.

    There may be several of a kind. The first one of the settings that is ready is in use and the others stand by;
    a printer's jobs are never moved by themselves; a call is shown on every display. Cameras with ``lens = "portrait"``
    are used only by those who ask for that lens.

    What is asked of a reader or scanner belongs to the visit in which it was asked: when that has ended or was held,
    the device is let go of, and what it still brings is dropped and told in the log. A try (``at`` names the device)
    belongs to no visit and makes room for what a visit asks.
    """

    def __init__(
        self,
        configs: Sequence[DeviceConfig],
        dispatcher: Dispatcher,
        on_change: Callable[[], None],
        *,
        create: Callable[[DeviceConfig], Device] = catalogue.create,
        failed: Callable[[str, str], object] = lambda _device, _code: None,
    ) -> None:
        self.lanes: dict[str, DeviceLane[Device]] = {
            config.id: DeviceLane(config, create, dispatcher, on_change, failed=failed) for config in configs
        }
        self._dispatcher = dispatcher
        self._watch: Event | None = None
        self._spoken: list[Event] = []
        self._on_change = on_change
        self._chosen: dict[tuple[str, str], str] = {}
        self._claims = Claims(self.lanes)
        self._stopped = False

    def start(self) -> None:
        """Open everything, each in its own thread."""
        for lane in self.lanes.values():
            lane.start()
        if self.lanes:
            self._dispatcher.later(LOOKS_EVERY, self._look_at_lanes)

    def _look_at_lanes(self) -> None:
        if self._stopped:
            return
        for lane in self.lanes.values():
            lane.replace_if_hung()
        self._dispatcher.later(LOOKS_EVERY, self._look_at_lanes)

    def stop(self) -> None:
        """Let everything go, within ``ENDS_WITHIN``; a driver that hangs ends with the program."""
        self._stopped = True
        self.stop_watching()
        self.hush()
        for lane in self.lanes.values():
            lane.stop()
        until = time.monotonic() + ENDS_WITHIN
        hang = [id_ for id_, lane in self.lanes.items() if not lane.join(until - time.monotonic())]
        if hang:
            log.warning("still busy at the end: %s", ", ".join(hang))

    def views(self) -> tuple[DeviceView, ...]:
        """Every device as the screens show it, in the settings' order; of several of a kind which one stands by."""
        shown = []
        for lane in self.lanes.values():
            config, role = lane.config, _role(lane.config)
            alike = [other for other in self._of(config.kind) if _role(other.config) == role]
            view = replace(lane.view(), role=role)
            if len(alike) > 1:
                in_use = config.kind in ALL_AT_ONCE or self.lane_of(config.kind, lens=role) is lane
                view = replace(view, place=alike.index(lane) + 1, spare=not in_use)
            shown.append(view)
        return tuple(shown)

    def belong_to(self, visit: Callable[[], str]) -> None:
        """``visit`` tells the id of the visit that is open, empty while there is none: what is asked belongs to it."""
        self._claims.visit = visit

    def prefer(self, device_id: str) -> None:
        """The clerk wants this one of several of a kind, until the program ends."""
        if lane := self.lanes.get(device_id):
            self._chosen[lane.config.kind, _role(lane.config)] = device_id
            log.info("%s is used from now on by the clerk's word", device_id)
            self._on_change()

    def give_back(self) -> None:
        """The visit ends or is held: every device that it has asked for something is free."""
        self._claims.give_back()

    def has(self, kind: str) -> bool:
        """Whether the settings name a device of this kind."""
        return bool(self._of(kind))

    def _of(self, kind: str, lens: str = "") -> "list[DeviceLane[Device]]":
        """The lanes of a kind in the settings' order; of cameras those with this lens (``document`` is usual)."""
        return [
            lane
            for lane in self.lanes.values()
            if lane.config.kind == kind and (not lens or lane.config.options.get("lens", "document") == lens)
        ]

    def lane_of(self, kind: str, *, lens: str = "", at: str = "") -> "DeviceLane[Device] | None":
        """The lane that a job of this kind goes to: ``at`` a device by its id, else the one that is in use."""
        lanes = [lane for lane in self._of(kind, lens) if not at or lane.config.id == at]
        lanes.sort(key=lambda lane: self._chosen.get((kind, _role(lane.config))) != lane.config.id)
        ready = [lane for lane in lanes if lane.view().state in IN_USE]
        return next(iter(lanes if kind in STAYS else ready or lanes), None)

    def state_of(self, kind: str) -> str:
        """The state of the device that is in use, empty where there is none."""
        lane = self.lane_of(kind)
        return lane.view().state if lane else ""

    def lenses(self) -> tuple[str, ...]:
        """The lenses of this window's cameras, in the settings' order."""
        found = (str(lane.config.options.get("lens", "document")) for lane in self._of("camera"))
        return tuple(dict.fromkeys(found))

    def _lane(
        self, kind: str, failed: Callable[[DeviceError], None], *, lens: str = "", at: str = ""
    ) -> "DeviceLane[Device] | None":
        lane = self.lane_of(kind, lens=lens, at=at)
        if lane is None:
            self._dispatcher.post(partial(failed, DeviceError(at or kind, Fault.ABSENT)))
        return lane

    def look(self, device_id: str, done: Callable[[], None]) -> None:
        """Ask a device how it is at once; ``done`` runs on the main thread when its standing is known."""
        if lane := self.lanes.get(device_id):
            lane.look(done)
        else:
            self._dispatcher.post(done)

    def call_off(self, kind: str, cancel: Event) -> None:
        """Cancel a job of a device for good: a driver that does not let go of it in time is replaced."""
        cancel.set()
        for lane in self._of(kind):
            lane.call_off(cancel)

    def read_card(
        self, *, wait: float, done: Callable[[CardRecord], None], failed: Callable[[DeviceError], None], at: str = ""
    ) -> Event:
        """Read the next card that is laid down within ``wait`` seconds."""
        cancel = Event()
        if lane := self._lane("id_card", failed, at=at):
            self._claims.begin(
                lane,
                lambda driver, _: cast("CardReader", driver).read_card(wait=wait, cancel=cancel),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=wait + 15,
                is_try=bool(at),
            )
        return cancel

    def scan(
        self,
        settings: ScanSettings,
        *,
        on_page: Callable[[ScannedPage], None],
        done: Callable[[int], None],
        failed: Callable[[DeviceError], None],
    ) -> Event:
        """Scan; ``on_page`` runs in the scanner's lane, page by page, ``done`` gets the count on the main thread."""
        cancel = Event()

        def work(driver: Device, lease: Lease) -> int:
            count = 0
            scan_for: Callable[[str], None] | None = getattr(driver, "scan_for", None)
            if scan_for is not None:
                scan_for(lease.visit)
            for page in cast("Scanner", driver).scan(settings, cancel=cancel):
                if lease.over:
                    log.info("%s: a page that came after the end of its visit was dropped", lease.device)
                    page.taken(False)
                    break
                on_page(page)
                count += 1
            return count

        if lane := self._lane("scanner", failed):
            self._claims.begin(lane, work, done=done, failed=failed, cancel=cancel, deadline=600)
        return cancel

    def read_code(
        self, *, wait: float, done: Callable[[ScannedCode | None], None], failed: Callable[[DeviceError], None]
    ) -> Event:
        """The next code that is scanned within ``wait`` seconds, or None; it is for the visit then open."""
        cancel = Event()

        def work(driver: Device, lease: Lease) -> ScannedCode | None:
            try:
                code = cast("CodeReader", driver).next_code(wait=wait, cancel=cancel)
                lease.visit = self._claims.visit()  # the one in which the trigger was pulled
                return code
            except DeviceError as error:
                if error.code == "no_code":
                    lease.visit = self._claims.visit()
                    return None
                raise

        def answer(error: DeviceError) -> None:
            if error.fault is Fault.CANCELLED and (not cancel.is_set() or (asked is not None and asked.over)):
                done(None)  # scanned in the visit before, or a try came between: whoever listens goes on
            else:
                failed(error)

        asked: Lease | None = None
        if lane := self._lane("codes", failed):
            asked = self._claims.begin(
                lane, work, done=done, failed=answer, cancel=cancel, deadline=wait + 15, listens=True
            )
        return cancel

    def print_receipt(
        self,
        lines: Sequence[Line],
        *,
        on_block: Callable[[int], None],
        done: Callable[[PrintResult], None],
        failed: Callable[[DeviceError], None],
        at: str = "",
    ) -> Event:
        """Print once; ``failed`` means that nothing went out. ``on_block`` runs in the printer's lane.

        Where a driver was given up while it was at it, or has a bug, nobody knows what went out: ``UNKNOWN``.
        """
        cancel = Event()
        begun, refused = Event(), Event()

        def work(driver: Device) -> PrintResult:
            begun.set()
            try:
                return cast("ReceiptPrinter", driver).print_receipt(lines, cancel=cancel, on_block=on_block)
            except DeviceError:
                refused.set()
                raise

        def ended(error: DeviceError) -> None:
            if begun.is_set() and not refused.is_set():
                done(PrintResult(PrintEnd.UNKNOWN, 0, 0, 0, error.code))
            else:
                failed(error)

        if lane := self._lane("printer", failed, at=at):
            lane.run(work, done=done, failed=ended, cancel=cancel, deadline=90)
        return cancel

    def print_document(
        self,
        make: Callable[[], bytes],
        *,
        job: str,
        done: Callable[[PrintResult], None],
        failed: Callable[[DeviceError, bool], None],
    ) -> Event:
        """Print one document, made in the printer's lane; ``job`` is its durable identity.

        ``failed`` is told whether it is in doubt that nothing was handed over: a lane that got stuck is given up from
        outside, while its driver may have been at it.
        """
        cancel = Event()
        begun, refused = Event(), Event()

        def work(driver: Device) -> PrintResult:
            pdf = make()
            begun.set()
            try:
                return cast("DocumentPrinter", driver).print_document(pdf, job=job, cancel=cancel)
            except DeviceError:
                refused.set()
                raise

        def ended(error: DeviceError) -> None:
            failed(error, begun.is_set() and not refused.is_set())

        if lane := self._lane("document_printer", ended):
            lane.run(work, done=done, failed=ended, cancel=cancel, deadline=150)
        return cancel

    def show_number(self, upper: str, lower: str) -> None:
        """Show a number at the window; a display that is away is no reason to stop anything (its pill says it)."""
        for lane in self._of("display"):
            lane.run(
                lambda driver: cast("NumberDisplay", driver).show(upper, lower),
                done=lambda _: None,
                failed=lambda _: None,
                deadline=10,
            )

    def try_display(
        self,
        upper: str,
        lower: str,
        *,
        done: Callable[[None], None],
        failed: Callable[[DeviceError], None],
        at: str = "",
    ) -> None:
        """Show two lines and tell how it went; ``show_number`` puts the number back."""
        if lane := self._lane("display", failed, at=at):
            lane.run(
                lambda driver: cast("NumberDisplay", driver).show(upper, lower), done=done, failed=failed, deadline=10
            )

    def announce(self, number: str, window: str, *, at: str = "", told: "Told | None" = None) -> Event:
        """Speak a call; calls wait for each other. Without a voice nothing is said: the displays show it all the same.

        Args:
            number: As on the ticket.
            window: The window's number.
            at: The voice of this id, for a try.
            told: What became of it, on the main thread; None once it was heard.
        """
        cancel = Event()
        call = Announcement(number, window)
        say = told or (lambda _error: None)
        lane = self.lane_of("voice", at=at)
        if lane is not None:
            self._spoken = [*self._spoken[-8:], cancel]
            lane.run(
                lambda driver: cast("Voice", driver).say(call, cancel=cancel),
                done=lambda _: say(None),
                failed=say,
                cancel=cancel,
                deadline=60,
            )
        elif told is not None:
            self._dispatcher.post(partial(told, DeviceError(at or "voice", Fault.ABSENT)))
        return cancel

    def hush(self) -> None:
        """The calls that are being spoken, or wait for it, are over."""
        for spoken in self._spoken:
            spoken.set()
        self._spoken = []

    def read_smart_card(
        self,
        *,
        wait: float,
        done: Callable[[SmartCardRecord], None],
        failed: Callable[[DeviceError], None],
        at: str = "",
    ) -> Event:
        """Read the next chip card that is put in within ``wait`` seconds."""
        cancel = Event()
        if lane := self._lane("smart_card", failed, at=at):
            self._claims.begin(
                lane,
                lambda driver, _: cast("SmartCardReader", driver).read_card(wait=wait, cancel=cancel),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=wait + 15,
                is_try=bool(at),
            )
        return cancel

    def ask_rating(
        self, *, wait: float, done: Callable[[int], None], failed: Callable[[DeviceError], None], at: str = ""
    ) -> Event:
        """Ask on the rating pad for ``wait`` seconds; ``done`` gets 5 (very satisfied) to 1."""
        cancel = Event()
        if lane := self._lane("rating", failed, at=at):
            self._claims.begin(
                lane,
                lambda driver, _: cast("RatingPad", driver).ask(wait=wait, cancel=cancel),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=wait + 10,
                is_try=bool(at),
            )
        return cancel

    def use(
        self,
        device_id: str,
        work: Callable[[Device], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[DeviceError], None],
        cancel: Event,
        deadline: float,
    ) -> None:
        """Let one device do something as a try, in its lane."""
        if lane := self.lanes.get(device_id):
            self._claims.begin(
                lane,
                lambda driver, _: work(driver),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=deadline,
                is_try=True,
            )
        else:
            self._dispatcher.post(partial(failed, DeviceError(device_id, Fault.ABSENT)))

    def option(self, kind: str, name: str) -> object:
        """An option of the settings of a device of this kind, None where there is none."""
        lane = self.lane_of(kind)
        return lane.config.options.get(name) if lane else None

    def take_frame(self, *, done: Callable[[Frame], None], failed: Callable[[DeviceError], None], at: str = "") -> None:
        """One frame of a camera that nobody watches."""
        cancel = Event()

        def work(driver: Device) -> Frame:
            return cast("Camera", driver).next_frame(after=-1, wait=3.0, cancel=cancel)

        if lane := self._lane("camera", failed, lens="" if at else "document", at=at):
            lane.run(work, done=done, failed=failed, cancel=cancel, deadline=10)

    def watch_camera(
        self, on_frame: Callable[[Frame], None], failed: Callable[[DeviceError], None], *, lens: str = "document"
    ) -> None:
        """Give every newest camera frame to ``on_frame``, in the camera's lane, until ``stop_watching``."""
        if self._watch is not None:
            return
        stop = self._watch = Event()

        def work(driver: Device) -> None:
            for frame in _frames(cast("Camera", driver), stop):
                on_frame(frame)

        def lost(error: DeviceError) -> None:
            if self._watch is not stop:
                return
            self._watch = None
            failed(error)

        def ended(_: None) -> None:
            if self._watch is stop:
                self._watch = None

        if lane := self._lane("camera", lost, lens=lens):
            lane.run(work, done=ended, failed=lost, cancel=stop, deadline=24 * 3600)

    def stop_watching(self) -> None:
        """Let the camera rest."""
        if self._watch is not None:
            self._watch.set()
            self._watch = None


def _role(config: DeviceConfig) -> str:
    """What tells devices of a kind apart: of cameras the lens."""
    return str(config.options.get("lens", "document")) if config.kind == "camera" else ""


def _frames(camera: Camera, stop: Event) -> Iterator[Frame]:
    after, silent = -1, 0
    while not stop.is_set():
        try:
            frame = camera.next_frame(after=after, wait=1.0, cancel=stop)
        except DeviceError as error:
            if error.fault is Fault.CANCELLED:
                return
            if error.retryable and error.code == "no_frames" and silent < 2:
                silent += 1
                continue
            raise
        silent, after = 0, frame.number
        yield frame
