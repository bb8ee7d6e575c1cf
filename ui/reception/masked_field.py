"""A field whose value is covered while others can look."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from ui.widgets.field import FieldBox, FieldFace

LOOKS = frozenset({Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})
"""The clerk went there: the value is shown."""

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
EDITS = frozenset(
    {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
)


def _changes(event: QEvent) -> bool:
    """Whether an event edits the text or moves in it: that works on the value, never on its cover."""
    if event.type() == QEvent.Type.InputMethod:
        return True
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    pasted = event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Cut)
    typed = bool(event.text()) and event.text().isprintable() and not event.modifiers() & HELD
    return typed or pasted or event.key() in EDITS


class MaskedField(FieldBox):
    """A field whose value is covered while it does not have the focus."""

    def __init__(self, on_leave: Callable[[str], object], *, compact: bool = False) -> None:
        super().__init__("text", on_leave, compact=compact)
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
        elif watched is self.editor and self._is_covered() and _changes(event):
            self._put(focused=True)
            if isinstance(self.editor, QLineEdit):
                self.editor.selectAll()
        return super().eventFilter(watched, event)

    def _cover_later(self) -> None:
        editor = self.editor
        if isinstance(editor, QLineEdit) and editor.text() == self._clear.text:
            self._put(focused=False)
