"""电子证照 and 待发: two lists of the right column."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import paint_icon, pixmap
from ui.keys import cap
from ui.reception.viewer.model import OutboxFace, OutboxLine
from ui.reception.viewer.pages_model import ECertLine
from ui.theme import current
from ui.widgets import KeyButton, label
from ui.widgets.paint import RIGHT, draw_line, draw_text
from ui.words import words
from window_client.reception.actions import ClerkActions


def scrolling(inner: QWidget) -> QScrollArea:
    """``inner`` in a frameless area that scrolls up and down."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def forget(column: QVBoxLayout | QHBoxLayout) -> None:
    """Take every widget out of a layout."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class OutboxRowView(QWidget):
    """One waiting message: number and time, kind and size, what is with it."""

    accessible_role = QAccessible.Role.ListItem

    def __init__(self, line: OutboxLine) -> None:
        super().__init__()
        self._line = line
        self.setAccessibleName(f"{line.title} {line.kind} {line.state}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(87 if self._line.kind else 65))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, line = current(), self._line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, room = theme.px(14), self.width() - theme.px(28)
        top = theme.px(9)
        first = QRectF(left, top, room, theme.px(22))
        draw_text(painter, first, line.title, theme.font("field", weight=700), "ink")
        draw_text(painter, first, line.time, theme.font("meta"), "ink-3", RIGHT)
        second = first.translated(0, theme.px(21))
        if line.kind:
            draw_text(painter, second, line.kind, theme.font("label"), "ink-2")
            draw_text(painter, second, line.size, theme.font("meta"), "ink-3", RIGHT)
            third = second.translated(0, theme.px(23))
        else:
            third = second.translated(0, theme.px(2))
        side = theme.px(14)
        icon = "warn" if line.tone == "bad" else "clock"
        where = QRectF(left + 1, round(third.center().y() - side / 2), side, side)
        paint_icon(painter, icon, line.tone, where)
        draw_text(
            painter, third.adjusted(theme.px(20), 0, 0, 0), line.state, theme.font("label", weight=500), line.tone
        )
        draw_line(painter, 0, self.width(), self.height() - 1)
        painter.end()


class OutboxPage(QWidget):
    """待发: everything that waits, what was set aside first, and what works meanwhile."""

    def __init__(self, actions: ClerkActions) -> None:
        super().__init__()
        theme = current()
        self._face: OutboxFace | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame()
        head.setStyleSheet(
            f"QFrame {{ background: {theme.hex('sunken')}; border: 0; border-bottom: 1px solid {theme.hex('line')}; }}"
            "QLabel { border: 0; }"
        )
        head.setFixedHeight(theme.px(61))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(15), 0, theme.px(12), 0)
        row.setSpacing(theme.px(10))
        shield = label()
        shield.setPixmap(pixmap("shield", "ok", theme.px(20)))
        row.addWidget(shield)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self._title, self._note = label("", "field"), label("", "meta")
        self._title.setStyleSheet("font-weight: 500;")
        lines.addStretch(1)
        lines.addWidget(self._title)
        lines.addWidget(self._note)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        column.addWidget(head)
        inner = QWidget()
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

    def present(self, face: OutboxFace) -> None:
        """Show what waits."""
        if face == self._face:
            return
        self._face = face
        self._title.setText(face.title)
        self._note.setText(face.note)
        forget(self._list)
        for line in face.lines:
            self._list.addWidget(OutboxRowView(line))
        if face.offline:
            self._list.addWidget(_Meanwhile())
        self._list.addStretch(1)
        self._bar.setVisible(face.may_retry)
        self._summary.setText(face.summary)


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


class ECertPage(QWidget):
    """电子证照: which certificates may stand for a paper in this case."""

    def __init__(self, actions: ClerkActions) -> None:
        super().__init__()
        self._actions = actions
        self._shown: tuple[tuple[ECertLine, ...], bool] | None = None
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(inner))

    def present(self, lines: tuple[ECertLine, ...], *, online: bool) -> None:
        """Show the certificates, or why there are none."""
        if (lines, online) == self._shown:
            return
        self._shown = (lines, online)
        forget(self._list)
        for line in lines:
            self._list.addWidget(self._line(line, online=online))
        if not lines:
            self._list.addWidget(self._nothing())
        self._list.addStretch(1)

    def _line(self, line: ECertLine, *, online: bool) -> QWidget:
        theme = current()
        box = QFrame()
        box.setObjectName("ecert")
        box.setStyleSheet(f"QFrame#ecert {{ border: 0; border-bottom: 1px solid {theme.hex('line')}; }}")
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.px(14), theme.px(10), theme.px(12), theme.px(10))
        text = QVBoxLayout()
        text.setSpacing(theme.px(2))
        name = label(line.name, "field", wrap=True)
        text.addWidget(name)
        text.addWidget(label(line.note, "meta"))
        row.addLayout(text, 1)
        if line.used:
            mark = label()
            mark.setPixmap(pixmap("check", "ok", theme.px(16)))
            row.addWidget(mark)
            row.addWidget(label(words("ecert.used"), "label", "ok"))
        elif line.may_use and online:
            use = KeyButton(words("ecert.use"), "E", "link", small=True)
            use.clicked.connect(lambda _checked=False: self._actions.use_ecert(line.material_id))
            use.setAccessibleName(f"{words('ecert.use')} {line.name}")
            row.addWidget(use)
        elif line.may_use:
            row.addWidget(label(words("ecert.offline"), "meta", "warn"))
        return box

    @staticmethod
    def _nothing() -> QWidget:
        theme = current()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.px(14), theme.px(16), theme.px(12), 0)
        column.setSpacing(theme.px(2))
        column.addWidget(label(words("ecert.none"), "field"))
        column.addWidget(label(words("ecert.none.hint"), "meta"))
        return box
