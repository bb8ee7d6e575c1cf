"""Turn the bytes of a picture into an upright array, or refuse them with a reason.

The decoder's fast DCT is never used: measured, it overflows and turns single white pixels beside black ones black,
which made three of four QR codes unreadable.
"""

import struct
from collections.abc import Iterator

import cv2
import numpy as np
import simplejpeg

from window_client.imaging.arrays import Picture

LARGEST = 120_000_000  # pixels; no camera or scanner at a counter makes more
SMALLEST = 64  # pixels of the shorter side

_TURNS = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
_MIRRORED = {2: (1, None), 4: (0, None), 5: (1, cv2.ROTATE_90_COUNTERCLOCKWISE), 7: (1, cv2.ROTATE_90_CLOCKWISE)}


def decode(data: bytes) -> Picture:
    """The picture in BGR order, turned upright as its EXIF data say.

    Raises:
        ValueError: Not a picture, damaged, too small or too large; the text says which.
    """
    if data[:2] == b"\xff\xd8":
        return _jpeg(data)
    return _other(data)


def decode_small(jpeg: bytes, side: int) -> Picture:
    """The picture reduced while decoding, its shorter side at least ``side`` pixels where it was (8 MP: 15 ms).

    Raises:
        ValueError: As ``decode``.
    """
    _check_jpeg(jpeg)
    try:
        picture = simplejpeg.decode_jpeg(jpeg, "BGR", min_height=side, min_width=side, fastupsample=True)
    except ValueError as error:
        raise ValueError(f"the picture is damaged: {error}") from error
    return upright(np.asarray(picture, np.uint8), orientation(jpeg))


def reduced_jpeg(data: bytes, side: int) -> bytes:
    """The picture upright and its longer side at most ``side`` pixels, as JPEG for a screen.

    Raises:
        ValueError: As ``decode``.
    """
    picture = decode_small(data, side // 2) if data[:2] == b"\xff\xd8" else decode(data)
    scale = side / max(picture.shape[:2])
    if scale < 1:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return encode(picture, dpi=72, quality=80)


def encode(picture: Picture, *, dpi: int, quality: int = 78) -> bytes:
    """The picture (BGR, or grey) as JPEG with its resolution in the JFIF header."""
    if picture.ndim == 2:
        grey = np.ascontiguousarray(picture)[..., None]
        return with_density(bytes(simplejpeg.encode_jpeg(grey, quality, "GRAY", "Gray")), dpi)
    data = simplejpeg.encode_jpeg(np.ascontiguousarray(picture), quality, "BGR", "420")
    return with_density(bytes(data), dpi)


def with_density(jpeg: bytes, dpi: int) -> bytes:
    """The same JPEG saying ``dpi`` dots an inch in its JFIF header (which is added where there is none)."""
    density = b"\x01" + struct.pack(">HH", dpi, dpi)
    if jpeg[2:4] == b"\xff\xe0" and jpeg[6:11] == b"JFIF\x00":
        return jpeg[:13] + density + jpeg[18:]
    return jpeg[:2] + b"\xff\xe0\x00\x10JFIF\x00\x01\x01" + density + b"\x00\x00" + jpeg[2:]


def density_of(jpeg: bytes) -> int | None:
    """Dots an inch from the JFIF header, ``None`` when it does not say."""
    for marker, body in _segments(jpeg):
        if marker == 0xE0 and body[:5] == b"JFIF\x00" and len(body) >= 12:
            unit, across = body[7], struct.unpack(">H", body[8:10])[0]
            if across > 1 and unit in {1, 2}:
                return int(across) if unit == 1 else round(across * 2.54)
    return None


def orientation(jpeg: bytes) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or it makes no sense."""
    for marker, body in _segments(jpeg):
        if marker == 0xE1 and body[:6] == b"Exif\x00\x00":
            return _orientation_tag(body[6:])
    return 1


def upright(picture: Picture, exif: int) -> Picture:
    """The picture turned and mirrored as EXIF orientation ``exif`` asks."""
    if exif in _TURNS:
        return np.asarray(cv2.rotate(picture, _TURNS[exif]), np.uint8)
    if exif in _MIRRORED:
        flip, turn = _MIRRORED[exif]
        picture = np.asarray(cv2.flip(picture, flip), np.uint8)
        return picture if turn is None else np.asarray(cv2.rotate(picture, turn), np.uint8)
    return picture


def _check_jpeg(data: bytes) -> str:
    try:
        height, width, space, _ = simplejpeg.decode_jpeg_header(data, strict=False)
    except (ValueError, KeyError) as error:  # KeyError: a header with no colour space in it
        raise ValueError(f"not a readable JPEG: {error}") from error
    _check_size(width, height)
    return str(space)


def _check_size(width: int, height: int) -> None:
    if width * height > LARGEST:
        raise ValueError(f"the picture is too large: {width} x {height} pixels")
    if min(width, height) < SMALLEST:
        raise ValueError(f"the picture is too small: {width} x {height} pixels")


def _jpeg(data: bytes) -> Picture:
    space = _check_jpeg(data)
    if space in {"CMYK", "YCCK"}:
        return _by_opencv(data)
    try:
        picture = simplejpeg.decode_jpeg(data, "BGR", fastupsample=True)
    except ValueError as error:
        raise ValueError(f"the picture is damaged: {error}") from error
    return upright(np.asarray(picture, np.uint8), orientation(data))


def _other(data: bytes) -> Picture:
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        _check_size(width, height)
    return _by_opencv(data)


def _by_opencv(data: bytes) -> Picture:
    """Whatever OpenCV reads (PNG, BMP, TIFF, WebP, CMYK JPEG); transparency is laid on white."""
    problem = "not a picture that can be read"
    if not data:
        raise ValueError("the file is empty")
    try:
        png = data[:4] == b"\x89PNG"
        raw = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED if png else cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise ValueError(problem) from error
    if raw is None:
        raise ValueError(problem)
    _check_size(raw.shape[1], raw.shape[0])
    picture = np.asarray(raw)
    if picture.dtype == np.uint16:
        picture = picture // 257
    elif picture.dtype != np.uint8:
        raise ValueError(problem)
    if picture.ndim == 2:
        return np.asarray(cv2.cvtColor(picture.astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)
    if picture.shape[2] == 4:
        alpha = picture[..., 3:].astype(np.float32) / 255
        picture = picture[..., :3] * alpha + 255 * (1 - alpha)
    return np.ascontiguousarray(picture[..., :3], np.uint8)


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """The header segments of a JPEG up to the picture data, as marker and body; stops quietly at nonsense."""
    at = 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:
            return
        yield marker, jpeg[at + 4 : at + 2 + length]
        at += 2 + length


def _orientation_tag(tiff: bytes) -> int:
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    little = order == "little"
    first = struct.unpack("<I" if little else ">I", tiff[4:8])[0]
    if first + 2 > len(tiff):
        return 1
    count = struct.unpack_from("<H" if little else ">H", tiff, first)[0]
    for n in range(min(count, 64)):
        at = first + 2 + 12 * n
        if at + 12 > len(tiff):
            return 1
        tag = struct.unpack_from("<H" if little else ">H", tiff, at)[0]
        if tag == 0x0112:
            value = int(struct.unpack_from("<H" if little else ">H", tiff, at + 8)[0])
            return value if 1 <= value <= 8 else 1
    return 1
