from collections.abc import Iterator

import pytest

from ui.names import know, named
from ui.words import words

NAMES = {
    "社会保障卡申领": "Social security card",
    "市场准入": "Business",
    "综合事务": "General",
    "场所平面图": "Floor plan",
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    know(NAMES)
    words.language = "en"
    yield
    words.language = "zh"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("社会保障卡申领", "Social security card"),
        ("孙* · 社会保障卡申领", "孙* · Social security card"),
        ("综合受理　市场准入、综合事务", "综合受理　Business, General"),
        ("周* 场所平面图", "周* Floor plan"),
        ("王小明、李小红", "王小明、李小红"),
        ("", ""),
        ("no name at all", "no name at all"),
    ],
)
def test_names_are_english_where_english_is_known_and_nothing_else_is_touched(text: str, shown: str) -> None:
    assert named(text) == shown


def test_in_chinese_and_where_the_applicant_reads_chinese_names_stay() -> None:
    assert named("市场准入", english=False) == "市场准入"
    words.language = "zh"
    assert named("市场准入") == "市场准入"
    assert named("市场准入", english=True) == "Business"


def test_an_empty_shelf_forgets_no_name() -> None:
    know({})
    assert named("市场准入") == "Business"
