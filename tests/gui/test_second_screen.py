"""The applicant's screen comes, goes, or is the clerk's own, turned round."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import applicant_scenes as scenes
from tests.gui.recorder import Recorder
from ui.applicant.window import ApplicantWindow, Wishes
from ui.second_screen import SecondScreen, Way, way
from ui.theme import Theme
from window_client.reception.actions import ApplicantActions
from window_client.reception.state import ApplicantPage, ApplicantView, LockView

CHECK = scenes.state(ApplicantPage.CHECK)
BLANK = replace(scenes.BASE, applicant=ApplicantView())


@pytest.mark.parametrize(
    ("setting", "profile", "other", "found"),
    [
        ("auto", "production", True, Way.SCREEN),
        ("auto", "production", False, Way.TURN),
        ("auto", "training", False, Way.TURN),
        ("auto", "demo", False, Way.WINDOW),
        ("auto", "demo", True, Way.SCREEN),
        ("window", "production", False, Way.WINDOW),
        ("window", "production", True, Way.SCREEN),
        ("turn", "demo", True, Way.TURN),
    ],
)
def test_where_the_applicant_looks(setting: str, profile: str, other: bool, found: Way) -> None:
    assert way(setting, profile, other=other) is found


class Counter:
    """A clerk's window, the second screen, and monitors that are plugged in and out."""

    def __init__(self, qtbot: QtBot, *, setting: str = "auto", profile: str = "production") -> None:
        self.clerk = QWidget()
        self.field = QLineEdit()
        column = QVBoxLayout(self.clerk)
        column.addWidget(QLabel("510799199001010017"))
        column.addWidget(self.field)
        self.clerk.resize(800, 600)
        qtbot.addWidget(self.clerk)
        self.clerk.show()
        self.field.setFocus()
        qtbot.waitExposed(self.clerk)
        self.screens: list[QScreen] = [QGuiApplication.primaryScreen()]
        self.told: list[tuple[Way, bool]] = []
        self.desk = Recorder()
        self.second = SecondScreen(
            self.clerk,
            self._make,
            setting=setting,
            profile=profile,
            tell=lambda where, other: self.told.append((where, other)),
            touched=self.desk.applicant_touched,
            screens=lambda: self.screens,
        )

    def _make(self, on_back: Callable[[], object] | None) -> ApplicantWindow:
        return ApplicantWindow(
            cast("ApplicantActions", self.desk), Theme.load("light"), lambda: scenes.NOW, None, on_back
        )

    def windows(self) -> list[ApplicantWindow]:
        settle()
        return [window for window in QApplication.topLevelWidgets() if isinstance(window, ApplicantWindow)]


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(qtbot)
    yield made
    made.second.close()
    settle()


def test_without_another_monitor_nothing_is_shown_until_the_screen_is_turned(counter: Counter) -> None:
    counter.second.present(CHECK)
    counter.second.place()
    assert counter.told == [(Way.TURN, False)]
    assert counter.windows() == []

    counter.second.turn()
    (window,) = counter.windows()
    assert window.isVisible()
    assert not counter.clerk.isVisible(), "nothing of the clerk's screen is behind it"
    assert "请核对您的信息" in [label.text() for label in window.findChildren(QLabel)]

    counter.second.turn_back()
    assert counter.clerk.isVisible()
    assert counter.windows() == [], "nothing of the applicant's is left"


def test_only_alt_t_gives_a_turned_screen_back_and_no_key_reaches_the_clerks_window(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.second.present(CHECK)
    counter.second.place()
    counter.second.turn()
    (window,) = counter.windows()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_T, Qt.Key.Key_A):
        QTest.keyClick(window, key)
    settle()
    assert counter.second.turned
    assert counter.field.text() == ""

    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: not counter.second.turned, timeout=20_000)
    assert counter.clerk.isVisible()
    qtbot.waitUntil(counter.field.hasFocus, timeout=20_000)


def test_a_turned_screen_says_when_it_is_the_clerks_turn(counter: Counter) -> None:
    counter.second.present(CHECK)
    counter.second.place()
    counter.second.turn()
    counter.second.present(scenes.state(ApplicantPage.SIGNED))
    (window,) = counter.windows()
    assert "请把屏幕转给工作人员（Alt+T）" in [label.text() for label in window.findChildren(QLabel)]
    counter.second.present(BLANK)
    told = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "李明" not in told


def test_nobody_is_served_or_the_desk_is_locked_and_the_key_does_nothing(counter: Counter) -> None:
    for state in (BLANK, replace(CHECK, lock=LockView("key", scenes.NOW))):
        counter.second.present(state)
        counter.second.place()
        counter.second.turn()
        assert not counter.second.turned
        assert counter.clerk.isVisible()


def test_the_rating_counts_its_seconds_from_the_moment_the_screen_is_turned(counter: Counter) -> None:
    counter.second.present(scenes.rating(ApplicantPage.RATE))
    counter.second.place()
    counter.second.turn()
    assert counter.desk.asked == [("applicant_touched",)]


def test_the_wishes_of_one_turn_are_not_those_of_the_next(counter: Counter) -> None:
    counter.second.present(CHECK)
    counter.second.place()
    counter.second.turn()
    counter.windows()[0].wish(Wishes(2, contrast=True))
    counter.second.turn_back()
    counter.second.turn()
    assert counter.windows()[0].wishes == Wishes()


def test_a_monitor_that_is_plugged_in_while_turned_waits_until_the_clerk_has_her_screen_back(counter: Counter) -> None:
    counter.second.present(CHECK)
    counter.second.place()
    counter.second.turn()
    counter.second.place()  # what a new monitor causes
    assert counter.second.turned
    assert not counter.clerk.isVisible()


def test_in_the_demo_a_window_stands_beside_the_clerks(qtbot: QtBot) -> None:
    counter = Counter(qtbot, profile="demo")
    counter.second.present(CHECK)
    counter.second.place()
    assert counter.told == [(Way.WINDOW, False)]
    (window,) = counter.windows()
    assert window.isVisible()
    assert counter.clerk.isVisible()
    counter.second.turn()
    assert not counter.second.turned, "there is a screen for the applicant"
    counter.second.close()


TWO = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from tests.gui import applicant_scenes as scenes
from tests.gui.recorder import Recorder
from ui.applicant.window import ApplicantWindow
from ui.second_screen import SecondScreen
from ui.theme import Theme
from window_client.reception.state import ApplicantPage

app = QApplication([])
own, other = sorted(QGuiApplication.screens(), key=lambda screen: screen.geometry().x())
clerk = QWidget()
clerk.setScreen(own)
clerk.setGeometry(own.geometry())
clerk.show()
here, told = [own, other], []
second = SecondScreen(clerk, lambda back: ApplicantWindow(Recorder(), Theme.load(), lambda: scenes.NOW, None, back),
                      setting="auto", profile="production", tell=lambda *news: told.append(news), screens=lambda: here)
second.present(scenes.state(ApplicantPage.CHECK))

def look(what, turn_of_the_loop=True):
    if turn_of_the_loop:
        app.processEvents()
    window = second.window
    shown = window is not None and window.isVisible()
    place = [window.geometry().x(), window.geometry().width(), window.geometry().height()] if shown else []
    print(what, [str(told[-1][0]), place], flush=True)

second.place()
look("both")
here.remove(other)
second._screen_removed(other)
look("at once", turn_of_the_loop=False)
look("gone")
here.append(other)
second._screens_changed(other)
look("back")
clerk.move(other.geometry().topLeft())
app.processEvents()
look("the clerk moved")
second.close()
"""


def test_a_monitor_goes_and_comes_while_the_program_runs(tmp_path: Path) -> None:
    """Two monitors of the offscreen platform, in a process of its own."""
    screens = [
        {"name": "desk", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "dpr": 1},
        {"name": "applicant", "x": 1440, "y": 0, "width": 1024, "height": 768, "logicalDpi": 96, "dpr": 1},
    ]
    (tmp_path / "screens.json").write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": screens}))
    done = subprocess.run(
        [sys.executable, "-c", TWO],
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "both ['screen', [1440, 1024, 768]]",
        "at once ['screen', []]",
        "gone ['turn', []]",
        "back ['screen', [1440, 1024, 768]]",
        "the clerk moved ['screen', [0, 1440, 900]]",
    ]
