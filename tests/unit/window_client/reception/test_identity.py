from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from drivers.contracts import CardRecord
from drivers.errors import DeviceError, Fault
from tests.desk import CARD, ITEM, LIMING, NOW, OTHER, Bench
from window_client.central import contract
from window_client.domain.identifiers import id_no_check
from window_client.domain.material import Way, find_row
from window_client.domain.people import IdentitySource
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, Reading

SOMEBODY = replace(CARD, name="测试丙", id_no=OTHER, birth="1985-11-12", sex="男", address="四川省绵阳市测试区三号")


# ---- the card


def test_a_card_is_taken_and_the_person_looked_up(bench: Bench) -> None:
    bench.call()

    bench.identify()

    person = bench.on_disk().applicant
    assert person is not None
    assert (person.name, person.id_no, person.source, person.has_photo) == ("李明", LIMING, IdentitySource.CARD, True)
    assert bench.state.visit is State.SERVING
    assert bench.state.identity.lookup == "done"
    assert bench.centre.of("person") == [{"id_no": LIMING, "item_id": ""}]
    assert bench.state.applicant.page is ApplicantPage.IDENTITY
    assert [line.text for line in bench.state.applicant.lines] == ["李明", "5107**********0017"]


def test_an_address_that_was_appended_to_the_card_is_the_newer_one(bench: Bench) -> None:
    bench.call()

    bench.identify(replace(CARD, appended_address="四川省绵阳市测试区新路 9 号"))

    assert bench.draft.applicant is not None
    assert bench.draft.applicant.address == "四川省绵阳市测试区新路 9 号"


def test_a_portrait_is_for_the_screen_of_this_visit_only(bench: Bench) -> None:
    bench.call()

    bench.identify(replace(CARD, portrait=b"BM picture"))

    assert bench.state.identity.portraits == ((LIMING, b"BM picture"),)
    assert "picture" not in repr(bench.state.identity)
    assert b"BM picture" not in msgspec.json.encode(bench.on_disk())
    bench.identify(replace(CARD, portrait=b"BM newer"))
    assert bench.state.identity.portraits == ((LIMING, b"BM newer"),)


@pytest.mark.parametrize("code", ["card_moved", "card_not_genuine", "card_unknown", "no_card"])
def test_what_goes_wrong_is_shown_by_its_code_and_the_next_attempt_works(bench: Bench, code: str) -> None:
    bench.call()
    bench.desk.read_card()
    bench.reader.lay(DeviceError("reader", Fault.REFUSED, code))
    bench.until(lambda: bench.state.identity.reading is Reading.FAILED, "failed")
    assert bench.state.identity.code == code
    assert bench.draft.applicant is None

    bench.identify()

    assert bench.state.identity.code == ""


def test_nobody_asks_the_reader_while_nobody_is_here(bench: Bench) -> None:
    bench.desk.read_card()

    assert bench.state.identity.reading is Reading.NONE


def test_a_card_for_a_visit_that_is_over_is_dropped(bench: Bench) -> None:
    bench.call()
    bench.desk.read_card()
    bench.until(lambda: bench.devices.state_of("id_card") == "busy", "reading")

    bench.desk.no_show()

    bench.until(lambda: bench.reader.given_up == 1, "the reader was called off")
    bench.settle()
    assert bench.state.visit is State.IDLE
    assert bench.state.draft is None
    assert bench.state.identity.reading is Reading.NONE


def test_leaving_the_step_stops_the_reader(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.read_card()
    bench.until(lambda: bench.devices.state_of("id_card") == "busy", "reading")

    bench.desk.next_step()

    bench.until(lambda: bench.reader.given_up == 1, "the reader was called off")
    assert bench.draft.applicant is not None


def test_an_expired_card_is_shown_but_holds_the_step(bench: Bench) -> None:
    bench.call()
    bench.identify(replace(CARD, valid_to="2026-11-20"))

    assert [(row.code, row.number, row.blocks) for row in bench.state.identity.remarks] == [("expired", 4, True)]
    bench.desk.next_step()
    assert bench.state.open_step is Step.IDENTITY
    assert "remark.expired" in {row.label for row in bench.state.missing}


# ---- typed


def test_a_typed_identity_is_marked_and_what_the_number_says_is_filled_in(bench: Bench) -> None:
    bench.call()

    bench.desk.type_identity("  李  明 ", f" {LIMING.lower()} ")
    bench.settle()

    person = bench.on_disk().applicant
    assert person is not None
    assert (person.name, person.source, person.birth, person.sex) == ("李 明", IdentitySource.TYPED, "1988-06-12", "男")
    assert bench.state.identity.reading is Reading.TYPED


@pytest.mark.parametrize("last", "023456789X")
def test_a_typed_number_with_a_wrong_check_character_is_refused(bench: Bench, last: str) -> None:
    bench.call()
    wrong = LIMING[:-1] + ("1" if last == id_no_check(LIMING[:17]) else last)

    bench.desk.type_identity("李明", wrong)
    bench.settle()

    assert bench.state.identity.reading is Reading.FAILED
    assert bench.state.identity.code == "bad_check_digit"
    assert bench.draft.applicant is None
    assert bench.state.visit is State.CALLING
    assert bench.centre.of("person") == []


def test_a_number_without_a_name_is_asked_for(bench: Bench) -> None:
    bench.call()

    bench.desk.type_identity("", LIMING)

    assert bench.said == "identity.name_and_number"
    assert bench.draft.applicant is None


def test_nothing_is_typed_while_nobody_is_here(bench: Bench) -> None:
    bench.desk.type_identity("李明", LIMING)

    assert bench.state.draft is None


# ---- another person


def test_another_person_gets_nothing_of_the_one_before(bench: Bench) -> None:
    bench.up_to(Step.CONFIRM)
    bench.sign()
    assert bench.draft.contact.phone == "13800005521"

    bench.identify(SOMEBODY)

    draft = bench.on_disk()
    assert draft.applicant is not None
    assert draft.applicant.name == "测试丙"
    assert (draft.took_in, draft.checked_at, draft.agreed_at, draft.signature) == ("", "", "", None)
    assert draft.contact.phone != "13800005521"
    assert not {value.text for value in draft.values.values()} & {"50000.00", LIMING, "李明", "liming@example.com"}
    row = find_row(draft.checklist, f"{ITEM}-M02")
    assert row is not None
    assert (row.way, row.ecert) == (Way.NONE, None), "an e-certificate of somebody else stands for nothing"
    assert bench.pages("M01") == 1, "a page is never lost"


def test_another_person_without_a_line_is_filled_in_from_the_card(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.centre.down = True

    bench.identify(SOMEBODY)

    texts = {value.text for value in bench.draft.values.values()}
    assert {"测试丙", OTHER} <= texts
    assert "李明" not in texts


def test_the_same_card_again_keeps_what_was_typed(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.fill()

    bench.identify()

    assert bench.draft.values["capital"].text == "50000.00"
    assert bench.draft.took_in


# ---- what is known about the person


def test_an_earlier_phone_is_brought_in_with_its_stamp(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    assert (bench.on_disk().contact.phone, bench.on_disk().contact.phone_source) == ("13800005521", "earlier")


def test_a_phone_that_was_typed_meanwhile_is_kept(bench: Bench) -> None:
    bench.call()
    bench.desk.type_identity("李明", LIMING)
    bench.desk.set_contact("phone", "13900005521")

    bench.settle()

    assert bench.draft.contact.phone == "13900005521"


def test_what_concerns_the_person_is_listed(bench: Bench) -> None:
    bench.centre.answers["person"] = contract.PersonRecord(
        True,
        related=(
            contract.Related("booking", "b", ITEM, "设立", appointment="10:30", accepted_on="", prefilled=12),
            contract.Related("running", "r", ITEM, "社保", accepted_on="2026-11-20", promised_by="2026-12-01"),
            contract.Related("ready", "d", ITEM, "医保", window=3, shelf="A-12"),
        ),
    )

    bench.call()
    bench.identify()

    rows = [(row.kind, row.id, row.text, row.count) for row in bench.state.identity.related]
    assert rows == [
        ("online", "b", "|10:30", 12),
        ("running", "r", "2026-11-20|2026-12-01", 0),
        ("ready", "d", "3|A-12", 0),
    ]


def test_without_a_line_nothing_is_known_and_it_is_asked_when_the_line_is_back(bench: Bench) -> None:
    bench.call()
    bench.centre.down = True
    bench.identify()
    assert bench.state.identity.lookup == "offline"

    bench.centre.down = False
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    bench.settle()

    assert bench.state.identity.lookup == "done"
    assert bench.state.identity.related


def test_an_answer_about_the_person_before_is_dropped(bench: Bench) -> None:
    bench.call()
    bench.desk.type_identity("李明", LIMING)
    bench.answered("person")
    bench.centre.down = True
    bench.desk.type_identity("测试丙", OTHER)

    bench.settle()

    assert bench.state.identity.related == ()
    assert bench.draft.contact.phone == ""


# ---- the full number


def test_the_full_number_is_journaled_and_covered_again_after_ten_seconds(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.reveal_id()

    assert bench.state.identity.revealed_until == NOW + timedelta(seconds=10)
    entry = bench.store.journal.entries(1)[0]
    assert (entry.actor, entry.action, entry.subject) == ("1203", "id.revealed", bench.draft.visit_id)
    assert LIMING not in repr(entry)
    bench.pass_time(9.9)
    assert bench.state.identity.revealed_until is not None
    bench.pass_time(0.2)
    assert bench.state.identity.revealed_until is None


def test_asking_again_begins_the_ten_seconds_anew(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.reveal_id()
    bench.pass_time(6)

    bench.desk.reveal_id()
    bench.pass_time(6)

    assert bench.state.identity.revealed_until is not None
    bench.pass_time(5)
    assert bench.state.identity.revealed_until is None


def test_what_cannot_be_journaled_is_not_shown(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    with bench.held_by_another():
        bench.desk.reveal_id()

    assert bench.state.identity.revealed_until is None
    assert bench.said == "store.occupied"


def test_without_a_person_there_is_nothing_to_show(bench: Bench) -> None:
    bench.call()
    before = len(bench.store.journal.entries())

    bench.desk.reveal_id()

    assert bench.state.identity.revealed_until is None
    assert len(bench.store.journal.entries()) == before


# ---- how to reach the applicant


def test_the_contact_is_on_disk_with_its_stamp(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.set_contact("phone", " 13900005521 ")
    bench.desk.set_contact("collect_by", "post")
    bench.desk.set_contact("notify_by", "none")

    contact = bench.on_disk().contact
    assert (contact.phone, contact.phone_source) == ("13900005521", "typed")
    assert (contact.collect_by, contact.notify_by) == ("post", "none")


def test_a_contact_that_did_not_change_keeps_its_stamp(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.set_contact("phone", "13800005521")

    assert bench.draft.contact.phone_source == "earlier"


@pytest.mark.parametrize("field", ["phone_source", "id_no", ""])
def test_only_the_contact_fields_can_be_set(bench: Bench, field: str) -> None:
    bench.up_to(Step.ITEM)
    before = bench.draft

    bench.desk.set_contact(field, "x")

    assert bench.draft == before


def test_a_phone_of_another_length_holds_the_step(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.set_contact("phone", "1390000")
    bench.desk.open_step(Step.IDENTITY)

    bench.desk.next_step()

    assert bench.state.open_step is Step.IDENTITY
    assert [row.target for row in bench.state.missing if row.step is Step.IDENTITY] == ["phone"]


def test_the_demo_card_is_a_card() -> None:
    assert isinstance(SOMEBODY, CardRecord)
