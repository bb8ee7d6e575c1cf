"""Notices keys, pointer and touch of a window, for the idle lock.

It sits on the native window, where only what a person does arrives, and not on the application, where every event of
every widget would pass through Python.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

DEEDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class InputWatch(QObject):
    """Tells ``touched`` of everything that a person does in ``window``, which must have been shown once."""

    def __init__(self, window: QWidget, touched: Callable[[], object]) -> None:
        super().__init__(window)
        self._touched = touched
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in DEEDS:
            self._touched()
        return False
