"""The sign-in page: card at the left, device check and today at the right."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.keys import cap, key_action
from ui.signin import model
from ui.signin.card import SignInCard
from ui.signin.check_list import CheckList
from ui.theme import Theme
from ui.widgets import ElidedLabel, KeyButton, label
from ui.widgets.training_band import TrainingBand
from ui.words import words
from window_client.clock import Clock
from window_client.signin import SignInActions, SignInState

LEFT = 560
CARD = 416
CHECK = 736


class SignInView(QWidget):
    """Picture 08. ``present`` takes the sign-in desk's state; ``now`` gives the greeting its time of day."""

    def __init__(
        self,
        actions: SignInActions,
        theme: Theme,
        now: Callable[[], datetime] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._figures: list[QLabel] = []
        self._theme, self._now = theme, now or Clock(lambda: 0.0)
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_left(actions))
        row.addWidget(self._make_right(actions), 1)
        self.band = TrainingBand(self)
        key_action(self, "retry", words("signin.again"), actions.check_again)

    def _make_left(self, actions: SignInActions) -> QWidget:
        theme = self._theme
        left = QFrame()
        left.setObjectName("signInLeft")
        left.setStyleSheet(f"QFrame#signInLeft {{ background: {theme.hex('bar')}; border: 0; }}")
        left.setMinimumWidth(theme.px(CARD + 64))
        left.setMaximumWidth(LEFT)
        left.setFixedWidth(LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins((LEFT - CARD) // 2, theme.px(60), (LEFT - CARD) // 2, theme.px(60))
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
        self._hall = label("", "")
        self._hall.setStyleSheet(f"color: {theme.hex('bar-ink-2')};")
        column.addWidget(self._hall)
        column.addStretch(3)
        self._greeting = label("", "")
        self._greeting.setStyleSheet(f"color: {theme.hex('bar-ink')}; font-size: {theme.px(32)}px; font-weight: 700;")
        column.addWidget(self._greeting)
        column.addSpacing(theme.px(16))
        self.card = SignInCard(actions.sign_in)
        column.addWidget(self.card)
        column.addStretch(6)
        self._version = label("", "")
        self._version.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._version.setStyleSheet(f"color: {theme.hex('bar-ink-2')};")
        column.addWidget(self._version)
        return left

    def _make_right(self, actions: SignInActions) -> QWidget:
        theme = self._theme
        outer = QWidget()
        middle = QHBoxLayout(outer)
        middle.setContentsMargins(theme.px(32), 0, theme.px(32), 0)
        self._check_box = box = QWidget()
        box.setMaximumWidth(CHECK)
        middle.addStretch(1)
        middle.addWidget(box, 1000)
        middle.addStretch(1)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.px(62), 0, theme.px(60))
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
        self.again.clicked.connect(lambda _checked=False: actions.check_again())
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addSpacing(theme.px(16))
        self.check_list = CheckList(actions.check_again)
        column.addWidget(self.check_list)
        column.addSpacing(theme.px(16))
        column.addWidget(self._make_today())
        column.addStretch(1)
        self._footer = label(words("signin.footer"), "meta")
        column.addWidget(self._footer)
        return outer

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
        face = model.face(state, self._now())
        self.setContentsMargins(0, self.band.present(state.profile, self._theme), 0, 0)
        self._hall.setText(face.hall)
        self._greeting.setText(face.greeting)
        self._version.setText(face.version)
        self.card.present(face)
        self._summary.setText(face.summary)
        self._summary.setAccessibleName(face.summary)
        self._summary.update()
        self.again.setEnabled(not face.checking)
        self.check_list.present(face.rows, face.checked, checking=face.checking)
        self._present_today(face)

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
        room = self._check_box.width() - self._theme.px(40)
        wanted = sum(line.sizeHint().width() + self._theme.px(40) for line in self._figures)
        columns = len(self._figures) if wanted <= room else 2
        for place, line in enumerate(self._figures):
            self._counts.addWidget(line, place // max(columns, 1), place % max(columns, 1))
        for column in range(5):
            self._counts.setColumnStretch(column, int(column == columns))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place_figures()

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        self.card.focus_first()
