from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.form import Choice, Field, Origin, Rule, Value, Words
from window_client.domain.form_checks import TYPES, allowed_values, check_field, chosen, tidy

TODAY = date(2026, 11, 24)
MESSAGE = Words("说明", "Words")


def field(kind: str, **more: Any) -> Field:
    return Field("f", Words("项", "Field"), kind, **more)


def codes(kind: str, text: str, **more: Any) -> list[str]:
    return [problem.code for problem in check_field(field(kind, **more), text, today=TODAY)]


GOOD = {
    "id_no": "510799198806120017",
    "uscc": "91510799MA9T00018J",
    "phone": "13800005521",
    "date": "2026-02-28",
    "integer": "-3",
    "money": "50000.00",
    "bank_account": "9000000000000000018",
    "email": "office@example.com",
    "postcode": "621000",
    "yes_no": "yes",
    "text": "随意",
}
BAD = {
    "id_no": ["510799198806120018", "51079919880612001", "510799198813120017"],
    "uscc": ["91510799MA9T00018K", "91510799"],
    "phone": ["23800005521", "1380000552", "0816-12", "１３８００００５５２１"],
    "date": ["2026-02-29", "20260228", "2026-2-28", "x"],
    "integer": ["1.5", "", "一", "1234567890"],
    "money": ["1.234", "-1", "x"],
    "bank_account": ["12345678901", "1" * 26, "123456789012X"],
    "email": ["office", "a@b", "a@b c.d", "@b.c"],
    "postcode": ["62100", "6210000", "62100X"],
    "yes_no": ["perhaps"],
}


@pytest.mark.parametrize(("kind", "text"), GOOD.items())
def test_a_good_value_of_each_type_passes(kind: str, text: str) -> None:
    assert codes(kind, text) == []


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in BAD.items() for t in texts if t])
def test_a_bad_value_of_each_type_is_named(kind: str, text: str) -> None:
    assert codes(kind, text) == ["choice" if kind == "yes_no" else kind]


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_is_wrong_with_an_empty_value(kind: str) -> None:
    assert codes(kind, "") == []


def test_a_landline_is_a_phone_unless_the_field_wants_a_mobile_number() -> None:
    rule = Rule(pattern=r"^1\d{10}$")
    assert codes("phone", "0816-0000003") == []
    problems = check_field(field("phone", rule=rule, message=MESSAGE), "0816-0000003", today=TODAY)
    assert [(p.code, p.words) for p in problems] == [("pattern", MESSAGE)]
    both = check_field(field("phone", rule=rule, message=MESSAGE), "12", today=TODAY)
    assert [(p.code, p.words) for p in both] == [("phone", MESSAGE)]


def test_the_sentence_of_the_form_is_about_its_rule_only() -> None:
    problems = check_field(field("text", max_length=2, message=MESSAGE), "abc", today=TODAY)
    assert [(p.code, p.words) for p in problems] == [("too_long", None)]


def test_choices() -> None:
    choices = (Choice("a", "甲"), Choice("b", "乙"))
    assert codes("choice", "a", choices=choices) == []
    assert codes("choice", "a|b", choices=choices) == ["choice"]
    assert codes("multi_choice", "a|b", choices=choices) == []
    assert codes("multi_choice", "a|a", choices=choices) == ["choice"]
    assert codes("multi_choice", "a|c", choices=choices) == ["choice"]
    assert chosen(field("multi_choice"), "") == ()
    assert allowed_values(field("text")) == ()


@pytest.mark.parametrize(
    ("rule", "kind", "text", "expected"),
    [
        (Rule(min=1, max=15), "integer", "0", ["min"]),
        (Rule(min=1, max=15), "integer", "16", ["max"]),
        (Rule(min=1, max=15), "integer", "15", []),
        (Rule(min=1), "money", "0.99", ["min"]),
        (Rule(max=100000000), "money", "100000000.01", ["max"]),
        (Rule(min=1), "text", "no number", []),
        (Rule(min=1), "text", "NAN", []),
        (Rule(not_after_today=True), "date", "2026-11-25", ["after_today"]),
        (Rule(not_after_today=True), "date", "2026-11-24", []),
        (Rule(not_before_today=True), "date", "2026-11-23", ["before_today"]),
        (Rule(not_before_today=True), "date", "2026-11-24", []),
        (Rule(not_before_today=True), "text", "someday", []),
        (Rule(not_before_today=True), "text", "2026-99-99", []),
        (Rule(pattern="a+"), "text", "aab", ["pattern"]),
        (Rule(pattern="a+"), "text", "aa", []),
    ],
)
def test_rules(rule: Rule, kind: str, text: str, expected: list[str]) -> None:
    assert codes(kind, text, rule=rule) == expected


def test_same_as_and_differs_from_compare_only_what_is_there() -> None:
    other = {"o": Value("x", Origin.TYPED)}
    same, differs = field("text", rule=Rule(same_as="o")), field("text", rule=Rule(differs_from="o"))
    assert [p.code for p in check_field(same, "y", today=TODAY, values=other)] == ["same_as"]
    assert check_field(same, "x", today=TODAY, values=other) == ()
    assert check_field(same, "y", today=TODAY, values={}) == ()
    assert [p.code for p in check_field(differs, "x", today=TODAY, values=other)] == ["differs_from"]
    assert check_field(differs, "y", today=TODAY, values=other) == ()
    assert check_field(differs, "y", today=TODAY) == ()


@pytest.mark.parametrize(
    ("origin", "editable", "blocks"),
    [
        (Origin.SHARED, False, False),
        (Origin.EARLIER, False, False),
        (Origin.SHARED, True, True),
        (Origin.CARD, False, True),
        (Origin.TYPED, False, True),
    ],
)
def test_what_nobody_at_the_window_can_change_does_not_block(origin: Origin, editable: bool, blocks: bool) -> None:
    locked = field("phone", editable_when_prefilled=editable)
    assert [p.blocks for p in check_field(locked, Value("1", origin), today=TODAY)] == [blocks]


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("money", "50000", "50000.00"),
        ("money", "50,000.5", "50000.50"),
        ("money", "viel", "viel"),
        ("id_no", " 51079919920708002x ", "51079919920708002X"),
        ("phone", "１３８ ０００ ０５５２１", "13800005521"),
        ("text", " 示例路 18 号 ", "示例路 18 号"),
    ],
)
def test_typed_text_is_tidied(kind: str, text: str, kept: str) -> None:
    assert tidy(field(kind), text) == kept


@given(kind=st.sampled_from(TYPES), text=st.text(max_size=30))
def test_tidying_twice_changes_nothing_more_and_checking_never_fails(kind: str, text: str) -> None:
    once = tidy(field(kind), text)
    assert tidy(field(kind), once) == once
    check_field(field(kind, rule=Rule(min=1, max=9, not_after_today=True, pattern=".+")), text, today=TODAY)
