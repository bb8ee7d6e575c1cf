"""A scanner that types, through Qt: real key events at the window, a focused field behind it, an input method."""

from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.recorder import Recorder
from tests.wedge_sessions import NAMES, KeyEvent, session
from ui.reception.window import ReceptionWindow
from ui.theme import current
from ui.wedge import WedgeWatch
from window_client.reception.actions import ClerkActions

KEYS = {"Return": Qt.Key.Key_Return, "Shift": Qt.Key.Key_Shift, "CapsLock": Qt.Key.Key_CapsLock}
PATIENCE = 20_000


class Desk(QWidget):
    """A window with a line and a button, watched."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.line, self.button = QLineEdit(), QPushButton("press")
        column.addWidget(self.line)
        column.addWidget(self.button)
        self.enters = self.presses = 0
        self.line.returnPressed.connect(self._entered)
        self.button.clicked.connect(self._pressed)
        self.codes: list[str] = []
        self.locked = False
        self.changes: list[str] = []
        self.line.textChanged.connect(self.changes.append)
        self.watch = WedgeWatch(self, self.codes.append, rests=lambda: self.locked)

    def _entered(self) -> None:
        self.enters += 1

    def _pressed(self) -> None:
        self.presses += 1

    @property
    def handle(self) -> QWindow:
        handle = self.windowHandle()
        assert handle is not None
        return handle

    def key(self, event: KeyEvent) -> None:
        """A key event with its own time, as the window system sends it."""
        key = KEYS.get(event.key, Qt.Key(ord(event.text.upper())) if event.text else Qt.Key.Key_unknown)
        kind = QEvent.Type.KeyRelease if event.do == "release" else QEvent.Type.KeyPress
        held = Qt.KeyboardModifier.ShiftModifier if event.shift else Qt.KeyboardModifier.NoModifier
        text = "\r" if event.key == "Return" else event.text
        for one in (QEvent.Type.ShortcutOverride, kind) if kind == QEvent.Type.KeyPress else (kind,):
            sent = QKeyEvent(one, key, held, text, event.do == "repeat")
            sent.setTimestamp(round(event.at * 1000))
            QCoreApplication.sendEvent(self.handle, sent)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QCoreApplication.sendEvent(self.line, event)

    def scan(self, text: str, at: float = 1.0) -> None:
        """A scanner's keys, two milliseconds apart."""
        for number, character in enumerate(text):
            self.key(KeyEvent(at + number * 0.002, "press", character, character))
            self.key(KeyEvent(at + number * 0.002 + 0.001, "release", character, character))
        self.key(KeyEvent(at + len(text) * 0.002, "press", "Return"))
        self.key(KeyEvent(at + len(text) * 0.002 + 0.001, "release", "Return"))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.line.setFocus()
    qtbot.waitUntil(made.line.hasFocus, timeout=PATIENCE)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_session_leaves_the_field_as_it_must_be_and_gives_its_codes(qtbot: QtBot, desk: Desk, name: str) -> None:
    played = session(name)
    desk.line.setText(played.field)
    desk.line.setCursorPosition(played.cursor)
    if played.selected:
        desk.line.setSelection(played.cursor, played.selected)
    chosen = desk.line.selectedText()
    desk.changes.clear()
    for event in played.events:
        if event.do == "compose":
            desk.compose(event.text)
        elif event.do == "commit":
            desk.compose("", event.text)
        else:
            desk.key(event)
    qtbot.waitUntil(lambda: desk.line.text() == played.ends, timeout=PATIENCE)
    assert desk.codes == played.codes
    assert desk.enters == played.enters
    assert desk.line.selectedText() == chosen
    if played.field:
        assert desk.changes == []
        assert desk.line.cursorPosition() == played.cursor + played.selected


def test_a_typed_character_comes_by_itself_though_no_further_key_is_pressed(qtbot: QtBot, desk: Desk) -> None:
    desk.key(KeyEvent(1.0, "press", "A", "a"))
    desk.key(KeyEvent(1.001, "release", "A", "a"))
    qtbot.waitUntil(lambda: desk.line.text() == "a", timeout=PATIENCE)
    assert desk.codes == []


def test_keys_that_waited_in_a_busy_loop_are_a_persons_by_their_own_times(desk: Desk) -> None:
    for number, character in enumerate("12345678"):  # all are seen at once
        desk.key(KeyEvent(1.0 + number * 0.12, "press", character, character))
    desk.key(KeyEvent(2.0, "press", "Return"))
    assert (desk.line.text(), desk.enters, desk.codes) == ("12345678", 1, [])


def test_a_shortcut_acts_on_what_was_typed_before_it(desk: Desk) -> None:
    seen: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+G"), desk)
    shortcut.activated.connect(lambda: seen.append(desk.line.text()))
    QTest.keyClick(desk.handle, "7")  # type: ignore[call-overload]  # takes a character too
    QTest.keyClick(desk.handle, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["7"]


def test_a_click_and_a_key_that_does_come_after_what_was_typed(desk: Desk) -> None:
    QTest.keyClick(desk.handle, "7")  # type: ignore[call-overload]  # takes a character too
    QTest.keyClick(desk.handle, Qt.Key.Key_Backspace)
    assert desk.line.text() == ""
    QTest.keyClick(desk.handle, "8")  # type: ignore[call-overload]  # takes a character too
    QTest.mouseClick(desk.handle, Qt.MouseButton.LeftButton, pos=desk.button.mapTo(desk, QPoint(5, 5)))
    assert desk.line.text() == "8"
    assert desk.presses == 1


def test_a_scan_onto_a_button_does_not_press_it(desk: Desk) -> None:
    desk.button.setFocus()
    desk.scan("6901234567892")
    QApplication.processEvents()
    assert desk.codes == ["6901234567892"]
    assert desk.presses == 0


def test_while_the_window_is_locked_a_password_goes_to_its_field(desk: Desk) -> None:
    desk.locked = True
    desk.scan("secret")
    assert (desk.line.text(), desk.codes, desk.enters) == ("secret", [], 1)


def test_a_scan_while_an_input_method_composes_goes_straight_on(desk: Desk) -> None:
    desk.compose("zh")
    desk.scan("6901234567892")
    assert desk.codes == []
    assert desk.enters == 1


def test_two_scans_in_a_row_are_two_codes(desk: Desk) -> None:
    desk.scan("6901234567892", at=1.0)
    desk.scan("6901234567893", at=1.2)
    assert desk.codes == ["6901234567892", "6901234567893"]
    assert desk.line.text() == ""


def test_the_focus_may_go_to_a_widget_that_is_deleted(qtbot: QtBot, desk: Desk) -> None:
    other = QLineEdit(desk)
    other.show()
    other.setFocus()
    other.deleteLater()
    QCoreApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete)
    desk.line.setFocus()
    desk.scan("6901234567892")
    assert desk.codes == ["6901234567892"]


def test_the_desks_window_gives_codes_to_the_desk_and_none_of_their_keys_to_its_steps(qtbot: QtBot) -> None:
    asked = Recorder()
    window = ReceptionWindow(
        cast("ClerkActions", asked), demo.DemoShelf(), demo.DrawnPictures(), current(), lambda: demo.at("10:42")
    )
    qtbot.addWidget(window)
    watch = WedgeWatch(window, asked.code_came, rests=lambda: window.locked)
    window.show()
    window.activateWindow()
    window.present(demo.materials_state())
    QApplication.processEvents()
    asked.asked.clear()
    handle = window.windowHandle()
    assert handle is not None
    for number, character in enumerate("NDE123456"):  # each of these does something at the checklist
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            sent = QKeyEvent(kind, Qt.Key(ord(character)), Qt.KeyboardModifier.NoModifier, character)
            sent.setTimestamp(1000 + number * 3)
            QCoreApplication.sendEvent(handle, sent)
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
    enter.setTimestamp(1030)
    QCoreApplication.sendEvent(handle, enter)
    assert watch.parent() is window
    assert [row for row in asked.asked if row[0] != "touched"] == [("code_came", "NDE123456")]
