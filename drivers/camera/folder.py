"""A folder of pictures, or one picture, as a camera: for trying out, and for vendor programs that save to a folder.

``file:///path``. Each picture is one frame, in the order of names, ``every`` seconds apart (option, 0.2); after the
last the first comes again unless the option ``once`` is set.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from urllib.parse import unquote, urlsplit

from drivers.contracts import DeviceConfig, Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})


class FolderCamera:
    """Gives out pictures from disk; what is no JPEG is turned into one."""

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        self._pictures: Iterator[Path] | None = None
        self._frame: Frame | None = None

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    @property
    def _path(self) -> Path:
        parts = urlsplit(self._config.url)
        return Path(unquote(parts.path)) if parts.scheme == "file" else Path(self._config.url)

    def open(self) -> None:
        """Look into the folder.

        Raises:
            DeviceError: ``ABSENT`` when the path is not there.
        """
        if not self._path.exists():
            raise DeviceError(self.name, Fault.ABSENT, detail="no such folder or file")
        self._pictures, self._frame = self._walk(), None

    def close(self) -> None:
        """Forget the folder."""
        self._pictures = self._frame = None

    def health(self) -> DeviceHealth:
        """Ready while the path is there and open."""
        if self._pictures is None or not self._path.exists():
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        return DeviceHealth(DeviceState.READY, "", {"pictures": str(len(self._listed()))})

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the next picture as a frame with a number above ``after``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames`` when there is no (further) picture; ``ABSENT``; ``GARBLED``;
                ``CANCELLED``.
        """
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        if self._pictures is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        if self._frame is not None:
            if self._frame.number > after:
                return self._frame
            due = self._frame.taken_at + float(self._config.options.get("every", 0.2)) - time.monotonic()
            if due > 0 and cancel.wait(min(due, wait)):
                raise DeviceError(self.name, Fault.CANCELLED)
        path = next(self._pictures, None)
        if path is None:
            if cancel.wait(wait):
                raise DeviceError(self.name, Fault.CANCELLED)
            raise DeviceError(self.name, Fault.TIMEOUT, "no_frames", "no further picture")
        number = max(after, self._frame.number if self._frame else 0) + 1
        self._frame = Frame(self._as_jpeg(path), number, time.monotonic())
        return self._frame

    def _listed(self) -> list[Path]:
        path = self._path
        if path.is_file():
            return [path]
        return sorted(p for p in path.iterdir() if p.suffix.lower() in _ENDINGS and p.is_file())

    def _walk(self) -> Iterator[Path]:
        while listed := self._listed():
            yield from listed
            if self._config.options.get("once"):
                return

    def _as_jpeg(self, path: Path) -> bytes:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DeviceError(self.name, Fault.ABSENT, detail=type(error).__name__) from error
        if data[:2] == b"\xff\xd8":
            return data
        import cv2  # noqa: PLC0415 - heavy, and only for pictures that are no JPEG
        import numpy as np  # noqa: PLC0415

        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
        if picture is None:
            raise DeviceError(self.name, Fault.GARBLED, detail="a file of the folder is no picture")
        return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1])
