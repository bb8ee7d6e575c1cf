"""The A4 notice at the counter, with the product's own driver and the printer's emulator at a real port."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from tests.desk import Bench
from window_client.domain.visit import Step
from window_client.reception.state import PrintState
from window_client.store import prints


@pytest.fixture
def printer() -> Iterator[EmulatorProcess]:
    with EmulatorProcess("document_printer") as running:
        yield running


@pytest.fixture
def begin(tmp_path: Path, printer: EmulatorProcess) -> Iterator[Callable[[], Bench]]:
    made: list[Bench] = []

    def begun() -> Bench:
        options: dict[str, str | int | float | bool] = {"confirm_within": 10.0, "answer_within": 3.0}
        config = DeviceConfig("a4", "document_printer", "ipp", printer.url, options=options)
        made.append(Bench(tmp_path / "store", real=[config]))
        return made[-1].__enter__()

    yield begun
    made[-1].__exit__(None, None, None)


@pytest.fixture
def accepted(begin: Callable[[], Bench]) -> Bench:
    bench = begin()
    bench.up_to(Step.SUBMIT)
    bench.submit()
    return bench


def printed(printer: EmulatorProcess) -> list[str]:
    return list(json.loads(printer.request("GET", "/printed")))


def until(bench: Bench, state: PrintState) -> None:
    bench.until(lambda: bench.state.notice.state is state, f"notice {state.value}")


def test_nothing_is_printed_before_the_clerk_asks(accepted: Bench, printer: EmulatorProcess) -> None:
    assert accepted.state.notice.offered
    assert accepted.state.notice.state is PrintState.NONE
    assert printed(printer) == []


def test_a_window_without_such_a_printer_offers_nothing(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    bench.desk.print_notice()

    assert not bench.state.notice.offered
    assert bench.state.notice.state is PrintState.NONE


def test_it_is_printed_once_and_a_second_one_is_a_copy_with_its_line_in_the_journal(
    accepted: Bench, printer: EmulatorProcess
) -> None:
    accepted.desk.print_notice()
    accepted.desk.print_notice()  # a second press while it is being printed is nothing
    until(accepted, PrintState.CONFIRMED)
    assert len(printed(printer)) == 1
    first = printer.request("GET", "/document.pdf")

    accepted.desk.print_notice()
    accepted.until(lambda: accepted.state.notice.copies == 1, "a copy")
    until(accepted, PrintState.CONFIRMED)

    assert len(set(printed(printer))) == 2
    assert first.startswith(b"%PDF")
    assert printer.request("GET", "/document.pdf") != first, "it carries its mark"
    entries = [entry.action for entry in accepted.store.journal.entries() if entry.action.startswith("notice.")]
    assert entries == ["notice.copy"]


@pytest.mark.parametrize(
    ("fault", "code"), [("paper", "paper_out"), ("jam", "jam"), ("cover", "cover_open"), ("toner", "toner_out")]
)
def test_what_the_printer_cannot_print_is_said_and_printed_as_the_same_job_afterwards(
    accepted: Bench, printer: EmulatorProcess, fault: str, code: str
) -> None:
    printer.put("/fault", {"name": fault})
    accepted.desk.print_notice()
    until(accepted, PrintState.NOT_PRINTED)
    assert accepted.state.notice.code == code
    assert accepted.state.receipt.state is PrintState.CONFIRMED, "the receipt has nothing to do with it"

    printer.delete("/fault")
    accepted.desk.print_notice()
    until(accepted, PrintState.CONFIRMED)

    assert len(printed(printer)) == 1
    assert accepted.state.notice.copies == 0


def test_of_unknown_fate_the_clerk_is_asked(accepted: Bench, printer: EmulatorProcess) -> None:
    printer.put("/fault", {"name": "job_lost"})
    accepted.desk.print_notice()
    until(accepted, PrintState.UNKNOWN)
    printer.delete("/fault")
    accepted.desk.print_notice()  # no way round the question
    assert accepted.state.notice.state is PrintState.UNKNOWN

    accepted.desk.notice_missing()
    until(accepted, PrintState.CONFIRMED)

    assert accepted.state.notice.copies == 1, "the paper that was not found may still be somewhere: it is a copy"
    number = accepted.draft.case_no
    job = accepted.store.notices.latest(number)
    assert job is not None
    assert (job.copy, job.state) == (1, prints.PrintState.CONFIRMED)


def test_of_unknown_fate_the_paper_may_be_there(accepted: Bench, printer: EmulatorProcess) -> None:
    printer.put("/fault", {"name": "job_lost"})
    accepted.desk.print_notice()
    until(accepted, PrintState.UNKNOWN)

    accepted.desk.notice_came_out()

    assert accepted.state.notice.state is PrintState.CONFIRMED


def test_after_the_end_of_the_visit_the_next_one_knows_nothing_of_it(accepted: Bench, printer: EmulatorProcess) -> None:
    accepted.desk.print_notice()
    until(accepted, PrintState.CONFIRMED)

    accepted.desk.finish()
    accepted.settle()

    assert not accepted.state.notice.offered


def test_after_a_crash_in_the_middle_the_clerk_is_asked_and_nothing_is_printed_by_itself(
    begin: Callable[[], Bench], printer: EmulatorProcess
) -> None:
    first = begin()
    first.up_to(Step.SUBMIT)
    first.submit()
    first.store.notices.begin(first.draft.case_no)  # and the power goes
    first.__exit__(None, None, None)

    again = begin()
    again.desk.resume_draft(first.draft.visit_id)
    again.settle()

    assert again.state.notice.offered
    assert again.state.notice.state is PrintState.UNKNOWN
    assert printed(printer) == []
    again.desk.notice_missing()
    until(again, PrintState.CONFIRMED)
    assert again.state.notice.copies == 1
    assert len(printed(printer)) == 1
