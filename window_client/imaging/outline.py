"""Find the page in a photograph.

How it works, in the order of the functions:

1. The picture is reduced to about 600 pixels. Text and thin lines are closed away, so that what is left of a page is
   its paper and what is left of a desk is its colour.
2. Straight edges are collected twice: line segments in lightness and in colour, and the sides of blobs that differ
   from their surroundings. Segments in one line are joined.
3. Every line is walked once; at each step the colour on its two sides is compared. A page's edge shows the same step
   all along; a rule in a form shows none, a chequered cloth changes sign, wood grain is weak.
4. Any two times two lines that make a plausible sheet are candidates; evidence along their sides is looked up in
   running sums, so that thousands of candidates cost a few milliseconds. The border of the picture takes part as a
   weak line: it closes a page that is cut off.
5. The best candidate's sides are fitted again on the large picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from window_client.imaging import lines as straight
from window_client.imaging.arrays import Corners, Floats, Picture
from window_client.imaging.reducing import reduced_by

WORKING_SIDE = 408  # pixels; a finer picture finds no more pages and costs more
SURE = 0.51  # a candidate below this score is not a page; measured in tests/unit/window_client/imaging


@dataclass(frozen=True, slots=True)
class Outline:
    """Where a page lies: corners in source pixels, how sure we are (about 0 to 1), whether the picture cuts it off."""

    corners: Corners
    score: float
    cut_off: bool


def find_page(image: Picture) -> Corners | None:
    """The corners of the page, 4 x 2 in source pixels, clockwise from the top left; ``None`` when there is none."""
    outline = find_outline(image)
    return None if outline is None else outline.corners


def find_outline(image: Picture) -> Outline | None:
    """The page in ``image``, found on a reduced copy, its corners refined on the picture itself."""
    small = reduced(image)
    if min(small.shape[:2]) < 48:
        return None
    channels = _without_text(small)
    found = straight.best_quad(channels)
    if found is None or found.score < SURE:
        return None
    scale = np.array([image.shape[1] / small.shape[1], image.shape[0] / small.shape[0]], np.float32)
    corners = _refined(image, found.corners * scale, found.on_border, float(scale.mean()))
    return Outline(clockwise(corners), found.score, bool(found.on_border.any()) or _outside(corners, image))


def fills_the_frame(image: Picture) -> tuple[bool, bool]:
    """Whether the picture is paper from side to side, and whether something written touches its border."""
    small = reduced(image)
    light, a, b = (channel.astype(np.float32) for channel in np.moveaxis(_without_text(small), -1, 0))
    band = max(3, min(light.shape) // 40)
    sides = (np.s_[:band], np.s_[-band:], np.s_[:, :band], np.s_[:, -band:])
    levels = [float(np.median(light[side])) for side in sides]
    spread = max(float(np.percentile(light[side], 90) - np.percentile(light[side], 10)) for side in sides)
    colour = max(float(np.percentile(np.hypot(a[side], b[side]), 90)) for side in sides)
    inside = float(np.percentile(light[band:-band, band:-band], 75))
    paper = min(levels) > 120 and spread < 45 and colour < 40 and max(abs(level - inside) for level in levels) < 50
    if not paper:
        return False, False
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8)) > 40
    return True, max(float(strokes[side].mean()) for side in sides) > 0.01


def reduced(image: Picture, side: int = WORKING_SIDE) -> Picture:
    """The picture, its longer side at most about ``side`` pixels, averaged by whole factors."""
    return reduced_by(image, max(1, round(max(image.shape[:2]) / side)))


def clockwise(corners: Floats) -> Corners:
    """The same four corners, clockwise, beginning with the one nearest to the top left."""
    centre = corners.mean(0)
    around = np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))
    turned = corners[around]
    # The upper side is the one that leans least: its left end is the sheet's top left
    sides = np.roll(turned, -1, 0) - turned
    lean = sides[:, 0] / (np.hypot(sides[:, 0], sides[:, 1]) + 1e-6)
    return np.asarray(np.roll(turned, -int(np.argmax(lean)), 0), np.float32)


def _without_text(small: Picture) -> Floats:
    """Lightness and two colour channels with thin dark and thin light structures taken out; height x width x 3."""
    if small.ndim == 2:
        small = np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), np.uint8)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)
    size = max(5, max(small.shape[:2]) // 70 | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    light, a, b = cv2.split(lab)
    light = cv2.morphologyEx(cv2.medianBlur(light, 3), cv2.MORPH_CLOSE, kernel)
    light = cv2.medianBlur(cv2.morphologyEx(light, cv2.MORPH_OPEN, kernel), 5)
    merged = cv2.merge([light, _coarse(np.asarray(a, np.uint8)), _coarse(np.asarray(b, np.uint8))]).astype(np.float32)
    merged[..., 1:] = (merged[..., 1:] - 128) * 2.0  # a step of colour is seen as well as twice that of lightness
    return np.asarray(merged, np.float32)


def _coarse(channel: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Colour at half the size, its thin structures (a red frame, a stamp) voted away."""
    height, width = channel.shape
    half = cv2.medianBlur(cv2.resize(channel, (width // 2, height // 2), interpolation=cv2.INTER_AREA), 5)
    return np.asarray(cv2.resize(half, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _outside(corners: Floats, image: Picture) -> bool:
    margin = 0.004 * max(image.shape[:2])
    height, width = image.shape[:2]
    low = corners.min(0) < -margin
    high = corners.max(0) > np.array([width - 1 + margin, height - 1 + margin])
    return bool(low.any() or high.any())


def _refined(image: Picture, corners: Floats, fixed: npt.NDArray[np.bool_], scale: float) -> Floats:
    """Fit each side again to the strongest step near it; sides on the picture's border stay."""
    grey = image if image.ndim == 2 else None
    fitted: list[tuple[Floats, Floats]] = []
    reach = max(6.0, 4.5 * scale)
    for n in range(4):
        start, end = corners[n], corners[(n + 1) % 4]
        side = None if fixed[n] else _fit_side(image, grey, start, end, reach)
        fitted.append(side if side is not None else (start, end - start))
    moved = []
    for n in range(4):
        point = straight.crossing(*fitted[n - 1], *fitted[n])
        near = point is not None and float(np.hypot(*(point - corners[n]))) < 3 * reach
        moved.append(point if near and point is not None else corners[n])
    return np.asarray(moved, np.float32)


def _fit_side(
    image: Picture, grey: Picture | None, start: Floats, end: Floats, reach: float
) -> tuple[Floats, Floats] | None:
    """A point and a direction of the step that runs along ``start``-``end``; ``None`` when there is no clear one."""
    along = end - start
    length = float(np.hypot(*along))
    if length < 20:
        return None
    along = along / length
    normal = np.array([-along[1], along[0]], np.float32)
    across = np.arange(-reach, reach + 0.5, max(0.5, reach / 20), dtype=np.float32)
    # Four neighbours a place, averaged, so that noise does not decide
    t = np.linspace(0.04, 0.96, 4 * 48, dtype=np.float32) * length
    points = start + t[:, None, None] * along + across[None, :, None] * normal
    picture = image if grey is None else grey
    profile = cv2.remap(
        picture,
        points[..., 0].astype(np.float32),
        points[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    if profile.ndim == 2:
        profile = profile[..., None]
    profile = profile.reshape(48, 4, len(across), -1).mean(1)
    wide = 3
    inner = np.cumsum(profile, 1)
    means = (inner[:, wide:] - inner[:, :-wide]) / wide
    step = means[:, wide:] - means[:, :-wide]
    typical = np.median(step.reshape(-1, step.shape[-1])[np.abs(step).sum(-1).ravel().argsort()[-48 * 6 :]], 0)
    strength = step @ (typical / (np.linalg.norm(typical) + 1e-6))
    best = strength.argmax(1)
    places = np.arange(48)
    good = strength[places, best] > max(2.0, 0.4 * float(np.median(strength[places, best])))
    if good.sum() < 14:
        return None
    offset = across[np.minimum(best + wide, len(across) - 1)] - 0.5 * (across[1] - across[0])
    x = t.reshape(48, 4).mean(1)
    for _ in range(5):
        slope, level = np.polyfit(x[good], offset[good], 1)
        off = np.abs(offset - slope * x - level)
        limit = max(0.6, 1.8 * float(np.median(off[good])))
        kept = good & (off < limit)
        if kept.sum() < 12 or (kept == good).all():
            break
        good = kept
    origin = start + level * normal
    return np.asarray(origin, np.float32), np.asarray(along + slope * normal, np.float32)
