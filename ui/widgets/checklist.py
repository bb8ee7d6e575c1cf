"""A row of the material checklist."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import CENTRE, draw_box, draw_line, draw_text
from ui.widgets.thumbnail import SMALL, paint_empty, paint_thumbnail, picture_of

STRIP = 40
THUMBNAILS_FROM_RIGHT = 256
STATE_FROM_RIGHT = 142
NAME_AT = 37


@dataclass(frozen=True, slots=True)
class ChecklistFace:
    """What a row shows.

    ``pages`` are JPEG bytes or None for a page whose picture has not arrived; ``more`` counts pages that do not
    fit. ``tone`` colours the state: ok, accent, warn, bad, ink-3. ``off``: the material is not needed.
    """

    number: int
    name: str
    note: str
    pages: tuple[bytes | None, ...]
    icon: str
    state: str
    state_note: str = ""
    tone: str = "ink-3"
    current: bool = False
    selected_page: int = -1
    off: bool = False
    last: bool = False
    flawed: tuple[bool, ...] = ()


class ChecklistRow(QAbstractButton):
    """Number, name, thumbnails and state, 54 px; the current row grows by 40 px for its strip of actions."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(
        self,
        on_choose: Callable[[], object],
        on_page: Callable[[int], object] | None = None,
        on_zoom: Callable[[], object] | None = None,
        on_drop: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._on_zoom, self._on_drop = on_zoom, on_drop
        self._drop_here = False
        self._face = ChecklistFace(1, "", "", (), "cross", "")
        self._strip: QWidget | None = None
        self._on_page = on_page
        self.clicked.connect(lambda _checked=False: on_choose())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, face: ChecklistFace, strip: QWidget | None = None) -> None:
        """Show a material; ``strip`` holds the actions of the current row and moves with it."""
        self._face = face
        self.setAccessibleName(f"{face.number} {face.name}")
        if strip is not self._strip and self._strip is not None and self._strip.parent() is self:
            self._strip.hide()
        self._strip = strip
        if strip is not None:
            strip.setParent(self)
            strip.show()
            self._place_strip()
        self.updateGeometry()
        self.update()

    def click(self) -> None:
        """Enter: the current row's page in large, another row becomes the current one."""
        if self._face.current and self._face.pages and self._on_zoom is not None:
            self._on_zoom()
        else:
            super().click()

    def page_at(self, at: QPoint) -> int:
        """The page whose picture lies under a point, -1 for none."""
        shown = range(min(3, len(self._face.pages)))
        return next((index for index in shown if self._page_rect(index).contains(QPointF(at))), -1)

    def page_picture(self, index: int) -> QPixmap:
        """A page's picture, for dragging."""
        return self.grab(self._page_rect(index).toRect())

    def page_drop(self, _at: QPoint) -> Callable[[str], object] | None:
        """What happens to a page that is let go here."""
        return self._on_drop

    def set_drop(self, on: bool) -> None:
        """A page is being dragged over this row."""
        self._drop_here = on
        self.update()

    def accessible_value(self) -> str:
        """State and note."""
        return f"{self._face.state} {self._face.state_note}".strip()

    def sizeHint(self) -> QSize:
        theme = current()
        height = theme.size("material-row") + 1 + (theme.px(STRIP) if self._strip is not None else 0)
        return QSize(theme.px(500), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place_strip()

    def _place_strip(self) -> None:
        if self._strip is not None:
            theme = current()
            left = theme.px(NAME_AT)
            self._strip.setGeometry(left, theme.size("material-row"), self.width() - left - theme.px(8), theme.px(30))

    def _page_rect(self, index: int) -> QRectF:
        theme = current()
        width, height = theme.px(SMALL[0]), theme.px(SMALL[1])
        top = (theme.size("material-row") - height) / 2
        left = self.width() - theme.px(THUMBNAILS_FROM_RIGHT) + index * (width + theme.px(4))
        return QRectF(left, top, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.page_at(event.position().toPoint())
        if self._on_page is not None and index >= 0:
            self._on_page(index)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(0, 0, self.width(), self.height() - (0 if face.last else 1))
        if face.current:
            painter.fillRect(body, theme.colour("selected"))
        elif self.underMouse():
            painter.fillRect(body, theme.colour("hover"))
        if not face.last:
            draw_line(painter, 0, self.width(), self.height() - 1)
        row = float(theme.size("material-row"))
        ink = "ink-3" if face.off else "ink"
        number = QRectF(0, 0, theme.px(NAME_AT), row)
        number_ink = "accent" if face.current else "ink-3"
        draw_text(painter, number, str(face.number), theme.font("field", weight=500), number_ink, CENTRE)
        left = theme.px(NAME_AT)
        room = self.width() - theme.px(THUMBNAILS_FROM_RIGHT) - left - theme.px(8)
        name = QRectF(left, theme.px(9), room, theme.px(22))
        draw_text(painter, name, face.name, theme.font("field"), ink)
        draw_text(painter, QRectF(left, theme.px(30), room, theme.px(17)), face.note, theme.font("meta"), "ink-3")
        self._pages(painter)
        self._state(painter, row)
        if self._drop_here:
            draw_box(painter, body.adjusted(1, 1, -1, -1), "", "accent", theme.radius("chip"), 2)
        if self.hasFocus() and not face.current:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(body.adjusted(1, 1, -1, -1))
        painter.end()

    def _pages(self, painter: QPainter) -> None:
        face = self._face
        if not face.pages:
            if not face.off:
                paint_empty(painter, self._page_rect(0))
            return
        for index, jpeg in enumerate(face.pages[:3]):
            rect = self._page_rect(index)
            more = len(face.pages) - 3
            badge = f"+{more}" if index == 2 and more > 0 else ""
            picture = picture_of(jpeg, round(rect.width()), round(rect.height()))
            paint_thumbnail(
                painter,
                rect,
                picture,
                badge=badge,
                selected=face.current and index == face.selected_page,
                flawed=index < len(face.flawed) and face.flawed[index],
            )

    def _state(self, painter: QPainter, row: float) -> None:
        theme, face = current(), self._face
        left = float(self.width() - theme.px(STATE_FROM_RIGHT))
        side = theme.px(16)
        top = theme.px(18) if face.state_note else row / 2
        paint_icon(painter, face.icon, face.tone, QRectF(round(left), round(top - side / 2), side, side))
        left += theme.px(21)
        room = self.width() - left - theme.px(4)
        state = QRectF(left, top - theme.px(10), room, theme.px(20))
        draw_text(painter, state, face.state, theme.font("label", weight=700), face.tone)
        if face.state_note:
            note = QRectF(left, theme.px(30), room, theme.px(17))
            draw_text(painter, note, face.state_note, theme.font("meta"), "ink-3")
