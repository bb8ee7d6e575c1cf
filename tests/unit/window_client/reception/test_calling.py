from datetime import timedelta

import msgspec
import pytest

from tests.desk import NOW, Bench
from window_client.central import contract
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, DeviceView, Reading

# ---- the next number


def test_the_next_number_is_called_shown_and_counted_as_once(bench: Bench) -> None:
    bench.call()

    assert bench.state.visit is State.CALLING
    assert bench.state.busy == ""
    ticket = bench.state.ticket
    assert ticket is not None
    assert (ticket.number, ticket.category_name, ticket.calls) == ("C018", "市场准入", 1)
    assert (ticket.waited_minutes, ticket.usual_minutes) == (6, 14)
    assert bench.state.applicant.page is ApplicantPage.WELCOME
    assert bench.on_disk().ticket.number == "C018"
    bench.until(lambda: bench.display.shown[-1:] == [("C018", "WINDOW 12")], "number on the display")


def test_while_an_answer_is_awaited_nothing_else_is_asked(bench: Bench) -> None:
    bench.desk.call_next()
    assert bench.state.busy == "calling"

    bench.desk.call_next()
    bench.desk.call_number("C030")
    bench.desk.serve_without_ticket()
    bench.settle()

    assert [body["fence"] for body in bench.centre.of("call")] == [0]
    assert bench.centre.of("call-number") == bench.centre.of("walk-in") == []
    assert bench.state.visit is State.CALLING


def test_an_empty_queue_is_no_error(bench: Bench) -> None:
    bench.centre.refuse["call"] = ["queue_empty"]

    bench.call()

    assert bench.said == "queue.empty"
    assert bench.state.say is not None
    assert not bench.state.say.bad
    assert bench.state.visit is State.IDLE


def test_an_answer_without_a_number_is_an_empty_queue_too(bench: Bench) -> None:
    bench.centre.answers["call"] = contract.Called(1, 0)

    bench.call()

    assert bench.said == "queue.empty"
    assert bench.state.visit is State.IDLE


def test_a_late_answer_with_an_older_fence_is_dropped(bench: Bench) -> None:
    bench.centre.answers["call"] = contract.Called(5, 2, bench.centre.new_ticket("C099"))
    bench.desk.call_next()
    bench.answered("call")

    bench.desk._calling.present_queue(bench.centre.picture(fence=9))
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.state.draft is None
    assert bench.state.busy == ""


def test_the_next_question_carries_the_newest_fence(bench: Bench) -> None:
    bench.call()
    bench.desk.no_show()
    bench.settle()
    bench.call()

    assert [body["fence"] for body in bench.centre.of("call")] == [0, 1]
    assert bench.centre.of("no-show") == [{"fence": 1, "reason": ""}]


def test_without_a_line_the_clerk_is_told_and_may_call_again(bench: Bench) -> None:
    bench.centre.down = True
    bench.call()
    assert bench.said == "central.unavailable"
    assert bench.state.draft is None

    bench.centre.down = False
    bench.call()
    assert bench.state.visit is State.CALLING


def test_another_refusal_is_told_by_its_code(bench: Bench) -> None:
    bench.centre.refuse["call"] = ["window_closed"]

    bench.call()

    assert bench.said == "central.window_closed"
    assert len(bench.centre.of("call")) == 1


# ---- where the centre's idea of the window is another one


def test_a_stale_call_is_put_right_and_called_again_with_the_new_fence(bench: Bench) -> None:
    bench.centre.refuse["call"] = ["stale_call"]
    bench.centre.answers["queue"] = bench.centre.picture(fence=7)
    bench.centre.fence = 7

    bench.call()

    assert [(body["fence"], body["close"]) for body in bench.centre.of("call")] == [(0, ""), (7, "")]
    assert bench.draft.ticket.fence == 8


@pytest.mark.parametrize(
    ("state", "close"), [(contract.TicketState.SERVING, "done"), (contract.TicketState.HELD, "missed")]
)
def test_a_number_that_the_centre_still_has_here_is_closed_with_the_call(
    bench: Bench, state: contract.TicketState, close: str
) -> None:
    bench.centre.refuse["call"] = ["window_busy"]
    bench.centre.answers["queue"] = bench.centre.picture(fence=3, serving=bench.centre.new_ticket("C001", state=state))

    bench.call()

    assert [body["close"] for body in bench.centre.of("call")] == ["", close]
    assert bench.state.visit is State.CALLING


def test_a_call_whose_answer_was_lost_is_taken_up_again(bench: Bench) -> None:
    bench.centre.refuse["call"] = ["window_busy"]
    bench.centre.answers["queue"] = bench.centre.picture(fence=3, serving=bench.centre.new_ticket("C018"))

    bench.call()

    assert len(bench.centre.of("call")) == 1
    assert (bench.draft.ticket.number, bench.draft.ticket.fence) == ("C018", 3)


def test_when_it_stays_stale_the_picture_is_fetched_for_the_next_attempt(bench: Bench) -> None:
    bench.centre.refuse["call"] = ["stale_call", "stale_call"]
    bench.centre.fence = 4

    bench.call()
    assert bench.said == "central.stale_call"
    bench.call()

    assert [body["fence"] for body in bench.centre.of("call")] == [0, 4, 4]
    assert bench.state.visit is State.CALLING


# ---- again, nobody came


def test_a_recall_counts_and_is_shown_again(bench: Bench) -> None:
    bench.call()

    bench.desk.recall()
    bench.settle()
    bench.desk.recall()
    bench.settle()

    assert bench.state.ticket is not None
    assert bench.state.ticket.calls == bench.on_disk().ticket.calls == 3
    assert bench.said == "queue.recalled"
    assert bench.state.say is not None
    assert bench.state.say.args == {"n": "3"}
    bench.until(lambda: bench.display.shown.count(("C018", "WINDOW 12")) == 3, "shown again")


def test_a_recall_that_is_refused_leaves_the_count(bench: Bench) -> None:
    bench.call()
    bench.centre.refuse["recall"] = ["too_soon"]

    bench.desk.recall()
    bench.settle()

    assert bench.said == "central.too_soon"
    assert bench.draft.ticket.calls == 1
    assert bench.state.busy == ""


def test_nothing_is_recalled_while_nobody_is_called(bench: Bench) -> None:
    bench.desk.recall()
    bench.desk.no_show()
    bench.settle()

    assert bench.centre.of("recall") == bench.centre.of("no-show") == []


def test_when_nobody_came_the_window_is_idle_and_nothing_is_kept(bench: Bench) -> None:
    bench.call()

    bench.desk.no_show()
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.state.idle_since == NOW
    assert bench.store.drafts.open_drafts() == []
    assert bench.state.applicant.page is ApplicantPage.BLANK
    bench.until(lambda: bench.display.shown[-1] == ("", "WINDOW 12"), "number gone")


# ---- a typed number


def test_a_typed_number_is_called_by_the_centre(bench: Bench) -> None:
    bench.desk.call_number("  c031 ")
    bench.settle()

    assert bench.centre.of("call-number")[0]["number"] == "C031"
    assert bench.draft.ticket.number == "C031"
    assert not bench.draft.ticket.local


def test_an_empty_number_is_not_called(bench: Bench) -> None:
    bench.desk.call_number("   ")

    assert bench.state.busy == ""


def test_a_typed_number_without_a_line_is_served_on_the_windows_own_word(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.call_number("c031")
    bench.settle()

    assert bench.state.visit is State.CALLING
    assert (bench.draft.ticket.number, bench.draft.ticket.local, bench.draft.ticket.calls) == ("C031", True, 1)
    assert bench.said == "queue.local_number"
    bench.centre.asked.clear()
    bench.desk.recall()
    bench.desk.no_show()
    bench.settle()
    assert bench.centre.of("recall") == bench.centre.of("no-show") == [], "the centre knows nothing of it"


def test_a_number_that_the_centre_refuses_is_not_served_locally(bench: Bench) -> None:
    bench.centre.refuse["call-number"] = ["number_taken"]

    bench.desk.call_number("C031")
    bench.settle()

    assert bench.said == "central.number_taken"
    assert bench.state.visit is State.IDLE


def test_a_typed_number_that_is_here_already_is_taken_up(bench: Bench) -> None:
    bench.centre.refuse["call-number"] = ["window_busy"]
    bench.centre.answers["queue"] = bench.centre.picture(fence=3, serving=bench.centre.new_ticket("C031"))

    bench.desk.call_number("C031")
    bench.settle()

    assert len(bench.centre.of("call-number")) == 1
    assert bench.draft.ticket.number == "C031"


def test_a_typed_number_takes_the_place_of_another_one(bench: Bench) -> None:
    bench.centre.refuse["call-number"] = ["stale_call"]
    serving = bench.centre.new_ticket("C001", state=contract.TicketState.SERVING)
    bench.centre.answers["queue"] = bench.centre.picture(fence=3, serving=serving)

    bench.desk.call_number("C031")
    bench.settle()

    assert [(b["fence"], b["close"]) for b in bench.centre.of("call-number")] == [(0, ""), (3, "done")]


# ---- without a number


def test_a_walk_in_is_served_at_once_and_gets_its_number_when_the_answer_comes(bench: Bench) -> None:
    bench.desk.serve_without_ticket()

    assert bench.state.visit is State.SERVING
    assert bench.draft.ticket.local
    bench.settle()
    assert (bench.draft.ticket.number, bench.draft.ticket.local) == ("W001", False)
    assert bench.on_disk().ticket.number == "W001"


def test_a_walk_in_without_a_line_stays_local(bench: Bench) -> None:
    bench.centre.down = True

    bench.desk.serve_without_ticket()
    bench.settle()

    assert bench.state.visit is State.SERVING
    assert bench.draft.ticket.local
    assert bench.said == ""


def test_the_answer_for_a_walk_in_that_has_left_is_not_given_to_the_next_one(bench: Bench) -> None:
    bench.desk.serve_without_ticket()
    bench.answered("walk-in")
    bench.desk.end_unfiled()
    bench.centre.answers["walk-in"] = contract.Called(2, 2, bench.centre.new_ticket("W002"))
    bench.desk.serve_without_ticket()

    bench.settle()

    assert bench.draft.ticket.number == "W002"


def test_another_item_for_the_same_person_begins_with_who_that_is(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    first = bench.draft

    bench.desk.serve_without_ticket()
    bench.settle()

    assert bench.state.visit is State.SERVING
    assert bench.draft.visit_id != first.visit_id
    assert bench.draft.case_id != first.case_id
    assert bench.draft.applicant == first.applicant
    assert bench.draft.contact == first.contact
    assert (bench.draft.item_id, bench.draft.signature, bench.draft.case_no) == ("", None, "")
    assert bench.state.identity.reading is Reading.READ
    assert bench.state.result is None
    assert [row.visit_id for row in bench.store.drafts.open_drafts()] == [bench.draft.visit_id]
    assert bench.outbox().count("visit") == 1


def reports(bench: Bench) -> list[contract.VisitReport]:
    later = NOW + timedelta(days=1)
    found = [row for row in bench.store.outbox.due(later, 100) if row.kind == "visit"]
    return [msgspec.json.decode(row.body, type=contract.VisitReport) for row in found]


def test_the_number_is_done_after_the_last_item_and_not_before(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    first = bench.draft
    bench.desk.serve_without_ticket()
    bench.settle()
    assert bench.centre.of("finish") == []
    assert bench.draft.ticket == first.ticket
    bench.desk.end_unfiled("gave_up")
    bench.settle()

    told = reports(bench)
    assert [(row.outcome, row.more, row.ticket, row.reason) for row in told] == [
        ("filed", True, "C018", ""),
        ("unfiled", False, "C018", "gave_up"),
    ]
    assert len(bench.centre.of("finish")) == 1


def test_each_item_of_one_person_has_a_number_and_a_receipt_of_its_own(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    first = bench.draft.case_no
    bench.desk.serve_without_ticket()
    bench.settle()
    for do in (bench.choose, bench.fill, bench.collect, bench.sign):
        bench.desk.next_step()
        bench.settle()
        do()
    bench.submit()

    assert bench.state.visit in {State.SUBMITTED, State.RATING}
    assert bench.draft.case_no != first
    printed = [str(paper) for paper in bench.printer.printed]
    assert len(printed) == 2
    assert first in printed[0]
    assert bench.draft.case_no in printed[1]


# ---- arriving and leaving


def test_the_centre_hears_that_the_person_is_here(bench: Bench) -> None:
    bench.call()

    bench.identify()

    assert bench.state.visit is State.SERVING
    assert bench.centre.of("arrive") == [{"fence": 1, "reason": ""}]


def test_a_visit_that_ends_unfiled_is_reported_and_forgotten(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)

    bench.desk.end_unfiled()
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.said == "visit.ended_unfiled"
    assert bench.store.drafts.open_drafts() == []
    state = bench.state
    assert (state.item, state.form, state.materials, state.missing, state.ticket) == (None, None, None, (), None)
    assert bench.centre.of("finish") == [{"fence": 1, "reason": ""}]
    report = _report(bench)
    assert (report.outcome, report.case_id, report.ticket, report.item_id) == ("unfiled", "", "C018", "SC-MKT-001")
    assert bench.woken == 1


def test_a_visit_that_was_not_accepted_cannot_be_finished(bench: Bench) -> None:
    bench.up_to(Step.ITEM)

    bench.desk.finish()

    assert bench.state.visit is State.SERVING


def test_calling_the_next_one_ends_a_finished_visit(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    case_id = bench.draft.case_id

    bench.call()

    assert bench.state.visit is State.CALLING
    assert bench.draft.ticket.number == "C019"
    assert bench.state.result is None
    report = _report(bench)
    assert (report.outcome, report.case_id) == ("filed", case_id)
    assert [body["fence"] for body in bench.centre.of("call")] == [0, 1]


def test_a_visit_with_a_local_number_is_reported_but_not_finished_at_the_centre(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.serve_without_ticket()
    bench.settle()

    bench.desk.end_unfiled()
    bench.settle()

    assert bench.centre.of("finish") == []
    assert bench.outbox() == ["visit"]


# ---- the queue


def test_the_picture_of_the_queue_is_shown_as_it_came(bench: Bench) -> None:
    ticket = bench.centre.new_ticket("C020", waited_minutes=9, booked_at="10:30", priority="senior")
    held = bench.centre.new_ticket("C011", note="去复印", waited_minutes=20)
    bench.centre.answers["queue"] = bench.centre.picture(
        categories=(contract.CategoryCount("C", "市场准入", "Business", 3, 12),),
        next=(ticket,),
        held=(held,),
        booking=contract.BookingSummary("b", "SC-MKT-001", "个体工商户设立登记", applicant="李*", usual_minutes=14),
    )

    bench.desk.queue_changed()
    bench.settle()

    queue = bench.state.queue
    assert queue.online
    assert (queue.waiting, queue.categories[0].longest_minutes) == (3, 12)
    assert (queue.next[0].number, queue.next[0].booked_at, queue.next[0].priority) == ("C020", "10:30", "senior")
    assert (queue.held[0].number, queue.held[0].reason, queue.held[0].minutes) == ("C011", "去复印", 20)
    assert queue.booking is not None
    assert queue.booking.applicant == "李*"


def test_a_display_that_comes_back_shows_the_number_again(bench: Bench) -> None:
    bench.call()
    bench.until(lambda: bench.display.shown[-1:] == [("C018", "WINDOW 12")], "shown")
    count = len(bench.display.shown)

    bench.desk._calling.display_back((DeviceView("display", "display", "offline", "absent", emulated=False),))
    bench.desk._calling.display_back((DeviceView("display", "display", "ready", "", emulated=False),))

    bench.until(lambda: len(bench.display.shown) == count + 1, "shown again")
    assert bench.display.shown[-1] == ("C018", "WINDOW 12")


def test_the_wait_is_told_from_when_the_number_was_taken(bench: Bench) -> None:
    taken = (NOW - timedelta(minutes=25)).isoformat()
    bench.centre.answers["call"] = contract.Called(1, 0, bench.centre.new_ticket("C018", taken_at=taken))

    bench.call()

    assert bench.state.ticket is not None
    assert bench.state.ticket.waited_minutes == 25


def _report(bench: Bench) -> contract.VisitReport:
    message = next(row for row in bench.store.outbox.due(now=bench.now) if row.kind == "visit")
    return msgspec.json.decode(message.body, type=contract.VisitReport)


# ---- a disk that refuses at the end of a visit


def test_a_visit_that_cannot_be_ended_on_disk_stays_open_and_says_why(bench: Bench) -> None:
    bench.call()
    bench.identify()
    visit_id = bench.on_disk().visit_id

    with bench.held_by_another():
        bench.desk.end_unfiled()

    assert bench.said == "store.occupied"
    assert bench.state.visit is State.SERVING
    assert bench.on_disk().visit_id == visit_id
    assert bench.store.outbox.counts().waiting == 0

    bench.desk.end_unfiled()
    bench.settle()
    assert bench.state.visit.value == "idle"
    assert bench.store.drafts.open_drafts() == []


def test_a_no_show_that_cannot_be_written_is_not_told_to_the_centre(bench: Bench) -> None:
    bench.call()

    with bench.held_by_another():
        bench.desk.no_show()
        bench.settle()

    assert bench.said == "store.occupied"
    assert bench.state.visit is State.CALLING
    assert bench.centre.of("no-show") == []


# ---- answers that come too late, and a disk that refuses


def test_a_visit_that_the_disk_refuses_does_not_begin_and_the_same_number_comes_again(bench: Bench) -> None:
    with bench.held_by_another():
        bench.call()
        assert (bench.state.visit, bench.state.draft, bench.state.busy) == (State.IDLE, None, "")
        assert bench.said == "store.occupied"
        bench.desk.serve_without_ticket()
        assert (bench.state.visit, bench.state.draft) == (State.IDLE, None)
        bench.settle()
        assert bench.centre.of("walk-in") == []

    bench.call()
    assert bench.state.visit is State.CALLING


def test_a_late_answer_to_a_recall_does_not_open_the_way_for_two_calls_at_once(bench: Bench) -> None:
    bench.call()
    bench.desk.recall()
    bench.desk.type_identity("张伟", "510799199001010014")
    bench.desk.type_identity("李明", "510799198806120017")
    before = bench.state.visit
    assert before is State.SERVING
    bench.desk.end_unfiled()
    bench.desk.call_next()
    assert bench.state.busy == "calling"
    bench.answered("recall")
    bench.desk.call_next()
    bench.settle()

    assert bench.state.visit is State.CALLING
    assert len(bench.centre.of("call")) == 2


def test_a_visit_without_a_number_is_on_disk_as_one_that_is_served(bench: Bench) -> None:
    bench.desk.serve_without_ticket()
    bench.settle()
    assert bench.on_disk() == bench.draft
    assert bench.on_disk().state is State.SERVING


def test_hundreds_of_events_at_once_are_two_questions_about_the_queue(bench: Bench) -> None:
    bench.settle()
    before = len(bench.centre.of("queue"))

    for _ in range(300):
        bench.desk.queue_changed()
    bench.settle()

    assert len(bench.centre.of("queue")) - before == 2, "the clerk's next call stood behind the others"
    bench.desk.queue_changed()
    bench.settle()
    assert len(bench.centre.of("queue")) - before == 3
