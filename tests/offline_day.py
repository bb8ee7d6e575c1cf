"""A day without the network: whole visits in a row at one desk, then a real central service that gets them all.

The desk is that of ``tests/desk.py`` with real serials, leased from the service before the line went. The courier and
its line are the production ones.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from tests.central_process import CentralProcess
from tests.desk import CARD, ITEM, WINDOW, Bench, sheet
from window_client.central.courier import Courier, Delivery, Outcome
from window_client.clock import CHINA
from window_client.domain.visit import State, Step
from window_client.reception.state import Reading
from window_client.store.blocks import Block

VALUES = {
    "business_name": "涪城区示例小吃店",
    "name_notice_no": "川市监名字2026第001号",
    "industry": "小吃服务",
    "capital": "50000.00",
    "staff_count": "3",
    "premises_address": "涪城区示例路 18 号附 3 号",
    "scope": "小吃服务",
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the service has of the day. ``twice``: case numbers that stand there more than once."""

    cases: int
    twice: tuple[str, ...]
    numbers: frozenset[str]
    pages_lacking: int
    visits: int


class OfflineDay:
    """One window's day.

    Args:
        folder: For everything.
        serials: How many case numbers are leased while the line is still there; later visits get local numbers.
    """

    def __init__(self, folder: Path, *, serials: int) -> None:
        self.central = CentralProcess(folder / "central.db")
        self.bench = Bench(folder / "store", serials=0)
        self.serials = serials
        self.case_nos: list[str] = []
        self._sheets = 0

    def __enter__(self) -> Self:
        self.central.start()
        self.client = self.central.signed_in()
        bench = self.bench
        bench.now = datetime.now(CHINA)
        day = bench.now.date().isoformat()
        if self.serials:
            block = self.client.lease_numbers(WINDOW, day, self.serials)
            bench.store.blocks.add(Block("day", day, block.first, block.last))
        self.central.stop()
        bench.centre.down = True
        bench.__enter__()
        bench.desk.network_changed(online=False, latency_ms=None, offset_s=0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bench.__exit__(kind, error, trace)
        self.central.__exit__(kind, error, trace)

    def visit(self, number: str) -> float:
        """A whole visit with a typed number; seconds that the acceptance took, from the key to the new state."""
        bench = self.bench
        bench.now += timedelta(seconds=1)
        bench.desk.call_number(number)
        bench.until(lambda: bench.state.visit is State.CALLING, "a typed number")
        bench.desk.read_card()
        bench.reader.lay(CARD)
        bench.until(lambda: bench.state.identity.reading is Reading.READ, "card read")
        bench.until(lambda: bench.state.identity.lookup == "offline", "nothing is known")
        bench.desk.set_contact("phone", "13800000017")
        bench.desk.next_step()
        bench.choose()
        bench.desk.next_step()
        self._fill()
        for row in bench.state.materials.rows if bench.state.materials else ():
            if row.state.value == "missing":
                self._sheets += 1
                bench.desk.choose_row(row.material_id)
                bench.feed(sheet(self._sheets))
        bench.desk.next_step()
        assert bench.state.open_step is Step.CONFIRM, bench.state.missing
        bench.sign()
        begun = perf_counter()
        bench.desk.next_step()
        seconds = perf_counter() - begun
        assert bench.state.result is not None
        self.case_nos.append(bench.state.result.case_no)
        bench.until(lambda: bench.state.receipt.state.value == "confirmed", "printed")
        bench.desk.applicant_rates("SATISFIED")
        bench.settle()
        bench.desk.finish()
        bench.settle()
        assert bench.state.visit is State.IDLE
        return seconds

    def _fill(self) -> None:
        bench = self.bench
        assert bench.state.form is not None, bench.state.missing
        for missing in bench.state.missing:
            if missing.step is Step.FORM:
                field = next(row.field for row in bench.state.form.fields if row.field.id == missing.target)
                bench.desk.set_field(field.id, field.choices[0].value if field.choices else VALUES[field.id])
        bench.desk.next_step()
        assert bench.state.open_step is Step.MATERIALS, bench.state.missing

    def deliver(self) -> list[Delivery]:
        """The line is back: the courier sends everything; what it told."""
        self.central.start()
        told: list[Delivery] = []
        token = self.central.token("1203", WINDOW)
        courier = Courier(self.bench.store.second_connection, lambda: self.central.client(token), on_change=told.append)
        try:
            while self.bench.store.outbox.counts().waiting:
                before = len(told)
                courier.deliver_once(datetime.now(UTC) + timedelta(minutes=10))
                assert len(told) > before, "nothing moves any more"
                wrong = [row for row in told if row.outcome is not Outcome.DELIVERED]
                assert not wrong, wrong[:3]
        finally:
            courier.stop()
        return told

    def arrived(self) -> Arrived:
        """What the service has."""
        listed = self.client.cases(limit=500).cases
        ours = [row for row in listed if row.item_id == ITEM and row.clerk == "1203" and row.pages]
        numbers = [row.case_no for row in ours]
        return Arrived(
            len(ours),
            tuple(sorted({number for number in numbers if numbers.count(number) > 1})),
            frozenset(numbers),
            sum(row.pages - row.pages_received for row in ours),
            self.client.today(WINDOW).served,
        )
