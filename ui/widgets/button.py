"""Buttons that show their key."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import LEFT, cap_width, draw_cap, draw_text, text_width


class KeyButton(QPushButton):
    """A button with an icon, a label and its shortcut as a key cap at the right edge; QSS paints the frame.

    The key is only shown: the shortcut itself sits on a ``QAction``.

    Args:
        text: What it does.
        key: What the cap shows, empty for none.
        icon: Name of an icon, or None.
        kind: ``plain``, ``primary``, ``ghost``, ``danger`` or ``soft``.
        big: 48 px high with 16 px type.
        small: 30 px high, for strips.
        tight: Less air at the sides, for the queue buttons.
        high: Another height in design pixels.
        centred: Text in the middle, cap still at the right.
    """

    def __init__(
        self,
        text: str,
        key: str = "",
        icon: str | None = None,
        kind: str = "plain",
        big: bool = False,
        *,
        small: bool = False,
        tight: bool = False,
        centred: bool = False,
        high: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._key, self._icon, self._centred = text, key, icon, centred
        self._big, self._small, self._tight, self._high = big, small, tight, high
        self.setProperty("kind", kind)
        self.setProperty("big", big)
        self.setProperty("small", small)
        self.setAccessibleName(f"{text} {key}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def text(self) -> str:
        """What the button says."""
        return self._label

    def setText(self, text: str) -> None:
        """Say something else."""
        if text != self._label:
            self._label = text
            self.setAccessibleName(f"{text} {self._key}".strip())
            self.updateGeometry()
            self.update()

    def set_key(self, key: str) -> None:
        """Show another key on the cap, empty for none."""
        if key != self._key:
            self._key = key
            self.setAccessibleName(f"{self._label} {key}".strip())
            self.updateGeometry()
            self.update()

    def set_room(self, *, tight: bool, key: str) -> None:
        """Give way where there is little room: less air at the sides, no key cap (it is still told to readers)."""
        if (tight, key) != (self._tight, self._key):
            self._tight, self._key = tight, key
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str | None) -> None:
        """Show another icon."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Become primary or plain: there is one filled button at a time."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def _font(self) -> QFont:
        theme = current()
        weight = 700 if self.property("kind") == "primary" and self.isEnabled() else 500
        style = (
            "step" if self._big else "label" if self._small or self.property("kind") in ("ghost", "soft") else "body"
        )
        return theme.font(style, weight=weight)

    def _measures(self) -> tuple[int, int, int]:
        """Padding at the sides, icon size, gap."""
        theme = current()
        if self._big:
            return theme.px(16), theme.px(20), theme.px(10)
        if self.property("kind") == "ghost":
            return theme.px(8), theme.px(16), theme.px(6)
        if self._small:
            return theme.px(10), theme.px(16), theme.px(6)
        return theme.px(8 if self._tight else 12), theme.px(18), theme.px(6 if self._tight else 8)

    def sizeHint(self) -> QSize:
        theme = current()
        pad, icon, gap = self._measures()
        width = 2.0 * pad + text_width(self._font(), self._label)
        if self._icon:
            width += icon + (gap if self._label else 0)
        if self._key:
            width += gap + cap_width(self._key, theme)
        height = theme.size("control-large") if self._big else theme.px(30) if self._small else theme.size("control")
        return QSize(round(width + 0.5), theme.px(self._high) or height)

    def minimumSizeHint(self) -> QSize:
        """Words alone: in a narrow place the icon goes first, then the key cap."""
        if not self._label:
            return self.sizeHint()
        pad, _, _ = self._measures()
        return QSize(round(2.0 * pad + text_width(self._font(), self._label) + 0.5), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = self.property("kind")
        ink = {"primary": "on-accent", "ghost": "accent", "soft": "accent", "danger": "bad"}.get(kind, "ink")
        cap = "primary" if kind == "primary" else "plain"
        if not self.isEnabled():
            ink, cap = "ink-3", "off"
        pad, icon, gap = self._measures()
        middle, font = self.height() / 2, self._font()
        cap_room = gap + cap_width(self._key, theme) if self._key else 0
        words = text_width(font, self._label)
        with_icon = bool(self._icon)
        if self._label:
            inside = self.width() - 2 * pad + 1
            with_icon = with_icon and words + icon + gap + cap_room <= inside
            if words + cap_room > inside:
                cap_room = 0
        content = words + ((icon + (gap if self._label else 0)) if with_icon else 0)
        alone = not self._label and not self._key
        left = (self.width() - content) / 2 if self._centred or alone else float(pad)
        if self._icon and with_icon:
            paint_icon(painter, self._icon, ink, QRectF(round(left), round(middle - icon / 2), icon, icon))
            left += icon + gap
        room = QRectF(left, 0, self.width() - pad - left - (0 if self._centred else cap_room), self.height())
        draw_text(painter, room, self._label, font, ink, LEFT)
        if self._key and cap_room:
            edge = self.width() - pad + (0 if self._big or self._small or self._tight else theme.px(2))
            draw_cap(painter, edge - cap_width(self._key, theme), middle, self._key, cap)
        painter.end()


class ToolKey(KeyButton):
    """A square button with only an icon; its name is told by tooltip and to screen readers."""

    def __init__(self, name: str, icon: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "", icon, parent=parent)
        side = current().size("control")
        self.setFixedSize(side, side)
        self.setAccessibleName(f"{name} {key}".strip())
        self.setToolTip(f"{name}　{key}".rstrip())
