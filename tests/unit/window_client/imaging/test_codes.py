"""Codes on pages."""

import cv2
import numpy as np
import pytest
import zxingcpp

from tests.unit.window_client.imaging import scenes
from window_client.imaging.codes import Code, read_codes, text_of


def drawn(text: str | bytes, kind: str, scale: int = 4) -> np.ndarray:
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    picture = np.asarray(made.to_image(scale=scale))
    return cv2.copyMakeBorder(picture, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)


def on_page(code: np.ndarray) -> np.ndarray:
    page = cv2.resize(scenes.paper("letter", np.random.default_rng(1)), (1654, 2339))
    h, w = code.shape[:2]
    page[60 : 60 + h, 80 : 80 + w] = code[..., None]
    return np.asarray(page)


@pytest.mark.parametrize(
    ("kind", "text"), [("QRCode", "MAT-510799-01"), ("Code128", "A01-20260921-0007"), ("DataMatrix", "x1")]
)
def test_a_code_on_a_page_is_read(kind: str, text: str) -> None:
    assert read_codes(on_page(drawn(text, kind))) == [Code(kind, text)]


def test_a_code_is_read_from_the_finished_jpeg() -> None:
    assert read_codes(scenes.jpeg(on_page(drawn("材料-07".encode(), "QRCode")), 78)) == [Code("QRCode", "材料-07")]


def test_two_codes_on_one_page_are_both_read() -> None:
    page = on_page(drawn("one", "QRCode"))
    other = drawn("TWO2", "Code128")
    page[1900 : 1900 + other.shape[0], 500 : 500 + other.shape[1]] = other[..., None]

    assert {code.text for code in read_codes(page)} == {"one", "TWO2"}


def test_bars_under_failing_light_are_read() -> None:
    page = on_page(drawn("A0123456789", "Code128")).astype(np.float32)
    page *= np.linspace(1.0, 0.25, page.shape[1], dtype=np.float32)[None, :, None]

    assert read_codes(np.asarray(page, np.uint8))[:1] == [Code("Code128", "A0123456789")]


def test_turned_bars_are_read() -> None:
    code = drawn("A0123456789", "Code128", scale=3)
    page = np.full((1400, 1400), 245, np.uint8)
    page[600 : 600 + code.shape[0], 300 : 300 + code.shape[1]] = code
    move = cv2.getRotationMatrix2D((700, 700), 33, 1.0)

    assert read_codes(np.asarray(cv2.warpAffine(page, move, (1400, 1400), borderValue=245))) == [
        Code("Code128", "A0123456789")
    ]


def test_a_page_without_codes_gives_none() -> None:
    assert read_codes(np.asarray(scenes.paper("table", np.random.default_rng(2)))) == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [("受理".encode(), "受理"), ("受理".encode("gb18030"), "受理"), (b"A-1", "A-1"), (b"\xff\xff", "ÿÿ")],
)
def test_bytes_become_text_by_utf8_then_gb18030(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


def test_bytes_that_are_no_picture_are_refused() -> None:
    with pytest.raises(ValueError, match="picture"):
        read_codes(b"nothing")
