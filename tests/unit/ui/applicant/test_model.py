"""What the applicant's pages show, worked out of the desk's state."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.gui import applicant_scenes as scenes
from ui.applicant import model
from ui.applicant.spoken import spoken
from ui.words import applicant_words
from window_client.clock import CHINA
from window_client.domain.material import RowState
from window_client.domain.rating import REASONS
from window_client.domain.visit import State
from window_client.reception.locking import blank
from window_client.reception.state import (
    ApplicantPage,
    ApplicantView,
    LockView,
    PauseView,
    ShownLine,
    ShownMaterial,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_the_blank_page_knows_the_hall_and_the_window_and_nothing_of_the_visit() -> None:
    state = replace(scenes.state(ApplicantPage.CHECK), result=scenes.result())
    blank = model.shown(replace(state, applicant=replace(state.applicant, page=ApplicantPage.BLANK)))
    assert blank == model.Shown(ApplicantPage.BLANK, "涪城区政务服务中心", "12 号窗口", window_no=12)


@pytest.mark.parametrize("page", [p for p in ApplicantPage if p.value not in {"check", "declare", "sign", "identity"}])
def test_only_pages_that_show_personal_lines_keep_them(page: ApplicantPage) -> None:
    assert model.shown(scenes.state(page)).rows == ()


def test_what_the_page_does_not_show_makes_no_difference() -> None:
    state = scenes.state(ApplicantPage.CHECK)
    assert model.shown(state) == model.shown(replace(state, result=scenes.result(), busy="calling"))
    assert model.shown(state) != model.shown(replace(state, applicant=replace(state.applicant, wrong="phone")))


@pytest.mark.parametrize(
    ("page", "note"),
    [
        (ApplicantPage.CHECK, "第 1 步，共 3 步"),
        (ApplicantPage.DECLARE, "第 2 步，共 3 步"),
        (ApplicantPage.SIGN, "第 3 步，共 3 步"),
        (ApplicantPage.WAIT, ""),
    ],
)
def test_the_head_counts_the_three_steps(page: ApplicantPage, note: str) -> None:
    assert model.shown(scenes.state(page)).note == note


def test_a_line_is_masked_only_where_the_full_text_is_another() -> None:
    assert model.row(ShownLine("phone", "手机号", "138****5521", "13800005521")).masked
    assert not model.row(ShownLine("scope", "经营什么", "小吃服务")).masked


def test_the_identity_page_has_words_for_the_keys_of_its_labels() -> None:
    assert [row.label for row in model.shown(scenes.identity()).rows] == ["姓名", "身份证号"]


def test_papers_that_are_not_needed_are_not_mentioned_and_deferred_ones_name_their_date() -> None:
    papers = (
        ShownMaterial("a", "申请书", RowState.READY, 2),
        ShownMaterial("b", "房产证", RowState.NOT_NEEDED, 0),
        ShownMaterial("c", "告知书", RowState.DEFERRED, 0, "2026-12-01"),
    )
    faces = model.materials(ApplicantView(materials=papers))
    assert [(face.name, face.note, face.later) for face in faces] == [
        ("申请书", "2 页", False),
        ("告知书", "12月1日 前补交", True),
    ]


def test_what_was_called_wrong_is_said_by_its_label() -> None:
    lines = (ShownLine("phone", "手机号", "138****5521"),)
    assert model.told(ApplicantView(lines=lines, wrong="phone")) == "已告诉工作人员：手机号"
    assert model.told(ApplicantView(lines=lines)) == ""
    assert "不同意" in model.told(ApplicantView(lines=lines, wrong="declaration"))


def test_the_signature_names_the_document_and_counts_the_others() -> None:
    one = ApplicantView(document_title="申请书", documents=1)
    assert model.signature_for(one) == "签名用于《申请书》"
    assert model.signature_for(replace(one, documents=2)) == "签名用于《申请书》等 2 份文书"
    assert model.signature_for(ApplicantView()) == ""


def test_case_number_and_promise_are_written_for_reading() -> None:
    shown = model.shown(scenes.rating(ApplicantPage.RATE))
    assert shown.case_no == "510799 20251104 0000236 4"
    assert shown.promised == "11月5日 周三 17:00 前办好"
    assert shown.note == "已受理"


@pytest.mark.parametrize(("left", "seconds"), [(48.0, 48), (47.2, 48), (0.0, 0), (-5.0, 0)])
def test_the_countdown_counts_whole_seconds_and_stops_at_none(left: float, seconds: int) -> None:
    assert model.seconds_left(NOW + timedelta(seconds=left), NOW) == seconds


def test_without_an_end_there_is_no_countdown() -> None:
    assert model.countdown(None, NOW) == ""


def test_the_best_grade_comes_first_with_most_points_and_every_reason_has_words() -> None:
    assert model.grades()[0].word == "非常满意"
    assert [g.points for g in model.grades()] == ["5 分", "4 分", "3 分", "2 分", "1 分"]
    assert [code for code, _ in model.reasons()] == list(REASONS)


@pytest.mark.parametrize(
    ("heights", "room", "starts"),
    [((), 100, ()), ((50, 50), 100, (0,)), ((50, 50, 50), 100, (0, 2)), ((300, 50), 100, (0, 1))],
)
def test_pages_hold_whole_rows(heights: tuple[int, ...], room: int, starts: tuple[int, ...]) -> None:
    assert model.pages_of(heights, room) == starts


def test_who_signs_for_another_is_named_with_what_they_are() -> None:
    view = ApplicantView(page=ApplicantPage.SIGN, signer="周洋")
    assert model.signer(view) == "周洋"
    assert model.signer(replace(view, signs_as="agent")) == "周洋（代办人）"
    assert model.signer(replace(view, signs_as="legal_rep")) == "周洋（法定代表人）"


def test_while_the_window_pauses_the_applicant_reads_that_it_does_and_when_it_is_back() -> None:
    back = datetime(2025, 11, 4, 10, 50, tzinfo=CHINA)
    paused = replace(scenes.BASE, applicant=ApplicantView(), visit=State.PAUSED, pause=PauseView(NOW, "牙疼", back))
    for language, head, until in (
        ("zh", "本窗口暂停服务", "预计 10:50 恢复，请看大厅屏"),
        ("en", "This window is closed for now", "Open again at about 10:50, please watch the hall screen"),
    ):
        page = model.shown(replace(paused, applicant_language=language))
        assert (page.page, page.paused, page.paused_until) == (ApplicantPage.BLANK, head, until)
        assert "牙疼" not in repr(page), "why is the clerk's own matter"
        assert page.clerk == page.item == page.ticket == ""
        assert head in spoken(page)
        applicant_words.language = "zh"
    open_end = model.shown(replace(paused, pause=PauseView(NOW)))
    assert open_end.paused_until == "恢复时间请看大厅屏"
    assert model.shown(replace(scenes.BASE, applicant=ApplicantView())).paused == ""


def test_a_locked_window_that_pauses_still_says_so_without_a_reason() -> None:
    paused = replace(scenes.BASE, applicant=ApplicantView(), visit=State.PAUSED, pause=PauseView(NOW, "牙疼"))
    covered = blank(replace(paused, lock=LockView("key", NOW)))
    assert covered.pause == PauseView(NOW)
    assert model.shown(covered).paused == "本窗口暂停服务"
