"""Step 6: the case number, what came out, what to say, the rating line, and the banner of a printer in trouble."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.reception.pieces import Act, Hairline, Icon, empty, row, set_text, show_if
from ui.reception.result.model import FaultBanner, Output, Result
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.access import announce
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, label


class FaultView(QFrame):
    """The first line says that the case is accepted; then two or three keyed ways out."""

    accessible_role = QAccessible.Role.AlertMessage

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._act = act
        self.setProperty("kind", "banner")
        self.setProperty("level", "bad")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(13), theme.px(10), theme.px(13), theme.px(10))
        line.setSpacing(theme.px(12))
        line.addWidget(Icon("lamp-bad", "bad", 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._head = label("", "field")
        self._head.setStyleSheet("font-weight: 700;")
        self._text = label("", "label", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(8))
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addSpacing(theme.px(8))
        column.addLayout(self._buttons)
        line.addLayout(column, 1)

    def present(self, fault: FaultBanner) -> None:
        """Show the trouble; told to screen readers once."""
        set_text(self._head, fault.head)
        set_text(self._text, fault.text)
        self.setAccessibleName(f"{fault.head}。{fault.text}")
        empty(self._buttons)
        for act, text, key, kind, icon in fault.buttons:
            button = KeyButton(text, key, icon or None, kind or "plain")
            button.clicked.connect(lambda _on=False, name=act: self._act(name))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        announce(self)


class OutputRow(QWidget):
    """One line of what came out."""

    def __init__(self, act: Act, key: str) -> None:
        super().__init__()
        theme = current()
        self._output: Output | None = None
        self.key = key
        self.setFixedHeight(theme.px(37))
        self._icon = Icon("", "ink-2")
        self._name = label()
        self._name.setMinimumWidth(theme.px(96))
        self._state_icon = Icon("", "ok", 15)
        self._text = ElidedLabel("", "label")
        self._button = KeyButton("", key, kind="ghost")
        self._button.clicked.connect(lambda: act(self._output.act) if self._output else None)
        line = row(self._icon, self._name, self._state_icon, gap=6)
        line.setSpacing(0)
        line.insertSpacing(1, theme.px(11))
        line.insertSpacing(3, theme.px(8))
        line.addSpacing(theme.px(6))
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self.setLayout(line)

    def present(self, output: Output) -> None:
        """Show the line."""
        if output == self._output:
            return
        self._output = output
        self._icon.present(output.icon, "ink-2")
        set_text(self._name, output.name)
        self._state_icon.present(output.state_icon, output.tone)
        set_text(self._text, output.text)
        self._text.set_colour(output.tone)
        self._button.setText(output.act_text)
        show_if(self._button, bool(output.act))
        self.setAccessibleName(f"{output.name}：{output.text}")

    def name_width(self) -> int:
        """Pixels that its name needs."""
        return self._name.sizeHint().width()

    def align(self, width: int) -> None:
        """Give the name so much room: all lines have their states below each other."""
        self._name.setFixedWidth(max(current().px(96), width))


class RatingLine(QFrame):
    """Asked to rate, with the seconds that are left; never a grade."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self._until: datetime | None = None
        self.setObjectName("rating")
        self.setStyleSheet(
            f"#rating {{ border: 1px solid {theme.hex('line')}; border-radius: {theme.radius('control')}px; }}"
        )
        self.setFixedHeight(theme.px(52))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        head = label(say("rating.asked"))
        head.setStyleSheet("font-weight: 500;")
        words.addWidget(head)
        self._hint = label(say("rating.hint"), "meta")
        words.addWidget(self._hint)
        words.addStretch(1)
        self._left = label("", "label")
        self.setLayout(row(Icon("star", "accent", 20), words, None, self._left, gap=12, margins=(13, 0, 12, 0)))

    def present(self, until: datetime | None, now: datetime, hint: str) -> None:
        """Show how long the applicant may still rate, and where."""
        self._until = until
        set_text(self._hint, hint)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Count down."""
        if self._until is None:
            set_text(self._left, "")
            return
        left = int((self._until - now).total_seconds())
        set_text(self._left, say("rating.left", n=left) if left > 0 else say("rating.over"))


class ResultView(QWidget):
    """The body of step 6."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._shown: Result | None = None
        self._act = act
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        column.setSpacing(0)
        self.fault = FaultView(act)
        column.addWidget(self.fault)
        self._fault_gap = QWidget()
        self._fault_gap.setFixedHeight(theme.px(11))
        column.addWidget(self._fault_gap)
        column.addLayout(self._numbers())
        column.addSpacing(theme.px(9))
        column.addWidget(Hairline())
        self._outputs = QVBoxLayout()
        self._outputs.setSpacing(0)
        self._rows: list[OutputRow] = []
        column.addLayout(self._outputs)
        column.addSpacing(theme.px(8))
        self._say = QFrame()
        self._say.setProperty("kind", "say")
        say_column = QVBoxLayout(self._say)
        say_column.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        say_column.setSpacing(theme.px(3))
        say_column.addWidget(label(say("result.say"), "section"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(4))
        say_column.addLayout(self._lines)
        column.addWidget(self._say)
        column.addSpacing(theme.px(10))
        self.rating = RatingLine()
        column.addWidget(self.rating)
        column.addStretch(1)

    def _numbers(self) -> QHBoxLayout:
        theme = current()
        self._area, self._middle, self._check = label(), label(), label()
        small = f"font-size: {theme.px(16)}px; font-weight: 500; color: {theme.hex('ink-2')};"
        self._area.setStyleSheet(small)
        self._check.setStyleSheet(small)
        self._middle.setStyleSheet(f"font-size: {theme.px(34)}px; font-weight: 700;")
        for part in (self._area, self._middle, self._check):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        base = Qt.AlignmentFlag.AlignBottom
        self._copy = copy = KeyButton(say("result.copy"), "Ctrl+C", kind="ghost")
        copy.clicked.connect(lambda: self._act("copy_case_no"))
        number = QHBoxLayout()
        number.setSpacing(theme.px(6))
        for part, lift in ((self._area, 7), (self._middle, 0), (self._check, 7)):
            part.setContentsMargins(0, 0, 0, theme.px(lift))
            number.addWidget(part, 0, base)
        number.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        number.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        self._note = label("", "meta", "warn")
        left.addLayout(row(label(say("result.case_no"), "label"), self._note, None))
        left.addLayout(number)
        self._promised_label, self._promised = label("", "label"), label("", "title")
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        right.addWidget(self._promised_label)
        right.addWidget(self._promised)
        right.addStretch(1)
        self._both = QHBoxLayout()
        self._both.addLayout(left, 1)
        self._both.addLayout(right)
        return self._both

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow sheet, or with large text, the promise stands below the number."""
        super().resizeEvent(event)
        parts = (self._area, self._middle, self._check, self._copy, self._promised)
        needs = sum(part.sizeHint().width() for part in parts) + current().px(6 * 4)
        beside = QBoxLayout.Direction.LeftToRight
        self._both.setDirection(beside if needs <= self.width() else QBoxLayout.Direction.TopToBottom)

    def present(self, shown: Result, now: datetime) -> None:
        """Show the result; only what changed is touched."""
        before, self._shown = self._shown, shown
        if before is None or before.fault != shown.fault:
            show_if(self.fault, shown.fault is not None)
            show_if(self._fault_gap, shown.fault is not None)
            if shown.fault is not None:
                self.fault.present(shown.fault)
        set_text(self._area, shown.case_no[0])
        set_text(self._middle, shown.case_no[1])
        set_text(self._check, shown.case_no[2])
        self._middle.setAccessibleName(" ".join(part for part in shown.case_no if part))
        set_text(self._note, shown.case_note)
        set_text(self._promised_label, shown.promised_label)
        set_text(self._promised, shown.promised)
        self._fill_outputs(shown.outputs)
        show_if(self._say, bool(shown.say) and shown.fault is None)
        if before is None or before.say != shown.say:
            self._fill_say(shown.say)
        show_if(self.rating, shown.rating_shown)
        self.rating.present(shown.rating_until, now, shown.rating_hint)

    def _fill_outputs(self, outputs: tuple[Output, ...]) -> None:
        if len(outputs) != len(self._rows) or any(
            output.act and output.key != view.key for view, output in zip(self._rows, outputs, strict=True)
        ):
            empty(self._outputs)
            self._rows = []
            for place, output in enumerate(outputs):
                if place:
                    self._outputs.addWidget(Hairline())
                self._rows.append(OutputRow(self._act, output.key if place else "F12"))  # the receipt stands first
                self._outputs.addWidget(self._rows[-1])
        for view, output in zip(self._rows, outputs, strict=True):
            view.present(output)
        widest = max((view.name_width() for view in self._rows), default=0)
        for view in self._rows:
            view.align(widest)

    def _fill_say(self, lines: tuple[str, ...]) -> None:
        theme = current()
        empty(self._lines)
        for number, text in enumerate(lines, start=1):
            count = QLabel(str(number))
            count.setProperty("role", "field")
            count.setFixedWidth(theme.px(22))
            line = row(count, gap=0)
            line.addWidget(label(text, "field", wrap=True), 1)
            self._lines.addLayout(line)
