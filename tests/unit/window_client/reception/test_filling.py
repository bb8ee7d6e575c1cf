import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Bench
from window_client.domain.form import Origin
from window_client.domain.visit import State, Step


@pytest.fixture
def at_form(bench: Bench) -> Bench:
    bench.up_to(Step.FORM)
    return bench


def test_a_field_is_on_disk_when_the_method_returns(at_form: Bench) -> None:
    for field, text in {"capital": "50000.00", "scope": "小吃服务", "premises_address": "示例路 18 号附 3 号"}.items():
        at_form.desk.set_field(field, text)

        kept = at_form.on_disk().values[field]
        assert (kept.text, kept.origin) == (text, Origin.TYPED)
        assert at_form.state.saved_at == at_form.now


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60))
def test_whatever_is_typed_the_disk_says_what_the_screen_says(at_form: Bench, text: str) -> None:
    at_form.desk.set_field("scope", text)

    shown = next(row.text for row in at_form.state.form.fields if row.field.id == "scope") if at_form.state.form else ""
    kept = at_form.on_disk().values.get("scope")
    assert shown == (kept.text if kept else "")


def test_a_value_that_did_not_change_keeps_its_stamp_and_nothing_is_written(at_form: Bench) -> None:
    before = at_form.draft.values["business_name"]
    assert before.origin is not Origin.TYPED
    saved, states = at_form.on_disk().saved_at, len(at_form.states)
    at_form.pass_time(60)

    at_form.desk.set_field("business_name", f" {before.text} ")

    assert at_form.draft.values["business_name"] == before
    assert at_form.on_disk().saved_at == saved
    assert len(at_form.states) == states


def test_a_value_that_was_brought_in_and_is_typed_over_is_typed(at_form: Bench) -> None:
    at_form.desk.set_field("staff_count", "5")

    assert at_form.on_disk().values["staff_count"].origin is Origin.TYPED


def test_a_read_only_value_is_not_changed(at_form: Bench) -> None:
    assert at_form.state.form is not None
    locked = [row for row in at_form.state.form.fields if row.read_only]
    assert locked

    for row in locked:
        at_form.desk.set_field(row.field.id, "Somebody Else")

    assert at_form.state.form is not None
    assert {r.field.id: r.text for r in at_form.state.form.fields if r.read_only} == {
        r.field.id: r.text for r in locked
    }


def test_a_field_that_the_form_does_not_have_is_not_kept(at_form: Bench) -> None:
    at_form.desk.set_field("no_such_field", "x")

    assert "no_such_field" not in at_form.draft.values


def test_a_field_that_is_hidden_now_is_not_kept(at_form: Bench) -> None:
    assert at_form.state.form is not None
    shown = {row.field.id for row in at_form.state.form.fields}
    hidden = [f.id for s in at_form.state.form.definition.sections for f in s.fields if f.id not in shown]
    assert hidden
    before = at_form.draft.values

    at_form.desk.set_field(hidden[0], "x")

    assert at_form.draft.values == before


def test_emptying_a_field_keeps_that_it_was_emptied(at_form: Bench) -> None:
    at_form.desk.set_field("scope", "小吃服务")

    at_form.desk.set_field("scope", "")

    assert at_form.on_disk().values["scope"].text == ""
    assert "scope" in {row.target for row in at_form.state.missing}


def test_a_wrong_value_is_kept_with_its_problem(at_form: Bench) -> None:
    at_form.desk.set_field("capital", "many")

    assert at_form.state.form is not None
    row = next(row for row in at_form.state.form.fields if row.field.id == "capital")
    assert row.text == "many"
    assert row.problem is not None
    assert "capital" in {missing.target for missing in at_form.state.missing}


def test_what_the_disk_refuses_is_not_shown_as_saved(at_form: Bench) -> None:
    with at_form.held_by_another():
        at_form.desk.set_field("scope", "小吃服务")

    assert at_form.said == "store.occupied"
    assert at_form.state.say is not None
    assert at_form.state.say.bad
    assert "scope" not in {name for name, value in at_form.draft.values.items() if value.text == "小吃服务"}


def test_nothing_is_filled_in_while_nobody_is_served(bench: Bench) -> None:
    bench.desk.set_field("scope", "x")

    assert bench.state.draft is None
    assert bench.state.visit is State.IDLE


def test_a_jump_asks_for_the_focus_each_time_anew(at_form: Bench) -> None:
    at_form.desk.go_to_missing()
    assert at_form.state.form is not None
    first = (at_form.state.form.focus, at_form.state.form.focus_seq)
    assert first[0] == at_form.state.missing[0].target

    at_form.desk.go_to_missing()

    assert at_form.state.form is not None
    assert (at_form.state.form.focus, at_form.state.form.focus_seq) == (first[0], first[1] + 1)
