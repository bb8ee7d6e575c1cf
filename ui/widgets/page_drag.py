"""Drag a page by mouse onto another place in its row, or onto another row.

Not Qt's own drag: it runs an event loop of its own, and what is carried never leaves this window. What lies under the
pointer is asked for ``page_drop``: a widget that takes pages says what would happen there.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

Drop = Callable[[str], object]


class PageDrag(QObject):
    """Lets pages be dragged out of a widget.

    Args:
        source: Where the press happens.
        taken: Told where in it; the page's key and its picture, or None where there is no page.
    """

    def __init__(self, source: QWidget, taken: Callable[[QPoint], tuple[str, QPixmap] | None]) -> None:
        super().__init__(source)
        self._source, self._taken = source, taken
        self._pressed: QPoint | None = None
        self._key = ""
        self._ghost: QLabel | None = None
        self._over: QWidget | None = None
        source.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._source or not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._key = event.position().toPoint(), ""
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            return self._moved(event)
        elif kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._released(event.globalPosition().toPoint())
        return False

    def _moved(self, event: QMouseEvent) -> bool:
        here = event.position().toPoint()
        if not self._key:
            pressed = self._pressed or here
            if (here - pressed).manhattanLength() < QApplication.startDragDistance():
                return False
            taken = self._taken(pressed)
            if taken is None:
                self._pressed = None
                return False
            self._key = taken[0]
            self._ghost = QLabel(self._source.window())
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.setPixmap(taken[1])
            self._ghost.adjustSize()
            self._ghost.show()
        at = event.globalPosition().toPoint()
        if self._ghost is not None:
            self._ghost.move(self._source.window().mapFromGlobal(at) + QPoint(8, 8))
        self._light(self._taker(at))
        return True

    def _released(self, at: QPoint) -> bool:
        key, self._key, self._pressed = self._key, "", None
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None
        self._light(None)
        if not key:
            return False
        taker = self._taker(at)
        drop: Drop | None = taker.page_drop(at) if taker is not None else None  # type: ignore[attr-defined]
        if hasattr(self._source, "setDown"):
            self._source.setDown(False)
        if drop is not None:
            drop(key)
        return True  # a drag is no click

    def _light(self, over: QWidget | None) -> None:
        """Show where the page would go."""
        if over is self._over:
            return
        for widget, on in ((self._over, False), (over, True)):
            if widget is not None and hasattr(widget, "set_drop"):
                widget.set_drop(on)
        self._over = over

    def _taker(self, at: QPoint) -> QWidget | None:
        """The widget of this window under a point of the screen that takes pages."""
        window = self._source.window()
        widget = window.childAt(window.mapFromGlobal(at))
        while widget is not None and not hasattr(widget, "page_drop"):
            widget = widget.parentWidget()
        return widget
