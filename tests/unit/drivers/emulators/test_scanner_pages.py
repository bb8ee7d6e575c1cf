"""Drawn pages and the formats they are given in."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from drivers.emulators.scanner_pages import converted, drawn_page


def test_a_drawn_page_is_a4_and_the_same_every_time() -> None:
    page = drawn_page(1, 7, 100)
    drawn_page.cache_clear()

    assert drawn_page(1, 7, 100) == page
    assert drawn_page(2, 7, 100) != page
    with Image.open(BytesIO(page)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (826, 1169))
        dark = sum(picture.convert("L").histogram()[:100])
    assert dark > 10000  # there is writing on it


def test_the_page_as_it_is_stays_untouched() -> None:
    page = drawn_page(1, 0, 100)

    assert converted(page, colour="RGB24", kind="image/jpeg", dpi=100) is page


@pytest.mark.parametrize(
    ("colour", "kind", "form", "mode"),
    [
        ("Grayscale8", "image/jpeg", "JPEG", "L"),
        ("BlackAndWhite1", "image/png", "PNG", "1"),
        ("RGB24", "image/png", "PNG", "RGB"),
    ],
)
def test_formats_and_colours(colour: str, kind: str, form: str, mode: str) -> None:
    data = converted(drawn_page(1, 0, 100), colour=colour, kind=kind, dpi=100, region=(800, 1100))

    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.mode, picture.size) == (form, mode, (800, 1100))


def test_the_pdf_is_whole_and_holds_the_very_picture() -> None:
    page = drawn_page(1, 0, 100)

    with pikepdf.open(BytesIO(converted(page, colour="RGB24", kind="application/pdf", dpi=100))) as document:
        assert document.check_pdf_syntax() == []
        [sheet] = document.pages
        picture = sheet.obj.Resources.XObject.Page  # the name we gave it
        assert picture.read_raw_bytes() == page
        assert [round(float(side)) for side in list(sheet.mediabox)[2:]] == [595, 842]
