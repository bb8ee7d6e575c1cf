"""The USB camera's code on a video file and on a stand-in for OpenCV: no test machine has a camera."""

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from drivers.camera.uvc import UvcCamera
from drivers.contracts import DeviceConfig, Frame
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


class Socket:
    """A USB socket: ``plug`` makes a node and the stable link to it, ``pull`` takes them away."""

    def __init__(self, folder: Path, level: int = 60) -> None:
        self.link = folder / "by-id-video-index0"
        self.folder = folder
        self.level = level
        self.plugged = 0

    def plug(self) -> None:
        self.plugged += 1
        node = self.folder / f"video{self.plugged}"
        node.write_text(str(self.level * self.plugged))
        self.link.symlink_to(node)

    def pull(self) -> None:
        self.link.resolve().unlink()
        self.link.unlink()

    def behaves(self, how: str) -> Path:
        mark = self.link.resolve().with_name(f"{self.link.resolve().name}.{how}")
        mark.touch()
        return mark

    def camera(self, **options: float) -> UvcCamera:
        config = DeviceConfig("cam", "camera", "uvc", self.link.as_uri(), options={**options})
        return UvcCamera(config, helper="tests.drivers.odd_camera")


def frame_of(camera: UvcCamera, after: int = 0) -> Frame:
    return camera.next_frame(after=after, wait=20, cancel=Event())


def looked_at_until_it_fails(camera: UvcCamera) -> None:
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        camera.health()
        Event().wait(0.02)


@pytest.fixture
def socket(tmp_path: Path) -> Socket:
    made = Socket(tmp_path)
    made.plug()
    return made


@pytest.mark.parametrize("hangs", [False, True])
def test_a_camera_that_is_pulled_out_is_absent_even_while_opencv_waits_and_opens_again(
    socket: Socket, hangs: bool
) -> None:
    camera = socket.camera()
    camera.open()
    try:
        first = frame_of(camera)
        if hangs:
            socket.behaves("hangs")
        socket.pull()
        assert camera.health().code == "absent"
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=10**9, wait=20, cancel=Event())
        assert caught.value.fault is Fault.ABSENT
        with pytest.raises(DeviceError, match="absent"):
            camera.open()
        socket.plug()
        camera.open()
        again = frame_of(camera)
        assert again.jpeg != first.jpeg
        assert camera.health().state is DeviceState.READY
    finally:
        camera.close()


def test_a_read_that_hangs_is_ended_with_its_process_and_the_device_is_free_again(socket: Socket) -> None:
    camera = socket.camera(hung_after=0.5)
    camera.open()
    try:
        frame_of(camera)
        mark = socket.behaves("hangs")
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=10**9, wait=20, cancel=Event())
        assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "no_frames")
        assert camera.pid == 0
        mark.unlink()
        camera.open()
        assert frame_of(camera).number == 1
    finally:
        camera.close()


def test_a_read_that_hangs_while_nobody_watches_is_noticed_by_a_look(socket: Socket) -> None:
    camera = socket.camera(hung_after=0.5)
    camera.open()
    try:
        frame_of(camera)
        socket.behaves("hangs")
        with pytest.raises(DeviceError) as caught:
            looked_at_until_it_fails(camera)
        assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "no_frames")
    finally:
        camera.close()


def test_a_camera_is_let_go_of_while_a_read_hangs(socket: Socket) -> None:
    camera = socket.camera()
    camera.open()
    frame_of(camera)
    socket.behaves("hangs")
    pid = camera.pid

    camera.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with socket.link.open() as node:
        fcntl.flock(node, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_process_that_nobody_can_kill_any_more_gives_up_by_itself(socket: Socket) -> None:
    """The program was killed while OpenCV hung and held the interpreter: the camera must not stay busy for ever."""
    node = socket.link.resolve()
    socket.behaves("holds")
    wishes = {"source": str(node), "width": 1, "height": 1, "quality": 90, "gives_up": 1.0}
    helper = subprocess.Popen(
        [sys.executable, "-m", "tests.drivers.odd_camera", json.dumps(wishes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert helper.stdin is not None
    assert helper.stdout is not None
    with helper.stdout as out:
        try:
            assert out.read(1) == b"O"
            give_up = time.monotonic() + 20
            while not node.with_name(f"{node.name}.held").exists():
                assert time.monotonic() < give_up
                Event().wait(0.01)
            helper.stdin.close()
            helper.wait(20)
        finally:
            helper.kill()
            helper.wait()


def test_a_crash_of_native_code_is_an_absent_camera_and_no_more(socket: Socket) -> None:
    camera = socket.camera()
    camera.open()
    try:
        frame_of(camera)
        mark = socket.behaves("crashes")
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=10**9, wait=20, cancel=Event())
        assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "absent")
        mark.unlink()
        camera.open()
        frame_of(camera)
    finally:
        camera.close()


def test_a_camera_that_another_program_holds_is_occupied(socket: Socket) -> None:
    one, other = socket.camera(), socket.camera()
    one.open()
    try:
        with pytest.raises(DeviceError) as caught:
            other.open()
        assert caught.value.fault is Fault.OCCUPIED
    finally:
        one.close()
    other.open()
    other.close()


def test_a_camera_behind_a_link_that_leads_to_another_node_now_is_not_the_one_that_was_opened(socket: Socket) -> None:
    camera = socket.camera()
    camera.open()
    try:
        frame_of(camera)
        socket.link.unlink()
        socket.plug()
        assert camera.health().code == "absent"
    finally:
        camera.close()


def test_two_lenses_of_one_device_are_open_at_once(tmp_path: Path) -> None:
    sockets = []
    for name, level in (("document", 60), ("portrait", 180)):
        (tmp_path / name).mkdir()
        sockets.append(Socket(tmp_path / name, level))
        sockets[-1].plug()
    cameras = [socket.camera() for socket in sockets]
    for camera in cameras:
        camera.open()
    try:
        assert cameras[0].health().facts["size"] == "24 x 24"
        assert frame_of(cameras[0]).jpeg != frame_of(cameras[1]).jpeg
    finally:
        for camera in cameras:
            camera.close()


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


def test_a_closed_camera_is_absent() -> None:
    with pytest.raises(DeviceError) as caught:
        camera_at("usb://0").next_frame(after=0, wait=0, cancel=Event())

    assert caught.value.fault is Fault.ABSENT
