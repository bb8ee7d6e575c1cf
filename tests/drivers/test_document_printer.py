"""The A4 drivers against their emulator, as programs over real ports, with every fault."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.contracts import DeviceConfig, PrintEnd, PrintResult
from drivers.document_printer.ipp import IppPrinter
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from tests.drivers.ipp_peer import document

PDF = document("受理通知书")


def printer_at(url: str, **options: Any) -> IppPrinter:
    options = {"confirm_within": 10.0, "answer_within": 3.0, "busy_within": 0.5, **options}
    return IppPrinter(DeviceConfig("a4", "document_printer", "ipp", url, True, options))


@pytest.fixture
def emulator(emulate: Callable[..., EmulatorProcess]) -> EmulatorProcess:
    return emulate("document_printer")


@pytest.fixture
def printer(emulator: EmulatorProcess) -> Iterator[IppPrinter]:
    printer = printer_at(emulator.url)
    printer.open()
    yield printer
    printer.close()


def printed(emulator: EmulatorProcess) -> list[str]:
    return list(json.loads(emulator.request("GET", "/printed")))


def prints(printer: IppPrinter, job: str = "job-1", cancel: threading.Event | None = None) -> PrintResult:
    return printer.print_document(PDF, job=job, cancel=cancel or threading.Event())


def test_a_document_is_printed_and_confirmed(printer: IppPrinter, emulator: EmulatorProcess) -> None:
    result = prints(printer)

    assert result == PrintResult(PrintEnd.CONFIRMED, 1, 1, 1)
    assert printed(emulator) == ["job-1"]
    assert emulator.request("GET", "/document.pdf") == PDF
    assert printer.health().state is DeviceState.READY
    assert printer.health().facts["model"] == "Emulated A4 printer"


def test_the_same_job_is_never_printed_twice(printer: IppPrinter, emulator: EmulatorProcess) -> None:
    first, second = prints(printer), prints(printer_at(emulator.url))

    assert first.end is second.end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]
    assert prints(printer, "job-2").end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1", "job-2"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("paper", "paper_out"),
        ("jam", "jam"),
        ("cover", "cover_open"),
        ("toner", "toner_out"),
        ("offline", "printer_offline"),
    ],
)
def test_nothing_is_handed_to_a_printer_that_cannot_print(
    printer: IppPrinter, emulator: EmulatorProcess, fault: str, code: str
) -> None:
    emulator.put("/fault", {"name": fault})

    with pytest.raises(DeviceError) as caught:
        prints(printer)
    health = printer.health()
    emulator.delete("/fault")

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)
    assert (health.state, health.code) == (DeviceState.FAULT, code)
    assert emulator.state()["jobs"] == 0
    assert prints(printer).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_printer_that_is_busy_is_waited_for_and_then_given_up(printer: IppPrinter, emulator: EmulatorProcess) -> None:
    emulator.put("/fault", {"name": "busy"})

    with pytest.raises(DeviceError) as caught:
        prints(printer)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "busy")
    assert emulator.state()["jobs"] == 0
    emulator.delete("/fault")
    assert prints(printer).end is PrintEnd.CONFIRMED


def test_paper_that_ends_while_the_job_is_printed_leaves_it_unknown_and_the_job_is_found_again(
    emulator: EmulatorProcess,
) -> None:
    emulator.put("/fault", {"name": "slow"})  # so that it stops in the middle and not before
    printer = printer_at(emulator.url)
    results: list[PrintResult] = []
    thread = threading.Thread(target=lambda: results.append(prints(printer)))
    thread.start()
    while [job["state"] for job in json.loads(emulator.request("GET", "/jobs"))] != [5]:
        assert thread.is_alive()
    emulator.put("/fault", {"name": "paper"})
    thread.join(20)

    assert [(result.end, result.code) for result in results] == [(PrintEnd.UNKNOWN, "paper_out")]
    emulator.request("PUT", "/paper")  # the printer goes on by itself
    assert prints(printer).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_job_that_waits_behind_an_empty_tray_is_taken_back_so_that_nothing_comes_later(
    printer: IppPrinter, emulator: EmulatorProcess
) -> None:
    class StopsLater:
        """The wire; the paper ends when the document has been taken."""

        def post(self, body: bytes, wait: float) -> bytes:
            if body[2:4] == b"\x00\x06":
                emulator.put("/fault", {"name": "paper"})
            return wire.post(body, wait)

    from drivers.document_printer.ipp_client import HttpWire

    wire = HttpWire("a4", emulator.url)
    config = DeviceConfig("a4", "document_printer", "ipp", emulator.url, options={"confirm_within": 10.0})

    with pytest.raises(DeviceError) as caught:
        prints(IppPrinter(config, StopsLater()))

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "paper_out")
    emulator.request("PUT", "/paper")
    assert prints(printer).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"], "once, by the second attempt"


def test_a_silent_printer_is_a_timeout_and_nothing_is_handed_over(emulator: EmulatorProcess) -> None:
    printer = printer_at(emulator.url, answer_within=0.4)
    emulator.put("/fault", {"name": "silent"})

    with pytest.raises(DeviceError) as caught:
        prints(printer)
    health = printer.health()
    emulator.delete("/fault")

    assert caught.value.fault is Fault.TIMEOUT
    assert (health.state, health.code) == (DeviceState.OFFLINE, "timeout")
    assert emulator.state()["jobs"] == 0


@pytest.mark.parametrize("fault", ["garbled", "wrong", "partial"])
def test_an_answer_that_is_none_is_garbled_and_nothing_is_handed_over(
    printer: IppPrinter, emulator: EmulatorProcess, fault: str
) -> None:
    emulator.put("/fault", {"name": fault})

    with pytest.raises(DeviceError) as caught:
        prints(printer)
    health = printer.health()
    emulator.delete("/fault")

    assert caught.value.fault is Fault.GARBLED
    assert (health.state, health.code) == (DeviceState.FAULT, "garbled")
    assert prints(printer).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_slow_printer_is_waited_for(emulator: EmulatorProcess) -> None:
    emulator.put("/fault", {"name": "slow"})

    assert prints(printer_at(emulator.url)).end is PrintEnd.CONFIRMED


def test_a_job_that_the_printer_took_and_forgot_is_unknown(printer: IppPrinter, emulator: EmulatorProcess) -> None:
    emulator.put("/fault", {"name": "job_lost"})

    result = prints(printer)

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "job_lost")


@pytest.mark.parametrize("has_create", [True, False])
def test_a_document_whose_answer_is_lost_is_found_and_not_sent_again(
    emulator: EmulatorProcess, has_create: bool
) -> None:
    """The connection breaks behind the document; with Print-Job alone, and with Create-Job and Send-Document."""
    from drivers.document_printer.ipp_client import HttpWire

    class LosesAnswers:
        def __init__(self) -> None:
            self.wire = HttpWire("a4", emulator.url)

        def post(self, body: bytes, wait: float) -> bytes:
            operation = body[3]
            if operation == (6 if has_create else 2):
                answer = self.wire.post(body, wait)
                assert answer
                raise DeviceError("a4", Fault.ABSENT, detail="the line broke")
            return self.wire.post(body, wait)

    if not has_create:
        emulator.put("/fault", {"name": "no_create"})
    config = DeviceConfig("a4", "document_printer", "ipp", emulator.url, options={"confirm_within": 10.0})

    assert prints(IppPrinter(config, LosesAnswers())).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_printer_that_drops_the_connection_instead_of_answering_prints_once(emulator: EmulatorProcess) -> None:
    printer = printer_at(emulator.url)
    emulator.put("/fault", {"name": "answer_lost"})

    with pytest.raises(DeviceError):  # the empty job's answer was lost: nothing was handed over
        prints(printer)
    result = prints(printer)  # its job is found; the answer to the document is lost, the job is looked at
    emulator.delete("/fault")

    assert result.end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_document_that_the_printer_gives_up_unprinted_may_be_sent_again(
    printer: IppPrinter, emulator: EmulatorProcess
) -> None:
    emulator.put("/fault", {"name": "aborts"})

    result = prints(printer)
    emulator.delete("/fault")

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "printer_error")
    assert prints(printer).end is PrintEnd.CONFIRMED
    assert printed(emulator) == ["job-1"]


def test_a_cancel_before_anything_was_handed_over_hands_nothing_over(
    printer: IppPrinter, emulator: EmulatorProcess
) -> None:
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(DeviceError) as caught:
        prints(printer, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED
    assert emulator.state()["jobs"] == 0


def test_a_printer_that_went_away_and_came_back(emulate: Callable[..., EmulatorProcess]) -> None:
    first = emulate("document_printer")
    printer = printer_at(first.url)
    first.close()

    assert (printer.health().state, printer.health().code) == (DeviceState.OFFLINE, "absent")
    with pytest.raises(DeviceError) as caught:
        prints(printer)
    assert caught.value.fault is Fault.ABSENT
    emulate("document_printer", "--port", first.url.split(":")[2].partition("/")[0])
    assert prints(printer).end is PrintEnd.CONFIRMED


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/ipp/print", "ipp:///ipp/print", "cups://x"])
def test_an_address_that_is_no_printers_is_refused(url: str) -> None:
    with pytest.raises(DeviceError) as caught:
        printer_at(url)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


def test_what_is_no_pdf_is_refused(printer: IppPrinter, emulator: EmulatorProcess) -> None:
    with pytest.raises(DeviceError) as caught:
        printer.print_document(b"GIF89a", job="job-1", cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    assert emulator.state()["jobs"] == 0
