"""Draws the screens offscreen into PNG files, to be laid beside the design's pictures.

``python tests/gui/gallery.py OUT [name ...]``
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication, QWidget

from tests.gui import scenes
from tests.gui.recorder import Recorder
from ui.reception.viewer.view import ViewerView
from ui.signin.view import SignInView
from ui.theme import Theme, apply_theme, current
from ui.words import words
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState
from window_client.signin import SignInActions


def viewer(state: ReceptionState, *, live: bool = False, tab: str = "") -> QWidget:
    """The right column of 1440 × 900."""
    view = ViewerView(cast("ClerkActions", Recorder()), scenes.ShelfOfPages(), current())
    view.resize(396, 822)
    view.show()
    view.present(state)
    if tab:
        view.show_tab(tab)
    if live:
        view.present_live(scenes.camera_frame())
    view.setFocus()
    return view


def sign_in() -> QWidget:
    """The sign-in page at 1440 × 900."""
    view = SignInView(cast("SignInActions", Recorder()), current(), lambda: scenes.at(8, 25))
    view.resize(1440, 900)
    view.present(scenes.sign_in())
    view.show()
    view.activateWindow()
    view.focus_first()
    return view


SCREENS: dict[str, Callable[[], QWidget]] = {
    "viewer-01a": lambda: viewer(scenes.idle()),
    "viewer-01b": lambda: viewer(scenes.serving(), live=True),
    "viewer-01c": lambda: viewer(scenes.accepted()),
    "viewer-01d": lambda: viewer(scenes.offline()),
    "viewer-01e": lambda: viewer(scenes.printer_out_of_paper()),
    "viewer-01g": lambda: viewer(scenes.serving(Step.CONFIRM)),
    "viewer-ecerts": lambda: viewer(scenes.serving(), tab="ecerts"),
    "viewer-aside": lambda: viewer(scenes.set_aside(), tab="outbox"),
    "signin-08": sign_in,
    "viewer-devices": lambda: viewer(scenes.idle(), tab="device"),
}


def main() -> None:
    """Draw all screens, or those named."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("light"))
    words.strict = True
    words.language = os.environ.get("WORDS_LANGUAGE", "zh")
    for name in sys.argv[2:] or SCREENS:
        widget = SCREENS[name]()
        widget.show()
        app.processEvents()
        widget.grab().save(str(out / f"{name}.png"))
        widget.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main()
