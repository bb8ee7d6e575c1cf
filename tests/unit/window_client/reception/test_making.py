"""Pages from pictures: retakes, codes, batches that separators part, and the two sides of a card."""

from collections.abc import Iterator
from threading import Event

import pytest

from drivers.contracts import ScannedPage, ScanSettings
from tests.desk import ITEM, Bench, card_side, sheet
from window_client.domain.material import SEPARATOR, UNSORTED, PageRef, pages_of
from window_client.domain.visit import Step
from window_client.reception.separators import NEXT, Batch, separator_text
from window_client.settings import PageSettings, Settings

M01, M02, M03, M06, M07 = (f"{ITEM}-M{number:02}" for number in (1, 2, 3, 6, 7))


@pytest.fixture
def at_materials(bench: Bench) -> Bench:
    bench.up_to(Step.MATERIALS)
    return bench


def held(bench: Bench, material_id: str) -> tuple[PageRef, ...]:
    return pages_of(bench.draft.checklist, material_id)


def told(bench: Bench) -> set[str]:
    return {state.say.code for state in bench.states if state.say}


def test_a_page_that_comes_again_after_a_restart_is_not_made_twice_and_its_scanner_is_told(at_materials: Bench) -> None:
    answers: list[bool] = []
    page = ScannedPage(1, sheet(1), 200, "0" * 31 + "1", answers.append)

    def scan(settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        yield page

    at_materials.scanner.scan = scan  # type: ignore[method-assign]
    at_materials.feed()
    at_materials.until(lambda: answers == [True], "told")
    at_materials.feed()

    at_materials.until(lambda: answers == [True, True], "told")
    assert [one.id for one in held(at_materials, M01)] == [page.origin]


# ---- batches


def test_separators_part_a_batch_and_stay_out_of_the_case(at_materials: Bench) -> None:
    at_materials.feed(
        sheet(1), sheet(91, separator_text(M03)), sheet(2), sheet(3), sheet(92, separator_text(M07)), sheet(4)
    )

    assert [len(held(at_materials, row)) for row in (M01, M03, M07)] == [1, 2, 1]
    separators = at_materials.draft.checklist.unsorted
    assert [SEPARATOR in page.flags for page in separators] == [True, True]
    assert all(at_materials.store.pages.is_sound(page.digest) for page in separators)
    assert "materials.sorted" in told(at_materials)
    assert pages_of(at_materials.on_disk().checklist, M03) == held(at_materials, M03)


def test_a_generic_separator_passes_over_rows_that_want_no_paper(at_materials: Bench) -> None:
    at_materials.desk.use_ecert(M02)
    at_materials.settle()

    at_materials.feed(sheet(1), sheet(90, separator_text(NEXT)), sheet(2))

    assert (len(held(at_materials, M01)), len(held(at_materials, M02)), len(held(at_materials, M03))) == (1, 0, 1)


def test_a_sorting_can_be_undone_and_no_page_is_lost(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(91, separator_text(M03)), sheet(2))
    assert len(held(at_materials, M03)) == 1

    while at_materials.state.materials is not None and at_materials.state.materials.undo:
        at_materials.desk.undo()

    assert len(held(at_materials, M01)) + len(held(at_materials, M03)) + len(held(at_materials, UNSORTED)) == 3
    assert not any(SEPARATOR in page.flags for page in held(at_materials, UNSORTED))


def test_a_separator_that_was_none_is_a_page_when_the_clerk_puts_it_into_a_row(at_materials: Bench) -> None:
    at_materials.feed(sheet(91, separator_text(M03)))
    (separator,) = held(at_materials, UNSORTED)

    at_materials.desk.move_page(separator.key, M03)

    assert held(at_materials, M03)[0].flags == tuple(flag for flag in separator.flags if flag != SEPARATOR)


def test_a_page_that_the_clerk_moved_is_not_moved_back_by_a_code_that_is_read_later(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(2))
    one, two = held(at_materials, M01)
    batch = Batch(M01, (M01, M03, M07))
    for page in (one, two):
        batch.add(page.key, blank=False)
    at_materials.desk.move_page(two.key, M07)

    batch.read(one.key, M03, "")
    at_materials.desk._collecting.making._sort(batch)

    assert held(at_materials, M07) == (two,)
    assert SEPARATOR in held(at_materials, UNSORTED)[0].flags


def test_pages_behind_a_separator_for_another_case_are_unsorted(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(91, separator_text("SC-HRSS-001-M01")), sheet(2))

    assert len(held(at_materials, M01)) == 1
    assert [SEPARATOR in page.flags for page in held(at_materials, UNSORTED)].count(False) == 1


def test_a_code_page_takes_what_follows_with_it(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(2, M07), sheet(3))

    assert (len(held(at_materials, M01)), len(held(at_materials, M07))) == (1, 2)


def test_a_separator_under_the_camera_opens_its_row(at_materials: Bench) -> None:
    at_materials.desk.set_auto_capture(on=False)
    at_materials.camera.jpeg = sheet(91, separator_text(M07))
    at_materials.until(lambda: any(view is not None for view in at_materials.lives), "a live view")

    at_materials.desk.capture()
    at_materials.until(lambda: at_materials.draft.current_material == M07, "the row of the separator")

    assert SEPARATOR in held(at_materials, UNSORTED)[0].flags


# ---- size


def test_a_full_case_is_told_once_and_its_next_pages_are_smaller(at_materials: Bench) -> None:
    small = Settings(12, "5107-01", "training", "http://centre", pages=PageSettings(60_000, 40_000))
    object.__setattr__(at_materials.desk._core.deps, "settings", small)

    at_materials.feed(*(sheet(number) for number in range(1, 6)))

    assert at_materials.pages("M01") == 5
    assert [s.say.code for s in at_materials.states if s.say].count("materials.too_large") >= 1
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.size == sum(page.size for page in held(at_materials, M01))


# ---- two sides


def test_two_sides_of_a_card_become_one_page_with_both_originals(at_materials: Bench) -> None:
    at_materials.desk.choose_row(M02)
    at_materials.desk.two_sides()
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.card_side == 1

    at_materials.feed(card_side(1))
    assert at_materials.state.materials.card_side == 2
    at_materials.feed(card_side(2))

    assert at_materials.state.materials.card_side == 0
    (card,) = held(at_materials, M02)
    assert (card.width, card.height) == (2480, 3508)
    for side in (card_side(1), card_side(2)):
        assert side in {at_materials.store.pages.read(name) for name in card.parts}
    assert at_materials.said == "card.done"

    at_materials.desk.undo()
    assert [page.parts for page in held(at_materials, M02)] == [(), ()]
    at_materials.desk.redo()
    assert held(at_materials, M02) == (card,)


def test_sides_that_are_there_already_are_put_together_at_once(at_materials: Bench) -> None:
    at_materials.desk.choose_row(M02)
    at_materials.feed(card_side(1), card_side(2))

    at_materials.desk.two_sides()
    at_materials.settle()

    assert len(held(at_materials, M02)) == 1


def test_what_is_no_card_is_asked_for_again_and_replaced(at_materials: Bench) -> None:
    at_materials.desk.choose_row(M02)
    at_materials.desk.two_sides()

    at_materials.feed(sheet(1))
    assert "card.not_found" in told(at_materials)
    at_materials.feed(card_side(1))
    at_materials.feed(card_side(2))

    assert [len(page.parts) > 0 for page in held(at_materials, M02)] == [True]


def test_leaving_a_card_keeps_the_side_that_was_taken(at_materials: Bench) -> None:
    at_materials.desk.choose_row(M02)
    at_materials.desk.two_sides()
    at_materials.feed(card_side(1))

    at_materials.desk.two_sides()

    assert at_materials.state.materials is not None
    assert at_materials.state.materials.card_side == 0
    assert len(held(at_materials, M02)) == 1


def test_a_row_of_another_paper_offers_no_card(at_materials: Bench) -> None:
    at_materials.desk.choose_row(M03)
    at_materials.desk.two_sides()

    assert at_materials.state.materials is not None
    assert at_materials.state.materials.card_side == 0
    assert {row.material_id for row in at_materials.state.materials.rows if row.two_sides} == {M02}


def test_a_card_on_the_scanners_glass_is_found_and_stays_cropped_when_it_is_turned(at_materials: Bench) -> None:
    glass = on_glass(card_side(1))
    at_materials.desk.choose_row(M02)
    at_materials.desk.two_sides()
    at_materials.feed(glass)

    (side,) = held(at_materials, M02)
    assert (side.width, side.height, side.cropped) == (1011, 638, True)
    assert at_materials.store.pages.read(side.original) == glass
    at_materials.desk.turn_page()
    at_materials.settle()
    assert (held(at_materials, M02)[0].width, held(at_materials, M02)[0].height) == (638, 1011)


def on_glass(card: bytes) -> bytes:
    """A card on the scanner's glass, the lid above it grey."""
    import cv2
    import numpy as np

    sheet = np.full((2339, 1654, 3), 120, np.uint8)
    picture = cv2.imdecode(np.frombuffer(card, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    sheet[300 : 300 + picture.shape[0], 400 : 400 + picture.shape[1]] = picture
    done, jpeg = cv2.imencode(".jpg", sheet)
    assert done
    return jpeg.tobytes()
