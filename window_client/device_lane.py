"""One device of a window in a thread of its own: its port, its jobs, its health.

A lane owns one driver and its port. Between jobs it asks the device how it is, every ``HEALTH_EVERY`` seconds; while
the device is away it looks every second whether the port is back, and opens it again after 0, 1, 2, 5, 10, 30 s, or at
once when the clerk asks. A job that outlives its deadline, and one that was called off and does not end, is not waited
for: the lane is replaced by a new thread with a new driver, whatever the old one still says is ignored, and what waited
behind the job is done by the new one.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, current_thread
from typing import Generic, TypeVar, cast

from drivers.contracts import (
    Device,
    DeviceConfig,
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

STOPS_WITHIN = 8.0
"""Seconds within which a job that was called off must end; a driver that takes longer is replaced."""

_GRACE = 5.0
"""Seconds after a job's deadline before its driver counts as stuck."""

_AWAY = {Fault.ABSENT, Fault.OCCUPIED}


@dataclass(slots=True)
class _Job(Generic[D]):
    work: Callable[[D], object]
    done: Callable[[object], None]
    failed: Callable[[DeviceError], None]
    cancel: Event
    deadline: float
    asked_at: float = field(default_factory=time.monotonic)
    started_at: float = 0.0
    over: bool = False


@dataclass(slots=True)
class _Look:
    """The clerk wants to know now."""

    done: Callable[[], None]


@dataclass(slots=True)
class _Standing:
    """What is known about a device; replaced as a whole, read by the main thread."""

    state: DeviceState
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Port:
    """Whether the port is open, and when it is tried next while it is not."""

    is_open: bool = False
    tries: int = 0
    next_try: float = 0.0

    def opened(self, is_open: bool) -> None:
        """The device was looked at."""
        self.is_open, self.tries, self.next_try = is_open, 0, 0.0

    def failed(self, tries: int) -> None:
        """It could not be opened, ``tries`` times in a row."""
        self.is_open, self.tries = False, tries
        self.next_try = time.monotonic() + REOPEN_AFTER[min(tries, len(REOPEN_AFTER) - 1)]


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
        self._thread: Thread | None = None
        self._stopped = False
        self._running: _Job[D] | None = None
        self._jobs: SimpleQueue[_Job[D] | _Look | None] = SimpleQueue()
        self._looked = Event()

    # ---- main thread

    def start(self) -> None:
        """Begin to work."""
        self._begin()

    def _begin(self) -> None:
        with self._lock:
            self._generation += 1
            thread = self._thread = Thread(
                target=self._work, args=(self._generation, self._jobs), name=f"device-{self.config.id}", daemon=True
            )
        thread.start()

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
        self._dispatcher.later(deadline + _GRACE, partial(self._replace_if_stuck, job))
        return cancel

    def look(self, done: Callable[[], None] = lambda: None) -> None:
        """Ask the device how it is at once, whatever the back-off says; ``done`` runs on the main thread after it."""
        self._jobs.put(_Look(done))

    def call_off(self, cancel: Event, *, within: float = STOPS_WITHIN) -> None:
        """Cancel a job; a driver that has not let go of it ``within`` seconds is replaced."""
        cancel.set()
        with self._lock:
            running = self._running
        if running is not None and running.cancel is cancel:
            self._dispatcher.later(within, partial(self._replace_if_stuck, running, called_off=True))

    def _replace_if_stuck(self, job: _Job[D], *, called_off: bool = False) -> None:
        with self._lock:
            if job.over or self._stopped:
                return
            running = self._running
            now = time.monotonic()
            since = now - job.started_at if job.started_at else 0.0
            stuck = running is job and (called_off or since > job.deadline)
            if not job.started_at and running is None and now - job.asked_at > job.deadline + _GRACE / 2:
                stuck = True  # it has waited all its time for a look at the device that does not come back
            if not stuck and called_off:
                return
            if stuck:
                self._running, job.over = None, True
        if stuck:
            self._replace(job, DeviceError(self.config.id, Fault.CANCELLED if called_off else Fault.TIMEOUT))
        else:  # it began late, or another one is at work: it has its whole time from then on
            self._dispatcher.later(max(1.0, job.deadline - since + _GRACE), partial(self._replace_if_stuck, job))

    def _replace(self, job: _Job[D], error: DeviceError) -> None:
        log.error("%s: a call did not come back, the driver is replaced", self.config.id)
        job.cancel.set()
        self._jobs, waiting = SimpleQueue(), self._jobs
        self._standing = _Standing(DeviceState.OFFLINE, "timeout")
        self._begin()
        while True:
            try:
                other = waiting.get_nowait()
            except Empty:
                break
            if other is not job:
                self._jobs.put(other)
        waiting.put(None)
        job.failed(error)
        self._on_change()

    def stop(self) -> None:
        """Cancel what runs and let the thread end by itself."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is not None:
            running.cancel.set()
        self._jobs.put(None)

    # ---- the lane's own thread

    def _work(self, generation: int, jobs: "SimpleQueue[_Job[D] | _Look | None]") -> None:
        try:
            self._loop(generation, jobs)
        except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
            self._dispatcher.post(partial(raise_on_main, bug))

    def _loop(self, generation: int, jobs: "SimpleQueue[_Job[D] | _Look | None]") -> None:
        try:
            driver = cast("D", self._create(self.config))
        except DeviceError as error:  # an unknown driver or option: only an administrator can mend that
            self._stand(DeviceState.FAULT, error.code)
            self._refuse_all(jobs)
            return
        port = _Port()
        while generation == self._generation:
            if not port.is_open and time.monotonic() >= port.next_try:
                self._try_open(driver, port)
            try:
                job = jobs.get(timeout=HEALTH_EVERY)
            except Empty:
                self._idle(driver, port)
                continue
            if job is None:
                break
            if isinstance(job, _Look):
                self._look_now(driver, port, job)
            else:
                self._do_or_refuse(driver, port, job, generation)
        driver.close()

    def _idle(self, driver: D, port: _Port) -> None:
        """Nothing to do: look how the device is, or whether its port is back."""
        if port.is_open:
            port.opened(self._look(driver))
        elif port.tries > 1 and not is_there(self.config.url):
            port.opened(False)  # it went for good: when it is back it is opened at once

    def _look_now(self, driver: D, port: _Port, asked: _Look) -> None:
        port.is_open = port.is_open and self._look(driver)
        if not port.is_open:
            port.tries = 0
            self._try_open(driver, port)
        self._dispatcher.post(asked.done)

    def _do_or_refuse(self, driver: D, port: _Port, job: _Job[D], generation: int) -> None:
        if not port.is_open:
            port.tries = 0
            self._try_open(driver, port)
        port.is_open = self._do(driver, job, generation) if port.is_open else self._refuse(job)

    def _try_open(self, driver: D, port: _Port) -> None:
        if not is_there(self.config.url) and "://" in self.config.url and not self.config.url.startswith("usb"):
            self._stand(DeviceState.OFFLINE, "absent")
            port.failed(0)
            return
        try:
            driver.open()
        except DeviceError as error:
            driver.close()
            needs_a_person = error.fault in {Fault.OCCUPIED, Fault.ATTENTION, Fault.REFUSED}
            self._stand(DeviceState.FAULT if needs_a_person else DeviceState.OFFLINE, error.code)
            port.failed(port.tries + 1)
            return
        port.opened(self._look(driver))

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
        with self._lock:
            if generation != self._generation:  # replaced while this one took its next job: the other one does it
                self._jobs.put(job)
                return False
            job.started_at = time.monotonic()
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
            known = {**before.facts, "feeder": ""} if "feeder" in before.facts else before.facts  # it may be empty now
            self._stand(DeviceState.READY, before.code if before.state is DeviceState.READY else "", known)
            self._answer(generation, job, partial(job.done, result))
        return stays

    def _answer(self, generation: int, job: _Job[D], call: Callable[[], None]) -> None:
        with self._lock:
            if generation != self._generation or self._running is not job:
                return  # this lane was replaced meanwhile: its answer was given already
            self._running, job.over = None, True
        self._dispatcher.post(call)

    def _after_error(self, driver: D, error: DeviceError, before: _Standing) -> None:
        if error.fault in _AWAY:
            driver.close()
            self._stand(DeviceState.OFFLINE, error.code)
        elif error.fault is Fault.ATTENTION:
            self._stand(DeviceState.FAULT, error.code, before.facts)
        else:
            self._stand(DeviceState.READY, before.code if before.state is DeviceState.READY else "", before.facts)

    def _refuse_all(self, jobs: "SimpleQueue[_Job[D] | _Look | None]") -> None:
        """There is no driver: say so to everyone who asks."""
        while (job := jobs.get()) is not None:
            if isinstance(job, _Look):
                self._dispatcher.post(job.done)
            else:
                self._refuse(job)

    def _refuse(self, job: _Job[D]) -> bool:
        with self._lock:
            job.over = True
        error = DeviceError(self.config.id, Fault.ABSENT, self._standing.code or "absent")
        self._dispatcher.post(partial(job.failed, error))
        return False

    def _stand(self, state: DeviceState, code: str = "", facts: dict[str, str] | None = None) -> None:
        if current_thread() is not self._thread:
            return  # a lane that was replaced has nothing to say any more
        new = _Standing(state, code, facts or {})
        old, self._standing = self._standing, new
        self._looked.set()
        if old.facts.get("feeder", "") != new.facts.get("feeder", "") and (old.state, old.code) == (
            new.state,
            new.code,
        ):
            self._dispatcher.post(self._on_change)  # paper was put in or taken: the clerk may wait for just that
        if (old.state, old.code) != (new.state, new.code):
            log.info("%s is %s %s", self.config.id, state.value, code)
            self._dispatcher.post(self._on_change)

    def wait_first_look(self, seconds: float) -> bool:
        """Wait until the device was looked at once (for the command line; not for the main thread of a window)."""
        return self._looked.wait(seconds)
