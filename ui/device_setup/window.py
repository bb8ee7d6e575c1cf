"""The window of the device set-up: steps at the left, what was found in the middle, the shown device at the right.

Everything is reached by keys: ↑ ↓ choose in the list, Space ticks, Enter tries, Y and N answer, Ctrl+R searches,
Ctrl+N adds by hand, Ctrl+S saves, Esc stops or leaves the form.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from drivers.contracts import DeviceConfig
from ui.carry import recall, remember
from ui.device_setup import model
from ui.device_setup.detail import DetailPanel
from ui.device_setup.form import FormPanel
from ui.device_setup.rows import RowView, StepView
from ui.icons import pixmap
from ui.keys import KEYS, key_action
from ui.theme import Theme
from ui.widgets import ElidedLabel, KeyButton, label
from ui.widgets.bar_button import BarButton
from ui.widgets.field import field_label
from ui.words import words
from window_client.device_setup_state import SetupActions, SetupState

LEFT = 272
DETAIL = 400
SWITCHES = {"language": "lang", "large_text": "textsize", "contrast": "sun"}


class SetupWindow(QWidget):
    """The technician's window.

    Args:
        actions: The set-up.
        theme: What it looks like.
        switches: Language, size of text and contrast by the names of ``ui.looks.SWITCHES``.
        on_close: Told when the window is closed.
    """

    def __init__(
        self,
        actions: SetupActions,
        theme: Theme,
        switches: Mapping[str, Callable[[], object]] | None = None,
        on_close: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._actions, self._theme = actions, theme
        self._switches, self._on_close = dict(switches or {}), on_close
        self._state: SetupState | None = None
        self._building = False
        self._form: FormPanel | None = None
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._build()
        for keys, on_key in (
            ("Ctrl+R", self._search),
            ("Ctrl+N", lambda: self.open_form("")),
            ("Ctrl+S", self._save),
            ("Ctrl+Return", self._finish_form),
            ("Ctrl+Enter", self._finish_form),
            ("Esc", self._escape),
            ("Y", lambda: self._answer(yes=True)),
            ("N", lambda: self._answer(yes=False)),
        ):
            self._key(keys, on_key)
        for name in (name for name in self._switches if name in KEYS):
            key_action(self, name, words(f"desk.{name}") if f"desk.{name}" in words else name, self._switches[name])

    def _key(self, keys: str, on_key: Callable[[], object]) -> None:
        action = QAction(keys, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False: on_key())
        self.addAction(action)

    # ---- the parts

    def _build(self) -> None:
        self.setWindowTitle(words("setup.title"))
        self.root = QWidget()
        row = QHBoxLayout(self.root)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_left())
        row.addWidget(self._make_right(), 1)
        self._row.addWidget(self.root)

    def _make_left(self) -> QWidget:
        theme = self._theme
        left = QFrame()
        left.setObjectName("setupLeft")
        left.setStyleSheet(f"QFrame#setupLeft {{ background: {theme.hex('bar')}; border: 0; }}")
        left.setFixedWidth(round(LEFT * (1 + (theme.scale - 1) / 2)))
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.px(24), theme.px(28), theme.px(16), theme.px(16))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        sign = label()
        sign.setPixmap(pixmap("grid", "bar-ink-2", theme.px(20)))
        head.addWidget(sign)
        product = ElidedLabel(words("setup.product"), "step", "bar-ink")
        head.addWidget(product, 1)
        column.addLayout(head)
        column.addSpacing(theme.px(24))
        title = label(words("setup.title"), "figure", wrap=True)
        title.setStyleSheet(f"color: {theme.hex('bar-ink')};")
        column.addWidget(title)
        column.addSpacing(theme.px(12))
        self.steps = [StepView() for _ in range(4)]
        for step in self.steps:
            column.addWidget(step)
        column.addStretch(1)
        self._file = ElidedLabel("", "meta", "bar-ink-2")
        column.addWidget(self._file)
        column.addSpacing(theme.px(8))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(2))
        for name, icon in SWITCHES.items():
            if name in self._switches:
                text = "中 / EN" if name == "language" else words(f"desk.{name}")
                button = BarButton(text, icon)
                button.set_room(words=name == "language", cap=False)
                button.clicked.connect(lambda _on=False, name=name: self._switches[name]())
                foot.addWidget(button)
        foot.addStretch(1)
        column.addLayout(foot)
        return left

    def _make_right(self) -> QWidget:
        theme = self._theme
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        inner.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        self._title = label("", "title")
        titles.addWidget(self._title)
        self._summary = ElidedLabel("", "label", "ink-2")
        titles.addWidget(self._summary)
        head.addLayout(titles, 1)
        self.search = KeyButton(words("setup.search"), "Ctrl+R", "recall")
        self.search.clicked.connect(lambda _on=False: self._search())
        self.stop = KeyButton(words("setup.stop"), "Esc", "cross")
        self.stop.clicked.connect(lambda _on=False: self._actions.stop())
        self.add = KeyButton(words("setup.add"), "Ctrl+N", "plus")
        self.add.clicked.connect(lambda _on=False: self.open_form(""))
        for button in (self.search, self.stop, self.add):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addLayout(head)
        inner.addLayout(self._make_address())
        inner.addWidget(self._make_problem())
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(16))
        middle.addWidget(self._make_list(), 1)
        self._side = QVBoxLayout()
        self._side.setSpacing(0)
        self._side.setContentsMargins(0, 0, 0, 0)
        self.detail = DetailPanel(self._actions, self.open_form)
        self._detail_area = _scrolling(self.detail, "setupDetail")
        self._side.addWidget(self._detail_area)
        holder = QFrame()
        holder.setProperty("kind", "panel")
        holder.setLayout(self._side)
        holder.setFixedWidth(round(DETAIL * (1 + (theme.scale - 1) / 3)))
        middle.addWidget(holder)
        inner.addLayout(middle, 1)
        column.addLayout(inner, 1)
        column.addWidget(self._make_bar())
        return right

    def _make_address(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        name = field_label(words("setup.address"))
        self.address = QLineEdit()
        self.address.setPlaceholderText(words("setup.address.example"))
        self.address.setAccessibleName(words("setup.address"))
        self.address.returnPressed.connect(self._ask)
        name.setBuddy(self.address)
        self.ask = KeyButton(words("setup.ask"), "Enter", "search")
        self.ask.clicked.connect(lambda _on=False: self._ask())
        row.addWidget(name)
        row.addWidget(self.address, 1)
        row.addWidget(self.ask)
        return row

    def _make_problem(self) -> QWidget:
        theme = self._theme
        self._problem_row = QFrame()
        self._problem_row.setProperty("kind", "banner")
        self._problem_row.setProperty("level", "bad")
        row = QHBoxLayout(self._problem_row)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(8))
        sign = label()
        sign.setPixmap(pixmap("warn", "bad", theme.px(18)))
        self._problem = label("", "strong", wrap=True)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._problem, 1)
        self._problem_row.hide()
        return self._problem_row

    def _make_list(self) -> QWidget:
        theme = self._theme
        panel = QFrame()
        panel.setProperty("kind", "panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(4))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.rows: list[RowView] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        rows.addLayout(self._list)
        rows.addStretch(1)
        self._list_area = _scrolling(inner, "setupList")
        column.addWidget(self._list_area, 1)
        column.addWidget(ElidedLabel(words("setup.list.hint"), "meta", "ink-3"))
        return panel

    def _make_bar(self) -> QWidget:
        theme = self._theme
        bar = QFrame()
        bar.setObjectName("actionBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        row.setSpacing(theme.px(12))
        self._left_over = ElidedLabel("", "body", "ink-2")
        row.addWidget(self._left_over, 1)
        self.finished = KeyButton(words("setup.close"), "", "check", "primary", big=True)
        self.finished.clicked.connect(lambda _on=False: self.close())
        self.save = KeyButton(words("setup.save"), "Ctrl+S", None, big=True)
        self.save.clicked.connect(lambda _on=False: self._save())
        row.addWidget(self.finished)
        row.addWidget(self.save)
        return bar

    # ---- state in

    def present(self, state: SetupState) -> None:
        """Show the set-up's state."""
        self._state = state
        face = model.face(state)
        for view, step in zip(self.steps, face.steps, strict=True):
            view.present(step)
        _say(self._title, face.title)
        _say_elided(self._summary, face.summary)
        _say_elided(self._left_over, face.left)
        _say_elided(self._file, face.file)
        self.search.setVisible(not face.searching)
        self.search.setEnabled(not face.busy)
        self.stop.setVisible(face.searching)
        self.add.setEnabled(not face.searching)
        self.ask.setEnabled(not face.busy)
        self._problem.setText(face.problem)
        self._problem_row.setVisible(bool(face.problem))
        self._problem_row.setAccessibleName(face.problem)
        self._present_list(face)
        self.detail.present(face.detail)
        try_first = not face.save_first and not face.finished and self._form is None and not face.searching
        self.detail.set_try_kind("primary" if try_first else "plain")
        self.save.setEnabled(face.may_save)
        self.save.setVisible(not face.finished)
        self.save.set_kind("primary" if face.save_first and face.may_save else "plain")
        self.finished.setVisible(face.finished)

    def _present_list(self, face: model.SetupFace) -> None:
        while len(self.rows) < len(face.lines):
            row = RowView(self._actions.show, self._actions.use, self._row_key)
            self.rows.append(row)
            self._list.addWidget(row)
            row.show()  # now, not in the next turn of the loop: the keys may come to it at once
        while len(self.rows) > len(face.lines):
            self.rows.pop().deleteLater()
        with_focus = next((row.line.key for row in self.rows if row.hasFocus()), "")
        for at, (row, line) in enumerate(zip(self.rows, face.lines, strict=True)):
            row.present(line, shown=line.key == face.detail.key, first=at == 0 and not face.detail.key)
        moved = next((row for row in self.rows if row.line.key == with_focus), None)
        if moved is not None and not moved.hasFocus():  # a device that came in between must not take the keys
            moved.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    # ---- keys

    def _row_key(self, row: RowView, key: int) -> bool:
        at = self.rows.index(row)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = at + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= to < len(self.rows):
                self._actions.show(self.rows[to].line.key)
                self.rows[to].setFocus(Qt.FocusReason.OtherFocusReason)
                self._list_area.ensureWidgetVisible(self.rows[to])
            return True
        if key == Qt.Key.Key_Space:
            if row.line.may_choose:
                self._actions.use(row.line.key, not row.line.chosen)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.detail.go_on():
                self.focus_list()
                return True
            tries = self.detail.face.tries
            if tries and self.detail.face.key == row.line.key:
                self._actions.try_row(row.line.key, tries[0][0])
            return True
        return False

    def _search(self) -> None:
        if self.search.isEnabled() and self.search.isVisible():
            self._actions.search()

    def _ask(self) -> None:
        if self.address.text().strip() and self.ask.isEnabled():
            self._actions.ask_address(self.address.text())

    def _save(self) -> None:
        if self.save.isEnabled() and not self.save.isHidden() and self._form is None:
            self._actions.save()

    def _answer(self, *, yes: bool) -> None:
        if self.detail.face.question and self._form is None:
            self._actions.answer(self.detail.face.key, yes)

    def _escape(self) -> None:
        if self._form is not None:
            self.close_form()
        else:
            self._actions.stop()

    # ---- the form

    def open_form(self, key: str) -> None:
        """Add a device by hand (empty ``key``), or change one."""
        if self._state is None or self._form is not None or self._state.searching:
            return
        row = next((row for row in self._state.rows if row.key == key), None)
        self._form = FormPanel(model.form(self._state, row), self._take, self.close_form)
        self._form_area = _scrolling(self._form, "setupFormArea")
        self._detail_area.hide()
        self._side.addWidget(self._form_area)
        self._form_area.show()
        self.detail.set_try_kind("plain")
        self._form.focus_first()

    def close_form(self) -> None:
        """Leave the form; the keys go to the list."""
        form, self._form = self._form, None
        if form is None:
            return
        self._side.removeWidget(self._form_area)
        self._form_area.hide()
        self._form_area.deleteLater()
        self._detail_area.show()
        if self._state is not None:
            self.present(self._state)
        self.focus_list()

    def _take(self, key: str, config: DeviceConfig) -> None:
        self._actions.put(key, config)
        self.close_form()

    def _finish_form(self) -> None:
        if self._form is not None:
            self._form.finish()

    @property
    def form(self) -> FormPanel | None:
        """The form, while it is open."""
        return self._form

    def focus_list(self) -> None:
        """The keys come to the shown row."""
        shown = self.detail.face.key
        row = next((row for row in self.rows if row.line.key == shown), self.rows[0] if self.rows else None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.address.setFocus()

    # ---- looks

    def change_looks(self, dress: Callable[[], Theme]) -> None:
        """Build again in the next turn of the loop, in the theme and language that ``dress`` puts in force."""
        if self._building:
            return
        self._building = True
        QTimer.singleShot(0, self, lambda: self._build_again(dress))

    def _build_again(self, dress: Callable[[], Theme]) -> None:
        QGuiApplication.inputMethod().commit()
        self.close_form()  # half a form is typed again sooner than it is understood in two languages
        carried = remember(self.root, {})
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
        if not recall(self.root, {}, carried):
            self.focus_list()
        self.setUpdatesEnabled(True)
        self._building = False

    def resizeEvent(self, _event: QResizeEvent) -> None:
        narrow = self.width() < self._theme.px(1200)
        for button, key in ((self.search, "Ctrl+R"), (self.stop, "Esc"), (self.add, "Ctrl+N")):
            button.set_room(tight=narrow, key="" if narrow else key)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._on_close()


def _say(line: QWidget, text: str) -> None:
    if line.property("text") != text:
        line.setProperty("text", text)


def _say_elided(line: ElidedLabel, text: str) -> None:
    if line.text() != text:
        line.setText(text)
        line.setAccessibleName(text)


def _scrolling(inner: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
