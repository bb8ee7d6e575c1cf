"""Step 2 of the three: the papers with their pages or dates, and the declaration."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.applicant.look import Look
from ui.applicant.model import MaterialFace, say
from ui.applicant.pager import Pager
from ui.applicant.pages import Page
from ui.applicant.parts import LEFT, RIGHT, Card, Text, TouchButton

DECLARATION = "declaration"
"""Target of 不对 when the applicant does not agree to the declaration."""


class Papers(QWidget):
    """A card with one line a paper: its name, and how many pages or until when it follows."""

    moved = Signal()

    def __init__(self, look: Look, faces: Sequence[MaterialFace]) -> None:
        super().__init__()
        self._look, self._faces = look, tuple(faces)
        self._line = look.between(50, 58)
        self._head = look.between(52, 60)
        self._page = 0
        self._seen = 0
        self._per_page = max(1, len(self._faces))
        self.setAccessibleName("，".join(f"{face.name} {face.note}" for face in self._faces))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def page(self) -> int:
        """The page in view, from 1."""
        return self._page + 1

    @property
    def pages(self) -> int:
        """Number of pages."""
        return max(1, -(-len(self._faces) // self._per_page))

    @property
    def below(self) -> int:
        """How many papers are on later pages."""
        return max(0, len(self._faces) - (self._page + 1) * self._per_page)

    @property
    def unseen(self) -> int:
        """How many papers have never been in view."""
        return max(0, len(self._faces) - self._seen)

    def turn(self, by: int) -> None:
        """Go pages on or back."""
        self._page = max(0, min(self._page + by, self.pages - 1))
        self._seen = max(self._seen, (self._page + 1) * self._per_page)
        self.update()
        self.moved.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(400), self._head + self._line * len(self._faces) + self._look.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(400), self._head + self._line + self._look.px(10))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._per_page = max(1, (self.height() - self._head - self._look.px(10)) // self._line)
        self.turn(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self._page * self._per_page
        seen = self._faces[first : first + self._per_page]
        tall = min(self.height(), self._head + self._line * len(seen) + look.px(8))
        look.box(painter, QRectF(0, 0, self.width(), tall), "panel", "line", 14, 1)
        left, right = look.px(24), self.width() - look.px(24)
        head = QRectF(left, look.px(4), right - left, self._head - look.px(4))
        look.text(painter, head, say("declare.materials"), look.font(22), "ink-2", LEFT)
        for at, face in enumerate(seen):
            top = self._head + at * self._line
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(round(left), top, round(right), top)
            self._paint_paper(painter, face, QRectF(left, top, right - left, self._line))
        painter.end()

    def _paint_paper(self, painter: QPainter, face: MaterialFace, box: QRectF) -> None:
        look = self._look
        note_font = look.font(24, 500 if face.later else 400)
        room = QFontMetricsF(note_font).horizontalAdvance(face.note)
        side = look.grown(26)
        token = "warn" if face.later else "ok"
        look.icon(
            painter,
            "clock" if face.later else "check",
            token,
            QRectF(box.left(), box.center().y() - side / 2, 0, 0).topLeft(),
            side,
            2.2,
        )
        name = box.adjusted(side + look.px(14), 0, -room - look.px(20), 0)
        look.text(painter, name, face.name, look.font(26, 500), "ink", LEFT)
        look.text(painter, box, face.note, note_font, "warn" if face.later else "ink-2", RIGHT)


class DeclarePage(Page):
    """The papers, the declaration, and whether the applicant agrees."""

    def build(self) -> None:
        look = self.look
        column = self.column(18)
        head = QWidget()
        top = QHBoxLayout(head)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(Text(look, say("declare.title"), 44, weight=700, line=60))
        top.addStretch(1)
        self.papers = Papers(look, self.shown.materials)
        self.pager = Pager(look, self.papers)
        top.addWidget(self.pager)
        head.setFixedHeight(look.between(64, 76))
        column.addWidget(head)
        column.addSpacing(look.px(10))
        column.addWidget(self.papers, 1)
        column.addSpacing(look.px(16))
        column.addWidget(self._declaration())
        column.addSpacing(look.px(28))
        column.addLayout(self._foot())
        self.papers.moved.connect(self._follow)

    def _follow(self) -> None:
        """Agreeing opens when every paper has been in view."""
        self.agree.setEnabled(self.papers.unseen == 0)

    def _declaration(self) -> QWidget:
        look, text = self.look, self.shown.declaration
        card = Card(look, outline="accent", width=2)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(look.px(24), look.px(12), look.px(24), look.px(16))
        inner.setSpacing(look.px(2))
        inner.addWidget(Text(look, say("declare.declaration"), 22, ink="ink-2", line=34))
        px = 26 if len(text) <= 110 else 22 if len(text) <= 200 else 19
        inner.addWidget(Text(look, text, px, line=px * 1.46, wrap=True))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        card.setSizePolicy(policy)
        return card

    def _foot(self) -> QHBoxLayout:
        look = self.look
        foot = QHBoxLayout()
        foot.setSpacing(look.px(20))
        no = TouchButton(look, say("declare.disagree"), lambda: self.desk.applicant_wrong(DECLARATION))
        no.setFixedWidth(look.px(240))
        self.agree = TouchButton(
            look,
            say("declare.agree"),
            self.desk.applicant_agrees,
            kind="primary",
            icon="check",
            side=40,
            stroke=2.4,
            gap=14,
        )
        self.agree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(no)
        foot.addWidget(self.agree)
        return foot
