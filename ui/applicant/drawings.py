"""What is drawn rather than written: the card over its reader, and the five faces."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.applicant.look import Look
from ui.applicant.model import GradeFace
from ui.applicant.parts import CENTRE, TouchButton


def _pen(look: Look, token: str, width: float) -> QPen:
    return QPen(look.colour(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class CardOnReader(QWidget):
    """An identity card that goes down onto the reader, 352 × 270 in the design."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(352), self._look.px(270))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(176), self._look.px(135))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self._look.fit, self.height() / 270)
        painter.translate((self.width() - 342 * scale) / 2, 0)
        painter.scale(scale, scale)
        self._reader(painter)
        self._card(painter)
        self._arrow(painter)
        painter.end()

    def _reader(self, painter: QPainter) -> None:
        painter.setPen(_pen(self._look, "ink-2", 3.6))
        painter.setBrush(self._look.colour("sunken"))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ((68, 151), (298, 151), (347, 224), (7, 224))]))
        painter.drawRect(QRectF(7, 224, 340, 39))
        pen = _pen(self._look, "ink-2", 3.4)
        pen.setDashPattern([2.5, 2.1])
        painter.setPen(pen)
        painter.setBrush(self._look.colour("panel"))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ((124, 170), (245, 170), (266, 202), (96, 202))]))

    def _card(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(174.5, 75.5)
        painter.rotate(-5.6)
        painter.setPen(_pen(self._look, "accent", 3.6))
        painter.setBrush(self._look.colour("accent-soft"))
        painter.drawRoundedRect(QRectF(-101, -61, 202, 122), 12, 12)
        for left, top, right in ((-78, -34, -2), (-78, -10, -19), (-78, 17, 3)):
            painter.drawLine(QPointF(left, top), QPointF(right, top))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(54, -16.5), 18.5, 18.5)
        shoulders = QPainterPath(QPointF(24.5, 30.5))
        shoulders.cubicTo(QPointF(27, 12), QPointF(39, 6), QPointF(54, 6))
        shoulders.cubicTo(QPointF(69, 6), QPointF(80, 13), QPointF(83, 30.5))
        painter.drawPath(shoulders)
        painter.restore()

    def _arrow(self, painter: QPainter) -> None:
        painter.setPen(_pen(self._look, "accent", 7))
        painter.drawLine(QPointF(322, 65), QPointF(322, 136))
        painter.drawPolyline(QPolygonF([QPointF(305, 117), QPointF(322, 136), QPointF(339, 117)]))


class FaceButton(TouchButton):
    """One grade: a drawn face, its word and its points; pressed it has a 4 px outline."""

    def __init__(self, look: Look, face: GradeFace, at: int, on_rate: Callable[[str], object]) -> None:
        super().__init__(look, face.word, lambda: on_rate(face.grade), name=f"{face.word} {face.points}")
        self._face, self._at = face, at
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(176), self._look.px(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(300))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.isDown()
        fill, outline, width = ("selected", "ink", 4) if down else ("panel", "line-strong", 2)
        look.box(painter, QRectF(self.rect()), fill, outline, 14, width)
        self._draw_face(painter)
        long = len(self._face.word) > 4
        px = (26, 27, 28)[look.size] if long else (28, 32, 34)[look.size]
        font = look.fitted(look.font(px, 700, grows=False), self._face.word, self.width() - look.px(16))
        look.text(painter, QRectF(0, look.px(161.5), self.width(), look.px(40)), self._face.word, font, "ink", CENTRE)
        small = look.font(22)
        box = QRectF(0, look.px(216.5), self.width(), look.px(36))
        look.text(painter, box, self._face.points, small, "ink-3", CENTRE)
        painter.end()

    def _draw_face(self, painter: QPainter) -> None:
        look = self._look
        painter.save()
        painter.translate(self.width() / 2, look.px(98))
        painter.scale(look.fit, look.fit)
        painter.setPen(_pen(look, "ink", 4.4))
        painter.setBrush(look.colour("sunken"))
        painter.drawEllipse(QPointF(0, 0), 40.6, 40.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ink"))
        painter.drawEllipse(QPointF(-13.7, -8), 6, 6)
        painter.drawEllipse(QPointF(13.7, -8), 6, 6)
        painter.setPen(_pen(look, "ink", 4.4))
        self._mouth(painter)
        painter.restore()

    def _mouth(self, painter: QPainter) -> None:
        path = QPainterPath()
        if self._at == 0:
            path.moveTo(-20.3, 3.8)
            path.lineTo(20.3, 3.8)
            path.cubicTo(17, 18.5, -17, 18.5, -20.3, 3.8)
            painter.setPen(_pen(self._look, "ink", 3.4))
            painter.drawPath(path)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._at == 1:
            path.moveTo(-18.5, 7.5)
            path.cubicTo(-10, 17.5, 10, 17.5, 18.5, 7.5)
        elif self._at == 2:
            path.moveTo(-16.5, 11)
            path.lineTo(16.5, 11)
        elif self._at == 3:
            path.moveTo(-18.5, 16.5)
            path.cubicTo(-10, 7, 10, 7, 18.5, 16.5)
        else:
            path.moveTo(-22, 22)
            path.cubicTo(-16, 2.5, 16, 2.5, 22, 22)
            painter.drawLine(QPointF(-22.5, -14.5), QPointF(-10.5, -21))
            painter.drawLine(QPointF(22.5, -14.5), QPointF(10.5, -21))
        painter.drawPath(path)
