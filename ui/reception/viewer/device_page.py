"""设备: what is wrong, what it means, what to do in drawn steps; 检测 and a try; what waits; and all devices.

Everything is reached by keys: Alt+D comes to the list, the arrows choose a device, Enter looks at it again, Tab goes
on to the buttons. Buttons and rows stay the same objects while states come in, so the focus stays where it is.
"""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.device_faces import icon_of
from ui.icons import paint_icon
from ui.reception.viewer.device_model import Deed, DeviceFace, DeviceLine, device
from ui.reception.viewer.drawings import StepDrawing
from ui.reception.viewer.list_pages import forget, scrolling
from ui.theme import current
from ui.widgets import Chip, FlowLayout, KeyButton, Lamp, label, paint_lamp
from ui.widgets.label import set_tone
from ui.widgets.paint import draw_box, draw_line, draw_text, text_width
from ui.words import words
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState


class DeviceRow(QWidget):
    """One device in the list: icon, name, facts, lamp with its word. The focus chooses it."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self, on_choose: Callable[[str], object], on_key: "Callable[[DeviceRow, int], bool]") -> None:
        super().__init__()
        self._line = DeviceLine("", "", "", "idle", "", False)
        self._chosen = False
        self._on_choose, self._on_key = on_choose, on_key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def device_id(self) -> str:
        """Which device it shows."""
        return self._line.id

    def present(self, line: DeviceLine, *, chosen: bool, first: bool) -> None:
        """Show a device. Tab comes to the chosen row, or to the first when none is chosen."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen or first else Qt.FocusPolicy.ClickFocus)
        if (line, chosen) == (self._line, self._chosen):
            return
        self._line, self._chosen = line, chosen
        self.setAccessibleName(f"{line.name} {line.word}")
        self.setAccessibleDescription(line.facts)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(37))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason} or self._chosen:
            return
        self._on_choose(self._line.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._on_choose(self._line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(self, event.key()):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, line = current(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() - 1
        if self._chosen:
            painter.fillRect(QRectF(0, 0, self.width(), height), theme.colour("accent-soft"))
        side, gap = theme.px(16), theme.px(8)
        paint_icon(painter, icon_of(line.kind), "ink-2", QRectF(gap, round((height - side) / 2), side, side))
        tone = {"ok": "ok", "warn": "warn", "bad": "bad"}.get(line.lamp, "ink-3")
        font = theme.font("label", weight=500)
        start = self.width() - gap - text_width(font, line.word)
        draw_text(painter, QRectF(start, 0, self.width() - start + 2, height), line.word, font, tone)
        lamp = theme.px(11)
        paint_lamp(painter, line.lamp, QRectF(start - lamp - theme.px(7), (height - lamp) / 2, lamp, lamp))
        end = start - lamp - theme.px(14)
        left = float(side + 2 * gap)
        left += draw_text(painter, QRectF(left, 0, end - left, height), line.name, theme.font("label"), "ink")
        for text in (words("device.emulated") if line.emulated else "", line.facts):
            if text and end - left > theme.px(40):
                room = QRectF(left + gap, 0, end - left - gap, height)
                left += gap + draw_text(painter, room, text, theme.font("meta"), "ink-3")
        draw_line(painter, 0, self.width(), height)
        if self.hasFocus():
            draw_box(painter, QRectF(0, 0, self.width(), height), "", "accent", theme.radius("chip"), 2)
        painter.end()


def hairline() -> QFrame:
    """A horizontal line, 1 px."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {current().hex('line')}; border: 0;")
    return line


class DevicePage(QWidget):
    """The device page of the right column.

    Args:
        actions: The desk.
    """

    def __init__(self, actions: ClerkActions) -> None:
        super().__init__()
        theme = current()
        self._actions = actions
        self._state: ReceptionState | None = None
        self._face: DeviceFace | None = None
        self._chosen = ""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(0)
        self._top = self._part(column)
        self._deeds(column)
        self._waiting = self._part(column)
        self._list_head = label(words("device.list"), "section")
        self._list_hint = label(words("device.list.hint"), "meta")
        head = QHBoxLayout()
        head.setContentsMargins(0, theme.px(16), 0, theme.px(2))
        head.addWidget(self._list_head)
        head.addStretch(1)
        head.addWidget(self._list_hint)
        column.addLayout(head)
        self._rows: list[DeviceRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area: QScrollArea = scrolling(inner)
        whole.addWidget(self._area)

    @staticmethod
    def _part(column: QVBoxLayout) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(0)
        column.addLayout(part)
        return part

    def _deeds(self, column: QVBoxLayout) -> None:
        theme = current()
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, 8)
        self.repair = self._button(flow, "plain", self._do_repair)  # the filled one stands in the step
        self.check = self._button(flow, "plain", lambda: self._actions.check_device(self._shown))
        self.test = self._button(flow, "plain", lambda: self._actions.test_device(self._shown))
        self.prefer = self._button(flow, "plain", lambda: self._actions.prefer_device(self._shown))
        self._hint = label("", "meta", wrap=True)
        self._tried = label("", "label", wrap=True)
        column.addSpacing(theme.px(12))
        column.addWidget(self._buttons)
        column.addWidget(self._hint)
        column.addWidget(self._tried)

    @staticmethod
    def _button(flow: FlowLayout, kind: str, on_press: Callable[[], object]) -> KeyButton:
        made = KeyButton(words("device.check"), "", None, kind)
        made.clicked.connect(lambda _on=False: on_press())
        made.hide()
        flow.addWidget(made)
        return made

    # ---- state in

    def present(self, state: ReceptionState) -> None:
        """Show the devices of a state."""
        self._state = state
        face = device(state, self._chosen)
        if face == self._face:
            return
        before, self._face = self._face, face
        self._present_top(before, face)
        self._present_deed(self.repair, face.repair)
        self._present_deed(self.check, face.check)
        self._present_deed(self.test, face.test)
        self._present_deed(self.prefer, face.prefer)
        self.test.setEnabled(face.may_test)
        self._buttons.setVisible(any((face.repair, face.check, face.test, face.prefer)))
        self._say(self._hint, face.hint)
        self._say(self._tried, face.tried)
        set_tone(self._tried, face.tried_tone)
        if before is None or (before.waiting, before.waiting_note) != (face.waiting, face.waiting_note):
            self._present_waiting(face)
        self._present_list(face)

    def choose(self, device_id: str) -> None:
        """Show a device at the top (a click on its pill, the arrows in the list)."""
        if device_id != self._chosen:
            self._chosen = device_id
            if self._state is not None:
                self.present(self._state)

    def focus_list(self) -> None:
        """Alt+D: the keys come to the list."""
        rows = [row for row in self._rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus] or self._rows
        if rows:
            rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._chosen = ""  # next time what needs care stands first again

    @property
    def _shown(self) -> str:
        return self._face.shown if self._face else ""

    def _do_repair(self) -> None:
        deed = self._face.repair if self._face else None
        if deed is not None:
            {
                "print_again": self._actions.print_again,
                "read_card": self._actions.read_card,
                "feed": self._actions.feed,
            }[deed.act]()

    # ---- the parts

    def _present_top(self, before: DeviceFace | None, face: DeviceFace) -> None:
        def part(of: DeviceFace) -> tuple[object, ...]:
            return of.lamp, of.headline, of.note, of.emulated, of.facts, of.steps, of.drawn

        if before is not None and part(before) == part(face):
            return
        column = self._top
        forget(column)
        column.addWidget(self._head(face))
        column.addWidget(hairline())
        for at, step in enumerate(face.steps):
            column.addWidget(self._step(at + 1, step, face.drawn[at] if at < len(face.drawn) else ""))
            if at < len(face.steps) - 1:
                column.addWidget(hairline())

    @staticmethod
    def _present_deed(button: KeyButton, deed: Deed | None) -> None:
        button.setVisible(deed is not None)
        if deed is not None:
            button.set_key(deed.key)
            button.set_icon(deed.icon or None)
            button.setText(deed.text)

    @staticmethod
    def _say(line: QLabel, text: str) -> None:
        line.setVisible(bool(text))
        if line.text() != text:
            line.setText(text)

    def _present_waiting(self, face: DeviceFace) -> None:
        theme, column = current(), self._waiting
        forget(column)
        if not face.waiting:
            return
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, theme.px(12), 0, 0)
        lines.setSpacing(0)
        lines.addWidget(hairline())
        lines.addSpacing(theme.px(12))
        lines.addWidget(label(words("device.waiting_prints", n=len(face.waiting)), "section"))
        lines.addSpacing(theme.px(4))
        for what, whose in face.waiting:
            lines.addWidget(self._waiting_row(what, whose))
            lines.addWidget(hairline())
        lines.addSpacing(theme.px(8))
        lines.addWidget(label(face.waiting_note, "meta", wrap=True))
        column.addWidget(box)

    def _present_list(self, face: DeviceFace) -> None:
        rows_before = len(self._rows)
        while len(self._rows) < len(face.lines):
            row = DeviceRow(self.choose, self._row_key)
            self._rows.append(row)
            self._list.addWidget(row)
        while len(self._rows) > len(face.lines):
            self._rows.pop().deleteLater()
        chosen = face.shown in {line.id for line in face.lines}
        for at, (row, line) in enumerate(zip(self._rows, face.lines, strict=True)):
            row.present(line, chosen=line.id == face.shown, first=at == 0 and not chosen)
        if self._rows and len(self._rows) != rows_before:  # the list comes first for the keys, though it stands below
            for before, after in pairwise((self._rows[-1], self.repair, self.check, self.test, self.prefer)):
                QWidget.setTabOrder(before, after)

    def _row_key(self, row: DeviceRow, key: int) -> bool:
        at = self._rows.index(row)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = at + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= to < len(self._rows):
                self.choose(self._rows[to].device_id)
                self._rows[to].setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.ensureWidgetVisible(self._rows[to])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(row.device_id)
            self._actions.check_device(row.device_id)
            return True
        return False

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
        row.addWidget(lamp, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(face.headline, "step", wrap=True), 1)
        if face.emulated:
            row.addWidget(Chip(words("device.emulated")), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(label(face.note, "label", wrap=True))
        if face.facts:
            column.addWidget(label(face.facts, "meta", wrap=True))
        return box

    @staticmethod
    def _step(number: int, text: str, drawing: str) -> QWidget:
        theme = current()
        box = QWidget()
        box.setMinimumHeight(theme.px(116))
        row = QHBoxLayout(box)
        row.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        row.setSpacing(theme.px(14))
        if drawing:
            row.addWidget(StepDrawing(drawing, text))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(label(str(number), "title", "accent"))
        said = label(text, "step", wrap=True)
        said.setStyleSheet("font-weight: 500;")
        lines.addWidget(said)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        return box

    @staticmethod
    def _waiting_row(what: str, whose: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, current().px(5), 0, current().px(5))
        row.addWidget(label(what, "label", wrap=True), 1)
        row.addWidget(label(whose, "label"))
        return box
