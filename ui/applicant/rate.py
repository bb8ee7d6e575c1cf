"""05d: how was it; and, after one of the two lowest grades, why."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.applicant.drawings import FaceButton
from ui.applicant.look import Look
from ui.applicant.model import WARN_SECONDS, countdown, grades, reasons, say, seconds_left
from ui.applicant.pages import Page
from ui.applicant.parts import LEFT, RIGHT, Text, TouchButton


class _TimedPage(Page):
    """A page that ends by itself; the seconds are written quietly, near the end darker."""

    def timer_line(self) -> Text:
        """The line with the seconds."""
        ends = self.shown.countdown_ends
        line = 32 if self.look.large else 36
        self.seconds = Text(self.look, countdown(ends, self.now()), 22, ink="ink-3", line=line, align=RIGHT)
        return self.seconds

    def tick(self) -> None:
        ends = self.shown.countdown_ends
        if ends is None:
            return
        now = self.now()
        self.seconds.setText(countdown(ends, now))
        self.seconds.set_ink("ink" if seconds_left(ends, now) <= WARN_SECONDS else "ink-3")


class RatePage(_TimedPage):
    """Five faces, and the way out without an answer."""

    def build(self) -> None:
        look, shown = self.look, self.shown
        column = self.column(26)
        column.addWidget(Text(look, say("rate.title"), 44, weight=700, line=64))
        column.addWidget(Text(look, say("rate.note"), 26, ink="ink-2", line=39, wrap=look.large))
        column.addSpacing(look.px(45 if not look.large else 12))
        faces = QHBoxLayout()
        faces.setSpacing(look.px(16))
        for at, face in enumerate(grades()):
            faces.addWidget(FaceButton(look, face, at, self.desk.applicant_rates))
        column.addLayout(faces)
        column.addSpacing(look.px(14))
        column.addWidget(self.timer_line())
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(16))
        case = QVBoxLayout()
        case.setSpacing(0)
        case.addStretch(1)
        if shown.case_no:
            number = QHBoxLayout()
            number.setSpacing(look.px(6))
            number.addWidget(Text(look, say("rate.case_no"), 24, line=34))
            number.addWidget(Text(look, shown.case_no, 24, weight=700, line=34), 1)
            case.addLayout(number)
        if shown.promised:
            case.addWidget(Text(look, shown.promised, 24, ink="ink-2", line=34))
        case.addStretch(1)
        foot.addLayout(case, 1)
        skip = TouchButton(look, say("rate.skip"), self.desk.applicant_skips_rating, weight=500, pad=34)
        skip.setObjectName("skip")
        foot.addWidget(skip)
        column.addLayout(foot)


def two_lines(font: QFont, text: str, room: float) -> tuple[str, ...]:
    """The text, or its words in two lines as equal as they can be where one line is wider than ``room`` pixels."""
    metrics = QFontMetricsF(font)
    parts = text.split(" ")
    if len(parts) < 2 or metrics.horizontalAdvance(text) <= room:
        return (text,)
    splits = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return min(splits, key=lambda pair: max(metrics.horizontalAdvance(line) for line in pair))


class ReasonChip(TouchButton):
    """A reason to tick; ticked it has a tick and a 4 px outline."""

    def __init__(self, look: Look, code: str, words: str) -> None:
        super().__init__(look, words, self.update, px=28, weight=500)
        self.code = code
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(304), self._look.px(100))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(80))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "selected" if self.isDown() else "accent-soft" if on else "panel"
        look.box(painter, QRectF(self.rect()), fill, "accent" if on else "line-strong", 14, 4 if on else 2)
        font = look.font(28, 700 if on else 500)
        side = look.grown(32) if on else 0
        gap = look.px(10) if on else 0
        room = self.width() - side - gap - look.px(24)
        lines = two_lines(font, self.text(), room)
        font = look.fitted(font, max(lines, key=len), room)
        lower = QFontMetricsF(font).height() * len(lines) / (self.height() - look.px(10))
        if lower > 1:
            font.setPixelSize(int(font.pixelSize() / lower))
        metrics = QFontMetricsF(font)
        width = side + gap + max(metrics.horizontalAdvance(line) for line in lines)
        left = max(look.px(10), (self.width() - width) / 2)
        ink = "accent" if on else "ink"
        if on:
            look.icon(painter, "check", ink, QPointF(round(left), round((self.height() - side) / 2)), side, 2.6)
        tall = metrics.height()
        top = (self.height() - tall * len(lines)) / 2
        for at, line in enumerate(lines):
            box = QRectF(left + side + gap, top + at * tall, self.width() - left - side - gap - look.px(4), tall)
            look.text(painter, box, line, font, ink, LEFT)
        painter.end()


class ReasonsPage(_TimedPage):
    """Why; several may be ticked, or none."""

    def build(self) -> None:
        look = self.look
        column = self.column(26)
        column.addWidget(Text(look, say("reasons.title"), 44, weight=700, line=64))
        column.addWidget(Text(look, say("reasons.note"), 26, ink="ink-2", line=39))
        column.addSpacing(look.px(26))
        grid = QGridLayout()
        grid.setSpacing(look.px(16))
        self.chips = [ReasonChip(look, code, words) for code, words in reasons()]
        for at, chip in enumerate(self.chips):
            grid.addWidget(chip, at // 3, at % 3)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        holder.setMaximumHeight(look.px(340))
        column.addWidget(holder, 1)
        column.addSpacing(look.px(8))
        column.addWidget(self.timer_line())
        column.addSpacing(look.px(10))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(20))
        skip = TouchButton(look, say("reasons.skip"), lambda: self.desk.applicant_gives_reasons(()), weight=500)
        skip.setFixedWidth(look.px(240))
        skip.setObjectName("skip")
        self.send = TouchButton(
            look, say("reasons.send"), self._send, kind="primary", icon="check", side=40, stroke=2.4, gap=14
        )
        self.send.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(skip)
        foot.addWidget(self.send)
        column.addLayout(foot)

    def _send(self) -> None:
        self.desk.applicant_gives_reasons(tuple(chip.code for chip in self.chips if chip.isChecked()))

    def remember(self) -> object:
        return tuple(chip.code for chip in self.chips if chip.isChecked())

    def recall(self, kept: object) -> None:
        if isinstance(kept, tuple):
            for chip in self.chips:
                chip.setChecked(chip.code in kept)
