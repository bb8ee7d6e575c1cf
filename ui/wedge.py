"""Code scanners that type like a keyboard: their keys are kept from the fields and given out as codes.

It sits on the native window of the desk, in front of every widget, where only what a person or a scanner does arrives.
``drivers.codes.wedge`` decides by timing; here are Qt's events, the clock, and the input method: while one composes,
and while the window is locked, every key goes straight on.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from drivers.codes.wedge import GAP, Sort, Wedge

SECOND_LOOK_MS = 8
"""Milliseconds after the gap in which keys that waited in a busy loop may still arrive."""

_BREAKS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Wheel,
        QEvent.Type.FocusOut,
        QEvent.Type.FocusAboutToChange,
        QEvent.Type.Hide,
        QEvent.Type.Close,
    }
)
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock})
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def sort_of(event: QKeyEvent) -> Sort:
    """What a key does, as the wedge's logic sees it."""
    if event.modifiers() & ~_PLAIN:
        return Sort.OTHER
    if event.key() in _ENTERS:
        return Sort.ENTER
    if event.key() in _MODIFIERS:
        return Sort.MODIFIER
    text = event.text()
    return Sort.CHARACTER if len(text) == 1 and text.isprintable() else Sort.OTHER


class WedgeWatch(QObject):
    """Watches the keys of ``window``; ``on_code`` gets each code.

    Args:
        window: The desk's window.
        on_code: Gets the text of a code.
        rests: Whether all keys go straight on now (the lock page asks for a password).
        clock: Seconds, for keys that carry no time of their own.
    """

    def __init__(
        self,
        window: QWidget,
        on_code: Callable[[str], object],
        *,
        rests: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window, self._on_code, self._rests, self._clock = window, on_code, rests, clock
        self._wedge: Wedge[QKeyEvent] = Wedge()
        self._handle: QWindow | None = None
        self._editor: QObject | None = None
        self._passing = False
        self._stamped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(GAP * 1000) + 2)
        self._timer.timeout.connect(self._look_twice)
        self._second = QTimer(self)
        self._second.setSingleShot(True)
        self._second.setInterval(SECOND_LOOK_MS)
        self._second.timeout.connect(self._nobody_else)
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._attach()

    def _attach(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)
        self._focus_moved(None, QApplication.focusWidget())

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """An input method speaks to the widget with the focus, not to the window."""
        if now is self._editor:
            return
        if self._editor is not None and self._editor is not self._window:
            with suppress(RuntimeError):  # it is gone already
                self._editor.removeEventFilter(self)
        self._editor = None
        self._wedge.composing = False
        if now is not None and now is not self._window and now.window() is self._window:
            self._editor = now
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._handle:
            if kind in _KEYS and isinstance(event, QKeyEvent):
                return not self._passing and self._key(event)
            if kind in _BREAKS:
                self._go_on()
        elif kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent) and watched is self._editor:
            self._go_on()
            self._wedge.composing = bool(event.preeditString())
        elif kind == QEvent.Type.Show and watched is self._window:
            self._attach()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        kind = event.type()
        if self._rests():
            self._go_on()
            return False
        sort = sort_of(event)
        if kind == QEvent.Type.ShortcutOverride:
            if sort is Sort.OTHER:
                self._go_on()  # before a shortcut acts, what was typed in front of it is there
            return False
        if kind == QEvent.Type.KeyRelease:
            return not event.isAutoRepeat() and self._wedge.release(event.clone(), code=event.key()).held
        outcome = self._wedge.press(
            event.clone(), sort, event.text(), self._time_of(event), repeats=event.isAutoRepeat(), code=event.key()
        )
        self._pass_on(outcome.release)
        if not self._wedge.holds:
            self._rest()
        elif sort is Sort.CHARACTER:
            self._second.stop()
            self._timer.start()
        if outcome.code:
            self._on_code(outcome.code)
        return outcome.held

    def _time_of(self, event: QKeyEvent) -> float:
        """When the key was struck: its own time, for a loop that was busy sees many keys at once."""
        stamp = event.timestamp()
        if bool(stamp) != self._stamped:
            self._stamped = bool(stamp)
            self._go_on()  # times of two clocks say nothing about each other
        return stamp / 1000 if stamp else self._clock()

    def _look_twice(self) -> None:
        self._second.start()

    def _nobody_else(self) -> None:
        self._go_on()

    def _go_on(self) -> None:
        """What was held goes to where it would have gone."""
        self._rest()
        self._pass_on(self._wedge.let_go())

    def _rest(self) -> None:
        self._timer.stop()
        self._second.stop()

    def _pass_on(self, events: tuple[QKeyEvent, ...]) -> None:
        if not events or self._handle is None:
            return
        self._passing = True
        try:
            for event in events:
                QCoreApplication.sendEvent(self._handle, event)
        finally:
            self._passing = False
