"""The ticket card: whom this window serves, and for how long."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import current
from ui.widgets.lamp import paint_lamp
from ui.widgets.paint import RIGHT, draw_text, text_width
from ui.words import words

PERFORATION = 120
IDLE_PERFORATION = 116
HEIGHT = 175


@dataclass(frozen=True, slots=True)
class TicketFace:
    """What the card shows.

    ``state``: idle, calling, serving, done, held or paused. ``number`` empty: – – –. ``fraction`` and ``usual``:
    filled part of the bar and place of its tick, 0…1. ``late``: past the usual time.
    """

    state: str
    status: str
    right: str = ""
    number: str = ""
    category: str = ""
    timer_label: str = ""
    timer: str = ""
    usual_text: str = ""
    fraction: float = 0.0
    usual: float = 0.0
    late: bool = False
    spoken: str = ""


_STATUS = {
    "idle": ("", "ink-2"),
    "calling": ("half", "accent"),
    "serving": ("half", "accent"),
    "done": ("ok", "ok"),
    "held": ("stopped", "ink-2"),
    "paused": ("stopped", "ink-2"),
}


class TicketCard(QWidget):
    """A ticket with its perforated line; below it the time used, or a button while nobody is served."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = TicketFace("idle", "")
        self._button: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, face: TicketFace) -> None:
        """Show a ticket, or that there is none."""
        self._face = face
        self.setAccessibleName(face.spoken or f"{face.status} {face.number}".strip())
        if self._button is not None:
            self._button.setVisible(face.state == "idle")
        self._place_button()
        self.updateGeometry()
        self.update()

    def accessible_sentence(self) -> str:
        """``C018，市场准入，已办理 6 分 12 秒``; while nobody is served what stands on the card."""
        face = self._face
        if face.spoken or not face.number:
            return face.spoken or face.status
        minutes, _, seconds = face.timer.rpartition(":")
        used = words("access.minutes_seconds", m=int(minutes), s=int(seconds)) if minutes.isdigit() else face.timer
        parts = (face.number, face.category, f"{face.timer_label} {used}".strip())
        return words("access.comma").join(part for part in parts if part)

    def accessible_value(self) -> str:
        """Number, category and time in one sentence."""
        face = self._face
        return face.spoken or "，".join(t for t in (face.number, face.category, face.timer_label, face.timer) if t)

    def set_button(self, button: QWidget) -> None:
        """The button that stands under the perforation while idle (叫下一位)."""
        self._button = button
        button.setParent(self)
        self._place_button()

    def _place_button(self) -> None:
        if self._button is None:
            return
        theme = current()
        inset = theme.px(15)
        top = theme.px(IDLE_PERFORATION + 11)
        self._button.setGeometry(inset, top, self.width() - 2 * inset, theme.size("control-large"))

    def resizeEvent(self, _event: object) -> None:
        self._place_button()

    def sizeHint(self) -> QSize:
        idle = self._face.state == "idle" and self._button is not None
        return QSize(current().px(232), current().px(HEIGHT + 13 if idle else HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        idle = face.state == "idle"
        line_at = theme.px(IDLE_PERFORATION if idle else PERFORATION)
        self._paper(painter, line_at)
        inset = float(theme.px(15))
        inner = self.width() - 2 * inset
        self._status(painter, QRectF(inset, theme.px(11), inner, theme.px(20)))
        if face.number:
            top = QRectF(inset - theme.px(1), theme.px(28), inner + theme.px(10), theme.px(64))
            number = theme.font("ticket")
            wide = text_width(number, face.number)
            if wide > top.width():  # huge text in the narrow rail: the number is never cut
                number.setPixelSize(int(number.pixelSize() * top.width() / wide))
            draw_text(painter, top, face.number, number, "ink")
            below = QRectF(inset, theme.px(89), inner, theme.px(22))
            draw_text(painter, below, face.category, theme.font("body", weight=500), "ink")
        else:
            self._dashes(painter, inset)
            below = QRectF(inset, theme.px(86), inner, theme.px(20))
            if text_width(theme.font("label"), face.category) <= inner:
                draw_text(painter, below, face.category, theme.font("label"), "ink-2")
            else:  # large text in the narrow rail: two lines
                room = QRectF(inset, theme.px(78), inner, line_at - theme.px(78))
                painter.setFont(theme.font("meta"))
                painter.setPen(theme.colour("ink-2"))
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, face.category)
        if face.timer:
            self._timer(painter, inset, inner)
        painter.end()

    def _paper(self, painter: QPainter, line_at: int) -> None:
        theme = current()
        body = QPainterPath()
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        body.addRoundedRect(card, theme.radius("card"), theme.radius("card"))
        notch = theme.px(8)
        holes = QPainterPath()
        for x in (card.left(), card.right()):
            holes.addEllipse(QPointF(x, line_at + 1), notch, notch)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("panel"))
        painter.drawPath(body.subtracted(holes))
        pen = QPen(theme.colour("line"), 2)
        pen.setDashPattern([3, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(theme.px(11), line_at), QPointF(self.width() - theme.px(10), line_at))

    def _status(self, painter: QPainter, row: QRectF) -> None:
        theme, face = current(), self._face
        lamp, ink = _STATUS[face.state]
        left = row.left()
        if lamp:
            side = theme.px(12)
            paint_lamp(painter, lamp, QRectF(left, row.center().y() - side / 2, side, side))
            left += theme.px(18)
        weight = 400 if face.state == "idle" else 500
        status = QRectF(left, row.y(), row.width(), row.height())
        draw_text(painter, status, face.status, theme.font("label", weight=weight), ink)
        needs = text_width(theme.font("label"), face.right) + theme.px(8)
        needs += text_width(theme.font("label", weight=weight), face.status) + left - row.left()
        fits = needs <= row.width()
        self.setToolTip("" if fits else f"{face.status} {face.right}")
        if fits:
            draw_text(painter, row, face.right, theme.font("label"), "ink-2", RIGHT)

    def _dashes(self, painter: QPainter, inset: float) -> None:
        theme = current()
        for at in range(3):
            dash = QRectF(inset + theme.px(3) + at * theme.px(40), theme.px(62), theme.px(23), theme.px(5))
            painter.fillRect(dash, theme.colour("line-strong"))

    def _timer(self, painter: QPainter, inset: float, inner: float) -> None:
        theme, face = current(), self._face
        row = QRectF(inset, theme.px(131), inner, theme.px(22))
        ink = "warn" if face.late else "ink"
        drawn = draw_text(painter, row, face.timer_label, theme.font("label"), "ink-2")
        timer_font = theme.font("step")
        timer = row.adjusted(drawn + theme.px(6), 0, 0, 0)
        sign = "▲ " if face.late else ""
        draw_text(painter, timer, sign + face.timer, timer_font, ink)
        room = inner - drawn - theme.px(12) - text_width(timer_font, sign + face.timer)
        if text_width(theme.font("meta"), face.usual_text) <= room:
            draw_text(painter, row, face.usual_text, theme.font("meta"), "ink-2", RIGHT)
        track = QRectF(inset, theme.px(157), inner, theme.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(track, theme.px(3), theme.px(3))
        filled = QRectF(track)
        filled.setWidth(max(track.height(), track.width() * min(1.0, max(0.0, face.fraction))))
        painter.setBrush(theme.colour("warn-fill" if face.late else "accent"))
        painter.drawRoundedRect(filled, theme.px(3), theme.px(3))
        if 0 < face.usual <= 1:
            tick = QRectF(track.x() + track.width() * face.usual - 1, track.y() - theme.px(3), 2, theme.px(12))
            painter.fillRect(tick, theme.colour("ink"))
