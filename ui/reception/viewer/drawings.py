"""The three drawn steps of loading paper. Coordinates are design pixels of a 140 × 92 field."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import current

FIELD = (140, 92)


class StepDrawing(QWidget):
    """One drawing: ``open`` the cover, drop the ``roll`` in, ``pull`` the paper, ``close`` the cover."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.setAccessibleName(name)
        theme = current()
        self.setFixedSize(QSize(theme.px(FIELD[0]), theme.px(FIELD[1])))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(theme.scale, theme.scale)
        ink = QPen(theme.colour("ink-2"), 2)
        ink.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(ink)
        if self._kind == "open":
            self._open(painter)
        elif self._kind == "roll":
            self._roll(painter)
        else:
            self._close(painter)
        painter.end()

    def _box(self, painter: QPainter, top: float, bottom: float) -> None:
        painter.setBrush(current().colour("sunken"))
        painter.drawRect(QRectF(20, top, 100, bottom - top))

    def _open(self, painter: QPainter) -> None:
        theme = current()
        painter.setBrush(theme.colour("panel"))
        lid = [QPointF(20, 37), QPointF(34, 4), QPointF(135, 4), QPointF(120, 37)]
        painter.drawPolygon(QPolygonF(lid))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRect(QRectF(20, 37, 100, 50))
        self._arrow(painter, 69, 30, 12)
        painter.setPen(QPen(theme.colour("accent"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(109, 64), QPointF(116, 64))

    def _roll(self, painter: QPainter) -> None:
        theme = current()
        self._box(painter, 37, 87)
        painter.drawLine(QPointF(90, 37), QPointF(90, 5))
        painter.setBrush(theme.colour("panel"))
        painter.drawEllipse(QPointF(66, 37), 24, 24)
        painter.setBrush(theme.colour("sunken"))
        painter.drawEllipse(QPointF(66, 37), 7.5, 7.5)
        self._arrow(painter, 106, 4, 27)

    def _close(self, painter: QPainter) -> None:
        theme = current()
        painter.setBrush(theme.colour("panel"))
        painter.drawRect(QRectF(44, 11, 52, 26))
        self._box(painter, 37, 87)
        painter.setPen(QPen(theme.colour("ink-2"), 4))
        painter.drawLine(QPointF(20, 37), QPointF(44, 37))
        painter.drawLine(QPointF(96, 37), QPointF(120, 37))
        self._arrow(painter, 116, 6, 24)

    @staticmethod
    def _arrow(painter: QPainter, x: float, start: float, end: float) -> None:
        """An arrow from ``start`` to ``end`` along a vertical line."""
        pen = QPen(current().colour("accent"), 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        way = 1 if end > start else -1
        painter.drawLine(QPointF(x, start), QPointF(x, end))
        painter.drawPolyline(QPolygonF([QPointF(x - 8, end - way * 8), QPointF(x, end), QPointF(x + 8, end - way * 8)]))
