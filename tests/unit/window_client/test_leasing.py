import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from window_client.app import load_calendar
from window_client.central.client import CentralClient, Rejected, Unavailable
from window_client.central.contract import LeaseNumbers, NumberBlock
from window_client.clock import CHINA
from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane
from window_client.leasing import COUNT, LEAST, Leasing
from window_client.store.database import open_database
from window_client.store.keys import derive
from window_client.store.store import DATABASE, Store

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=CHINA)


class Place:
    """A leasing over a real store, and a transport that stands in for the line."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.down = False
        self.now = NOW
        self.next = 1
        self.gate = ManualDispatcher()
        self.folder = folder
        self.store = Store.open(folder, bytes(32))
        self.client = CentralClient("http://central", transport=lambda: httpx.MockTransport(self._answer))
        self.lane = Lane("ask", self.gate, expected=(Unavailable, Rejected))
        self.leasing = Leasing(
            self.store.blocks,
            client=self.client,
            ask=self.lane,
            window_no=12,
            calendar=load_calendar(),
            clock=lambda: self.now,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            return httpx.Response(503, json={"code": "away"})
        asked = msgspec.json.decode(request.content, type=LeaseNumbers)
        self.asked.append(asked.day)
        block = NumberBlock("510700", asked.day, asked.window, self.next, self.next + asked.count - 1)
        self.next += asked.count
        return httpx.Response(200, content=msgspec.json.encode(block), headers={"Content-Type": "application/json"})

    def left(self, day: str) -> int:
        return self.store.blocks.left(day)

    def until_left(self, day: str, count: int) -> None:
        give_up = time.monotonic() + 20
        while self.left(day) != count:
            assert time.monotonic() < give_up
            self.gate.run()
            time.sleep(0.005)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.lane.close(5)
    made.client.close()
    made.store.close()


def test_today_and_the_next_working_day_have_serials(place: Place) -> None:
    place.leasing.check()

    place.until_left("2026-11-24", COUNT)
    place.until_left("2026-11-25", COUNT)


def test_nothing_is_leased_while_enough_are_left(place: Place) -> None:
    place.leasing.check()
    place.until_left("2026-11-25", COUNT)
    for _ in range(COUNT - LEAST):
        place.store.blocks.take("2026-11-24")

    place.leasing.check()
    assert len(place.asked) == 2
    place.store.blocks.take("2026-11-24")
    place.leasing.check()
    place.until_left("2026-11-24", LEAST - 1 + COUNT)


def test_a_line_that_is_down_is_asked_again_later(place: Place) -> None:
    place.down = True
    place.leasing.check()
    give_up = time.monotonic() + 20
    while place.leasing._asked and time.monotonic() < give_up:
        place.gate.run()
        time.sleep(0.005)
    place.down = False

    place.leasing.check()

    place.until_left("2026-11-24", COUNT)


def test_before_a_weekend_monday_has_serials(place: Place) -> None:
    place.now = datetime(2026, 11, 27, 9, 0, tzinfo=CHINA)
    place.leasing.check()

    place.until_left("2026-11-27", COUNT)
    place.until_left("2026-11-30", COUNT)
    assert place.left("2026-11-28") == 0


def test_after_midnight_the_new_day_has_its_serials_without_the_line_and_the_day_after_with_it(place: Place) -> None:
    place.leasing.check()
    place.until_left("2026-11-25", COUNT)
    place.down = True
    place.now = datetime(2026, 11, 25, 0, 1, tzinfo=CHINA)
    place.leasing.check()

    assert place.left("2026-11-25") == COUNT, "leased the day before"
    give_up = time.monotonic() + 20
    while place.leasing._asked:
        assert time.monotonic() < give_up
        place.gate.run()
        time.sleep(0.005)
    place.down = False
    place.leasing.check()
    place.until_left("2026-11-26", COUNT)


def test_serials_that_the_disk_does_not_take_are_leased_anew(place: Place) -> None:
    other = open_database(place.folder / DATABASE, derive(bytes(32), "database"))
    other.execute("BEGIN IMMEDIATE")
    place.leasing.check()
    give_up = time.monotonic() + 20
    while place.leasing._asked:
        assert time.monotonic() < give_up
        place.gate.run()
        time.sleep(0.005)
    other.execute("ROLLBACK")
    other.close()
    assert place.left("2026-11-24") == 0

    place.leasing.check()
    place.until_left("2026-11-24", COUNT)
