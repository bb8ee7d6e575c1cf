"""Lamps: a state as shape and colour; a word always stands beside."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import current

_WARN_MARK = "#221500"


def paint_lamp(painter: QPainter, kind: str, rect: QRectF) -> None:
    """Draw a lamp into ``rect``: ok ●, warn ▲ with !, bad octagon with !, idle ○, stopped ‖, half ◐."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if kind == "ok":
        painter.setBrush(theme.colour("ok"))
        painter.drawEllipse(rect)
    elif kind == "warn":
        fill = theme.colour("warn-fill")
        painter.setBrush(fill)
        painter.setPen(QPen(fill, w * 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(
            _points((x + w / 2, y + h * 0.08), (x + w * 0.97, y + h * 0.9), (x + w * 0.03, y + h * 0.9))
        )
        _mark(painter, rect, _WARN_MARK, (0.36, 0.6, 0.78))
    elif kind == "bad":
        painter.setBrush(theme.colour("bad"))
        a = w * 0.29
        painter.drawPolygon(
            _points(
                (x + a, y), (x + w - a, y), (x + w, y + a), (x + w, y + h - a),
                (x + w - a, y + h), (x + a, y + h), (x, y + h - a), (x, y + a),
            )
        )  # fmt: skip
        _mark(painter, rect, theme.hex("panel"), (0.24, 0.54, 0.76))
    elif kind == "idle":
        painter.setPen(QPen(theme.colour("ink-3"), max(1.5, w * 0.14)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
    elif kind == "stopped":
        painter.setBrush(theme.colour("ink-3"))
        painter.drawRect(QRectF(x + w * 0.2, y + h * 0.1, w * 0.2, h * 0.8))
        painter.drawRect(QRectF(x + w * 0.6, y + h * 0.1, w * 0.2, h * 0.8))
    elif kind == "half":
        painter.setPen(QPen(theme.colour("accent"), max(1.5, w * 0.14)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = rect.adjusted(0.8, 0.8, -0.8, -0.8)
        painter.drawEllipse(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawPie(ring, 90 * 16, 180 * 16)
    painter.restore()


def _points(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners])


def _mark(painter: QPainter, rect: QRectF, colour: str, heights: tuple[float, float, float]) -> None:
    """The exclamation mark: shape and mark carry the meaning without colour."""
    middle, (top, end, dot) = rect.center().x(), heights
    painter.setPen(QPen(QColor(colour), max(1.4, rect.width() * 0.12), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(middle, rect.y() + rect.height() * top), QPointF(middle, rect.y() + rect.height() * end))
    painter.drawPoint(QPointF(middle, rect.y() + rect.height() * dot))


class Lamp(QWidget):
    """A lamp as a widget of ``size`` pixels of the design."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, kind: str = "idle", size: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        side = current().px(size)
        self.setFixedSize(QSize(side, side))
        self.setAccessibleName(kind)

    def present(self, kind: str, word: str) -> None:
        """Show a kind of ``paint_lamp``; ``word`` is what a screen reader says."""
        self._kind = kind
        self.setAccessibleName(word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_lamp(painter, self._kind, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
