"""Chinese is composed in every field: while it is, keys belong to the input method; what it commits is what is kept."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.gallery_rail import locked_state
from tests.gui.looks_scenes import settle
from tests.gui.recorder import Recorder
from ui.reception.form.view import FormStepView
from ui.reception.identity.view import IdentityView
from ui.reception.item.view import ItemView
from ui.reception.window import ReceptionWindow
from ui.theme import current
from ui.widgets.field import FieldBox
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState

Find = Callable[[ReceptionWindow], QWidget]


def _form_line(window: ReceptionWindow) -> QWidget:
    body = window.centre.body(Step.FORM)
    assert isinstance(body, FormStepView)
    boxes = [cell.field for cell in body.cells.values() if isinstance(cell.field, FieldBox) and cell.isVisible()]
    return next(b.editor for b in boxes if isinstance(b.editor, QLineEdit) and not b.editor.isReadOnly())


def _search(window: ReceptionWindow) -> QWidget:
    body = window.centre.body(Step.ITEM)
    assert isinstance(body, ItemView)
    return body.field


def _typed_name(window: ReceptionWindow) -> QWidget:
    window.act("open_typing")
    body = window.centre.body(Step.IDENTITY)
    assert isinstance(body, IdentityView)
    return body.typing.name.editor


def _typed_number(window: ReceptionWindow) -> QWidget:
    window.act("open_typed_number")
    return window.rail.typed.field


def _hold_note(window: ReceptionWindow) -> QWidget:
    window.act("hold")
    return window.centre.strip.note


def _account(window: ReceptionWindow) -> QWidget:
    assert window.lock_page is not None
    return window.lock_page.account


FIELDS: dict[str, tuple[ReceptionState, Find]] = {
    "a line of the form": (demo.form_state(), _form_line),
    "the search": (demo.no_item_state(), _search),
    "a name typed in": (demo.calling_state(), _typed_name),
    "a number called": (demo.idle_state(), _typed_number),
    "a reason typed": (demo.materials_state(), _hold_note),
    "the account of the lock page": (locked_state(), _account),
}


class Writing:
    """One editor of one scene, and an input method that writes in it."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        state, find = FIELDS[name]
        self.desk = Recorder()
        self.window = ReceptionWindow(
            cast("ClerkActions", self.desk),
            demo.DemoShelf(),
            demo.DrawnPictures(),
            current(),
            lambda: demo.at("10:42"),
        )
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        self.window.present(state)
        settle()
        self.editor = find(self.window)
        self.editor.setFocus()
        if isinstance(self.editor, QLineEdit):
            self.editor.clear()
        settle()
        self.desk.asked.clear()

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.editor, event)

    def text(self) -> str:
        editor = self.editor
        if isinstance(editor, QPlainTextEdit):
            return editor.toPlainText()
        assert isinstance(editor, QLineEdit)
        return editor.text()


@pytest.mark.parametrize("name", FIELDS)
def test_composing_asks_the_desk_nothing_and_the_committed_text_stands(qtbot: QtBot, name: str) -> None:
    writing = Writing(qtbot, name)
    assert writing.editor.hasFocus()
    assert writing.editor.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    for so_far in ("s", "sh", "shi", "shi l"):
        writing.compose(so_far)
        assert writing.text() == ""
    assert writing.desk.asked == []
    writing.compose("", "示例")
    assert writing.text() == "示例"


@pytest.mark.parametrize("name", ["a line of the form", "the search", "a reason typed"])
def test_a_new_state_from_the_desk_does_not_break_the_composition(qtbot: QtBot, name: str) -> None:
    writing = Writing(qtbot, name)
    writing.compose("shi")
    writing.window.present(FIELDS[name][0])
    settle()
    assert writing.editor.hasFocus()
    writing.compose("", "示例")
    assert writing.text() == "示例"
