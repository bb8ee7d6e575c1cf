"""What OpenCV read, as JPEG bytes."""

from typing import Any

import cv2
import numpy as np
import pytest

from drivers.camera.capture import as_jpeg, open_camera


def test_the_cameras_own_jpeg_bytes_are_taken_as_they_are_without_padding() -> None:
    own = b"\xff\xd8own\xff\xd9"

    assert as_jpeg(np.frombuffer(own + b"\0\0", np.uint8)[None, :], 90) == own
    assert as_jpeg(np.frombuffer(b"rubbish", np.uint8)[None, :], 90) is None


@pytest.mark.parametrize("shape", [(40, 60, 3), (40, 60)])
def test_pictures_are_encoded(shape: tuple[int, ...]) -> None:
    assert (as_jpeg(np.full(shape, 90, np.uint8), 90) or b"")[:2] == b"\xff\xd8"


@pytest.mark.parametrize("shape", [(40, 60, 2), (0,)])
def test_what_is_no_picture_is_none(shape: tuple[int, ...]) -> None:
    assert as_jpeg(np.zeros(shape, np.uint8), 90) is None


class Recorder:
    """Notes what OpenCV's object was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def open(self, where: int | str, api: int) -> "Recorder":
        self.asked.append(("open", (where, api)))
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def set(self, what: int, to: float) -> None:
        self.asked.append(("set", (what, to)))


def test_mjpg_is_asked_for_before_the_size() -> None:
    capture = Recorder()

    open_camera("/dev/video9", 3264, 2448, capture.open)

    assert capture.asked[0] == ("open", ("/dev/video9", cv2.CAP_V4L2))
    assert [what for _, (what, _) in capture.asked[1:4]] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
    ]


def test_a_file_is_opened_as_it_is() -> None:
    capture = Recorder()

    open_camera("clip.avi", 3264, 2448, capture.open)

    assert capture.asked == [("open", ("clip.avi", cv2.CAP_ANY))]
