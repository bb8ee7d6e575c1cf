"""The one gate back to the main thread."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Protocol


class Dispatcher(Protocol):
    """Runs calls on the main thread, in the order in which they were posted."""

    def post(self, call: Callable[[], None]) -> None:
        """Queue ``call`` for the main thread; may be called from any thread."""

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Run ``call`` on the main thread after ``seconds``; returns a function that calls it off."""


class ManualDispatcher:
    """A dispatcher for tests and tools without an event loop: ``run`` does what was posted so far.

    Time does not pass by itself: ``advance`` lets the timers up to that many seconds fire.
    """

    def __init__(self) -> None:
        self._calls: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._now = 0.0
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def post(self, call: Callable[[], None]) -> None:
        """Queue a call."""
        with self._lock:
            self._calls.append(call)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Queue a call for a later ``advance``."""
        self._count += 1
        entry = (self._now + seconds, self._count, call)
        self._timers.append(entry)

        def call_off() -> None:
            if entry in self._timers:
                self._timers.remove(entry)

        return call_off

    def run(self) -> int:
        """Run everything that is queued, also what is queued meanwhile; returns how many calls ran."""
        ran = 0
        while True:
            with self._lock:
                if not self._calls:
                    return ran
                call = self._calls.popleft()
            call()
            ran += 1

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        until = self._now + seconds
        while due := sorted(timer for timer in self._timers if timer[0] <= until):
            self._timers.remove(due[0])
            self._now = due[0][0]
            due[0][2]()
            self.run()
        self._now = until
