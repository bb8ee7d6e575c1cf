"""USB cameras in the rack: pulled out and plugged in again, by links that vanish and appear; each lens has its lane.

The seam is at ``cv2.VideoCapture`` in the camera's process: no test machine has a camera.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.camera.uvc import UvcCamera
from drivers.contracts import Device, DeviceConfig, Frame
from drivers.errors import DeviceError
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher

PATIENCE = 20.0


class Hall:
    """A window with cameras at links in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gate = ManualDispatcher()
        self.plugged = 0
        self.frames: list[Frame] = []
        self.lost: list[DeviceError] = []
        configs = [
            DeviceConfig(
                lens,
                "camera",
                "uvc",
                (folder / f"{lens}-video-index0").as_uri(),
                options={"lens": lens, "hung_after": 1.0},
            )
            for lens in ("document", "portrait")
        ]
        self.devices = Devices(configs, self.gate, lambda: None, create=self._create)

    def _create(self, config: DeviceConfig) -> Device:
        return UvcCamera(config, helper="tests.drivers.odd_camera")

    def plug(self, lens: str) -> None:
        self.plugged += 1
        node = self.folder / f"video{self.plugged}"
        node.write_text("60" if lens == "document" else "180")
        (self.folder / f"{lens}-video-index0").symlink_to(node)

    def pull(self, lens: str) -> None:
        link = self.folder / f"{lens}-video-index0"
        link.resolve().unlink()
        link.unlink()

    def state(self, lens: str) -> tuple[str, str]:
        view = next(view for view in self.devices.views() if view.id == lens)
        return ("ready" if view.state == "busy" else view.state, view.code)

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < give_up, self.devices.views()
            if not self.gate.run():
                time.sleep(0.005)

    def watch(self, lens: str) -> None:
        self.frames.clear()
        self.devices.watch_camera(self.frames.append, self.lost.append, lens=lens)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    made.plug("document")
    made.plug("portrait")
    made.devices.start()
    made.until(lambda: made.state("document") == made.state("portrait") == ("ready", ""))
    yield made
    made.devices.stop()


def test_a_camera_that_is_pulled_out_while_it_rests_is_absent_and_opens_by_itself_when_it_is_back(hall: Hall) -> None:
    hall.pull("document")
    hall.until(lambda: hall.state("document") == ("offline", "absent"))
    assert hall.state("portrait") == ("ready", "")
    hall.plug("document")
    hall.until(lambda: hall.state("document") == ("ready", ""))


def test_a_camera_that_is_pulled_out_while_it_is_watched_is_told_and_can_be_watched_again(hall: Hall) -> None:
    hall.watch("document")
    hall.until(lambda: hall.frames)
    hall.pull("document")
    hall.until(lambda: hall.lost)
    assert hall.lost[0].code == "absent"
    hall.until(lambda: hall.state("document") == ("offline", "absent"))
    hall.plug("document")
    hall.until(lambda: hall.state("document") == ("ready", ""))
    hall.watch("document")
    hall.until(lambda: hall.frames)


def test_each_lens_is_watched_for_itself(hall: Hall) -> None:
    assert hall.devices.lenses() == ("document", "portrait")
    seen = []
    for lens in ("document", "portrait"):
        hall.watch(lens)
        hall.until(lambda: hall.frames)
        seen.append(hall.frames[0].jpeg)
        hall.devices.stop_watching()
    assert seen[0] != seen[1]


def test_a_camera_that_hangs_in_opencv_says_that_no_picture_comes_and_is_back_by_itself(hall: Hall) -> None:
    hall.watch("document")
    hall.until(lambda: hall.frames)
    mark = (hall.folder / "document-video-index0").resolve().with_suffix(".hangs")
    mark.touch()
    hall.until(lambda: hall.lost)
    assert hall.lost[0].code == "no_frames"
    hall.until(lambda: hall.state("document") == ("offline", "no_frames"))
    assert hall.state("portrait") == ("ready", "")
    mark.unlink()
    hall.until(lambda: hall.state("document") == ("ready", ""))
    hall.watch("document")
    hall.until(lambda: hall.frames)
