"""How the field that has the focus is filled by keys."""

from enum import Enum

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit


class FieldKind(Enum):
    """Typed, picked from a list, or ticked."""

    TEXT = "text"
    LIST = "list"
    TICK = "tick"


def field_kind() -> FieldKind:
    """The kind of the focused field."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QPlainTextEdit):
        return FieldKind.TEXT
    return FieldKind.LIST if isinstance(focus, QComboBox) else FieldKind.TICK
