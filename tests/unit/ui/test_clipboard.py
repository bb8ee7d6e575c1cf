"""The clipboard after a visit, and after a while."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.clipboard import ClipboardGuard
from window_client.domain.visit import State

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
"""Where an earlier test of the same process has dressed the application, a field has a least size to tell."""


@pytest.fixture(autouse=True)
def empty(qtbot: QtBot) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None, timeout=20_000)
    yield
    QGuiApplication.clipboard().clear()


def test_what_was_copied_goes_with_the_visit_and_stays_during_it() -> None:
    guard = ClipboardGuard()
    guard.present(State.SERVING)
    QGuiApplication.clipboard().setText("5107992026112400000017")

    guard.present(State.RATING)
    assert QGuiApplication.clipboard().text() == "5107992026112400000017"
    guard.present(State.IDLE)
    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_while_idle_is_taken_out_after_a_while(qtbot: QtBot) -> None:
    guard = ClipboardGuard(lasts_ms=20)
    QGuiApplication.clipboard().setText("copied")

    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=20_000)

    assert guard is not None


def test_a_state_that_stays_idle_clears_nothing() -> None:
    guard = ClipboardGuard()
    guard.present(State.IDLE)
    QGuiApplication.clipboard().setText("copied")

    guard.present(State.IDLE)

    assert QGuiApplication.clipboard().text() == "copied"


def test_what_came_after_it_from_elsewhere_stays(qtbot: QtBot) -> None:
    guard = ClipboardGuard()
    guard.present(State.SERVING)
    QGuiApplication.clipboard().setText("copied here")
    guard._ours = {mode: hash("something else") for mode in guard._ours}

    guard.present(State.IDLE)

    assert QGuiApplication.clipboard().text() == "copied here", "only what is still ours goes"
