"""The list of the device check."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.signin.model import CheckRow
from ui.theme import current
from ui.widgets import KeyButton, Lamp, label, paint_lamp
from ui.widgets.paint import draw_box, draw_line, draw_text, text_width
from ui.words import words

INSET = 20
TEXT_AT = 190
_TONES = {"ok": ("ok", "ink-2"), "warn": ("warn", "warn"), "bad": ("bad", "bad")}


class CheckRowView(QWidget):
    """One line: icon, name, what was found, lamp and word; a line to note is filled and may be asked again."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self, on_retry: Callable[[], object]) -> None:
        super().__init__()
        self._row = CheckRow("", "info", "", "", "ok", "", False)
        self._last = self._stacked = False
        self._retry = KeyButton(words("signin.retry"), small=True, parent=self)
        self._retry.clicked.connect(lambda _checked=False: on_retry())
        self._retry.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def present(self, row: CheckRow, *, last: bool, may_retry: bool) -> None:
        """Show a line."""
        self._row, self._last = row, last
        self.setAccessibleName(f"{row.name} {row.word} {row.text}")
        self._retry.setVisible(row.level != "ok")
        self._retry.setEnabled(may_retry)
        self._retry.setAccessibleName(f"{words('signin.retry')} {row.name}")
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(400), current().px(68 if self._stacked else 50))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(300), current().px((66 if self._row.level != "ok" else 54) if self._stacked else 40))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def needs(self) -> float:
        """The width in pixels that name, finding, mark and button need side by side."""
        theme = current()
        words_need = text_width(theme.font("body"), self._row.text) + 1
        return float(theme.px(TEXT_AT)) + words_need + self._mark_width() + theme.px(INSET) + self._right_room()

    def stack(self, *, stacked: bool) -> None:
        """Show the finding below the name, where the window is too narrow for one line."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._place()
            self.updateGeometry()
            self.update()

    def _mark_width(self) -> float:
        if not self._row.emulated:
            return 0.0
        return text_width(current().font("meta"), words("device.emulated")) + current().px(22)

    def _right_room(self) -> float:
        """What lamp, word and button take at the right."""
        theme = current()
        word = max(text_width(theme.font("label", weight=500), words(f"signin.level.{n}")) for n in _TONES)
        room = word + theme.px(12 + 7 + 14)
        return room + (self._retry.sizeHint().width() + theme.px(12) if self._row.level != "ok" else 0)

    def _place(self) -> None:
        theme = current()
        size = self._retry.sizeHint()
        top = (self.height() - size.height()) // 2
        left = round(self.width() - theme.px(INSET) - self._right_room() + theme.px(6))
        if self._stacked:  # below lamp and word
            left, top = self.width() - theme.px(INSET) - size.width(), self.height() - size.height() - theme.px(3)
        self._retry.setGeometry(left, top, size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, row = current(), self._row
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset, height = theme.px(INSET), float(self.height() - 1)
        tone, ink = _TONES[row.level]
        if row.level != "ok":
            whole = QRectF(0, -1 if row.level else 0, self.width(), self.height() + 1)
            painter.fillRect(whole, theme.colour(f"{row.level}-soft"))
            draw_line(painter, 0, self.width(), -1, f"{row.level}-line")
            if not self._last:
                draw_line(painter, 0, self.width(), height)
        elif not self._last:
            draw_line(painter, inset, self.width() - inset, height)
        side = theme.px(20)
        place = QRectF(inset + 1, round((height - side) / 2), side, side)
        paint_icon(painter, row.icon, "ink-2", place)
        left = float(inset + theme.px(33))
        right = self.width() - inset - self._right_room()
        middle = height / 2
        if self._stacked:
            line = theme.line("field")
            top = (height - line - theme.line("body")) / 2
            middle = top + line / 2
            wide = draw_text(painter, QRectF(left, top, right - left, line), row.name, theme.font("field"), "ink")
            edge = self._retry.x() - theme.px(6) if row.level != "ok" else self.width() - inset
            text = QRectF(left, top + line, edge - left, theme.line("body"))
            draw_text(painter, text, row.text, theme.font("body"), ink)
            if row.emulated:
                self._mark(painter, left + wide + theme.px(10), middle)
        else:
            name = QRectF(left, 0, theme.px(TEXT_AT) - left - theme.px(4), height)
            draw_text(painter, name, row.name, theme.font("field"), "ink")
            text = QRectF(theme.px(TEXT_AT), 0, right - theme.px(TEXT_AT), height)
            drawn = draw_text(painter, text, row.text, theme.font("body"), ink)
            if row.emulated:
                self._mark(painter, text.left() + drawn + theme.px(10), middle)
        font = theme.font("label", weight=500)
        start = self.width() - inset - text_width(font, row.word)
        line_box = QRectF(start, middle - theme.line("label") / 2, self.width() - start, theme.line("label"))
        draw_text(painter, line_box, row.word, font, tone)
        lamp = theme.px(12)
        paint_lamp(painter, row.level, QRectF(start - lamp - theme.px(7), round(middle - lamp / 2), lamp, lamp))
        painter.end()

    @staticmethod
    def _mark(painter: QPainter, left: float, middle: float) -> None:
        """模拟: this device is an emulator."""
        theme = current()
        said, font = words("device.emulated"), theme.font("meta")
        box = QRectF(round(left), round(middle - theme.px(10)), text_width(font, said) + theme.px(12), theme.px(20))
        draw_box(painter, box, "sunken", "line", theme.radius("chip"))
        draw_text(painter, box.adjusted(theme.px(6), 0, 0, 0), said, font, "ink-3")


class CheckList(QFrame):
    """The card with the check's time, the meaning of the lamps, and a line for each thing that was asked."""

    def __init__(self, on_retry: Callable[[], object]) -> None:
        super().__init__()
        theme = current()
        self._on_retry = on_retry
        self.setProperty("kind", "panel")
        self._rows: list[CheckRowView] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, theme.px(4))
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        head.setSpacing(theme.px(5))
        self._checked = label("", "section")
        head.addWidget(self._checked)
        head.addStretch(1)
        for level in ("ok", "warn", "bad"):
            lamp = Lamp(level, 12)
            lamp.present(level, words(f"signin.level.{level}"))
            word = label(words(f"signin.level.{level}"), "meta")
            word.setStyleSheet(f"color: {theme.hex('ink-2')}; font-weight: 500;")
            head.addSpacing(theme.px(10))
            head.addWidget(lamp)
            head.addWidget(word)
        box = QWidget()
        box.setFixedHeight(theme.px(43))
        box.setLayout(head)
        self._column.addWidget(box)
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet(
            f"background: {theme.hex('line')}; border: 0; margin-left: {theme.px(INSET)}px;"
            f"margin-right: {theme.px(INSET)}px;"
        )
        self._column.addWidget(line)

    def present(self, rows: Sequence[CheckRow], checked: str, *, checking: bool) -> None:
        """Show the lines of a check."""
        self._checked.setText(checked)
        while len(self._rows) > len(rows):
            self._rows.pop().deleteLater()
        while len(self._rows) < len(rows):
            made = CheckRowView(self._on_retry)
            self._rows.append(made)
            self._column.addWidget(made)
        for at, row in enumerate(rows):
            self._rows[at].present(row, last=at == len(rows) - 1, may_retry=not checking)
        self._stack()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._stack()

    def _stack(self) -> None:
        for row in self._rows:
            row.stack(stacked=row.needs() > self.width() - 2)
