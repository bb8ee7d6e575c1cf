"""Make pictures smaller by whole factors: exact halves cost a tenth of what OpenCV's averaging by any factor does."""

import cv2
import numpy as np

from window_client.imaging.arrays import Picture


def reduced_by(picture: Picture, factor: int) -> Picture:
    """The picture averaged over squares of ``factor`` pixels; a rest at the right and lower border is left out."""
    while factor % 2 == 0 and min(picture.shape[:2]) >= 4:
        picture, factor = _averaged(picture, 2), factor // 2
    return picture if factor == 1 or min(picture.shape[:2]) < 2 * factor else _averaged(picture, factor)


def _averaged(picture: Picture, factor: int) -> Picture:
    height, width = picture.shape[0] // factor, picture.shape[1] // factor
    whole = picture[: height * factor, : width * factor]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
