"""Draws every page of the applicant's screen into PNG files, with the design pictures' data.

``python tests/gui/gallery_applicant.py OUT [--text 1] [--contrast] [--speech] [--size 1280x800] [name ...]``
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from tests.gui.applicant_scenes import BASE, MORE_LINES, NAME, NOW, identity, item, rating, state
from tests.gui.recorder import Recorder
from ui.applicant.rate import ReasonsPage
from ui.applicant.sign import SignPage
from ui.applicant.window import ApplicantWindow, Wishes
from ui.theme import Theme, apply_theme
from ui.words import applicant_words
from window_client.reception.actions import ApplicantActions
from window_client.reception.state import ApplicantPage, ApplicantView, PauseView, ReceptionState
from window_client.speech import Engine, Speech

PAUSE = PauseView(NOW, "rest", NOW + timedelta(minutes=8))

SCREENS: dict[str, Callable[[], ReceptionState]] = {
    "blank": lambda: replace(BASE, applicant=ApplicantView()),
    "paused": lambda: replace(
        BASE, applicant=ApplicantView(), pause=PauseView(NOW, "rest", NOW + timedelta(minutes=8))
    ),
    "05a-welcome": lambda: state(ApplicantPage.WELCOME),
    "identity": identity,
    "wait": lambda: replace(state(ApplicantPage.WAIT), item=item()),
    "05b-check": lambda: state(ApplicantPage.CHECK),
    "check-many": lambda: state(ApplicantPage.CHECK, lines=MORE_LINES),
    "check-last": lambda: state(ApplicantPage.CHECK, lines=MORE_LINES),
    "declare": lambda: state(ApplicantPage.DECLARE),
    "05c-sign": lambda: state(ApplicantPage.SIGN),
    "sign-empty": lambda: state(ApplicantPage.SIGN),
    "sign-read": lambda: state(ApplicantPage.SIGN, lines=MORE_LINES),
    "signed": lambda: state(ApplicantPage.SIGNED),
    "05d-rate": lambda: rating(ApplicantPage.RATE),
    "reasons": lambda: rating(ApplicantPage.REASONS),
    "thanks": lambda: state(ApplicantPage.THANKS),
}


def dress(window: ApplicantWindow, name: str) -> None:
    """Do what the applicant did before the picture."""
    page = window.page
    if name == "05c-sign" and isinstance(page, SignPage):
        pad = page.pad
        page.recall(
            tuple(tuple(((x - 40) / 944, (y - 212) / 372, i * 9, 0.5) for i, (x, y) in enumerate(s)) for s in NAME)
        )
        pad.update()
    if name == "sign-read" and isinstance(page, SignPage):
        page.read_all()
    if name == "check-last":
        page.area.turn(1)  # type: ignore[union-attr]
    if name == "reasons" and isinstance(page, ReasonsPage):
        page.recall(("waited_long", "extra_papers"))


def main() -> None:
    """Draw all pages, or those named."""
    asked = argparse.ArgumentParser()
    asked.add_argument("out", type=Path)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--text", type=int, default=0, help="0 usual, 1 large, 2 huge")
    asked.add_argument("--contrast", action="store_true")
    asked.add_argument("--speech", action="store_true", help="with the button for reading aloud")
    asked.add_argument("--size", default="1024x768")
    asked.add_argument("--language", default="zh")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("dark", 1.25))  # the clerk's theme must not show through
    applicant_words.strict = True
    for name in given.names or SCREENS:
        speech = Speech(Engine(("true",))) if given.speech else None
        window = ApplicantWindow(cast("ApplicantActions", Recorder()), Theme.load("light"), lambda: NOW, speech)
        window.resize(*(int(side) for side in given.size.split("x")))
        window.show()
        window.present(replace(SCREENS[name](), applicant_language=given.language))
        window.wish(Wishes(given.text, given.contrast))
        app.processEvents()
        dress(window, name)
        app.processEvents()
        window.grab().save(str(given.out / f"{name}.png"))
        window.close()
        window.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main()
