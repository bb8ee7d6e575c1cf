"""The reception desk's window: frame, keys, and focus. It shows states and asks the desk; it decides nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.reception.centre import Centre
from ui.reception.columns import LOW, columns
from ui.reception.identity.view import IdentityView
from ui.reception.item.model import Finder
from ui.reception.item.view import ItemView
from ui.reception.key_list import KeyList
from ui.reception.keys import KEYS, OPTIONAL_KEYS, make_actions
from ui.reception.rail.model import rail
from ui.reception.rail.view import RailView
from ui.reception.result.model import fault_has_the_fill
from ui.reception.status.model import status_bar
from ui.reception.status.top_bar import TopBar
from ui.reception.status.view import StatusBarView
from ui.reception.texts import say, say_words
from ui.reception.viewer.camera_model import Live
from ui.reception.viewer.view import ViewerView
from ui.theme import Theme
from ui.widgets.banner import Toast
from ui.widgets.field import FieldBox
from window_client.domain.visit import STEPS, State, Step
from window_client.reception.actions import ClerkActions, Pictures, Stroke
from window_client.reception.state import PrintState, ReceptionState

TICK_MS = 1000
SWITCHES = ("large_text", "contrast", "language", "help")


class ReceptionWindow(QMainWindow):
    """Shows ``ReceptionState``; passes on what the clerk presses.

    Args:
        actions: The desk.
        search: Finds items and knows them by id (the desk's shelf).
        pictures: Pages in memory.
        theme: What it looks like; another theme asks for another window.
        now: The desk's clock, timezone-aware.
        switches: What the program offers beside the desk, by name: ``language``, ``large_text``, ``contrast``,
            ``text_larger``, ``text_smaller``, ``text_normal``. What is not offered has no button and no key.
    """

    def __init__(
        self,
        actions: ClerkActions,
        search: Finder,
        pictures: Pictures,
        theme: Theme,
        now: Callable[[], datetime],
        switches: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._now, self._theme = actions, now, theme
        self._switches = dict(switches or {})
        self._state: ReceptionState | None = None
        self._said = 0
        self._place: tuple[object, ...] = ()
        self._over_centre = False
        self._follows_focus = False
        self.installEventFilter(self)  # without a focus keys come to the window
        self.setWindowTitle(say("product"))
        self.top = TopBar(self.act, tuple(name for name in SWITCHES if name == "help" or name in self._switches))
        self.rail = RailView(self.act)
        self.centre = Centre(self.act, actions, search, pictures)
        self.viewer = ViewerView(actions, pictures, theme)
        self.status = StatusBarView(self.act)
        root = QWidget()
        root.setObjectName("root")
        rows = QVBoxLayout(root)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.centre, 1)
        middle.addWidget(self.viewer)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(root)
        self.toast = Toast(self.centre, above=theme.size("action-bar") + theme.px(12))
        self.key_list = KeyList(root)
        keys = KEYS + tuple(key for key in OPTIONAL_KEYS if key.act in self._switches)
        self.key_actions = make_actions(self, keys, self.act)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._tick()
        self._arrange()

    def present(self, state: ReceptionState) -> None:
        """Show a state. Never takes the focus but to where the clerk's own action leads."""
        self._state = state
        now = self._now()
        self.top.present(say("window_no", n=state.window_no), state.clerk.name if state.clerk else "")
        self.rail.present(rail(state, fault_has_the_fill=fault_has_the_fill(state)), now)
        self.centre.present(state, now)
        self.viewer.present(state)
        self.status.present(status_bar(state, now))
        if state.say is not None and state.say.seq > self._said:
            self._said = state.say.seq
            self.toast.say(say_words(state.say))
        self._follow(state)

    def present_live(self, live: Live | None) -> None:
        """Show what the camera sees."""
        self.viewer.present_live(live)

    def present_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Show the applicant's pen as it moves."""
        self.centre.present_strokes(strokes)

    # ---- focus

    def _follow(self, state: ReceptionState) -> None:
        """Opening a step focuses where it begins; nothing else moves the focus."""
        visiting = state.visit in {State.CALLING, State.SERVING}
        person = state.draft is not None and state.draft.applicant is not None
        place = (visiting, state.open_step if visiting else None, person, bool(state.recovered))
        if place == self._place:
            return
        before, self._place = self._place, place
        if visiting:
            same_step = bool(before) and before[:2] == place[:2]
            if not same_step or not self._typing():
                QTimer.singleShot(0, self._focus_start)
        elif state.recovered:
            self.centre.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._typing():
            self.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_start(self) -> None:
        state = self._state
        if state is None or state.visit not in {State.CALLING, State.SERVING}:
            return
        if state.form is not None and state.open_step is Step.FORM and state.form.focus:
            return  # the desk said where
        if not self.centre.focus_start(state.open_step):
            self.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_for_missing(self) -> None:
        """After Ctrl+Enter or Ctrl+G: go to the first missing thing of the open step."""
        state = self._state
        if state is None or not state.missing or state.visit is not State.SERVING:
            return
        first = state.missing[0]
        if first.step is not state.open_step:
            return
        if not (first.step is Step.FORM and state.form and state.form.focus):
            self.centre.focus_target(first.step, first.target)

    @staticmethod
    def _typing() -> bool:
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit | QPlainTextEdit) and focus.isVisible() and not focus.isReadOnly()

    @staticmethod
    def _leave_editor() -> None:
        """A key that goes on takes the text that is still in the editor with it."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, FieldBox):
                widget.leave()
                return
            widget = widget.parentWidget()

    # ---- what is pressed

    def act(self, name: str) -> None:
        """Do what a key or a button is named after."""
        name, _, argument = name.partition(":")
        local: dict[str, Callable[[], object]] = {
            "open_typed_number": self.rail.open_typed_number,
            "search": self._search,
            "help": self.key_list.toggle,
            "escape": self._escape,
            "device_page": partial(self._turn_to, "device"),
            "device": partial(self._turn_to, "device"),
            "outbox": partial(self._turn_to, "outbox"),
            "viewer": self._toggle_viewer,
            "open_typing": lambda: self._identity(IdentityView.open_typing),
            "close_typing": lambda: self._identity(IdentityView.close_typing),
            "close_typed_number": self._escape,
            "copy_case_no": self._copy_case_no,
            "go_on": lambda: self._desk.go_on(True),
            "put_away": lambda: self._desk.go_on(False),
            "print_came_out": lambda: self._desk.answer_print_unknown(True),
            "print_did_not": lambda: self._desk.answer_print_unknown(False),
            "back_to_materials": lambda: self._desk.open_step(Step.MATERIALS),
        }
        if name in self._switches:
            self._switches[name]()
        elif name in local:
            local[name]()
        else:
            self._leave_editor()
            self._ask_desk(name, argument)

    def _ask_desk(self, name: str, argument: str) -> None:
        desk = self._desk
        plain: dict[str, Callable[[], object]] = {
            "call_next": desk.call_next,
            "recall": desk.recall,
            "no_show": desk.no_show,
            "serve_without_ticket": desk.serve_without_ticket,
            "end_unfiled": desk.end_unfiled,
            "read_card": desk.read_card,
            "reveal_id": desk.reveal_id,
            "next_step": desk.next_step,
            "go_to_missing": desk.go_to_missing,
            "capture": desk.capture,
            "feed": self._feed,
            "stop_feeding": desk.stop_feeding,
            "delete_page": desk.delete_page,
            "ask_to_sign_again": desk.ask_to_sign_again,
            "print_again": desk.print_again,
            "put_off_print": desk.put_off_print,
            "retry_outbox": desk.retry_outbox,
            "save_draft": desk.save_draft,
        }
        told: dict[str, Callable[[str], object]] = {
            "call_number": desk.call_number,
            "open_step": lambda number: desk.open_step(STEPS[int(number) - 1]),
            "use_ecert": desk.use_ecert,
            "defer": desk.defer,
            "not_needed": desk.not_needed,
        }
        if name in told:
            told[name](argument)
        else:
            plain[name]()
        if name in {"next_step", "go_to_missing"}:
            QTimer.singleShot(0, self._look_for_missing)

    def _feed(self) -> None:
        """F11 begins feeding, and stops it while it runs."""
        feeding = self._state is not None and self._state.materials is not None and self._state.materials.feeding
        (self._desk.stop_feeding if feeding else self._desk.feed)()

    def _identity(self, call: Callable[[IdentityView], None]) -> None:
        body = self.centre.body(Step.IDENTITY)
        if isinstance(body, IdentityView):
            call(body)

    def _search(self) -> None:
        """Ctrl+K: the search field of step 2."""
        if self._state is None or self._state.visit is not State.SERVING:
            return
        if self._state.open_step is not Step.ITEM:
            self._leave_editor()
            self._desk.open_step(Step.ITEM)
        body = self.centre.body(Step.ITEM)
        if isinstance(body, ItemView) and body.isVisible():
            body.focus_search()

    def _escape(self) -> None:
        """Esc closes what is open, keeps the data; in a fault it is 稍后."""
        state = self._state
        identity = self.centre.body(Step.IDENTITY)
        if not self.key_list.isHidden():
            self.key_list.hide()
        elif not self.rail.typed.isHidden():
            self.rail.close_typed_number()
        elif isinstance(identity, IdentityView) and identity.typing_is_open:
            identity.close_typing()
        elif self._over_centre:
            self._toggle_viewer()
        elif state is not None and state.recovered and state.visit is State.IDLE:
            self._desk.go_on(False)
        elif state is not None and state.receipt.state in {PrintState.NOT_PRINTED, PrintState.UNKNOWN}:
            self._desk.put_off_print()

    def _copy_case_no(self) -> None:
        text = self._desk.copy_case_no()
        if text:
            QApplication.clipboard().setText(text)
            self.toast.say(say("toast.copied"))

    # ---- frame

    def _tick(self) -> None:
        now = self._now()
        self.top.tick(now)
        self.rail.tick(now)
        self.centre.tick(now)
        state = self._state
        if state is None:
            return
        if state.network.since is not None and not state.network.online:
            self.status.present(status_bar(state, now))
        if state.identity.revealed_until is not None and state.open_step is Step.IDENTITY:
            self.centre.present(state, now)

    def _turn_to(self, tab: str) -> None:
        """A page of the viewer, brought over the centre where there is no room beside it."""
        if not columns(self.width(), self._theme.scale).viewer and not self._over_centre:
            self._toggle_viewer()
        self.viewer.show_tab(tab)

    def _toggle_viewer(self) -> None:
        """Alt+V on a narrow screen: the viewer as a page over the centre."""
        if columns(self.width(), self._theme.scale).viewer:
            self.viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._over_centre = not self._over_centre
        self._arrange()

    def _arrange(self) -> None:
        wide = columns(self.width(), self._theme.scale)
        self.rail.setFixedWidth(wide.rail)
        self.top.set_rail_width(wide.rail)
        if wide.viewer:
            self._over_centre = False
            self.viewer.setFixedWidth(wide.viewer)
        elif self._over_centre:
            self.viewer.setMinimumWidth(0)
            self.viewer.setMaximumWidth(16_777_215)
        self.viewer.setVisible(bool(wide.viewer) or self._over_centre)
        self.centre.setVisible(not self._over_centre)
        self.centre.sheet.set_low(self.height() < LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if not self.key_list.isHidden():
            self.key_list.cover()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None or self.focusWidget() is self.top.modules:
            self.centre.setFocus(Qt.FocusReason.OtherFocusReason)  # the top bar is last in the order, not first
        if not self._follows_focus:
            self._follows_focus = True
            QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
            self._focus_moved(None, QApplication.focusWidget())

    def hideEvent(self, event: QHideEvent) -> None:
        if self._follows_focus:
            self._follows_focus = False
            QApplication.instance().focusChanged.disconnect(self._focus_moved)  # type: ignore[union-attr]
            self._focus_moved(QApplication.focusWidget(), None)
        super().hideEvent(event)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keys are looked at where they arrive. A filter on the application would see every event of every widget."""
        if before is not None and before is not self:
            before.removeEventFilter(self)
        if now is not None and now is not self and now.window() is self:
            now.installEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._clock.stop()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F10 before any menu sees it, Ctrl+K before an editor deletes to the end of the line, Enter on a button."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_F10:
                event.accept()
                return True
            return False
        return self._key(watched, event)

    def _key(self, watched: QWidget, event: QKeyEvent) -> bool:
        if watched is not (QApplication.focusWidget() or self):
            return False
        if event.key() == Qt.Key.Key_F10 and not event.modifiers():
            if not event.isAutoRepeat():
                self.act("capture")
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            return self._enter(watched)
        if event.text() == "/" and not isinstance(watched, QLineEdit | QPlainTextEdit | QComboBox):
            self._search()
            return True
        return False

    def _enter(self, watched: QWidget) -> bool:
        if isinstance(watched, QAbstractButton):
            if watched.isEnabled() and not isinstance(watched.parent(), QComboBox):
                watched.click()
            return True
        state = self._state
        if state is None or isinstance(watched, QLineEdit | QPlainTextEdit | QComboBox):
            return False
        if state.recovered and state.visit is State.IDLE:
            self._desk.go_on(True)
            return True
        identity = self.centre.body(Step.IDENTITY)
        if state.visit is State.SERVING and state.open_step is Step.IDENTITY and isinstance(identity, IdentityView):
            return identity.take_first_offer()
        return False
