"""The centre while nobody is served: the next number, my open items, what to know today."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.reception.idle.exercises_view import ExercisesView
from ui.reception.idle.model import Idle, NextCard, NoticeRow, OpenItem
from ui.reception.pieces import Act, Hairline, Icon, IconChip, empty, panel, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip, KeyCap
from ui.widgets.label import ElidedLabel, label
from ui.widgets.paint import LEFT, RIGHT, draw_text, text_width

DIGITS = 9
ALONE_MS = 60
"""A code scanner sends its digits under 30 ms apart, a hand does not."""


class NextCardView(QWidget):
    """下一位."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        frame, column = panel()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(25))
        self._head = label(say("idle.next"), "field", "ink-2")
        self._hint = QWidget()
        hint = row(label(say("idle.hint_before"), "label"), KeyCap("F2"), label(say("idle.hint_after"), "label"), gap=7)
        self._hint.setLayout(hint)
        column.addLayout(row(self._head, None, self._hint))
        self._number = label()
        self._number.setStyleSheet(f"font-size: {theme.px(76)}px; font-weight: 700;")
        self._number.setFixedHeight(theme.px(88))
        self._headline = label("", "title")
        self._headline.setWordWrap(True)
        self._plain = label("", "label", "ink-2")
        self._booked = IconChip("clock")
        self._prefilled = Chip("", "accent")
        self._waited = label("", "label")
        self._chips = row(self._booked, self._prefilled, self._waited, None)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addStretch(1)
        words.addWidget(self._headline)
        words.addWidget(self._plain)
        words.addLayout(self._chips)
        words.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(26))
        middle.addWidget(self._number)
        middle.addLayout(words, 1)
        column.addLayout(middle)
        column.addSpacing(theme.px(13))
        column.addWidget(Hairline(dashed=True))
        column.addSpacing(theme.px(14))
        self._facts = QHBoxLayout()
        self._facts.setSpacing(theme.px(28))
        without = KeyButton(say("without_ticket"), "Ctrl+N", "plus")
        without.clicked.connect(lambda: act("serve_without_ticket"))
        foot = QHBoxLayout()
        foot.addLayout(self._facts)
        foot.addStretch(1)
        foot.addWidget(without)
        column.addLayout(foot)

    def present(self, card: NextCard) -> None:
        """Show the next number, or why there is none."""
        theme = current()
        set_text(self._number, card.number)
        show_if(self._number, bool(card.number))
        show_if(self._hint, bool(card.number))
        set_text(self._headline, card.headline)
        set_text(self._plain, card.hint)
        show_if(self._plain, bool(card.hint))
        self._booked.present(card.booked)
        self._prefilled.present(card.prefilled, "accent")
        set_text(self._waited, card.waited)
        empty(self._facts)
        for name, value in card.facts:
            pair = QVBoxLayout()
            pair.setSpacing(theme.px(1))
            pair.addWidget(label(name, "meta"))
            pair.addWidget(label(value, "field"))
            self._facts.addLayout(pair)


class OpenRow(QFrame):
    """One row of 我的未完事项, with its number key, and below it what it was opened to."""

    def __init__(self, item: OpenItem, number: int, act: Act) -> None:
        super().__init__()
        theme = current()
        self.button: KeyButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(theme.px(51))
        column.addWidget(head)
        line = QHBoxLayout(head)
        line.setContentsMargins(theme.px(17), 0, theme.px(16), 0)
        line.setSpacing(0)
        line.addWidget(Icon(item.icon, "ink-2"))
        line.addSpacing(theme.px(14))
        kind = label(item.kind, "strong")
        kind.setMinimumWidth(theme.px(84))
        count = label(str(item.count))
        count.setStyleSheet(f"font-size: {theme.px(17)}px; font-weight: 700;")
        count.setFixedWidth(theme.px(36))
        line.addWidget(kind)
        line.addWidget(count)
        line.addWidget(ElidedLabel(item.text, "body", "ink-2"), 1)
        line.addSpacing(theme.px(12))
        line.addWidget(label(item.note, "label", "warn" if item.warn else ""))
        if item.act:
            opens = item.act_words or say("idle.open")
            self.button = KeyButton(opens, str(number) if number <= DIGITS else "", small=True)
            self.button.setAccessibleName(f"{opens} {item.kind} {item.text}")
            self.button.clicked.connect(lambda: act(item.act))
            line.addSpacing(theme.px(12))
            line.addWidget(self.button)
        for what, about, when in item.lines:
            below = row(margins=(49, 0, 16, 0), gap=14)
            below.addWidget(label(what, "label"))
            below.addWidget(ElidedLabel(about, "label", "ink-2"), 1)
            below.addWidget(label(when, "meta"))
            holder = QWidget()
            holder.setFixedHeight(theme.px(32))
            holder.setLayout(below)
            column.addWidget(holder)


class NoticeLine(QPushButton):
    """One notice: new ones are bold with a dot; Enter, Space or a click marks it as read."""

    def __init__(self, notice: NoticeRow, act: Act) -> None:
        super().__init__()
        theme = current()
        self.notice = notice
        self.setProperty("kind", "notice")
        self.setStyleSheet(
            f"QPushButton {{ border: 0; border-radius: 0; background: transparent; min-height: {theme.px(41)}px; }}"
            f"QPushButton:hover {{ background: {theme.hex('hover')}; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.hex('ink')}; }}"
        )
        state = say("idle.is_read") if notice.read else say("idle.unread", n=1)
        self.setAccessibleName(f"{notice.text} {notice.when} {state}")
        self.setToolTip(notice.text)
        self.clicked.connect(lambda: act("read_notice:" + "\n".join(notice.key)))
        self.setFixedHeight(theme.px(43))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, notice = current(), self.notice
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, left, pad = theme.px(18), float(theme.px(17)), theme.px(16)
        middle = self.height() / 2
        paint_icon(painter, "info", "ink-2" if notice.read else "accent",
                   QRectF(left, round(middle - side / 2), side, side))  # fmt: skip
        left += side + theme.px(14)
        if not notice.read:
            dot = theme.px(8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QRectF(left, round(middle - dot / 2), dot, dot))
            left += dot + theme.px(8)
        aside = text_width(theme.font("meta"), notice.when) + theme.px(14)
        room = QRectF(left, 0, self.width() - left - pad - aside, self.height())
        font = theme.font("body", weight=400 if notice.read else 700)
        draw_text(painter, room, notice.text, font, "ink", LEFT, may_elide=True)
        end = QRectF(0, 0, self.width() - pad, self.height())
        draw_text(painter, end, notice.when, theme.font("meta"), "ink-3", RIGHT)
        painter.end()


class IdleView(QWidget):
    """The idle centre.

    A digit opens the row with that number. A burst of digits is a code scanner and opens nothing: a single one
    acts after ``ALONE_MS``.
    """

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._act = act
        self._shown: Idle | None = None
        self.open_buttons: list[KeyButton] = []
        self.notice_lines: list[NoticeLine] = []
        self._digit = 0
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.setInterval(ALONE_MS)
        self._alone.timeout.connect(self._open_digit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(16))
        self.card = NextCardView(act)
        column.addWidget(self.card)
        self.exercises = ExercisesView(act)
        column.addWidget(self.exercises)
        self._open_frame, self._open_column = panel()
        self._notice_frame, self._notice_column = panel()
        column.addWidget(self._open_frame)
        column.addWidget(self._notice_frame)
        column.addStretch(1)
        scroll = QScrollArea()  # the frame never scrolls, a long morning's list may
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        outer.addWidget(scroll)

    def present(self, shown: Idle) -> None:
        """Show the idle centre; parts that are the same stay as they are."""
        before, self._shown = self._shown, shown
        if before is None or before.card != shown.card:
            self.card.present(shown.card)
        if before is None or before.exercises != shown.exercises:
            self.exercises.present(shown.exercises)
        if before is None or before.open_items != shown.open_items:
            self._fill_open(shown)
        if before is None or before.notices != shown.notices:
            self._fill_notices(shown)

    def press_digit(self, digit: int) -> None:
        """A digit was pressed while no field has the focus."""
        burst = self._alone.isActive() or self._digit < 0
        self._digit = -1 if burst else digit
        self._alone.start()

    def _open_digit(self) -> None:
        digit, self._digit = self._digit, 0
        if 0 < digit <= len(self.open_buttons):
            self.open_buttons[digit - 1].click()

    def _fill_open(self, shown: Idle) -> None:
        focused = next((at for at, button in enumerate(self.open_buttons) if button.hasFocus()), -1)
        empty(self._open_column)
        self.open_buttons = []
        show_if(self._open_frame, bool(shown.open_items))
        hint = say("idle.number_keys") if any(item.act for item in shown.open_items) else ""
        self._head(self._open_column, say("idle.open_items"), str(shown.open_count), hint)
        for item in shown.open_items:
            self._open_column.addWidget(Hairline())
            line = OpenRow(item, len(self.open_buttons) + 1, self._act)
            if line.button is not None:
                line.button.installEventFilter(self)  # a button would take the arrow keys for itself
                self.open_buttons.append(line.button)
            self._open_column.addWidget(line)
        if 0 <= focused < len(self.open_buttons):
            self.open_buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_notices(self, shown: Idle) -> None:
        focused = next((at for at, line in enumerate(self.notice_lines) if line.hasFocus()), -1)
        empty(self._notice_column)
        self.notice_lines = []
        show_if(self._notice_frame, bool(shown.notices))
        new = sum(not notice.read for notice in shown.notices)
        right = say("idle.unread", n=new) if new else say("idle.all_read", n=len(shown.notices))
        self._head(self._notice_column, say("idle.notices"), "", right)
        for notice in shown.notices:
            self._notice_column.addWidget(Hairline())
            line = NoticeLine(notice, self._act)
            line.installEventFilter(self)
            self.notice_lines.append(line)
            self._notice_column.addWidget(line)
        if 0 <= focused < len(self.notice_lines):
            self.notice_lines[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _head(column: QVBoxLayout, title: str, count: str, right: str) -> None:
        theme = current()
        line = QWidget()
        line.setFixedHeight(theme.px(46))
        number = label(count, "", "ink-2")
        inner = row(label(title, "step"), number, None, label(right, "meta"), gap=10, margins=(16, 0, 16, 0))
        line.setLayout(inner)
        column.addWidget(line)

    def step(self, step: int) -> None:
        """↑ ↓: the next or the earlier row, from the last one round to the first."""
        rows: list[QWidget] = [*self.open_buttons, *self.notice_lines]
        if not rows:
            return
        at = next((place for place, widget in enumerate(rows) if widget.hasFocus()), -1 if step > 0 else 0)
        target = rows[(at + step) % len(rows)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and (watched in self.open_buttons or watched in self.notice_lines):
                self.step(step)
                return True
        return super().eventFilter(watched, event)
