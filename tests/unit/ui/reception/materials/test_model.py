"""The checklist as it is shown."""

from dataclasses import replace

import pytest

from tests.gui import gallery_reception as demo
from ui.reception.materials.model import copies_words, materials
from window_client.reception.state import MaterialsView, ReceptionState


def _with(**changes: object) -> ReceptionState:
    state = demo.materials_state()
    assert isinstance(state.materials, MaterialsView)
    return replace(state, materials=replace(state.materials, **changes))  # type: ignore[arg-type]


def test_each_row_says_its_state_in_words() -> None:
    shown = materials(demo.materials_state())
    assert shown is not None
    assert [(row.state_text, row.state_below) for row in shown.rows] == [
        ("已扫 3 页", ""),
        ("复用电子证照", "有效至 2039-06-18"),
        ("已扫 2 页，继续", ""),
        ("容缺后补", "承诺 11月5日 前"),
        ("缺", ""),
    ]
    assert shown.rows[3].below == "原件 1 · 因选“餐饮”"
    assert [text for _, _, text in shown.counts] == ["齐 2", "正扫 1", "容缺 1", "缺 1"]


def test_the_strip_offers_only_what_this_material_may_have() -> None:
    shown = materials(demo.materials_state())
    assert shown is not None
    assert [(one.act, one.enabled) for one in shown.actions] == [("capture", True), ("feed", True), ("defer", False)]
    assert shown.refusal == "本材料按规定不能容缺"


def test_f11_becomes_stop_while_the_feeder_runs() -> None:
    shown = materials(_with(feeding=True, fed_pages=4))
    assert shown is not None
    assert (shown.actions[1].act, shown.actions[1].text) == ("stop_feeding", "停止（4 页）")


def test_the_selected_page_is_marked_in_the_current_row_only() -> None:
    shown = materials(_with(selected_page=1))
    assert shown is not None
    assert [thumb.selected for row in shown.rows for thumb in row.thumbs] == [False] * 4 + [False, True]


def test_unsorted_pages_can_go_to_the_current_row() -> None:
    shown = materials(demo.unsorted_state())
    assert shown is not None
    assert shown.unsorted is not None
    assert (shown.unsorted.count, shown.unsorted.move_text) == (2, "移到第 3 行")
    assert shown.complete


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("original:2", "原件 2"),
        ("copy:1", "复印件 1"),
        ("verify:1", "核验原件"),
        ("verify_copy:1:2", "核验原件，收复印件 2"),
        ("either:1", "原件或复印件 1"),
    ],
)
def test_copies_are_said_in_words(code: str, words: str) -> None:
    assert copies_words(code) == words


def test_without_a_checklist_there_is_nothing_to_show() -> None:
    assert materials(demo.identity_state()) is None
