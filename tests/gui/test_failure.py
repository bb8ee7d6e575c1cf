"""The page of a store that does not open: one for each code, each with what happened, what it means, what to do."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.signin.failure import FailurePage
from ui.theme import Theme
from ui.words import words
from window_client.store.errors import CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_has_three_sentences_of_its_own(qtbot: QtBot, code: str) -> None:
    page = FailurePage(code, Theme.load("light"))
    qtbot.addWidget(page)

    texts = [found.text() for found in page.findChildren(QLabel)]

    assert len(texts) == 3
    assert all(texts)
    assert f"failure.{code}" in words
