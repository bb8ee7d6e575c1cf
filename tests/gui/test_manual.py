"""The manual's reader by keys, over the desk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.test_reception import Counter
from ui.manual.model import read_book
from ui.manual.view import ManualView
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = "\n\n".join(f"第 {n} 段。" for n in range(200))
PICTURE = "![图](../pictures/wide.png)"
VISIT = f"# 一次办理\n\n{PICTURE}\n\n按 F2 叫号，[看设备](20-devices.md)。\n\n{LONG}\n\n## 过号\n\n按 F4。\n"


@pytest.fixture
def reader(qtbot: QtBot, tmp_path: Path) -> ManualView:
    (tmp_path / "zh").mkdir()
    (tmp_path / "pictures").mkdir()
    picture = QImage(3000, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(tmp_path / "pictures" / "wide.png"))
    (tmp_path / "zh" / "10-visit.md").write_text(VISIT, "utf-8")
    (tmp_path / "zh" / "20-devices.md").write_text("# 设备\n\n打印机缺纸时按 F12。\n", "utf-8")
    made = ManualView(read_book("zh", tmp_path))
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.open_at("")
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def test_the_page_follows_the_contents(reader: ManualView) -> None:
    assert reader.shown == "10-visit"
    press(Qt.Key.Key_Down)
    assert reader.shown == "10-visit"
    assert reader.sheet.verticalScrollBar().value() > 1000, "at its second heading"
    press(Qt.Key.Key_Down)
    assert reader.shown == "20-devices"
    assert "打印机缺纸时按 F12" in reader.sheet.toPlainText()


def red(reader: ManualView) -> bool:
    """Whether the picture is there, and not only its place."""
    picture = reader.sheet.viewport().grab().toImage()
    return any(picture.pixelColor(picture.width() // 2, y).name() == "#ff0000" for y in range(0, picture.height(), 4))


def test_a_wide_picture_comes_by_itself_and_is_no_wider_than_the_page(reader: ManualView, qtbot: QtBot) -> None:
    assert reader.sheet.horizontalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: red(reader), timeout=20_000)
    reader.resize(800, 600)
    QApplication.processEvents()
    assert reader.sheet.horizontalScrollBar().maximum() == 0


def test_the_search_lists_places_and_esc_gives_the_contents_back(reader: ManualView) -> None:
    press(Qt.Key.Key_Slash)
    assert reader.search.hasFocus()
    QTest.keyClicks(reader.search, "f12")
    assert [reader.contents.item(at).text().strip() for at in range(reader.contents.count())] == [
        "设备 · 打印机缺纸时按 F12。"
    ]
    assert reader.shown == "20-devices"
    press(Qt.Key.Key_Return)
    assert reader.sheet.hasFocus()
    press(Qt.Key.Key_Escape)
    assert reader.contents.count() == 3
    assert reader.search.text() == ""


def test_pages_turn_from_wherever_the_focus_is(reader: ManualView) -> None:
    press(Qt.Key.Key_PageDown)
    assert reader.sheet.verticalScrollBar().value() > 0
    press(Qt.Key.Key_F, CTRL)
    press(Qt.Key.Key_PageUp)
    assert reader.sheet.verticalScrollBar().value() == 0


def test_a_link_leads_to_the_other_page(reader: ManualView) -> None:
    from PySide6.QtCore import QUrl

    reader.sheet.anchorClicked.emit(QUrl("20-devices.md"))
    assert reader.shown == "20-devices"
    reader.sheet.anchorClicked.emit(QUrl("https://example.org/x.md"))
    assert reader.shown == "20-devices"


def test_esc_leaves_the_manual_at_last(reader: ManualView, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert reader.contents.hasFocus()
    with qtbot.waitSignal(reader.closed, timeout=20_000):
        press(Qt.Key.Key_Escape)


# ---- over the desk


@pytest.fixture
def counter(qtbot: QtBot, theme: Theme) -> Counter:
    made = Counter(qtbot, theme)
    made.present(demo.form_state())
    QApplication.processEvents()
    return made


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def deeds(counter: Counter) -> list[object]:
    """What the desk was asked for, but for being told that somebody is there."""
    return [asked[0] for asked in counter.desk.asked if asked[0] != "touched"]


@pytest.mark.parametrize("again", [Qt.Key.Key_F1, Qt.Key.Key_Return])
def test_f1_leads_to_the_keys_then_to_the_manual_then_back_to_the_field(counter: Counter, again: Qt.Key) -> None:
    before = focus()
    assert isinstance(before, QLineEdit)
    counter.press(Qt.Key.Key_F1)
    keys = counter.window.key_list
    assert keys.isVisible()
    assert keys.manual is None
    QTest.keyClick(focus(), again) if again is Qt.Key.Key_Return else counter.press(again)
    assert keys.manual is not None
    assert keys.isAncestorOf(focus())
    counter.press(Qt.Key.Key_F1)
    assert not keys.isVisible()
    assert focus() is before
    assert deeds(counter) == []


def test_the_desks_keys_do_nothing_behind_the_manual(counter: Counter) -> None:
    counter.press(Qt.Key.Key_F1)
    counter.press(Qt.Key.Key_F1)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F9):
        QTest.keyClick(focus().window().windowHandle(), key)
    assert deeds(counter) == []
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not counter.window.key_list.isVisible()
