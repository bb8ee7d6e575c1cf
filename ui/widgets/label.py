"""Plain labels by role, and one that elides."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import current
from ui.widgets.paint import draw_text, text_width


def label(text: str = "", role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A ``QLabel`` with a role (meta, label, section, strong, field, step, title, figure) and a tone of the QSS."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(of: QWidget, tone: str) -> None:
    """Change a tone after the widget was made."""
    if of.property("tone") != tone:
        of.setProperty("tone", tone)
        of.style().unpolish(of)
        of.style().polish(of)


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit ends in an ellipsis, the whole stands in the tooltip."""

    def __init__(
        self, text: str = "", style: str = "body", colour: str = "ink", *, bold: bool = False, weight: int | None = None
    ) -> None:
        super().__init__(text)
        self._style, self._colour = style, colour
        self._weight = 700 if bold else weight
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_colour(self, colour: str) -> None:
        """Write in the colour of another token."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        font = theme.font(self._style, weight=self._weight)
        return QSize(round(text_width(font, self.text()) + 1), theme.line(self._style))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(40), current().line(self._style))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        font = theme.font(self._style, weight=self._weight)
        drawn = draw_text(painter, QRectF(self.rect()), self.text(), font, self._colour, may_elide=True)
        painter.end()
        self.setToolTip(self.text() if text_width(font, self.text()) > drawn + 1 else "")
