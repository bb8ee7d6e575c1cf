"""Python's cycle collector, in one thread alone.

By itself the collector runs in whichever thread happens to allocate. When a window in a cycle of references falls to
a device's thread it is destroyed there, while the screen's thread may be in the middle of its events: the program is
gone. So a program with windows switches the collector off and calls ``collect`` from the thread that owns them.
"""

import gc
from time import monotonic

EVERY_MS = 200
"""Milliseconds between two looks. One that finds nothing due costs a microsecond."""

WHOLE_EVERY = 30.0
"""Seconds between two collections of everything; younger objects are collected as they come."""


class Collector:
    """Stands in for the automatic collector, which is off from now on: by its thresholds, in the caller's thread."""

    def __init__(self) -> None:
        gc.disable()
        self._last = monotonic()

    def collect(self) -> int | None:
        """Collect what is due; returns the oldest generation that was collected, None when nothing was due."""
        young, middle, old = (have > most for have, most in zip(gc.get_count(), gc.get_threshold(), strict=True))
        whole = old and monotonic() - self._last >= WHOLE_EVERY
        if not (young or middle or whole):
            return None
        generation = 2 if whole else 1 if middle else 0
        gc.collect(generation)
        if whole:
            self._last = monotonic()
        return generation
