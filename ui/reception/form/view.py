"""Step 3: the grid of six columns. Every field is told to the desk when it is left."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from ui.reception.form.model import Cell, SectionGrid
from ui.reception.form.six_columns import SixColumns
from ui.reception.masked_field import MaskedField
from ui.reception.pieces import set_text, show_if
from ui.theme import current
from ui.widgets.choice import ChoiceChip, FlowLayout
from ui.widgets.field import FieldBox, FieldFace
from ui.widgets.label import label

OnField = Callable[[str, str], object]
AT_ONCE = 4
"""Editors made in one go: the rest follows in the next turns of the event loop, so that no turn is long."""


class MultiField(QWidget):
    """Several of a few, as pills."""

    def __init__(self, cell: Cell, on_leave: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        self._label = label(cell.label + (" *" if cell.required else ""), "label")
        self._problem = label("", "problem", wrap=True)
        column.addWidget(self._label)
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        self.chips: dict[str, ChoiceChip] = {}
        for value, text in cell.choices:
            chip = ChoiceChip(text)
            chip.setAccessibleName(f"{cell.label} {text}")
            chip.clicked.connect(lambda: on_leave("|".join(v for v, c in self.chips.items() if c.isChecked())))
            self.chips[value] = chip
            flow.addWidget(chip)
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        column.addWidget(holder)
        column.addWidget(self._problem)
        column.addStretch(1)

    def show_cell(self, cell: Cell) -> None:
        """Mark the chosen ones."""
        chosen = cell.text.split("|")
        for value, chip in self.chips.items():
            chip.setChecked(value in chosen)
            chip.setEnabled(not cell.read_only)
        set_text(self._problem, cell.problem)
        show_if(self._problem, bool(cell.problem))

    def focus(self) -> None:
        """Focus the first pill."""
        next(iter(self.chips.values())).setFocus(Qt.FocusReason.TabFocusReason)


class CellView(QWidget):
    """One field with its line of help."""

    def __init__(self, cell: Cell, on_leave: Callable[[str], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(2))
        self._cell: Cell | None = None
        self.field: FieldBox | MultiField
        self._choice = cell.kind == "choice" and not cell.read_only
        if cell.kind == "multi":
            self.field = MultiField(cell, on_leave)
        elif self._choice:
            self.field = FieldBox("choice", on_leave)
        elif cell.kind == "long":
            self.field = FieldBox("long_text", on_leave)
        else:
            self.field = MaskedField(on_leave)
        column.addWidget(self.field)
        self._help = label("", "meta", wrap=True)
        column.addWidget(self._help)
        column.addStretch(1)
        if isinstance(self.field, FieldBox):
            editor = self.field.editor
            if isinstance(editor, QComboBox):
                editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                editor.setMinimumContentsLength(1)
            elif not isinstance(editor, QPlainTextEdit) and cell.max_length:
                editor.setMaxLength(cell.max_length)

    @staticmethod
    def suits(cell: Cell) -> tuple[str, bool]:
        """What decides which editor is made; another one asks for a new view."""
        return cell.kind, cell.read_only and cell.kind == "choice"

    def present(self, cell: Cell) -> None:
        """Show the field; nothing happens for the same cell, so a half-typed text stays."""
        if cell == self._cell:
            return
        self._cell = cell
        set_text(self._help, "" if cell.problem else cell.help)
        show_if(self._help, bool(cell.help) and not cell.problem)
        if isinstance(self.field, MultiField):
            self.field.show_cell(cell)
            return
        face = FieldFace(
            label=cell.label,
            text=cell.text if self._choice or cell.kind == "long" else cell.shown,
            origin=cell.origin,
            required=cell.required,
            read_only=cell.read_only,
            problem=cell.problem if cell.problem_blocks else "",
            remark="" if cell.problem_blocks else cell.problem,
            placeholder=cell.placeholder,
            options=cell.choices if self._choice else (),
        )
        if isinstance(self.field, MaskedField):
            self.field.show_value(face, cell.masked)
        else:
            self.field.present(face)


class FormStepView(QWidget):
    """The body of step 3. Fields are made once a form and kept while they are hidden by a condition."""

    def __init__(self, on_field: OnField) -> None:
        super().__init__()
        theme = current()
        self._on_field = on_field
        self._form_id = ""
        self._shown: tuple[SectionGrid, ...] = ()
        self._placed: tuple[object, ...] = ()
        self._queue: list[tuple[SectionGrid, Cell]] = []
        self._wanted = ""
        self.cells: dict[str, CellView] = {}
        self._kinds: dict[str, tuple[str, bool]] = {}
        self._grids: dict[str, tuple[QWidget, SixColumns]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.px(12))
        self._column.setSpacing(theme.px(12))
        self._column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._make_some)

    def present(self, form_id: str, shown: tuple[SectionGrid, ...]) -> None:
        """Show the form; a field that is being typed in is left alone unless its stored value changes."""
        if form_id != self._form_id:
            self._forget()
            self._form_id = form_id
        if shown == self._shown:
            return
        self._shown = shown
        placed = tuple((s.id, c.id, c.row, c.column, c.span, CellView.suits(c)) for s in shown for c in s.cells)
        if placed != self._placed:
            self._placed = placed
            self._place()
        for section in shown:
            for cell in section.cells:
                view = self.cells.get(cell.id)
                if view is not None and view.isHidden() is False:
                    view.present(cell)

    def _place(self) -> None:
        wanted = {cell.id for section in self._shown for cell in section.cells}
        for name, view in self.cells.items():
            if name not in wanted:
                view.hide()
        for section in self._shown:
            if section.id not in self._grids:
                self._make_section(section)
        shown_sections = {section.id for section in self._shown}
        for name, (holder, _) in self._grids.items():
            show_if(holder, name in shown_sections)
        self._queue = [(section, cell) for section in self._shown for cell in section.cells]
        self._make_some()

    def _make_section(self, section: SectionGrid) -> None:
        theme = current()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(label(section.title, "section"))
        cells = QWidget()
        grid = SixColumns(cells)
        policy = cells.sizePolicy()
        policy.setHeightForWidth(True)
        cells.setSizePolicy(policy)
        column.addWidget(cells)
        self._grids[section.id] = (holder, grid)
        self._column.insertWidget(self._column.count() - 1, holder)

    def _make_some(self) -> None:
        made = 0
        while self._queue and made < AT_ONCE:
            section, cell = self._queue.pop(0)
            view = self.cells.get(cell.id)
            kind = CellView.suits(cell)
            if view is not None and self._kinds[cell.id] != kind:
                view.hide()
                view.deleteLater()
                view = None
            if view is None:
                view = CellView(cell, partial(self._on_field, cell.id))
                view.setObjectName(f"field-{cell.id}")
                self.cells[cell.id] = view
                self._kinds[cell.id] = kind
                made += 1
            _, grid = self._grids[section.id]
            grid.place(view, cell.row, cell.column, cell.span)
            view.present(self._now(cell.id) or cell)
            view.show()
        if self._queue:
            self._timer.start()
            return
        self._order_tabs()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.focus_field(wanted)

    def make_more(self) -> bool:
        """Make a few more editors now; False when all are there."""
        if self._queue:
            self._make_some()
        return bool(self._queue)

    def _now(self, name: str) -> Cell | None:
        return next((cell for section in self._shown for cell in section.cells if cell.id == name), None)

    def _order_tabs(self) -> None:
        views = [self.cells[cell.id] for section in self._shown for cell in section.cells]
        for before, after in pairwise(views):
            first, second = _last_focus(before), _first_focus(after)
            if first is not None and second is not None:
                QWidget.setTabOrder(first, second)

    def _forget(self) -> None:
        self._timer.stop()
        self._queue = []
        for holder, _ in self._grids.values():
            holder.hide()
            holder.deleteLater()
        self.cells, self._grids, self._kinds = {}, {}, {}
        self._shown, self._placed = (), ()

    def focus_field(self, name: str) -> None:
        """Focus a field by id, as soon as it is there."""
        view = self.cells.get(name)
        if view is not None and self._now(name) is not None and not self._queue:
            view.field.focus()
        else:
            self._wanted = name

    def focus_start(self) -> bool:
        """Focus the first empty required field, else the first that can be changed."""
        cells = [cell for section in self._shown for cell in section.cells]
        first = next((cell for cell in cells if cell.required and not cell.text and not cell.read_only), None)
        first = first or next((cell for cell in cells if not cell.read_only), None)
        if first is not None:
            self.focus_field(first.id)
        return first is not None


def _first_focus(view: CellView) -> QWidget | None:
    if isinstance(view.field, MultiField):
        return next(iter(view.field.chips.values()), None)
    return view.field.editor


def _last_focus(view: CellView) -> QWidget | None:
    if isinstance(view.field, MultiField):
        return list(view.field.chips.values())[-1] if view.field.chips else None
    return view.field.editor
