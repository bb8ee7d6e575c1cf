"""The scanner: paper that is put in starts the scan, where the clerk wants it, and only this applicant's paper."""

from collections.abc import Iterator
from threading import Event

import pytest

from drivers.contracts import ScannedPage, ScanSettings, ScanSource
from drivers.errors import DeviceHealth, DeviceState
from tests.desk import Bench, sheet
from window_client.domain.visit import Step


class Paper:
    """Makes the bench's scanner tell whether paper lies in it, and notes what it was asked for."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.loaded = False
        self.asked: list[ScanSettings] = []
        scanner, scan = bench.scanner, bench.scanner.scan

        def health() -> DeviceHealth:
            return DeviceHealth(
                DeviceState.READY, "", {"feeder": "loaded" if self.loaded else "empty", "duplex": "yes"}
            )

        def noted(settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
            self.asked.append(settings)
            self.loaded = False
            return scan(settings, cancel=cancel)

        scanner.health = health  # type: ignore[method-assign]
        scanner.scan = noted  # type: ignore[method-assign]

    def lay(self, *pages: bytes) -> None:
        self.bench.scanner.feeder = list(pages)
        self.loaded = True

    def looked(self, feeder: str) -> None:
        """Wait until the program knows how the feeder is."""
        lane = self.bench.devices.lane_of("scanner")
        assert lane is not None
        self.bench.until(lambda: lane.view().facts.get("feeder") == feeder, f"feeder {feeder}")
        self.bench.settle()


@pytest.fixture
def paper(bench: Bench) -> Paper:
    made = Paper(bench)
    bench.up_to(Step.MATERIALS)
    made.looked("empty")
    return made


def test_by_itself_nothing_is_scanned_until_it_is_asked_for(bench: Bench, paper: Paper) -> None:
    assert bench.state.materials is not None
    assert bench.state.materials.auto_feed is False

    paper.lay(sheet(1))
    paper.looked("loaded")

    assert paper.asked == []
    assert bench.pages("M01") == 0


def test_paper_that_is_put_in_starts_the_scan(bench: Bench, paper: Paper) -> None:
    bench.desk.set_auto_feed(True)

    paper.lay(sheet(1), sheet(2))
    bench.until(lambda: bench.pages("M01") == 2, "scanned by itself")
    bench.settle()
    paper.looked("empty")
    paper.lay(sheet(3))
    bench.until(lambda: bench.pages("M01") == 3, "and again")


def test_switching_it_on_takes_the_paper_that_lies_there(bench: Bench, paper: Paper) -> None:
    paper.lay(sheet(1))
    paper.looked("loaded")

    bench.desk.set_auto_feed(True)

    bench.until(lambda: bench.pages("M01") == 1, "scanned")


def test_what_was_left_in_the_feeder_is_not_taken_into_the_next_visit(bench: Bench, paper: Paper) -> None:
    bench.desk.set_auto_feed(True)
    bench.desk.open_step(Step.FORM)
    paper.lay(sheet(1))
    paper.looked("loaded")
    bench.settle()

    bench.desk.open_step(Step.MATERIALS)
    bench.settle()

    assert paper.asked == []


def test_the_source_is_where_the_paper_lies_and_both_sides_are_a_switch(bench: Bench, paper: Paper) -> None:
    bench.feed(sheet(1))
    bench.desk.set_duplex(True)
    bench.feed(sheet(2))

    assert [(one.source, one.duplex) for one in paper.asked] == [
        (ScanSource.WHERE_IT_LIES, False),
        (ScanSource.WHERE_IT_LIES, True),
    ]
    assert bench.state.materials is not None
    assert bench.state.materials.duplex is True


def test_a_scanner_that_tells_nothing_offers_neither(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)

    assert bench.state.materials is not None
    assert (bench.state.materials.auto_feed, bench.state.materials.duplex) == (None, None)


def test_a_scanner_whose_disk_hangs_holds_up_neither_pages_nor_the_desk(bench: Bench, paper: Paper) -> None:
    free, told = Event(), Event()

    def taken(kept: bool) -> None:
        free.wait(20)
        if kept:
            told.set()

    def scan(settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        yield ScannedPage(1, sheet(1), 200, "1" * 32, taken)
        yield ScannedPage(2, sheet(2), 200, "2" * 32, taken)

    bench.scanner.scan = scan  # type: ignore[method-assign]
    bench.feed()

    assert bench.pages("M01") == 2
    assert not told.is_set()
    free.set()
    assert told.wait(20)
