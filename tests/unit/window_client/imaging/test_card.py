"""Both sides of a card on one sheet: true size, a mark of what it is for, and every character as readable as before."""

import cv2
import numpy as np
import pytest

from window_client.imaging.arrays import Picture
from window_client.imaging.card import CARD, DPI, GAP, SHEET, TOP, card_sheet
from window_client.imaging.codes import read_codes
from window_client.imaging.decoding import decode, density_of, encode

WORDS = ("仅用于办理个体工商户设立登记", "2026-11-24 · 12 号窗口")


def side(text: str) -> Picture:
    card = np.full((CARD[1], CARD[0], 3), 244, np.uint8)
    for line in range(6):
        cv2.putText(card, f"{text} {line}", (40, 80 + 90 * line), 0, 1.4, (35, 35, 35), 3)
    code = cv2.QRCodeEncoder.create().encode(text)
    code = cv2.resize(code, None, fx=7, fy=7, interpolation=cv2.INTER_NEAREST)
    card[100 : 100 + code.shape[0], 640 : 640 + code.shape[1]] = code[..., None]
    return card


@pytest.fixture(scope="module")
def sheet() -> Picture:
    jpeg = card_sheet(encode(side("FRONT"), dpi=300), encode(side("BACK"), dpi=300), WORDS)
    assert density_of(jpeg) == DPI
    return decode(jpeg)


def area(sheet: Picture, number: int) -> Picture:
    top, left = TOP + number * (CARD[1] + GAP + 120), (SHEET[0] - CARD[0]) // 2
    return sheet[top : top + CARD[1], left : left + CARD[0]]


def test_each_side_has_its_true_size_in_the_middle_of_a4(sheet: Picture) -> None:
    assert sheet.shape == (3508, 2480, 3)
    assert (round(CARD[0] / DPI * 25.4, 1), round(CARD[1] / DPI * 25.4)) == (85.6, 54)
    for number in (0, 1):
        paper = area(sheet, number)
        assert abs(float(np.median(paper)) - 244) < 20
    margin = sheet[:, : (SHEET[0] - CARD[0]) // 2 - 400]
    assert margin.min() > 240


def test_the_mark_is_there_and_hides_no_character(sheet: Picture) -> None:
    for number, text in enumerate(("FRONT", "BACK")):
        before, after = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).astype(int) for p in (side(text), area(sheet, number)))
        ink, paper = before < 90, before > 200
        marked = paper & (after < before - 18)
        assert 0.03 < marked.sum() / paper.sum() < 0.4, "the mark runs over the card"
        assert after[ink].mean() < 100, "ink stays ink"
        assert np.percentile(after[paper], 1) > 180, "and paper stays lighter than any ink"
        assert text in {code.text for code in read_codes(area(sheet, number))}


def test_what_it_is_for_stands_in_full_below_each_side(sheet: Picture) -> None:
    for number in (0, 1):
        top = TOP + number * (CARD[1] + GAP + 120) + CARD[1] + 24
        strip = cv2.cvtColor(sheet[top : top + 96], cv2.COLOR_BGR2GRAY)
        columns = np.flatnonzero((strip < 120).any(0))
        assert len(columns) > 300
        assert abs((columns[0] + columns[-1]) / 2 - SHEET[0] / 2) < 20


def test_a_side_that_stood_upright_is_laid_down() -> None:
    standing = encode(np.asarray(cv2.rotate(side("FRONT"), cv2.ROTATE_90_CLOCKWISE), np.uint8), dpi=300)
    made = decode(card_sheet(standing, standing, WORDS))
    assert area(made, 0).shape[:2] == (CARD[1], CARD[0])
    assert "FRONT" in {code.text for code in read_codes(area(made, 0))}


def test_what_is_no_picture_makes_no_sheet() -> None:
    with pytest.raises(ValueError, match="picture"):
        card_sheet(b"nothing", b"nothing", WORDS)
