"""The newest frame of a stream: a reader thread puts frames in, ``next_frame`` takes the newest out."""

import time
from collections import deque
from threading import Condition, Event

from drivers.contracts import Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

STALE_AFTER = 3.0  # seconds without a frame from which the camera is not well


class LatestFrame:
    """One place for one frame: a newer one replaces it, nobody queues.

    Args:
        device: The device's id, for errors.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        self._changed = Condition()
        self._frame: Frame | None = None
        self._number = 0
        self._damaged = 0
        self._problem: DeviceError | None = None
        self._arrivals: deque[float] = deque(maxlen=20)

    @property
    def number(self) -> int:
        """The number of the newest frame; 0 before the first."""
        return self._number

    @property
    def arrived_at(self) -> float:
        """``time.monotonic`` of the newest frame's arrival; 0 before the first."""
        frame = self._frame
        return frame.taken_at if frame is not None else 0.0

    @property
    def has_ended(self) -> bool:
        """Whether the stream has ended and everybody is told so."""
        return self._problem is not None

    def put(self, jpeg: bytes) -> None:
        """A frame has arrived."""
        with self._changed:
            self._number += 1
            now = time.monotonic()
            self._frame = Frame(jpeg, self._number, now)
            self._arrivals.append(now)
            self._changed.notify_all()

    def damaged(self, count: int = 1) -> None:
        """Something arrived that is no picture."""
        with self._changed:
            self._damaged += count

    def fail(self, problem: DeviceError) -> None:
        """The stream has ended; whoever waits is told at once."""
        with self._changed:
            self._problem = self._problem or problem
            self._changed.notify_all()

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """The newest frame with a number above ``after``.

        Raises:
            DeviceError: ``CANCELLED``; what ended the stream; ``GARBLED`` when only damaged pictures came;
                ``TIMEOUT``/``no_frames``.
        """
        give_up_at = time.monotonic() + wait
        with self._changed:
            damaged_before = self._damaged
            while True:
                if cancel.is_set():
                    raise DeviceError(self._device, Fault.CANCELLED)
                if self._frame is not None and self._frame.number > after:
                    return self._frame
                if self._problem is not None:
                    problem = self._problem
                    raise DeviceError(problem.device, problem.fault, problem.code, problem.detail)
                left = give_up_at - time.monotonic()
                if left <= 0:
                    if self._damaged > damaged_before:
                        raise DeviceError(self._device, Fault.GARBLED, detail="no picture among what the camera sent")
                    raise DeviceError(self._device, Fault.TIMEOUT, "no_frames", f"no frame for {wait:g} s")
                self._changed.wait(min(left, 0.05))

    def health(self, **facts: str) -> DeviceHealth:
        """Ready while frames come; the rate is among the facts."""
        with self._changed:
            if self._problem is not None:
                return DeviceHealth(DeviceState.OFFLINE, self._problem.code, facts)
            if self._frame is None or time.monotonic() - self._frame.taken_at > STALE_AFTER:
                return DeviceHealth(DeviceState.OFFLINE, "no_frames", facts)
            span = self._arrivals[-1] - self._arrivals[0]
            if span > 0:
                facts["frames_per_second"] = f"{(len(self._arrivals) - 1) / span:.1f}"
            facts["frame_bytes"] = str(len(self._frame.jpeg))
            return DeviceHealth(DeviceState.READY, "", facts)
