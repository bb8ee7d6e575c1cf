from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.gui import scenes
from ui.signin import model
from ui.words import words
from window_client.signin import CheckLine

MORNING = datetime(2025, 11, 4, 8, 25, tzinfo=UTC)


@pytest.fixture(autouse=True)
def every_text_is_there() -> None:
    words.strict = True


def test_the_page_sums_up_what_is_fine_and_what_to_note() -> None:
    face = model.face(scenes.sign_in(), MORNING)
    assert face.summary == "8 项正常，1 项注意，不影响受理"
    assert face.checked == "8:24 自动完成，用时 6 秒"
    assert face.greeting == "早上好，请登录"


def test_a_device_that_is_away_says_how_work_goes_on() -> None:
    row = next(r for r in model.face(scenes.sign_in(), MORNING).rows if r.id == "codes")
    assert (row.level, row.text) == ("warn", "没有找到，可照常受理，改用高拍仪扫码")


def test_several_of_a_kind_are_told_apart() -> None:
    lines = (
        CheckLine("a", "printer", "ok", "ok", {}, place=1),
        CheckLine("b", "printer", "ok", "ok", {}, place=2),
        CheckLine("c", "camera", "ok", "ok", {}, role="portrait"),
    )
    face = model.face(replace(scenes.sign_in(), lines=lines), MORNING)
    assert [row.name for row in face.rows] == ["回执打印机", "回执打印机 2", "人像镜头"]


def test_emulated_devices_are_marked() -> None:
    rows = model.face(scenes.sign_in(), MORNING).rows
    assert [row.id for row in rows if row.emulated] == ["scanner"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("network", "checking"), ("network", "network_ok"), ("network", "clock_off"), ("network", "network_away"),
        ("outbox", "outbox_empty"), ("outbox", "outbox_waiting"), ("outbox", "outbox_set_aside"),
        ("catalogue", "catalogue_ok"), ("catalogue", "catalogue_none"), ("printer", "paper_out"),
        ("camera", "connecting"), ("display", "disabled"),
    ],
)  # fmt: skip
def test_every_line_has_words(kind: str, code: str) -> None:
    args = {"ms": "28", "offset": "0.1", "n": "2", "aside": "1", "version": "7", "at": "07:00"}
    line = CheckLine(kind, kind, "warn", code, args)
    assert model.face(replace(scenes.sign_in(), lines=(line,)), MORNING).rows[0].text


@pytest.mark.parametrize("problem", ["bad_password", "wrong_password", "locked", "unavailable", "no_role", "new_code"])
def test_every_problem_is_a_sentence(problem: str) -> None:
    assert model.face(replace(scenes.sign_in(), problem=problem), MORNING).problem


def test_a_lock_says_how_long() -> None:
    state = replace(scenes.sign_in(), problem="locked", problem_args={"minutes": "15"})
    assert "15 分" in model.face(state, MORNING).problem


def test_counts_of_today_are_split_at_the_number() -> None:
    assert model.face(scenes.sign_in(), MORNING).today[0] == ("预约 ", "18", " 人，首个 08:45")


def test_what_cannot_be_used_is_counted_as_such() -> None:
    lines = (CheckLine("a", "printer", "bad", "absent", {}), CheckLine("b", "network", "warn", "network_away", {}))
    assert model.face(replace(scenes.sign_in(), lines=lines), MORNING).summary == "0 项正常，1 项不可用"


@pytest.mark.parametrize(("hour", "part"), [(8, "早上"), (12, "中午"), (15, "下午"), (20, "晚上")])
def test_the_greeting_follows_the_clock(hour: int, part: str) -> None:
    assert model.face(scenes.sign_in(), MORNING.replace(hour=hour)).greeting.startswith(part)


@pytest.mark.parametrize("code", ["offline_unknown", "wrong_password", "locked", "too_long_ago", "no_role"])
def test_a_refusal_without_the_centre_has_three_parts(code: str) -> None:
    args = {"away": "1", "left": "3", "minutes": "14", "days": "0"}
    face = model.face(replace(scenes.sign_in(), problem=code, problem_args=args), MORNING)
    assert len(face.problem.splitlines()) == 3
    assert face.problem.startswith("没有登录：")


def test_a_store_in_trouble_has_three_parts_too() -> None:
    face = model.face(replace(scenes.sign_in(), problem="store", problem_args={"code": "disk_full"}), MORNING)
    assert len(face.problem.splitlines()) == 3


def test_while_the_centre_is_away_the_page_says_how_to_sign_in() -> None:
    assert model.face(scenes.sign_in(), MORNING).away == ""
    away = (CheckLine("network", "network", "warn", "network_away", {}),)
    assert model.face(replace(scenes.sign_in(), lines=away), MORNING).away == words("signin.away")


def test_english_takes_what_the_catalogue_has_in_english_and_writes_times_its_own_way() -> None:
    words.language = "en"
    try:
        face = model.face(scenes.sign_in(), MORNING)
    finally:
        words.language = "zh"
    assert face.hall == "Mianyang Government Service Centre"
    assert face.windows == (("12", "12 · General service (A, C, E)"),)
    assert [row.text for row in face.rows if row.id == "catalogue"] == ["version 7 of 4 Nov 07:00"]


def test_the_applicants_screen_says_what_to_do_without_it() -> None:
    line = CheckLine("applicant", "applicant", "warn", "absent", {})
    row = model.face(replace(scenes.sign_in(), lines=(line,)), MORNING).rows[0]
    assert (row.icon, row.name, row.text) == ("pad", "对客屏", "没有找到，签名时把本屏转给申请人")
