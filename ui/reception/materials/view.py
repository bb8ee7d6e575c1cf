"""Step 4: the checklist with its keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.reception.materials.model import MaterialRow, Materials
from ui.reception.materials.parts import Strip, UnsortedLine
from ui.reception.pieces import Act, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.checklist import ChecklistFace, ChecklistRow
from ui.widgets.page_drag import PageDrag
from window_client.reception.actions import Pictures

LETTERS = {
    Qt.Key.Key_E: "use_ecert",
    Qt.Key.Key_D: "defer",
    Qt.Key.Key_N: "not_needed",
    Qt.Key.Key_T: "two_sides",
}
OF_ROW = frozenset({"use_ecert", "defer", "not_needed"})
"""Acts that name their row."""

OF_PAGE = {
    Qt.Key.Key_R: "turn_page",
    Qt.Key.Key_C: "crop_page",
    Qt.Key.Key_P: "retake_page",
    Qt.Key.Key_Delete: "delete_page",
    Qt.Key.Key_Backspace: "delete_page",
}
"""Keys for the selected page of the current row."""


class MaterialsView(QWidget):
    """The body of step 4."""

    def __init__(
        self,
        act: Act,
        choose_row: Callable[[str], object],
        select_page: Callable[[int], object],
        move_page: Callable[..., object],
        pictures: Pictures,
    ) -> None:
        super().__init__()
        self._move_page = move_page
        self._moving = False
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
        self._present_strip()
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
            flawed=tuple(thumb.flawed for thumb in one.thumbs),
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
            made = ChecklistRow(
                partial(self._choose, place),
                partial(self._page, place),
                lambda: self._act("zoom_page"),
                partial(self._dropped, place),
            )
            PageDrag(made, partial(self._taken, place))
            made.installEventFilter(self)
            self.rows.append(made)
            self._list.addWidget(made)

    def _choose(self, place: int) -> None:
        if self._shown is not None and not self._shown.rows[place].current:
            self._choose_row(self._shown.rows[place].material_id)

    def _page(self, place: int, page: int) -> None:
        if self._shown is not None and self._shown.rows[place].current:
            self._select_page(page)

    def _taken(self, place: int, at: QPoint) -> tuple[str, QPixmap] | None:
        """The page that a drag takes out of a row."""
        page = self.rows[place].page_at(at)
        thumbs = self._shown.rows[place].thumbs if self._shown is not None else ()
        return (thumbs[page].key, self.rows[place].page_picture(page)) if 0 <= page < len(thumbs) else None

    def _dropped(self, place: int, key: str) -> None:
        if self._shown is not None:
            self._move_page(key, self._shown.rows[place].material_id)

    def _present_strip(self) -> None:
        if self._shown is not None:
            self.strip.present(self._shown.actions, say("row.move_hint") if self._moving else self._shown.refusal)

    def _strip_act(self, name: str) -> None:
        current_row = self.current()
        if current_row is not None and name in OF_ROW:
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
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._moving and event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc ends the moving, and nothing else
                return True
            if event.type() == QEvent.Type.KeyPress and self._key(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _sideways(self, key: Qt.Key, *, control: bool) -> bool:
        """← and →: the page before or after; with Ctrl the page itself moves."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        one = self.current()
        if not by or one is None:
            return False
        if control:
            self._act(f"shift_page:{by}")
        elif one.thumbs:
            at = next((at for at, thumb in enumerate(one.thumbs) if thumb.selected), -1 if by > 0 else len(one.thumbs))
            self._select_page(min(max(at + by, 0), len(one.thumbs) - 1))
        return True

    def _move_by_number(self, event: QKeyEvent) -> bool:
        """M, then the number of a row: the selected page goes there; 0: to the unsorted ones."""
        text, one = event.text(), self.current()
        self._moving = False
        self._present_strip()
        if not text.isdigit() or one is None or self._shown is None:
            return Qt.Key(event.key()) == Qt.Key.Key_Escape
        number = int(text)
        target = "" if number == 0 else next((r.material_id for r in self._shown.rows if r.number == number), None)
        page = next((thumb.key for thumb in one.thumbs if thumb.selected), "")
        if page and target is not None:
            self._move_page(page, target)
        return True

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._sideways(key, control=True)
        if self._moving and key != Qt.Key.Key_M:
            return self._move_by_number(event)
        if self._sideways(key, control=False):
            return True
        at = next((place for place, view in enumerate(self.rows) if view is watched), 0)
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        number = int(event.text()) if event.text().isdigit() else 0
        if by or number:
            at = number - 1 if number else at + by
            if 0 <= at < len(self.rows):
                self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)
                self._choose(at)
            return True
        return self._letter(key, at)

    def _letter(self, key: Qt.Key, at: int) -> bool:
        if key == Qt.Key.Key_M:
            one = self.current()
            self._moving = one is not None and any(thumb.selected for thumb in one.thumbs)
            self._present_strip()
        elif key in LETTERS:
            button = self.strip.buttons.get(LETTERS[key])
            if button is not None and button.isEnabled():
                self._strip_act(LETTERS[key])
        elif key == Qt.Key.Key_L:
            self._act("turn_lens")
        elif key in OF_PAGE:
            self._act(OF_PAGE[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(at)
        else:
            return False
        return True
