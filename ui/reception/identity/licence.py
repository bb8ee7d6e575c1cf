"""The place of a business licence: a small drawing, as nobody has the paper itself on the screen."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.reception.texts import say
from ui.theme import current


class Licence(QWidget):
    """A framed certificate with its emblem, lines, code and seal, 72 by 100."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self.setFixedSize(QSize(theme.px(72), theme.px(100)))
        self.setAccessibleName(say("org.licence"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("line-strong"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(box, theme.px(2), theme.px(2))
        inset = theme.px(4)
        painter.setPen(QPen(theme.colour("warn-line"), theme.px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(inset, inset, -inset, -inset))
        wide, high = box.width(), box.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bad"))
        painter.drawEllipse(QPointF(wide / 2, high * 0.19), wide * 0.06, wide * 0.06)
        painter.setBrush(theme.colour("ink"))
        painter.drawRect(QRectF(wide * 0.28, high * 0.28, wide * 0.44, high * 0.045))
        painter.setBrush(theme.colour("line"))
        for line in range(5):
            painter.drawRect(QRectF(wide * 0.18, high * (0.42 + line * 0.075), wide * 0.64, high * 0.02))
        painter.setBrush(theme.colour("ink"))
        painter.drawRect(QRectF(wide * 0.17, high * 0.8, wide * 0.11, wide * 0.11))
        painter.setPen(QPen(theme.colour("bad"), 1))
        painter.setBrush(theme.colour("bad-soft"))
        painter.drawEllipse(QPointF(wide * 0.72, high * 0.83), wide * 0.12, wide * 0.12)
        painter.end()
