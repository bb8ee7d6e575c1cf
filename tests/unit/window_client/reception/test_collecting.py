import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest

from drivers.errors import DeviceError, Fault
from tests.desk import CARD, ITEM, Bench, known, sheet
from window_client.domain.material import UNSORTED, PageRef, RowState, Way, pages_of
from window_client.domain.visit import State, Step
from window_client.reception.state import RowView

M01, M02, M03, M06, M07 = (f"{ITEM}-M{number:02}" for number in (1, 2, 3, 6, 7))


@pytest.fixture
def at_materials(bench: Bench) -> Bench:
    bench.up_to(Step.MATERIALS)
    return bench


def row(bench: Bench, material_id: str) -> RowView:
    assert bench.state.materials is not None
    return next(row for row in bench.state.materials.rows if row.material_id == material_id)


def held(bench: Bench, material_id: str) -> tuple[PageRef, ...]:
    return pages_of(bench.draft.checklist, material_id)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow: what the operating system says is what it says of a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# ---- rows


def test_the_first_row_that_lacks_something_is_open_when_the_step_is(at_materials: Bench) -> None:
    assert at_materials.draft.current_material == M01
    assert row(at_materials, M01).current
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.missing == 5


def test_a_row_that_the_case_does_not_have_cannot_be_chosen(at_materials: Bench) -> None:
    at_materials.desk.choose_row(f"{ITEM}-M09")

    assert at_materials.draft.current_material == M01


def test_a_row_is_done_with_when_another_one_is_chosen(at_materials: Bench) -> None:
    at_materials.feed(sheet())
    assert row(at_materials, M01).state is RowState.SCANNING

    at_materials.desk.choose_row(M03)

    assert row(at_materials, M01).state is RowState.READY
    assert at_materials.on_disk().current_material == M03


# ---- pages from the scanner


def test_pages_come_one_by_one_into_the_current_row_and_are_on_disk(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(2), sheet(3))

    assert at_materials.said == "scanner.done"
    pages = held(at_materials, M01)
    assert len(pages) == 3
    assert len({page.digest for page in pages}) == 3
    for page in pages:
        assert at_materials.store.pages.is_sound(page.digest)
        assert at_materials.store.pages.read(page.original) in {sheet(1), sheet(2), sheet(3)}
        assert at_materials.store.pages.size(page.digest) == page.size
    assert pages_of(at_materials.on_disk().checklist, M01) == pages
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.selected_page == 2
    assert not at_materials.state.materials.capturing


def test_a_scan_that_breaks_off_keeps_the_pages_that_came(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), DeviceError("scanner", Fault.ATTENTION, "jam"))

    assert at_materials.pages("M01") == 1
    assert at_materials.said == "scanner.jam"
    assert at_materials.state.say is not None
    assert at_materials.state.say.args == {"n": "1"}


def test_pages_go_to_the_row_that_was_open_when_the_scan_began(at_materials: Bench) -> None:
    at_materials.scanner.hold = Event()
    at_materials.scanner.feeder = [sheet(1), sheet(2)]
    at_materials.desk.feed()
    at_materials.until(lambda: at_materials.pages("M01") == 1, "the first page")

    at_materials.desk.choose_row(M03)
    at_materials.scanner.hold.set()
    at_materials.until(lambda: at_materials.pages("M01") == 2, "the second page")
    at_materials.settle()

    assert at_materials.pages("M03") == 0
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.selected_page == -1, "a page of another row is not the selected one"


def test_while_pages_are_on_their_way_the_step_is_held_and_no_second_scan_begins(at_materials: Bench) -> None:
    at_materials.scanner.hold = Event()
    at_materials.scanner.feeder = [sheet(1)]
    at_materials.desk.feed()
    at_materials.until(lambda: at_materials.pages("M01") == 1, "the first page")
    at_materials.scanner.feeder = [sheet(2)]

    at_materials.desk.feed()
    at_materials.desk.next_step()

    assert at_materials.said == "materials.pages_coming"
    assert at_materials.state.open_step is Step.MATERIALS
    at_materials.scanner.hold.set()
    at_materials.until(lambda: at_materials.said == "scanner.done", "done")
    assert len(at_materials.scanner.feeder) == 1


def test_a_scan_that_the_clerk_stops_is_no_fault(at_materials: Bench) -> None:
    at_materials.scanner.hold = Event()
    at_materials.scanner.feeder = [sheet(1), sheet(2)]
    at_materials.desk.feed()
    at_materials.until(lambda: at_materials.pages("M01") == 1, "the first page")
    said = at_materials.said

    at_materials.desk.stop_feeding()

    at_materials.until(lambda: at_materials.state.materials and not at_materials.state.materials.feeding, "stopped")
    at_materials.settle()
    assert at_materials.pages("M01") == 1
    assert at_materials.said == said


def test_a_page_of_a_visit_that_has_ended_is_not_added(at_materials: Bench) -> None:
    at_materials.scanner.feeder = [sheet(1)]
    at_materials.desk.feed()
    at_materials.until(lambda: at_materials.state.materials and at_materials.state.materials.capturing, "made")

    at_materials.desk.end_unfiled()
    at_materials.desk.serve_without_ticket()
    at_materials.settle()

    assert at_materials.draft.checklist.unsorted == ()
    assert at_materials.draft.checklist.rows == ()
    assert at_materials.store.drafts.open_drafts() == [at_materials.draft]


def test_the_end_of_a_scan_of_the_visit_before_says_nothing_about_the_present_one(at_materials: Bench) -> None:
    at_materials.scanner.hold = Event()
    at_materials.scanner.feeder = [sheet(1), sheet(2)]
    at_materials.desk.feed()
    at_materials.until(lambda: at_materials.pages("M01") == 1, "the first page")
    at_materials.desk.end_unfiled()
    at_materials.until(lambda: at_materials.devices.state_of("scanner") == "ready", "the scanner rests")
    at_materials.settle()
    assert at_materials.said == "visit.ended_unfiled"

    at_materials.scanner.hold = None
    at_materials.up_to(Step.MATERIALS)
    at_materials.feed(sheet(3))

    assert at_materials.pages("M01") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on the size of files")
def test_a_full_disk_is_told_and_no_page_is_shown(at_materials: Bench) -> None:
    with full_disk():
        at_materials.feed(sheet(1))

    assert at_materials.said in {"page.disk_full", "scanner.done"}
    told = {(state.say.code, state.say.bad) for state in at_materials.states if state.say}
    assert ("page.disk_full", True) in told
    assert at_materials.pages("M01") == 0
    assert at_materials.store.pages.digests() == set()
    assert at_materials.state.materials is not None
    assert not at_materials.state.materials.capturing
    at_materials.feed(sheet(1))
    assert at_materials.pages("M01") == 1


def test_what_is_no_picture_is_told(at_materials: Bench) -> None:
    at_materials.feed(b"this is no picture")

    told = {state.say.code for state in at_materials.states if state.say}
    assert "page.unreadable" in told
    assert at_materials.pages("M01") == 0


# ---- pages in hand


def test_a_page_can_be_turned_from_its_original_and_four_turns_are_none(at_materials: Bench) -> None:
    at_materials.feed(sheet())
    first = held(at_materials, M01)[0]
    at_materials.desk.select_page(0)

    turns = []
    for _ in range(4):
        at_materials.desk.turn_page()
        at_materials.settle()
        turns.append(held(at_materials, M01)[0].turn)

    assert turns == [90, 180, 270, 0]
    assert held(at_materials, M01) == (first,)
    assert at_materials.on_disk().checklist == at_materials.draft.checklist


def test_a_page_that_is_deleted_leaves_its_row_and_stays_sealed(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(2))
    first, second = held(at_materials, M01)
    at_materials.desk.select_page(0)

    at_materials.desk.delete_page()
    at_materials.desk.delete_page()

    assert held(at_materials, M01) == (second,), "the second key found nothing selected"
    assert at_materials.store.pages.is_sound(first.digest)
    assert pages_of(at_materials.on_disk().checklist, M01) == (second,)


def test_a_retaken_page_takes_the_place_of_the_old_one(at_materials: Bench) -> None:
    at_materials.feed(sheet(1), sheet(2))
    _, second = held(at_materials, M01)
    at_materials.desk.select_page(0)
    at_materials.desk.retake_page()

    at_materials.feed(sheet(3))

    pages = held(at_materials, M01)
    assert len(pages) == 2
    assert at_materials.store.pages.read(pages[0].original) == sheet(3)
    assert pages[1] == second
    assert at_materials.state.materials is not None
    assert at_materials.state.materials.selected_page == 0
    at_materials.feed(sheet(4))
    assert len(held(at_materials, M01)) == 3, "only one page is replaced"


def test_a_retake_is_forgotten_when_another_row_is_chosen(at_materials: Bench) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(0)
    at_materials.desk.retake_page()
    at_materials.desk.choose_row(M03)

    at_materials.feed(sheet(2))

    assert at_materials.pages("M01") == at_materials.pages("M03") == 1


@pytest.mark.parametrize("action", ["turn_page", "delete_page", "retake_page"])
def test_without_a_selected_page_nothing_happens(at_materials: Bench, action: str) -> None:
    at_materials.feed(sheet(1))
    at_materials.desk.select_page(7)
    before = at_materials.draft.checklist

    getattr(at_materials.desk, action)()
    at_materials.settle()

    assert at_materials.draft.checklist == before


def test_a_page_can_be_moved_into_another_row_but_not_nowhere(at_materials: Bench) -> None:
    at_materials.feed(sheet(1))
    page = held(at_materials, M01)[0]

    at_materials.desk.move_page(page.digest, f"{ITEM}-M09")
    assert held(at_materials, M01) == (page,)
    at_materials.desk.move_page("0" * 64, M03)
    at_materials.desk.move_page(page.digest, M03)

    assert held(at_materials, M03) == (page,)
    assert held(at_materials, M01) == ()


# ---- codes


@pytest.mark.parametrize("text", [M07, f"https://forms.example/{M07}", f"material={M07}"])
def test_a_code_on_the_page_ticks_its_row(at_materials: Bench, text: str) -> None:
    at_materials.feed(sheet(1, text))

    assert held(at_materials, M01) == ()
    assert held(at_materials, M07)[0].codes == (text,)
    assert "materials.code_known" in {state.say.code for state in at_materials.states if state.say}
    assert pages_of(at_materials.on_disk().checklist, M07) == held(at_materials, M07)


def test_a_code_of_something_else_is_kept_with_the_page(at_materials: Bench) -> None:
    at_materials.feed(sheet(1, "https://example.com/about"))

    assert held(at_materials, M01)[0].codes == ("https://example.com/about",)


# ---- other ways than paper


def test_an_ecertificate_stands_for_the_paper(at_materials: Bench) -> None:
    assert row(at_materials, M02).ecert_offered

    at_materials.desk.use_ecert(M02)
    at_materials.settle()

    assert row(at_materials, M02).state is RowState.ECERT
    assert row(at_materials, M02).ecert_valid_to == "2039-06-18"
    assert at_materials.centre.of("use")[0]["case_id"] == at_materials.draft.case_id
    kept = next(r for r in at_materials.on_disk().checklist.rows if r.material_id == M02)
    assert kept.ecert is not None
    assert kept.ecert.response_id == "response-1"


def test_where_no_certificate_can_stand_for_the_paper_none_is_asked_for(at_materials: Bench) -> None:
    at_materials.desk.use_ecert(M01)

    assert at_materials.said == "materials.no_ecert"
    assert at_materials.centre.of("use") == []


def test_a_certificate_that_the_library_refuses_is_told(at_materials: Bench) -> None:
    at_materials.centre.refuse["use"] = ["certificate_expired"]

    at_materials.desk.use_ecert(M02)
    at_materials.settle()

    assert at_materials.said == "central.certificate_expired"
    assert row(at_materials, M02).state is RowState.MISSING


def test_a_certificate_that_comes_after_the_visit_is_dropped(at_materials: Bench) -> None:
    at_materials.desk.use_ecert(M02)
    at_materials.answered("use")
    at_materials.desk.end_unfiled()
    at_materials.desk.serve_without_ticket()

    at_materials.settle()

    assert at_materials.draft.checklist.rows == ()


def test_a_deferral_is_promised_for_the_day_of_the_item_and_can_be_taken_back(at_materials: Bench) -> None:
    assert row(at_materials, M06).defer_refusal == ""

    at_materials.desk.defer(M06)
    assert (row(at_materials, M06).state, row(at_materials, M06).due) == (RowState.DEFERRED, "2026-11-25")

    at_materials.desk.defer(M06)
    kept = next(r for r in at_materials.on_disk().checklist.rows if r.material_id == M06)
    assert (kept.way, kept.due) == (Way.NONE, "")


def test_a_page_ends_a_deferral(at_materials: Bench) -> None:
    at_materials.desk.defer(M06)
    at_materials.desk.choose_row(M06)

    at_materials.feed(sheet())

    assert row(at_materials, M06).state is RowState.SCANNING
    assert row(at_materials, M06).due == ""


def test_only_what_the_list_allows_can_be_deferred(at_materials: Bench) -> None:
    at_materials.desk.defer(M01)

    assert at_materials.said == "defer.not_deferrable"
    assert row(at_materials, M01).defer_refusal == "not_deferrable"


@pytest.mark.parametrize(("credit", "code"), [("bad", "credit_bad"), ("unknown", "credit_unknown")])
def test_who_has_no_good_credit_cannot_defer(bench: Bench, credit: str, code: str) -> None:
    record = known(CARD.id_no)
    shared = {**record.shared, "credit": {"status": credit}}
    bench.centre.answers["person"] = type(record)(True, shared, record.certificates, record.earlier, record.related)
    bench.up_to(Step.MATERIALS)

    bench.desk.defer(M06)

    assert bench.said == f"defer.{code}"
    assert row(bench, M06).state is not RowState.DEFERRED


def test_while_the_credit_list_cannot_be_asked_nothing_is_deferred(bench: Bench) -> None:
    bench.call()
    bench.centre.down = True
    bench.identify(replace(CARD))
    bench.desk.choose_item(ITEM)
    bench.desk.answer("trade", ("catering",))

    bench.desk.defer(M06)

    assert bench.said == "defer.credit_unknown"


def test_only_an_optional_paper_may_be_left_out(at_materials: Bench) -> None:
    assert not row(at_materials, M01).may_not_need
    at_materials.desk.not_needed(M01)
    assert at_materials.said == "materials.needed"
    assert row(at_materials, M01).state is RowState.MISSING


def test_an_optional_paper_is_not_needed_and_needed_again(bench: Bench) -> None:
    bench.up_to(Step.ITEM)
    bench.desk.choose_item("SC-HRSS-001")
    assert bench.state.materials is not None
    optional = next((r.material_id for r in bench.state.materials.rows if r.may_not_need), "")
    if not optional:
        for question in bench.state.item.questions if bench.state.item else ():
            for option in question.options:
                bench.desk.answer(question.id, (option.value,))
                optional = optional or next((r.material_id for r in bench.state.materials.rows if r.may_not_need), "")
    assert optional

    bench.desk.not_needed(optional)
    ways = {r.material_id: r.way for r in bench.draft.checklist.rows}
    bench.desk.not_needed(optional)

    assert ways[optional] is Way.NOT_NEEDED
    assert {r.material_id: r.way for r in bench.draft.checklist.rows}[optional] is Way.NONE


def test_without_a_checklist_no_key_does_anything(bench: Bench) -> None:
    bench.desk.choose_row(M01)
    bench.desk.capture()
    bench.desk.feed()
    bench.desk.use_ecert(M02)
    bench.desk.defer(M06)
    bench.desk.not_needed(M01)
    bench.desk.delete_page()
    bench.desk.turn_page()
    bench.desk.move_page("0" * 64, M01)
    bench.desk.select_page(0)
    bench.settle()

    assert bench.state.draft is None
    assert bench.centre.of("use") == []


# ---- the camera


def test_the_camera_is_watched_while_the_step_is_open(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.until(lambda: any(view is not None for view in bench.lives), "a live view")

    bench.desk.open_step(Step.FORM)

    bench.settle()
    assert bench.lives[-1] is None
    bench.until(lambda: bench.devices.state_of("camera") == "ready", "the camera rests")


def test_the_page_on_the_tray_is_taken_into_the_current_row(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    bench.until(lambda: any(view is not None for view in bench.lives), "a live view")

    bench.desk.capture()
    bench.settle()

    assert [page.source for page in held(bench, M01)] == ["camera"]
    assert bench.state.materials is not None
    assert not bench.state.materials.auto_capture


def test_without_a_picture_nothing_is_taken(at_materials: Bench) -> None:
    at_materials.desk.capture()

    assert at_materials.said == "camera.no_picture"


def test_a_camera_that_goes_away_leaves_no_old_picture_and_is_watched_again_when_it_is_back(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    bench.until(lambda: any(view is not None for view in bench.lives), "a live view")

    bench.camera.trouble = DeviceError("camera", Fault.ABSENT)
    bench.until(lambda: bench.lives[-1] is None, "no live view")
    bench.desk.capture()
    assert bench.said == "camera.no_picture"

    bench.camera.trouble = None
    bench.until(lambda: bench.lives[-1] is not None, "a live view again")


def test_the_camera_rests_when_the_visit_ends_and_is_watched_in_the_next_one(bench: Bench) -> None:
    bench.camera.jpeg = sheet(1)
    bench.up_to(Step.MATERIALS)
    bench.desk.set_auto_capture(on=False)
    bench.until(lambda: any(view is not None for view in bench.lives), "a live view")

    bench.desk.end_unfiled()
    assert bench.state.visit is State.IDLE
    assert bench.lives[-1] is None, "the paper of the one before is not shown any more"
    bench.up_to(Step.MATERIALS)

    bench.until(lambda: bench.lives[-1] is not None, "a live view again")


def test_pages_that_belong_nowhere_are_unsorted(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.answer("place", ("own",))
    bench.desk.open_step(Step.MATERIALS)
    bench.desk.choose_row(f"{ITEM}-M04")
    bench.desk.answer("place", ("rent",))
    assert bench.draft.current_material == UNSORTED

    bench.feed(sheet(1))

    assert len(bench.on_disk().checklist.unsorted) == 1
