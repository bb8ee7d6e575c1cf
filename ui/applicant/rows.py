"""The rows to check: slid by finger, wheel or page buttons; a masked value opens while it is held."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.applicant.look import Look
from ui.applicant.model import RowFace, pages_of, say
from ui.applicant.parts import Text, TouchButton

HOLD_MS = 180
"""A value opens when the finger has rested on it so long: who only slides sees nothing more."""

SLIDE_FROM = 12
"""Pixels of the design that a finger may tremble before it slides."""


class Row(QWidget):
    """One row: label, value, 不对. At least 72 px high."""

    def __init__(self, look: Look, face: RowFace, label_width: int, on_wrong: Callable[[str], object] | None) -> None:
        super().__init__()
        self.dropped = 0
        """Pixels that the parts stand lower, under the line of the row above."""
        self._look, self.face, self._label_width = look, face, label_width
        self._label = Text(look, face.label, 24, ink="ink-2", line=34, wrap=True)
        self._value = Text(look, face.text, 28, weight=700, line=38, wrap=True)
        self._button: TouchButton | None = None
        if on_wrong is not None:
            self._button = TouchButton(
                look,
                say("check.wrong"),
                lambda: on_wrong(face.target),
                kind="small",
                icon="pen",
                side=23,
                gap=7,
                pad=17,
                height=look.between(52, 60) / look.fit,
                name=say("check.wrong_of", label=face.label),
            )
        for part in (self._label, self._value, self._button):
            if part is not None:
                part.setParent(self)
                part.show()

    def open(self, full: bool) -> None:
        """Show the whole value, or the masked one again."""
        self._value.setText(self.face.full if full else self.face.text)

    def is_open(self) -> bool:
        """Whether the whole value is shown."""
        return self.face.masked and self._value.text() == self.face.full

    def on_value(self, at: QPoint) -> bool:
        """Whether a point of the row lies on its value."""
        return self._value.geometry().adjusted(0, -self._look.px(14), 0, self._look.px(14)).contains(at)

    def height_for(self, width: int) -> int:
        """Height that the row needs at this width, in pixels."""
        value_width = self._value_right(width) - self._value_left()
        full = Text(self._look, self.face.full, 28, weight=700, line=38, wrap=True)
        tall = max(
            self._value.heightForWidth(value_width),
            full.heightForWidth(value_width),
            self._label.heightForWidth(self._label_width),
        )
        return max(self._look.between(72, 84), tall + self._look.px(30))

    def _value_left(self) -> int:
        return self._look.px(24) + self._label_width + self._look.px(15)

    def _value_right(self, width: int) -> int:
        button = self._button.sizeHint().width() + self._look.px(16) if self._button else 0
        return width - self._look.px(24) - button

    def resizeEvent(self, _event: QResizeEvent) -> None:
        look, height, width = self._look, self.height(), self.width()
        label = self._label.heightForWidth(self._label_width)
        self._label.setGeometry(look.px(24), (height - label) // 2 + self.dropped, self._label_width, label)
        left, right = self._value_left(), self._value_right(width)
        tall = self._value.heightForWidth(right - left)
        self._value.setGeometry(left, (height - tall) // 2 + self.dropped, right - left, tall)
        if self._button is not None:
            size = self._button.sizeHint()
            self._button.setGeometry(
                width - look.px(24) - size.width(),
                (height - size.height()) // 2 + self.dropped,
                size.width(),
                size.height(),
            )


class RowsArea(QWidget):
    """A card of rows. When not all fit, whole rows are slid; ``moved`` tells that another part is seen.

    Args:
        on_wrong: Told the target of the row whose 不对 was pressed; None leaves the buttons out.
        on_reveal: Told the target of the row whose masked value is held.
    """

    moved = Signal()

    def __init__(
        self,
        look: Look,
        faces: Sequence[RowFace],
        on_wrong: Callable[[str], object] | None = None,
        on_reveal: Callable[[str], object] = lambda _: None,
    ) -> None:
        super().__init__()
        self._look, self._on_reveal = look, on_reveal
        labels = [Text(look, face.label, 24).natural_width() + look.px(4) for face in faces]
        label_width = min(max([look.px(135), *labels]), look.between(200, 230))
        self._view = QWidget(self)
        self.rows = [Row(look, face, label_width, on_wrong) for face in faces]
        for at, row in enumerate(self.rows):
            row.dropped = min(at, 1)
            row.setParent(self._view)
            row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=on_wrong is None)
            row.show()
        self._heights: tuple[int, ...] = ()
        self._first = 0
        self._seen = 0
        self._offset = 0
        self._pressed: QPoint | None = None
        self._pressed_offset = 0
        self._slid = False
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(lambda: self._open(self._pressed))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # ---- where we are

    @property
    def below(self) -> int:
        """How many rows are below the lower edge."""
        return len(self.rows) - self._last_seen()

    @property
    def unseen(self) -> int:
        """How many rows have never been wholly in view."""
        return len(self.rows) - self._seen

    @property
    def page(self) -> int:
        """The page that is in view, from 1."""
        if self.below == 0:
            return self.pages
        return max(1, sum(start <= self._first for start in self._starts()))

    @property
    def pages(self) -> int:
        """Number of pages."""
        return max(1, len(self._starts()))

    def remember(self) -> tuple[int, int]:
        """First row in view and number of rows seen, for ``recall``."""
        return self._first, self._seen

    def recall(self, kept: tuple[int, int]) -> None:
        """Go back to where ``remember`` was."""
        self._first, self._seen = kept
        if self._heights:  # else the first layout does it
            self._lay()

    def turn(self, by: int) -> None:
        """Go one page on or back."""
        starts = self._starts()
        at = min(len(starts) - 1, max(0, self.page - 1 + by))
        self._go_to(starts[at] if starts else 0)

    def _starts(self) -> tuple[int, ...]:
        return pages_of(self._heights, self._room())

    def _room(self) -> int:
        return self.height() - 2

    def _content(self) -> int:
        return sum(self._heights)

    def _last_seen(self) -> int:
        edge, top, count = self._offset + self._room(), 0, 0
        for height in self._heights:
            top += height
            if top > edge:
                break
            count += 1
        return count

    # ---- laying

    def natural_height(self, width: int) -> int:
        """Height in pixels with all rows."""
        return sum(row.height_for(width - 2) for row in self.rows) + 2

    def fitting_height(self, width: int, room: int) -> int:
        """Height of as many whole rows as go into ``room`` pixels."""
        used = 2
        for row in self.rows:
            height = row.height_for(width - 2)
            if used + height > room:
                break
            used += height
        return used if used > 2 else room

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(400), self._look.px(140))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._view.setGeometry(1, 1, self.width() - 2, self.height() - 2)
        self._heights = tuple(row.height_for(self.width() - 2) for row in self.rows)
        self._lay()

    def _go_to(self, first: int) -> None:
        self._first = max(0, min(first, len(self.rows) - 1))
        self._lay()

    def _lay(self) -> None:
        self._place(sum(self._heights[: self._first]))

    def _place(self, offset: int) -> None:
        self._offset = max(0, min(offset, self._content() - self._room()))
        top = -self._offset
        for row, height in zip(self.rows, self._heights, strict=True):
            row.setGeometry(0, top, self._view.width(), height)
            top += height
        self._seen = max(self._seen, self._last_seen())
        self.update()
        self.moved.emit()

    # ---- finger, mouse, wheel

    def _row_at(self, at: QPoint) -> Row | None:
        return next((row for row in self.rows if row.geometry().contains(at - self._view.pos())), None)

    def _open(self, at: QPoint | None) -> None:
        """Open the masked value under a point and close all others."""
        found = self._row_at(at) if at is not None and self.rect().contains(at) else None
        for row in self.rows:
            held = row is found and at is not None and row.on_value(at - self._view.pos() - row.pos())
            if row.is_open() != (held and row.face.masked):
                row.open(held)
                if held:
                    self._on_reveal(row.face.target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._pressed_offset, self._slid = event.position().toPoint(), self._offset, False
        self._hold.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            return
        moved = self._pressed.y() - at.y()
        if not self._slid and abs(moved) < self._look.px(SLIDE_FROM):
            return
        if self._content() > self._room():
            self._slid = True
            self._hold.stop()
            self._open(None)
            self._place(self._pressed_offset + moved)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._pressed = None
        self._hold.stop()
        if self._slid:
            self._slid = False
            self._settle()
        self._open(None)

    def _settle(self) -> None:
        """Rest on a whole row: the one whose upper edge is nearest."""
        edges = [sum(self._heights[:at]) for at in range(len(self._heights))]
        if self._offset < self._content() - self._room():
            self._go_to(min(range(len(edges)), key=lambda at: abs(edges[at] - self._offset)))
        else:
            self._first = next(at for at, edge in enumerate(edges) if edge >= self._offset)

    def leaveEvent(self, _event: QEvent) -> None:
        self._open(None)

    def hideEvent(self, _event: QHideEvent) -> None:
        self._hold.stop()
        self._open(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._go_to(self._first + (-1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._look.box(painter, QRectF(self.rect()), "panel", "line", 14, 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self._look.colour("line"), 1))
        for row in self.rows[1:]:
            y = row.y() + self._view.y() - 1
            if 2 < y < self.height() - 3:
                painter.drawLine(1, y, self.width() - 2, y)
        painter.end()
