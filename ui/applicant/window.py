"""The applicant's window: one page at a time, built for the state and thrown away with it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.applicant.check import CheckPage
from ui.applicant.declare import DeclarePage
from ui.applicant.look import HEIGHT, WIDTH, Look
from ui.applicant.model import Shown, say, shown
from ui.applicant.pages import BlankPage, IdentityPage, Page, SignedPage, ThanksPage, WaitPage, WelcomePage
from ui.applicant.parts import Head
from ui.applicant.rate import RatePage, ReasonsPage
from ui.applicant.sign import SignPage
from ui.theme import Theme, load_fonts
from window_client.reception.actions import ApplicantActions
from window_client.reception.state import ApplicantPage, ReceptionState

_PAGES: dict[ApplicantPage, type[Page]] = {
    ApplicantPage.BLANK: BlankPage,
    ApplicantPage.WELCOME: WelcomePage,
    ApplicantPage.IDENTITY: IdentityPage,
    ApplicantPage.WAIT: WaitPage,
    ApplicantPage.CHECK: CheckPage,
    ApplicantPage.DECLARE: DeclarePage,
    ApplicantPage.SIGN: SignPage,
    ApplicantPage.SIGNED: SignedPage,
    ApplicantPage.RATE: RatePage,
    ApplicantPage.REASONS: ReasonsPage,
    ApplicantPage.THANKS: ThanksPage,
}
_NEXT_PERSON = frozenset({ApplicantPage.BLANK, ApplicantPage.WELCOME})


class ApplicantWindow(QWidget):
    """The second screen. It never takes the focus from the clerk's window and decides nothing.

    Args:
        actions: What the applicant may ask of the desk.
        theme: The desk's theme; this screen keeps its own light one, in this theme's families.
        now: The clock of the countdown.
    """

    def __init__(self, actions: ApplicantActions, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        load_fonts()
        self._actions, self._now = actions, now
        self._theme = theme if theme.name == "light" and theme.scale == 1 else Theme.load("light")
        self._large = False
        self._shown: Shown | None = None
        self._head: Head | None = None
        self._page: Page | None = None
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(640, 480)
        self.resize(WIDTH, HEIGHT)
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._tick)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    def present(self, state: ReceptionState) -> None:
        """Show a state; nothing happens while what this screen shows of it is the same."""
        found = shown(state)
        if found == self._shown:
            return
        before, self._shown = self._shown, found
        if found.page in _NEXT_PERSON and (before is None or before.page not in _NEXT_PERSON):
            self._large = False  # the next person begins with the usual text
        self._build(keep=before is not None and before.page is found.page and before.asked_again == found.asked_again)

    def set_large(self, large: bool) -> None:
        """大字: larger type until the visit ends."""
        if large != self._large:
            self._large = large
            self._build(keep=True)

    def _toggle_large(self) -> None:
        # The button that was pressed is thrown away with its head: let its press end first.
        QTimer.singleShot(0, self, lambda: self.set_large(not self._large))

    def _build(self, *, keep: bool) -> None:
        if self._shown is None:
            return
        kept = self._page.remember() if keep and self._page is not None else None
        self._throw_away()
        look = Look.for_size(self._theme, self.width(), self.height(), large=self._large)
        word = say("usual_text" if self._large else "large_text")
        self._head = Head(look, self._shown.window, self._shown.note, self._toggle_large, word)
        self._page = _PAGES[self._shown.page](look, self._shown, self._actions, self._now)
        for part in (self._head, self._page):
            part.setParent(self)
        self._lay()
        if kept is not None:
            self._page.recall(kept)
        for part in (self._head, self._page):
            part.show()
        self._page.tick()
        if self._shown.countdown_ends is not None:
            self._seconds.start()
        else:
            self._seconds.stop()

    def _throw_away(self) -> None:
        """Nothing of a page outlives it: its widgets, texts and strokes go."""
        if self._page is not None:
            self._page.leave()
        for part in (self._head, self._page):
            if part is not None:
                for label in part.findChildren(QLabel):
                    label.clear()
                part.hide()
                part.deleteLater()  # it may be telling of its own button's press right now
        self._head = self._page = None

    def _lay(self) -> None:
        if self._head is None or self._page is None:
            return
        top = self._head.height()
        self._head.setGeometry(0, 0, self.width(), top)
        self._page.setGeometry(0, top, self.width(), self.height() - top)

    def _tick(self) -> None:
        if self._page is not None and self.isVisible():
            self._page.tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize() != event.size():
            self._build(keep=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("bg"))
        painter.end()
