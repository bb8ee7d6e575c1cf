"""The drawn steps of the device page. Coordinates are design pixels of a 140 × 92 field.

Grey outlines are the machine, the deep cyan is what the hand does. Which step has which drawing: ``drawn``.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import current
from ui.widgets.paint import CENTRE, draw_text

FIELD = (140, 92)

LARGEST = 1.15
"""A drawing grows with the text so far; more would leave too little room for the words beside it."""


class StepDrawing(QWidget):
    """One drawing by its name, see ``PICTURES``."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.setAccessibleName(name)
        grown = min(current().scale, LARGEST)
        self.setFixedSize(QSize(round(FIELD[0] * grown), round(FIELD[1] * grown)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        grown = self.width() / FIELD[0]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(grown, grown)
        PICTURES[self._kind](_Pen(painter, grown))
        painter.end()


class _Pen:
    """Draws the few shapes that the pictures are made of."""

    def __init__(self, painter: QPainter, scale: float) -> None:
        self._painter = painter
        self._scale = scale

    def _with(self, width: float, colour: str, fill: str = "") -> None:
        pen = QPen(current().colour(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.setBrush(current().colour(fill) if fill else Qt.BrushStyle.NoBrush)

    def box(self, x: float, y: float, w: float, h: float, fill: str = "sunken", tone: str = "ink-2") -> None:
        """A rectangle."""
        self._with(2, tone, fill)
        self._painter.drawRect(QRectF(x, y, w, h))

    def round(self, x: float, y: float, radius: float, fill: str = "panel", tone: str = "ink-2") -> None:
        """A circle around a point."""
        self._with(2, tone, fill)
        self._painter.drawEllipse(QPointF(x, y), radius, radius)

    def line(self, *points: tuple[float, float], tone: str = "ink-2", width: float = 2) -> None:
        """A line through points."""
        self._with(width, tone)
        self._painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def shape(self, *points: tuple[float, float], fill: str = "panel", tone: str = "ink-2") -> None:
        """A closed polygon."""
        self._with(2, tone, fill)
        self._painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def arc(
        self, x: float, y: float, radius: float, start: float, span: float, tone: str = "accent", width: float = 3
    ) -> None:
        """A part of a circle; angles in degrees, 0 at three o'clock, counter-clockwise."""
        self._with(width, tone)
        side = 2 * radius
        self._painter.drawArc(QRectF(x - radius, y - radius, side, side), round(start * 16), round(span * 16))

    def arrow(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """What the hand does."""
        self._with(3, "accent")
        start, end = QPointF(x, y), QPointF(to_x, to_y)
        self._painter.drawLine(start, end)
        way = QPointF(to_x - x, to_y - y)
        length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1.0)
        along, across = way / length * 8, QPointF(-way.y(), way.x()) / length * 8
        self._painter.drawPolyline(QPolygonF([end - along + across, end, end - along - across]))

    def text(self, x: float, y: float, w: float, h: float, text: str, tone: str = "accent") -> None:
        """A word on a key or a tag; never a sentence."""
        self._painter.save()
        self._painter.scale(1 / self._scale, 1 / self._scale)
        size = self._scale
        rect = QRectF(x * size, y * size, w * size, h * size)
        draw_text(self._painter, rect, text, current().font("label", weight=700), tone, CENTRE)
        self._painter.restore()

    def rays(self, x: float, y: float, inner: float, outer: float) -> None:
        """Light around a lamp."""
        for dx, dy in ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7)):
            self.line((x + dx * inner, y + dy * inner), (x + dx * outer, y + dy * outer), tone="accent", width=2)


# ---- receipt printer


def _open(pen: _Pen) -> None:
    pen.shape((20, 37), (34, 4), (135, 4), (120, 37))
    pen.box(20, 37, 100, 50)
    pen.arrow(69, 30, 69, 12)
    pen.line((108, 64), (118, 64), tone="accent", width=5)


def _roll(pen: _Pen) -> None:
    pen.box(20, 37, 100, 50)
    pen.line((90, 37), (90, 5))
    pen.round(66, 37, 24)
    pen.round(66, 37, 7.5, "sunken")
    pen.arrow(106, 4, 106, 27)


def _close(pen: _Pen) -> None:
    pen.box(44, 11, 52, 26, "panel")
    pen.box(20, 37, 100, 50)
    pen.line((20, 37), (44, 37), width=4)
    pen.line((96, 37), (120, 37), width=4)
    pen.arrow(116, 6, 116, 24)


def _pull(pen: _Pen) -> None:
    pen.box(20, 45, 100, 42)
    pen.box(46, 8, 48, 37, "panel")
    for y in (18, 25, 32):
        pen.line((54, y), (86, y), tone="line-strong")
    pen.arrow(116, 40, 116, 12)


def _scraps(pen: _Pen) -> None:
    pen.shape((20, 37), (34, 4), (135, 4), (120, 37))
    pen.box(20, 37, 100, 50)
    for x, y in ((52, 58), (66, 70), (80, 56)):
        pen.shape((x, y), (x + 10, y - 4), (x + 13, y + 6), (x + 3, y + 8), tone="accent")
    pen.arrow(96, 66, 128, 48)


def _paper(pen: _Pen) -> None:
    pen.box(20, 45, 100, 42)
    pen.box(46, 8, 48, 37, "panel")
    pen.line((54, 12), (54, 41), tone="warn-fill", width=5)
    pen.line((86, 12), (86, 41), tone="warn-fill", width=5)


def _spare(pen: _Pen) -> None:
    pen.box(10, 37, 66, 50)
    pen.line((20, 37), (66, 37), width=4)
    pen.round(108, 61, 25, tone="accent")
    pen.round(108, 61, 8, "sunken", "accent")


def _button(pen: _Pen) -> None:
    pen.box(20, 37, 100, 50)
    pen.line((40, 37), (100, 37), width=4)
    pen.round(102, 62, 7, tone="accent")
    pen.arrow(136, 30, 112, 53)


# ---- scanner


def _scanner(pen: _Pen) -> None:
    pen.box(14, 58, 112, 28)
    pen.shape((30, 58), (44, 34), (110, 34), (110, 58))


def _feeder_open(pen: _Pen) -> None:
    pen.box(14, 58, 112, 28)
    pen.shape((30, 56), (48, 12), (106, 6), (110, 20), fill="panel")
    pen.arrow(122, 50, 122, 20)


def _feeder_close(pen: _Pen) -> None:
    _scanner(pen)
    pen.arrow(124, 12, 124, 40)


def _page_out(pen: _Pen) -> None:
    pen.box(14, 58, 112, 28)
    pen.shape((44, 58), (54, 22), (60, 30), (68, 18), (78, 28), (90, 20), (96, 58), tone="accent")
    pen.arrow(112, 52, 112, 16)


def _stack(pen: _Pen) -> None:
    _scanner(pen)
    for shift in (8, 4, 0):
        pen.shape((52 + shift, 34), (62 + shift, 4 + shift), (104 + shift, 4 + shift), (98 + shift, 34), tone="accent")
    pen.arrow(130, 6, 130, 30)


# ---- card reader


def _reader(pen: _Pen) -> None:
    pen.shape((12, 84), (28, 50), (112, 50), (128, 84), fill="sunken")


def _card(pen: _Pen) -> None:
    _reader(pen)
    pen.shape((40, 74), (50, 54), (94, 54), (100, 74), tone="accent")
    pen.line((56, 61), (76, 61), tone="line-strong")
    pen.line((54, 67), (80, 67), tone="line-strong")
    pen.arrow(72, 8, 72, 44)


def _compare(pen: _Pen) -> None:
    pen.box(8, 24, 64, 44, "panel", "accent")
    pen.round(26, 42, 8)
    pen.line((42, 38), (64, 38), tone="line-strong")
    pen.line((42, 46), (64, 46), tone="line-strong")
    _person(pen, 108, 20)
    pen.line((80, 42), (90, 42), tone="accent", width=3)
    pen.line((80, 50), (90, 50), tone="accent", width=3)


# ---- code scanner, chip card, rating pad, voice, A4 printer


def _gun(pen: _Pen) -> None:
    pen.shape((20, 16), (66, 10), (70, 30), (44, 36), (38, 78), (20, 78), (24, 38))
    for x in (96, 103, 108, 116, 122):
        pen.line((x, 52), (x, 82), width=3)
    pen.line((70, 22), (94, 60), tone="accent")
    pen.line((70, 22), (126, 60), tone="accent")


def _chip(pen: _Pen) -> None:
    pen.box(20, 54, 100, 32)
    pen.line((44, 54), (96, 54), width=4)
    pen.shape((48, 54), (48, 14), (92, 14), (92, 54), tone="accent")
    pen.box(54, 30, 14, 12, "warn-soft")
    pen.arrow(116, 12, 116, 40)


def _keys(pen: _Pen) -> None:
    pen.box(14, 30, 112, 44)
    for place in range(5):
        pen.round(30 + place * 20, 52, 7, tone="accent" if place == 0 else "ink-2")
    pen.arrow(30, 6, 30, 36)


def _speaker(pen: _Pen) -> None:
    pen.shape((26, 36), (46, 36), (68, 16), (68, 78), (46, 58), (26, 58), fill="sunken")
    pen.arc(70, 47, 18, -50, 100)
    pen.arc(70, 47, 34, -50, 100)


def _call(pen: _Pen) -> None:
    _person(pen, 34, 28)
    pen.arc(44, 40, 22, -40, 80)
    pen.arc(44, 40, 38, -40, 80)
    pen.box(96, 22, 38, 26, "panel")
    pen.text(96, 22, 38, 26, "A1", "ink-2")


def _tray(pen: _Pen) -> None:
    pen.box(24, 10, 92, 50)
    pen.box(34, 60, 72, 20, "panel", "accent")
    pen.arrow(124, 52, 124, 82)


def _tray_in(pen: _Pen) -> None:
    pen.box(24, 10, 92, 64)
    pen.line((34, 60), (106, 60), tone="accent", width=4)
    pen.arrow(124, 84, 124, 56)


def _cartridge(pen: _Pen) -> None:
    pen.box(10, 40, 120, 47)
    pen.box(30, 50, 80, 37, "panel")
    pen.shape((38, 14), (102, 14), (102, 34), (94, 34), (94, 26), (38, 26), tone="accent")
    pen.arrow(122, 10, 122, 34)


def _look(pen: _Pen) -> None:
    pen.box(14, 44, 112, 40)
    pen.line((30, 56), (110, 56), width=4)
    pen.box(40, 56, 60, 22, "panel", "accent")
    pen.arc(70, 36, 26, 40, 100)
    pen.arc(70, 2, 26, 220, 100)
    pen.round(70, 19, 5, "accent", "accent")


# ---- rights


def _locked(pen: _Pen) -> None:
    pen.box(30, 40, 46, 38)
    pen.arc(53, 40, 15, 0, 180, tone="ink-2")
    pen.round(104, 34, 13, tone="accent")
    pen.line((104, 47), (104, 80), tone="accent", width=3)
    pen.line((104, 70), (116, 70), tone="accent", width=3)


def _seal(pen: _Pen) -> None:
    pen.box(24, 8, 70, 74, "panel")
    for y in (24, 36, 48):
        pen.line((36, y), (82, y), tone="line-strong")
    pen.shape((92, 62), (88, 88), (102, 80), (116, 88), (112, 62), tone="accent")
    pen.round(102, 56, 16, tone="accent")
    pen.text(88, 44, 28, 24, "?")


# ---- camera


def _lens(pen: _Pen) -> None:
    pen.line((30, 86), (30, 16), (92, 16), width=4)
    pen.box(12, 84, 116, 4)
    pen.box(76, 16, 32, 22)
    pen.round(92, 42, 8, tone="accent")
    pen.rays(92, 42, 12, 19)


# ---- whatever device


def _device(pen: _Pen) -> None:
    pen.box(20, 40, 100, 46)
    pen.line((32, 52), (72, 52), tone="line-strong")


def _lamp(pen: _Pen) -> None:
    _device(pen)
    pen.round(102, 62, 6, "accent", "accent")
    pen.rays(102, 62, 10, 17)


def _plug(pen: _Pen) -> None:
    pen.box(92, 24, 36, 46)
    pen.line((106, 38), (106, 46))
    pen.line((114, 38), (114, 46))
    pen.line((4, 47), (26, 47), width=4)
    pen.box(26, 34, 26, 26, "panel")
    pen.line((52, 42), (62, 42), width=4)
    pen.line((52, 52), (62, 52), width=4)
    pen.arrow(66, 80, 90, 80)


def _port(pen: _Pen) -> None:
    pen.box(30, 12, 80, 72)
    pen.box(42, 26, 22, 12, "panel")
    pen.box(76, 26, 22, 12, "panel", "accent")
    pen.box(42, 54, 22, 12, "panel")
    pen.box(76, 54, 22, 12, "panel")
    pen.arrow(60, 46, 80, 40)


def _power(pen: _Pen) -> None:
    pen.arc(52, 46, 24, 125, 290)
    pen.line((52, 16), (52, 44), tone="accent", width=3)
    pen.text(82, 34, 54, 24, "5 s", "ink-2")


def _back(pen: _Pen) -> None:
    pen.arc(70, 46, 28, 60, 270)
    pen.arrow(82, 20, 94, 30)
    pen.line((58, 46), (67, 56), (84, 36), tone="ok", width=4)


def _again(pen: _Pen) -> None:
    pen.arc(70, 46, 28, 60, 270)
    pen.arrow(82, 20, 94, 30)


def _wait(pen: _Pen) -> None:
    pen.round(70, 46, 32)
    pen.line((70, 46), (70, 24), tone="accent", width=3)
    pen.line((70, 46), (86, 54), tone="accent", width=3)


def _window(pen: _Pen) -> None:
    pen.box(18, 14, 104, 68, "panel")
    pen.line((18, 30), (122, 30))
    pen.line((106, 18), (114, 26), tone="accent", width=3)
    pen.line((114, 18), (106, 26), tone="accent", width=3)
    pen.line((30, 46), (88, 46), tone="line-strong")
    pen.line((30, 58), (74, 58), tone="line-strong")


def _key(pen: _Pen) -> None:
    pen.box(46, 30, 48, 44, "panel")
    pen.text(46, 30, 48, 44, "F")
    pen.arrow(112, 8, 96, 26)


def _type(pen: _Pen) -> None:
    pen.box(12, 30, 116, 50)
    for row in range(3):
        for place in range(7):
            pen.box(20 + place * 15, 37 + row * 13, 10, 8, "panel", "line-strong")
    pen.line((44, 72), (96, 72), tone="accent", width=4)


def _person(pen: _Pen, x: float, y: float) -> None:
    pen.round(x, y + 10, 11)
    pen.shape((x - 20, y + 52), (x - 16, y + 28), (x + 16, y + 28), (x + 20, y + 52))


def _ask(pen: _Pen) -> None:
    _person(pen, 40, 28)
    pen.shape((70, 12), (130, 12), (130, 44), (92, 44), (80, 56), (82, 44), (70, 44), tone="accent")
    pen.text(70, 12, 60, 32, "?")


def _turn(pen: _Pen) -> None:
    pen.box(34, 10, 72, 46, "panel")
    pen.line((70, 56), (70, 64), width=4)
    pen.line((52, 66), (88, 66), width=4)
    pen.arc(70, 26, 54, 205, 75)
    pen.arrow(73, 80, 80, 80)


PICTURES: dict[str, Callable[[_Pen], None]] = {
    "open": _open,
    "roll": _roll,
    "close": _close,
    "pull": _pull,
    "scraps": _scraps,
    "paper": _paper,
    "spare": _spare,
    "button": _button,
    "feeder_open": _feeder_open,
    "feeder_close": _feeder_close,
    "page_out": _page_out,
    "stack": _stack,
    "card": _card,
    "compare": _compare,
    "gun": _gun,
    "chip": _chip,
    "keys": _keys,
    "speaker": _speaker,
    "call": _call,
    "cartridge": _cartridge,
    "look": _look,
    "tray": _tray,
    "tray_in": _tray_in,
    "locked": _locked,
    "seal": _seal,
    "lens": _lens,
    "lamp": _lamp,
    "plug": _plug,
    "port": _port,
    "power": _power,
    "back": _back,
    "again": _again,
    "wait": _wait,
    "window": _window,
    "key": _key,
    "type": _type,
    "ask": _ask,
    "turn": _turn,
}
"""Name of a drawing to how it is drawn."""
