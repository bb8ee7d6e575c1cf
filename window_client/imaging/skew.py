"""The slant of the text on a page whose edge is not to be seen, as from a scanner."""

import cv2
import numpy as np

from window_client.imaging.arrays import Picture

STEEPEST = 6.0  # degrees
MOST_POINTS = 30_000


def text_slant(page: Picture) -> float:
    """Degrees by which the lines of text fall to the right (clockwise positive); 0 when there is nothing to go by."""
    factor = max(1, max(page.shape[:2]) // 900)
    small = cv2.resize(page, (page.shape[1] // factor, page.shape[0] // factor), interpolation=cv2.INTER_AREA)
    grey = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    margin = max(2, min(grey.shape) // 40)
    grey = grey[margin:-margin, margin:-margin]
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8)) > 40
    y, x = np.nonzero(strokes)
    if len(x) < 400:
        return 0.0
    # A spread over the pixel's area, and points taken at random: a grid of points would favour the straight angle
    rng = np.random.default_rng(1)
    chosen = rng.integers(0, len(x), min(len(x), MOST_POINTS))
    across = x[chosen] + rng.random(len(chosen)) - grey.shape[1] / 2
    down = y[chosen] + rng.random(len(chosen))
    best, spread = 0.0, -1.0
    still = 0.0
    coarse = np.arange(-STEEPEST, STEEPEST + 0.01, 0.5)
    for angles in (coarse, np.arange(-0.45, 0.46, 0.05)):
        around = best if angles is not coarse else 0.0
        for angle in around + angles:
            rows = down - across * np.tan(np.deg2rad(angle))
            profile = np.bincount((rows - rows.min()).astype(np.intp)).astype(np.float64)
            sharp = float(((profile[1:] - profile[:-1]) ** 2).sum())
            if abs(angle) < 0.26:
                still = max(still, sharp)
            if sharp > spread:
                best, spread = float(angle), sharp
    return best if spread > 1.04 * still and abs(best) < STEEPEST else 0.0


def straightened(page: Picture, angle: float) -> Picture:
    """The page turned back by ``angle`` degrees, its size kept, white where nothing was."""
    height, width = page.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(
        cv2.warpAffine(page, move, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8
    )
