"""The band across every screen of a window that is used for training: nothing that is done here is valid."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import Theme
from ui.words import Words, words

HEIGHT = 28


class TrainingBand(QLabel):
    """Lies over the top of its window, as wide as that; the window leaves it room below.

    Args:
        window: Over which it lies.
        table: The table of words; the applicant's screen has its own language.
    """

    def __init__(self, window: QWidget, table: Words = words) -> None:
        super().__init__(window)
        self._words = table
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setVisible(False)
        window.installEventFilter(self)

    def present(self, profile: str, theme: Theme) -> int:
        """Show it in training; returns the pixels that it takes, 0 in any other profile."""
        shown = profile == "training"
        self.setVisible(shown)
        if not shown:
            return 0
        self.setText(self._words("training.band"))
        self.setAccessibleName(self.text())
        ink, ground = theme.hex("warn"), theme.hex("warn-soft")
        line = theme.hex("warn-line")
        self.setStyleSheet(f"color: {ink}; background: {ground}; border: 0; border-bottom: 1px solid {line};")
        self.setFont(theme.font("strong"))
        self.setFixedHeight(theme.px(HEIGHT))
        self._lie()
        self.raise_()
        return self.height()

    def _lie(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(0, 0, window.width(), self.height())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stays as wide as the window, and over what the window puts in later."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and not self.isHidden():
            self._lie()
            self.raise_()
        return False
