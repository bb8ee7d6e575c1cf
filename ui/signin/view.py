"""The sign-in page: card at the left, device check and today at the right."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.keys import KEYS, cap, key_action
from ui.signin import model
from ui.signin.card import SignInCard
from ui.signin.check_list import CheckList
from ui.theme import Theme
from ui.widgets import ElidedLabel, KeyButton, label
from ui.widgets.bar_button import BarButton
from ui.widgets.training_band import TrainingBand
from ui.words import words
from window_client.clock import Clock
from window_client.signin import SignInActions, SignInState

LEFT = 560
CARD = 416
CHECK = 736
MOST_LEFT = 0.42
"""Part of the window that the left side may take when the text is large."""
EDGE, LEAST_EDGE, LEAST_AIR = 60, 16, 32
SWITCHES = ("language", "large_text", "contrast")
"""The switches of the foot, in their order."""


class SignInView(QWidget):
    """Picture 08. ``present`` takes the sign-in desk's state; ``now`` gives the greeting its time of day.

    Args:
        actions: What is asked of the sign-in desk.
        theme: What it looks like.
        now: The time.
        switches: Language, size of text and contrast by the names of ``ui.looks.SWITCHES``; what is not offered has
            neither button nor key.
        parent: Of the page.
        on_devices: Opens the set-up of devices; None where this account may not change it.
    """

    def __init__(
        self,
        actions: SignInActions,
        theme: Theme,
        now: Callable[[], datetime] | None = None,
        switches: Mapping[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
        *,
        on_devices: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_devices = on_devices
        self._actions, self._switches = actions, dict(switches or {})
        self._theme, self._now = theme, now or Clock(lambda: 0.0)
        self._state: SignInState | None = None
        self._building = False
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._build()
        self.band = TrainingBand(self)
        key_action(self, "retry", words("signin.again"), actions.check_again)
        if on_devices is not None:
            key_action(self, "device_page", words("setup.open"), on_devices)
        for name in (name for name in self._switches if name in KEYS):
            key_action(self, name, words(f"desk.{name}") if f"desk.{name}" in words else name, self._switches[name])

    def _build(self) -> None:
        self._figures: list[QLabel] = []
        self.setWindowTitle(words("signin.product"))
        self.root = QWidget()
        row = QHBoxLayout(self.root)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_left())
        row.addWidget(self._make_right(), 1)
        self._row.addWidget(self.root)

    def change_looks(self, dress: Callable[[], Theme]) -> None:
        """Build again in the next turn of the loop, in the theme and language that ``dress`` puts in force.

        What was typed, the chosen window and the focus are carried over.
        """
        if self._building:
            return
        self._building = True
        QTimer.singleShot(0, self, lambda: self._build_again(dress))

    def _build_again(self, dress: Callable[[], Theme]) -> None:
        from ui.carry import recall, remember  # noqa: PLC0415 - a start does not wait for it

        QGuiApplication.inputMethod().commit()
        carried = remember(self.root, {"card": self.card})
        self.setUpdatesEnabled(False)
        old = self.root
        old.hide()
        self._row.removeWidget(old)
        old.deleteLater()
        QCoreApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)
        self._theme = dress()
        self._build()
        self.root.show()
        if self._state is not None:
            self.present(self._state)
        self._fit()
        if not recall(self.root, {"card": self.card}, carried):
            self.focus_first()
        self.setUpdatesEnabled(True)
        self._building = False

    def _make_left(self) -> QWidget:
        theme = self._theme
        inner = QWidget()
        self._left_column = column = QVBoxLayout(inner)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.px(14))
        sign = label()
        sign.setPixmap(pixmap("grid", "bar-ink-2", theme.px(24)))
        head.addWidget(sign)
        name = label(words("signin.product"), "title")
        name.setStyleSheet(f"color: {theme.hex('bar-ink')};")
        head.addWidget(name)
        head.addStretch(1)
        column.addLayout(head)
        column.addSpacing(theme.px(4))
        self._hall = ElidedLabel("", colour="bar-ink-2")
        column.addWidget(self._hall)
        column.addStretch(3)
        self._greeting = label("", "")
        self._greeting.setStyleSheet(f"color: {theme.hex('bar-ink')}; font-size: {theme.px(32)}px; font-weight: 700;")
        column.addWidget(self._greeting)
        column.addSpacing(theme.px(16))
        self.card = SignInCard(self._actions.sign_in)
        column.addWidget(self.card)
        column.addStretch(6)
        self._left = left = QFrame()
        left.setObjectName("signInLeft")
        left.setStyleSheet(f"QFrame#signInLeft {{ background: {theme.hex('bar')}; border: 0; }}")
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(_scrolling(inner, "signInCardArea", theme.hex("bar")), 1)
        rows.addLayout(self._make_foot())
        return left

    def _make_foot(self) -> QHBoxLayout:
        theme = self._theme
        self._foot = foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.px(2))
        self.switches: dict[str, BarButton] = {}
        icons = {"language": "lang", "large_text": "textsize", "contrast": "sun"}
        for name in (name for name in SWITCHES if name in self._switches):
            text = "中 / EN" if name == "language" else words(f"desk.{name}")
            button = BarButton(text, icons[name])
            button.clicked.connect(lambda _on=False, name=name: self._switches[name]())
            self.switches[name] = button
            foot.addWidget(button)
        foot.addStretch(1)
        self._version = label("", "")
        self._version.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._version.setStyleSheet(f"color: {theme.hex('bar-ink-2')};")
        foot.addWidget(self._version)
        return foot

    def _make_right(self) -> QWidget:
        theme = self._theme
        outer = QWidget()
        middle = QHBoxLayout(outer)
        middle.setContentsMargins(theme.px(32), 0, theme.px(32), 0)
        self._check_box = box = QWidget()
        box.setMaximumWidth(theme.px(CHECK))
        middle.addStretch(1)
        middle.addWidget(box, 1000)
        middle.addStretch(1)
        self._right_column = column = QVBoxLayout(box)
        column.setSpacing(0)
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(0)
        title = label(words("signin.check"), "figure")
        title.setFixedHeight(theme.px(38))
        titles.addWidget(title)
        self._summary = ElidedLabel("", "field", "ink-2", weight=400)
        titles.addWidget(self._summary)
        head.addLayout(titles, 1)
        self.again = KeyButton(words("signin.again"), cap("retry"), "recall")
        self.again.clicked.connect(lambda _checked=False: self._actions.check_again())
        if self._on_devices is not None:
            on_devices = self._on_devices
            self.devices = KeyButton(words("setup.open"), cap("device_page"), "pen")
            self.devices.clicked.connect(lambda _checked=False: on_devices())
            head.addWidget(self.devices, 0, Qt.AlignmentFlag.AlignVCenter)
            head.addSpacing(theme.px(8))
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addSpacing(theme.px(16))
        self.check_list = CheckList(self._actions.check_again)
        column.addWidget(self.check_list)
        column.addSpacing(theme.px(16))
        column.addWidget(self._make_today())
        column.addStretch(1)
        column.addSpacing(theme.px(8))
        self._footer = label(words("signin.footer"), "meta")
        column.addWidget(self._footer)
        return _scrolling(outer, "signInRight", theme.hex("bg"))

    def _make_today(self) -> QWidget:
        theme = self._theme
        self._today = QFrame()
        self._today.setProperty("kind", "panel")
        column = QVBoxLayout(self._today)
        column.setContentsMargins(theme.px(20), theme.px(13), theme.px(20), theme.px(12))
        column.setSpacing(theme.px(3))
        column.addWidget(label(words("signin.today"), "section"))
        self._counts = QGridLayout()
        self._counts.setHorizontalSpacing(theme.px(40))
        self._counts.setVerticalSpacing(theme.px(3))
        column.addLayout(self._counts)
        return self._today

    def present(self, state: SignInState) -> None:
        """Show the sign-in desk's state."""
        self._state = state
        face = model.face(state, self._now())
        self.setContentsMargins(0, self.band.present(state.profile, self._theme), 0, 0)
        self._hall.setText(face.hall)
        self._hall.setVisible(bool(face.hall))
        self._greeting.setText(face.greeting)
        self._version.setText(face.version)
        self.card.present(face)
        self._summary.setText(face.summary)
        self._summary.setAccessibleName(face.summary)
        self._summary.update()
        self.again.setEnabled(not face.checking)
        self.check_list.present(face.rows, face.checked, checking=face.checking)
        self._present_today(face)
        self._fit()

    def _present_today(self, face: model.SignInFace) -> None:
        self._today.setVisible(bool(face.today))
        while (item := self._counts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._figures = []
        for before, value, after in face.today:
            line = label("", "field")
            line.setTextFormat(Qt.TextFormat.RichText)
            line.setText(f"{before}<b>{value}</b>{after}")
            line.setStyleSheet("font-weight: 400;")
            self._figures.append(line)
        self._place_figures()

    def _place_figures(self) -> None:
        """The figures of the day in one row, or two where one is too narrow for them."""
        theme = self._theme
        room = min(theme.px(CHECK), self.width() - self._left.width() - theme.px(64)) - theme.px(40)
        wanted = sum(line.sizeHint().width() + self._theme.px(40) for line in self._figures)
        columns = len(self._figures) if wanted <= room else 2
        for place, line in enumerate(self._figures):
            self._counts.addWidget(line, place // max(columns, 1), place % max(columns, 1))
        for column in range(5):
            self._counts.setColumnStretch(column, int(column == columns))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._fit()

    def _fit(self) -> None:
        """Give each column the air that the window has; where even none is left over, the column scrolls."""
        theme, height = self._theme, self.contentsRect().height()
        least = theme.px(CARD) + 2 * LEAST_AIR
        width = LEFT if least <= LEFT else min(least, max(LEFT, round(self.width() * MOST_LEFT)))
        self._left.setFixedWidth(width)
        side = max(LEAST_AIR, (width - theme.px(CARD)) // 2)
        foot = max(button.sizeHint().height() for button in (*self.switches.values(), self._version))
        self._left_column.setContentsMargins(side, 0, side, 0)
        self._greeting.show()
        if self._needed(self._left_column) + 2 * LEAST_EDGE > height - foot:
            self._greeting.hide()  # large text in a low window: the button is what must be seen
        edge = self._air(self._left_column, height - foot, side, below=False)
        self._foot.setContentsMargins(
            side - self._theme.px(8), 0, side, max(LEAST_EDGE // 2, edge - (foot - self._theme.line("body")) // 2)
        )
        self._air(self._right_column, height, 0)
        room = width
        for told in (True, False):
            for button in self.switches.values():
                button.set_room(words=told, cap=False)
            self._foot.invalidate()
            if self._foot.sizeHint().width() <= room:
                break
        self._place_figures()

    def _air(self, column: QVBoxLayout, height: int, side: int, *, below: bool = True) -> int:
        """60 px above and below as in the picture, less in a low window; returns how much."""
        column.setContentsMargins(side, 0, side, 0)
        needed = self._needed(column)
        edge = max(LEAST_EDGE, min(self._theme.px(EDGE), (height - needed) // 2))
        column.setContentsMargins(side, edge, side, edge if below else 0)
        return edge

    @staticmethod
    def _needed(column: QVBoxLayout) -> int:
        """The height in pixels that a column would like, with what its margins take now."""
        column.invalidate()
        widget = column.parentWidget()
        needed = column.sizeHint().height()
        if column.hasHeightForWidth() and widget is not None:
            needed = max(needed, column.heightForWidth(widget.width()))
        return needed

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        self.card.focus_first()


def _scrolling(inner: QWidget, name: str, ground: str) -> QScrollArea:
    """A column that scrolls up and down where the window is too low for it."""
    area = QScrollArea()
    area.setObjectName(name)
    inner.setObjectName(f"{name}Inner")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setStyleSheet(f"QScrollArea#{name}, QWidget#{name}Inner {{ background: {ground}; border: 0; }}")
    area.setWidget(inner)
    return area
