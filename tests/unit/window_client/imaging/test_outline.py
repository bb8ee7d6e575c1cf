"""Finding pages, judged on pictures that the emulator did not draw (``scenes``)."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.unit.window_client.imaging import scenes
from window_client.imaging.outline import clockwise, fills_the_frame, find_outline, find_page, reduced

DIAGONAL = float(np.hypot(1088, 816))


def error(found: np.ndarray | None, true: np.ndarray) -> float:
    """The largest distance of a corner from its true place, in parts of the picture's diagonal."""
    if found is None:
        return 1.0
    ordered = clockwise(np.asarray(true, np.float32))
    distances = [np.hypot(*(np.roll(found, k, 0) - ordered).T).max() for k in range(4)]
    return float(min(distances)) / DIAGONAL


def test_nearly_all_pages_are_found_on_ten_kinds_of_desk() -> None:
    errors = np.array(
        [error(find_page(s.image), s.corners) for s in (draw() for draw in scenes.many(80, 11, width=1088))]
    )

    assert (errors < 0.02).mean() >= 0.9
    assert (errors < 0.01).mean() >= 0.7
    assert float(np.median(errors)) < 0.004


@pytest.mark.parametrize("desk", scenes.DESKS)
def test_a_plain_letter_is_found_within_a_hundredth_on(desk: str) -> None:
    scene = scenes.scene(5, desk_kind=desk, width=1088, height=816)

    assert error(find_page(scene.image), scene.corners) < 0.01


def test_an_empty_desk_is_no_page() -> None:
    found = [
        (desk, things)
        for n, desk in enumerate(scenes.DESKS)
        for things in (0, 4)
        if find_page(scenes.empty(n * 2 + things, desk, things, width=1088)) is not None
    ]

    assert len(found) <= 1, found


def test_a_page_that_the_picture_cuts_is_closed_by_its_border_and_said_to_be_cut() -> None:
    told = 0
    for n in range(20):
        scene = scenes.scene(
            900 + n,
            desk_kind=scenes.DESKS[n % 10],
            paper_kind=scenes.PAPERS[n % 7],
            marks=("cut",),
            share=0.9,
            width=1088,
            height=816,
        )
        outline = find_outline(scene.image)
        told += outline is None or outline.cut_off

    assert told >= 16


def test_few_whole_pages_are_said_to_be_cut() -> None:
    outlines = [find_outline(draw().image) for draw in scenes.many(40, 23, width=1088)]

    assert sum(outline.cut_off for outline in outlines if outline) <= 2


def test_a_grey_picture_is_as_good_as_a_coloured_one() -> None:
    scene = scenes.scene(3, desk_kind="glass", width=1088, height=816)

    assert error(find_page(np.asarray(cv2.cvtColor(scene.image, cv2.COLOR_BGR2GRAY))), scene.corners) < 0.01


def test_corners_are_in_pixels_of_the_picture_given() -> None:
    scene = scenes.scene(8, desk_kind="red", width=2176, height=1632)

    found = find_page(scene.image)

    assert error(found, scene.corners) * DIAGONAL < 12


def test_corners_go_clockwise_from_the_top_left() -> None:
    mixed = np.array([[90, 110], [10, 12], [100, 8], [5, 100]], np.float32)

    assert clockwise(mixed).tolist() == [[10, 12], [100, 8], [90, 110], [5, 100]]


def test_paper_from_side_to_side_is_told_from_a_desk() -> None:
    sheet = scenes.paper("letter", np.random.default_rng(1))

    assert fills_the_frame(sheet) == (True, False)
    assert fills_the_frame(sheet[:, 200:]) == (True, True)
    assert not fills_the_frame(scenes.empty(1, "wood"))[0]


def test_reducing_goes_by_whole_factors() -> None:
    assert reduced(np.zeros((2448, 3264, 3), np.uint8), 400).shape == (306, 408, 3)
    assert reduced(np.zeros((30, 40, 3), np.uint8), 400).shape == (30, 40, 3)


@settings(max_examples=40, deadline=None)
@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 120), st.integers(1, 120), st.just(3))),
)
def test_no_picture_upsets_it(image: np.ndarray) -> None:
    found = find_page(image)

    assert found is None or (found.shape == (4, 2) and bool(np.isfinite(found).all()))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_picture_of_one_colour_holds_no_page(level: int) -> None:
    assert find_page(np.full((600, 800, 3), level, np.uint8)) is None
