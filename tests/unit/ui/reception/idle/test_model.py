"""What the idle centre shows."""

from dataclasses import replace

from tests.gui import gallery_reception as demo
from ui.reception.idle.model import idle
from window_client.reception.state import CaseConflict, OpenedItem, OutboxRow, OutboxView, QueueView, Today

NOW = demo.at("10:35")


def test_the_next_number_comes_with_what_its_booking_knows() -> None:
    card = idle(demo.idle_state(), NOW).card
    assert (card.number, card.headline) == ("C018", "市场准入 · 个体工商户设立登记")
    assert (card.booked, card.prefilled, card.waited) == ("预约 10:30", "网上已预填 12 项", "已等 9 分")
    assert card.facts == (("预约人", "李*"), ("需带材料", "5 份，已网上传 1 份"), ("通常用时", "14 分"))


def test_nobody_waiting_is_said_in_words() -> None:
    card = idle(demo.nobody_state(), NOW).card
    assert (card.number, card.headline) == ("", "现在没有人等候")


def test_without_the_queue_the_way_on_is_named() -> None:
    card = idle(replace(demo.idle_state(), queue=QueueView(online=False)), NOW).card
    assert card.number == ""
    assert "F7" in card.hint


def test_every_kind_can_be_opened_and_empty_kinds_are_left_out() -> None:
    today = Today(
        drafts=(("v-1", "孙* · 社会保障卡申领", "10:05"),),
        open_items=(
            ("deferred", 3, "周*", "2025-11-06"),
            ("correction", 0, "", ""),
            ("held", 1, "C012", ""),
            ("unprinted", 1, "510700 20251104 0000230 1", "F12"),
        ),
    )
    box = OutboxView(2, 1, (OutboxRow("4", "case", "MY 1", 9, demo.at("10:20"), 1, True, "case_no_taken"),))
    shown = idle(replace(demo.idle_state(), today=today, outbox=box), NOW)
    assert [(row.kind, row.count, row.act) for row in shown.open_items] == [
        ("回执未打印", 1, "print_again"),
        ("挂起", 1, "hold"),
        ("容缺待补", 3, "open_item:deferred"),
        ("未送出", 1, "outbox"),
        ("草稿", 1, "resume_draft:v-1"),
    ]
    assert shown.open_count == 7
    assert [row.note for row in shown.open_items] == [
        "F12 打印",
        "回家取租赁合同，已 14 分",
        "11月6日",
        "看原因，Ctrl+R 再送",
        "10:05 存",
    ]


def test_what_stands_behind_a_line_is_listed_below_it() -> None:
    today = Today(open_items=(("correction", 2, "张*", "2025-11-04"),))
    rows = (("510700 20251103 0000187 4", "张* · 食品经营许可", "2025-11-04T17:00:00+08:00"),)
    base = replace(demo.idle_state(), today=today, held=())

    def lines(status: str) -> tuple[tuple[str, str, str], ...]:
        opened = OpenedItem("correction", status, rows if status == "ready" else ())
        return idle(replace(base, opened=opened), NOW).open_items[0].lines

    assert lines("ready") == (("510700 20251103 0000187 4", "张* · 食品经营许可", "承诺 今天 17:00"),)
    assert lines("asking")[0][0] == "正在查"
    assert "联网后可看" in lines("away")[0][0]
    assert idle(base, NOW).open_items[0].lines == ()


def test_a_read_notice_is_told_from_a_new_one() -> None:
    state = demo.idle_state()
    first = state.today.notices[0]
    shown = idle(replace(state, today=replace(state.today, notices_read=frozenset({first}))), NOW)
    assert [row.read for row in shown.notices] == [True, False]


def test_notices_say_when_in_words() -> None:
    assert [row.when for row in idle(demo.idle_state(), NOW).notices] == ["今天 08:30", "昨天 16:10"]


def test_a_visit_found_after_a_crash_is_offered_and_not_listed_twice() -> None:
    shown = idle(demo.recovered_state(), NOW)
    assert shown.recovered == ("上次办理没有结束，内容都在", "李* · 个体工商户设立登记")
    assert [row.visit_id for row in shown.open_items if row.visit_id] == ["v-7"]
    assert idle(demo.idle_state(), NOW).recovered is None


def test_conflicts_say_what_differs_and_are_marked_as_looked_at_by_the_same_key() -> None:
    today = Today(open_items=(("conflict", 1, "李*", ""),))
    state = replace(demo.idle_state(), today=today)
    row = idle(state, NOW).open_items[0]
    assert (row.kind, row.act, row.warn) == ("冲突", "open_item:conflict", True)

    number, about = "5107002025110400002367", "李* · 个体工商户设立登记"
    conflicts = (
        CaseConflict(number, about, "ticket", "", "", "12", "13"),
        CaseConflict(number, about, "item", "个体工商户设立登记", "", "1", "2"),
        CaseConflict(number, about, "ecert", "身份证", "ID card", "9", "2025-11-01"),
        CaseConflict(number, about, "ecert", "身份证", "ID card", "9", ""),
        CaseConflict(number, about, "deferral", "平面图", "Plan", "2025-11-05", "credit_bad"),
        CaseConflict(number, about, "field", "人员类别", "Group", "企业职工", "城乡居民"),
        CaseConflict(number, about, "something_new", "印章", "Seal", "", ""),
    )
    opened = OpenedItem("conflict", "ready", conflicts=conflicts)
    row = idle(replace(state, opened=opened), NOW).open_items[0]

    assert (row.act, row.act_words) == ("settle_conflicts", "已核对")
    assert {line[0] for line in row.lines} == {"510700 20251104 0000236 7"}
    assert [line[1].split(" · ")[0] for line in row.lines] == [
        "号码断网期间也在 13 号窗办理",
        "事项已改版：受理时第 1 版，现第 2 版",
        "身份证电子证照已过期（2025-11-01）",
        "身份证电子证照已查不到",
        "平面图不能容缺：信用有失信记录",
        "人员类别：填 企业职工，库 城乡居民",
        "印章 与中心记录不符",
    ]


def test_a_number_that_only_the_service_holds_is_told_with_what_the_service_knows() -> None:
    today = Today(open_items=(("held", 1, "C012 赵* · 食品经营许可", ""),))
    held = (replace(demo.HELD[0], visit_id="", about=""),)
    shown = idle(replace(demo.idle_state(), today=today, held=held), NOW)
    assert [row.text for row in shown.open_items] == ["C012 赵* · 食品经营许可"]


def test_a_scanned_case_stands_first_until_it_is_closed_and_is_no_open_item_of_mine() -> None:
    rows = (("510799 20261124 0000071", "李* · 个体工商户设立登记", "2026-11-27"),)
    state = demo.idle_state()
    before = idle(state, NOW)
    shown = idle(replace(state, opened=OpenedItem("scanned", "ready", rows)), NOW)
    assert (shown.open_items[0].kind, shown.open_items[0].act) == ("扫到的件", "open_item:scanned")
    assert shown.open_items[0].act_words == "收起"
    assert shown.open_items[0].lines[0][:2] == ("510799 20261124 0000071", "李* · 个体工商户设立登记")
    assert shown.open_count == before.open_count
    asking = idle(replace(state, opened=OpenedItem("scanned", "asking")), NOW)
    assert asking.open_items[0].lines
    nothing = idle(replace(state, opened=OpenedItem("scanned", "ready")), NOW)
    assert nothing.open_items[0].lines
