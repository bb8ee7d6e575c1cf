from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.catalogue import guide, needed
from window_client.domain.form import (
    Choice,
    Condition,
    Field,
    FormDefinition,
    Origin,
    Section,
    Value,
    Values,
    Words,
)
from window_client.domain.form_rules import (
    counts,
    differences,
    form_for,
    prefill,
    problems,
    visible_fields,
    visible_values,
)

TODAY = date(2026, 11, 24)
YES_NO = (Choice("yes", "是", "Yes"), Choice("no", "否", "No"))


def form_of(*fields: Field) -> FormDefinition:
    words = Words("题", "Title")
    return FormDefinition("F", 1, ("I",), ("person",), words, words, (Section("s", words, fields),))


def field(name: str, kind: str = "text", **more: Any) -> Field:
    return Field(name, Words("项", "Field"), kind, **more)


def typed(**values: str) -> Values:
    return {name: Value(text, Origin.TYPED) for name, text in values.items()}


@pytest.mark.parametrize("ticket", ["C018", "A036", "C016"])
def test_the_visits_of_the_pictures_come_out_with_their_counts(demo: Any, ticket: str) -> None:
    visit = next(v for v in demo.visits() if v["ticket"] == ticket)
    form = form_for(demo.forms, visit["item"], demo.kind(visit))
    assert form is not None
    guidance = guide(demo.item(visit["item"]), demo.answers(visit))
    hands = {k: "|".join(v) if isinstance(v, list) else str(v) for k, v in visit["typed"].items()}

    values = prefill(form, demo.sources(visit), answers=guidance.answers, online=visit["network"], keep=typed(**hands))

    assert counts(form, guidance.answers, values) == (visit["filled"], visit["brought_in"], visit["by_hand"])
    assert len(needed(guidance)) == visit["materials"]
    assert not guidance.open_questions
    assert not [p for p in problems(form, guidance.answers, values, today=TODAY, card={}) if p.blocks]


def test_every_listed_visit_with_an_item_is_tested_above(demo: Any) -> None:
    assert [v["ticket"] for v in demo.visits()] == ["C018", "A036", "C016"]


def test_the_c018_visit_has_eighteen_fields_fifteen_brought_in_and_three_typed(demo: Any) -> None:
    visit = demo.visits()[0]
    assert (visit["filled"], visit["brought_in"], visit["by_hand"]) == (18, 15, 3)


def test_there_is_no_form_for_a_kind_of_applicant_that_the_item_does_not_serve(demo: Any) -> None:
    assert form_for(demo.forms, "SC-MKT-001", "person") is None


def test_a_condition_on_an_unasked_question_does_not_hold() -> None:
    form = form_of(field("a", visible_when=(Condition(q="who", values=("agent",)),)))
    assert visible_fields(form, {}, {}) == ()
    assert visible_fields(form, {"who": ("self",)}, {}) == ()
    assert [f.id for f in visible_fields(form, {"who": ("agent",)}, {})] == ["a"]


def test_a_condition_on_a_hidden_field_does_not_hold() -> None:
    form = form_of(
        field("a", "yes_no", visible_when=(Condition(q="x", values=("1",)),)),
        field("b", visible_when=(Condition(field="a", values=("yes",)),)),
    )
    values = typed(a="yes", b="kept")
    assert visible_fields(form, {}, values) == ()
    assert [f.id for f in visible_fields(form, {"x": ("1",)}, values)] == ["a", "b"]
    assert [f.id for f in visible_fields(form, {"x": ("1",)}, typed(a="no"))] == ["a"]
    assert [f.id for f in visible_fields(form, {"x": ("1",)}, {})] == ["a"]


def test_any_chosen_value_of_a_multi_choice_can_show_a_field() -> None:
    form = form_of(
        field("m", "multi_choice", choices=YES_NO), field("b", visible_when=(Condition(field="m", values=("no",)),))
    )
    assert [f.id for f in visible_fields(form, {}, typed(m="yes|no"))] == ["m", "b"]


def test_a_hidden_value_is_kept_but_neither_counted_nor_checked_nor_sent() -> None:
    form = form_of(
        field("a", "yes_no", required=True),
        field("b", "phone", required=True, visible_when=(Condition(field="a", values=("yes",)),)),
    )
    values = prefill(form, {}, answers={}, online=True, keep=typed(a="no", b="rubbish"))
    assert values["b"].text == "rubbish"
    assert counts(form, {}, values) == (1, 0, 1)
    assert problems(form, {}, values, today=TODAY, card={}) == ()
    assert list(visible_values(form, {}, values)) == ["a"]


def test_the_first_source_that_has_a_value_wins() -> None:
    form = form_of(field("a", sources=("earlier.a", "shared.d.a")))
    fill = {"shared.d.a": "shared", "earlier.a": ""}
    assert prefill(form, fill, answers={}, online=True, keep={})["a"] == Value("shared", Origin.SHARED)
    fill["earlier.a"] = "earlier"
    assert prefill(form, fill, answers={}, online=True, keep={})["a"] == Value("earlier", Origin.EARLIER)


def test_the_card_wins_wherever_it_stands_and_the_difference_is_told() -> None:
    form = form_of(field("a", sources=("shared.d.a", "card.name")))
    sources = {"shared.d.a": "other", "card.name": "card"}
    assert prefill(form, sources, answers={}, online=True, keep={})["a"] == Value("card", Origin.CARD)
    assert differences(form, sources) == ("a",)
    assert differences(form, {"card.name": "card", "shared.d.a": "card"}) == ()
    assert differences(form_of(field("a", sources=("earlier.a", "shared.d.a"))), {"earlier.a": "1"}) == ()


def test_an_identity_typed_in_step_1_is_brought_in_not_typed_on_the_form() -> None:
    form = form_of(field("a", sources=("card.name",)))
    values = prefill(form, {"card.name": "李明", "card.typed": True}, answers={}, online=True, keep={})
    assert values["a"].origin is Origin.IDENTITY
    assert counts(form, {}, values) == (1, 1, 0)


def test_what_an_agent_or_a_licence_shows_is_stamped_like_a_card() -> None:
    form = form_of(field("a", sources=("agent.name",)), field("b", sources=("enterprise.uscc",)))
    values = prefill(form, {"agent.name": "周洋", "enterprise.uscc": "X"}, answers={}, online=True, keep={})
    assert {value.origin for value in values.values()} == {Origin.CARD}


def test_what_was_typed_is_never_overwritten_not_even_when_it_was_cleared() -> None:
    form = form_of(field("a", sources=("card.name",)), field("b", default="x"))
    values = prefill(form, {"card.name": "card"}, answers={}, online=True, keep=typed(a="mine", b=""))
    assert values == typed(a="mine", b="")


def test_a_locked_field_follows_its_answer() -> None:
    form = form_of(
        field("a", "choice", choices=YES_NO, sources=("answer.q",), editable_when_prefilled=False),
        field("b", "choice", choices=YES_NO, sources=("answer.q",)),
    )
    kept = typed(a="no", b="no")
    values = prefill(form, {}, answers={"q": ("yes",)}, online=True, keep=kept)
    assert values == {"a": Value("yes", Origin.ANSWER), "b": Value("no", Origin.TYPED)}
    changed = prefill(form, {}, answers={"q": ("no",)}, online=True, keep={"a": values["a"]})
    assert changed["a"] == Value("no", Origin.ANSWER)
    assert "a" not in prefill(form, {}, answers={}, online=True, keep=changed)


def test_a_source_may_hold_the_answer_where_the_guidance_does_not() -> None:
    form = form_of(field("a", "choice", choices=YES_NO, sources=("answer.q",)))
    assert prefill(form, {"answer.q": "yes"}, answers={}, online=True, keep={})["a"].text == "yes"


def test_numbers_and_lists_become_text() -> None:
    form = form_of(
        field("n", "integer", sources=("shared.d.n",)),
        field("m", "multi_choice", choices=YES_NO, sources=("earlier.m",)),
    )
    values = prefill(form, {"shared.d.n": 0, "earlier.m": ["yes", "no"]}, answers={}, online=True, keep={})
    assert (values["n"].text, values["m"].text) == ("0", "yes|no")


def test_a_source_with_a_value_that_the_form_does_not_offer_has_none() -> None:
    form = form_of(field("a", "choice", choices=YES_NO, sources=("shared.d.a", "earlier.a"), default="no"))
    fill = {"shared.d.a": "perhaps", "earlier.a": "yes"}
    assert prefill(form, fill, answers={}, online=True, keep={})["a"] == Value("yes", Origin.EARLIER)
    del fill["earlier.a"]
    assert prefill(form, fill, answers={}, online=True, keep={})["a"] == Value("no", Origin.DEFAULT)


@pytest.mark.parametrize(
    ("more", "later"),
    [
        ({}, True),
        ({"required": True}, False),
        ({"editable_when_prefilled": True}, False),
        ({"sources": ("shared.d.a", "earlier.a")}, False),
        ({"sources": ()}, False),
    ],
)
def test_only_a_locked_optional_field_of_shared_data_is_asked_later(more: dict[str, Any], later: bool) -> None:
    settings: dict[str, Any] = {"sources": ("shared.d.a",), "editable_when_prefilled": False} | more
    form = form_of(field("a", **settings))
    values = prefill(form, {}, answers={}, online=False, keep={})
    assert (values.get("a") == Value("", Origin.ONLINE_LATER)) is later
    assert "a" not in prefill(form, {}, answers={}, online=True, keep=values)
    if later:
        assert problems(form, {}, values, today=TODAY, card={}) == ()
        assert counts(form, {}, values) == (0, 0, 0)


def test_when_the_line_goes_down_what_shared_data_said_before_stays() -> None:
    form = form_of(field("a", sources=("shared.d.a",)), field("c", sources=("card.name",)))
    kept = {"a": Value("known", Origin.SHARED), "c": Value("gone", Origin.CARD)}
    assert prefill(form, {}, answers={}, online=False, keep=kept) == {"a": kept["a"]}
    assert prefill(form, {}, answers={}, online=True, keep=kept) == {}


def test_a_required_field_must_have_a_value_while_it_shows() -> None:
    form = form_of(field("a", required=True), field("b"))
    assert [(p.field, p.code, p.blocks) for p in problems(form, {}, typed(a=""), today=TODAY, card={})] == [
        ("a", "missing", True)
    ]


@pytest.mark.parametrize("card", [{"card.name": "李明"}, {"name": "李明"}])
def test_a_value_that_differs_from_the_card_is_a_remark(card: dict[str, str]) -> None:
    form = form_of(field("a", sources=("card.name", "earlier.a")), field("b", sources=("card.photo",)))
    found = problems(form, {}, typed(a="李鸣", b="x"), today=TODAY, card=card | {"card.photo": "card"})
    assert [(p.field, p.code, p.blocks) for p in found] == [("a", "differs_from_card", False)]
    assert problems(form, {}, typed(a="李明"), today=TODAY, card=card) == ()


@given(data=st.data())
def test_whatever_is_answered_and_typed_the_counts_add_up_and_hidden_fields_stay_out(demo: Any, data: Any) -> None:
    form = data.draw(st.sampled_from(demo.forms))
    item = demo.item(data.draw(st.sampled_from(form.items)))
    given_answers = {
        q.id: (data.draw(st.sampled_from([o.value for o in q.options])),)
        for q in item.questions
        if data.draw(st.booleans())
    }
    answers = guide(item, given_answers).answers
    keep = typed(**{f.id: data.draw(st.sampled_from(["", "x", "yes", "post"])) for f in form.fields()[::3]})

    values = prefill(form, {"card.name": "李明"}, answers=answers, online=data.draw(st.booleans()), keep=keep)
    shown = {f.id for f in visible_fields(form, answers, values)}
    filled, brought_in, by_hand = counts(form, answers, values)

    assert filled == brought_in + by_hand <= len(shown)
    assert keep.items() <= values.items() or any(
        values[k].origin is Origin.ANSWER for k in keep if values[k] != keep[k]
    )
    assert {p.field for p in problems(form, answers, values, today=TODAY, card={})} <= shown
    assert set(visible_values(form, answers, values)) <= shown
    again = prefill(form, {"card.name": "李明"}, answers=answers, online=True, keep=values)
    assert prefill(form, {"card.name": "李明"}, answers=answers, online=True, keep=again) == again
