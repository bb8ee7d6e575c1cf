"""Step 4: the checklist, the current row's actions, and the pages that belong nowhere yet."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.reception.materials.model import MaterialRow, Materials, RowAction, Unsorted
from ui.reception.pieces import Act, Icon, empty, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.checklist import ChecklistFace, ChecklistRow
from ui.widgets.label import ElidedLabel, label
from ui.widgets.thumbnail import SMALL, Thumbnail
from window_client.reception.actions import Pictures

LETTERS = {Qt.Key.Key_E: "use_ecert", Qt.Key.Key_D: "defer", Qt.Key.Key_N: "not_needed"}


class Strip(QWidget):
    """The actions of the current row; a refusal stands beside in words."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._shown: tuple[tuple[RowAction, ...], str] | None = None
        self.buttons: dict[str, KeyButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(current().px(6))
        self._refusal = ElidedLabel("", "meta", "ink-2")

    def present(self, actions: tuple[RowAction, ...], refusal: str) -> None:
        """Show the actions; buttons are made again only when they mean something else."""
        if self._shown == (actions, refusal):
            return
        shape = [(one.act, one.icon, one.key) for one in actions]
        before = [(one.act, one.icon, one.key) for one in self._shown[0]] if self._shown else None
        self._shown = (actions, refusal)
        if shape != before:
            self._refusal.setParent(None)
            empty(self._line)
            self.buttons = {}
            for one in actions:
                button = KeyButton(one.text, one.key, one.icon or None, small=True)
                button.clicked.connect(lambda _on=False, name=one.act: self._act(name))
                self.buttons[one.act] = button
                self._line.addWidget(button)
            self._line.addSpacing(current().px(4))
            self._line.addWidget(self._refusal, 1)
        for one in actions:
            button = self.buttons[one.act]
            button.setText(one.text)
            button.setToolTip(one.refusal)
            button.setEnabled(one.enabled)
        set_text(self._refusal, refusal)
        self._refusal.show()


class UnsortedLine(QFrame):
    """未归类: pages without a row, and where they can go."""

    def __init__(self, move_page: Callable[[str, str], object], pictures: Pictures) -> None:
        super().__init__()
        theme = current()
        self._move, self._pictures = move_page, pictures
        self._shown: Unsorted | None = None
        self.setObjectName("unsorted")
        self.setStyleSheet(
            f"#unsorted {{ background: {theme.hex('warn-soft')}; border: 1px solid {theme.hex('warn-line')};"
            f" border-radius: {theme.radius('control')}px; }}"
        )
        self.setFixedHeight(theme.px(54))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        line.setSpacing(theme.px(9))
        line.addWidget(Icon("docs", "warn", 18))
        line.addWidget(label(say("row.unsorted"), "strong"))
        self._text = ElidedLabel("", "label", "ink-2")
        line.addWidget(self._text, 1)
        self._thumbs = QHBoxLayout()
        self._thumbs.setSpacing(theme.px(4))
        line.addLayout(self._thumbs)
        self.button = KeyButton("", small=True)
        self.button.clicked.connect(self._pressed)
        line.addWidget(self.button)

    def present(self, shown: Unsorted) -> None:
        """Show the pages."""
        set_text(self._text, shown.text)
        self.button.setText(shown.move_text)
        show_if(self.button, bool(shown.move_to))
        self._shown = shown
        empty(self._thumbs)
        for thumb in shown.thumbs[:4]:
            picture = Thumbnail(lambda: None, SMALL)
            picture.present(self._pictures.thumbnail(thumb.digest), say("row.unsorted"))
            picture.setEnabled(False)
            self._thumbs.addWidget(picture)

    def _pressed(self) -> None:
        if self._shown is not None and self._shown.move_to:
            self._move(self._shown.first, self._shown.move_to)


class MaterialsView(QWidget):
    """The body of step 4."""

    def __init__(
        self,
        act: Act,
        choose_row: Callable[[str], object],
        select_page: Callable[[int], object],
        move_page: Callable[[str, str], object],
        pictures: Pictures,
    ) -> None:
        super().__init__()
        theme = current()
        self._act, self._choose_row, self._select_page, self._pictures = act, choose_row, select_page, pictures
        self._shown: Materials | None = None
        self.rows: list[ChecklistRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        column.setSpacing(theme.px(10))
        self._frame = QFrame()
        self._frame.setObjectName("checklist")
        self._frame.setStyleSheet(
            f"#checklist {{ border: 1px solid {theme.hex('line')}; border-radius: {theme.radius('control')}px; }}"
        )
        self._list = QVBoxLayout(self._frame)
        self._list.setContentsMargins(1, 1, 1, 1)
        self._list.setSpacing(0)
        column.addWidget(self._frame)
        self.unsorted = UnsortedLine(move_page, pictures)
        column.addWidget(self.unsorted)
        column.addStretch(1)
        self.strip = Strip(self._strip_act)

    def present(self, shown: Materials) -> None:
        """Show the checklist; rows are kept and only those that differ are painted again."""
        self._shown = shown
        self._fit(len(shown.rows))
        self.strip.present(shown.actions, shown.refusal)
        for place, (view, one) in enumerate(zip(self.rows, shown.rows, strict=True)):
            face = self._face(one, last=place + 1 == len(shown.rows))
            if view.property("face") != face or one.current:
                view.setProperty("face", face)
                view.present(face, self.strip if one.current else None)
        show_if(self.unsorted, shown.unsorted is not None)
        if shown.unsorted is not None:
            self.unsorted.present(shown.unsorted)

    def _face(self, one: MaterialRow, *, last: bool) -> ChecklistFace:
        selected = next((at for at, thumb in enumerate(one.thumbs) if thumb.selected), -1)
        return ChecklistFace(
            number=one.number,
            name=one.name,
            note=one.below,
            pages=tuple(self._pictures.thumbnail(thumb.digest) for thumb in one.thumbs),
            icon=one.icon,
            state=one.state_text,
            state_note=one.state_below,
            tone=one.tone,
            current=one.current,
            selected_page=selected,
            off=one.state == "not_needed",
            last=last,
        )

    def _fit(self, count: int) -> None:
        while len(self.rows) > count:
            gone = self.rows.pop()
            if self.strip.parent() is gone:
                self.strip.setParent(None)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < count:
            place = len(self.rows)
            made = ChecklistRow(partial(self._choose, place), partial(self._page, place))
            made.installEventFilter(self)
            self.rows.append(made)
            self._list.addWidget(made)

    def _choose(self, place: int) -> None:
        if self._shown is not None and not self._shown.rows[place].current:
            self._choose_row(self._shown.rows[place].material_id)

    def _page(self, place: int, page: int) -> None:
        if self._shown is not None and self._shown.rows[place].current:
            self._select_page(page)

    def _strip_act(self, name: str) -> None:
        current_row = self.current()
        if current_row is not None and name in LETTERS.values():
            self._act(f"{name}:{current_row.material_id}")
        else:
            self._act(name)

    def current(self) -> MaterialRow | None:
        """The row that pages go to."""
        return next((one for one in self._shown.rows if one.current), None) if self._shown else None

    def focus_start(self) -> bool:
        """Focus the current row, else the first."""
        if self._shown is None or not self.rows:
            return False
        place = next((at for at, one in enumerate(self._shown.rows) if one.current), 0)
        self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_target(self, material_id: str) -> None:
        """Go to a row."""
        if self._shown is None:
            return
        for place, one in enumerate(self._shown.rows):
            if one.material_id == material_id:
                self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key = Qt.Key(event.key())
        at = next((place for place, view in enumerate(self.rows) if view is watched), 0)
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        number = int(event.text()) if event.text().isdigit() else 0
        if by or number:
            at = number - 1 if number else at + by
            if 0 <= at < len(self.rows):
                self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)
                self._choose(at)
            return True
        if key in LETTERS:
            button = self.strip.buttons.get(LETTERS[key])
            if button is not None and button.isEnabled():
                self._strip_act(LETTERS[key])
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._act("delete_page")
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(at)
            return True
        return False
