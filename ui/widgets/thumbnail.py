"""Small pictures of pages, from their JPEG bytes."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import CENTRE, draw_text, text_width

SMALL = (30, 42)
LARGE = (50, 70)


@lru_cache(maxsize=256)
def _scaled(jpeg: bytes, width: int, height: int) -> QPixmap:
    picture = QPixmap()
    picture.loadFromData(jpeg)
    if picture.isNull():
        return picture
    return picture.scaled(
        QSize(width, height),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )


def forget_pictures() -> None:
    """Drop every scaled page: the visit is over."""
    _scaled.cache_clear()


def picture_of(jpeg: bytes | None, width: int, height: int) -> QPixmap | None:
    """The page scaled to cover ``width`` × ``height``, or None while there is no picture or it cannot be read."""
    if not jpeg:
        return None
    made = _scaled(jpeg, width, height)
    return None if made.isNull() else made


def paint_thumbnail(
    painter: QPainter,
    rect: QRectF,
    picture: QPixmap | None,
    *,
    badge: str = "",
    selected: bool = False,
    flawed: bool = False,
) -> None:
    """Draw a page with its frame, page badge and mark of a flaw; a page without a picture yet is blank paper."""
    theme = current()
    painter.save()
    painter.fillRect(rect, theme.colour("panel"))
    if picture is not None:
        source = QRectF((picture.width() - rect.width()) / 2, 0, rect.width(), rect.height())
        painter.drawPixmap(rect, picture, source)
    if badge:
        font = theme.font("meta", weight=500)
        size = max(theme.px(16), text_width(font, badge) + theme.px(6))
        corner = QRectF(rect.right() - size, rect.bottom() - theme.px(16), size, theme.px(16))
        painter.fillRect(corner, theme.colour("bar"))
        draw_text(painter, corner, badge, font, "bar-ink", CENTRE)
    if flawed:
        side = theme.px(16)
        corner = QRectF(rect.x(), rect.y(), side, side)
        painter.fillRect(corner, theme.colour("warn-soft"))
        paint_icon(painter, "warn", "warn", corner.adjusted(1, 1, -1, -1))
    width = 2 if selected else 1
    painter.setPen(QPen(theme.colour("accent" if selected else "line-strong"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), 1.5, 1.5)
    painter.restore()


def paint_empty(painter: QPainter, rect: QRectF, *, plus: bool = False) -> None:
    """The dashed place of a page that is not there yet."""
    theme = current()
    painter.save()
    pen = QPen(theme.colour("line-strong"), 1)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(theme.colour("panel"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if plus:
        painter.setPen(QPen(theme.colour("ink-3"), 1.4))
        middle, reach = rect.center(), theme.px(6)
        painter.drawLine(middle - QPointF(reach, 0), middle + QPointF(reach, 0))
        painter.drawLine(middle - QPointF(0, reach), middle + QPointF(0, reach))
    painter.restore()


class Thumbnail(QAbstractButton):
    """A page in a strip. ``jpeg`` None with ``empty`` is the dashed place for the next page."""

    accessible_role = QAccessible.Role.Button

    def __init__(self, on_press: Callable[[], object], size: tuple[int, int] = LARGE) -> None:
        super().__init__()
        self._size = size
        self._jpeg: bytes | None = None
        self._badge, self._selected, self._empty, self._flawed = "", False, False, False
        self.drag: object = None
        """What lets this page be dragged, kept as long as the thumbnail is."""
        self.setFixedSize(current().px(size[0]), current().px(size[1]))
        self.clicked.connect(lambda _checked=False: on_press())

    def present(
        self, jpeg: bytes | None, name: str, *, badge: str = "", selected: bool = False, flawed: bool = False
    ) -> None:
        """Show a page; ``name`` says in words what ``flawed`` marks."""
        self._jpeg, self._badge, self._selected, self._empty = jpeg, badge, selected, False
        self._flawed = flawed
        self.setToolTip(name if flawed else "")
        self.setAccessibleName(name)
        self.update()

    def present_empty(self, name: str) -> None:
        """Show the place of the next page."""
        self._jpeg, self._empty, self._selected = None, True, False
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._empty:
            paint_empty(painter, rect, plus=True)
        else:
            picture = picture_of(self._jpeg, self.width(), self.height())
            paint_thumbnail(painter, rect, picture, badge=self._badge, selected=self._selected, flawed=self._flawed)
        if self.hasFocus() and not self._selected:
            painter.setPen(QPen(current().colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2)
        painter.end()
