"""What the clerk sees of the second screen."""

from dataclasses import replace

from tests.gui import gallery_reception as demo
from ui.reception.confirm.model import confirm
from window_client.reception.state import ApplicantPage, DeviceView


def test_lines_are_ticked_once_the_applicant_says_they_are_right() -> None:
    state = demo.sign_state()
    assert all(row.checked for row in confirm(state).rows)
    before = replace(
        state, applicant=replace(state.applicant, checked_at=None, agreed_at=None, page=ApplicantPage.CHECK)
    )
    assert not any(row.checked for row in confirm(before).rows)


def test_the_papers_stand_on_one_line() -> None:
    assert confirm(demo.sign_state()).rows[-1].text == "5 份：已交 4，容缺 1（平面图，11月5日 前）"


def test_progress_goes_from_check_to_signature() -> None:
    assert [(stage.text, stage.state, stage.at) for stage in confirm(demo.sign_state()).progress] == [
        ("核对信息", "done", "10:49"),
        ("同意告知承诺", "done", "10:49"),
        ("正在签名", "now", ""),
    ]


def test_what_the_applicant_called_wrong_is_named() -> None:
    state = demo.sign_state()
    shown = confirm(replace(state, applicant=replace(state.applicant, wrong="business_name")))
    assert (shown.note, shown.note_warns) == ("申请人说“名称”不对", True)
    assert [row.label for row in shown.rows if row.wrong] == ["名称"]


def test_the_page_of_the_second_screen_is_named() -> None:
    assert confirm(demo.sign_state()).page == "对客屏 · 签名页"


def test_without_a_second_screen_the_clerk_is_offered_to_turn_her_own() -> None:
    state = demo.sign_state()
    assert not confirm(state).turn
    devices = (DeviceView("applicant", "applicant_screen", "offline", "absent", emulated=False, facts={"way": "turn"}),)
    assert confirm(replace(state, devices=devices)).turn
    signed = replace(state.applicant, page=ApplicantPage.SIGNED)
    assert not confirm(replace(state, devices=devices, applicant=signed)).turn
