"""The tabs of the right column."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui.icons import paint_icon
from ui.reception.viewer.model import Tab
from ui.theme import current
from ui.widgets.paint import draw_box, draw_line, draw_text, text_width


class TabButton(QAbstractButton):
    """One tab: icon and word; chosen it is bold with a 3 px line beneath."""

    accessible_role = QAccessible.Role.PageTab

    def __init__(self, tab: Tab, on_choose: Callable[[str], object]) -> None:
        super().__init__()
        self._tab = tab
        self._short = False
        self.setCheckable(True)
        self.setAccessibleName(tab.text)
        self.clicked.connect(lambda _checked=False: on_choose(self._tab.id))

    def present(self, tab: Tab) -> None:
        """Show a tab's words (a count may have changed)."""
        if tab != self._tab:
            self._tab = tab
            self.setAccessibleName(tab.text)
            self.updateGeometry()
            self.update()

    def set_short(self, short: bool) -> None:
        """Show only the icon; the words stand in the tooltip."""
        if short != self._short:
            self._short = short
            self.setToolTip(self._tab.text if short else "")
            self.updateGeometry()
            self.update()

    def whole_width(self) -> int:
        """Pixels that icon and words need."""
        theme = current()
        return round(theme.px(12 + 16 + 6 + 12) + text_width(theme.font("body", weight=700), self._tab.text))

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(theme.px(12 + 16 + 12) if self._short else self.whole_width(), theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(12 + 16 + 12), current().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, chosen = current(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "accent" if chosen else "ink-2"
        side, left, middle = theme.px(16), theme.px(12), self.height() / 2
        paint_icon(painter, self._tab.icon, ink, QRectF(left, round(middle - side / 2 - 1), side, side))
        left += side + theme.px(6)
        font = theme.font("body", weight=700 if chosen else 400)
        if not self._short:
            draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._tab.text, font, ink)
        if chosen:
            bar = theme.px(3)
            painter.fillRect(QRectF(0, self.height() - bar, self.width(), bar), theme.colour("accent"))
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()).adjusted(1, 2, -1, -4), "", "accent", theme.radius("chip"), 2)
        painter.end()


class TabStrip(QWidget):
    """The row of tabs, 44 px; the arrow keys move between them."""

    accessible_role = QAccessible.Role.PageTabList

    def __init__(self, on_choose: Callable[[str], object], name: str) -> None:
        super().__init__()
        self._on_choose = on_choose
        self._buttons: dict[str, TabButton] = {}
        self.setAccessibleName(name)
        self.setFixedHeight(current().px(44))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(current().px(12), 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)

    def present(self, tabs: Sequence[Tab], chosen: str) -> None:
        """Show these tabs; buttons of tabs that stay are kept, so focus is not lost."""
        wanted = [tab.id for tab in tabs]
        for gone in [tab_id for tab_id in self._buttons if tab_id not in wanted]:
            left = self._buttons.pop(gone)
            self._row.removeWidget(left)
            left.hide()
            left.deleteLater()
        for at, tab in enumerate(tabs):
            button = self._buttons.get(tab.id)
            if button is None:
                button = TabButton(tab, self._on_choose)
                self._buttons[tab.id] = button
                self._row.insertWidget(at, button)
            button.present(tab)
            button.setChecked(tab.id == chosen)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fit()

    def _fit(self) -> None:
        """In a narrow column the tabs that are not chosen keep only their icons."""
        whole = sum(button.whole_width() for button in self._buttons.values()) + current().px(12)
        for button in self._buttons.values():
            button.set_short(whole > self.width() and not button.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def button(self, tab_id: str) -> TabButton | None:
        """The button of a tab that is shown."""
        return self._buttons.get(tab_id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_line(painter, 0, self.width(), self.height() - 1)
        painter.end()
