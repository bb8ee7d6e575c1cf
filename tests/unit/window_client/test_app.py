import os
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.desk import ITEM, KEY
from window_client.app import (
    RESOURCES,
    UNLOCKED_BY,
    App,
    Listeners,
    load_calendar,
    master_key,
    open_store,
    store_folder,
)
from window_client.central import contract
from window_client.central.feed import FeedState
from window_client.central.service.documents import load
from window_client.dispatch import ManualDispatcher
from window_client.domain.visit import State
from window_client.reception.state import ReceptionState
from window_client.settings import Settings
from window_client.signin import SignInState
from window_client.store.errors import StoreError
from window_client.store.store import Store

NOWHERE = "http://127.0.0.1:9"


def settings(folder: Path) -> Settings:
    return Settings(12, "5107-01", "training", NOWHERE, data=folder, keys="file")


# ---- the key and the store


def test_the_key_file_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    first = master_key(settings(tmp_path), passphrase="a passphrase for tests")

    assert master_key(settings(tmp_path), passphrase="a passphrase for tests") == first
    with pytest.raises(StoreError) as caught:
        master_key(settings(tmp_path), passphrase="another one")
    assert caught.value.code == "wrong_key"


def test_without_any_passphrase_no_key_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UNLOCKED_BY, raising=False)

    with pytest.raises(StoreError) as caught:
        master_key(settings(tmp_path))
    assert caught.value.code == "wrong_key"
    assert list(tmp_path.iterdir()) == []


def test_a_store_whose_key_file_is_gone_gets_no_new_key(tmp_path: Path) -> None:
    open_store(settings(tmp_path), passphrase="a passphrase for tests").close()
    (tmp_path / "window.key").unlink()

    with pytest.raises(StoreError) as caught:
        master_key(settings(tmp_path), passphrase="a passphrase for tests")
    assert caught.value.code == "key_missing"
    assert not (tmp_path / "window.key").exists()


def test_the_store_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert store_folder(settings(tmp_path)) == tmp_path / "store"


def test_the_calendars_of_the_product_can_be_read() -> None:
    assert load_calendar().next_working_day(date(2026, 11, 24)).date == date(2026, 11, 25)


# ---- the whole, without a line


class Place:
    """An app whose centre is nowhere, in the test's own thread."""

    def __init__(self, folder: Path) -> None:
        self.gate = ManualDispatcher()
        self.states: list[ReceptionState] = []
        self.sign_ins: list[SignInState] = []
        self.store = Store.open(folder / "store", KEY)
        listeners = Listeners(
            sign_in=self.sign_ins.append,
            reception=self.states.append,
            live=lambda _: None,
            strokes=lambda _: None,
            began=lambda: None,
        )
        self.app = App(settings(folder), self.store, self.gate, listeners)

    def until(self, condition: Callable[[], object]) -> None:
        give_up = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < give_up, "never happened"
            self.gate.run()
            time.sleep(0.005)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.app.stop()


def test_a_start_without_a_line_says_so_and_does_not_wait(place: Place) -> None:
    place.app.start()

    place.until(lambda: place.sign_ins and not place.sign_ins[-1].checking)
    line = next(row for row in place.sign_ins[-1].lines if row.id == "network")
    assert (line.level, line.code) == ("warn", "network_away")


def test_a_start_without_a_line_has_the_last_catalogue(place: Place) -> None:
    loaded = load(RESOURCES / "demo" / "catalogue.json", RESOURCES / "forms")
    place.store.cache.put("catalogue", loaded.catalogue_body, etag=loaded.catalogue_etag, version="2")
    place.store.cache.put("forms", loaded.forms_body, etag=loaded.forms_etag, version="2")

    place.app.start()

    place.until(lambda: place.app.shelf.item(ITEM))
    assert place.sign_ins[-1].hall_name == "绵阳市政务服务中心"
    assert place.app.desk.state.hall_name == "绵阳市政务服务中心"


def test_news_of_the_feed_reach_the_desk_on_the_main_thread(place: Place) -> None:
    place.app._line(FeedState(online=True, latency_ms=21.6))
    assert not place.app.desk.state.network.online, "not in the feed's thread"
    place.gate.run()
    assert place.app.desk.state.network.online
    assert place.app.desk.state.network.latency_ms == 22

    place.app._line(FeedState(online=False))
    place.app._event(contract.Event(1, "notice", "2026-11-24T10:00:00+08:00"))
    place.gate.run()
    assert not place.app.desk.state.network.online


def test_nothing_reaches_a_desk_that_was_stopped(place: Place) -> None:
    place.app.stop()
    count = len(place.states)

    place.app._line(FeedState(online=True, latency_ms=20))
    place.app._event(contract.Event(1, "queue", "2026-11-24T10:00:00+08:00"))
    place.gate.run()
    place.app.stop()

    assert len(place.states) == count


def test_while_nobody_is_served_what_was_delivered_is_purged(place: Place) -> None:
    file = place.store.pages.write(b"a page of nobody")
    path = place.app.settings.data / "store" / "pages" / file[:2] / file
    old = time.time() - 30 * 24 * 3600
    os.utime(path, (old, old))
    place.app._purge_at = 0.0

    place.app._tick()

    assert place.app.desk.state.visit is State.IDLE
    give_up = time.monotonic() + 20
    while path.exists():
        assert time.monotonic() < give_up, "never purged"
        time.sleep(0.01)
