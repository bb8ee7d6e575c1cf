"""The page's edge while the camera is live, and the moment to capture by itself.

A page is captured when it has lain still for eight frames (mean difference of a 160 x 120 grey picture below 0.5),
its corners moved by less than 0.5 % of the picture, the exposure has settled and the picture is sharp. After that a
*change* is needed (another page, or none) before the next capture.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from window_client.imaging.arrays import Corners, Floats, Picture
from window_client.imaging.decoding import decode_small
from window_client.imaging.judge import DARK_BELOW, blur_width
from window_client.imaging.outline import find_outline

SMALL_SIDE = 600  # pixels; an 8 megapixel frame is decoded at a quarter of its size
PREVIEW_SIDE = 800
STILL_FRAMES = 8
STILL_DIFFERENCE = 0.5  # mean grey levels between two frames
SETTLED = 1.5  # grey levels that the mean may have drifted since the picture became still
MOVED = 0.005  # of the picture's diagonal
CHANGED = 4.0  # mean grey levels from the captured picture that count as another page
SOFT = 1.9  # pixels of blur on the small picture from which a capture is not worth it
LOOK_AGAIN = 4  # a still picture's edge is looked for again only at every fourth frame


@dataclass(frozen=True, slots=True)
class LiveView:
    """What to show of one frame. ``corners`` are in parts of the width and height, clockwise from the top left.

    ``capture`` is true for one frame: now is the moment. ``preview`` is RGB, 3 bytes a pixel, rows without padding.
    """

    corners: tuple[tuple[float, float], ...] | None
    sharp: bool
    dark: bool
    still: bool
    capture: bool
    preview: bytes
    preview_width: int
    preview_height: int


class LiveEdge:
    """Follows the page through the frames of one camera; feed it every frame that is shown."""

    def __init__(self) -> None:
        self._last: Floats | None = None
        self._still_from: Floats | None = None
        self._still_corners: Corners | None = None
        self._still = 0
        self._corners: Corners | None = None
        self._taken: Floats | None = None
        self._missing = 0
        self._sharpest = 0.0

    def reset(self) -> None:
        """Forget everything, as when the camera is opened again."""
        self.__init__()  # type: ignore[misc]

    def captured(self) -> None:
        """The page under the camera was taken (by key): it is not taken again by itself until it changes."""
        self._taken = self._last

    def feed(self, jpeg: bytes) -> LiveView:
        """Look at one frame.

        Raises:
            ValueError: The frame cannot be decoded; the state is as before.
        """
        small = decode_small(jpeg, SMALL_SIDE)
        grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
        thumb = cv2.resize(grey, (160, 120), interpolation=cv2.INTER_AREA).astype(np.float32)
        self._follow_stillness(thumb)
        diagonal = float(np.hypot(*small.shape[:2]))
        if self._still % LOOK_AGAIN == 0 or self._corners is None:
            outline = find_outline(small)
            self._corners = None if outline is None else outline.corners
        self._follow_corners(diagonal)
        dark = float(np.percentile(thumb, 95)) < DARK_BELOW
        sharp = self._is_sharp(grey)
        still = self._still >= STILL_FRAMES
        capture = still and sharp and not dark and self._corners is not None and self._is_new(thumb)
        if capture:
            self._taken = thumb
        preview = _preview(small)
        return LiveView(
            self._in_parts(small), sharp, dark, still, capture, preview.tobytes(), preview.shape[1], preview.shape[0]
        )

    def _follow_stillness(self, thumb: Floats) -> None:
        before, self._last = self._last, thumb
        quiet = before is not None and float(np.abs(thumb - before).mean()) < STILL_DIFFERENCE
        if quiet and self._still_from is not None:
            settled = abs(float(thumb.mean() - self._still_from.mean())) < SETTLED
            quiet = settled and float(np.abs(thumb - self._still_from).mean()) < 2 * STILL_DIFFERENCE
        if quiet:
            self._still += 1
        else:
            self._still, self._still_from, self._still_corners, self._sharpest = 0, thumb, None, 0.0

    def _follow_corners(self, diagonal: float) -> None:
        if self._corners is None:
            self._still_corners = None
            self._missing += 1
            return
        self._missing = 0
        if self._still_corners is None:
            self._still_corners = self._corners
        elif float(np.abs(self._corners - self._still_corners).max()) > MOVED * diagonal:
            # On a grained desk the found edge may jump between two frames while the picture stands still: that is the
            # finder's doubt, not a hand. It costs a frame, not the whole wait.
            self._still, self._still_corners = max(0, self._still - 1), self._corners

    def _is_new(self, thumb: Floats) -> bool:
        return self._taken is None or float(np.abs(thumb - self._taken).mean()) > CHANGED

    def _is_sharp(self, grey: Picture) -> bool:
        """Not softer than the best of this still picture (the focus may be hunting), and not soft at all."""
        if self._missing > 2:
            self._taken = None  # the tray is empty: whatever comes next is new, even if it looks the same
        detail = float(cv2.Laplacian(grey, cv2.CV_32F, ksize=1).var())
        self._sharpest = max(self._sharpest, detail)
        if detail < 0.5 * self._sharpest:
            return False
        if self._corners is None:
            area = grey
        else:
            (left, top), (right, bottom) = self._corners.min(0), self._corners.max(0)
            area = grey[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
        blur = blur_width(area)
        return blur is None or blur < SOFT

    def _in_parts(self, small: Picture) -> tuple[tuple[float, float], ...] | None:
        if self._corners is None:
            return None
        height, width = small.shape[:2]
        return tuple((round(float(x) / width, 5), round(float(y) / height, 5)) for x, y in self._corners)


def _preview(small: Picture) -> Picture:
    scale = min(1.0, PREVIEW_SIDE / max(small.shape[:2]))
    if scale < 1:
        size = (round(small.shape[1] * scale), round(small.shape[0] * scale))
        small = np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)
