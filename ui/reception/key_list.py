"""F1: the keys over the current screen; once more F1, or Enter: the manual."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.manual.model import read_book
from ui.manual.view import ManualView
from ui.reception.keys import KEYS, OPTIONAL_KEYS, SHOWN_ONLY, cap
from ui.reception.pieces import row
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.chip import KeyCap
from ui.widgets.label import label
from ui.words import words

GROUPS = ("queue", "visit", "materials", "machine")


def key_lines() -> dict[str, list[tuple[str, str]]]:
    """Group → (cap, words), in the order of the table; Alt+1 to Alt+6 share one line."""
    lines: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for key in KEYS:
        if key.group and not (key.act.startswith("open_step:") and not key.act.endswith(":1")):
            shown = "Alt+1…6" if key.act.startswith("open_step:") else cap(key.sequences[0])
            lines[key.group].append((shown, say(key.words)))
    for key in OPTIONAL_KEYS:
        if not key.act.startswith("text_") or key.act == "text_larger":
            shown = "Ctrl+= − 0" if key.act == "text_larger" else cap(key.sequences[0])
            lines[key.group].append((shown, say(key.words)))
    for shown, said, group in SHOWN_ONLY:
        lines[group].append((shown, say(said)))
    return lines


class KeyList(QWidget):
    """A card over the window with the keys, then the manual. Esc closes it, and the focus is where it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("keyListShade")
        shade = theme.colour("bar")
        self.setStyleSheet(
            f"#keyListShade {{ background: rgba({shade.red()}, {shade.green()}, {shade.blue()}, 150); }}"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("keylist.title"))
        self._before: QWidget | None = None
        self._last = ""
        self.manual: ManualView | None = None
        outer = QVBoxLayout(self)
        self._above = QWidget()
        outer.addWidget(self._above, 1)
        card = QFrame()
        self._card = card
        card.setProperty("kind", "panel")
        card.setAccessibleName(say("keylist.title"))
        scroll = QScrollArea()  # in large text on a small screen the keys may be more than there is room for
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget#qt_scrollarea_viewport { background: none; }"
        )
        self._scroll = scroll
        outer.addLayout(row(None, scroll, None))
        self._below = QWidget()
        outer.addWidget(self._below, 1)
        self.hide()

    def _fill(self) -> None:
        """The keys, when they are first looked at: a hundred widgets are too many for the start of the window."""
        theme = current()
        column = QVBoxLayout(self._card)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(14))
        column.addLayout(row(label(say("keylist.title"), "title"), None, label(say("keylist.close"), "meta")))
        groups = QHBoxLayout()
        groups.setSpacing(theme.px(32))
        for group, lines in key_lines().items():
            groups.addLayout(self._group(group, lines))
        column.addLayout(groups)

    @staticmethod
    def _group(group: str, lines: list[tuple[str, str]]) -> QVBoxLayout:
        theme = current()
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(label(say(f"keylist.group.{group}"), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(7))
        for at, (shown, said) in enumerate(lines):
            grid.addWidget(KeyCap(shown), at, 0)
            grid.addWidget(label(said, "label"), at, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def cover(self) -> None:
        """Lie over the whole parent."""
        parent = self.parentWidget()
        if self._card.layout() is None:
            self._fill()
        if parent is not None:
            self.setGeometry(parent.rect())
            wanted = self._card.sizeHint()
            margins = 2 * self.contentsMargins().top() + current().px(24)
            self._scroll.setFixedSize(
                min(wanted.width() + 2, parent.width() - margins), min(wanted.height() + 2, parent.height() - margins)
            )

    def toggle(self) -> None:
        """F1: the keys, then the manual, then away."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self.cover()
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.manual is None:
            self.open_manual()
        else:
            self.hide()

    def open_manual(self, page: str = "") -> None:
        """The manual, at a page or where it was left."""
        if self.manual is None:
            theme = current()
            self.manual = ManualView(read_book(words.language))
            self.manual.closed.connect(self.hide)
            frame = QFrame()
            frame.setProperty("kind", "panel")
            column = QVBoxLayout(frame)
            column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(20))
            column.setSpacing(theme.px(10))
            column.addLayout(
                row(label(words("manual.title"), "title"), None, label(say("keylist.manual_close"), "meta"))
            )
            column.addWidget(self.manual, 1)
            self._book = frame
            layout = self.layout()
            if layout is not None:
                layout.addWidget(frame)
        for part in (self._above, self._scroll, self._below):
            part.hide()
        self._book.show()
        self.manual.open_at(page or self._last)

    def remember(self) -> str | None:
        """The page of the manual that is open, ``keys`` for the keys, for a window that is built again."""
        if self.isHidden():
            return None
        return f"manual:{self.manual.shown}" if self.manual is not None else "keys"

    def recall(self, kept: str) -> None:
        """Open again what was open."""
        self.toggle()
        if kept.startswith("manual:"):
            self.open_manual(kept.removeprefix("manual:"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_manual()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_Down else -1) * current().px(60))
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.manual is not None:
            self._last = self.manual.shown
            self.manual = None
            self._book.deleteLater()
            for part in (self._above, self._scroll, self._below):
                part.show()
        before, self._before = self._before, None
        # What had the focus may be gone: a row of the list below, a part that a news from outside took away.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
