import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from window_client.domain.catalogue import Item
from window_client.domain.search import Index, build_index


@pytest.fixture(scope="module")
def index(demo: Any) -> Index:
    return build_index(demo.catalogue.items)


def names(demo: Any, index: Index, text: str, limit: int = 50) -> list[str]:
    return [demo.item(hit.item_id).name for hit in index.search(text, limit)]


def index_of(demo: Any, *wanted: str, **more: Any) -> Index:
    """Items x0, x1 … with these names."""
    pattern: Item = demo.item("SC-MKT-001")
    plain = {"name_en": "", "department_name_en": "", "queue_category": "", "task_code": "", "catalog_code": ""} | more
    return build_index(replace(pattern, id=f"x{n}", name=name, **plain) for n, name in enumerate(wanted))


def test_gtgsh_finds_the_registration_of_a_sole_proprietorship_first_and_lights_its_five_characters(
    demo: Any, index: Index
) -> None:
    hit = index.search("gtgsh")[0]
    assert demo.item(hit.item_id).name == "个体工商户设立登记"
    assert hit.spans == ((0, 5),)


@pytest.mark.parametrize(
    "text", ["getigongshanghushelidengji", "getigongshang", "geti", "getigs", "GTGSH", "ｇｔｇｓｈ", "gtgshsldj"]
)
def test_full_mixed_and_wide_pinyin_find_it_too(demo: Any, index: Index, text: str) -> None:
    assert names(demo, index, text)[0] == "个体工商户设立登记"


def test_every_reading_of_a_character_counts(demo: Any) -> None:
    index = index_of(demo, "重庆银行长期登记")
    for text in ("cqyh", "zqyx", "chongqing", "zhongqing", "yinhang", "zhangqi", "cq"):
        assert [hit.item_id for hit in index.search(text)] == ["x0"], text
    assert index.search("xyzh") == ()


def test_several_words_in_any_order_must_all_match(demo: Any, index: Index) -> None:
    assert names(demo, index, "登记 个体") == ["个体工商户设立登记"]
    assert index.search("登记 个体")[0].spans == ((0, 2), (7, 9))
    assert names(demo, index, "个体 登记") == names(demo, index, "登记 个体")
    assert index.search("个体 没有") == ()
    assert "个体工商户设立登记" in names(demo, index, "市场 设立")
    assert names(demo, index, "register a sole") == ["个体工商户设立登记"]


def test_touching_matches_of_two_words_are_lit_as_one(demo: Any, index: Index) -> None:
    assert index.search("工商 个体 个")[0].spans == ((0, 4),)


def test_codes_and_queue_category(demo: Any, index: Index) -> None:
    item = demo.item("SC-MKT-001")
    assert index.search("sc-mkt-001")[0].item_id == item.id
    assert index.search(item.task_code)[0].item_id == item.id
    assert index.search(item.task_code[:20])[0].item_id in {i.id for i in demo.catalogue.items}
    assert index.search(item.catalog_code)[0].item_id == item.id
    assert {hit.item_id for hit in index.search("sc-mkt")} == {
        i.id for i in demo.catalogue.items if i.id.startswith("SC-MKT")
    }
    in_c = {i.id for i in demo.catalogue.items if i.queue_category == "C"}
    assert in_c <= {hit.item_id for hit in index.search("C")}


def test_words_rank_before_sounds_and_beginnings_before_the_inside(demo: Any) -> None:
    index = index_of(demo, "办理居住证", "居住证", "居住证申领", "剧组正式登记", "去剧组正式")
    assert [hit.item_id for hit in index.search("居住证")] == ["x1", "x2", "x0"]
    assert [hit.item_id for hit in index.search("jzz")] == ["x1", "x2", "x3", "x0", "x4"]
    scores = [hit.score for hit in index.search("居住证")]
    assert scores == sorted(scores, reverse=True)


def test_short_names_come_first_among_equals_and_the_limit_holds(demo: Any) -> None:
    index = index_of(demo, "登记很长很长", "登记", "登记长")
    assert [hit.item_id for hit in index.search("登记", 2)] == ["x1", "x2"]
    assert index.search("登记", 0) == ()
    assert len(index.search("登 记", 2)) == 2


def test_brackets_do_not_stop_the_sounds_and_spans_point_into_the_written_name(demo: Any) -> None:
    index = index_of(demo, "（新办）卡A4Ⅻ证")
    assert index.search("xbk")[0].spans == ((1, 5),)
    assert index.search("xii")[0].spans == ((7, 8),)
    assert index.search("a4")[0].spans == ((5, 7),)
    assert index.search("证")[0].spans == ((8, 9),)


def test_english_and_department_words(demo: Any, index: Index) -> None:
    assert "个体工商户设立登记" in names(demo, index, "proprietor")
    assert "个体工商户设立登记" in names(demo, index, "market regulation")
    only_in_department = names(demo, index, "监督管理局")
    assert "个体工商户设立登记" in only_in_department


@pytest.mark.parametrize("text", ["", "   ", "没有这样的事", "qqqqqqqq", "\x00", "\n", "?"])
def test_nothing_is_found_for_nothing(index: Index, text: str) -> None:
    assert index.search(text) == ()


def test_an_empty_catalogue_finds_nothing() -> None:
    assert build_index([]).search("a") == ()


@given(data=st.data())
def test_every_item_is_found_by_any_piece_of_its_name(demo: Any, index: Index, data: Any) -> None:
    item = data.draw(st.sampled_from(demo.catalogue.items))
    start = data.draw(st.integers(0, len(item.name) - 1))
    end = data.draw(st.integers(start + 1, len(item.name)))
    piece = item.name[start:end]
    found = {hit.item_id: hit for hit in index.search(piece)}
    assert item.id in found
    assert all(0 <= a < b <= len(item.name) for a, b in found[item.id].spans)
    (a, b), *_ = found[item.id].spans
    assert item.name[a:b] == piece


@given(text=st.text(max_size=60))
def test_no_text_makes_the_search_fail(index: Index, text: str) -> None:
    hits = index.search(text, 5)
    assert len(hits) <= 5
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_pinyin_is_loaded_only_when_an_index_is_built() -> None:
    code = "import sys, window_client.domain.search; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
