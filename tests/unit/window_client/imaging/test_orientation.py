"""Upright, upside down, lying: told from print alone. The hit rate over many pages: tests/bench/bench_upright.py."""

import cv2
import numpy as np
import pytest

from drivers.emulators.scanner_pages import drawn_page
from window_client.imaging.arrays import Picture
from window_client.imaging.decoding import decode
from window_client.imaging.orientation import upright_turn

LAID = {0: None, 90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}
"""How a page must have been laid so that it is turned by so many degrees."""


def laid(picture: Picture, turn: int) -> Picture:
    code = LAID[turn]
    return picture if code is None else np.asarray(cv2.rotate(picture, code), np.uint8)


@pytest.mark.parametrize("turn", LAID)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_of_text_is_set_upright(number: int, turn: int) -> None:
    page = decode(drawn_page(number, 4, 150))
    assert upright_turn(laid(page, turn)) == turn


@pytest.mark.parametrize("turn", [0, 180])
def test_a_little_slant_and_blur_do_not_matter(turn: int) -> None:
    page = decode(drawn_page(2, 9, 150))
    move = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), 0.8, 1)
    slanted = cv2.warpAffine(page, move, (page.shape[1], page.shape[0]), borderValue=(245, 249, 250))
    soft = np.asarray(cv2.GaussianBlur(slanted, (0, 0), 1.0), np.uint8)
    assert upright_turn(laid(soft, turn)) == turn


def test_where_it_is_not_clear_the_page_stays_as_it_is() -> None:
    rng = np.random.default_rng(3)
    blank = np.full((1169, 827, 3), 250, np.uint8)
    noise = rng.integers(0, 255, (1169, 827, 3)).astype(np.uint8)
    few = blank.copy()
    cv2.putText(few, "Note 12", (200, 300), 0, 2, (20, 20, 20), 4)
    latin = blank.copy()
    for line in range(30):
        text = " ".join("".join(rng.choice(list("etaoinshrdlucmfwyp"), rng.integers(2, 9))) for _ in range(6))
        cv2.putText(latin, text[:38], (60, 60 + 34 * line), 0, 0.9, (20, 20, 20), 2)
    for page in (blank, noise, few, latin, np.asarray(cv2.rotate(latin, cv2.ROTATE_180), np.uint8)):
        assert upright_turn(page) == 0


def test_a_tiny_picture_and_a_grey_one_are_fine() -> None:
    assert upright_turn(np.full((70, 70, 3), 255, np.uint8)) == 0
    page = decode(drawn_page(1, 4, 150))
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    assert upright_turn(laid(grey, 180)) == 180
