"""``window-client devices``: the set-up as a window of its own, or with ``--plain`` as lines in the terminal."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from drivers.recognise.places import Machine
from ui.device_setup.window import SetupWindow
from ui.dispatch import QtDispatcher
from ui.looks import SWITCHES, Looks
from ui.theme import Theme, apply_theme
from ui.words import words
from window_client.device_setup import DeviceSetup
from window_client.device_setup_file import CannotSaveError
from window_client.device_setup_state import SetupState
from window_client.settings import Settings, SettingsError, read

WIDTH, HEIGHT = 1366, 768


class SetupWindows(QObject):
    """The set-up and its window, wired.

    Args:
        path: The settings file.
        settings: As it was read.
        on_close: Told when the window was closed.
        machine: Where devices are looked for.
        looks: Instead of those of the settings.

    Raises:
        CannotSaveError: The file cannot be read.
    """

    def __init__(
        self,
        path: Path,
        settings: Settings,
        on_close: Callable[[], object] = lambda: None,
        machine: Machine | None = None,
        *,
        looks: Looks | None = None,
    ) -> None:
        super().__init__()
        self.looks = looks or Looks(settings.language, settings.theme, settings.text)
        self._on_close = on_close
        self._wear()
        self._dispatcher = QtDispatcher()
        self.setup = DeviceSetup(path, self._dispatcher, self._present, machine=machine)
        switches = {name: partial(self.switch, name) for name in SWITCHES}
        self.window: SetupWindow | None = SetupWindow(self.setup, self.looks.themed(), switches, self._closed)
        self.window.resize(WIDTH, HEIGHT)

    def open(self) -> None:
        """Show the window, and begin to look."""
        if self.window is not None:
            self.window.show()
            self.window.activateWindow()
            self.setup.start()
            self.window.focus_list()

    def _present(self, state: SetupState) -> None:
        if self.window is not None:
            self.window.present(state)

    def switch(self, name: str) -> None:
        """Change language, contrast or size of text."""
        self.looks = self.looks.switched(name)
        if self.window is not None:
            self.window.change_looks(self._wear)

    def _wear(self) -> Theme:
        words.language = self.looks.language
        theme = self.looks.themed()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        return theme

    def _closed(self) -> None:
        self.setup.close()
        self._dispatcher.close()
        self._on_close()


def main(options: Namespace) -> int:
    """Run until the window is closed; 2 when it cannot start."""
    from ui.main import application  # noqa: PLC0415 - the one place where the application is made
    from window_client import logs  # noqa: PLC0415

    logs.start(None, verbose=options.verbose)
    machine = Machine(serial=tuple(options.port))
    try:
        settings = read(options.settings, data=options.data)
    except SettingsError as error:
        sys.stderr.write("\n".join((f"{options.settings}:", *error.problems)) + "\n")
        return 2
    app = application()
    try:
        windows = SetupWindows(options.settings, settings, app.quit, machine)
    except CannotSaveError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    beat = QTimer()  # lets Python see the signals while Qt waits
    beat.timeout.connect(lambda: None)
    beat.start(250)
    windows.open()
    try:
        return app.exec()
    finally:
        windows.setup.close()
