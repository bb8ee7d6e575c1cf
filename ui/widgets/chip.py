"""Chips and key caps as labels."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import current
from ui.widgets.label import set_tone


class Chip(QLabel):
    """A small framed word, 22 px high; ``kind`` is plain, ok, warn, bad or accent."""

    def __init__(self, text: str = "", kind: str = "plain") -> None:
        super().__init__(text)
        self.setProperty("role", "chip")
        self.setProperty("tone", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedHeight(current().px(22))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, text: str, kind: str = "plain") -> None:
        """Say something else; an empty text hides the chip."""
        self.setText(text)
        self.setVisible(bool(text))
        set_tone(self, kind)


def chip(text: str, kind: str = "plain") -> Chip:
    """A ``Chip``."""
    return Chip(text, kind)


class KeyCap(QLabel):
    """A key cap that stands alone in a sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.setProperty("role", "key")
        self.setFixedHeight(current().px(19))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
