from dataclasses import replace

import pytest

from drivers.contracts import CardKind, CardRecord
from tests.desk import CARD, ITEM, LIMING, NOW, Bench, sheet
from window_client.central import contract
from window_client.domain.form import Origin
from window_client.domain.material import RowState, find_row
from window_client.domain.organisations import Organisation
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, Reading

FIRM = "91510799MA9T00026D"
FOOD = "SC-MKT-003"
ZHOU = replace(
    CARD,
    name="周洋",
    id_no="510799199103160025",
    sex="女",
    birth="1991-03-16",
    address="四川省绵阳市涪城区示范街 9 号",
    valid_from="2022-05-11",
    valid_to="2042-05-11",
)
CHEN = replace(CARD, name="陈静", id_no="510799198309170048", sex="女", birth="1983-09-17")
CHILD = replace(
    CARD, name="测试小丁", id_no="510799201909020021", sex="女", birth="2019-09-02", valid_from="2023-03-01"
)
REGISTER = contract.OrganisationRecord(
    True,
    Organisation(
        "绵阳示例餐饮有限公司",
        FIRM,
        "有限责任公司",
        "陈静",
        "510799198309170048",
        "涪城区示例路 20 号",
        "2021-03-09",
        "长期",
        "active",
        NOW.isoformat(),
    ),
)


def organisation(bench: Bench) -> None:
    """An organisation that the register knows."""
    bench.centre.answers["organisation"] = REGISTER
    bench.desk.choose_party("organisation")
    bench.desk.look_up_organisation(FIRM)
    bench.settle()


def read(bench: Bench, card: CardRecord) -> None:
    """Read a card for the side that is empty, and wait until it is somebody's."""
    bench.desk.read_card()
    bench.reader.lay(card)
    wanted = {card.id_no}
    bench.until(lambda: wanted & people(bench), "card read")
    bench.settle()


def people(bench: Bench) -> set[str]:
    return {person.id_no for person in (bench.draft.applicant, bench.draft.agent) if person is not None}


# ---- the organisation


def test_the_register_fills_the_organisation_in(bench: Bench) -> None:
    bench.call()

    organisation(bench)

    kept = bench.on_disk().organisation
    assert kept is not None
    assert (kept.name, kept.legal_rep, kept.status) == ("绵阳示例餐饮有限公司", "陈静", "active")
    assert bench.state.visit is State.SERVING
    assert bench.centre.of("organisation") == [{"code": FIRM}]
    assert bench.centre.of("person")[-1]["id_no"] == FIRM
    assert [line.text for line in bench.state.applicant.lines] == ["绵阳示例餐饮有限公司", FIRM]
    assert [row.label for row in bench.state.missing if row.step is Step.IDENTITY] == ["identity.legal_rep"]


@pytest.mark.parametrize("code", ["", "91510799MA9T00026E", "abc"])
def test_a_wrong_code_is_told_and_nobody_is_asked(bench: Bench, code: str) -> None:
    bench.call()
    bench.desk.choose_party("organisation")

    bench.desk.look_up_organisation(code)
    bench.desk.type_organisation({"uscc": code, "name": "示例"})
    bench.settle()

    assert bench.state.identity.organisation == "bad_uscc"
    assert bench.draft.organisation is None
    assert bench.centre.of("organisation") == []


def test_a_code_that_the_register_does_not_know_is_typed_from_the_licence(bench: Bench) -> None:
    bench.call()
    bench.centre.answers["organisation"] = contract.OrganisationRecord(False)
    bench.desk.choose_party("organisation")
    bench.desk.look_up_organisation(FIRM)
    bench.settle()
    assert bench.state.identity.organisation == "not_found"

    bench.desk.type_organisation({"uscc": FIRM})
    assert bench.said == "identity.organisation_name"
    bench.desk.type_organisation({"uscc": FIRM.lower(), "name": " 绵阳示例  餐饮有限公司 ", "legal_rep": "陈静"})
    bench.settle()

    kept = bench.on_disk().organisation
    assert kept is not None
    assert (kept.name, kept.uscc, kept.checked_at) == ("绵阳示例 餐饮有限公司", FIRM, "")


def test_what_was_typed_without_a_line_is_compared_when_it_is_back(bench: Bench) -> None:
    bench.call()
    bench.centre.down = True
    bench.desk.choose_party("organisation")
    bench.desk.look_up_organisation(FIRM)
    bench.settle()
    assert bench.state.identity.organisation == "offline"
    bench.desk.type_organisation({"uscc": FIRM, "name": "绵阳示例餐饮"})
    bench.settle()
    bench.centre.down = False
    bench.centre.answers["organisation"] = REGISTER

    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    bench.settle()

    kept = bench.draft.organisation
    assert kept is not None
    assert (kept.name, kept.status) == ("绵阳示例餐饮有限公司", "active")


def test_only_the_representative_of_the_licence_comes_without_an_authority(bench: Bench) -> None:
    bench.call()
    organisation(bench)
    read(bench, CARD)
    assert "remark.not_legal_rep" in [row.label for row in bench.state.missing]

    read(bench, CHEN)

    assert [row.label for row in bench.state.missing if row.target != "phone"] == ["item.item"]
    lines = [line.label for line in bench.state.applicant.lines]
    assert lines == ["申请单位", "统一社会信用代码", "法定代表人", "法定代表人证件号"]


def test_another_organisation_gets_nothing_of_the_one_before(bench: Bench) -> None:
    bench.call()
    organisation(bench)
    bench.desk.choose_agent(True)
    read(bench, ZHOU)
    bench.desk.choose_item(FOOD)
    bench.settle()
    assert bench.draft.values["uscc"].text == FIRM

    bench.desk.type_organisation({"uscc": "92510799MA9T000345", "name": "绵阳市涪城区刘洋花店"})
    bench.settle()

    texts = {value.text for value in bench.draft.values.values()}
    assert "92510799MA9T000345" in texts
    assert FIRM not in texts
    assert bench.draft.applicant_kind == "self_employed"


# ---- the agent


def test_an_adult_whose_card_was_read_came_as_the_agent(bench: Bench) -> None:
    bench.call()
    bench.identify()

    bench.desk.choose_agent()
    bench.settle()

    assert bench.draft.applicant is None
    assert bench.draft.agent is not None
    assert bench.draft.agent.id_no == LIMING
    assert [row.target for row in bench.state.missing if row.step is Step.IDENTITY] == ["card"]

    bench.desk.choose_agent(False)
    assert bench.draft.applicant is not None
    assert bench.draft.agent is None


def test_both_cards_are_read_in_turn_and_the_side_is_said(bench: Bench) -> None:
    bench.call()
    bench.desk.choose_agent(True)
    bench.desk.read_card()
    assert bench.state.identity.side == "applicant"
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.side == "agent", "the other card is asked for")
    assert bench.state.identity.reading is Reading.WAITING

    bench.reader.lay(CARD)  # it still lies there
    bench.until(lambda: bench.state.identity.other_card, "told to change the card")
    assert bench.draft.agent is None
    bench.pass_time(1)
    bench.reader.lay(ZHOU)
    bench.until(lambda: bench.draft.agent is not None, "the second card")
    bench.settle()

    assert bench.draft.applicant is not None
    assert bench.draft.agent is not None
    assert (bench.draft.applicant.name, bench.draft.agent.name) == ("李明", "周洋")
    assert [line.text for line in bench.state.applicant.lines] == [
        "李明",
        "5107**********0017",
        "周洋",
        "5107**********0025",
    ]
    bench.desk.read_card("applicant")
    assert bench.state.identity.side == "applicant"


def test_cards_that_were_read_the_other_way_round_are_swapped(bench: Bench) -> None:
    bench.call()
    bench.desk.choose_agent(True)
    read(bench, CARD)
    bench.reader.lay(ZHOU)
    bench.until(lambda: bench.draft.agent is not None, "both")
    bench.settle()

    bench.desk.swap_people()
    bench.settle()

    assert bench.draft.applicant is not None
    assert bench.draft.agent is not None
    assert (bench.draft.applicant.name, bench.draft.agent.name) == ("周洋", "李明")
    assert bench.draft.contact.phone == "13800005521", "the phone is that of who came"


def test_a_child_stays_the_applicant_and_the_guardian_needs_no_power_of_attorney(bench: Bench) -> None:
    bench.call()
    bench.identify(CHILD)
    assert [row.label for row in bench.state.missing if row.target == "card"] == ["remark.guardian_needed"]

    bench.desk.choose_agent(True)
    read(bench, ZHOU)

    assert bench.draft.applicant is not None
    assert bench.draft.applicant.name == "测试小丁"
    assert bench.draft.authority.relation == "guardian"
    assert not [row for row in bench.state.missing if row.step is Step.IDENTITY and row.target != "phone"]


def test_the_answer_in_step_2_and_the_mode_of_step_1_are_one(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.choose()
    assert bench.draft.answers["who"] == ("self",)

    bench.desk.answer("who", ("agent",))
    bench.settle()

    assert bench.draft.by_agent
    assert bench.state.open_step is Step.ITEM
    assert bench.draft.answers["who"] == ("agent",)
    assert bench.draft.answers["trade"] == ("catering",)
    bench.desk.answer("who", ("self",))
    assert not bench.draft.by_agent


def test_an_item_in_person_only_is_not_done_by_an_agent(bench: Bench) -> None:
    bench.call()
    bench.desk.choose_agent(True)
    read(bench, CARD)
    bench.reader.lay(ZHOU)
    bench.until(lambda: bench.draft.agent is not None, "both")
    bench.settle()

    bench.desk.choose_item("SC-CIV-001")

    assert "item.in_person" in [row.label for row in bench.state.missing]


def test_an_item_for_persons_is_not_for_an_organisation(bench: Bench) -> None:
    bench.call()
    organisation(bench)
    read(bench, CHEN)

    bench.desk.choose_item("SC-HRSS-002")

    assert "item.not_for_such" in [row.label for row in bench.state.missing]
    assert bench.state.form is None
    bench.desk.choose_party("person")
    assert "item.not_for_such" not in [row.label for row in bench.state.missing]
    assert bench.state.form is not None


def test_switching_keeps_what_it_can_and_says_what_went(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.fill()
    bench.desk.choose_party("organisation")
    assert bench.draft.signature is None
    organisation(bench)
    assert bench.draft.values.get("capital") is None or bench.draft.values["capital"].origin is Origin.TYPED

    bench.desk.choose_party("person")

    assert bench.said == "mode.organisation"
    assert bench.draft.organisation is not None
    bench.desk.choose_party("organisation")
    assert bench.draft.organisation is not None
    assert bench.draft.organisation.uscc == FIRM


def test_without_a_line_nothing_of_the_one_before_stays_in_the_form(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.fill()
    bench.desk.use_ecert(f"{ITEM}-M02")
    bench.settle()
    bench.centre.down = True

    bench.desk.choose_agent(True)
    bench.settle()

    values = bench.draft.values
    assert values["capital"].text == "50000.00", "what was typed stays"
    assert not {value.origin for value in values.values()} & {Origin.SHARED, Origin.EARLIER}
    assert [name for name, value in values.items() if value.text == "李明"] == ["agent_name"], "he came as the agent"
    row = find_row(bench.draft.checklist, f"{ITEM}-M02")
    assert row is not None
    assert row.ecert is None
    assert bench.draft.took_in == ""


def test_nothing_is_switched_while_nobody_is_here(bench: Bench) -> None:
    bench.desk.choose_party("organisation")
    bench.desk.choose_agent(True)
    bench.desk.type_organisation({"uscc": FIRM, "name": "示例"})
    bench.desk.set_authority("until", "2027-01-01")
    bench.desk.swap_people()

    assert bench.state.draft is None


# ---- the authority


def test_relation_powers_and_period_are_kept_and_undo_a_signature(bench: Bench) -> None:
    bench.call()
    organisation(bench)
    bench.desk.choose_agent(True)
    read(bench, ZHOU)

    bench.desk.set_authority("relation", "staff")
    bench.desk.set_authority("powers", "collect|submit|everything")
    bench.desk.set_authority("until", "2026-11-20")

    kept = bench.on_disk().authority
    assert (kept.relation, kept.powers, kept.until) == ("staff", ("submit", "collect"), "2026-11-20")
    assert "remark.authority_over" in [row.label for row in bench.state.missing]
    bench.desk.set_authority("until", "")
    assert "remark.authority_over" not in [row.label for row in bench.state.missing]


def test_the_power_of_attorney_may_be_taken_before_there_is_an_item(bench: Bench) -> None:
    bench.call()
    organisation(bench)
    bench.desk.choose_agent(True)
    read(bench, ZHOU)
    bench.desk.set_contact("phone", "13600007719")

    bench.desk.capture()
    opened = [bench.state.open_step]
    assert bench.state.materials is not None
    assert [(row.name, row.current) for row in bench.state.materials.rows] == [("授权委托书", True)]
    bench.feed(sheet(5))
    bench.desk.open_step(Step.IDENTITY)
    bench.desk.next_step()
    assert [*opened, bench.state.open_step] == [Step.MATERIALS, Step.ITEM]
    bench.desk.choose_item(FOOD)

    row = find_row(bench.draft.checklist, f"{FOOD}-M10")
    assert row is not None
    assert len(row.pages) == 1
    assert bench.draft.checklist.unsorted == ()
    assert f"{FOOD}-M10" not in [missing.target for missing in bench.state.missing]


def test_f10_in_step_1_opens_the_row_of_the_item(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.desk.open_step(Step.IDENTITY)
    bench.desk.capture()
    opened = [bench.state.open_step]  # nobody came for the applicant: F10 is the camera's
    bench.desk.choose_agent(True)
    bench.settle()

    bench.desk.capture()

    assert [*opened, bench.state.open_step] == [Step.IDENTITY, Step.MATERIALS]
    assert bench.draft.current_material == f"{ITEM}-M11"
    assert bench.state.materials is not None
    row = next(row for row in bench.state.materials.rows if row.current)
    assert (row.name, row.state) == ("授权委托书", RowState.MISSING)


def test_a_visit_with_two_people_comes_back_after_a_crash(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("desk")
    with Bench(folder) as bench:
        bench.call()
        organisation(bench)
        bench.desk.choose_agent(True)
        read(bench, ZHOU)
        bench.desk.set_authority("relation", "staff")
    with Bench(folder) as again:
        assert again.state.recovered
        again.desk.go_on(True)
        again.settle()

        assert again.draft.party == "organisation"
        assert again.draft.agent is not None
        assert again.draft.authority.relation == "staff"
        assert again.state.visit is State.SERVING
        assert again.state.applicant.page is ApplicantPage.IDENTITY


# ---- other documents


def test_the_newest_address_wins_and_the_printed_one_is_kept(bench: Bench) -> None:
    bench.call()
    bench.identify(replace(CARD, appended_address="四川省绵阳市测试区新路 9 号"))

    person = bench.draft.applicant
    assert person is not None
    assert (person.address, person.printed_address) == ("四川省绵阳市测试区新路 9 号", CARD.address)


def test_a_card_without_a_chinese_name_is_called_by_the_english_one(bench: Bench) -> None:
    bench.call()
    card = replace(
        CARD,
        kind=CardKind.PERMANENT_2017,
        name="",
        english_name="ALEX EXAMPLE OF A NAME THAT IS LONGER THAN A FIELD OF A FORM",
        id_no="CAN110000000000",
        nation="",
        address="",
        nationality="CAN",
    )
    bench.identify(card)
    bench.desk.choose_item("SC-HRSS-002")

    person = bench.draft.applicant
    assert person is not None
    assert person.name == card.english_name
    assert not bench.state.identity.remarks
    assert bench.state.form is not None
    shown = [row for row in bench.state.form.fields if row.text in {card.english_name, card.id_no}]
    assert len(shown) == 2
    assert not [row.problem for row in shown if row.problem], "what step 1 has checked is not checked as a resident's"


def test_a_typed_document_fills_in_what_goes_without_saying(bench: Bench) -> None:
    bench.call()

    bench.desk.type_document(
        {"kind": "hk_macao_permit", "name": "测试港生", "id_no": "h 12345678", "birth": "1994-08-23"}
    )

    person = bench.on_disk().applicant
    assert person is not None
    assert (person.kind, person.id_no, person.nationality, person.birth) == (
        "hk_macao_permit",
        "H12345678",
        "CHN",
        "1994-08-23",
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "passport_cn", "id_no": "X12345678"}, "bad_number"),
        ({"kind": "taiwan_permit", "id_no": "123"}, "bad_number"),
        ({"kind": "passport_foreign", "id_no": "X1234567"}, "bad_nationality"),
        ({"kind": "passport_cn", "id_no": "E12345678", "valid_to": "2026-11-01"}, "expired"),
        ({"kind": "temporary_id", "id_no": LIMING[:-1] + "0"}, "bad_check_digit"),
    ],
)
def test_a_typed_document_that_is_not_right_is_refused_by_its_own_rule(
    bench: Bench, facts: dict[str, str], code: str
) -> None:
    bench.call()

    bench.desk.type_document({"name": "测试", **facts})

    assert (bench.state.identity.reading, bench.state.identity.code) == (Reading.FAILED, code)
    assert bench.draft.applicant is None


def test_a_second_reading_tells_to_lift_the_card_where_none_is_found(bench: Bench) -> None:
    bench.call()
    bench.desk.read_card()
    bench.pass_time(3)
    assert not bench.state.identity.lift, "nobody's card was read yet"
    bench.reader.lay(CARD)
    bench.until(lambda: bench.draft.applicant is not None, "read")
    bench.settle()

    bench.desk.read_card()
    bench.pass_time(3)

    assert bench.state.identity.lift
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "read again")
    assert not bench.state.identity.lift
