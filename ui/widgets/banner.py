"""Banners say what happened and what to do; toasts say that something went well."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current
from ui.widgets.access import announce
from ui.widgets.label import label
from ui.widgets.lamp import Lamp


class Banner(QFrame):
    """Lamp, bold headline, one line, and one to three actions.

    Args:
        level: ``warn`` (offline) or ``bad`` (device).
        stacked: Headline, line and actions below each other, for a banner inside a step.
    """

    def __init__(self, level: str = "warn", *, stacked: bool = False) -> None:
        super().__init__()
        theme = current()
        self.setProperty("kind", "banner")
        self.setProperty("level", level)
        row = QHBoxLayout(self)
        self._lamp = Lamp(level, 20)
        self._headline = label("", "strong")
        self._line = label("", "label", wrap=True)  # one line where there is room for it, never a cut one
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.px(8))
        if stacked:
            row.setContentsMargins(theme.px(15), theme.px(12), theme.px(15), theme.px(10))
            row.setSpacing(theme.px(12))
            row.addWidget(self._lamp, 0, Qt.AlignmentFlag.AlignTop)
            column = QVBoxLayout()
            column.setSpacing(theme.px(1))
            column.addWidget(self._headline)
            column.addWidget(self._line)
            column.addSpacing(theme.px(8))
            column.addLayout(self._actions)
            row.addLayout(column, 1)
            self._actions.addStretch(1)
        else:
            row.setContentsMargins(theme.px(11), theme.px(7), theme.px(11), theme.px(7))
            row.setSpacing(theme.px(8))
            row.addWidget(self._lamp)
            row.addWidget(self._headline)
            row.addWidget(self._line, 1)
            row.addLayout(self._actions)
            self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.setMinimumHeight(theme.px(52))
        self._stacked = stacked
        self._said = ""

    def present(self, headline: str, line: str) -> None:
        """Say it; a new headline is announced once to screen readers."""
        self._headline.setText(headline)
        self._line.setText(line)
        self._lamp.present(self.property("level"), headline)
        self.setAccessibleName(f"{headline} {line}")
        if headline != self._said:
            self._said = headline
            announce(self)

    def add_action(self, action: QWidget) -> None:
        """Add a button; the recommended one first."""
        if self._stacked:
            self._actions.insertWidget(self._actions.count() - 1, action)
        else:
            self._actions.addWidget(action)


class Toast(QLabel):
    """A short success message over the bottom of ``parent``; goes after four seconds."""

    LASTS_MS = 4000

    def __init__(self, parent: QWidget, *, above: int = 12) -> None:
        super().__init__(parent)
        theme = current()
        self._above = theme.px(above)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "toast")
        self.setStyleSheet(
            f"background: {theme.hex('bar')}; color: {theme.hex('bar-ink')}; font-size: {theme.types['label'].px}px;"
            f"border-radius: {theme.radius('control')}px; padding: {theme.px(8)}px {theme.px(14)}px;"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.LASTS_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show a text for four seconds."""
        self.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - self._above)
