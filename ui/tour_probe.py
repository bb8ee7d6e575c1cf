"""How long the Qt thread keeps the event loop waiting."""

from time import perf_counter

from PySide6.QtCore import Qt, QTimer

TICK = 5
"""Milliseconds between two ticks; a tick that comes later than that tells of a stall."""


class StallProbe:
    """A timer that notices when it is late. ``pause`` leaves out what a screenshot costs."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._longest = 0.0
        self.mark = ""
        self.longest_at = ""

    def start(self) -> None:
        """Watch from now on, with nothing seen."""
        self._longest, self.longest_at = 0.0, ""
        self._last = perf_counter()
        self._timer.start(TICK)

    def _tick(self) -> None:
        now = perf_counter()
        late = (now - self._last) * 1000 - TICK
        if late > self._longest:
            self._longest, self.longest_at = late, self.mark
        self._last = now

    def pause(self) -> None:
        """What happens until ``resume`` does not count; what happened before does."""
        self._tick()

    def resume(self) -> None:
        """Count again."""
        self._last = perf_counter()

    def stop(self) -> float:
        """Stop; the longest stall in milliseconds."""
        self._timer.stop()
        return self._longest
