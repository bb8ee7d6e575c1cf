import cv2
import numpy as np
import pytest

from drivers.emulators.scanner_pages import drawn_page
from window_client.imaging.arrays import Picture
from window_client.imaging.budget import encode_within, has_colour
from window_client.imaging.decoding import decode, density_of


@pytest.fixture(scope="module")
def page() -> Picture:
    return decode(drawn_page(1, 2, 200))


def grey(page: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def noisy(page: Picture) -> Picture:
    return np.clip(page.astype(int) + np.random.default_rng(1).integers(-14, 15, page.shape), 0, 255).astype(np.uint8)


def test_a_red_seal_is_colour_and_noise_is_none(page: Picture) -> None:
    assert has_colour(page)
    assert not has_colour(grey(page))
    assert not has_colour(noisy(grey(page)))
    assert not has_colour(np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8))


def test_a_small_seal_is_enough_and_warm_paper_is_none(page: Picture) -> None:
    plain = grey(page)
    warm = np.clip(plain.astype(np.float32) * (0.9, 0.97, 1.0), 0, 255).astype(np.uint8)
    assert not has_colour(warm)
    sealed = plain.copy()
    cv2.circle(sealed, (1200, 1900), 40, (40, 40, 200), 4)
    assert has_colour(sealed)


def test_a_page_without_colour_is_grey_and_smaller(page: Picture) -> None:
    coloured, *_ = encode_within(page, dpi=200)
    plain, kept, dpi = encode_within(page, dpi=200, colour=False)
    assert kept.ndim == 2
    assert len(plain) < len(coloured)
    assert (density_of(plain), dpi) == (200, 200)
    assert decode(plain).shape == page.shape


def test_quality_goes_down_before_the_resolution_does(page: Picture) -> None:
    whole = encode_within(noisy(page), dpi=200)[0]
    better, kept, dpi = encode_within(noisy(page), dpi=200, limit=round(len(whole) * 0.8))
    assert len(better) <= len(whole) * 0.8
    assert (kept.shape[:2], dpi) == (page.shape[:2], 200)

    small, kept, dpi = encode_within(noisy(page), dpi=200, limit=round(len(whole) * 0.3))
    assert len(small) <= len(whole) * 0.3
    assert dpi < 200
    assert density_of(small) == dpi


def test_what_is_too_large_whatever_is_done_is_kept_all_the_same(page: Picture) -> None:
    jpeg, kept, _ = encode_within(noisy(page), dpi=200, limit=1000)
    assert decode(jpeg).shape[:2] == kept.shape[:2] == (page.shape[0] // 2, page.shape[1] // 2)
