"""The place of the card's picture: the 1,024 bytes on the card have a closed codec, so a plain figure stands there."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.reception.texts import say
from ui.theme import current


class Photo(QWidget):
    """A neutral head and shoulders, 112 by 140, or 80 by 100 on a smaller card."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, *, small: bool = False) -> None:
        super().__init__()
        theme = current()
        self.setFixedSize(QSize(theme.px(80), theme.px(100)) if small else QSize(theme.px(112), theme.px(140)))
        self.setAccessibleName(say("id.photo"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        frame = QPainterPath()
        frame.addRoundedRect(box, 3, 3)
        painter.fillPath(frame, theme.colour("accent-soft"))
        painter.setClipPath(frame)
        middle, wide, high = box.center().x(), box.width(), box.height()
        shoulders = QPainterPath()
        shoulders.addRoundedRect(
            QRectF(middle - wide * 0.38, high * 0.7, wide * 0.76, high * 0.6), wide * 0.3, wide * 0.3
        )
        painter.fillPath(shoulders, theme.colour("bar-ink-2"))
        painter.setBrush(theme.colour("accent-soft"))
        painter.drawEllipse(QPointF(middle, high * 0.43), wide * 0.235, high * 0.235)
        painter.setBrush(theme.colour("bar-ink-2"))
        painter.drawEllipse(QPointF(middle, high * 0.42), wide * 0.21, high * 0.21)
        painter.end()
