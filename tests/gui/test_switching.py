"""The looks change under the clerk's hands: language, contrast, size of text. Nothing that she had is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.gallery_rail import locked_state
from tests.gui.recorder import Recorder
from ui.looks import SWITCHES, Looks
from ui.reception.form.view import FormStepView
from ui.reception.identity.view import IdentityView
from ui.reception.item.view import ItemView
from ui.reception.window import ReceptionWindow
from ui.theme import Theme, apply_theme, current
from ui.words import words
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState, Say

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Counter:
    """A window with its switches, as the program wires them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.desk = Recorder()
        self.looks = Looks()
        switches: dict[str, Callable[[], object]] = {name: partial(self.switch, name) for name in SWITCHES}
        self.window = ReceptionWindow(
            cast("ClerkActions", self.desk), demo.DemoShelf(), demo.DrawnPictures(), current(), self.now, switches
        )
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def now(self) -> datetime:
        return demo.at("10:42")

    def close(self) -> None:
        """Throw it away at once: a style sheet is worn by every window that is alive."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def switch(self, name: str) -> None:
        """What ``Windows.switch`` does."""
        self.looks = self.looks.switched(name)
        self.window.change_looks(self.dress)
        self.settle()

    def dress(self) -> Theme:
        words.language = self.looks.language
        theme = self.looks.themed()
        apply_theme(cast("QApplication", QApplication.instance()), theme)
        return theme

    def present(self, state: ReceptionState) -> None:
        self.window.present(state)
        self.settle()

    @staticmethod
    def settle() -> None:
        for _ in range(30):
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def seen(self) -> str:
        """All words of visible labels."""
        return " ".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def form(self) -> FormStepView:
        body = self.window.centre.body(Step.FORM)
        assert isinstance(body, FormStepView)
        return body

    def line(self, field: str) -> QLineEdit:
        line = self.form().cells[field].findChild(QLineEdit)
        assert line is not None
        return line


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(qtbot)
    yield made
    made.close()
    words.language = "zh"
    apply_theme(cast("QApplication", QApplication.instance()), Theme.load("light"))


def a_line(counter: Counter) -> str:
    """A field of the form that text is typed into."""
    return next(
        name
        for name, cell in counter.form().cells.items()
        if (line := cell.findChild(QLineEdit)) is not None and not line.isReadOnly() and cell.isVisible()
    )


def test_alt_l_turns_every_word_to_english_and_back(counter: Counter) -> None:
    counter.present(demo.materials_state())
    chinese = counter.seen()
    counter.press(Qt.Key.Key_L, ALT)
    assert "Documents" in counter.window.centre.sheet.part.head.accessibleName()
    assert counter.window.windowTitle() == "One Window"
    counter.press(Qt.Key.Key_L, ALT)
    assert counter.seen() == chinese


def test_ctrl_and_equals_minus_and_nought_change_the_size_of_the_text(counter: Counter) -> None:
    counter.present(demo.materials_state())
    heights = [counter.window.top.height()]
    for key in (Qt.Key.Key_Equal, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
        counter.press(key, CTRL)
        heights.append(counter.window.top.height())
    assert heights == [44, 55, 66, 55, 44]


@pytest.mark.parametrize("switch", ["language", "contrast", "text_larger"])
def test_a_half_typed_text_its_cursor_and_the_focus_stay(counter: Counter, switch: str) -> None:
    counter.present(demo.form_state())
    name = a_line(counter)
    line = counter.line(name)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "half typed")
    line.setCursorPosition(4)
    counter.switch(switch)
    again = counter.line(name)
    assert again is not line
    assert (again.text(), again.cursorPosition(), again.hasFocus()) == ("half typed", 4, True)
    assert counter.desk.asked == []  # nothing was told to the desk before the field is left


def test_what_was_half_typed_before_is_told_when_the_field_is_left(counter: Counter) -> None:
    counter.present(demo.form_state())
    name = a_line(counter)
    counter.line(name).setFocus()
    counter.line(name).selectAll()
    QTest.keyClicks(counter.line(name), "abc")
    counter.switch("language")
    counter.press(Qt.Key.Key_Tab)
    assert counter.desk.asked == [("set_field", name, "abc")]


def test_what_an_input_method_was_composing_is_not_lost(counter: Counter) -> None:
    counter.present(demo.form_state())
    name = a_line(counter)
    line = counter.line(name)
    line.setFocus()
    line.selectAll()
    for text, committed in (("shi", ""), ("", "示例")):
        event = QInputMethodEvent(text, [])
        event.setCommitString(committed)
        QApplication.sendEvent(line, event)
    counter.switch("contrast")
    assert counter.line(name).text() == "示例"


def test_the_body_stays_scrolled_where_it_was(counter: Counter) -> None:
    counter.window.resize(1366, 640)
    counter.present(demo.form_state())
    area: QScrollArea = counter.window.centre.sheet.part.area
    area.verticalScrollBar().setValue(60)
    assert area.verticalScrollBar().value() == 60
    counter.switch("contrast")
    assert counter.window.centre.sheet.part.area.verticalScrollBar().value() == 60


def test_a_search_text_stays_and_finds_the_same(counter: Counter) -> None:
    counter.present(demo.no_item_state())
    body = counter.window.centre.body(Step.ITEM)
    assert isinstance(body, ItemView)
    body.field.setFocus()
    QTest.keyClicks(body.field, "gtgsh")
    found = [row.item_id for row in body.list.rows]
    counter.switch("contrast")
    again = counter.window.centre.body(Step.ITEM)
    assert isinstance(again, ItemView)
    assert again.field.text() == "gtgsh"
    assert again.field.hasFocus()
    assert [row.item_id for row in again.list.rows] == found


def test_what_is_open_in_place_stays_open(counter: Counter) -> None:
    counter.present(demo.calling_state())
    body = counter.window.centre.body(Step.IDENTITY)
    assert isinstance(body, IdentityView)
    body.open_typing()
    QTest.keyClicks(body.typing.name.editor, "Li")
    counter.window.act("device_page")
    counter.window.act("help")
    counter.switch("language")
    again = counter.window.centre.body(Step.IDENTITY)
    assert isinstance(again, IdentityView)
    assert again.typing_is_open
    assert again.typing.name.text() == "Li"
    assert counter.window.viewer.chosen == "device"
    assert not counter.window.key_list.isHidden()


def test_an_open_strip_keeps_its_line_and_its_note(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(Qt.Key.Key_F6)
    strip = counter.window.centre.strip
    assert strip.kind == "hold"
    strip.note.setFocus()
    QTest.keyClicks(strip.note, "lease")
    counter.switch("language")
    again = counter.window.centre.strip
    assert again is not strip
    assert (again.kind, again.isVisible(), again.note.text()) == ("hold", True, "lease")


def test_the_pause_that_is_being_chosen_stays_chosen(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_2)
    chosen = [chip.isChecked() for chip in counter.window.centre.pause_page.reasons]
    counter.switch("contrast")
    page = counter.window.centre.pause_page
    assert page.choosing
    assert page.isVisible()
    assert [chip.isChecked() for chip in page.reasons] == chosen
    assert chosen.index(True) == 1


def test_keys_and_states_that_come_while_it_is_built_again_wait_for_it(counter: Counter) -> None:
    counter.present(demo.form_state())
    name = a_line(counter)
    counter.line(name).setFocus()
    counter.line(name).selectAll()
    pieces = counter.window.build_again(counter.dress)
    next(pieces)
    QTest.keyClicks(counter.window, "xy")
    counter.window.act("save_draft")
    counter.window.present(replace(demo.form_state(), say=Say(9, "draft_saved")))
    assert counter.desk.asked == []
    for _ in pieces:
        pass
    counter.settle()
    assert counter.line(name).text() == "xy"
    assert ("save_draft",) in counter.desk.asked
    assert counter.window.toast.isVisible()


def test_a_locked_window_stays_locked(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.present(locked_state())
    assert counter.window.locked
    counter.switch("language")
    assert counter.window.locked
    assert not counter.window.root.isVisible()


def test_the_applicants_pen_and_the_camera_are_shown_on(counter: Counter) -> None:
    counter.present(demo.sign_state())
    counter.window.present_strokes(demo.STROKES)
    before = counter.window.centre.grab().toImage()
    counter.switch("contrast")
    counter.switch("contrast")
    assert counter.window.centre.grab().toImage() == before


class Opened(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("name", ["01a-reception-idle", "01b-reception-materials", "01d-form", "02-item-picker"])
def test_no_part_is_a_window_for_a_moment_while_it_is_built(counter: Counter, name: str) -> None:
    opened = Opened()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(opened)
    counter.present(demo.GALLERY[name][1])
    counter.switch("contrast")
    application.removeEventFilter(opened)
    assert opened.names == []


def test_nothing_of_the_old_widgets_is_left(counter: Counter) -> None:
    counter.present(demo.materials_state())
    first = len(counter.window.findChildren(QWidget))
    for _ in range(3):
        counter.switch("contrast")
        counter.switch("contrast")
    assert len(counter.window.findChildren(QWidget)) == first


@pytest.mark.parametrize("name", ["01a-reception-idle", "01b-reception-materials", "01d-form", "02-item-picker"])
def test_built_again_it_looks_as_built_at_once(counter: Counter, name: str, qtbot: QtBot) -> None:
    counter.present(demo.GALLERY[name][1])
    counter.switch("contrast")
    counter.window.centre.setFocus()
    counter.settle()
    again = counter.window.grab().toImage()
    other = Counter(qtbot)
    other.present(demo.GALLERY[name][1])
    other.window.centre.setFocus()
    other.settle()
    fresh = other.window.grab().toImage()
    other.close()
    assert again == fresh
