from pathlib import Path
from threading import Event

import msgspec
import pytest

from tests.desk import Bench, sheet
from window_client.central import contract
from window_client.domain.visit import State, Step
from window_client.reception.holding import LONGEST_REASON, is_held, minutes_between


def serve(bench: Bench) -> None:
    bench.up_to(Step.FORM)


def held_numbers(bench: Bench) -> list[tuple[str, str]]:
    return [(row.number, row.reason) for row in bench.state.held]


def test_a_held_visit_leaves_the_window_idle_and_its_draft_on_disk(bench: Bench) -> None:
    serve(bench)
    bench.desk.set_field("scope", "小吃服务")
    visit = bench.draft.visit_id
    bench.desk.hold("回去取材料")
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.state.draft is None
    assert bench.said == "hold.done"
    kept = bench.store.drafts.open_drafts()[0]
    assert (kept.visit_id, kept.state, kept.held_reason) == (visit, State.HELD, "回去取材料")
    assert is_held(kept)
    assert kept.values["scope"].text == "小吃服务"
    assert bench.centre.of("hold") == [{"fence": 1, "reason": "回去取材料"}]
    assert held_numbers(bench) == [("C018", "回去取材料")]
    assert bench.state.held[0].about == "李* · 个体工商户设立登记"


def test_a_held_visit_is_no_draft_of_my_open_items(bench: Bench) -> None:
    serve(bench)
    bench.desk.hold("去缴费")

    assert bench.state.today.drafts == ()


def test_the_next_number_is_called_while_one_is_held_and_the_held_one_goes_on_where_it_stood(bench: Bench) -> None:
    serve(bench)
    bench.desk.set_field("scope", "小吃服务")
    visit = bench.draft.visit_id
    bench.desk.hold("去缴费")
    bench.settle()
    bench.call()
    assert bench.state.ticket is not None
    assert bench.state.ticket.number == "C019"
    bench.desk.no_show()
    bench.settle()

    bench.desk.resume(visit)
    bench.settle()

    assert bench.state.visit is State.SERVING
    assert bench.state.open_step is Step.FORM
    assert bench.draft.visit_id == visit
    assert bench.draft.values["scope"].text == "小吃服务"
    assert (bench.draft.state, bench.draft.held_at, bench.draft.held_reason) == (State.SERVING, "", "")
    assert bench.on_disk().state is State.SERVING
    assert bench.state.held == ()
    assert [body["number"] for body in bench.centre.of("call-number")] == ["C018"]


def test_holding_and_resuming_need_no_line(bench: Bench) -> None:
    serve(bench)
    visit = bench.draft.visit_id
    bench.centre.down = True
    bench.desk.hold("等部门答复")
    bench.settle()
    assert bench.state.visit is State.IDLE

    bench.desk.resume(visit)
    bench.settle()
    assert bench.state.visit.value == "serving"
    assert bench.draft.visit_id == visit


def test_a_hold_that_could_not_be_told_is_told_with_the_next_picture(bench: Bench) -> None:
    serve(bench)
    bench.centre.down = True
    bench.desk.hold("去复印")
    bench.settle()
    bench.centre.down = False
    there = msgspec.structs.replace(bench.centre.new_ticket("C018"), state=contract.TicketState.SERVING)
    bench.centre.answers["queue"] = bench.centre.picture(serving=there)
    asked = len(bench.centre.of("hold"))
    bench.desk.queue_changed()
    bench.until(lambda: len(bench.centre.of("hold")) > asked, "told")
    del bench.centre.answers["queue"]
    bench.settle()

    assert bench.centre.of("hold")[-1] == {"fence": 1, "reason": "去复印"}


def test_calling_holds_a_number_first_that_the_service_still_has_at_this_window(bench: Bench) -> None:
    serve(bench)
    bench.centre.down = True
    bench.desk.hold("去复印")
    bench.settle()
    bench.centre.down = False
    bench.centre.refuse["call"] = ["window_busy"]
    there = msgspec.structs.replace(bench.centre.new_ticket("C018"), state=contract.TicketState.SERVING)
    centre = bench.centre
    told = len(centre.of("hold"))
    centre._queue = lambda _: centre.picture(serving=there if len(centre.of("hold")) == told else None)  # type: ignore[method-assign]
    bench.desk.call_next()
    bench.until(lambda: bench.state.visit is State.CALLING, "called")

    assert bench.state.ticket is not None
    assert bench.state.ticket.number == "C019"
    assert [body["close"] for body in bench.centre.of("call")[-2:]] == ["", ""], "the held number was seen off"


def test_a_resume_that_could_not_be_told_is_told_with_the_next_picture(bench: Bench) -> None:
    serve(bench)
    visit = bench.draft.visit_id
    bench.desk.hold("去缴费")
    bench.settle()
    bench.centre.down = True
    bench.desk.resume(visit)
    bench.settle()
    bench.centre.down = False
    held = msgspec.structs.replace(bench.centre.new_ticket("C018"), state=contract.TicketState.HELD)
    bench.centre.answers["queue"] = bench.centre.picture(held=(held,))
    before = len(bench.centre.of("call-number"))
    bench.desk.queue_changed()
    bench.until(lambda: len(bench.centre.of("call-number")) > before, "told")
    del bench.centre.answers["queue"]
    bench.settle()

    assert bench.centre.of("call-number")[-1]["number"] == "C018"
    assert bench.draft.ticket.fence == bench.centre.fence


def test_a_number_that_only_the_service_holds_is_listed_and_called_back(bench: Bench) -> None:
    held = msgspec.structs.replace(bench.centre.new_ticket("C012"), note="回家取租赁合同", waited_minutes=14)
    bench.centre.answers["queue"] = bench.centre.picture(held=(held,))
    bench.desk.queue_changed()
    bench.settle()
    assert held_numbers(bench) == [("C012", "回家取租赁合同")]
    assert (bench.state.held[0].visit_id, bench.state.held[0].minutes) == ("", 14)

    bench.desk.resume("C012")
    bench.settle()
    assert [body["number"] for body in bench.centre.of("call-number")] == ["C012"]


def test_a_walk_in_without_a_number_is_held_without_telling_anybody(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.serve_without_ticket()
    bench.settle()
    bench.identify()
    bench.desk.hold("去缴费")
    bench.settle()

    assert bench.centre.of("hold") == []
    assert held_numbers(bench) == [("", "去缴费")]


def test_a_held_visit_survives_a_restart(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        serve(bench)
        visit = bench.draft.visit_id
        bench.desk.hold("等委托人或家人")
        bench.settle()
    with Bench(tmp_path) as again:
        assert again.state.recovered == ""
        assert held_numbers(again) == [("C018", "等委托人或家人")]
        again.desk.resume(visit)
        again.settle()
        assert again.state.open_step is Step.FORM
        assert again.draft.applicant is not None


def test_a_disk_that_refuses_keeps_the_visit_open(bench: Bench) -> None:
    serve(bench)
    with bench.held_by_another():
        bench.desk.hold("去缴费")

    assert bench.state.visit is State.SERVING
    assert bench.said.startswith("store.")
    bench.settle()
    assert bench.centre.of("hold") == []


@pytest.mark.parametrize("step", ["idle", "calling", "accepted"])
def test_what_is_not_being_served_cannot_be_held(bench: Bench, step: str) -> None:
    if step == "calling":
        bench.call()
    elif step == "accepted":
        bench.up_to(Step.SUBMIT)
        bench.submit()
    before = bench.state.visit
    bench.desk.hold("去缴费")

    assert bench.state.visit is before
    assert not any(is_held(draft) for draft in bench.store.drafts.open_drafts())


def test_pages_on_their_way_are_waited_for(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.choose_row("SC-MKT-001-M01")
    bench.scanner.hold = Event()
    bench.scanner.feeder = [sheet(1), sheet(2)]
    bench.desk.feed()
    bench.desk.hold("去缴费")
    assert bench.said == "materials.pages_coming"
    assert bench.state.visit is State.SERVING

    bench.scanner.hold.set()
    bench.until(lambda: bench.state.materials is not None and not bench.state.materials.feeding, "fed")
    bench.settle()
    bench.desk.hold("去缴费")
    assert bench.state.visit.value == "idle"


def test_a_reason_is_one_line(bench: Bench) -> None:
    serve(bench)
    bench.desk.hold("  " + "很" * 90)

    assert bench.state.held[0].reason == "很" * LONGEST_REASON


def test_minutes_never_run_backwards(bench: Bench) -> None:
    assert minutes_between("", bench.now) == 0
    assert minutes_between(bench.now.isoformat(), bench.now) == 0
    later = bench.now
    bench.pass_time(130)
    assert minutes_between(later.isoformat(), bench.now) == 2
    assert minutes_between(bench.now.isoformat(), later) == 0
