"""View tests run without a display, with the bundled font and one theme; a Qt warning fails the test."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, apply_theme, current
from ui.words import applicant_words, words


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains about every window with a smallest size; that is no fault of ours."""
    for item in items:
        if "/gui/" in str(item.path).replace("\\", "/"):
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The application in the light theme; a missing text is an error."""
    apply_theme(qapp, Theme.load("light"))
    words.strict = applicant_words.strict = True
    yield
    words.strict = applicant_words.strict = False


@pytest.fixture(autouse=True)
def nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Windows that a test has closed are deleted now: every later change of theme would dress them again."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def theme() -> Theme:
    """The theme in force."""
    return current()
