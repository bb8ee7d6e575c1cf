"""Which way up a page of Chinese text lies, without reading a character.

Lines first: between lines there is more empty paper than between the characters of a line, so in every small place of
the page the empty rows and the empty columns tell whether the lines run across or down.

Then the characters, each for itself: the ink of a Chinese character is spread unevenly over its square (a light head,
a gap above a broad foot, full stops at the lower left). ``_WEIGHTS`` are the 8 x 8 weights of that difference, fitted
by logistic regression on 28,000 characters of this product's own texts in four faces; a face that was left out of the
fitting is told right for 81 to 86 of 100 single characters. A page has hundreds: their votes are added, and where they
are not far from chance the page stays as it is.
"""

import cv2
import numpy as np
import numpy.typing as npt

from window_client.imaging.arrays import Floats, Picture
from window_client.imaging.reducing import reduced_by

SURE = 5.0
"""Deviations from chance that the characters' votes must show before a page is turned."""

AGREED = 0.74
"""Share of the characters that must say the same. Chinese: 0.76 to 0.90; Latin print, of which nothing is known here,
reaches 0.72 in the worst face (an italic), and a page of it must never be turned."""

STRONG = 0.64
"""How many deviations a character must say it by; Latin print reaches 0.61."""

LEAST = 24
"""Characters below which nothing is said."""

CLEAR = 0.75
"""Share of the places that must agree on the direction of the lines."""

MOST = 600
"""Characters that are looked at; more tell no more."""

_TILE = 96  # pixels: three lines of print at the working size
_SIDE = 8
_WEIGHTS = np.array(
    [
        [-15, -3, -1, 6, 2, 8, 3, -5],
        [-5, 3, 4, 2, 6, 4, 1, 2],
        [9, 2, 2, 4, -1, 1, -4, -4],
        [2, 3, 2, 3, 1, 2, -3, 2],
        [-2, 3, -2, -1, -3, -2, -3, -2],
        [4, 4, -1, 1, -4, -2, -2, -9],
        [-2, -1, -4, -6, -2, -4, -3, 5],
        [5, -3, -8, -2, -6, 1, 3, 15],
    ],
    np.float32,
)


def upright_turn(page: Picture) -> int:
    """Degrees (0, 90, 180, 270) to turn the page clockwise so that its text stands upright; 0 when it is not clear."""
    ink = _ink(page)
    across, down = _directions(ink)
    if across + down < 4 or max(across, down) < CLEAR * (across + down):
        return 0
    if across > down:
        return 180 if _votes(ink) < -SURE else 0
    votes = _votes(np.ascontiguousarray(np.rot90(ink, -1)))  # as it stands after a quarter clockwise
    if abs(votes) < SURE:
        return 0
    return 90 if votes > 0 else 270


def _ink(page: Picture) -> Picture:
    """Ink of text as ones, at about 100 dots an inch; rules of tables are left out."""
    small = page
    while min(small.shape[:2]) >= 1400:
        small = reduced_by(small, 2)
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    paper = cv2.blur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), (25, 25))
    ink = (cv2.subtract(paper, grey) > 45).astype(np.uint8)
    for shape in ((1, 45), (45, 1)):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return np.asarray(ink, np.uint8)


def _directions(ink: Picture) -> tuple[int, int]:
    """In how many places of the page the lines run across, and down."""
    half = _TILE // 2
    high, wide = ink.shape[0] // half, ink.shape[1] // half
    if high < 2 or wide < 2:
        return 0, 0
    whole = ink[: high * half, : wide * half].reshape(high, half, wide, half)
    rows = whole.sum(3, dtype=np.int32).transpose(0, 2, 1)  # high x wide x half: ink of each row of a quarter tile
    columns = whole.sum(1, dtype=np.int32)
    # a tile is two by two quarters, and tiles overlap by half
    rows = np.concatenate((rows[:-1, :-1] + rows[:-1, 1:], rows[1:, :-1] + rows[1:, 1:]), 2)
    columns = np.concatenate((columns[:-1, :-1] + columns[1:, :-1], columns[:-1, 1:] + columns[1:, 1:]), 2)
    share = rows.sum(2) / _TILE**2
    written = (share > 0.04) & (share < 0.5) & ((rows > 0).mean(2) >= 0.3) & ((columns > 0).mean(2) >= 0.3)
    # not wholly empty: a slant of a degree lets a stroke or two of the next line in
    difference = _sparse(rows) - _sparse(columns)
    return int((written & (difference > 0.08)).sum()), int((written & (difference < -0.08)).sum())


def _sparse(lines: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """The share of nearly empty lines in each tile."""
    return np.asarray((lines < 0.1 * lines.max(2, keepdims=True)).mean(2), np.float64)


def _votes(ink: Picture) -> float:
    """How many deviations from chance the characters say "upright"; negative: upside down; 0 with too few of them."""
    cells = _characters(ink)
    if len(cells) < LEAST:
        return 0.0
    said = ((cells - cells[:, ::-1, ::-1]) * _WEIGHTS).sum((1, 2))
    mean, agreed = float(said.mean() / (said.std() + 1e-6)), float((said > 0).mean())
    if abs(mean) < STRONG or max(agreed, 1 - agreed) < AGREED:
        return 0.0
    return mean * float(np.sqrt(len(said)))


def _characters(ink: Picture) -> Floats:
    """The squares of single characters in lines that run across, each 8 x 8."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 17), np.uint8))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=4)
    found: list[Floats] = []
    boxes = stats[1:count, :4].astype(int)
    # from all over the page, should it have more than are looked at
    for x, y, width, height in boxes[np.argsort(np.arange(len(boxes)) * 0.618034 % 1)]:
        if not 9 <= height <= 48 or width < 1.6 * height:
            continue
        strip = ink[y : y + height, x : x + width]
        for left, right in _squares(strip, height):
            square = strip[:, left:right]
            rows = np.flatnonzero(square.any(1))
            if len(rows) < 0.6 * height:
                continue
            whole = square[rows[0] : rows[-1] + 1].astype(np.float32)
            found.append(np.asarray(cv2.resize(whole, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), np.float32))
        if len(found) > MOST:
            break
    return np.array(found, np.float32).reshape(-1, _SIDE, _SIDE)


def _squares(strip: Picture, height: int) -> list[tuple[int, int]]:
    """Where single characters stand in a line: parts that stand together and are about as wide as the line is high."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], strip.any(0).astype(np.int8), [0]))))
    runs = [(int(left), int(right)) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    squares, at = [], 0
    while at < len(runs):
        left, right = runs[at]
        while at + 1 < len(runs) and runs[at + 1][1] - left <= 1.12 * height:
            at += 1
            right = runs[at][1]
        at += 1
        if 0.72 * height <= right - left <= 1.15 * height:
            squares.append((left, right))
    return squares
