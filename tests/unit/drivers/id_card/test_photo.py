"""Portraits: what counts as one, and the BMP that is made of raw rows."""

from io import BytesIO
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.contracts import DeviceConfig
from drivers.id_card import photo
from tests.unit.drivers.id_card.test_driver import PERSON

ROWS = bytes(index * 7 % 256 for index in range(308 * photo.HEIGHT))


@pytest.mark.parametrize("rows", [ROWS, ROWS[: 306 * photo.HEIGHT]])
def test_raw_rows_become_a_picture_that_others_open(rows: bytes) -> None:
    made = photo.bmp(rows)

    assert photo.is_portrait(made)
    with Image.open(BytesIO(made)) as picture:
        assert picture.size == (102, 126)
        assert picture.getpixel((0, 125)) == (rows[2], rows[1], rows[0])


@given(st.binary(max_size=200), st.booleans())
def test_arbitrary_bytes_are_no_portrait(data: bytes, long: bool) -> None:
    assert not photo.is_portrait(data.ljust(photo.BMP_SIZE, b"\0") if long else data)


def test_a_picture_of_one_colour_is_none() -> None:
    assert not photo.is_portrait(photo.bmp(bytes(308 * photo.HEIGHT)))


def test_without_an_option_there_is_no_decoder_and_no_process() -> None:
    assert photo.decoder_of(DeviceConfig("reader", "id_card", "sam_v_serial", "serial:///dev/reader")) is None


def test_a_record_without_photo_is_left_as_it_is_and_no_process_started() -> None:
    options: dict[str, str | int | float | bool] = {"photo_decoder": "none.so"}
    decoder = photo.decoder_of(
        DeviceConfig("reader", "id_card", "sam_v_serial", "serial:///dev/reader", options=options)
    )
    assert decoder is not None

    assert decoder.add_portrait(PERSON, Event()) is PERSON
    decoder.stop()
