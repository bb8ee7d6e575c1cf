"""F1: the keys over the current screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.reception.keys import KEYS, SHOWN_ONLY, cap
from ui.reception.pieces import row
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.chip import KeyCap
from ui.widgets.label import label

GROUPS = ("queue", "visit", "materials", "machine")


def key_lines() -> dict[str, list[tuple[str, str]]]:
    """Group → (cap, words), in the order of the table; Alt+1 to Alt+6 share one line."""
    lines: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
    for key in KEYS:
        if key.group and not (key.act.startswith("open_step:") and not key.act.endswith(":1")):
            shown = "Alt+1…6" if key.act.startswith("open_step:") else cap(key.sequences[0])
            lines[key.group].append((shown, say(key.words)))
    for shown, words, group in SHOWN_ONLY:
        lines[group].append((shown, say(words)))
    return lines


class KeyList(QWidget):
    """A card over the window; any of F1 and Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("keyListShade")
        shade = theme.colour("bar")
        self.setStyleSheet(
            f"#keyListShade {{ background: rgba({shade.red()}, {shade.green()}, {shade.blue()}, 150); }}"
        )
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        card = QFrame()
        card.setProperty("kind", "panel")
        card.setAccessibleName(say("keylist.title"))
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(14))
        column.addLayout(row(label(say("keylist.title"), "title"), None, label(say("keylist.close"), "meta")))
        groups = QHBoxLayout()
        groups.setSpacing(theme.px(32))
        for group, lines in key_lines().items():
            groups.addLayout(self._group(group, lines))
        column.addLayout(groups)
        outer.addLayout(row(None, card, None))
        outer.addStretch(1)
        self.hide()

    @staticmethod
    def _group(group: str, lines: list[tuple[str, str]]) -> QVBoxLayout:
        theme = current()
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        column.addWidget(label(say(f"keylist.group.{group}"), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(7))
        for at, (shown, words) in enumerate(lines):
            grid.addWidget(KeyCap(shown), at, 0)
            grid.addWidget(label(words, "label"), at, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def cover(self) -> None:
        """Lie over the whole parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def remember(self) -> bool | None:
        """Whether it is open, for a window that is built again."""
        return None if self.isHidden() else True

    def recall(self, _kept: bool) -> None:
        """Open again."""
        self.toggle()

    def toggle(self) -> None:
        """Show over the whole parent, or go."""
        if self.isHidden():
            self.cover()
            self.show()
            self.raise_()
        else:
            self.hide()
