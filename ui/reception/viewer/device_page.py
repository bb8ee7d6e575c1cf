"""设备: what is wrong, what to do in numbered steps, what waits for it, and how the other devices are."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.reception.viewer.device_model import DeviceFace, DeviceLine
from ui.reception.viewer.drawings import StepDrawing
from ui.reception.viewer.list_pages import forget, scrolling
from ui.theme import current
from ui.widgets import Chip, Lamp, label, paint_lamp
from ui.widgets.paint import draw_line, draw_text, text_width
from ui.words import words

DEVICE_ICONS = {
    "id_card": "card",
    "scanner": "scanner",
    "camera": "camera",
    "printer": "printer",
    "display": "monitor",
    "codes": "qr",
    "smart_card": "card",
    "rating": "star",
    "applicant": "pad",
    "network": "net",
    "outbox": "outbox",
    "catalogue": "docs",
}


class DeviceRow(QWidget):
    """One device in the list: icon, name, lamp with its word."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self, line: DeviceLine) -> None:
        super().__init__()
        self._line = line
        self.setAccessibleName(f"{line.name} {line.word}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(37))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, line = current(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() - 1
        side = theme.px(16)
        icon = DEVICE_ICONS.get(line.kind, "info")
        paint_icon(painter, icon, "ink-2", QRectF(0, round((height - side) / 2), side, side))
        left = float(theme.px(26))
        left += draw_text(painter, QRectF(left, 0, self.width(), height), line.name, theme.font("label"), "ink")
        if line.emulated:
            mark = QRectF(left + theme.px(8), 0, theme.px(60), height)
            draw_text(painter, mark, words("device.emulated"), theme.font("meta"), "ink-3")
        tone = {"ok": "ok", "warn": "warn", "bad": "bad"}.get(line.lamp, "ink-3")
        font = theme.font("label", weight=500)
        start = self.width() - text_width(font, line.word)
        draw_text(painter, QRectF(start, 0, self.width() - start + 2, height), line.word, font, tone)
        lamp = theme.px(11)
        paint_lamp(painter, line.lamp, QRectF(start - lamp - theme.px(7), (height - lamp) / 2, lamp, lamp))
        draw_line(painter, 0, self.width(), height)
        painter.end()


def hairline() -> QFrame:
    """A horizontal line, 1 px."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {current().hex('line')}; border: 0;")
    return line


class DevicePage(QWidget):
    """The device page of the right column."""

    def __init__(self) -> None:
        super().__init__()
        self._face: DeviceFace | None = None
        theme = current()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        self._column.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(inner))

    def present(self, face: DeviceFace) -> None:
        """Show a device that needs care, or that all are fine."""
        if face == self._face:
            return
        self._face = face
        theme, column = current(), self._column
        forget(column)
        column.addWidget(self._head(face))
        column.addWidget(hairline())
        for at, step in enumerate(face.steps):
            drawing = face.drawn[at] if at < len(face.drawn) else ""
            column.addWidget(self._step(at + 1, step, drawing))
            if at < len(face.steps) - 1:
                column.addWidget(hairline())
        if face.waiting:
            column.addWidget(hairline())
            column.addSpacing(theme.px(12))
            column.addWidget(label(words("device.waiting_prints", n=len(face.waiting)), "section"))
            column.addSpacing(theme.px(4))
            for what, whose in face.waiting:
                column.addWidget(self._waiting(what, whose))
                column.addWidget(hairline())
            column.addSpacing(theme.px(8))
            column.addWidget(label(face.waiting_note, "meta", wrap=True))
        if face.others:
            column.addSpacing(theme.px(16))
            column.addWidget(label(face.others_title, "section"))
            column.addSpacing(theme.px(2))
            for line in face.others:
                column.addWidget(DeviceRow(line))
        column.addStretch(1)

    @staticmethod
    def _head(face: DeviceFace) -> QWidget:
        theme = current()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, theme.px(13))
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        lamp = Lamp(face.lamp, 18)
        lamp.present(face.lamp, face.headline)
        row.addWidget(lamp)
        row.addWidget(label(face.headline, "step"))
        if face.emulated:
            row.addWidget(Chip(words("device.emulated")))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(face.note, "label", wrap=True))
        return box

    @staticmethod
    def _step(number: int, text: str, drawing: str) -> QWidget:
        theme = current()
        box = QWidget()
        row = QHBoxLayout(box)
        if drawing:
            box.setFixedHeight(theme.px(120))
            row.setContentsMargins(0, theme.px(6), 0, 0)
            row.setSpacing(theme.px(14))
            row.addWidget(StepDrawing(drawing, text))
            lines = QVBoxLayout()
            lines.setSpacing(0)
            lines.setContentsMargins(0, 0, 0, theme.px(8))
            lines.addStretch(1)
            figure = label(str(number), "title", "accent")
            figure.setFixedHeight(theme.px(25))
            lines.addWidget(figure)
            said = label(text, "step", wrap=True)
            said.setStyleSheet("font-weight: 500;")
            lines.addWidget(said)
            lines.addStretch(1)
            row.addLayout(lines, 1)
            return box
        row.setContentsMargins(0, theme.px(12), 0, theme.px(12))
        row.setSpacing(theme.px(14))
        mark = label(str(number), "title", "accent")
        mark.setFixedWidth(theme.px(20))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(mark)
        said = label(text, "field", wrap=True)
        said.setStyleSheet("font-weight: 500;")
        row.addWidget(said, 1)
        return box

    @staticmethod
    def _waiting(what: str, whose: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, current().px(5), 0, current().px(5))
        row.addWidget(label(what, "label"), 1)
        row.addWidget(label(whose, "label"))
        return box
