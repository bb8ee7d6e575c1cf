"""The left column."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QLineEdit, QSpacerItem, QVBoxLayout, QWidget

from ui.reception.pieces import Act, Hairline, row, set_text, show_if
from ui.reception.rail.model import Face, Rail
from ui.reception.rail.queue_rows import QueueRows
from ui.reception.texts import english, minutes_seconds, say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.widgets.ticket_card import TicketCard, TicketFace

USUAL_AT = 0.77
"""Place of the usual time on the bar: the rest is the room for being late."""


def ticket_face(face: Face, now: datetime) -> TicketFace:
    """The card's face at ``now``: only the running time is added to the model."""
    seconds = ((face.until or now) - face.since).total_seconds() if face.since else 0.0
    timer = minutes_seconds(seconds) if face.since else ""
    usual = face.usual_minutes * 60
    late = bool(usual) and seconds > usual and face.mode == "serving"
    if face.mode == "paused":
        return TicketFace(
            "paused",
            face.head,
            right=face.aside,
            category=f"{face.clock_word} {timer}",
            spoken=f"{face.head} {face.aside}",
        )
    if face.mode == "idle":
        return TicketFace("idle", face.head, right=timer, category=face.category, spoken=face.head)
    return TicketFace(
        state=face.mode,
        status=face.head,
        right=face.aside,
        number=face.number,
        category=face.category,
        timer_label=face.clock_word,
        timer=timer,
        usual_text=say("ticket.usual", n=face.usual_minutes) if usual else "",
        fraction=min(1.0, seconds / usual * USUAL_AT) if usual else 0.0,
        usual=USUAL_AT if usual else 0.0,
        late=late,
    )


class TypedNumber(QWidget):
    """F7: a number typed in place. Enter calls it, Esc closes."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self.field = QLineEdit()
        self.field.setMaxLength(8)
        self.field.setPlaceholderText(say("call_number.hint"))
        self.field.setAccessibleName(say("call_number"))
        self.field.installEventFilter(self)
        go = KeyButton(say("call_number.go"), "Enter")
        go.clicked.connect(self._call)
        line = row(gap=6)
        line.addWidget(self.field, 1)
        line.addWidget(go)
        self.setLayout(line)

    def _call(self) -> None:
        number = self.field.text().strip().upper()
        if number:
            self.field.clear()
            self._act(f"call_number:{number}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._call()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._act("close_typed_number")
                return True
        return super().eventFilter(watched, event)


class RailView(QWidget):
    """Ticket, calling, queue, today."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.width("rail"))
        self._act = act
        self._shown: Rail | None = None
        self._tight = False
        self._air: list[int] = []
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(12, theme.px(12), 12, theme.px(10))
        column.setSpacing(0)
        self.ticket = TicketCard()
        self.call_in_card = self._button("call_next", "F2", "call", big=True)
        self.ticket.set_button(self.call_in_card)
        column.addWidget(self.ticket)
        column.addSpacing(theme.px(12))
        self.call = self._button("call_next", "F2", "call", big=True)
        column.addWidget(self.call)
        self._call_gap = QWidget()
        self._call_gap.setFixedHeight(theme.px(6))
        column.addWidget(self._call_gap)
        self.recall_again = self._button("recall", "F3", "recall")
        self.no_show = self._button("no_show", "F4", "noshow")
        self.transfer = self._button("transfer", "F5", "transfer")
        self.hold = self._button("hold", "F6", "hold")
        self._four = QGridLayout()
        self._four.setSpacing(theme.px(6))
        self._stack(2)
        column.addLayout(self._four)
        self._hint = label("", "label", "warn", wrap=True)
        self._hint.setContentsMargins(0, theme.px(6), 0, 0)
        column.addWidget(self._hint)
        self._number_gap = QWidget()
        self._number_gap.setFixedHeight(theme.px(6))
        column.addWidget(self._number_gap)
        self.number_button = self._button("call_number", "F7", "list", act="open_typed_number")
        self.typed = TypedNumber(self._typed_act)
        self.typed.hide()
        column.addWidget(self.number_button)
        column.addWidget(self.typed)
        column.addSpacing(theme.px(11))
        self._make_queue(column)

    def _make_queue(self, column: QVBoxLayout) -> None:
        theme = current()
        self._waiting, self._waiting_aside = label("", "section"), self._aside()
        column.addLayout(row(self._waiting, None, self._waiting_aside))
        self.categories = QueueRows(say("queue.mine"), 24)
        column.addWidget(self.categories)
        column.addSpacing(theme.px(11))
        self._next_aside = self._aside()
        self._next_head = label("", "section")
        column.addLayout(row(self._next_head, None, self._next_aside))
        self.next = QueueRows(say("queue.next"), 54)
        column.addWidget(self.next)
        column.addSpacing(theme.px(11))
        self._held_head = label("", "section")
        column.addWidget(self._held_head)
        self.held = QueueRows(say("queue.held", n=""), 54, self._act)
        column.addWidget(self.held)
        column.addStretch(1)
        self.today = QWidget()
        foot = QVBoxLayout(self.today)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.px(8))
        foot.addWidget(Hairline())
        foot.addLayout(self._today())
        column.addWidget(self.today)

    def _button(self, words: str, key: str, icon: str, *, big: bool = False, act: str = "") -> KeyButton:
        button = KeyButton(say(words), key, icon, big=big)
        button.clicked.connect(lambda: self._act(act or words))
        return button

    @staticmethod
    def _aside() -> QLabel:
        aside = label("", "meta", "ink-2")
        aside.setStyleSheet("font-weight: 700;")
        return aside

    def _today(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        self._figures: list[QLabel] = []
        for place in range(3):
            if place:
                line.addStretch(1)
            figure = label("", "meta", "ink-2")
            figure.setTextFormat(Qt.TextFormat.RichText)
            self._figures.append(figure)
            line.addWidget(figure)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()
        self._fit_height()

    def minimumSizeHint(self) -> QSize:
        """The rail never makes the window higher: what has no room is left out, in the design's order."""
        return QSize(self.width(), 0)

    def _fit_buttons(self) -> None:
        """English, a narrow rail or large text: the four give up their icons, then air, then key caps, all alike.

        Where even the words have no room side by side, they stand below each other.
        """
        theme = current()
        four = (
            (self.recall_again, "F3", "recall"),
            (self.no_show, "F4", "noshow"),
            (self.transfer, "F5", "transfer"),
            (self.hold, "F6", "hold"),
        )
        whole = self.width() - 24
        for button, room in ((self.call, whole), (self.call_in_card, whole - 2 * theme.px(15))):
            button.set_icon("call")
            if button.sizeHint().width() > room:
                button.set_icon(None)
        half = (whole - theme.px(6)) // 2
        for icons, tight, caps in (
            (True, False, True),
            (False, False, True),
            (False, True, True),
            (False, True, False),
        ):
            for button, key, icon in four:
                button.set_icon(icon if icons and not english() else None)
                button.set_room(tight=tight, key=key if caps else "")
            if all(button.sizeHint().width() <= half for button, _, _ in four):
                self._stack(2)
                return
        for button, key, _ in four:
            button.set_room(tight=True, key=key)
        self._stack(1)

    def _stack(self, columns: int) -> None:
        buttons = (self.recall_again, self.no_show, self.transfer, self.hold)
        if self._four.count() and self._columns == columns:
            return
        self._columns = columns
        for place, button in enumerate(buttons):
            self._four.removeWidget(button)
            self._four.addWidget(button, place // columns, place % columns)
            self._four.setColumnStretch(place % columns, 1)
        self._four.setColumnStretch(1, 1 if columns > 1 else 0)

    def _fit_height(self) -> None:
        """Where the rail is low: the 今日 line goes first, then held tickets, then next ones down to two.

        Where that is not enough (huge text in a low window) the categories go, and at last the next ones: the ticket
        and its buttons are never squeezed, and the headings keep the counts.
        """
        column = self.layout()
        if column is None or self._shown is None:
            return
        self._set_air(tight=False)
        for rows in (self.held, self.next, self.categories):
            rows.show_only(-1)
        show_if(self._next_head, bool(self._next_head.text()))
        show_if(self._held_head, bool(self._held_head.text()))
        self._fit_asides()
        show_if(self.today, wanted=True)

        def too_high() -> bool:
            column.activate()
            return column.sizeHint().height() > self.height()

        if too_high():
            self._give_up(too_high)

    def _give_up(self, too_high: Callable[[], bool]) -> None:
        show_if(self.today, wanted=False)
        for rows, least in ((self.held, 0), (self.next, 2), (self.categories, 0), (self.next, 0)):
            for room in range(rows.shown() - 1, least - 1, -1):
                if not too_high():
                    return
                rows.show_only(room)
        for head in (self._held_head, self._next_aside, self._next_head):
            if too_high():
                head.hide()
        if too_high():
            self._set_air(tight=True)

    def _set_air(self, *, tight: bool) -> None:
        """The air between the parts; huge text in a low window has little of it."""
        column, theme = self.layout(), current()
        if column is None or self._tight == tight:
            return
        self._tight = tight
        gaps = [item for place in range(column.count()) if (item := _spacer(column, place)) is not None]
        gaps = [gap for gap in gaps if gap.sizeHint().height() > 0]
        self._air = self._air or [gap.sizeHint().height() for gap in gaps]
        for gap, usual in zip(gaps, self._air, strict=True):
            gap.changeSize(0, theme.px(2) if tight else usual)
        column.setContentsMargins(12, theme.px(4 if tight else 12), 12, theme.px(2 if tight else 10))
        column.invalidate()

    def _fit_asides(self) -> None:
        """What stands beside a heading goes where there is no room for it; the heading's tooltip says it."""
        for head, aside in ((self._waiting, self._waiting_aside), (self._next_head, self._next_aside)):
            room = self.width() - 24 - head.sizeHint().width() - current().px(8)
            fits = bool(aside.text()) and aside.sizeHint().width() <= room
            show_if(aside, fits)
            head.setToolTip("" if fits else aside.text())

    def present(self, rail: Rail, now: datetime) -> None:
        """Show the column; only what changed is touched."""
        before, self._shown = self._shown, rail
        self.tick(now)
        if rail == before:
            return
        for button in (self.call, self.call_in_card):
            button.set_kind("primary" if rail.filled else "plain")
            button.setText(say("calling_next" if rail.calling else "call_next"))
            button.setEnabled(rail.can_call)
        show_if(self.call, not rail.in_card)
        show_if(self._call_gap, not rail.in_card)
        self.recall_again.setEnabled(rail.can_recall)
        self.no_show.setEnabled(rail.can_no_show)
        self.transfer.setEnabled(rail.can_transfer)
        self.hold.setText(say("resume" if rail.resumes else "hold"))
        self.hold.setEnabled(rail.can_hold)
        set_text(self._hint, rail.hint)
        show_if(self._hint, bool(rail.hint))
        if not rail.in_card or not rail.can_call_number:
            self.typed.hide()
        show_if(self.number_button, rail.in_card and self.typed.isHidden())
        self.number_button.setEnabled(rail.can_call_number)
        show_if(self._number_gap, rail.in_card)
        set_text(self._waiting, rail.waiting_head)
        set_text(self._waiting_aside, rail.waiting_aside)
        self.categories.present(rail.categories)
        set_text(self._next_head, rail.next_head)
        set_text(self._next_aside, rail.next_aside if rail.next_head else "")
        self.next.present(rail.next)
        set_text(self._held_head, rail.held_head)
        show_if(self._held_head, bool(rail.held_head))
        self.held.present(rail.held)
        for figure, (name, value) in zip(self._figures, rail.today, strict=True):
            set_text(figure, f"{name} <b style='color:{current().hex('ink')}'>{value}</b>")
        if before is None or before.resumes != rail.resumes:
            self._fit_buttons()
        self._fit_height()

    def tick(self, now: datetime) -> None:
        """Let the ticket's time run."""
        if self._shown is not None:
            self.ticket.present(ticket_face(self._shown.face, now))

    def open_typed_number(self) -> None:
        """F7: the field takes the button's place."""
        if self._shown is None or not self._shown.can_call_number:
            return
        self.number_button.hide()
        self.typed.show()
        self.typed.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def remember(self) -> bool | None:
        """Whether a number is being typed, for a window that is built again."""
        return None if self.typed.isHidden() else True

    def recall(self, _kept: bool) -> None:
        """Open the field again."""
        self.open_typed_number()

    def close_typed_number(self) -> None:
        """Esc: the button comes back."""
        self._typed_act("")

    def _typed_act(self, name: str) -> None:
        self.typed.hide()
        show_if(self.number_button, self._shown is not None and self._shown.in_card)
        if name.startswith("call_number:"):
            self._act(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = self.width() - 1
        painter.setPen(current().colour("line"))
        painter.drawLine(QPoint(edge, 0), QPoint(edge, self.height()))
        painter.end()


def _spacer(column: QLayout, place: int) -> QSpacerItem | None:
    item = column.itemAt(place)
    return item.spacerItem() if item is not None else None
