"""The receipt printer fails before, in the middle of and after a receipt; the acceptance stands each time."""

from collections.abc import Iterator

import pytest

from tests.counter import Counter
from ui.reception.result.model import result
from ui.reception.texts import say
from window_client.domain.visit import State
from window_client.reception.state import ApplicantPage, PrintState

KINDS = ("id_card", "scanner", "printer")
BEFORE = {
    "paper_out": "paper_out",
    "cover": "cover_open",
    "cutter": "cutter",
    "offline": "printer_offline",
    "silent": "timeout",
}


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window in the middle of its day; every test leaves a healthy printer."""
    with Counter(tmp_path_factory.mktemp("printer"), kinds=KINDS) as made:
        made.sign_in()
        made.devices_ready(*KINDS)
        yield made


@pytest.fixture
def counter(window: Counter) -> Counter:
    """The next visit, signed and ready to be submitted; nothing lies under the printer."""
    window.leave()
    window.visit()
    window.world.emulators["printer"].delete("/receipts")
    return window


@pytest.fixture
def accepted(window: Counter) -> Counter:
    """A case that is accepted, its receipt printed; a test asks for a copy."""
    if window.state.visit is State.IDLE:
        window.visit()
        window.submit()
        window.printed()
    return window


def banner(counter: Counter) -> tuple[str, str]:
    """Head and text of the red banner over the result."""
    shown = result(counter.state)
    assert shown is not None
    assert shown.fault is not None
    fault = shown.fault
    return fault.head, fault.text


def stands(counter: Counter) -> None:
    """The case is accepted, whatever the paper does."""
    case_no = counter.state.result.case_no if counter.state.result else ""
    assert counter.state.visit in {State.SUBMITTED, State.RATING}
    counter.until(lambda s: s.result is None or s.result.delivery == "delivered", "delivered")
    assert [case.state for case in counter.at_centre(case_no)] == ["ACCEPTED"]


@pytest.mark.parametrize("fault", BEFORE)
def test_nothing_is_sent_to_a_printer_in_trouble_and_the_same_job_goes_later(accepted: Counter, fault: str) -> None:
    printer = accepted.world.emulators["printer"]
    before, copies = len(accepted.receipts()), accepted.state.receipt.copies
    printer.set_fault(fault)

    accepted.desk.print_again()
    accepted.until(lambda s: s.receipt.state is PrintState.NOT_PRINTED, "not printed")

    assert accepted.state.receipt.code == BEFORE[fault]
    head, text = banner(accepted)
    assert say(f"printer.{BEFORE[fault]}") in head
    assert text.startswith("受理已成功，不受影响。")
    assert "F12" in text
    assert len(accepted.receipts()) == before
    stands(accepted)
    printer.set_fault(None)
    accepted.pill("printer", "ready")
    accepted.desk.print_again()
    accepted.printed()
    assert len(accepted.receipts()) == before + 1
    assert accepted.state.receipt.copies == copies + 1


def test_paper_that_ends_in_the_middle_is_asked_of_the_clerk_and_printed_whole_once(counter: Counter) -> None:
    printer = counter.world.emulators["printer"]
    printer.set_fault("paper_out_after:6")

    counter.submit()
    counter.until(lambda s: s.receipt.state is PrintState.UNKNOWN, "not known")

    assert counter.state.receipt.code == "paper_out"
    head, text = banner(counter)
    assert head == say("fault.unknown.head")
    assert text.startswith("受理已成功，不受影响。")
    counter.pill("printer", "fault", "paper_out")
    stands(counter)
    printer.delete("/buffer")  # switched off for the new roll
    printer.set_fault(None)
    printer.delete("/receipts")
    counter.pill("printer", "ready")
    counter.desk.answer_print_unknown(False)
    counter.printed()
    receipts = counter.receipts()
    assert len(receipts) == 1
    assert not any("补打" in line for line in receipts[0]["lines"])


def test_a_receipt_that_did_come_out_is_not_printed_again(counter: Counter) -> None:
    printer = counter.world.emulators["printer"]
    printer.set_fault("paper_out_after:6")
    counter.submit()
    counter.until(lambda s: s.receipt.state is PrintState.UNKNOWN, "not known")
    printer.put("/paper", {})  # the printer goes on with what it holds

    counter.desk.answer_print_unknown(True)

    assert counter.state.receipt.state is PrintState.CONFIRMED
    counter.wait(lambda: len(counter.receipts()) == 1, "the rest comes out")
    counter.settle(1.0)
    assert len(counter.receipts()) == 1


def test_a_printer_unplugged_before_the_acceptance_prints_when_it_is_back(counter: Counter) -> None:
    counter.world.unplug("printer")
    counter.pill("printer", "offline", "absent")

    counter.submit()
    counter.until(lambda s: s.receipt.state is PrintState.NOT_PRINTED, "not printed")

    assert counter.state.receipt.code == "absent"
    stands(counter)
    counter.desk.applicant_rates("SATISFIED")
    counter.until(lambda s: s.applicant.page is ApplicantPage.THANKS)
    counter.dispatcher.fire(5)
    counter.settle(0.2)
    assert counter.state.visit is State.SUBMITTED, "the visit stays for the receipt"
    counter.world.plug("printer")
    counter.pill("printer", "ready")
    counter.desk.print_again()
    counter.printed()
    assert len(counter.receipts()) == 1


def test_a_printer_unplugged_in_the_middle_leaves_a_question_and_no_second_receipt(counter: Counter) -> None:
    printer = counter.world.emulators["printer"]
    printer.set_fault("slow")
    before = printer.state()["lines"]
    counter.submit()
    counter.wait(lambda: printer.state()["lines"] != before, "it prints")

    counter.world.unplug("printer")
    counter.until(lambda s: s.receipt.state is PrintState.UNKNOWN, "not known")

    stands(counter)
    counter.world.plug("printer")
    counter.pill("printer", "ready")
    counter.settle(1.0)
    assert counter.receipts() == [], "nothing is printed by itself"
    counter.desk.answer_print_unknown(False)
    counter.printed()
    assert len(counter.receipts()) == 1
