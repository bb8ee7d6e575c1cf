"""The pills of the status bar."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.access import announce
from ui.widgets.lamp import paint_lamp
from ui.widgets.paint import cap_width, draw_box, draw_cap, draw_text, text_width
from ui.words import words


@dataclass(frozen=True, slots=True)
class PillFace:
    """What a pill shows. ``level``: ok, warn, bad, idle or empty (no lamp); only faults get fill, reason and key."""

    level: str
    icon: str
    name: str
    reason: str = ""
    key: str = ""
    mark: str = ""  # 模拟 on an emulated device


class DevicePill(QAbstractButton):
    """Lamp, icon and name of a device; a click opens its page.

    Args:
        on_open: What a click does.
        announces: Tell screen readers of a new fault; False where a banner tells it already.
    """

    accessible_role = QAccessible.Role.Button

    def __init__(self, on_open: Callable[[], object], *, announces: bool = True) -> None:
        super().__init__()
        self._announces = announces
        self._short = 0
        self._face = PillFace("idle", "info", "")
        self.clicked.connect(lambda _checked=False: on_open())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, face: PillFace) -> None:
        """Show a device; a new fault is announced once to screen readers."""
        fresh = face.level in ("warn", "bad") and (face.level, face.reason) != (self._face.level, self._face.reason)
        if face == self._face:
            return
        self._face = face
        how = face.reason or (words("signin.level.ok") if face.level == "ok" else "")
        self.setAccessibleName(" ".join(filter(None, (face.name, how, face.mark))))
        self.updateGeometry()
        self.update()
        if fresh and self._announces:
            announce(self)

    def accessible_value(self) -> str:
        """The reason of a fault."""
        return self._face.reason

    @property
    def _loud(self) -> bool:
        return self._face.level in ("warn", "bad")

    def set_short(self, steps: int) -> None:
        """Leave words out, which then stand in the tooltip.

        Args:
            steps: 0: all are shown; 1: a fine device keeps lamp and icon; 2: a fault keeps its reason too, not its
                name; 3: lamp and icon only.
        """
        if steps != self._short:
            self._short = steps
            self.updateGeometry()
            self.update()
        self.setToolTip(f"{self._face.name} {self._face.reason}".strip() if self._is_short else "")

    @property
    def _is_short(self) -> bool:
        return self._short > 1 or (self._short == 1 and not self._loud)

    def _words(self) -> str:
        if self._is_short:
            return self._face.reason if self._loud and self._short == 2 else ""
        return f"{self._face.name} {self._face.reason}".strip() if self._loud else self._face.name

    @property
    def _key(self) -> str:
        return self._face.key if self._loud and not self._is_short else ""

    def sizeHint(self) -> QSize:
        theme = current()
        width = float(theme.px(10)) + (theme.px(20) if self._face.level else 0) + theme.px(24)
        width += text_width(theme.font("label", weight=700 if self._loud else 400), self._words()) + theme.px(8)
        if self._face.mark and not self._is_short:
            width += text_width(theme.font("meta"), self._face.mark) + theme.px(14)
        if self._key:
            width += cap_width(self._key, theme) + theme.px(6)
        return QSize(round(width), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, middle = QRectF(self.rect()), self.height() / 2
        if self._loud:
            draw_box(painter, whole, f"{face.level}-soft", f"{face.level}-line", theme.radius("chip"))
        elif self.underMouse():
            draw_box(painter, whole, "hover", "", theme.radius("chip"))
        if self.hasFocus():
            draw_box(painter, whole, "", "accent", theme.radius("chip"), 2)
        left = float(theme.px(10))
        if face.level:
            side = theme.px(12 if self._loud else 10)
            paint_lamp(painter, face.level, QRectF(left, middle - side / 2, side, side))
            left += theme.px(20)
        side = theme.px(16)
        ink = face.level if self._loud else "ink-2"
        paint_icon(painter, face.icon, ink, QRectF(round(left), round(middle - side / 2), side, side))
        left += theme.px(24)
        font = theme.font("label", weight=700 if self._loud else 400)
        left += draw_text(painter, QRectF(left, 0, self.width() - left, self.height()), self._words(), font, ink)
        left += theme.px(6)
        if face.mark and not self._is_short:
            width = text_width(theme.font("meta"), face.mark) + theme.px(8)
            box = QRectF(left, round(middle - theme.px(9)), width, theme.px(18))
            draw_box(painter, box, "sunken", "line", theme.radius("chip"))
            draw_text(painter, box.adjusted(theme.px(4), 0, 0, 0), face.mark, theme.font("meta"), "ink-3")
            left += width + theme.px(6)
        if self._key:
            draw_cap(painter, left, middle, self._key)
        painter.end()
