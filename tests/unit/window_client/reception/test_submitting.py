import re
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from drivers.contracts import Barcode, Qr, Text
from drivers.errors import DeviceError, Fault
from tests.desk import DAY, ITEM, LIMING, NOW, Bench
from window_client.central import contract
from window_client.clock import CHINA
from window_client.domain.identifiers import make_case_no
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, PrintState
from window_client.store.cases import receipt_job


@pytest.fixture
def signed(bench: Bench) -> Bench:
    bench.up_to(Step.SUBMIT)
    return bench


def submission(bench: Bench) -> contract.Submission:
    body = next(row.body for row in bench.store.outbox.due(now=bench.now) if row.kind == "case")
    return msgspec.json.decode(body, type=contract.Submission)


def words(bench: Bench) -> str:
    """All that stands on the paper that came out last."""
    return "\n".join(f"{line.text} {line.right}" for line in bench.printer.printed[-1] if isinstance(line, Text))


# ---- the promise


def test_an_accepted_case_is_whole_on_disk_before_it_is_shown_and_printed(signed: Bench) -> None:
    case_id = signed.draft.case_id
    signed.states.clear()

    signed.submit()

    first = next(state for state in signed.states if state.visit is State.SUBMITTED)
    assert first.result is not None
    assert first.result.case_no == make_case_no("510700", NOW.date(), 1)
    case = signed.store.cases.by_id(case_id)
    assert case is not None
    assert {"case", "page"} <= set(signed.outbox())
    assert signed.store.prints.get(receipt_job(case_id)) is not None
    assert "case" in {entry.action.split(".")[0] for entry in signed.store.journal.entries()}
    assert len(signed.printer.printed) == 1
    assert signed.woken >= 1
    assert signed.state.visit is State.RATING


def test_when_the_store_refuses_nothing_is_shown_printed_or_used_up(signed: Bench) -> None:
    left = signed.store.blocks.left(DAY)

    with signed.held_by_another():
        signed.desk.next_step()

    assert signed.said == "store.occupied"
    assert signed.state.visit is State.SERVING
    assert signed.state.result is None
    assert signed.state.receipt.state is PrintState.NONE
    assert signed.state.applicant.page is ApplicantPage.SIGNED
    assert signed.store.cases.by_id(signed.draft.case_id) is None
    assert signed.outbox() == []
    assert signed.store.prints.open_jobs() == []
    assert signed.store.blocks.left(DAY) == left
    assert signed.on_disk().case_no == ""
    assert signed.woken == 0
    signed.settle()
    assert signed.printer.printed == []

    signed.submit()
    assert signed.state.result is not None
    assert signed.state.result.case_no == make_case_no("510700", NOW.date(), 1)


def test_a_printer_that_cannot_print_never_undoes_an_acceptance(signed: Bench) -> None:
    signed.printer.ends = [DeviceError("printer", Fault.ATTENTION, "cover_open")]

    signed.submit()

    assert signed.state.visit is State.RATING
    assert (signed.state.receipt.state, signed.state.receipt.code) == (PrintState.NOT_PRINTED, "cover_open")
    assert signed.store.cases.by_id(signed.draft.case_id) is not None


def test_a_case_is_accepted_once(signed: Bench) -> None:
    signed.submit()

    signed.desk.next_step()
    signed.settle()

    assert signed.outbox().count("case") == 1
    assert len(signed.printer.printed) == 1


def test_the_acceptance_is_found_again_after_a_crash(signed: Bench, tmp_path: Path) -> None:
    signed.printer.ends = [DeviceError("printer", Fault.ABSENT)]
    signed.submit()
    case_no = signed.draft.case_no
    signed.__exit__(None, None, None)  # the process is gone without an end of the visit

    with Bench(tmp_path / "store") as again:
        assert again.state.recovered
        again.desk.go_on(yes=True)
        again.settle()

        assert again.state.result is not None
        assert again.state.result.case_no == case_no
        assert again.state.receipt.state is PrintState.NOT_PRINTED
        assert again.state.visit is State.SUBMITTED


# ---- numbers


def test_each_case_has_the_next_serial_of_the_day(signed: Bench) -> None:
    signed.submit()
    first = signed.draft.case_no
    signed.desk.finish()
    signed.up_to(Step.SUBMIT)
    signed.submit()

    assert [first, signed.draft.case_no] == [make_case_no("510700", NOW.date(), serial) for serial in (1, 2)]


def test_without_a_leased_serial_the_number_is_a_provisional_one_and_says_so(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", serials=0) as bench:
        bench.up_to(Step.SUBMIT)
        bench.submit()

        assert bench.state.result is not None
        assert bench.state.result.provisional
        assert re.fullmatch(r"L-12-20261124-\d{4,6}-\d", bench.state.result.case_no)
        assert bench.state.result.case_no in words(bench)
        assert "临时" in words(bench)


# ---- what is promised


def test_the_promise_is_the_items_own_and_told(signed: Bench) -> None:
    signed.pass_time(600)

    signed.submit()

    result = signed.state.result
    assert result is not None
    assert result.promised_by == datetime(2026, 11, 25, 17, 0, tzinfo=CHINA)
    assert not result.promise_provisional
    assert result.accepted_at == NOW + timedelta(seconds=600)
    assert result.used_seconds == 600
    assert result.deferred == (("平面图", "2026-11-25"),)
    assert [code for code, _ in result.say] == ["say.promise", "say.deferred", "say.collect"]
    assert result.say[2][1] == "营业执照|3"


def test_what_is_sent_by_post_is_not_collected(signed: Bench) -> None:
    signed.desk.set_contact("collect_by", "post")
    signed.desk.open_step(Step.CONFIRM)
    if signed.draft.signature is None:
        signed.sign()

    signed.submit()

    assert signed.state.result is not None
    assert "say.collect" not in {code for code, _ in signed.state.result.say}
    assert "邮寄" in words(signed)


# ---- what is sent


def test_what_is_sent_is_what_was_signed(signed: Bench) -> None:
    draft = signed.draft
    signed.submit()

    sent = submission(signed)
    assert (sent.case_id, sent.case_no, sent.window, sent.clerk) == (draft.case_id, signed.draft.case_no, 12, "1203")
    assert (sent.item_id, sent.item_version, sent.catalogue_version) == (ITEM, 2, "2")
    assert sent.applicant == draft.applicant
    assert sent.values["capital"].text == "50000.00"
    assert sent.answers["place"] == ("rent",)
    ways = {row.material_id[-3:]: (row.way, len(row.pages), row.due) for row in sent.rows}
    assert ways == {
        "M01": ("none", 1, ""),
        "M02": ("ecert", 0, ""),
        "M03": ("none", 1, ""),
        "M06": ("deferred", 0, "2026-11-25"),
        "M07": ("none", 1, ""),
    }
    assert draft.signature is not None
    assert sent.signature is not None
    assert (sent.signature.digest, sent.signature.picture) == (draft.signature.digest, draft.signature.picture)
    assert signed.store.pages.is_sound(sent.signature.strokes)
    assert (sent.took_in, sent.ticket, sent.ticket_id) == ("booking-1", "C018", "id-C018")
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{6}", sent.check_code)


def test_every_page_and_the_signature_are_sent_too(signed: Bench) -> None:
    draft = signed.draft
    signed.submit()

    pages = {page.digest for row in draft.checklist.rows for page in row.pages}
    assert draft.signature is not None
    assert signed.outbox().count("page") == len(pages) + 2


def test_a_row_that_the_answers_do_not_ask_for_any_more_is_not_sent(signed: Bench) -> None:
    signed.desk.answer("trade", ("retail",))
    signed.desk.open_step(Step.CONFIRM)
    signed.sign()

    signed.submit()

    assert f"{ITEM}-M06" not in {row.material_id for row in submission(signed).rows}


# ---- the receipt


def test_the_receipt_says_what_happened_and_covers_the_person(signed: Bench) -> None:
    signed.submit()

    said = words(signed)
    told = said.replace(" ", "")
    sent = submission(signed)
    for expected in ("个体工商户设立登记", "李*", "5107**********0017", "申请书", "平面图", "王芳", sent.check_code):
        assert expected in told
    assert LIMING not in repr(signed.printer.printed)
    assert "李明" not in repr(signed.printer.printed)
    codes = [line.text for line in signed.printer.printed[-1] if isinstance(line, Barcode)]
    assert codes == [sent.case_no]
    squares = [line.text for line in signed.printer.printed[-1] if isinstance(line, Qr)]
    assert all(sent.case_no in text for text in squares)
    assert squares


def test_the_receipt_kept_with_the_case_is_the_one_that_was_printed(signed: Bench) -> None:
    signed.submit()

    assert signed.state.receipt.lines == signed.printer.printed[-1]


def test_nothing_is_submitted_while_something_is_missing(signed: Bench) -> None:
    signed.desk.set_field("scope", "")

    signed.desk.next_step()

    assert signed.state.visit is State.SERVING
    assert signed.state.open_step is Step.FORM
    assert signed.state.form is not None
    assert signed.state.form.focus == "scope"
