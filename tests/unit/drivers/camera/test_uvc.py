"""The USB camera's code, run on a video file: no test machine has a camera."""

from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from drivers.camera.uvc import UvcCamera, as_jpeg
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault


def camera_at(url: str) -> UvcCamera:
    return UvcCamera(DeviceConfig("cam", "camera", "uvc", url))


def test_a_video_file_gives_jpeg_frames_and_then_ends_as_absent(tmp_path: Path) -> None:
    clip = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for level in (50, 100, 150):
        writer.write(np.full((240, 320, 3), level, np.uint8))
    writer.release()
    camera = camera_at(clip.as_uri())
    camera.open()
    try:
        frame = camera.next_frame(after=0, wait=20, cancel=Event())
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=99, wait=20, cancel=Event())
    finally:
        camera.close()

    assert frame.jpeg[:2] == b"\xff\xd8"
    assert caught.value.fault is Fault.ABSENT
    assert camera.health().state is DeviceState.OFFLINE


def test_a_device_that_is_not_there_is_absence() -> None:
    with pytest.raises(DeviceError) as caught:
        camera_at("file:///dev/v4l/by-id/usb-none-video-index0").open()

    assert caught.value.fault is Fault.ABSENT


def test_a_file_that_is_no_video_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "clip.avi").write_bytes(b"nothing")

    with pytest.raises(DeviceError) as caught:
        camera_at((tmp_path / "clip.avi").as_uri()).open()

    assert caught.value.fault is Fault.OCCUPIED


@pytest.mark.parametrize("url", ["usb://camera", "http://127.0.0.1/"])
def test_other_addresses_are_unsupported(url: str) -> None:
    with pytest.raises(DeviceError) as caught:
        camera_at(url).open()

    assert caught.value.code == "unsupported"


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


def test_a_closed_camera_is_absent() -> None:
    with pytest.raises(DeviceError) as caught:
        camera_at("usb://0").next_frame(after=0, wait=0, cancel=Event())

    assert caught.value.fault is Fault.ABSENT
