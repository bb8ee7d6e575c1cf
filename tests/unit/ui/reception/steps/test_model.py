"""The sheet of a visit and its action bar."""

from dataclasses import replace

import pytest

from tests.gui import gallery_reception as demo
from ui.reception.steps.model import missing_until, nation_words, promise_words, sheet
from window_client.domain.visit import Step
from window_client.reception.state import ApplicantPage, ApplicantView, Missing, ReceptionState


def _parts(state: ReceptionState, step: Step) -> list[str]:
    shown = sheet(state)
    return [part.text for row in (*shown.before, *shown.after) if row.step is step for part in row.parts]


def test_finished_steps_fold_to_one_readable_line() -> None:
    state = demo.accepted_state()
    assert _parts(state, Step.IDENTITY) == ["李明", "男 汉族", "5107**********0017", "已读证 10:36", "本人办理"]
    assert _parts(state, Step.ITEM) == ["个体工商户设立登记", "承诺 1 个工作日", "不收费", "跑 1 次"]
    assert _parts(state, Step.FORM) == ["18 项已填", "带入 15 项，手填 3 项"]
    assert _parts(state, Step.MATERIALS)[1:] == ["电子证照 1", "容缺 1"]
    assert _parts(state, Step.CONFIRM) == ["申请人 10:50 在对客屏核对并签名"]


def test_an_item_shows_the_catalogue_it_comes_from_while_the_line_is_down() -> None:
    assert _parts(demo.offline_state(), Step.ITEM) == ["社会保障卡申领", "即办件", "不收费", "事项库 11月4日 07:00 版"]


def test_coming_steps_are_those_after_the_open_one() -> None:
    shown = sheet(demo.item_state())
    assert [(one.number, one.note) for one in shown.coming] == [(3, "可带入约 15 项"), (4, "需 5 份"), (5, ""), (6, "")]
    assert sheet(demo.identity_state()).coming[0].note == "可带入预约"
    assert sheet(demo.accepted_state()).coming == ()


def test_an_earlier_step_opened_again_keeps_the_later_ones_in_sight() -> None:
    shown = sheet(replace(demo.materials_state(), open_step=Step.ITEM))
    assert [row.number for row in shown.before] == [1]
    assert [row.number for row in shown.after] == [3]
    assert [one.number for one in shown.coming] == [4, 5, 6]


def test_what_is_missing_is_named_and_holds_only_the_steps_so_far() -> None:
    later = Missing(Step.MATERIALS, "m", "身份证")
    phone = Missing(Step.IDENTITY, "phone", "identity.phone")
    state = replace(demo.identity_state(), missing=(phone, later))
    assert missing_until(state, Step.IDENTITY) == (phone,)
    bar = sheet(state).bar
    assert (bar.strong, bar.text, bar.jump) == ("还差 1 项", "：联系手机", True)
    assert not bar.buttons[-1].enabled


def test_a_step_with_something_missing_is_marked_when_folded() -> None:
    state = replace(demo.materials_state(), missing=(Missing(Step.IDENTITY, "card", "remark.bad_check_digit"),))
    shown = sheet(state)
    assert [row.problem for row in shown.before] == [True, False, False]
    assert shown.bar.text == "：身份证信息有误"


def test_the_next_button_says_where_it_leads() -> None:
    makers = (demo.identity_state, demo.item_state, demo.form_state, demo.materials_state, demo.sign_state)
    texts = [sheet(make()).bar.buttons[-1].text for make in makers]
    assert texts == ["下一步：选事项", "下一步：填表单", "下一步：材料", "下一步：确认签名", "提交受理"]


def test_fields_that_wait_for_the_line_are_counted_and_never_block() -> None:
    bar = sheet(demo.offline_state()).bar
    assert bar.text == "必填已齐，1 项联网后核验"
    assert bar.buttons[-1].enabled


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (ApplicantPage.CHECK, "等申请人核对"),
        (ApplicantPage.DECLARE, "等申请人同意告知承诺"),
        (ApplicantPage.SIGN, "等申请人签名"),
    ],
)
def test_submitting_waits_for_the_applicant(page: ApplicantPage, words: str) -> None:
    bar = sheet(replace(demo.sign_state(), applicant=ApplicantView(page))).bar
    assert bar.text == words
    assert not bar.buttons[-1].enabled


def test_what_is_signed_can_be_submitted() -> None:
    state = demo.sign_state()
    signed = replace(state, applicant=replace(state.applicant, page=ApplicantPage.SIGNED, signed_at=demo.at("10:50")))
    assert sheet(signed).bar.buttons[-1].enabled
    assert not sheet(replace(signed, busy="submitting")).bar.buttons[-1].enabled


def test_a_finished_visit_tells_its_time_and_offers_another_service() -> None:
    bar = sheet(demo.accepted_state()).bar
    assert bar.strong + bar.text == "本次已办结，用时 14 分 52 秒"
    assert [button.act for button in bar.buttons] == ["serve_without_ticket"]


def test_a_called_number_offers_nothing_that_the_table_refuses() -> None:
    assert sheet(demo.calling_state()).bar.buttons == ()


def test_a_nation_is_written_once() -> None:
    assert nation_words("汉") == nation_words("汉族") == "汉族"
    assert nation_words("") == ""


def test_a_limit_of_nothing_is_done_while_you_wait() -> None:
    assert promise_words(demo.ITEMS[demo.CARD_ITEM]) == "即办件"
