"""Finished steps on one line, for windows too low to give each its own (01m, 01o)."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import paint_icon
from ui.reception.steps.model import DoneRow
from ui.theme import current
from ui.widgets.paint import cap_width, draw_cap, draw_line, draw_text, text_width
from window_client.domain.visit import Step


class FinishedRow(QWidget):
    """✓ 身份 李明 ✓ 事项 ✓ 表单 18 项 … Alt+1…3; a press on a step opens it."""

    accessible_role = QAccessible.Role.List

    def __init__(self, on_open: Callable[[Step], object]) -> None:
        super().__init__()
        self._on_open = on_open
        self._rows: tuple[DoneRow, ...] = ()
        self._places: list[tuple[float, float, Step]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, rows: tuple[DoneRow, ...]) -> None:
        """Show these steps."""
        self._rows = rows
        self.setAccessibleName("；".join(f"{row.number} {row.title} {row.brief}".strip() for row in rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, current().size("step-row") + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for left, right, step in self._places:
            if left <= event.position().x() <= right:
                self._on_open(step)
                return
        super().mouseReleaseEvent(event)

    def _note(self, row: DoneRow) -> str:
        return (
            row.long_brief if len(self._rows) <= 2 and self._needs(notes=True, long=True) <= self.width() else row.brief
        )

    def _needs(self, *, notes: bool, long: bool = False) -> float:
        """Pixels that all steps need; the names of steps stay when the notes go."""
        theme = current()
        needs = 0.0
        for row in self._rows:
            needs += theme.px(16 + 3 + 18) + text_width(theme.font("body", weight=500), row.title)
            note = (row.long_brief if long else row.brief) if notes else ""
            needs += theme.px(4) + text_width(theme.font("meta"), note) if note else 0
        return needs + (theme.px(120) if long else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = float(self.height() - 1)
        draw_line(painter, 0, self.width(), high)
        end = float(self.width() - theme.px(15))
        if self._rows:
            first, last = self._rows[0].number, self._rows[-1].number
            key = f"Alt+{first}…{last}" if last > first else f"Alt+{first}"
            end -= cap_width(key, theme)
            draw_cap(painter, end, high / 2, key)
        left, side = float(theme.px(14)), theme.px(16)
        self._places = []
        with_notes = self._needs(notes=True) <= end - left
        self.setToolTip("" if with_notes else self.accessibleName())
        for row in self._rows:
            start = left
            icon, tone = ("warn", "bad") if row.problem else ("check", "ok")
            paint_icon(painter, icon, tone, QRectF(round(left), round((high - side) / 2), side, side))
            left += side + theme.px(3)
            room = QRectF(left, 0, end - left - theme.px(8), high)
            left += draw_text(painter, room, row.title, theme.font("body", weight=500), "ink")
            note = self._note(row)
            if note and with_notes:
                left += theme.px(4)
                room.setLeft(left)
                tone = "warn" if row.warn else "ink-3"
                left += draw_text(painter, room, note, theme.font("meta"), tone)
            self._places.append((start, left, row.step))
            left += theme.px(18)
        painter.end()
