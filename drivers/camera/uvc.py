"""A USB camera through OpenCV: V4L2 on Linux, DirectShow on Windows.

URL: ``usb://0`` (an index), or ``file:///dev/v4l/by-id/...-video-index0`` (stable; indices are not; ``listing`` tells
them). Options: ``width`` and ``height`` (3264 x 2448), ``quality`` of the JPEG where the camera's own bytes cannot be
had (90), ``lens`` (``document``, or ``portrait`` for the one that looks at the person; used by the desk, not in here).

MJPG is asked for before the size: uncompressed pictures of 8 megapixels come once a second on USB 2. A camera whose
node has gone counts as absent at once, though OpenCV may still wait for a picture. Not tried on hardware.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from drivers.camera.latest import LatestFrame
from drivers.contracts import DeviceConfig, Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

FAILED_READS = 20  # in a row, after which the camera counts as gone
LOOKS = 0.5  # seconds between two looks whether the node is still there, while a picture is waited for


def open_capture(where: int | str, api: int) -> Any:
    """OpenCV's way to a camera or a file."""
    import cv2  # noqa: PLC0415 - heavy

    return cv2.VideoCapture(where, api)


class UvcCamera:
    """Reads a USB camera in a thread of its own; a video file stands in for one (``file:///clip.avi``)."""

    def __init__(self, config: DeviceConfig, *, capture: Callable[[int | str, int], Any] = open_capture) -> None:
        self._config = config
        self._open_capture = capture
        self._node: Path | None = None
        self._latest: LatestFrame | None = None
        self._stop = Event()
        self._thread: Thread | None = None
        self._size = ""

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Open the camera with MJPG and the wanted size.

        Raises:
            DeviceError: ``ABSENT``; ``OCCUPIED`` when it is there but does not open; ``REFUSED``/``unsupported``.
        """
        self.close()
        source = self._source()
        if isinstance(source, str) and not Path(source).exists():
            raise DeviceError(self.name, Fault.ABSENT, detail="no such device")
        capture = self._capture(source)
        self._node = None
        with suppress(OSError):  # an index on Windows has no node
            self._node = Path(source if isinstance(source, str) else f"/dev/video{source}").resolve(strict=True)
        if not capture.isOpened():
            capture.release()
            there = isinstance(source, str) or (sys.platform == "linux" and Path(f"/dev/video{source}").exists())
            raise DeviceError(self.name, Fault.OCCUPIED if there else Fault.ABSENT, detail="does not open")
        self._stop = Event()
        self._latest = LatestFrame(self.name)
        self._thread = Thread(
            target=self._read, args=(capture, self._latest, self._stop), name=f"camera-{self.name}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Let go of the camera."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(3.0)
        self._thread = self._latest = None

    def health(self) -> DeviceHealth:
        """Whether frames are coming, their size, and how many a second."""
        if self._latest is None or self._gone():
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        return self._latest.health(size=self._size)

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the newest frame with a number above ``after``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames``, ``ABSENT``, ``CANCELLED``.
        """
        if self._latest is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        while True:
            piece = min(wait, LOOKS)
            try:
                return self._latest.next_frame(after=after, wait=piece, cancel=cancel)
            except DeviceError as error:
                if error.retryable and self._gone():
                    raise DeviceError(self.name, Fault.ABSENT, detail="its node has gone") from error
                wait -= piece
                if not error.retryable or wait <= 0:
                    raise

    def _gone(self) -> bool:
        """Whether the node that was opened is there no longer, or the link to it leads to another one."""
        if self._node is None:
            return False
        source = self._source()
        link = Path(source) if isinstance(source, str) else Path(f"/dev/video{source}")
        try:
            return link.resolve(strict=True) != self._node
        except OSError:
            return True

    def _source(self) -> int | str:
        parts = urlsplit(self._config.url)
        named = parts.netloc or parts.path.strip("/")
        if parts.scheme == "usb" and named.isdigit():
            return int(named)
        if parts.scheme == "file":
            return unquote(parts.path)
        raise DeviceError(
            self.name, Fault.REFUSED, "unsupported", "usb://<index> or file:///dev/v4l/by-id/... is needed"
        )

    def _capture(self, source: int | str) -> Any:
        import cv2  # noqa: PLC0415 - heavy

        device = isinstance(source, int) or source.startswith("/dev/")
        api = cv2.CAP_ANY
        if device:
            api = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_V4L2
        where = str(Path(source).resolve()) if isinstance(source, str) and device else source
        capture = self._open_capture(where, api)
        if device and capture.isOpened():
            options = self._config.options
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, float(options.get("width", 3264)))
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, float(options.get("height", 2448)))
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)  # where this is obeyed the camera's JPEG bytes come unchanged
        self._size = f"{int(capture.get(cv2.CAP_PROP_FRAME_WIDTH))} x {int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))}"
        return capture

    def _read(self, capture: Any, latest: LatestFrame, stop: Event) -> None:
        import cv2  # noqa: PLC0415 - heavy

        failed = 0
        detail = "no more frames"
        try:
            while not stop.is_set() and failed < FAILED_READS:
                ok, raw = capture.read()
                jpeg = as_jpeg(raw, int(self._config.options.get("quality", 90))) if ok else None
                if jpeg is None:
                    failed += 1
                    stop.wait(0.05)
                    continue
                failed = 0
                latest.put(jpeg)
        except cv2.error as error:  # some drivers end like this when the cable is pulled
            detail = f"OpenCV: {error.err}"
        finally:
            capture.release()
            latest.fail(DeviceError(self.name, Fault.ABSENT, detail=detail))


def as_jpeg(raw: Any, quality: int) -> bytes | None:
    """What OpenCV read, as JPEG bytes: the camera's own, or BGR or grey encoded; ``None`` for anything else."""
    import numpy as np  # noqa: PLC0415 - heavy
    import simplejpeg  # noqa: PLC0415

    picture = np.asarray(raw)
    if picture.dtype != np.uint8 or picture.size == 0:
        return None
    if 1 in picture.shape[:2] or picture.ndim == 1:
        data = picture.tobytes()
        end = data.rfind(b"\xff\xd9")
        return data[: end + 2] if data[:2] == b"\xff\xd8" and end > 0 else None
    if picture.ndim == 2:
        picture = picture[..., None]
    if picture.shape[2] not in {1, 3}:
        return None
    space = "GRAY" if picture.shape[2] == 1 else "BGR"
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(picture), quality, space, "420"))
