"""Bytes to upright pictures, and refusals in words."""

import io
import struct

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from window_client.imaging.decoding import decode, decode_small, density_of, encode, orientation, upright, with_density


def marked() -> np.ndarray:
    """120 x 80, the upper left corner red."""
    picture = np.full((80, 120, 3), 220, np.uint8)
    picture[:30, :40] = (0, 0, 255)
    return picture


def saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(marked()[..., ::-1]).convert(mode).save(out, kind, **options)
    return out.getvalue()


def is_red(pixel: np.ndarray) -> bool:
    return int(pixel[2]) > 150 > int(pixel[0])


@pytest.mark.parametrize("exif", range(1, 9))
def test_the_picture_comes_upright_for_each_exif_orientation(exif: int) -> None:
    tag = Image.Exif()
    tag[0x0112] = exif
    picture = Image.fromarray(marked()[..., ::-1])
    undo = {
        2: 0,
        3: 3,
        4: 1,
        5: 5,
        6: 2,
        7: 6,
        8: 4,
    }  # the transposition that PIL needs to lay the pixels as a camera did
    stored = picture if exif == 1 else picture.transpose(Image.Transpose(undo[exif]))
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=tag, quality=95)

    seen = decode(out.getvalue())

    assert orientation(out.getvalue()) == exif
    assert seen.shape == (80, 120, 3)
    assert is_red(seen[10, 10])


@pytest.mark.parametrize(
    "data",
    [saved("PNG"), saved("BMP"), saved("TIFF"), saved("WEBP"), saved("JPEG", "CMYK"), saved("JPEG")],
    ids=["png", "bmp", "tiff", "webp", "cmyk", "jpeg"],
)
def test_all_usual_kinds_are_read(data: bytes) -> None:
    seen = decode(data)

    assert seen.shape == (80, 120, 3)
    assert is_red(seen[10, 10])


@pytest.mark.parametrize(
    "data", [saved("JPEG", "L"), saved("PNG", "L"), saved("PNG", "1")], ids=["jpeg", "png", "bits"]
)
def test_grey_pictures_get_three_channels(data: bytes) -> None:
    assert decode(data).shape == (80, 120, 3)


def test_transparent_places_are_white() -> None:
    clear = np.zeros((80, 80, 4), np.uint8)
    data = bytes(cv2.imencode(".png", clear)[1])

    assert decode(data).min() == 255


def test_sixteen_bit_pictures_are_read() -> None:
    data = bytes(cv2.imencode(".png", np.full((80, 80), 65535, np.uint16))[1])

    assert decode(data).min() == 255


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "not a picture"),
        (b"\xff\xd8\xff", "JPEG"),
        (saved("JPEG")[:600], "damaged|JPEG"),
        (bytes(cv2.imencode(".jpg", np.zeros((10, 200, 3), np.uint8))[1]), "too small"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 90000, 90000) + bytes(20), "too large"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        decode(data)


def test_a_frame_is_decoded_at_a_quarter() -> None:
    data = bytes(cv2.imencode(".jpg", np.zeros((2448, 3264, 3), np.uint8))[1])

    assert decode_small(data, 600).shape == (612, 816, 3)


def test_hard_edges_survive_decoding_and_encoding() -> None:
    rng = np.random.default_rng(3)
    blocks = np.kron(rng.integers(0, 2, (60, 60)), np.ones((4, 4))) * 255
    sharp = np.asarray(np.dstack([blocks] * 3), np.uint8)
    data = bytes(cv2.imencode(".jpg", sharp, [cv2.IMWRITE_JPEG_QUALITY, 78])[1])

    for seen in (decode(data), decode(encode(decode(data), dpi=200))):
        assert int(np.abs(seen.astype(int) - sharp).max()) < 90


def test_the_resolution_is_written_into_the_file() -> None:
    data = encode(marked(), dpi=200)

    assert density_of(data) == 200
    assert Image.open(io.BytesIO(data)).info["dpi"] == (200, 200)


def test_the_resolution_is_added_where_no_header_was() -> None:
    bare = saved("JPEG")
    length = int.from_bytes(bare[4:6], "big")
    without = bare[:2] + bare[4 + length :]

    assert density_of(without) is None
    assert density_of(with_density(without, 300)) == 300


def test_an_unknown_orientation_changes_nothing() -> None:
    assert upright(marked(), 9) is not None
    assert upright(marked(), 9).shape == (80, 120, 3)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_header_readers_bear_any_bytes(rubbish: bytes) -> None:
    for data in (rubbish, b"\xff\xd8\xff\xe1" + rubbish, b"\xff\xd8\xff\xe1\x00\x60Exif\0\0" + rubbish):
        assert 1 <= orientation(data) <= 8
        density_of(data)
