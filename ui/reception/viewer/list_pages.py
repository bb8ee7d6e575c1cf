"""电子证照: a list of the right column, and what the lists share."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.reception.viewer.pages_model import ECertLine
from ui.theme import current
from ui.widgets import KeyButton, label
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
