"""The card with account, password and window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.signin.model import SignInFace, missing_words
from ui.theme import current
from ui.widgets import KeyButton, label
from ui.widgets.field import ChoiceBox
from ui.words import words

PADDING, MOST_PADDING = 24, 28
FIELD = 44
BUTTON = 52


class SignInCard(QFrame):
    """Account, password, window, and the button; Enter starts. ``on_sign_in`` gets account, password, window."""

    def __init__(self, on_sign_in: Callable[[str, str, int], object]) -> None:
        super().__init__()
        theme = current()
        self._on_sign_in = on_sign_in
        self._filled = False
        self.setObjectName("signInCard")
        self.setStyleSheet(
            f"QFrame#signInCard {{ background: {theme.hex('panel')}; border: 0;"
            f" border-radius: {theme.radius('card')}px; }}"
        )
        column = QVBoxLayout(self)
        pad = min(theme.px(PADDING), MOST_PADDING)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(0)
        self.account, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.window_box = ChoiceBox()
        self._name = label("", "label")
        self._name.setParent(self.account)
        self._add(column, "signin.account", self.account)
        self._add(column, "signin.password", self.password)
        self._add(column, "signin.window", self.window_box)
        self._problem_row, self._problem = self._make_line("bad", "warn")
        column.addWidget(self._problem_row)
        self._away_row, self._away = self._make_line("warn", "netoff")
        column.addWidget(self._away_row)
        column.addSpacing(theme.px(8))
        self.button = KeyButton(
            words("signin.start"), words("desk.key.enter"), kind="primary", big=True, centred=True, high=BUTTON
        )
        self.button.clicked.connect(lambda _checked=False: self._sign_in())
        column.addWidget(self.button)
        self._note = label("", "meta")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(10))
        column.addWidget(self._note)
        self.account.returnPressed.connect(self._next_field)
        self.password.returnPressed.connect(self._sign_in)
        for editor in (self.account, self.password):
            editor.textEdited.connect(lambda _text: self._say(""))

    def _add(self, column: QVBoxLayout, key: str, editor: QWidget) -> None:
        theme = current()
        name: QLabel = label(words(key), "label")
        name.setFixedHeight(theme.line("label"))
        name.setBuddy(editor)
        editor.setAccessibleName(words(key))
        editor.setProperty("large", True)
        editor.setFixedHeight(theme.px(FIELD))
        column.addWidget(name)
        column.addSpacing(theme.px(3))
        column.addWidget(editor)
        column.addSpacing(theme.px(12))

    @staticmethod
    def _make_line(tone: str, icon: str) -> tuple[QWidget, QLabel]:
        theme = current()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        sign = label()
        sign.setPixmap(pixmap(icon, tone, theme.px(16)))
        text: QLabel = label("", "label", tone, wrap=True)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        box.hide()
        return box, text

    def present(self, face: SignInFace) -> None:
        """Show names, windows and what went wrong; the demo account is filled in once."""
        if not self._filled and face.account:
            self._filled = True
            self.account.setText(face.account)
            self.password.setText(face.password)
        have = [(self.window_box.itemData(i), self.window_box.itemText(i)) for i in range(self.window_box.count())]
        if have != list(face.windows):
            self.window_box.clear()
            for value, text in face.windows:
                self.window_box.addItem(text, value)
            self.window_box.setCurrentIndex(self.window_box.findData(face.window))
        self._name.setText(face.clerk_name)
        self._name.adjustSize()
        self._place_name()
        self._say(face.problem)
        self._away.setText(face.away)
        self._away_row.setAccessibleName(face.away)
        self._away_row.setVisible(bool(face.away) and not face.problem)
        self.button.setText(face.button)
        self.button.setEnabled(not face.busy)
        self._note.setText(face.profile_note)
        self._note.setVisible(bool(face.profile_note))

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        (self.password if self.account.text() else self.account).setFocus()
        self.password.end(False)

    def remember(self) -> str:
        """The chosen window, when the page is built again."""
        return str(self.window_box.currentData() or "")

    def recall(self, kept: str) -> None:
        """Choose it again."""
        place = self.window_box.findData(kept)
        if place >= 0:
            self.window_box.setCurrentIndex(place)

    def resizeEvent(self, _event: object) -> None:
        self._place_name()

    def _place_name(self) -> None:
        inset = current().px(10)
        left = self.account.width() - self._name.width() - inset
        self._name.move(left, (self.account.height() - self._name.height()) // 2)

    def _next_field(self) -> None:
        if self.password.text():
            self._sign_in()
        else:
            self.password.setFocus()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem_row.setVisible(bool(problem))
        self._problem_row.setAccessibleName(problem)

    def _sign_in(self) -> None:
        account, password = self.account.text().strip(), self.password.text()
        if not self.button.isEnabled():
            return
        if not account or not password:
            self._say(missing_words())
            (self.account if not account else self.password).setFocus()
            return
        self._on_sign_in(account, password, int(self.window_box.currentData() or 0))
