"""The line icons of ``resources/icons``, recoloured and cached by name, colour, size and pixel ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import RESOURCES, current

_DRAWN_STROKE = b"#3F4D57"
_BOLDER = frozenset({"check", "cross"})
"""Single strokes that would look lighter than the words beside them."""


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    svg = (RESOURCES / "icons" / f"{name}.svg").read_bytes().replace(_DRAWN_STROKE, colour.encode())
    if name in _BOLDER:
        svg = svg.replace(b'stroke-width="1.75"', b'stroke-width="2.4"')
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, colour_token: str, size: int | None = None) -> QPixmap:
    """The icon in the colour of a token, ``size`` pixels (already scaled) square."""
    theme = current()
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    return _drawn(name, theme.hex(colour_token), size or theme.size("icon"), ratio)


def icon(name: str, colour_token: str, size: int | None = None) -> QIcon:
    """The icon as ``QIcon``, grey when disabled."""
    made = QIcon(pixmap(name, colour_token, size))
    made.addPixmap(pixmap(name, "ink-3", size), QIcon.Mode.Disabled)
    return made


def paint_icon(painter: QPainter, name: str, colour_token: str, rect: QRectF) -> None:
    """Draw the icon into ``rect`` of a painter that is active."""
    size = round(rect.width())
    painter.drawPixmap(rect.topLeft(), _drawn(name, current().hex(colour_token), size, _ratio(painter)))


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return device.devicePixelRatio() if device else 1.0
