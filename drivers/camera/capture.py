"""OpenCV's way to a camera or a video file, and what it reads as JPEG bytes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OpenCapture = Callable[[int | str, int], Any]


def open_capture(where: int | str, api: int) -> Any:
    """OpenCV's ``VideoCapture``."""
    import cv2  # noqa: PLC0415 - heavy

    return cv2.VideoCapture(where, api)


def open_camera(source: int | str, width: float, height: float, opens: OpenCapture = open_capture) -> Any:
    """A camera, asked for MJPG and then for the size; anything but an index or a node is opened as it is.

    MJPG comes first: uncompressed pictures of 8 megapixels come once a second on USB 2.
    """
    import cv2  # noqa: PLC0415 - heavy

    device = isinstance(source, int) or source.startswith("/dev/")
    api = cv2.CAP_ANY
    if device:
        api = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_V4L2
    where = str(Path(source).resolve()) if isinstance(source, str) and device else source
    capture = opens(where, api)
    if device and capture.isOpened():
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        capture.set(cv2.CAP_PROP_CONVERT_RGB, 0)  # where this is obeyed the camera's JPEG bytes come unchanged
    return capture


def size_of(capture: Any) -> str:
    """The size that is set, for people."""
    import cv2  # noqa: PLC0415 - heavy

    return f"{int(capture.get(cv2.CAP_PROP_FRAME_WIDTH))} x {int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))}"


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
