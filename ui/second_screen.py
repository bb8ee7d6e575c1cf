"""The applicant's screen, wherever it is: the other monitor, which may come and go while the program runs; a window
beside the clerk's (demonstrations); or the clerk's own screen, turned to the applicant by a key.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from ui.applicant.window import ApplicantWindow
from window_client.reception.state import ApplicantPage, ReceptionState

SIZE = (1024, 768)
"""Width and height of the applicant's window where it has no screen of its own, in pixels."""


class Way(StrEnum):
    """Where the applicant looks."""

    SCREEN = "screen"  # another monitor
    WINDOW = "window"  # a window on the clerk's monitor
    TURN = "turn"  # the clerk's monitor, turned round when the applicant has something to do


def way(setting: str, profile: str, *, other: bool) -> Way:
    """Where the applicant looks: ``setting`` is ``[ui] second_screen``, ``other`` whether another monitor is there."""
    if setting == "turn":
        return Way.TURN
    if other:
        return Way.SCREEN
    return Way.WINDOW if setting == "window" or profile == "demo" else Way.TURN


class SecondScreen(QObject):
    """Places the applicant's window, and turns the clerk's screen where there is no other.

    While the clerk's screen is turned her window is hidden, not covered: nothing of it can be seen or typed into.
    The applicant's window of a turned screen is made for the turn and thrown away with everything in it.

    Args:
        clerk: The reception window; its monitor is never the applicant's.
        make: Makes an applicant's window; given what Alt+T does on a turned screen, None for a screen of its own.
        setting: ``[ui] second_screen``.
        profile: ``[window] profile``.
        tell: Told where the applicant looks whenever it changes.
        touched: Called when a screen was turned: the applicant only now sees what counts its seconds.
        screens: The monitors; Qt's own list.
    """

    def __init__(
        self,
        clerk: QWidget,
        make: Callable[[Callable[[], object] | None], ApplicantWindow],
        *,
        setting: str,
        profile: str,
        tell: Callable[[Way, bool], object],
        touched: Callable[[], object] = lambda: None,
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
    ) -> None:
        super().__init__(clerk)
        self._clerk, self._make, self._setting, self._profile = clerk, make, setting, profile
        self._tell, self._touched, self._screens = tell, touched, screens
        self._state: ReceptionState | None = None
        self._told: tuple[Way, bool] | None = None
        self._watched: QScreen | None = None
        self._way: Way | None = None
        self._follows_clerk = False
        self.window: ApplicantWindow | None = None
        self.turned = False
        application = QGuiApplication.instance()
        if isinstance(application, QApplication):
            application.screenAdded.connect(self._screens_changed)
            application.screenRemoved.connect(self._screen_removed)
            application.primaryScreenChanged.connect(self._screens_changed)

    # ---- states

    def present(self, state: ReceptionState) -> None:
        """Show a state on whatever screen the applicant has."""
        self._state = state
        if self.window is not None:
            self.window.present(state)

    @property
    def may_turn(self) -> bool:
        """Whether Alt+T turns the clerk's screen now: somebody is served, and there is no other screen."""
        state = self._state
        return (
            self._way is Way.TURN
            and state is not None
            and state.lock is None
            and state.applicant.page is not ApplicantPage.BLANK
        )

    # ---- monitors

    def place(self) -> None:
        """Look where the applicant's screen is now, and put the window there. A turned screen stays turned."""
        if self.turned:
            return
        handle = self._clerk.windowHandle()
        if handle is not None and not self._follows_clerk:
            self._follows_clerk = True
            handle.screenChanged.connect(self._screens_changed)  # the clerk's window was moved to the other monitor
        other = self._other()
        found = way(self._setting, self._profile, other=other is not None)
        if found is Way.TURN:
            self._drop()
        else:
            if self.window is None:
                self.window = self._make(None)
                if self._state is not None:
                    self.window.present(self._state)
            self._put(self.window, other if found is Way.SCREEN else None)
        self._way = found
        news = (found, other is not None)
        if news != self._told:
            self._told = news
            self._tell(*news)

    def _other(self) -> QScreen | None:
        own = self._clerk.screen()
        return next((screen for screen in self._screens() if screen is not own), None)

    def _put(self, window: ApplicantWindow, screen: QScreen | None) -> None:
        if self._watched is not None and self._watched is not screen:
            self._watched.geometryChanged.disconnect(self._geometry_changed)
            self._watched = None
        if screen is None:
            window.resize(*SIZE)
        else:
            if self._watched is None:
                self._watched = screen
                screen.geometryChanged.connect(self._geometry_changed)
            window.setScreen(screen)
            window.setGeometry(screen.geometry())
        if not window.isVisible() and self._clerk.isVisible():
            window.show()

    def _geometry_changed(self, geometry: QRect) -> None:
        if self.window is not None and not self.turned:
            self.window.setGeometry(geometry)

    def _screens_changed(self, _screen: QScreen) -> None:
        # Qt moves windows of its own accord around this signal: look when it has done so.
        QTimer.singleShot(0, self, self.place)

    def _screen_removed(self, screen: QScreen) -> None:
        """The window must not land on the clerk's screen: it goes before Qt can move it there."""
        if screen is self._watched:
            self._watched = None
            if self.window is not None and not self.turned:
                self.window.hide()
        QTimer.singleShot(0, self, self.place)

    def _drop(self) -> None:
        """The applicant's window goes, with everything that was on it."""
        if self._watched is not None:
            self._watched.geometryChanged.disconnect(self._geometry_changed)
            self._watched = None
        window, self.window = self.window, None
        if window is not None:
            window.forget()
            window.close()
            window.deleteLater()

    # ---- the turned screen

    def turn(self) -> None:
        """Alt+T: the clerk's screen becomes the applicant's, whole; again: back."""
        if self.turned:
            self.turn_back()
            return
        if not self.may_turn or self._state is None:
            return
        self.turned = True
        self.window = self._make(self.turn_back)
        self.window.present(self._state)
        screen = self._clerk.screen()
        if screen is not None:
            self.window.setScreen(screen)
            self.window.setGeometry(screen.geometry())
        self.window.showFullScreen()
        self._clerk.hide()
        self.window.activateWindow()
        self.window.setFocus()
        self._touched()

    def turn_back(self) -> None:
        """The clerk's screen is hers again; of the applicant's nothing is left."""
        if not self.turned:
            return
        self.turned = False
        self._clerk.show()
        self._drop()
        self._clerk.activateWindow()
        self.place()

    def close(self) -> None:
        """The program ends."""
        self.turned = False
        self._drop()
