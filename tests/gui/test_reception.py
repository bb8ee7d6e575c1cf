"""The reception window by keys: what is pressed there, and what the desk was asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import gallery_reception as demo
from tests.gui.recorder import Recorder
from ui.reception.form.view import FormStepView
from ui.reception.identity.view import IdentityView
from ui.reception.item.view import ItemView
from ui.reception.materials.view import MaterialsView
from ui.reception.result.view import ResultView
from ui.reception.window import ReceptionWindow
from ui.theme import Theme
from ui.widgets import KeyButton
from window_client.domain.material import RowState
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import Missing, NoticeView, PrintState, ReceptionState, Say

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Desk(Recorder):
    """Notes what was asked; the case number is the only thing that it answers."""

    def copy_case_no(self) -> str:
        self.asked.append(("copy_case_no",))
        return "5107002025110400002367"

    def last(self, name: str) -> tuple[object, ...]:
        """The latest request of that name."""
        return next(asked for asked in reversed(self.asked) if asked[0] == name)


class Counter:
    """A window on a desk that only listens."""

    def __init__(self, qtbot: QtBot, theme: Theme, clock: str = "10:42") -> None:
        self.desk = Desk()
        self.moment = demo.at(clock)
        self.window = ReceptionWindow(
            cast("ClerkActions", self.desk), demo.DemoShelf(), demo.DrawnPictures(), theme, self.now
        )
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def now(self) -> datetime:
        return self.moment

    def present(self, state: ReceptionState) -> None:
        """Show a state and let what follows by itself happen."""
        self.window.present(state)
        for _ in range(12):
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        for _ in range(4):
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type where the focus is; what has no key comes as from an input method."""
        focus = QApplication.focusWidget() or self.window
        if text.isascii():
            QTest.keyClicks(focus, text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(focus, composed)
        QApplication.processEvents()

    def body(self, step: Step) -> QWidget:
        """The body of a step."""
        body = self.window.centre.body(step)
        assert body is not None
        return body

    def words(self) -> str:
        """All words of visible labels."""
        return " ".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def counter(qtbot: QtBot, theme: Theme) -> Counter:
    return Counter(qtbot, theme)


KEYS: tuple[tuple[Qt.Key, Qt.KeyboardModifier, tuple[object, ...]], ...] = (
    (Qt.Key.Key_F2, PLAIN, ("call_next",)),
    (Qt.Key.Key_F3, PLAIN, ("recall",)),
    (Qt.Key.Key_F4, PLAIN, ("no_show",)),
    (Qt.Key.Key_F9, PLAIN, ("read_card",)),
    (Qt.Key.Key_F10, PLAIN, ("capture",)),
    (Qt.Key.Key_F11, PLAIN, ("feed",)),
    (Qt.Key.Key_F12, PLAIN, ("print_again",)),
    (Qt.Key.Key_N, CTRL, ("serve_without_ticket",)),
    (Qt.Key.Key_F5, PLAIN, ("look_for_windows",)),
    (Qt.Key.Key_L, CTRL, ("lock",)),
    (Qt.Key.Key_Return, CTRL, ("next_step",)),
    (Qt.Key.Key_Enter, CTRL, ("next_step",)),
    (Qt.Key.Key_G, CTRL, ("go_to_missing",)),
    (Qt.Key.Key_S, CTRL, ("save_draft",)),
    (Qt.Key.Key_H, CTRL, ("reveal_id",)),
    (Qt.Key.Key_R, CTRL, ("retry_outbox",)),
    (Qt.Key.Key_R, ALT, ("ask_to_sign_again",)),
    (Qt.Key.Key_1, ALT, ("open_step", Step.IDENTITY)),
    (Qt.Key.Key_4, ALT, ("open_step", Step.MATERIALS)),
)


@pytest.mark.parametrize(("key", "modifier", "asked"), KEYS)
def test_each_key_asks_the_desk_for_its_action(
    counter: Counter, key: Qt.Key, modifier: Qt.KeyboardModifier, asked: tuple[object, ...]
) -> None:
    counter.present(demo.materials_state())
    counter.press(key, modifier)
    assert counter.desk.asked == [asked]


def test_f11_stops_the_feeder_while_it_feeds(counter: Counter) -> None:
    state = demo.materials_state()
    assert state.materials is not None
    counter.present(replace(state, materials=replace(state.materials, feeding=True, fed_pages=3)))
    counter.press(Qt.Key.Key_F11)
    assert counter.desk.asked == [("stop_feeding",)]


def test_f7_takes_a_typed_number_in_place(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(Qt.Key.Key_F7)
    counter.type("c020")
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("call_number", "C020")]
    assert counter.window.rail.typed.isHidden()
    assert counter.window.rail.number_button.isVisible()


def test_esc_closes_the_typed_number_and_asks_nothing(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.press(Qt.Key.Key_F7)
    counter.press(Qt.Key.Key_Escape)
    assert counter.desk.asked == []
    assert counter.window.rail.number_button.isVisible()


def test_a_found_service_is_taken_with_enter(counter: Counter) -> None:
    counter.present(demo.no_item_state())
    assert QApplication.focusWidget() is cast("ItemView", counter.body(Step.ITEM)).field
    counter.type("gtgsh")
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("choose_item", "SC-MKT-001")]


def test_the_matched_stretch_of_the_name_is_marked(counter: Counter) -> None:
    counter.present(demo.no_item_state())
    counter.type("gtgsh")
    row = cast("ItemView", counter.body(Step.ITEM)).list.rows[0]
    assert [row.name[start:end] for start, end in row.spans] == ["个体工商户"]


def test_after_the_choice_the_first_question_has_the_focus(counter: Counter) -> None:
    counter.present(demo.no_item_state())
    counter.type("gtgsh")
    counter.press(Qt.Key.Key_Return)
    counter.present(demo.item_state())
    chip = QApplication.focusWidget()
    assert isinstance(chip, QAbstractButton)
    assert "餐饮" in chip.accessibleName()


def test_a_number_picks_the_question_and_arrow_and_space_the_answer(counter: Counter) -> None:
    counter.present(demo.item_state())
    counter.press(Qt.Key.Key_2)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Space)
    assert counter.desk.asked == [("answer", "place", ("free",))]


def test_the_number_of_a_folded_question_unfolds_it(counter: Counter) -> None:
    counter.present(demo.item_state())
    counter.press(Qt.Key.Key_5)
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Space)
    assert counter.desk.asked == [("answer", "form", ("family",))]


def test_ctrl_k_reaches_the_search_from_inside_a_field_and_deletes_nothing(counter: Counter) -> None:
    counter.present(demo.item_state())
    view = cast("ItemView", counter.body(Step.ITEM))
    view.field.setText("gtgsh")
    view.field.setFocus()
    view.field.setCursorPosition(0)
    counter.press(Qt.Key.Key_K, CTRL)
    assert view.field.text() == "gtgsh"
    assert QApplication.focusWidget() is view.field


def _form(counter: Counter, state: ReceptionState | None = None) -> FormStepView:
    counter.present(state or demo.form_state())
    return cast("FormStepView", counter.body(Step.FORM))


def _line(form: FormStepView, name: str) -> QLineEdit:
    editor = form.cells[name].findChild(QLineEdit)
    assert editor is not None
    return editor


def test_a_field_is_told_to_the_desk_when_it_is_left(counter: Counter) -> None:
    form = _form(counter)
    form.focus_field("landline")
    counter.type("0816-1234567")
    assert counter.desk.asked == []
    counter.press(Qt.Key.Key_Tab)
    assert counter.desk.asked == [("set_field", "landline", "0816-1234567")]


def test_ctrl_enter_takes_the_text_still_being_typed_with_it(counter: Counter) -> None:
    form = _form(counter)
    form.focus_field("landline")
    counter.type("0816-1234567")
    counter.press(Qt.Key.Key_Return, CTRL)
    assert counter.desk.asked == [("set_field", "landline", "0816-1234567"), ("next_step",)]


def test_a_new_state_leaves_a_half_typed_field_alone(counter: Counter) -> None:
    form = _form(counter)
    form.focus_field("landline")
    counter.type("0816")
    state = demo.form_state()
    devices = tuple(replace(device, state="offline") for device in state.devices)
    counter.present(replace(state, devices=devices, network=replace(state.network, latency_ms=90)))
    assert _line(form, "landline").text() == "0816"
    assert QApplication.focusWidget() is _line(form, "landline")


def test_the_phone_is_covered_until_the_clerk_types(counter: Counter) -> None:
    form = _form(counter)
    assert _line(form, "phone").text() == "139****6208"
    form.focus_field("phone")
    QApplication.processEvents()
    assert _line(form, "phone").text() == "139****6208"
    counter.type("13700000000")
    counter.press(Qt.Key.Key_Tab)
    assert counter.desk.asked == [("set_field", "phone", "13700000000")]


def test_leaving_a_covered_field_says_nothing(counter: Counter) -> None:
    form = _form(counter)
    form.focus_field("phone")
    counter.press(Qt.Key.Key_Tab)
    counter.press(Qt.Key.Key_Backtab)
    counter.press(Qt.Key.Key_Tab)
    assert counter.desk.asked == []
    assert _line(form, "phone").text() == "139****6208"


def test_the_desk_says_which_field_to_go_to(counter: Counter) -> None:
    form = _form(counter)
    state = demo.form_problem_state()
    assert state.form is not None
    counter.present(replace(state, form=replace(state.form, focus="current_address", focus_seq=1)))
    assert QApplication.focusWidget() is _line(form, "current_address")


def test_problems_stand_under_their_field_and_what_is_missing_is_named(counter: Counter) -> None:
    _form(counter, demo.form_problem_state())
    assert "手机号是 11 位数字，以 1 开头" in counter.words()
    assert counter.window.centre.bar.words() == "还差 2 项：手机号、卡内银行"


def test_all_fields_of_the_form_stand_in_six_equal_columns(counter: Counter) -> None:
    form = _form(counter)
    wide, narrow = form.cells["holder_name"], form.cells["sex"]
    assert abs(wide.width() - (narrow.width() * 2 + 12)) <= 1
    assert form.cells["holder_id_no"].x() == form.cells["person_kind"].x()


def test_keys_of_the_checklist_work_on_its_rows(counter: Counter) -> None:
    counter.present(demo.materials_state())
    view = cast("MaterialsView", counter.body(Step.MATERIALS))
    assert QApplication.focusWidget() is view.rows[2]
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_1)
    counter.press(Qt.Key.Key_Delete)
    assert counter.desk.asked == [
        ("choose_row", "SC-MKT-001-M06"),
        ("choose_row", "SC-MKT-001-M01"),
        ("delete_page",),
    ]


def test_d_defers_only_where_the_rules_allow_it_and_says_why_not(counter: Counter) -> None:
    state = demo.materials_state()
    assert state.materials is not None
    counter.present(state)
    counter.press(Qt.Key.Key_D)
    assert counter.desk.asked == []
    assert "本材料按规定不能容缺" in counter.words()
    rows = tuple(
        replace(row, current=row.number == 4, state=RowState.MISSING if row.number == 4 else row.state)
        for row in state.materials.rows
    )
    counter.present(replace(state, materials=replace(state.materials, rows=rows, current=rows[3].material_id)))
    counter.press(Qt.Key.Key_D)
    assert counter.desk.asked == [("defer", "SC-MKT-001-M06")]


def test_an_unsorted_page_can_be_moved_into_the_current_row(counter: Counter) -> None:
    counter.present(demo.unsorted_state())
    cast("MaterialsView", counter.body(Step.MATERIALS)).unsorted.button.click()
    assert counter.desk.asked == [("move_page", "u1", "SC-MKT-001-M03")]


def test_enter_takes_the_online_application_in(counter: Counter) -> None:
    counter.present(demo.identity_state())
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("take_in", "b-1")]


def test_the_phone_is_told_when_it_is_left(counter: Counter) -> None:
    counter.present(demo.expired_state())
    counter.type("13812345678")
    counter.press(Qt.Key.Key_Tab)
    assert counter.desk.asked == [("set_contact", "phone", "13812345678")]


def test_an_identity_can_be_typed_in(counter: Counter) -> None:
    counter.present(demo.failed_state())
    view = cast("IdentityView", counter.body(Step.IDENTITY))
    view.waiting.type.click()
    counter.type("李明")
    counter.press(Qt.Key.Key_Tab)
    counter.type("51079919880612001x")
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("type_identity", "李明", "51079919880612001X")]


def test_what_is_half_typed_of_a_person_survives_a_device_event(counter: Counter) -> None:
    counter.present(demo.failed_state())
    view = cast("IdentityView", counter.body(Step.IDENTITY))
    view.waiting.type.click()
    counter.type("李")
    counter.present(replace(demo.failed_state(), network=replace(demo.BASE.network, latency_ms=400)))
    assert view.typing.name.text() == "李"
    assert view.typing.isVisible()


def test_the_whole_number_is_shown_only_until_its_time_is_over(counter: Counter) -> None:
    state = demo.expired_state()
    counter.moment = demo.at("10:36:00")
    counter.present(state)
    assert demo.LI_MING in counter.words()
    counter.moment = demo.at("10:36:10")
    counter.present(state)
    assert demo.LI_MING not in counter.words()


def test_a_failed_step_leads_to_the_first_missing_thing(counter: Counter) -> None:
    state = demo.materials_state()
    counter.present(state)
    counter.press(Qt.Key.Key_1)
    counter.press(Qt.Key.Key_Return, CTRL)
    view = cast("MaterialsView", counter.body(Step.MATERIALS))
    assert QApplication.focusWidget() is view.rows[4]


def test_a_missing_question_gets_the_focus(counter: Counter) -> None:
    state = replace(demo.item_state(), missing=(Missing(Step.ITEM, "seal", "是否需要同时刻章？"),))
    counter.present(state)
    counter.press(Qt.Key.Key_G, CTRL)
    chip = QApplication.focusWidget()
    assert chip is not None
    assert chip.accessibleName().startswith("是否需要同时刻章")


def test_the_first_line_of_a_printer_fault_says_that_the_case_stands(counter: Counter) -> None:
    counter.present(demo.fault_state())
    view = cast("ResultView", counter.body(Step.SUBMIT))
    assert view.fault.isVisible()
    assert "受理已成功，不受影响" in view.fault.accessibleName()
    assert counter.window.rail.call.property("kind") == "plain"
    assert counter.window.rail.call.isEnabled()
    counter.press(Qt.Key.Key_F12)
    counter.press(Qt.Key.Key_Escape)
    assert counter.desk.asked == [("print_again",), ("put_off_print",)]


def test_the_clerk_says_whether_a_receipt_of_unknown_fate_is_there(counter: Counter) -> None:
    counter.present(demo.unknown_state())
    view = cast("ResultView", counter.body(Step.SUBMIT))
    yes, no = view.fault.findChildren(KeyButton)[:2]
    yes.click()
    no.click()
    assert counter.desk.asked == [("answer_print_unknown", True), ("answer_print_unknown", False)]


def test_the_case_number_is_grouped_and_copied_whole(counter: Counter) -> None:
    counter.present(demo.accepted_state())
    for part in ("510700", "20251104 0000236", "7"):
        assert part in counter.words()
    counter.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "5107002025110400002367"


def test_the_notice_on_a4_shows_its_key_where_the_key_does_it(counter: Counter) -> None:
    def shown() -> set[str]:
        view = cast("ResultView", counter.body(Step.SUBMIT))
        return {button.accessibleName() for button in view.findChildren(KeyButton) if button.isVisible()}

    state = demo.accepted_state()
    for notice, button in (
        (NoticeView(offered=True), "打印 Ctrl+P"),
        (NoticeView(offered=True, state=PrintState.CONFIRMED), "补打 Ctrl+P"),
        (NoticeView(offered=True, state=PrintState.UNKNOWN), "出来了"),
        (NoticeView(offered=True, state=PrintState.SENT), "补打 Ctrl+P"),
    ):
        counter.present(replace(state, notice=notice))
        assert button in shown()
        assert "补打 F12" in shown()


def test_the_rating_line_counts_down_and_knows_no_grade(counter: Counter) -> None:
    counter.moment = demo.at("10:51:00")
    counter.present(demo.accepted_state())
    assert "剩 24 秒" in counter.words()
    assert not any(grade in counter.words() for grade in ("满意", "很好", "差评"))


def test_f2_is_the_filled_button_after_acceptance(counter: Counter) -> None:
    counter.present(demo.accepted_state())
    assert counter.window.rail.call.property("kind") == "primary"
    counter.press(Qt.Key.Key_F2)
    assert counter.desk.asked == [("call_next",)]


def test_enter_goes_on_after_a_crash_and_esc_keeps_the_draft(counter: Counter) -> None:
    counter.present(demo.recovered_state())
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Escape)
    assert counter.desk.asked == [("go_on", True), ("go_on", False)]


def test_a_draft_is_opened_with_enter(counter: Counter) -> None:
    counter.present(demo.idle_state())
    counter.window.centre.idle.open_buttons[-1].setFocus()
    counter.press(Qt.Key.Key_Return)
    assert counter.desk.asked == [("resume_draft", "v-7")]


def test_the_line_down_is_told_with_what_still_works(counter: Counter) -> None:
    counter.present(demo.offline_state())
    assert "网络中断，受理照常" in counter.words()
    assert "3 件已存本机，恢复后自动送出" in counter.words()
    assert counter.window.status.network.accessibleName().startswith("网络中断 11 分")


def test_f1_shows_the_keys_and_esc_closes_them(counter: Counter) -> None:
    counter.present(demo.accepted_state())
    counter.press(Qt.Key.Key_F1)
    assert counter.window.key_list.isVisible()
    counter.press(Qt.Key.Key_Escape)
    assert not counter.window.key_list.isVisible()
    assert counter.desk.asked == []


def test_a_success_is_told_once(counter: Counter) -> None:
    state = replace(demo.form_state(), say=Say(1, "draft.saved"))
    counter.present(state)
    assert counter.window.toast.text() == "草稿已存本机"
    counter.window.toast.hide()
    counter.present(replace(state, outbox=replace(state.outbox, waiting=1)))
    assert not counter.window.toast.isVisible()


def test_the_applicants_pen_is_seen_as_it_moves(counter: Counter) -> None:
    counter.present(demo.sign_state())
    before = counter.window.centre.grab().toImage()
    counter.window.present_strokes(demo.STROKES)
    assert counter.window.centre.grab().toImage() != before


def test_a_window_of_1366_has_finished_steps_on_one_line(counter: Counter) -> None:
    counter.window.resize(1366, 768)
    counter.present(demo.accepted_state())
    assert counter.window.centre.sheet.finished.isVisible()
    assert counter.window.rail.width() == 240
    assert counter.window.viewer.width() == 344


def test_below_1280_the_viewer_is_a_page_over_the_centre(counter: Counter) -> None:
    counter.window.resize(1200, 800)
    counter.present(demo.materials_state())
    assert not counter.window.viewer.isVisible()
    counter.press(Qt.Key.Key_V, ALT)
    assert counter.window.viewer.isVisible()
    assert not counter.window.centre.isVisible()
    counter.press(Qt.Key.Key_V, ALT)
    assert counter.window.centre.isVisible()


STATES = pytest.mark.parametrize("name", sorted(demo.GALLERY))


@STATES
def test_at_most_one_button_is_filled(counter: Counter, name: str) -> None:
    clock, state = demo.GALLERY[name]
    counter.moment = demo.at(clock)
    counter.present(state)
    filled = [
        button.text()
        for button in counter.window.findChildren(QPushButton)
        if button.property("kind") == "primary" and button.isVisible() and button.isEnabled()
    ]
    assert len(filled) <= 1, filled


@STATES
def test_whatever_takes_the_focus_has_a_name(counter: Counter, name: str) -> None:
    _, state = demo.GALLERY[name]
    counter.present(state)
    nameless = [
        type(widget).__name__
        for widget in counter.window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []


def test_a_device_event_never_moves_the_focus(counter: Counter) -> None:
    makers: tuple[Callable[[], ReceptionState], ...] = (
        demo.identity_state,
        demo.item_state,
        demo.form_state,
        demo.materials_state,
    )
    for make in makers:
        state = make()
        counter.present(state)
        focus = QApplication.focusWidget()
        devices = tuple(replace(device, state="fault", code="paper_out") for device in state.devices)
        counter.present(replace(state, devices=devices))
        assert QApplication.focusWidget() is focus
