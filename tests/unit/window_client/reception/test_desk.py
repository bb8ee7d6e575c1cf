from pathlib import Path

import pytest

from tests.desk import CARD, ITEM, Bench, documents, sheet
from window_client.central import contract
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, Clerk, PrintState, Reading
from window_client.store.outbox import Message, MessageState


def end(bench: Bench) -> None:
    """The process is gone: nothing of the visit is ended."""
    bench.__exit__(None, None, None)


# ---- the day begins


def test_a_clerk_who_sits_down_sees_the_hall_the_queue_and_the_day(bench: Bench) -> None:
    state = bench.state
    assert state.clerk is not None
    assert (state.hall_name, state.window_no, state.catalogue_version) == ("绵阳市政务服务中心", 12, "2")
    assert state.window_title
    assert state.queue.online
    assert (state.today.done, state.today.average_seconds, state.today.deferred) == (4, 600, 1)
    assert state.today.notices == (("今天下午两点停电", bench.now.isoformat()),)
    assert {row.kind for row in state.devices} == {"id_card", "scanner", "camera", "printer", "display"}


def test_without_a_catalogue_and_a_line_the_desk_opens_all_the_same(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", catalogue=False) as bench:
        assert (bench.state.hall_name, bench.state.catalogue_version) == ("", "")

        bench.shelf.take(documents())
        bench.desk.catalogue_changed()

        assert bench.state.hall_name == "绵阳市政务服务中心"


def test_a_catalogue_that_comes_during_a_visit_is_looked_up_at_once(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", catalogue=False) as bench:
        bench.call()
        bench.identify()
        bench.desk.choose_item(ITEM)
        assert bench.state.item is None

        bench.shelf.take(documents())
        bench.desk.catalogue_changed()
        bench.desk.choose_item(ITEM)

        assert bench.state.item is not None


# ---- after a crash


@pytest.mark.parametrize("step", [Step.ITEM, Step.FORM, Step.MATERIALS, Step.CONFIRM])
def test_a_visit_comes_back_after_a_crash_at_its_step(bench: Bench, tmp_path: Path, step: Step) -> None:
    bench.up_to(step)
    draft = bench.draft
    end(bench)

    with Bench(tmp_path / "store") as again:
        assert again.state.recovered == draft.visit_id
        assert again.state.today.drafts[0][1].startswith("李*")
        again.desk.go_on(yes=True)
        again.settle()

        assert again.state.visit is State.SERVING
        assert again.state.open_step is step
        assert again.draft.values == draft.values
        assert again.draft.checklist == draft.checklist
        assert again.draft.case_id == draft.case_id
        assert again.state.identity.reading is Reading.READ
        assert again.state.identity.lookup == "done"
        assert again.state.recovered == ""


def test_a_number_that_was_only_called_comes_back_as_called(bench: Bench, tmp_path: Path) -> None:
    bench.call()
    end(bench)

    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=True)

        assert again.state.visit is State.CALLING
        assert again.draft.ticket.number == "C018"


def test_the_pages_of_a_visit_that_came_back_have_their_thumbnails(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.MATERIALS)
    bench.feed(sheet())
    page = bench.draft.checklist.rows[0].pages[0]
    end(bench)

    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=True)
        assert again.desk.thumbnail(page.digest) is None
        again.settle()

        thumbnail = again.desk.thumbnail(page.digest)
        assert thumbnail == again.store.pages.read(page.thumbnail)


def test_who_does_not_go_on_finds_the_visit_among_the_drafts(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.FORM)
    visit_id = bench.draft.visit_id
    end(bench)

    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=False)
        assert again.state.visit is State.IDLE
        assert [row[0] for row in again.state.today.drafts] == [visit_id]
        assert again.store.drafts.open_drafts()[0].state is State.HELD
        again.desk.resume_draft(visit_id)
        again.settle()
        assert again.state.open_step is Step.FORM


def test_a_visit_that_was_put_off_is_not_offered_again(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.FORM)
    end(bench)
    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=False)

    with Bench(tmp_path / "store") as third:
        assert third.state.recovered == ""
        assert len(third.state.today.drafts) == 1


def test_an_accepted_visit_that_is_not_gone_on_with_is_over(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    end(bench)

    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=False)

        assert again.store.drafts.open_drafts() == []
        assert again.outbox().count("case") == 1


def test_an_accepted_visit_comes_back_with_its_receipt(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    case_no = bench.draft.case_no
    end(bench)

    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=True)
        again.settle()

        assert again.state.visit is State.SUBMITTED
        assert again.desk.copy_case_no() == case_no
        assert again.state.receipt.state is PrintState.CONFIRMED
        assert again.printer.printed == [], "it is not printed a second time"


def test_a_draft_cannot_be_opened_while_somebody_is_here_or_called(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.FORM)
    visit_id = bench.draft.visit_id
    end(bench)
    with Bench(tmp_path / "store") as again:
        again.desk.go_on(yes=False)
        again.desk.call_next()

        again.desk.resume_draft(visit_id)
        again.settle()

        assert again.state.visit is State.CALLING
        assert again.draft.visit_id != visit_id
        again.desk.resume_draft(visit_id)
        assert again.draft.visit_id != visit_id


def test_a_draft_that_is_not_there_is_not_opened(bench: Bench) -> None:
    bench.desk.resume_draft("no-such-visit")

    assert bench.state.visit is State.IDLE


# ---- steps


def test_only_steps_that_were_reached_can_be_opened(bench: Bench) -> None:
    bench.up_to(Step.FORM)

    bench.desk.open_step(Step.CONFIRM)
    bench.desk.open_step(Step.SUBMIT)
    assert bench.state.open_step is Step.FORM
    bench.desk.open_step(Step.IDENTITY)
    assert (bench.state.open_step, bench.state.step) == (Step.IDENTITY, Step.FORM)

    bench.desk.next_step()
    assert (bench.state.open_step, bench.draft.step) == (Step.ITEM, Step.FORM), "a step that was reached stays reached"


def test_what_is_missing_holds_the_step_and_is_gone_to(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.choose_row(f"{ITEM}-M07")

    bench.desk.next_step()

    assert bench.state.open_step is Step.MATERIALS
    assert bench.draft.current_material == f"{ITEM}-M01"


def test_what_is_missing_in_an_earlier_step_is_gone_to_from_a_later_one(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.set_contact("phone", "")

    bench.desk.next_step()

    assert bench.state.open_step is Step.IDENTITY


def test_no_step_is_opened_while_nobody_is_served(bench: Bench) -> None:
    bench.desk.open_step(Step.IDENTITY)
    bench.desk.next_step()
    bench.desk.go_to_missing()
    bench.desk.save_draft()

    assert bench.state.visit is State.IDLE
    assert bench.said == ""


# ---- news from outside


def test_a_line_that_goes_makes_the_queue_an_old_one(bench: Bench) -> None:
    bench.desk.network_changed(online=True, latency_ms=12, offset_s=0.2)
    since = bench.state.network.since
    bench.pass_time(30)

    bench.desk.network_changed(online=True, latency_ms=15, offset_s=0.2)
    assert bench.state.network.since == since
    bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.2)

    assert not bench.state.queue.online
    assert bench.state.network.since == bench.now
    assert bench.state.network.clock_offset_s == 0.2


def test_the_second_screen_stands_before_the_number_display(bench: Bench) -> None:
    bench.desk.second_screen_changed(there=False)

    kinds = [row.kind for row in bench.state.devices]
    assert kinds.index("applicant_screen") == kinds.index("display") - 1
    pill = next(row for row in bench.state.devices if row.kind == "applicant_screen")
    assert (pill.state, pill.code) == ("offline", "absent")
    bench.desk.second_screen_changed(there=True)
    pill = next(row for row in bench.state.devices if row.kind == "applicant_screen")
    assert (pill.state, pill.code) == ("ready", "")


def test_what_the_courier_delivered_is_shown_with_the_result(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    assert bench.state.result is not None
    assert bench.state.result.delivery == "waiting"
    assert bench.state.outbox.waiting > 0
    case_id = bench.draft.case_id

    for message in bench.store.outbox.due(now=bench.now, limit=100):
        bench.store.outbox.delivered(message.id)
    for message in bench.store.outbox.due(now=bench.now, limit=100):
        bench.store.outbox.delivered(message.id)
    bench.store.cases.mark_delivered(case_id, "N1", "RECEIVED", bench.now.isoformat())
    bench.desk.outbox_changed()

    assert (bench.state.result.delivery, bench.state.outbox.waiting) == ("delivered", 0)
    bench.desk.case_changed(case_id, "ACCEPTED", bench.now.isoformat())
    assert bench.state.result.central_state == "ACCEPTED"


def test_what_was_set_aside_is_shown_and_tried_again_when_the_clerk_says_so(bench: Bench) -> None:
    message = Message("visit-1", "visit", b"{}")
    bench.store.outbox.put(message, now=bench.now)
    bench.store.outbox.set_aside(message.id, "bad_request")
    bench.desk.outbox_changed()
    assert (bench.state.outbox.waiting, bench.state.outbox.set_aside) == (0, 1)
    assert [(row.set_aside, row.reason) for row in bench.state.outbox.rows] == [(True, "bad_request")]

    bench.desk.retry_outbox()

    assert (bench.state.outbox.waiting, bench.state.outbox.set_aside) == (1, 0)
    assert [row.state for row in bench.store.outbox.list()] == [MessageState.WAITING]
    assert bench.woken == 1


def test_open_items_of_the_centre_are_listed(bench: Bench) -> None:
    bench.centre.answers["today"] = contract.WindowToday(
        12, 7, 480, 2, (contract.OpenItem("correction", 2, "C011", "王*", "设立登记", note="补签名"),)
    )

    bench.desk.refresh_today()
    bench.settle()

    assert bench.state.today.open_items == (("correction", 2, "C011 王* · 设立登记", "补签名"),)
    assert bench.state.today.done == 7


# ---- small things


def test_the_finder_finds_by_initials(bench: Bench) -> None:
    hits = bench.desk.search("gtgsh", 5)

    assert ITEM in {hit.item_id for hit in hits}
    item = bench.desk.item(ITEM)
    assert item is not None
    assert item.name == "个体工商户设立登记"


def test_a_draft_is_saved_when_asked_and_said_so(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.pass_time(30)

    bench.desk.save_draft()

    assert bench.said == "draft.saved"
    assert bench.on_disk().saved_at == bench.now.isoformat()


def test_a_mistake_of_the_program_is_told_with_its_reference_and_frees_the_keys(bench: Bench) -> None:
    bench.desk.call_next()

    bench.desk.tell_bug("R-17")

    assert bench.state.busy == ""
    assert bench.state.say is not None
    assert (bench.state.say.code, bench.state.say.args, bench.state.say.bad) == ("bug", {"reference": "R-17"}, True)
    bench.settle()


def test_without_an_acceptance_there_is_no_number_to_copy(bench: Bench) -> None:
    bench.up_to(Step.FORM)

    assert bench.desk.copy_case_no() == ""


def test_at_the_end_nothing_of_the_person_is_left_in_the_state(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()

    bench.desk.finish()
    bench.settle()

    assert bench.state.applicant.page is ApplicantPage.BLANK
    left = repr(bench.state)
    for personal in (CARD.name, CARD.id_no, CARD.address, "13800005521"):
        assert personal not in left


def test_somebody_else_may_sit_down(bench: Bench) -> None:
    bench.desk.sign_in(Clerk("1204", "赵敏", ("clerk",)))
    bench.settle()

    bench.call()

    assert bench.draft.clerk == "1204"


def test_a_draft_that_the_disk_refuses_to_open_leaves_the_window_idle(bench: Bench, tmp_path: Path) -> None:
    bench.up_to(Step.FORM)
    visit_id = bench.draft.visit_id
    end(bench)
    with Bench(tmp_path / "store") as again:
        with again.held_by_another():
            again.desk.go_on(yes=False)
            assert (again.said, again.state.recovered) == ("store.occupied", visit_id)
            again.desk.go_on(yes=True)
            assert (again.state.visit, again.state.draft) == (State.IDLE, None)
        again.desk.resume_draft(visit_id)
        assert again.state.visit is State.SERVING
