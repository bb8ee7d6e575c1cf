from tests.unit.window_client.store.samples import draft
from window_client.domain.material import PageRef
from window_client.domain.visit import Step
from window_client.store.store import Store


def test_draft_comes_back_as_it_was(store: Store) -> None:
    kept = draft(1, pages=(PageRef("a" * 64, 2000, corners=(0.0, 1.5)),))

    store.drafts.save(kept)

    assert store.drafts.open_drafts() == [kept]


def test_later_draft_of_a_visit_replaces_the_earlier(store: Store) -> None:
    store.drafts.save(draft(1, step=Step.ITEM))
    store.drafts.save(draft(1, step=Step.MATERIALS))

    assert [d.step for d in store.drafts.open_drafts()] == [Step.MATERIALS]


def test_draft_saved_last_stands_at_the_end(store: Store) -> None:
    store.drafts.save(draft(2))
    store.drafts.save(draft(1))
    store.drafts.save(draft(2))

    assert [d.visit_id for d in store.drafts.open_drafts()] == ["visit-1", "visit-2"]


def test_draft_of_a_visit_that_is_over_goes(store: Store) -> None:
    store.drafts.save(draft(1))
    store.drafts.save(draft(2))

    store.drafts.close("visit-1")
    store.drafts.close("visit-1")

    assert [d.visit_id for d in store.drafts.open_drafts()] == ["visit-2"]


def test_draft_that_cannot_be_read_is_kept_and_hides_no_other(store: Store) -> None:
    store.drafts.save(draft(1))
    store._db.execute("INSERT INTO drafts VALUES ('visit-9', x'7b7d', '2026')")

    assert [d.visit_id for d in store.drafts.open_drafts()] == ["visit-1"]
    assert store.drafts.unreadable() == ["visit-9"]
