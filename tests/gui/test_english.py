"""English is whole: Chinese stands only where data stands."""

import re
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.looks_scenes import SCENES, shown
from ui.looks import Looks
from ui.reception.idle.view import NoticeLine
from ui.widgets.paint import watching_texts
from window_client.domain.catalogue import english_names

NAMES = english_names(demo.CATALOGUE)
FREE = {"场所平面图"}
"""Part of a line that the centre writes: the first of what is deferred. Whole sentences, with 。, do not count."""

CHINESE = re.compile(r"[\u3400-\u9fff]+")
SHORT_WORDS = {"中 / EN"}
"""The button that changes the language says so in both."""


def _texts(thing: Any) -> list[str]:
    """Every text inside a state."""
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, dict):
        return [text for pair in thing.items() for part in pair for text in _texts(part)]
    if isinstance(thing, (list, tuple)):
        return [text for part in thing for text in _texts(part)]
    return []


def data_of(name: str) -> str:
    """All Chinese that a scene's data holds: its state, the catalogue and the forms."""
    state = msgspec.to_builtins(SCENES[name][1], enc_hook=str)
    shelf = (demo.RESOURCES / "demo" / "catalogue.json").read_text("utf-8")
    forms = "".join(path.read_text("utf-8") for path in sorted((demo.RESOURCES / "forms").glob("*.toml")))
    return "\n".join([*_texts(state), shelf, forms])


def chinese_texts(window: QWidget) -> set[str]:
    """Every stretch of Chinese that can be seen, or heard by a screen reader, or read in a tooltip."""
    found: set[str] = set()

    def seen(text: str, _needed: float, _given: float, _may_elide: bool) -> None:
        found.add(text)

    with watching_texts(seen):
        window.grab()
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        found |= {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        elif isinstance(widget, QLineEdit):
            found |= {widget.text(), widget.placeholderText()}
        elif isinstance(widget, QComboBox):
            found |= {widget.itemText(at) for at in range(widget.count())} | {widget.placeholderText()}
    return {stretch for text in found - SHORT_WORDS for stretch in CHINESE.findall(text)}


def seen_texts(window: QWidget) -> set[str]:
    """Every text that is painted or laid out; the paper that is printed is Chinese and does not count."""
    found: set[str] = set()

    def seen(text: str, _needed: float, _given: float, _may_elide: bool) -> None:
        found.add(text)

    with watching_texts(seen):
        window.grab()
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, NoticeLine):
            found |= {widget.accessibleName(), widget.toolTip()}
            if isinstance(widget, QLabel | QAbstractButton):
                found.add(widget.text())
            elif isinstance(widget, QComboBox):
                found |= {widget.itemText(at) for at in range(widget.count())}
    return found


BETWEEN = re.compile(r"[\s·、　，,;:：()（）<>|]+")


def test_what_the_catalogue_names_in_english_is_read_in_english(qtbot: QtBot) -> None:
    left = {}
    for name, window in shown(Looks("en"), (1440, 900)):
        parts = {part for text in seen_texts(window) if "。" not in text for part in BETWEEN.split(text)}
        chinese = sorted(parts & NAMES.keys() - FREE)
        if chinese:
            left[name] = chinese
    assert left == {}


def test_the_walk_finds_the_names_of_the_catalogue_where_chinese_is_spoken(qtbot: QtBot) -> None:
    for _, window in shown(Looks("zh"), (1440, 900), ["01b-reception-materials"]):
        parts = {part for text in seen_texts(window) for part in BETWEEN.split(text)}
        assert {"社保医保", "个体工商户设立登记", "经营场所使用证明"} <= parts & NAMES.keys()


def test_no_word_of_the_program_is_chinese_in_english(qtbot: QtBot) -> None:
    left = {}
    for name, window in shown(Looks("en"), (1440, 900)):
        data = data_of(name)
        ours = {stretch for stretch in chinese_texts(window) if stretch not in data}
        if ours:
            left[name] = sorted(ours)
    assert left == {}


@pytest.mark.parametrize("name", ["01b-reception-materials"])
def test_the_same_walk_finds_chinese_when_chinese_is_spoken(qtbot: QtBot, name: str) -> None:
    for _, window in shown(Looks("zh"), (1440, 900), [name]):
        assert "存草稿" in chinese_texts(window) or "草稿已存本机" in chinese_texts(window)
