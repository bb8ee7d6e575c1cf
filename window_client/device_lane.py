"""One device of a window in a thread of its own: its port, its jobs, its health.

A lane owns one driver and its port. Between jobs it asks the device how it is, every ``HEALTH_EVERY`` seconds. While
the device is away it looks every second whether the port is back, or another one (``drivers.presence``), and opens it
then at once; a port that is there and cannot be opened is tried again after 1, 2, 5, 10, 30 s, or when the clerk asks.
What mends itself is offline; what needs a person (another program, no permission, a jam, a wrong setting) is a fault.

A job that outlives its deadline, one that was called off and does not end, and a look that does not come back are not
waited for: the lane is replaced by a new thread with a new driver, whatever the old one still says is ignored, and
what waited behind the job is done by the new one.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from drivers.holders import holder_of
from drivers.presence import mark_of
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

JITTER = 0.2
"""The share by which such a wait is longer or shorter, so that a hall's windows do not ask a device all at once."""

LOOK_WITHIN = 5.0
"""Seconds after which a look counts as hung; drivers promise two."""

OPEN_WITHIN = 30.0
"""Seconds after which opening counts as hung: some readers try their speeds, some scanners warm up."""

MOST_STUCK = 3
"""Threads of a device that may hang at once; a device that hangs more gets no new one until the clerk asks."""

STOPS_WITHIN = 8.0
"""Seconds within which a job that was called off must end; a driver that takes longer is replaced."""

_GRACE = 0.5
"""Seconds after a job's deadline before its driver counts as stuck."""

_AWAY = {Fault.ABSENT, Fault.OCCUPIED}
_NEEDS_A_PERSON = {Fault.OCCUPIED, Fault.ATTENTION, Fault.REFUSED}


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
    over: bool = False


@dataclass(slots=True)
class _Standing:
    """What is known about a device; replaced as a whole, read by the main thread."""

    state: DeviceState
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Port:
    """Whether the port is open, and when it is tried next while it is not."""

    reopen_after: Sequence[float]
    is_open: bool = False
    tries: int = 0
    next_try: float = 0.0
    mark: str = ""
    """What was at the port at the last try."""

    def opened(self, is_open: bool) -> None:
        """The device was looked at."""
        self.is_open, self.tries, self.next_try = is_open, 0, 0.0

    def failed(self, tries: int, mark: str) -> None:
        """It could not be opened, ``tries`` times in a row."""
        self.is_open, self.tries, self.mark = False, tries, mark
        rest = self.reopen_after[min(tries, len(self.reopen_after) - 1)]
        self.next_try = time.monotonic() + rest * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


class DeviceLane(Generic[D]):
    """One device in one thread.

    Args:
        config: From the settings.
        create: Makes a closed driver; called again when the lane is replaced.
        dispatcher: Where answers go.
        on_change: Called on the main thread when the device's state changed.
        reopen_after: Seconds before each attempt to open what does not open.
        look_within: Seconds after which a look counts as hung.
        open_within: The same for opening.
        failed: Told in the lane each time that the device fails: its id and the code.
    """

    def __init__(
        self,
        config: DeviceConfig,
        create: Callable[[DeviceConfig], Device],
        dispatcher: Dispatcher,
        on_change: Callable[[], None],
        *,
        reopen_after: Sequence[float] = REOPEN_AFTER,
        look_within: float = LOOK_WITHIN,
        open_within: float = OPEN_WITHIN,
        failed: Callable[[str, str], object] = lambda _device, _code: None,
    ) -> None:
        self.config = config
        self._has_failed = failed
        self._reopen_after = reopen_after
        self._look_within = look_within
        self._open_within = open_within
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
        self._doing: tuple[float, float] | None = None  # a look or an opening: since when, how long it may take
        self._stuck: list[Thread] = []
        self._held: _Job[D] | _Look | None = None  # taken from the queue and not begun
        self._bugs: set[str] = set()

    # ---- main thread

    def start(self) -> None:
        """Begin to work."""
        with self._lock:
            thread = self._new_thread()
        thread.start()

    def _new_thread(self) -> Thread:
        """With the lock held: the thread that is at work from here on; what another one takes or says is ignored."""
        self._generation += 1
        self._thread = Thread(
            target=self._work, args=(self._generation, self._jobs), name=f"device-{self.config.id}", daemon=True
        )
        return self._thread

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

    def replace_if_hung(self) -> None:
        """Called every second: a look or an opening that does not come back is given up like a job."""
        with self._lock:
            doing = self._doing
            hung = not self._stopped and doing is not None and time.monotonic() - doing[0] > doing[1]
            if not hung:
                return
            self._stuck = [thread for thread in self._stuck if thread.is_alive()]
            if len(self._stuck) >= MOST_STUCK:
                self._answer_look()
                return  # each new thread would only hang beside the others
            waiting, fresh = self._retire()
        self._replace(None, waiting, fresh, DeviceError(self.config.id, Fault.TIMEOUT))

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
                job.over = True
                waiting, fresh = self._retire()
        if stuck:
            error = DeviceError(self.config.id, Fault.CANCELLED if called_off else Fault.TIMEOUT)
            self._replace(job, waiting, fresh, error)
        else:  # it began late, or another one is at work: it has its whole time from then on
            self._dispatcher.later(max(1.0, job.deadline - since + _GRACE), partial(self._replace_if_stuck, job))

    def _retire(self) -> "tuple[SimpleQueue[_Job[D] | _Look | None], Thread]":
        """With the lock held: give the thread at work up, in one step, so that no job is at two threads or at none.

        What it had taken and not begun is the first job of the new one. Returns what waits, and the new thread.
        """
        if self._thread is not None:
            self._stuck.append(self._thread)
        self._running = self._doing = None
        self._jobs, waiting = SimpleQueue(), self._jobs
        self._answer_look()
        held, self._held = self._held, None
        if isinstance(held, _Job) and not held.over:
            self._jobs.put(held)
        return waiting, self._new_thread()

    def _answer_look(self) -> None:
        """With the lock held: a look that does not come back has its answer, that it does not."""
        if isinstance(self._held, _Look) and not self._held.over:
            self._held.over = True
            self._dispatcher.post(self._held.done)

    def _replace(
        self,
        job: _Job[D] | None,
        waiting: "SimpleQueue[_Job[D] | _Look | None]",
        fresh: Thread,
        error: DeviceError,
    ) -> None:
        log.error("%s: a call did not come back, the driver is replaced", self.config.id)
        if job is not None:
            job.cancel.set()
        self._standing = _Standing(DeviceState.OFFLINE, "timeout")
        while True:
            try:
                other = waiting.get_nowait()
            except Empty:
                break
            if other is not job:
                self._jobs.put(other)
        waiting.put(None)
        fresh.start()
        if job is not None:
            job.failed(error)
        self._on_change()

    def stop(self) -> None:
        """Cancel what runs and let the thread end by itself; what waits is not begun any more."""
        with self._lock:
            self._stopped = True
            running = self._running
        if running is not None:
            running.cancel.set()
        self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Wait for the thread's end; False when it hangs (it ends with the program)."""
        thread = self._thread
        if thread is not None:
            thread.join(max(0.0, seconds))
        return thread is None or not thread.is_alive()

    # ---- the lane's own thread

    def _work(self, generation: int, jobs: "SimpleQueue[_Job[D] | _Look | None]") -> None:
        try:
            self._loop(generation, jobs)
        except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
            self._dispatcher.post(partial(raise_on_main, bug))

    def _loop(self, generation: int, jobs: "SimpleQueue[_Job[D] | _Look | None]") -> None:
        try:
            driver = cast("D", self._create(self.config))
        except (DeviceError, ValueError, TypeError) as error:  # a driver or option that only an administrator can mend
            log.warning("%s cannot be used: %s", self.config.id, error)
            self._stand(DeviceState.FAULT, error.code if isinstance(error, DeviceError) else "unsupported")
            self._refuse_all(jobs)
            return
        except Exception as bug:  # noqa: BLE001 - a bug of one driver is told, and everyone who asks has an answer
            self._stand(DeviceState.FAULT, self._told_bug(bug).code)
            self._refuse_all(jobs)
            return
        port = _Port(self._reopen_after)
        while generation == self._generation and not self._stopped:
            if not port.is_open and time.monotonic() >= port.next_try:
                self._try_open(driver, port)
            try:
                job = jobs.get(timeout=HEALTH_EVERY)
            except Empty:
                self._idle(driver, port)
                continue
            if job is None or self._stopped:
                break
            if not self._take(job, generation):
                break
            if isinstance(job, _Look):
                self._look_now(driver, port, job)
            else:
                self._do_or_refuse(driver, port, job, generation)
        self._close(driver)

    def _take(self, job: "_Job[D] | _Look", generation: int) -> bool:
        """Hold a job until it is begun; False when this lane was replaced meanwhile: the other one does it."""
        with self._lock:
            if generation != self._generation:
                self._jobs.put(job)
                return False
            self._held = job
            return True

    def _close(self, driver: D) -> None:
        try:
            driver.close()
        except Exception as bug:  # noqa: BLE001 - drivers promise that it never raises
            self._told_bug(bug)

    def _told_bug(self, bug: Exception) -> DeviceError:
        """What a driver's bug means for its device; each sort of them is raised on the main thread once."""
        if type(bug).__name__ not in self._bugs:
            self._bugs.add(type(bug).__name__)
            if isinstance(bug, ValueError | TypeError):  # an option that only an administrator can mend
                log.warning("%s cannot be used: %s", self.config.id, type(bug).__name__)
            else:
                self._dispatcher.post(partial(raise_on_main, bug))
        return DeviceError(self.config.id, Fault.REFUSED, "unsupported", type(bug).__name__)

    def _idle(self, driver: D, port: _Port) -> None:
        """Nothing to do: look how the device is, or whether its port is back."""
        if port.is_open:
            port.opened(self._look(driver))
        elif port.tries > 1 and self._mark() != port.mark:
            port.opened(False)  # it went, or was plugged in again: it is opened at once

    def _look_now(self, driver: D, port: _Port, asked: _Look) -> None:
        port.is_open = port.is_open and self._look(driver)
        if not port.is_open:
            port.tries = 0
            self._try_open(driver, port)
        with self._lock:
            if asked.over:
                return
            asked.over = True
        self._dispatcher.post(asked.done)

    def _do_or_refuse(self, driver: D, port: _Port, job: _Job[D], generation: int) -> None:
        if not port.is_open:
            port.tries = 0
            self._try_open(driver, port)
        port.is_open = self._do(driver, job, generation) if port.is_open else self._refuse(job, generation)

    def _try_open(self, driver: D, port: _Port) -> None:
        mark = self._mark()
        if not mark:
            self._stand(DeviceState.OFFLINE, "absent")
            port.failed(0, mark)
            return
        try:
            with self._watched(self._open_within):
                driver.open()
        except Exception as bug:  # noqa: BLE001 - a bug of one driver is told, and its lane lives on
            error = bug if isinstance(bug, DeviceError) else self._told_bug(bug)
            self._close(driver)
            self._stand(_state_after(error), error.code, self._facts_of(error))
            port.failed(port.tries + 1, mark)
            return
        port.opened(self._look(driver))

    @contextmanager
    def _watched(self, within: float) -> Iterator[None]:
        """The main thread looks at it meanwhile (``replace_if_hung``)."""
        mine = current_thread() is self._thread
        if mine:
            self._doing = (time.monotonic(), within)
        try:
            yield
        finally:
            if mine and current_thread() is self._thread:
                self._doing = None

    def _mark(self) -> str:
        with self._watched(self._open_within):  # asking for a printer's address may take as long as it wants
            return mark_of(self.config.url)

    def _facts_of(self, error: DeviceError) -> dict[str, str]:
        """Of a port that another program holds: that program's name, where the system tells."""
        holder = holder_of(self.config.url) if error.fault is Fault.OCCUPIED else ""
        return {"holder": holder} if holder else {}

    def _look(self, driver: D) -> bool:
        """Ask the device how it is; False when it has gone and the port was closed."""
        try:
            with self._watched(self._look_within):
                health = driver.health()
        except Exception as bug:  # noqa: BLE001 - a bug of one driver is told, and its lane lives on
            error = bug if isinstance(bug, DeviceError) else self._told_bug(bug)
            self._stand(_state_after(error), error.code, self._facts_of(error))
            if error.fault in _AWAY:
                self._close(driver)
                return False
            return True
        self._stand(health.state, health.code, health.facts)
        if health.state is DeviceState.OFFLINE and health.code == "absent":
            self._close(driver)
            return False
        return True

    def _do(self, driver: D, job: _Job[D], generation: int) -> bool:
        """Run one job; False when the device went away."""
        with self._lock:
            if generation != self._generation:  # replaced while this one took its next job: the other one does it
                return False
            self._held = None
            job.started_at = time.monotonic()
            self._running = job
        if job.cancel.is_set():  # called off while it waited for its turn: the device hears nothing of it
            self._answer(generation, job, partial(job.failed, DeviceError(self.config.id, Fault.CANCELLED)))
            return True
        before = self._standing
        self._stand(DeviceState.BUSY, before.code, before.facts)
        stays = True
        try:
            result = job.work(driver)
        except DeviceError as error:
            log.info("%s", error)
            self._has_failed(self.config.id, error.code)
            if error.retryable:  # silent or garbled: whether it still works only the device knows
                self._answer(generation, job, partial(job.failed, error))
                return self._look(driver)
            stays = error.fault not in _AWAY
            self._after_error(driver, error, before)
            self._answer(generation, job, partial(job.failed, error))
        except BaseException as bug:  # noqa: BLE001 - a bug is raised on the main thread, the lane lives on
            self._stand(before.state, before.code, before.facts)
            self._answer(generation, job, partial(_failed_by_bug, job, self.config.id, bug))
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
            self._close(driver)
            self._stand(_state_after(error), error.code, self._facts_of(error))
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

    def _refuse(self, job: _Job[D], generation: int = 0) -> bool:
        with self._lock:
            if job.over or (generation and generation != self._generation):
                return False  # it has its answer, or the lane that replaced this one does it
            job.over, self._held = True, None
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
            if state in {DeviceState.OFFLINE, DeviceState.FAULT}:
                self._has_failed(self.config.id, code)
            self._dispatcher.post(self._on_change)

    def wait_first_look(self, seconds: float) -> bool:
        """Wait until the device was looked at once (for the command line; not for the main thread of a window)."""
        return self._looked.wait(seconds)


def _failed_by_bug(job: "_Job[D]", device: str, bug: BaseException) -> None:
    """Who asked must not wait for ever, whatever went wrong."""
    job.failed(DeviceError(device, Fault.REFUSED, detail=type(bug).__name__))
    raise_on_main(bug)


def _state_after(error: DeviceError) -> DeviceState:
    """Offline mends itself; a fault needs a person."""
    return DeviceState.FAULT if error.fault in _NEEDS_A_PERSON else DeviceState.OFFLINE
