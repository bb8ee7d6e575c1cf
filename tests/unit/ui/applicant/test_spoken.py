"""What is read aloud: what is seen, and no more."""

from dataclasses import replace

import pytest

from tests.gui import applicant_scenes as scenes
from ui.applicant import model
from ui.applicant.spoken import aloud, spoken
from window_client.reception.state import ApplicantPage, ApplicantView


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5107**********0017", "5 1 0 7 ，中间不读，0 0 1 7"),
        ("138****5521", "1 3 8 ，中间不读，5 5 2 1"),
        ("6222000000000018", "6 2 2 2 0 0 0 0 0 0 0 0 0 0 1 8"),
        ("50000.00", "50000.00"),
        ("涪城区示例路 18 号附 3 号", "涪城区示例路 18 号附 3 号"),
    ],
)
def test_long_numbers_are_said_digit_by_digit_and_covered_ones_stay_covered(text: str, said: str) -> None:
    assert aloud(text) == said


def test_the_check_page_is_read_in_its_order_and_masked() -> None:
    lines = spoken(model.shown(scenes.state(ApplicantPage.CHECK)))
    assert lines[0] == "请核对您的信息"
    assert lines[1] == "姓名，李明"
    assert lines[2] == "身份证号，5 1 0 7 ，中间不读，0 0 1 7"
    assert not any("510799199001010017" in line.replace(" ", "") for line in lines)


@pytest.mark.parametrize("page", list(ApplicantPage))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_has_something_to_read_in_both_languages(page: ApplicantPage, language: str) -> None:
    state = scenes.rating(page) if page in {ApplicantPage.RATE, ApplicantPage.REASONS} else scenes.state(page)
    lines = spoken(model.shown(replace(state, applicant_language=language)))
    assert lines
    assert all(line.strip() for line in lines)


def test_nobody_is_served_and_nothing_of_anybody_is_read() -> None:
    state = replace(scenes.state(ApplicantPage.CHECK), applicant=ApplicantView())
    assert spoken(model.shown(state)) == ("涪城区政务服务中心", "请按叫号到窗口办理")


def test_the_case_number_is_said_digit_by_digit_after_the_acceptance() -> None:
    lines = spoken(model.shown(scenes.rating(ApplicantPage.RATE)))
    assert "受理号 " + " ".join("5107992025110400002364") in lines
