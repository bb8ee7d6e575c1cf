"""What was copied here does not outlive the visit, nor a minute."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from window_client.domain.visit import State

LASTS_MS = 60_000
"""Milliseconds after which what this program put into the clipboard is taken out again."""


class ClipboardGuard(QObject):
    """Clears the clipboard, and X11's selection, of what came from this program. Another program's content stays.

    Args:
        parent: Its owner.
        lasts_ms: How long a copied text may stay.
    """

    def __init__(self, parent: QObject | None = None, *, lasts_ms: int = LASTS_MS) -> None:
        super().__init__(parent)
        self._visit = State.IDLE
        self._ours: dict[QClipboard.Mode, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lasts_ms)
        self._timer.timeout.connect(self.clear)
        QGuiApplication.clipboard().changed.connect(self._changed)

    def present(self, visit: State) -> None:
        """The state of the visit: when it is over nothing of it stays."""
        if visit is State.IDLE and self._visit is not State.IDLE:
            self.clear()
        self._visit = visit

    def clear(self) -> None:
        """Take out what is ours and still there."""
        board = QGuiApplication.clipboard()
        ours, self._ours = self._ours, {}
        for mode, mark in ours.items():
            if hash(board.text(mode)) == mark:
                board.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        board = QGuiApplication.clipboard()
        if board.text(mode) and _from_here(board, mode):
            self._ours[mode] = hash(board.text(mode))
            self._timer.start()
        else:
            self._ours.pop(mode, None)


def _from_here(board: QClipboard, mode: QClipboard.Mode) -> bool:
    """The system says so, or the clerk is in one of our windows; not every platform knows who owns it."""
    owns = board.ownsSelection() if mode is QClipboard.Mode.Selection else board.ownsClipboard()
    return owns or QGuiApplication.focusWindow() is not None
