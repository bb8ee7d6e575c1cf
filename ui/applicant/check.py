"""05b, step 1 of the three: the applicant checks the information."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.applicant.model import say
from ui.applicant.pager import Pager
from ui.applicant.pages import Page
from ui.applicant.parts import CENTRE, Text, TouchButton
from ui.applicant.rows import RowsArea


class CheckPage(Page):
    """05b: every row may be called wrong; 都对 opens when the last row has been seen."""

    def build(self) -> None:
        look = self.look
        column = self.column(18)
        top = QHBoxLayout()
        top.setSpacing(look.px(12))
        title = Text(look, say("check.title"), 44, weight=700, line=60)
        top.addWidget(title)
        top.addStretch(1)
        self.area = RowsArea(look, self.shown.rows, self.desk.applicant_wrong, self.desk.applicant_reveals)
        self.pager = Pager(look, self.area)
        top.addWidget(self.pager)
        head = QWidget()
        head.setLayout(top)
        top.setContentsMargins(0, 0, 0, 0)
        head.setFixedHeight(look.between(64, 76))
        column.addWidget(head)
        column.addSpacing(look.px(10))
        self.room = RoomForRows(self.area)
        column.addWidget(self.room, 1)
        self.hint = Text(look, self.shown.told, 22, ink="ink-2", align=CENTRE)
        self.hint.setFixedHeight(look.px(56))
        column.addWidget(self.hint)
        column.addSpacing(look.px(2))
        self.next = TouchButton(
            look,
            say("check.all_correct"),
            self.desk.applicant_confirms,
            kind="primary",
            icon="check",
            side=40,
            stroke=2.4,
            gap=14,
        )
        self.next.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.next)
        self.area.moved.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """What is seen changed: the hint counts, and the way on opens after the last row."""
        unseen, below = self.area.unseen, self.area.below
        self.next.setEnabled(unseen == 0)
        if below:
            self.hint.setText(say("check.more_below", n=below))
        elif self.shown.told:
            self.hint.setText(self.shown.told)
        else:
            self.hint.setText(say("check.seen_all", n=len(self.area.rows)) if self.area.pages > 1 else "")

    def remember(self) -> object:
        return self.area.remember()

    def recall(self, kept: object) -> None:
        if isinstance(kept, tuple):
            self.area.recall(kept)


class RoomForRows(QWidget):
    """Gives the card of rows the height of whole rows, and no more."""

    def __init__(self, area: RowsArea) -> None:
        super().__init__()
        self._area = area
        area.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 100)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._area.setGeometry(0, 0, self.width(), self._area.fitting_height(self.width(), self.height()))
