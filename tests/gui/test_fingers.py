"""Which touch writes on the pad: by its id, not by its place in the list; palms rest, pens are preferred."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.fingers import REST_MS, Fingers, Touch
from ui.widgets.signature import SignaturePad


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad(name="签名")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


@pytest.fixture(scope="module")
def device() -> QPointingDevice:
    return QTest.createTouchDevice()


def at(x: float, y: float, ms: int = 0) -> Touch:
    return QPointF(x, y), ms, 0.5


def test_the_stroke_follows_the_finger_and_not_the_first_of_the_list(
    pad: SignaturePad, device: QPointingDevice
) -> None:
    # Finger 5 writes; finger 2, which Qt lists before it, comes down and moves beside it.
    QTest.touchEvent(pad, device).press(5, QPoint(40, 100), pad).commit()
    QTest.touchEvent(pad, device).move(5, QPoint(80, 100), pad).commit()
    QTest.touchEvent(pad, device).press(2, QPoint(350, 180), pad).stationary(5).commit()
    QTest.touchEvent(pad, device).move(2, QPoint(360, 190), pad).move(5, QPoint(120, 100), pad).commit()
    QTest.touchEvent(pad, device).release(2, QPoint(360, 190), pad).stationary(5).commit()
    QTest.touchEvent(pad, device).move(5, QPoint(200, 100), pad).commit()
    QTest.touchEvent(pad, device).release(5, QPoint(200, 100), pad).commit()

    (stroke,) = pad.strokes()
    assert {point[1] for point in stroke} == {0.5}
    assert [point[0] for point in stroke] == [0.1, 0.2, 0.3, 0.5]


def test_a_resting_palm_that_came_first_writes_nothing(pad: SignaturePad, device: QPointingDevice) -> None:
    QTest.touchEvent(pad, device).press(1, QPoint(300, 180), pad).commit()
    QTest.touchEvent(pad, device).press(2, QPoint(40, 60), pad).stationary(1).commit()
    QTest.touchEvent(pad, device).move(2, QPoint(140, 60), pad).move(1, QPoint(302, 181), pad).commit()
    QTest.touchEvent(pad, device).release(2, QPoint(140, 60), pad).stationary(1).commit()
    QTest.touchEvent(pad, device).release(1, QPoint(302, 181), pad).commit()

    assert [[point[:2] for point in stroke] for stroke in pad.strokes()] == [[(0.1, 0.3), (0.35, 0.3)]]


def test_a_short_tap_is_a_dot_and_a_long_rest_is_not() -> None:
    fingers = Fingers()
    fingers.down(1, at(10, 10, 0), palm=False)
    assert [kind for kind, _ in fingers.up(1, at(11, 10, 90))] == ["begin", "end"]
    fingers.down(1, at(10, 10, 0), palm=False)
    assert fingers.up(1, at(11, 10, REST_MS + 1)) == []


def test_a_wide_touch_is_a_palm_even_when_it_moves() -> None:
    fingers = Fingers()
    fingers.down(1, at(10, 10), palm=True)
    assert fingers.move(1, at(90, 90), 8, palm=True) == []
    fingers.down(2, at(10, 10), palm=False)
    assert fingers.move(2, at(12, 10), 8, palm=False) == []
    assert fingers.move(2, at(60, 10), 8, palm=True) == [], "it spread: the hand came down"
    assert fingers.up(2, at(60, 10)) == []


def test_what_a_finger_wrote_before_it_counted_is_not_lost() -> None:
    fingers = Fingers()
    fingers.down(1, at(0, 0), palm=False)
    assert fingers.move(1, at(3, 0), 8, palm=False) == []
    assert [touch[0].x() for _, touch in fingers.move(1, at(20, 0), 8, palm=False)] == [0, 3, 20]


def test_with_a_pen_fingers_say_nothing_until_the_pad_is_cleared(pad: SignaturePad, device: QPointingDevice) -> None:
    # The hand lands first and slides a little: what it wrote goes when the pen comes.
    QTest.touchEvent(pad, device).press(1, QPoint(300, 150), pad).commit()
    QTest.touchEvent(pad, device).move(1, QPoint(340, 150), pad).commit()
    pen = QPointingDevice(
        "pen", 78, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 1,
    )  # fmt: skip
    for kind, x in ((QEvent.Type.TabletPress, 40.0), (QEvent.Type.TabletMove, 80.0), (QEvent.Type.TabletRelease, 80.0)):
        event = QTabletEvent(
            kind, pen, QPointF(x, 100), QPointF(x, 100), 0.6, 0, 0, 0, 0, 0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
    QTest.touchEvent(pad, device).release(1, QPoint(340, 150), pad).commit()
    assert [[point[0] for point in stroke] for stroke in pad.strokes()] == [[0.1, 0.2]]

    QTest.touchEvent(pad, device).press(1, QPoint(200, 100), pad).commit()
    QTest.touchEvent(pad, device).move(1, QPoint(300, 100), pad).commit()
    QTest.touchEvent(pad, device).release(1, QPoint(300, 100), pad).commit()
    assert len(pad.strokes()) == 1

    pad.clear()
    QTest.touchEvent(pad, device).press(1, QPoint(200, 100), pad).commit()
    QTest.touchEvent(pad, device).move(1, QPoint(300, 100), pad).commit()
    QTest.touchEvent(pad, device).release(1, QPoint(300, 100), pad).commit()
    assert len(pad.strokes()) == 1
