"""Step 5: what the applicant sees at the left, how far they are at the right, and their pen as it moves."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.reception.confirm.model import Confirm, Progress, ShownRow
from ui.reception.pieces import Act, Hairline, Icon, empty, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.label import ElidedLabel, label, set_tone
from ui.widgets.paint import draw_box, draw_text
from window_client.reception.actions import Stroke


class LiveStrokes(QWidget):
    """The applicant's strokes so far; points are in unit coordinates of the pad."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self._strokes: Sequence[Stroke] = ()
        self.setAccessibleName(say("confirm.live"))
        self.setFixedHeight(current().px(112))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, strokes: Sequence[Stroke]) -> None:
        """Draw these strokes."""
        self._strokes = strokes
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(260), current().px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        draw_box(painter, box, "panel", "line-strong", theme.radius("control"))
        words = QRectF(theme.px(9), box.bottom() - theme.px(22), box.width(), theme.px(18))
        draw_text(painter, words, say("confirm.live"), theme.font("meta"), "ink-2")
        painter.setPen(
            QPen(theme.colour("ink"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for stroke in self._strokes:
            points = [QPointF(x * box.width(), y * box.height()) for x, y, _, _ in stroke]
            if len(points) > 1:
                painter.drawPolyline(QPolygonF(points))
            elif points:
                painter.drawPoint(points[0])
        painter.end()


class ConfirmView(QWidget):
    """The body of step 5."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._shown: Confirm | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        column.setSpacing(theme.px(14))
        self._turn_box = QFrame()
        self._turn_box.setProperty("kind", "say")
        self.turn = KeyButton(say("second.turn_button"), "Alt+T", "pad", kind="primary", small=True)
        self.turn.clicked.connect(lambda: act("turn_screen"))
        strip = row(Icon("pad", "ink-2", 16), gap=9, margins=(13, 7, 9, 7))
        strip.addWidget(label(say("second.turn"), "label", wrap=True), 1)
        strip.addWidget(self.turn)
        self._turn_box.setLayout(strip)
        column.addWidget(self._turn_box)
        halves = QHBoxLayout()
        halves.setSpacing(theme.px(18))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(say("confirm.shown"), "section"))
        left.addSpacing(theme.px(4))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        left.addLayout(self._rows)
        left.addStretch(1)
        halves.addLayout(left, 1)
        side = QWidget()
        side.setFixedWidth(theme.width("rail") + 6)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(label(say("confirm.progress"), "section"))
        right.addSpacing(theme.px(4))
        self._progress = QVBoxLayout()
        self._progress.setSpacing(0)
        right.addLayout(self._progress)
        right.addSpacing(theme.px(8))
        self.live = LiveStrokes()
        right.addWidget(self.live)
        right.addSpacing(theme.px(10))
        self._again = KeyButton(say("confirm.again"), "Alt+R", "recall", small=True)
        self._again.clicked.connect(lambda: act("ask_to_sign_again"))
        right.addLayout(row(self._again, None))
        right.addStretch(1)
        halves.addWidget(side)
        column.addLayout(halves)
        self._note_box = QFrame()
        self._note_box.setProperty("kind", "say")
        self._note_icon = Icon("info", "ink-2", 16)
        self._note = label("", "label", wrap=True)
        note = row(self._note_icon, gap=9, margins=(13, 9, 13, 9))
        note.addWidget(self._note, 1)
        self._note_box.setLayout(note)
        column.addWidget(self._note_box)
        column.addStretch(1)

    def present(self, shown: Confirm) -> None:
        """Show what the applicant sees and how far they are."""
        before, self._shown = self._shown, shown
        if before is None or before.rows != shown.rows:
            self._fill_rows(shown.rows)
        if before is None or before.progress != shown.progress:
            self._fill_progress(shown.progress)
        show_if(self._again, shown.may_ask_again)
        show_if(self._turn_box, shown.turn)
        set_text(self._note, shown.note)
        set_tone(self._note, "warn" if shown.note_warns else "")
        self._note_icon.present("warn" if shown.note_warns else "info", "warn" if shown.note_warns else "ink-2")

    def present_strokes(self, strokes: Sequence[Stroke]) -> None:
        """The pen as it moves."""
        self.live.present(strokes)

    def _fill_rows(self, rows: tuple[ShownRow, ...]) -> None:
        theme = current()
        empty(self._rows)
        names = [label(one.label, "label") for one in rows]
        widest = max((name.sizeHint().width() + theme.px(8) for name in names), default=0)
        for one, name in zip(rows, names, strict=True):
            line = QWidget()
            line.setFixedHeight(theme.px(33))
            line.setAccessibleName(f"{one.label} {one.text}")
            name.setFixedWidth(max(theme.px(84), min(widest, theme.px(168))))
            inner = row(name, gap=0)
            inner.addWidget(ElidedLabel(one.text, "body", "bad" if one.wrong else "ink"), 1)
            inner.addSpacing(theme.px(8))
            mark = "cross" if one.wrong else "check" if one.checked else ""
            inner.addWidget(Icon(mark, "bad" if one.wrong else "ok", 16))
            line.setLayout(inner)
            self._rows.addWidget(line)
            self._rows.addWidget(Hairline())

    def _fill_progress(self, stages: tuple[Progress, ...]) -> None:
        theme = current()
        empty(self._progress)
        for stage in stages:
            line = QWidget()
            line.setMinimumHeight(theme.px(44))
            line.setAccessibleName(f"{stage.text} {stage.at}".strip())
            tone = {"done": "ok", "now": "accent", "coming": "ink-2"}[stage.state]
            words = label(
                stage.text,
                "strong" if stage.state == "now" else "",
                {"now": "accent", "coming": "ink-3"}.get(stage.state, ""),
                wrap=True,
            )
            inner = row(Icon(stage.icon, tone, 20), gap=10)
            inner.addWidget(words, 1)
            inner.addWidget(label(stage.at, "meta"))
            line.setLayout(inner)
            self._progress.addWidget(line)
