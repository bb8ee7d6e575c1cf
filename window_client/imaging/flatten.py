"""Straighten a photographed page: one warp to its true shape, then even light.

Sizes: a sheet of A4's proportions becomes 1654 x 2339 (200 dpi), a card of 85.6 x 54 mm becomes 1011 x 638
(300 dpi), anything else keeps its measured proportions and about its resolution.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from window_client.imaging.arrays import Corners, Floats, Picture
from window_client.imaging.reducing import reduced_by

A4_RATIO, CARD_RATIO = 2**0.5, 85.6 / 54.0
A4_LONG, A4_SHORT, CARD_LONG, CARD_SHORT = 2339, 1654, 1011, 638
PAPER_LEVEL = 245.0  # what paper becomes where the light is made even


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size a page is straightened to, in pixels, and its resolution."""

    width: int
    height: int
    dpi: int
    card: bool = False


def proportions(corners: Corners, frame: tuple[int, int]) -> float:
    """Width over height of the flat sheet seen at ``corners``, in a picture of ``frame`` = (width, height).

    From the two vanishing points, taking the optical axis through the middle of the frame (Zhang and He,
    "Whiteboard scanning and image enhancement", 2007); from the mean lengths of the sides where the view is too
    straight, or the focal length that follows is not that of a camera.
    """
    top, right, bottom, left = (float(np.hypot(*(corners[(n + 1) % 4] - corners[n]))) for n in range(4))
    plain = (top + bottom) / max(left + right, 1e-6)
    centred = corners.astype(np.float64) - np.array(frame) / 2
    m1, m2, m4, m3 = (np.array([x, y, 1.0]) for x, y in centred)  # m3 is the lower left, m4 the lower right
    one, two = float(np.cross(m2, m4) @ m3), float(np.cross(m3, m4) @ m2)
    if abs(one) < 1e-6 or abs(two) < 1e-6:
        return plain
    n2 = float(np.cross(m1, m4) @ m3) / one * m2 - m1
    n3 = float(np.cross(m1, m4) @ m2) / two * m3 - m1
    if abs(n2[2]) < 0.02 or abs(n3[2]) < 0.02:
        return plain
    focal_squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    longest = max(frame)
    if not (0.6 * longest) ** 2 < focal_squared < (4 * longest) ** 2:
        return plain
    scale = np.array([1 / focal_squared, 1 / focal_squared, 1.0])
    true = float(np.sqrt((n2 * n2 * scale).sum() / (n3 * n3 * scale).sum()))
    return true if 0.7 < true / plain < 1.4 else plain


def sheet_for(corners: Corners, frame: tuple[int, int], *, cut_off: bool = False) -> Sheet:
    """What size the page at ``corners`` is straightened to."""
    ratio = proportions(corners, frame)
    lying = ratio > 1
    shape = ratio if lying else 1 / ratio
    if not cut_off and abs(np.log(shape / CARD_RATIO)) < 0.045:
        long, short, dpi, card = CARD_LONG, CARD_SHORT, 300, True
    elif not cut_off and abs(np.log(shape / A4_RATIO)) < 0.07:
        long, short, dpi, card = A4_LONG, A4_SHORT, 200, False
    else:
        seen = max(float(np.hypot(*(corners[(n + 1) % 4] - corners[n]))) for n in range(4))
        long = int(min(A4_LONG, max(SHORTEST_LONG, seen)))
        short, dpi, card = max(32, round(long / min(shape, 12))), 200, False
    return Sheet(long, short, dpi, card) if lying else Sheet(short, long, dpi, card)


SHORTEST_LONG = 200  # pixels: a thumbnail must have something to show


def straighten(image: Picture, corners: Corners, sheet: Sheet, *, turn: int = 0) -> Picture:
    """Warp the page to ``sheet``, turned clockwise by ``turn`` = 0, 90, 180 or 270 degrees, in one step."""
    width, height = sheet.width, sheet.height
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    quarter = turn // 90 % 4
    if quarter % 2:
        width, height = height, width
        target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    target = np.roll(target, -quarter, 0)
    # Measured with OpenCV 5: a warp of four channels costs less than half of one of three, even with both conversions
    left, top = (max(0, int(low) - 2) for low in corners.min(0))
    right, bottom = (int(high) + 3 for high in corners.max(0))
    part = image[top:bottom, left:right]
    if not part.size:
        raise ValueError("the corners lie outside the picture")
    move = cv2.getPerspectiveTransform((corners - (left, top)).astype(np.float32), target)
    four = cv2.cvtColor(part, cv2.COLOR_BGR2BGRA)
    warped = cv2.warpPerspective(four, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(warped, cv2.COLOR_BGRA2BGR), np.uint8)


def even_light(page: Picture, *, card: bool = False) -> Picture:
    """Make paper equally light all over the page; pictures and coloured areas on it stay as they are."""
    level = paper_level(page, card=card)
    wide = cv2.resize(cv2.merge([level, level, level]), (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(page, wide, scale=PAPER_LEVEL, dst=wide), np.uint8)


def paper_level(page: Picture, *, card: bool = False) -> Picture:
    """How light the paper is at each place, as a grey picture of 1/8 size (of full size for tiny pages)."""
    small = reduced_by(page, 8 if min(page.shape[:2]) >= 256 else 1)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    kernel = np.ones((9, 9), np.uint8)  # 9 mm of an A4 page: wider than any text stroke
    closed = cv2.medianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel), 5).astype(np.float32)
    trend = _trend(closed)
    if card:
        level = trend
    else:
        colour = np.asarray(lab[..., 1:], np.float32)
        paper = closed >= np.percentile(closed, 60)
        usual = np.median(colour[paper], 0) if paper.any() else np.array([128.0, 128.0], np.float32)
        other = np.sqrt(((cv2.blur(colour, (5, 5)) - usual) ** 2).sum(-1)) > 14
        drawn = other | (closed < 0.52 * trend)  # a shadow takes less than half of the light, a picture more
        level = np.where(drawn, np.maximum(trend, closed), closed).astype(np.float32)
        level = np.asarray(cv2.GaussianBlur(level, (0, 0), 2.5), np.float32)
    level = np.maximum(level, max(1.0, float(level.max()) / 3.5))
    return np.asarray(np.clip(level, PAPER_LEVEL / 4, 255), np.uint8)


def _trend(closed: Floats) -> Floats:
    """A smooth surface (second order, in the logarithm) through the light places of the page."""
    height, width = closed.shape
    grid = cv2.resize(closed, (24, 24), interpolation=cv2.INTER_AREA)
    value = np.log(np.maximum(grid, 4.0)).ravel()
    y, x = (axis.ravel() / 11.5 - 1 for axis in np.mgrid[0:24, 0:24])
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], 1)
    weight = np.where(value >= np.percentile(value, 35), 1.0, 0.05)
    solution = np.zeros(6)
    for _ in range(4):
        scaled = terms * weight[:, None]
        normal = scaled.T @ terms + 0.5 * np.diag([0.0, 1, 1, 4, 4, 4])
        solution = np.linalg.solve(normal, scaled.T @ value)
        under = value - terms @ solution
        weight = np.where(under < -0.08, 0.04, 1.0)
    surface = np.exp(np.clip((terms @ solution).reshape(24, 24), 1.0, 5.6)).astype(np.float32)
    return np.asarray(cv2.resize(surface, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
