"""A field of a form: label above, editor, stamp of where the value came from, sentence below when it is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.label import label
from ui.widgets.paint import CENTRE, draw_text
from ui.words import words

Editor = QLineEdit | QComboBox | QPlainTextEdit

STAMPS = {
    "card": ("accent", True, False),
    "shared": ("ok", True, False),
    "earlier": ("warn", True, True),
    "typed": ("ink-2", False, False),
    "answer": ("ink-2", False, False),
    "default": ("ink-2", False, False),
    "identity": ("ink-2", False, False),
}
"""Origin → colour token, boxed, dashed."""


@dataclass(frozen=True, slots=True)
class FieldFace:
    """What a field shows. ``origin`` is an ``Origin`` value or empty; ``options`` are (value, text) of a choice."""

    label: str
    text: str = ""
    origin: str = ""
    required: bool = False
    read_only: bool = False
    problem: str = ""
    remark: str = ""
    placeholder: str = ""
    options: tuple[tuple[str, str], ...] = ()


class Stamp(QWidget):
    """One character in a 20 px box: 证 库 旧 (dashed) 填 (no box); a broken clock for 联网后核验."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin = ""
        self.setFixedSize(current().px(20), current().px(20))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def present(self, origin: str) -> None:
        """Show the stamp of an ``Origin`` value; none for an empty one."""
        self._origin = origin
        self.setVisible(bool(origin))
        if origin:
            self.setToolTip(words(f"stamp.{origin}.name"))
            self.setAccessibleName(words(f"stamp.{origin}.name"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_stamp(painter, QRectF(self.rect()), self._origin)
        painter.end()


def paint_stamp(painter: QPainter, rect: QRectF, origin: str) -> None:
    """Draw the stamp of an origin into a square."""
    theme = current()
    if origin == "online_later":
        inset = theme.px(2)
        paint_icon(painter, "netoff", "warn", rect.adjusted(inset, inset, -inset, -inset))
        return
    ink, boxed, dashed = STAMPS.get(origin, STAMPS["typed"])
    if boxed:
        pen = QPen(theme.colour(ink), 1)
        if dashed:
            pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("chip"), theme.radius("chip"))
    draw_text(painter, rect, words(f"stamp.{origin}"), theme.font("meta", weight=700 if boxed else 400), ink, CENTRE)


class _Arrow(QWidget):
    """The chevron of a choice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(current().px(16), current().px(16))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, "chevd", "ink-2", QRectF(self.rect()))
        painter.end()


class ChoiceBox(QComboBox):
    """A drop-down in the look of the counter: chevron at the right, wheel ignored unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrow = _Arrow(self)
        self.arrow_inset = current().px(11)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._arrow.width()
        self._arrow.move(self.width() - side - self.arrow_inset, (self.height() - side) // 2)

    def show_arrow(self, on: bool) -> None:
        """Without the chevron the stamp stands in its place (a value that is settled)."""
        self._arrow.setVisible(on)

    def wheelEvent(self, event: object) -> None:
        if self.hasFocus():
            super().wheelEvent(event)  # type: ignore[arg-type]
        else:
            event.ignore()  # type: ignore[attr-defined]


class FieldBox(QWidget):
    """A labelled editor. ``on_leave`` is told the text when the editor is left or a choice was made.

    Args:
        kind: ``text``, ``choice`` or ``long_text``.
        on_leave: Called with the text (for a choice: the value) when it differs from what was shown.
        on_edit: Called with each change of a text, for live checks; may be None.
        compact: Without a label above and 30 px high, for a line of a card that has its own label.
    """

    def __init__(
        self,
        kind: str = "text",
        on_leave: Callable[[str], object] = lambda _text: None,
        on_edit: Callable[[str], object] | None = None,
        parent: QWidget | None = None,
        *,
        compact: bool = False,
    ) -> None:
        super().__init__(parent)
        self._compact = compact
        self._kind, self._on_leave, self._on_edit = kind, on_leave, on_edit
        self._face = FieldFace("")
        self._filling = False
        theme = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.px(4))
        self._label = label("", "label")
        self._label.setFixedHeight(theme.line("label"))
        self._star = label("*", "label", "bad")
        self._star.setFixedHeight(theme.line("label"))
        if not compact:
            head.addWidget(self._label)
            head.addWidget(self._star)
            head.addStretch(1)
        if compact:
            self._label.setParent(self)
            self._star.setParent(self)
            self._label.hide()
            self._star.hide()
        else:
            column.addLayout(head)
        self.editor: Editor = self._make_editor()
        if compact:
            self.editor.setProperty("compact", "true")
        column.addWidget(self.editor)
        self._label.setBuddy(self.editor)
        self._stamp = Stamp(self.editor)
        self._stamp.hide()
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)
        self.editor.installEventFilter(self)

    def _make_editor(self) -> Editor:
        if self._kind == "choice":
            box = ChoiceBox()
            box.activated.connect(lambda _index: self._left())
            return box
        if self._kind == "long_text":
            area = QPlainTextEdit()
            area.setTabChangesFocus(True)
            area.setFixedHeight(current().px(72))
            area.textChanged.connect(self._edited)
            return area
        line = QLineEdit()
        line.textEdited.connect(lambda _text: self._edited())
        line.editingFinished.connect(self._left)
        return line

    def present(self, face: FieldFace) -> None:
        """Show a field. The text is left alone while the clerk is typing in it, unless the value itself changed."""
        before, self._face = self._face, face
        self._label.setText(face.label)
        self._star.setVisible(face.required and not self._compact)
        self.editor.setAccessibleName(face.label)
        self.editor.setAccessibleDescription(face.problem or face.remark)
        self._fill(face, before)
        self._stamp.present(face.origin)
        said = face.problem or face.remark
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        tone = "bad" if face.problem else "warn"
        if self._problem.property("tone") != tone:
            self._problem.setProperty("tone", tone)
            self._problem.style().unpolish(self._problem)
            self._problem.style().polish(self._problem)
        self._dress("error" if face.problem else "")
        self._place_stamp()

    def _fill(self, face: FieldFace, before: FieldFace) -> None:
        self._filling = True
        editor = self.editor
        untouched = not editor.hasFocus() or face.text != before.text
        if isinstance(editor, ChoiceBox):
            if face.options != before.options or editor.count() == 0:
                editor.clear()
                for value, text in face.options:
                    editor.addItem(text, value)
            editor.setPlaceholderText(face.placeholder)
            editor.setCurrentIndex(editor.findData(face.text))
            editor.setToolTip(editor.currentText())
            editor.setEnabled(not face.read_only)
            editor.show_arrow(on=not face.origin and not face.read_only)
            _set_property(editor, "empty", "true" if editor.currentIndex() < 0 else "false")
            _set_property(editor, "sunken", "true" if face.read_only else "false")
        elif isinstance(editor, QPlainTextEdit):
            if untouched and editor.toPlainText() != face.text:
                editor.setPlainText(face.text)
            editor.setReadOnly(face.read_only)
            editor.setPlaceholderText(face.placeholder)
        elif isinstance(editor, QLineEdit):
            if untouched and editor.text() != face.text:
                editor.setText(face.text)
                editor.setCursorPosition(0)
            editor.setReadOnly(face.read_only)
            editor.setPlaceholderText(face.placeholder)
            right = current().px(30) if face.origin else 0
            editor.setTextMargins(0, 0, right, 0)
        self._filling = False

    def text(self) -> str:
        """What stands in the editor; for a choice its value."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return str(editor.currentData() or "")
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    def focus(self) -> None:
        """Put the cursor here, with the text selected."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_stamp()
        elif (
            isinstance(self.editor, QPlainTextEdit)
            and isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self._left()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Take the text as if the field were left: a key that goes on must not lose it."""
        self._left()

    def _edited(self) -> None:
        if not self._filling and self._on_edit is not None:
            self._on_edit(self.text())

    def _left(self) -> None:
        if not self._filling and not self._face.read_only and self.text() != self._face.text:
            self._on_leave(self.text())

    def _dress(self, state: str) -> None:
        _set_property(self.editor, "state", state)

    def _place_stamp(self) -> None:
        theme = current()
        top = (self.editor.height() - self._stamp.height()) // 2
        if isinstance(self.editor, QPlainTextEdit):
            top = theme.px(8)
        self._stamp.move(self.editor.width() - self._stamp.width() - theme.px(9), top)
        self._stamp.raise_()


def _set_property(of: QWidget, name: str, value: str) -> None:
    if of.property(name) != value:
        of.setProperty(name, value)
        of.style().unpolish(of)
        of.style().polish(of)


def field_label(text: str) -> QLabel:
    """A field's label for editors that stand outside a ``FieldBox``."""
    return label(text, "label")
