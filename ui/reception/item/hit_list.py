"""The list of found items: painted rows with the matched stretch marked; the keys come from the search field."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.reception.item.model import HitRow
from ui.theme import current
from ui.widgets.paint import LEFT, RIGHT, draw_line, draw_text, text_width

ROW = 55
Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HitRow, ...] = ()

    def put(self, rows: tuple[HitRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name} {row.below} {row.right}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.below}"
        return row if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, HitRow):
            return
        theme = current()
        rect = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs of Qt 6.9 lack both
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("selected"))
            painter.fillRect(QRectF(rect.x(), rect.y(), 4, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        draw_line(painter, rect.left(), rect.right(), rect.bottom() - 1)
        left, right = rect.x() + theme.px(12), rect.right() - theme.px(12)
        top = QRectF(left, rect.y() + theme.px(9), right - left, theme.px(22))
        draw_text(painter, top, row.right, theme.font("label"), "ink-2", RIGHT)
        room = top.adjusted(0, 0, -text_width(theme.font("label"), row.right) - theme.px(8), 0)
        self._name(painter, room, row)
        below = QRectF(left, rect.y() + theme.px(30), right - left, theme.px(18))
        draw_text(painter, below, row.below, theme.font("meta"), "ink-2", LEFT, may_elide=True)

    @staticmethod
    def _name(painter: QPainter, room: QRectF, row: HitRow) -> None:
        theme = current()
        plain, bold = theme.font("field"), theme.font("field", weight=700)
        x, at = room.x(), 0
        for start, end in (*row.spans, (len(row.name), len(row.name))):
            for text, matched in ((row.name[at:start], False), (row.name[start:end], True)):
                if not text or x >= room.right():
                    continue
                box = QRectF(x, room.y(), room.right() - x, room.height())
                font, ink = (bold, "accent") if matched else (plain, "ink")
                drawn = draw_text(painter, box, text, font, ink, may_elide=True)
                if matched:
                    painter.setPen(QPen(theme.colour("accent"), 1))
                    y = room.center().y() + theme.px(9)
                    painter.drawLine(round(x), round(y), round(x + drawn) - 1, round(y))
                x += drawn
            at = end


class HitList(QListView):
    """The found items. ``on_take`` is told the item id when a row is pressed or taken with Enter."""

    def __init__(self, on_take: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows()
        self._on_take = on_take
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { border: 0; border-radius: 0; background: transparent; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.clicked.connect(lambda _index: self.take())

    @property
    def rows(self) -> tuple[HitRow, ...]:
        """What is listed."""
        return self._rows.rows

    def present(self, rows: tuple[HitRow, ...], chosen: str) -> None:
        """List ``rows``; the chosen item is marked, else the first one."""
        if rows != self._rows.rows:
            self._rows.put(rows)
        place = next((at for at, row in enumerate(rows) if row.item_id == chosen), 0)
        if rows:
            self.setCurrentIndex(self._rows.index(place))

    def step(self, by: int) -> None:
        """Mark the row ``by`` further down."""
        count = len(self._rows.rows)
        if count:
            at = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._rows.index(at))

    def marked(self) -> str:
        """The id of the marked item, or empty."""
        at = self.currentIndex().row()
        return self._rows.rows[at].item_id if 0 <= at < len(self._rows.rows) else ""

    def take(self) -> None:
        """Take the marked item."""
        if found := self.marked():
            self._on_take(found)
