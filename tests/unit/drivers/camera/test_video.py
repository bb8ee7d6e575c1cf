"""A video file as a camera: it plays on, begins again or ends, and what is no video is told."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from drivers import catalogue
from drivers.camera.video import VideoCamera
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault

LEVELS = (40, 90, 140, 190, 240)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    file = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 25, (320, 240))
    for level in LEVELS:
        writer.write(np.full((240, 320, 3), level, np.uint8))
    writer.release()
    return file


def camera_at(clip: Path, **options: bool | float) -> VideoCamera:
    camera = catalogue.create(DeviceConfig("cam", "camera", "video", clip.as_uri(), options=dict(options)))
    assert isinstance(camera, VideoCamera)
    return camera


@pytest.fixture
def playing(clip: Path) -> Iterator[VideoCamera]:
    camera = camera_at(clip)
    camera.open()
    yield camera
    camera.close()


def level(jpeg: bytes) -> int:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.shape == (240, 320)
    return min(LEVELS, key=lambda known: abs(known - float(picture.mean())))


def test_it_plays_round_and_round_with_growing_numbers(playing: VideoCamera) -> None:
    seen: list[int] = []
    number = 0
    while seen.count(LEVELS[0]) < 3 or len(seen) < 10:
        frame = playing.next_frame(after=number, wait=20, cancel=Event())
        assert frame.number > number
        number = frame.number
        seen.append(level(frame.jpeg))
        assert len(seen) < 500
    assert set(seen) <= set(LEVELS)
    assert playing.health().state is DeviceState.READY
    assert playing.health().facts["size"] == "320 x 240"


def test_with_once_it_ends_and_opening_begins_again(clip: Path) -> None:
    camera = camera_at(clip, once=True)
    camera.open()
    try:
        frame = camera.next_frame(after=0, wait=20, cancel=Event())
        while level(frame.jpeg) != LEVELS[-1]:
            frame = camera.next_frame(after=frame.number, wait=20, cancel=Event())
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=frame.number, wait=0.3, cancel=Event())
        assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "no_frames")
        camera.open()
        assert camera.next_frame(after=0, wait=20, cancel=Event()).number == 1
    finally:
        camera.close()


def test_a_slow_asker_gets_the_frame_of_the_moment(clip: Path) -> None:
    camera = camera_at(clip, once=True, fps=200.0)
    camera.open()
    try:
        Event().wait(0.5)  # the whole clip is over by now
        assert level(camera.next_frame(after=0, wait=20, cancel=Event()).jpeg) == LEVELS[-1]
    finally:
        camera.close()


def test_a_file_that_goes_is_absence_and_one_that_comes_back_opens(clip: Path, playing: VideoCamera) -> None:
    playing.next_frame(after=0, wait=20, cancel=Event())
    away = clip.rename(clip.with_suffix(".away"))
    assert playing.health().code == "absent"
    with pytest.raises(DeviceError) as caught:
        playing.next_frame(after=0, wait=5, cancel=Event())
    assert caught.value.fault is Fault.ABSENT
    with pytest.raises(DeviceError, match="absent"):
        playing.open()
    away.rename(clip)
    playing.open()
    assert playing.next_frame(after=0, wait=20, cancel=Event()).jpeg[:2] == b"\xff\xd8"


@pytest.mark.parametrize("content", [b"", b"nothing of a video", bytes(range(256)) * 40])
def test_what_is_no_video_is_garbled(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "clip.avi"
    file.write_bytes(content)
    with pytest.raises(DeviceError) as caught:
        camera_at(file).open()
    assert caught.value.fault is Fault.GARBLED


def test_cancel_ends_the_wait_and_a_closed_camera_is_absent(playing: VideoCamera) -> None:
    cancel = Event()
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        playing.next_frame(after=10_000, wait=60, cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED
    playing.close()
    playing.close()
    with pytest.raises(DeviceError, match="absent"):
        playing.next_frame(after=0, wait=1, cancel=Event())
