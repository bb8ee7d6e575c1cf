"""The centre while nobody is served: the next number, my open items, what to know today."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.reception.idle.model import Idle, NextCard, OpenItem
from ui.reception.pieces import Act, Hairline, Icon, IconChip, empty, panel, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip, KeyCap
from ui.widgets.label import ElidedLabel, label


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
    """One row of 我的未完事项; focusable where it can be opened."""

    def __init__(self, item: OpenItem, open_draft: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self.button: KeyButton | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(17), 0, theme.px(16), 0)
        line.setSpacing(0)
        line.addWidget(Icon(item.icon, "ink-2"))
        line.addSpacing(theme.px(14))
        kind = label(item.kind, "strong")
        kind.setFixedWidth(theme.px(84))
        count = label(str(item.count))
        count.setStyleSheet(f"font-size: {theme.px(17)}px; font-weight: 700;")
        count.setFixedWidth(theme.px(36))
        line.addWidget(kind)
        line.addWidget(count)
        line.addWidget(ElidedLabel(item.text, "body", "ink-2"), 1)
        line.addSpacing(theme.px(12))
        line.addWidget(label(item.note, "label", "warn" if item.warn else ""))
        if item.visit_id:
            self.button = KeyButton(say("idle.open"), small=True)
            self.button.setAccessibleName(f"{say('idle.open')} {item.kind} {item.text}")
            self.button.clicked.connect(lambda: open_draft(item.visit_id))
            line.addSpacing(theme.px(12))
            line.addWidget(self.button)
        self.setFixedHeight(theme.px(51))


class IdleView(QWidget):
    """The idle centre."""

    def __init__(self, act: Act, open_draft: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self._shown: Idle | None = None
        self._open_draft = open_draft
        self.open_buttons: list[KeyButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(16))
        self.card = NextCardView(act)
        column.addWidget(self.card)
        self._open_frame, self._open_column = panel()
        self._notice_frame, self._notice_column = panel()
        column.addWidget(self._open_frame)
        column.addWidget(self._notice_frame)
        column.addStretch(1)

    def present(self, shown: Idle) -> None:
        """Show the idle centre; parts that are the same stay as they are."""
        before, self._shown = self._shown, shown
        if before is None or before.card != shown.card:
            self.card.present(shown.card)
        if before is None or before.open_items != shown.open_items:
            self._fill_open(shown)
        if before is None or before.notices != shown.notices:
            self._fill_notices(shown)

    def _fill_open(self, shown: Idle) -> None:
        empty(self._open_column)
        self.open_buttons = []
        show_if(self._open_frame, bool(shown.open_items))
        hint = say("idle.open_items_keys") if any(item.visit_id for item in shown.open_items) else ""
        self._head(self._open_column, say("idle.open_items"), str(shown.open_count), hint)
        for item in shown.open_items:
            self._open_column.addWidget(Hairline())
            line = OpenRow(item, self._open_draft)
            if line.button is not None:
                line.button.installEventFilter(self)  # a button would take the arrow keys for itself
                self.open_buttons.append(line.button)
            self._open_column.addWidget(line)

    def _fill_notices(self, shown: Idle) -> None:
        theme = current()
        empty(self._notice_column)
        show_if(self._notice_frame, bool(shown.notices))
        self._head(self._notice_column, say("idle.notices"), "", say("idle.notices_count", n=len(shown.notices)))
        for text, when in shown.notices:
            self._notice_column.addWidget(Hairline())
            line = QWidget()
            line.setFixedHeight(theme.px(43))
            inner = QHBoxLayout(line)
            inner.setContentsMargins(theme.px(17), 0, theme.px(16), 0)
            inner.setSpacing(theme.px(14))
            inner.addWidget(Icon("info", "ink-2"))
            inner.addWidget(ElidedLabel(text), 1)
            inner.addWidget(label(when, "meta"))
            self._notice_column.addWidget(line)

    @staticmethod
    def _head(column: QVBoxLayout, title: str, count: str, right: str) -> None:
        theme = current()
        line = QWidget()
        line.setFixedHeight(theme.px(46))
        number = label(count, "", "ink-2")
        inner = row(label(title, "step"), number, None, label(right, "meta"), gap=10, margins=(16, 0, 16, 0))
        line.setLayout(inner)
        column.addWidget(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            at = next((place for place, button in enumerate(self.open_buttons) if button is watched), -1)
            if step and at >= 0:
                self.open_buttons[(at + step) % len(self.open_buttons)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
