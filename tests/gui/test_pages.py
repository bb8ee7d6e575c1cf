"""The clerk's hands on pages: everything by keys, and everything by mouse."""

from dataclasses import replace
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtCore import QBuffer, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import scenes
from tests.gui.gallery_reception import DemoShelf, DrawnPictures, at, materials_state
from tests.gui.recorder import Recorder
from ui.reception.materials.model import materials
from ui.reception.materials.view import MaterialsView
from ui.reception.viewer import pages_model
from ui.reception.viewer.view import ViewerView
from ui.reception.window import ReceptionWindow
from ui.theme import current
from ui.widgets import Thumbnail
from ui.widgets.page_corners import WHOLE, Zoom, is_page, moved
from window_client.domain.material import PageRef
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState

CORNERS = (150.0, 120.0, 860.0, 150.0, 840.0, 1250.0, 130.0, 1230.0)


def stored(page: PageRef, **changes: Any) -> PageRef:
    known: dict[str, Any] = {
        "original": page.digest,
        "frame": (1000, 1400),
        "corners": CORNERS,
        "width": 1654,
        "height": 2339,
    }
    return msgspec.structs.replace(page, **{**known, **changes})


def at_materials(**changes: Any) -> ReceptionState:
    state = scenes.serving()
    assert state.materials is not None
    rows = tuple(replace(row, pages=tuple(stored(page) for page in row.pages)) for row in state.materials.rows)
    rows = tuple(replace(row, two_sides=row.number == 3) for row in rows)
    return replace(state, materials=replace(state.materials, rows=rows, undo="delete", **changes))


class Both(QWidget):
    """The checklist beside the viewer, as in the window, and what is asked of the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Recorder()
        self.acts: list[str] = []
        self.left = 0
        actions = cast("ClerkActions", self.asked)
        self.list = MaterialsView(
            self.acts.append, actions.choose_row, actions.select_page, actions.move_page, scenes.ShelfOfPages()
        )
        self.viewer = ViewerView(actions, scenes.ShelfOfPages(), current(), on_leave=self._leave)
        line = QHBoxLayout(self)
        line.addWidget(self.list, 1)
        line.addWidget(self.viewer)
        self.resize(1100, 820)

    def _leave(self) -> None:
        self.left += 1

    def show_state(self, state: ReceptionState) -> None:
        shown = materials(state)
        assert shown is not None
        self.list.present(shown)
        self.viewer.present(state)
        QApplication.processEvents()

    @property
    def told(self) -> list[Any]:
        return self.asked.asked


@pytest.fixture
def both(qtbot: QtBot) -> Both:
    made = Both()
    qtbot.addWidget(made)
    made.show()
    made.show_state(at_materials())
    made.list.focus_start()
    QApplication.processEvents()
    return made


def key(both: Both, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    row = next(row for row, one in zip(both.list.rows, both.list._shown.rows, strict=True) if one.current)  # type: ignore[union-attr]
    for one in keys:
        QTest.keyClick(row, one, modifier)


def drag(source: QWidget, start: QPoint, target: QWidget, end: QPoint) -> None:
    """Press, move in steps, let go over another widget."""
    goal = source.mapFromGlobal(target.mapToGlobal(end))
    QTest.mousePress(source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(source, start + (goal - start) * part)
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, goal)
    QApplication.processEvents()


# ---- the checklist by keys


def test_arrows_choose_a_page_and_with_ctrl_move_it(both: Both) -> None:
    key(both, Qt.Key.Key_Left)
    assert both.told == [("select_page", 0)]
    key(both, Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.ControlModifier)
    key(both, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert both.acts == ["shift_page:-1", "shift_page:1"]


def test_letters_act_on_the_selected_page(both: Both) -> None:
    key(both, Qt.Key.Key_R, Qt.Key.Key_C, Qt.Key.Key_P, Qt.Key.Key_T, Qt.Key.Key_Delete)
    assert both.acts == ["turn_page", "crop_page", "retake_page", "two_sides", "delete_page"]


def test_m_and_a_number_move_the_page_and_escape_leaves_it(both: Both) -> None:
    key(both, Qt.Key.Key_M, Qt.Key.Key_1)
    assert both.told == [("move_page", "p6", "m1")]
    key(both, Qt.Key.Key_M, Qt.Key.Key_0)
    assert both.told[-1] == ("move_page", "p6", "")
    count = len(both.told)
    key(both, Qt.Key.Key_M, Qt.Key.Key_Escape)
    key(both, Qt.Key.Key_2)
    assert both.told[count:] == [("choose_row", "m2")], "a number is a row again"


def test_enter_shows_the_page_in_large(both: Both) -> None:
    row = next(row for row in both.list.rows if row._face.current)
    row.click()
    assert both.acts == ["zoom_page"]


# ---- the page in large, by keys


def opened(both: Both) -> None:
    assert both.viewer.open_page()
    both.asked.asked.clear()
    QApplication.processEvents()


def press(both: Both, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for one in keys:
        QTest.keyClick(both.viewer.pages.stage, one, modifier)


def test_a_page_is_enlarged_moved_about_and_whole_again(both: Both) -> None:
    opened(both)
    stage = both.viewer.pages.stage
    press(both, Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert stage.zoom.factor == pytest.approx(1.25**3)
    x = stage.zoom.x
    press(both, Qt.Key.Key_Right)
    assert stage.zoom.x > x
    press(both, Qt.Key.Key_Minus)
    assert stage.zoom.factor == pytest.approx(1.25**2)
    press(both, Qt.Key.Key_Escape)
    assert not stage.zoom.enlarged
    press(both, Qt.Key.Key_Return)
    assert stage.zoom.enlarged
    press(both, Qt.Key.Key_0, Qt.Key.Key_Escape)
    assert both.left == 1
    assert both.viewer.chosen == "camera"


def test_arrows_turn_to_the_other_pages_and_keys_act_on_the_one_in_sight(both: Both) -> None:
    opened(both)
    press(both, Qt.Key.Key_Left)
    assert both.told == [("choose_row", "m3"), ("select_page", 0)]
    both.asked.asked.clear()
    press(both, Qt.Key.Key_R)
    assert both.told[-1] == ("turn_page",)
    press(both, Qt.Key.Key_Delete)
    assert both.told[-1] == ("delete_page",)
    press(both, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert both.told[-1] == ("shift_page", 1)
    press(both, Qt.Key.Key_M, Qt.Key.Key_5)
    assert both.told[-1] == ("move_page", "p5", "m5")


def test_corners_by_keys(both: Both) -> None:
    opened(both)
    stage = both.viewer.pages.stage
    press(both, Qt.Key.Key_C)
    start = stage.corners
    assert start == pages_model.corners_of(stored(scenes.pages(6)[0]))
    press(both, Qt.Key.Key_3, Qt.Key.Key_Right)
    one = stage.corners[2][0] - start[2][0]
    assert one > 0
    press(both, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert stage.corners[2][1] - start[2][1] == pytest.approx(10 * one * 1000 / 1400, rel=0.02), "ten times as far"
    assert stage.corners[:2] == start[:2]
    press(both, Qt.Key.Key_Tab)
    assert stage.chosen == 3
    press(both, Qt.Key.Key_Return)
    name, corners = both.told[-1]
    assert name == "crop_page"
    assert corners == stage.corners
    assert not both.viewer.pages.apply.isVisible()


def test_corners_are_left_as_they_were_by_escape_and_found_again_by_the_button(both: Both) -> None:
    opened(both)
    press(both, Qt.Key.Key_C, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert all(asked[0] != "crop_page" for asked in both.told)
    assert both.viewer.chosen == "pages", "Esc leaves the corners, not the page"
    press(both, Qt.Key.Key_C)
    QTest.mouseClick(both.viewer.pages.found, Qt.MouseButton.LeftButton)
    assert both.told[-1] == ("crop_page", ())


def test_a_turned_page_is_cropped_in_its_originals_coordinates(both: Both) -> None:
    state = at_materials()
    assert state.materials is not None
    rows = tuple(replace(row, pages=tuple(stored(page, turn=90) for page in row.pages)) for row in state.materials.rows)
    both.show_state(replace(state, materials=replace(state.materials, rows=rows)))
    opened(both)
    press(both, Qt.Key.Key_C, Qt.Key.Key_Return)
    name, corners = both.told[-1]
    assert name == "crop_page"
    flat = cast("tuple[tuple[float, float], ...]", corners)
    wanted = [(CORNERS[at] / 1000, CORNERS[at + 1] / 1400) for at in range(0, 8, 2)]
    for got, corner in zip(sorted(flat), sorted(wanted), strict=True):
        assert got == pytest.approx(corner)


def test_at_another_step_pages_are_only_looked_at(both: Both) -> None:
    both.viewer.present(scenes.serving(Step.CONFIRM))
    both.viewer.show_tab("pages")
    QApplication.processEvents()
    press(both, Qt.Key.Key_R, Qt.Key.Key_C, Qt.Key.Key_Delete, Qt.Key.Key_M)
    assert both.told == []
    assert not both.viewer.pages.turn.isVisible()
    assert both.viewer.pages.zoom_in.isVisible()


# ---- by mouse


def test_a_corner_is_dragged_and_the_tools_are_pressed(both: Both) -> None:
    opened(both)
    pages = both.viewer.pages
    QTest.mouseClick(pages.crop, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    before = pages.stage.corners
    at = pages.stage._points()[0].toPoint()
    drag(pages.stage, at, pages.stage, at + QPoint(20, 30))
    assert pages.stage.corners[0][0] > before[0][0]
    assert pages.stage.corners[1:] == before[1:]
    QTest.mouseClick(pages.apply, Qt.MouseButton.LeftButton)
    assert both.told[-1] == ("crop_page", pages.stage.corners)
    for tool, name in ((pages.turn, "turn_page"), (pages.retake, "retake_page"), (pages.undo, "undo")):
        QTest.mouseClick(tool, Qt.MouseButton.LeftButton)
        assert both.told[-1] == (name,)


def test_the_wheel_enlarges_at_the_pointer_and_the_mouse_moves_the_page(both: Both) -> None:
    opened(both)
    stage = both.viewer.pages.stage
    at = QPointF(60, 60)
    wheel = QWheelEvent(
        at,
        stage.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stage, wheel)
    assert stage.zoom.enlarged
    x, y = stage.zoom.x, stage.zoom.y
    assert x < 0.5
    assert y < 0.5
    drag(stage, QPoint(200, 300), stage, QPoint(140, 240))
    assert stage.zoom.x > x
    assert stage.zoom.y > y


def thumbs(both: Both) -> list[Thumbnail]:
    return [one for one in both.viewer.camera.findChildren(Thumbnail) if one.isVisible()]


def test_a_page_dragged_in_the_strip_changes_places(both: Both) -> None:
    first, second = thumbs(both)[:2]
    drag(first, first.rect().center(), second, second.rect().center() + QPoint(20, 0))
    assert both.told == [("move_page", "p5", "m3", 1)]
    drag(second, second.rect().center(), first, QPoint(3, 20))
    assert both.told[-1] == ("move_page", "p6", "m3", 0)


def test_a_page_dragged_onto_a_row_goes_there(both: Both) -> None:
    first = thumbs(both)[0]
    drag(first, first.rect().center(), both.list.rows[4], QPoint(60, 20))
    assert both.told == [("move_page", "p5", "m5")]


def test_a_page_is_dragged_from_row_to_row(both: Both) -> None:
    source = both.list.rows[2]
    picture = source._page_rect(1).center().toPoint()
    drag(source, picture, both.list.rows[0], QPoint(60, 20))
    assert ("move_page", "p6", "m1") in both.told


def test_a_page_let_go_nowhere_stays(both: Both) -> None:
    first = thumbs(both)[0]
    drag(first, first.rect().center(), both.viewer.camera.stage, QPoint(50, 50))
    assert both.told == []


def test_a_click_is_no_drag(both: Both) -> None:
    QTest.mouseClick(thumbs(both)[0], Qt.MouseButton.LeftButton)
    assert both.told == [("select_page", 0)]


# ---- what is said


def test_flaws_are_said_in_words_on_thumbnails_and_rows(both: Both) -> None:
    state = at_materials()
    assert state.materials is not None
    flawed = tuple(
        replace(row, pages=tuple(stored(page, flags=("blurred",)) for page in row.pages))
        for row in state.materials.rows
    )
    both.show_state(replace(state, materials=replace(state.materials, rows=flawed)))
    assert "模糊" in thumbs(both)[0].accessibleName()
    listed = materials(replace(state, materials=replace(state.materials, rows=flawed)))
    assert listed is not None
    assert listed.rows[0].state_below == "第 1 页模糊等 3 页"
    assert listed.rows[1].state_below != "", "an e-certificate keeps its own words"


def test_separators_are_told_from_unsorted_pages(both: Both) -> None:
    separator, loose = (stored(page) for page in scenes.pages(8, 9))
    separator = msgspec.structs.replace(separator, flags=("separator",))
    for unsorted, words, button in (
        ((separator,), "分隔页 1 张", False),
        ((loose,), "1 页没有归到材料", True),
        ((separator, loose), "分隔页 1 张", True),
    ):
        both.show_state(at_materials(unsorted=unsorted))
        assert words in both.list.unsorted._text.text()
        assert both.list.unsorted.button.isVisible() is button


def test_the_scanners_switches_are_there_where_the_scanner_has_them(both: Both) -> None:
    camera = both.viewer.camera
    assert not camera.auto_feed.isVisible()
    both.show_state(at_materials(auto_feed=False, duplex=True, size=3_240_000, size_limit=30_000_000))
    assert (camera.auto_feed.isChecked(), camera.duplex.isChecked()) == (False, True)
    QTest.mouseClick(camera.auto_feed, Qt.MouseButton.LeftButton)
    QTest.mouseClick(camera.duplex, Qt.MouseButton.LeftButton)
    assert both.told == [("set_auto_feed", True), ("set_duplex", False)]
    assert camera._size.text() == "本件 3.2 / 30 MB"


def test_what_the_next_picture_is_for_stands_on_the_stage(both: Both) -> None:
    both.show_state(at_materials(card_side=2))
    both.viewer.present_live(scenes.camera_frame())
    assert "放证件第 2 面" in both.viewer.camera.stage.accessibleName()
    both.show_state(at_materials(retakes="p5"))
    both.viewer.present_live(scenes.camera_frame())
    assert "下一张替换第 1 页" in both.viewer.camera.stage.accessibleName()


# ---- geometry


def test_corners_never_cross_and_never_leave_the_picture() -> None:
    assert is_page(WHOLE)
    assert moved(WHOLE, 0, 2.0, 2.0) == WHOLE
    assert moved(WHOLE, 0, -1.0, 0.2)[0] == (0.0, 0.2)
    assert moved(WHOLE, 0, 0.999, 0.999) == WHOLE


def test_what_is_under_the_pointer_stays_there_while_it_is_enlarged() -> None:
    from PySide6.QtCore import QRectF, QSizeF

    zoom, size, room, at = Zoom(), QSizeF(1000, 1400), QRectF(0, 0, 400, 560), QPointF(100, 100)
    zoom.by(3, at, size, room)
    target = zoom.target(size, room)
    assert (at.x() - target.x()) / target.width() == pytest.approx(0.25, abs=0.01)
    zoom.pan(10_000, 10_000, size, room)
    assert zoom.target(size, room).topLeft() == QPointF(0, 0)
    zoom.by(-50, at, size, room)
    assert not zoom.enlarged


class LargePages(scenes.ShelfOfPages):
    """Pages as large as a card's sheet."""

    def page(self, digest: str) -> bytes | None:
        image = QImage(2480, 3508, QImage.Format.Format_RGB888)
        image.fill(Qt.GlobalColor.white)
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def thumbnail(self, digest: str) -> bytes | None:
        return scenes.page_jpeg(12)


def test_a_large_page_is_decoded_beside_the_screen_and_its_small_picture_stands_meanwhile(qtbot: QtBot) -> None:
    view = ViewerView(cast("ClerkActions", Recorder()), LargePages(), current())
    qtbot.addWidget(view)
    view.resize(396, 820)
    view.show()
    view.present(at_materials())
    assert view.open_page()
    stage = view.pages.stage

    assert stage._picture is not None
    assert stage._picture.width() < 800
    qtbot.waitUntil(lambda: stage._picture is not None and stage._picture.height() == 1400, timeout=20_000)
    QTest.keyClick(stage, Qt.Key.Key_Plus)
    assert stage._picture.height() == 3508, "enlarged, all of it is drawn"


# ---- in the window


def test_the_windows_keys_undo_open_and_leave_a_page(qtbot: QtBot) -> None:
    asked = Recorder()
    offers = {name: lambda: None for name in ("language", "large_text")}
    window = ReceptionWindow(
        cast("ClerkActions", asked), DemoShelf(), DrawnPictures(), current(), lambda: at("10:42:00"), offers
    )
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.present(materials_state())
    QApplication.processEvents()
    body = window.centre.body(Step.MATERIALS)
    assert isinstance(body, MaterialsView)
    body.focus_start()
    row = QApplication.focusWidget()
    assert row is not None

    QTest.keyClick(row, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(row, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(row, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert [one for one in asked.asked if one[0] in {"undo", "redo"}] == [("undo",), ("redo",), ("redo",)]

    QTest.keyClick(row, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.viewer.chosen == "pages"
    assert QApplication.focusWidget() is window.viewer.pages.stage
    QTest.keyClick(window.viewer.pages.stage, Qt.Key.Key_Plus)
    assert window.viewer.pages.stage.zoom.enlarged
    QTest.keyClick(window.viewer.pages.stage, Qt.Key.Key_Escape)
    assert not window.viewer.pages.stage.zoom.enlarged
    QTest.keyClick(window.viewer.pages.stage, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert window.viewer.chosen == "camera"
    assert QApplication.focusWidget() is row


def test_on_a_narrow_screen_a_page_comes_over_the_checklist_and_goes_again(qtbot: QtBot) -> None:
    window = ReceptionWindow(
        cast("ClerkActions", Recorder()), DemoShelf(), DrawnPictures(), current(), lambda: at("10:42:00"), {}
    )
    qtbot.addWidget(window)
    window.resize(1200, 760)
    window.show()
    window.activateWindow()
    window.present(materials_state())
    QApplication.processEvents()
    assert not window.viewer.isVisible()

    window.act("crop_page")
    QApplication.processEvents()
    assert window.viewer.isVisible()

    window.viewer.pages.stage.setFocus()
    QTest.keyClick(window.viewer.pages.stage, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not window.viewer.isVisible()
    assert window.centre.isVisible()
