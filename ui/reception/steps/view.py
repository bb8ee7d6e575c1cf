"""The sheet of a visit and the action bar."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.reception.pieces import Act, Icon, empty, row, set_text, show_if
from ui.reception.steps.finished_row import FinishedRow
from ui.reception.steps.model import ActionBar, Button, DoneRow, Sheet
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.field import Stamp
from ui.widgets.label import ElidedLabel, label
from ui.widgets.paint import text_width
from ui.widgets.rows import Piece, StepFace, StepRow, UpcomingRow, UpcomingStep
from window_client.domain.visit import Step

LOOKS = {"strong": "strong", "plain": "dim", "quiet": "meta", "chip": "chip", "ok_chip": "chip-ok", "warn": "warn"}


class BodyScroll(QScrollArea):
    """Only the open step's body scrolls, and only downwards."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class OpenPart(QWidget):
    """Head and body of the open step with the accent bar at their left."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self.rounded_top = self.rounded_bottom = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = StepRow(lambda: None)
        column.addWidget(self.head)
        holder = QHBoxLayout()
        holder.setContentsMargins(theme.px(48), 0, 0, theme.px(8))
        self.area = BodyScroll()
        holder.addWidget(self.area)
        column.addLayout(holder, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QPainterPath()
        radius = theme.radius("card") - 1
        shape = QRectF(self.rect())
        shape.adjust(0, 0 if self.rounded_top else -radius * 2, 0, 0 if self.rounded_bottom else radius * 2)
        bar.addRoundedRect(shape, radius, radius)
        strip = QPainterPath()
        strip.addRect(QRectF(0, 0, theme.px(4), self.height()))
        painter.fillPath(bar.intersected(strip), theme.colour("accent"))
        painter.end()


class Legend(QWidget):
    """What the stamps of the form mean."""

    def __init__(self) -> None:
        super().__init__()
        parts: list[QWidget | int | None] = []
        for origin in ("card", "shared", "earlier", "typed"):
            stamp = Stamp(self)  # shown without a parent it would be a window for a moment
            stamp.present(origin)
            parts += [stamp, label(say(f"legend.{origin}"), "meta", "ink-2"), 5]
        self.setLayout(row(*parts[:-1], gap=5))


class AcceptedMark(QWidget):
    """✓ 已受理 10:51."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self._space = QWidget()
        self._words = label(say("result.accepted"), "step", "ok")
        self._at = label("", "label", "ink-2")
        self.setLayout(row(self._space, Icon("check", "ok", 20), self._words, self._at))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme

    def present(self, at: str, title: str) -> None:
        """Stand beside ``title``."""
        show_if(self, bool(at))
        set_text(self._at, at)
        wide = self._theme.px(48 + 6) + text_width(self._theme.font("step", weight=700), title)
        self._space.setFixedWidth(round(wide))


class SheetView(QWidget):
    """Visit head and card of steps. Bodies are handed in by the centre; one is visible at a time."""

    def __init__(self, open_step: Callable[[Step], object]) -> None:
        super().__init__()
        theme = current()
        self._open_step = open_step
        self._shown: Sheet | None = None
        self._bodies: dict[Step, QWidget] = {}
        self._low = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(0)
        self._sheet_column = column
        self._head = QWidget()
        self._head.setFixedHeight(theme.px(46))
        line = QHBoxLayout(self._head)
        line.setContentsMargins(0, 0, 0, theme.px(10))
        line.setSpacing(theme.px(10))
        self._title = ElidedLabel("", "title")
        self._aside = label("", "label")
        line.addWidget(self._title)
        line.addWidget(self._aside)
        line.addStretch(1)
        self._head_line = line
        self._title.setSizePolicy(self._aside.sizePolicy())
        column.addWidget(self._head)
        self._card = QFrame()
        self._card.setObjectName("steps")
        column.addWidget(self._card, 1)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self._before, self._after = QVBoxLayout(), QVBoxLayout()
        self._before.setSpacing(0)
        self._after.setSpacing(0)
        self._before_rows: list[StepRow] = []
        self._after_rows: list[StepRow] = []
        self.part = OpenPart()
        self.legend = Legend()
        self._accepted = AcceptedMark()
        on_head = row(self._accepted, None, self.legend, margins=(0, 0, 15, 0))
        self.part.head.setLayout(on_head)
        self.finished = FinishedRow(open_step)
        self.finished.hide()
        inside.addWidget(self.finished)
        inside.addLayout(self._before)
        inside.addWidget(self.part, 1)
        inside.addLayout(self._after)
        self.coming = UpcomingRow(say("steps.upcoming"), lambda name: open_step(Step(name)))
        inside.addWidget(self.coming)

    def add_body(self, step: Step, body: QWidget) -> None:
        """The body of a step; built when it is first opened."""
        theme = current()
        page = QWidget(self)  # also while another step is open: what has no parent outlives the window
        page.hide()
        holder = QVBoxLayout(page)
        holder.setContentsMargins(0, 0, theme.px(16), 0)
        holder.addWidget(body)
        self._bodies[step] = page

    def present(self, sheet: Sheet, hint: str, right: tuple[Piece, ...]) -> None:
        """Show the sheet; ``hint`` and ``right`` stand in the open step's head."""
        face = StepFace(sheet.open_number, sheet.open_title, "now", (Piece(hint, "dim"),) if hint else (), right)
        self.part.head.present(face)
        self._head_words = (hint, right)
        before, self._shown = self._shown, sheet
        if before is not None and replace(before, bar=sheet.bar) == sheet:
            return
        set_text(self._title, sheet.title)
        self._title.updateGeometry()
        set_text(self._aside, sheet.aside)
        together = self._low and len(sheet.before) > 1
        show_if(self.finished, together)
        self.finished.present(sheet.before if together else ())
        self._rows(self._before, self._before_rows, () if together else sheet.before, last=False)
        self._rows(self._after, self._after_rows, sheet.after, last=not sheet.coming)
        self.coming.present([UpcomingStep(one.step.value, one.number, one.title, one.note) for one in sheet.coming])
        self.part.rounded_top = not sheet.before
        self.part.rounded_bottom = not sheet.after and not sheet.coming
        self.part.update()
        self._show_body(sheet.open)

    def set_low(self, low: bool) -> None:
        """In a low window finished steps share one line."""
        if low != self._low:
            self._low = low
            shown, self._shown = self._shown, None
            if shown is not None:
                self.present(shown, *self._head_words)

    def add_to_head(self, button: QWidget) -> None:
        """A button at the right end of the visit's head."""
        self._head_line.addWidget(button)

    def show_head(self, on: bool) -> None:
        """The visit's head gives its place to a banner."""
        if self._head.isHidden() == on:
            self._head.setVisible(on)
            theme = current()
            self._sheet_column.setContentsMargins(theme.px(16), theme.px(12 if on else 10), theme.px(16), theme.px(12))

    def accepted(self, at: str) -> None:
        """已受理 with its time beside the title of step 6; empty hides it."""
        self._accepted.present(at, self._shown.open_title if self._shown else "")

    def _show_body(self, step: Step) -> None:
        page = self._bodies[step]
        shown = self.part.area.widget()
        if shown is not page:
            if shown is not None:
                self.part.area.takeWidget().setParent(self)
            self.part.area.setWidget(page)
            page.setAutoFillBackground(False)  # the area fills what it is given, unless the stylesheet comes later
            page.show()

    def _rows(self, column: QVBoxLayout, rows: list[StepRow], wanted: tuple[DoneRow, ...], *, last: bool) -> None:
        while len(rows) > len(wanted):
            gone = rows.pop()
            column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(rows) < len(wanted):
            place = len(rows)
            made = StepRow(partial(self._open_row, column, place))
            rows.append(made)
            column.addWidget(made)
        for place, (view, one) in enumerate(zip(rows, wanted, strict=True)):
            pieces = tuple(Piece(part.text, LOOKS[part.look]) for part in one.parts)
            state = "problem" if one.problem else "done"
            at_end = last and place + 1 == len(rows)
            view.present(StepFace(one.number, one.title, state, pieces, key=one.key, last=at_end))

    def _open_row(self, column: QVBoxLayout, place: int) -> None:
        if self._shown is not None:
            wanted = self._shown.before if column is self._before else self._shown.after
            self._open_step(wanted[place].step)


class ActionBarView(QWidget):
    """What is still missing at the left, what comes next at the right."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._act = act
        self._shown: ActionBar | None = None
        self.setObjectName("actionBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.size("action-bar"))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(0)
        self._icon = Icon("", "ok", 18)
        self._strong = label("", "strong")
        self._text = ElidedLabel("", "body")
        self._text.setSizePolicy(self._strong.sizePolicy())
        self._jump = KeyButton(say("bar.go_to"), "Ctrl+G", kind="ghost")
        self._jump.clicked.connect(lambda: act("go_to_missing"))
        line.addWidget(self._icon)
        line.addSpacing(theme.px(8))
        line.addWidget(self._strong)
        line.addWidget(self._text)
        line.addSpacing(theme.px(10))
        line.addWidget(self._jump)
        line.addStretch(1)
        line.addSpacing(theme.px(10))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(10))
        line.addLayout(self._buttons)
        self.buttons: dict[str, KeyButton] = {}

    def present(self, bar: ActionBar) -> None:
        """Show the bar; buttons are kept while they mean the same."""
        before, self._shown = self._shown, bar
        if bar == before:
            return
        self._icon.present(bar.icon, bar.tone)
        set_text(self._strong, bar.strong)
        set_text(self._text, bar.text)
        self._text.updateGeometry()
        show_if(self._strong, bool(bar.strong))
        show_if(self._text, bool(bar.text))
        show_if(self._jump, bar.jump)
        if before is None or [_shape(one) for one in before.buttons] != [_shape(one) for one in bar.buttons]:
            self._build(bar.buttons)
        for one in bar.buttons:
            button = self.buttons[one.act]
            button.setText(one.text)
            button.set_kind(one.kind or "plain")
            if button.isEnabled() != one.enabled:
                button.setEnabled(one.enabled)

    def words(self) -> str:
        """The sentence at the left."""
        return self._strong.text() + self._text.text()

    def _build(self, wanted: tuple[Button, ...]) -> None:
        empty(self._buttons)
        self.buttons = {}
        for one in wanted:
            big = one.act == "next_step"
            button = KeyButton(one.text, one.key, one.icon or None, one.kind or "plain", big=big)
            button.clicked.connect(lambda _on=False, name=one.act: self._act(name))
            self.buttons[one.act] = button
            self._buttons.addWidget(button)


def _shape(button: Button) -> tuple[str, str, str]:
    return button.act, button.key, button.icon
