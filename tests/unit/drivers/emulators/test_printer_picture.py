"""The paper as a picture; codes on it are read back in tests/drivers/test_printer.py."""

from io import BytesIO

from PIL import Image

from drivers.emulators.printer_paper import Code128, Cut, Item, Picture, QrCode, Run, Space, TextLine
from drivers.emulators.printer_picture import paper_png


def drawn(*items: Item, width: int = 32) -> Image.Image:
    with Image.open(BytesIO(paper_png(list(items), width))) as picture:
        return picture.convert("L")


def ink(picture: Image.Image) -> int:
    return picture.histogram()[0]


def test_empty_paper_has_margins_and_no_ink() -> None:
    assert drawn().size == (384 + 48, 48)
    assert ink(drawn(Space(2))) == 0


def test_everything_that_can_be_on_paper_leaves_ink_and_adds_length() -> None:
    for item in (
        TextLine((Run("办理", False, False), Run("大", True, True)), 1),
        Picture(8, 8, b"\xff" * 8, 0),
        QrCode(b"hi", 4, "M", 1),
        Code128((104, 17, 18), "12", 2, 60, 1),
        Cut(),
    ):
        picture = drawn(item)
        assert ink(picture) > 0, item
        assert picture.height > 48


def test_a_picture_stands_dot_for_dot_where_it_was_sent() -> None:
    picture = drawn(Picture(8, 1, b"\x81", 2))

    assert [x for x in range(picture.width) if picture.getpixel((x, 24)) == 0] == [24 + 376, 24 + 383]
