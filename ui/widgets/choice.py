"""Choosing one of a few: joined buttons, and pills that flow."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import LEFT, cap_width, draw_box, draw_cap, draw_text, text_width


class _Segment(QPushButton):
    """One of the joined buttons; paints itself, for the group shares one outline."""

    def __init__(self, text: str, icon: str, key: str, edges: tuple[bool, bool]) -> None:
        super().__init__()
        self._label, self._icon, self._key, self._edges = text, icon, key, edges
        self.setCheckable(True)
        self.setAccessibleName(f"{text} {key}".strip())

    def sizeHint(self) -> QSize:
        theme = current()
        width = theme.px(24) + text_width(theme.font("body", weight=700), self._label)
        width += theme.px(16 + 7) if self._icon else 0
        width += cap_width(self._key, theme) + theme.px(8) if self._key else 0
        return QSize(round(width), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._edges
        radius = theme.radius("control")
        box = QRectF(self.rect()).adjusted(0 if first else -radius - 1, 0, 0 if last else radius + 1, 0)
        fill = "accent-soft" if self.isChecked() else "hover" if self.underMouse() else "panel"
        draw_box(painter, box, fill, "line-strong", radius)
        if not first:
            painter.setPen(theme.colour("line-strong"))
            painter.drawLine(0, 0, 0, self.height())
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()), "", "ink", radius, 2)
        ink = "accent" if self.isChecked() else "ink-2"
        font = theme.font("body", weight=700 if self.isChecked() else 400)
        content = text_width(font, self._label) + (theme.px(23) if self._icon else 0)
        content += cap_width(self._key, theme) + theme.px(8) if self._key else 0
        left = (self.width() - content) / 2
        middle = self.height() / 2
        if self._icon:
            side = theme.px(16)
            paint_icon(painter, self._icon, ink, QRectF(round(left), round(middle - side / 2), side, side))
            left += theme.px(23)
        left += draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._label, font, ink, LEFT)
        if self._key:
            draw_cap(painter, left + theme.px(8), middle, self._key)
        painter.end()


class Segmented(QWidget):
    """Two or three joined buttons, one of them chosen.

    Args:
        options: (value, text, icon or empty, key cap or empty).
        on_choose: Told the value that was pressed.
    """

    def __init__(
        self,
        options: Sequence[tuple[str, str, str, str]],
        on_choose: Callable[[str], object],
        name: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        for at, (value, text, icon, key) in enumerate(options):
            button = _Segment(text, icon, key, (at == 0, at == len(options) - 1))
            button.clicked.connect(lambda _checked=False, chosen=value: on_choose(chosen))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, value: str) -> None:
        """Show which one is chosen."""
        if value in self._buttons:
            self._buttons[value].setChecked(True)


class ChoiceChip(QPushButton):
    """A pill, 34 px high; chosen it has a tick, a 2 px outline and bold type."""

    def __init__(self, text: str, chosen: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = text
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.updateGeometry())

    def text(self) -> str:
        """What the chip says."""
        return self._label

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._label:
            self._label = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        width = text_width(theme.font("body", weight=700 if self.isChecked() else 500), self._label) + theme.px(26)
        return QSize(round(width + (theme.px(21) if self.isChecked() else 0)), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        chosen = self.isChecked()
        ink = "ink-3" if not self.isEnabled() else "accent" if chosen else "ink"
        font = theme.font("body", weight=700 if chosen else 500)
        side = theme.px(15)
        room = text_width(font, self._label) + (theme.px(21) if chosen else 0)
        left = (self.width() - room) / 2
        if chosen:
            paint_icon(painter, "check", ink, QRectF(round(left), round((self.height() - side) / 2), side, side))
            left += theme.px(21)
        draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._label, font, ink)
        painter.end()


class FlowLayout(QLayout):
    """Puts its widgets side by side and goes on in the next line when the width is used up."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = current().px(gap)
        self.setContentsMargins(0, 0, 0, 0)

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
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        x, y, tallest = area.x(), area.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            hint.setWidth(min(hint.width(), max(area.width(), item.minimumSize().width())))
            if x > area.x() and x + hint.width() > area.right() + 1:
                x, y, tallest = area.x(), y + tallest + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            tallest = max(tallest, hint.height())
        return y + tallest - rect.y() + margins.bottom()
