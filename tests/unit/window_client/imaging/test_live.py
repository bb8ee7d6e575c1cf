"""The live edge and the moment of capture."""

import cv2
import numpy as np
import pytest

from tests.unit.window_client.imaging import scenes
from window_client.imaging.decoding import decode
from window_client.imaging.live import STILL_FRAMES, LiveEdge, LiveView


def frames_of(image: np.ndarray, count: int, seed: int = 0) -> list[bytes]:
    """The same view with fresh noise, about as a camera of 8 megapixels has it after reduction."""
    rng = np.random.default_rng(seed)
    large = cv2.resize(image, (1632, 1224))
    return [
        scenes.jpeg(np.asarray(np.clip(large + rng.normal(0, 2, large.shape), 0, 255), np.uint8)) for _ in range(count)
    ]


@pytest.fixture(scope="module")
def first() -> list[bytes]:
    return frames_of(scenes.scene(1, desk_kind="wood").image, STILL_FRAMES + 4)


@pytest.fixture(scope="module")
def second() -> list[bytes]:
    return frames_of(scenes.scene(2, desk_kind="wood", paper_kind="form").image, STILL_FRAMES + 4)


@pytest.fixture(scope="module")
def tray() -> list[bytes]:
    return frames_of(scenes.empty(1, "wood"), 14)


def shown(edge: LiveEdge, frames: list[bytes]) -> list[LiveView]:
    return [edge.feed(frame) for frame in frames]


def test_a_still_page_is_captured_once(first: list[bytes]) -> None:
    views = shown(LiveEdge(), first + first)

    assert [view.capture for view in views].count(True) == 1
    assert not any(view.capture for view in views[:STILL_FRAMES])
    assert views[-1].still
    assert views[-1].sharp
    assert views[-1].corners is not None


def test_the_next_page_is_captured_again(first: list[bytes], second: list[bytes]) -> None:
    assert [view.capture for view in shown(LiveEdge(), first + second)].count(True) == 2


def test_the_same_page_is_captured_again_after_the_tray_was_empty(first: list[bytes], tray: list[bytes]) -> None:
    assert [view.capture for view in shown(LiveEdge(), first + tray + first)].count(True) == 2


def test_a_page_taken_by_key_is_not_taken_again_by_itself(first: list[bytes]) -> None:
    edge = LiveEdge()
    shown(edge, first[:3])
    edge.captured()

    assert not any(view.capture for view in shown(edge, first + first))


def test_a_moving_page_is_not_captured(first: list[bytes]) -> None:
    picture = decode(first[0])
    moving = [
        scenes.jpeg(np.asarray(cv2.warpAffine(picture, np.array([[1, 0, 6.0 * n], [0, 1, 0]]), (1632, 1224)), np.uint8))
        for n in range(14)
    ]

    assert not any(view.capture for view in shown(LiveEdge(), moving))


def test_an_empty_tray_is_not_captured(tray: list[bytes]) -> None:
    views = shown(LiveEdge(), tray)

    assert not any(view.capture for view in views)
    assert views[-1].corners is None


@pytest.mark.parametrize("fault", ["dark", "soft"])
def test_a_dark_or_soft_page_is_shown_but_not_captured(fault: str) -> None:
    image = scenes.scene(1, desk_kind="wood").image
    bad = image * 0.2 if fault == "dark" else cv2.GaussianBlur(image, (0, 0), 6)

    views = shown(LiveEdge(), frames_of(np.asarray(bad, np.uint8), STILL_FRAMES + 4))

    assert not any(view.capture for view in views)
    assert views[-1].dark if fault == "dark" else not views[-1].sharp


def test_the_preview_is_small_rgb(first: list[bytes]) -> None:
    view = LiveEdge().feed(first[0])

    assert max(view.preview_width, view.preview_height) <= 800
    assert len(view.preview) == view.preview_width * view.preview_height * 3


def test_corners_are_parts_of_the_picture(first: list[bytes]) -> None:
    view = LiveEdge().feed(first[0])

    assert view.corners is not None
    assert all(-0.01 <= value <= 1.01 for corner in view.corners for value in corner)


def test_after_a_reset_the_page_is_new(first: list[bytes]) -> None:
    edge = LiveEdge()
    shown(edge, first)
    edge.reset()

    assert any(view.capture for view in shown(edge, first))


def test_a_damaged_frame_is_refused_and_forgotten(first: list[bytes]) -> None:
    edge = LiveEdge()
    edge.feed(first[0])
    with pytest.raises(ValueError, match=r"JPEG|damaged"):
        edge.feed(first[0][:200])

    assert edge.feed(first[1]).corners is not None
