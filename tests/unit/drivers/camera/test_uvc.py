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


class Capture:
    """What ``cv2.VideoCapture`` does at a node: frames while it is there; ``hangs``: it waits for one in vain."""

    def __init__(self, node: Path, level: int = 90) -> None:
        self.node, self.level = node, level
        self.hangs = Event()
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.node.exists()

    def get(self, _what: int) -> float:
        return 0.0

    def read(self) -> tuple[bool, object]:
        while self.hangs.is_set() and not self.released:
            Event().wait(0.01)
        Event().wait(0.005)
        if not self.node.exists():
            return False, None
        return True, np.full((24, 32, 3), self.level, np.uint8)

    def release(self) -> None:
        self.released = True


class Socket:
    """A USB socket: ``plug`` makes a node and the stable link to it, ``pull`` takes them away."""

    def __init__(self, folder: Path) -> None:
        self.link = folder / "by-id-video-index0"
        self.folder = folder
        self.plugged = 0
        self.captures: list[Capture] = []

    def plug(self) -> None:
        self.plugged += 1
        node = self.folder / f"video{self.plugged}"
        node.touch()
        self.link.symlink_to(node)

    def pull(self) -> None:
        self.link.resolve().unlink()
        self.link.unlink()

    def capture(self, where: int | str, _api: int) -> Capture:
        made = Capture(Path(str(where)).resolve(), 60 * self.plugged)
        self.captures.append(made)
        return made

    def camera(self) -> UvcCamera:
        return UvcCamera(DeviceConfig("cam", "camera", "uvc", self.link.as_uri()), capture=self.capture)


@pytest.mark.parametrize("hangs", [False, True])
def test_a_camera_that_is_pulled_out_is_absent_even_while_opencv_waits_and_opens_again(
    tmp_path: Path, hangs: bool
) -> None:
    socket = Socket(tmp_path)
    socket.plug()
    camera = socket.camera()
    camera.open()
    try:
        first = camera.next_frame(after=0, wait=20, cancel=Event())
        if hangs:
            socket.captures[0].hangs.set()
        socket.pull()
        assert camera.health().code == "absent"
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=10**9, wait=20, cancel=Event())
        assert caught.value.fault is Fault.ABSENT
        socket.captures[0].released = True
        with pytest.raises(DeviceError, match="absent"):
            camera.open()
        socket.plug()
        camera.open()
        again = camera.next_frame(after=0, wait=20, cancel=Event())
        assert again.jpeg != first.jpeg
        assert camera.health().state is DeviceState.READY
    finally:
        camera.close()


def test_a_camera_behind_a_link_that_leads_to_another_node_now_is_not_the_one_that_was_opened(tmp_path: Path) -> None:
    socket = Socket(tmp_path)
    socket.plug()
    camera = socket.camera()
    camera.open()
    try:
        camera.next_frame(after=0, wait=20, cancel=Event())
        socket.link.unlink()
        socket.plug()
        assert camera.health().code == "absent"
    finally:
        camera.close()


def test_two_lenses_of_one_device_are_open_at_once(tmp_path: Path) -> None:
    sockets = []
    for name in ("document", "portrait"):
        (tmp_path / name).mkdir()
        sockets.append(Socket(tmp_path / name))
        sockets[-1].plug()
    sockets[1].plugged = 3
    cameras = [socket.camera() for socket in sockets]
    for camera in cameras:
        camera.open()
    try:
        frames = [camera.next_frame(after=0, wait=20, cancel=Event()).jpeg for camera in cameras]
        assert frames[0] != frames[1]
    finally:
        for camera in cameras:
            camera.close()
    assert all(capture.released for socket in sockets for capture in socket.captures)


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
