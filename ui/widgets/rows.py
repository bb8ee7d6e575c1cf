"""The rows of the visit's sheet: a step that is done, open or in trouble, and the line of coming steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.icons import paint_icon
from ui.theme import current
from ui.widgets.paint import CENTRE, LEFT, cap_width, draw_box, draw_cap, draw_line, draw_text, tell_text, text_width

CHIPS = {
    "chip": ("sunken", "line", "ink-2"),
    "chip-ok": ("ok-soft", "ok-soft", "ok"),
    "chip-warn": ("warn-soft", "warn-line", "warn"),
    "chip-bad": ("bad-soft", "bad-line", "bad"),
    "chip-accent": ("accent-soft", "accent-soft", "accent"),
}
TONES = {
    "plain": "ink",
    "strong": "ink",
    "dim": "ink-2",
    "ok": "ok",
    "warn": "warn",
    "bad": "bad",
    "accent": "accent",
    "meta": "ink-3",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row: words in a tone (plain, strong, dim, meta, ok, warn, bad, accent) or a chip, with an icon."""

    text: str
    kind: str = "dim"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class StepFace:
    """What a step row shows. ``state``: done, now, problem; ``right`` pieces stand at the right end of an open head."""

    number: int
    title: str
    state: str
    summary: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    key: str = ""
    last: bool = False


class StepRow(QAbstractButton):
    """A step of the visit: 40 px folded with its summary and key, 48 px as the head of the open step."""

    accessible_role = QAccessible.Role.Button

    def __init__(self, on_open: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = StepFace(1, "", "done")
        self.clicked.connect(lambda _checked=False: on_open())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, face: StepFace) -> None:
        """Show a step."""
        self._face = face
        self.setAccessibleName(f"{face.number} {face.title}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if face.state == "now" else Qt.FocusPolicy.TabFocus)
        self.updateGeometry()
        self.update()

    def accessible_value(self) -> str:
        """The summary as one line."""
        return " ".join(piece.text for piece in (*self._face.summary, *self._face.right))

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(
            theme.px(400), theme.size("step-open-head") if self._face.state == "now" else theme.size("step-row") + 1
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, face = current(), self._face
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = face.state == "now"
        height = float(self.height() if now else self.height() - 1)
        if now:
            painter.fillRect(QRectF(0, 0, theme.px(4), self.height()), theme.colour("accent"))
        else:
            if self.underMouse() and self.isEnabled():
                painter.fillRect(QRectF(0, 0, self.width(), height), theme.colour("hover"))
            if not face.last:
                draw_line(painter, 0, self.width(), self.height() - 1)
        middle = height / 2
        self._node(painter, QPointF(theme.px(23), middle))
        style = "step" if now else "body"
        font = theme.font(style, weight=700)
        left = theme.px(47)
        drawn = draw_text(painter, QRectF(left, 0, self.width() - left, height), face.title, font, "ink")
        start = left + drawn + theme.px(12) if now else max(theme.px(131), left + drawn + theme.px(10))
        end = float(self.width() - theme.px(13))
        if face.key and not now:
            end -= cap_width(face.key, theme)
            draw_cap(painter, end, middle, face.key)
            end -= theme.px(10)
        if face.right:
            end = self._pieces_from_right(painter, face.right, end, height)
        needs = sum(piece_width(piece, small=now) for piece in face.summary) + theme.px(8) * (len(face.summary) - 1)
        self.setToolTip(self.accessible_value() if needs > end - start else "")
        paint_pieces(painter, face.summary, start, end, height, small=now, may_elide=True)
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), "", "accent", theme.radius("control"), 2)
        painter.end()

    def _node(self, painter: QPainter, centre: QPointF) -> None:
        theme, face = current(), self._face
        fill, outline = {"now": ("accent", "accent"), "problem": ("bad-soft", "bad")}.get(face.state, ("ok-soft", "ok"))
        radius = theme.px(12) - 0.75
        painter.setPen(QPen(theme.colour(outline), 1.5))
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(centre, radius, radius)
        box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        if face.state == "done":
            side = theme.px(16)
            paint_icon(painter, "check", "ok", QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))
        elif face.state == "problem":
            draw_text(painter, box, "!", theme.font("label", weight=700), "bad", CENTRE)
        else:
            draw_text(painter, box, str(face.number), theme.font("label", weight=700), "on-accent", CENTRE)

    def _pieces_from_right(self, painter: QPainter, pieces: Sequence[Piece], end: float, height: float) -> float:
        start = end - sum(piece_width(p, small=True) for p in pieces) - current().px(8) * (len(pieces) - 1)
        paint_pieces(painter, pieces, start, end, height, small=True)
        return start - current().px(12)


def _weight(piece: Piece) -> int:
    if piece.kind == "strong":
        return 700
    return 500 if piece.kind in ("ok", "warn", "bad", "accent") else 400


def piece_width(piece: Piece, *, small: bool = False) -> float:
    """Width that ``paint_pieces`` uses for a piece."""
    theme = current()
    if piece.kind in CHIPS:
        room = text_width(theme.font("meta"), piece.text) + theme.px(16)
    else:
        weight = _weight(piece)
        room = text_width(theme.font("label" if small else "body", weight=weight), piece.text)
    return room + (theme.px(20) if piece.icon else 0)


def paint_pieces(
    painter: QPainter,
    pieces: Sequence[Piece],
    left: float,
    end: float,
    height: float,
    *,
    small: bool = False,
    gap: int = 8,
    may_elide: bool = False,
) -> None:
    """Draw pieces side by side until ``end``; the last one that begins is elided."""
    theme = current()
    for piece in pieces:
        room = end - left
        width = piece_width(piece, small=small)
        if room < min(theme.px(24), width):
            tell_text(piece.text, width, room, may_elide=may_elide)
            return
        if piece.kind in CHIPS:
            if width > room:
                tell_text(piece.text, width, room, may_elide=may_elide)
                return
            fill, outline, ink = CHIPS[piece.kind]
            box = QRectF(round(left), round(height / 2 - theme.px(11)), width, theme.px(22))
            draw_box(painter, box, fill, outline, theme.radius("chip"))
            inner = box.adjusted(theme.px(8), 0, 0, 0)
            if piece.icon:
                side = theme.px(14)
                paint_icon(painter, piece.icon, ink, QRectF(inner.x(), round(height / 2 - side / 2), side, side))
                inner.adjust(theme.px(20), 0, 0, 0)
            draw_text(painter, inner, piece.text, theme.font("meta"), ink, may_elide=may_elide)
        else:
            ink = TONES[piece.kind]
            start = left
            if piece.icon:
                side = theme.px(16)
                paint_icon(painter, piece.icon, ink, QRectF(round(left), round(height / 2 - side / 2), side, side))
                start += theme.px(20)
            font = theme.font("label" if small else "body", weight=_weight(piece))
            room_for_it = QRectF(start, 0, end - start, height)
            draw_text(painter, room_for_it, piece.text, font, ink, LEFT, may_elide=may_elide)
        left += width + theme.px(gap)


@dataclass(frozen=True, slots=True)
class UpcomingStep:
    """One coming step; ``id`` goes back to the listener."""

    id: str
    number: int
    title: str
    note: str = ""


class UpcomingRow(QWidget):
    """接下来 ④ 材料 › ⑤ 确认签名 › ⑥ 提交: 42 px, each a link where ``may_open`` says so."""

    accessible_role = QAccessible.Role.List

    def __init__(self, lead: str, on_open: Callable[[str], object]) -> None:
        super().__init__()
        self._lead, self._on_open = lead, on_open
        self._steps: tuple[UpcomingStep, ...] = ()
        self._places: list[tuple[QRectF, str]] = []
        self.setFixedHeight(current().size("upcoming-row"))

    def present(self, steps: Sequence[UpcomingStep]) -> None:
        """Show the coming steps; none hides the row."""
        self._steps = tuple(steps)
        self.setVisible(bool(steps))
        self.setAccessibleName(" ".join([self._lead, *(f"{s.number} {s.title}" for s in steps)]))
        self.update()

    def _what_fits(self) -> tuple[bool, bool]:
        """Whether there is room for the notes, and for the first word: they give way before the names of the steps."""
        theme = current()
        titles = sum(text_width(theme.font("body", weight=500), step.title) for step in self._steps)
        titles += theme.px(20 + 7) * len(self._steps) + theme.px(36) * (len(self._steps) - 1) + theme.px(12 + 8)
        notes = sum(theme.px(8) + text_width(theme.font("meta"), step.note) for step in self._steps if step.note)
        lead = text_width(theme.font("meta"), self._lead) + theme.px(10)
        with_notes = titles + notes + lead <= self.width()
        self.setToolTip("" if with_notes else "  ".join(f"{s.number} {s.title} {s.note}".strip() for s in self._steps))
        return with_notes, titles + lead <= self.width()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, step in self._places:
            if place.contains(event.position()):
                self._on_open(step)
                return
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_line(painter, 0, self.width(), 0)
        height, left = float(self.height()), float(theme.px(12))
        box = QRectF(left, 0, self.width() - left, height)
        with_notes, with_lead = self._what_fits()
        if with_lead:
            left += draw_text(painter, box, self._lead, theme.font("meta"), "ink-3") + theme.px(10)
        self._places = []
        radius = theme.px(10) - 0.5
        for at, step in enumerate(self._steps):
            start = left
            painter.setPen(QPen(theme.colour("line-strong"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            centre = QPointF(left + radius + 0.5, height / 2)
            painter.drawEllipse(centre, radius, radius)
            ring = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
            draw_text(painter, ring, str(step.number), theme.font("meta"), "ink-2", CENTRE)
            left += radius * 2 + theme.px(7)
            room = QRectF(left, 0, max(0.0, self.width() - left - theme.px(8)), height)
            left += draw_text(painter, room, step.title, theme.font("body", weight=500), "ink-2")
            if step.note and with_notes:
                left += theme.px(8)
                room.setLeft(left)
                left += draw_text(painter, room, step.note, theme.font("meta"), "ink-3")
            self._places.append((QRectF(start, 0, left - start, height), step.id))
            if at < len(self._steps) - 1:
                side = theme.px(16)
                left += theme.px(10)
                paint_icon(painter, "chev", "ink-3", QRectF(round(left), round(height / 2 - side / 2), side, side))
                left += side + theme.px(10)
        painter.end()
