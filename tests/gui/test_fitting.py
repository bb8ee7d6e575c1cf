"""No word is cut: every text of every scene, in both languages and all sizes, has the room that it needs."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fitting import cut_texts
from tests.gui.looks_more import applicant_pages, sign_in_pages
from tests.gui.looks_scenes import SCENES, shown
from ui.applicant.window import Wishes
from ui.looks import Looks
from ui.widgets import KeyButton, label

CASES = (
    ("zh", "normal", (1366, 768)),
    ("en", "normal", (1366, 768)),
    ("en", "normal", (1280, 768)),
    ("en", "normal", (1200, 800)),
    ("zh", "large", (1920, 1080)),
    ("en", "large", (1366, 768)),
    ("zh", "huge", (1366, 768)),
    ("en", "huge", (1366, 768)),
    ("en", "huge", (1920, 1080)),
)
"""The narrowest of each kind: what fits there fits in wider windows."""


@pytest.mark.parametrize(("language", "text", "size"), CASES)
def test_nothing_is_cut_and_the_window_keeps_its_size(
    qtbot: QtBot, language: str, text: str, size: tuple[int, int]
) -> None:
    found = []
    for name, window in shown(Looks(language, "light", text), size):
        if (window.width(), window.height()) != size:
            found.append(f"{name}: the window grew to {window.width()}x{window.height()}")
        found += [f"{name}: {cut}" for cut in cut_texts(window)]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text", "size"),
    [
        ("zh", "normal", (1280, 768)),
        ("en", "large", (1280, 1024)),
        ("zh", "large", (1366, 768)),
        ("en", "huge", (1366, 768)),
    ],
)
def test_nothing_is_cut_on_the_sign_in_page(qtbot: QtBot, language: str, text: str, size: tuple[int, int]) -> None:
    found = []
    for name, page in sign_in_pages(Looks(language, "light", text), size):
        if (page.width(), page.height()) != size:
            found.append(f"{name}: the window grew to {page.width()}x{page.height()}")
        found += [f"{name}: {cut}" for cut in cut_texts(page)]
    assert found == []


@pytest.mark.parametrize(("language", "size"), [("zh", 0), ("zh", 2), ("en", 0), ("en", 2)])
def test_nothing_is_cut_on_the_applicants_pages(qtbot: QtBot, language: str, size: int) -> None:
    found = []
    for name, page in applicant_pages(language, Wishes(size, contrast=False), (1024, 768)):
        found += [f"{name}: {cut}" for cut in cut_texts(page)]
    assert found == []


def test_the_walk_covers_every_state_of_the_desk() -> None:
    assert len(SCENES) > 30


def test_a_text_without_room_is_found(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    row = QVBoxLayout(box)
    words = label("还差 1 项：名称自主申报告知书")
    button = KeyButton("下一步：确认签名", "Ctrl+Enter", big=True)
    for part in (words, button):
        part.setFixedWidth(60)
        row.addWidget(part)
    box.show()
    assert {cut.text for cut in cut_texts(box)} == {words.text(), button.text()}
