"""The flat buttons on dark ground: switches of the top bar and of the sign-in page."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import LEFT, cap_width, draw_box, draw_cap, draw_text, text_width


class BarButton(QPushButton):
    """A flat button on the dark bar."""

    def __init__(self, text: str, icon: str, key: str = "") -> None:
        super().__init__()
        self._label, self._icon, self._key = text, icon, key
        self._whole = (text, key)
        self.setAccessibleName(f"{text} {key}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click on a switch leaves the focus in the visit

    def set_room(self, *, words: bool, cap: bool) -> None:
        """Give way where the bar is narrow: no key cap, then the icon alone, with its words in the tooltip."""
        text, key = self._whole
        shown = (text if words else "", key if cap else "")
        if shown != (self._label, self._key):
            self._label, self._key = shown
            self.setToolTip("" if words else f"{text} {key}".strip())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        width = theme.px(16 + (24 if self._label else 17)) + text_width(theme.font("label"), self._label)
        width += cap_width(self._key, theme) + theme.px(8) if self._key else 0
        return QSize(round(width), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.underMouse():
            draw_box(painter, whole, "bar-2", "", theme.radius("control"))
        if self.hasFocus():
            draw_box(painter, whole, "", "bar-ink", theme.radius("control"), 2)
        side = theme.px(17)
        left = float(theme.px(8))
        middle = self.height() / 2
        paint_icon(painter, self._icon, "bar-ink-2", QRectF(left, round(middle - side / 2), side, side))
        left += theme.px(24)
        box = QRectF(left, 0, self.width() - left, self.height())
        left += draw_text(painter, box, self._label, theme.font("label"), "bar-ink-2", LEFT)
        if self._key:
            draw_cap(painter, left + theme.px(7), middle, self._key, "bar")
        painter.end()
