"""Pen tablets on the applicant's pad: pressure, eraser, side buttons, a pen that goes in the middle of a stroke."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.signature import SignaturePad

TIP, SIDE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease


def _device(kind: QPointingDevice.PointerType, number: int) -> QPointingDevice:
    return QPointingDevice(
        "pen", number, QInputDevice.DeviceType.Stylus, kind,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 2,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pen() -> QPointingDevice:
    return _device(QPointingDevice.PointerType.Pen, 81)


@pytest.fixture(scope="module")
def eraser() -> QPointingDevice:
    return _device(QPointingDevice.PointerType.Eraser, 82)


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad(name="签名")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def _send(
    pad: SignaturePad,
    device: QPointingDevice,
    kind: QEvent.Type,
    x: float,
    *,
    y: float = 100,
    pressure: float = 0.5,
    button: Qt.MouseButton = TIP,
    held: Qt.MouseButton = TIP,
    stamp: int = 0,
) -> bool:
    event = QTabletEvent(
        kind, device, QPointF(x, y), QPointF(x, y), pressure, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, button, held,
    )  # fmt: skip
    event.setTimestamp(stamp)
    QApplication.sendEvent(pad, event)
    return event.isAccepted()


def _line(pad: SignaturePad, device: QPointingDevice, y: float, pressure: float = 0.5) -> None:
    _send(pad, device, PRESS, 40, y=y, pressure=pressure)
    for x in (120, 200, 280):
        _send(pad, device, MOVE, x, y=y, pressure=pressure)
    _send(pad, device, RELEASE, 280, y=y, pressure=0, held=NONE)


def _ink(pad: SignaturePad, y: int) -> int:
    """Dark pixels of the picture in the middle column around the line at ``y``."""
    image = QImage.fromData(pad.picture())
    x, scale = image.width() // 2, image.width() / pad.width()
    rows = range(round((y - 20) * scale), round((y + 20) * scale))
    return sum(image.pixelColor(x, row).lightness() < 128 for row in rows)


def test_who_presses_more_writes_thicker(pad: SignaturePad, pen: QPointingDevice) -> None:
    _line(pad, pen, 50, pressure=0.1)
    _line(pad, pen, 150, pressure=1.0)
    light, heavy = pad.strokes()
    assert {point[3] for point in light} == {0.1}
    assert {point[3] for point in heavy} == {1.0}
    assert _ink(pad, 150) > 1.5 * _ink(pad, 50)


def test_hovering_and_side_buttons_write_nothing_and_no_mouse_press_is_made_of_them(
    pad: SignaturePad, pen: QPointingDevice
) -> None:
    assert _send(pad, pen, MOVE, 40, button=NONE, held=NONE)
    assert _send(pad, pen, PRESS, 40, button=SIDE, held=SIDE)
    assert _send(pad, pen, MOVE, 90, button=NONE, held=SIDE)
    assert _send(pad, pen, RELEASE, 90, button=SIDE, held=NONE)
    assert pad.is_empty()


def test_the_side_button_during_a_stroke_does_not_end_it(pad: SignaturePad, pen: QPointingDevice) -> None:
    _send(pad, pen, PRESS, 40)
    _send(pad, pen, PRESS, 80, button=SIDE, held=TIP)
    _send(pad, pen, RELEASE, 80, button=SIDE, held=TIP)
    _send(pad, pen, MOVE, 120)
    _send(pad, pen, RELEASE, 120, held=NONE)
    (stroke,) = pad.strokes()
    assert [point[0] for point in stroke] == [0.1, 0.3]


def test_the_eraser_rubs_out_what_it_touches_and_nothing_else(
    pad: SignaturePad, pen: QPointingDevice, eraser: QPointingDevice
) -> None:
    _line(pad, pen, 50)
    _line(pad, pen, 150)
    told: list[bool] = []
    pad.strokes_changed.connect(lambda: told.append(True))
    _send(pad, eraser, PRESS, 200, y=100)
    assert len(pad.strokes()) == 2
    _send(pad, eraser, MOVE, 200, y=145)
    _send(pad, eraser, RELEASE, 200, y=145, held=NONE)
    (left,) = pad.strokes()
    assert {point[1] for point in left} == {0.25}
    assert told == [True]


def test_a_pen_that_went_in_the_middle_of_a_stroke_does_not_go_on_writing_when_it_hovers(
    pad: SignaturePad, pen: QPointingDevice
) -> None:
    ended: list[bool] = []
    pad.stroke_ended.connect(lambda: ended.append(True))
    _send(pad, pen, PRESS, 40)
    _send(pad, pen, MOVE, 80)
    _send(pad, pen, MOVE, 300, button=NONE, held=NONE)  # it is back, in the air
    _send(pad, pen, MOVE, 350, button=NONE, held=NONE)
    (stroke,) = pad.strokes()
    assert [point[0] for point in stroke] == [0.1, 0.2]
    assert ended == [True]


def test_after_a_tablet_was_unplugged_in_the_middle_of_a_stroke_the_mouse_writes(
    pad: SignaturePad, pen: QPointingDevice
) -> None:
    _send(pad, pen, PRESS, 40, stamp=1)
    _send(pad, pen, MOVE, 80, stamp=2)
    QTest.qWait(1)
    pad._pen_at = -10_000_000  # a second and more ago
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    QTest.mouseMove(pad, QPoint(300, 100))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    first, second = pad.strokes()
    assert [point[0] for point in first] == [0.1, 0.2]
    assert second[0][0] == 0.5


def test_a_pad_that_only_shows_leaves_pens_to_others(qtbot: QtBot, pen: QPointingDevice) -> None:
    shown = SignaturePad(editable=False)
    qtbot.addWidget(shown)
    shown.resize(400, 200)
    shown.show()
    assert not _send(shown, pen, PRESS, 40)
    assert shown.is_empty()
