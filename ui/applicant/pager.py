"""第 1 页，共 3 页, with two buttons for a finger."""

from typing import Any, Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.applicant.look import Look
from ui.applicant.model import say
from ui.applicant.parts import Text, TouchButton


class Paged(Protocol):
    """A list that is looked through page by page; ``moved`` is its signal for another part in view."""

    moved: Any

    @property
    def page(self) -> int:
        """The page in view, from 1."""
        ...

    @property
    def pages(self) -> int:
        """Number of pages."""
        ...

    @property
    def below(self) -> int:
        """How many entries are below."""
        ...

    def turn(self, by: int) -> None:
        """Go pages on or back."""


class Pager(QWidget):
    """Which page is in view, and the way to the next; hidden while one page holds everything."""

    def __init__(self, look: Look, paged: Paged) -> None:
        super().__init__()
        self._look, self._paged = look, paged
        self._words = Text(look, say("page_of", n=1, of=1), 22, ink="ink-2")
        self._up = TouchButton(
            look, "", lambda: paged.turn(-1), icon="chevd", side=30, pad=21, height=60, name=say("page_up")
        )
        self._up.turned = True
        self._down = TouchButton(
            look, "", lambda: paged.turn(1), icon="chevd", side=30, pad=21, height=60, name=say("page_down")
        )
        for part in (self._words, self._up, self._down):
            part.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        paged.moved.connect(self.present)
        self.hide()

    def present(self) -> None:
        """Say which page is in view."""
        paged = self._paged
        self._words.setText(say("page_of", n=paged.page, of=paged.pages))
        self._up.setEnabled(paged.page > 1)
        self._down.setEnabled(paged.below > 0)
        self.setVisible(paged.pages > 1)
        self.updateGeometry()
        self._put()

    def sizeHint(self) -> QSize:
        buttons = 2 * self._up.sizeHint().width() + self._look.px(12)
        return QSize(self._words.natural_width() + self._look.px(16) + buttons, self._look.px(60))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._put()

    def _put(self) -> None:
        side = self._up.sizeHint()
        self._down.setGeometry(self.width() - side.width(), 0, side.width(), side.height())
        self._up.setGeometry(self.width() - 2 * side.width() - self._look.px(12), 0, side.width(), side.height())
        width = self._words.natural_width()
        self._words.setGeometry(self._up.x() - self._look.px(16) - width, 0, width, self.height())
