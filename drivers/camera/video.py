"""A video file as a camera: for trying out, for exercises, and for recordings of a real camera.

``file:///clip.avi`` (Motion JPEG in AVI surely works, others as OpenCV can). It plays at its own speed; whoever asks
late gets the frame of the moment, as from a camera. Options: ``once`` (at its end no further frames come, instead of
its beginning again), ``fps`` instead of the file's own, ``quality`` of the JPEGs (90).
"""

import time
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import unquote, urlsplit

from drivers.camera.capture import as_jpeg, open_capture
from drivers.contracts import DeviceConfig, Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

USUAL_FPS = 10.0


class VideoCamera:
    """Plays a file; see the module for its options."""

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        self._capture: Any = None
        self._fps = USUAL_FPS
        self._began = 0.0
        self._at = -1  # the place of the newest frame in the file
        self._over = False
        self._frame: Frame | None = None
        self._facts: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    @property
    def _path(self) -> Path:
        parts = urlsplit(self._config.url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else Path(self._config.url)

    def open(self) -> None:
        """Open the file and look at its first frame.

        Raises:
            DeviceError: ``ABSENT`` when it is not there; ``GARBLED`` when it is no video.
        """
        self.close()
        if not self._path.is_file():
            raise DeviceError(self.name, Fault.ABSENT, detail="no such file")
        import cv2  # noqa: PLC0415 - heavy

        capture = open_capture(str(self._path), cv2.CAP_ANY)
        if not capture.isOpened() or not capture.grab():
            capture.release()
            raise DeviceError(self.name, Fault.GARBLED, detail="no video that can be read")
        capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
        own = float(capture.get(cv2.CAP_PROP_FPS))
        self._fps = float(self._config.options.get("fps", own if 0.1 <= own <= 240 else USUAL_FPS))
        size = f"{int(capture.get(cv2.CAP_PROP_FRAME_WIDTH))} x {int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))}"
        self._facts = {"size": size, "frames_per_second": f"{self._fps:.1f}"}
        self._capture, self._began, self._at, self._over, self._frame = capture, time.monotonic(), -1, False, None

    def close(self) -> None:
        """Let go of the file."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def health(self) -> DeviceHealth:
        """Ready while the file is there and open."""
        if self._capture is None or not self._path.is_file():
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        return DeviceHealth(DeviceState.READY, "", dict(self._facts))

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the frame of the moment, with a number above ``after``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames`` behind the last frame with the option ``once``; ``ABSENT``;
                ``GARBLED``; ``CANCELLED``.
        """
        give_up_at = time.monotonic() + wait
        while True:
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            if self._capture is None or not self._path.is_file():
                raise DeviceError(self.name, Fault.ABSENT, detail="not open, or the file is gone")
            self._play()
            if self._frame is not None and self._frame.number > after:
                return self._frame
            left = give_up_at - time.monotonic()
            if left <= 0:
                raise DeviceError(self.name, Fault.TIMEOUT, "no_frames", "the video is over" if self._over else "")
            if cancel.wait(min(left, 0.5 / self._fps, 0.05)):
                raise DeviceError(self.name, Fault.CANCELLED)

    def _play(self) -> None:
        """Go on to the frame that is due now; those between are passed over."""
        if self._over:
            return
        due = int((time.monotonic() - self._began) * self._fps)
        picture: Any = None
        while self._at < due:
            done, next_picture = self._capture.read()
            if done:
                self._at += 1
                picture = next_picture
            elif self._config.options.get("once"):
                self._over = True
                break
            elif picture is not None:
                break  # the last frame is shown before the first comes again
            elif self._at >= 0:
                self._again()
                due = 0
            else:
                raise DeviceError(self.name, Fault.GARBLED, detail="no frame can be read")
        if picture is not None:
            self._keep(picture)

    def _again(self) -> None:
        import cv2  # noqa: PLC0415 - heavy

        self._capture.release()
        self._capture = open_capture(str(self._path), cv2.CAP_ANY)
        self._began, self._at = time.monotonic(), -1
        if not self._capture.isOpened():
            self.close()
            raise DeviceError(self.name, Fault.ABSENT, detail="the file does not open any more")

    def _keep(self, picture: Any) -> None:
        jpeg = as_jpeg(picture, int(self._config.options.get("quality", 90)))
        if jpeg is None:
            raise DeviceError(self.name, Fault.GARBLED, detail="a frame cannot be read")
        self._frame = Frame(jpeg, (self._frame.number if self._frame else 0) + 1, time.monotonic())
