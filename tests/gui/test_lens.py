"""Two lenses of a document camera: a button only where there are two, its words say where it leads; L does the same."""

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui import scenes
from tests.gui.recorder import Recorder
from ui.reception.viewer.view import ViewerView
from ui.reception.window import ReceptionWindow
from ui.theme import Theme, apply_theme, current
from ui.words import words
from window_client.reception.actions import ClerkActions
from window_client.reception.state import DeviceView, ReceptionState


def through(lens: str, *, state: str = "ready") -> ReceptionState:
    """Step 4 with two cameras, looked at through one of them."""
    shown = scenes.serving()
    assert shown.materials is not None
    others = tuple(device for device in shown.devices if device.kind != "camera")
    cameras = (
        DeviceView("camera", "camera", "ready", "", emulated=False),
        DeviceView("portrait", "camera", state, "" if state == "ready" else "absent", emulated=False),
    )
    used = "portrait" if lens == "portrait" else "camera"
    return replace(shown, devices=others + cameras, materials=replace(shown.materials, lens=lens, camera_id=used))


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


def test_with_one_lens_there_is_no_button(view: ViewerView) -> None:
    view.present(scenes.serving())
    QApplication.processEvents()
    assert view.camera.lens.isHidden()


@pytest.mark.parametrize(("lens", "leads_to"), [("document", "人像镜头"), ("portrait", "文稿镜头"), ("side", "换镜头")])
def test_with_two_the_button_says_where_it_leads_and_turns(
    view: ViewerView, asked: Recorder, lens: str, leads_to: str
) -> None:
    view.present(through(lens))
    view.present_live(scenes.camera_frame())
    QApplication.processEvents()
    assert view.camera.lens.isVisible()
    assert view.camera.lens.text() == leads_to
    QTest.mouseClick(view.camera.lens, Qt.MouseButton.LeftButton)
    assert asked.asked == [("turn_lens",)]


def test_a_lens_that_is_away_says_so_while_the_other_one_is_well(view: ViewerView) -> None:
    view.present(through("portrait", state="offline"))
    QApplication.processEvents()
    assert not view.camera.capture.isEnabled()
    view.present(through("document", state="offline"))
    QApplication.processEvents()
    assert view.camera.capture.isEnabled()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_button_has_room_beside_the_target(view: ViewerView, language: str, theme: Theme) -> None:
    words.language = language
    try:
        view.present(through("document"))
        QApplication.processEvents()
        assert view.camera.lens.width() >= view.camera.lens.sizeHint().width()
        assert view.camera.target.width() > theme.px(120)
    finally:
        words.language = "zh"


def test_the_key_l_turns_the_lens_at_the_checklist(qtbot: QtBot, asked: Recorder) -> None:
    window = ReceptionWindow(
        cast("ClerkActions", asked), demo.DemoShelf(), demo.DrawnPictures(), current(), lambda: demo.at("10:42")
    )
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.present(demo.materials_state())
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_L)
    assert ("turn_lens",) in asked.asked


def test_dressed_in_large_letters_nothing_of_the_row_is_cut(qtbot: QtBot, asked: Recorder, qapp: QApplication) -> None:
    apply_theme(qapp, Theme.load("light", 1.5))
    try:
        view = ViewerView(cast("ClerkActions", asked), scenes.ShelfOfPages(), current())
        qtbot.addWidget(view)
        view.resize(current().width("viewer"), 900)
        view.show()
        view.present(through("document"))
        QApplication.processEvents()
        assert view.camera.lens.width() >= view.camera.lens.sizeHint().width()
        assert view.camera.lens.text() == ""
        assert view.camera.lens.toolTip().startswith("人像镜头")
        assert view.camera.target.width() > current().px(120)
        assert view.camera.lens.mapTo(view, view.camera.lens.rect().bottomRight()).x() <= view.width()
    finally:
        apply_theme(qapp, Theme.load("light"))
