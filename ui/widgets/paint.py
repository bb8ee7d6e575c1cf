"""Painting that several widgets share: text, key caps, hairline boxes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from ui.theme import Theme, current

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter


def text_width(font: QFont, text: str) -> float:
    """Advance of ``text`` in pixels."""
    return QFontMetricsF(font).horizontalAdvance(text)


TextSeen = Callable[[str, float, float, bool], object]
"""Told of each painted text: the text, the width it needs, the width it was given, whether it may give way."""

_watchers: list[TextSeen] = []


@contextmanager
def watching_texts(seen: TextSeen) -> Iterator[None]:
    """Tell ``seen`` of every text that is painted meanwhile: a test walks all of them and finds what is cut."""
    _watchers.append(seen)
    try:
        yield
    finally:
        _watchers.remove(seen)


def tell_text(text: str, needed: float, given: float, *, may_elide: bool = False) -> None:
    """Tell the watchers of a text that is painted, or left out for want of room."""
    for seen in _watchers:
        seen(text, needed, given, may_elide)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
    *,
    may_elide: bool = False,
) -> float:
    """Draw one line in the colour of a token, elided at the right end; returns the width drawn.

    ``may_elide``: a text of any length, such as a name, that gives way; the whole of it stands elsewhere, mostly in a
    tooltip.
    """
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    if _watchers:
        tell_text(text, metrics.horizontalAdvance(text), rect.width() + 1, may_elide=may_elide)
    painter.setFont(font)
    painter.setPen(current().colour(colour))
    painter.drawText(rect, align, shown)
    return metrics.horizontalAdvance(shown)


def cap_width(key: str, theme: Theme) -> float:
    """Width of the cap of ``key``."""
    return max(text_width(theme.font("meta", weight=500), key) + theme.px(12), theme.px(20))


def draw_cap(painter: QPainter, left: float, middle: float, key: str, tone: str = "plain") -> None:
    """Draw a key cap from ``left``, centred on ``middle``. Tones: plain, primary, accent, off, bar, warn, bad."""
    theme = current()
    outline, fill, ink = {
        "plain": ("line", "sunken", "ink-2"),
        "primary": ("on-accent-dim", "", "on-accent"),
        "off": ("line", "sunken", "ink-3"),
        "bar": ("bar-2", "bar-2", "bar-ink-2"),
    }[tone]
    height = theme.px(18)
    box = QRectF(left + 0.5, round(middle - height / 2) + 0.5, cap_width(key, theme) - 1, height)
    painter.setPen(QPen(theme.colour(outline), 1))
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.radius("chip"), theme.radius("chip"))
    draw_text(painter, box, key, theme.font("meta", weight=500), ink, CENTRE)


def draw_box(painter: QPainter, rect: QRectF, fill: str, outline: str, radius: float, width: float = 1) -> None:
    """A rounded box whose outline lies wholly inside ``rect``; empty tokens are left out."""
    theme = current()
    half = width / 2
    painter.setPen(QPen(theme.colour(outline), width) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def draw_line(painter: QPainter, left: float, right: float, y: float, colour: str = "line") -> None:
    """A horizontal hairline, one pixel high at pixel row ``y``."""
    painter.setPen(QPen(current().colour(colour), 1))
    painter.drawLine(QPointF(left, y + 0.5), QPointF(right, y + 0.5))
