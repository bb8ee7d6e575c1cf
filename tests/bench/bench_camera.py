"""What the camera's own process costs: frames of 8 megapixels as they come from it, beside the same reads without it.

The camera is a stand-in that gives the same JPEG as often as it is asked. A real one gives 5 to 10 a second.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from threading import Event
from typing import Any

from drivers.camera.capture import as_jpeg
from drivers.camera.uvc import UvcCamera
from drivers.camera.uvc_helper import main as helper
from drivers.contracts import DeviceConfig

FRAMES = 100
SIZE = 3_000_000
"""Bytes of a frame of 3264 x 2448 with much text on it."""


class Capture:
    """What OpenCV hands on where a camera's own bytes come unchanged."""

    def __init__(self, where: int | str, api: int = 0) -> None:
        import numpy as np

        self._raw = np.frombuffer(b"\xff\xd8" + bytes(SIZE - 4) + b"\xff\xd9", np.uint8)[None, :]

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def get(self, _what: int) -> float:
        return 0.0

    def read(self) -> tuple[bool, Any]:
        return True, self._raw

    def release(self) -> None:
        return


def run() -> dict[str, Any]:
    """Measure both ways."""
    capture = Capture("")
    began = time.perf_counter()
    for _ in range(FRAMES):
        as_jpeg(capture.read()[1], 90)
    here = FRAMES / (time.perf_counter() - began)
    with tempfile.TemporaryDirectory() as folder:
        node = Path(folder) / "video0"
        node.touch()
        camera = UvcCamera(DeviceConfig("cam", "camera", "uvc", node.as_uri()), helper="tests.bench.bench_camera")
        began = time.perf_counter()
        camera.open()
        opened = time.perf_counter() - began
        try:
            first = camera.next_frame(after=0, wait=20, cancel=Event()).number
            cpu, began, number = time.process_time(), time.perf_counter(), first
            while number < first + FRAMES:
                number = camera.next_frame(after=number, wait=20, cancel=Event()).number
            took, used = time.perf_counter() - began, time.process_time() - cpu
        finally:
            camera.close()
    return {
        "frame_mb": SIZE / 1_000_000,
        "frames_per_second": round((number - first) / took),
        "frames_per_second_in_this_process": round(here),
        "our_cpu_ms_per_frame": round(used / (number - first) * 1000, 2),
        "opening_ms": round(opened * 1000),
        "aim_frames_per_second": 10,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(helper(sys.argv[1:], Capture))
    print(json.dumps(run(), indent=1))
