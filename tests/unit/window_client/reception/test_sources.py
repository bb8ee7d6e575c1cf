import msgspec
import pytest

from tests.desk import LIMING, ONLINE, known
from window_client.central.contract import Earlier, PersonRecord
from window_client.domain.organisations import Organisation
from window_client.domain.people import Contact, IdentitySource, Person
from window_client.domain.representing import Authority
from window_client.domain.visit import Draft, TicketRef
from window_client.reception.sources import credit_of, sources

CARD = Person("李明", LIMING, IdentitySource.CARD, sex="男", nation="汉", birth="1988-06-12", has_photo=True)


def draft(**changes: object) -> Draft:
    values: dict[str, object] = {"applicant": CARD, **changes}
    return Draft("visit-1", "case-1", TicketRef(), "2026-11-24T10:00:00+08:00", **values)  # type: ignore[arg-type]


def test_what_the_card_says_is_a_source_and_what_it_does_not_say_is_none() -> None:
    found = sources(draft(), None)

    assert found["card.name"] == "李明"
    assert found["card.photo"] == "card"
    assert "card.address" not in found
    assert "card.typed" not in found


def test_a_typed_identity_says_that_it_was_typed() -> None:
    typed = Person("李明", LIMING, IdentitySource.TYPED)

    assert sources(draft(applicant=typed), None)["card.typed"] is True


def test_without_a_person_and_a_record_there_are_only_the_answers() -> None:
    assert sources(draft(applicant=None, answers={"place": ("rent",)}), None) == {"answer.place": ["rent"]}


def test_shared_data_are_named_by_their_dataset() -> None:
    found = sources(draft(), known(LIMING))

    assert found["shared.household.household_no"] == "510799000123"
    assert found["shared.name_declaration.notice_no"] == "MZ510703-2025-0000236"


def test_an_online_application_is_a_source_only_when_it_was_taken_in() -> None:
    assert "earlier.business_name" not in sources(draft(), known(LIMING))
    assert sources(draft(took_in=ONLINE), known(LIMING))["earlier.business_name"] == "绵阳市涪城区李明小吃店"


def test_what_was_taken_in_wins_over_earlier_cases_and_newer_over_older_ones() -> None:
    record = PersonRecord(
        True,
        earlier=(
            Earlier("online", ONLINE, "i", "2026-11-20", fields={"email": "online"}),
            Earlier("case", "2", "i", "2026-10-01", fields={"email": "newer", "industry": "newer"}),
            Earlier("case", "1", "i", "2025-10-01", fields={"email": "older", "industry": "older", "bank": "older"}),
        ),
    )

    found = sources(draft(took_in=ONLINE), record)

    assert (found["earlier.email"], found["earlier.industry"], found["earlier.bank"]) == ("online", "newer", "older")


def test_the_phone_of_the_first_step_wins_over_an_earlier_one() -> None:
    found = sources(draft(contact=Contact(phone="13900005521")), known(LIMING))

    assert found["earlier.phone"] == "13900005521"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, "unknown"),
        (PersonRecord(True), "unknown"),
        (PersonRecord(True, {"credit": {"status": "good"}}), "good"),
        (PersonRecord(True, {"credit": {"status": "bad"}}), "bad"),
        (PersonRecord(True, {"credit": {"status": "something new"}}), "unknown"),
    ],
)
def test_credit_is_unknown_until_the_list_says_more(record: PersonRecord | None, expected: str) -> None:
    assert credit_of(record) == expected


FIRM = Organisation(
    "绵阳示例餐饮有限公司", "91510799MA9T00026D", legal_rep="陈静", checked_at="2026-11-24T10:00:00+08:00"
)
AGENT = Person("周洋", "510799199103160025", IdentitySource.CARD)


def test_an_organisation_and_its_agent_are_sources_and_the_agents_card_is_not_the_applicants() -> None:
    found = sources(
        draft(
            applicant=None,
            party="organisation",
            organisation=FIRM,
            by_agent=True,
            agent=AGENT,
            contact=Contact(phone="13600007719"),
            authority=Authority("staff", until="2027-12-31"),
        ),
        None,
    )

    assert found["enterprise.uscc"] == FIRM.uscc
    assert "enterprise.typed" not in found
    assert (found["agent.name"], found["agent.relation"], found["agent.until"]) == ("周洋", "办事员", "2027-12-31")
    assert found["agent.phone"] == found["earlier.phone"] == "13600007719"
    assert not [name for name in found if name.startswith("card.")]


def test_a_typed_organisation_and_a_typed_agent_say_so() -> None:
    typed = msgspec.structs.replace(FIRM, checked_at="")
    agent = msgspec.structs.replace(AGENT, source=IdentitySource.TYPED)
    found = sources(draft(party="organisation", organisation=typed, by_agent=True, agent=agent), None)

    assert found["enterprise.typed"] is True
    assert found["agent.typed"] is True


def test_an_agents_phone_is_not_that_of_the_principal() -> None:
    found = sources(draft(by_agent=True, agent=AGENT, contact=Contact(phone="13600007719")), None)

    assert found["agent.phone"] == "13600007719"
    assert "earlier.phone" not in found
    assert found["card.name"] == "李明"


def test_what_is_put_aside_is_no_source() -> None:
    assert not [name for name in sources(draft(organisation=FIRM, agent=AGENT), None) if "card." not in name]


def test_somebody_on_the_credit_list_has_bad_credit() -> None:
    assert credit_of(PersonRecord(True, {"credit": {"status": "listed"}})) == "bad"
