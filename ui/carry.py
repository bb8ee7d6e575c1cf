"""What is carried from one set of widgets to the next when a window is built again in another theme or language.

The same state builds the same widgets, so one is known by its kind and its place among those of its kind, counted
within the nearest ancestor that has a name. Half-typed texts and scroll positions are carried for every widget; what
else only the screen knows (opened in place, turned to) is kept by the parts that know it, with ``remember`` and
``recall``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPlainTextEdit, QScrollBar, QWidget

Place = tuple[str, type[QWidget], int]


@runtime_checkable
class Remembers(Protocol):
    """A part with something of its own to carry."""

    def remember(self) -> Any:
        """What is to be carried; None for nothing."""

    def recall(self, kept: Any) -> None:
        """Take it up again. The state has been presented already."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What one set of widgets leaves to the next."""

    kept: dict[str, Any]
    typed: dict[Place, str]
    scrolled: dict[Place, tuple[int, int]]
    focus: Place | None
    cursor: tuple[int, int, int] | None
    """Cursor, start and length of the selection in the line that had the focus."""


def _place(root: QWidget, widget: QWidget) -> Place:
    """Where a widget stands below ``root``."""
    named = widget.parentWidget()
    while named is not None and named is not root and named.objectName()[:3] in ("", "qt_"):
        named = named.parentWidget()
    within = named or root
    kind = type(widget)
    return within.objectName(), kind, within.findChildren(kind).index(widget)


def _find(root: QWidget, place: Place) -> QWidget | None:
    """What stands there now."""
    name, kind, at = place
    within = root if name in ("", root.objectName()) else root.findChild(QWidget, name)
    found = within.findChildren(kind) if isinstance(within, QWidget) else []
    return found[at] if at < len(found) else None


def remember(root: QWidget, parts: Mapping[str, QWidget]) -> Carried:
    """Collect what the widgets below ``root`` and its named ``parts`` have to carry, and where the focus is."""
    kept = {}
    for name, part in parts.items():
        if isinstance(part, Remembers) and (own := part.remember()) is not None:
            kept[name] = own
    typed = {_place(root, editor): text for editor, text in _half_typed(root)}
    scrolled = {}
    for area in root.findChildren(QAbstractScrollArea):
        at = area.horizontalScrollBar().value(), area.verticalScrollBar().value()
        if any(at):
            scrolled[_place(root, area)] = at
    focus = QApplication.focusWidget()
    if focus is None or not root.isAncestorOf(focus):
        return Carried(kept, typed, scrolled, None, None)
    cursor = None
    if isinstance(focus, QLineEdit):
        cursor = focus.cursorPosition(), focus.selectionStart(), focus.selectionLength()
    return Carried(kept, typed, scrolled, _place(root, focus), cursor)


def _half_typed(root: QWidget) -> Iterable[tuple[QWidget, str]]:
    for line in root.findChildren(QLineEdit):
        if line.isModified():
            yield line, line.text()
    for area in root.findChildren(QPlainTextEdit):
        if area.document().isModified():
            yield area, area.toPlainText()


def recall(root: QWidget, parts: Mapping[str, QWidget], carried: Carried) -> bool:
    """Give it back to the new widgets; False when the one with the focus is not among them."""
    for name, part in parts.items():
        if name in carried.kept and isinstance(part, Remembers):
            part.recall(carried.kept[name])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for place, text in carried.typed.items():
        if (editor := _find(root, place)) is not None:
            _type_again(editor, text)
    for place, (across, down) in carried.scrolled.items():
        area = _find(root, place)
        if isinstance(area, QAbstractScrollArea):
            _scroll(area.horizontalScrollBar(), across)
            _scroll(area.verticalScrollBar(), down)
    if carried.focus is None:
        return True
    focus = _find(root, carried.focus)
    return focus is not None and _focus(focus, carried.cursor)


def _type_again(widget: QWidget, text: str) -> None:
    """As if typed: a line that is left must know that its text is the clerk's."""
    if isinstance(widget, QLineEdit) and not widget.isReadOnly() and widget.text() != text:
        widget.selectAll()
        widget.insert(text)
    elif isinstance(widget, QPlainTextEdit) and not widget.isReadOnly() and widget.toPlainText() != text:
        widget.setPlainText(text)
        widget.document().setModified(True)


def _scroll(bar: QScrollBar, to: int) -> None:
    """Scroll now, or as soon as what is scrolled has its height."""
    bar.setValue(to)
    if bar.value() != to:

        def grown(_low: int, high: int) -> None:
            if high >= to:
                bar.rangeChanged.disconnect(grown)
                bar.setValue(to)

        bar.rangeChanged.connect(grown)


def _focus(widget: QWidget, cursor: tuple[int, int, int] | None) -> bool:
    if not widget.isEnabled():
        return False
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(widget, QLineEdit) and cursor is not None:
        place, start, length = cursor
        widget.setCursorPosition(place)
        if start >= 0:
            widget.setSelection(start, length)
    return True
