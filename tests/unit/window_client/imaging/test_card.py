"""Both sides of a card on one sheet: true size, a mark of what it is for, and every character as readable as before."""

import cv2
import numpy as np
import pytest

from window_client.imaging.arrays import Picture
from window_client.imaging.card import CARD, DPI, GAP, LINE, SHEET, SLANT, TOP, card_sheet
from window_client.imaging.codes import read_codes
from window_client.imaging.decoding import decode, density_of, encode

WORDS = ("仅供办理个体工商户设立登记使用", "2026-11-24 · 12 号窗口")


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
    top, left = TOP + number * (CARD[1] + GAP), (SHEET[0] - CARD[0]) // 2
    return sheet[top : top + CARD[1], left : left + CARD[0]]


def drawn_areas(sheet: Picture) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of the two largest things on the sheet, the upper one first; nothing is assumed."""
    grey = cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY)
    filled = cv2.morphologyEx((grey < 251).astype(np.uint8), cv2.MORPH_OPEN, np.ones((25, 25), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(filled)
    rows = [[int(value) for value in stats[n]] for n in range(1, count)]
    boxes = [(left, top, width, height) for left, top, width, height, _ in rows]
    return sorted(sorted(boxes, key=lambda box: -box[2] * box[3])[:2], key=lambda box: box[1])


def test_the_sides_lie_at_true_size_in_the_middle_of_a4_ten_millimetres_apart(sheet: Picture) -> None:
    assert sheet.shape == (3508, 2480, 3)
    assert (CARD, GAP) == ((1011, 638), 118)
    assert (round(CARD[0] / DPI * 25.4, 1), round(CARD[1] / DPI * 25.4), round(GAP / DPI * 25.4)) == (85.6, 54, 10)
    upper, lower = drawn_areas(sheet)
    for left, _, width, height in (upper, lower):
        assert abs(width - 1011) <= 2
        assert abs(height - 638) <= 2
        assert abs(left + width / 2 - 2480 / 2) <= 2
    assert abs(lower[1] - (upper[1] + upper[3]) - 118) <= 3
    assert abs((upper[1] + lower[1] + lower[3]) / 2 - 3508 / 2) <= 3
    assert [next(code.text for code in read_codes(area(sheet, n))) for n in (0, 1)] == ["FRONT", "BACK"]


def test_beside_the_sides_and_their_words_the_sheet_is_white(sheet: Picture) -> None:
    margin = sheet[:, : (SHEET[0] - CARD[0]) // 2 - 400]
    assert margin.min() > 240
    assert sheet[: TOP - 5].min() > 240
    assert sheet[TOP + 2 * (CARD[1] + GAP) :].min() > 240


def test_the_slanted_words_can_be_read_on_each_side(sheet: Picture) -> None:
    """The ink that was added, turned back by the slant, is the words: their own picture is found in it."""
    from PIL import Image, ImageDraw, ImageFont

    from drivers.printer.raster import font_files

    font = ImageFont.truetype(str(next(f for f in font_files() if "Regular" in f.name)), 44)
    wide = round(font.getlength(WORDS[0]))
    line = Image.new("L", (wide + 8, 60), 0)
    ImageDraw.Draw(line).text((4, 2), WORDS[0], fill=255, font=font)
    words = np.asarray(line, np.uint8)
    other = Image.new("L", (wide + 8, 60), 0)
    ImageDraw.Draw(other).text((4, 2), "仅供复印他用不得用于其他任何用途", fill=255, font=font)
    for number, text in enumerate(("FRONT", "BACK")):
        before, after = (cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).astype(int) for p in (side(text), area(sheet, number)))
        added = np.clip((before - after) * 8, 0, 255).astype(np.uint8)
        turn = cv2.getRotationMatrix2D((CARD[0] / 2, CARD[1] / 2), -SLANT, 1)
        turn[:, 2] += 250
        level = cv2.warpAffine(added, turn, (CARD[0] + 500, CARD[1] + 500))
        found = float(cv2.matchTemplate(level, words, cv2.TM_CCOEFF_NORMED).max())
        wrong = float(cv2.matchTemplate(level, np.asarray(other, np.uint8), cv2.TM_CCOEFF_NORMED).max())
        assert found > 0.6
        assert found > wrong + 0.15


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
        top = TOP + number * (CARD[1] + GAP) + CARD[1] + (GAP - LINE) // 2
        strip = cv2.cvtColor(sheet[top : top + LINE], cv2.COLOR_BGR2GRAY)
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
