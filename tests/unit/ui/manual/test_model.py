"""The manual's pages: contents, search, and a language that is not there."""

from pathlib import Path

import pytest

from ui.manual.model import Book, plain, read_book

VISIT = """# 一次办理

先叫号，再读证。

## 叫号

按 **F2** 叫下一位，[见设备](20-devices.md)。

```
## 不是标题
```

## 过号

没有人来，按 F4。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "10-visit.md").write_text(VISIT, "utf-8")
    (tmp_path / "zh" / "20-devices.md").write_text("# 设备\n\n打印机缺纸时按 F12。\n", "utf-8")
    (tmp_path / "zh" / "README.md").write_text("# 不是页\n", "utf-8")
    return tmp_path


@pytest.fixture
def book(folder: Path) -> Book:
    return read_book("zh", folder)


def test_the_contents_are_the_pages_in_the_order_of_their_files_with_their_headings(book: Book) -> None:
    assert [(entry.page, entry.text, entry.level) for entry in book.contents()] == [
        ("10-visit", "一次办理", 1),
        ("10-visit", "叫号", 2),
        ("10-visit", "过号", 2),
        ("20-devices", "设备", 1),
    ]


def test_a_search_finds_lines_with_all_words_and_says_under_which_heading(book: Book) -> None:
    assert [(entry.page, entry.heading) for entry in book.search("f2")] == [("10-visit", "叫号")]
    assert book.search("f2")[0].text == "一次办理 · 按 F2 叫下一位，见设备。"
    assert [entry.page for entry in book.search("按 f")] == ["10-visit", "10-visit", "20-devices"]
    assert book.search("没有这个词") == ()
    assert book.search("  ") == ()


def test_a_page_is_found_by_its_file(book: Book) -> None:
    page = book.page("20-devices.md")
    assert page is not None
    assert page.title == "设备"
    assert book.page("nothing") is None


def test_a_language_without_a_manual_gets_the_other_ones(folder: Path, tmp_path: Path) -> None:
    assert read_book("en", folder).pages == read_book("zh", folder).pages
    assert read_book("zh", tmp_path / "nowhere").pages == ()


def test_marks_are_not_read() -> None:
    assert plain("## 按 **F2**") == "按 F2"
    assert plain("| a | `b` |") == "a b"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shipped_manual_has_pages_whose_pictures_and_links_are_there(language: str) -> None:
    import re

    book = read_book(language)
    if not book.pages:
        pytest.skip("the manual's pages are not here yet")
    assert book.folder.name == language
    for page in book.pages:
        for target in re.findall(r"\]\(([^)#]+)", page.text):
            if "://" not in target:
                assert (book.folder / target).exists(), f"{page.name}: {target}"
