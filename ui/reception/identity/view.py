"""Step 1: the card, the person, how to reach them, what is known about them."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.reception.identity.model import Contacts, Identity, PersonCard, RelatedRow, Waiting
from ui.reception.identity.photo import Photo
from ui.reception.masked_field import MaskedField
from ui.reception.pieces import Act, Hairline, Icon, empty, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.field import FieldBox, FieldFace
from ui.widgets.label import ElidedLabel, label, set_tone
from window_client.domain.privacy import mask_phone

OnContact = Callable[[str, str], object]


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
        line.addWidget(Photo(), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = label("", "figure")
        self._name.setFixedHeight(theme.px(36))
        self._mark = Icon("check", "ok", 17)
        self._confirmed = label("", "label", "ok")
        column.addLayout(row(self._name, 6, self._mark, self._confirmed, None, gap=7))
        column.addSpacing(theme.px(5))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(0)
        for at, width in ((0, 66), (1, 170), (2, 46)):
            self._grid.setColumnMinimumWidth(at, theme.px(width))
        self._grid.setColumnStretch(3, 1)
        column.addLayout(self._grid)
        self._remarks = label("", "label", "warn", wrap=True)
        column.addWidget(self._remarks)
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
        set_text(self._name, card.name)
        set_text(self._confirmed, card.confirmed)
        set_tone(self._confirmed, card.confirmed_tone)
        self._mark.present("check" if card.confirmed_tone == "ok" else "warn", card.confirmed_tone)
        if before is None or (before.facts, before.address) != (card.facts, card.address):
            self._facts(card)
        set_text(self._remarks, "；".join(text for text, _ in card.remarks))
        set_tone(self._remarks, "bad" if any(blocks for _, blocks in card.remarks) else "warn")
        show_if(self._remarks, bool(card.remarks))

    def _facts(self, card: PersonCard) -> None:
        theme = current()
        empty(self._grid)
        rows = [*card.facts, *([(*card.address, False)] if card.address[0] else [])]
        place = 0
        for name, text, bold in rows:
            wide = name == card.address[0]
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


class TypingView(QFrame):
    """手工录入: name and number, in place."""

    def __init__(self, on_take: Callable[[str, str], object], act: Act) -> None:
        super().__init__()
        theme = current()
        self.setProperty("kind", "say")
        self._on_take, self._act = on_take, act
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(14))
        column.setSpacing(theme.px(10))
        self.name, self.number = FieldBox("text"), FieldBox("text")
        self.name.present(FieldFace(say("type.name"), required=True))
        self.number.present(FieldFace(say("type.id_no"), required=True))
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(12))
        fields.addWidget(self.name, 2)
        fields.addWidget(self.number, 3)
        column.addLayout(fields)
        take = KeyButton(say("type.take"), "Enter", kind="primary")
        take.clicked.connect(self._take)
        back = KeyButton(say("type.back"), "Esc", kind="ghost")
        back.clicked.connect(lambda: act("close_typing"))
        column.addLayout(row(take, back, label(say("type.hint"), "meta"), None, gap=10))
        for field in (self.name, self.number):
            field.editor.installEventFilter(self)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.name, self.number):
            if isinstance(field.editor, QLineEdit):
                field.editor.clear()

    def _take(self) -> None:
        name, number = self.name.text().strip(), self.number.text().strip().upper()
        if not name:
            self.name.focus()
        elif not number:
            self.number.focus()
        else:
            self._on_take(name, number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._act("close_typing")
                return True
        return super().eventFilter(watched, event)


class RelatedLine(QWidget):
    """One line of 此人相关; an online application can be taken in."""

    def __init__(self, related: RelatedRow, take_in: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self.setFixedHeight(theme.px(37))
        line = row(Icon(related.icon, "accent" if related.offer else "ink-2", 18), gap=8)
        line.addWidget(ElidedLabel(related.text), 1)
        if related.offer:
            button = KeyButton(say("related.take_in"), "Enter", kind="soft", small=True)
            button.setAccessibleName(f"{say('related.take_in')} {related.text}")
            button.clicked.connect(lambda: take_in(related.id))
            line.addWidget(button)
        elif related.taken:
            line.addWidget(Chip(say("related.taken"), "ok"))
        self.setLayout(line)


class IdentityView(QWidget):
    """The body of step 1."""

    def __init__(
        self, act: Act, on_contact: OnContact, on_typed: Callable[[str, str], object], take_in: Callable[[str], object]
    ) -> None:
        super().__init__()
        theme = current()
        self._act, self._take_in = act, take_in
        self._shown: Identity | None = None
        self._typing_open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(0)
        self._tools = QWidget()
        again = KeyButton(say("id.read_again"), "F9", "card", small=True)
        again.clicked.connect(lambda: act("read_card"))
        typing = KeyButton(say("id.type"), kind="ghost")
        typing.clicked.connect(lambda: act("open_typing"))
        kinds = row(_Settled(say("id.person"), "user"), _Settled(say("id.self"), ""), None, again, typing, gap=10)
        self._tools.setLayout(kinds)
        self._tools.setFixedHeight(theme.px(36))
        column.addWidget(self._tools)
        column.addSpacing(theme.px(10))
        self.person = PersonView(act)
        self.waiting = WaitingView(act)
        self.typing = TypingView(on_typed, act)
        self.typing.hide()
        for part in (self.person, self.waiting, self.typing):
            column.addWidget(part)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, theme.px(12), 0, 0)
        below.setSpacing(0)
        below.addLayout(self._contact_fields(on_contact))
        below.addSpacing(theme.px(13))
        below.addWidget(label(say("id.related"), "section"))
        below.addSpacing(theme.px(6))
        below.addWidget(Hairline())
        self._related = QVBoxLayout()
        self._related.setSpacing(0)
        below.addLayout(self._related)
        self._note = label("", "label", "ink-2")
        self._note.setContentsMargins(0, theme.px(8), 0, 0)
        below.addWidget(self._note)
        column.addWidget(self._below)
        column.addStretch(1)

    def _contact_fields(self, on_contact: OnContact) -> QHBoxLayout:
        self.phone = MaskedField(lambda text: on_contact("phone", text))
        self.notify = FieldBox("choice", lambda text: on_contact("notify_by", text))
        self.collect = FieldBox("choice", lambda text: on_contact("collect_by", text))
        self.phone.editor.installEventFilter(self)
        line = QHBoxLayout()
        line.setSpacing(current().px(12))
        for field in (self.phone, self.notify, self.collect):
            if isinstance(field.editor, QComboBox):
                field.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            line.addWidget(field, 1)
        return line

    def present(self, shown: Identity, now: datetime) -> None:
        """Show step 1."""
        before, self._shown = self._shown, shown
        if (
            before is not None
            and shown.person is not None
            and shown.person != before.person
            and not self._failed(shown)
        ):
            self.close_typing()
        show_if(self._tools, shown.person is not None)
        show_if(self.person, shown.person is not None)
        if shown.person is not None:
            self.person.present(shown.person, now)
        show_if(self.waiting, shown.waiting is not None and not self._typing_open)
        if shown.waiting is not None and (before is None or before.waiting != shown.waiting):
            self.waiting.present(shown.waiting)
        show_if(self._below, shown.person is not None)
        if shown.contacts is not None and (before is None or before.contacts != shown.contacts):
            self._contacts(shown.contacts)
        if before is None or before.related != shown.related:
            self._fill_related(shown.related)
        set_text(self._note, shown.related_note)
        show_if(self._note, bool(shown.related_note))

    @staticmethod
    def _failed(shown: Identity) -> bool:
        return shown.waiting is not None and shown.waiting.level == "bad"

    def open_typing(self) -> None:
        """手工录入."""
        self._typing_open = True
        self.waiting.hide()
        self.typing.show()
        self.typing.name.focus()

    def remember(self) -> bool | None:
        """Whether 手工录入 is open, for a window that is built again."""
        return self._typing_open or None

    def recall(self, _kept: bool) -> None:
        """Open it again."""
        self.open_typing()

    def close_typing(self) -> None:
        """Esc, or the person is there."""
        self._typing_open = False
        self.typing.hide()
        self.typing.clear()
        show_if(self.waiting, self._shown is not None and self._shown.waiting is not None)

    @property
    def typing_is_open(self) -> bool:
        """Whether a person is being typed in."""
        return self._typing_open

    def focus_start(self) -> bool:
        """Focus the reading button without a person, else the phone when it is empty, else the first offer."""
        shown = self._shown
        if self._typing_open:
            self.typing.name.focus()
        elif shown is not None and shown.person is None:
            self.waiting.read.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.phone.focus()
        return True

    def focus_target(self, target: str) -> None:
        """Go to what is missing."""
        if "phone" in target:
            self.phone.focus()
        else:
            self.focus_start()

    def _contacts(self, contacts: Contacts) -> None:
        problem = say("problem.missing") if contacts.phone_problem and contacts.phone else ""
        face = FieldFace(say("id.phone"), contacts.phone, contacts.phone_stamp, required=True, problem=problem)
        self.phone.show_value(face, mask_phone(contacts.phone) if contacts.phone else "")
        ways = tuple((way, say(f"notify.{way}")) for way in ("sms", "none"))
        self.notify.present(FieldFace(say("id.notify"), contacts.notify_by, "typed", options=ways))
        places = tuple((place, say(f"collect.{place}")) for place in ("window", "post"))
        self.collect.present(FieldFace(say("id.collect"), contacts.collect_by, "typed", options=places))

    def _fill_related(self, rows: tuple[RelatedRow, ...]) -> None:
        empty(self._related)
        for place, one in enumerate(rows):
            if place:
                self._related.addWidget(Hairline())
            self._related.addWidget(RelatedLine(one, self._take_in))

    def take_first_offer(self) -> bool:
        """Enter: take in the first online application; False when there is none."""
        offer = next((one for one in self._shown.related if one.offer), None) if self._shown else None
        if offer is None:
            return False
        self._take_in(offer.id)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self.phone.editor and _is_enter(event):
            self.phone.leave()
            return self.take_first_offer()
        return super().eventFilter(watched, event)


def _is_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
    )


class _Settled(QWidget):
    """What is settled for this visit, in the look of a chosen segment."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("settled")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#settled {{ background: {theme.hex('accent-soft')}; border: 1px solid {theme.hex('line-strong')};"
            f" border-radius: {theme.radius('control')}px; }}"
        )
        words = label(text, "strong", "accent")
        parts = (Icon(icon, "accent", 16), words) if icon else (words,)
        self.setLayout(row(*parts, gap=7, margins=(14, 0, 14, 0)))
        self.setFixedHeight(theme.px(34))
