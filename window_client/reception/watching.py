"""The camera over the tray: the live picture, and the still one that a page is made of.

Frames come in the camera's lane; the main thread sees the newest view only.
"""

import logging
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from drivers.contracts import Frame
from drivers.errors import DeviceError, DeviceState
from window_client.domain.visit import State, Step
from window_client.reception.core import Core

if TYPE_CHECKING:
    from window_client.imaging.live import LiveEdge, LiveView

log = logging.getLogger(__name__)

DOCUMENT = "document"
"""The lens over the tray; a camera's option ``lens`` names another one."""


class Watching:
    """Watches the tray while the materials step is open.

    Args:
        core: The desk's core.
        show_live: Called on the main thread with each live view, None when there is none.
        on_still: Called on the main thread when a new page lies still.
    """

    def __init__(
        self, core: Core, show_live: "Callable[[LiveView | None], None]", on_still: Callable[[], None]
    ) -> None:
        self._core = core
        self._show_live = show_live
        self._on_still = on_still
        self._lock = Lock()
        self._pending: LiveView | None = None
        self._edge: LiveEdge | None = None
        self._watching = False
        self._look_no = 0
        """Of the present watch: a frame that the camera's lane still has at hand is not of the next one."""
        self.lens = DOCUMENT
        """The lens that is looked through."""
        self.frame: Frame | None = None
        """The newest frame; None while the camera is away."""

    @property
    def watching(self) -> bool:
        """Whether frames are wanted."""
        return self._watching

    def camera_id(self) -> str:
        """The id of the camera that is looked through, empty where there is none."""
        lane = self._core.deps.devices.lane_of("camera", lens=self.lens)
        return lane.config.id if lane else ""

    def turn_lens(self) -> None:
        """Look through the next lens of this window; with one lens there is nothing to turn to."""
        lenses = self._core.deps.devices.lenses()
        if len(lenses) < 2 or not self._wanted():
            return
        at = lenses.index(self.lens) if self.lens in lenses else -1
        self._core.deps.devices.stop_watching()
        self._rest()
        self.lens = lenses[(at + 1) % len(lenses)]
        self.follow()
        self._core.refresh()

    def _wanted(self) -> bool:
        state = self._core.state
        return state.visit is State.SERVING and state.open_step is Step.MATERIALS

    def reset(self) -> None:
        """A visit ended or began: the last paper is not shown any longer; the next visit watches by itself."""
        self.lens = DOCUMENT
        self._rest()

    def _rest(self) -> None:
        with self._lock:
            self._look_no += 1
            self._pending = self.frame = None
        if self._watching:
            self._watching = False
            self._show_live(None)

    def taken(self) -> None:
        """The page on the tray was taken: only another one fires by itself."""
        if self._edge is not None:
            self._edge.captured()

    def follow(self) -> None:
        """Watch while the step is open, rest while it is not, and begin again when the camera comes back."""
        core = self._core
        if not self._wanted():
            if self._watching:
                core.deps.devices.stop_watching()
                self.reset()
            return
        there = self.camera_id()
        ready = any(d.id == there and d.state == DeviceState.READY.value for d in core.deps.devices.views())
        if self._watching or not ready:
            return
        self._watching = True
        self._edge = None
        core.deps.devices.watch_camera(partial(self._look, self._look_no), self._lost, lens=self.lens)

    def _look(self, number: int, frame: Frame) -> None:
        """One frame, in the camera's lane."""
        from window_client.imaging.live import LiveEdge  # noqa: PLC0415 - brings cv2, in this lane

        if self._edge is None:
            self._edge = LiveEdge()
        try:
            view = self._edge.feed(frame.jpeg)
        except ValueError as error:  # a damaged frame of a live picture: the next one is 100 ms away
            log.info("a frame could not be read: %s", error)
            return
        with self._lock:
            if number != self._look_no:
                return
            pending, self._pending = self._pending, view
            fire = view.capture
            self.frame = frame
        if fire:
            self._core.deps.dispatcher.post(self._on_still)
        if pending is None:
            self._core.deps.dispatcher.post(self._present)

    def _present(self) -> None:
        with self._lock:
            view, self._pending = self._pending, None
        if view is not None and self._watching:
            self._show_live(view)

    def _lost(self, error: DeviceError) -> None:
        log.info("the camera is away: %s", error.code)
        self._rest()
