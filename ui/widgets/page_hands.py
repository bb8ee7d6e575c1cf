"""The page stage with hands: enlarge a stored page, move it about, and drag the corners of an original."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.theme import current
from ui.widgets.page_corners import WHOLE, Corners, moved, nearest
from ui.widgets.page_stage import PageStage

PAN = 60
"""Pixels that an arrow key moves an enlarged page."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PageHands(PageStage):
    """A stage for stored pages.

    A page is enlarged with + and −, 0 and the wheel, and moved by dragging or with the arrows. While cropping, 1 to 4
    (or Tab) choose a corner, the arrows move it by a pixel of what is seen (with Shift by ten), the mouse drags it.

    Args:
        on_act: Told ``apply`` (Enter), ``cancel`` (Esc), ``zoomed``, ``previous``, ``next`` (arrows on a whole page).
    """

    def __init__(self, on_act: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = on_act
        self._grip: QPointF | None = None
        self._dragged = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def begin_crop(self, corners: Corners | None) -> None:
        """Start with these corners; none: with the whole picture."""
        self.corners, self.chosen = corners or WHOLE, 0
        self.zoom.reset()
        self.update()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Enlarge by steps, around a point or the middle."""
        self.zoom.by(steps, at or QPointF(self.rect().center()), self._size(), self._room())
        self._act("zoomed")
        self.update()

    def zoom_all(self) -> None:
        """All of the page again."""
        self.zoom.reset()
        self._act("zoomed")
        self.update()

    def move_corner(self, dx: float, dy: float) -> None:
        """Move the chosen corner by pixels of what is seen."""
        target = self._target()
        if not target.isEmpty():
            x, y = self.corners[self.chosen]
            self.corners = moved(self.corners, self.chosen, x + dx / target.width(), y + dy / target.height())
            self.update()

    def event(self, event: QEvent) -> bool:
        """Esc is the stage's own while it has the keys, and Tab goes round the corners."""
        if isinstance(event, QKeyEvent) and self._face.mode in {"frozen", "crop"}:
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            tab = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()), 0)
            if event.type() == QEvent.Type.KeyPress and tab and self._face.mode == "crop":
                self.chosen = (self.chosen + tab) % 4
                self.update()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._face.mode not in {"frozen", "crop"} or not self._key(event):
            event.ignore()

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not plain:
            return False
        steps = {"+": 1, "=": 1, "-": -1, "_": -1}.get(event.text(), 0)
        if steps:
            self.zoom_by(steps)
        elif event.text() == "0":
            self.zoom_all()
        elif key in _ARROWS:
            return self._arrow(*_ARROWS[key], fast=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif self._face.mode == "crop":
            return self._crop_key(key, event.text())
        elif key == Qt.Key.Key_Escape and self.zoom.enlarged:
            self.zoom_all()
        elif key == Qt.Key.Key_Escape:
            self._act("cancel")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.zoom_all() if self.zoom.enlarged else self.zoom_by(4)
        else:
            return False
        return True

    def _arrow(self, dx: int, dy: int, *, fast: bool) -> bool:
        if self._face.mode == "crop":
            far = 10 if fast else 1
            self.move_corner(dx * far, dy * far)
        elif self.zoom.enlarged:
            self.zoom.pan(-dx * current().px(PAN), -dy * current().px(PAN), self._size(), self._room())
            self.update()
        elif dx:
            self._act("next" if dx > 0 else "previous")
        else:
            return False
        return True

    def _crop_key(self, key: Qt.Key, text: str) -> bool:
        if text in {"1", "2", "3", "4"}:
            self.chosen = int(text) - 1
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act("apply")
        elif key == Qt.Key.Key_Escape:
            self._act("cancel")
        else:
            return False
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._face.mode not in {"frozen", "crop"} or self._picture is None:
            event.ignore()
            return
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._dragged = -1
        if self._face.mode == "crop":
            self._dragged = nearest(self._points(), event.position(), current().px(24))
            if self._dragged >= 0:
                self.chosen = self._dragged
        if self._dragged >= 0 or self.zoom.enlarged:
            self._grip = event.position()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        by = event.position() - self._grip
        self._grip = event.position()
        if self._dragged >= 0:
            self.move_corner(by.x(), by.y())
        else:
            self.zoom.pan(by.x(), by.y(), self._size(), self._room())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip, self._dragged = None, -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._face.mode != "frozen":
            return
        self.zoom_all() if self.zoom.enlarged else self.zoom_by(4, event.position())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
