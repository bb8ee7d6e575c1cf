"""The right column: what is pressed reaches the desk, what is looked at does not."""

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui import scenes
from tests.gui.recorder import Recorder
from ui.reception.viewer import model
from ui.reception.viewer.view import ViewerView
from ui.theme import current
from ui.widgets import KeyButton, Thumbnail, thumbnail
from window_client.domain.visit import State, Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import NetworkView, OutboxCase, OutboxView, PrintState, ReceptionState


@pytest.fixture
def asked() -> Recorder:
    return Recorder()


@pytest.fixture
def view(qtbot: QtBot, asked: Recorder) -> ViewerView:
    made = ViewerView(cast("ClerkActions", asked), scenes.ShelfOfPages(), current())
    qtbot.addWidget(made)
    made.resize(396, 822)
    made.show()
    return made


def settled(view: ViewerView) -> ViewerView:
    """Let Qt show what was just put into layouts."""
    QApplication.processEvents()
    return view


def press(button: object) -> None:
    assert isinstance(button, KeyButton)
    assert button.isEnabled()
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_capture_turn_delete_and_automatic_reach_the_desk(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.serving())
    view.present_live(scenes.camera_frame())
    settled(view)
    press(view.camera.capture)
    press(view.camera.turn)
    press(view.camera.delete)
    QTest.mouseClick(view.camera.auto, Qt.MouseButton.LeftButton)
    assert asked.asked == [("capture",), ("turn_page",), ("delete_page",), ("set_auto_capture", False)]


def test_the_target_chooses_the_row(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.serving())
    view.camera.target.setFocus()
    QTest.keyClick(view.camera.target, Qt.Key.Key_Down)
    assert asked.asked == [("choose_row", "m4")]


def test_tools_are_off_without_a_selected_page(view: ViewerView) -> None:
    state = scenes.serving()
    assert state.materials is not None
    view.present(replace(state, materials=replace(state.materials, selected_page=-1)))
    assert not view.camera.turn.isEnabled()
    assert not view.camera.delete.isEnabled()


def test_a_thumbnail_selects_and_a_double_click_shows_the_page_in_large(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.serving())
    first = next(t for t in settled(view).camera.findChildren(Thumbnail) if t.isVisible())
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert asked.asked == [("select_page", 0)]
    QTest.mouseDClick(first, Qt.MouseButton.LeftButton)
    assert view.chosen == model.PAGES


def test_the_live_picture_is_told_to_screen_readers(view: ViewerView) -> None:
    view.present(scenes.serving())
    view.present_live(scenes.camera_frame())
    assert "页边已找到" in view.camera.stage.accessibleName()
    view.present_live(None)
    assert "镜头就绪" in view.camera.stage.accessibleName()


def test_no_picture_is_kept_on_the_stage_after_the_visit(view: ViewerView) -> None:
    view.present(scenes.serving())
    view.present_live(scenes.camera_frame())
    view.show_tab(model.PAGES)
    settled(view).grab()
    assert view.pages._shown is not None
    assert thumbnail._scaled.cache_info().currsize > 0
    view.present(scenes.accepted())
    view.present(scenes.idle())
    assert view.camera.stage._picture is None
    assert view.pages._shown is None
    assert view.pages.receipt._lines == ()
    assert thumbnail._scaled.cache_info().currsize == 0


def test_the_receipt_is_shown_and_printed_again(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.accepted())
    assert view.chosen == model.PAGES
    assert view.pages.receipt.isVisible()
    press(view.pages.print_button)
    assert asked.asked == [("print_again",)]


def test_printing_cannot_be_asked_twice(view: ViewerView) -> None:
    view.present(scenes.accepted(PrintState.PRINTING))
    assert not view.pages.print_button.isEnabled()


def waiting(number: int, **changes: object) -> OutboxCase:
    case_no = f"51070020251104000023{number:02}"
    made = OutboxCase(f"id-{number}", case_no, "陈* · 社会保障卡申领", 9, scenes.at(10, 33), 11, 0, 0)
    return replace(made, **changes)  # type: ignore[arg-type]


def boxed(*cases: OutboxCase, aside: int = 0) -> ReceptionState:
    box = OutboxView(len(cases), aside, cases=len(cases), size=9, listed=cases)
    return replace(scenes.offline(), outbox=box)


def test_rows_of_the_outbox_are_kept_while_cases_go_and_only_what_was_set_aside_makes_new_ones(
    view: ViewerView, asked: Recorder
) -> None:
    view.present(boxed(waiting(1), waiting(2), waiting(3)))
    before = list(view.outbox.rows)
    view.present(boxed(waiting(2), waiting(3)))

    assert view.outbox.rows == before[:2]
    assert view.outbox.rows[0].accessibleName().startswith("510700 20251104 0000230 2")
    assert len(view.outbox.rows) == 2

    view.present(boxed(waiting(3, set_aside=1, kind="case", reason="no_such_item"), waiting(2), aside=1))
    retry = settled(view).outbox.rows[0].retry
    assert retry is not None
    press(retry)
    assert asked.asked[-1] == ("retry_set_aside", "id-3")
    assert view.outbox.rows[1].retry is None
    view.present(boxed(waiting(2)))
    assert [row.retry for row in view.outbox.rows] == [None]


def test_the_outbox_is_retried(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.offline())
    assert view.chosen == model.OUTBOX
    press(view.outbox.retry)
    assert asked.asked == [("retry_outbox",)]


def test_an_e_certificate_is_used_from_its_list_but_not_offline(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.serving())
    view.show_tab(model.ECERTS)
    buttons = [b for b in settled(view).ecerts.findChildren(KeyButton) if b.isVisible()]
    press(buttons[0])
    assert asked.asked == [("use_ecert", "m3")]
    view.present(replace(scenes.serving(), network=NetworkView(online=False)))
    view.grab()
    assert [b for b in settled(view).ecerts.findChildren(KeyButton) if b.isVisible()] == []


def test_the_clerk_may_look_elsewhere_until_the_state_asks_for_another_tab(view: ViewerView) -> None:
    view.present(scenes.serving())
    view.show_tab(model.PAGES)
    view.present(scenes.serving())
    assert view.chosen == model.PAGES
    view.present(scenes.printer_out_of_paper())
    assert view.chosen == model.DEVICE


def test_a_tab_asked_for_by_key_is_there_even_if_nothing_makes_it_matter(view: ViewerView) -> None:
    view.present(scenes.idle())
    view.show_tab(model.DEVICE)
    assert view.chosen == model.DEVICE
    assert view.tab_strip.button(model.DEVICE) is not None
    view.present(scenes.idle())
    assert view.chosen == model.DEVICE


@pytest.mark.parametrize(
    "state",
    [
        scenes.idle(), scenes.serving(), scenes.serving(Step.CONFIRM), scenes.accepted(), scenes.offline(),
        scenes.printer_out_of_paper(), scenes.set_aside(),
    ],
)  # fmt: skip
def test_every_button_has_a_name_in_every_state(view: ViewerView, state: object) -> None:
    view.present(state)  # type: ignore[arg-type]
    view.grab()
    for button in view.findChildren(KeyButton):
        assert button.accessibleName(), button
    for page in view.findChildren(Thumbnail):
        assert page.accessibleName()


def test_while_the_window_pauses_the_column_is_blank_but_a_key_opens_the_device_page(view: ViewerView) -> None:
    paused = replace(scenes.idle(), visit=State.PAUSED)
    view.present(scenes.idle())
    assert view.tab_strip.isVisible()
    assert view.camera.isVisible()
    view.present(paused)
    assert not any(part.isVisible() for part in (view.tab_strip, view.camera, view.device))
    view.show_device()
    assert view.device.isVisible()
    view.present(scenes.idle())
    view.present(paused)
    assert not view.device.isVisible()
    view.present(scenes.idle())
    assert view.tab_strip.isVisible()
