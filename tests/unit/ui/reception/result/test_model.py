"""Step 6 as it is shown."""

from dataclasses import fields, replace

import pytest

from tests.gui import gallery_reception as demo
from ui.reception.result.model import Result, fault_has_the_fill, result
from window_client.reception.state import NetworkView, NoticeView, PrintState, ReceiptView, ReceptionState


def _shown(state: ReceptionState) -> Result:
    shown = result(state)
    assert shown is not None
    return shown


def test_number_promise_and_what_to_say() -> None:
    shown = _shown(demo.accepted_state())
    assert shown.case_no == ("510700", "20251104 0000236", "7")
    assert shown.promised == "11月5日 周三 17:00"
    assert shown.say == (
        "11月5日 周三 17:00 前办好。",
        "平面图请在 11月5日 前补交，逾期就不能接着办。",
        "营业执照在 3 号出件窗口取，带身份证即可。",
    )


def test_outputs_are_only_what_is_real() -> None:
    assert [row.name for row in _shown(demo.accepted_state()).outputs] == ["受理回执", "容缺承诺书", "送达中心"]


@pytest.mark.parametrize(
    ("state", "code", "words", "act"),
    [
        (PrintState.CONFIRMED, "", "已打印 1 张", "print_again"),
        (PrintState.SENT, "", "已送打印机", "print_again"),
        (PrintState.PRINTING, "", "正在打印", ""),
        (PrintState.NOT_PRINTED, "cover_open", "未打印：打印机开着盖", ""),
        (PrintState.NOT_PRINTED, "melted", "未打印：打印机有问题", ""),
        (PrintState.UNKNOWN, "timeout", "不知道有没有打出来", ""),
    ],
)
def test_the_receipt_says_where_it_stands(state: PrintState, code: str, words: str, act: str) -> None:
    row = _shown(replace(demo.accepted_state(), receipt=ReceiptView(state, code, 1))).outputs[0]
    assert (row.text, row.act) == (words, act)


def test_a_fault_begins_with_the_good_news_and_holds_the_fill() -> None:
    fault = _shown(demo.fault_state()).fault
    assert fault is not None
    assert fault.text.startswith("受理已成功")
    assert [button[3] for button in fault.buttons] == ["primary", "ghost"]
    assert fault_has_the_fill(demo.fault_state())
    assert fault_has_the_fill(demo.unknown_state())
    assert not fault_has_the_fill(demo.accepted_state())


@pytest.mark.parametrize(
    ("delivery", "online", "words"),
    [
        ("delivered", True, "已送达"),
        ("waiting", True, "正在送，已存本机"),
        ("waiting", False, "等网络，已存本机"),
        ("set_aside", True, "中心没有收下，见待发"),
    ],
)
def test_delivery_is_told_apart_from_acceptance(delivery: str, online: bool, words: str) -> None:
    state = demo.accepted_state()
    assert state.result is not None
    changed = replace(state, result=replace(state.result, delivery=delivery), network=NetworkView(online=online))
    assert _shown(changed).outputs[-1].text == words


def test_a_provisional_number_is_marked() -> None:
    state = demo.accepted_state()
    assert state.result is not None
    shown = _shown(replace(state, result=replace(state.result, provisional=True, case_no="L-12-20251104-031-7")))
    assert (shown.case_no[1], shown.case_note) == ("L-12-20251104-031-7", "临时编号，联网后换正式号")


def test_nothing_here_could_carry_a_grade() -> None:
    assert not [field.name for field in fields(Result) if "grade" in field.name]
    assert result(demo.sign_state()) is None


def test_a_local_number_is_shown_short_and_later_the_final_one_with_the_local_in_its_note() -> None:
    accepted = demo.accepted_state()
    assert accepted.result is not None
    local = replace(accepted.result, case_no="L-12-20251104-0031-5", provisional=True)
    shown = _shown(replace(accepted, result=local))
    assert shown.case_no == ("", "本机 12-0031", "")
    assert shown.case_note == "临时编号，联网后换正式号"

    exchanged = replace(local, final_no="5107002025110400002367")
    shown = _shown(replace(accepted, result=exchanged))
    assert shown.case_no == ("510700", "20251104 0000236", "7")
    assert shown.case_note == "已换正式号，原 本机 12-0031 一直有效"


def test_without_a_printer_for_it_nobody_speaks_of_the_notice() -> None:
    assert "A4 通知书" not in [row.name for row in _shown(demo.accepted_state()).outputs]


@pytest.mark.parametrize(
    ("notice", "words", "act"),
    [
        (NoticeView(True), "可以打印受理通知书", "print_notice"),
        (NoticeView(True, PrintState.PRINTING), "正在打印", ""),
        (NoticeView(True, PrintState.CONFIRMED), "已打印 1 张", "print_notice"),
        (NoticeView(True, PrintState.SENT, copies=1), "已送打印机", "print_notice"),
        (NoticeView(True, PrintState.NOT_PRINTED, "jam"), "未打印：打印机卡纸", "print_notice"),
        (NoticeView(True, PrintState.NOT_PRINTED, "toner_out"), "未打印：打印机没有墨粉", "print_notice"),
        (NoticeView(True, PrintState.UNKNOWN, "job_lost"), "不知道打出来没有，请看打印机", "notice_came_out"),
    ],
)
def test_the_notice_says_where_it_stands_behind_the_receipt(notice: NoticeView, words: str, act: str) -> None:
    row = _shown(replace(demo.accepted_state(), notice=notice)).outputs[1]
    assert (row.name, row.text, row.act) == ("A4 通知书", words, act)


def test_a_notice_in_doubt_is_answered_with_a_press_either_way() -> None:
    rows = _shown(replace(demo.accepted_state(), notice=NoticeView(True, PrintState.UNKNOWN))).outputs
    assert [row.act for row in rows[1:3]] == ["notice_came_out", "notice_missing"]


@pytest.mark.parametrize(
    ("notice", "offered"),
    [
        (NoticeView(), False),
        (NoticeView(True), True),
        (NoticeView(True, PrintState.NOT_PRINTED, "jam"), True),
        (NoticeView(True, PrintState.PRINTING), False),
        (NoticeView(True, PrintState.CONFIRMED), False),
        (NoticeView(True, PrintState.UNKNOWN), False),
    ],
)
def test_a_receipt_printer_in_trouble_points_to_the_a4_printer_where_there_is_one(
    notice: NoticeView, offered: bool
) -> None:
    fault = _shown(replace(demo.fault_state(), notice=notice)).fault
    assert fault is not None
    assert ("print_notice" in [button[0] for button in fault.buttons]) is offered
    assert [button[2] for button in fault.buttons if button[0] == "print_notice"] == ["Ctrl+P"] * offered
