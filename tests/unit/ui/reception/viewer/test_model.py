"""The right column's model, from states like the pictures'."""

from dataclasses import dataclass, replace

import pytest

from tests.gui import scenes
from ui.reception.viewer import camera_model, model, pages_model
from ui.words import words
from window_client.domain.visit import Step
from window_client.reception.state import NetworkView, PrintState


@pytest.fixture(autouse=True)
def every_text_is_there() -> None:
    words.strict = True


@dataclass
class Seen:
    corners: tuple[tuple[float, float], ...] | None = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    sharp: bool = True
    dark: bool = False
    still: bool = True
    preview: bytes = b""
    preview_width: int = 0
    preview_height: int = 0


def ids(tabs: model.Tabs) -> list[str]:
    return [tab.id for tab in tabs.tabs]


def test_idle_shows_the_camera_and_says_that_earlier_pages_are_gone() -> None:
    state = scenes.idle()
    assert ids(model.tabs(state)) == ["camera", "pages", "ecerts"]
    assert model.tabs(state).wanted == model.CAMERA
    face = camera_model.camera(state)
    assert not face.may_capture
    assert face.note == words("viewer.cleared")


def test_documents_take_pages_into_the_current_row_and_capture_is_the_filled_button_until_nothing_misses() -> None:
    state = scenes.serving()
    face = camera_model.camera(state)
    assert (face.current, [p.digest for p in face.pages], face.selected) == ("m3", ["p5", "p6"], 1)
    assert face.may_capture
    assert face.primary
    assert not camera_model.camera(replace(state, missing=())).primary


def test_capture_is_off_outside_the_documents_step_and_without_a_camera() -> None:
    assert not camera_model.camera(scenes.serving(Step.FORM)).may_capture
    away = tuple(replace(d, state="offline", code="absent") if d.kind == "camera" else d for d in scenes.DEVICES)
    face = camera_model.camera(replace(scenes.serving(), devices=away))
    assert not face.may_capture
    assert face.stage_title == words("viewer.no_camera")


def test_signing_shows_the_pages_and_acceptance_the_receipt() -> None:
    assert model.tabs(scenes.serving(Step.CONFIRM)).wanted == model.PAGES
    accepted = scenes.accepted()
    assert model.tabs(accepted).wanted == model.PAGES
    face = pages_model.pages(accepted)
    assert face.receipt is not None
    assert (face.receipt_word, face.print_word) == (words("receipt.confirmed"), words("receipt.reprint"))


def test_a_receipt_that_never_left_is_printed_and_not_reprinted() -> None:
    face = pages_model.pages(scenes.accepted(PrintState.NOT_PRINTED, "paper_out"))
    assert face.print_word == words("receipt.print")
    assert face.may_print
    assert not pages_model.pages(scenes.accepted(PrintState.PRINTING)).may_print


def test_pages_are_numbered_through_all_rows_and_begin_with_the_selected_one() -> None:
    face = pages_model.pages(scenes.serving(Step.CONFIRM))
    assert [page.digest for page in face.pages] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert face.selected == 5


def test_a_printer_fault_without_a_waiting_receipt_does_not_take_the_screen_away() -> None:
    state = replace(scenes.printer_out_of_paper(), result=None)
    assert model.tabs(state).wanted == model.CAMERA
    assert "device" in ids(model.tabs(state))


def test_waiting_cases_show_the_outbox_while_offline_and_what_was_set_aside_always() -> None:
    assert model.tabs(scenes.offline()).wanted == model.OUTBOX
    online = replace(scenes.offline(), network=NetworkView(online=True))
    assert "outbox" not in ids(model.tabs(online))
    assert "outbox" in ids(model.tabs(scenes.set_aside()))


@pytest.mark.parametrize(
    ("seen", "first", "warn"),
    [
        (Seen(), "viewer.edge_found", False),
        (Seen(dark=True), "viewer.dark", True),
        (Seen(sharp=False), "viewer.blurred", True),
        (Seen(corners=None, dark=True), "viewer.dark", True),
    ],
)
def test_the_stage_says_first_what_hinders(seen: Seen, first: str, warn: bool) -> None:
    said = camera_model.stage_words(seen)
    assert said.left[0][1] == words(first)
    assert said.warn is warn


def test_without_a_page_the_stage_says_that_it_looks_for_one() -> None:
    assert camera_model.stage_words(Seen(corners=None)).title == words("viewer.searching")


def test_a_moving_page_is_asked_to_lie_still() -> None:
    assert ("", words("viewer.moving")) in camera_model.stage_words(Seen(still=False)).left


def test_e_certificates_list_what_is_used_and_what_may_be() -> None:
    used, offered = pages_model.ecerts(scenes.serving())
    assert (used.used, used.may_use) == (True, False)
    assert (offered.used, offered.may_use) == (False, True)
    assert pages_model.ecerts(scenes.idle()) == ()


def test_a_page_with_flaws_says_so() -> None:
    page = scenes.pages(1)[0]
    flawed = type(page)("d", 1, flags=("blurred", "glare"))
    assert [text for _icon, text in pages_model.flags(flawed)] == ["模糊", "反光"]
