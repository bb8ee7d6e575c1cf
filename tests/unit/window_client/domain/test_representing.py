from datetime import date
from typing import Any

import msgspec
import pytest

from window_client.domain.catalogue import Item
from window_client.domain.material import Checklist, PageRef, Row, may_defer
from window_client.domain.organisations import Organisation
from window_client.domain.people import IdentitySource, Person
from window_client.domain.representing import (
    AUTHORITY_ID,
    Authority,
    applies,
    attorney_here,
    attorney_row,
    guided,
    holder,
    identified,
    kind_for,
    lacking,
    needs_applicant_card,
    of_age,
    pages_to_row,
    power_words,
    relation_words,
    said,
    who_came,
)
from window_client.domain.visit import Draft, Step, TicketRef, steps_done

TODAY = date(2026, 11, 24)
LI = Person("李明", "510799198806120017", IdentitySource.CARD, sex="男", birth="1988-06-12", valid_to="2039-06-18")
ZHOU = Person("周洋", "510799199103160025", IdentitySource.CARD, sex="女", birth="1991-03-16", valid_to="2042-05-11")
CHEN = Person("陈静", "510799198309170048", IdentitySource.CARD, sex="女", birth="1983-09-17")
CHILD = Person("测试小丁", "510799201909020021", IdentitySource.CARD, sex="女", birth="2019-09-02")
FIRM = Organisation(
    "绵阳示例餐饮有限公司",
    "91510799MA9T00026D",
    legal_rep="陈静",
    legal_rep_id_no="510799198309170048",
    status="active",
    checked_at="2026-11-24T10:00:00+08:00",
)
PAGE = PageRef("d1", 10)


def draft(**more: Any) -> Draft:
    return msgspec.structs.replace(Draft("v", "c", TicketRef(), "2026-11-24T10:00:00+08:00"), **more)


def item(demo: Any, item_id: str) -> Item:
    found: Item = demo.item(item_id)
    return found


def codes(of: Draft) -> list[str]:
    return [label for _, label in lacking(of, TODAY)]


def test_an_old_draft_is_that_of_a_person_who_came_alone() -> None:
    old = msgspec.json.decode(b'{"visit_id":"v","case_id":"c","ticket":{},"started_at":"2026-11-24"}', type=Draft)
    assert (old.party, old.by_agent, old.organisation, old.agent) == ("person", False, None, None)


@pytest.mark.parametrize(
    ("of", "came", "name", "known", "left"),
    [
        (draft(), None, "", False, ["identity.card"]),
        (draft(applicant=LI), LI, "李明", True, []),
        (draft(applicant=LI, by_agent=True), None, "李明", False, ["identity.agent"]),
        (draft(agent=ZHOU, by_agent=True), ZHOU, "", False, ["identity.principal"]),
        (draft(applicant=LI, agent=ZHOU, by_agent=True), ZHOU, "李明", True, []),
        (draft(party="organisation"), None, "", False, ["identity.organisation", "identity.legal_rep"]),
        (draft(party="organisation", organisation=FIRM, applicant=CHEN), CHEN, FIRM.name, True, []),
        (draft(party="organisation", organisation=FIRM, by_agent=True, agent=ZHOU), ZHOU, FIRM.name, True, []),
        (draft(party="organisation", organisation=FIRM, by_agent=True), None, FIRM.name, False, ["identity.agent"]),
    ],
)
def test_who_came_who_applies_and_who_is_lacking(
    of: Draft, came: Person | None, name: str, known: bool, left: list[str]
) -> None:
    assert who_came(of) is came
    assert applies(of)[0] == name
    assert identified(of) is known
    assert codes(of) == left


def test_step_1_is_done_when_nobody_lacks() -> None:
    done = draft(party="organisation", organisation=FIRM, by_agent=True, agent=ZHOU)
    assert Step.IDENTITY in steps_done(done, item=None, form=None, today=TODAY)
    assert not needs_applicant_card(done)
    lacks = msgspec.structs.replace(done, agent=None)
    assert Step.IDENTITY not in steps_done(lacks, item=None, form=None, today=TODAY)


@pytest.mark.parametrize(
    ("of", "label"),
    [
        (draft(party="organisation", organisation=FIRM, applicant=LI), "remark.not_legal_rep"),
        (draft(applicant=CHILD), "remark.guardian_needed"),
        (draft(applicant=LI, by_agent=True, agent=CHILD), "remark.minor_agent"),
        (draft(applicant=LI, by_agent=True, agent=LI), "remark.same_person"),
        (
            draft(applicant=LI, by_agent=True, agent=ZHOU, authority=Authority(until="2026-11-20")),
            "remark.authority_over",
        ),
        (draft(applicant=LI, by_agent=True, agent=ZHOU, authority=Authority(powers=("collect",))), "identity.powers"),
        (
            draft(party="organisation", organisation=msgspec.structs.replace(FIRM, status="revoked"), applicant=CHEN),
            "remark.revoked",
        ),
    ],
)
def test_what_holds_step_1(of: Draft, label: str) -> None:
    assert codes(of) == [label]


def test_a_guardian_lifts_what_holds_a_child() -> None:
    assert codes(draft(applicant=CHILD, by_agent=True, agent=ZHOU)) == []


def test_somebody_of_sixteen_is_only_remarked_on() -> None:
    youth = msgspec.structs.replace(CHILD, birth="2010-01-05", id_no="510799201001050027")
    about = said(draft(applicant=youth), TODAY).applicant
    assert [(remark.code, remark.blocks) for remark in about if remark.code == "minor"] == [("minor", False)]
    assert not of_age(youth, TODAY)
    assert of_age(LI, TODAY)


def test_the_last_day_of_an_authority_still_counts() -> None:
    of = draft(applicant=LI, by_agent=True, agent=ZHOU, authority=Authority("friend", until="2026-11-24"))
    assert codes(of) == []
    assert relation_words(of.authority).zh == "friend"
    assert power_words(of.authority).zh == "提交、更正、领取"
    assert relation_words(Authority("guardian")).en == "Guardian"


def test_a_legal_representative_is_known_by_number_or_else_by_name() -> None:
    unknown = msgspec.structs.replace(FIRM, legal_rep_id_no="")
    assert codes(draft(party="organisation", organisation=unknown, applicant=CHEN)) == []
    assert codes(draft(party="organisation", organisation=unknown, applicant=LI)) == ["remark.not_legal_rep"]
    namesake = msgspec.structs.replace(CHEN, id_no="510799198806120017", birth="", sex="")
    assert codes(draft(party="organisation", organisation=FIRM, applicant=namesake)) == ["remark.not_legal_rep"]


@pytest.mark.parametrize(
    ("item_id", "party", "code", "kind", "fits"),
    [
        ("SC-HRSS-002", "person", "", "person", True),
        ("SC-MKT-001", "person", "", "self_employed", True),
        ("SC-MKT-002", "person", "", "enterprise", True),  # a company that is being founded has no code yet
        ("SC-MKT-003", "organisation", "91510799MA9T00026D", "enterprise", True),
        ("SC-MKT-003", "organisation", "92510799MA9T000345", "self_employed", True),
        ("SC-HRSS-002", "organisation", "91510799MA9T00026D", "enterprise", False),
        ("SC-MKT-004", "organisation", "92510799MA9T000345", "self_employed", False),
    ],
)
def test_the_kind_of_applicant(demo: Any, item_id: str, party: str, code: str, kind: str, fits: bool) -> None:
    firm = msgspec.structs.replace(FIRM, uscc=code) if code else None
    wanted = item(demo, item_id)
    found = kind_for(draft(party=party, organisation=firm), wanted)
    assert found == kind
    assert (found in wanted.applicant_kinds) is fits


def test_an_item_that_asks_for_a_credit_code_is_not_for_a_person(demo: Any) -> None:
    wanted = item(demo, "SC-MKT-004")
    assert kind_for(draft(), wanted, asks_for_code=True) not in wanted.applicant_kinds


def test_the_power_of_attorney_is_on_the_list_and_never_deferred(demo: Any) -> None:
    wanted = item(demo, "SC-MKT-003")
    of = draft(by_agent=True, agent=ZHOU, answers={"who": ("agent",)})
    paper = next(row.material for row in guided(wanted, of).materials if row.material.name == "授权委托书")
    assert paper.id == "SC-MKT-003-M10"
    assert may_defer(wanted, paper, credit="good", today=TODAY) == (False, "not_deferrable")
    alone = guided(wanted, draft(answers={"who": ("self",)}))
    assert "授权委托书" not in [row.material.name for row in alone.materials]


def test_an_item_without_a_row_for_it_gets_one(demo: Any) -> None:
    wanted = item(demo, "SC-EDU-001")
    guidance = guided(wanted, draft(by_agent=True))
    assert guidance.materials[-1].material.id == AUTHORITY_ID == attorney_row(guidance) == attorney_row(None)


def test_a_guardian_proves_to_be_one_instead(demo: Any) -> None:
    of = draft(by_agent=True, answers={"who": ("agent",)}, authority=Authority("guardian"))
    names = [row.material.name for row in guided(item(demo, "SC-MKT-003"), of).materials]
    assert "监护关系证明" in names
    assert "授权委托书" not in names


def test_pages_taken_before_an_item_was_chosen_go_to_its_row(demo: Any) -> None:
    early = Checklist((Row(AUTHORITY_ID, (PAGE,)),))
    of = draft(by_agent=True, answers={"who": ("agent",)}, checklist=early)
    assert attorney_here(of, None)
    guidance = guided(item(demo, "SC-MKT-003"), of)
    moved = pages_to_row(early, guidance)
    assert [(row.material_id, row.pages) for row in moved.rows] == [("SC-MKT-003-M10", (PAGE,))]
    assert attorney_here(msgspec.structs.replace(of, checklist=moved), guidance)
    assert pages_to_row(Checklist(), guidance) == Checklist()
    own = guided(item(demo, "SC-EDU-001"), draft(by_agent=True))
    assert pages_to_row(early, own) is early


def test_a_certificate_is_that_of_its_holder(demo: Any) -> None:
    rows = {row.name: row for row in item(demo, "SC-MKT-003").materials}
    firm = draft(party="organisation", organisation=FIRM, by_agent=True, agent=ZHOU)
    assert holder(firm, rows["营业执照"]) == ("applicant", FIRM.uscc)
    assert holder(firm, rows["代理人身份证"]) == ("came", ZHOU.id_no)
    assert holder(firm, rows["法定代表人（负责人）身份证"]) == ("came", "")
    self = draft(party="organisation", organisation=FIRM, applicant=CHEN)
    assert holder(self, rows["法定代表人（负责人）身份证"]) == ("came", CHEN.id_no)
    assert holder(draft(applicant=LI), rows["法定代表人（负责人）身份证"]) == ("applicant", LI.id_no)
