"""The windows of one counter and the wires between them and the counter's app.

Both windows show the same state. Building the reception window waits until somebody has signed in.
"""

import importlib
import logging
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.clipboard import ClipboardGuard
from ui.dispatch import QtDispatcher
from ui.looks import SWITCHES, Looks, LooksFile
from ui.signin.view import SignInView
from ui.theme import Theme, apply_theme
from ui.words import words
from window_client.settings import Settings
from window_client.signin import SignInState
from window_client.store.errors import StoreError

if TYPE_CHECKING:
    from ui.applicant.window import ApplicantWindow
    from ui.device_setup.run import SetupWindows
    from ui.reception.window import ReceptionWindow
    from ui.second_screen import SecondScreen, Way
    from window_client.app import App
    from window_client.imaging.live import LiveView
    from window_client.reception.actions import Stroke
    from window_client.reception.state import ReceptionState
    from window_client.speech import Speech

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 1440, 900

TURN_MS = 1
"""Milliseconds before the next piece of work of the screen. With 0 Qt does it before it looks for keys."""

PREPARE_MS = 150
"""Milliseconds between two steps that are built ahead while the window is idle."""

UNSEEN_MS = 1000
"""Milliseconds after which the counter starts even behind a window that nobody sees, such as a covered one."""


class _KeyThread(QThread):
    """Fetches the store's key beside the first paint: the keyring takes 100 ms and more."""

    fetched = Signal(object)

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings

    def run(self) -> None:
        """Fetch the key (or the StoreError). The counter itself is imported here too, behind the first paint."""
        from window_client.app import master_key  # noqa: PLC0415 - see above

        try:
            self.fetched.emit(master_key(self._settings))
        except StoreError as error:
            self.fetched.emit(error)


class _RestoreThread(QThread):
    """Brings a damaged store back; takes as long as reading backup, log and pages."""

    ended = Signal(object)

    def __init__(self, settings: Settings, key: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._key = key

    def run(self) -> None:
        """Restore; tells the report, or the StoreError."""
        from window_client.app import store_folder  # noqa: PLC0415 - hardly ever needed
        from window_client.store.restore import restore  # noqa: PLC0415

        settings = self._settings
        try:
            found = restore(store_folder(settings), self._key, backups=settings.backups, keep=settings.keep_backups)
        except StoreError as error:
            self.ended.emit(error)
        else:
            self.ended.emit(found)


class Windows(QObject):
    """Sign-in page, reception window and applicant's window of one counter.

    Args:
        settings: What the administrator decided.
        on_state: Told of every state of the desk, beside the windows (the demo's applicant, the tour).
        file: Where the settings stand; with it, who may write there can set the devices up from the sign-in page.
    """

    ready = Signal()

    def __init__(
        self,
        settings: Settings,
        on_state: "Callable[[ReceptionState], None]" = lambda _: None,
        *,
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._file = file
        self.setup: SetupWindows | None = None
        self._screens_watched = False
        self._on_state = on_state
        self.looks = Looks(settings.language, settings.theme, settings.text)
        self._chosen = LooksFile(settings.data / "looks.json")
        words.language = self.looks.language
        self.theme = self.looks.themed()
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            raise TypeError("a QApplication must exist before its windows")
        self._application = application
        apply_theme(application, self.theme)
        self.dispatcher = QtDispatcher()
        self._clipboard = ClipboardGuard(self)
        self.app: App | None = None
        self.failure: StoreError | None = None
        self.signin: SignInView | None = None
        self.reception: ReceptionWindow | None = None
        self.second: SecondScreen | None = None
        self.speech: Speech | None = None
        self.last_live: LiveView | None = None
        self._for_applicant: ReceptionState | None = None
        self._early: QWidget | None = None
        self._usual = self.looks
        self._key: _KeyThread | None = None
        self._restoring: _RestoreThread | None = None
        self._closed = False

    # ---- start

    def open(self) -> None:
        """Show the sign-in page at once; store and devices follow while it is painted."""
        self.signin = self._make_sign_in()
        self.signin.resize(WIDTH, HEIGHT)
        self.signin.show()
        self.signin.activateWindow()
        self.signin.installEventFilter(self)
        QTimer.singleShot(UNSEEN_MS, self._fetch_key)

    def _make_sign_in(self) -> SignInView:
        switches = {name: partial(self.switch, name) for name in SWITCHES}
        may = self._file is not None and os.access(self._file, os.W_OK) and os.access(self._file.parent, os.W_OK)
        return SignInView(self, self.theme, switches=switches, on_devices=self.set_up_devices if may else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits for the sign-in page's first paint: what the key's thread imports would hold it up."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._fetch_key)
        return False

    def _fetch_key(self) -> None:
        if self._key is None and not self._closed:
            self._key = _KeyThread(self.settings, self)
            self._key.fetched.connect(self._key_came)
            self._key.start()

    def _key_came(self, key: object) -> None:
        from window_client.app import App, Listeners, open_with  # noqa: PLC0415 - imported by the key's thread

        try:
            if isinstance(key, StoreError):
                raise key
            if not isinstance(key, bytes):
                raise TypeError("a key is bytes")
            store = open_with(self.settings, key)
        except StoreError as error:
            if error.code == "damaged" and isinstance(key, bytes):
                self._restore(key)
                return
            log.error("the store cannot be opened: %s", error.code)  # noqa: TRY400 - the environment's error
            self.failure = error
            self._show_failure(error)
            return
        listeners = Listeners(
            sign_in=self._present_sign_in,
            reception=self._present,
            live=self._present_live,
            strokes=self._present_strokes,
            began=self._begin,
        )
        self.app = App(self.settings, store, self.dispatcher, listeners)
        self.app.start()
        if not self._screens_watched:
            self._screens_watched = True
            self._application.screenAdded.connect(self._look_for_screens)
            self._application.screenRemoved.connect(self._look_for_screens)
        self._look_for_screens()
        _import_beside("ui.reception.window", "ui.second_screen", "window_client.speech")
        self.ready.emit()

    def _look_for_screens(self, _screen: object = None) -> None:
        """The check before work says whether the applicant has a screen."""
        if self.app is None or self.signin is None:
            return
        setting, profile = self.settings.second_screen, self.settings.profile
        own_window = setting == "window" or profile == "demo"
        there = setting != "turn" and (len(self._application.screens()) > 1 or own_window)
        self.app.signin.second_screen_known(there=there, wanted=setting != "turn")

    def _show_failure(self, error: StoreError) -> None:
        from ui.signin.failure import FailurePage  # noqa: PLC0415 - hardly ever needed

        self._instead(FailurePage(error.code, self.theme, detail=error.detail))

    def _instead(self, page: QWidget) -> None:
        """A page in the sign-in page's place. The new one is shown first: closing the last window ends the program."""
        page.resize(WIDTH, HEIGHT)
        page.show()
        before, self._early = self._early, page
        for window in (self.signin, before):
            if window is not None:
                window.close()
                window.deleteLater()
        self.signin = None

    def _restore(self, key: bytes) -> None:
        """The store is damaged: bring it back beside the screen, and say what came of it."""
        from ui.signin.failure import FailurePage  # noqa: PLC0415 - hardly ever needed

        log.error("the store is damaged; it is being restored")
        self._instead(FailurePage("restoring", self.theme))
        self._restoring = _RestoreThread(self.settings, key, self)
        self._restoring.ended.connect(lambda ended: self._restored(key, ended))
        self._restoring.start()

    def _restored(self, key: bytes, ended: object) -> None:
        from ui.signin.failure import FailurePage  # noqa: PLC0415 - hardly ever needed
        from window_client.store.restore import Report  # noqa: PLC0415

        if isinstance(ended, Report):
            self._instead(FailurePage("restored", self.theme, report=ended, go_on=lambda: self._start_anew(key)))
        elif isinstance(ended, StoreError):
            self.failure = ended
            self._show_failure(ended)

    def _start_anew(self, key: bytes) -> None:
        self.signin = self._make_sign_in()
        self.signin.resize(WIDTH, HEIGHT)
        self.signin.show()
        self.signin.activateWindow()
        QTimer.singleShot(0, lambda: self._key_came(key))

    # ---- what the sign-in page asks

    def sign_in(self, account: str, password: str, window_no: int) -> None:
        """Pass it on; before the store is open there is nothing to sign in to."""
        if self.app is not None:
            self.app.signin.sign_in(account, password, window_no)

    def check_again(self) -> None:
        """Pass it on."""
        if self.app is not None:
            self._look_for_screens()
            self.app.signin.check_again()

    def set_up_devices(self) -> None:
        """Let the devices go and show their set-up in the sign-in page's place; afterwards all begins anew."""
        from ui.device_setup.run import SetupWindows  # noqa: PLC0415 - hardly ever needed
        from window_client.device_setup_file import CannotSaveError  # noqa: PLC0415
        from window_client.settings import SettingsError  # noqa: PLC0415

        if self._file is None or self.setup is not None or self.app is None or self.signin is None:
            return
        try:
            setup = SetupWindows(self._file, self.settings, self._set_up, looks=self.looks)
        except (SettingsError, CannotSaveError) as error:  # the file was changed since the start, into a wrong one
            log.warning("no device set-up: %s", error)
            return
        self.setup = setup
        self.app.stop()
        self.app = None
        self.dispatcher.close()  # what the app's threads still post finds its store closed
        self.dispatcher = QtDispatcher()
        setup.open()
        self.signin.close()
        self.signin.deleteLater()
        self.signin = None

    def _set_up(self) -> None:
        """The set-up was closed: read the settings again, and start as at the beginning."""
        from window_client.settings import SettingsError, read  # noqa: PLC0415 - hardly ever needed

        setup, self.setup = self.setup, None
        if self._closed or setup is None or self._file is None:
            return
        try:
            self.settings = read(self._file, data=self.settings.data)
        except SettingsError as error:
            log.warning("the settings stay as they were: %s", error)
        self._key = None
        self._dress(setup.looks)
        self.open()
        if setup.window is not None:
            setup.window.deleteLater()

    # ---- what the app tells

    def _present_sign_in(self, state: SignInState) -> None:
        if self.signin is not None:
            self.signin.present(state)

    def _begin(self) -> None:
        """Build and show the two windows, a piece in each turn of the loop, so that no turn is long."""
        pieces = [
            self._take_looks,
            self._build_reception,
            self._build_applicant,
            self._show_reception,
            self._show_applicant,
        ]

        def next_piece() -> None:
            if pieces:
                pieces.pop(0)()
                QTimer.singleShot(TURN_MS, next_piece)

        next_piece()

    def _take_looks(self) -> None:
        """What this clerk chose before, from her first picture on."""
        clerk = self.app.desk.state.clerk if self.app is not None else None
        if clerk is not None:
            remembered = self._chosen.of(clerk.account, self._usual)
            pressed = self.looks.differing(self._usual)  # on the sign-in page, a moment ago: that is what she wants
            if pressed:
                remembered = replace(remembered, **pressed)
                self._chosen.keep(clerk.account, remembered)
            self._dress(remembered)

    def _build_reception(self) -> None:
        from ui.reception.window import ReceptionWindow  # noqa: PLC0415 - not before somebody has signed in

        if self.app is not None:
            desk = self.app.desk
            self.reception = ReceptionWindow(desk, desk, desk, self.theme, self.app.clock, self._switches())
            self.reception.resize(WIDTH, HEIGHT)
            if self.settings.keyboard_scanner:
                from ui.wedge import WedgeWatch  # noqa: PLC0415 - only where there is such a scanner

                reception = self.reception
                WedgeWatch(reception, desk.code_came, rests=lambda: reception.locked)

    @property
    def applicant(self) -> "ApplicantWindow | None":
        """The applicant's window, on whatever screen; None while the clerk's own is all there is."""
        return self.second.window if self.second is not None else None

    def _build_applicant(self) -> None:
        from ui.second_screen import SecondScreen  # noqa: PLC0415 - not before somebody has signed in
        from window_client.speech import Speech, find_engine  # noqa: PLC0415

        if self.app is None or self.reception is None:
            return
        engine = find_engine(self.settings.speech)
        self.speech = Speech(engine) if engine is not None else None
        self.second = SecondScreen(
            self.reception,
            self._make_applicant,
            setting=self.settings.second_screen,
            profile=self.settings.profile,
            tell=self._tell_second_screen,
            touched=self.app.desk.applicant_touched,
        )
        self.second.place()
        self._present(self.app.desk.state)

    def _make_applicant(self, on_back: "Callable[[], object] | None") -> "ApplicantWindow":
        from ui.applicant.window import ApplicantWindow  # noqa: PLC0415

        if self.app is None:
            raise RuntimeError("the counter has not started")
        return ApplicantWindow(self.app.desk, self.theme, self.app.clock, self.speech, on_back)

    def _tell_second_screen(self, way: "Way", _other: bool) -> None:
        if self.app is not None:
            facts = {"speech": "yes" if self.speech is not None else "no"}
            self.app.desk.second_screen_changed(
                there=way.value != "turn" or self.settings.second_screen == "turn",
                turns=way.value == "turn",
                facts=facts,
            )

    def _show_reception(self) -> None:
        if self.reception is not None:
            self.reception.show()

    def _show_applicant(self) -> None:
        if self.second is not None:
            self.second.place()
        if self.signin is not None:
            self.signin.close()
            self.signin.deleteLater()
            self.signin = None
        if self.reception is not None:
            self.reception.activateWindow()
        _import_beside("window_client.imaging.live", "window_client.imaging.page", "window_client.imaging.codes")
        QTimer.singleShot(PREPARE_MS, self._prepare)

    def _prepare(self) -> None:
        """Build the steps of the first visit while nobody waits for them, one each time."""
        if self._closed or self.reception is None or self.app is None:
            return
        idle = self.app.desk.state.visit.value == "idle" and not self.reception.building
        if not idle or self.reception.centre.prepare():
            QTimer.singleShot(PREPARE_MS, self._prepare)

    def _present(self, state: "ReceptionState") -> None:
        """The clerk's window at once; the second screen in the next turn of the loop, so that no turn builds both."""
        self._clipboard.present(state.visit)
        if self.reception is not None:
            self.reception.present(state)
        if self.second is not None:
            if self._for_applicant is None:
                QTimer.singleShot(TURN_MS, self._present_applicant)
            self._for_applicant = state
        self._on_state(state)

    def _present_applicant(self) -> None:
        state, self._for_applicant = self._for_applicant, None
        if self.second is not None and state is not None:
            self.second.present(state)

    def _present_live(self, live: "LiveView | None") -> None:
        self.last_live = live
        if self.reception is not None:
            self.reception.present_live(live)

    def _present_strokes(self, strokes: "Sequence[Stroke]") -> None:
        if self.reception is not None:
            self.reception.present_strokes(strokes)

    # ---- looks

    def _switches(self) -> dict[str, Callable[[], object]]:
        return {**{name: partial(self.switch, name) for name in SWITCHES}, "turn_screen": self._turn_screen}

    def _turn_screen(self) -> None:
        if self.second is not None:
            self.second.turn()

    def switch(self, name: str) -> None:
        """Change language, contrast or size of text at once, and remember it for this clerk.

        The applicant's screen has its own language and size; it stays.
        """
        wanted = self.looks.switched(name)
        if wanted == self.looks:
            return
        if self.reception is None and self.signin is not None:
            self.signin.change_looks(lambda: self._dress(wanted))
            return
        if self.reception is None or self.reception.building:
            return
        self.looks = wanted
        if self.app is not None and self.app.desk.state.clerk is not None:
            self._chosen.keep(self.app.desk.state.clerk.account, wanted)
        self.reception.change_looks(lambda: self._dress(wanted))

    def _dress(self, looks: Looks) -> Theme:
        """Put language and theme in force."""
        self.looks = looks
        words.language = looks.language
        theme = looks.themed()
        if theme != self.theme:
            self.theme = theme
            apply_theme(self._application, theme)
        return self.theme

    # ---- end

    def close(self) -> None:
        """Close everything in order; safe to call twice."""
        self._closed = True
        if self._key is not None:
            self._key.wait(3000)
        if self._restoring is not None:
            self._restoring.wait(60_000)
        if self.app is not None:
            self.app.stop()
        self.dispatcher.close()
        if self.second is not None:
            self.second.close()
        if self.speech is not None:
            self.speech.close()
        for window in (self.reception, self.signin, self._early, self.setup.window if self.setup is not None else None):
            if window is not None:
                window.close()
                window.deleteLater()
        self.reception = self.signin = self._early = None


def _import_beside(*modules: str) -> None:
    """Import what is needed soon in a thread of its own, so that the first use of it does not hold the screen.

    Libraries are bound lazily meanwhile: binding all of OpenCV at once holds the interpreter for tens of ms.
    """

    def work() -> None:
        flags = sys.getdlopenflags() if sys.platform != "win32" else 0
        if sys.platform != "win32":
            sys.setdlopenflags(os.RTLD_LAZY)
        try:
            for name in modules:
                importlib.import_module(name)
        finally:
            if sys.platform != "win32":
                sys.setdlopenflags(flags)

    Thread(target=work, name="imports", daemon=True).start()


def catch_bugs(windows: Windows) -> None:
    """A bug is logged with a reference number and shown as such; the visit goes on from its draft."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        reference = secrets.token_hex(3).upper()
        log.error("bug %s", reference, exc_info=(kind, error, trace))
        if windows.app is not None:
            windows.app.desk.tell_bug(reference)

    sys.excepthook = hook
