from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.carry import recall, remember

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)


class Strip(QWidget):
    """Knows something that no state holds."""

    def __init__(self) -> None:
        super().__init__()
        self.open = False

    def remember(self) -> bool | None:
        return self.open or None

    def recall(self, kept: bool) -> None:
        self.open = kept


class Desk(QWidget):
    """Two lines, one of them in a named part, a text, something that scrolls, and a strip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("root")
        column = QVBoxLayout(self)
        self.first, self.text, self.strip = QLineEdit("shown"), QPlainTextEdit(), Strip()
        self.part = QWidget()
        self.part.setObjectName("field-name")
        self.named = QLineEdit()
        QVBoxLayout(self.part).addWidget(self.named)
        self.area = QScrollArea()
        long = QLabel("\n".join("line" for _ in range(60)))
        self.area.setWidget(long)
        for widget in (self.first, self.part, self.text, self.area, self.strip):
            column.addWidget(widget)
        self.resize(300, 400)

    def parts(self) -> dict[str, QWidget]:
        return {"strip": self.strip}


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[], Desk]:
    def made() -> Desk:
        desk = Desk()
        qtbot.addWidget(desk)
        with qtbot.waitActive(desk, timeout=20_000):
            desk.show()
            desk.activateWindow()
        return desk

    return made


def test_what_was_typed_comes_back_and_what_was_only_shown_does_not(make: Callable[[], Desk]) -> None:
    old, new = make(), make()
    QTest.keyClicks(old.named, "half")
    old.text.setFocus()
    QTest.keyClicks(old.text, "more")
    new.first.setText("shown in English")
    recall(new, new.parts(), remember(old, old.parts()))
    assert (new.first.text(), new.named.text(), new.text.toPlainText()) == ("shown in English", "half", "more")
    assert new.named.isModified()


def test_the_focus_and_the_cursor_come_back(make: Callable[[], Desk]) -> None:
    old = make()
    old.named.setFocus()
    QTest.keyClicks(old.named, "abcdef")
    old.named.setSelection(1, 3)
    carried = remember(old, old.parts())
    old.close()
    new = make()
    assert recall(new, new.parts(), carried)
    assert QApplication.focusWidget() is new.named
    assert new.named.selectedText() == "bcd"


def test_a_focus_that_is_nowhere_any_more_is_told(make: Callable[[], Desk]) -> None:
    old = make()
    old.named.setFocus()
    carried = remember(old, old.parts())
    new = make()
    new.named.setEnabled(False)
    assert not recall(new, new.parts(), carried)


def test_scrolled_places_come_back_even_when_the_height_comes_later(make: Callable[[], Desk]) -> None:
    new, old = make(), make()
    old.area.verticalScrollBar().setValue(90)
    assert old.area.verticalScrollBar().value() == 90
    words = new.area.findChild(QLabel)
    assert words is not None
    whole = words.text()
    words.setText("line")
    words.adjustSize()
    QCoreApplication.processEvents()
    recall(new, new.parts(), remember(old, old.parts()))
    assert new.area.verticalScrollBar().value() == 0
    words.setText(whole)
    words.adjustSize()
    QCoreApplication.processEvents()
    assert new.area.verticalScrollBar().value() == 90


def test_parts_carry_what_only_they_know(make: Callable[[], Desk]) -> None:
    old, new = make(), make()
    old.strip.open = True
    recall(new, new.parts(), remember(old, old.parts()))
    assert new.strip.open
