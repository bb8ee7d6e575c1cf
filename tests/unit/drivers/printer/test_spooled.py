"""A printer behind a queue: never more than sent, and nothing lies in the queue to come out later."""

from threading import Event

import pytest

from drivers.contracts import DeviceConfig, PrintEnd, PrinterStatus, Text
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.queues import UNKNOWN, Fate
from drivers.printer.spooled import QueuedPrinter

CONFIG = DeviceConfig("printer", "printer", "escpos_queue", "cups://R", options={"confirm_within": 0.6})
LINES = [Text("回执"), Text("第二行")]


class Scripted:
    """A queue whose jobs have the fates that the test wants, the last one for good."""

    def __init__(self, *fates: Fate, back: Fate = Fate.WAITING, status: PrinterStatus = UNKNOWN) -> None:
        self.fates, self.back, self.said = list(fates), back, status
        self.jobs: list[bytes] = []
        self.taken_back = 0
        self.trouble: DeviceError | None = None

    def status(self) -> PrinterStatus:
        return self.said

    def submit(self, data: bytes, title: str) -> int:
        if self.trouble is not None:
            raise self.trouble
        self.jobs.append(data)
        return 7

    def fate(self, job: int) -> Fate:
        return self.fates.pop(0) if len(self.fates) > 1 else self.fates[0]

    def take_back(self, job: int) -> Fate:
        self.taken_back += 1
        return self.back

    def close(self) -> None:
        """Nothing."""


def test_a_whole_receipt_is_one_job_and_sent_when_the_queue_gave_it_to_the_printer() -> None:
    queue = Scripted(Fate.WAITING, Fate.PRINTING, Fate.DONE)
    told: list[int] = []

    result = QueuedPrinter(CONFIG, lambda _: queue).print_receipt(LINES, cancel=Event(), on_block=told.append)

    assert (result.end, result.confirmed) == (PrintEnd.SENT, 0)
    assert told == [result.blocks]
    [job] = queue.jobs
    assert "第二行".encode("gbk") in job
    assert queue.taken_back == 0


def test_a_job_that_never_begins_is_taken_back_and_nothing_was_sent() -> None:
    queue = Scripted(Fate.WAITING)
    told: list[int] = []

    with pytest.raises(DeviceError) as caught:
        QueuedPrinter(CONFIG, lambda _: queue).print_receipt(LINES, cancel=Event(), on_block=told.append)

    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "printer_offline")
    assert queue.taken_back == 1
    assert told == []


@pytest.mark.parametrize(
    ("fate", "back", "end", "code"),
    [
        (Fate.FAILED, Fate.FAILED, PrintEnd.UNKNOWN, "printer_error"),
        (Fate.FORGOTTEN, Fate.FORGOTTEN, PrintEnd.UNKNOWN, "job_lost"),
        (Fate.PRINTING, Fate.PRINTING, PrintEnd.UNKNOWN, "timeout"),
        (Fate.PRINTING, Fate.DONE, PrintEnd.SENT, ""),
    ],
)
def test_of_a_job_that_had_begun_it_is_unknown_what_came_out(fate: Fate, back: Fate, end: PrintEnd, code: str) -> None:
    result = QueuedPrinter(CONFIG, lambda _: Scripted(fate, back=back)).print_receipt(LINES, cancel=Event())

    assert (result.end, result.code) == (end, code)


def test_a_queue_that_stands_still_gets_nothing() -> None:
    queue = Scripted(Fate.DONE, status=PrinterStatus(online=False, paper="unknown"))
    printer = QueuedPrinter(CONFIG, lambda _: queue)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(LINES, cancel=Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "printer_offline")
    assert printer.health().state is DeviceState.FAULT
    assert queue.jobs == []


def test_a_queue_that_did_not_answer_may_have_taken_the_job() -> None:
    queue = Scripted(Fate.DONE)
    queue.trouble = DeviceError("printer", Fault.TIMEOUT)

    result = QueuedPrinter(CONFIG, lambda _: queue).print_receipt(LINES, cancel=Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "timeout")


def test_one_that_refused_it_has_not() -> None:
    queue = Scripted(Fate.DONE)
    queue.trouble = DeviceError("printer", Fault.ABSENT)

    with pytest.raises(DeviceError):
        QueuedPrinter(CONFIG, lambda _: queue).print_receipt(LINES, cancel=Event())


def test_a_cancel_takes_the_job_back() -> None:
    cancel = Event()
    queue = Scripted(Fate.WAITING)

    class Cancels(Scripted):
        def fate(self, job: int) -> Fate:
            cancel.set()
            return super().fate(job)

    queue = Cancels(Fate.WAITING)
    with pytest.raises(DeviceError) as caught:
        QueuedPrinter(CONFIG, lambda _: queue).print_receipt(LINES, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED
    assert queue.taken_back == 1


def test_no_status_is_ready_and_says_that_it_cannot_confirm() -> None:
    printer = QueuedPrinter(CONFIG, lambda _: Scripted(Fate.DONE))
    printer.open()
    health = printer.health()
    printer.close()

    assert health.state is DeviceState.READY
    assert (health.facts["confirms"], health.facts["paper"]) == ("no", "unknown")
