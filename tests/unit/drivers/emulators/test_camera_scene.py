"""The emulator's drawings."""

import cv2
import numpy as np
import pytest

from drivers.emulators.camera_scene import HEIGHT, SCENES, WIDTH, variants, view, view_of


@pytest.mark.parametrize("scene", ["application", "idcard", "floorplan"])
def test_a_document_lies_lighter_than_the_desk_at_the_told_corners(scene: str) -> None:
    seen = view(scene, seed=3)

    assert seen.picture.shape == (HEIGHT, WIDTH, 3)
    assert seen.corners is not None
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillConvexPoly(mask, np.array(seen.corners, np.int32), 1)
    grey = cv2.cvtColor(seen.picture, cv2.COLOR_BGR2GRAY)
    assert np.median(grey[mask > 0]) > np.median(grey[mask == 0]) + 60


def test_an_empty_tray_has_no_corners() -> None:
    assert view("empty").corners is None


def test_the_same_seed_draws_the_same_and_another_one_another() -> None:
    assert view("notice", seed=5).corners == view("notice", seed=5).corners
    assert view("notice", seed=5).corners != view("notice", seed=6).corners


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        view("moon")
    assert "contract" in SCENES


def test_a_given_picture_is_laid_down_as_the_page() -> None:
    red = np.zeros((400, 300, 3), np.uint8)
    red[..., 2] = 220
    seen = view_of(red)

    assert seen.corners is not None
    x, y = np.array(seen.corners).mean(0).astype(int)
    assert int(seen.picture[y, x, 2]) > 120 > int(seen.picture[y, x, 0])


def test_faults_of_the_view_can_be_seen() -> None:
    picture = view("application", seed=1).picture

    def level(fault: str | None) -> tuple[float, float]:
        frame = variants(picture, count=1, fault=fault)[0]
        grey = cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_2)
        assert grey is not None
        return float(grey.mean()), float(cv2.Laplacian(grey, cv2.CV_32F).var())

    plain = level(None)

    assert level("dark")[0] < 0.3 * plain[0]
    assert level("blurred")[1] < 0.7 * plain[1]
    assert level("glare")[0] != pytest.approx(plain[0], abs=0.5)


def test_frames_differ_by_their_noise() -> None:
    one, two = variants(view("empty").picture, count=2)

    assert one != two
