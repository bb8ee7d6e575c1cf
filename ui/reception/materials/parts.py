"""Parts of step 4: the actions of the current row, and the pages that belong nowhere yet."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.reception.materials.model import RowAction, Unsorted
from ui.reception.pieces import Act, Icon, empty, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, label
from ui.widgets.page_drag import PageDrag
from ui.widgets.thumbnail import SMALL, Thumbnail
from window_client.reception.actions import Pictures


class Strip(QWidget):
    """The actions of the current row; a refusal stands beside in words."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self._shown: tuple[tuple[RowAction, ...], str] | None = None
        self.buttons: dict[str, KeyButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(current().px(6))
        self._refusal = ElidedLabel("", "meta", "ink-2")

    def present(self, actions: tuple[RowAction, ...], refusal: str) -> None:
        """Show the actions; buttons are made again only when they mean something else."""
        if self._shown == (actions, refusal):
            return
        shape = [(one.act, one.icon, one.key) for one in actions]
        before = [(one.act, one.icon, one.key) for one in self._shown[0]] if self._shown else None
        self._shown = (actions, refusal)
        if shape != before:
            self._refusal.setParent(None)
            empty(self._line)
            self.buttons = {}
            for one in actions:
                button = KeyButton(one.text, one.key, one.icon or None, small=True)
                button.clicked.connect(lambda _on=False, name=one.act: self._act(name))
                self.buttons[one.act] = button
                self._line.addWidget(button)
            self._line.addSpacing(current().px(4))
            self._line.addWidget(self._refusal, 1)
        for one in actions:
            button = self.buttons[one.act]
            button.setText(one.text)
            button.setToolTip(one.refusal)
            button.setEnabled(one.enabled)
        set_text(self._refusal, refusal)
        self._refusal.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words before icons: where both have no room, the icons go."""
        if self._shown is None or not self.buttons:
            return
        icons = {one.act: one.icon or None for one in self._shown[0]}
        for act, button in self.buttons.items():
            button.set_icon(icons.get(act))
        gaps = self._line.spacing() * len(self.buttons) + current().px(4)
        if sum(button.sizeHint().width() for button in self.buttons.values()) + gaps > self.width() > 0:
            for button in self.buttons.values():
                button.set_icon(None)


class UnsortedLine(QFrame):
    """未归类: pages without a row, and where they can go; a page dragged here leaves its row."""

    def __init__(self, move_page: Callable[..., object], pictures: Pictures) -> None:
        super().__init__()
        theme = current()
        self._move, self._pictures = move_page, pictures
        self._shown: Unsorted | None = None
        self.setObjectName("unsorted")
        self.setStyleSheet(
            f"#unsorted {{ background: {theme.hex('warn-soft')}; border: 1px solid {theme.hex('warn-line')};"
            f" border-radius: {theme.radius('control')}px; }}"
        )
        self.setFixedHeight(theme.px(54))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        line.setSpacing(theme.px(9))
        line.addWidget(Icon("docs", "warn", 18))
        line.addWidget(label(say("row.unsorted"), "strong"))
        self._text = ElidedLabel("", "label", "ink-2")
        line.addWidget(self._text, 1)
        self._thumbs = QHBoxLayout()
        self._thumbs.setSpacing(theme.px(4))
        line.addLayout(self._thumbs)
        self.button = KeyButton("", small=True)
        self.button.clicked.connect(self._pressed)
        line.addWidget(self.button)

    def present(self, shown: Unsorted) -> None:
        """Show the pages."""
        set_text(self._text, shown.text)
        self.button.setText(shown.move_text)
        show_if(self.button, bool(shown.move_to))
        self._shown = shown
        empty(self._thumbs)
        for thumb in shown.thumbs[:4]:
            picture = Thumbnail(lambda: None, SMALL)
            picture.present(self._pictures.thumbnail(thumb.digest), say("row.unsorted"))
            picture.drag = PageDrag(picture, partial(_carried, picture, thumb.key))
            self._thumbs.addWidget(picture)

    def page_drop(self, _at: QPoint) -> Callable[[str], object] | None:
        """What happens to a page that is let go here."""
        return lambda key: self._move(key, "")

    def _pressed(self) -> None:
        if self._shown is not None and self._shown.move_to:
            self._move(self._shown.first, self._shown.move_to)


def _carried(picture: Thumbnail, key: str, _at: QPoint) -> tuple[str, QPixmap]:
    return key, picture.grab()
