"""The applicant's own look: a theme fitted to the screen, whatever the clerk's screen wears.

The pages are designed for 1024 × 768. On another screen every length is multiplied by ``fit``; large and huge text
multiply the type, and what must grow with it, once more.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from ui.theme import RESOURCES, Theme

WIDTH, HEIGHT = 1024, 768
GROWTH = (1.0, 1.25, 1.5)
"""Usual, large and huge text."""

_DRAWN_STROKE = b"#3F4D57"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, lengths and fonts of this screen. ``size`` counts as ``GROWTH`` does."""

    theme: Theme
    fit: float = 1.0
    size: int = 0

    @staticmethod
    def for_size(theme: Theme, width: int, height: int, *, size: int) -> "Look":
        """The look that fills a screen of this size."""
        return Look(theme, max(0.5, min(width / WIDTH, height / HEIGHT)), size)

    @property
    def large(self) -> bool:
        """Whether the text is larger than usual."""
        return self.size > 0

    def on_paper(self) -> "Look":
        """The same lengths in the colours of a white sheet: a signature is written on paper in every look."""
        return replace(self, theme=_paper())

    def px(self, length: float) -> int:
        """A length of the design that stays in large text."""
        return round(length * self.fit)

    def grown(self, length: float) -> int:
        """A length of the design that grows with large text."""
        return round(length * self.fit * GROWTH[self.size])

    def between(self, usual: float, large: float) -> int:
        """A length that has its own value in large text, and as much more again in huge text."""
        return round((usual + (large - usual) * self.size) * self.fit)

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return self.theme.colour(token)

    def font(self, px: float, weight: int = 400, *, grows: bool = True, spacing: float = 0) -> QFont:
        """A font of ``px`` pixels of the design; ``spacing`` between letters in parts of the size."""
        size = self.grown(px) if grows else self.px(px)
        made = self.theme.font_of(size, weight)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if spacing:
            made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * size)
        return made

    def box(self, painter: QPainter, rect: QRectF, fill: str, outline: str, radius: float, width: float = 1) -> None:
        """A rounded box whose outline lies inside ``rect``; empty tokens are left out. Lengths of the design."""
        pen = max(1.0, float(self.px(width)))
        painter.setPen(QPen(self.colour(outline), pen) if outline else Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        half = pen / 2 if outline else 0
        corner = self.px(radius) - half
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), corner, corner)

    def text(
        self, painter: QPainter, rect: QRectF, text: str, font: QFont, token: str, align: Qt.AlignmentFlag
    ) -> None:
        """One line, elided at its end."""
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.setFont(font)
        painter.setPen(self.colour(token))
        painter.drawText(rect, align, shown)

    def fitted(self, font: QFont, text: str, width: float) -> QFont:
        """The font, made smaller (to two thirds at most) so that the text goes into ``width`` pixels."""
        wide = QFontMetricsF(font).horizontalAdvance(text)
        if wide <= width:
            return font
        made = QFont(font)
        made.setPixelSize(int(font.pixelSize() * max(2 / 3, width / wide)))
        return made

    def icon(self, painter: QPainter, name: str, token: str, at: QPointF, side: float, stroke: float = 1.75) -> None:
        """A line icon, its top left corner at ``at``, ``side`` pixels square, in its 24-unit grid's stroke."""
        _icon(name, self.theme.hex(token), stroke).render(painter, QRectF(at.x(), at.y(), side, side))


@lru_cache(maxsize=1)
def _paper() -> Theme:
    return Theme.load("light")


@lru_cache(maxsize=128)
def _icon(name: str, colour: str, stroke: float) -> QSvgRenderer:
    """Read once: a repaint draws a dozen of them."""
    svg = (RESOURCES / "icons" / f"{name}.svg").read_bytes()
    svg = svg.replace(_DRAWN_STROKE, colour.encode())
    return QSvgRenderer(QByteArray(svg.replace(b'stroke-width="1.75"', f'stroke-width="{stroke}"'.encode())))
