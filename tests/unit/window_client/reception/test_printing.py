from threading import Event

import pytest

from drivers.contracts import PrintEnd, PrintResult, Text
from drivers.errors import DeviceError, Fault
from tests.desk import Bench
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState
from window_client.store import prints
from window_client.store.prints import PrintJob

NO_PAPER = DeviceError("printer", Fault.ATTENTION, "paper_out")
UNKNOWN = PrintResult(PrintEnd.UNKNOWN, 2, 1, 0, "absent")


@pytest.fixture
def signed(bench: Bench) -> Bench:
    bench.up_to(Step.SUBMIT)
    return bench


def jobs(bench: Bench) -> list[PrintJob]:
    return bench.store.prints.of_case(bench.draft.case_no)


def again(bench: Bench) -> None:
    """F12, and the printer does its work."""
    bench.desk.print_again()
    bench.until(lambda: bench.state.receipt.state is not PrintState.PRINTING, "printed")
    bench.settle()


def marked(bench: Bench, index: int = -1) -> bool:
    return any(isinstance(line, Text) and "补打" in line.text + line.right for line in bench.printer.printed[index])


def test_what_the_printer_confirms_is_confirmed(signed: Bench) -> None:
    signed.submit()

    assert signed.state.receipt.state is PrintState.CONFIRMED
    assert (signed.state.receipt.blocks, signed.state.receipt.confirmed) == (2, 2)
    assert [job.state for job in jobs(signed)] == [prints.PrintState.CONFIRMED]
    assert not marked(signed)


def test_a_printer_that_tells_nothing_back_has_sent_it(signed: Bench) -> None:
    signed.printer.ends = [PrintResult(PrintEnd.SENT, 2, 2, 0)]

    signed.submit()

    assert signed.state.receipt.state is PrintState.SENT
    assert [job.state for job in jobs(signed)] == [prints.PrintState.SENT]


def test_the_ledger_says_sending_before_the_first_byte_leaves(signed: Bench) -> None:
    signed.printer.hold = Event()
    signed.desk.next_step()

    assert signed.state.receipt.state is PrintState.PRINTING
    assert [job.state for job in jobs(signed)] == [prints.PrintState.SENDING]
    assert signed.printer.printed == []
    signed.desk.print_again()
    signed.printer.hold.set()
    signed.until(lambda: signed.state.receipt.state is PrintState.CONFIRMED, "printed")
    assert len(signed.printer.printed) == 1, "a job that is being sent never begins twice"


def test_what_never_left_is_printed_later_as_the_same_job_without_a_mark(signed: Bench) -> None:
    signed.printer.ends = [NO_PAPER, NO_PAPER]
    signed.submit()
    assert (signed.state.receipt.state, signed.state.receipt.code) == (PrintState.NOT_PRINTED, "paper_out")
    again(signed)
    assert [job.state for job in jobs(signed)] == [prints.PrintState.FAILED_BEFORE]

    again(signed)

    assert signed.state.receipt.state is PrintState.CONFIRMED
    assert len(jobs(signed)) == 1
    assert len(signed.printer.printed) == 1
    assert not marked(signed)
    assert signed.state.receipt.copies == 0


def test_a_deliberate_copy_is_marked_counted_and_journaled(signed: Bench) -> None:
    signed.submit()
    again(signed)
    again(signed)

    assert [marked(signed, index) for index in range(3)] == [False, True, True]
    assert signed.state.receipt.copies == 2
    assert [job.copy for job in jobs(signed)] == [0, 1, 2]
    entries = [entry for entry in signed.store.journal.entries() if entry.action == "receipt.copy"]
    assert [(entry.actor, entry.subject) for entry in entries] == [("1203", signed.draft.case_no)] * 2


def test_of_unknown_fate_the_clerk_is_asked_and_the_paper_is_there(signed: Bench) -> None:
    signed.printer.ends = [UNKNOWN]
    signed.submit()
    assert (signed.state.receipt.state, signed.state.receipt.code) == (PrintState.UNKNOWN, "absent")
    assert (signed.state.receipt.blocks, signed.state.receipt.confirmed) == (1, 0)

    signed.desk.answer_print_unknown(came_out=True)
    signed.settle()

    assert signed.state.receipt.state is PrintState.CONFIRMED
    assert len(signed.printer.printed) == 1
    assert signed.store.journal.entries(1)[-1].action == "receipt.answered"


def test_of_unknown_fate_the_clerk_is_asked_and_nothing_came_out(signed: Bench) -> None:
    signed.printer.ends = [UNKNOWN]
    signed.submit()

    signed.desk.answer_print_unknown(came_out=False)
    signed.until(lambda: signed.state.receipt.state is PrintState.CONFIRMED, "printed")

    assert len(jobs(signed)) == 1, "it is the same job"
    assert len(signed.printer.printed) == 2
    assert not marked(signed)


def test_an_answer_that_nobody_asked_for_changes_nothing(signed: Bench) -> None:
    signed.submit()

    signed.desk.answer_print_unknown(came_out=False)
    signed.settle()

    assert signed.state.receipt.state is PrintState.CONFIRMED
    assert len(signed.printer.printed) == 1


def test_printing_again_without_an_answer_makes_a_marked_copy(signed: Bench) -> None:
    signed.printer.ends = [UNKNOWN]
    signed.submit()

    again(signed)

    assert marked(signed)
    assert [job.state for job in jobs(signed)] == [prints.PrintState.REPLACED, prints.PrintState.CONFIRMED]


def test_later_takes_the_banner_away_and_nothing_else(signed: Bench) -> None:
    signed.printer.ends = [NO_PAPER]
    signed.submit()

    signed.desk.put_off_print()

    assert (signed.state.receipt.state, signed.state.receipt.code) == (PrintState.NOT_PRINTED, "")
    assert [job.state for job in jobs(signed)] == [prints.PrintState.FAILED_BEFORE]


# ---- receipts of visits that are over


def unprinted(bench: Bench) -> list[tuple[str, int, str, str]]:
    return [row for row in bench.state.today.open_items if row[0] == "unprinted"]


def test_a_receipt_left_over_is_among_the_open_items_and_is_printed_from_there(signed: Bench) -> None:
    signed.printer.ends = [NO_PAPER]
    signed.submit()
    signed.desk.finish()
    signed.settle()
    assert [(row[1], row[3]) for row in unprinted(signed)] == [(1, "F12")]

    signed.desk.print_again()
    signed.until(lambda: signed.said == "receipt.late_printed", "printed later")

    assert unprinted(signed) == []
    assert len(signed.printer.printed) == 1
    assert not marked(signed)


def test_a_receipt_left_over_that_fails_again_stays_there(signed: Bench) -> None:
    signed.printer.ends = [NO_PAPER, NO_PAPER]
    signed.submit()
    signed.desk.finish()
    signed.settle()

    signed.desk.print_again()
    signed.until(lambda: signed.said == "receipt.late_failed", "failed later")

    assert len(unprinted(signed)) == 1


def test_a_receipt_that_ends_in_the_next_visit_is_told_and_not_shown_there(signed: Bench) -> None:
    signed.printer.hold = Event()
    signed.desk.next_step()
    signed.until(lambda: signed.devices.state_of("printer") == "busy", "printing")
    case_no = signed.draft.case_no
    signed.desk.finish()
    signed.call()

    signed.printer.hold.set()
    signed.until(lambda: signed.said == "receipt.late_printed", "told")

    assert signed.state.visit is State.CALLING
    assert signed.state.receipt.state is PrintState.NONE
    assert [job.state for job in signed.store.prints.of_case(case_no)] == [prints.PrintState.CONFIRMED]


def test_with_nothing_left_over_the_key_does_nothing(bench: Bench) -> None:
    bench.desk.print_again()
    bench.settle()

    assert bench.printer.printed == []


def test_a_ledger_that_refuses_prints_nothing(signed: Bench) -> None:
    signed.submit()

    with signed.held_by_another():
        signed.desk.print_again()
    signed.settle()

    assert signed.said == "store.occupied"
    assert len(signed.printer.printed) == 1


def test_an_answer_that_cannot_be_written_is_asked_again(signed: Bench) -> None:
    signed.printer.ends = [UNKNOWN]
    signed.submit()
    signed.until(lambda: signed.state.receipt.state is PrintState.UNKNOWN, "unknown")

    with signed.held_by_another():
        signed.desk.answer_print_unknown(came_out=True)

    assert signed.said == "store.occupied"
    assert signed.state.receipt.state is PrintState.UNKNOWN
    assert jobs(signed)[0].state is prints.PrintState.UNKNOWN


def test_without_its_line_in_the_journal_no_copy_is_printed(signed: Bench) -> None:
    signed.submit()
    with signed.held_by_another():
        signed.desk.print_again()
        signed.settle()

    assert signed.said == "store.occupied"
    assert len(signed.printer.printed) == 1
