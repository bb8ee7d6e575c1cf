"""Whole visits of other applicants than one person with a resident's card, up to the centre and the receipt."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.counter import Counter
from window_client.central import contract
from window_client.domain.identifiers import id_no_check
from window_client.domain.material import RowState
from window_client.domain.organisations import Organisation
from window_client.domain.visit import Draft, State, Step
from window_client.reception.state import ApplicantPage, Reading, RowView

ORGANISATION = "91510799MA9T00026D"
ZHOU_YANG = "510799199103160025"
RARE = "𠮷𬱖示"
"""A name with characters beyond the printer's own and beyond sixteen bits."""

PERSON_ITEM, FOOD = "SC-HRSS-002", "SC-MKT-003"
FOREIGNER = {
    "kind": "permanent_2023",
    "name": "",
    "id_no": "911124198108030024",
    "sex": "女",
    "birth": "1981-08-03",
    "valid_from": "2023-12-01",
    "valid_to": "2033-12-01",
    "english_name": "ALEXANDRA CHRISTINA MONTGOMERY-FITZGERALD",
    "nationality": "CAN",
    "times_issued": "01",
}


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window with reader, scanner and printer; every test ends its visit."""
    with Counter(tmp_path_factory.mktemp("identity"), kinds=("id_card", "scanner", "printer")) as made:
        made.sign_in()
        made.devices_ready("id_card", "scanner", "printer")
        yield made


@pytest.fixture(autouse=True)
def called(counter: Counter) -> Iterator[None]:
    """Each test begins with a called number and leaves an idle window."""
    counter.call()
    yield
    counter.world.emulators["id_card"].delete("/card")
    counter.leave()


def draft(counter: Counter) -> Draft:
    """The open draft."""
    assert counter.state.draft is not None
    return counter.state.draft


def organisation(counter: Counter) -> Organisation:
    """The organisation of the draft."""
    found = draft(counter).organisation
    assert found is not None
    return found


def answers_of(counter: Counter) -> dict[str, str]:
    """The first option of every question but who applies: step 1 has answered that."""
    assert counter.state.item is not None
    return {question.id: question.options[0].value for question in counter.state.item.questions if question.id != "who"}


def rows_of(counter: Counter) -> dict[str, RowView]:
    """The checklist by name."""
    assert counter.state.materials is not None
    return {row.name: row for row in counter.state.materials.rows}


def lay(counter: Counter, card: Mapping[str, str]) -> None:
    """Lay a card down: a demo person by number, or any card."""
    counter.world.emulators["id_card"].put("/card", dict(card) if set(card) == {"id_no"} else {"person": dict(card)})


def fill(counter: Counter, texts: Mapping[str, str]) -> None:
    """Type what the form still lacks."""
    for missing in counter.state.missing:
        if missing.step is Step.FORM:
            counter.desk.set_field(missing.target, texts[missing.target])
    left = [row.target for row in counter.state.missing if row.step is Step.FORM]
    assert not left
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.MATERIALS, "materials")


def scan_everything(counter: Counter) -> None:
    """One page into each row that lacks one, then on to the applicant."""
    while lacking := [row.target for row in counter.state.missing if row.step is Step.MATERIALS]:
        counter.desk.choose_row(lacking[0])
        counter.world.emulators["scanner"].put("/feeder", {"pages": 1})
        counter.desk.feed()
        counter.pages_come(lacking[0], 1)
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.CONFIRM, "confirm")


def accept(counter: Counter) -> tuple[contract.Submission, str]:
    """Sign, submit, deliver: what the centre has, and what the receipt says."""
    counter.sign()
    before = len(counter.receipts())
    counter.submit()
    counter.printed()
    counter.wait(lambda: counter.app.store.outbox.counts().waiting == 0, "delivered")
    assert counter.state.draft is not None
    detail = counter.app.client.case(draft(counter).case_id)
    assert detail.submission is not None
    receipt = counter.receipts()[before:]
    assert len(receipt) == 1
    return detail.submission, "\n".join(receipt[0]["lines"])


def answer_all(counter: Counter, answers: Mapping[str, str]) -> None:
    for question, value in answers.items():
        counter.desk.answer(question, (value,))
    counter.desk.next_step()
    counter.until(lambda s: s.open_step is Step.FORM, "form")


def test_an_organisation_comes_by_its_agent_and_the_centre_knows_both(counter: Counter) -> None:
    desk = counter.desk
    desk.choose_party("organisation")
    desk.choose_agent(True)
    desk.look_up_organisation(ORGANISATION)
    counter.until(lambda s: s.draft and s.draft.organisation, "the register answered")
    desk.read_card()
    counter.until(lambda s: s.identity.reading is Reading.WAITING)
    assert counter.state.identity.side == "agent"
    lay(counter, {"id_no": ZHOU_YANG})
    counter.until(lambda s: s.draft and s.draft.agent, "agent read")
    counter.until(lambda s: s.identity.lookup == "done" and s.draft and s.draft.contact.phone, "looked up")
    desk.set_authority("relation", "staff")
    desk.set_authority("until", "2027-12-31")
    assert [line.text for line in counter.state.applicant.lines] == [
        "绵阳示例餐饮有限公司",
        ORGANISATION,
        "周洋",
        "5107**********0025",
    ]

    desk.next_step()
    desk.choose_item(FOOD)
    answer_all(counter, {"kind": "catering", "vending": "no", "chain": "no", "cold": "no"})
    assert draft(counter).applicant_kind == "enterprise"
    assert draft(counter).values["uscc"].text == ORGANISATION
    fill(
        counter,
        {
            "health_count": "12",
            "canteen_seats": "80",
            "catering_items": "hot|drink",
            "phone": "13600007719",
            "area": "160",
            "staff_count": "12",
            "premises_address": "涪城区示例路 20 号",
        },
    )
    attorney = rows_of(counter)["授权委托书"]
    assert attorney.state is RowState.MISSING
    assert attorney.defer_refusal == "not_deferrable"
    scan_everything(counter)
    shown = {line.target: line.text for line in counter.state.applicant.lines}
    assert shown["enterprise_name"] == "绵阳示例餐饮有限公司"
    assert shown["agent_name"] == "周洋"
    assert shown["authority.powers"] == "提交、更正、领取"
    assert (counter.state.applicant.signer, counter.state.applicant.signs_as) == ("周洋", "agent")

    case, receipt = accept(counter)

    assert case.applicant is None
    assert case.applicant_kind == "enterprise"
    assert case.agent is not None
    assert case.agent.id_no == ZHOU_YANG
    assert case.agent_facts == {
        "relation": "staff",
        "powers": "submit|correct|collect",
        "until": "2027-12-31",
        "phone": "13600007719",
    }
    assert case.enterprise["uscc"] == ORGANISATION
    assert case.enterprise["status"] == "active"
    assert case.signature is not None
    assert case.signature.signer == "周洋"
    assert any(row.material_id == attorney.material_id and row.pages for row in case.rows)
    for words in ("绵阳示例餐饮有限公司", "信用代码", ORGANISATION, "代办人", "周*", "授权委托书"):
        assert words in receipt
    assert "周洋" not in receipt


def test_a_child_is_brought_by_its_guardian(counter: Counter) -> None:
    today = counter.app.clock().date()
    born = today.replace(month=1, day=1).replace(year=today.year - 7)
    body = f"510799{born:%Y%m%d}002"
    child = {"name": "测试小丁", "id_no": body + id_no_check(body), "sex": "女", "nation": "汉"}
    child |= {"birth": born.isoformat(), "address": "四川省绵阳市测试区一号"}
    child |= {"valid_from": "2023-03-01", "valid_to": (today + timedelta(days=400)).isoformat()}
    desk = counter.desk
    desk.read_card()
    lay(counter, child)
    counter.until(lambda s: s.draft and s.draft.applicant, "child read")
    assert [row.label for row in counter.state.missing if row.target == "card"] == ["remark.guardian_needed"]
    desk.next_step()
    assert counter.state.open_step is Step.IDENTITY

    desk.choose_agent(True)
    assert draft(counter).authority.relation == "guardian"
    desk.read_card()
    counter.until(lambda s: s.identity.other_card, "the child's card still lies there")
    lay(counter, {"id_no": "510799199001010018"})
    counter.until(lambda s: s.draft and s.draft.agent, "guardian read")
    desk.set_contact("phone", "13700000018")
    desk.next_step()
    desk.choose_item(PERSON_ITEM)
    answer_all(counter, answers_of(counter))
    assert "监护关系证明" in rows_of(counter)
    assert "授权委托书" not in rows_of(counter)
    texts = {row.target: text_for(counter, row.target) for row in counter.state.missing if row.step is Step.FORM}
    fill(counter, texts)
    scan_everything(counter)

    case, receipt = accept(counter)

    assert case.applicant is not None
    assert case.agent is not None
    assert (case.applicant.name, case.agent.name) == ("测试小丁", "测试甲")
    assert case.agent_facts["relation"] == "guardian"
    assert "监护人" in receipt
    assert "监护关系证明" in receipt
    assert "测**丁" in receipt


def text_for(counter: Counter, field_id: str) -> str:
    """Something that a required field takes."""
    assert counter.state.form is not None
    field = next(row.field for row in counter.state.form.fields if row.field.id == field_id)
    if field.choices:
        return str(field.choices[0].value)
    return {
        "phone": "13700000018",
        "date": "2026-01-05",
        "integer": "3",
        "money": "100.00",
        "yes_no": "no",
        "id_no": "510799199001010018",
        "bank_account": "6200000000000000001",
    }.get(field.type, "四川省绵阳市测试区一号")


def test_a_permanent_resident_files_with_the_cards_own_number_and_the_whole_name(counter: Counter) -> None:
    desk = counter.desk
    desk.read_card()
    lay(counter, FOREIGNER)
    counter.until(lambda s: s.draft and s.draft.applicant, "card read")
    person = draft(counter).applicant
    assert person is not None
    assert (person.kind, person.nationality, person.name) == ("permanent_2023", "CAN", FOREIGNER["english_name"])
    desk.set_contact("phone", "13700000018")
    desk.next_step()
    desk.choose_item(PERSON_ITEM)
    answer_all(counter, answers_of(counter))
    numbers = [value.text for value in draft(counter).values.values()]
    assert "911124198108030024" in numbers
    assert counter.state.form is not None
    assert not [row for row in counter.state.form.fields if row.problem and row.problem.code == "id_no"]
    fill(counter, {row.target: text_for(counter, row.target) for row in counter.state.missing if row.step is Step.FORM})
    scan_everything(counter)

    case, receipt = accept(counter)

    assert case.applicant is not None
    assert case.applicant.id_no == "911124198108030024"
    assert case.applicant.english_name == FOREIGNER["english_name"]
    assert "9111**********0024" in receipt
    covered = "A" + "*" * (len(FOREIGNER["english_name"]) - 2) + "D"
    assert covered in receipt.replace("\n", "").replace(" ", "")


def test_a_typed_passport_is_checked_as_a_passport(counter: Counter) -> None:
    desk = counter.desk
    passport = {"kind": "passport_foreign", "name": "ALEX EXAMPLE", "id_no": "X123", "nationality": "USA"}
    desk.type_document(passport)
    assert (counter.state.identity.reading, counter.state.identity.code) == (Reading.FAILED, "bad_number")
    desk.type_document({**passport, "id_no": "x1234567", "birth": "1985-02-03", "sex": "男", "valid_to": "2031-05-06"})
    counter.until(lambda s: s.draft and s.draft.applicant, "typed")
    desk.set_contact("phone", "13700000018")
    desk.next_step()
    desk.choose_item(PERSON_ITEM)
    answer_all(counter, answers_of(counter))
    typed = [value for value in draft(counter).values.values() if value.text == "X1234567"]
    assert [value.origin.value for value in typed] == ["identity"]
    fill(counter, {row.target: text_for(counter, row.target) for row in counter.state.missing if row.step is Step.FORM})
    scan_everything(counter)

    case, receipt = accept(counter)

    assert case.applicant is not None
    assert (case.applicant.kind, case.applicant.nationality) == ("passport_foreign", "USA")
    assert "********" in receipt
    assert "X1234567" not in receipt


def test_an_expired_card_holds_the_step_until_another_document_is_shown(counter: Counter) -> None:
    number = "510799199001010018"
    today = counter.app.clock().date()
    expired = {"name": RARE, "id_no": number, "sex": "男", "nation": "汉", "birth": "1990-01-01"}
    expired |= {"valid_from": "2015-01-01", "valid_to": (today - timedelta(days=12)).isoformat()}
    desk = counter.desk
    desk.read_card()
    lay(counter, expired)
    counter.until(lambda s: s.draft and s.draft.applicant, "card read")
    counter.until(lambda s: s.draft and s.draft.contact.phone, "looked up")
    assert [(row.code, row.number, row.blocks) for row in counter.state.identity.remarks] == [("expired", 12, True)]
    desk.next_step()
    assert counter.state.open_step is Step.IDENTITY

    until = (today + timedelta(days=60)).isoformat()
    desk.type_document({"kind": "temporary_id", "name": RARE, "id_no": number, "valid_to": until})
    desk.next_step()
    counter.until(lambda s: s.open_step is Step.ITEM, "next step")
    desk.choose_item(PERSON_ITEM)
    answer_all(counter, answers_of(counter))
    fill(counter, {row.target: text_for(counter, row.target) for row in counter.state.missing if row.step is Step.FORM})
    scan_everything(counter)

    case, receipt = accept(counter)

    assert case.applicant is not None
    assert (case.applicant.kind, case.applicant.valid_to) == ("temporary_id", until)
    assert case.applicant.name == RARE
    assert "5107**********0018" in receipt
    assert counter.receipts()[-1]["pictures"], "a name that the printer has no letters for is drawn"


def test_a_latched_card_is_asked_to_be_lifted_and_then_read_again(counter: Counter) -> None:
    reader = counter.world.emulators["id_card"]
    reader.set_fault("latch")
    counter.desk.read_card()
    lay(counter, {"id_no": ZHOU_YANG})
    counter.until(lambda s: s.draft and s.draft.applicant, "card read")

    counter.desk.read_card()
    counter.until(lambda s: s.identity.lift, "told to lift the card")
    lay(counter, {"id_no": ZHOU_YANG})
    counter.until(lambda s: s.identity.reading is Reading.READ, "read again")
    reader.set_fault(None)
    lay(counter, {"id_no": ZHOU_YANG})
    counter.desk.read_card()
    counter.until(lambda s: s.identity.reading is Reading.READ, "read again")

    counter.desk.read_card()  # a module that does not latch reads the same card without lifting
    counter.until(lambda s: s.identity.reading is Reading.READ, "read without lifting")
    assert not counter.state.identity.lift


def test_an_organisation_without_the_line_is_typed_and_checked_later(tmp_path: Path) -> None:
    with Counter(tmp_path, kinds=("id_card",)) as counter:
        counter.sign_in()
        counter.devices_ready("id_card")
        counter.call()
        counter.world.central.stop()
        counter.desk.choose_party("organisation")
        counter.desk.look_up_organisation(ORGANISATION)
        counter.until(lambda s: s.identity.organisation == "offline", "the register is away")
        facts = {"uscc": ORGANISATION, "name": "绵阳示例餐饮有限公司", "legal_rep": "陈静"}
        counter.desk.type_organisation(facts)
        assert organisation(counter).checked_at == ""
        assert draft(counter).state is State.SERVING

        counter.world.central.start()
        counter.until(lambda _: organisation(counter).checked_at, "compared with the register")
        assert organisation(counter).status == "active"
        assert counter.state.applicant.page is ApplicantPage.IDENTITY
