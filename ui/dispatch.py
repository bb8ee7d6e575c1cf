"""The one gate back to the main thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class QtDispatcher(QObject):
    """Runs posted calls on the thread that made it, in the order of posting. ``post`` may be called from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the main thread soon; returns at once."""
        self._posted.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def close(self) -> None:
        """Run nothing any more: whoever posts is of a part that has ended, though the loop goes on."""
        self._closed = True

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Have ``call`` run on the main thread after ``seconds``; call the returned function to call it off."""
        timer = QTimer(self)
        timer.setSingleShot(True)

        def fire() -> None:
            timer.deleteLater()
            self._run(call)

        timer.timeout.connect(fire)
        timer.start(round(seconds * 1000))
        return timer.stop
