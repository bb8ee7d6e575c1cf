"""The devices of one window: from settings to drivers, each in a lane of its own, with its health.

A lane is one thread that owns one driver and its port. Between jobs it asks the device how it is, every
``HEALTH_EVERY`` seconds; while the device is away it looks every second whether the port is back, and opens
it again after 0, 1, 2, 5, 10, 30 s. A job that outlives its deadline is not waited for: the lane is replaced
by a new thread with a new driver, and whatever the old one still says is ignored.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar, cast

from drivers import catalogue
from drivers.contracts import (
    Camera,
    CardReader,
    CardRecord,
    Device,
    DeviceConfig,
    Frame,
    Line,
    NumberDisplay,
    PrintResult,
    ReceiptPrinter,
    ScannedPage,
    Scanner,
    ScanSettings,
)
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.transport import is_there
from window_client.dispatch import Dispatcher
from window_client.lane import raise_on_main
from window_client.reception.state import DeviceView

log = logging.getLogger(__name__)

T = TypeVar("T")
D = TypeVar("D", bound=Device)

HEALTH_EVERY = 1.0
"""Seconds between two looks at a device that has nothing to do (a pill must change within three)."""

REOPEN_AFTER = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds to wait before the n-th attempt to open a port that is there but cannot be opened."""

_AWAY = {Fault.ABSENT, Fault.OCCUPIED}


@dataclass(slots=True)
class _Job(Generic[D]):
    work: Callable[[D], object]
    done: Callable[[object], None]
    failed: Callable[[DeviceError], None]
    cancel: Event
    deadline: float
    started_at: float = 0.0


@dataclass(slots=True)
class _Standing:
    """What is known about a device; replaced as a whole, read by the main thread."""

    state: DeviceState
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)


class DeviceLane(Generic[D]):
    """One device in one thread.

    Args:
        config: From the settings.
        create: Makes a closed driver; called again when the lane is replaced.
        dispatcher: Where answers go.
        on_change: Called on the main thread when the device's state changed.
    """

    def __init__(
        self,
        config: DeviceConfig,
        create: Callable[[DeviceConfig], Device],
        dispatcher: Dispatcher,
        on_change: Callable[[], None],
    ) -> None:
        self.config = config
        self._create = create
        self._dispatcher = dispatcher
        self._on_change = on_change
        self._standing = _Standing(DeviceState.CONNECTING)
        self._lock = Lock()
        self._generation = 0
        self._running: _Job[D] | None = None
        self._jobs: SimpleQueue[_Job[D] | None] = SimpleQueue()
        self._looked = Event()

    # ---- main thread

    def start(self) -> None:
        """Begin to work."""
        self._begin()

    def _begin(self) -> None:
        self._generation += 1
        Thread(
            target=self._work, args=(self._generation, self._jobs), name=f"device-{self.config.id}", daemon=True
        ).start()

    def view(self) -> DeviceView:
        """The device as the screens show it."""
        now = self._standing
        return DeviceView(
            self.config.id, self.config.kind, now.state.value, now.code, self.config.emulated, dict(now.facts)
        )

    def run(
        self,
        work: Callable[[D], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[DeviceError], None],
        cancel: Event | None = None,
        deadline: float = 30.0,
    ) -> Event:
        """Do ``work`` with the open driver; ``done`` or ``failed`` runs on the main thread.

        Returns the event that cancels it.
        """
        cancel = cancel or Event()
        job = _Job(work, cast("Callable[[object], None]", done), failed, cancel, deadline)
        self._jobs.put(job)
        self._dispatcher.later(deadline + 5.0, partial(self._replace_if_stuck, job))
        return cancel

    def _replace_if_stuck(self, job: _Job[D]) -> None:
        with self._lock:
            stuck = self._running is job and time.monotonic() - job.started_at > job.deadline
            if stuck:
                self._running = None
                self._jobs, waiting = SimpleQueue(), self._jobs
        if not stuck:
            return
        log.error("%s: a call did not come back, the driver is replaced", self.config.id)
        job.cancel.set()
        waiting.put(None)
        self._standing = _Standing(DeviceState.OFFLINE, "timeout")
        self._begin()
        job.failed(DeviceError(self.config.id, Fault.TIMEOUT, detail="no answer within its deadline"))
        self._on_change()

    def stop(self) -> None:
        """Cancel what runs and let the thread end by itself."""
        with self._lock:
            running = self._running
        if running is not None:
            running.cancel.set()
        self._jobs.put(None)

    # ---- the lane's own thread

    def _work(self, generation: int, jobs: "SimpleQueue[_Job[D] | None]") -> None:
        try:
            self._loop(generation, jobs)
        except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
            self._dispatcher.post(partial(raise_on_main, bug))

    def _loop(self, generation: int, jobs: "SimpleQueue[_Job[D] | None]") -> None:
        try:
            driver = cast("D", self._create(self.config))
        except DeviceError as error:  # an unknown driver or option: only an administrator can mend that
            self._stand(DeviceState.FAULT, error.code)
            self._refuse_all(jobs)
            return
        is_open, tries, next_try = False, 0, 0.0
        while generation == self._generation:
            if not is_open and time.monotonic() >= next_try:
                is_open, tries = self._try_open(driver, tries)
                next_try = time.monotonic() + REOPEN_AFTER[min(tries, len(REOPEN_AFTER) - 1)]
            try:
                job = jobs.get(timeout=HEALTH_EVERY)
            except Empty:
                if is_open:
                    is_open = self._look(driver)
                    tries, next_try = 0, 0.0
                elif tries > 1 and not is_there(self.config.url):
                    tries, next_try = 0, 0.0
                continue
            if job is None:
                break
            if not is_open:
                is_open, tries = self._try_open(driver, 0)
            is_open = self._do(driver, job, generation) if is_open else self._refuse(job)
        driver.close()

    def _try_open(self, driver: D, tries: int) -> tuple[bool, int]:
        if not is_there(self.config.url) and "://" in self.config.url and not self.config.url.startswith("usb"):
            self._stand(DeviceState.OFFLINE, "absent")
            return False, 0
        try:
            driver.open()
        except DeviceError as error:
            driver.close()
            needs_a_person = error.fault in {Fault.OCCUPIED, Fault.ATTENTION, Fault.REFUSED}
            self._stand(DeviceState.FAULT if needs_a_person else DeviceState.OFFLINE, error.code)
            return False, tries + 1
        self._look(driver)
        return True, 0

    def _look(self, driver: D) -> bool:
        """Ask the device how it is; False when it has gone and the port was closed."""
        try:
            health = driver.health()
        except DeviceError as error:
            self._stand(DeviceState.OFFLINE, error.code)
            if error.fault in _AWAY:
                driver.close()
                return False
            return True
        self._stand(health.state, health.code, health.facts)
        if health.state is DeviceState.OFFLINE and health.code == "absent":
            driver.close()
            return False
        return True

    def _do(self, driver: D, job: _Job[D], generation: int) -> bool:
        """Run one job; False when the device went away."""
        job.started_at = time.monotonic()
        with self._lock:
            self._running = job
        before = self._standing
        self._stand(DeviceState.BUSY, before.code, before.facts)
        stays = True
        try:
            result = job.work(driver)
        except DeviceError as error:
            log.info("%s", error)
            if error.retryable:  # silent or garbled: whether it still works only the device knows
                self._answer(generation, job, partial(job.failed, error))
                return self._look(driver)
            stays = error.fault not in _AWAY
            self._after_error(driver, error, before)
            self._answer(generation, job, partial(job.failed, error))
        except BaseException as bug:  # noqa: BLE001 - a bug is raised on the main thread, the lane lives on
            self._stand(before.state, before.code, before.facts)
            self._answer(generation, job, partial(raise_on_main, bug))
        else:
            self._stand(DeviceState.READY, before.code if before.state is DeviceState.READY else "", before.facts)
            self._answer(generation, job, partial(job.done, result))
        return stays

    def _answer(self, generation: int, job: _Job[D], call: Callable[[], None]) -> None:
        with self._lock:
            if generation != self._generation or self._running is not job:
                return  # this lane was replaced meanwhile: its answer was given already
            self._running = None
        self._dispatcher.post(call)

    def _after_error(self, driver: D, error: DeviceError, before: _Standing) -> None:
        if error.fault in _AWAY:
            driver.close()
            self._stand(DeviceState.OFFLINE, error.code)
        elif error.fault is Fault.ATTENTION:
            self._stand(DeviceState.FAULT, error.code, before.facts)
        else:
            self._stand(DeviceState.READY, before.code if before.state is DeviceState.READY else "", before.facts)

    def _refuse_all(self, jobs: "SimpleQueue[_Job[D] | None]") -> None:
        """There is no driver: say so to everyone who asks."""
        while (job := jobs.get()) is not None:
            self._refuse(job)

    def _refuse(self, job: _Job[D]) -> bool:
        error = DeviceError(self.config.id, Fault.ABSENT, self._standing.code or "absent")
        self._dispatcher.post(partial(job.failed, error))
        return False

    def _stand(self, state: DeviceState, code: str = "", facts: dict[str, str] | None = None) -> None:
        new = _Standing(state, code, facts or {})
        old, self._standing = self._standing, new
        self._looked.set()
        if (old.state, old.code) != (new.state, new.code):
            log.info("%s is %s %s", self.config.id, state.value, code)
            self._dispatcher.post(self._on_change)

    def wait_first_look(self, seconds: float) -> bool:
        """Wait until the device was looked at once (for the command line; not for the main thread of a window)."""
        return self._looked.wait(seconds)


class Devices:
    """All devices of a window, by kind. There is at most one of a kind at a window.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` when the settings name a driver that we do not have.
    """

    def __init__(
        self,
        configs: Sequence[DeviceConfig],
        dispatcher: Dispatcher,
        on_change: Callable[[], None],
        *,
        create: Callable[[DeviceConfig], Device] = catalogue.create,
    ) -> None:
        self.lanes: dict[str, DeviceLane[Device]] = {
            config.kind: DeviceLane(config, create, dispatcher, on_change) for config in configs
        }
        self._dispatcher = dispatcher
        self._watch: Event | None = None

    def start(self) -> None:
        """Open everything, each in its own thread."""
        for lane in self.lanes.values():
            lane.start()

    def stop(self) -> None:
        """Let everything go."""
        self.stop_watching()
        for lane in self.lanes.values():
            lane.stop()

    def views(self) -> tuple[DeviceView, ...]:
        """Every device as the screens show it, in the order of the settings."""
        return tuple(lane.view() for lane in self.lanes.values())

    def has(self, kind: str) -> bool:
        """Whether the settings name a device of this kind."""
        return kind in self.lanes

    def _lane(self, kind: str, failed: Callable[[DeviceError], None]) -> DeviceLane[Device] | None:
        lane = self.lanes.get(kind)
        if lane is None:
            self._dispatcher.post(partial(failed, DeviceError(kind, Fault.ABSENT)))
        return lane

    def read_card(
        self, *, wait: float, done: Callable[[CardRecord], None], failed: Callable[[DeviceError], None]
    ) -> Event:
        """Read the next card that is laid down within ``wait`` seconds."""
        cancel = Event()
        if lane := self._lane("id_card", failed):
            lane.run(
                lambda driver: cast("CardReader", driver).read_card(wait=wait, cancel=cancel),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=wait + 15,
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

        def work(driver: Device) -> int:
            count = 0
            for page in cast("Scanner", driver).scan(settings, cancel=cancel):
                on_page(page)
                count += 1
            return count

        if lane := self._lane("scanner", failed):
            lane.run(work, done=done, failed=failed, cancel=cancel, deadline=600)
        return cancel

    def print_receipt(
        self,
        lines: Sequence[Line],
        *,
        on_block: Callable[[int], None],
        done: Callable[[PrintResult], None],
        failed: Callable[[DeviceError], None],
    ) -> Event:
        """Print once; ``failed`` means that nothing went out. ``on_block`` runs in the printer's lane."""
        cancel = Event()
        if lane := self._lane("printer", failed):
            lane.run(
                lambda driver: cast("ReceiptPrinter", driver).print_receipt(lines, cancel=cancel, on_block=on_block),
                done=done,
                failed=failed,
                cancel=cancel,
                deadline=90,
            )
        return cancel

    def show_number(self, upper: str, lower: str) -> None:
        """Show a number at the window; a display that is away is no reason to stop anything (its pill says it)."""
        if lane := self.lanes.get("display"):
            lane.run(
                lambda driver: cast("NumberDisplay", driver).show(upper, lower),
                done=lambda _: None,
                failed=lambda _: None,
                deadline=10,
            )

    def watch_camera(self, on_frame: Callable[[Frame], None], failed: Callable[[DeviceError], None]) -> None:
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

        if lane := self._lane("camera", lost):
            lane.run(work, done=ended, failed=lost, cancel=stop, deadline=24 * 3600)

    def stop_watching(self) -> None:
        """Let the camera rest."""
        if self._watch is not None:
            self._watch.set()
            self._watch = None


def _frames(camera: Camera, stop: Event) -> Iterator[Frame]:
    after, silent = -1, 0
    while not stop.is_set():
        try:
            frame = camera.next_frame(after=after, wait=1.0, cancel=stop)
        except DeviceError as error:
            if error.fault is Fault.CANCELLED:
                return
            if error.code == "no_frames" and silent < 2:
                silent += 1
                continue
            raise
        silent, after = 0, frame.number
        yield frame
