"""Step 2: search at the top, the list at the left, terms and questions at the right."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.reception.item.hit_list import ROW, HitList
from ui.reception.item.model import Finder, ItemStep, Needed, hit_rows
from ui.reception.item.questions import OnAnswer, Questions
from ui.reception.pieces import Hairline, empty, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.widgets.paint import RIGHT, draw_text, text_width

LIMIT = 50
SHOWN_ROWS = 6
USUAL = 3


class SearchField(QLineEdit):
    """The search box: an icon at the left, what may be typed at the right."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self.setAccessibleName(say("item.search_name"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=True)
        self.setTextMargins(theme.px(24), 0, 0, 0)
        tall = theme.px(40)
        families = ", ".join(f'"{family}"' for family in theme.families)
        self.setStyleSheet(
            f"QLineEdit {{ font-family: {families}; font-size: {theme.px(17)}px; min-height: {tall - 2}px; }}"
            f"QLineEdit:focus {{ min-height: {tall - 4}px; }}"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        side = theme.px(18)
        paint_icon(painter, "search", "ink", QRectF(theme.px(11), (self.height() - side) / 2, side, side))
        hint = say("item.search")
        font = theme.font("label")
        if text_width(theme.font_of(theme.px(17)), self.text()) + text_width(font, hint) + theme.px(80) < self.width():
            draw_text(painter, QRectF(self.rect()).adjusted(0, 0, -theme.px(10), 0), hint, font, "ink-2", RIGHT)
        painter.end()


class Terms(QFrame):
    """Promise, fee and visits in one framed line."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("terms")
        self.setStyleSheet(
            f"#terms {{ border: 1px solid {theme.hex('line')}; border-radius: {theme.radius('control')}px; }}"
        )
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._pairs: list[tuple[QLabel, QLabel]] = []
        for place, stretch in enumerate((3, 2, 2)):
            if place:
                edge = QWidget()
                edge.setFixedWidth(1)
                edge.setStyleSheet(f"background: {theme.hex('line')};")
                self._line.addWidget(edge)
            cell = QVBoxLayout()
            cell.setContentsMargins(theme.px(10), theme.px(5), theme.px(6), theme.px(6))
            cell.setSpacing(0)
            name, value = label("", "meta", "ink-2"), label("", "strong")
            cell.addWidget(name)
            cell.addWidget(value)
            self._pairs.append((name, value))
            self._line.addLayout(cell, stretch)
        self.setFixedHeight(theme.px(51))

    def present(self, terms: tuple[tuple[str, str], ...]) -> None:
        """Show (label, value) pairs."""
        for (name, value), (text, worth) in zip(self._pairs, terms, strict=False):
            set_text(name, text)
            set_text(value, worth)


class NeededBox(QFrame):
    """The documents that follow from the answers; it changes with every answer."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("needed")
        self.setStyleSheet(
            f"#needed {{ background: {theme.hex('accent-soft')}; border-radius: {theme.radius('control')}px; }}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        column.setSpacing(theme.px(4))
        self._head, self._can = label("", "field", "accent"), label("", "label")
        self._head.setStyleSheet("font-weight: 700;")
        column.addLayout(row(self._head, None, self._can))
        self._names = QLabel()
        self._names.setTextFormat(Qt.TextFormat.RichText)
        self._names.setWordWrap(True)
        self._names.setProperty("role", "label")
        column.addWidget(self._names)

    def present(self, needed: Needed) -> None:
        """Show the documents; those that an answer called for are bold, with the answer."""
        set_text(self._head, needed.head)
        set_text(self._can, needed.can)
        parts = [
            f"<b style='color:{current().hex('ink')}'>{escape(name)}</b>{escape(because)}" if because else escape(name)
            for name, because in needed.parts
        ]
        set_text(self._names, f"<p style='line-height:135%'>{' · '.join(parts)}</p>")


class ItemView(QWidget):
    """The body of step 2."""

    def __init__(self, search: Finder, on_choose: Callable[[str], object], on_answer: OnAnswer) -> None:
        super().__init__()
        theme = current()
        self._search, self._on_choose = search, on_choose
        self._chosen = ""
        self._shown: ItemStep | None = None
        self._listed: str | None = None
        self._go_to_questions_of = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(11))
        self.field = SearchField()
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(16))
        column.addLayout(halves, 1)
        halves.addWidget(self._left_half(), 0, Qt.AlignmentFlag.AlignTop)
        halves.addLayout(self._right_half(on_answer), 1)

    def _left_half(self) -> QWidget:
        theme = current()
        box = QFrame()
        box.setObjectName("hits")
        box.setFixedWidth(theme.width("rail") + 38)
        box.setStyleSheet(
            f"#hits {{ border: 1px solid {theme.hex('line')}; border-radius: {theme.radius('control')}px; }}"
        )
        column = QVBoxLayout(box)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QWidget()
        head.setObjectName("hitsHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setStyleSheet(f"#hitsHead {{ background: {theme.hex('sunken')}; }}")
        head.setFixedHeight(theme.px(27))
        self._count, self._keys = label("", "label"), label(say("item.keys"), "label")
        head.setLayout(row(self._count, None, self._keys, margins=(12, 0, 12, 0)))
        column.addWidget(head)
        column.addWidget(Hairline())
        self.list = HitList(self._take)
        column.addWidget(self.list)
        self._none = label(say("item.none_hint"), "label", "ink-2", wrap=True)
        self._none.setContentsMargins(theme.px(12), theme.px(14), theme.px(12), theme.px(14))
        column.addWidget(self._none)
        self._usual = QWidget()
        self._usual.setObjectName("hitsHead")
        self._usual.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._usual.setStyleSheet(f"#hitsHead {{ background: {theme.hex('sunken')}; }}")
        self._usual.setFixedHeight(theme.px(38))
        self._usual_line = QHBoxLayout(self._usual)
        self._usual_line.setContentsMargins(theme.px(12), 0, theme.px(6), 0)
        self._usual_line.setSpacing(0)
        column.addWidget(self._usual)
        return box

    def _right_half(self, on_answer: OnAnswer) -> QVBoxLayout:
        theme = current()
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = label("", "title", wrap=True)
        self._name.setStyleSheet(f"font-size: {theme.px(18)}px; font-weight: 700;")
        self._note = label("", "label", "ink-2", wrap=True)
        self._terms = Terms()
        self.questions = Questions(on_answer)
        self._needed = NeededBox()
        column.addWidget(self._name)
        column.addWidget(self._note)
        column.addSpacing(theme.px(6))
        column.addWidget(self._terms)
        column.addSpacing(theme.px(11))
        column.addWidget(self.questions)
        column.addSpacing(theme.px(8))
        column.addWidget(self._needed)
        column.addStretch(1)
        return column

    def present(self, step: ItemStep) -> None:
        """Show the chosen item; the list is asked for again only when it is first shown."""
        if step == self._shown:
            return
        self._shown, self._chosen = step, step.item_id
        if self._listed is None:
            self._list(self.field.text())
            self._fill_usual()
        self.list.present(self.list.rows, self._chosen or self.list.marked())
        set_text(self._name, step.name)
        show_if(self._name, bool(step.name))
        set_text(self._note, step.note)
        show_if(self._note, bool(step.note))
        show_if(self._terms, bool(step.terms))
        self._terms.present(step.terms)
        self.questions.present(step.item_id, step.questions)
        show_if(self._needed, step.needed is not None)
        if step.needed is not None:
            self._needed.present(step.needed)
        if self._go_to_questions_of and self._go_to_questions_of == step.item_id:
            self._go_to_questions_of = ""
            if self.field.hasFocus():  # the clerk has not gone elsewhere meanwhile
                self.questions.focus_first_open()

    def type(self, text: str) -> None:
        """Put a search text in, as if typed."""
        self.field.setText(text)
        self._list(text)

    def focus_start(self) -> bool:
        """Focus the search field while nothing is chosen, else the first open question."""
        if self._chosen:
            self.questions.focus_first_open()
        else:
            self.focus_search()
        return True

    def focus_search(self) -> None:
        """Ctrl+K."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _typed(self, text: str) -> None:
        self._list(text)

    def _list(self, text: str) -> None:
        self._listed = text
        rows = hit_rows(self._search, text, LIMIT)
        theme = current()
        self.list.present(rows, "" if text else self._chosen)
        self.list.setFixedHeight(theme.px(ROW) * min(len(rows), SHOWN_ROWS))
        set_text(self._count, say("item.found", n=len(rows)) if text else say("item.usual"))
        show_if(self._keys, bool(rows))
        show_if(self._none, not rows)
        show_if(self.list, bool(rows))
        show_if(self._usual, bool(text))

    def _fill_usual(self) -> None:
        theme = current()
        empty(self._usual_line)
        self._usual_line.addWidget(label(say("item.usual_short"), "label"))
        room = theme.width("rail") + 38 - theme.px(60)
        for found in hit_rows(self._search, "", USUAL):
            link = KeyButton(found.name, kind="ghost")
            room -= link.sizeHint().width()
            if room < 0:
                link.deleteLater()
                continue
            link.clicked.connect(lambda _on=False, taken=found.item_id: self._take(taken))
            self._usual_line.addWidget(link)
        self._usual_line.addStretch(1)

    def _take(self, item_id: str) -> None:
        self._go_to_questions_of = item_id
        self._on_choose(item_id)
        if self._chosen == item_id and self._go_to_questions_of:
            self._go_to_questions_of = ""
            self.questions.focus_first_open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            if event.key() in by:
                self.list.step(by[Qt.Key(event.key())])
                return True
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self.list.take()
                return True
        return super().eventFilter(watched, event)
