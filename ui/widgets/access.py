"""What screen readers hear of the custom-painted widgets: role, name and value.

A widget takes part by carrying ``accessible_role``; its name is the ordinary accessible name or, where it changes all
the time, what ``accessible_sentence`` returns; its value is the text of ``accessible_value``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_alive: dict[int, QAccessibleInterface] = {}
_installed: list[bool] = []


class _Spoken(QAccessibleWidget):
    """The interface of one custom-painted widget."""

    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Name:
            # Made when somebody asks: a name that is set with every second of a clock is read out with every second.
            sentence = getattr(self.widget(), "accessible_sentence", None)
            if sentence is not None:
                return str(sentence())
        if t == QAccessible.Text.Value:
            value = getattr(self.widget(), "accessible_value", None)
            if value is not None:
                return str(value())
        return super().text(t)


def _interface(_key: str, thing: QObject) -> QAccessibleInterface | None:
    role = getattr(thing, "accessible_role", None)
    if role is None or not isinstance(thing, QWidget):
        return None
    made = _Spoken(thing, role)
    _alive[id(thing)] = made  # Qt does not keep the Python half alive
    mark = id(thing)
    thing.destroyed.connect(lambda _gone=None: _alive.pop(mark, None))
    return made


def tell_screen_readers() -> None:
    """Hand Qt the interfaces of this module; once a program."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(True)


_hushed: list[bool] = []


@contextmanager
def hushed() -> Iterator[None]:
    """Announce nothing meanwhile: what is built again was told already."""
    _hushed.append(True)
    try:
        yield
    finally:
        _hushed.pop()


def announce(widget: QWidget) -> None:
    """Let screen readers say the name of ``widget`` now: a fault is told once, focus stays where it is.

    It is an announcement and not an alert: Qt gives alerts to no screen reader of Linux.
    """
    text = widget.accessibleName()
    if _hushed or not text:
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
