"""Training on every screen: the band over the sign-in page, the clerk's window and the applicant's."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.desk import Bench
from ui.applicant.window import ApplicantWindow
from ui.reception.window import ReceptionWindow
from ui.signin.view import SignInView
from ui.theme import Theme
from ui.widgets.training_band import TrainingBand
from ui.words import words
from window_client.clock import CHINA
from window_client.signin import SignInState

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=CHINA)


def band(window: QWidget) -> TrainingBand:
    found = window.findChild(TrainingBand)
    assert found is not None
    return found


class Nobody:
    """Takes whatever is pressed."""

    def __getattr__(self, _name: str) -> object:
        return lambda *_args, **_more: None


@pytest.mark.parametrize("profile", ["training", "production", "demo"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_sign_in_page_is_marked_in_training_alone(qtbot: QtBot, profile: str, scale: float) -> None:
    view = SignInView(Nobody(), Theme.load("light", scale))  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.present(SignInState("大厅", ((12, ""),), 12, "1", profile))
    view.show()

    mark = band(view)

    assert mark.isVisible() is (profile == "training")
    if mark.isVisible():
        assert mark.text() == words("training.band")
        assert mark.width() == view.width()
        others = [one for one in view.findChildren(QLabel) if one is not mark and one.isVisible() and one.text()]
        assert all(one.mapTo(view, QPoint(0, 0)).y() >= mark.height() for one in others), "it covers nothing"


@pytest.mark.parametrize("profile", ["training", "demo"])
def test_both_windows_of_the_counter_are_marked_in_training_alone(qtbot: QtBot, tmp_path: Path, profile: str) -> None:
    theme = Theme.load("light")
    with Bench(tmp_path / "store", profile=profile) as bench:
        clerk = ReceptionWindow(bench.desk, bench.desk, bench.desk, theme, lambda: bench.now)
        applicant = ApplicantWindow(bench.desk, theme, lambda: bench.now)
        for window in (clerk, applicant):
            qtbot.addWidget(window)
            window.resize(1366, 768)
            window.show()
            window.present(bench.state)
            assert band(window).isVisible() is (profile == "training")
        applicant.present(replace(bench.state, window_no=13))
        assert band(applicant).isVisible() is (profile == "training"), "also on the next page"
        if profile == "training":
            assert clerk.top.mapTo(clerk, QPoint(0, 0)).y() >= band(clerk).height()
