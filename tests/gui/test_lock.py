"""The lock page: what it shows, what it hides, and what it does with keys."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_rail as rail
from tests.gui import gallery_reception as demo
from tests.gui.test_reception import Counter
from ui.lock.view import LockPage
from ui.lock.watch import InputWatch
from ui.theme import Theme
from window_client.reception.locking import blank
from window_client.reception.state import LockView

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def counter(qtbot: QtBot, theme: Theme) -> Counter:
    return Counter(qtbot, theme)


def page(counter: Counter) -> LockPage:
    assert counter.window.lock_page is not None
    return counter.window.lock_page


def texts(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    fields = [field.text() for field in window.findChildren(QLineEdit) if field.isVisible()]
    names = [widget.accessibleName() for widget in window.findChildren(QWidget) if widget.isVisible()]
    return " ".join([*labels, *fields, *names])


def test_the_lock_page_hides_the_visit_and_names_hall_window_and_clerk(counter: Counter) -> None:
    counter.present(demo.materials_state())
    assert "李明" in texts(counter.window)
    counter.present(rail.locked_state())

    shown = texts(counter.window)
    assert not counter.window.root.isVisible()
    for secret in ("李明", "C018", "5107", "示例路"):
        assert secret not in shown
    for said in ("绵阳市政务服务中心", "12 号窗口", "王芳", "1203", "已锁屏", "解锁后接着办", "10:42"):
        assert said in shown


def test_account_is_there_already_and_the_password_has_the_focus(counter: Counter) -> None:
    counter.present(rail.locked_state())
    assert page(counter).account.text() == "1203"
    assert QApplication.focusWidget() is page(counter).password
    assert page(counter).password.echoMode() is QLineEdit.EchoMode.Password


def test_enter_unlocks_with_account_and_password(counter: Counter) -> None:
    counter.present(rail.locked_state())
    counter.type("demo")
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("unlock", "1203", "demo")]


def test_another_clerk_types_her_own_account(counter: Counter) -> None:
    counter.present(rail.locked_state())
    page(counter).account.setFocus()
    page(counter).account.selectAll()
    counter.type("1305")
    assert "王芳" not in texts(page(counter))
    counter.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page(counter).password
    counter.type("demo")
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("unlock", "1305", "demo")]


def test_a_wrong_password_is_said_and_taken_away(counter: Counter) -> None:
    counter.present(rail.locked_state())
    counter.type("wrong")
    checking = rail.locked_state()
    assert checking.lock is not None
    counter.present(replace(checking, lock=replace(checking.lock, checking=True)))
    assert not page(counter).button.isEnabled()
    counter.present(rail.locked_state("key", "wrong_password", detail="3"))

    assert "工号或密码不对，还可再试 3 次" in texts(counter.window)
    assert page(counter).password.text() == ""
    assert page(counter).button.isEnabled()


@pytest.mark.parametrize(
    ("problem", "args", "said"),
    [
        ("locked", {"detail": "15"}, "15 分后再试"),
        ("locked", {"detail": "2026-11-24T10:15:00+08:00"}, "10:15 后再试"),
        ("locked", {}, "请过一会儿再试"),
        ("wrong_password", {}, "工号或密码不对"),
        ("unavailable", {}, "连不上中心服务"),
        ("unknown", {}, "在这台机器登录过"),
        ("store_disk_full", {}, "本机存储出了问题"),
        ("something_new", {}, "没有通过，请再试"),
    ],
)
def test_why_it_did_not_open_is_said(counter: Counter, problem: str, args: dict[str, str], said: str) -> None:
    counter.present(rail.locked_state("key", problem, **args))
    assert said in texts(counter.window)


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F12]
)
def test_no_key_of_the_desk_works_while_locked(counter: Counter, key: Qt.Key) -> None:
    counter.present(rail.locked_state())
    counter.press(key)
    counter.press(Qt.Key.Key_L, CTRL)
    assert counter.desk.asked == []


def test_unlocking_brings_the_sheet_back_and_leaves_no_password_behind(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.present(rail.locked_state())
    counter.type("demo")
    counter.present(demo.materials_state())

    assert counter.window.root.isVisible()
    assert not page(counter).isVisible()
    assert page(counter).password.text() == ""
    assert "李明" in texts(counter.window)


def test_locking_takes_what_stands_in_an_editor_to_disk_first(counter: Counter) -> None:
    counter.present(demo.form_state())
    editor = next(
        e for e in counter.window.findChildren(QLineEdit) if e.isVisible() and e.isEnabled() and not e.isReadOnly()
    )
    editor.setFocus()
    editor.selectAll()
    counter.type("13800001111")
    lock = LockView("idle", demo.at("10:42"))
    counter.present(blank(replace(demo.form_state(), lock=lock)))  # no key was pressed: the idle lock

    assert [row for row in counter.desk.asked if row[0] in {"set_field", "set_contact"}]


def test_the_session_that_ran_out_says_so_in_a_banner_and_on_the_page(counter: Counter) -> None:
    counter.present(replace(demo.form_state(), signed_out=True))
    assert "登录已过期，受理照常" in texts(counter.window)
    counter.press(Qt.Key.Key_L, CTRL)
    assert counter.desk.last("lock") == ("lock",)
    counter.present(rail.locked_state("signed_out"))
    assert "登录已过期，请重新登录" in texts(counter.window)


def test_the_warning_counts_down_and_goes(counter: Counter) -> None:
    counter.present(replace(demo.materials_state(), locks_at=demo.at("10:42:15")))
    assert counter.window.toast.isVisible()
    assert "15 秒后锁屏" in counter.window.toast.text()
    counter.moment += timedelta(seconds=5)
    counter.window._tick()
    assert "10 秒后锁屏" in counter.window.toast.text()
    counter.present(demo.materials_state())
    assert not counter.window.toast.isVisible()


def test_keys_and_pointer_are_noticed_where_the_system_delivers_them(qtbot: QtBot) -> None:
    touched: list[int] = []
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    watch = InputWatch(widget, lambda: touched.append(1))
    window = widget.windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_A)
    after_key = len(touched)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert after_key >= 1
    assert len(touched) > after_key
    assert watch.parent() is widget


def test_a_look_that_changes_while_locked_keeps_the_page(counter: Counter, theme: Theme) -> None:
    counter.present(rail.locked_state())
    for _ in counter.window.build_again(lambda: theme):
        QApplication.processEvents()
    assert page(counter).isVisible()
    assert not counter.window.root.isVisible()


def test_the_demo_tells_its_password_and_nothing_else_does(counter: Counter) -> None:
    counter.present(rail.locked_state())
    assert "密码是 demo" in texts(counter.window)
    counter.present(replace(rail.locked_state(), profile="production"))
    assert "密码是 demo" not in texts(counter.window)
