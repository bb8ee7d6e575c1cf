"""The sign-in page: what is typed reaches the desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui import scenes
from tests.gui.looks_more import throw_away
from tests.gui.looks_scenes import settle, wear
from tests.gui.recorder import Recorder
from ui.looks import SWITCHES, Looks
from ui.signin.view import SignInView
from ui.theme import Theme, current
from ui.windows import Windows
from window_client.settings import Settings
from window_client.signin import SignInActions


@pytest.fixture
def asked() -> Recorder:
    return Recorder()


@pytest.fixture
def view(qtbot: QtBot, asked: Recorder) -> Iterator[SignInView]:
    made = SignInView(cast("SignInActions", asked), current(), lambda: scenes.at(8, 25))
    made.resize(1440, 900)
    made.show()
    yield made
    throw_away(made)


def test_enter_in_the_password_signs_in_with_the_chosen_window(view: SignInView, asked: Recorder) -> None:
    view.present(replace(scenes.sign_in(), demo_account="", demo_password=""))
    view.focus_first()
    QTest.keyClicks(view.card.account, "1203")
    QTest.keyClick(view.card.account, Qt.Key.Key_Return)
    QTest.keyClicks(view.card.password, "secret")
    QTest.keyClick(view.card.password, Qt.Key.Key_Return)
    assert asked.asked == [("sign_in", "1203", "secret", 12)]


def test_without_a_password_nothing_is_asked_and_the_page_says_so(view: SignInView, asked: Recorder) -> None:
    view.present(replace(scenes.sign_in(), demo_account="", demo_password=""))
    QTest.keyClicks(view.card.account, "1203")
    QTest.mouseClick(view.card.button, Qt.MouseButton.LeftButton)
    assert asked.asked == []
    assert view.card._problem.text() == "请输入工号和密码"


def test_the_demo_account_is_filled_in_once_and_not_over_what_was_typed(view: SignInView) -> None:
    view.present(scenes.sign_in())
    assert view.card.account.text() == "1203"
    view.card.account.setText("1204")
    view.present(scenes.sign_in())
    assert view.card.account.text() == "1204"


def test_the_password_is_never_readable(view: SignInView) -> None:
    view.present(scenes.sign_in())
    assert view.card.password.displayText() != view.card.password.text()


def test_the_check_is_repeated_by_key_by_button_and_by_line(view: SignInView, asked: Recorder) -> None:
    view.present(scenes.sign_in())
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(view.again, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    noted = [row._retry for row in view.check_list._rows if row._retry.isVisible()]
    assert len(noted) == 1
    QTest.mouseClick(noted[0], Qt.MouseButton.LeftButton)
    assert asked.asked == [("check_again",)] * 3


def test_while_signing_in_the_button_waits(view: SignInView, asked: Recorder) -> None:
    view.present(replace(scenes.sign_in(), signing_in=True))
    assert not view.card.button.isEnabled()
    QTest.keyClick(view.card.password, Qt.Key.Key_Return)
    assert asked.asked == []


def test_a_problem_is_shown_until_somebody_types(view: SignInView) -> None:
    view.present(replace(scenes.sign_in(), problem="wrong_password"))
    assert view.card._problem.text() == "工号或密码不对"
    QTest.keyClicks(view.card.password, "x")
    assert view.card._problem.text() == ""


def test_lines_come_and_go_with_the_state(view: SignInView) -> None:
    view.present(scenes.sign_in())
    view.present(replace(scenes.sign_in(), lines=scenes.sign_in().lines[:3], today=()))
    view.grab()
    assert len(view.check_list._rows) == 3
    assert not view._today.isVisible()


class Dressed:
    """The page with switches that do what the windows of the counter do."""

    def __init__(self) -> None:
        self.looks = Looks()
        switches: dict[str, Callable[[], object]] = {name: partial(self.switch, name) for name in SWITCHES}
        actions = cast("SignInActions", Recorder())
        self.view = SignInView(actions, self.looks.themed(), lambda: scenes.at(8, 25), switches)

    def switch(self, name: str) -> None:
        self.looks = self.looks.switched(name)
        self.view.change_looks(self._dress)

    def _dress(self) -> Theme:
        wear(self.looks)
        return self.looks.themed()


@pytest.fixture
def redressed(qtbot: QtBot) -> Iterator[Dressed]:
    made = Dressed()
    made.view.resize(1366, 768)
    made.view.present(scenes.sign_in())
    made.view.show()
    made.view.activateWindow()
    settle()
    yield made
    throw_away(made.view)
    wear(Looks())


def test_language_size_and_contrast_change_at_the_foot_and_what_was_typed_stays(redressed: Dressed) -> None:
    view = redressed.view
    view.focus_first()
    view.card.password.clear()
    QTest.keyClicks(view.card.password, "half a pass")
    assert list(view.switches) == ["language", "large_text", "contrast"]
    for name in ("language", "large_text", "contrast"):
        QTest.mouseClick(view.switches[name], Qt.MouseButton.LeftButton)
        settle()
    assert redressed.looks == Looks("en", "dark", "large")
    assert view.card.button.text() == "Sign in and start"
    assert current().name == "dark"
    assert (view.card.account.text(), view.card.password.text()) == ("1203", "half a pass")
    assert QApplication.focusWidget() is view.card.password
    assert (view.width(), view.height()) == (1366, 768)


def test_the_switches_work_by_keys(redressed: Dressed) -> None:
    view = redressed.view
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    seen = []
    for key, modifier in (
        (Qt.Key.Key_L, alt),
        (Qt.Key.Key_Equal, control),
        (Qt.Key.Key_Minus, control),
        (Qt.Key.Key_Plus, control),
        (Qt.Key.Key_0, control),
    ):
        QTest.keyClick(view, key, modifier)
        settle()
        seen.append((redressed.looks.language, redressed.looks.text))
    assert seen == [("en", "normal"), ("en", "large"), ("en", "normal"), ("en", "large"), ("en", "normal")]


def test_where_no_switch_is_offered_there_is_no_button(view: SignInView) -> None:
    assert view.switches == {}


def test_the_windows_of_the_counter_change_the_page_before_anybody_has_signed_in(qtbot: QtBot, tmp_path: Path) -> None:
    windows = Windows(replace(Settings(12, "5107-01", "demo", "http://centre"), data=tmp_path))
    try:
        windows.signin = page = windows._make_sign_in()
        page.show()
        windows.switch("language")
        windows.switch("language")  # pressed twice before the page stands again: once is enough
        settle()
        assert windows.looks == Looks("en")
        assert page.card.button.text() == "Sign in and start"
        assert list(tmp_path.iterdir()) == [], "nobody has signed in: it is nobody's own choice yet"
    finally:
        windows.close()
        throw_away(page)
        wear(Looks())
