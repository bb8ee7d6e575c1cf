"""The home-made widgets: what they tell screen readers, what pressing does, what they draw."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from drivers.contracts import Align, Barcode, Qr, Rule, Text
from tests.gui import scenes
from ui.theme import Theme, current
from ui.widgets import (
    Banner,
    ChecklistFace,
    ChecklistRow,
    ChoiceChip,
    DevicePill,
    FieldBox,
    FieldFace,
    FlowLayout,
    KeyButton,
    PageStage,
    Piece,
    PillFace,
    ReceiptPaper,
    Segmented,
    SignaturePad,
    StageFace,
    StepFace,
    StepRow,
    TicketCard,
    TicketFace,
    Toast,
    UpcomingRow,
    UpcomingStep,
)
from ui.widgets.codes import barcode_bars, qr_modules


def colours(widget: QWidget) -> set[str]:
    """All colours that a widget shows."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


def role(widget: QWidget) -> QAccessible.Role:
    """The role that a screen reader hears."""
    return QAccessible.queryAccessibleInterface(widget).role()


def active(widget: QWidget, qtbot: QtBot) -> None:
    """Show a window and wait until it has the focus."""
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def value(widget: QWidget) -> str:
    """The value that a screen reader hears."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Value)


def test_a_button_tells_its_key_and_has_no_shortcut_of_its_own(qtbot: QtBot) -> None:
    button = KeyButton("叫下一位", "F2", "call", "primary", True)
    qtbot.addWidget(button)
    assert button.accessibleName() == "叫下一位 F2"
    assert button.shortcut().isEmpty()
    assert button.sizeHint().height() == 48
    button.setText("正在叫号")
    assert button.accessibleName() == "正在叫号 F2"


def test_only_the_primary_button_is_filled(qtbot: QtBot, theme: Theme) -> None:
    button = KeyButton("拍摄", "F10", "camera", "primary")
    qtbot.addWidget(button)
    assert theme.hex("accent").upper() in colours(button)
    button.set_kind("plain")
    image = button.grab().toImage()
    assert image.pixelColor(6, 18).name().upper() == theme.hex("panel").upper()


def test_a_focused_button_keeps_its_size(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    first, second = KeyButton("重呼", "F3"), KeyButton("过号", "F4")
    row.addWidget(first)
    row.addWidget(second)
    holder.show()
    before = second.geometry()
    second.setFocus()
    holder.grab()
    assert second.geometry() == before


def test_a_step_row_opens_by_mouse_and_by_key(qtbot: QtBot) -> None:
    opened: list[str] = []
    row = StepRow(lambda: opened.append("1"))
    qtbot.addWidget(row)
    row.present(StepFace(1, "身份", "done", (Piece("李明", "strong"), Piece("已读证 10:36", "chip-ok")), key="Alt+1"))
    row.resize(755, row.sizeHint().height())
    row.show()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert opened == ["1", "1"]
    assert role(row) == QAccessible.Role.Button
    assert value(row) == "李明 已读证 10:36"


def test_the_open_step_has_an_accent_bar_and_is_taller(qtbot: QtBot, theme: Theme) -> None:
    row = StepRow(lambda: None)
    qtbot.addWidget(row)
    row.present(StepFace(4, "材料", "now"))
    row.resize(755, row.sizeHint().height())
    assert row.height() == 48
    assert row.grab().toImage().pixelColor(1, 20).name().upper() == theme.hex("accent").upper()


def test_a_coming_step_is_a_link(qtbot: QtBot) -> None:
    opened: list[str] = []
    row = UpcomingRow("接下来", opened.append)
    qtbot.addWidget(row)
    row.present((UpcomingStep("confirm", 5, "确认签名"), UpcomingStep("submit", 6, "提交")))
    row.resize(755, 42)
    row.grab()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(80, 21))
    assert opened == ["confirm"]


def test_the_ticket_is_told_as_one_sentence(qtbot: QtBot) -> None:
    card = TicketCard()
    qtbot.addWidget(card)
    card.present(
        TicketFace("serving", "正在办理", "等候 9 分", "C018", "市场准入", "已办理", "06:12", "通常 14 分", 0.4, 0.7)
    )
    assert value(card) == "C018，市场准入，已办理，06:12"


def test_a_late_ticket_turns_amber_and_bears_a_sign(qtbot: QtBot, theme: Theme) -> None:
    card = TicketCard()
    qtbot.addWidget(card)
    card.resize(232, 175)
    face = TicketFace("serving", "正在办理", "", "C018", "市场准入", "已办理", "16:12", "", 0.9, 0.7)
    card.present(face)
    assert theme.hex("warn-fill").upper() not in colours(card)
    card.present(TicketFace("serving", "正在办理", "", "C018", "市场准入", "已办理", "16:12", "", 0.9, 0.7, late=True))
    assert theme.hex("warn-fill").upper() in colours(card)


def test_the_call_button_stands_in_the_card_only_while_idle(qtbot: QtBot) -> None:
    card, button = TicketCard(), KeyButton("叫下一位", "F2", "call", "primary", True)
    qtbot.addWidget(card)
    card.set_button(button)
    card.show()
    card.present(TicketFace("idle", "本窗空闲"))
    assert button.isVisible()
    card.present(TicketFace("serving", "正在办理", number="C018"))
    assert not button.isVisible()


def test_a_field_tells_what_was_typed_when_it_is_left_and_only_if_it_differs(qtbot: QtBot) -> None:
    told: list[str] = []
    box, other = FieldBox("text", told.append), QLineEdit()
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.addWidget(box)
    row.addWidget(other)
    box.present(FieldFace("手机号", "13800005521", "earlier", required=True))
    active(holder, qtbot)
    box.focus()
    other.setFocus()
    assert told == []
    box.focus()
    assert isinstance(box.editor, QLineEdit)
    box.editor.clear()
    QTest.keyClicks(box.editor, "13900006208")
    other.setFocus()
    assert told == ["13900006208"]


def test_typing_is_not_overwritten_by_the_same_state(qtbot: QtBot) -> None:
    box = FieldBox("text")
    qtbot.addWidget(box)
    active(box, qtbot)
    box.present(FieldFace("名称", "旧"))
    box.focus()
    assert isinstance(box.editor, QLineEdit)
    box.editor.setText("新的字")
    box.present(FieldFace("名称", "旧", problem="太长"))
    assert box.text() == "新的字"


def test_a_choice_tells_its_value(qtbot: QtBot) -> None:
    told: list[str] = []
    box = FieldBox("choice", told.append)
    qtbot.addWidget(box)
    box.present(FieldFace("人员类别", "a", "typed", options=(("a", "城乡居民"), ("b", "职工"))))
    box.show()
    QTest.keyClick(box.editor, Qt.Key.Key_Down)
    assert box.text() == "b"
    assert told == ["b"]


def test_a_field_with_a_problem_says_it_also_to_screen_readers(qtbot: QtBot) -> None:
    box = FieldBox("text")
    qtbot.addWidget(box)
    box.present(FieldFace("邮箱", "a@", "typed", problem="邮箱不对"))
    assert box.editor.accessibleName() == "邮箱"
    assert box.editor.accessibleDescription() == "邮箱不对"
    assert box.editor.property("state") == "error"


def test_the_current_checklist_row_grows_for_its_actions(qtbot: QtBot) -> None:
    chosen: list[int] = []
    row = ChecklistRow(lambda: chosen.append(1), chosen.append)
    qtbot.addWidget(row)
    page = scenes.page_jpeg()
    face = ChecklistFace(
        3, "经营场所使用证明", "复印件 1", (page, page), "camera", "已扫 2 页", tone="accent", current=True
    )
    row.present(face)
    assert row.sizeHint().height() == 55
    row.present(face, QWidget())
    assert row.sizeHint().height() == 95
    row.resize(689, 95)
    row.show()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert chosen == [1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(689 - 256 + 40, 20))
    assert chosen == [1, 1, 1]
    assert value(row) == "已扫 2 页"


def test_a_faulty_device_says_why_and_a_sound_one_only_its_name(qtbot: QtBot) -> None:
    opened: list[int] = []
    pill = DevicePill(lambda: opened.append(1))
    qtbot.addWidget(pill)
    pill.present(PillFace("ok", "printer", "回执打印机", key="Alt+D"))
    small = pill.sizeHint().width()
    pill.present(PillFace("bad", "printer", "回执打印机", "缺纸", "Alt+D"))
    assert pill.sizeHint().width() > small
    assert value(pill) == "缺纸"
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert opened == [1]


def test_a_crowded_bar_leaves_out_names_before_reasons_and_reads_all_of_it_still(qtbot: QtBot) -> None:
    pill = DevicePill(lambda: None)
    qtbot.addWidget(pill)
    pill.present(PillFace("bad", "printer", "回执打印机", "缺纸", "Alt+D"))
    widths = []
    for steps in range(4):
        pill.set_short(steps)
        widths.append(pill.sizeHint().width())

    assert widths[0] == widths[1] > widths[2] > widths[3]
    assert pill.toolTip() == "回执打印机 缺纸"
    assert pill.accessibleName() == "回执打印机 缺纸"


def test_a_segment_tells_its_value(qtbot: QtBot) -> None:
    told: list[str] = []
    choice = Segmented((("person", "个人", "user", ""), ("firm", "企业", "building", "Alt+Q")), told.append)
    qtbot.addWidget(choice)
    choice.present("person")
    choice.show()
    QTest.mouseClick(choice.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert told == ["firm"]


def test_chips_flow_into_a_second_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    for text in ("餐饮", "零售", "服务", "其他"):
        flow.addWidget(ChoiceChip(text))
    assert flow.heightForWidth(600) == 34
    assert flow.heightForWidth(130) == 34 * 2 + 8


def test_a_banner_keeps_headline_and_line_and_its_actions(qtbot: QtBot) -> None:
    banner = Banner("bad", stacked=True)
    qtbot.addWidget(banner)
    banner.present("回执没有打印：打印机缺纸", "受理已成功，不受影响。")
    banner.add_action(KeyButton("已装纸，打印", "F12", kind="primary"))
    assert banner.accessibleName().startswith("回执没有打印")


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(600, 300)
    holder.show()
    toast = Toast(holder)
    toast.LASTS_MS = 1
    toast._timer.setInterval(1)
    toast.say("网络已恢复，3 件已送出")
    assert toast.accessibleName() == "网络已恢复，3 件已送出"
    qtbot.waitUntil(lambda: not toast.isVisible(), timeout=20_000)


def test_the_stage_draws_the_found_edge_in_cyan_and_nothing_without_it(qtbot: QtBot, theme: Theme) -> None:
    stage = PageStage()
    qtbot.addWidget(stage)
    stage.resize(396, 580)
    frame = scenes.camera_frame()
    image = QImage(frame.preview, 480, 640, 480 * 3, QImage.Format.Format_RGB888).copy()
    stage.present(StageFace("live"), image)
    assert theme.hex("stage-edge").upper() not in colours(stage)
    stage.present(StageFace("live", corners=tuple(frame.corners or ()), left=(("check", "页边已找到"),)), image)
    assert theme.hex("stage-edge").upper() in colours(stage)
    assert "页边已找到" in stage.accessibleName()


def test_the_receipt_is_read_line_by_line_and_grows_with_long_texts(qtbot: QtBot) -> None:
    paper = ReceiptPaper()
    qtbot.addWidget(paper)
    head = Text("受理回执", align=Align.CENTRE, big=True)
    paper.present((head, Rule(), Text("受理号", right="MY 20251104 0236")), "受理回执")
    short = paper.sizeHint().height()
    assert "受理号 MY 20251104 0236" in value(paper)
    paper.present((head, Rule(), Text("到期未补交或者补交不符合要求的，本次办理终止，后果由申请人承担。")), "受理回执")
    assert paper.sizeHint().height() > short
    paper.present((head, Qr("https://counter.example/q"), Barcode("202511040236")), "受理回执")
    paper.grab()


def test_codes_are_real_codes() -> None:
    modules = qr_modules("https://counter.example/q")
    assert len(modules) == len(modules[0]) >= 21
    assert all(modules[0][:7])
    bars = barcode_bars("202511040236")
    assert len(bars) % 2 == 1
    assert sum(bars) == 11 * 8 + 13, "start, six pairs, check and the stop of 13 modules"


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad(name="签名")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_a_mouse_stroke_is_kept_in_unit_coordinates_with_growing_times(pad: SignaturePad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.strokes_changed, timeout=20_000):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    QTest.mouseMove(pad, QPoint(120, 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    (stroke,) = pad.strokes()
    assert stroke[0][:2] == (0.1, 0.5)
    assert stroke[-1][:2] == (0.5, 0.5)
    assert stroke[0][2] == 0
    assert [point[2] for point in stroke] == sorted(point[2] for point in stroke)
    assert all(0 <= pressure <= 1 for *_, pressure in stroke)


def test_a_finger_writes_too(pad: SignaturePad) -> None:
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    QTest.touchEvent(pad, device).press(0, QPoint(40, 100), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(200, 40), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(200, 40), pad).commit()
    assert len(pad.strokes()) == 1
    assert pad.strokes()[0][-1][:2] == (0.5, 0.2)


def test_clearing_forgets_everything(pad: SignaturePad) -> None:
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 100))
    assert not pad.is_empty()
    pad.clear()
    assert pad.is_empty()
    assert pad.strokes() == ()


def test_the_picture_is_a_png_with_dark_ink_and_no_frame(pad: SignaturePad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    image = QImage.fromData(pad.picture())
    assert (image.width(), image.height()) == (900, 450)
    assert image.pixelColor(450, 225).lightness() < 60
    assert image.pixelColor(0, 0).name() == "#ffffff"


def test_a_pad_that_only_shows_takes_no_strokes(qtbot: QtBot) -> None:
    shown = SignaturePad(editable=False)
    qtbot.addWidget(shown)
    shown.resize(260, 110)
    shown.show()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert shown.is_empty()
    shown.present([[(0.2, 0.5, 0, 0.5), (0.6, 0.4, 90, 0.8)]])
    assert not shown.is_empty()
    dark = [shown.grab().toImage().pixelColor(x, 50).lightness() for x in range(60, 150)]
    assert min(dark) < 80


def test_points_outside_the_pad_stay_on_its_edge(pad: SignaturePad) -> None:
    assert pad._at(QPointF(-50, 900)) == (0.0, 1.0)


def test_the_theme_in_force_is_the_light_one() -> None:
    assert current().name == "light"
