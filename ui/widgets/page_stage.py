"""The dark mat on which the clerk sees the page: live from the camera, or frozen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.page_corners import WHOLE, Corners, Zoom
from ui.widgets.paint import CENTRE, draw_text, text_width

GRID = 33
_TAG = QColor(10, 16, 20)


@dataclass(frozen=True, slots=True)
class StageFace:
    """What lies on the stage.

    ``mode``: ``ready`` (brackets and words), ``live`` (moving picture on the grid), ``frozen`` (a stored page, which
    may be enlarged), ``crop`` (an original whose corners may be moved) or ``empty``. Chips at the bottom are (icon or
    empty, text) pairs. ``warn``: the first chip is a warning.
    """

    mode: str = "ready"
    title: str = ""
    note: str = ""
    corners: Corners | None = None
    left: tuple[tuple[str, str], ...] = ()
    right: str = ""
    warn: bool = False
    turn: int = 0


class PageStage(QWidget):
    """A dark mat with a page; the found edge is drawn in cyan with four round handles.

    While live the picture is scaled fast, frozen it is scaled smoothly. When an edge was found, the view closes in
    on the page and holds still until the page has clearly moved.
    """

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = Zoom()
        self.corners: Corners = WHOLE
        """The corners while cropping."""
        self.chosen = 0
        """The corner that the arrows move."""
        self._face = StageFace()
        self._picture: QImage | None = None
        self._scaled: QPixmap | None = None
        self._scaled_for: tuple[int, QSize] | None = None
        self._view: QRectF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(current().px(160))

    def sizeHint(self) -> QSize:
        return QSize(current().width("viewer"), current().px(400))

    def present(self, face: StageFace, picture: QImage | None = None) -> None:
        """Show a face with its picture (None keeps the mat empty)."""
        self._face = face
        if picture is not self._picture:
            self._picture = picture
            self._scaled = None
        if face.mode not in {"frozen", "crop"}:
            self.zoom.reset()
        if face.corners is None:
            self._view = None
        spoken = " ".join([face.title, face.note, *(text for _icon, text in face.left), face.right])
        self.setAccessibleName(spoken.strip())
        self.update()

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("stage"))
        if face.mode == "live" and self._picture is None:
            self._grid(painter)
        if self._picture is not None and not self._picture.isNull():
            if face.mode == "crop":
                self._cropping(painter)
            elif face.mode == "frozen" and self.zoom.enlarged:
                self._enlarged(painter)
            elif face.mode == "frozen":
                self._frozen(painter)
            else:
                self._live(painter)
        if face.title:
            self._words(painter)
        self._chips(painter)
        if self.hasFocus() and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("stage-edge"), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _room(self) -> QRectF:
        """Where a stored page may be seen: all of the mat when it is enlarged."""
        theme = current()
        if self._face.mode == "frozen" and self.zoom.enlarged:
            return QRectF(self.rect())
        side = theme.px(46 if self._face.mode == "frozen" else 24)
        return QRectF(self.rect()).adjusted(
            side, theme.px(28), -side, -theme.px(28 if self._face.mode == "frozen" else 40)
        )

    def _size(self) -> QSizeF:
        return QSizeF(self._picture.size()) if self._picture is not None else QSizeF()

    def _target(self) -> QRectF:
        return self.zoom.target(self._size(), self._room())

    def _enlarged(self, painter: QPainter) -> None:
        """Only what is seen is scaled."""
        picture, target = self._picture, self._target()
        if picture is None or target.isEmpty():
            return
        seen = target.intersected(QRectF(self.rect()))
        scale = picture.width() / target.width()
        source = QRectF(
            (seen.x() - target.x()) * scale,
            (seen.y() - target.y()) * scale,
            seen.width() * scale,
            seen.height() * scale,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, picture, source)

    def _cropping(self, painter: QPainter) -> None:
        if self._picture is None:
            return
        target = self._target()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._picture, QRectF(self._picture.rect()))
        points = self._points()
        outside, page = QPainterPath(), QPainterPath()
        outside.addRect(QRectF(self.rect()))
        page.addPolygon(QPolygonF(points))
        shade = QColor(current().colour("stage"))
        shade.setAlpha(150)
        painter.fillPath(outside.subtracted(page), shade)
        self._edge(painter, points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current().colour("stage-edge"))
        painter.drawEllipse(points[self.chosen], current().px(4), current().px(4))

    def _points(self) -> list[QPointF]:
        """The corners in the coordinates of the mat."""
        target = self._target()
        return [QPointF(target.x() + x * target.width(), target.y() + y * target.height()) for x, y in self.corners]

    def _grid(self, painter: QPainter) -> None:
        theme = current()
        step = theme.px(GRID)
        painter.setPen(QPen(theme.colour("stage-line"), 1))
        for x in range(step, self.width(), step):
            painter.drawLine(QPointF(x + 0.5, 0), QPointF(x + 0.5, self.height()))
        for y in range(theme.px(26), self.height(), theme.px(34)):
            painter.drawLine(QPointF(0, y + 0.5), QPointF(self.width(), y + 0.5))

    def _frozen(self, painter: QPainter) -> None:
        picture = self._picture
        if picture is None:
            return
        margin = current().px(46)
        room = QSize(max(1, self.width() - 2 * margin), max(1, self.height() - 2 * current().px(28)))
        key = (id(picture) ^ self._face.turn, room)
        if self._scaled is None or self._scaled_for != key:
            turned = picture.transformed(QTransform().rotate(self._face.turn)) if self._face.turn else picture
            self._scaled = QPixmap.fromImage(
                turned.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
            self._scaled_for = key
        left = (self.width() - self._scaled.width()) // 2
        painter.drawPixmap(left, (self.height() - self._scaled.height()) // 2, self._scaled)

    def _live(self, painter: QPainter) -> None:
        picture = self._picture
        if picture is None:
            return
        view = self._viewport(picture)
        scale = min(self.width() / view.width(), self.height() / view.height())
        left = (self.width() - view.width() * scale) / 2 - view.x() * scale
        top = (self.height() - view.height() * scale) / 2 - view.y() * scale
        target = QRectF(left, top, picture.width() * scale, picture.height() * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(target, picture, QRectF(picture.rect()))
        corners = [
            QPointF(target.x() + x * target.width(), target.y() + y * target.height())
            for x, y in self._face.corners or ()
        ]
        painter.save()
        if corners:  # the grid belongs to the mat, not to the page
            page, whole = QPainterPath(), QPainterPath()
            page.addPolygon(QPolygonF(corners))
            whole.addRect(QRectF(self.rect()))
            painter.setClipPath(whole.subtracted(page))
        self._grid(painter)
        painter.restore()
        if corners:
            self._edge(painter, corners)

    def _viewport(self, picture: QImage) -> QRectF:
        """The part of the picture to show, in its pixels."""
        whole = QRectF(0, 0, picture.width(), picture.height())
        corners = self._face.corners
        if not corners:
            return whole
        xs, ys = [x * whole.width() for x, _ in corners], [y * whole.height() for _, y in corners]
        page = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        wanted = page.adjusted(-page.width() * 0.18, -page.height() * 0.12, page.width() * 0.18, page.height() * 0.12)
        held = self._view
        steady = held is not None and held.contains(page) and held.width() < wanted.width() * 1.35
        if held is None or not steady:
            self._view = wanted
        return self._view or wanted

    def _edge(self, painter: QPainter, corners: list[QPointF]) -> None:
        theme = current()
        shape = QPolygonF(corners)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dark = QPen(_TAG, theme.px(6))
        dark.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(dark)
        painter.drawPolygon(shape)
        painter.setPen(QPen(theme.colour("stage-edge"), theme.px(3)))
        painter.drawPolygon(shape)
        painter.setBrush(_TAG)
        painter.setPen(QPen(theme.colour("stage-edge"), 2.4))
        for corner in corners:
            painter.drawEllipse(corner, theme.px(7), theme.px(7))

    def _words(self, painter: QPainter) -> None:
        theme, face = current(), self._face
        middle = QPointF(round(self.width() / 2), round(self.height() / 2))
        if face.mode == "ready":
            self._brackets(painter, middle)
        width = self.width() - theme.px(24)
        # words over a live picture stand on the same dark ground as the chips
        if face.mode == "live" and self._picture is not None:
            widest = max(text_width(theme.font("step"), face.title), text_width(theme.font("label"), face.note))
            ground = QRectF(0, 0, widest + theme.px(32), theme.px(60))
            ground.moveCenter(QPointF(middle.x(), middle.y()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_TAG)
            painter.drawRoundedRect(ground, theme.radius("control"), theme.radius("control"))
        top = middle.y() - theme.px(21)
        title = QRectF(theme.px(12), top, width, theme.px(24))
        draw_text(painter, title, face.title, theme.font("step"), "stage-ink", CENTRE)
        note = QRectF(theme.px(12), top + theme.px(24), width, theme.px(20))
        painter.setOpacity(0.8)
        draw_text(painter, note, face.note, theme.font("label"), "stage-ink", CENTRE)
        painter.setOpacity(1)

    def _brackets(self, painter: QPainter, middle: QPointF) -> None:
        theme = current()
        half_w, half_h, arm = theme.px(90), theme.px(130), theme.px(40)
        pen = QPen(theme.colour("line-strong"), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for sx in (-1, 1):
            for sy in (-1, 1):
                corner = QPointF(middle.x() + sx * half_w, middle.y() + sy * half_h)
                painter.drawLine(corner, corner - QPointF(sx * arm, 0))
                painter.drawLine(corner, corner - QPointF(0, sy * arm))

    def _chips(self, painter: QPainter) -> None:
        theme, face = current(), self._face
        height, pad = theme.px(22), theme.px(8)
        font = theme.font("meta")
        top = self.height() - theme.px(10) - height
        left = float(theme.px(12))
        for at, (icon, text) in enumerate(face.left):
            left = self._chip(painter, left, top, icon, text, warn=face.warn and at == 0) + theme.px(6)
        if face.right:
            width = text_width(font, face.right) + 2 * pad
            self._chip(painter, self.width() - theme.px(12) - width, top, "", face.right, warn=False)

    def _chip(self, painter: QPainter, left: float, top: float, icon: str, text: str, *, warn: bool) -> float:
        """Draw one chip; returns its right edge."""
        theme = current()
        height, pad, side = theme.px(22), theme.px(8), theme.px(15)
        width = text_width(theme.font("meta"), text) + 2 * pad + (side + theme.px(4) if icon else 0)
        box = QRectF(round(left), top, round(width), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("warn-soft") if warn else _TAG)
        painter.drawRoundedRect(box, theme.radius("chip"), theme.radius("chip"))
        start = box.x() + pad
        ink = "warn" if warn else "stage-ink"
        if icon:
            paint_icon(
                painter, icon, ink, QRectF(round(start - theme.px(1)), round(box.center().y() - side / 2), side, side)
            )
            start += side + theme.px(4)
        draw_text(painter, QRectF(start, top, width, height), text, theme.font("meta"), ink)
        return box.right()
