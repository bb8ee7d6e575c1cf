"""手工录入: a person from any document, or an organisation from its licence, in place."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.reception.identity.cards_model import iso_day
from ui.reception.identity.model import TypingFor
from ui.reception.pieces import Act, row, set_text, show_if
from ui.reception.texts import say, say_first
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.field import FieldBox, FieldFace
from ui.widgets.label import label
from window_client.domain.people import RESIDENT, TYPED_KINDS

ASKED = {
    RESIDENT: (),
    "temporary_id": ("valid_to",),
    "passport_foreign": ("nationality", "sex", "birth", "valid_to"),
    "other": ("nationality", "sex", "birth", "valid_to"),
}
"""What is asked beside name and number; of the other documents birth, sex and validity."""

USUAL = ("sex", "birth", "valid_to")
DAYS = ("birth", "valid_to")


class _Strip(QFrame):
    """A strip of fields that Enter takes and Esc closes."""

    def __init__(self, act: Act, close: str) -> None:
        super().__init__()
        theme = current()
        self.setProperty("kind", "say")
        self._act, self._close = act, close
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(14))
        self.column.setSpacing(theme.px(10))
        self.title = label("", "section")
        self.column.addWidget(self.title)
        self.take_button = KeyButton(say("type.take"), "Enter", kind="primary")
        self.take_button.clicked.connect(self.take)
        self.back = KeyButton(say("type.back"), "Esc", kind="ghost")
        self.back.clicked.connect(lambda: act(close))
        self.hint = label("", "meta", wrap=True)

    def field(self, key: str, *, required: bool = False, kind: str = "text", placeholder: str = "") -> FieldBox:
        """A field that Enter leaves for good."""
        made = FieldBox(kind)
        made.present(FieldFace(say(key), required=required, placeholder=placeholder))
        made.editor.installEventFilter(self)
        return made

    def line(self, *fields: tuple[FieldBox, int]) -> QWidget:
        """Fields side by side, with their shares of the width."""
        holder = QWidget()
        made = QHBoxLayout(holder)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(current().px(12))
        for one, share in fields:
            made.addWidget(one, share)
        self.column.addWidget(holder)
        return holder

    def finish(self) -> None:
        """The buttons at the end."""
        buttons = row(self.take_button, self.back, gap=10)
        buttons.addWidget(self.hint, 1)
        self.column.addLayout(buttons)

    def take(self) -> None:
        """Take what was typed."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.take()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._act(self._close)
                return True
        return super().eventFilter(watched, event)


class TypingView(_Strip):
    """A person: which document, and what it says."""

    def __init__(self, on_take: Callable[[Mapping[str, str], str], object], act: Act) -> None:
        super().__init__(act, "close_typing")
        self._on_take = on_take
        self._side = ""
        self.document = FieldBox("choice", self._chosen)
        documents = tuple((kind, say(f"doc.{kind}")) for kind in TYPED_KINDS)
        self.document.present(FieldFace(say("type.document"), RESIDENT, options=documents))
        if isinstance(self.document.editor, QComboBox):
            self.document.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.name = self.field("type.name", required=True)
        self.number = self.field("type.id_no", required=True)
        self.line((self.document, 3), (self.name, 3), (self.number, 4))
        self.more: dict[str, FieldBox] = {
            "nationality": self.field("type.nationality", placeholder="USA"),
            "sex": FieldBox("choice"),
            "birth": self.field("type.birth", placeholder=say("type.date_like")),
            "valid_to": self.field("type.valid_to", placeholder=say("type.date_like")),
        }
        sexes = tuple((sex, say(f"sex.{sex}")) for sex in ("男", "女"))
        self.more["sex"].present(FieldFace(say("type.sex"), options=sexes))
        self._second = self.line(*((field, 1) for field in self.more.values()))
        self.finish()
        self._chosen(RESIDENT)

    @property
    def kind(self) -> str:
        """The document that is chosen."""
        return self.document.text() or RESIDENT

    def begin(self, side: str) -> None:
        """The strip was opened for a side."""
        self._side = side

    def present(self, shown: TypingFor) -> None:
        """For whom, and what is wrong."""
        set_text(self.title, shown.title)
        if not self._side:
            self._side = shown.side
        self._number(shown.problem)

    def _number(self, problem: str) -> None:
        key = "type.id_no" if self.kind in {RESIDENT, "temporary_id"} else "type.document_no"
        self.number.present(FieldFace(say(key), self.number.text(), required=True, problem=problem))

    def _chosen(self, kind: str) -> None:
        asked = ASKED.get(kind, USUAL)
        for name, field in self.more.items():
            show_if(field, name in asked)
        show_if(self._second, bool(asked))
        set_text(self.hint, say_first(f"doc.hint.{kind}", "type.hint"))
        self._number("")

    def clear(self) -> None:
        """Forget what was typed."""
        self._side = ""
        for field in (self.name, self.number, *self.more.values()):
            if isinstance(field.editor, QLineEdit):
                field.editor.clear()
            elif isinstance(field.editor, QComboBox):
                field.editor.setCurrentIndex(-1)
        if isinstance(self.document.editor, QComboBox):
            self.document.editor.setCurrentIndex(0)
        self._chosen(RESIDENT)

    def take(self) -> None:
        name, number = self.name.text().strip(), self.number.text().strip().upper()
        if not name:
            self.name.focus()
            return
        if not number:
            self.number.focus()
            return
        facts = {"kind": self.kind, "name": name, "id_no": number}
        for key in ASKED.get(self.kind, USUAL):
            text = self.more[key].text().strip()
            if key in DAYS:
                day = iso_day(text)
                problem = say("type.bad_date") if day is None else ""
                face = FieldFace(say(f"type.{key}"), text, problem=problem, placeholder=say("type.date_like"))
                self.more[key].present(face)
                if day is None:
                    self.more[key].focus()
                    return
                text = day
            facts[key] = text
        self._on_take(facts, self._side)


class OrganisationTypingView(_Strip):
    """An organisation, as its licence says."""

    def __init__(self, on_take: Callable[[Mapping[str, str]], object], act: Act) -> None:
        super().__init__(act, "close_organisation")
        self._on_take = on_take
        set_text(self.title, say("org.typing"))
        self.fields: dict[str, FieldBox] = {
            "uscc": self.field("org.code", required=True),
            "name": self.field("org.name", required=True),
            "type": self.field("org.type"),
            "legal_rep": self.field("org.legal_rep"),
            "address": self.field("org.address"),
            "established": self.field("org.established", placeholder=say("type.date_like")),
            "valid_to": self.field("org.valid_to", placeholder="长期"),
        }
        fields = self.fields
        self.line((fields["uscc"], 2), (fields["name"], 3))
        self.line((fields["type"], 2), (fields["legal_rep"], 1), (fields["established"], 1), (fields["valid_to"], 1))
        self.line((fields["address"], 1))
        self.finish()

    def begin(self, code: str) -> None:
        """The strip was opened; the code that was asked for stands there already."""
        editor = self.fields["uscc"].editor
        if isinstance(editor, QLineEdit):
            editor.setText(code)
        (self.fields["name"] if code else self.fields["uscc"]).focus()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.clear()

    def say(self, text: str) -> None:
        """What is wrong, or what the register did not know."""
        set_text(self.hint, text)

    def take(self) -> None:
        facts = {name: field.text().strip() for name, field in self.fields.items()}
        for name in ("uscc", "name"):
            if not facts[name]:
                self.fields[name].focus()
                return
        for name in ("established", "valid_to"):
            day = iso_day(facts[name])
            key = f"org.{name}"
            self.fields[name].present(
                FieldFace(
                    say(key),
                    facts[name],
                    problem=say("type.bad_date") if day is None else "",
                    placeholder=say("type.date_like"),
                )
            )
            if day is None:
                self.fields[name].focus()
                return
            facts[name] = day
        self._on_take(facts)
