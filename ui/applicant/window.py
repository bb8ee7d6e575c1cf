"""The applicant's window: one page at a time, built for the state and thrown away with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.applicant.check import CheckPage
from ui.applicant.declare import DeclarePage
from ui.applicant.look import GROWTH, HEIGHT, WIDTH, Look
from ui.applicant.model import WARN_SECONDS, Shown, say, seconds_left, shown
from ui.applicant.pages import BlankPage, IdentityPage, Page, SignedPage, ThanksPage, WaitPage, WelcomePage
from ui.applicant.parts import Head, TouchButton, switch
from ui.applicant.rate import RatePage, ReasonsPage
from ui.applicant.sign import SignPage
from ui.applicant.spoken import spoken
from ui.theme import Theme, load_fonts
from ui.widgets.training_band import TrainingBand
from ui.words import applicant_words, words
from window_client.reception.actions import ApplicantActions
from window_client.reception.state import ApplicantPage, ReceptionState
from window_client.speech import Speech

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
_FOR_THE_APPLICANT = frozenset(
    {ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN, ApplicantPage.RATE, ApplicantPage.REASONS}
)
"""Pages on which the applicant has something to do; on the others a turned screen is given back."""

LEFT_ALONE = timedelta(seconds=60)
"""After so long without a touch the welcome page is as the next person expects it."""

_TOUCHES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress})
_LANGUAGES = {"zh": "en", "en": "zh"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How this applicant wants to read: the step of ``GROWTH``, and the colours of high contrast."""

    size: int = 0
    contrast: bool = False


class ApplicantWindow(QWidget):
    """The second screen. It never takes the focus from the clerk's window and decides nothing.

    Args:
        actions: What the applicant may ask of the desk.
        theme: The desk's theme; this screen keeps its own light one, in this theme's families.
        now: The clock of the countdown.
        speech: Reads aloud; None leaves the button out.
        on_back: Given when this window is the clerk's own screen, turned to the applicant: what Alt+T does. Then it
            takes the keys, and does nothing else with them.
    """

    speech_ended = Signal()

    def __init__(
        self,
        actions: ApplicantActions,
        theme: Theme,
        now: Callable[[], datetime],
        speech: Speech | None = None,
        on_back: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        load_fonts()
        self._actions, self._now, self._speech, self._on_back = actions, now, speech, on_back
        self._theme = theme if theme.name == "light" and theme.scale == 1 else Theme.load("light")
        self._contrasting = Theme.load("dark")
        self._wishes = Wishes()
        self._reading = False
        self._touched_at = now()
        self._shown: Shown | None = None
        self._head: Head | None = None
        self._page: Page | None = None
        self._band = TrainingBand(self, applicant_words)
        self._band_px = 0
        flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint
        if on_back is None:
            flags |= Qt.WindowType.WindowDoesNotAcceptFocus
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            flags |= Qt.WindowType.WindowStaysOnTopHint
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowFlags(flags)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName(words("access.applicant"))
        self.setMinimumSize(640, 480)
        self.resize(WIDTH, HEIGHT)
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._tick)
        self.speech_ended.connect(self._silent)
        if speech is not None:
            speech.ended = self.speech_ended.emit

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def wishes(self) -> Wishes:
        """What this applicant has chosen."""
        return self._wishes

    def present(self, state: ReceptionState) -> None:
        """Show a state; nothing happens while what this screen shows of it is the same."""
        found = shown(state)
        before = self._shown
        if found == before:
            return
        self._shown = found
        self._band_px = self._band.present(state.profile, self._theme)
        if (
            before is not None
            and self._page is not None
            and replace(found, countdown_ends=None) == replace(before, countdown_ends=None)
        ):
            self._page.shown = found  # only more time: the page under the finger stays
            self._page.tick()
            return
        if before is None or before.page is not found.page:
            self._touched_at = self._now()
        if found.page in _NEXT_PERSON and (before is None or before.page not in _NEXT_PERSON):
            self._wishes = Wishes()  # the next person begins with the usual text
        if before is not None and (before.page, before.language) != (found.page, found.language):
            self._be_silent()
        same = before is not None and before.page is found.page and before.language == found.language
        self._build(keep=same and before is not None and before.asked_again == found.asked_again)

    # ---- the applicant's switches

    def wish(self, wishes: Wishes) -> None:
        """Larger type or other colours until the visit ends."""
        if wishes != self._wishes:
            self._wishes = wishes
            self._build(keep=True)

    def _next_size(self) -> None:
        self.wish(replace(self._wishes, size=(self._wishes.size + 1) % len(GROWTH)))

    def _next_colours(self) -> None:
        self.wish(replace(self._wishes, contrast=not self._wishes.contrast))

    def _other_language(self) -> None:
        if self._shown is not None:
            self._actions.applicant_speaks(_LANGUAGES[self._shown.language])

    def _read_or_stop(self) -> None:
        if self._reading:
            self._be_silent()
        elif self._speech is not None and self._shown is not None:
            self._reading = True
            self._speech.read(spoken(self._shown), self._shown.language)
        self._build(keep=True)

    def _be_silent(self) -> None:
        if self._speech is not None and self._reading:
            self._reading = False
            self._speech.stop()

    def _silent(self) -> None:
        """The engine has said everything."""
        if self._reading:
            self._reading = False
            self._build(keep=True)

    def _switches(self, look: Look) -> list[TouchButton]:
        def later(press: Callable[[], object]) -> Callable[[], object]:
            # The button that was pressed is thrown away with its head: let its press end first.
            return lambda: QTimer.singleShot(0, self, press)

        sizes = ("large_text", "huge_text", "usual_text")
        made = [
            switch(look, say(sizes[self._wishes.size]), "textsize", later(self._next_size), "large_text"),
            switch(
                look,
                say("usual_colours" if self._wishes.contrast else "contrast"),
                "sun",
                later(self._next_colours),
                "contrast",
            ),
            switch(look, say("language"), "", later(self._other_language), "language"),
        ]
        made[2].setAccessibleName(say("language.name"))
        if self._speech is not None:
            word, icon = ("be_silent", "pause") if self._reading else ("read_aloud", "volume")
            made.insert(0, switch(look, say(word), icon, later(self._read_or_stop), "read_aloud"))
        return made

    # ---- building

    def _build(self, *, keep: bool) -> None:
        if self._shown is None:
            return
        kept = self._page.remember() if keep and self._page is not None else None
        self._throw_away()
        theme = self._contrasting if self._wishes.contrast else self._theme
        look = Look.for_size(theme, self.width(), self.height() - self._band_px, size=self._wishes.size)
        self._head = Head(look, self._shown.window, self._note(), self._switches(look))
        self._page = _PAGES[self._shown.page](look, self._shown, self._actions, self._now)
        for part in (self._head, self._page):
            part.setParent(self)
        self._lay()
        if kept is not None:
            self._page.recall(kept)
        for part in (self._head, self._page):
            part.show()
        self._page.tick()
        self.update()
        if self._shown.countdown_ends is not None or self._left_over():
            self._seconds.start()
        else:
            self._seconds.stop()

    def _note(self) -> str:
        """Beside the window's number: the step, or that a turned screen is the clerk's turn."""
        if self._shown is None:
            return ""
        if self._on_back is not None and self._shown.page not in _FOR_THE_APPLICANT:
            return say("turn_back")
        return self._shown.note

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
        band = self._band_px
        self._head.setGeometry(0, band, self.width(), top)
        self._page.setGeometry(0, band + top, self.width(), self.height() - band - top)

    # ---- time and touch

    def _tick(self) -> None:
        if self._page is None or not self.isVisible():
            return
        self._page.tick()
        if self._left_over() and self._head is not None:
            left = seconds_left(self._touched_at + LEFT_ALONE, self._now())
            if left <= 0:
                self._as_usual()
            elif left <= WARN_SECONDS:
                self._head.note.setText(say("back_to_usual", n=left))

    def _left_over(self) -> bool:
        """Whether the welcome page still has the wishes of somebody who may be gone."""
        return (
            self._shown is not None
            and self._shown.page in _NEXT_PERSON
            and (self._wishes != Wishes() or self._shown.language != "zh" or self._reading)
        )

    def _as_usual(self) -> None:
        self._be_silent()
        self._wishes = Wishes()
        self._build(keep=True)
        if self._shown is not None and self._shown.language != "zh":
            self._actions.applicant_speaks("zh")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees every touch of this window, before the widget under it."""
        if event.type() in _TOUCHES and self._shown is not None:
            self._touched_at = self._now()
            if self._head is not None and self._left_over():
                self._head.note.setText(self._note())
            if self._shown.countdown_ends is not None:
                self._actions.applicant_touched()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Of a turned screen only: Alt+T gives it back, every other key does nothing."""
        if (
            self._on_back is not None
            and event.key() == Qt.Key.Key_T
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            QTimer.singleShot(0, self, self._on_back)
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._be_silent()

    def forget(self) -> None:
        """The window goes: nothing that anybody saw or wrote is left in it."""
        self._be_silent()
        if self._speech is not None:
            self._speech.ended = lambda: None
        self._throw_away()
        self._shown = None
        self._wishes = Wishes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize() != event.size():
            self._build(keep=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), (self._contrasting if self._wishes.contrast else self._theme).colour("bg"))
        painter.end()
