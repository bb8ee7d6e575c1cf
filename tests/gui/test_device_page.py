"""设备: reached by keys, asking the desk, and never taking the focus."""

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
from ui.reception.viewer.device_page import DeviceRow
from ui.reception.viewer.drawings import PICTURES, StepDrawing
from ui.reception.viewer.view import ViewerView
from ui.theme import current
from ui.widgets import KeyButton
from ui.words import words
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState, Tried, TriedState


@pytest.fixture
def asked() -> Recorder:
    return Recorder()


@pytest.fixture
def view(qtbot: QtBot, asked: Recorder) -> ViewerView:
    made = ViewerView(cast("ClerkActions", asked), scenes.ShelfOfPages(), current())
    qtbot.addWidget(made)
    made.resize(396, 822)
    made.show()
    made.activateWindow()
    return made


def settled() -> None:
    """Let Qt show what was just put into layouts."""
    QApplication.processEvents()


def press(button: KeyButton) -> None:
    assert button.isEnabled()
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_alt_d_comes_to_the_list_the_arrows_choose_and_enter_looks_again(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.idle())
    view.show_device()
    settled()
    first = QApplication.focusWidget()
    assert isinstance(first, DeviceRow)

    QTest.keyClick(first, Qt.Key.Key_Down)

    second = QApplication.focusWidget()
    assert isinstance(second, DeviceRow)
    assert second is not first
    assert second.accessibleName().startswith(words("device.kind.scanner"))
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert asked.asked == [("check_device", second.device_id)]
    view.present(with_tried(second.device_id, TriedState.RUNNING))
    assert QApplication.focusWidget() is second, "a device that answers takes nobody's focus"


def with_tried(device_id: str, state: TriedState) -> ReceptionState:
    kind = next(row.kind for row in scenes.DEVICES if row.id == device_id)
    return replace(scenes.idle(), tried=Tried(device_id, kind, "check", state, at=scenes.at(10, 52)))


def test_tab_goes_from_the_list_to_the_buttons(view: ViewerView) -> None:
    view.present(scenes.printer_out_of_paper())
    view.show_device()
    settled()
    row = QApplication.focusWidget()
    assert isinstance(row, DeviceRow)

    QTest.keyClick(row, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.device.repair
    QTest.keyClick(view.device.repair, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.device.check


def test_a_pill_turns_to_its_own_device_and_its_buttons_ask_for_it(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.idle())
    printer = next(row.id for row in scenes.DEVICES if row.kind == "printer")

    view.show_device(printer)
    settled()
    press(view.device.test)
    press(view.device.check)

    assert asked.asked == [("test_device", printer), ("check_device", printer)]
    view.present(with_tried(printer, TriedState.RUNNING))
    assert not view.device.test.isEnabled()


def test_the_clerk_says_that_another_printer_takes_over(view: ViewerView, asked: Recorder) -> None:
    printer = next(row for row in scenes.DEVICES if row.kind == "printer")
    rows = (replace(printer, place=1), replace(printer, id="second", place=2, spare=True))
    view.present(replace(scenes.idle(), devices=rows))
    view.show_device(printer.id)
    settled()
    assert not view.device.prefer.isVisible()

    view.show_device("second")
    settled()
    press(view.device.prefer)

    assert asked.asked == [("prefer_device", "second")]


def test_the_repair_of_a_printer_prints_what_waits(view: ViewerView, asked: Recorder) -> None:
    view.present(scenes.printer_out_of_paper())
    settled()
    press(view.device.repair)
    assert asked.asked == [("print_again",)]


def test_who_turns_away_and_comes_back_sees_what_needs_care_first(view: ViewerView) -> None:
    view.present(scenes.printer_out_of_paper())
    camera = next(row.id for row in scenes.DEVICES if row.kind == "camera")
    view.show_device(camera)
    settled()
    view.show_tab(model.PAGES)
    settled()

    view.show_device()

    row = QApplication.focusWidget()
    assert isinstance(row, DeviceRow)
    assert row.accessibleName().startswith(words("device.kind.printer"))


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_every_drawing_draws_something(name: str) -> None:
    drawing = StepDrawing(name, "step")
    picture = drawing.grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(picture.height())}
    assert len(seen) > 2
    drawing.deleteLater()
