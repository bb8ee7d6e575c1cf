"""One person in step 1: the wide card, or the place where the card is waited for."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.reception.identity.cards_model import PersonCard, Waiting, WayOut
from ui.reception.identity.photo import Photo
from ui.reception.pieces import Act, Icon, empty, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, label, set_tone
from ui.widgets.paint import text_width


class Remarks(QWidget):
    """What must be said about a card, and the way out of what blocks."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, current().px(4), 0, 0)
        column.setSpacing(current().px(4))
        self._said = label("", "label", "warn", wrap=True)
        column.addWidget(self._said)
        self._act = act
        self._deed = ""
        self.button = KeyButton("", "", small=True)
        self.button.clicked.connect(lambda: self._act(self._deed))
        self._line = label("", "label", "ink-2", wrap=True)
        column.addWidget(self._line)
        column.addLayout(row(self.button, None))

    def present(self, remarks: tuple[tuple[str, bool], ...], way: WayOut | None) -> None:
        """Show them; nothing to say takes no room."""
        set_text(self._said, "；".join(text for text, _ in remarks))
        set_tone(self._said, "bad" if any(blocks for _, blocks in remarks) else "warn")
        show_if(self, bool(remarks))
        show_if(self._line, way is not None and bool(way.line))
        show_if(self.button, way is not None)
        if way is not None:
            set_text(self._line, way.line)
            self._deed = way.act
            self.button.set_key(way.key)
            self.button.setText(way.text)


NAME_BESIDE, NARROW = 240, 170
"""Widths of the design: a name beside what was confirmed, and the first column of facts."""


class _Confirmed(QWidget):
    """✓ 身份证已读，芯片有效."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._text = Icon("check", "ok", 17), ElidedLabel("", "label", "ok")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current().px(7))
        line.addWidget(self._mark)
        line.addWidget(self._text, 1)

    def present(self, text: str, tone: str) -> None:
        """Say it; it takes the room of its words where there is enough."""
        set_text(self._text, text)
        self._text.set_colour(tone)
        self._text.setAccessibleName(text)
        self.setMaximumWidth(self._text.sizeHint().width() + current().px(26))
        self.setMinimumWidth(min(self._text.sizeHint().width() + current().px(26), current().px(260)))
        self._mark.present("check" if tone == "ok" else "warn", tone)


class PersonView(QFrame):
    """The person's card."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("person")
        self.setStyleSheet(
            f"#person {{ background: {theme.hex('sunken')}; border: 1px solid {theme.hex('line')};"
            f" border-radius: {theme.radius('control')}px; }}"
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(18), theme.px(16), theme.px(18), theme.px(14))
        line.setSpacing(theme.px(20))
        self.photo = Photo()
        line.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = ElidedLabel("", "figure", bold=True)
        self._name.setFixedHeight(theme.px(36))
        self._beside, self._under = _Confirmed(), _Confirmed()
        head = QHBoxLayout()
        head.setSpacing(theme.px(13))
        head.addWidget(self._name, 1)
        head.addWidget(self._beside)
        self._head = head
        head.addStretch(0)
        column.addLayout(head)
        column.addWidget(self._under)
        column.addSpacing(theme.px(5))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(0)
        for at, width in ((0, 66), (1, 170), (2, 46)):
            self._grid.setColumnMinimumWidth(at, theme.px(width))
        self._grid.setColumnStretch(3, 1)
        column.addLayout(self._grid)
        self.remarks = Remarks(act)
        column.addWidget(self.remarks)
        self.reveal = KeyButton(say("id.reveal"), "Ctrl+H", "eye", "ghost")
        self.reveal.clicked.connect(lambda: act("reveal_id"))
        self._reveal_hint = label("", "meta")
        column.addSpacing(theme.px(3))
        column.addLayout(row(self.reveal, self._reveal_hint, None, gap=10))
        column.addStretch(1)
        line.addLayout(column, 1)
        self._shown: PersonCard | None = None

    def present(self, card: PersonCard, now: datetime) -> None:
        """Show the person."""
        left = int((card.reveal_until - now).total_seconds()) + 1 if card.reveal_until else 0
        set_text(self._reveal_hint, say("id.revealed_hint", n=left) if left else say("id.reveal_hint"))
        before, self._shown = self._shown, card
        if card == before:
            return
        self.photo.present(card.portrait)
        set_text(self._name, card.name)
        self._name.setAccessibleName(card.name)
        wanted = self._name.sizeHint().width()
        long = wanted > current().px(NAME_BESIDE)  # what was confirmed goes below a name that takes the whole line
        self._name.setMinimumWidth(0 if long else wanted)
        self._head.setStretch(2, 0 if long else 1000)
        for place, here in ((self._beside, not long), (self._under, long)):
            place.present(card.confirmed, card.confirmed_tone)
            show_if(place, here)
        if before is None or (before.facts, before.address, before.wide) != (card.facts, card.address, card.wide):
            self._facts(card)
        self.remarks.present(card.remarks, card.way_out)

    def _facts(self, card: PersonCard) -> None:
        theme = current()
        empty(self._grid)
        wide_rows = [pair for pair in (card.address, *card.wide) if pair[0]]
        rows = [(*fact, False) for fact in card.facts] + [(*pair, False, True) for pair in wide_rows]
        place = 0
        for name, text, bold, whole in rows:
            narrow = current().px(NARROW) if place % 2 == 0 else current().px(NARROW * 2)
            wide = whole or text_width(theme.font("field"), text) > narrow
            place += place % 2 if wide else 0
            at, column = divmod(place, 2)
            title = label(name, "label")
            title.setFixedHeight(theme.px(30))
            value = ElidedLabel(text, "field", bold=bold)
            value.setFixedHeight(theme.px(30))
            value.setAccessibleName(f"{name} {text}")
            self._grid.addWidget(title, at, column * 2)
            self._grid.addWidget(value, at, column * 2 + 1, 1, 3 if wide else 1)
            place += 2 if wide else 1


class WaitingView(QFrame):
    """No person yet: put the card down, or type."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("waiting")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        line.setSpacing(theme.px(20))
        self._icon = Icon("card", "accent", 48)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self._head, self._text = label("", "title"), label("", "", "ink-2", wrap=True)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addSpacing(theme.px(12))
        self.read = KeyButton(say("id.read"), "F9", "card", "primary", big=True)
        self.read.clicked.connect(lambda: act("read_card"))
        self.type = KeyButton(say("id.type"), "", "pen", big=True)
        self.type.clicked.connect(lambda: act("open_typing"))
        column.addLayout(row(self.read, self.type, None, gap=10))
        line.addLayout(column, 1)
        self._level = ""

    def present(self, waiting: Waiting) -> None:
        """Show what to do."""
        theme = current()
        bad = waiting.level == "bad"
        if waiting.level != self._level:
            self._level = waiting.level
            fill, line = ("bad-soft", "bad-line") if bad else ("sunken", "line")
            self.setStyleSheet(
                f"#waiting {{ background: {theme.hex(fill)}; border: 1px solid {theme.hex(line)};"
                f" border-radius: {theme.radius('control')}px; }}"
            )
        self._icon.present("lamp-bad" if bad else "card", "accent")
        head = f"{waiting.before}，{waiting.head}" if waiting.before else waiting.head
        set_text(self._head, head)
        set_text(self._text, waiting.text)
        self.setAccessibleName(f"{head} {waiting.text}")
        self.read.setText(say("wait.reading_short" if waiting.level == "asking" else "id.read"))
        self.read.set_kind("primary" if waiting.read_filled else "plain")
        self.read.setEnabled(waiting.level != "asking")
