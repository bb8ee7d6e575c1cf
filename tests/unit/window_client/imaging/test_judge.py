"""Flags where they are due, and not on good pages (``scenes``)."""

import numpy as np
import pytest

from tests.unit.window_client.imaging import scenes
from window_client.imaging.judge import FLAGS, blur_width, glare_share, ink_share, judge
from window_client.imaging.page import process_page


def flags_of(scene: scenes.Scene) -> tuple[str, ...]:
    return process_page(scenes.jpeg(scene.image, 90), source="camera").flags


@pytest.mark.parametrize(("mark", "flag"), [("blur", "blurred"), ("dark", "dark"), ("glare", "glare")])
def test_every_faulty_page_is_flagged(mark: str, flag: str) -> None:
    missed = []
    for n in range(10):
        kind = scenes.PAPERS[n]
        scene = scenes.scene(300 + n, desk_kind=scenes.DESKS[n], paper_kind=kind, marks=(mark,))
        if flag not in flags_of(scene):
            missed.append(kind)

    assert missed == []


def test_most_pages_that_were_moved_are_flagged_as_blurred() -> None:
    flagged = [
        "blurred"
        in flags_of(scenes.scene(300 + n, desk_kind=scenes.DESKS[n], paper_kind=scenes.PAPERS[n], marks=("motion",)))
        for n in range(10)
    ]

    assert sum(flagged) >= 8


def test_good_pages_are_hardly_ever_flagged() -> None:
    wrong = [(scene.marks, flag) for scene in (draw() for draw in scenes.many(60, 31)) for flag in flags_of(scene)]

    assert len(wrong) <= 4, wrong


def test_a_form_with_nothing_but_a_signature_is_not_blank() -> None:
    for seed in range(5):
        scene = scenes.scene(seed, desk_kind=scenes.DESKS[seed], paper_kind="signature")

        assert "blank" not in flags_of(scene)


def test_an_empty_sheet_is_blank_even_in_half_shadow_and_with_dust() -> None:
    rng = np.random.default_rng(4)
    sheet = np.full((2339, 1654, 3), 238.0)
    sheet[:, 900:] *= 0.65
    sheet += rng.normal(0, 4, sheet.shape)
    for x, y in rng.integers(100, 1500, (12, 2)):
        sheet[y : y + 3, x : x + 3] -= 90

    assert "blank" in judge(np.asarray(np.clip(sheet, 0, 255), np.uint8)).flags


def test_blur_is_measured_whatever_the_contrast_and_amount_of_text() -> None:
    import cv2

    sheet = cv2.resize(scenes.paper("letter", np.random.default_rng(1)), (1654, 2339))
    grey = np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY), np.uint8)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), 5), np.uint8)
    faint = np.asarray(150 + soft * 0.3, np.uint8)

    sharp_width, soft_width, faint_width = blur_width(grey), blur_width(soft), blur_width(faint)

    assert sharp_width is not None
    assert soft_width is not None
    assert faint_width is not None
    assert sharp_width < 2 < soft_width
    assert abs(faint_width - soft_width) < 1


def test_a_page_without_strokes_has_no_blur_to_measure() -> None:
    assert blur_width(np.full((800, 600), 230, np.uint8)) is None
    assert blur_width(np.full((20, 600), 230, np.uint8)) is None


def test_paper_that_is_white_all_over_is_no_glare() -> None:
    assert glare_share(np.full((800, 600, 3), 255, np.uint8)) == 0


def test_a_white_spot_on_grey_paper_is_glare() -> None:
    page = np.full((800, 600, 3), 190, np.uint8)
    page[300:400, 200:340] = 255

    assert glare_share(page) > 0.02


def test_a_dark_photograph_counts_as_tone_not_as_ink() -> None:
    page = np.full((800, 600), 235, np.uint8)
    page[100:500, 100:500] = 40

    ink, tone = ink_share(page)

    assert tone > 0.2
    assert ink < 0.01


def test_only_known_flags_are_raised() -> None:
    assert set(judge(np.zeros((300, 200, 3), np.uint8)).flags) <= set(FLAGS)
