"""Whole visits on the whole system: the production app, a real central service, emulated devices on real ports."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import PNG, STROKES, Counter
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState, Reading

KINDS = ("id_card", "scanner", "printer", "display")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path, kinds=KINDS) as made:
        yield made


def test_a_visit_is_accepted_delivered_printed_and_rated(counter: Counter) -> None:
    counter.up_to(Step.SUBMIT)
    counter.submit()
    case_no = counter.state.result.case_no if counter.state.result else ""
    counter.printed()
    counter.until(lambda s: s.result is None or s.result.delivery == "delivered", "delivered")

    counter.desk.applicant_rates("VERY_SATISFIED")
    counter.until(lambda s: s.applicant.page is ApplicantPage.THANKS)
    counter.dispatcher.fire(5)
    counter.until(lambda s: s.visit is State.IDLE)
    counter.until(lambda s: s.outbox.waiting == 0, "everything delivered")

    cases = counter.app.client.cases(case_no=case_no).cases
    assert [case.state for case in cases] == ["ACCEPTED"]
    assert cases[0].pages == cases[0].pages_received > 0
    # it leaves the list when it goes to the printer, and lies on the tray a moment later
    printer = counter.world.emulators["printer"]
    counter.until(lambda _: json.loads(printer.request("GET", "/receipts")), "a receipt came out")
    receipts = json.loads(printer.request("GET", "/receipts"))
    assert len(receipts) == 1
    assert receipts[0]["barcodes"] == [case_no]
    assert case_no in receipts[0]["qr"][0]


def test_the_form_is_brought_in_as_the_picture_says(counter: Counter) -> None:
    counter.up_to(Step.MATERIALS)

    form = counter.state.form
    assert form is not None
    assert (form.filled, form.brought_in, form.typed) == (18, 15, 3)


def test_a_card_laid_early_is_not_taken(counter: Counter) -> None:
    counter.sign_in()
    counter.devices_ready("id_card")
    counter.world.emulators["id_card"].put("/card", {"id_no": "510799198806120017"})
    counter.settle(1.5)
    assert counter.state.draft is None

    counter.call()
    counter.settle(1.0)

    assert counter.state.identity.reading is Reading.NONE
    assert counter.state.draft is not None
    assert counter.state.draft.applicant is None


def test_changing_an_answer_never_loses_a_page(counter: Counter) -> None:
    counter.up_to(Step.MATERIALS)
    counter.desk.choose_row("SC-MKT-001-M03")
    counter.world.emulators["scanner"].put("/feeder", {"pages": 1})
    counter.desk.feed()
    counter.until(lambda s: s.materials and any(row.pages for row in s.materials.rows), "a page")

    counter.desk.open_step(Step.ITEM)
    counter.desk.answer("place", ("own",))

    materials = counter.state.materials
    assert materials is not None
    assert "SC-MKT-001-M03" not in {row.material_id for row in materials.rows}
    assert len(materials.unsorted) == 1
    counter.desk.open_step(Step.MATERIALS)
    counter.desk.move_page(materials.unsorted[0].digest, "SC-MKT-001-M04")
    assert counter.state.materials is not None
    assert not counter.state.materials.unsorted


def test_changing_a_shown_value_after_signing_asks_for_a_new_signature(counter: Counter) -> None:
    counter.up_to(Step.CONFIRM)
    counter.sign()

    counter.desk.open_step(Step.FORM)
    counter.desk.set_field("capital", "60000.00")
    counter.desk.open_step(Step.CONFIRM)

    assert counter.state.applicant.page is ApplicantPage.CHECK
    assert counter.state.draft is not None
    assert counter.state.draft.signature is None
    counter.desk.next_step()
    assert counter.state.visit is State.SERVING


def test_what_the_applicant_calls_wrong_opens_at_the_clerk(counter: Counter) -> None:
    counter.up_to(Step.CONFIRM)

    counter.desk.applicant_wrong("scope")

    assert counter.state.open_step is Step.FORM
    assert counter.state.form is not None
    assert counter.state.form.focus == "scope"


def test_the_second_screen_is_cleared_at_the_end(counter: Counter) -> None:
    counter.up_to(Step.CONFIRM)

    counter.desk.end_unfiled()

    assert counter.state.applicant.page is ApplicantPage.BLANK
    assert counter.state.applicant.lines == ()
    assert counter.state.draft is None


def test_a_number_is_called_by_typing_while_the_service_is_away(counter: Counter) -> None:
    counter.sign_in()
    counter.world.central.stop()

    counter.desk.call_number("c018")

    counter.until(lambda s: s.visit is State.CALLING, "a local number")
    assert counter.state.draft is not None
    assert counter.state.draft.ticket.local
    assert counter.state.draft.ticket.number == "C018"


def test_a_bad_rating_shows_its_grade_nowhere_at_the_window(counter: Counter) -> None:
    counter.up_to(Step.SUBMIT)
    counter.submit()
    counter.printed()
    counter.world.central.stop()

    counter.desk.applicant_rates("DISSATISFIED")
    counter.until(lambda s: s.applicant.page is ApplicantPage.REASONS)
    counter.desk.applicant_gives_reasons(("slow",))

    shown = repr(counter.state.outbox) + repr(counter.state.say)
    assert "rating" in {row.kind for row in counter.app.store.outbox.list()}
    assert not re.search("SATISFIED|slow", shown)


def test_signing_without_a_stroke_is_not_a_signature(counter: Counter) -> None:
    counter.up_to(Step.CONFIRM)
    counter.desk.applicant_confirms()
    counter.desk.applicant_agrees()

    counter.desk.applicant_signs((), PNG)
    counter.settle(0.3)
    assert counter.state.applicant.page is ApplicantPage.SIGN

    counter.desk.applicant_signs(STROKES, PNG)
    counter.until(lambda s: s.applicant.page is ApplicantPage.SIGNED)


def test_a_receipt_without_paper_waits_and_is_printed_once(counter: Counter) -> None:
    counter.up_to(Step.SUBMIT)
    counter.world.emulators["printer"].set_fault("paper_out")

    counter.submit()

    counter.until(lambda s: s.receipt.state is PrintState.NOT_PRINTED, "not printed")
    assert counter.state.receipt.code == "paper_out"
    assert counter.state.visit in {State.SUBMITTED, State.RATING}
    counter.world.emulators["printer"].set_fault(None)
    counter.desk.print_again()
    counter.printed()
    assert counter.state.receipt.copies == 0
    # it leaves the list when it goes to the printer, and lies on the tray a moment later
    printer = counter.world.emulators["printer"]
    counter.until(lambda _: json.loads(printer.request("GET", "/receipts")), "a receipt came out")
    receipts = json.loads(printer.request("GET", "/receipts"))
    assert len(receipts) == 1
    assert not any("补打" in line for line in receipts[0]["lines"])
    counter.desk.print_again()
    counter.until(lambda s: s.receipt.state is PrintState.CONFIRMED and s.receipt.copies == 1, "a marked copy")


def test_a_receipt_left_over_is_printed_later_once_and_without_a_mark(counter: Counter) -> None:
    counter.up_to(Step.SUBMIT)
    counter.world.emulators["printer"].set_fault("paper_out")
    counter.submit()
    counter.until(lambda s: s.receipt.state is PrintState.NOT_PRINTED, "not printed")
    counter.desk.finish()
    counter.until(lambda s: s.visit is State.IDLE and any(row[0] == "unprinted" for row in s.today.open_items))

    counter.world.emulators["printer"].set_fault(None)
    counter.desk.print_again()

    counter.until(lambda s: not any(row[0] == "unprinted" for row in s.today.open_items), "printed later")
    # it leaves the list when it goes to the printer, and lies on the tray a moment later
    printer = counter.world.emulators["printer"]
    counter.until(lambda _: json.loads(printer.request("GET", "/receipts")), "a receipt came out")
    receipts = json.loads(printer.request("GET", "/receipts"))
    assert len(receipts) == 1
    assert not any("补打" in line for line in receipts[0]["lines"])
