"""A field whose value is covered while others can look."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets.field import FieldBox, FieldFace

LOOKS = frozenset({Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
"""The clerk went there: the value is shown."""

EDITS = frozenset(
    {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class MaskedField(FieldBox):
    """A field whose value is covered while it does not have the focus."""

    def __init__(self, on_leave: Callable[[str], object]) -> None:
        super().__init__("text", on_leave)
        self._clear = FieldFace("")
        self._covered = ""

    def show_value(self, face: FieldFace, covered: str) -> None:
        """Show ``face``; ``covered`` stands in for its text without focus, unless it is empty."""
        if (face, covered) != (self._clear, self._covered):
            self._clear, self._covered = face, covered
            self._put(focused=self.editor.hasFocus() and not self._is_covered())

    def _put(self, *, focused: bool) -> None:
        face = self._clear
        if self._covered and not focused:
            face = replace(face, text=self._covered)
        self.present(face)

    def focus(self) -> None:
        """Put the cursor here; a covered value stays covered until the clerk types or looks."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit) and not self._is_covered():
            self.editor.selectAll()

    def _is_covered(self) -> bool:
        return bool(self._covered) and self.text() == self._covered

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusIn and event.reason() in LOOKS:
                self._put(focused=True)
            elif event.type() == QEvent.Type.FocusOut:
                handled = super().eventFilter(watched, event)
                self._cover_later()
                return handled
        elif watched is self.editor and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._uncover_for(event)
        return super().eventFilter(watched, event)

    def _uncover_for(self, event: QKeyEvent) -> None:
        """Keys that edit or move in the text work on the value, never on its cover."""
        if self._is_covered() and ((event.text().isprintable() and event.text()) or event.key() in EDITS):
            self._put(focused=True)
            if isinstance(self.editor, QLineEdit):
                self.editor.selectAll()

    def _cover_later(self) -> None:
        editor = self.editor
        if isinstance(editor, QLineEdit) and editor.text() == self._clear.text:
            self._put(focused=False)
