from typing import Any

import msgspec
import pytest

from window_client.domain.form import Choice, Condition, Field, FormDefinition, Rule, Section, Words
from window_client.domain.form_static import static_problems

WORDS = Words("字", "Words")


def test_the_forms_of_the_demo_hold(demo: Any) -> None:
    assert static_problems(demo.forms, demo.catalogue, demo.shared) == ()


def test_a_missing_and_a_second_form_are_found(demo: Any) -> None:
    fewer = [form for form in demo.forms if form.id != "SC-POL-001"]
    assert static_problems(fewer, demo.catalogue, demo.shared)[0] == "SC-POL-001 for person: 0 forms instead of one"
    more = [*demo.forms, demo.form("SC-POL-001")]
    assert "SC-POL-001 for person: 2 forms instead of one" in static_problems(more, demo.catalogue, demo.shared)


def with_field(demo: Any, **changes: Any) -> tuple[str, ...]:
    """The problems of SC-MKT-001 with its first field (the operator's name) changed."""
    form: FormDefinition = demo.form("SC-MKT-001")
    section = form.sections[0]
    field = msgspec.structs.replace(section.fields[0], **changes)
    section = msgspec.structs.replace(section, fields=(field, *section.fields[1:]))
    changed = msgspec.structs.replace(form, sections=(section, *form.sections[1:]))
    return static_problems([*(f for f in demo.forms if f is not form), changed], demo.catalogue, demo.shared)


YES_NO = (Choice("yes", "是", "Yes"), Choice("no", "否", "No"))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"label": Words("名")}, "label lacks a language"),
        ({"help": Words("", "x")}, "help lacks a language"),
        ({"message": Words("", "x")}, "message lacks a language"),
        ({"type": "choice", "choices": (Choice("男", "男"), Choice("女", "女", "F"))}, "choice 男 lacks a language"),
        ({"type": "colour"}, "unknown type colour"),
        ({"privacy": "secret"}, "unknown privacy secret"),
        ({"span": 7}, "span 7"),
        ({"type": "choice"}, "choices are missing or repeated"),
        ({"type": "choice", "choices": (YES_NO[0], YES_NO[0])}, "choices are missing or repeated"),
        ({"type": "yes_no", "default": "maybe", "sources": ()}, "default is not among the choices"),
        ({"rule": Rule(pattern="(")}, "pattern does not compile"),
        ({"rule": Rule(min=1)}, "min and max are for numbers"),
        ({"rule": Rule(not_after_today=True)}, "today is for dates"),
        ({"rule": Rule(same_as="nobody")}, "rule names unknown field nobody"),
        ({"rule": Rule(differs_from="operator_name")}, "rule names unknown field operator_name"),
        ({"visible_when": (Condition(field="phone", values=("1",)),)}, "does not stand before it"),
        ({"visible_when": (Condition(q="weather", values=("1",)),)}, "condition on weather does not resolve"),
        ({"visible_when": (Condition(q="place", values=("moon",)),)}, "condition on place does not resolve"),
        (
            {"visible_when": (Condition(q="place", values=("own",)), Condition(q="place", values=("rent",)))},
            "never visible",
        ),
        ({"sources": ("card.shoe_size",)}, "unknown source card.shoe_size"),
        ({"sources": ("shared.household.dog",)}, "unknown source shared.household.dog"),
        ({"sources": ("shared.moon.dog",)}, "unknown source shared.moon.dog"),
        ({"sources": ("earlier.dog",)}, "unknown source earlier.dog"),
        ({"sources": ("answer.dog",)}, "unknown source answer.dog"),
        ({"sources": ("oracle.dog",)}, "unknown source oracle.dog"),
        ({"type": "yes_no", "sources": ("answer.place",)}, "answer.place can give ['free', 'own', 'rent']"),
        ({"type": "yes_no", "sources": ("shared.household.kind",)}, "shared.household.kind can give"),
        ({"type": "yes_no", "sources": ("earlier.education",)}, "earlier.education can give"),
    ],
)
def test_each_kind_of_fault_is_named_with_its_field(demo: Any, changes: dict[str, Any], problem: str) -> None:
    found = [text for text in with_field(demo, **changes) if text.startswith("SC-MKT-001.operator_name")]
    assert any(problem in text for text in found), found


def test_a_condition_on_a_field_must_name_its_values(demo: Any) -> None:
    form: FormDefinition = demo.form("general-person")
    fields = tuple(
        msgspec.structs.replace(f, visible_when=(Condition(field="pays_out", values=("maybe",)),))
        if f.id == "bank_name"
        else f
        for f in form.fields()
    )
    changed = msgspec.structs.replace(form, sections=(Section("all", WORDS, fields),))
    found = static_problems([*(f for f in demo.forms if f is not form), changed], demo.catalogue, demo.shared)
    assert found == ("general-person.bank_name: condition on pays_out names an unknown value",)


def test_a_multi_question_can_meet_two_conditions(demo: Any) -> None:
    item = demo.item("SC-CIV-003")
    question = next(q for q in item.questions if q.type == "multi")
    first, second = (o.value for o in question.options[:2])
    form: FormDefinition = demo.form("general-person")
    both = (Condition(q=question.id, values=(first,)), Condition(q=question.id, values=(second,)))
    fields = tuple(msgspec.structs.replace(f, visible_when=both) if f.id == "remark" else f for f in form.fields())
    changed = msgspec.structs.replace(form, sections=(Section("all", WORDS, fields),))
    assert static_problems([*(f for f in demo.forms if f is not form), changed], demo.catalogue, demo.shared) == ()
    never = (Condition(q=question.id, values=(first,)), Condition(q=question.id, values=("unknown",)))
    fields = tuple(msgspec.structs.replace(f, visible_when=never) if f.id == "remark" else f for f in form.fields())
    changed = msgspec.structs.replace(form, sections=(Section("all", WORDS, fields),))
    found = static_problems([*(f for f in demo.forms if f is not form), changed], demo.catalogue, demo.shared)
    assert "general-person.remark: never visible" in found


def test_form_faults_are_named(demo: Any) -> None:
    form: FormDefinition = demo.form("SC-POL-001")
    one = Field("a", WORDS, "text")
    broken = msgspec.structs.replace(
        form,
        version=99,
        items=("SC-POL-001",),
        title=Words("题"),
        sections=(Section("s", Words("段"), (one, one)),),
    )
    others = [f for f in demo.forms if f is not form]
    found = static_problems([*others, broken], demo.catalogue, demo.shared)
    assert "SC-POL-001: 2 fields" in found
    assert "SC-POL-001: title lacks a language" in found
    assert "SC-POL-001: section s lacks a language" in found
    assert "SC-POL-001.a: id used twice" in found
    assert any(text.startswith("SC-POL-001: version 99") for text in found)
    unknown = msgspec.structs.replace(form, items=("SC-POL-001", "NO-SUCH"))
    assert "SC-POL-001: unknown item NO-SUCH" in static_problems([*others, unknown], demo.catalogue, demo.shared)
