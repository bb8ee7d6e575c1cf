"""05c, step 3 of the three: the pad, and everything that is signed to read once more."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from ui.applicant.check import RoomForRows
from ui.applicant.look import Look
from ui.applicant.model import Shown, say
from ui.applicant.pager import Pager
from ui.applicant.pages import Page
from ui.applicant.parts import LEFT, RIGHT, Text, TouchButton
from ui.applicant.rows import RowsArea
from ui.widgets.signature import SignaturePad

TELL_EVERY_MS = 100
"""The clerk's live view follows about ten times a second."""
PEN = 9.0
_BASE_LINE = 303.5 / 372
_MARGIN = 63 / 944


class Pad(QWidget):
    """The framed sheet with its base line; the strokes lie on top and reach over all of it."""

    def __init__(self, look: Look, signer: str) -> None:
        super().__init__()
        self._look, self._signer = look.on_paper(), signer
        self.pad = SignaturePad(pen=PEN * look.fit, outline=False, name=say("sign.pad"), theme=look.theme)
        self.pad.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.pad.setGeometry(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look.box(painter, QRectF(self.rect()), "panel", "accent", 14, 3)
        left, right = self.width() * _MARGIN, self.width() * (1 - _MARGIN)
        base = round(self.height() * _BASE_LINE)
        pen = QPen(look.colour("line-strong"), max(1, look.px(2)))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.9, 2.1])
        painter.setPen(pen)
        painter.drawLine(QPointF(left, base), QPointF(right, base))
        words = QRectF(left, base + look.px(7), right - left, look.px(44))
        font = look.font(22, grows=False)
        look.text(painter, words, self._signer, font, "ink-3", LEFT)
        look.text(painter, words, say("sign.by_hand"), font, "ink-3", RIGHT)
        painter.end()


class SignPage(Page):
    """Write, write again, done; or read everything first."""

    def build(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(TELL_EVERY_MS)
        self._later.timeout.connect(self._tell_rest)
        self._untold = False
        self._stack.addWidget(self._signing())
        self._sent = False

    # ---- signing

    def _signing(self) -> QWidget:
        look, shown = self.look, self.shown
        made = QWidget()
        column = _column(look, made, 16)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        title = Text(look, say("sign.again" if shown.asked_again else "sign.title"), 44, weight=700, line=60)
        top.addWidget(title, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        read = TouchButton(
            look, say("sign.read_all"), self.read_all, icon="doc", side=25, gap=15, pad=20, px=22, height=64
        )
        read.setObjectName("read_all")
        read.setFixedHeight(look.px(60))
        top.addWidget(read, 0, Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        head.setLayout(top)
        head.setFixedHeight(look.between(64, 76))
        column.addSpacing(look.px(2))
        column.addWidget(head)
        column.addSpacing(look.px(1))
        used = Text(look, shown.signature_for, 24, ink="ink-2", line=36)
        used.setMinimumWidth(0)
        column.addWidget(used)
        column.addSpacing(look.px(17))
        self.sheet = Pad(look, shown.signer)
        self.pad = self.sheet.pad
        self.pad.strokes_changed.connect(self._drawn)
        column.addWidget(self.sheet, 1)
        column.addSpacing(look.px(78))
        foot = QHBoxLayout()
        foot.setSpacing(look.px(20))
        self.clear = TouchButton(look, say("sign.clear"), self._write_again, icon="recall", side=35, gap=13)
        self.clear.setFixedWidth(look.px(240))
        self.done = TouchButton(
            look, say("sign.done"), self._finish, kind="primary", icon="check", side=40, stroke=2.4, gap=14
        )
        self.done.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        foot.addWidget(self.clear)
        foot.addWidget(self.done)
        column.addLayout(foot)
        self.done.setEnabled(False)
        return made

    def _drawn(self) -> None:
        self.done.setEnabled(not self.pad.is_empty())
        if self._later.isActive():
            self._untold = True
            return
        self._tell()

    def _tell(self) -> None:
        self._untold = False
        self.desk.applicant_draws(self.pad.strokes())
        self._later.start()

    def _tell_rest(self) -> None:
        if self._untold:
            self._tell()

    def _write_again(self) -> None:
        self._forget_strokes()
        self.desk.applicant_clears()

    def _forget_strokes(self) -> None:
        self.pad.blockSignals(True)
        self.pad.clear()
        self.pad.blockSignals(False)
        self._later.stop()
        self._untold = False
        self.done.setEnabled(False)

    def _finish(self) -> None:
        if self.pad.is_empty():
            return
        self._later.stop()
        self.done.setEnabled(False)  # once is enough; a failed sealing leaves the strokes for another press
        QTimer.singleShot(1500, self, self._open_again)
        self.desk.applicant_signs(self.pad.strokes(), self.pad.picture())

    def _open_again(self) -> None:
        self.done.setEnabled(not self.pad.is_empty())

    # ---- reading

    def read_all(self) -> None:
        """看申请书全文: everything that is signed lies over the pad."""
        if self._stack.count() == 1:
            self._stack.addWidget(FullText(self.look, self.shown, self.back_to_pad, self.desk.applicant_reveals))
        self._stack.setCurrentIndex(1)

    def back_to_pad(self) -> None:
        """Back to the pad; what was written is still there."""
        self._stack.setCurrentIndex(0)

    # ---- for the window

    def remember(self) -> object:
        return self.pad.strokes()

    def recall(self, kept: object) -> None:
        if isinstance(kept, tuple):
            self.pad.present(kept)
            self.done.setEnabled(not self.pad.is_empty())

    def leave(self) -> None:
        self._forget_strokes()


class FullText(QWidget):
    """All lines that are signed, with a way back."""

    def __init__(
        self, look: Look, shown: Shown, on_back: Callable[[], object], on_reveal: Callable[[str], object]
    ) -> None:
        super().__init__()
        column = _column(look, self, 20)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        title = Text(
            look, shown.signature_for, 28 if not look.large else 24, weight=700, line=36, wrap=True, grows=False
        )
        top.addWidget(title, 1)
        self.area = RowsArea(look, shown.rows, on_reveal=on_reveal)
        top.addSpacing(look.px(16))
        top.addWidget(Pager(look, self.area))
        head = QWidget()
        head.setLayout(top)
        head.setFixedHeight(look.between(72, 90))
        column.addWidget(head)
        column.addSpacing(look.px(8))
        column.addWidget(RoomForRows(self.area), 1)
        column.addSpacing(look.px(24))
        back = TouchButton(look, say("read.back"), on_back, icon="back", side=34, gap=14)
        back.setObjectName("back")
        back.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(back)


def _column(look: Look, of: QWidget, top: float) -> QVBoxLayout:
    column = QVBoxLayout(of)
    column.setContentsMargins(look.px(40), look.px(top), look.px(40), look.px(18))
    column.setSpacing(0)
    return column
