"""The rating pad's part in a rating: where the applicant has no screen (or where it is wanted beside it) the pad asks.

Its answer goes the way of an answer on the screen: into the outbox, and nowhere else. The state says only that the pad
asks, never what was pressed; no log line has a grade.
"""

import logging
from collections.abc import Callable
from threading import Event

from drivers.errors import DeviceError, Fault
from window_client.domain.rating import Grade, from_push
from window_client.reception.core import Core

log = logging.getLogger(__name__)

BESIDE_SCREEN = "beside_screen"
"""Option of the pad in the settings: ask on it also where the applicant has a screen."""


class RatingPadAsking:
    """Asks on the pad.

    Args:
        core: The desk's core.
        rated: Takes the grade that was pressed.
        failed: The pad cannot give an answer any more, or nobody pressed a key.
    """

    def __init__(self, core: Core, rated: Callable[[Grade], None], failed: Callable[[], None]) -> None:
        self._core = core
        self._rated = rated
        self._failed = failed
        self._asking: Event | None = None

    @property
    def screen_is_there(self) -> bool:
        """Whether the applicant has a screen of their own; the clerk's, turned round, is none."""
        return any(
            row.kind == "applicant_screen" and row.state == "ready" and row.facts.get("way") != "turn"
            for row in self._core.state.devices
        )

    def is_wanted(self) -> bool:
        """Whether a rating that begins now is asked on the pad."""
        devices = self._core.deps.devices
        ready = any(row.kind == "rating" and row.state in {"ready", "busy"} for row in devices.views())
        return ready and (not self.screen_is_there or bool(devices.option("rating", BESIDE_SCREEN)))

    def ask(self, seconds: float) -> None:
        """Ask for ``seconds``; one of the two callbacks runs unless it is stopped before."""
        self.stop()

        def done(grade: int) -> None:
            if self._asking is asking:
                self._asking = None
                self._rated(from_push(grade))

        def failed(error: DeviceError) -> None:
            if self._asking is asking and error.fault is not Fault.CANCELLED:
                self._asking = None
                self._failed()

        asking = self._core.deps.devices.ask_rating(wait=seconds, done=done, failed=failed)
        self._asking = asking

    def stop(self) -> None:
        """Whatever is pressed from now on counts for nobody."""
        asking, self._asking = self._asking, None
        if asking is not None:
            self._core.deps.devices.call_off("rating", asking)
