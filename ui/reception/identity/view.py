"""Step 1: who applies and who came, how to reach them, what is known about them."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.reception.identity.card_views import CardsView
from ui.reception.identity.model import Contacts, Identity, Modes, RelatedRow
from ui.reception.identity.person_view import PersonView, WaitingView
from ui.reception.identity.related_view import RelatedLine
from ui.reception.identity.typing_view import OrganisationTypingView, TypingView
from ui.reception.masked_field import MaskedField
from ui.reception.pieces import Act, Hairline, empty, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.choice import FlowLayout, Segmented
from ui.widgets.field import FieldBox, FieldFace
from ui.widgets.label import label
from window_client.domain.people import RESIDENT
from window_client.domain.privacy import mask_phone
from window_client.reception.actions import ClerkActions


class ModesView(QWidget):
    """个人 or 企业 / 单位, 本人 or 代办, and the buttons beside them; they wrap where they do not fit."""

    def __init__(self, act: Act, actions: ClerkActions) -> None:
        super().__init__()
        choices = QWidget()
        flow = FlowLayout(choices, gap=10)
        self.party = Segmented(
            (("person", say("id.person"), "user", ""), ("organisation", say("id.organisation"), "building", "Alt+Q")),
            actions.choose_party,
            say("id.party"),
        )
        flow.addWidget(self.party)
        self.presence: dict[str, Segmented] = {}
        for party, own in (("person", "id.self"), ("organisation", "id.legal_rep_came")):
            made = Segmented(
                (("self", say(own), "", ""), ("agent", say("id.by_agent"), "users", "Alt+B")),
                lambda chosen: actions.choose_agent(chosen == "agent"),
                say("id.presence"),
            )
            self.presence[party] = made
            flow.addWidget(made)
        self.again = KeyButton(say("id.read_again"), "F9", "card", small=True)
        self.again.clicked.connect(lambda: act("read_card"))
        self.type = KeyButton(say("id.type"), kind="ghost")
        self.type.clicked.connect(lambda: act("open_typing"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(current().px(10))
        line.addWidget(choices, 1)
        beside = QWidget()
        beside.setFixedHeight(current().px(36))
        beside.setLayout(row(self.again, self.type, gap=10))
        line.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)

    def present(self, modes: Modes) -> None:
        """Show what is chosen."""
        self.party.present(modes.party)
        for party, segmented in self.presence.items():
            show_if(segmented, party == modes.party)
            segmented.present(modes.presence)
        show_if(self.again, modes.reads_again)
        show_if(self.type, modes.reads_again)


class IdentityView(QWidget):
    """The body of step 1."""

    def __init__(self, act: Act, actions: ClerkActions) -> None:
        super().__init__()
        theme = current()
        self._act, self._actions = act, actions
        self._shown: Identity | None = None
        self._typing_open = self._organisation_open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(0)
        self.modes = ModesView(act, actions)
        column.addWidget(self.modes)
        column.addSpacing(theme.px(10))
        self.person = PersonView(act)
        self.waiting = WaitingView(act)
        self.typing = TypingView(self._typed, act)
        self.organisation_typing = OrganisationTypingView(actions.type_organisation, act)
        self.cards = CardsView(act, actions.set_contact, actions.set_authority, actions.look_up_organisation)
        self.typing.hide()
        self.organisation_typing.hide()
        for strip in (self.typing, self.organisation_typing):
            column.addWidget(strip)
        for part in (self.person, self.waiting, self.cards):
            column.addWidget(part)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, theme.px(12), 0, 0)
        below.setSpacing(0)
        below.addLayout(self._contact_fields())
        below.addSpacing(theme.px(13))
        self._related_head = label(say("id.related"), "section")
        below.addWidget(self._related_head)
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

    def _contact_fields(self) -> QHBoxLayout:
        on_contact = self._actions.set_contact
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
        self._close_what_was_taken(before, shown)
        self.modes.present(shown.modes)
        show_if(self.modes, shown.modes.may_choose)
        show_if(self.person, shown.person is not None)
        if shown.person is not None:
            self.person.present(shown.person, now)
        show_if(self.waiting, shown.waiting is not None and not self._typing_open)
        if shown.waiting is not None and (before is None or before.waiting != shown.waiting):
            self.waiting.present(shown.waiting)
        show_if(self.cards, shown.two is not None)
        if shown.two is not None:
            self.cards.present(shown.two, self._phone_problem(shown.contacts))
            if shown.two.organisation is not None:
                self.organisation_typing.say(shown.two.organisation.ask)
        self.typing.present(shown.typing)
        show_if(self._below, shown.contacts is not None)
        has_phone_above = shown.two is not None and shown.two.authority is not None
        show_if(self.phone, not has_phone_above)
        if shown.contacts is not None and (before is None or before.contacts != shown.contacts):
            self._contacts(shown.contacts)
        set_text(self._related_head, shown.related_head)
        if before is None or before.related != shown.related:
            self._fill_related(shown.related)
        set_text(self._note, shown.related_note)
        show_if(self._note, bool(shown.related_note))

    def _close_what_was_taken(self, before: Identity | None, shown: Identity) -> None:
        """A person or an organisation that was typed is there: its strip closes."""
        if before is None:
            return
        if _people(shown) != _people(before) and not self._failed(shown):
            self.close_typing()
        known, known_before = _organisation(shown), _organisation(before)
        if known != known_before or (known is None and self._organisation_open):
            self.close_organisation()

    @staticmethod
    def _failed(shown: Identity) -> bool:
        return bool(shown.typing.problem)

    def _typed(self, facts: Mapping[str, str], side: str) -> None:
        two = self._shown is not None and self._shown.two is not None
        if facts["kind"] == RESIDENT and not two:
            self._actions.type_identity(facts["name"], facts["id_no"])
        else:
            self._actions.type_document(facts, side if two else "")

    def open_typing(self, side: str = "") -> None:
        """手工录入, for a side where there are two."""
        self.typing.clear()
        self.typing.begin(side)
        if self._shown is not None:
            self.typing.present(self._shown.typing)
        self._typing_open = True
        self.waiting.hide()
        self.typing.show()
        self.typing.name.focus()

    def open_organisation(self) -> None:
        """手工录入 of an organisation."""
        self._organisation_open = True
        self.organisation_typing.clear()
        self.organisation_typing.show()
        self.organisation_typing.begin(self.cards.organisation.code.text().strip())

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

    def close_organisation(self) -> None:
        """Esc, or the organisation is there."""
        self._organisation_open = False
        self.organisation_typing.hide()
        self.organisation_typing.clear()

    @property
    def typing_is_open(self) -> bool:
        """Whether somebody is being typed in."""
        return self._typing_open or self._organisation_open

    def escape(self) -> None:
        """Close the strip that is open."""
        if self._organisation_open:
            self.close_organisation()
        else:
            self.close_typing()

    def focused_side(self) -> str:
        """Whose side has the focus, where there are two."""
        return self.cards.focused_side() if not self.cards.isHidden() else ""

    def focus_start(self) -> bool:
        """Focus what comes first: the strip, the reading button, the card that is lacking, or the phone."""
        shown = self._shown
        if self._organisation_open:
            self.organisation_typing.fields["name"].focus()
        elif self._typing_open:
            self.typing.name.focus()
        elif shown is not None and shown.two is not None:
            if not self.cards.focus_start():
                self.phone.focus()
        elif shown is not None and shown.person is None:
            self.waiting.read.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.phone.focus()
        return True

    def focus_target(self, target: str) -> None:
        """Go to what is missing."""
        if not self.cards.isHidden() and self.cards.focus_target(target):
            return
        if "phone" in target:
            self.phone.focus()
        elif target == "card" and not self.person.remarks.isHidden() and self.person.remarks.button.isVisible():
            self.person.remarks.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_start()

    @staticmethod
    def _phone_problem(contacts: Contacts | None) -> str:
        wrong = contacts is not None and contacts.phone_problem and contacts.phone
        return say("problem.missing") if wrong else ""

    def _contacts(self, contacts: Contacts) -> None:
        problem = self._phone_problem(contacts)
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
            self._related.addWidget(RelatedLine(one, self._actions.take_in))

    def take_first_offer(self) -> bool:
        """Enter: take in the first online application; False when there is none."""
        offer = next((one for one in self._shown.related if one.offer), None) if self._shown else None
        if offer is None:
            return False
        self._actions.take_in(offer.id)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and watched is self.phone.editor and _is_enter(event):
            self.phone.leave()
            return self.take_first_offer()
        return super().eventFilter(watched, event)


def _people(shown: Identity) -> tuple[object, ...]:
    """Everybody of the visit, to see whether somebody else is there."""
    two = shown.two
    cards = [shown.person] if two is None else [two.left.person if two.left else None, two.right.person]
    return tuple((card.name, card.confirmed) if card else None for card in cards)


def _organisation(shown: Identity) -> tuple[str, str] | None:
    card = shown.two.organisation if shown.two else None
    return (card.code, card.name) if card else None


def _is_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
    )
