"""The MJPEG camera against small servers that answer what they are told, over a real port."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from threading import Event, Thread

import pytest

from drivers.camera.mjpeg import MjpegCamera
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault

SIZE = bytes.fromhex("ffc0 000b 08 0010 0010 01 01 11 00")
SCAN = bytes.fromhex("ffda 0008 01 01 00 00 3f 00")
JPEG = b"\xff\xd8" + SIZE + SCAN + b"picture" * 100 + b"\xff\xd9"
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=--b\r\n\r\n"
PART = b"--b\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n"

Serve = Callable[..., tuple[str, list[bytes]]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """``serve(answer, stay=True)``: its address, and the requests that came."""
    with ExitStack() as stack:

        def start(answer: bytes, *, stay: bool = True) -> tuple[str, list[bytes]]:
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            requests, leave = list[bytes](), Event()

            def talk() -> None:
                with suppress(OSError):
                    while True:
                        connection, _ = listener.accept()
                        with connection:
                            requests.append(connection.recv(4096))
                            connection.sendall(answer)
                            if stay:
                                leave.wait(30)

            worker = Thread(target=talk, daemon=True)
            worker.start()
            stack.callback(worker.join, 5)
            stack.callback(listener.shutdown, socket.SHUT_RDWR)
            stack.callback(leave.set)
            return f"http://127.0.0.1:{listener.getsockname()[1]}/video?x=1", requests

        yield start


@pytest.fixture
def camera() -> Iterator[Callable[..., MjpegCamera]]:
    made = list[MjpegCamera]()

    def make(url: str, **options: float) -> MjpegCamera:
        made.append(MjpegCamera(DeviceConfig("cam", "camera", "mjpeg_http", url, options=dict(options))))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_frames_come_from_a_camera_that_tells_no_length(serve: Serve, camera: Callable[..., MjpegCamera]) -> None:
    url, requests = serve(HEAD + PART * 3 + b"--b\r\n")
    cam = camera(url)
    cam.open()

    frame = cam.next_frame(after=0, wait=10, cancel=Event())

    assert frame.jpeg == JPEG
    assert requests[0].startswith(b"GET /video?x=1 HTTP/1.1\r\n")


def test_the_password_in_the_address_is_sent(serve: Serve, camera: Callable[..., MjpegCamera]) -> None:
    url, requests = serve(HEAD + PART * 2)
    cam = camera(url.replace("http://", "http://desk:p%40ss@"))
    cam.open()

    assert b"Authorization: Basic ZGVzazpwQHNz" in requests[0]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nhello", Fault.REFUSED),
        (b"HTTP/1.0 404 Not Found\r\n\r\n", Fault.REFUSED),
        (b"HTTP/1.0 503 Busy\r\n\r\n", Fault.ABSENT),
        (b"\x00\x01\x02\r\n\r\n", Fault.ABSENT),
        (b"", Fault.ABSENT),
    ],
)
def test_what_is_no_stream_is_said_so(
    serve: Serve, camera: Callable[..., MjpegCamera], answer: bytes, fault: Fault
) -> None:
    url, _ = serve(answer, stay=False)

    with pytest.raises(DeviceError) as caught:
        camera(url).open()

    assert caught.value.fault is fault


def test_silence_after_connecting_is_a_timeout(serve: Serve, camera: Callable[..., MjpegCamera]) -> None:
    url, _ = serve(b"")

    with pytest.raises(DeviceError) as caught:
        camera(url, connect_within=0.2).open()

    assert caught.value.fault is Fault.TIMEOUT


def test_nobody_there_is_absence(camera: Callable[..., MjpegCamera]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(DeviceError) as caught:
        camera(f"http://127.0.0.1:{port}/").open()

    assert caught.value.fault is Fault.ABSENT


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http:///stream", "http://127.0.0.1:99999/"])
def test_other_addresses_are_unsupported(camera: Callable[..., MjpegCamera], url: str) -> None:
    with pytest.raises(DeviceError) as caught:
        camera(url).open()

    assert caught.value.code == "unsupported"


def test_a_stream_that_ends_is_absence_until_opened_again(serve: Serve, camera: Callable[..., MjpegCamera]) -> None:
    url, requests = serve(HEAD + PART * 2, stay=False)
    cam = camera(url)
    cam.open()
    first = cam.next_frame(after=0, wait=10, cancel=Event())
    with pytest.raises(DeviceError) as caught:
        cam.next_frame(after=first.number + 5, wait=10, cancel=Event())
    cam.open()

    assert caught.value.fault is Fault.ABSENT
    assert cam.next_frame(after=0, wait=10, cancel=Event()).jpeg == JPEG
    assert len(requests) == 2


def test_a_closed_camera_gives_no_frames_and_is_offline(camera: Callable[..., MjpegCamera]) -> None:
    cam = camera("http://127.0.0.1:1/")
    cam.close()

    with pytest.raises(DeviceError) as caught:
        cam.next_frame(after=0, wait=0, cancel=Event())

    assert caught.value.fault is Fault.ABSENT
    assert cam.health().state is DeviceState.OFFLINE
    assert cam.name == "cam"
