"""A JPEG is told by its markers: real ones pass, cut off and damaged ones do not, and nothing raises."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.jpegs import is_jpeg


def jpeg(width: int = 64, height: int = 48, *, quality: int = 80, progressive: bool = False) -> bytes:
    picture = np.random.default_rng(1).integers(0, 255, (height, width, 3), np.uint8)
    asked = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
    return bytes(cv2.imencode(".jpg", picture, asked)[1])


REAL = jpeg()


@pytest.mark.parametrize("data", [REAL, jpeg(1, 1), jpeg(quality=5), jpeg(progressive=True), REAL + bytes(20)])
def test_real_pictures_pass(data: bytes) -> None:
    assert is_jpeg(data)


def test_a_picture_without_huffman_tables_passes_as_cameras_send_them() -> None:
    at = REAL.index(b"\xff\xc4")
    length = int.from_bytes(REAL[at + 2 : at + 4], "big")
    assert is_jpeg(REAL[:at] + REAL[at + 2 + length :])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff\xd9",
        REAL[: len(REAL) // 2],
        REAL[:300] + b"\xff\xd9",
        b"\xff\xd8" + bytes(byte ^ 0x5A for byte in REAL[2:200]) + REAL[200:],
        b"<!DOCTYPE html>",
        REAL[2:],
    ],
)
def test_what_is_cut_off_or_damaged_does_not(data: bytes) -> None:
    assert not is_jpeg(data)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    assert is_jpeg(data) in (True, False)
    assert is_jpeg(b"\xff\xd8" + data + b"\xff\xd9") in (True, False)


@given(st.integers(0, len(REAL) - 1), st.integers(0, 255))
def test_one_changed_byte_raises_nothing(at: int, byte: int) -> None:
    assert is_jpeg(REAL[:at] + bytes([byte]) + REAL[at + 1 :]) in (True, False)
