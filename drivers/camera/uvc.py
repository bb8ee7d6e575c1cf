"""A USB camera through OpenCV: V4L2 on Linux, DirectShow on Windows.

URL: ``usb://0`` (an index), or ``file:///dev/v4l/by-id/...-video-index0`` (stable; indices are not; ``listing`` tells
them). Options: ``width`` and ``height`` (3264 x 2448), ``quality`` of the JPEG where the camera's own bytes cannot be
had (90), ``hung_after`` seconds without a picture after which it is opened anew (5), ``lens`` (``document``, or
``portrait`` for the one that looks at the person; used by the desk, not in here).

OpenCV reads in a process of its own (``uvc_helper``): where it waits for ever, the process is killed, which lets go of
the device. A camera whose node has gone counts as absent at once. Not tried on hardware.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import IO
from urllib.parse import unquote, urlsplit

from drivers.camera import uvc_helper
from drivers.camera.latest import LatestFrame
from drivers.camera.uvc_helper import END, FRAME, HEAD, OPENED
from drivers.contracts import DeviceConfig, Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault

LOOKS = 0.5  # seconds between two looks whether the node is still there, while a picture is waited for
OPENS_WITHIN = 20.0
"""Seconds for loading OpenCV and opening the camera."""

ENDS_WITHIN = 0.5
"""Seconds that the process has to end by itself, and to be gone after it was killed."""

LARGEST = 1 << 26
"""Bytes; a longer frame is none."""

_ROOT = Path(__file__).resolve().parents[2]


class UvcCamera:
    """Reads a USB camera in a process of its own; a video file stands in for one (``file:///clip.avi``).

    Args:
        config: From the settings.
        helper: The module of the process; tests have one with a stand-in for OpenCV.
    """

    def __init__(self, config: DeviceConfig, *, helper: str = uvc_helper.__name__) -> None:
        self._config = config
        self._helper = helper
        self._node: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._latest: LatestFrame | None = None
        self._since = 0.0
        self._hung_after = float(config.options.get("hung_after", 5.0))
        self._size = ""

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    @property
    def pid(self) -> int:
        """The process that reads, 0 while there is none."""
        return self._process.pid if self._process is not None else 0

    def open(self) -> None:
        """Open the camera with MJPG and the wanted size.

        Raises:
            DeviceError: ``ABSENT``; ``OCCUPIED`` when it is there but does not open; ``TIMEOUT`` when opening hangs;
                ``REFUSED``/``unsupported``.
        """
        self.close()
        source = self._source()
        if isinstance(source, str) and not Path(source).exists():
            raise DeviceError(self.name, Fault.ABSENT, detail="no such device")
        self._node = None
        with suppress(OSError):  # an index on Windows has no node
            self._node = Path(source if isinstance(source, str) else f"/dev/video{source}").resolve(strict=True)
        process = self._process = self._started(source)
        latest, opened = LatestFrame(self.name), SimpleQueue[str | DeviceError]()
        assert process.stdout is not None  # noqa: S101 - asked for
        Thread(
            target=self._read, args=(process.stdout, latest, opened), name=f"camera-{self.name}", daemon=True
        ).start()
        try:
            answer = opened.get(timeout=OPENS_WITHIN)
        except Empty:
            answer = DeviceError(self.name, Fault.TIMEOUT, detail="opening hangs")
        if isinstance(answer, DeviceError):
            self.close()
            there = isinstance(source, str) or (sys.platform == "linux" and Path(f"/dev/video{source}").exists())
            if answer.fault is Fault.OCCUPIED and not there:
                answer = DeviceError(self.name, Fault.ABSENT, detail=answer.detail)
            raise answer
        self._size, self._latest, self._since = answer, latest, time.monotonic()

    def _started(self, source: int | str) -> "subprocess.Popen[bytes]":
        options = self._config.options
        wishes = {
            "source": source,
            "width": float(options.get("width", 3264)),
            "height": float(options.get("height", 2448)),
            "quality": int(options.get("quality", 90)),
            "gives_up": OPENS_WITHIN + self._hung_after,
        }
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        try:
            return subprocess.Popen(
                [sys.executable, "-m", self._helper, json.dumps(wishes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError as error:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", f"helper: {error.strerror}") from error

    def close(self) -> None:
        """Let go of the camera, whatever OpenCV is at."""
        process, self._process, self._latest = self._process, None, None
        if process is None:
            return
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        for last in (process.kill, lambda: None):
            with suppress(subprocess.TimeoutExpired):
                process.wait(ENDS_WITHIN)
                return
            last()

    def health(self) -> DeviceHealth:
        """Whether frames are coming, their size, and how many a second.

        Raises:
            DeviceError: ``ABSENT``/``no_frames`` when none came for ``hung_after`` seconds: it was let go of.
        """
        if self._latest is None or self._gone():
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        self._let_go_if_hung(self._latest)
        return self._latest.health(size=self._size)

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the newest frame with a number above ``after``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames``, ``ABSENT``, also with ``no_frames`` as ``health``; ``CANCELLED``.
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
                if not error.retryable:
                    raise
                self._let_go_if_hung(self._latest)
                if wait <= 0:
                    raise

    def _let_go_if_hung(self, latest: LatestFrame) -> None:
        if time.monotonic() - max(self._since, latest.arrived_at) < self._hung_after or latest.has_ended:
            return
        self.close()
        detail = f"no picture for {self._hung_after:g} s: its process was ended"
        raise DeviceError(self.name, Fault.ABSENT, "no_frames", detail)

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

    def _read(self, out: "IO[bytes]", latest: LatestFrame, opened: "SimpleQueue[str | DeviceError]") -> None:
        """Take in what the process says, until it ends; nothing in here touches the device."""
        end = DeviceError(self.name, Fault.ABSENT, detail="its process ended")
        with out:
            while len(head := out.read(HEAD.size)) == HEAD.size:
                kind, length = HEAD.unpack(head)
                if length > LARGEST or len(data := out.read(length)) < length:
                    break
                if kind == FRAME:
                    latest.put(data)
                elif kind == OPENED:
                    opened.put(data.decode())
                elif kind == END:
                    told = json.loads(data)
                    end = DeviceError(self.name, Fault(told["fault"]), detail=told["detail"])
                else:
                    break
        latest.fail(end)
        opened.put(end)
