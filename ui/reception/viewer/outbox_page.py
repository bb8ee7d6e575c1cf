"""待发: a list of the right column."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import paint_icon, pixmap
from ui.keys import cap
from ui.reception.viewer.list_pages import scrolling
from ui.reception.viewer.outbox_model import OutboxFace, OutboxLine, note
from ui.theme import current
from ui.widgets import KeyButton, label
from ui.widgets.paint import RIGHT, draw_text, text_width
from ui.words import words
from window_client.reception.actions import ClerkActions


class CaseLines(QWidget):
    """Number and time, who and what with the size, what is with it: painted, for there may be fifty."""

    def __init__(self, line: OutboxLine) -> None:
        super().__init__()
        self._line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, line: OutboxLine) -> None:
        """Show another line of the same height."""
        self._line = line
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(80 if self._line.kind else 58))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, line = current(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, room = theme.px(14), self.width() - theme.px(28)
        first = QRectF(left, theme.px(9), room, theme.px(22))
        self._pair(painter, first, line.title, line.time, theme.font("field", weight=700), "ink")
        second = first.translated(0, theme.px(21))
        if line.kind:
            self._pair(painter, second, line.kind, line.size, theme.font("label"), "ink-2")
            third = second.translated(0, theme.px(23))
        else:
            third = second.translated(0, theme.px(2))
        side = theme.px(14)
        icon = "warn" if line.tone == "bad" else "clock"
        paint_icon(painter, icon, line.tone, QRectF(left + 1, round(third.center().y() - side / 2), side, side))
        where = third.adjusted(theme.px(20), 0, 0, 0)
        self._text(painter, where, line.state, theme.font("label", weight=500), line.tone)
        painter.end()

    def _pair(self, painter: QPainter, where: QRectF, left: str, right: str, font: QFont, ink: str) -> None:
        theme = current()
        meta = theme.font("meta")
        draw_text(painter, where, right, meta, "ink-3", RIGHT)
        taken = text_width(meta, right) + theme.px(10) if right else 0
        self._text(painter, where.adjusted(0, 0, -taken, 0), left, font, ink)

    @staticmethod
    def _text(painter: QPainter, where: QRectF, text: str, font: QFont, ink: str) -> None:
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        draw_text(painter, where, shown, font, ink)


class OutboxRowView(QFrame):
    """One line of the list; what was set aside says what to do and can be sent again by itself."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self, line: OutboxLine, actions: ClerkActions) -> None:
        super().__init__()
        theme = current()
        self.retry: KeyButton | None = None
        self.setObjectName("outboxRow")
        self._line = line
        self._name(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        column.setSpacing(0)
        self._lines = CaseLines(line)
        column.addWidget(self._lines)
        if not line.advice:
            return
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(34), 0, theme.px(14), theme.px(4))
        foot.setSpacing(theme.px(10))
        foot.addWidget(label(line.advice, "meta", wrap=True), 1)
        if line.retry:
            again = KeyButton(words("outbox.retry_one"), small=True)
            again.setAccessibleName(f"{words('outbox.retry_one')} {line.title}")
            again.clicked.connect(lambda _checked=False: actions.retry_set_aside(line.retry))
            foot.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
            self.retry = again
        column.addLayout(foot)

    def present(self, line: OutboxLine) -> bool:
        """Show another line in the same place; False where it needs a row of another make."""
        if line == self._line:
            return True
        if line.advice or self._line.advice or bool(line.kind) != bool(self._line.kind):
            return False
        self._line = line
        self._name(line)
        self._lines.present(line)
        return True

    def _name(self, line: OutboxLine) -> None:
        said = " ".join(part for part in (line.title, line.kind, line.size, line.state, line.advice) if part)
        self.setAccessibleName(said)
        self.setToolTip(line.state)


class OutboxPage(QWidget):
    """待发: everything that waits, what was set aside first, and what works meanwhile."""

    def __init__(self, actions: ClerkActions) -> None:
        super().__init__()
        theme = current()
        self._actions = actions
        self._face: OutboxFace | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        inner = QWidget()
        inner.setStyleSheet(f"QFrame#outboxRow {{ border: 0; border-bottom: 1px solid {theme.hex('line')}; }}")
        self.rows: list[OutboxRowView] = []
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        column.addWidget(scrolling(inner), 1)
        self._bar = QFrame()
        self._bar.setStyleSheet(f"QFrame#outboxBar {{ border: 0; border-top: 1px solid {theme.hex('line')}; }}")
        self._bar.setObjectName("outboxBar")
        bottom = QHBoxLayout(self._bar)
        bottom.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.retry = KeyButton(words("outbox.retry"), cap("retry"), "recall")
        self.retry.clicked.connect(lambda _checked=False: actions.retry_outbox())
        bottom.addWidget(self.retry)
        bottom.addStretch(1)
        self._summary = label("", "meta")
        bottom.addWidget(self._summary)
        column.addWidget(self._bar)
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._count_down)

    def _make_head(self) -> QWidget:
        theme = current()
        head = QFrame()
        head.setStyleSheet(
            f"QFrame {{ background: {theme.hex('sunken')}; border: 0; border-bottom: 1px solid {theme.hex('line')}; }}"
            "QLabel { border: 0; }"
        )
        head.setMinimumHeight(theme.px(61))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(15), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(10))
        shield = label()
        shield.setPixmap(pixmap("shield", "ok", theme.px(20)))
        row.addWidget(shield)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self._title, self._note = label("", "field", wrap=True), label("", "meta", wrap=True)
        self._title.setStyleSheet("font-weight: 500;")
        lines.addStretch(1)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        return head

    def present(self, face: OutboxFace) -> None:
        """Show what waits."""
        before, self._face = self._face, face
        if face == before:
            return
        self._title.setText(face.title)
        self._count_down()
        if before is None or (before.lines, before.more, before.offline) != (face.lines, face.more, face.offline):
            self._fill(face)
        self._bar.setVisible(face.may_retry)
        self._summary.setText(face.summary)

    def _fill(self, face: OutboxFace) -> None:
        """While much is being sent this comes five times a second: rows are kept and painted anew."""
        kept = 0
        for row, line in zip(self.rows, face.lines, strict=False):
            if not row.present(line):
                break
            kept += 1
        while self._list.count() > kept:
            item = self._list.takeAt(kept)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        del self.rows[kept:]
        for line in face.lines[kept:]:
            self.rows.append(OutboxRowView(line, self._actions))
            self._list.addWidget(self.rows[-1])
        if face.more:
            more = label(face.more, "meta")
            more.setContentsMargins(current().px(14), current().px(8), current().px(14), current().px(8))
            self._list.addWidget(more)
        if face.offline:
            self._list.addWidget(_Meanwhile())
        self._list.addStretch(1)

    def _count_down(self) -> None:
        if self._face is not None:
            self._note.setText(note(self._face, datetime.now(UTC)))

    def showEvent(self, event: QShowEvent) -> None:
        self._ticks.start()
        self._count_down()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._ticks.stop()
        super().hideEvent(event)


class _Meanwhile(QWidget):
    """断网期间: what works and what waits."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(11), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(5))
        column.addWidget(label(words("outbox.offline"), "section"))
        for lead, key, tone in (
            ("outbox.can", "outbox.can.1", "ok"),
            ("outbox.can", "outbox.can.2", "ok"),
            ("outbox.later", "outbox.later.1", "warn"),
            ("outbox.later", "outbox.later.2", "warn"),
        ):
            row = QHBoxLayout()
            row.setSpacing(theme.px(14))
            first = label(words(lead), "", tone)
            if tone == "warn":
                first.setStyleSheet("font-weight: 500;")
            row.addWidget(first)
            row.addWidget(label(words(key), wrap=True), 1)
            column.addLayout(row)
