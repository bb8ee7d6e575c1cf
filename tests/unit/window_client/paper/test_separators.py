import io
import re

import numpy as np
import pytest
from PIL import Image

from window_client.imaging.codes import read_codes
from window_client.paper.separators import separator_sheets


def pictures(pdf: bytes) -> list[np.ndarray]:
    found = re.findall(rb"stream\n(\xff\xd8.*?)\nendstream", pdf, re.DOTALL)
    return [np.asarray(Image.open(io.BytesIO(one)).convert("L")) for one in found]


def test_each_sheet_carries_its_code_even_when_it_is_fed_head_first() -> None:
    pdf = separator_sheets([("SEP1:A-M01", "经营场所使用证明", "A"), ("SEP1:NEXT", "下一份材料", "通用")])

    assert pdf.startswith(b"%PDF")
    sheets = pictures(pdf)
    assert len(sheets) == 2
    for sheet, text in zip(sheets, ("SEP1:A-M01", "SEP1:NEXT"), strict=True):
        assert {code.text for code in read_codes(np.ascontiguousarray(sheet[::-1, ::-1]))} == {text}
        half = sheet[: sheet.shape[0] // 2]
        assert {code.text for code in read_codes(np.ascontiguousarray(half))} == {text}, "either code alone is enough"


def test_a_long_name_stays_on_the_sheet() -> None:
    (sheet,) = pictures(separator_sheets([("SEP1:X", "股东主体资格文件或自然人身份证明（含境外投资者）", "X")]))
    assert sheet[900:1000, :60].min() > 200 or sheet[900:1000, 50:60].min() > 200


def test_no_sheet_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        separator_sheets([])
