"""The rail, the strips, the pause page and my open items by keys and mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui import gallery_rail as rail
from tests.gui import gallery_reception as demo
from tests.gui.test_reception import Counter
from ui.reception.rail.queue_rows import ROW
from ui.theme import Theme
from ui.words import words
from window_client.domain.visit import State
from window_client.reception.state import OutboxView, TransferView

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def counter(qtbot: QtBot, theme: Theme) -> Counter:
    return Counter(qtbot, theme)


def asked(counter: Counter, name: str) -> list[tuple[object, ...]]:
    return [row for row in counter.desk.asked if row[0] == name]


# ---- transfer


def test_a_number_picks_the_window_and_enter_sends(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F5)
    assert asked(counter, "look_for_windows") == [("look_for_windows",)]
    counter.present(rail.transfer_state("asking"))
    counter.present(rail.transfer_state())
    counter.press(KEY.Key_2)
    assert asked(counter, "transfer") == [], "a number only chooses: a note may still be written"
    counter.press(KEY.Key_Return)

    assert asked(counter, "transfer") == [("transfer", 8, "")]


def test_arrows_choose_too_and_a_note_goes_along(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F5)
    counter.present(rail.transfer_state())
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        counter.press(key)
    strip = counter.window.centre.strip
    strip.note.setFocus()
    counter.type("材料已看过")
    counter.press(KEY.Key_Return)

    assert asked(counter, "transfer") == [("transfer", 8, "材料已看过")]


def test_the_windows_come_with_waiting_counts_and_those_that_fit_first(counter: Counter) -> None:
    counter.present(rail.transfer_state())
    counter.press(KEY.Key_F5)
    told = [button.accessibleName() for button in counter.window.centre.strip.buttons]

    assert told[0].startswith("1 13 号")
    assert told[0].endswith("等候 2 人")
    assert told[2].endswith("暂停，10:55 恢复")
    assert "不办这一类" in told[3]


def test_offline_the_strip_says_what_happened_what_it_means_and_what_to_do(counter: Counter) -> None:
    counter.present(rail.transfer_state("away"))
    counter.press(KEY.Key_F5)

    said = counter.words()
    assert "现在转不了：排队服务没有连上" in said
    assert "号码还在本窗，已填的内容都在" in said
    assert "F6 挂起" in said
    counter.press(KEY.Key_Return)
    assert asked(counter, "transfer") == []


def test_the_strip_says_that_what_was_typed_does_not_go_along(counter: Counter) -> None:
    counter.present(rail.transfer_state())
    counter.press(KEY.Key_F5)
    assert "不随号转" in counter.words()


def test_the_strip_goes_when_the_number_has_gone(counter: Counter) -> None:
    counter.present(rail.transfer_state())
    counter.press(KEY.Key_F5)
    assert counter.window.centre.strip.isVisible()
    counter.present(demo.idle_state())
    assert not counter.window.centre.strip.isVisible()


# ---- hold and resume


def test_one_number_key_holds(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F6)
    counter.press(KEY.Key_1)

    assert asked(counter, "hold") == [("hold", "回去取材料")]
    assert not counter.window.centre.strip.isVisible()


def test_another_reason_is_typed(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F6)
    counter.window.centre.strip.note.setFocus()
    counter.type("去三楼盖章")
    counter.press(KEY.Key_Return)

    assert asked(counter, "hold") == [("hold", "去三楼盖章")]


def test_a_digit_in_the_line_of_text_is_text(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F6)
    counter.window.centre.strip.note.setFocus()
    counter.type("3 pm")
    assert asked(counter, "hold") == []
    assert counter.window.centre.strip.note.text() == "3 pm"


@pytest.mark.parametrize("opener", [(KEY.Key_F6, Qt.KeyboardModifier.NoModifier), (KEY.Key_W, CTRL)])
def test_escape_closes_a_strip_and_asks_nothing(counter: Counter, opener: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    counter.present(demo.materials_state())
    counter.press(*opener)
    assert counter.window.centre.strip.isVisible()
    counter.press(KEY.Key_Escape)

    assert not counter.window.centre.strip.isVisible()
    assert asked(counter, "hold") == asked(counter, "end_unfiled") == []


def test_the_same_key_closes_it_again(counter: Counter) -> None:
    counter.present(demo.materials_state())
    counter.press(KEY.Key_F6)
    counter.press(KEY.Key_F6)
    assert not counter.window.centre.strip.isVisible()


def test_f6_resumes_the_only_held_number_at_once(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(KEY.Key_F6)
    assert asked(counter, "resume") == [("resume", "v-12")]


def test_of_several_held_numbers_one_is_picked(counter: Counter) -> None:
    counter.present(rail.held_state())
    counter.press(KEY.Key_F6)
    assert asked(counter, "resume") == []
    counter.press(KEY.Key_2)
    assert asked(counter, "resume") == [("resume", "v-31")]


def test_arrows_and_enter_pick_one_too(counter: Counter) -> None:
    counter.present(rail.held_state())
    counter.press(KEY.Key_F6)
    counter.press(KEY.Key_Down)
    counter.press(KEY.Key_Down)
    counter.press(KEY.Key_Return)
    assert asked(counter, "resume") == [("resume", "v-07")]


def test_a_click_on_a_held_number_resumes_it(counter: Counter) -> None:
    counter.present(rail.held_state())
    rows = counter.window.rail.held
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(30, ROW + ROW // 2))
    assert asked(counter, "resume") == [("resume", "v-31")]


def test_a_click_on_a_held_number_while_serving_does_nothing(counter: Counter) -> None:
    counter.present(replace(demo.materials_state(), held=rail.held_state().held))
    QTest.mouseClick(counter.window.rail.held, Qt.MouseButton.LeftButton, pos=QPoint(30, ROW // 2))
    assert asked(counter, "resume") == []


@pytest.mark.parametrize(
    ("state", "key", "said"),
    [
        (replace(demo.idle_state(), held=()), KEY.Key_F6, "没有挂起的号"),
        (demo.calling_state(), KEY.Key_F6, "来人读证后才能挂起；没有人来按 F4 过号"),
        (demo.idle_state(), KEY.Key_F5, "没有正在办的号，不用转"),
        (demo.materials_state(), KEY.Key_F8, "办完或挂起这一位后再暂停"),
    ],
)
def test_a_key_that_cannot_work_says_why(counter: Counter, state: object, key: Qt.Key, said: str) -> None:
    counter.present(state)  # type: ignore[arg-type]
    counter.press(key)
    assert counter.window.toast.text() == said
    assert asked(counter, "hold") == asked(counter, "transfer") == asked(counter, "pause") == []


# ---- end without filing


def test_ending_unfiled_asks_for_a_reason_in_place(counter: Counter) -> None:
    counter.present(demo.form_state())
    counter.press(KEY.Key_W, CTRL)
    assert asked(counter, "end_unfiled") == []
    counter.press(KEY.Key_4)
    assert asked(counter, "end_unfiled") == [("end_unfiled", "asked_only")]


# ---- pause


def test_f8_asks_for_reason_and_time_and_f8_begins(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(KEY.Key_F8)
    page = counter.window.centre.pause_page
    assert page.isVisible()
    assert not counter.window.centre.idle.isVisible()
    counter.press(KEY.Key_3)
    counter.press(KEY.Key_Left)
    counter.press(KEY.Key_F8)

    assert asked(counter, "pause") == [("pause", "meeting", 30)]


def test_escape_before_the_pause_goes_back(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(KEY.Key_F8)
    counter.press(KEY.Key_Escape)

    assert counter.window.centre.idle.isVisible()
    assert asked(counter, "pause") == []


def test_the_paused_window_says_since_when_and_until_when_and_f8_opens_it(counter: Counter) -> None:
    counter.present(rail.paused_state())
    said = counter.words()
    assert "本窗暂停中" in said
    assert "10:50 恢复" in said
    assert "10:35 起" in said
    assert not counter.window.rail.call.isEnabled()
    counter.press(KEY.Key_F8)
    assert asked(counter, "unpause") == [("unpause",)]


def test_while_paused_another_time_is_told_at_once(counter: Counter) -> None:
    counter.present(rail.paused_state())
    counter.window.centre.pause_page.focus_first()
    counter.press(KEY.Key_Right)
    assert asked(counter, "pause") == [("pause", "rest", 30)]


def test_a_pause_that_is_over_is_said(counter: Counter) -> None:
    counter.moment = demo.at("10:58")
    counter.present(rail.paused_state())
    assert "已过恢复时间 8 分" in counter.words()


def test_after_an_acceptance_f8_ends_the_visit_first(counter: Counter) -> None:
    counter.present(demo.accepted_state())
    counter.press(KEY.Key_F8)
    assert asked(counter, "finish") == [("finish",)]


# ---- my open items


def wait_for_digit(counter: Counter) -> None:
    QTest.qWait(120)  # a digit that stays alone is a hand's; the wait is its meaning, not a proof of speed
    for _ in range(4):
        QApplication.processEvents()


def test_a_digit_opens_the_item_with_that_number(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(KEY.Key_3)
    wait_for_digit(counter)
    assert asked(counter, "resume_draft") == [("resume_draft", "v-7")]


def test_the_burst_of_a_code_scanner_opens_nothing(counter: Counter) -> None:
    counter.present(demo.idle_state())
    focus = QApplication.focusWidget() or counter.window
    QTest.keyClicks(focus, "1321")
    wait_for_digit(counter)
    assert counter.desk.asked == []


def test_arrows_walk_through_items_and_notices_and_enter_opens(counter: Counter) -> None:
    counter.present(demo.idle_state())
    for _ in range(2):
        counter.press(KEY.Key_Down)
    counter.press(KEY.Key_Return)
    assert asked(counter, "open_item") == [("open_item", "deferred")]
    for _ in range(2):
        counter.press(KEY.Key_Down)
    counter.press(KEY.Key_Return)
    notice = demo.idle_state().today.notices[0]
    assert asked(counter, "read_notice") == [("read_notice", *notice)]


def test_opening_an_open_line_closes_it(counter: Counter) -> None:
    counter.present(rail.opened_state())
    counter.window.act("open_item:correction")
    assert asked(counter, "open_item") == [("open_item", "")]


def test_what_was_not_sent_opens_the_outbox(counter: Counter) -> None:
    counter.present(replace(demo.idle_state(), held=(), outbox=OutboxView(2, 1)))
    names = [button.accessibleName() for button in counter.window.centre.idle.open_buttons]
    at = next(place for place, name in enumerate(names) if "未送出" in name)
    counter.window.centre.idle.open_buttons[at].click()
    assert counter.desk.asked == [], "a page of the viewer, nothing for the desk"


# ---- the rail


def test_three_calls_leave_no_show(counter: Counter) -> None:
    ticket = demo.calling_state().ticket
    assert ticket is not None
    counter.present(replace(demo.calling_state(), ticket=replace(ticket, calls=3)))
    assert not counter.window.rail.recall_again.isEnabled()
    assert counter.window.rail.no_show.isEnabled()
    assert "已叫 3 次，没有人来可按 F4 过号" in counter.words()


def test_a_number_from_another_window_brings_its_note(counter: Counter) -> None:
    counter.present(rail.SCENES["sent-here"].state)
    assert "13 号窗口转来：材料已看过，请接着办" in counter.words()


def test_f6_is_called_resume_while_idle(counter: Counter) -> None:
    counter.present(demo.idle_state())
    assert (counter.window.rail.hold.text(), counter.window.rail.hold.isEnabled()) == ("恢复", True)
    counter.present(demo.materials_state())
    assert (counter.window.rail.hold.text(), counter.window.rail.hold.isEnabled()) == ("挂起", True)
    counter.present(replace(demo.idle_state(), held=()))
    assert not counter.window.rail.hold.isEnabled()


def test_a_low_window_gives_up_the_day_then_held_then_next_numbers(counter: Counter) -> None:
    counter.present(rail.held_state())
    rows = counter.window.rail
    counter.window.resize(1366, 768)
    QApplication.processEvents()
    assert rows.next.shown() == 4
    high = rows.layout()
    assert high is not None
    assert high.sizeHint().height() <= rows.height()
    counter.window.resize(1366, 640)
    QApplication.processEvents()
    assert rows.today.isHidden()
    assert rows.held.shown() == 0


def test_in_english_the_four_queue_buttons_have_no_icon(qtbot: QtBot, theme: Theme) -> None:
    words.language = "en"
    try:
        counter = Counter(qtbot, theme)
        counter.present(demo.materials_state())
        four = (counter.window.rail.recall_again, counter.window.rail.no_show, counter.window.rail.transfer)
        assert [button._icon for button in (*four, counter.window.rail.hold)] == [None] * 4
    finally:
        words.language = "zh"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_scene_stands_in_a_small_window_and_one_button_is_filled_at_most(
    qtbot: QtBot, theme: Theme, language: str
) -> None:
    words.language = language
    try:
        counter = Counter(qtbot, theme)
        counter.window.resize(1366, 768)
        for name, scene in rail.SCENES.items():
            counter.moment = demo.at(scene.clock)
            counter.present(scene.state)
            scene.press(counter.window)
            for _ in range(6):
                QApplication.processEvents()
            assert counter.window.height() == 768, f"the window had to grow for {name}"
            buttons = counter.window.findChildren(QPushButton)
            filled = [b for b in buttons if b.isVisible() and b.isEnabled() and b.property("kind") == "primary"]
            taking = counter.window.viewer.isVisible() and scene.state.visit is State.SERVING  # F10 is filled there
            assert len(filled) <= 1 + taking, f"{name}: {[button.text() for button in filled]}"
            counter.window.act("escape")
    finally:
        words.language = "zh"


def test_what_is_typed_into_a_field_is_kept_when_a_strip_opens(counter: Counter) -> None:
    counter.present(demo.form_state())
    editor = next(
        e for e in counter.window.findChildren(QLineEdit) if e.isVisible() and e.isEnabled() and not e.isReadOnly()
    )
    editor.setFocus()
    editor.selectAll()
    counter.type("13800001111")
    counter.press(KEY.Key_F6)

    assert asked(counter, "set_field"), "the text in the editor went to the desk"


def test_a_transfer_strip_without_windows_says_so(counter: Counter) -> None:
    counter.present(replace(demo.materials_state(), transfer=TransferView("ready")))
    counter.press(KEY.Key_F5)
    assert "现在没有别的窗口开着" in counter.words()


def test_an_open_strip_is_still_open_after_another_look(counter: Counter, theme: Theme) -> None:
    counter.present(rail.transfer_state())
    counter.press(KEY.Key_F5)
    counter.press(KEY.Key_2)
    strip = counter.window.centre.strip
    strip.note.setFocus()
    counter.type("note")
    for _ in counter.window.build_again(lambda: theme):
        pass
    counter.window.activateWindow()
    QApplication.processEvents()

    again = counter.window.centre.strip
    assert again is not strip
    assert again.isVisible()
    assert again.note.text() == "note"
    again.note.setFocus()
    counter.press(KEY.Key_Return)
    assert asked(counter, "transfer") == [("transfer", 8, "note")]


def test_a_pause_that_is_being_chosen_is_still_there_after_another_look(counter: Counter, theme: Theme) -> None:
    counter.present(demo.idle_state())
    counter.press(KEY.Key_F8)
    counter.press(KEY.Key_2)
    for _ in counter.window.build_again(lambda: theme):
        pass
    counter.window.activateWindow()
    QApplication.processEvents()

    assert counter.window.centre.pause_page.isVisible()
    counter.press(KEY.Key_F8)
    assert asked(counter, "pause") == [("pause", "meal", 60)]
