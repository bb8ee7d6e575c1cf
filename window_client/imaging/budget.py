"""How many bytes a page takes: grey where it has no colour, and a poorer quality where it would be too large."""

import cv2
import numpy as np

from window_client.imaging.arrays import Picture
from window_client.imaging.decoding import encode
from window_client.imaging.reducing import reduced_by

QUALITY = 78
STEPS = (64, 52, 42)
"""Qualities tried one after the other where a page is too large; text stays readable at all of them."""

COLOURED = 18
"""Distance from the paper in Lab (a or b) above which ink is coloured: red seals 50, blue ink 25, noise below 10."""

COLOUR_SHARE = 0.0004
"""Share of the page that must be coloured: a seal of 8 mm on A4 is 0.0008."""


def has_colour(page: Picture) -> bool:
    """Whether anything on the page is coloured: a seal, a photograph, coloured ink or paper."""
    if page.ndim == 2:
        return False
    small = reduced_by(page, 4 if min(page.shape[:2]) >= 1200 else 2 if min(page.shape[:2]) >= 512 else 1)
    _light, *tones = cv2.split(cv2.cvtColor(small, cv2.COLOR_BGR2LAB))
    paper = [int(np.argmax(np.bincount(tone.ravel()))) for tone in tones]  # the commonest tone is the paper's
    if max(abs(tone - 128) for tone in paper) >= COLOURED // 2:
        paper = [128, 128]  # coloured paper is a colour
    away = [cv2.absdiff(tone, np.full_like(tone, base)) for tone, base in zip(tones, paper, strict=True)]
    return bool((cv2.max(*away) > COLOURED).mean() > COLOUR_SHARE)


def encode_within(page: Picture, *, dpi: int, limit: int = 0, colour: bool = True) -> tuple[bytes, Picture, int]:
    """The page as JPEG, the picture that was encoded, and its resolution; at most ``limit`` bytes (0: no limit).

    Without ``colour`` it is encoded in grey. Quality goes down first, then the resolution, by half at the most; a
    page that is too large even then is given as it is: nothing is ever refused here.
    """
    picture = page if colour else np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    jpeg = encode(picture, dpi=dpi, quality=QUALITY)
    for quality in STEPS:
        if not limit or len(jpeg) <= limit:
            return jpeg, picture, dpi
        jpeg = encode(picture, dpi=dpi, quality=quality)
    for scale in (0.75, 0.5):
        if len(jpeg) <= limit:
            break
        size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
        small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        jpeg = encode(small, dpi=round(dpi * scale), quality=STEPS[-1])
        if len(jpeg) <= limit or scale == 0.5:
            return jpeg, small, round(dpi * scale)
    return jpeg, picture, dpi
