"""The strip: lines with number keys, a line of text, and the button that does it. Esc closes, nothing is lost."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.reception.columns import LOW
from ui.reception.pieces import Act, empty, row, set_text, show_if
from ui.reception.strip.model import Choice, Strip, may_open, strip
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.widgets.paint import LEFT, RIGHT, cap_width, draw_box, draw_cap, draw_text, text_width
from window_client.reception.state import ReceptionState

LINE = 36
MOST_LINES, FEW_LINES = 6, 3
LONGEST_NOTE = 40
DIGITS = {Qt.Key(Qt.Key.Key_1 + place): place for place in range(9)}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceButton(QPushButton):
    """One line: its number key, what it is, and at the right how it stands there."""

    def __init__(self, choice: Choice, number: int) -> None:
        super().__init__()
        self.choice = choice
        self._key = str(number) if number <= len(DIGITS) else ""
        self.setProperty("kind", "line")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setAccessibleName(" ".join(part for part in (self._key, choice.left, choice.text, choice.right) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What the line says."""
        return self.choice.text

    def sizeHint(self) -> QSize:
        theme = current()
        wide = theme.px(48) + text_width(theme.font("body", weight=500), self.choice.text)
        wide += text_width(theme.font("label"), self.choice.right) + theme.px(12) if self.choice.right else 0
        wide += (
            max(theme.px(52), text_width(theme.font("body", weight=700), self.choice.left)) if self.choice.left else 0
        )
        return QSize(round(wide), theme.px(LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(90), current().px(LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, pad = self.height() / 2, float(theme.px(10)), theme.px(12)
        if self.isChecked():
            ring = "ink" if self.hasFocus() else "accent"
            draw_box(painter, QRectF(self.rect()), "accent-soft", ring, theme.radius("control"), 2)
        if self._key:
            draw_cap(painter, left, middle, self._key)
        left += cap_width("0", theme) + theme.px(10)
        chosen = self.isChecked()
        ink = "accent" if chosen else "ink-2" if self.choice.quiet else "ink"
        if self.choice.left:
            bold = theme.font("body", weight=700)
            draw_text(painter, QRectF(left, 0, theme.px(80), self.height()), self.choice.left, bold, ink, LEFT)
            left += max(theme.px(52), text_width(bold, self.choice.left) + theme.px(10))
        aside = text_width(theme.font("label"), self.choice.right) + theme.px(12) if self.choice.right else 0.0
        room = QRectF(left, 0, self.width() - left - pad - aside, self.height())
        font = theme.font("body", weight=700 if chosen else 500)
        draw_text(painter, room, self.choice.text, font, ink, LEFT, may_elide=bool(self.choice.left))
        cut = self.choice.left and text_width(font, self.choice.text) > room.width() + 1
        self.setToolTip(self.choice.text if cut else "")
        if self.choice.right:
            end = QRectF(0, 0, self.width() - pad, self.height())
            draw_text(painter, end, self.choice.right, theme.font("label"), "ink-2", RIGHT)
        painter.end()


class StripView(QWidget):
    """The strip over the centre's sheet; hidden until a key opens it."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._act = act
        self.kind = ""
        self._shown: Strip | None = None
        self._last: tuple[ReceptionState, datetime] | None = None
        self.buttons: list[ChoiceButton] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), 0)
        self._frame = QFrame()
        self._frame.setProperty("kind", "panel")
        self._frame.setObjectName("strip")
        self._frame.setStyleSheet(f"QFrame#strip {{ border: 2px solid {theme.hex('accent')}; }}")
        outer.addWidget(self._frame)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(theme.px(15), theme.px(11), theme.px(15), theme.px(13))
        column.setSpacing(theme.px(9))
        self._title, self._hint = label("", "step"), label("", "label")
        self._close = KeyButton(say("strip.close"), "Esc", kind="ghost")
        self._close.clicked.connect(self.close_strip)
        column.addLayout(row(self._title, 4, self._hint, None, self._close))
        self._lines = [label("", "strong", wrap=True), label("", "label", wrap=True), label("", "label", wrap=True)]
        for line in self._lines:
            column.addWidget(line)
        self._busy = label("", "label")
        column.addWidget(self._busy)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.px(2), 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        column.addWidget(self._scroll)
        self._foot = label("", "label", "warn", wrap=True)
        column.addWidget(self._foot)
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.go = KeyButton("", "Enter")
        self.go.clicked.connect(self._confirm)
        self._note_row = QWidget()
        line_of_text = row(gap=8)
        line_of_text.addWidget(self.note, 1)
        line_of_text.addWidget(self.go)
        self._note_row.setLayout(line_of_text)
        column.addWidget(self._note_row)
        self._chosen = QButtonGroup(self)
        self._chosen.setExclusive(True)
        for widget in (self.note, self.go, self._close):
            widget.installEventFilter(self)
        self.note.textChanged.connect(lambda _text: self._show_go())
        self.hide()

    # ---- open and close

    def prepare(self, kind: str, state: ReceptionState, now: datetime) -> None:
        """Make it ready; ``open_strip`` shows it once the sheet below has made room."""
        self.kind, self._shown = kind, None
        self.note.clear()
        self.present(state, now)

    def open_strip(self) -> None:
        """Show it, with the focus on the first line."""
        if self.kind:
            self.show()
            self._focus_first()

    def close_strip(self) -> None:
        """Close; the sheet below is as it was."""
        was_open = not self.isHidden()
        self.kind = ""
        self.hide()
        if was_open:
            self._act("strip_closed")

    def present(self, state: ReceptionState, now: datetime) -> None:
        """Show what the state has for the open strip; it closes when there is nothing left to ask."""
        self._last = state, now
        if not self.kind:
            return
        if not may_open(self.kind, state):
            self.close_strip()
            return
        shown = strip(self.kind, state, now)
        before, self._shown = self._shown, shown
        if shown == before:
            return
        set_text(self._title, shown.title)
        set_text(self._hint, shown.hint)
        show_if(self._hint, bool(shown.choices))
        for place, line in enumerate(self._lines):
            text = shown.lines[place] if place < len(shown.lines) else ""
            set_text(line, text)
            show_if(line, bool(text))
        set_text(self._busy, shown.busy)
        show_if(self._busy, bool(shown.busy))
        if before is None or before.choices != shown.choices:
            self._fill(shown)
        set_text(self._foot, shown.foot)
        show_if(self._foot, bool(shown.foot) and bool(shown.choices))
        show_if(self._note_row, bool(shown.note) and bool(shown.choices))
        self.note.setPlaceholderText(shown.note)
        self.note.setAccessibleName(shown.note)
        self.go.set_kind("danger" if shown.danger else "soft" if not shown.at_once else "plain")
        self._frame.setAccessibleName(f"{shown.title} {' '.join(shown.lines)}".strip())
        self._show_go()

    def _fill(self, shown: Strip) -> None:
        chosen = next((button.choice.act for button in self.buttons if button.isChecked()), "")
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            self._chosen.removeButton(button)
        empty(self._grid)
        self.buttons = []
        for place, choice in enumerate(shown.choices):
            button = ChoiceButton(choice, place + 1)
            button.installEventFilter(self)
            button.clicked.connect(lambda _on=False, at=place: self._pressed(at))
            if not shown.at_once:
                self._chosen.addButton(button)
            else:
                button.setCheckable(False)
            self.buttons.append(button)
            self._grid.addWidget(button, place // shown.columns, place % shown.columns)
        self._fit()
        show_if(self._scroll, bool(shown.choices))
        if not shown.at_once and self.buttons:
            again = next((button for button in self.buttons if button.choice.act == chosen), self.buttons[0])
            again.setChecked(True)
            if (had_focus or self._close.hasFocus()) and not self.isHidden():
                again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """So many lines as the window has room for; the rest scrolls."""
        theme, shown = current(), self._shown
        if shown is None:
            return
        lines = -(-len(shown.choices) // shown.columns)
        most = MOST_LINES if self.window().height() >= LOW * theme.scale else FEW_LINES
        self._scroll.setFixedHeight(max(0, min(lines, most) * theme.px(LINE + 6) - theme.px(6)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _focus_first(self) -> None:
        first = next((b for b in self.buttons if b.isChecked()), self.buttons[0] if self.buttons else self._close)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remember(self) -> tuple[str, str] | None:
        """Which strip is open and which line is chosen, for a window that is built again."""
        chosen = next((button.choice.act for button in self.buttons if button.isChecked()), "")
        return (self.kind, chosen) if self.kind else None

    def recall(self, kept: tuple[str, str]) -> None:
        """Open it again."""
        kind, chosen = kept
        if self._last is None:
            return
        self.prepare(kind, *self._last)
        self.open_strip()
        for button in self.buttons:
            if button.choice.act == chosen and button.isCheckable():
                button.setChecked(True)

    # ---- choose

    def _pressed(self, place: int) -> None:
        """A line was clicked: it acts, or (transfer) it is chosen."""
        if self._shown is None or place >= len(self.buttons):
            return
        if self._shown.at_once:
            self._do(self.buttons[place].choice.act)
        else:
            self._choose(place)

    def _choose(self, place: int) -> None:
        button = self.buttons[place]
        if button.isCheckable():
            button.setChecked(True)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(button, 0, 0)
        self._show_go()

    def _show_go(self) -> None:
        if self._shown is None:
            return
        chosen = next((button.choice for button in self.buttons if button.isChecked()), None)
        self.go.setText(chosen.go if chosen and chosen.go else self._shown.go)
        wanted = bool(self.note.text().strip()) if self._shown.at_once else chosen is not None
        self.go.setEnabled(wanted and not (self._shown.busy and self._shown.choices))

    def _confirm(self) -> None:
        shown, text = self._shown, self.note.text().strip()
        if shown is None or not self.go.isEnabled():
            return
        if shown.at_once:
            self._do(f"{shown.note_act}:{text}")
            return
        chosen = next((button.choice.act for button in self.buttons if button.isChecked()), "")
        if chosen:
            self._act(f"{chosen}:{text}" if text else chosen)  # stays open until the service has answered

    def _do(self, act: str) -> None:
        self.close_strip()
        self._act(act)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_strip()
            return True
        if watched is self.note:
            if key in ENTER:
                self._confirm()
                return True
            return super().eventFilter(watched, event)
        if watched in (self.go, self._close):
            if key in ENTER and isinstance(watched, QPushButton):
                watched.click()
                return True
            return super().eventFilter(watched, event)
        at = next((place for place, button in enumerate(self.buttons) if button is watched), -1)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return at >= 0 and plain and self._line_key(at, key)

    def _line_key(self, at: int, key: Qt.Key) -> bool:
        """A key on a line; True when it was taken."""
        shown = self._shown
        if shown is None:
            return False
        steps = {
            Qt.Key.Key_Down: shown.columns,
            Qt.Key.Key_Up: -shown.columns,
            Qt.Key.Key_Right: 1 if shown.columns > 1 else 0,
            Qt.Key.Key_Left: -1 if shown.columns > 1 else 0,
        }
        if key in DIGITS:
            if DIGITS[key] < len(self.buttons):
                self._pressed(DIGITS[key])
            return True
        if key in steps:
            to = at + steps[key]
            if 0 <= to < len(self.buttons):
                self._choose(to)
            return True
        if key in ENTER:
            if shown.at_once:
                self._pressed(at)
            else:
                self._confirm()
            return True
        return False
