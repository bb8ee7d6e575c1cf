"""A folder as a camera."""

from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from drivers.camera.folder import FolderCamera
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault


def camera_of(path: Path, **options: bool | float) -> FolderCamera:
    return FolderCamera(DeviceConfig("cam", "camera", "folder", path.as_uri(), options={"every": 0.0, **options}))


def picture(path: Path, level: int) -> None:
    cv2.imwrite(str(path), np.full((60, 80, 3), level, np.uint8))


def test_pictures_come_in_the_order_of_names_and_again_from_the_start(tmp_path: Path) -> None:
    picture(tmp_path / "b.jpg", 20)
    picture(tmp_path / "a b.jpg", 10)
    (tmp_path / "notes.txt").write_text("no picture")
    camera = camera_of(tmp_path)
    camera.open()

    frames = [camera.next_frame(after=n, wait=1, cancel=Event()) for n in range(3)]

    files = [(tmp_path / "a b.jpg").read_bytes(), (tmp_path / "b.jpg").read_bytes()]
    assert [frame.jpeg for frame in frames] == [files[0], files[1], files[0]]
    assert [frame.number for frame in frames] == [1, 2, 3]
    assert camera.health().state is DeviceState.READY


def test_one_file_is_a_camera_too_and_png_becomes_jpeg(tmp_path: Path) -> None:
    picture(tmp_path / "page.png", 99)
    camera = camera_of(tmp_path / "page.png")
    camera.open()

    assert camera.next_frame(after=0, wait=1, cancel=Event()).jpeg[:2] == b"\xff\xd8"


def test_once_through_and_then_no_frames(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", 10)
    camera = camera_of(tmp_path, once=True)
    camera.open()
    camera.next_frame(after=0, wait=1, cancel=Event())

    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=1, wait=0.01, cancel=Event())

    assert caught.value.code == "no_frames"


def test_an_older_number_gets_the_same_picture_again(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", 10)
    camera = camera_of(tmp_path)
    camera.open()
    first = camera.next_frame(after=0, wait=1, cancel=Event())

    assert camera.next_frame(after=0, wait=1, cancel=Event()) is first


def test_a_file_that_is_no_picture_is_garbled(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    camera = camera_of(tmp_path)
    camera.open()

    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=0, wait=1, cancel=Event())

    assert caught.value.fault is Fault.GARBLED


def test_a_missing_folder_is_absence_and_closed_too(tmp_path: Path) -> None:
    camera = camera_of(tmp_path / "nowhere")
    for call in (camera.open, lambda: camera.next_frame(after=0, wait=0, cancel=Event())):
        with pytest.raises(DeviceError) as caught:
            call()
        assert caught.value.fault is Fault.ABSENT
    assert camera.health().state is DeviceState.OFFLINE


def test_cancel_is_heard(tmp_path: Path) -> None:
    cancel = Event()
    cancel.set()
    camera = camera_of(tmp_path)
    camera.open()

    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=0, wait=60, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED
