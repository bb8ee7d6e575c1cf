"""The applicant's window under fingers, pen and mouse: what shows, what is asked of the desk, what is forgotten."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui import applicant_scenes as scenes
from tests.gui.recorder import Recorder
from ui.applicant.check import CheckPage
from ui.applicant.declare import DeclarePage
from ui.applicant.pages import IdentityPage
from ui.applicant.parts import Head
from ui.applicant.rate import RatePage, ReasonsPage
from ui.applicant.rows import HOLD_MS
from ui.applicant.sign import SignPage
from ui.applicant.window import ApplicantWindow, Wishes
from ui.theme import Theme
from window_client.domain.rating import Grade
from window_client.reception.actions import ApplicantActions
from window_client.reception.state import ApplicantPage, ApplicantView
from window_client.speech import Engine, Speech

PAGES = {
    **{page: scenes.state(page) for page in ApplicantPage},
    ApplicantPage.IDENTITY: scenes.identity(),
    ApplicantPage.RATE: scenes.rating(ApplicantPage.RATE),
    ApplicantPage.REASONS: scenes.rating(ApplicantPage.REASONS),
}
BLANK = replace(scenes.BASE, applicant=ApplicantView())


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = scenes.NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def desk() -> Recorder:
    return Recorder()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot: QtBot, desk: Recorder, clock: Clock) -> Iterator[ApplicantWindow]:
    made = ApplicantWindow(cast("ApplicantActions", desk), Theme.load("light"), clock)
    qtbot.addWidget(made)
    made.resize(1024, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def show(window: ApplicantWindow, page: ApplicantPage, **more: object) -> QWidget:
    found = PAGES[page]
    window.present(replace(found, applicant=replace(found.applicant, **more)))  # type: ignore[arg-type]
    settle()
    assert window.page is not None
    return window.page


def middle(window: QWidget, part: QWidget) -> QPoint:
    return part.mapTo(window, part.rect().center())


def tap(window: QWidget, at: QPoint, finger: QPointingDevice) -> None:
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    settle()


def slide(window: QWidget, start: QPoint, end: QPoint, finger: QPointingDevice, *, lift: bool = True) -> None:
    QTest.touchEvent(window, finger).press(0, start, window).commit()
    for part in range(1, 9):
        QTest.touchEvent(window, finger).move(0, start + (end - start) * (part / 8), window).commit()
    if lift:
        QTest.touchEvent(window, finger).release(0, end, window).commit()
    settle()


def button(window: QWidget, text: str) -> QAbstractButton:
    found = [b for b in window.findChildren(QAbstractButton) if text in (b.text(), b.accessibleName())]
    assert found, f"no button {text}"
    return found[0]


def texts(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel)]
    names = [part.accessibleName() for part in window.findChildren(QWidget)]
    buttons = [part.text() for part in window.findChildren(QAbstractButton)]
    return "\n".join([*labels, *names, *buttons, window.windowTitle()])


# ---- the window


def test_it_never_takes_the_focus_from_the_clerk(window: ApplicantWindow) -> None:
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for page in ApplicantPage:
        show(window, page)
        takers = [p for p in window.findChildren(QWidget) if p.focusPolicy() & Qt.FocusPolicy.ClickFocus]
        assert takers == []


def test_the_same_state_again_changes_nothing(window: ApplicantWindow) -> None:
    page = show(window, ApplicantPage.CHECK)
    window.present(replace(PAGES[ApplicantPage.CHECK], busy="submitting"))
    assert window.page is page


@pytest.mark.parametrize("before", [p for p in ApplicantPage if p is not ApplicantPage.BLANK])
def test_after_the_visit_nothing_personal_is_left_in_any_widget(window: ApplicantWindow, before: ApplicantPage) -> None:
    page = show(window, before)
    if isinstance(page, SignPage):
        page.read_all()
        settle()
    window.present(BLANK)
    at_once = texts(window)
    settle()
    for told in (at_once, texts(window)):
        for personal in ("李明", "5107", "510799", "138", "小吃店", "示例路", "C018", "王芳", "20251104"):
            assert personal not in told, f"{personal} is still there"
    assert "涪城区政务服务中心" in texts(window)


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800), (1920, 1080), (800, 600)])
@pytest.mark.parametrize("text", [0, 1, 2])
def test_every_page_fits_every_screen(window: ApplicantWindow, size: tuple[int, int], text: int) -> None:
    window.resize(*size)
    for name in ApplicantPage:
        page = show(window, name)
        window.wish(Wishes(text))
        settle()
        page = window.page or page
        for part in page.findChildren(QAbstractButton):
            if part.isVisible() and part.objectName() != "" and not part.visibleRegion().isEmpty():
                assert window.rect().contains(part.mapTo(window, part.rect().bottomRight()))
        assert page.minimumSizeHint().height() <= page.height(), f"{name} is too tall"


def test_the_text_has_three_sizes_and_they_end_with_the_visit(window: ApplicantWindow, finger: QPointingDevice) -> None:
    heights = [show(window, ApplicantPage.WAIT).findChildren(QLabel)[0].sizeHint().height()]
    for name in ("大字", "特大字"):
        tap(window, middle(window, button(window, name)), finger)
        assert window.page is not None
        heights.append(window.page.findChildren(QLabel)[0].sizeHint().height())
    assert heights == sorted(set(heights))
    tap(window, middle(window, button(window, "标准字")), finger)
    assert window.wishes == Wishes()
    tap(window, middle(window, button(window, "大字")), finger)
    window.present(BLANK)
    settle()
    assert window.wishes == Wishes()


def test_high_contrast_is_dark_and_ends_with_the_visit(window: ApplicantWindow, finger: QPointingDevice) -> None:
    show(window, ApplicantPage.CHECK)
    usual = window.grab().toImage().pixelColor(10, 700).lightness()
    tap(window, middle(window, button(window, "高对比")), finger)
    assert window.grab().toImage().pixelColor(10, 700).lightness() < 40 < usual
    window.present(BLANK)
    settle()
    assert window.grab().toImage().pixelColor(10, 700).lightness() == usual


def test_a_signature_is_dark_on_white_paper_in_high_contrast_too(
    window: ApplicantWindow, finger: QPointingDevice
) -> None:
    window.wish(Wishes(0, contrast=True))
    page = sign_page(window)
    window.wish(Wishes(0, contrast=True))
    settle()
    page = cast("SignPage", window.page)
    corner = page.sheet.mapTo(window, QPoint(60, 60))
    assert window.grab().toImage().pixelColor(corner).lightness() == 255


def test_the_language_is_the_applicants_own_and_asked_of_the_desk(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    show(window, ApplicantPage.CHECK)
    assert "请核对您的信息" in texts(window)
    tap(window, middle(window, button(window, "EN")), finger)
    assert desk.asked == [("applicant_speaks", "en")]
    english = replace(PAGES[ApplicantPage.CHECK], applicant_language="en")
    window.present(english)
    settle()
    assert "Please check" in texts(window)
    assert "店名" not in texts(window)
    assert "Shop name" in texts(window)
    tap(window, middle(window, button(window, "中文")), finger)
    assert desk.asked[-1] == ("applicant_speaks", "zh")


@pytest.mark.parametrize("page", list(ApplicantPage))
def test_every_page_has_the_switches_and_english(window: ApplicantWindow, page: ApplicantPage) -> None:
    show(window, page)
    for name in ("large_text", "contrast", "language"):
        assert window.findChild(QAbstractButton, name) is not None
    window.present(replace(PAGES[page], applicant_language="en"))
    settle()
    told = texts(window)
    for data in (
        "涪城区政务服务中心",
        "涪城区示例路 18 号附 3 号",
        "绵阳市涪城区李明小吃店",
        "李明",
        "王芳",
        "中文",
    ):
        told = told.replace(data, "")
    left = [line for line in told.splitlines() if any("\u4e00" <= letter <= "\u9fff" for letter in line)]
    assert left == [], f"not English on {page}: {left}"


def test_the_welcome_page_goes_back_to_usual_after_a_minute_without_a_touch(
    window: ApplicantWindow, desk: Recorder, clock: Clock, finger: QPointingDevice
) -> None:
    window.present(replace(PAGES[ApplicantPage.WELCOME], applicant_language="en"))
    window.wish(Wishes(2, contrast=True))
    settle()
    head = window.findChildren(Head)[-1]
    clock.at += timedelta(seconds=46)
    window._tick()
    assert head.note.text() == "Usual display again in 14 s"
    tap(window, QPoint(500, 740), finger)
    assert head.note.text() == ""
    clock.at += timedelta(seconds=59)
    window._tick()
    assert window.wishes == Wishes(2, contrast=True)
    clock.at += timedelta(seconds=2)
    window._tick()
    assert window.wishes == Wishes()
    assert desk.asked == [("applicant_speaks", "zh")]


@pytest.mark.parametrize("page", [ApplicantPage.CHECK, ApplicantPage.DECLARE, ApplicantPage.SIGN])
def test_checking_and_signing_are_never_timed_out(window: ApplicantWindow, clock: Clock, page: ApplicantPage) -> None:
    show(window, page)
    window.wish(Wishes(1))
    clock.at += timedelta(minutes=30)
    window._tick()
    assert window.wishes == Wishes(1)
    assert "秒后" not in texts(window)


def test_help_is_asked_by_touch_and_answered_in_place(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    show(window, ApplicantPage.WELCOME)
    tap(window, middle(window, button(window, "需要帮助")), finger)
    assert desk.asked == [("applicant_needs_help",)]
    window.present(replace(PAGES[ApplicantPage.WELCOME], help_asked_at=scenes.NOW))
    settle()
    assert button(window, "已告诉工作人员")
    window.present(PAGES[ApplicantPage.WELCOME])  # the clerk has answered
    settle()
    assert button(window, "需要帮助")


def test_the_welcome_names_ticket_window_and_clerk(window: ApplicantWindow) -> None:
    show(window, ApplicantPage.WELCOME)
    told = texts(window)
    assert all(part in told for part in ("C018", "您好，请坐", "经办人 王芳", "工号 1203"))


# ---- check


def test_wrong_names_its_row_by_touch(window: ApplicantWindow, desk: Recorder, finger: QPointingDevice) -> None:
    show(window, ApplicantPage.CHECK)
    tap(window, middle(window, button(window, "手机号 不对")), finger)
    assert desk.asked == [("applicant_wrong", "phone")]


def test_all_correct_goes_on_when_everything_is_in_view(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    show(window, ApplicantPage.CHECK)
    tap(window, middle(window, button(window, "都对，下一步")), finger)
    assert desk.asked == [("applicant_confirms",)]


def test_all_correct_opens_only_after_the_last_row_was_seen(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    page = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES)
    assert isinstance(page, CheckPage)
    tap(window, middle(window, page.next), finger)
    assert desk.asked == []
    assert "下面还有 6 项" in page.hint.text()
    for _ in range(4):
        slide(window, QPoint(400, 560), QPoint(400, 180), finger)
    assert page.area.below == 0
    slide(window, QPoint(400, 180), QPoint(400, 560), finger)  # back up: it stays open
    tap(window, middle(window, page.next), finger)
    assert desk.asked == [("applicant_confirms",)]


def test_the_page_buttons_lead_through_all_rows(window: ApplicantWindow, finger: QPointingDevice) -> None:
    page = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES)
    assert isinstance(page, CheckPage)
    assert (page.area.page, page.area.pages) == (1, 3)
    for expected in (2, 3):
        tap(window, middle(window, button(window, "下一页")), finger)
        assert page.area.page == expected
    assert not button(window, "下一页").isEnabled()
    tap(window, middle(window, button(window, "上一页")), finger)
    assert page.area.page == 2


def test_the_pager_is_away_while_everything_fits(window: ApplicantWindow) -> None:
    page = show(window, ApplicantPage.CHECK)
    assert isinstance(page, CheckPage)
    assert not page.pager.isVisible()


def test_rows_are_high_enough_for_a_finger(window: ApplicantWindow) -> None:
    page = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES)
    assert isinstance(page, CheckPage)
    assert all(row.height() >= 72 for row in page.area.rows)


def test_a_masked_value_opens_under_the_finger_and_closes_when_it_is_lifted(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice, qtbot: QtBot
) -> None:
    page = show(window, ApplicantPage.CHECK)
    assert isinstance(page, CheckPage)
    row = page.area.rows[1]
    at = row.mapTo(window, QPoint(240, row.height() // 2))
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    qtbot.waitUntil(lambda: "510799199001010017" in texts(window), timeout=20_000)
    assert desk.asked == [("applicant_reveals", "operator_id_no")]
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    settle()
    assert "510799199001010017" not in texts(window)


def test_a_masked_value_opens_while_the_mouse_holds_it_and_not_under_a_resting_one(
    window: ApplicantWindow, qtbot: QtBot
) -> None:
    page = show(window, ApplicantPage.IDENTITY)
    assert isinstance(page, IdentityPage)
    row = page.area.rows[1]
    at = row.mapTo(page.area, QPoint(240, row.height() // 2))
    QTest.mouseMove(page.area, at)
    qtbot.wait(HOLD_MS + 50)
    assert "510799199001010017" not in texts(window)
    QTest.mousePress(page.area, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: "510799199001010017" in texts(window), timeout=20_000)
    QTest.mouseRelease(page.area, Qt.MouseButton.LeftButton, pos=at)
    assert "510799199001010017" not in texts(window)


def test_what_is_held_open_closes_when_the_window_goes_or_the_page_does(
    window: ApplicantWindow, finger: QPointingDevice, qtbot: QtBot
) -> None:
    page = show(window, ApplicantPage.CHECK)
    assert isinstance(page, CheckPage)
    at = page.area.rows[1].mapTo(window, QPoint(240, page.area.rows[1].height() // 2))
    QTest.touchEvent(window, finger).press(0, at, window).commit()
    qtbot.waitUntil(lambda: "510799199001010017" in texts(window), timeout=20_000)
    window.present(BLANK)
    assert "510799" not in texts(window)
    QTest.touchEvent(window, finger).release(0, at, window).commit()
    settle()
    assert "510799" not in texts(window)


def test_sliding_does_not_open_what_is_masked(window: ApplicantWindow, finger: QPointingDevice) -> None:
    page = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES)
    assert isinstance(page, CheckPage)
    row = page.area.rows[2]
    start = row.mapTo(window, QPoint(240, 36))
    slide(window, start, start - QPoint(0, 100), finger, lift=False)
    assert "13800005521" not in texts(window)
    QTest.touchEvent(window, finger).release(0, start - QPoint(0, 100), window).commit()


def test_what_was_called_wrong_is_said_and_the_place_is_kept(window: ApplicantWindow) -> None:
    page = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES)
    assert isinstance(page, CheckPage)
    page.area.turn(2)
    again = show(window, ApplicantPage.CHECK, lines=scenes.MORE_LINES, wrong="phone")
    assert isinstance(again, CheckPage)
    assert again.area.page == 3
    assert again.hint.text() == "已告诉工作人员：手机号"
    assert again.next.isEnabled()


# ---- declare


def test_the_declaration_is_agreed_to_or_not(window: ApplicantWindow, desk: Recorder, finger: QPointingDevice) -> None:
    show(window, ApplicantPage.DECLARE)
    assert scenes.DECLARATION in texts(window)
    assert "名称自主申报告知书 11月5日 前补交" in texts(window)
    tap(window, middle(window, button(window, "不同意")), finger)
    tap(window, middle(window, button(window, "同意，去签名")), finger)
    assert desk.asked == [("applicant_wrong", "declaration"), ("applicant_agrees",)]


def test_agreeing_waits_until_every_paper_was_in_view(window: ApplicantWindow) -> None:
    many = tuple(replace(scenes.PAPERS[0], material_id=str(n), name=f"材料 {n}") for n in range(14))
    page = show(window, ApplicantPage.DECLARE, materials=many)
    assert isinstance(page, DeclarePage)
    assert not page.agree.isEnabled()
    while page.papers.below:
        page.papers.turn(1)
    assert page.agree.isEnabled()


# ---- sign


def sign_page(window: ApplicantWindow) -> SignPage:
    page = show(window, ApplicantPage.SIGN)
    assert isinstance(page, SignPage)
    return page


def test_a_finger_signs_and_the_desk_gets_strokes_and_a_picture(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    page = sign_page(window)
    assert not page.done.isEnabled()
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    assert page.done.isEnabled()
    tap(window, middle(window, page.done), finger)
    name, strokes, picture = desk.asked[-1]
    assert name == "applicant_signs"
    assert isinstance(strokes, tuple)
    assert isinstance(picture, bytes)
    (stroke,) = strokes
    assert len(stroke) >= 8
    assert stroke[0][:2] == pytest.approx(((300 - 40) / 944, (300 - 212) / 372), abs=0.01)
    assert all(0 <= x <= 1 and 0 <= y <= 1 and ms >= 0 and 0 <= p <= 1 for x, y, ms, p in stroke)
    assert picture.startswith(b"\x89PNG")
    assert desk.asked[0][0] == "applicant_draws"


def test_a_mouse_signs_too(window: ApplicantWindow, desk: Recorder) -> None:
    page = sign_page(window)
    QTest.mousePress(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    QTest.mouseMove(page.pad, QPoint(300, 150))
    QTest.mouseRelease(page.pad, Qt.MouseButton.LeftButton, pos=QPoint(320, 160))
    assert not page.pad.is_empty()
    QTest.mouseClick(page.done, Qt.MouseButton.LeftButton)
    assert desk.asked[-1][0] == "applicant_signs"


def test_a_pen_signs_with_its_pressure(window: ApplicantWindow) -> None:
    page = sign_page(window)
    pen = QPointingDevice(
        "pen", 77, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    kinds = (QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease)
    for kind, x, pressure in zip(kinds, (100.0, 200.0, 300.0), (0.3, 0.8, 0.0), strict=True):
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletRelease else Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, pen, QPointF(x, 90), QPointF(x, 90), pressure, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, held,
        )  # fmt: skip
        QApplication.sendEvent(page.pad, event)
    (stroke,) = page.pad.strokes()
    assert [round(point[3], 1) for point in stroke][:2] == [0.3, 0.8]


def test_the_live_view_is_told_rarely_but_of_the_last_point(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice, qtbot: QtBot
) -> None:
    page = sign_page(window)
    QTest.touchEvent(window, finger).press(0, QPoint(200, 300), window).commit()
    for at in range(200, 700, 5):
        QTest.touchEvent(window, finger).move(0, QPoint(at, 320), window).commit()
    QTest.touchEvent(window, finger).release(0, QPoint(700, 320), window).commit()
    points = len(page.pad.strokes()[0])
    qtbot.waitUntil(lambda: desk.asked[-1] == ("applicant_draws", page.pad.strokes()), timeout=20_000)
    assert len(desk.asked) < points / 4


def test_writing_again_begins_with_an_empty_pad(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice
) -> None:
    page = sign_page(window)
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    tap(window, middle(window, page.clear), finger)
    assert page.pad.is_empty()
    assert not page.done.isEnabled()
    assert desk.asked[-1] == ("applicant_clears",)


def test_the_pad_is_empty_after_its_page_was_left(window: ApplicantWindow, finger: QPointingDevice) -> None:
    page = sign_page(window)
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    pad = page.pad
    window.present(PAGES[ApplicantPage.SIGNED])
    assert pad.is_empty()
    assert sign_page(window).pad.is_empty()


def test_everything_signed_can_be_read_and_the_strokes_stay(window: ApplicantWindow, finger: QPointingDevice) -> None:
    page = sign_page(window)
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    tap(window, middle(window, button(window, "看申请书全文")), finger)
    assert not page.pad.isVisible()
    assert "绵阳市涪城区李明小吃店" in texts(window)
    tap(window, middle(window, button(window, "返回签名")), finger)
    assert page.pad.isVisible()
    assert page.done.isEnabled()


def test_strokes_survive_large_text_and_another_screen_size(window: ApplicantWindow, finger: QPointingDevice) -> None:
    page = sign_page(window)
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    strokes = page.pad.strokes()
    window.wish(Wishes(1))
    window.resize(1280, 800)
    settle()
    again = window.page
    assert isinstance(again, SignPage)
    assert again.pad.strokes() == strokes
    assert again.done.isEnabled()


def test_a_second_signature_begins_empty(window: ApplicantWindow, finger: QPointingDevice) -> None:
    sign_page(window)
    slide(window, QPoint(300, 300), QPoint(600, 400), finger)
    page = show(window, ApplicantPage.SIGN, asked_again=True)
    assert isinstance(page, SignPage)
    assert page.pad.is_empty()
    assert "请再签一次" in texts(window)


# ---- rate


@pytest.mark.parametrize("grade", list(Grade))
def test_each_face_gives_its_grade(
    window: ApplicantWindow, desk: Recorder, finger: QPointingDevice, grade: Grade
) -> None:
    show(window, ApplicantPage.RATE)
    faces = [b for b in window.findChildren(QAbstractButton) if b.accessibleName().endswith(" 分")]
    tap(window, middle(window, faces[list(Grade).index(grade)]), finger)
    assert desk.asked[-1] == ("applicant_rates", grade.value)


def test_rating_can_be_skipped(window: ApplicantWindow, desk: Recorder, finger: QPointingDevice) -> None:
    show(window, ApplicantPage.RATE)
    tap(window, middle(window, button(window, "不评价，结束")), finger)
    assert desk.asked[-1] == ("applicant_skips_rating",)
    assert desk.asked[0] == ("applicant_touched",)


def test_the_seconds_run_down(window: ApplicantWindow, clock: Clock) -> None:
    page = show(window, ApplicantPage.RATE)
    assert isinstance(page, RatePage)
    assert page.seconds.text() == "48 秒后自动结束"
    clock.at += timedelta(seconds=40)
    page.tick()
    assert page.seconds.text() == "8 秒后自动结束，点一下屏幕可以继续"


def test_more_time_on_the_rating_page_leaves_the_page_under_the_finger(window: ApplicantWindow) -> None:
    page = show(window, ApplicantPage.REASONS)
    assert isinstance(page, ReasonsPage)
    page.chips[1].setChecked(True)
    later = scenes.NOW + timedelta(seconds=60)
    found = PAGES[ApplicantPage.REASONS]
    window.present(replace(found, applicant=replace(found.applicant, countdown_ends=later)))
    assert window.page is page
    assert page.seconds.text() == "60 秒后自动结束"


def test_several_reasons_may_be_ticked(window: ApplicantWindow, desk: Recorder, finger: QPointingDevice) -> None:
    page = show(window, ApplicantPage.REASONS)
    assert isinstance(page, ReasonsPage)
    for code in (0, 4, 5, 5):
        tap(window, middle(window, page.chips[code]), finger)
    tap(window, middle(window, button(window, "提交")), finger)
    assert desk.asked[-1] == ("applicant_gives_reasons", ("waited_long", "extra_papers"))


def test_reasons_can_be_skipped(window: ApplicantWindow, desk: Recorder, finger: QPointingDevice) -> None:
    show(window, ApplicantPage.REASONS)
    tap(window, middle(window, button(window, "跳过")), finger)
    assert desk.asked[-1] == ("applicant_gives_reasons", ())


def test_a_press_that_changes_the_page_at_once_is_safe(qtbot: QtBot, clock: Clock, finger: QPointingDevice) -> None:
    class Quick(Recorder):
        def applicant_confirms(self) -> None:
            quick.present(PAGES[ApplicantPage.DECLARE])

    quick = ApplicantWindow(cast("ApplicantActions", Quick()), Theme.load("light"), clock)
    qtbot.addWidget(quick)
    quick.show()
    show(quick, ApplicantPage.CHECK)
    tap(quick, middle(quick, button(quick, "都对，下一步")), finger)
    assert isinstance(quick.page, DeclarePage)


# ---- read aloud


class Reader(Speech):
    """A speech engine whose room is a list: what was asked is noted, and said to have been said when told so."""

    def __init__(self) -> None:
        super().__init__(Engine(("true",)))
        self.asked: list[tuple[tuple[str, ...], str]] = []
        self.stopped = 0

    def read(self, lines: Sequence[str], language: str) -> None:
        self.asked.append((tuple(lines), language))

    def stop(self) -> None:
        self.stopped += 1


@pytest.fixture
def reading(qtbot: QtBot, desk: Recorder, clock: Clock) -> Iterator[tuple[ApplicantWindow, Reader]]:
    reader = Reader()
    made = ApplicantWindow(cast("ApplicantActions", desk), Theme.load("light"), clock, reader)
    qtbot.addWidget(made)
    made.resize(1024, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made, reader
    made.forget()
    made.close()
    reader.close()


def test_without_an_engine_there_is_no_button_for_reading(window: ApplicantWindow) -> None:
    show(window, ApplicantPage.CHECK)
    assert window.findChild(QAbstractButton, "read_aloud") is None


def test_the_page_is_read_aloud_and_silent_at_a_press(
    reading: tuple[ApplicantWindow, Reader], finger: QPointingDevice
) -> None:
    window, reader = reading
    show(window, ApplicantPage.CHECK)
    tap(window, middle(window, button(window, "朗读")), finger)
    ((lines, language),) = reader.asked
    assert language == "zh"
    assert lines[0] == "请核对您的信息"
    assert "510799199001010017" not in "".join(lines).replace(" ", "")
    tap(window, middle(window, button(window, "停止")), finger)
    assert reader.stopped == 1
    assert button(window, "朗读")


@pytest.mark.parametrize("then", ["another page", "the other language", "the visit ends", "the window goes"])
def test_what_is_being_read_ends_with_its_page(
    reading: tuple[ApplicantWindow, Reader], finger: QPointingDevice, then: str
) -> None:
    window, reader = reading
    show(window, ApplicantPage.CHECK)
    tap(window, middle(window, button(window, "朗读")), finger)
    if then == "another page":
        show(window, ApplicantPage.DECLARE)
    elif then == "the other language":
        window.present(replace(PAGES[ApplicantPage.CHECK], applicant_language="en"))
    elif then == "the visit ends":
        window.present(BLANK)
    else:
        window.hide()
    assert reader.stopped == 1


def test_when_everything_was_said_the_button_reads_again(
    reading: tuple[ApplicantWindow, Reader], finger: QPointingDevice, qtbot: QtBot
) -> None:
    window, reader = reading
    show(window, ApplicantPage.WAIT)
    tap(window, middle(window, button(window, "朗读")), finger)
    reader.ended()  # the speech thread's call
    qtbot.waitUntil(lambda: bool(window.findChildren(QAbstractButton, "read_aloud")), timeout=20_000)
    settle()
    assert button(window, "朗读")
