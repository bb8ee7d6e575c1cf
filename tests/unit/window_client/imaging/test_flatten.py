"""Straightening and even light."""

import cv2
import numpy as np
import pytest

from tests.unit.window_client.imaging import scenes
from window_client.imaging.flatten import Sheet, even_light, paper_level, proportions, sheet_for, straighten

FRAME = (3264, 2448)


def seen(width: float, height: float, *, lean: float = 0.0, turn: float = 0.0) -> np.ndarray:
    """Corners of a flat sheet (millimetres) seen by a camera of one frame's width as focal length, 500 mm above."""
    a, b = np.deg2rad(lean), np.deg2rad(turn)
    box = np.array([[-width, -height, 0], [width, -height, 0], [width, height, 0], [-width, height, 0]]) / 2
    spin = np.array([[np.cos(b), -np.sin(b), 0], [np.sin(b), np.cos(b), 0], [0, 0, 1]])
    tip = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    points = box @ spin.T @ tip.T + (0, 0, 500)
    return np.asarray(points[:, :2] / points[:, 2:] * 3264 + np.array(FRAME) / 2, np.float32)


@pytest.mark.parametrize(("lean", "turn"), [(0, 0), (0, 12), (15, 8), (25, -14)])
def test_a4_is_known_as_a4_from_any_view(lean: float, turn: float) -> None:
    assert sheet_for(seen(210, 297, lean=lean, turn=turn), FRAME) == Sheet(1654, 2339, 200)


def test_a_lying_sheet_stays_lying() -> None:
    assert sheet_for(seen(297, 210, lean=10, turn=5), FRAME) == Sheet(2339, 1654, 200)


@pytest.mark.parametrize("turn", [0, 20])
def test_an_identity_card_comes_at_300_dpi(turn: float) -> None:
    assert sheet_for(seen(85.6, 54, lean=8, turn=turn), FRAME) == Sheet(1011, 638, 300, card=True)


def test_a_receipt_keeps_its_measured_proportions() -> None:
    sheet = sheet_for(seen(80, 260, lean=5), FRAME)

    assert sheet.height / sheet.width == pytest.approx(260 / 80, rel=0.05)


def test_a_cut_page_is_not_stretched_to_a_format() -> None:
    assert sheet_for(seen(210, 290), FRAME, cut_off=True).width not in {1654, 1011}


def test_proportions_of_a_straight_view_are_those_of_the_sides() -> None:
    assert proportions(np.array([[0, 0], [300, 0], [300, 200], [0, 200]], np.float32), (400, 300)) == pytest.approx(1.5)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turning_puts_the_marked_corner_where_it_belongs(turn: int) -> None:
    image = np.full((400, 300, 3), 200, np.uint8)
    image[:60, :60] = (0, 0, 255)
    corners = np.array([[0, 0], [299, 0], [299, 399], [0, 399]], np.float32)

    page = straighten(image, corners, Sheet(300, 400, 200), turn=turn)

    marked = {0: page[20, 20], 90: page[20, -20], 180: page[-20, -20], 270: page[-20, 20]}[turn]
    assert marked.tolist() == [0, 0, 255]
    assert page.shape[:2] == ((400, 300) if turn % 180 == 0 else (300, 400))


def test_uneven_light_and_a_shadow_become_even_paper() -> None:
    sheet = cv2.resize(scenes.paper("letter", np.random.default_rng(2)), (1654, 2339)).astype(np.float32)
    light = np.linspace(0.55, 1.0, 1654, dtype=np.float32)[None, :, None] * np.ones((2339, 1, 1), np.float32)
    light[1500:] *= 0.7
    dim = np.asarray(np.clip(sheet * light, 0, 255), np.uint8)

    even = even_light(dim)

    coarse = cv2.resize(even, (20, 28), interpolation=cv2.INTER_AREA)
    margin = np.concatenate([coarse[1:-1, 1].ravel(), coarse[1:-1, -2].ravel()])
    assert margin.min() > 225
    assert float(np.percentile(even, 1)) < 110  # ink stays dark


def test_a_dark_photograph_on_the_page_stays_dark() -> None:
    sheet = np.full((2339, 1654, 3), 240, np.uint8)
    sheet[500:1500, 300:1300] = 70

    even = even_light(sheet)

    assert 60 <= int(np.median(even[700:1300, 500:1100])) <= 100


def test_coloured_paper_stays_coloured() -> None:
    sheet = np.full((1200, 900, 3), (205, 200, 240), np.uint8)

    even = even_light(sheet)

    assert int(even[600, 450, 2]) - int(even[600, 450, 1]) > 15


def test_the_level_of_a_tiny_page_can_be_told() -> None:
    assert paper_level(np.full((40, 30, 3), 180, np.uint8)).shape == (40, 30)
