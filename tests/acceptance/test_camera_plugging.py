"""USB cameras in the rack: pulled out and plugged in again, by links that vanish and appear; each lens has its lane.

The seam is at ``cv2.VideoCapture``: no test machine has a camera.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from drivers.camera.uvc import UvcCamera
from drivers.contracts import Device, DeviceConfig, Frame
from drivers.errors import DeviceError
from window_client.devices import Devices
from window_client.dispatch import ManualDispatcher

PATIENCE = 20.0


class Capture:
    """A node that gives frames of one grey as long as it is there."""

    def __init__(self, node: Path, level: int) -> None:
        self._node, self._level = node, level

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._node.exists()

    def get(self, _what: int) -> float:
        return 0.0

    def read(self) -> tuple[bool, Any]:
        time.sleep(0.01)
        return (True, np.full((48, 64, 3), self._level, np.uint8)) if self._node.exists() else (False, None)

    def release(self) -> None:
        return


class Hall:
    """A window with cameras at links in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gate = ManualDispatcher()
        self.plugged = 0
        self.frames: list[Frame] = []
        self.lost: list[DeviceError] = []
        configs = [
            DeviceConfig(lens, "camera", "uvc", (folder / f"{lens}-video-index0").as_uri(), options={"lens": lens})
            for lens in ("document", "portrait")
        ]
        self.devices = Devices(configs, self.gate, lambda: None, create=self._create)

    def _create(self, config: DeviceConfig) -> Device:
        level = 60 if config.id == "document" else 180
        return UvcCamera(config, capture=lambda where, _api: Capture(Path(str(where)).resolve(), level))

    def plug(self, lens: str) -> None:
        self.plugged += 1
        node = self.folder / f"video{self.plugged}"
        node.touch()
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
