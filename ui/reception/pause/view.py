"""The pause page: digits choose the reason, ← → the time of return, F8 begins and ends it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.reception.pause.model import MINUTES, REASONS, USUAL, pause
from ui.reception.pieces import Act, Hairline, panel, row, set_text, show_if
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.choice import ChoiceChip, FlowLayout
from ui.widgets.label import label
from window_client.reception.state import ReceptionState

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PausePage(QWidget):
    """Shown while the window is paused, and before that while reason and time are chosen.

    Args:
        act: Told ``pause:<reason>:<minutes>`` and ``unpause``.
        now: The desk's clock.
    """

    def __init__(self, act: Act, now: Callable[[], datetime]) -> None:
        super().__init__()
        theme = current()
        self._act, self._now = act, now
        self._state: ReceptionState | None = None
        self.choosing = False
        self._reason, self._minutes = REASONS[0], USUAL[REASONS[0]]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        scroll = QScrollArea()  # in a low window with large text the page scrolls, the frame never grows
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole.addWidget(scroll)
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        frame, column = panel()
        outer.addWidget(frame)
        outer.addStretch(1)
        column.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(25))
        column.setSpacing(theme.px(10))
        self._frame = frame
        self._title = label("", "title")
        column.addWidget(self._title)
        self._since, self._back = label("", "field", "ink-2"), label("", "figure")
        self._late = label("", "label", "warn")
        self._when = QWidget()
        self._when.setLayout(row(self._back, 12, self._since, 12, self._late, None))
        column.addWidget(self._when)
        column.addSpacing(theme.px(4))
        column.addWidget(Hairline(dashed=True))
        column.addSpacing(theme.px(4))
        column.addLayout(row(label(say("pause.reason"), "section"), None, label(say("pause.reason_hint"), "meta")))
        self.reasons = [ChoiceChip(f"{n}　{say(f'pause.reason.{code}')}") for n, code in enumerate(REASONS, start=1)]
        column.addLayout(self._flow(self.reasons, self._choose_reason))
        column.addSpacing(theme.px(4))
        column.addLayout(row(label(say("pause.time"), "section"), None, label(say("pause.time_hint"), "meta")))
        self.times = [ChoiceChip("") for _ in MINUTES]
        column.addLayout(self._flow(self.times, self._choose_time))
        column.addSpacing(theme.px(8))
        self._note = label("", "label", wrap=True)
        column.addWidget(self._note)
        column.addSpacing(theme.px(6))
        self.go = KeyButton("", "F8", "pause", kind="primary", big=True)
        self.go.clicked.connect(self.confirm)
        self.cancel = KeyButton(say("strip.close"), "Esc")
        self.cancel.clicked.connect(self.close_page)
        column.addLayout(row(self.go, 8, self.cancel, None))
        for widget in (*self.reasons, *self.times, self.go, self.cancel):
            widget.installEventFilter(self)
        self.hide()

    def _flow(self, chips: list[ChoiceChip], choose: Callable[[int], None]) -> FlowLayout:
        flow = FlowLayout()
        for place, chip in enumerate(chips):
            chip.clicked.connect(lambda _on=False, at=place: choose(at))
            flow.addWidget(chip)
        return flow

    # ---- open and close

    def open_page(self) -> None:
        """Choose before pausing."""
        self.choosing = True
        self._reason, self._minutes = REASONS[0], USUAL[REASONS[0]]
        self._show()

    def close_page(self) -> None:
        """Not now."""
        if self.choosing:
            self.choosing = False
            self._act("pause_closed")

    def present(self, state: ReceptionState) -> None:
        """Show a state."""
        before, self._state = self._state, state
        if state.pause is not None:
            self.choosing = False
            if before is None or before.pause is None or before.pause.reason != state.pause.reason:
                self._reason = state.pause.reason
            self._minutes = self._nearest(state) if before is None or before.pause is None else self._minutes
        self._show()

    def _nearest(self, state: ReceptionState) -> int:
        """The choice that the running pause was begun with."""
        held = state.pause
        if held is None or held.back_at is None:
            return 0
        wanted = (held.back_at - held.since).total_seconds() / 60
        return min((choice for choice in MINUTES if choice), key=lambda choice: abs(choice - wanted))

    def tick(self) -> None:
        """Times run while nothing is chosen yet."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        state = self._state
        if state is None:
            return
        shown = pause(state, self._reason, self._minutes, self._now())
        set_text(self._title, shown.title)
        set_text(self._since, shown.since)
        set_text(self._back, shown.back)
        set_text(self._late, shown.late)
        show_if(self._when, shown.paused)
        for chip, (code, _) in zip(self.reasons, shown.reasons, strict=True):
            chip.setChecked(code == shown.reason)
        for chip, (minutes, words) in zip(self.times, shown.times, strict=True):
            if chip.text() != words:
                chip.say(words)
            chip.setChecked(minutes == shown.minutes)
        set_text(self._note, shown.note)
        self.go.setText(shown.go)
        show_if(self.cancel, not shown.paused)
        self._frame.setAccessibleName(" ".join(part for part in (shown.title, shown.back, shown.since) if part))

    def remember(self) -> tuple[str, int] | None:
        """The choice before the pause, for a window that is built again."""
        return (self._reason, self._minutes) if self.choosing else None

    def recall(self, kept: tuple[str, int]) -> None:
        """Choose it again."""
        self.choosing = True
        self._reason, self._minutes = kept
        self._show()

    # ---- choose

    def focus_first(self) -> None:
        """The button that begins or ends it."""
        self.go.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def confirm(self) -> None:
        """F8: begin, or open the window again."""
        if self._state is not None and self._state.pause is not None:
            self._act("unpause")
        else:
            self._act(f"pause:{self._reason}:{self._minutes}")

    def _choose_reason(self, place: int) -> None:
        self._reason = REASONS[place]
        self._minutes = USUAL[self._reason]
        self._chosen()

    def _choose_time(self, place: int) -> None:
        self._minutes = MINUTES[place]
        self._chosen()

    def _chosen(self) -> None:
        """Before the pause only the choice is shown; while paused a choice changes it at once."""
        self._show()
        if self._state is not None and self._state.pause is not None:
            self._act(f"pause:{self._reason}:{self._minutes}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, Qt.Key(event.key())) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, key: Qt.Key) -> bool:
        digit = key - Qt.Key.Key_1
        if 0 <= digit < len(REASONS):
            self._choose_reason(digit)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            at = MINUTES.index(self._minutes) if self._minutes in MINUTES else 0
            self._choose_time((at + step) % len(MINUTES))
            return True
        if key == Qt.Key.Key_Escape and self.choosing:
            self.close_page()
            return True
        if key in ENTER and watched is self.go:
            self.confirm()
            return True
        return False
