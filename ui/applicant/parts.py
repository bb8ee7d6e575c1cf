"""The few building blocks of the applicant's pages: text, buttons for fingers, cards, the head."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.applicant.look import Look

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter


class Text(QLabel):
    """Words in a line box of the design's height, so that they stand where the design has them.

    Args:
        px: Type size of the design.
        line: Line height of the design; 1.45 × the size when 0.
        wrap: Go on in further lines instead of eliding.
        grows: Follow the large text.
        spacing: Between letters, in parts of the size.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        px: float,
        *,
        weight: int = 400,
        ink: str = "ink",
        line: float = 0,
        align: Qt.AlignmentFlag = LEFT,
        wrap: bool = False,
        grows: bool = True,
        spacing: float = 0,
    ) -> None:
        super().__init__(text)
        self._look, self._weight, self._ink, self._align, self._wrap = look, weight, ink, align, wrap
        self._font = look.font(px, weight, grows=grows, spacing=spacing)
        height = line or px * 1.45
        self._line = look.grown(height) if grows else look.px(height)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # A fixed height would cap the height for the width at one line.
        tall = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, tall)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def set_ink(self, ink: str) -> None:
        """Write in another colour."""
        if ink != self._ink:
            self._ink = ink
            self.update()

    def lines(self, width: float) -> list[str]:
        """The text broken into lines of at most ``width`` pixels."""
        if not self._wrap:
            return self.text().split("\n")
        return [piece for part in self.text().split("\n") for piece in self._broken(part, width)]

    def _broken(self, text: str, width: float) -> list[str]:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        found = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            found.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        return found or [""]

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        return self._line * len(self.lines(width))

    def natural_width(self) -> int:
        """Width of the longest line without breaking, in pixels."""
        metrics = QFontMetricsF(self._font)
        return max(int(metrics.horizontalAdvance(part) + 1.5) for part in self.text().split("\n"))

    def sizeHint(self) -> QSize:
        return QSize(self.natural_width(), self._line * (self.text().count("\n") + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(40) if self._wrap else min(self.natural_width(), self._look.px(120)), self._line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        lines = self.lines(self.width())
        top = (self.height() - self._line * len(lines)) / 2
        for at, line in enumerate(lines):
            box = QRectF(0, top + at * self._line, self.width(), self._line)
            font = self._font if self._wrap else self._look.fitted(self._font, line, self.width())
            self._look.text(painter, box, line, font, self._ink, self._align)
        painter.end()


_SIZES = {"primary": (30, 700, 88), "plain": (30, 700, 88), "small": (22, 400, 52), "bar": (22, 400, 52)}
"""Kind of button to type size, weight and height."""


class TouchButton(QAbstractButton):
    """A button for a finger: icon and words in the middle. It never takes the focus from the clerk's window.

    Args:
        kind: ``primary`` (filled), ``plain``, ``small`` (52 px, light outline) or ``bar`` (on the dark head).
    """

    def __init__(
        self,
        look: Look,
        text: str,
        on_press: Callable[[], object],
        *,
        kind: str = "plain",
        icon: str = "",
        side: float = 34,
        stroke: float = 1.75,
        gap: float = 14,
        pad: float = 34,
        px: float = 0,
        weight: int = 0,
        height: float = 0,
        name: str = "",
    ) -> None:
        super().__init__()
        usual_px, usual_weight, usual_height = _SIZES[kind]
        self._look, self._kind, self._icon, self._stroke = look, kind, icon, stroke
        grows = kind != "bar"
        self._font = look.font(px or usual_px, weight or usual_weight, grows=grows)
        grown = look.grown if grows else look.px
        self._side, self._gap, self._pad = grown(side), grown(gap), look.px(pad)
        self._height = height or usual_height
        self.turned = False
        """Draw the icon upside down."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: on_press())

    def content_width(self) -> float:
        """Width of icon, gap and words in pixels."""
        words = QFontMetricsF(self._font).horizontalAdvance(self.text())
        return words + ((self._side + (self._gap if self.text() else 0)) if self._icon else 0)

    def sizeHint(self) -> QSize:
        return QSize(round(self.content_width() + 2 * self._pad), self._look.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _colours(self) -> tuple[str, str, str, float, float]:
        """Fill, outline, ink, radius, outline width."""
        down = self.isDown()
        if self._kind == "bar":
            return ("bar-2" if down or self.isChecked() else "", "bar-ink-2", "bar-ink", 10, 1)
        if not self.isEnabled():
            return "sunken", "line-strong", "ink-3", 14, 2
        if self._kind == "primary":
            return ("accent-press" if down else "accent"), "", "on-accent", 14, 0
        if self._kind == "small":
            return ("selected" if down else "panel"), "line-strong", "ink", 10, 1
        return ("selected" if down else "panel"), "line-strong", "ink", 14, 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, outline, ink, radius, width = self._colours()
        self._look.box(painter, QRectF(self.rect()), fill, outline, radius, width)
        edge, icon = self._look.px(8), self._side + self._gap if self._icon else 0
        font = self._look.fitted(self._font, self.text(), self.width() - 2 * edge - icon)
        left = (self.width() - min(self.content_width(), self.width() - 2 * edge)) / 2
        if self._icon:
            at = QPointF(round(left), round((self.height() - self._side) / 2 - self._look.px(1)))
            painter.save()
            if self.turned:
                painter.translate(self.width(), self.height())
                painter.rotate(180)
            self._look.icon(painter, self._icon, ink, at, self._side, self._stroke)
            painter.restore()
            left += self._side + self._gap
        box = QRectF(left, self._look.px(0.6), self.width() - left, self.height())
        self._look.text(painter, box, self.text(), font, ink, LEFT)
        painter.end()


def switch(look: Look, text: str, icon: str, on_press: Callable[[], object], name: str) -> TouchButton:
    """A button on the dark head; ``name`` is its object name."""
    made = TouchButton(look, text, on_press, kind="bar", icon=icon, side=26, stroke=1.75, gap=8, pad=17)
    made.setObjectName(name)
    return made


class Card(QWidget):
    """A white sheet with round corners."""

    def __init__(self, look: Look, *, fill: str = "panel", outline: str = "line", width: float = 1) -> None:
        super().__init__()
        self._look, self._fill, self._outline, self._width = look, fill, outline, width

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._look.box(painter, QRectF(self.rect()), self._fill, self._outline, 14, self._width)
        painter.end()


class Head(QWidget):
    """The dark bar: window number, step, and the applicant's own switches."""

    def __init__(self, look: Look, window: str, note: str, switches: Sequence["TouchButton"]) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(look.px(76))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), 0, look.px(24), 0)
        row.setSpacing(look.px(14))
        row.addWidget(Text(look, window, 24, weight=700, ink="bar-ink", grows=False))
        self.note = Text(look, note, 24, ink="bar-ink-2", grows=False)
        row.addWidget(self.note)
        row.addStretch(1)
        for switch in switches:
            row.addWidget(switch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("bar"))
        painter.end()
