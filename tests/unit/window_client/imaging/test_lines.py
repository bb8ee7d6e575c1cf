"""Straight edges and what they make."""

import cv2
import numpy as np

from window_client.imaging.lines import best_quad, crossing


def channels(grey: np.ndarray) -> np.ndarray:
    return np.dstack([grey.astype(np.float32), np.zeros_like(grey, np.float32), np.zeros_like(grey, np.float32)])


def sheet(corners: list[list[int]], inside: int, outside: int) -> np.ndarray:
    picture = np.full((300, 400), outside, np.uint8)
    cv2.fillConvexPoly(picture, np.array(corners), inside)
    return channels(cv2.GaussianBlur(picture, (3, 3), 0))


def test_two_lines_meet_where_they_should() -> None:
    at = crossing(*(np.array(v, np.float32) for v in ([0, 5], [1, 0], [7, 0], [0, 1])))

    assert at is not None
    assert at.tolist() == [7, 5]


def test_parallels_do_not_meet() -> None:
    assert crossing(*(np.array(v, np.float32) for v in ([0, 5], [1, 0], [7, 0], [2, 0]))) is None


def test_a_light_sheet_on_a_dark_desk_scores_high() -> None:
    quad = best_quad(sheet([[80, 50], [320, 60], [310, 250], [90, 240]], 230, 60))

    assert quad is not None
    assert quad.score > 0.9
    assert not quad.on_border.any()


def test_a_dark_sheet_scores_less_than_a_light_one_but_is_found() -> None:
    light = best_quad(sheet([[80, 50], [320, 60], [310, 250], [90, 240]], 230, 60))
    dark = best_quad(sheet([[80, 50], [320, 60], [310, 250], [90, 240]], 60, 230))

    assert light is not None
    assert dark is not None
    assert 0.48 < dark.score < light.score


def test_a_sheet_that_runs_out_of_the_picture_is_closed_by_the_border() -> None:
    quad = best_quad(sheet([[80, 50], [320, 60], [320, 340], [80, 340]], 230, 60))

    assert quad is not None
    assert quad.on_border.sum() == 1


def test_the_edge_of_a_shadow_that_goes_on_beyond_the_sheet_is_not_taken_for_its_side() -> None:
    picture = sheet([[80, 50], [320, 60], [310, 250], [90, 240]], 230, 90)
    picture[:, 200:, 0] *= 0.6

    quad = best_quad(picture)

    assert quad is not None
    assert quad.corners[:, 0].max() > 300


def test_nothing_straight_makes_no_sheet() -> None:
    quad = best_quad(channels(np.full((300, 400), 90, np.uint8)))

    assert quad is None or quad.score < 0.48
