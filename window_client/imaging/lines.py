"""Straight edges of a prepared picture, and the best sheet that four of them make (see ``outline``)."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from window_client.imaging.arrays import Corners, Floats

FEW_LINES, MOST_LINES = 14, 28
CLEAR = 0.88  # a first candidate above this score is taken at once
BORDER_WEIGHT = 0.5  # what a side on the picture's border counts, where a perfect edge counts 1
NEAR, FAR = 2.5, 6.0  # pixels from a line at which its two sides are compared
FULL_STEP = 22.0  # a step of colour from here on counts fully, in levels


@dataclass(frozen=True, slots=True)
class Quad:
    """Corners in pixels of the prepared picture, a score from 0 to 1, and which sides lie on the picture's border."""

    corners: Corners
    score: float
    on_border: npt.NDArray[np.bool_]


def crossing(p: Floats, d: Floats, q: Floats, e: Floats) -> Floats | None:
    """Where two lines (point, direction) meet; ``None`` when they are parallel."""
    denominator = float(d[0] * e[1] - d[1] * e[0])
    if abs(denominator) < 1e-9:
        return None
    t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / denominator
    return np.asarray(p + t * d, np.float32)


def best_quad(channels: Floats) -> Quad | None:
    """The most page-like four-sided shape of the picture, or ``None`` when there are not enough straight edges.

    A few edges of lightness are tried first: they do for most desks at half the cost.
    """
    light, colour = _planes(channels)
    segments = _segments(light)
    quick = _of_lines(channels, _joined(segments, FEW_LINES))
    if quick is not None and quick.score > CLEAR:
        return quick
    if colour is not None:
        segments = np.concatenate([segments, _segments(colour)])
    return _of_lines(channels, _joined(segments, MOST_LINES))


def _of_lines(channels: Floats, lines: Floats) -> Quad | None:
    height, width = channels.shape[:2]
    border = np.array(
        [
            [0, 0, width - 1, 0],
            [width - 1, 0, width - 1, height - 1],
            [width - 1, height - 1, 0, height - 1],
            [0, height - 1, 0, 0],
        ],
        np.float32,
    )
    walls = np.concatenate([lines, border]) if len(lines) else border
    return _choose(channels, walls, len(lines))


def _planes(channels: Floats) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8] | None]:
    """Lightness spread over all levels, and the distance from the usual colour where there is any colour."""
    light, colour = channels[..., 0], channels[..., 1:]
    low, high = np.percentile(light[::4, ::4], (2, 98))
    gain = min(3.0, 200.0 / max(20.0, float(high - low)))
    spread = np.asarray(np.clip((light - low) * gain, 0, 255), np.uint8)
    middle = np.median(colour[::6, ::6].reshape(-1, 2), 0)
    distance = cv2.magnitude(
        np.ascontiguousarray(colour[..., 0] - middle[0]), np.ascontiguousarray(colour[..., 1] - middle[1])
    )
    reach = float(np.percentile(distance[::4, ::4], 97))
    if reach <= 12:
        return spread, None
    return spread, np.asarray(np.clip(distance * (200.0 / reach), 0, 255), np.uint8)


def _segments(plane: npt.NDArray[np.uint8]) -> Floats:
    """Line segments x0 y0 x1 y1 of one plane, by detector and as sides of blobs."""
    found = _blob_sides(plane)
    detected = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, 0.8, 0.6, 1.0).detect(plane)[0]
    if detected is not None:
        found.append(np.asarray(detected, np.float32).reshape(-1, 4))
    if not found:
        return np.zeros((0, 4), np.float32)
    everything = np.concatenate(found)
    long = np.hypot(everything[:, 2] - everything[:, 0], everything[:, 3] - everything[:, 1])
    return np.asarray(everything[long > 0.03 * max(plane.shape)], np.float32)


def _blob_sides(plane: npt.NDArray[np.uint8]) -> list[Floats]:
    """The long sides of what stands out by Otsu's threshold: they bridge gaps that single segments leave."""
    _, mask = cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    sides: list[Floats] = []
    area = plane.shape[0] * plane.shape[1]
    for picture in (mask, cv2.bitwise_not(mask)):
        contours, _ = cv2.findContours(picture, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        large = sorted((c for c in contours if cv2.contourArea(c) > 0.02 * area), key=cv2.contourArea, reverse=True)[:2]
        for contour in large:
            hull = cv2.convexHull(contour)
            shape = cv2.approxPolyDP(hull, 0.015 * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float32)
            if len(shape) >= 3:
                sides.append(np.concatenate([shape, np.roll(shape, -1, 0)], 1))
    return sides


def _joined(segments: Floats, most: int) -> Floats:
    """Join segments that lie in one line; the ``most`` lines with most edge in them, as x0 y0 x1 y1."""
    if not len(segments):
        return np.zeros((0, 4), np.float32)
    direction = segments[:, 2:] - segments[:, :2]
    length = np.hypot(direction[:, 0], direction[:, 1])
    longest = np.argsort(-length)[:140]
    segments, direction, length = segments[longest], direction[longest], length[longest]
    direction = direction / length[:, None]
    joined: list[tuple[float, Floats]] = []
    free = np.ones(len(segments), bool)
    for n in range(len(segments)):
        if not free[n]:
            continue
        normal = np.array([-direction[n, 1], direction[n, 0]], np.float32)
        parallel = np.abs(direction @ normal) < 0.045
        near0 = np.abs((segments[:, :2] - segments[n, :2]) @ normal)
        near1 = np.abs((segments[:, 2:] - segments[n, :2]) @ normal)
        group = free & parallel & (np.maximum(near0, near1) < 3.0)
        free[group] = False
        points = segments[group].reshape(-1, 2)
        weight = np.repeat(length[group], 2)
        centre = (points * weight[:, None]).sum(0) / weight.sum()
        x, y = (points - centre).T
        tilt = 0.5 * np.arctan2(2 * float((weight * x * y).sum()), float((weight * (x * x - y * y)).sum()))
        axis = np.array([np.cos(tilt), np.sin(tilt)], np.float32)
        reach = (points - centre) @ axis
        ends = np.concatenate([centre + axis * reach.min(), centre + axis * reach.max()])
        joined.append((float(length[group].sum()), np.asarray(ends, np.float32)))
    joined.sort(key=lambda item: -item[0])
    return np.asarray([ends for _, ends in joined[:most]], np.float32)


class _Walk:
    """Evidence along each line: running sums of the step of colour from its right-hand to its left-hand side."""

    def __init__(self, channels: Floats, walls: Floats, real: int) -> None:
        height, width = channels.shape[:2]
        delta = walls[:, 2:] - walls[:, :2]
        self.direction = delta / np.hypot(delta[:, 0], delta[:, 1])[:, None]
        self.origin = walls[:, :2]
        self.real = real
        reach = int(np.hypot(height, width)) + 2
        self.zero = reach // 2  # running index of the line's origin, 2 pixels a step
        steps = (np.arange(reach, dtype=np.float32) - self.zero) * 2
        points = self.origin[:, None] + steps[None, :, None] * self.direction[:, None]
        normal = np.stack([-self.direction[:, 1], self.direction[:, 0]], 1)[:, None]
        inside = ((points >= 1) & (points <= np.array([width - 2, height - 2]))).all(-1)

        def look(distance: float) -> Floats:
            at = (points + distance * normal).astype(np.float32)
            return np.asarray(
                cv2.remap(channels, at[..., 0], at[..., 1], cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE),
                np.float32,
            )

        near, far = (look(NEAR), look(-NEAR)), (look(FAR), look(-FAR))
        plus, minus = (near[0] + far[0]) / 2, (near[1] + far[1]) / 2
        # Each distance is clipped by itself: a line beside the edge must not count as much as the edge
        clipped = np.zeros(plus.shape, np.float32)
        size = np.zeros(plus.shape[:2], np.float32)
        for this, that in (near, far):
            step = (this - that) * inside[..., None]
            length = np.sqrt((step**2).sum(-1))
            clipped += step * (np.minimum(length, FULL_STEP) / (length + 1e-6) / FULL_STEP / 2)[..., None]
            size += length / 2
        self.steps = self._running(clipped)
        self.strong = self._running((size > 5).astype(np.float32)[..., None])
        self.plus, self.minus = self._running(plus * inside[..., None]), self._running(minus * inside[..., None])
        self.squares = self._running((plus**2 + 0) * inside[..., None]), self._running(minus**2 * inside[..., None])
        self.counts = self._running(inside.astype(np.float32)[..., None])

    @staticmethod
    def _running(values: Floats) -> Floats:
        total = np.zeros((values.shape[0], values.shape[1] + 1, values.shape[2]), np.float64)
        np.cumsum(values, 1, out=total[:, 1:])
        return np.asarray(total)

    def place(self, line: npt.NDArray[np.intp], points: Floats) -> npt.NDArray[np.intp]:
        """The running index of ``points`` along their lines."""
        along = ((points - self.origin[line]) * self.direction[line]).sum(-1)
        place = np.rint(along / 2).astype(np.intp) + self.zero
        return np.asarray(np.clip(place, 0, self.counts.shape[1] - 1), np.intp)


def _choose(channels: Floats, walls: Floats, real: int) -> Quad | None:
    height, width = channels.shape[:2]
    walk = _Walk(channels, walls, real)
    direction = walk.direction
    table = _opposite_sides(walls, direction, real, 0.12 * min(height, width))
    if len(table) < 2:
        return None
    first, second = np.triu_indices(len(table), 1)
    lean = np.abs((direction[table[first, 0]] * direction[table[second, 0]]).sum(-1))
    ok = lean < 0.62
    one, two = table[first[ok]], table[second[ok]]
    if not len(one):
        return None
    order = np.stack([one[:, 0], two[:, 0], one[:, 1], two[:, 1]], 1)  # sides around
    borders = (order >= real).sum(1)
    order = order[borders <= 2]
    corners = _corners(walk, order)
    order, corners = _plausible(order, corners, width, height)
    if not len(order):
        return None
    scores = _scores(walk, order, corners, width, height)
    best = int(scores.argmax())
    return Quad(np.asarray(corners[best], np.float32), float(scores[best]), order[best] >= real)


def _opposite_sides(walls: Floats, direction: Floats, real: int, apart: float) -> npt.NDArray[np.intp]:
    """Pairs of lines that may be opposite sides of a sheet: nearly parallel, ``apart`` or more, not both the border."""
    i, j = np.triu_indices(len(walls), 1)
    middle = (walls[:, :2] + walls[:, 2:]) / 2
    normal = np.stack([-direction[:, 1], direction[:, 0]], 1)
    with_border = (i >= real) | (j >= real)  # a turned sheet meets the border at any angle
    parallel = np.abs((direction[i] * direction[j]).sum(-1)) > np.where(with_border, 0.8, 0.88)
    distance = np.abs(((middle[j] - middle[i]) * normal[i]).sum(-1))
    ok = parallel & (distance > apart) & ((i < real) | (j < real))
    return np.stack([i[ok], j[ok]], 1)


def _corners(walk: _Walk, order: npt.NDArray[np.intp]) -> Floats:
    """Corner n lies between side n - 1 and side n; n x 4 x 2, NaN for parallels."""
    result = np.empty((len(order), 4, 2), np.float64)
    for n in range(4):
        p, d = walk.origin[order[:, n - 1]], walk.direction[order[:, n - 1]]
        q, e = walk.origin[order[:, n]], walk.direction[order[:, n]]
        denominator = d[:, 0] * e[:, 1] - d[:, 1] * e[:, 0]
        denominator = np.where(np.abs(denominator) < 1e-6, np.nan, denominator)
        t = ((q[:, 0] - p[:, 0]) * e[:, 1] - (q[:, 1] - p[:, 1]) * e[:, 0]) / denominator
        result[:, n] = p + t[:, None] * d
    return np.asarray(result)


def _plausible(
    order: npt.NDArray[np.intp], corners: Floats, width: int, height: int
) -> tuple[npt.NDArray[np.intp], Floats]:
    sides = np.roll(corners, -1, 1) - corners
    length = np.hypot(sides[..., 0], sides[..., 1])
    turns = sides[..., 0] * np.roll(sides[..., 1], -1, 1) - sides[..., 1] * np.roll(sides[..., 0], -1, 1)
    turns = turns / (length * np.roll(length, -1, 1) + 1e-6)
    convex = (turns > 0.5).all(1) | (turns < -0.5).all(1)
    x, y = corners[..., 0], corners[..., 1]
    area = 0.5 * np.abs((x * np.roll(y, -1, 1) - np.roll(x, -1, 1) * y).sum(1))
    slack = 0.03 * max(width, height)
    inside = (x > -slack) & (x < width + slack) & (y > -slack) & (y < height + slack)
    length = length + 1e-6
    opposite = np.minimum(length[:, 0] / length[:, 2], length[:, 2] / length[:, 0])
    opposite = np.minimum(opposite, np.minimum(length[:, 1] / length[:, 3], length[:, 3] / length[:, 1]))
    shape = length.min(1) / length.max(1)
    ok = convex & inside.all(1) & (area > 0.025 * width * height) & (opposite > 0.55) & (shape > 0.14)
    return order[ok], corners[ok]


def _continued(
    walk: _Walk,
    line: npt.NDArray[np.intp],
    lo: npt.NDArray[np.intp],
    hi: npt.NDArray[np.intp],
    reach: npt.NDArray[np.intp],
    step: Floats,
) -> Floats:
    """How far the same step goes on behind a side's two ends, 0 to 1: a shadow's edge does, a page's does not."""
    last = walk.counts.shape[1] - 1
    total = np.zeros(len(line))
    for start, end in (
        (np.maximum(lo - 4 - reach, 0), np.maximum(lo - 4, 0)),
        (np.minimum(hi + 4, last), np.minimum(hi + 4 + reach, last)),
    ):
        count = walk.counts[line, end, 0] - walk.counts[line, start, 0]
        beyond = (walk.steps[line, end] - walk.steps[line, start]) / np.maximum(count, 1)[:, None]
        alike = (beyond * step).sum(-1) / ((step**2).sum(-1) + 0.01)
        total += np.where(count > 3, np.clip(alike, 0, 1), 0)
    return np.asarray(total / 2)


def _scores(walk: _Walk, order: npt.NDArray[np.intp], corners: Floats, width: int, height: int) -> Floats:
    sides = np.roll(corners, -1, 1) - corners
    length = np.hypot(sides[..., 0], sides[..., 1])
    centre = corners.mean(1)
    supports, inner_means, spreads, lights = [], [], [], []
    for n in range(4):
        line = order[:, n]
        a, b = walk.place(line, corners[:, n]), walk.place(line, corners[:, (n + 1) % 4])
        lo, hi = np.minimum(a, b), np.maximum(a, b)
        trim = np.minimum(3, (hi - lo) // 8)
        lo, hi = lo + trim, hi - trim
        count = np.maximum(walk.counts[line, hi, 0] - walk.counts[line, lo, 0], 1)
        expected = np.maximum(hi - lo, 1)
        step = (walk.steps[line, hi] - walk.steps[line, lo]) / count[:, None]
        strong = (walk.strong[line, hi, 0] - walk.strong[line, lo, 0]) / count
        same = np.sqrt((step**2).sum(-1))
        normal = np.stack([-walk.direction[line][:, 1], walk.direction[line][:, 0]], 1)
        positive = ((centre - corners[:, n]) * normal).sum(-1) > 0
        sign = np.where(positive, 1.0, -1.0)
        light = step[:, 0] * sign
        plus = (walk.plus[line, hi] - walk.plus[line, lo]) / count[:, None]
        minus = (walk.minus[line, hi] - walk.minus[line, lo]) / count[:, None]
        square_plus = (walk.squares[0][line, hi] - walk.squares[0][line, lo]) / count[:, None]
        square_minus = (walk.squares[1][line, hi] - walk.squares[1][line, lo]) / count[:, None]
        inner = np.where(positive[:, None], plus, minus)
        square = np.where(positive[:, None], square_plus, square_minus)
        spread = np.sqrt(np.maximum(square - inner**2, 0).sum(-1))
        support = (0.5 * same**0.5 + 0.5 * np.minimum(strong, same * 2.2)) * np.minimum(1, count / expected * 1.05)
        reach = np.maximum((hi - lo) // 4, 6)
        support *= 1 - 0.45 * _continued(walk, line, lo, hi, reach, step)
        on_border = line >= walk.real
        support = np.where(on_border, BORDER_WEIGHT, support)
        supports.append(support)
        lights.append(np.where(on_border, 0.0, light))
        inner_means.append(inner)
        spreads.append(np.where(on_border, 12.0, spread))
    support = np.stack(supports, 1)
    light = np.stack(lights, 1)
    inner = np.stack(inner_means, 1)
    spread = np.stack(spreads, 1)
    weight = length / length.sum(1, keepdims=True)
    mean = (support * weight).sum(1)
    weakest = support.min(1)
    x, y = corners[..., 0], corners[..., 1]
    area = 0.5 * np.abs((x * np.roll(y, -1, 1) - np.roll(x, -1, 1) * y).sum(1)) / (width * height)
    turns = sides / length[..., None]
    square_angle = 1 - np.abs((turns * np.roll(turns, -1, 1)).sum(-1)).max(1)
    colour = inner[..., 1:]
    varied = np.sqrt(((colour - colour.mean(1, keepdims=True)) ** 2).sum(-1)).max(1)
    bright = np.clip(light, -0.3, 0.3).min(1)  # paper is lighter than the desk, nearly always
    mixed = (light.max(1) > 0.12) & (light.min(1) < -0.12)
    score = 0.45 * mean + 0.55 * weakest
    score *= 0.75 + 0.25 * np.minimum(1, area / 0.25) ** 0.5
    score *= 0.8 + 0.2 * square_angle
    score *= 1 / (1 + (varied / 30) ** 2)
    score *= 1 / (1 + (np.sqrt((spread**2).mean(1)) / 60) ** 2)
    score *= 1 + 0.35 * bright
    return np.asarray(np.where(mixed, score * 0.6, score))
