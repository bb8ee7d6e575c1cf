"""A lane: one background thread in which one device, or one kind of question, works.

Calls run one after another, never on the main thread; answers arrive on the main thread through the
dispatcher. The threads are plain daemons: a hung device call must not hold the program's end.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from window_client.dispatch import Dispatcher

log = logging.getLogger(__name__)

T = TypeVar("T")


def raise_on_main(bug: BaseException) -> None:
    """Raise a bug of a lane on the main thread, where the crash handler sees it."""
    raise bug


class Lane:
    """One named thread with a queue of calls.

    Args:
        name: The thread's name, for example ``device-reader`` or ``ask``.
        expected: Exceptions that ``failed`` takes; every other one is a bug and is raised on the main thread.
        gives_way: Whether the other threads go first where there are not cores enough for all.
    """

    def __init__(
        self, name: str, dispatcher: Dispatcher, *, expected: tuple[type[Exception], ...], gives_way: bool = False
    ) -> None:
        self._gives_way = gives_way
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._dispatcher = dispatcher
        self._expected = expected
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Do ``work`` in the lane; then ``done`` or ``failed`` runs on the main thread."""

        def job() -> None:
            try:
                result = work()
            except self._expected as error:
                log.info("%s", error)
                self._dispatcher.post(partial(failed, error))
            except BaseException as bug:  # noqa: BLE001 - the thread's top: a bug goes to the main thread
                self._dispatcher.post(partial(raise_on_main, bug))
            else:
                self._dispatcher.post(partial(done, result))

        self._jobs.put(job)

    def _work(self) -> None:
        if self._gives_way and sys.platform == "linux":  # Linux counts the niceness of each thread by itself
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while (job := self._jobs.get()) is not None:
            job()

    def close(self, wait: float = 0.0, *, drop: bool = False) -> None:
        """Take no more calls; wait up to ``wait`` seconds for those that are there, with ``drop`` for the running one.

        A thread that is still inside a C++ library when the program ends takes the whole program down with it.
        """
        with suppress(Empty):
            while drop:
                self._jobs.get_nowait()
        self._jobs.put(None)
        if wait:
            self._thread.join(wait)
