"""Turn, crop, order, move, delete, retake: what the clerk does with pages, on a desk of real parts."""

from contextlib import suppress

import pytest

from tests.desk import ITEM, Bench, sheet
from window_client.domain.material import UNSORTED, PageRef, Way, all_pages, find_row, pages_of
from window_client.domain.visit import Step
from window_client.store.errors import StoreError

M01, M03, M06, M07 = (f"{ITEM}-M{number:02}" for number in (1, 3, 6, 7))


@pytest.fixture
def at_materials(bench: Bench) -> Bench:
    bench.up_to(Step.MATERIALS)
    return bench


def held(bench: Bench, material_id: str) -> tuple[PageRef, ...]:
    return pages_of(bench.draft.checklist, material_id)


def keys(bench: Bench, material_id: str) -> list[str]:
    return [page.key for page in held(bench, material_id)]


def three(bench: Bench) -> list[str]:
    bench.feed(sheet(1), sheet(2), sheet(3))
    return keys(bench, M01)


def test_a_deleted_page_comes_back_where_it_was_with_its_file(at_materials: Bench) -> None:
    one, two, three_ = three(at_materials)
    at_materials.desk.select_page(1)
    at_materials.desk.delete_page()
    assert keys(at_materials, M01) == [one, three_]
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.undo == "delete"

    at_materials.desk.undo()

    assert keys(at_materials, M01) == [one, two, three_]
    assert at_materials.store.pages.is_sound(held(at_materials, M01)[1].digest)
    assert pages_of(at_materials.on_disk().checklist, M01) == held(at_materials, M01)
    assert (at_materials.state.materials.undo, at_materials.state.materials.redo) == ("", "delete")

    at_materials.desk.redo()
    assert keys(at_materials, M01) == [one, three_]


def test_pages_change_places_by_keys_and_stop_at_the_ends(at_materials: Bench) -> None:
    one, two, three_ = three(at_materials)
    at_materials.desk.select_page(0)

    at_materials.desk.shift_page(1)
    assert keys(at_materials, M01) == [two, one, three_]
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.selected_page == 1, "the page stays selected where it went"
    for _ in range(4):
        at_materials.desk.shift_page(1)
    assert keys(at_materials, M01) == [two, three_, one]
    for _ in range(4):
        at_materials.desk.shift_page(-1)
    assert keys(at_materials, M01) == [one, two, three_]


def test_a_page_goes_to_a_place_in_any_row_and_among_the_unsorted(at_materials: Bench) -> None:
    one, two, three_ = three(at_materials)

    at_materials.desk.move_page(three_, M01, 0)
    assert keys(at_materials, M01) == [three_, one, two]
    at_materials.desk.move_page(one, M03)
    at_materials.desk.move_page(two, M03, 0)
    assert keys(at_materials, M03) == [two, one]
    at_materials.desk.move_page(two, UNSORTED)
    assert [page.key for page in at_materials.draft.checklist.unsorted] == [two]

    for _ in range(4):
        at_materials.desk.undo()
    assert keys(at_materials, M01) == [one, two, three_]
    assert held(at_materials, M03) == ()


def test_an_undo_opens_the_row_where_it_happened(at_materials: Bench) -> None:
    three(at_materials)
    at_materials.desk.select_page(0)
    at_materials.desk.delete_page()
    at_materials.desk.choose_row(M03)

    at_materials.desk.undo()

    assert at_materials.draft.current_material == M01
    assert at_materials.said == "materials.undone_delete"


def test_corners_set_by_hand_and_the_found_ones_again(at_materials: Bench) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(0)
    before = held(at_materials, M01)[0]

    at_materials.desk.crop_page(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)))
    at_materials.settle()

    cropped = held(at_materials, M01)[0]
    assert (cropped.key, cropped.original, cropped.cropped) == (before.key, before.original, True)
    assert cropped.corners == (34.0, 48.0, 306.0, 48.0, 306.0, 432.0, 34.0, 432.0)
    assert cropped.digest != before.digest
    assert at_materials.store.pages.read(cropped.original) == sheet(1)

    at_materials.desk.crop_page(())
    at_materials.settle()
    assert held(at_materials, M01)[0].digest == before.digest
    at_materials.desk.undo()
    assert held(at_materials, M01)[0].digest == cropped.digest


@pytest.mark.parametrize("corners", [((0.5, 0.5),) * 4, ((0.1, 0.1), (0.9, 0.1)), ((float("nan"), 0.0),) * 4])
def test_corners_that_enclose_nothing_leave_the_page_as_it_is(
    at_materials: Bench, corners: tuple[tuple[float, float], ...]
) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(0)
    before = held(at_materials, M01)

    at_materials.desk.crop_page(corners)
    at_materials.settle()

    assert held(at_materials, M01) == before
    assert at_materials.state.materials is not None
    assert not at_materials.state.materials.capturing


def test_quick_presses_turn_as_often_as_they_were_pressed(at_materials: Bench) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(0)

    for _ in range(3):
        at_materials.desk.turn_page()
    at_materials.settle()

    assert held(at_materials, M01)[0].turn == 270
    at_materials.desk.undo()
    assert held(at_materials, M01)[0].turn == 180
    at_materials.desk.turn_page()
    at_materials.settle()
    assert held(at_materials, M01)[0].turn == 270, "after an undo it goes on from what is there"


def test_a_page_deleted_while_it_is_being_turned_stays_deleted(at_materials: Bench) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(0)
    at_materials.desk.turn_page()
    at_materials.desk.delete_page()
    at_materials.settle()

    assert all_pages(at_materials.draft.checklist) == ()
    at_materials.desk.undo()
    assert held(at_materials, M01)[0].turn == 0


def test_a_retake_can_be_undone_and_left(at_materials: Bench) -> None:
    one, *_ = three(at_materials)
    at_materials.desk.select_page(0)
    at_materials.desk.retake_page()
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.retakes == one
    at_materials.desk.retake_page()
    assert at_materials.state.materials.retakes == ""

    at_materials.desk.retake_page()
    at_materials.feed(sheet(9))
    assert len(held(at_materials, M01)) == 3
    assert keys(at_materials, M01)[0] != one
    at_materials.desk.undo()
    assert keys(at_materials, M01)[0] == one


def test_ways_of_rows_are_undone_too(at_materials: Bench) -> None:
    at_materials.desk.defer(M06)
    at_materials.desk.undo()
    row = find_row(at_materials.draft.checklist, M06)
    assert row is not None
    assert (row.way, row.due) == (Way.NONE, "")
    at_materials.desk.redo()
    row = find_row(at_materials.on_disk().checklist, M06)
    assert row is not None
    assert (row.way, row.due) == (Way.DEFERRED, "2026-11-25")


def test_a_page_moved_onto_a_deferred_row_ends_the_deferral_until_it_is_undone(at_materials: Bench) -> None:
    at_materials.desk.defer(M06)
    page = three(at_materials)[0]
    at_materials.desk.move_page(page, M06)
    row = find_row(at_materials.draft.checklist, M06)
    assert row is not None
    assert row.way is Way.NONE
    at_materials.desk.undo()
    row = find_row(at_materials.draft.checklist, M06)
    assert row is not None
    assert (row.way, row.due) == (Way.DEFERRED, "2026-11-25")


def test_at_another_step_nothing_is_changed_by_these_keys(at_materials: Bench) -> None:
    three(at_materials)
    at_materials.desk.select_page(0)
    at_materials.desk.delete_page()
    at_materials.desk.open_step(Step.FORM)
    before = at_materials.draft.checklist

    for action in ("undo", "redo", "turn_page", "delete_page", "two_sides"):
        getattr(at_materials.desk, action)()
    at_materials.desk.shift_page(1)
    at_materials.settle()

    assert at_materials.draft.checklist == before


def test_what_the_disk_refuses_is_not_done_and_can_not_be_undone(at_materials: Bench) -> None:
    before = three(at_materials)
    at_materials.desk.select_page(0)
    with suppress(StoreError), at_materials.held_by_another():
        at_materials.desk.delete_page()

    assert keys(at_materials, M01) == before
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.undo == ""
    at_materials.desk.undo()
    assert keys(at_materials, M01) == before


def test_nothing_is_left_to_undo_in_the_next_visit(at_materials: Bench) -> None:
    three(at_materials)
    at_materials.desk.select_page(0)
    at_materials.desk.delete_page()
    at_materials.desk.end_unfiled()
    at_materials.settle()
    at_materials.call()
    at_materials.desk.undo()
    at_materials.settle()

    assert all_pages(at_materials.draft.checklist) == ()


def test_every_undo_is_said_in_words(at_materials: Bench) -> None:
    from ui.words import read_table

    table = read_table()
    for code in ("delete", "move", "reorder", "turn", "crop", "retake", "defer", "not_needed", "ecert", "sort", "card"):
        for done in ("undone", "redone"):
            assert f"desk.toast.materials.{done}_{code}" in table
