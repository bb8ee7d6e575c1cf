"""Read the bar codes and QR codes of a page.

First zxing-cpp (all kinds), then pyzbar for bars (better under uneven light; Chinese in QR codes it garbles), then once
more for bars only, on a picture made even, doubled and turned. Neither reader made a wrong read in the measurements
behind this order.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
import zxingcpp

from window_client.imaging.arrays import Picture
from window_client.imaging.decoding import decode

LARGEST_READ = 5_000_000  # pixels; A4 has 3.9 million at 200 dpi and 8.7 at 300, where reading takes twice as long
LARGEST_DOUBLED = 6_000_000  # pixels; a larger picture is not doubled once more


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its kind (``QRCode``, ``Code128`` ...) and its text."""

    format: str
    text: str


def read_codes(picture: bytes | Picture) -> list[Code]:
    """All codes on a page, each once, in reading order as the reader gives them.

    Raises:
        ValueError: ``picture`` are bytes that cannot be decoded.
    """
    image = decode(picture) if isinstance(picture, bytes) else picture
    grey = np.asarray(image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    if grey.size > LARGEST_READ:
        scale = (LARGEST_READ * 0.8 / grey.size) ** 0.5
        grey = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return _by_zxing(grey) or _by_pyzbar(grey) or _bars_again(grey)


def text_of(raw: bytes) -> str:
    """A code's bytes as text: UTF-8 where it is, GB 18030 otherwise, Latin 1 when neither."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _by_zxing(grey: Picture, formats: Any = None) -> list[Code]:
    options = {} if formats is None else {"formats": formats}
    found = zxingcpp.read_barcodes(grey, **options)
    return list(
        dict.fromkeys(Code(_name(result.format), text_of(bytes(result.bytes))) for result in found if result.bytes)
    )


def _name(format_: Any) -> str:
    return str(getattr(format_, "name", format_)).replace(" ", "")


@cache
def _pyzbar() -> Any:
    """The pyzbar module, or ``None`` where its system library is missing: the other reader must do then."""
    try:
        from pyzbar import pyzbar  # noqa: PLC0415 - loads a system library that may be absent
    except ImportError:
        return None
    return pyzbar


_ZBAR_NAMES = {
    "CODE128": "Code128",
    "CODE39": "Code39",
    "CODE93": "Code93",
    "EAN13": "EAN13",
    "EAN8": "EAN8",
    "I25": "ITF",
    "UPCA": "UPCA",
    "UPCE": "UPCE",
    "CODABAR": "Codabar",
}


def _by_pyzbar(grey: Picture) -> list[Code]:
    reader = _pyzbar()
    if reader is None:
        return []
    known = [kind for kind in reader.ZBarSymbol if kind.name in _ZBAR_NAMES]
    found = reader.decode(grey, symbols=known)
    return list(dict.fromkeys(Code(_ZBAR_NAMES[result.type], text_of(bytes(result.data))) for result in found))


def _bars_again(grey: Picture) -> list[Code]:
    """One more try for bars, on places that look like bars only: even light, doubled, and four angles."""
    bars = zxingcpp.BarcodeFormat.AllLinear
    for patch in _bar_places(grey):
        doubled = (
            patch
            if patch.size > LARGEST_DOUBLED
            else cv2.resize(patch, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        )
        even = np.asarray(cv2.createCLAHE(3.0, (4, 4)).apply(doubled), np.uint8)
        for angle in (0, 15, -15, 30, -30, 45, -45):
            turned = _turned(even, angle) if angle else even
            codes = _by_zxing(np.asarray(turned, np.uint8), bars) or _by_pyzbar(np.asarray(turned, np.uint8))
            if codes:
                return codes
    return []


LARGEST_PLACE = 0.25
"""Share of the page that a bar code may cover."""


def _bar_places(grey: Picture, most: int = 3) -> list[Picture]:
    """Parts of the page where strokes of one direction stand close together."""
    factor = max(1, max(grey.shape) // 800)
    small = cv2.resize(grey, (grey.shape[1] // factor, grey.shape[0] // factor), interpolation=cv2.INTER_AREA)
    dx, dy = cv2.Sobel(small, cv2.CV_32F, 1, 0), cv2.Sobel(small, cv2.CV_32F, 0, 1)
    size = (25, 25)
    xx, yy, xy = cv2.boxFilter(dx * dx, -1, size), cv2.boxFilter(dy * dy, -1, size), cv2.boxFilter(dx * dy, -1, size)
    one_way = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (xx + yy + 2000)
    mask = ((one_way > 0.75) & (xx + yy > 2500)).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    order = sorted(range(1, count), key=lambda n: -int(stats[n, cv2.CC_STAT_AREA]))[:most]
    places = []
    for n in order:
        x, y, w, h = (int(v) for v in stats[n, :4])
        if w * h < 400 or w * h > LARGEST_PLACE * small.size:
            continue  # a speck; or lines of text run together, not a bar code: seven tries on a whole page take seconds
        pad = 30
        top, left = max(0, (y - pad) * factor), max(0, (x - pad) * factor)
        places.append(grey[top : (y + h + pad) * factor, left : (x + w + pad) * factor])
    return places


def _turned(image: Picture, angle: float) -> Picture:
    height, width = image.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(move[0, 0]), abs(move[0, 1])
    wide, tall = int(width * cosine + height * sine), int(width * sine + height * cosine)
    move[:, 2] += (wide / 2 - width / 2, tall / 2 - height / 2)
    return np.asarray(cv2.warpAffine(image, move, (wide, tall), borderValue=255), np.uint8)
