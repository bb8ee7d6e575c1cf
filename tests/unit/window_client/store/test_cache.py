from tests.unit.window_client.store.samples import KEY
from window_client.store.store import Store


def test_document_is_found_again_after_a_restart(store: Store) -> None:
    store.cache.put("catalogue", b"[]", etag="abc", version="2026.1")
    store.close()
    again = Store.open(store._folder, KEY)

    found = again.cache.get("catalogue")
    again.close()

    assert found is not None
    assert (found.etag, found.version, found.body) == ("abc", "2026.1", b"[]")


def test_newer_document_replaces_the_older(store: Store) -> None:
    store.cache.put("clock", b"1")
    store.cache.put("clock", b"2", etag="x")

    found = store.cache.get("clock")

    assert found is not None
    assert (found.body, found.etag) == (b"2", "x")


def test_forgotten_document_is_not_there(store: Store) -> None:
    store.cache.put("clock", b"1")

    store.cache.forget("clock")
    store.cache.forget("clock")

    assert store.cache.get("clock") is None
