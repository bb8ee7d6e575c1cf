"""The notice as a foreign renderer (poppler) draws it: a page, with the receipt's codes on it."""

import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest

from drivers.contracts import Line, Text
from window_client.paper.notice import notice
from window_client.paper.receipt import DeferredMaterial, ReceiptFacts, TakenMaterial, copy_of, qr_text, receipt

CASE_NO = "510799202611250000178"


def lines(materials: int = 3, applicant: str = "王*明") -> tuple[Line, ...]:
    return receipt(
        ReceiptFacts(
            hall="游仙区政务服务中心",
            case_no=CASE_NO,
            provisional=False,
            item="个体工商户设立登记",
            task_code="1151070300841234XY4000131001000",
            applicant=applicant,
            id_no="510799********1234",
            accepted_at=datetime(2026, 11, 25, 9, 30),  # noqa: DTZ001 - the hall's own time
            promised_by=datetime(2026, 11, 27, 17, 0),  # noqa: DTZ001
            promise_provisional=False,
            on_the_spot=False,
            result="营业执照",
            collect_at="12 号出件窗口",
            materials=tuple(TakenMaterial(f"第 {number} 份材料" * 4, "扫描 2 页") for number in range(materials)),
            deferred=(DeferredMaterial("消防安全承诺书", date(2026, 12, 1)),),
            check_code="ABC234",
            window_no=3,
            clerk="李四（1203）",
            service_phone="0816-0000000",
            supervision_phone="12345",
        )
    )


def drawn(pdf: bytes, folder: Path) -> list[Path]:
    source = folder / "notice.pdf"
    source.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(source), str(folder / "page")], check=True, timeout=60)
    return sorted(folder.glob("page*.png"))


def codes(page: Path) -> set[str]:
    import zxingcpp
    from PIL import Image

    with Image.open(page) as picture:
        return {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}


def test_an_ordinary_case_is_one_page_of_a4_with_the_receipts_codes(tmp_path: Path) -> None:
    from PIL import Image

    [page] = drawn(notice(lines()), tmp_path)

    assert codes(page) == {qr_text(CASE_NO, "ABC234"), CASE_NO}
    with Image.open(page) as picture:
        assert abs(picture.width / picture.height - 210 / 297) < 0.01
        margin = picture.convert("L").crop((0, 0, 100, picture.height))
        assert margin.getextrema() == (255, 255), "nothing runs off the page"


def test_many_materials_go_on_on_further_pages(tmp_path: Path) -> None:
    pages = drawn(notice(lines(60)), tmp_path)

    assert len(pages) > 1
    assert codes(pages[-1]) == {qr_text(CASE_NO, "ABC234"), CASE_NO}


def test_a_copy_and_a_rare_name_can_be_drawn() -> None:
    assert notice(copy_of(lines(applicant="㐀*"), 2)).startswith(b"%PDF")


@pytest.mark.parametrize("text", ["", "长" * 300, "a\nb", "　"])
def test_any_words_fit_somehow(text: str) -> None:
    assert notice([Text(text, right=text), Text(text)]).startswith(b"%PDF")
