"""What a test file leaves behind: threads, child processes, windows. The next file would pay for it."""

import ctypes
import gc
import sys
import threading
import time
from pathlib import Path

WAIT = 20.0
"""Seconds that something which is about to end is given."""


class Remains:
    """Remembers what there is when a file begins, and tells what is there besides when it has ended.

    Children are seen on Linux only. Windows are only looked at when there are more than before, since a collection of
    everything that a test process holds takes long.
    """

    def __init__(self) -> None:
        self._threads, self._children, self._windows = set(_threads()), set(_children()), _windows()

    def told(self, wait: float = WAIT) -> list[str]:
        """What is left over, in words; waits up to ``wait`` seconds for it to go."""
        give_up_at = time.monotonic() + wait
        while (left := self._running()) and time.monotonic() < give_up_at:
            time.sleep(0.02)
        windows = _windows() - self._windows
        if windows > 0:
            gc.collect()
            windows = _windows() - self._windows
        return left + ([f"{windows} windows or widgets without a parent"] if windows > 0 else [])

    def _running(self) -> list[str]:
        threads = [f"thread {one.name}" for one in _threads() if one not in self._threads]
        return threads + [f"process {_command(one)}" for one in _children() if one not in self._children]


def give_back() -> None:
    """Hand freed memory back to the system: glibc keeps it, in an arena for every thread that there ever was."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _threads() -> list[threading.Thread]:
    """Those that Python started; Qt's and xdist's own are only seen by what they once called."""
    return [one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)]


def _children() -> list[str]:
    """The processes that this one has started and not waited for, by number."""
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found += task.read_text().split()
        except OSError:  # the thread has just ended
            continue
    return found


def _command(process: str) -> str:
    try:
        words = Path(f"/proc/{process}/cmdline").read_text("utf-8", "replace").replace("\0", " ").strip()
        return words or f"{process}, ended but not waited for"
    except OSError:
        return f"{process}, just gone"


def _windows() -> int:
    """Windows and whatever else of a screen stands in nothing else; Qt is not loaded for the question.

    What a test has asked Qt to delete is deleted now.
    """
    core, qt = sys.modules.get("PySide6.QtCore"), sys.modules.get("PySide6.QtWidgets")
    if core is None or qt is None or qt.QApplication.instance() is None:
        return 0
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return sum(1 for one in qt.QApplication.topLevelWidgets() if one.parent() is None)
