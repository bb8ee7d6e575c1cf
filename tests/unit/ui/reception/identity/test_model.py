"""Step 1 as it is shown."""

from dataclasses import replace

import msgspec
import pytest

from tests.gui import gallery_reception as demo
from ui.reception.identity.model import identity
from window_client.domain.people import IdentitySource
from window_client.reception.state import IdentityView, Reading

NOW = demo.at("10:36")


def test_a_read_card_shows_the_person_with_the_number_covered() -> None:
    shown = identity(demo.identity_state(), NOW)
    assert shown.person is not None
    assert shown.waiting is None
    assert ("身份证号", "5107**********0017", True) in shown.person.facts
    assert ("有效期", "2019-06-18 至 2039-06-18", False) in shown.person.facts
    assert shown.person.confirmed == "身份证已读，芯片有效"


def test_the_number_is_shown_until_its_time_and_no_longer() -> None:
    state = demo.expired_state()
    before, after = identity(state, demo.at("10:36:08")), identity(state, demo.at("10:36:09"))
    assert before.person is not None
    assert after.person is not None
    assert demo.LI_MING in [text for _, text, _ in before.person.facts]
    assert demo.LI_MING not in [text for _, text, _ in after.person.facts]


def test_remarks_about_a_card_are_said_in_words() -> None:
    shown = identity(demo.expired_state(), NOW)
    assert shown.person is not None
    assert shown.person.remarks == (("证件已过期 12 天", False),)


def test_a_typed_identity_asks_for_a_look_at_the_original() -> None:
    state = demo.identity_state()
    assert state.draft is not None
    typed = msgspec.structs.replace(demo.LI, source=IdentitySource.TYPED)
    shown = identity(replace(state, draft=msgspec.structs.replace(state.draft, applicant=typed)), NOW)
    assert shown.person is not None
    assert (shown.person.confirmed_tone, "原件" in shown.person.confirmed) == ("warn", True)


@pytest.mark.parametrize(
    ("code", "head"),
    [
        ("no_card", "没读到证，请挪正再放"),
        ("card_moved", "读到一半证被拿开了"),
        ("absent", "读卡器没有找到，可手工录入"),
        ("bad_check_digit", "身份证号不对：校验位不符"),
        ("something_new", "没有读到身份证"),
    ],
)
def test_a_failed_reading_says_what_happened_and_what_to_do(code: str, head: str) -> None:
    shown = identity(replace(demo.failed_state(), identity=IdentityView(Reading.FAILED, code)), NOW)
    assert shown.waiting is not None
    assert (shown.waiting.level, shown.waiting.head) == ("bad", head)
    assert shown.waiting.text


def test_waiting_for_the_card_leaves_no_filled_button() -> None:
    waiting = identity(demo.reading_state(), NOW).waiting
    assert waiting is not None
    assert not waiting.read_filled
    called = identity(demo.calling_state(), NOW).waiting
    assert called is not None
    assert called.read_filled
    assert called.before == "C018 来到窗口后"


def test_what_is_known_about_a_person_is_one_line_each() -> None:
    rows = identity(demo.identity_state(), NOW).related
    assert [row.text for row in rows] == [
        "预约 10:30 · 个体工商户设立登记 · 网上已预填 12 项",
        "在办 · 社会保障卡补领 · 11月3日 受理，11月4日 前办结",
        "可取 · 居住证 · 3 号出件窗口，柜 B-12",
    ]
    assert [row.offer for row in rows] == [True, False, False]


def test_without_the_line_nothing_known_is_told_as_such() -> None:
    state = demo.identity_state()
    shown = identity(replace(state, identity=IdentityView(Reading.READ, lookup="offline")), NOW)
    assert "受理照常" in shown.related_note
