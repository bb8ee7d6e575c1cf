"""What tokens put on paper."""

import pytest

from drivers.emulators.printer_paper import Code128, Paper, QrCode, Space, TextLine, code_128_values
from drivers.emulators.printer_tokens import PrintBuffer


def printed(data: bytes, columns: int = 48) -> Paper:
    buffer, paper = PrintBuffer(), Paper(columns)
    buffer.append(data)
    while (token := buffer.take()) is not None:
        paper.take(token)
    return paper


def test_text_with_its_looks() -> None:
    paper = printed("\x1ba\x01\x1bE\x01粗\x1bE\x00A\x1d!\x11\x1c!\x0c大\n".encode("gbk"))

    [line] = paper.items
    assert isinstance(line, TextLine)
    assert (line.text, line.align, line.columns) == ("粗A大", 1, 2 + 1 + 4)
    assert [(run.bold, run.big) for run in line.runs] == [(True, False), (False, False), (False, True)]


def test_a_line_too_long_goes_on_below() -> None:
    assert printed(b"A" * 40 + b"\n", 32).receipts()[0]["lines"] == ["A" * 32, "A" * 8]


def test_zeros_print_nothing() -> None:
    assert printed(bytes(500)).items == []


def test_codes_feeds_pictures_and_the_knife() -> None:
    qr = b"\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1\x1d(k\x05\x001P0hi\x1d(k\x03\x001Q0"
    paper = printed(qr + b"\x1dh\x50\x1dw\x02\x1dkI\x04{B12\x1bd\x03\x1dv0\x00\x01\x00\x01\x00\xff\x1dV\x00end\n")

    assert paper.items[0] == QrCode(b"hi", 5, "M", 0)
    assert paper.items[1] == Code128((104, 17, 18), "12", 2, 80, 0)
    assert paper.items[2] == Space(3)
    first, second = paper.receipts()
    assert first == {"lines": [], "qr": ["hi"], "barcodes": ["12"], "pictures": 1, "cut": True}
    assert (second["lines"], second["cut"]) == (["end"], False)
    assert paper.text() == "[QR hi]\n[Code 128 12]\n\n\n\n[picture 8x1]\n---- cut ----\nend\n"


@pytest.mark.parametrize(
    ("data", "values", "text"),
    [
        (b"{B1", (104, 17), "1"),
        (b"{C\x0c\x22", (105, 12, 34), "1234"),
        (b"{BA{C\x0c\x22", (104, 33, 99, 12, 34), "A1234"),
        (b"{Ba{{", (104, 65, 91), "a{"),
    ],
)
def test_code_128_values(data: bytes, values: tuple[int, ...], text: str) -> None:
    assert code_128_values(data) == (values, text)
