from datetime import timedelta
from pathlib import Path

import msgspec

from tests.desk import NOW, Bench
from window_client.central import contract
from window_client.domain.visit import State, Step


def reports(bench: Bench) -> list[tuple[str, bool]]:
    due = bench.store.outbox.due(NOW + timedelta(days=1), 100)
    told = [msgspec.json.decode(row.body, type=contract.VisitReport) for row in due if row.kind == "visit"]
    return [(row.outcome, row.more) for row in told]


def add(bench: Bench) -> str:
    """Another item in the middle of a form; gives the first one's visit id."""
    bench.up_to(Step.FORM)
    bench.desk.set_field("scope", "小吃服务")
    first = bench.draft.visit_id
    bench.desk.serve_without_ticket()
    bench.settle()
    return first


def test_an_item_that_is_added_begins_with_the_same_person_and_number(bench: Bench) -> None:
    first = add(bench)

    assert bench.state.visit is State.SERVING
    assert bench.draft.visit_id != first
    assert bench.draft.applicant is not None
    assert bench.draft.ticket.number == "C018"
    assert (bench.draft.item_id, bench.draft.beside) == ("", first)
    assert bench.state.open_step is Step.IDENTITY
    assert bench.centre.of("finish") == bench.centre.of("hold") == []
    assert bench.state.held == (), "it waits beside this one, it is not on hold"


def test_when_the_added_item_ends_the_first_goes_on_where_it_stood(bench: Bench) -> None:
    first = add(bench)
    bench.desk.end_unfiled("not_here")
    bench.settle()

    assert bench.state.visit is State.SERVING
    assert bench.draft.visit_id == first
    assert bench.state.open_step is Step.FORM
    assert bench.draft.values["scope"].text == "小吃服务"
    assert bench.said == "several.back"
    assert bench.centre.of("finish") == []
    assert reports(bench) == [("unfiled", True)]

    bench.desk.end_unfiled("gave_up")
    bench.settle()
    assert bench.state.visit.value == "idle"
    assert len(bench.centre.of("finish")) == 1
    assert reports(bench) == [("unfiled", True), ("unfiled", False)]


def test_both_items_are_accepted_each_with_its_number_and_f2_leads_to_the_one_that_waits(bench: Bench) -> None:
    first = add(bench)
    bench.desk.next_step()
    bench.settle()
    for do in (bench.choose, bench.fill, bench.collect):
        do()
        bench.desk.next_step()
        bench.settle()
    bench.sign()
    bench.submit()
    second_no = bench.draft.case_no
    bench.desk.call_next()
    bench.settle()

    assert bench.draft.visit_id == first
    assert bench.centre.of("call") == [{"fence": 0, "close": ""}], "nobody else was called"
    bench.fill()
    bench.desk.next_step()
    bench.settle()
    bench.collect()
    bench.desk.next_step()
    bench.settle()
    bench.sign()
    bench.submit()
    assert bench.draft.case_no not in {"", second_no}
    bench.desk.finish()
    bench.settle()
    assert bench.state.visit.value == "idle"
    assert reports(bench) == [("filed", True), ("filed", False)]
    assert len(bench.printer.printed) == 2
    assert len(bench.centre.of("finish")) == 1


def test_a_crash_finds_both(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        first = add(bench)
        second = bench.draft.visit_id
    with Bench(tmp_path) as again:
        assert again.state.recovered == second
        again.desk.go_on(yes=True)
        again.settle()
        again.desk.end_unfiled("gave_up")
        again.settle()
        assert again.draft.visit_id == first
        assert again.draft.values["scope"].text == "小吃服务"


def test_an_added_item_may_be_held_and_the_first_still_follows_it(bench: Bench) -> None:
    first = add(bench)
    second = bench.draft.visit_id
    bench.desk.hold("去复印")
    bench.settle()
    assert bench.state.visit is State.IDLE
    bench.desk.resume(second)
    bench.settle()
    bench.desk.end_unfiled("gave_up")
    bench.settle()

    assert bench.draft.visit_id == first


def test_nobody_known_yet_gets_no_second_item(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.serve_without_ticket()
    bench.settle()
    before = bench.draft.visit_id
    bench.desk.serve_without_ticket()

    assert bench.draft.visit_id == before
    assert bench.said == "several.nobody"


def test_a_disk_that_refuses_leaves_the_item_open(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    before = bench.draft
    with bench.held_by_another():
        bench.desk.serve_without_ticket()

    assert bench.draft.visit_id == before.visit_id
    assert bench.state.visit is State.SERVING
    assert bench.said.startswith("store.")
