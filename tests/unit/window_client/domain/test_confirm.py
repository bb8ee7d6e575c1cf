import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from window_client.domain.catalogue import Guidance, Item, guide
from window_client.domain.confirm import Shown, decode_words, digest, document, shown, signature_stands, spelled
from window_client.domain.form import Choice, Field, FormDefinition, Origin, Value, Words
from window_client.domain.form_rules import form_for, prefill
from window_client.domain.material import (
    Checklist,
    ECert,
    PageRef,
    RowState,
    Way,
    add_page,
    missing,
    move_page,
    pages_of,
    remove_page,
    reorder,
    set_way,
    sync,
    turn_page,
)
from window_client.domain.organisations import Organisation
from window_client.domain.people import Contact, IdentitySource, Person
from window_client.domain.representing import Authority
from window_client.domain.visit import Draft, Signature, TicketRef

PLAN = "SC-MKT-001-M06"
PROOF = "SC-MKT-001-M03"


@dataclass(frozen=True)
class Case:
    draft: Draft
    form: FormDefinition
    item: Item
    guidance: Guidance
    words: dict[str, Words]

    def shown(self, draft: Draft | None = None) -> Shown:
        return shown(draft or self.draft, self.form, self.item, self.guidance, self.words)

    def digest(self, draft: Draft | None = None) -> str:
        return digest(self.shown(draft))


def case_of(demo: Any, ticket: str) -> Case:
    visit = next(v for v in demo.visits() if v["ticket"] == ticket)
    item = demo.item(visit["item"])
    form = form_for(demo.forms, item.id, demo.kind(visit))
    assert form is not None
    guidance = guide(item, demo.answers(visit))
    typed = {k: "|".join(v) if isinstance(v, list) else str(v) for k, v in visit["typed"].items()}
    keep = {key: Value(text, Origin.TYPED) for key, text in typed.items()}
    checklist = sync(Checklist(), guidance)
    for material in missing(checklist, guidance):
        for n in range(2):
            checklist = add_page(checklist, material, PageRef(f"{material}-{n}", 1))
    if ticket == "C018":
        checklist = remove_page(remove_page(checklist, PLAN, 0), PLAN, 0)
        checklist = set_way(checklist, PLAN, Way.DEFERRED, due="2026-11-25")
        checklist = set_way(checklist, "SC-MKT-001-M02", Way.ECERT, ecert=ECert("居民身份证", "510799198806120017"))
    draft = Draft(
        "v",
        "case",
        TicketRef(ticket),
        "2026-11-24T10:36:00+08:00",
        answers=guidance.answers,
        values=prefill(form, demo.sources(visit), answers=guidance.answers, online=visit["network"], keep=keep),
        checklist=checklist,
    )
    words = decode_words((demo.resources / "words/applicant.json").read_bytes())
    return Case(draft, form, item, guidance, words)


@pytest.fixture
def c018(demo: Any) -> Case:
    return case_of(demo, "C018")


def test_the_check_page_of_the_picture(c018: Case) -> None:
    rows = [(v.label.zh, v.text.zh) for v in c018.shown().values]
    assert rows[:4] == [
        ("姓名", "李明"),
        ("身份证号", "5107**********0017"),
        ("手机号", "138****5521"),
        ("要办的事", "个体工商户设立登记"),
    ]
    assert ("店名", "绵阳市涪城区李明小吃店") in rows
    assert ("店址", "涪城区示例路 18 号附 3 号") in rows
    assert ("文化程度", "高中（中专）") in rows
    assert len(rows) == 18 + 1  # every filled field once, and the item


def test_the_whole_value_stands_behind_the_mask(c018: Case) -> None:
    number = c018.shown().values[1]
    assert (number.field, number.value, number.full.zh, number.masked) == (
        "operator_id_no",
        "510799198806120017",
        "510799198806120017",
        True,
    )


def test_papers_show_their_pages_deferrals_and_certificates(c018: Case) -> None:
    papers = {m.material: m for m in c018.shown().materials}
    assert len(papers) == 5
    assert papers[PROOF].pages == (f"{PROOF}-0", f"{PROOF}-1")
    assert papers[PROOF].state is RowState.READY
    assert (papers[PLAN].state, papers[PLAN].due) == (RowState.DEFERRED, "2026-11-25")
    assert papers["SC-MKT-001-M02"].ecert == "510799198806120017"
    assert c018.shown().declaration == c018.form.declaration


def test_an_enterprise_is_named_in_its_own_words(demo: Any) -> None:
    values = case_of(demo, "C016").shown().values
    assert [(v.label.zh, v.text.zh) for v in values[:2]] == [
        ("经营者名称", "绵阳示例餐饮有限公司"),
        ("统一社会信用代码", "91510799MA9T00026D"),
    ]
    assert "热食类制售、自制饮品制售" in [v.text.zh for v in values]
    assert "Hot dishes, Drinks made on site" in [v.text.en for v in values]
    assert "周洋" in [v.text.zh for v in values]


def test_an_optional_paper_that_is_not_brought_is_not_shown(demo: Any) -> None:
    assert len(case_of(demo, "A036").shown().materials) == 2


def test_where_the_form_does_not_hold_them_person_and_contact_stand_in(c018: Case) -> None:
    person = Person("李明", "510799198806120017", IdentitySource.CARD)
    draft = replace(c018.draft, values={}, applicant=person, contact=Contact("13800005521"))
    values = shown(draft, c018.form, c018.item, c018.guidance).values
    assert [(v.field, v.text.zh) for v in values] == [
        ("applicant.name", "李明"),
        ("applicant.id_no", "5107**********0017"),
        ("contact.phone", "138****5521"),
        ("item", "个体工商户设立登记"),
    ]
    assert [v.field for v in c018.shown(replace(c018.draft, values={})).values] == ["item"]


def test_values_are_spelled_in_the_words_of_their_choices() -> None:
    choices = (Choice("a", "甲", "A"), Choice("b", "乙"))
    assert spelled(Field("f", Words(""), "multi_choice", choices=choices), "a|b") == Words("甲、乙", "A, 乙")
    assert spelled(Field("f", Words(""), "choice", choices=choices), "x") == Words("x", "x")
    assert spelled(Field("f", Words(""), "yes_no"), "no") == Words("否", "No")


CHANGES: list[Callable[[Draft], Draft]] = [
    lambda d: replace(d, values=d.values | {"capital": Value("50000.01", Origin.TYPED)}),
    lambda d: replace(d, values=d.values | {"operator_id_no": Value("510799198806120033", Origin.CARD)}),
    lambda d: replace(d, values={k: v for k, v in d.values.items() if k != "email"}),
    lambda d: replace(d, case_id="another"),
    lambda d: replace(d, catalogue_version="another"),
    lambda d: replace(d, checklist=add_page(d.checklist, PROOF, PageRef("new", 1))),
    lambda d: replace(d, checklist=remove_page(d.checklist, PROOF, 1)),
    lambda d: replace(d, checklist=reorder(d.checklist, PROOF, 0, 1)),
    lambda d: replace(d, checklist=move_page(d.checklist, PROOF, 0, "SC-MKT-001-M01")),
    lambda d: replace(d, checklist=set_way(d.checklist, PLAN, Way.DEFERRED, due="2026-11-24")),
    lambda d: replace(d, checklist=set_way(d.checklist, PLAN, Way.NONE)),
    lambda d: replace(
        d, checklist=set_way(d.checklist, "SC-MKT-001-M02", Way.ECERT, ecert=ECert("居民身份证", "other"))
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_what_was_shown_ends_the_signature(c018: Case, change: Callable[[Draft], Draft]) -> None:
    signature = Signature(c018.digest(), "picture", (), "2026-11-24T10:50:00+08:00")
    signed = replace(c018.draft, signature=signature)
    assert signature_stands(signed, c018.shown(signed))
    changed = change(signed)
    assert not signature_stands(changed, c018.shown(changed))


def test_a_changed_declaration_fee_or_version_ends_it_too(c018: Case) -> None:
    what = c018.shown()
    for other in (
        replace(what, declaration=Words("别的", "Another")),
        replace(what, fee="1.00"),
        replace(what, form_version=9),
        replace(what, item_version=9),
        replace(what, answers={}),
        replace(what, materials=tuple(reversed(what.materials))),
        replace(what, values=tuple(reversed(what.values))),
    ):
        assert digest(other) != digest(what)


def test_what_is_not_shown_leaves_the_signature_alone(c018: Case) -> None:
    for draft in (
        replace(c018.draft, saved_at="later", clerk="1304"),
        replace(c018.draft, values=c018.draft.values | {"premises_provider": Value("hidden", Origin.TYPED)}),
        replace(c018.draft, checklist=add_page(c018.draft.checklist, "", PageRef("unsorted", 1))),
        replace(c018.draft, checklist=turn_page(c018.draft.checklist, PROOF, 0)),
    ):
        assert c018.digest(draft) == c018.digest()


def test_no_signature_and_one_without_a_picture_do_not_stand(c018: Case) -> None:
    assert not signature_stands(c018.draft, c018.shown())
    without = replace(c018.draft, signature=Signature(c018.digest(), "", (), "t"))
    assert not signature_stands(without, c018.shown())


def test_the_digest_is_the_same_after_disk_and_for_another_order_of_answers(c018: Case) -> None:
    again = msgspec.json.decode(msgspec.json.encode(c018.draft), type=Draft)
    assert c018.digest(again) == c018.digest()
    what = c018.shown()
    turned = replace(what, answers=dict(reversed(what.answers.items())))
    assert digest(turned) == digest(what)
    assert len(digest(what)) == 64


@given(field=st.sampled_from(["capital", "scope", "email", "business_name"]), text=st.text(min_size=1, max_size=30))
def test_every_other_value_has_another_digest(demo: Any, field: str, text: str) -> None:
    c018 = case_of(demo, "C018")
    changed = replace(c018.draft, values=c018.draft.values | {field: Value(text, Origin.TYPED)})
    assert (c018.digest(changed) == c018.digest()) == (text == c018.draft.values[field].text)


@given(data=st.data())
def test_every_other_set_of_pages_has_another_digest(demo: Any, data: Any) -> None:
    c018 = case_of(demo, "C018")
    names = data.draw(st.lists(st.sampled_from([f"{PROOF}-0", f"{PROOF}-1", "x"]), max_size=4))
    checklist = remove_page(remove_page(c018.draft.checklist, PROOF, 0), PROOF, 0)
    for name in names:
        checklist = add_page(checklist, PROOF, PageRef(name, 1))
    same = names == [p.digest for p in pages_of(c018.draft.checklist, PROOF)]
    assert (c018.digest(replace(c018.draft, checklist=checklist)) == c018.digest()) == same


@pytest.mark.parametrize("document", [b"[", b"\xff", '{"a": 1}'])
def test_damaged_words_say_so(document: bytes | str) -> None:
    with pytest.raises(ValueError, match="words cannot be read"):
        decode_words(document)


# ---- the language in which it was read


def test_the_digest_is_of_the_language_that_was_read_and_can_be_worked_out_from_the_document(c018: Case) -> None:
    what = c018.shown()
    for language in ("zh", "en"):
        assert digest(what, language) == hashlib.sha256(document(what, language)).hexdigest()
    assert digest(what, "zh") != digest(what, "en")
    assert "店名" in document(what, "zh").decode()
    assert "店名" not in document(what, "en").decode()
    assert "Shop name" in document(what, "en").decode()


def test_a_signature_stands_in_its_own_language_only(c018: Case) -> None:
    what = c018.shown()
    for language, other in (("zh", "en"), ("en", "zh")):
        signature = Signature(digest(what, language), "picture", (), "t", language=language)
        assert signature_stands(replace(c018.draft, signature=signature), what)
        wrong = replace(signature, language=other)
        assert not signature_stands(replace(c018.draft, signature=wrong), what)


def test_other_words_in_the_language_that_was_not_read_leave_the_signature_alone(c018: Case) -> None:
    what = c018.shown()
    other = replace(what, declaration=Words(what.declaration.zh, "Another"))
    assert digest(other, "zh") == digest(what, "zh")
    assert digest(other, "en") != digest(what, "en")


# ---- somebody else came


def test_who_came_and_on_what_authority_stands_among_the_short_things_and_is_bound(demo: Any) -> None:
    case = case_of(demo, "C016")
    agent = Person("周洋", "510799199103160025", IdentitySource.CARD)
    firm = Organisation("绵阳示例餐饮有限公司", "91510799MA9T00026D")
    draft = replace(
        case.draft,
        party="organisation",
        organisation=firm,
        by_agent=True,
        agent=agent,
        authority=Authority("staff", ("submit",), "2027-12-31"),
    )

    what = shown(draft, case.form, case.item, case.guidance)

    said = {value.label.zh: value.text.zh for value in what.values}
    assert said["代办人"] == "周洋"
    assert said["与申请人的关系"] == "办事员"
    assert said["代办权限"] == "提交"
    assert said["代办期限"] == "2027-12-31"
    labels = [value.label.zh for value in what.values]
    assert labels.index("代办期限") < labels.index("要办的事")
    assert [value.text.zh for value in what.values].count("周洋") == 1, "what the form asks as well is shown once"
    longer = replace(draft, authority=Authority("staff", ("submit", "collect"), "2027-12-31"))
    assert digest(shown(longer, case.form, case.item, case.guidance)) != digest(what)


def test_an_organisation_stands_in_for_what_its_form_does_not_hold(demo: Any) -> None:
    case = case_of(demo, "C016")
    firm = Organisation("绵阳示例餐饮有限公司", "91510799MA9T00026D")
    draft = replace(case.draft, values={}, party="organisation", organisation=firm)

    first = shown(draft, case.form, case.item, case.guidance).values[:2]

    assert [(value.label.zh, value.text.zh) for value in first] == [
        ("申请单位", "绵阳示例餐饮有限公司"),
        ("统一社会信用代码", "91510799MA9T00026D"),
    ]


def test_a_foreign_document_is_not_called_a_residents_number(c018: Case) -> None:
    person = Person("ALEX EXAMPLE", "X1234567", IdentitySource.TYPED, kind="passport_foreign")
    draft = replace(c018.draft, values={}, applicant=person)

    assert shown(draft, c018.form, c018.item, c018.guidance).values[1].label.zh == "证件号"
