"""The two cards of step 1: the organisation or the principal at the left, who came at the right."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.reception.columns import LOW
from ui.reception.identity.cards_model import (
    AttorneyNote,
    AuthorityFields,
    Cards,
    OrganisationCard,
    PersonCard,
    SideCard,
    iso_day,
)
from ui.reception.identity.licence import Licence
from ui.reception.identity.person_view import Remarks
from ui.reception.identity.photo import Photo
from ui.reception.masked_field import MaskedField
from ui.reception.pieces import Act, Icon, empty, row, set_text, show_if
from ui.reception.texts import english, say
from ui.theme import current
from ui.widgets.banner import Banner
from ui.widgets.button import KeyButton
from ui.widgets.choice import ChoiceChip, FlowLayout
from ui.widgets.field import FieldBox, FieldFace
from ui.widgets.label import ElidedLabel, label, set_tone
from window_client.domain.representing import POWERS

Fact = tuple[str, str, bool]
OnField = Callable[[str, str], object]


def label_width() -> int:
    """The width of the labels in a card, the same in all its lines."""
    return current().px(72 if english() else 58)


class FactGrid(QWidget):
    """Label and text, one below the other; a text that does not fit ends in an ellipsis, with the whole as tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(current().px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, label_width())
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[Fact, ...] | None = None

    def present(self, facts: tuple[Fact, ...]) -> None:
        """Show them."""
        if facts == self._shown:
            return
        self._shown = facts
        empty(self._grid)
        for at, (name, text, bold) in enumerate(facts):
            title, value = label(name, "label"), ElidedLabel(text, "body", bold=bold)
            for part in (title, value):
                part.setFixedHeight(current().px(26))
            value.setAccessibleName(f"{name} {text}")
            self._grid.addWidget(title, at, 0)
            self._grid.addWidget(value, at, 1)


class _Card(QFrame):
    """A card with a head; ``active`` marks the one whose card is read now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sideCard")
        self._active: bool | None = None
        theme = current()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.px(8))
        self.icon, self.title = Icon("user", "ink-2", 18), ElidedLabel("", "label", "ink-2", bold=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(6))
        self.head.addWidget(self.icon)
        self.head.addWidget(self.title, 1)
        self.column.addLayout(self.head)
        self.set_active(False)

    def set_active(self, active: bool) -> None:
        """Mark it as the side that is read; the outline grows inwards, so that nothing moves."""
        if active == self._active:
            return
        self._active = active
        theme = current()
        line, colour = (2, "accent") if active else (1, "line")
        self.setStyleSheet(
            f"#sideCard {{ background: {theme.hex('sunken')}; border: {line}px solid {theme.hex(colour)};"
            f" border-radius: {theme.radius('control')}px; }}"
        )
        side, top = theme.px(16) - line, theme.px(13) - line
        self.column.setContentsMargins(side, top, side, top)


class _Portrait(QWidget):
    """A picture beside a name, its state, and a smaller line."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__()
        theme = current()
        self._picture = picture
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(14))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self._name = ElidedLabel("", "title", bold=True)
        column.addWidget(self._name)
        self._mark, self._confirmed = Icon("check", "ok", 16), label("", "label", "ok", wrap=True)
        state = QHBoxLayout()
        state.setSpacing(theme.px(6))
        state.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._confirmed, 1)
        column.addLayout(state)
        self._sub = label("", "label", wrap=True)
        column.addWidget(self._sub)
        column.addStretch(1)
        line.addLayout(column, 1)

    def set_low(self, low: bool) -> None:
        """A smaller picture where the window is low, so that what is lacking stays in sight."""
        theme = current()
        share = 0.74 if low else 1.0
        wide = 72 if isinstance(self._picture, Licence) else 80
        self._picture.setFixedSize(round(theme.px(wide) * share), round(theme.px(100) * share))

    def present(self, name: str, confirmed: str, tone: str, sub: str) -> None:
        """Show them."""
        set_text(self._name, name)
        self._name.setAccessibleName(name)
        set_text(self._confirmed, confirmed)
        set_tone(self._confirmed, tone)
        self._mark.present({"ok": "check", "warn": "warn"}.get(tone, "lamp-bad"), tone)
        set_text(self._sub, sub)
        show_if(self._sub, bool(sub))


class SideView(_Card):
    """A person's side: the person, or the place to read or type one."""

    def __init__(self, side: str, act: Act) -> None:
        super().__init__()
        theme = current()
        self.side = side
        self.read = KeyButton(say("side.read"), "F9", "card", small=True)
        self.read.clicked.connect(lambda: act(f"read_card:{self.side}"))
        self.head.addWidget(self.read)
        self.photo = Photo(small=True)
        self.portrait = _Portrait(self.photo)
        self.column.addWidget(self.portrait)
        self._facts = FactGrid()
        self.column.addWidget(self._facts)
        self.below = QVBoxLayout()
        self.below.setSpacing(0)
        self.column.addLayout(self.below)
        self._remarks = Remarks(act)
        self.column.addWidget(self._remarks)
        self._empty = QWidget()
        inside = QVBoxLayout(self._empty)
        inside.setContentsMargins(0, theme.px(12), 0, theme.px(8))
        inside.setSpacing(theme.px(10))
        self._hint = label("", "", "ink-2", wrap=True)
        inside.addWidget(self._hint)
        self.type = KeyButton(say("id.type"), "", "pen", small=True)
        self.type.clicked.connect(lambda: act(f"open_typing:{self.side}"))
        inside.addLayout(row(self.type, None))
        self.column.addWidget(self._empty)
        self.column.addStretch(1)
        self._shown: SideCard | None = None

    def present(self, card: SideCard) -> None:
        """Show the side."""
        if card == self._shown:
            return
        self._shown = card
        self.side = card.side
        self.icon.present(card.icon, "ink-2")
        set_text(self.title, card.title)
        self.set_active(card.level == "asking")
        self.read.setText(say("id.read_again" if card.person else "side.read"))
        self.read.set_key("F9" if card.next else "")
        self.read.setEnabled(card.level != "asking")
        for part in (self.portrait, self._facts):
            show_if(part, card.person is not None)
        show_if(self._empty, card.person is None or card.level != "plain")
        show_if(self.type, card.person is None)
        set_text(self._hint, card.empty)
        set_tone(self._hint, "bad" if card.level == "bad" else "accent" if card.level == "asking" else "ink-2")
        self.setAccessibleName(f"{card.title} {card.person.name if card.person else card.empty}")
        if card.person is not None:
            self.photo.present(card.person.portrait)
            self._person(card.person)
        else:
            self._remarks.present((), None)

    def _person(self, person: PersonCard) -> None:
        self.portrait.present(person.name, person.confirmed, person.confirmed_tone, person.sub)
        told = {say("id.sex"), say("id.nation")}  # said beside the picture
        facts = [fact for fact in person.facts if fact[0] not in told]
        if self.side == "applicant":  # where an agent lives is of no matter here
            facts += [(name, text, False) for name, text in (person.address, *person.wide) if name]
        self._facts.present(tuple(facts))
        self._remarks.present(person.remarks, person.way_out)


class OrganisationView(_Card):
    """The organisation, or the field for its code."""

    def __init__(self, act: Act, look_up: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self._look_up, self._act = look_up, act
        self.icon.present("building", "ink-2")
        set_text(self.title, say("side.organisation"))
        self.change = KeyButton(say("org.change"), "", "pen", small=True)
        self.change.clicked.connect(self._open)
        self.head.addWidget(self.change)
        self.portrait = _Portrait(Licence())
        self.column.addWidget(self.portrait)
        self._facts = FactGrid()
        self.column.addWidget(self._facts)
        self._remarks = Remarks(act)
        self.column.addWidget(self._remarks)
        self._empty = QWidget()
        inside = QVBoxLayout(self._empty)
        inside.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        inside.setSpacing(theme.px(8))
        self.code = FieldBox("text")
        self.code.present(FieldFace(say("org.code"), required=True))
        self.code.editor.installEventFilter(self)
        inside.addWidget(self.code)
        self.ask = KeyButton(say("org.look_up"), "Enter", "search", "primary")
        self.ask.clicked.connect(self._asked)
        self.type = KeyButton(say("org.type_in"), "", kind="ghost")
        self.type.clicked.connect(lambda: act("open_organisation"))
        inside.addLayout(row(self.ask, self.type, None))
        self._said = label("", "label", "ink-2", wrap=True)
        inside.addWidget(self._said)
        self.column.addWidget(self._empty)
        self.column.addStretch(1)
        self._shown: OrganisationCard | None = None
        self._opened = False

    def present(self, card: OrganisationCard) -> None:
        """Show the organisation."""
        before = self._shown
        if card == before:
            return
        self._shown = card
        if before is not None and card.name and (before.name, before.code) != (card.name, card.code):
            self._opened = False
        known = bool(card.name)
        self._show()
        set_text(self._said, card.ask)
        set_tone(self._said, "bad" if card.ask_bad else "accent" if card.asking else "ink-2")
        self.ask.setEnabled(not card.asking)
        if known:
            self.portrait.present(card.name, card.confirmed, card.confirmed_tone, card.checked)
            self._facts.present(card.facts)
        self._remarks.present(card.remarks if known else (), card.way_out if known else None)
        self.setAccessibleName(f"{say('side.organisation')} {card.name or card.ask}")

    def _show(self) -> None:
        known = self._shown is not None and bool(self._shown.name)
        asking = not known or self._opened
        show_if(self._empty, asking)
        show_if(self.change, known and not self._opened)
        for part in (self.portrait, self._facts):
            show_if(part, not asking)

    def _open(self) -> None:
        """换单位: the field for the code again."""
        self._opened = True
        self._show()
        self.focus_code()

    def close(self) -> bool:
        """Esc: back to the organisation that is known; False when nothing was open."""
        if not self._opened:
            return False
        self._opened = False
        self._show()
        return True

    def focus_code(self) -> None:
        """Put the cursor into the code."""
        self.code.focus()

    @property
    def empty(self) -> bool:
        """Whether the code is asked for."""
        return not self._empty.isHidden()

    def _asked(self) -> None:
        code = self.code.text().strip()
        if code:
            self._look_up(code)
        else:
            self.code.focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._asked()
                return True
            if event.key() == Qt.Key.Key_Escape and self.close():
                return True
        return super().eventFilter(watched, event)


class PowerChip(ChoiceChip):
    """A choice in a line of a card, 30 px high, so that the three powers stand side by side."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        theme = current()
        self.setStyleSheet(
            f"QPushButton {{ min-height: {theme.px(28)}px; padding: 0; border-radius: {theme.px(14)}px; }}"
        )

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(super().sizeHint().width() - theme.px(10), theme.px(30))


class AuthorityView(QWidget):
    """Phone, relation, powers and last day of the person who came, each a field in a line of the card."""

    def __init__(self, on_contact: OnField, on_authority: OnField) -> None:
        super().__init__()
        theme = current()
        self._on_authority = on_authority
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(2), 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnMinimumWidth(0, label_width())
        grid.setColumnStretch(1, 1)
        self.phone = MaskedField(lambda text: on_contact("phone", text), compact=True)
        self.relation = FieldBox("choice", lambda text: on_authority("relation", text), compact=True)
        self.until = FieldBox("text", self._until, compact=True)
        if isinstance(self.relation.editor, QComboBox):
            self.relation.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.powers: dict[str, ChoiceChip] = {}
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=5)
        for power in POWERS:
            chip = PowerChip(say(f"power.{power}"))
            chip.clicked.connect(self._powers)
            self.powers[power] = chip
            self._flow.addWidget(chip)
        self._relation_label = label("", "label")
        rows = (
            (label(say("auth.phone"), "label"), self.phone),
            (self._relation_label, self.relation),
            (label(say("auth.powers"), "label"), holder),
            (label(say("auth.until"), "label"), self.until),
        )
        for at, (title, editor) in enumerate(rows):
            title.setFixedHeight(theme.px(30))
            grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, at, 1)
        for before, after in pairwise((self.relation.editor, *self.powers.values(), self.until.editor)):
            self.setTabOrder(before, after)
        self._shown: AuthorityFields | None = None
        self._bad_until = False

    def present(self, fields: AuthorityFields, phone_problem: str) -> None:
        """Show them."""
        self._shown = fields
        face = FieldFace(say("auth.phone"), fields.phone, fields.phone_stamp, required=True, problem=phone_problem)
        self.phone.show_value(face, fields.phone_cover)
        set_text(self._relation_label, fields.relation_label)
        self.relation.present(
            FieldFace(
                fields.relation_label, fields.relation, options=fields.relations, placeholder=say("relation.none")
            )
        )
        for power, _, on in fields.powers:
            self.powers[power].setChecked(on)
        self._present_until()

    def _present_until(self) -> None:
        until = self._shown.until if self._shown else ""
        problem = say("type.bad_date") if self._bad_until else ""
        text = self.until.text() if self._bad_until else until
        self.until.present(FieldFace(say("auth.until"), text, problem=problem, placeholder=say("auth.no_end")))

    def _until(self, text: str) -> None:
        day = iso_day(text)
        self._bad_until = day is None
        if day is not None:
            self._on_authority("until", day)
        self._present_until()

    def _powers(self) -> None:
        self._on_authority("powers", "|".join(power for power, chip in self.powers.items() if chip.isChecked()))


class AttorneyBanner(Banner):
    """What the person who came still has to show, and how to take it in."""

    def __init__(self, act: Act) -> None:
        super().__init__("warn")
        self.take = KeyButton("", "F10", "camera")
        self.take.clicked.connect(lambda: act("capture"))
        self.add_action(self.take)

    def show_note(self, note: AttorneyNote) -> None:
        """Show it."""
        self.present(note.head, note.line)
        self.take.setText(note.take)


class CardsView(QWidget):
    """Both cards side by side, and the note below them."""

    def __init__(
        self,
        act: Act,
        on_contact: OnField,
        on_authority: OnField,
        look_up: Callable[[str], object],
    ) -> None:
        super().__init__()
        theme = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        self.organisation = OrganisationView(act, look_up)
        self.left, self.right = SideView("applicant", act), SideView("agent", act)
        for card in (self.organisation, self.left, self.right):
            sides.addWidget(card, 1)
            card.setMinimumWidth(0)
        self.swap = KeyButton(say("side.swap"), "", "transfer", "ghost", small=True)
        self.swap.clicked.connect(lambda: act("swap_people"))
        self.left.head.insertWidget(2, self.swap)
        self.authority = AuthorityView(on_contact, on_authority)
        self.right.below.addWidget(self.authority)
        column.addLayout(sides)
        self.attorney = AttorneyBanner(act)
        column.addWidget(self.attorney)

    def present(self, shown: Cards, phone_problem: str) -> None:
        """Show both sides."""
        low = self.window().height() < LOW
        for card in (self.organisation, self.left, self.right):
            card.portrait.set_low(low)
        show_if(self.organisation, shown.organisation is not None)
        show_if(self.left, shown.left is not None)
        if shown.organisation is not None:
            self.organisation.present(shown.organisation)
        if shown.left is not None:
            self.left.present(shown.left)
        self.right.present(shown.right)
        show_if(self.swap, shown.may_swap)
        show_if(self.authority, shown.authority is not None)
        if shown.authority is not None:
            self.authority.present(shown.authority, phone_problem)
        show_if(self.attorney, shown.attorney is not None)
        if shown.attorney is not None:
            self.attorney.show_note(shown.attorney)

    def focused_side(self) -> str:
        """The side in which the focus is; empty for neither."""
        for view in (self.left, self.right):
            focus = view.window().focusWidget()
            if focus is not None and view.isVisible() and (focus is view or view.isAncestorOf(focus)):
                return view.side
        return ""

    def focus_start(self) -> bool:
        """Focus what is to be done first: the code, the card that is lacking, the phone; False: nothing is lacking."""
        if not self.organisation.isHidden() and self.organisation.empty:
            self.organisation.focus_code()
        elif not self.left.isHidden() and self.left.type.isVisibleTo(self.left):
            self.left.read.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.authority.isHidden():
            self.authority.phone.focus()
        elif self.right.type.isVisibleTo(self.right):
            self.right.read.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def focus_target(self, target: str) -> bool:
        """Go to what is missing; False when it is not here."""
        if target == "organisation":
            if self.organisation.empty:
                self.organisation.focus_code()
            else:
                self.organisation.change.setFocus(Qt.FocusReason.OtherFocusReason)
        elif target == "powers" and self.authority.powers:
            next(iter(self.authority.powers.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        elif target == "phone" and not self.authority.isHidden():
            self.authority.phone.focus()
        elif target == "agent":
            self.right.read.setFocus(Qt.FocusReason.OtherFocusReason)
        elif target == "card":
            view = self.right if self.left.isHidden() else self.left
            view.read.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True


def clear_line(field: FieldBox) -> None:
    """Empty a text field."""
    if isinstance(field.editor, QLineEdit):
        field.editor.clear()
