"""The list of exercises on the idle page, in training."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.reception.idle.exercises import ExerciseRow
from ui.reception.pieces import Act, Hairline, Icon, empty, panel, row, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, label


class ExercisesView(QWidget):
    """Shows ``ExerciseRow``; the one that is done now is open, with its story and its goals."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self.buttons: list[KeyButton] = []
        frame, self._column = panel()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.hide()

    def present(self, rows: tuple[ExerciseRow, ...]) -> None:
        """Show the exercises, nothing at all where there are none."""
        focused = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), -1)
        empty(self._column)
        self.buttons = []
        show_if(self, bool(rows))
        if not rows:
            return
        theme = current()
        head = QWidget()
        head.setFixedHeight(theme.px(46))
        done = say("training.progress", n=sum(one.done for one in rows), m=len(rows))
        head.setLayout(
            row(label(say("training.head"), "step"), None, label(done, "meta"), gap=10, margins=(16, 0, 16, 0))
        )
        self._column.addWidget(head)
        for one in rows:
            self._column.addWidget(Hairline())
            self._column.addWidget(self._line(one))
            if one.current:
                self._column.addWidget(self._open(one))
        if 0 <= focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def _line(self, one: ExerciseRow) -> QWidget:
        theme = current()
        button = KeyButton(one.button, small=True)
        button.setAccessibleName(f"{one.button} {one.title}")
        button.clicked.connect(lambda: self._act(one.act))
        self.buttons.append(button)
        line = QWidget()
        line.setFixedHeight(theme.px(51))
        title = ElidedLabel(one.title, "body", "ink", bold=one.current or not one.done)
        icon = Icon("check", "ok") if one.done else Icon("flag", "accent" if one.current else "ink-3")
        parts = row(icon, title, label(one.progress, "label"), button, gap=14, margins=(17, 0, 16, 0))
        parts.setStretch(1, 1)
        line.setLayout(parts)
        return line

    def _open(self, one: ExerciseRow) -> QWidget:
        theme = current()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.px(49), 0, theme.px(16), theme.px(14))
        column.setSpacing(theme.px(6))
        column.addWidget(label(one.story, "", "ink-2", wrap=True))
        for words, reached in one.goals:
            mark = Icon("check", "ok") if reached else Icon("minus", "ink-3")
            column.addLayout(row(mark, label(words, "strong" if reached else "label"), None, gap=8))
        return box
