"""检测 and 试一下: what they show, and that the visit never hears of them."""

from threading import Event

import pytest

from drivers.contracts import PrintEnd, PrintResult, Text
from drivers.errors import DeviceError, Fault
from tests.desk import CARD, NOW, Bench
from window_client.domain.visit import State, Step
from window_client.reception import trying
from window_client.reception.state import PrintState, Reading, Tried, TriedState


def id_of(bench: Bench, kind: str) -> str:
    bench.until(lambda: any(row.kind == kind and row.state == "ready" for row in bench.state.devices), kind)
    return next(row.id for row in bench.state.devices if row.kind == kind)


def test_of(bench: Bench, kind: str) -> Tried:
    """Try a device and wait for what comes of it."""
    bench.desk.test_device(id_of(bench, kind))
    return ended(bench)


test_of.__test__ = False  # type: ignore[attr-defined]


def ended(bench: Bench) -> Tried:
    bench.until(lambda: bench.state.tried is not None and bench.state.tried.state is not TriedState.RUNNING, "ended")
    assert bench.state.tried is not None
    return bench.state.tried


def test_a_check_says_how_the_device_is_now(bench: Bench) -> None:
    bench.desk.check_device(id_of(bench, "scanner"))

    found = ended(bench)
    assert (found.deed, found.kind, found.state, found.code) == ("check", "scanner", TriedState.DONE, "")
    assert found.at == NOW


def test_a_check_brings_the_facts_of_now(bench: Bench) -> None:
    scanner = id_of(bench, "scanner")
    bench.scanner.facts = {"feeder": "loaded"}

    bench.desk.check_device(scanner)

    ended(bench)
    assert next(row.facts for row in bench.state.devices if row.id == scanner) == {"feeder": "loaded"}


def test_a_test_strip_says_that_it_is_no_receipt_and_is_in_no_ledger(bench: Bench) -> None:
    found = test_of(bench, "printer")

    assert (found.state, found.facts) == (TriedState.DONE, {"end": "confirmed"})
    texts = [line.text for line in bench.printer.printed[0] if isinstance(line, Text)]
    assert "测试条" in texts
    assert "这不是回执，可以丢弃" in texts
    assert bench.store.prints.open_jobs() == []


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (PrintResult(PrintEnd.UNKNOWN, 1, 1, 0, "paper_out"), "paper_out"),
        (DeviceError("printer", Fault.ATTENTION, "cover_open"), "cover_open"),
    ],
)
def test_a_strip_that_does_not_come_out_says_why(bench: Bench, end: PrintResult | DeviceError, code: str) -> None:
    bench.printer.ends = [end]

    found = test_of(bench, "printer")

    assert (found.state, found.code) == (TriedState.FAILED, code)


def test_the_display_shows_the_test_number_and_then_its_own_again(bench: Bench) -> None:
    bench.call()
    number = bench.draft.ticket.number

    found = test_of(bench, "display")
    assert found.facts == {"number": trying.TEST_NUMBER}
    assert bench.display.shown[-1] == (trying.TEST_NUMBER, "TEST")

    bench.pass_time(trying.SHOWN_FOR + 1)
    bench.until(lambda: bench.display.shown[-1][0] == number, "the number is back")


def test_a_card_that_is_tried_does_not_enter_the_visit(bench: Bench) -> None:
    bench.call()
    bench.reader.lay(CARD)

    found = test_of(bench, "id_card")

    assert found.facts == {"card": "resident"}
    assert bench.state.identity.reading is Reading.NONE
    assert bench.draft.applicant is None
    assert bench.state.visit is State.CALLING
    assert CARD.name not in repr(found)


def test_a_card_that_is_waited_for_goes_before_a_try(bench: Bench) -> None:
    bench.call()
    reader = id_of(bench, "id_card")
    bench.desk.read_card()

    bench.desk.test_device(reader)

    assert bench.state.tried is None
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "the visit's card")


def test_one_frame_is_enough_for_a_camera(bench: Bench) -> None:
    bench.camera.jpeg = b"jpeg"
    assert test_of(bench, "camera").state is TriedState.DONE

    bench.camera.jpeg = b""
    found = test_of(bench, "camera")
    assert (found.state, found.code) == (TriedState.FAILED, "no_frames")


def test_a_receipt_under_way_goes_before_a_strip(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.printer.hold = Event()
    bench.desk.next_step()
    assert bench.state.receipt.state is PrintState.PRINTING

    bench.desk.test_device(next(row.id for row in bench.state.devices if row.kind == "printer"))

    assert bench.state.tried is None
    bench.printer.hold.set()
    bench.until(lambda: bench.state.receipt.state is PrintState.CONFIRMED, "printed")
    assert len(bench.printer.printed) == 1


def test_a_scanner_is_looked_at_and_never_tried_and_what_is_unknown_is_nothing(bench: Bench) -> None:
    bench.desk.test_device(id_of(bench, "scanner"))
    bench.desk.check_device("nobody")
    bench.desk.test_device("nobody")

    assert bench.state.tried is None


def test_what_came_of_a_try_goes_with_the_visit(bench: Bench) -> None:
    bench.call()
    test_of(bench, "printer")

    bench.desk.no_show()
    bench.until(lambda: bench.state.visit is State.IDLE, "over")

    assert bench.state.tried is None


def test_the_second_screen_is_there_or_not(bench: Bench) -> None:
    bench.desk.second_screen_changed(there=False)

    bench.desk.check_device("applicant")

    found = ended(bench)
    assert (found.state, found.code) == (TriedState.FAILED, "absent")


def test_receipts_that_need_a_hand_are_listed_until_they_are_printed(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.printer.ends = [DeviceError("printer", Fault.ATTENTION, "paper_out")]
    bench.desk.next_step()
    bench.until(lambda: bench.state.receipt.state is PrintState.NOT_PRINTED, "not printed")

    (row,) = bench.state.waiting_prints
    assert (row.case_no, row.state) == (bench.draft.case_no, "failed_before")
    assert "明" not in row.name or "*" in row.name

    bench.desk.print_again()
    bench.until(lambda: bench.state.receipt.state is PrintState.CONFIRMED, "printed")
    assert bench.state.waiting_prints == ()
