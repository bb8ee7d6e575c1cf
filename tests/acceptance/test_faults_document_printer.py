"""The A4 printer fails in each of its emulator's ways: what the clerk reads, and that the visit goes on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from tests.desk import Bench
from ui.reception.result.model import result
from window_client.domain.visit import State, Step
from window_client.reception.state import PrintState

BEFORE = {
    "paper": "未打印：打印机缺纸",
    "jam": "未打印：打印机卡纸",
    "cover": "未打印：打印机开着盖",
    "toner": "未打印：打印机没有墨粉",
    "offline": "未打印：打印机离线",
    "busy": "未打印：打印机正忙",
    "silent": "未打印：打印机没有回答",
    "garbled": "未打印：打印机的回答有误",
    "wrong": "未打印：打印机的回答有误",
    "partial": "未打印：打印机的回答有误",
    "answer_lost": "未打印：打印机没有找到",
}
"""Nothing was handed over: what the clerk reads, and the same job prints when all is well again."""

DOUBT = "不知道打出来没有，请看打印机"
UNKNOWN = ("job_lost", "aborts")
WORKS = ("slow", "no_create", "paper_after:1")


@pytest.fixture
def printer() -> Iterator[EmulatorProcess]:
    with EmulatorProcess("document_printer") as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, printer: EmulatorProcess) -> Iterator[Bench]:
    options: dict[str, str | int | float | bool] = {"confirm_within": 10.0, "answer_within": 3.0, "busy_within": 0.3}
    config = DeviceConfig("a4", "document_printer", "ipp", printer.url, options=options)
    with Bench(tmp_path / "store", real=[config]) as made:
        made.up_to(Step.SUBMIT)
        made.submit()
        yield made


def reads(bench: Bench) -> str:
    shown = result(bench.state)
    assert shown is not None
    return next(row.text for row in shown.outputs if row.name == "A4 通知书")


def printed(printer: EmulatorProcess) -> list[str]:
    return list(json.loads(printer.request("GET", "/printed")))


def prints(bench: Bench) -> None:
    bench.desk.print_notice()
    bench.until(lambda: bench.state.notice.state not in {PrintState.NONE, PrintState.PRINTING}, "it ends")


def goes_on(bench: Bench) -> None:
    """The receipt is out, the visit ends as any other."""
    assert bench.state.receipt.state is PrintState.CONFIRMED
    assert bench.state.visit in {State.SUBMITTED, State.RATING}
    bench.desk.finish()
    bench.settle()
    assert bench.state.visit in {State.IDLE, State.CALLING}


def test_every_switch_of_the_emulator_is_here(printer: EmulatorProcess) -> None:
    listed = printer.state()["faults"]
    assert isinstance(listed, list)
    assert {name.partition(":")[0] for name in (*BEFORE, *UNKNOWN, *WORKS)} == set(listed)


@pytest.mark.parametrize("fault", BEFORE)
def test_what_stops_the_notice_is_read_and_the_same_paper_comes_afterwards(
    bench: Bench, printer: EmulatorProcess, fault: str
) -> None:
    printer.put("/fault", {"name": fault})
    prints(bench)
    read = reads(bench)
    printer.delete("/fault")
    assert read == BEFORE[fault]
    assert printed(printer) == []

    prints(bench)
    bench.until(lambda: bench.state.notice.state is PrintState.CONFIRMED, "printed")

    assert len(printed(printer)) == 1
    assert bench.state.notice.copies == 0
    goes_on(bench)


@pytest.mark.parametrize("fault", UNKNOWN)
def test_what_nobody_knows_is_asked_and_the_answer_prints_a_marked_copy(
    bench: Bench, printer: EmulatorProcess, fault: str
) -> None:
    printer.put("/fault", {"name": fault})
    prints(bench)
    read = reads(bench)
    printer.delete("/fault")
    assert read == DOUBT

    bench.desk.notice_missing()
    bench.until(lambda: bench.state.notice.state is PrintState.CONFIRMED, "printed")

    assert bench.state.notice.copies == 1
    goes_on(bench)


@pytest.mark.parametrize("fault", WORKS)
def test_what_is_no_trouble_is_not_spoken_of(bench: Bench, printer: EmulatorProcess, fault: str) -> None:
    printer.put("/fault", {"name": fault})

    prints(bench)

    assert reads(bench) == "已打印 1 张"
    assert len(printed(printer)) == 1
    goes_on(bench)


def test_a_printer_that_is_unplugged_is_not_found_and_the_visit_goes_on(bench: Bench, printer: EmulatorProcess) -> None:
    printer.close()
    prints(bench)

    assert reads(bench) == "未打印：打印机没有找到"
    goes_on(bench)
