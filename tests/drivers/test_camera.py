"""The camera's driver against the emulator, a program of its own, and what imaging makes of its frames."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from drivers import catalogue
from drivers.camera.mjpeg import MjpegCamera
from drivers.contracts import DeviceConfig, Frame
from drivers.emulators.camera import drawn_small
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from window_client.imaging.codes import read_codes
from window_client.imaging.page import process_page


@pytest.fixture(scope="module")
def running() -> Iterator[EmulatorProcess]:
    """One emulator for all that do not pull its plug."""
    with EmulatorProcess("camera", "--seed", "3") as emulator:
        yield emulator


@pytest.fixture
def emulator(running: EmulatorProcess) -> Iterator[EmulatorProcess]:
    yield running
    running.delete("/fault")
    if running.state()["scene"] != "empty":
        running.delete("/page")


@pytest.fixture
def camera(emulator: EmulatorProcess) -> Iterator[MjpegCamera]:
    camera = catalogue.create(DeviceConfig("cam", "camera", "mjpeg_http", emulator.url))
    assert isinstance(camera, MjpegCamera)
    camera.open()
    yield camera
    camera.close()


def fresh(camera: MjpegCamera) -> Frame:
    """A frame that was made after now: some may still be on their way."""
    number = camera.next_frame(after=0, wait=20, cancel=Event()).number
    return camera.next_frame(after=number + 4, wait=20, cancel=Event())


def test_frames_come_with_growing_numbers_at_eight_megapixels(camera: MjpegCamera) -> None:
    first = camera.next_frame(after=0, wait=20, cancel=Event())
    second = camera.next_frame(after=first.number, wait=20, cancel=Event())

    picture = cv2.imdecode(np.frombuffer(second.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (2448, 3264, 3)
    assert second.number > first.number
    assert camera.health().state is DeviceState.READY


def test_a_page_laid_down_is_found_and_its_code_is_read(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    emulator.put("/page", {"scene": "application", "code": "MAT-510799-01", "seed": 5})

    page = process_page(fresh(camera).jpeg, source="camera")

    true = np.array(emulator.state()["corners"])
    assert page.corners is not None
    assert np.abs(np.array(page.corners) - true).max() < 15
    assert page.flags == ()
    assert (page.width, page.height) == (1654, 2339)
    assert [code.text for code in read_codes(page.jpeg)] == ["MAT-510799-01"]


def test_taking_the_page_away_leaves_an_empty_tray(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    emulator.put("/page", {"scene": "contract"})
    emulator.delete("/page")

    assert "no_page" in process_page(fresh(camera).jpeg, source="camera").flags


def test_a_picture_can_be_the_page(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    sheet = np.full((1400, 990, 3), 240, np.uint8)
    cv2.putText(sheet, "HELLO", (150, 400), cv2.FONT_HERSHEY_SIMPLEX, 6, (30, 30, 30), 14)
    emulator.request("PUT", "/page", bytes(cv2.imencode(".png", sheet)[1]))

    assert process_page(fresh(camera).jpeg, source="camera").flags == ()


@pytest.mark.parametrize(("fault", "flag"), [("dark", "dark"), ("blurred", "blurred"), ("glare", "glare")])
def test_a_bad_view_is_flagged_and_good_again_afterwards(
    emulator: EmulatorProcess, camera: MjpegCamera, fault: str, flag: str
) -> None:
    emulator.put("/page", {"scene": "notice"})
    emulator.put("/fault", {"name": fault})
    bad = process_page(fresh(camera).jpeg, source="camera").flags
    emulator.delete("/fault")

    assert flag in bad
    assert process_page(fresh(camera).jpeg, source="camera").flags == ()


def test_a_frozen_stream_is_no_frames_and_goes_on_afterwards(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    fresh(camera)
    emulator.put("/fault", {"name": "frozen"})
    number = camera.next_frame(after=0, wait=20, cancel=Event()).number
    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=number + 2, wait=1.0, cancel=Event())
    emulator.delete("/fault")

    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "no_frames")
    assert fresh(camera).number > number


def test_a_silent_camera_is_told_as_timeout(emulator: EmulatorProcess) -> None:
    emulator.put("/fault", {"name": "silent"})
    camera = catalogue.create(
        DeviceConfig("cam", "camera", "mjpeg_http", emulator.url, options={"connect_within": 0.5})
    )
    try:
        with pytest.raises(DeviceError) as caught:
            camera.open()
        assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "timeout")
        emulator.delete("/fault")
        assert isinstance(camera, MjpegCamera)
        camera.open()
        assert fresh(camera).jpeg[:2] == b"\xff\xd8"
    finally:
        camera.close()


def test_a_web_page_where_the_stream_should_be_is_refused(emulator: EmulatorProcess) -> None:
    emulator.put("/fault", {"name": "wrong"})
    camera = catalogue.create(DeviceConfig("cam", "camera", "mjpeg_http", emulator.url))
    with pytest.raises(DeviceError) as caught:
        camera.open()
    camera.close()

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "refused")


def test_half_a_picture_is_no_frame_and_the_camera_opens_again(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    number = fresh(camera).number
    emulator.put("/fault", {"name": "partial"})
    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=number + 20, wait=1.0, cancel=Event())
    emulator.delete("/fault")
    camera.open()

    assert caught.value.code in {"no_frames", "garbled"}
    assert process_page(fresh(camera).jpeg, source="camera").flags


def test_a_slow_camera_is_waited_for(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    number = fresh(camera).number
    emulator.put("/fault", {"name": "slow"})

    assert camera.next_frame(after=number, wait=20, cancel=Event()).number > number


def test_pictures_with_damaged_bytes_are_garbled_and_never_shown(
    emulator: EmulatorProcess, camera: MjpegCamera
) -> None:
    emulator.put("/fault", {"name": "garbled"})
    number = camera.next_frame(after=0, wait=20, cancel=Event()).number
    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=number + 2, wait=2.0, cancel=Event())
    emulator.delete("/fault")

    assert (caught.value.fault, caught.value.code) == (Fault.GARBLED, "garbled")
    assert fresh(camera).number > number


def test_the_scene_is_kept_in_a_file_and_drawn_in_a_terminal(
    emulate: Callable[..., EmulatorProcess], tmp_path: Path
) -> None:
    kept = tmp_path / "scene.jpg"
    emulator = emulate("camera", "--seed", "3", "--show", str(kept))
    emulator.put("/page", {"scene": "notice"})
    page = kept.read_bytes()
    emulator.delete("/page")
    empty = kept.read_bytes()

    assert process_page(page, source="camera").corners is not None
    assert process_page(empty, source="camera").corners is None
    lines = drawn_small(page).splitlines()
    assert len(lines) == 27
    assert lines != drawn_small(empty).splitlines()
    assert drawn_small(b"nothing") == ""


def test_garbage_is_told_from_silence(emulator: EmulatorProcess, camera: MjpegCamera) -> None:
    emulator.put("/fault", {"name": "garbage"})
    number = camera.next_frame(after=0, wait=20, cancel=Event()).number

    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=number + 2, wait=1.0, cancel=Event())

    assert caught.value.fault is Fault.GARBLED


def test_a_camera_that_is_gone_is_absent_and_comes_back_by_opening(
    emulator: EmulatorProcess, camera: MjpegCamera
) -> None:
    number = fresh(camera).number
    emulator.put("/fault", {"name": "gone"})
    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=number + 1000, wait=20, cancel=Event())
    with pytest.raises(DeviceError) as again:
        camera.open()
    emulator.delete("/fault")
    camera.open()

    assert caught.value.fault is Fault.ABSENT
    assert again.value.fault is Fault.ABSENT
    assert fresh(camera).jpeg[:2] == b"\xff\xd8"


def test_a_pulled_plug_is_absence(emulate: Callable[..., EmulatorProcess]) -> None:
    emulator = emulate("camera", "--seed", "3")
    camera = catalogue.create(DeviceConfig("cam", "camera", "mjpeg_http", emulator.url))
    assert isinstance(camera, MjpegCamera)
    camera.open()
    try:
        fresh(camera)
        emulator.close()
        with pytest.raises(DeviceError) as caught:
            camera.next_frame(after=10_000, wait=20, cancel=Event())
    finally:
        camera.close()

    assert caught.value.fault is Fault.ABSENT


def test_cancel_ends_the_wait(camera: MjpegCamera) -> None:
    cancel = Event()
    cancel.set()

    with pytest.raises(DeviceError) as caught:
        camera.next_frame(after=0, wait=60, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED


def test_an_unknown_scene_is_refused_by_the_emulator(emulator: EmulatorProcess) -> None:
    with pytest.raises(ValueError, match="422"):
        emulator.put("/page", {"scene": "moon"})
