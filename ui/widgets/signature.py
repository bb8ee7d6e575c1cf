"""The pad that a person signs on: pen, finger or mouse; every stroke keeps its points, times and pressure."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QEventPoint,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme, current
from ui.widgets.fingers import PALM, SLOP, Fingers, News

Point = tuple[float, float, int, float]
Strokes = tuple[tuple[Point, ...], ...]

PICTURE_WIDTH = 900
INK = QColor("#101A22")
RUBS_OUT = 14
"""Pixels of the design around a pen's eraser within which strokes are rubbed out."""
PEN_LOST_MS = 1000
"""After so long without a word of the pen a mouse may write again."""


class SignaturePad(QWidget):
    """A white pad. Points are (x, y, ms since the first point, pressure 0…1), x and y in unit coordinates.

    Args:
        editable: False shows strokes that came from elsewhere (the clerk's live view).
        pen: Line width in pixels of the design at full pressure.
        outline: Draw the frame and the dashed base line.
        theme: Whose sizes and colours; the desk's present theme when None. The applicant's pad has its own.
    """

    strokes_changed = Signal()
    stroke_ended = Signal()
    accessible_role = QAccessible.Role.Graphic

    def __init__(
        self,
        *,
        editable: bool = True,
        pen: float = 5.0,
        outline: bool = True,
        name: str = "",
        theme: Theme | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._editable, self._pen, self._outline = editable, pen, outline
        self._strokes: list[list[Point]] = []
        self._began_ms: int | None = None
        self._drawing = False
        self._by_pen = False
        self._pen_seen = False
        self._pen_at = 0
        self._fingers = Fingers()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if editable:
            self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
            self.setTabletTracking(True)  # a pen that hovers tells that it was lifted, whatever was lost
            self.setCursor(Qt.CursorShape.CrossCursor)

    def _look(self) -> Theme:
        return self._theme or current()

    # ---- what was drawn

    def strokes(self) -> Strokes:
        """All strokes so far."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def is_empty(self) -> bool:
        """Nothing was drawn."""
        return not self._strokes

    def clear(self) -> None:
        """重写: forget all strokes."""
        self._strokes = []
        self._began_ms = None
        self._drawing = False
        self._by_pen = self._pen_seen = False
        self._fingers.forget()
        self.update()
        self.strokes_changed.emit()

    def present(self, strokes: Sequence[Sequence[Point]]) -> None:
        """Show strokes that came from elsewhere; says nothing to listeners."""
        self._strokes = [list(stroke) for stroke in strokes]
        self.update()

    def picture(self) -> bytes:
        """The signature as PNG bytes, dark on white, 900 px wide in the pad's shape."""
        height = max(1, round(PICTURE_WIDTH * self.height() / max(1, self.width())))
        image = QImage(PICTURE_WIDTH, height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._draw(painter, QRectF(0, 0, PICTURE_WIDTH, height), self._pen * PICTURE_WIDTH / max(1, self.width()))
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        buffer.close()
        return bytes(data.data())

    def accessible_value(self) -> str:
        """How many strokes there are."""
        return str(len(self._strokes))

    def sizeHint(self) -> QSize:
        return QSize(self._look().px(400), self._look().px(200))

    # ---- pen, finger, mouse

    def _at(self, where: QPointF) -> tuple[float, float]:
        width, height = max(1, self.width()), max(1, self.height())
        return min(1.0, max(0.0, where.x() / width)), min(1.0, max(0.0, where.y() / height))

    def _begin(self, where: QPointF, stamp: int, pressure: float) -> None:
        if self._began_ms is None:
            self._began_ms = stamp
        self._drawing = True
        self._strokes.append([])
        self._add(where, stamp, pressure)

    def _add(self, where: QPointF, stamp: int, pressure: float) -> None:
        if not self._drawing or not self._strokes:
            return
        x, y = self._at(where)
        stroke = self._strokes[-1]
        ms = max(0, stamp - (self._began_ms or 0))
        if stroke and (stroke[-1][0], stroke[-1][1]) == (x, y):
            return
        stroke.append((x, y, ms, min(1.0, max(0.0, pressure))))
        self.update()
        self.strokes_changed.emit()

    def _end(self, where: QPointF, stamp: int, pressure: float, *, add: bool = True) -> None:
        if self._drawing:
            if add:
                self._add(where, stamp, pressure)
            self._drawing = False
            self.stroke_ended.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._by_pen and event.timestamp() - self._pen_at > PEN_LOST_MS:
            self._end(event.position(), event.timestamp(), 0.0, add=False)
            self._by_pen = False
        if self._editable and event.button() == Qt.MouseButton.LeftButton and not self._by_pen:
            self._begin(event.position(), event.timestamp(), 0.5)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._editable and event.buttons() & Qt.MouseButton.LeftButton:
            self._add(event.position(), event.timestamp(), 0.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._editable and event.button() == Qt.MouseButton.LeftButton:
            self._end(event.position(), event.timestamp(), 0.5)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen on the screen, or on a tablet that is mapped to it: tip writes, eraser rubs out whole strokes.

        Its side buttons write nothing. A pen that went in the middle of a stroke (cable out, out of reach) is noticed
        by what comes next: it hovers without having been lifted, or a mouse is pressed a second later.
        """
        if not self._editable:
            event.ignore()
            return
        event.accept()
        self._pen_at = event.timestamp()
        kind, tip = event.type(), Qt.MouseButton.LeftButton
        if event.pointerType() is QPointingDevice.PointerType.Eraser:
            if kind is not QEvent.Type.TabletRelease and event.buttons() & tip:
                self._rub_out(event.position())
        elif kind is QEvent.Type.TabletPress and event.button() == tip:
            self._by_pen = True
            self._prefer_pen()
            self._begin(event.position(), event.timestamp(), event.pressure())
        elif kind is QEvent.Type.TabletMove and self._by_pen:
            if event.buttons() & tip:
                self._add(event.position(), event.timestamp(), event.pressure())
            else:
                self._lift(event, add=False)
        elif kind is QEvent.Type.TabletRelease and self._by_pen and event.button() == tip:
            self._lift(event)

    def _lift(self, event: QTabletEvent, *, add: bool = True) -> None:
        self._end(event.position(), event.timestamp(), self._last_pressure(), add=add)
        self._by_pen = False

    def _rub_out(self, where: QPointF) -> None:
        """Forget the strokes that come near."""
        reach = self._look().px(RUBS_OUT)

        def near(point: Point) -> bool:
            at = QPointF(point[0] * self.width(), point[1] * self.height())
            return QLineF(at, where).length() <= reach

        left = [stroke for stroke in self._strokes if not any(near(point) for point in stroke)]
        if len(left) != len(self._strokes):
            self._strokes = left
            self.update()
            self.strokes_changed.emit()

    def _last_pressure(self) -> float:
        return self._strokes[-1][-1][3] if self._strokes and self._strokes[-1] else 0.5

    def event(self, event: QEvent) -> bool:
        touches = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
        if self._editable and event.type() in touches and isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _prefer_pen(self) -> None:
        """Who writes with the pen rests the hand: fingers say nothing more until the pad is cleared."""
        if not self._pen_seen:
            self._pen_seen = True
            if self._drawing and self._fingers.leader is not None and self._strokes:
                self._strokes.pop()  # the hand came down before the pen
            self._drawing = False
            self._fingers.forget()

    def _touched(self, event: QTouchEvent) -> None:
        """One finger writes, known by its id; a palm and a pen's hand do not (``Fingers``)."""
        if self._pen_seen:
            return
        if event.type() == QEvent.Type.TouchCancel:
            self._fingers.forget()
            if self._drawing:
                self._drawing = False
                self.stroke_ended.emit()
            return
        stamp = event.timestamp()
        for point in event.points():
            where, pressure = point.position(), point.pressure() or 0.5
            size = point.ellipseDiameters()
            wide = max(size.width(), size.height()) > self._look().px(PALM)
            if point.state() is QEventPoint.State.Pressed:
                self._fingers.down(point.id(), (where, stamp, pressure), palm=wide)
            elif point.state() is QEventPoint.State.Released:
                self._take(self._fingers.up(point.id(), (where, stamp, pressure)))
            elif point.state() is QEventPoint.State.Updated:
                self._take(self._fingers.move(point.id(), (where, stamp, pressure), self._look().px(SLOP), palm=wide))

    def _take(self, news: News) -> None:
        """Draw what the fingers' rules let through."""
        for kind, (where, stamp, pressure) in news:
            if kind == "begin":
                self._begin(where, stamp, pressure)
            elif kind == "go":
                self._add(where, stamp, pressure)
            else:
                self._end(where, stamp, self._last_pressure())

    # ---- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._outline:
            width = 3.0 if self._editable else 1.0
            painter.setPen(QPen(theme.colour("accent" if self._editable else "line-strong"), width))
            painter.setBrush(Qt.GlobalColor.white)
            radius = theme.radius("applicant" if self._editable else "control")
            painter.drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius, radius)
            if self._editable:
                pen = QPen(theme.colour("line-strong"), 2)
                pen.setDashPattern([5, 4])
                painter.setPen(pen)
                base = rect.height() * 0.78
                painter.drawLine(QPointF(rect.width() * 0.06, base), QPointF(rect.width() * 0.94, base))
        self._draw(painter, rect, theme.scale * self._pen)
        painter.end()

    def _draw(self, painter: QPainter, area: QRectF, pen: float) -> None:
        """Smooth lines through the middles of neighbouring points; wider where the pen pressed more."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = [QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y, _, _ in stroke]
            if len(points) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(INK)
                painter.drawEllipse(points[0], pen / 2, pen / 2)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                continue
            start = points[0]
            for at in range(1, len(points)):
                middle = points[at]
                if at < len(points) - 1:
                    middle = QLineF(points[at - 1], points[at]).center()
                path = QPainterPath(start)
                path.quadTo(points[at - 1], middle)
                width = pen * (0.55 + 0.9 * stroke[at][3])
                painter.setPen(
                    QPen(INK, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
                )
                painter.drawPath(path)
                start = middle
