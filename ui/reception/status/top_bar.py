"""The dark bar at the top: product, window, module, and the few switches that are always there."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QWidget

from ui.reception.pieces import Act, Icon, set_text, show_if
from ui.reception.texts import clock, day_and_weekday, say
from ui.theme import current
from ui.widgets.bar_button import BarButton
from ui.widgets.label import label
from ui.widgets.paint import LEFT, draw_box, draw_text, text_width


class WindowBadge(QWidget):
    """12 号窗口 in an outlined box."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, text: str) -> None:
        """Show the window's number."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(round(text_width(theme.font("label", weight=700), self._text) + theme.px(16)), theme.px(25))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        draw_box(painter, whole, "", "bar-ink-2", theme.radius("chip"))
        room = whole.adjusted(theme.px(8), 0, 0, 0)
        draw_text(painter, room, self._text, theme.font("label", weight=700), "bar-ink", LEFT)
        painter.end()


class TopBar(QWidget):
    """The top bar. Only modules that exist have a tab; only switches that work have a button."""

    def __init__(self, act: Act, switches: tuple[str, ...]) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.size("top-bar"))
        self._buttons: list[BarButton] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, theme.px(14), 0)
        line.setSpacing(0)
        self._brand = brand = QWidget()
        brand.setFixedWidth(theme.width("rail"))
        inner = QHBoxLayout(brand)
        inner.setContentsMargins(theme.px(16), 0, theme.px(15), 0)
        inner.setSpacing(theme.px(11))
        self._sign = Icon("grid", "bar-ink", 18)
        inner.addWidget(self._sign)
        self._product = name = label(say("product"))
        name.setStyleSheet(f"font-size: {theme.px(15)}px; font-weight: 700; color: {theme.hex('bar-ink')};")
        inner.addWidget(name)
        inner.addStretch(1)
        self.badge = WindowBadge()
        inner.addWidget(self.badge)
        line.addWidget(brand)
        self.modules = QTabBar()
        self.modules.setObjectName("modules")
        self.modules.setDrawBase(False)
        self.modules.setExpanding(False)
        self.modules.setAccessibleName(say("module.reception"))
        self.modules.addTab(say("module.reception"))
        line.addWidget(self.modules)
        line.addStretch(1)
        words = {
            "large_text": ("textsize", ""),
            "language": ("lang", ""),
            "contrast": ("sun", ""),
            "pause": ("pause", "F8"),
            "lock": ("lock", ""),
            "help": ("key", "F1"),
        }
        for switch in switches:
            icon, key = words[switch]
            text = {"language": "中 / EN", "help": say("keys")}.get(switch) or say(switch)
            button = BarButton(text, icon, key)
            button.clicked.connect(lambda _on=False, name=switch: act(name))
            self._buttons.append(button)
            line.addWidget(button)
            line.addSpacing(theme.px(2))
        line.addSpacing(theme.px(8))
        self._person = Icon("user", "bar-ink-2", 17)
        line.addWidget(self._person)
        line.addSpacing(theme.px(6))
        self._clerk, self._clock, self._date = label(), label(), label()
        self._clerk.setProperty("strong", "true")
        self._clock.setProperty("strong", "true")
        line.addWidget(self._clerk)
        line.addSpacing(theme.px(16))
        line.addWidget(self._clock)
        line.addSpacing(theme.px(7))
        line.addWidget(self._date)

    def present(self, window: str, clerk: str) -> None:
        """Show window and clerk."""
        same = self._clerk.text() == clerk and self.badge.accessibleName() == window
        self.badge.present(window)
        set_text(self._clerk, clerk)
        if not same:
            self.set_rail_width(self._brand.width())
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """The bar never makes the window wider: it gives up key caps, then words, then the date."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.layout()
        if line is None:
            return
        for words, cap, date in ((True, True, True), (True, False, True), (False, False, True), (False, False, False)):
            for button in self._buttons:
                button.set_room(words=words, cap=cap)
            show_if(self._date, date)
            line.activate()
            if line.sizeHint().width() <= self.width():
                return

    def set_rail_width(self, width: int) -> None:
        """The brand stands over the rail."""
        self._brand.setFixedWidth(width)
        inner = self._brand.layout()
        if inner is None:
            return
        for icon, name in ((True, True), (False, True), (False, False)):
            show_if(self._sign, icon)
            show_if(self._product, name)
            inner.activate()
            if inner.sizeHint().width() <= width:
                return

    def tick(self, now: datetime) -> None:
        """Show the time."""
        set_text(self._clock, clock(now))
        set_text(self._date, day_and_weekday(now))
