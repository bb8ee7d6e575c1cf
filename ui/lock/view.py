"""The lock page: hall, window, clock, who locked it, and a password. Another clerk types her own account."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.lock.model import LockFace
from ui.reception.pieces import row, set_text, show_if
from ui.reception.texts import clock, day_and_weekday
from ui.theme import Theme, current
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.words import words

CARD = 380
FIELD = 44
BUTTON = 52


class LockPage(QWidget):
    """Covers the whole window.

    Args:
        unlock: Told account and password.
        theme: What it was made in; another theme asks for another page.
        parent: The window.
    """

    def __init__(self, unlock: Callable[[str, str], object], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._unlock = unlock
        self._face: LockFace | None = None
        self.setObjectName("lockPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"QWidget#lockPage {{ background: {theme.hex('bar')}; }}"
            f"QWidget#lockPage > QLabel {{ color: {theme.hex('bar-ink-2')}; }}"
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        self._hall, self._window = label("", "field"), label("", "field")
        self._clock, self._day = label(), label("", "field")
        self._clock.setStyleSheet(f"font-size: {theme.px(52)}px; font-weight: 700; color: {theme.hex('bar-ink')};")
        outer.addLayout(row(self._hall, 12, self._window, None))
        outer.addStretch(2)
        for text in (self._clock, self._day):
            outer.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(theme.px(24))
        middle = QHBoxLayout()  # an aligned widget would not get the height that its wrapped words need
        middle.addStretch(1)
        middle.addWidget(self._make_card())
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)

    def _make_card(self) -> QFrame:
        theme = current()
        card = QFrame()
        card.setProperty("kind", "panel")
        card.setFixedWidth(theme.px(CARD))
        self._card = card
        column = QVBoxLayout(card)
        pad = theme.px(24)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(theme.px(3))
        sign = label()
        sign.setPixmap(pixmap("lock", "ink-2", theme.px(20)))
        self._title = label("", "step", wrap=True)
        self._since = label("", "meta")
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._since, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._hint = label("", "label", wrap=True)
        column.addSpacing(theme.px(4))
        column.addWidget(self._hint)
        column.addSpacing(theme.px(12))
        self.account, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._name = label("", "label", "ink-2")
        for key, editor, aside in (("account", self.account, self._name), ("password", self.password, None)):
            name = label(words(f"lock.{key}"), "label")
            name.setBuddy(editor)
            editor.setAccessibleName(words(f"lock.{key}"))
            editor.setProperty("large", True)
            editor.setFixedHeight(theme.px(FIELD))
            column.addLayout(row(name, None, aside) if aside is not None else row(name, None))
            column.addWidget(editor)
            column.addSpacing(theme.px(9))
        self._problem = label("", "label", "bad", wrap=True)
        column.addWidget(self._problem)
        column.addSpacing(theme.px(6))
        self.button = KeyButton("", words("desk.key.enter"), kind="primary", big=True, centred=True, high=BUTTON)
        self.button.clicked.connect(lambda _on=False: self._go())
        column.addWidget(self.button)
        column.addSpacing(theme.px(8))
        column.addWidget(label(words("lock.other"), "meta", wrap=True))
        self.account.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._go)
        self.account.textEdited.connect(lambda _text: self._show_name())
        return card

    def present(self, face: LockFace, now: datetime) -> None:
        """Show the page; the account is filled in once, and what was typed wrong is taken away."""
        before, self._face = self._face, face
        self.tick(now)
        if before is None:
            self.account.setText(face.account)
        for place, text in (
            (self._hall, face.hall),
            (self._window, face.window),
            (self._title, face.title),
            (self._since, face.since),
            (self._hint, face.hint),
            (self._problem, face.problem),
        ):
            set_text(place, text)
        show_if(self._problem, bool(face.problem))
        self._problem.setAccessibleName(face.problem)
        self._card.setAccessibleName(f"{face.title} {face.hint}")
        self.button.setText(face.button)
        self.button.setEnabled(not face.busy)
        self._show_name()
        if face.problem and (before is None or before.busy):
            self.password.clear()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the clock gives way to the card."""
        super().resizeEvent(event)
        roomy = self.height() >= current().px(620)
        margin = current().px(24 if roomy else 10)
        if (outer := self.layout()) is not None:
            outer.setContentsMargins(margin, margin, margin, margin)
        show_if(self._clock, roomy)
        show_if(self._day, roomy)

    def leave(self) -> None:
        """Unlocked: nothing typed stays behind."""
        self._face = None
        self.password.clear()
        self.account.clear()
        self.hide()

    def focus_first(self) -> None:
        """The password, or the account where it is empty."""
        (self.password if self.account.text() else self.account).setFocus(Qt.FocusReason.OtherFocusReason)

    def tick(self, now: datetime) -> None:
        """The time runs on."""
        set_text(self._clock, clock(now))
        set_text(self._day, day_and_weekday(now))

    def _show_name(self) -> None:
        face = self._face
        own = face is not None and self.account.text().strip() == face.account
        set_text(self._name, face.name if face is not None and own else "")

    def _go(self) -> None:
        if self.button.isEnabled():
            self._unlock(self.account.text().strip(), self.password.text())
