import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.desk import NOW, documents
from window_client.central import contract
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane
from window_client.morning import MorningFigures, Rows
from window_client.store.store import Store

FIGURES = contract.Morning(12, NOW.date().isoformat(), 18, "08:45", 2, 1)


class Page:
    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder, bytes(range(32)))
        self.now, self.down, self.figures = NOW, False, FIGURES
        self.shown: list[Rows] = []
        self.gate = ManualDispatcher()
        self.client = CentralClient("http://centre", transport=lambda: httpx.MockTransport(self.answer))
        self.lane = Lane("ask", self.gate, expected=(Unavailable, Rejected))
        self.morning = MorningFigures(
            self.store.cache,
            client=self.client,
            ask=self.lane,
            window_no=12,
            clock=lambda: self.now,
            show=self.shown.append,
        )

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("no line")
        assert request.url.path == "/v1/windows/12/morning"
        return httpx.Response(
            200, content=msgspec.json.encode(self.figures), headers={"Content-Type": "application/json"}
        )

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, f"never happened: {self.shown}"
            self.gate.run()
            time.sleep(0.002)

    def close(self) -> None:
        self.lane.close(5)
        self.client.close()
        self.store.close()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Page(tmp_path / "store")
    yield made
    made.close()


def test_the_figures_of_the_centre_are_shown_and_kept_for_when_it_is_away(page: Page) -> None:
    page.morning.ask()
    page.until(lambda: len(page.shown) == 2)
    assert page.shown[0] == ()
    expected = (("booked_first", "18|08:45"), ("corrections", "2"), ("deferred_due", "1"), ("item_updates", "0"))
    assert page.shown[1] == expected

    page.down = True
    page.morning.ask()
    assert page.shown[-1] == expected


def test_yesterdays_figures_are_not_todays(page: Page) -> None:
    page.morning.ask()
    page.until(lambda: len(page.shown) == 2)
    page.now += timedelta(days=1)
    page.morning.present()

    assert page.shown[-1] == ()


def test_without_bookings_no_first_one_is_named(page: Page) -> None:
    page.figures = contract.Morning(12, NOW.date().isoformat())
    page.morning.ask()
    page.until(lambda: len(page.shown) == 2)

    assert page.shown[-1][0] == ("booked", "0")


def test_items_that_another_catalogue_changed_are_counted_on_its_day(page: Page) -> None:
    before = documents().catalogue
    items = (msgspec.structs.replace(before.items[0], version=before.items[0].version + 1), *before.items[1:-1])
    meta = msgspec.structs.replace(before.meta, catalog_version="next")
    now = msgspec.structs.replace(before, items=items, meta=meta)

    page.morning.catalogue_came(None, now)
    page.morning.catalogue_came(before, before)
    assert page.shown == []
    page.morning.catalogue_came(before, now)
    assert page.shown[-1] == (("item_updates", "1"),)


def test_kept_figures_that_cannot_be_read_are_none(page: Page) -> None:
    page.store.cache.put("morning", b"[]")
    page.morning.present()

    assert page.shown == [()]
