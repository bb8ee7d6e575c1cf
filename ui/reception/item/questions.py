"""The situation questions: pills to press; a number goes to its question, ← → and Space pick the answer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.reception.item.model import QuestionRow, choose
from ui.reception.pieces import empty, row, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.choice import ChoiceChip, FlowLayout
from ui.widgets.label import label, set_tone

OnAnswer = Callable[[str, Sequence[str]], object]


class QuestionView(QWidget):
    """One question. The chips are made once; ``present`` only marks them."""

    def __init__(self, question: QuestionRow, on_answer: OnAnswer, on_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        theme = current()
        self._on_key = on_key
        self._question = question
        self._on_answer = on_answer
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        number = label(str(question.number))
        number.setFixedWidth(theme.px(22))
        self._text = label(question.text)
        several = label(say("item.more"), "meta")
        show_if(several, question.multi)
        line = row(number, self._text, several, None, gap=0)
        line.insertSpacing(2, theme.px(8))
        column.addLayout(line)
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        self.chips: list[ChoiceChip] = []
        for value, text, chosen in question.options:
            chip = ChoiceChip(text, chosen)
            chip.setAccessibleName(f"{question.text} {text}")
            chip.clicked.connect(lambda _on=False, picked=value: self._pick(picked))
            chip.installEventFilter(self)  # a button would take the arrow keys for itself
            self.chips.append(chip)
            flow.addWidget(chip)
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        column.addWidget(holder)

    @property
    def question(self) -> QuestionRow:
        """What is shown."""
        return self._question

    def present(self, question: QuestionRow) -> None:
        """Mark the chosen answers."""
        self._question = question
        set_tone(self._text, "bad" if question.missing else "")
        for chip, (_, _, chosen) in zip(self.chips, question.options, strict=True):
            if chip.isChecked() != chosen:
                chip.setChecked(chosen)

    def take_focus(self) -> None:
        """Focus the chosen answer, or the first one."""
        chip = next((one for one in self.chips if one.isChecked()), self.chips[0])
        chip.setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, value: str) -> None:
        for chip, (_, _, chosen) in zip(self.chips, self._question.options, strict=True):
            chip.setChecked(chosen)  # the desk decides; its answer marks the chips
        self._on_answer(self._question.id, choose(self._question, value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
            at = next((place for place, chip in enumerate(self.chips) if chip is watched), -1)
            if by and at >= 0:
                self.chips[(at + by) % len(self.chips)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if self._on_key(event):
                return True
        return super().eventFilter(watched, event)


class Questions(QWidget):
    """All questions of an item."""

    def __init__(self, on_answer: OnAnswer) -> None:
        super().__init__()
        self._on_answer = on_answer
        self._shape: tuple[object, ...] = ()
        self.views: list[QuestionView] = []
        self._unfolded = False
        self._fold = KeyButton("", "", "chevd", "ghost", small=True)
        self._fold.setStyleSheet(f"min-height: {current().px(20)}px; max-height: {current().px(20)}px; padding: 0;")
        self._fold.clicked.connect(self._unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current().px(8))

    def present(self, item_id: str, questions: tuple[QuestionRow, ...]) -> None:
        """Show the questions; they are built again only for another item."""
        shape = (item_id, *(question.text for question in questions))
        if shape != self._shape:
            self._shape = shape
            self._unfolded = False
            self._fold.setParent(None)
            empty(self._column)
            self.views = [QuestionView(question, self._on_answer, self._key) for question in questions]
            for view in self.views:
                self._column.addWidget(view)
            self._column.addLayout(row(self._fold, None))
        self._fold_usual(questions)
        for view, question in zip(self.views, questions, strict=True):
            view.present(question)

    def _fold_usual(self, questions: tuple[QuestionRow, ...]) -> None:
        """Questions whose default stands share one line until somebody wants them."""
        self._unfolded = self._unfolded or not all(
            one.usual or one.number <= self._asked(questions) for one in questions
        )
        folded = [one for one in questions if one.usual and not self._unfolded]
        for view, one in zip(self.views, questions, strict=True):
            show_if(view, one not in folded)
        chosen = "、".join(text for one in folded for _, text, on in one.options if on)
        self._fold.setText(say("item.folded", n=len(folded), x=chosen))
        show_if(self._fold, bool(folded))

    @staticmethod
    def _asked(questions: tuple[QuestionRow, ...]) -> int:
        """How many questions come before the first that has a default."""
        return next((one.number - 1 for one in questions if one.usual), len(questions))

    def _unfold(self) -> None:
        self._unfolded = True
        for view in self.views:
            view.show()
        self._fold.hide()

    def focus_question(self, question_id: str) -> bool:
        """Focus a question by id; False when there is none of that id."""
        view = next((one for one in self.views if one.question.id == question_id), None)
        if view is not None:
            if view.isHidden():
                self._unfold()
            view.take_focus()
        return view is not None

    def focus_first_open(self) -> None:
        """Focus the first question without an answer, or the first of all."""
        view = next((one for one in self.views if not any(on for _, _, on in one.question.options)), None)
        if view is not None:
            view.take_focus()
        elif self.views:
            self.views[0].take_focus()

    def _key(self, event: QKeyEvent) -> bool:
        """A number goes to its question, ↑ ↓ to the one before or after."""
        if event.text().isdigit() and 1 <= int(event.text()) <= len(self.views):
            if self.views[int(event.text()) - 1].isHidden():
                self._unfold()
            self.views[int(event.text()) - 1].take_focus()
            return True
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        at = next((place for place, view in enumerate(self.views) if any(c.hasFocus() for c in view.chips)), -1)
        if by and 0 <= at + by < len(self.views) and at >= 0:
            self.views[at + by].take_focus()
            return True
        return False
