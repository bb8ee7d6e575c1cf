"""The painted rows of the set-up: a step at the left, a device in the list."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.device_setup.model import Line, StepFace
from ui.icons import paint_icon
from ui.theme import current
from ui.widgets import paint_lamp
from ui.widgets.paint import CENTRE, draw_box, draw_line, draw_text, text_width
from ui.words import words

NODE = 26


class StepView(QWidget):
    """One step: a node with its number or a tick, its name, and how far it is."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self) -> None:
        super().__init__()
        self._face = StepFace(0, "", "", "coming")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, face: StepFace) -> None:
        """Show a step."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(f"{face.number} {face.name}")
            self.setAccessibleDescription(face.note)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(NODE)
        node = QRectF(1, (self.height() - side) / 2, side, side)
        now = face.state == "now"
        draw_box(painter, node, "bar-ink" if now else "", "bar-ink" if now else "bar-ink-2", side / 2, 2)
        if face.state == "done":
            tick = theme.px(16)
            at = QRectF(round(node.center().x() - tick / 2), round(node.center().y() - tick / 2), tick, tick)
            paint_icon(painter, "check", "bar-ink", at)
        else:
            font = theme.font("label", weight=700)
            draw_text(painter, node, str(face.number), font, "bar" if now else "bar-ink-2", CENTRE)
        left = side + theme.px(12)
        room = self.width() - left
        name_font, note_font = theme.font("step", weight=700 if now else 500), theme.font("meta")
        middle = self.height() / 2
        high, low = theme.line("step"), theme.line("meta")
        top = middle - (high + low) / 2
        draw_text(painter, QRectF(left, top, room, high), face.name, name_font, "bar-ink" if now else "bar-ink-2")
        draw_text(painter, QRectF(left, top + high, room, low), face.note, note_font, "bar-ink-2", may_elide=True)
        painter.end()


class RowView(QWidget):
    """One device: a tick, icon, name and model, where it is; lamp and word at the right. The focus shows it."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(
        self,
        on_show: Callable[[str], object],
        on_use: Callable[[str, bool], object],
        on_key: "Callable[[RowView, int], bool]",
    ) -> None:
        super().__init__()
        self._line = Line("", "info", "", "", "", "idle", "", chosen=False, may_choose=False, emulated=False)
        self._shown = False
        self._on_show, self._on_use, self._on_key = on_show, on_use, on_key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def line(self) -> Line:
        """What it shows."""
        return self._line

    def present(self, line: Line, *, shown: bool, first: bool) -> None:
        """Show a device. Tab comes to the shown row, or to the first when none is shown."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if shown or first else Qt.FocusPolicy.ClickFocus)
        if (line, shown) == (self._line, self._shown):
            return
        self._line, self._shown = line, shown
        ticked = words("setup.use" if line.chosen else "setup.leave") if line.may_choose else ""
        self.setAccessibleName(f"{line.name} {line.word}")
        self.setAccessibleDescription(" ".join(filter(None, (line.model, line.place, ticked))))
        self.setToolTip(" · ".join(filter(None, (line.model, line.place))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(280), current().px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(54))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._on_show(self._line.key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._on_show(self._line.key)
        if self._line.may_choose and event.position().x() < current().px(38):
            self._on_use(self._line.key, not self._line.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(self, event.key()):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, line = current(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() - 1
        if self._shown:
            painter.fillRect(QRectF(0, 0, self.width(), height), theme.colour("accent-soft"))
        gap, side = theme.px(10), theme.px(18)
        if line.may_choose:
            box = QRectF(gap, (height - side) / 2, side, side)
            draw_box(painter, box, "accent" if line.chosen else "panel", "line-strong", theme.radius("chip"))
            if line.chosen:
                tick = theme.px(14)
                at = QRectF(round(box.center().x() - tick / 2), round(box.center().y() - tick / 2), tick, tick)
                paint_icon(painter, "check", "on-accent", at)
        left = gap + side + gap
        paint_icon(painter, line.icon, "ink-2", QRectF(left, round((height - side) / 2), side, side))
        left += side + gap
        tone = {"ok": "ok", "warn": "warn", "bad": "bad"}.get(line.lamp, "ink-3")
        font = theme.font("label", weight=500)
        start = self.width() - gap - text_width(font, line.word)
        draw_text(painter, QRectF(start, 0, self.width() - start + 2, height), line.word, font, tone)
        lamp = theme.px(12)
        paint_lamp(painter, line.lamp, QRectF(start - lamp - theme.px(7), (height - lamp) / 2, lamp, lamp))
        room = start - lamp - theme.px(7) - gap - left
        name_font, meta = theme.font("body", weight=500), theme.font("meta")
        high, low = theme.line("body"), theme.line("meta")
        top = (height - high - low) / 2
        draw_text(painter, QRectF(left, top, room, high), line.name, name_font, "ink", may_elide=True)
        emulated = words("device.emulated") if line.emulated else ""
        below = " · ".join(filter(None, (emulated, line.model, line.place)))
        draw_text(painter, QRectF(left, top + high, room, low), below, meta, "ink-3", may_elide=True)
        draw_line(painter, 0, self.width(), height)
        if self.hasFocus():
            draw_box(painter, QRectF(0, 0, self.width(), height), "", "accent", theme.radius("chip"), 2)
        painter.end()
