"""From bytes to a finished page."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.window_client.imaging import scenes
from window_client.imaging.decoding import decode, density_of
from window_client.imaging.page import process_page


@pytest.fixture(scope="module")
def letter() -> scenes.Scene:
    return scenes.scene(12, desk_kind="wood", paper_kind="letter")


def test_a_photograph_becomes_a_page_with_all_that_is_promised(letter: scenes.Scene) -> None:
    page = process_page(scenes.jpeg(letter.image), source="camera")

    picture = decode(page.jpeg)
    assert picture.shape[:2] == (page.height, page.width)
    assert density_of(page.jpeg) == page.dpi
    assert page.corners is not None
    assert len(page.corners) == 4
    assert page.flags == ()
    assert abs(page.angle_deg) < 45
    assert set(page.ms) == {"decode", "outline", "straighten", "light", "turn", "encode", "judge", "thumbnail"}
    thumbnail = decode(page.thumbnail_jpeg)
    assert thumbnail.shape[1] <= 140
    assert thumbnail.shape[0] <= 196
    assert float(np.median(picture)) > 225


def test_corners_set_by_the_clerk_are_used_as_they_are(letter: scenes.Scene) -> None:
    corners = [[100.0, 100.0], [700.0, 100.0], [700.0, 900.0], [100.0, 900.0]]

    page = process_page(scenes.jpeg(letter.image), source="camera", corners=corners[2:] + corners[:2])

    assert page.corners == tuple((x, y) for x, y in corners)
    assert "no_page" not in page.flags


@pytest.mark.parametrize(
    "corners",
    [[[0, 0], [1, 1]], [[0, 0], [5, 0], [10, 0], [15, 0]], [[0, 0], [float("nan"), 0], [9, 9], [0, 9]]],
)
def test_corners_that_enclose_nothing_are_refused(letter: scenes.Scene, corners: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="corners"):
        process_page(scenes.jpeg(letter.image), source="camera", corners=corners)


def test_a_quarter_turn_swaps_width_and_height(letter: scenes.Scene) -> None:
    data = scenes.jpeg(letter.image)
    straight, turned = process_page(data, source="camera"), process_page(data, source="camera", turn=90)

    assert (turned.width, turned.height) == (straight.height, straight.width)


def test_a_page_is_turned_by_quarters_only(letter: scenes.Scene) -> None:
    with pytest.raises(ValueError, match="quarters"):
        process_page(scenes.jpeg(letter.image), source="camera", turn=45)


def test_an_empty_tray_is_kept_whole_and_flagged() -> None:
    page = process_page(scenes.jpeg(scenes.empty(2, "wood")), source="camera")

    assert "no_page" in page.flags
    assert page.corners is None
    assert (page.width, page.height) == (1632, 1224)


def test_a_page_that_fills_the_picture_is_no_missing_page() -> None:
    sheet = cv2.resize(scenes.paper("dense", np.random.default_rng(3)), (1654, 2339))

    assert process_page(scenes.jpeg(np.asarray(sheet)), source="camera").flags == ()


def test_a_slanted_scan_is_set_straight() -> None:
    sheet = cv2.resize(scenes.paper("dense", np.random.default_rng(3)), (1654, 2339))
    move = cv2.getRotationMatrix2D((827, 1170), -2.0, 1.0)
    slanted = np.asarray(cv2.warpAffine(sheet, move, (1654, 2339), borderValue=(245, 245, 245)), np.uint8)

    page = process_page(scenes.jpeg(slanted), source="scanner")

    assert page.angle_deg == pytest.approx(2.0, abs=0.3)
    assert page.corners is None
    assert page.flags == ()


def test_the_identity_card_comes_out_in_its_own_size() -> None:
    scene = scenes.scene(44, desk_kind="glass", paper_kind="card", tilt=0.05, angle=5)

    page = process_page(scenes.jpeg(scene.image), source="camera")

    assert (page.width, page.height, page.dpi) == (1011, 638, 300)


def test_a_large_picture_is_done_too() -> None:
    large = cv2.resize(scenes.scene(9, desk_kind="mat").image, (4896, 3672), interpolation=cv2.INTER_CUBIC)

    assert process_page(scenes.jpeg(np.asarray(large)), source="camera").corners is not None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40_000), st.binary(max_size=40))
def test_a_damaged_jpeg_is_refused_or_done_but_never_upsets(cut: int, rubbish: bytes) -> None:
    data, told = scenes.jpeg(np.full((300, 400, 3), 200, np.uint8)), list[str]()
    try:
        process_page(data[: cut % len(data)] + rubbish, source="camera")
    except ValueError as error:
        told.append(str(error))
    assert all(told)


@settings(max_examples=30, deadline=None)
@given(st.integers(64, 140), st.integers(64, 140), st.integers(0, 2**32 - 1))
def test_no_small_picture_upsets_it(width: int, height: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    page = process_page(scenes.jpeg(noise), source="camera")

    assert page.jpeg[:2] == b"\xff\xd8"
