"""What the idle centre shows."""

from dataclasses import replace
from datetime import date

from tests.gui import gallery_reception as demo
from ui.reception.idle.model import idle
from window_client.reception.state import QueueView, Today

TODAY = date(2025, 11, 4)


def test_the_next_number_comes_with_what_its_booking_knows() -> None:
    card = idle(demo.idle_state(), TODAY).card
    assert (card.number, card.headline) == ("C018", "市场准入 · 个体工商户设立登记")
    assert (card.booked, card.prefilled, card.waited) == ("预约 10:30", "网上已预填 12 项", "已等 9 分")
    assert card.facts == (("预约人", "李*"), ("需带材料", "5 份，已网上传 1 份"), ("通常用时", "14 分"))


def test_nobody_waiting_is_said_in_words() -> None:
    card = idle(demo.nobody_state(), TODAY).card
    assert (card.number, card.headline) == ("", "现在没有人等候")


def test_without_the_queue_the_way_on_is_named() -> None:
    card = idle(replace(demo.idle_state(), queue=QueueView(online=False)), TODAY).card
    assert card.number == ""
    assert "F7" in card.hint


def test_only_drafts_can_be_opened_and_empty_kinds_are_left_out() -> None:
    today = Today(
        drafts=(("v-1", "孙* · 社会保障卡申领", "10:05"),),
        open_items=(("deferred", 3, "周*", "2025-11-06"), ("correction", 0, "", "")),
    )
    shown = idle(replace(demo.idle_state(), today=today), TODAY)
    assert [(row.kind, row.count, row.visit_id) for row in shown.open_items] == [
        ("容缺待补", 3, ""),
        ("草稿", 1, "v-1"),
    ]
    assert shown.open_count == 4
    assert shown.open_items[0].note == "11月6日"


def test_notices_say_when_in_words() -> None:
    assert [when for _, when in idle(demo.idle_state(), TODAY).notices] == ["今天 08:30", "昨天 16:10"]


def test_a_visit_found_after_a_crash_is_offered_and_not_listed_twice() -> None:
    shown = idle(demo.recovered_state(), TODAY)
    assert shown.recovered == ("上次办理没有结束，内容都在", "李* · 个体工商户设立登记")
    assert [row.visit_id for row in shown.open_items if row.visit_id] == ["v-7"]
    assert idle(demo.idle_state(), TODAY).recovered is None
