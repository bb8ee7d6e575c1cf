"""Is this page fit to be used? Flags for the clerk, with the figures behind them. Nothing is ever dropped.

Thresholds were set on the pictures of tests/unit/window_client/imaging/scenes.py; test_judge.py says what they reach.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from window_client.imaging.arrays import Floats, Picture
from window_client.imaging.reducing import reduced_by

FLAGS = ("blurred", "dark", "glare", "cut_off", "blank", "no_page")

BLURRED_ON_PAGE = 2.3  # pixels at 200 dpi: deviation of the blur from which small print closes up
BLURRED_IN_SOURCE = 1.7  # the same in camera pixels: a coarse camera alone is no blur
DARK_BELOW = 78.0  # level of the lightest paper, of 255
GLARE_SHARE = 0.012  # of the page: bumps of crumpled paper reach 0.010, the mildest real spot 0.024
BLANK_SHARE = 0.0005  # of the page inside its margins: dust 0.0002, one signature 0.002
TILE, REACH = 72, 11  # pixels: a piece of the page, and how far from a stroke its full height is looked for
FAINTEST_STROKE = 25  # levels darker than the paper around


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and the figures behind it."""

    flags: tuple[str, ...]
    figures: dict[str, float]


def judge(page: Picture, *, source_pixels: float = 1.0) -> Verdict:
    """Judge a straightened page before its light is made even.

    Args:
        page: BGR.
        source_pixels: Camera pixels for each pixel of the page's side; below 1 where the page was enlarged.
    """
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    figures: dict[str, float] = {}
    flags: list[str] = []
    enlarged = source_pixels < 0.8  # then measure in camera pixels: enlarging is no blur of the camera's
    seen = (
        cv2.resize(grey, None, fx=source_pixels, fy=source_pixels, interpolation=cv2.INTER_AREA) if enlarged else grey
    )
    blur = blur_width(np.asarray(seen, np.uint8))
    if blur is not None:
        in_source = blur if enlarged else blur * source_pixels
        on_page = in_source / source_pixels
        figures["blur_px"], figures["blur_source_px"] = round(on_page, 2), round(in_source, 2)
        if on_page > BLURRED_ON_PAGE and in_source > BLURRED_IN_SOURCE:
            flags.append("blurred")
    narrow = _narrow(page)
    narrow_grey = np.asarray(cv2.cvtColor(narrow, cv2.COLOR_BGR2GRAY), np.uint8)
    figures["paper_level"] = round(float(np.percentile(cv2.medianBlur(narrow_grey, 5), 95)), 1)
    if figures["paper_level"] < DARK_BELOW:
        flags.append("dark")
    figures["glare_share"] = round(glare_share(narrow), 4)
    if figures["glare_share"] > GLARE_SHARE:
        flags.append("glare")
    ink, tone = ink_share(narrow_grey)
    figures["ink_share"] = round(ink, 5)
    figures["tone_share"] = round(tone, 4)
    if ink < BLANK_SHARE and tone < 0.02:
        flags.append("blank")
    return Verdict(tuple(flags), figures)


def blur_width(grey: npt.NDArray[np.uint8]) -> float | None:
    """Deviation in pixels of the blur over the page's sharpest strokes, in the worse direction.

    The steepest slope of a stroke's edge, divided by its height, is 0.4 over the deviation; so neither contrast nor
    the amount of text matters. ``None`` when the page has too few strokes to tell. Beyond about 6 pixels the figure
    grows no more.
    """
    tiles = _busiest(grey)
    if tiles is None:
        return None
    inner = np.zeros((TILE, TILE), bool)
    inner[REACH:-REACH, REACH:-REACH] = True  # a window must not look into the next tile
    inner = np.tile(inner, (tiles.shape[0] // TILE, 1))
    worst: float | None = None
    for across in (True, False):
        smooth = cv2.blur(tiles, (1, 3) if across else (3, 1)).astype(np.float32)
        size = 2 * REACH - 1
        window = np.ones((1, size) if across else (size, 1), np.uint8)
        height = cv2.dilate(smooth, window) - cv2.erode(smooth, window)
        kernel = np.array([[-0.5, 0, 0.5]], np.float32)
        slope = np.abs(cv2.filter2D(smooth, -1, kernel if across else kernel.T))
        level = float(np.percentile(smooth, 90))
        strokes = inner & (height > max(14.0, 0.15 * level))
        steepness = slope / np.maximum(height, 1)
        steep = []
        for top in range(0, tiles.shape[0], TILE):
            found = steepness[top : top + TILE][strokes[top : top + TILE]]
            if found.size > 60:
                rank = int(found.size * 0.94)
                steep.append(float(np.partition(found, rank)[rank]))
        if not steep:
            continue
        # A soft photograph on the page is no fault: the sharpest places speak for the camera, but for one by chance
        width = 0.4 / max(sorted(steep)[-1 - len(steep) // 8], 0.01)
        worst = width if worst is None else max(worst, width)
    return worst


def _busiest(grey: npt.NDArray[np.uint8], side: int = TILE, most: int = 28) -> npt.NDArray[np.uint8] | None:
    """The tiles with most strokes in them, one below the other."""
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    if rows < 1 or columns < 1:
        return None
    coarse = cv2.resize(
        grey[: rows * side, : columns * side], (columns * side // 3, rows * side // 3), interpolation=cv2.INTER_AREA
    )
    activity = cv2.resize(np.abs(cv2.Laplacian(coarse, cv2.CV_32F)), (columns, rows), interpolation=cv2.INTER_AREA)
    # The outermost tiles hold the sheet's own edge
    if rows > 2 and columns > 2:
        activity[[0, -1]] = activity[:, [0, -1]] = -1
    order = np.argsort(-activity.ravel())[:most]
    tiles = [
        grey[r * side : (r + 1) * side, c * side : (c + 1) * side]
        for r, c in zip(order // columns, order % columns, strict=True)
        if activity[r, c] >= 0
    ]
    return np.concatenate(tiles) if tiles else None


def _narrow(page: Picture, width: int = 600) -> Picture:
    """The page at about 600 pixels' width (its shorter side), its margins of 4 % cut."""
    small = page
    while min(small.shape[:2]) >= 2 * width:
        small = reduced_by(small, 2)
    scale = width / min(small.shape[:2])
    if scale < 0.95:
        small = np.asarray(cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), np.uint8)
    y, x = round(small.shape[0] * 0.04), round(small.shape[1] * 0.04)
    return np.asarray(small[y : small.shape[0] - y, x : small.shape[1] - x], np.uint8)


def glare_share(narrow: Picture) -> float:
    """Share of the page lost in spots that are fully white and much lighter than the paper close around them."""
    blue, green, red = cv2.split(narrow)
    spots = (cv2.min(cv2.min(blue, green), red) >= 249).astype(np.uint8)
    window = np.ones((5, 5), np.uint8)
    white = cv2.morphologyEx(cv2.morphologyEx(spots, cv2.MORPH_OPEN, window), cv2.MORPH_CLOSE, window)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(white, connectivity=8)
    area = int(white.shape[0] * white.shape[1])
    grey = cv2.cvtColor(narrow, cv2.COLOR_BGR2GRAY)
    reach = max(6, min(white.shape) // 16)
    lost = 0
    for n in range(1, count):
        size = int(stats[n, cv2.CC_STAT_AREA])
        if not 0.001 * area < size < 0.3 * area:
            continue
        x, y, w, h = (int(v) for v in stats[n, :4])
        box = np.s_[max(0, y - 2 * reach) : y + h + 2 * reach, max(0, x - 2 * reach) : x + w + 2 * reach]
        spot = (labels[box] == n).astype(np.uint8)
        near = cv2.dilate(spot, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
        far = cv2.dilate(near, np.ones((7, 7), np.uint8))
        ring = grey[box][(far > 0) & (near == 0)]
        if ring.size and float(np.percentile(ring, 75)) < 236:
            lost += size
    return lost / float(area)


def ink_share(grey: npt.NDArray[np.uint8]) -> tuple[float, float]:
    """Share of thin strokes, and of large dark areas, in a page of about 600 pixels' width without margins."""
    quiet = cv2.GaussianBlur(grey, (3, 3), 0)
    strokes = cv2.morphologyEx(quiet, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11)))
    level = max(60.0, float(np.percentile(quiet, 90)))
    ink = float((strokes > FAINTEST_STROKE * min(1.0, level / 200)).mean())
    coarse: Floats = cv2.resize(quiet, (30, 40), interpolation=cv2.INTER_AREA).astype(np.float32)
    tone = float((coarse < 0.45 * np.percentile(coarse, 90)).mean())
    return ink, tone
