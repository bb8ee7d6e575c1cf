"""The two cards of step 1 and what stands between them, as they are shown."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tests.gui import identity_scenes as scenes
from tests.gui.gallery_reception import LI, at
from ui.reception.identity.cards_model import Cards, iso_day, nationality_words
from ui.reception.identity.model import identity
from ui.reception.steps.model import sheet
from window_client.domain.material import Checklist, PageRef, Row
from window_client.domain.representing import AUTHORITY_ID, Authority
from window_client.domain.visit import Step
from window_client.reception.state import Reading, ReceptionState

NOW = at("10:37")


def two(state: ReceptionState) -> Cards:
    shown = identity(state, NOW).two
    assert shown is not None
    return shown


def changed(**more: Any) -> ReceptionState:
    """01l with another draft."""
    state = scenes.organisation_state()
    assert state.draft is not None
    return replace(state, draft=msgspec.structs.replace(state.draft, **more))


def test_the_licence_and_the_agent_stand_side_by_side() -> None:
    shown = two(scenes.organisation_state())
    assert shown.left is None
    assert shown.organisation is not None
    assert shown.organisation.confirmed == "执照有效，状态存续"
    assert shown.organisation.checked == "市场监管共享库 10:36 核对"
    assert ("信用代码", "91510799MA9T00026D", True) in shown.organisation.facts
    assert shown.right.title == "到场代办人"
    assert shown.right.person is not None
    assert shown.right.person.sub == "女　汉族"
    assert shown.authority is not None
    assert shown.authority.phone_cover == "136****7719"
    assert shown.authority.until == "2025-12-31"
    assert shown.attorney is not None
    assert shown.attorney.head == "还缺授权委托书"


def test_a_power_of_attorney_that_was_taken_is_not_asked_for() -> None:
    pages = Checklist((Row(AUTHORITY_ID, (PageRef("d", 1),)),))
    assert two(changed(checklist=pages)).attorney is None


def test_a_guardian_is_asked_for_another_paper() -> None:
    shown = two(changed(authority=Authority("guardian")))
    assert shown.right.title == "到场监护人"
    assert shown.attorney is not None
    assert shown.attorney.head == "还缺监护关系证明"


def test_f9_stands_on_the_side_that_is_read_next() -> None:
    both = two(scenes.state(scenes.draft(by_agent=True), reading=Reading.NONE))
    assert both.left is not None
    assert (both.left.next, both.right.next) == (True, False)
    second = two(scenes.principal_state())
    assert second.left is not None
    assert (second.left.next, second.right.next, second.right.level) == (False, True, "asking")
    assert second.right.empty == "正在等代办人的身份证"
    assert not second.may_swap


@pytest.mark.parametrize(
    ("view", "text"),
    [
        ({"lift": True}, "证还在读卡器上的话，请拿起再放一次"),
        ({"other_card": True}, "读卡器上还是另一人的证，请换一张"),
        ({"reading": Reading.FAILED, "code": "card_moved"}, "读到一半证被拿开了"),
    ],
)
def test_what_the_reader_waits_for_is_said_on_its_side(view: dict[str, Any], text: str) -> None:
    state = scenes.principal_state()
    shown = two(replace(state, identity=replace(state.identity, **view)))
    assert shown.right.empty == text
    assert shown.left is not None
    assert shown.left.level == "plain"


@pytest.mark.parametrize(
    ("name", "remark", "act"),
    [
        ("01l-not-legal-rep", "不是执照上的法定代表人", "choose_agent"),
        ("01f-minor", "申请人 6 岁，须由监护人到场代办", "choose_agent"),
        ("01f-card-expired", "证件已过期 12 天", "open_typing"),
    ],
)
def test_what_blocks_has_a_way_out(name: str, remark: str, act: str) -> None:
    state = scenes.IDENTITY_GALLERY[name][1]
    shown = identity(state, at("10:36"))
    person = shown.person or (shown.two.right.person if shown.two else None)
    assert person is not None
    assert (remark, True) in person.remarks
    assert person.way_out is not None
    assert person.way_out.act == act


def test_a_revoked_licence_is_told_in_its_state_and_leaves_the_person() -> None:
    organisation = two(scenes.IDENTITY_GALLERY["01l-revoked"][1]).organisation
    assert organisation is not None
    assert (organisation.confirmed, organisation.confirmed_tone) == ("执照已吊销", "bad")
    assert organisation.way_out is not None
    assert organisation.way_out.act == "choose_party"


def test_each_card_shows_its_own_facts() -> None:
    def facts(name: str) -> dict[str, str]:
        person = identity(scenes.IDENTITY_GALLERY[name][1], NOW).person
        assert person is not None
        return {label: text for label, text, _ in person.facts} | dict([person.address, *person.wide])

    foreigner = facts("01f-foreigner")
    assert foreigner["国籍"] == "加拿大 CAN"
    assert foreigner["换证次数"] == "01"
    assert foreigner["证件号"] == "9111**********0024"
    hongkong = facts("01f-hongkong")
    assert (hongkong["通行证号"], hongkong["签发次数"]) == ("H123*5678", "02")
    assert (hongkong["新住址"], hongkong["证面住址"]) == ("四川省绵阳市测试区新路 9 号", "四川省绵阳市测试区旧街 1 号")
    passport = facts("01f-passport")
    assert (passport["证件"], passport["有效期至"], passport["国籍"]) == ("外国护照", "2031-05-06", "美国 USA")


def test_what_the_register_says_is_told_under_the_code() -> None:
    state = scenes.IDENTITY_GALLERY["01l-organisation-empty"][1]
    asked = two(replace(state, identity=replace(state.identity, organisation="bad_uscc"))).organisation
    assert asked is not None
    assert (asked.ask_bad, asked.ask) == (True, "信用代码不对：校验位不符，请逐位核对")
    offline = two(replace(state, identity=replace(state.identity, organisation="offline"))).organisation
    assert offline is not None
    assert offline.type_in


def test_the_sheet_says_who_came_and_what_will_be_added() -> None:
    shown = sheet(scenes.organisation_state())
    assert (shown.title, shown.aside) == ("绵阳示例餐饮有限公司", "周洋 代办")
    assert "会加 1 份委托书" in [one.note for one in shown.coming]
    assert (shown.bar.strong + shown.bar.text, shown.bar.jump) == ("还差 1 项：授权委托书，可在材料步补", False)
    assert [button.enabled for button in shown.bar.buttons if button.act == "next_step"] == [True]
    waiting = sheet(scenes.principal_state())
    assert waiting.bar.text == "等代办人放身份证"
    assert [button.enabled for button in waiting.bar.buttons if button.act == "next_step"] == [False]
    empty = sheet(scenes.IDENTITY_GALLERY["01l-organisation-empty"][1])
    assert empty.aside == "请录入申请单位"


def test_papers_taken_before_an_item_leave_the_steps_between_open() -> None:
    shown = sheet(replace(scenes.organisation_state(), open_step=Step.MATERIALS))
    assert [(row.title, row.problem) for row in shown.before] == [("身份", False), ("事项", True), ("表单", True)]


def test_a_person_alone_has_one_card() -> None:
    shown = identity(scenes.state(scenes.draft(applicant=LI)), NOW)
    assert shown.two is None
    assert shown.modes.reads_again


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1990-01-02", "1990-01-02"),
        ("1990/1/2", "1990-01-02"),
        ("1990.1.2", "1990-01-02"),
        (" 19900102 ", "1990-01-02"),
        ("1990年1月2日", "1990-01-02"),
        ("长期", "长期"),
        ("", ""),
        ("1990-02-30", None),
        ("tomorrow", None),
        ("1990-01", None),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str, day: str | None) -> None:
    assert iso_day(text) == day


def test_a_country_without_words_is_its_letters() -> None:
    assert nationality_words("XYZ") == "XYZ"
