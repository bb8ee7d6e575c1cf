from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.desk import ITEM, KEY, documents
from window_client.app import RESOURCES
from window_client.central.client import CentralClient, Unavailable
from window_client.central.service.documents import load
from window_client.reception.shelf import Shelf, decode
from window_client.store.store import Store


class Source:
    """The centre's documents, by path; ``changed`` makes one of them a new version."""

    def __init__(self) -> None:
        loaded = load(RESOURCES / "demo" / "catalogue.json", RESOURCES / "forms")
        self.bodies = {"/v1/catalogue": loaded.catalogue_body, "/v1/forms": loaded.forms_body}
        self.etags = {"/v1/catalogue": loaded.catalogue_etag, "/v1/forms": loaded.forms_etag}
        self.asked: list[tuple[str, str]] = []
        self.down = False

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, known = request.url.path, request.headers.get("If-None-Match", "")
        self.asked.append((path, known))
        if self.down:
            return httpx.Response(503)
        if known == self.etags[path]:
            return httpx.Response(304)
        headers = {"Content-Type": "application/json", "ETag": self.etags[path]}
        return httpx.Response(200, content=self.bodies[path], headers=headers)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def client(source: Source) -> Iterator[CentralClient]:
    made = CentralClient("http://centre", transport=lambda: httpx.MockTransport(source.answer))
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "store", KEY)
    yield made
    made.close()


def test_an_empty_shelf_knows_nothing_and_finds_nothing(store: Store) -> None:
    shelf = Shelf(store.cache)

    assert shelf.cached() is None
    assert shelf.catalogue is None
    assert shelf.item(ITEM) is None
    assert shelf.form("any") is None
    assert shelf.form_for(ITEM, "self_employed") is None
    assert shelf.category("C") is None
    assert list(shelf.search("gtgsh")) == []


def test_what_was_fetched_is_on_the_shelf_and_there_at_the_next_start(store: Store, client: CentralClient) -> None:
    shelf = Shelf(store.cache)
    fetched = shelf.fetch(client)
    assert fetched is not None
    shelf.keep(*fetched)

    item, category, form = shelf.item(ITEM), shelf.category("C"), shelf.form_for(ITEM, "self_employed")
    assert item is not None
    assert item.name == "个体工商户设立登记"
    assert category is not None
    assert category.usual_minutes == 14
    assert form is not None
    assert shelf.form(form.id) == form
    assert ITEM in {hit.item_id for hit in shelf.search("gtgsh")}
    next_start = Shelf(store.cache)
    cached = next_start.cached()
    assert cached is not None
    next_start.take(decode(*cached))
    assert next_start.catalogue == shelf.catalogue


def test_the_newest_version_is_not_fetched_again(store: Store, client: CentralClient, source: Source) -> None:
    shelf = Shelf(store.cache)
    fetched = shelf.fetch(client)
    assert fetched is not None
    shelf.keep(*fetched)

    assert shelf.fetch(client) is None
    assert source.asked[2:] == list(source.etags.items())


@pytest.mark.parametrize("changed", ["/v1/catalogue", "/v1/forms"])
def test_when_one_document_is_new_both_are_fetched_so_that_they_fit(
    store: Store, client: CentralClient, source: Source, changed: str
) -> None:
    shelf = Shelf(store.cache)
    shelf.take(documents())
    source.etags[changed] = '"a newer one"'

    fetched = shelf.fetch(client)

    assert fetched is not None
    assert fetched[2].etags == (source.etags["/v1/catalogue"], source.etags["/v1/forms"])
    shelf.keep(*fetched)
    cached = shelf.cached()
    assert cached is not None
    assert cached[2] == fetched[2].etags


def test_without_a_line_the_shelf_stays_as_it_is(store: Store, client: CentralClient, source: Source) -> None:
    shelf = Shelf(store.cache)
    shelf.take(documents())
    source.down = True

    with pytest.raises(Unavailable):
        shelf.fetch(client)
    assert shelf.item(ITEM) is not None


@pytest.mark.parametrize("broken", [0, 1])
def test_a_damaged_document_is_not_taken(source: Source, broken: int) -> None:
    bodies = [source.bodies["/v1/catalogue"], source.bodies["/v1/forms"]]
    bodies[broken] = bodies[broken][:-10]

    with pytest.raises(ValueError, match="truncated"):
        decode(bodies[0], bodies[1], ("", ""))
