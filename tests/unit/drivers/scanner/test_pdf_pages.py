"""Scanned PDFs taken apart, made by packages that are not ours."""

from io import BytesIO

import img2pdf
import pikepdf
import pytest
from PIL import Image, ImageDraw

from drivers.scanner.pages import PageError, Sheet
from drivers.scanner.pdf_pages import pdf_pages


def drawing(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (200, 300), **options: str) -> bytes:
    page = Image.new(mode, size, "white" if mode != "1" else 1)
    ImageDraw.Draw(page).rectangle((20, 30, 120, 90), fill="black" if mode != "1" else 0)
    out = BytesIO()
    page.save(out, form, dpi=(100, 100), **options)
    return out.getvalue()


def opened(sheet: Sheet) -> Image.Image:
    picture = Image.open(BytesIO(sheet.jpeg))
    picture.load()
    return picture


def test_a_jpeg_of_another_maker_comes_out_as_it_went_in() -> None:
    jpeg = drawing()

    [sheet] = pdf_pages(img2pdf.convert([jpeg]), 300)

    assert (sheet.jpeg, sheet.dpi) == (jpeg, 100)


def test_pages_come_in_their_order() -> None:
    sizes = [(100, 150), (110, 150), (120, 150)]
    document = img2pdf.convert([drawing(size=size) for size in sizes])

    assert [opened(sheet).size for sheet in pdf_pages(document, 300)] == sizes


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGB"), ("PNG", "L"), ("TIFF", "1")])
def test_pictures_that_are_no_jpeg_are_decoded(form: str, mode: str) -> None:
    data = drawing(form, mode, compression="group4") if form == "TIFF" else drawing(form, mode)

    [sheet] = pdf_pages(img2pdf.convert([data]), 300)

    picture = opened(sheet).convert("L")
    assert (sheet.dpi, picture.size) == (100, (200, 300))
    assert picture.getpixel((60, 60)) == pytest.approx(0, abs=8)
    assert picture.getpixel((10, 10)) == pytest.approx(255, abs=8)


def strips(count: int, *, turn: int = 0) -> bytes:
    """A page of several pictures one below the other, as some scanners lay it down."""
    document = pikepdf.new()
    height = 300 // count
    shades = [Image.new("L", (200, height), 40 + 60 * number) for number in range(count)]
    objects = {}
    content = b""
    for number, shade in enumerate(shades):
        out = BytesIO()
        shade.save(out, "JPEG")
        stream = pikepdf.Stream(document, out.getvalue())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height, stream.BitsPerComponent = 200, height, 8
        stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceGray, pikepdf.Name.DCTDecode
        objects[f"/S{number}"] = stream
        content += f"q 144 0 0 {216 / count} 0 {216 - 216 / count * (number + 1)} cm /S{number} Do Q\n".encode()
    page = document.add_blank_page(page_size=(144, 216))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(objects))
    page.Contents = pikepdf.Stream(document, content)
    if turn:
        page.Rotate = turn
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_strips_are_put_together_from_the_top() -> None:
    [sheet] = pdf_pages(strips(3), 300)

    picture = opened(sheet).convert("L")
    assert (sheet.dpi, picture.size) == (100, (200, 300))
    assert [picture.getpixel((100, y)) for y in (50, 150, 250)] == pytest.approx([40, 100, 160], abs=4)


def test_a_page_that_is_to_be_shown_turned_is_turned() -> None:
    [sheet] = pdf_pages(strips(3, turn=90), 300)

    picture = opened(sheet).convert("L")
    assert picture.size == (300, 200)
    assert picture.getpixel((250, 100)) == pytest.approx(40, abs=4)  # the top went to the right


def test_a_page_of_drawn_text_alone_is_no_scan() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(144, 216))
    saved = BytesIO()
    document.save(saved)

    with pytest.raises(PageError, match="without a picture"):
        list(pdf_pages(saved.getvalue(), 300))


def test_a_locked_document_is_refused() -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(strips(1))) as document:
        document.save(saved, encryption=pikepdf.Encryption(user="secret", owner="secret"))

    with pytest.raises(PageError):
        list(pdf_pages(saved.getvalue(), 300))
