"""The one gate back to the Qt thread, and work beside it.

An object of Qt that is destroyed in another thread takes the program down. So no thread of ours ever holds the last
reference to one: what they ring is a bell that belongs to the application, and a method of a window that waits for
an answer stays on the Qt thread. Python's own collector is kept there too (``ui/collecting.py``).
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class _Bell(QObject):
    """Runs on the Qt thread what is handed in, in that order. The application owns it."""

    rung = Signal(object)

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self.rung.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def ring(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the Qt thread; nothing happens when the application has ended meanwhile."""
        with suppress(RuntimeError):
            self.rung.emit(call)

    @Slot(object)
    def _answer(self, call: Callable[[], None]) -> None:
        call()


def _bell() -> _Bell:
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("an application must exist before anything waits for it")
    return application.findChild(_Bell) or _Bell(application)


class QtDispatcher:
    """Runs posted calls on the thread that made it, in the order of posting. ``post`` may be called from any thread."""

    def __init__(self) -> None:
        self._closed = False
        self._bell = _bell()

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the main thread soon; returns at once."""
        self._bell.ring(partial(self._run, call))

    def _run(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def close(self) -> None:
        """Run nothing any more: whoever posts is of a part that has ended, though the loop goes on."""
        self._closed = True

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Have ``call`` run on the main thread after ``seconds``; call the returned function to call it off."""
        timer = QTimer(self._bell)
        timer.setSingleShot(True)

        def fire() -> None:
            timer.deleteLater()
            self._run(call)

        def call_off() -> None:
            if isValid(timer):
                timer.stop()
                timer.deleteLater()

        timer.timeout.connect(fire)
        timer.start(round(seconds * 1000))
        return call_off


_numbers = count()
_awaited: dict[int, Callable[..., None]] = {}


def beside(work: Callable[[], T], done: Callable[[T], None], *, name: str) -> None:
    """Do ``work`` in a thread of its own, then ``done`` with its result on the Qt thread.

    Args:
        work: Must neither raise nor hold any object of Qt but pictures.
        done: May be a method of a widget; it is not called when that widget is gone by then.
        name: The thread's name.
    """
    bell, number = _bell(), next(_numbers)
    _awaited[number] = done

    def run() -> None:
        bell.ring(partial(_answered, number, work()))

    Thread(target=run, name=name, daemon=True).start()


def _answered(number: int, result: T) -> None:
    done = _awaited.pop(number)
    owner = getattr(done, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        done(result)


def waited_for() -> int:
    """How many answers of threads are still to come."""
    return len(_awaited)
