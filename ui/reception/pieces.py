"""Small pieces that several parts of the desk share."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.lamp import paint_lamp
from ui.widgets.paint import draw_box, draw_text, text_width


class Icon(QWidget):
    """An icon, or a lamp when its name begins with ``lamp-``, in the colour of a token."""

    def __init__(self, name: str = "", colour: str = "ink-2", side: int = 18) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self.setFixedSize(QSize(current().px(side), current().px(side)))

    def present(self, name: str, colour: str) -> None:
        """Show another icon."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._name.startswith("lamp-"):
            paint_lamp(painter, self._name.removeprefix("lamp-"), box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            paint_icon(painter, self._name, self._colour, box)
        painter.end()


class Hairline(QWidget):
    """A line one pixel high; ``dashed`` as on a perforated ticket."""

    def __init__(self, colour: str = "line", *, dashed: bool = False) -> None:
        super().__init__()
        self._colour, self._dashed = colour, dashed
        self.setFixedHeight(2 if dashed else 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._dashed:
            pen = QPen(current().colour(self._colour), 2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawLine(0, 1, self.width(), 1)
        else:
            painter.fillRect(self.rect(), current().colour(self._colour))
        painter.end()


class IconChip(QWidget):
    """A chip with an icon, in the accent's soft colour; an empty text hides it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon, self._text = icon, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()
        show_if(self, bool(text))

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(round(text_width(theme.font("meta"), self._text) + theme.px(34)), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, side = QRectF(self.rect()), theme.px(14)
        draw_box(painter, box, "accent-soft", "", theme.radius("chip"))
        paint_icon(painter, self._icon, "accent", QRectF(theme.px(7), round((box.height() - side) / 2), side, side))
        draw_text(painter, box.adjusted(theme.px(27), 0, 0, 0), self._text, theme.font("meta"), "accent")
        painter.end()


def panel() -> tuple[QFrame, QVBoxLayout]:
    """A white card and its column, without margins."""
    frame = QFrame()
    frame.setProperty("kind", "panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    return frame, column


def row(
    *things: QWidget | QLayout | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Widgets side by side; a number is a fixed space, None takes what is left. Lengths are the design's pixels."""
    theme = current()
    made = QHBoxLayout()
    made.setContentsMargins(*(theme.px(side) for side in margins))
    made.setSpacing(theme.px(gap))
    for thing in things:
        if thing is None:
            made.addStretch(1)
        elif isinstance(thing, int):
            made.addSpacing(theme.px(thing))
        elif isinstance(thing, QLayout):
            made.addLayout(thing)
        else:
            made.addWidget(thing, 0, Qt.AlignmentFlag.AlignVCenter)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def set_text(label: QLabel, text: str) -> None:
    """Set a text only when it differs, so that nothing is laid out again for the same words."""
    if label.text() != text:
        label.setText(text)


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide only when that changes something."""
    never_told = not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    if widget.isHidden() == wanted or never_told:
        widget.setVisible(wanted)


Act = Callable[[str], object]
"""Told the name of what was pressed."""
