from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import CARD, Bench, known
from window_client.central import contract
from window_client.domain.visit import State, Step
from window_client.reception.state import Reading

SOCIAL = "SC-HRSS-001"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path / "store") as made:
        made.centre.down = True
        made.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
        yield made


def begin(bench: Bench, number: str = "C077") -> None:
    bench.desk.call_number(number)
    bench.until(lambda: bench.state.visit is State.CALLING, "a typed number")
    bench.desk.read_card()
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "card read")
    bench.until(lambda: bench.state.identity.lookup == "offline", "nothing is known")


def social_form(bench: Bench) -> None:
    """The social security card's form, where the status is left to be looked up."""
    bench.desk.set_contact("phone", "13800000017")
    bench.desk.next_step()
    bench.desk.choose_item(SOCIAL)
    item = bench.state.item
    assert item is not None
    for question in item.questions:
        bench.desk.answer(question.id, (question.options[0].value,))
    bench.desk.open_step(Step.ITEM)
    bench.desk.next_step()
    assert bench.state.open_step is Step.FORM, bench.state.missing


def back(bench: Bench) -> None:
    bench.centre.down = False
    bench.desk.network_changed(online=True, latency_ms=20, offset_s=0.0)
    bench.settle()


def test_the_typed_number_is_told_to_the_service_once_the_line_is_back(bench: Bench) -> None:
    begin(bench)
    bench.centre.answers["queue"] = bench.centre.picture(fence=4)
    bench.centre.answers["walk-in"] = contract.Called(5, 2, bench.centre.new_ticket("C077"))
    back(bench)

    (body,) = bench.centre.of("walk-in")
    assert (body["number"], body["category"], body["fence"]) == ("C077", "C", 4)
    assert not bench.draft.ticket.local
    assert bench.draft.ticket.id == "id-C077"
    assert bench.on_disk().ticket.id == "id-C077"


def test_a_number_that_the_service_has_at_this_window_already_is_taken_as_it_is(bench: Bench) -> None:
    begin(bench)
    there = bench.centre.new_ticket("C077", state=contract.TicketState.SERVING)
    bench.centre.answers["queue"] = bench.centre.picture(fence=4, serving=there)
    back(bench)

    assert bench.centre.of("walk-in") == []
    assert bench.draft.ticket.id == "id-C077"


def test_a_number_that_another_window_has_is_said_and_the_visit_goes_on(bench: Bench) -> None:
    begin(bench)
    bench.centre.answers["queue"] = bench.centre.picture(fence=4)
    bench.centre.refuse["walk-in"] = ["number_taken"]
    codes: list[str] = []
    bench.desk._core.show = lambda state: codes.append(state.say.code if state.say else "")
    back(bench)

    assert "conflict.ticket" in codes
    assert bench.state.visit is State.SERVING
    assert bench.draft.ticket.local


def test_what_was_left_for_later_is_brought_in_and_what_was_typed_stands_with_the_difference_shown(
    bench: Bench,
) -> None:
    begin(bench)
    social_form(bench)
    assert bench.state.form is not None
    fields = {row.field.id: row for row in bench.state.form.fields}
    assert fields["insurance_status"].origin == "online_later"
    bench.desk.set_field("person_kind", "employee")
    record = known(CARD.id_no)
    shared = {**record.shared, "social_security": {"status": "paying", "kind": "resident"}}
    bench.centre.answers["person"] = contract.PersonRecord(True, shared)
    back(bench)
    bench.until(lambda: bench.state.identity.lookup == "done", "looked up")
    bench.settle()

    assert bench.state.form is not None
    fields = {row.field.id: row for row in bench.state.form.fields}
    assert (fields["insurance_status"].text, fields["insurance_status"].origin) == ("paying", "shared")
    assert (fields["person_kind"].text, fields["person_kind"].differs) == ("employee", "resident")
    assert fields["insurance_status"].differs == ""
    bench.desk.set_field("person_kind", "resident")
    assert bench.state.form is not None
    assert next(row for row in bench.state.form.fields if row.field.id == "person_kind").differs == ""


def test_a_difference_is_forgotten_with_the_visit(bench: Bench) -> None:
    begin(bench)
    bench.desk._core.late = {"person_kind": "resident"}
    bench.desk.end_unfiled("asked_only")

    assert bench.desk._core.late == {}


def test_an_idle_window_has_nothing_to_catch_up_on(bench: Bench) -> None:
    back(bench)

    assert bench.centre.of("walk-in") == []


def test_nothing_is_compared_where_the_line_was_there_all_the_time(tmp_path: Path) -> None:
    with Bench(tmp_path / "another") as bench:
        bench.up_to(Step.FORM)
        bench.desk.set_field("capital", "1.00")

        assert all(row.differs == "" for row in (bench.state.form.fields if bench.state.form else ()))
