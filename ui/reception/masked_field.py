"""A field whose value is covered while others can look."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets.field import FieldBox, FieldFace


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
            self._put(focused=self.editor.hasFocus())

    def _put(self, *, focused: bool) -> None:
        face = self._clear
        if self._covered and not focused:
            face = replace(face, text=self._covered)
        self.present(face)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and isinstance(event, QFocusEvent):
            if event.type() == QEvent.Type.FocusIn:
                self._put(focused=True)
            elif event.type() == QEvent.Type.FocusOut:
                handled = super().eventFilter(watched, event)
                self._cover_later()
                return handled
        return super().eventFilter(watched, event)

    def _cover_later(self) -> None:
        editor = self.editor
        if isinstance(editor, QLineEdit) and editor.text() == self._clear.text:
            self._put(focused=False)
