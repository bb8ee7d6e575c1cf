"""From a picture's bytes to a finished page: crop, straighten, judge, even out, encode, thumbnail."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

import cv2
import numpy as np

from window_client.imaging.arrays import Corners, Picture
from window_client.imaging.decoding import decode, density_of, encode
from window_client.imaging.flatten import even_light, sheet_for, straighten
from window_client.imaging.judge import judge
from window_client.imaging.outline import clockwise, fills_the_frame, find_outline
from window_client.imaging.reducing import reduced_by
from window_client.imaging.skew import straightened, text_slant

THUMBNAIL = (140, 196)  # pixels, twice the largest one shown
LONGEST_UNCROPPED = 3508  # pixels: A4 at 300 dpi


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    ``corners`` are source pixels (of the upright picture), clockwise from the top left, or ``None`` when the whole
    picture was taken; ``angle_deg`` is how far the page lay clockwise from straight; ``ms`` are stages of the work.
    """

    jpeg: bytes
    thumbnail_jpeg: bytes
    width: int
    height: int
    dpi: int
    corners: tuple[tuple[float, float], ...] | None
    angle_deg: float
    flags: tuple[str, ...]
    figures: dict[str, float]
    ms: dict[str, float]


class _Watch:
    """Measures the stages of one page."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.ms[name] = round((perf_counter() - start) * 1000, 2)


def process_page(
    jpeg: bytes,
    *,
    source: Literal["camera", "scanner"],
    corners: Sequence[Sequence[float]] | None = None,
    turn: int = 0,
) -> Page:
    """Make a page of a picture (JPEG; also PNG and what else OpenCV reads).

    Args:
        jpeg: The picture's bytes.
        source: A camera's picture is cropped to the page found in it; a scanner's is taken whole and set straight.
        corners: Four corners set by the clerk, in source pixels; they are used as they are.
        turn: Degrees to turn the finished page clockwise: 0, 90, 180 or 270.

    Raises:
        ValueError: The picture cannot be read, or the corners enclose nothing; the text says why.
    """
    if turn % 90:
        raise ValueError(f"a page is turned by quarters, not by {turn} degrees")
    watch = _Watch()
    with watch.stage("decode"):
        image = decode(jpeg)
    if corners is not None:
        return _cropped(image, _given(corners), (), turn, watch)
    if source == "scanner":
        return _scanned(image, density_of(jpeg) or 200, turn, watch)
    with watch.stage("outline"):
        outline = find_outline(image)
    if outline is None:
        return _whole(image, turn, watch)
    return _cropped(image, outline.corners, ("cut_off",) if outline.cut_off else (), turn, watch, score=outline.score)


def _given(corners: Sequence[Sequence[float]]) -> Corners:
    given = np.asarray(corners, np.float32)
    if given.shape != (4, 2) or not np.isfinite(given).all() or np.abs(given).max() > 100_000:
        raise ValueError("a page has four corners of two numbers each")
    ordered = clockwise(given)
    if abs(cv2.contourArea(ordered)) < 400 or not cv2.isContourConvex(ordered.reshape(-1, 1, 2)):
        raise ValueError("the four corners enclose no page")
    return ordered


def _cropped(
    image: Picture, corners: Corners, known: tuple[str, ...], turn: int, watch: _Watch, *, score: float | None = None
) -> Page:
    frame = (image.shape[1], image.shape[0])
    sheet = sheet_for(corners, frame, cut_off=bool(known))
    with watch.stage("straighten"):
        page = straighten(image, corners, sheet, turn=turn)
    seen = float(np.sqrt(abs(cv2.contourArea(corners)) / (sheet.width * sheet.height)))
    # Judging needs the page as it was seen, making it even does not wait for that: two cores share the work
    with ThreadPoolExecutor(1, "judging") as beside:
        judging = beside.submit(judge, page, source_pixels=seen)
        with watch.stage("light"):
            even = even_light(page, card=sheet.card)
        with watch.stage("encode"):
            jpeg = encode(even, dpi=sheet.dpi)
        with watch.stage("judge"):
            verdict = judging.result()
    top = corners[1] - corners[0]
    angle = float(np.rad2deg(np.arctan2(top[1], top[0])))
    figures = dict(verdict.figures)
    if score is not None:
        figures["outline_score"] = round(score, 3)
    points = tuple((round(float(x), 1), round(float(y), 1)) for x, y in corners)
    return _finished(even, sheet.dpi, points, angle, known + verdict.flags, figures, watch, jpeg)


def _whole(image: Picture, turn: int, watch: _Watch) -> Page:
    """No page edge found: the whole picture, with the flag, unless it is all paper."""
    with watch.stage("straighten"):
        page = _turned(_limited(image), turn)
    with watch.stage("judge"):
        verdict = judge(page, source_pixels=image.shape[1] / page.shape[1] if turn % 180 == 0 else 1.0)
    fills, touched = fills_the_frame(image)
    if fills and "blank" not in verdict.flags:
        return _finished(
            page, 200, None, 0.0, ("cut_off", *verdict.flags) if touched else verdict.flags, verdict.figures, watch
        )
    return _finished(page, 200, None, 0.0, ("no_page", *verdict.flags), verdict.figures, watch)


def _scanned(image: Picture, dpi: int, turn: int, watch: _Watch) -> Page:
    with watch.stage("straighten"):
        page = _turned(image, turn)
        angle = text_slant(page)
        if abs(angle) > 0.2:
            page = straightened(page, angle)
    with watch.stage("judge"):
        verdict = judge(page)
    # A scanner's paper is white all over, which is no glare
    flags = tuple(flag for flag in verdict.flags if flag != "glare")
    return _finished(page, dpi, None, angle, flags, verdict.figures, watch)


def _limited(image: Picture) -> Picture:
    scale = LONGEST_UNCROPPED / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _turned(image: Picture, turn: int) -> Picture:
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    code = codes.get(turn % 360)
    return image if code is None else np.asarray(cv2.rotate(image, code), np.uint8)


def _finished(
    page: Picture,
    dpi: int,
    corners: tuple[tuple[float, float], ...] | None,
    angle: float,
    flags: tuple[str, ...],
    figures: dict[str, float],
    watch: _Watch,
    jpeg: bytes = b"",
) -> Page:
    if not jpeg:
        with watch.stage("encode"):
            jpeg = encode(page, dpi=dpi)
    with watch.stage("thumbnail"):
        thumbnail = encode(_thumbnail(page), dpi=72, quality=80)
    height, width = page.shape[:2]
    return Page(jpeg, thumbnail, width, height, dpi, corners, round(angle, 2), flags, figures, watch.ms)


def _thumbnail(page: Picture) -> Picture:
    small = page
    while small.shape[1] >= 4 * THUMBNAIL[0] and small.shape[0] >= 4 * THUMBNAIL[1]:
        small = reduced_by(small, 2)
    scale = min(1.0, THUMBNAIL[0] / small.shape[1], THUMBNAIL[1] / small.shape[0])
    size = (max(1, round(small.shape[1] * scale)), max(1, round(small.shape[0] * scale)))
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8)
