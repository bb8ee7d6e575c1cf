"""A grid of six equal columns: a field takes one to six of them, whatever its editor would like to have."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.reception.form.model import COLUMNS
from ui.theme import current

GAP_X, GAP_Y = 12, 10


class SixColumns(QLayout):
    """Put widgets in with ``place``; hidden ones take no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._places: dict[QWidget, tuple[int, int, int]] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def place(self, widget: QWidget, row: int, column: int, span: int) -> None:
        """Put a widget into a row, or move it."""
        if widget not in self._places:
            self.addWidget(widget)
        self._places[widget] = (row, column, span)
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks beyond the end
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return QSize(current().px(COLUMNS * 60), self.heightForWidth(current().px(690)))

    def minimumSize(self) -> QSize:
        return QSize(current().px(COLUMNS * 30), 0)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        theme = current()
        gap_x, gap_y = theme.px(GAP_X), theme.px(GAP_Y)
        cell = (rect.width() - gap_x * (COLUMNS - 1)) / COLUMNS
        rows: dict[int, list[tuple[QLayoutItem, int, int, int]]] = {}
        for item in self._items:
            widget = item.widget()
            if widget is None or widget.isHidden() or widget not in self._places:
                continue
            row, column, span = self._places[widget]
            left = rect.x() + round(column * (cell + gap_x))
            width = rect.x() + round((column + span) * (cell + gap_x)) - gap_x - left
            height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            rows.setdefault(row, []).append((item, left, width, height))
        top = rect.y()
        for row in sorted(rows):
            tall = max(height for _, _, _, height in rows[row])
            if move:
                for item, left, width, _ in rows[row]:
                    item.setGeometry(QRect(left, top, width, tall))
            top += tall + gap_y
        return max(0, top - gap_y - rect.y())
