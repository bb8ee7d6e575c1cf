"""Reducing by whole factors."""

import numpy as np
import pytest

from window_client.imaging.reducing import reduced_by


@pytest.mark.parametrize(
    ("factor", "shape"), [(1, (50, 70)), (2, (25, 35)), (3, (16, 23)), (4, (12, 17)), (6, (8, 11))]
)
def test_the_size_is_divided_and_the_rest_left_out(factor: int, shape: tuple[int, int]) -> None:
    assert reduced_by(np.zeros((50, 70, 3), np.uint8), factor).shape[:2] == shape


def test_pixels_are_averaged() -> None:
    board = np.indices((8, 8)).sum(0) % 2 * 200

    assert np.unique(reduced_by(board.astype(np.uint8), 2)).tolist() == [100]


def test_a_picture_smaller_than_the_factor_is_left_alone() -> None:
    assert reduced_by(np.zeros((3, 3), np.uint8), 8).shape == (3, 3)
