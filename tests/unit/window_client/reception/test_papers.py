"""What the parts of step 4 share: questions about the open visit, and room for the next page."""

import pytest

from tests.desk import ITEM, Bench, sheet
from window_client.domain.material import UNSORTED, all_pages
from window_client.domain.visit import Step
from window_client.reception.papers import Papers

M01 = f"{ITEM}-M01"


@pytest.fixture
def papers(bench: Bench) -> Papers:
    bench.up_to(Step.MATERIALS)
    return bench.desk._collecting.papers


def test_without_a_chosen_row_pages_go_to_the_unsorted(bench: Bench) -> None:
    bench.up_to(Step.IDENTITY)
    papers = bench.desk._collecting.papers

    assert papers.target() == UNSORTED
    assert not papers.arranging()
    assert papers.asked() == ()


def test_the_rows_that_want_no_paper_are_those_with_another_way(bench: Bench, papers: Papers) -> None:
    bench.desk.defer(f"{ITEM}-M06")
    bench.desk.use_ecert(f"{ITEM}-M02")
    bench.settle()

    assert papers.wants_no_paper() == {f"{ITEM}-M02", f"{ITEM}-M06"}


def test_the_selected_page_stays_selected_when_others_come_and_go(bench: Bench, papers: Papers) -> None:
    bench.feed(sheet(1), sheet(2))
    bench.desk.select_page(0)
    chosen = papers.selected_page()
    assert chosen is not None

    bench.desk.move_page(chosen.key, M01, 1)
    assert papers.selected_index(bench.draft) == 1
    bench.desk.select_page(5)
    assert papers.selected_page() is None


def test_the_next_page_has_the_room_of_a_page_and_a_fifth_of_it_when_the_case_is_full(
    bench: Bench, papers: Papers
) -> None:
    limits = bench.desk._core.deps.settings.pages
    assert papers.room() == limits.page_bytes
    bench.feed(sheet(1))
    assert papers.size(bench.draft) == sum(page.size for page in all_pages(bench.draft.checklist)) > 0
    assert papers.room() <= limits.page_bytes


def test_an_answer_for_another_visit_is_told_from_one_for_this(bench: Bench, papers: Papers) -> None:
    assert papers.is_open(bench.draft.visit_id)
    assert not papers.is_open("another")


def test_undo_without_anything_done_does_nothing(bench: Bench, papers: Papers) -> None:
    said = bench.said
    papers.step(back=True)
    papers.step(back=False)
    assert bench.said == said
