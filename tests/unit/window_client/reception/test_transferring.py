from datetime import UTC, datetime, timedelta

import msgspec

from tests.desk import NOW, Bench
from window_client.central import contract
from window_client.domain.material import all_pages
from window_client.domain.visit import State, Step
from window_client.reception.transferring import choices


def report(bench: Bench) -> contract.VisitReport:
    row = next(row for row in bench.store.outbox.list() if row.kind == "visit")
    message = next(m for m in bench.store.outbox.due(NOW.replace(year=2027)) if m.id == row.id)
    return msgspec.json.decode(message.body, type=contract.VisitReport)


def test_the_windows_are_listed_with_what_they_serve_and_how_many_wait(bench: Bench) -> None:
    bench.call()
    bench.desk.look_for_windows()
    assert bench.state.transfer.status == "asking"
    bench.settle()

    shown = bench.state.transfer
    assert shown.status == "ready"
    assert [(row.no, row.waiting, row.fits, row.categories) for row in shown.windows] == [
        (13, 4, True, ("C", "E")),
        (11, 6, False, ("A",)),
    ]


def test_a_called_number_goes_on_without_a_report(bench: Bench) -> None:
    bench.call()
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(13, "请看看材料")
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.centre.of("transfer") == [{"fence": 1, "category": "C", "window": 13, "note": "请看看材料"}]
    assert bench.outbox() == []
    assert bench.store.drafts.open_drafts() == []
    assert bench.said == "transfer.done"
    assert bench.state.transfer.windows == ()


def test_a_visit_that_is_sent_on_ends_here_with_a_report(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(13)
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.store.drafts.open_drafts() == []
    told = report(bench)
    assert (told.outcome, told.ticket, told.case_id) == ("transferred", "C018", "")


def test_a_window_that_does_not_serve_the_category_gets_the_number_in_one_of_its_own(bench: Bench) -> None:
    bench.call()
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(11)
    bench.settle()

    assert bench.centre.of("transfer")[0]["category"] == "A"


def test_without_the_line_the_number_stays_and_the_clerk_is_told(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.centre.down = True
    bench.desk.look_for_windows()
    bench.settle()

    assert bench.state.transfer.status == "away"
    assert bench.state.visit is State.SERVING


def test_a_line_that_goes_while_sending_leaves_the_visit_open(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.desk.look_for_windows()
    bench.settle()
    bench.centre.down = True
    bench.desk.transfer(13)
    assert bench.state.busy == "transferring"
    bench.settle()

    assert bench.state.busy == ""
    assert bench.state.visit is State.SERVING
    assert bench.state.transfer.status == "away"
    assert bench.said == "central.unavailable"
    assert bench.on_disk().applicant is not None


def test_a_number_that_the_service_does_not_know_cannot_be_sent_on(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.call_number("C077")
    bench.settle()
    bench.centre.down = False
    bench.desk.look_for_windows()
    bench.settle()

    assert bench.state.transfer.status == "local"
    bench.desk.transfer(13)
    bench.settle()
    assert bench.centre.of("transfer") == []


def test_a_refusal_shows_the_windows_anew(bench: Bench) -> None:
    bench.call()
    bench.desk.look_for_windows()
    bench.settle()
    bench.centre.refuse["transfer"] = ["nobody_serves"]
    bench.desk.transfer(13)
    bench.settle()

    assert bench.state.visit is State.CALLING
    assert bench.said == "central.nobody_serves"
    assert len(bench.centre.of("hall")) == 2


def test_nothing_is_sent_to_a_window_that_was_not_listed(bench: Bench) -> None:
    bench.call()
    bench.desk.transfer(13)
    bench.settle()

    assert bench.centre.of("transfer") == []
    assert bench.state.visit is State.CALLING


def test_a_disk_that_refuses_keeps_the_draft(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(13)
    bench.answered("transfer")
    with bench.held_by_another():
        bench.settle()

    assert bench.state.visit is State.SERVING
    assert bench.said.startswith("store.")


def test_a_number_that_came_from_another_window_says_so(bench: Bench) -> None:
    ticket = msgspec.structs.replace(
        bench.centre.new_ticket("C044"), came_from=13, note="材料已看过", booked_at="10:30"
    )
    bench.centre.answers["call"] = contract.Called(1, 2, ticket)
    bench.call()

    assert bench.state.ticket is not None
    assert (bench.state.ticket.came_from, bench.state.ticket.note) == (13, "材料已看过")
    assert bench.state.ticket.booked_at == "10:30"
    assert bench.on_disk().ticket.came_from == 13


def test_open_windows_that_serve_the_category_come_first_and_paused_ones_behind_them() -> None:
    def window(no: int, state: str, waiting: int, *codes: str) -> contract.WindowPicture:
        back = "2026-11-24T10:30:00+08:00" if state == "paused" else ""
        return contract.WindowPicture(no, f"{no}", "", state, categories=codes, waiting=waiting, back_at=back)

    rows = (
        window(1, "idle", 0, "A"),
        window(2, "paused", 0, "C"),
        window(3, "serving", 5, "C"),
        window(4, "serving", 2, "A", "C"),
        window(5, "closed", 0, "C"),
        window(6, "idle", 0),
        window(12, "serving", 1, "C"),
    )
    picture = contract.HallPicture(1, "", 0, (), (), rows)

    found = choices(picture, 12, "C")
    assert [row.no for row in found] == [4, 3, 2, 1]
    assert found[2].back_at is not None


def test_nothing_is_accepted_while_its_number_is_on_the_way_to_another_window(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(13)
    bench.desk.next_step()
    meanwhile = bench.state.visit
    bench.settle()

    assert meanwhile is State.SERVING
    assert bench.state.visit is State.IDLE
    assert report(bench).outcome == "transferred"
    assert bench.store.cases.recent() == []


def test_what_was_signed_and_scanned_does_not_travel_and_its_pages_go_with_the_sweep(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    signature = bench.draft.signature
    pages = {page.digest for page in all_pages(bench.draft.checklist)}
    assert signature is not None
    assert pages
    visit_id = bench.draft.visit_id
    bench.desk.look_for_windows()
    bench.settle()
    bench.desk.transfer(13, "少一份材料")
    bench.settle()

    told = report(bench)
    assert (told.visit_id, told.outcome, told.case_id, told.reason) == (visit_id, "transferred", "", "")
    assert bench.outbox() == ["visit"]
    assert bench.store.drafts.open_drafts() == []
    assert bench.store.journal.verify().ok
    assert {*pages, signature.picture} <= bench.store.pages.digests(), "they wait for the sweep"
    bench.store.purge(delivered_before=datetime.now(UTC) + timedelta(hours=1))
    assert bench.store.pages.digests() == set()
