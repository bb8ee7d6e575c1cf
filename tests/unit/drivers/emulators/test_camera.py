"""The tray of the camera emulator."""

import cv2
import numpy as np
import pytest

from drivers.emulators.camera import FAULTS, Tray, asked_page, decoded


def test_a_scene_is_asked_for_by_name() -> None:
    assert asked_page(b'{"scene": "contract", "code": "A1"}') == {"scene": "contract", "code": "A1", "seed": 0}


def test_a_picture_is_taken_as_it_is() -> None:
    data = bytes(cv2.imencode(".png", np.zeros((50, 40, 3), np.uint8))[1])

    assert asked_page(data) == data
    assert decoded(data).shape == (50, 40, 3)


@pytest.mark.parametrize("body", [b"", b"no picture", b'{"scene": "moon"}', b"{", b'{"scene": "notice", "seed": "x"}'])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        asked_page(body)


def test_laying_a_page_changes_what_the_camera_sees() -> None:
    with Tray(seed=1) as tray:
        empty = tray.frame()
        tray.lay({"scene": "idcard"})

        assert tray.state()["scene"] == "idcard"
        assert tray.state()["corners"] is not None
        assert tray.frame() not in {None, empty}


def test_the_known_faults_are_the_promised_ones() -> None:
    views, streams = {"dark", "blurred", "glare"}, {"frozen", "slow", "garbled", "garbage", "partial"}
    assert views | streams | {"gone", "silent", "wrong"} == FAULTS
