"""The lines of the queue, painted: they change every few seconds and are never edited."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.reception.rail.model import QueueRow
from ui.theme import current
from ui.widgets.paint import LEFT, RIGHT, draw_box, draw_line, draw_text, text_width

ROW = 30


class QueueRows(QWidget):
    """Rows of one section. ``lead`` is the width of the first column in the design's pixels."""

    accessible_role = QAccessible.Role.List

    def __init__(self, name: str, lead: int) -> None:
        super().__init__()
        self._rows: tuple[QueueRow, ...] = ()
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

    def accessible_value(self) -> str:
        """All rows as one text."""
        return "；".join(" ".join(part for part in (r.left, r.middle, r.right, r.count) if part) for r in self._rows)

    def sizeHint(self) -> QSize:
        return QSize(0, current().px(ROW) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme.px(ROW)
        for place, row in enumerate(self._rows):
            top = place * high
            box = QRectF(0, top, self.width(), high - 1)
            draw_text(painter, box, row.left, theme.font("body", weight=700), "ink", LEFT)
            if row.count:
                draw_text(painter, box, row.count, theme.font_of(theme.px(15), 700), "ink", RIGHT)
                aside = box.adjusted(0, 0, -theme.px(30), 0)
            else:
                aside = box
            draw_text(painter, aside, row.right, theme.font("label" if not row.count else "meta"), "ink-2", RIGHT)
            left = float(theme.px(self._lead))
            room = self.width() - left - text_width(theme.font("label"), row.right) - theme.px(38 if row.count else 8)
            if row.chip:
                font = theme.font("meta")
                wide = min(text_width(font, row.middle) + theme.px(14), room)
                tall = theme.px(20)
                chip = QRectF(left, round(top + (high - 1 - tall) / 2), round(wide), tall)
                draw_box(painter, chip, "accent-soft", "", theme.radius("chip"))
                draw_text(painter, chip.adjusted(theme.px(7), 0, 0, 0), row.middle, font, "accent", LEFT)
            else:
                style, tone = ("label", "ink") if not row.count else ("label", "ink-2")
                draw_text(painter, QRectF(left, top, room, high - 1), row.middle, theme.font(style), tone, LEFT)
            if place + 1 < len(self._rows):
                draw_line(painter, 0, self.width(), top + high - 1)
        painter.end()
