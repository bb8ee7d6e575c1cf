"""The place of the card's picture: its codec is closed, so a plain figure stands there where no decoder is at hand."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPainterPath, QPaintEvent, QPixmap
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
        self._file = b""
        self._picture = QPixmap()

    def present(self, portrait: bytes) -> None:
        """Show a portrait (a picture file), or the figure where there is none or it cannot be drawn."""
        if portrait == self._file:
            return
        self._file = portrait
        self._picture = QPixmap()
        if portrait:
            self._picture.loadFromData(portrait)
        self.update()

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
        if not self._picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(box.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
            painter.end()
            return
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
