"""The reception desk's window: frame, keys, and focus. It shows states and asks the desk; it decides nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
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

from ui.carry import recall, remember
from ui.lock.model import lock_face, warning
from ui.lock.view import LockPage
from ui.lock.watch import InputWatch
from ui.names import know
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
from ui.reception.strip.model import may_open, refusal
from ui.reception.texts import clerk_name, say, say_words
from ui.reception.viewer.camera_model import Live
from ui.reception.viewer.view import ViewerView
from ui.theme import Theme
from ui.widgets.access import hushed
from ui.widgets.banner import Toast
from ui.widgets.field import FieldBox
from ui.widgets.training_band import TrainingBand
from window_client.domain.representing import PERSON
from window_client.domain.visit import STEPS, State, Step
from window_client.reception.actions import ClerkActions, Pictures, Stroke
from window_client.reception.state import PrintState, ReceptionState

TICK_MS = 1000
SWITCHES = ("large_text", "contrast", "language", "pause", "lock", "help")
ALWAYS = frozenset({"pause", "lock", "help"})
TO_THE_CENTRE = frozenset(
    {
        *("call_next", "recall", "no_show", "transfer", "hold", "pause", "unpause", "end_unfiled", "resume"),
        *("resume_draft", "serve_without_ticket", "next_step", "go_to_missing", "open_step", "open_item", "exercise"),
        *("read_card", "choose_party", "choose_agent", "swap_people", "search", "open_typing", "open_organisation"),
        *("reveal_id", "back_to_materials", "go_on", "put_away"),
    }
)
"""Keys that lead into the centre: a page that lies over it makes room."""


def _known(state: ReceptionState) -> tuple[object, ...] | bool:
    """Who is known of the visit: a change of it leads the focus on."""
    draft = state.draft
    if draft is None:
        return False
    if not draft.by_agent and draft.party == PERSON:
        return draft.applicant is not None
    people = (draft.organisation is not None, draft.applicant is not None, draft.agent is not None)
    return (draft.party, draft.by_agent, *people)


class ReceptionWindow(QMainWindow):
    """Shows ``ReceptionState``; passes on what the clerk presses.

    Args:
        actions: The desk.
        search: Finds items and knows them by id (the desk's shelf).
        pictures: Pages in memory.
        theme: What it looks like; ``build_again`` changes it.
        now: The desk's clock, timezone-aware.
        switches: What the program offers beside the desk, by name (``ui.looks.SWITCHES``). What is not offered has no
            button and no key.
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
        self._finder, self._pictures = search, pictures
        self._switches = dict(switches or {})
        self._state: ReceptionState | None = None
        self._live: Live | None = None
        self._strokes: Sequence[Stroke] = ()
        self._said = 0
        self._place: tuple[object, ...] = ()
        self._over_centre = False
        self._follows_focus = False
        self._warned = False
        self._watch: InputWatch | None = None
        self.lock_page: LockPage | None = None
        self._late: list[Callable[[], object]] | None = None
        self.installEventFilter(self)  # without a focus keys come to the window
        keys = KEYS + tuple(key for key in OPTIONAL_KEYS if key.act in self._switches)
        self.key_actions = make_actions(self, keys, self.act)
        for _ in self._pieces():
            pass
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self._tick()
        self._arrange()

    def _pieces(self) -> Iterator[None]:
        """Build all parts in the present theme and language, a piece at a time."""
        theme = self._theme
        self.setWindowTitle(say("product"))
        self.band = TrainingBand(self)
        self.top = TopBar(self.act, tuple(name for name in SWITCHES if name in ALWAYS or name in self._switches))
        self.rail = RailView(self.act)
        yield
        self.centre = Centre(self.act, self._desk, self._finder, self._pictures, self._now)
        yield
        self.viewer = ViewerView(self._desk, self._pictures, theme, on_leave=self._leave_page)
        self.status = StatusBarView(self.act)
        self.root = root = QWidget()
        root.setObjectName("root")
        root.setMinimumSize(1, 1)  # the parts give way; none of them makes the window wider than its screen
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
        yield

    def build_again(self, dress: Callable[[], Theme]) -> Iterator[None]:
        """Take all parts down and build them again, a piece for each step of the iterator, so that no turn is long.

        What the screen alone knows is carried over: focus, scrolled places, half-typed texts, what was opened in
        place. States and keys that come meanwhile wait until the end.

        Args:
            dress: Called while nothing stands; changes language and style sheet and returns the theme.
        """
        if self._late is not None:
            return
        QGuiApplication.inputMethod().commit()
        self._late = []
        self.setUpdatesEnabled(False)
        old = self.root
        carried, seen = remember(old, self._parts()), self.centre.focus_seen
        if self.lock_page is not None:
            self.lock_page.hide()
            self.lock_page.deleteLater()
            self.lock_page = None
        old.hide()
        old.deleteLater()
        QCoreApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)
        self.band.deleteLater()
        QCoreApplication.sendPostedEvents(self.band, QEvent.Type.DeferredDelete)
        self._theme = dress()
        yield
        yield from self._pieces()
        self.centre.focus_seen = seen
        self.root.show()
        self._arrange()
        late, self._late = self._late, None
        with hushed():
            self._tick()
            if self._state is not None:
                self.present(self._state)
            self.present_live(self._live)
            self.present_strokes(self._strokes)
        self._late = late
        yield
        yield from self.centre.finish()
        if not self.locked:
            found = recall(self.root, self._parts(), carried)
            if self._state is not None and (self.centre.strip.kind or self.centre.pause_page.choosing):
                self.centre.present(self._state, self._now())
            if not found:
                self._focus_start()
        self._late = None
        self.setUpdatesEnabled(True)
        for wait in late:
            wait()

    @property
    def building(self) -> bool:
        """Whether the window is being built again."""
        return self._late is not None

    def change_looks(self, dress: Callable[[], Theme]) -> None:
        """Build again in the next turns of the loop: the button that was pressed goes too, so its press ends first."""
        pieces = self.build_again(dress)

        def next_piece() -> None:
            if next(pieces, "all stand") is None:
                QTimer.singleShot(0, self, next_piece)

        QTimer.singleShot(0, self, next_piece)

    def _parts(self) -> dict[str, QWidget]:
        """Who may have something of its own to carry when the window is built again."""
        return {"rail": self.rail, "viewer": self.viewer, "keys": self.key_list, **self.centre.parts()}

    def present(self, state: ReceptionState) -> None:
        """Show a state. Never takes the focus but to where the clerk's own action leads."""
        if state.lock is not None and not self.locked:
            self._leave_editor()  # what stands in an editor goes to disk before it goes from the screen
        know(state.names_en)
        self._state = state
        if self._late is not None:
            return  # shown when the new parts stand
        now = self._now()
        self._present_lock(state, now)
        self.setContentsMargins(0, self.band.present(state.profile, self._theme), 0, 0)
        self.top.present(say("window_no", n=state.window_no), clerk_name(state.clerk))
        self._present_rail(state, now)
        self.centre.present(state, now)
        self.viewer.present(state)
        self.status.present(status_bar(state, now))
        if state.say is not None and state.say.seq > self._said:
            self._said = state.say.seq
            self.toast.say(say_words(state.say))
        self._follow(state)
        self._keep_focus_seen()

    def _present_rail(self, state: ReceptionState, now: datetime) -> None:
        elsewhere = fault_has_the_fill(state) or self.centre.pause_page.choosing
        self.rail.present(rail(state, now, fault_has_the_fill=elsewhere), now)

    @property
    def locked(self) -> bool:
        """Whether the lock page stands in the desk's place."""
        return self.lock_page is not None and not self.lock_page.isHidden()

    def _present_lock(self, state: ReceptionState, now: datetime) -> None:
        """The lock page stands in the desk's place; under it the desk was given nothing personal."""
        face = lock_face(state)
        was_locked = self.locked
        if face is not None:
            if self.lock_page is None or self.lock_page.theme is not self._theme:
                if self.lock_page is not None:
                    self.lock_page.deleteLater()
                self.lock_page = LockPage(self._desk.unlock, self._theme, self)
                self.lock_page.setGeometry(self.rect())
            self.lock_page.present(face, now)
            self.root.hide()
            if not self.locked:
                self.key_list.hide()
                self.toast.hide()
                self.centre.strip.close_strip()
                self.lock_page.show()
                self.lock_page.raise_()
                self.lock_page.focus_first()
        elif was_locked and self.lock_page is not None:
            self.lock_page.leave()
            self.root.show()
            self._place = ()
        words_of_warning = warning(state, now)
        if words_of_warning:
            self.toast.say(words_of_warning)
        elif self._warned:
            self.toast.hide()
        self._warned = bool(words_of_warning)

    def present_live(self, live: Live | None) -> None:
        """Show what the camera sees."""
        self._live = live
        if self._late is not None:
            return
        self.viewer.present_live(live)

    def present_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Show the applicant's pen as it moves."""
        self._strokes = strokes
        if self._late is not None:
            return
        self.centre.present_strokes(strokes)

    # ---- focus

    def _follow(self, state: ReceptionState) -> None:
        """Opening a step focuses where it begins; nothing else moves the focus."""
        if state.lock is not None:
            return
        visiting = state.visit in {State.CALLING, State.SERVING}
        person = _known(state)
        place = (visiting, state.open_step if visiting else None, person, bool(state.recovered))
        if place == self._place:
            return
        before, self._place = self._place, place
        if self.centre.strip.kind or self._over_centre:
            return  # what is open in place is answered first; when it closes, the focus goes where the step begins
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
        if state.lock is not None or self._over_centre:
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
        if self._late is not None:
            self._late.append(partial(self.act, name))
            return
        if self._state is not None and self._state.lock is not None and name not in self._switches:
            return  # while locked there is nothing but the lock page
        name, _, argument = name.partition(":")
        if self._over_centre and name in TO_THE_CENTRE:
            self._toggle_viewer()
        if self.centre.strip.kind and name in {"next_step", "go_to_missing", "open_step", "search"}:
            self.centre.strip.close_strip()  # what it asked is left for the step
        local: dict[str, Callable[[], object]] = {
            "open_typed_number": self.rail.open_typed_number,
            "search": self._search,
            "help": self.key_list.toggle,
            "escape": self._escape,
            "device_page": self._to_devices,
            "device": lambda: self._to_devices(argument),
            "outbox": partial(self._turn_to, "outbox"),
            "viewer": self._toggle_viewer,
            "open_typing": lambda: self._identity(lambda view: view.open_typing(argument)),
            "open_organisation": lambda: self._identity(IdentityView.open_organisation),
            "close_organisation": lambda: self._identity(IdentityView.close_organisation),
            "close_typing": lambda: self._identity(IdentityView.close_typing),
            "close_typed_number": self._escape,
            "copy_case_no": self._copy_case_no,
            "go_on": lambda: self._desk.go_on(True),
            "put_away": lambda: self._desk.go_on(False),
            "print_came_out": lambda: self._desk.answer_print_unknown(True),
            "print_did_not": lambda: self._desk.answer_print_unknown(False),
            "zoom_page": self._open_page,
            "crop_page": lambda: self._open_page(crop=True),
            "back_to_materials": lambda: self._desk.open_step(Step.MATERIALS),
            "strip_closed": self._back_to_place,
            "pause_closed": self._pause_closed,
        }
        if name in {"transfer", "hold", "end_unfiled", "pause"} and not argument:
            self._open_strip(name)
        elif name in self._switches:
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
            "unpause": desk.unpause,
            "lock": desk.lock,
            "read_card": lambda: self._read_card(argument),
            "choose_party": desk.choose_party,
            "choose_agent": desk.choose_agent,
            "swap_people": desk.swap_people,
            "reveal_id": desk.reveal_id,
            "next_step": desk.next_step,
            "go_to_missing": desk.go_to_missing,
            "capture": desk.capture,
            "feed": self._feed,
            "stop_feeding": desk.stop_feeding,
            "delete_page": desk.delete_page,
            "turn_page": desk.turn_page,
            "retake_page": desk.retake_page,
            "two_sides": desk.two_sides,
            "turn_lens": desk.turn_lens,
            "undo": desk.undo,
            "redo": desk.redo,
            "ask_to_sign_again": desk.ask_to_sign_again,
            "help_given": desk.help_given,
            "print_again": desk.print_again,
            "print_notice": desk.print_notice,
            "notice_came_out": desk.notice_came_out,
            "notice_missing": desk.notice_missing,
            "settle_conflicts": desk.settle_conflicts,
            "put_off_print": desk.put_off_print,
            "retry_outbox": desk.retry_outbox,
            "save_draft": desk.save_draft,
        }
        told: dict[str, Callable[[str], object]] = {
            "call_number": desk.call_number,
            "open_step": lambda number: desk.open_step(STEPS[int(number) - 1]),
            "exercise": desk.begin_exercise,
            "use_ecert": desk.use_ecert,
            "defer": desk.defer,
            "not_needed": desk.not_needed,
            "shift_page": lambda by: desk.shift_page(int(by)),
            "end_unfiled": desk.end_unfiled,
            "transfer": lambda told: desk.transfer(int(told.partition(":")[0]), told.partition(":")[2]),
            "hold": desk.hold,
            "resume": desk.resume,
            "resume_draft": desk.resume_draft,
            "pause": lambda told: desk.pause(told.partition(":")[0], int(told.partition(":")[2])),
            "open_item": self._open_item,
            "read_notice": lambda told: desk.read_notice(told.partition("\n")[0], told.partition("\n")[2]),
        }
        if name in told:
            told[name](argument)
        else:
            plain[name]()
        if name in {"next_step", "go_to_missing"}:
            QTimer.singleShot(0, self._look_for_missing)

    def _open_strip(self, kind: str) -> None:
        """F5, F6, F8, Ctrl+W: ask in place, or say why there is nothing to ask."""
        state, strip = self._state, self.centre.strip
        if state is None:
            return
        self._leave_editor()
        if kind == "pause":
            self._pause(state)
            return
        if kind == "hold" and state.visit is State.IDLE and len(state.held) == 1:
            self._desk.resume(state.held[0].visit_id or state.held[0].number)
            return
        kind = "resume" if kind == "hold" and state.visit is State.IDLE else kind
        if strip.kind == kind:
            strip.close_strip()
        elif not may_open(kind, state):
            self.toast.say(say(f"toast.{refusal('hold' if kind == 'resume' else kind, state)}"))
        else:
            if kind == "transfer":
                self._desk.look_for_windows()
            strip.prepare(kind, self._state or state, self._now())
            self.centre.present(self._state or state, self._now())
            strip.open_strip()

    def _pause(self, state: ReceptionState) -> None:
        page = self.centre.pause_page
        if page.choosing or state.pause is not None:
            page.confirm()
        elif state.visit not in {State.IDLE, State.SUBMITTED, State.RATING}:
            self.toast.say(say("toast.pause.serving"))
        else:
            if state.visit is not State.IDLE:  # accepted: the visit ends, then the page is offered
                self._desk.finish()
                state = self._state or state
            if state.visit is State.IDLE:
                page.open_page()
                self.centre.present(state, self._now())
                self._present_rail(state, self._now())
                page.focus_first()

    def _pause_closed(self) -> None:
        if self._state is not None:
            self.centre.present(self._state, self._now())
            self._present_rail(self._state, self._now())
        self.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_place(self) -> None:
        """The strip closed: the focus goes where the step begins, or to the centre."""
        state = self._state
        if state is None or state.lock is not None:
            return
        self.centre.present(state, self._now())
        if state.visit in {State.CALLING, State.SERVING}:
            self._focus_start()
        else:
            self.centre.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_item(self, kind: str) -> None:
        """Open what stands behind a line, and close it again."""
        opened = self._state.opened if self._state is not None else None
        self._desk.open_item("" if opened is not None and opened.kind == kind else kind)

    def _feed(self) -> None:
        """F11 begins feeding, and stops it while it runs."""
        feeding = self._state is not None and self._state.materials is not None and self._state.materials.feeding
        (self._desk.stop_feeding if feeding else self._desk.feed)()

    def _read_card(self, side: str) -> None:
        """F9 reads for the side that has the focus, where both are filled; the desk takes an empty one first."""
        body = self.centre.body(Step.IDENTITY)
        if not side and isinstance(body, IdentityView) and body.isVisible():
            side = body.focused_side()
        if side:
            self._desk.read_card(side)
        else:
            self._desk.read_card()

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
        elif self.centre.strip.kind:
            self.centre.strip.close_strip()
        elif self.centre.pause_page.choosing:
            self.centre.pause_page.close_page()
        elif isinstance(identity, IdentityView) and identity.typing_is_open:
            identity.escape()
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
        if self._late is not None:
            return
        now = self._now()
        self.top.tick(now)
        self.rail.tick(now)
        self.centre.tick(now)
        state = self._state
        if state is None:
            return
        if self.lock_page is not None and state.lock is not None:
            self.lock_page.tick(now)
        if state.locks_at is not None:
            self._present_lock(state, now)
        self.centre.pause_page.tick()
        if state.network.since is not None and not state.network.online:
            self.status.present(status_bar(state, now))
        if state.identity.revealed_until is not None and state.open_step is Step.IDENTITY:
            self.centre.present(state, now)

    def _turn_to(self, tab: str) -> None:
        """A page of the viewer, brought over the centre where there is no room beside it."""
        if not columns(self.width(), self._theme.scale).viewer and not self._over_centre:
            self._toggle_viewer()
        self.viewer.show_tab(tab)

    def _to_devices(self, device_id: str = "") -> None:
        """The device page with its list, or with one device of it."""
        self._turn_to("device")
        self.viewer.show_device(device_id)

    def _open_page(self, *, crop: bool = False) -> None:
        """The selected page in large, brought over the centre where there is no room beside it."""
        materials = self._state.materials if self._state is not None else None
        if materials is None or not any(row.current and row.pages for row in materials.rows):
            return
        if not columns(self.width(), self._theme.scale).viewer and not self._over_centre:
            self._toggle_viewer()
        self.viewer.open_page(crop=crop)

    def _leave_page(self) -> None:
        """Esc on a page: the keys go back to the checklist."""
        if self._over_centre:
            self._toggle_viewer()
        if self._state is not None:
            self.centre.focus_start(self._state.open_step)

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
        self._keep_focus_seen()
        self.centre.sheet.set_low(self.height() < LOW)

    def _keep_focus_seen(self) -> None:
        """What had the focus was hidden: keys go to what stands in its place, never to what nobody sees."""
        focus = QApplication.focusWidget()
        if focus is None or focus.isVisible() or focus.window() is not self or self._late is not None:
            return
        if self.locked or not self.isVisible():
            return
        (self.viewer if self._over_centre else self.centre).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._late is not None:
            return
        self._arrange()
        if self.lock_page is not None:
            self.lock_page.setGeometry(self.rect())
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
        if self._watch is None:
            self._watch = InputWatch(self, self._desk.touched)

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
            if not now.isVisible():
                QTimer.singleShot(0, self, self._keep_focus_seen)

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
        if self._late is not None and kind == QEvent.Type.KeyPress:
            self._late.append(partial(self._press_again, event.clone()))
            return True
        if kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return True
            if event.key() == Qt.Key.Key_F10:
                event.accept()
                return True
            return False
        return self._key(watched, event)

    @staticmethod
    def _press_again(event: QKeyEvent) -> None:
        """A key that came while nothing stood."""
        focus = QApplication.focusWidget()
        if focus is not None:
            QCoreApplication.postEvent(focus, event)

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
        if isinstance(watched, QLineEdit | QPlainTextEdit | QComboBox):
            return False
        if event.text() == "/":
            self._search()
            return True
        return plain and self._idle_key(watched, event)

    def _idle_key(self, watched: QWidget, event: QKeyEvent) -> bool:
        """While nobody is served: digits and arrows go to my open items."""
        idle, state = self.centre.idle, self._state
        if state is None or state.lock is not None or not idle.isVisible() or self.centre.strip.kind:
            return False
        text = event.text()
        if len(text) == 1 and text in "123456789":
            idle.press_digit(int(text))
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and watched in {self.centre, self}:
            idle.step(step)
            return True
        return False

    def _enter(self, watched: QWidget) -> bool:
        if self.centre.strip.isAncestorOf(watched) or self.locked:
            return False  # they know what Enter means there
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
