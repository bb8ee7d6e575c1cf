"""From a picture's bytes to a finished page: crop, straighten, judge, even out, encode, thumbnail."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Literal

import cv2
import numpy as np

from window_client.imaging.arrays import Corners, Picture
from window_client.imaging.budget import encode_within, has_colour
from window_client.imaging.decoding import decode, density_of, encode
from window_client.imaging.flatten import even_light, sheet_for, straighten
from window_client.imaging.judge import judge
from window_client.imaging.orientation import upright_turn
from window_client.imaging.outline import clockwise, fills_the_frame, find_outline
from window_client.imaging.reducing import reduced_by
from window_client.imaging.skew import straightened, text_slant

THUMBNAIL = (140, 196)  # pixels, twice the largest one shown
DPI_OF_CARDS = 300
LONGEST_UNCROPPED = 3508  # pixels: A4 at 300 dpi


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    ``corners`` are source pixels (of the upright picture), clockwise from the top left, or ``None`` when the whole
    picture was taken; ``angle_deg`` is how far the page lay clockwise from straight; ``ms`` are stages of the work.
    ``turn`` is how far it was turned clockwise, ``frame`` the upright picture's width and height.
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
    turn: int = 0
    frame: tuple[int, int] = (0, 0)


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
    source: Literal["camera", "scanner", "card"],
    corners: Sequence[Sequence[float]] | None = None,
    turn: int | None = None,
    limit: int = 0,
) -> Page:
    """Make a page of a picture (JPEG; also PNG and what else OpenCV reads).

    Args:
        jpeg: The picture's bytes.
        source: A camera's picture is cropped to the page found in it; a scanner's is taken whole and set straight; a
            card's sheet (``card.card_sheet``) is taken as it is.
        corners: Four corners set by the clerk, in source pixels; they are used as they are.
        turn: Degrees to turn the finished page clockwise: 0, 90, 180 or 270; ``None``: so that its text stands
            upright, where that is clear.
        limit: Bytes that the page should not exceed; 0: none.

    Raises:
        ValueError: The picture cannot be read, or the corners enclose nothing; the text says why.
    """
    if turn is not None and turn % 90:
        raise ValueError(f"a page is turned by quarters, not by {turn} degrees")
    watch = _Watch()
    with watch.stage("decode"):
        image = decode(jpeg)
    work = _Work(watch, turn, limit, (image.shape[1], image.shape[0]))
    if corners is not None:
        return _cropped(image, _given(corners), (), work)
    if source == "card":
        return _finished(_turned(image, turn or 0), work, DPI_OF_CARDS)
    if source == "scanner":
        return _scanned(image, density_of(jpeg) or 200, work)
    with watch.stage("outline"):
        outline = find_outline(image)
    if outline is None:
        return _whole(image, work)
    return _cropped(image, outline.corners, ("cut_off",) if outline.cut_off else (), work, score=outline.score)


@dataclass(slots=True)
class _Work:
    """What was asked for, and what is known of the page so far."""

    watch: _Watch
    turn: int | None
    limit: int
    frame: tuple[int, int]
    corners: tuple[tuple[float, float], ...] | None = None
    angle: float = 0.0
    flags: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)


def _given(corners: Sequence[Sequence[float]]) -> Corners:
    given = np.asarray(corners, np.float32)
    if given.shape != (4, 2) or not np.isfinite(given).all() or np.abs(given).max() > 100_000:
        raise ValueError("a page has four corners of two numbers each")
    ordered = clockwise(given)
    if abs(cv2.contourArea(ordered)) < 400 or not cv2.isContourConvex(ordered.reshape(-1, 1, 2)):
        raise ValueError("the four corners enclose no page")
    return ordered


def _cropped(
    image: Picture, corners: Corners, known: tuple[str, ...], work: _Work, *, score: float | None = None
) -> Page:
    watch = work.watch
    sheet = sheet_for(corners, work.frame, cut_off=bool(known))
    with watch.stage("straighten"):
        page = straighten(image, corners, sheet, turn=work.turn or 0)
    seen = float(np.sqrt(abs(cv2.contourArea(corners)) / (sheet.width * sheet.height)))
    # Judging needs the page as it was seen, making it even does not wait for that: two cores share the work
    with ThreadPoolExecutor(1, "judging") as beside:
        looking = beside.submit(_looked_at, page, work)
        judging = beside.submit(judge, page, source_pixels=seen)
        with watch.stage("light"):
            even = even_light(page, card=sheet.card)
        with watch.stage("turn"):
            by_itself = work.turn is None
            work.turn, colour = looking.result()
            even = _turned(even, work.turn) if by_itself else even
        with watch.stage("encode"):
            encoded = encode_within(even, dpi=sheet.dpi, limit=work.limit, colour=colour)
        with watch.stage("judge"):
            verdict = judging.result()
    top = corners[1] - corners[0]
    work.angle = float(np.rad2deg(np.arctan2(top[1], top[0])))
    work.figures = dict(verdict.figures)
    if score is not None:
        work.figures["outline_score"] = round(score, 3)
    work.corners = tuple((round(float(x), 1), round(float(y), 1)) for x, y in corners)
    work.flags = known + verdict.flags
    return _finished(even, work, sheet.dpi, encoded)


def _looked_at(page: Picture, work: _Work) -> tuple[int, bool]:
    """How the page is to be turned, and whether it has colour; half its size tells both."""
    half = reduced_by(page, 2) if min(page.shape[:2]) >= 1400 else page
    return _by_itself(half, work), has_colour(half)


def _by_itself(page: Picture, work: _Work) -> int:
    """The turn that was asked for, or the one that sets the page's text upright."""
    return work.turn if work.turn is not None else upright_turn(page)


def _whole(image: Picture, work: _Work) -> Page:
    """No page edge found: the whole picture, with the flag, unless it is all paper."""
    with work.watch.stage("straighten"):
        page = _limited(image)
        turn = _by_itself(page, work)
        page, work.turn = _turned(page, turn), turn
    with work.watch.stage("judge"):
        verdict = judge(page, source_pixels=image.shape[1] / page.shape[1] if turn % 180 == 0 else 1.0)
    fills, touched = fills_the_frame(image)
    work.figures = verdict.figures
    if fills and "blank" not in verdict.flags:
        work.flags = ("cut_off", *verdict.flags) if touched else verdict.flags
    else:
        work.flags = ("no_page", *verdict.flags)
    return _finished(page, work, 200)


def _scanned(image: Picture, dpi: int, work: _Work) -> Page:
    with work.watch.stage("straighten"):
        turn = _by_itself(image, work)
        page, work.turn = _turned(image, turn), turn
        work.angle = text_slant(page)
        if abs(work.angle) > 0.2:
            page = straightened(page, work.angle)
    with work.watch.stage("judge"):
        verdict = judge(page)
    # A scanner's paper is white all over, which is no glare
    work.flags = tuple(flag for flag in verdict.flags if flag != "glare")
    work.figures = verdict.figures
    return _finished(page, work, dpi)


def _limited(image: Picture) -> Picture:
    scale = LONGEST_UNCROPPED / max(image.shape[:2])
    if scale >= 1:
        return image
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _turned(image: Picture, turn: int) -> Picture:
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    code = codes.get(turn % 360)
    return image if code is None else np.asarray(cv2.rotate(image, code), np.uint8)


def _finished(page: Picture, work: _Work, dpi: int, encoded: tuple[bytes, Picture, int] | None = None) -> Page:
    watch = work.watch
    if encoded is None:
        with watch.stage("encode"):
            encoded = encode_within(page, dpi=dpi, limit=work.limit, colour=has_colour(page))
    jpeg, kept, dpi = encoded
    with watch.stage("thumbnail"):
        thumbnail = encode(_thumbnail(page), dpi=72, quality=80)
    height, width = kept.shape[:2]
    return Page(
        jpeg,
        thumbnail,
        width,
        height,
        dpi,
        work.corners,
        round(work.angle, 2),
        work.flags,
        work.figures,
        watch.ms,
        work.turn or 0,
        work.frame,
    )


def _thumbnail(page: Picture) -> Picture:
    small = page
    while small.shape[1] >= 4 * THUMBNAIL[0] and small.shape[0] >= 4 * THUMBNAIL[1]:
        small = reduced_by(small, 2)
    scale = min(1.0, THUMBNAIL[0] / small.shape[1], THUMBNAIL[1] / small.shape[0])
    size = (max(1, round(small.shape[1] * scale)), max(1, round(small.shape[0] * scale)))
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8)
