"""The receipt as it comes out of the printer, drawn from the same lines."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from drivers.contracts import Align, Barcode, Feed, Qr, Rule, Text
from ui.theme import current
from ui.widgets.codes import barcode_bars, qr_modules
from ui.widgets.paint import CENTRE, LEFT, RIGHT, text_width

PAPER = QColor("#FDFDFB")
INK = QColor("#14202A")
FAINT_INK = QColor("#3F4D57")
WIDTH = 300
INSET = 20
TOOTH = (13, 8)
_ALIGN = {Align.LEFT: LEFT, Align.CENTRE: CENTRE, Align.RIGHT: RIGHT}


def _wrapped(font: QFont, text: str, width: float) -> float:
    """Height of ``text`` wrapped into ``width``; one line counts as nothing more than its row."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= width + 1:
        return 0.0
    return metrics.boundingRect(QRectF(0, 0, width + 1, 1000), Qt.TextFlag.TextWordWrap, text).height()


class ReceiptPaper(QWidget):
    """Paper of a thermal printer with a torn edge; paper stays paper in every theme. No seal is drawn: it is a copy."""

    accessible_role = QAccessible.Role.Document

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, lines: Sequence[object], name: str = "") -> None:
        """Show the lines of ``drivers.contracts`` (Text, Rule, Qr, Barcode, Feed)."""
        self._lines = tuple(lines)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def accessible_value(self) -> str:
        """All texts of the receipt."""
        return "\n".join(f"{line.text} {line.right}".strip() for line in self._lines if isinstance(line, Text))

    def sizeHint(self) -> QSize:
        theme = current()
        height = sum(self._height(line) for line in self._lines)
        return QSize(theme.px(WIDTH), theme.px(18) + height + theme.px(18 + TOOTH[1]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _height(self, line: object) -> int:
        theme = current()
        match line:
            case Text():
                return self._text_height(line)
            case Rule():
                return theme.px(18)
            case Qr():
                return theme.px(132)
            case Barcode():
                return theme.px(64)
            case Feed():
                return theme.px(10) * line.lines
        return 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PAPER)
        painter.drawPolygon(self._outline())
        inset, top = theme.px(INSET), float(theme.px(18))
        for line in self._lines:
            height = self._height(line)
            box = QRectF(inset, top, self.width() - 2 * inset, height)
            self._line(painter, line, box)
            top += height
        painter.end()

    def _outline(self) -> QPolygonF:
        theme = current()
        width, height = float(self.width()), float(self.height())
        depth = theme.px(TOOTH[1])
        teeth = max(1, round(width / (2 * theme.px(TOOTH[0]) * 0.75)))
        step = width / teeth
        points = [QPointF(0, 0), QPointF(width, 0), QPointF(width, height - depth)]
        for at in range(teeth):
            right = width - at * step
            points += [QPointF(right - step / 2, height), QPointF(right - step, height - depth)]
        return QPolygonF(points)

    def _line(self, painter: QPainter, line: object, box: QRectF) -> None:
        match line:
            case Text():
                self._text(painter, line, box)
            case Rule():
                pen = QPen(QColor("#B9C2C7"), 2)
                pen.setDashPattern([2.5, 2])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
            case Qr():
                self._modules(painter, qr_modules(line.text), box)
            case Barcode():
                self._bars(painter, line.text, box)
            case _:
                pass

    @staticmethod
    def _font(line: Text) -> QFont:
        theme = current()
        if line.big:
            return theme.font_of(theme.px(18), 700) if line.bold else theme.font("field", weight=400)
        return theme.font("label", weight=700 if line.bold and not line.right else 400)

    def _split(self, line: Text, width: float) -> tuple[float, float]:
        """Room for the left text and for the right one, which wraps when both do not fit."""
        theme = current()
        gap = theme.px(12)
        left = text_width(self._font(line), line.text)
        right = text_width(theme.font("label", weight=700), line.right)
        if left + gap + right <= width:
            return left, width - left - gap
        room = min(right, max(width * 0.35, width - left - gap))
        return width - room - gap, room

    def _text_height(self, line: Text) -> int:
        theme = current()
        width = theme.px(WIDTH) - 2 * theme.px(INSET)
        plain = theme.px((27 if line.bold else 23) if line.big else 27 if line.right else 23)
        left, right = self._split(line, width) if line.right else (width, 0.0)
        tallest = _wrapped(self._font(line), line.text, left)
        if line.right:
            tallest = max(tallest, _wrapped(theme.font("label", weight=700), line.right, right))
        return max(plain, round(tallest) + theme.px(6))

    def _text(self, painter: QPainter, line: Text, box: QRectF) -> None:
        theme = current()
        painter.setFont(self._font(line))
        wrap = Qt.TextFlag.TextWordWrap
        if line.right:
            left, right = self._split(line, box.width())
            painter.setPen(FAINT_INK)
            painter.drawText(QRectF(box.left(), box.top(), left + 1, box.height()), LEFT | wrap, line.text)
            painter.setFont(theme.font("label", weight=700))
            painter.setPen(INK)
            painter.drawText(
                QRectF(box.right() - right - 1, box.top(), right + 1, box.height()), RIGHT | wrap, line.right
            )
            return
        painter.setPen(INK if line.bold or line.big else FAINT_INK)
        painter.drawText(box, _ALIGN[line.align] | wrap, line.text)

    @staticmethod
    def _modules(painter: QPainter, modules: tuple[tuple[bool, ...], ...], box: QRectF) -> None:
        side = current().px(116)
        place = QRect(round(box.center().x() - side / 2), round(box.center().y() - side / 2), side, side)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, _qr_image(modules))
        painter.restore()

    @staticmethod
    def _bars(painter: QPainter, text: str, box: QRectF) -> None:
        theme = current()
        bars = barcode_bars(text)
        module = min(2.0, (box.width() - theme.px(8)) / max(1, sum(bars)))
        left = box.center().x() - sum(bars) * module / 2
        for at, width in enumerate(bars):
            if at % 2 == 0:
                painter.fillRect(QRectF(left, box.top() + theme.px(6), width * module, theme.px(36)), INK)
            left += width * module
        painter.setFont(theme.font("meta"))
        painter.setPen(FAINT_INK)
        painter.drawText(box.adjusted(0, theme.px(42), 0, 0), CENTRE, text)


@lru_cache(maxsize=8)
def _qr_image(modules: tuple[tuple[bool, ...], ...]) -> QImage:
    """One pixel a module, drawn at once: a thousand small rectangles took 30 ms."""
    image = QImage(len(modules), len(modules), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x, y, INK)
    return image
