"""The lines of the queue, painted: they change every few seconds and are never edited."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.reception.rail.model import QueueRow
from ui.theme import current
from ui.widgets.paint import LEFT, RIGHT, draw_box, draw_line, draw_text, text_width

ROW = 30


class QueueRows(QWidget):
    """Rows of one section. ``lead`` is the width of the first column in the design's pixels.

    A row with an ``act`` may be clicked; by keys the same is reached with F6. ``present`` keeps what does not fit
    out of sight: ``show_only`` says how many rows there is room for.
    """

    accessible_role = QAccessible.Role.List

    def __init__(self, name: str, lead: int, act: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self._rows: tuple[QueueRow, ...] = ()
        self._act = act
        self._room = -1
        self._under = -1
        self.setMouseTracking(act is not None)
        self._lead = lead
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these rows."""
        if rows == self._rows:
            return
        if len(rows) != len(self._rows):
            self.updateGeometry()
        self._rows = rows
        self.update()

    def show_only(self, rows: int) -> None:
        """Show so many rows, or all of them (-1)."""
        if rows != self._room:
            self._room = rows
            self.updateGeometry()
            self.update()

    def shown(self) -> int:
        """How many rows are in sight."""
        return len(self._shown())

    def _shown(self) -> tuple[QueueRow, ...]:
        return self._rows if self._room < 0 else self._rows[: self._room]

    def _at(self, event: QMouseEvent) -> int:
        place = int(event.position().y() // current().px(ROW))
        shown = self._shown()
        return place if 0 <= place < len(shown) and shown[place].act else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._at(event)
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, _event: object) -> None:
        self._under = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event)
        if place >= 0 and self._act is not None and event.button() == Qt.MouseButton.LeftButton:
            self._act(self._shown()[place].act)

    def accessible_value(self) -> str:
        """All rows as one text."""
        return "；".join(" ".join(part for part in (r.left, r.middle, r.right, r.count) if part) for r in self._rows)

    def sizeHint(self) -> QSize:
        return QSize(0, current().px(ROW) * len(self._shown()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme.px(ROW)
        for place, row in enumerate(self._shown()):
            top = place * high
            box = QRectF(0, top, self.width(), high - 1)
            if place == self._under:
                painter.fillRect(box, theme.colour("hover"))
            draw_text(painter, box, row.left, theme.font("body", weight=700), "ink", LEFT)
            if row.count:
                draw_text(painter, box, row.count, theme.font_of(theme.px(15), 700), "ink", RIGHT)
                aside = box.adjusted(0, 0, -theme.px(30), 0)
            else:
                aside = box
            left = float(theme.px(self._lead))
            at_right = text_width(theme.font("label"), row.right)
            room = self.width() - left - at_right - theme.px(38 if row.count else 8)
            needs = text_width(theme.font("meta" if row.chip else "label"), row.middle) + (
                theme.px(14) if row.chip else 0
            )
            if needs > room and not row.count:
                left = text_width(theme.font("body", weight=700), row.left) + theme.px(8)
                room = self.width() - left - at_right - theme.px(8)
            crowded = (
                row.chip and needs > room
            )  # a booked time is never cut: the minutes give way, and stand in the tip
            if crowded:
                self.setToolTip(self.accessible_value())
                room += at_right
            elif needs <= room or not row.count:
                draw_text(painter, aside, row.right, theme.font("label" if not row.count else "meta"), "ink-2", RIGHT)
            else:  # the longest wait gives way to the name
                room += at_right
            if needs > room:
                self.setToolTip(self.accessible_value())
            if row.chip:
                font = theme.font("meta")
                wide = min(text_width(font, row.middle) + theme.px(14), room)
                tall = theme.px(20)
                chip = QRectF(left, round(top + (high - 1 - tall) / 2), round(wide), tall)
                draw_box(painter, chip, "accent-soft", "", theme.radius("chip"))
                draw_text(painter, chip.adjusted(theme.px(7), 0, 0, 0), row.middle, font, "accent", LEFT)
            else:
                style, tone = ("label", "ink") if not row.count else ("label", "ink-2")
                place_for_it = QRectF(left, top, room, high - 1)
                draw_text(painter, place_for_it, row.middle, theme.font(style), tone, LEFT, may_elide=True)
            if place + 1 < len(self._shown()):
                draw_line(painter, 0, self.width(), top + high - 1)
        painter.end()
