"""The slant of text."""

import cv2
import numpy as np
import pytest

from tests.unit.window_client.imaging import scenes
from window_client.imaging.skew import straightened, text_slant


def slanted(angle: float) -> np.ndarray:
    sheet = scenes.paper("dense", np.random.default_rng(6))
    height, width = sheet.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    return np.asarray(cv2.warpAffine(sheet, move, (width, height), borderValue=(245, 245, 245)))


@pytest.mark.parametrize("angle", [-4.0, -1.0, 1.2, 3.0])
def test_the_slant_of_lines_is_measured(angle: float) -> None:
    assert text_slant(slanted(angle)) == pytest.approx(angle, abs=0.3)


def test_turning_back_makes_it_straight() -> None:
    assert abs(text_slant(straightened(slanted(3.0), 3.0))) < 0.3


def test_a_blank_page_has_no_slant() -> None:
    assert text_slant(np.full((800, 600, 3), 240, np.uint8)) == 0
