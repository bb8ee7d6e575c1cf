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
from ui.reception.idle.exercises import exercises
from ui.reception.window import ReceptionWindow
from ui.signin.view import SignInView
from ui.theme import Theme
from ui.widgets.training_band import TrainingBand
from ui.words import words
from window_client.clock import CHINA
from window_client.signin import SignInState
from window_client.training import Training, load

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


def test_exercises_stand_on_the_idle_page_and_one_is_begun_and_put_away_by_its_button(
    qtbot: QtBot, tmp_path: Path
) -> None:
    begun: list[str] = []
    theme = Theme.load("light")
    with Bench(tmp_path / "store", profile="training") as bench:
        window = ReceptionWindow(bench.desk, bench.desk, bench.desk, theme, lambda: bench.now)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.present(bench.state)
        listed = window.centre.idle.exercises
        assert not listed.isVisible(), "without exercises there is no empty frame"
        training = Training(load(), bench.store.cache, lambda *_: None)
        bench.desk.on_exercise = lambda name: (begun.append(name), training.begin(name))  # type: ignore[assignment, func-returns-value]
        bench.desk._core.show = window.present
        bench.desk.training_changed(training.views(), "", {})

        assert listed.isVisible()
        assert len(listed.buttons) == len(load())
        listed.buttons[2].click()
        bench.desk.training_changed(training.views(), "training.begun", {"zh": "证件过期", "en": "x", "goal": ""})
        said = [one.text() for one in listed.findChildren(QLabel)]
        assert words("desk.training.goal.expired_seen") in said
        assert words("desk.training.goals", n=0, m=3) in said
        assert "证件过期" in window.toast.text()
        listed.buttons[2].click()

    assert begun == ["expired", ""]


def test_what_the_list_shows_is_in_the_clerks_language(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", profile="training") as bench:
        training = Training(load(), bench.store.cache, lambda *_: None)
        training.begin("offline")
        bench.desk.training_changed(training.views(), "", {})
        words.language = "en"
        try:
            rows = exercises(bench.state)
        finally:
            words.language = "zh"

    now = next(row for row in rows if row.current)
    assert now.title == "Without the line"
    assert now.goals[0] == ("call the number", False)
    assert (now.act, now.button) == ("exercise:", "Put away")
    assert all(row.goals == () for row in rows if not row.current)
