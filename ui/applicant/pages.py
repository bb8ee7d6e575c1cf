"""The pages that only show something: blank, welcome, identity, wait, signed, thanks."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.applicant.drawings import CardOnReader
from ui.applicant.look import Look
from ui.applicant.model import Shown, say
from ui.applicant.parts import CENTRE, Card, Text, TouchButton
from ui.applicant.rows import RowsArea
from window_client.reception.actions import ApplicantActions


class Page(QWidget):
    """One page under the head. It is built for one state and thrown away with everything it said."""

    def __init__(self, look: Look, shown: Shown, actions: ApplicantActions, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.look, self.shown, self.desk, self.now = look, shown, actions, now
        self.build()

    def build(self) -> None:
        """Fill the page."""

    def tick(self) -> None:
        """Once a second while the page is seen."""

    def remember(self) -> object:
        """What the applicant did here that must outlive a new drawing of the same page."""
        return None

    def recall(self, kept: object) -> None:
        """Take back what ``remember`` gave."""

    def leave(self) -> None:
        """The page goes away: forget what was entered."""

    def column(self, top: float) -> QVBoxLayout:
        """The page's column with the design's margins, beginning ``top`` pixels under the head."""
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(40), look.px(top), look.px(40), look.px(18))
        column.setSpacing(0)
        return column


class Badge(QWidget):
    """A window's number on accent."""

    def __init__(self, look: Look, number: int, width: float = 180, height: float = 128, px: float = 112) -> None:
        super().__init__()
        self._look, self._number, self._px = look, str(number), px
        if len(self._number) > 2:
            width += px * 0.56 * (len(self._number) - 2)
        self.setFixedSize(look.px(width), look.px(height))
        self.setAccessibleName(self._number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look.box(painter, QRectF(self.rect()), "accent", "", 14)
        font = look.font(self._px, 700, grows=False)
        look.text(painter, QRectF(self.rect()).translated(0, -look.px(7)), self._number, font, "on-accent", CENTRE)
        painter.end()


class Drawing(QWidget):
    """A large line icon on a pale disc."""

    def __init__(self, look: Look, icon: str, *, ink: str = "accent", disc: str = "accent-soft") -> None:
        super().__init__()
        self._look, self._icon, self._ink, self._disc = look, icon, ink, disc
        self.setFixedSize(look.px(148), look.px(148))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._look.box(painter, QRectF(self.rect()), self._disc, "", 74)
        side = self._look.px(76)
        at = QPointF((self.width() - side) / 2, (self.height() - side) / 2)
        self._look.icon(painter, self._icon, self._ink, at, side, 1.6)
        painter.end()


class BlankPage(Page):
    """Nobody is served: the hall's name and the window's number."""

    def build(self) -> None:
        look = self.look
        column = self.column(0)
        of_window = Text(look, say("welcome.of_window"), 40, weight=700, line=51, grows=False)
        number = QWidget()
        row = QHBoxLayout(number)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(18))
        row.addWidget(Badge(look, self.shown.window_no, 236, 168, 148))
        row.addWidget(of_window)
        hall = Text(look, self.shown.hall, 44, weight=700, line=60, align=CENTRE)
        paused = self.shown.paused
        said = paused or say("blank.serving_here")
        note = Text(look, said, 40 if paused else 26, ink="ink" if paused else "ink-2", line=56 if paused else 38,
                    weight=700 if paused else 400, align=CENTRE)  # fmt: skip
        column.addStretch(5)
        column.addWidget(hall, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(look.px(44))
        column.addWidget(number, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(look.px(44))
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        if self.shown.paused_until:
            column.addSpacing(look.px(10))
            until = Text(look, self.shown.paused_until, 30, ink="ink-2", line=44, align=CENTRE)
            column.addWidget(until, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(6)


class TicketSheet(Card):
    """05a, left: who is called, and to which window."""

    def __init__(self, look: Look, shown: Shown) -> None:
        super().__init__(look, outline="accent", width=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), 0, look.px(12), 0)
        column.setSpacing(0)
        column.addStretch(1)
        if shown.ticket:
            px = 130.0 * 4 / max(4, len(shown.ticket))
            column.addWidget(Text(look, say("welcome.please"), 32, line=46, align=CENTRE, grows=False))
            number = Text(look, shown.ticket, px, weight=700, line=132, align=CENTRE, grows=False, spacing=-0.012)
            column.addWidget(number)
            column.addSpacing(look.px(2.5))
            column.addWidget(Text(look, say("welcome.go_to"), 32, line=46, align=CENTRE, grows=False))
            column.addSpacing(look.px(3.5))
        row = QHBoxLayout()
        row.setSpacing(look.px(18))
        row.addStretch(1)
        row.addWidget(Badge(look, shown.window_no))
        row.addWidget(Text(look, say("welcome.of_window"), 40, weight=700, line=51, grows=False))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)


class WelcomePage(Page):
    """05a: the number is called; sit down and lay the card on the reader."""

    def build(self) -> None:
        look, shown = self.look, self.shown
        column = self.column(36)
        body = QHBoxLayout()
        body.setSpacing(look.px(36))
        sheet = TicketSheet(look, shown)
        sheet.setFixedWidth(look.px(400))
        body.addWidget(sheet)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(Text(look, say("welcome.hello"), 44, weight=700, line=60))
        lay = Text(look, say("welcome.lay_card"), 34, weight=500, line=62, wrap=True)
        right.addWidget(lay)
        right.addSpacing(look.px(14))
        right.addWidget(CardOnReader(look, say("welcome.lay_card")))
        right.addStretch(1)
        body.addLayout(right, 1)
        column.addLayout(body, 1)
        column.addSpacing(look.px(50))
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        look, shown = self.look, self.shown
        foot = QHBoxLayout()
        foot.setSpacing(look.px(24))
        if shown.clerk:
            foot.addWidget(Text(look, say("welcome.clerk", name=shown.clerk), 24, ink="ink-2"))
        if shown.account:
            foot.addWidget(Text(look, say("welcome.account", account=shown.account), 24, ink="ink-2"))
        foot.addStretch(1)
        foot.addWidget(help_button(look, self.shown, self.desk))
        return foot


def help_button(look: Look, shown: Shown, actions: ApplicantActions) -> TouchButton:
    """需要帮助; once it was pressed it says that the clerk knows, until she has answered."""
    text = say("help_asked" if shown.helped else "help")
    return TouchButton(look, text, actions.applicant_needs_help, icon="users", side=34, gap=14, pad=34)


class IdentityPage(Page):
    """Step 1 at the clerk's: the applicant sees who was read."""

    def build(self) -> None:
        look = self.look
        column = self.column(20)
        column.addWidget(Text(look, say("identity.title"), 44, weight=700, line=60))
        column.addSpacing(look.px(10))
        self.area = RowsArea(look, self.shown.rows, on_reveal=self.desk.applicant_reveals)
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        width = look.px(944)
        self.area.setFixedHeight(self.area.natural_height(width))
        column.addWidget(self.area)
        column.addSpacing(look.px(20))
        column.addWidget(Text(look, say("identity.note"), 24, ink="ink-2", line=36, wrap=True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(help_button(look, self.shown, self.desk))
        column.addLayout(foot)


class WaitPage(Page):
    """The clerk works: calm, with nothing personal but the item's name."""

    def build(self) -> None:
        look, shown = self.look, self.shown
        column = self.column(0)
        column.addStretch(4)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Drawing(look, "docs"), 0, centre)
        column.addSpacing(look.px(30))
        column.addWidget(Text(look, say("wait.title"), 44, weight=700, line=60, align=CENTRE), 0, centre)
        if shown.item:
            column.addSpacing(look.px(8))
            item = Text(look, shown.item, 30, weight=500, line=44, align=CENTRE, wrap=True)
            column.addWidget(item)
        column.addSpacing(look.px(8))
        column.addWidget(Text(look, say("wait.note"), 24, ink="ink-2", line=36, align=CENTRE, wrap=True))
        column.addStretch(4)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(help_button(look, self.shown, self.desk))
        column.addLayout(foot)


class _DonePage(Page):
    """A tick and two lines."""

    title, note, icon = "", "", "check"

    def build(self) -> None:
        look = self.look
        column = self.column(0)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(5)
        column.addWidget(Drawing(look, self.icon, ink="ok", disc="ok-soft"), 0, centre)
        column.addSpacing(look.px(30))
        column.addWidget(Text(look, say(self.title), 44, weight=700, line=60, align=CENTRE), 0, centre)
        column.addSpacing(look.px(8))
        column.addWidget(Text(look, say(self.note), 26, ink="ink-2", line=38, align=CENTRE, wrap=True))
        column.addStretch(6)


class SignedPage(_DonePage):
    """Thanks, please wait."""

    title, note = "signed.title", "signed.note"


class ThanksPage(_DonePage):
    """Goodbye."""

    title, note = "thanks.title", "thanks.note"
