"""Finds every text of a window that is cut: painted ones as they are painted, labels and buttons by what they need."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetricsF, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui.applicant.parts import Text
from ui.applicant.rows import RowsArea
from ui.widgets.label import ElidedLabel
from ui.widgets.paint import watching_texts

SLACK = 1.5
"""Pixels that may lack: hinting rounds widths."""


@dataclass(frozen=True)
class Cut:
    """A text that does not fit."""

    where: str
    text: str
    needs: int
    has: int

    def __str__(self) -> str:
        return f"{self.where}: {self.text!r} needs {self.needs}, has {self.has}"


def painted(window: QWidget) -> list[Cut]:
    """Texts that are cut while the window paints itself."""
    found: list[Cut] = []

    def seen(text: str, needed: float, given: float, may_elide: bool) -> None:
        if text and needed > given + SLACK and not may_elide:
            found.append(Cut(_painter(), text, round(needed), round(given)))

    with watching_texts(seen):
        window.grab()
    return found


def _painter() -> str:
    """The widget that is painting: the first ``self`` up the stack that is one."""
    frame = sys._getframe(2)
    while frame is not None:
        owner = frame.f_locals.get("self")
        if isinstance(owner, QWidget) and type(owner).__module__.startswith("ui."):
            return type(owner).__name__
        frame = frame.f_back  # type: ignore[assignment]
    return "?"


def laid_out(window: QWidget) -> Iterator[Cut]:
    """Labels, fields and Qt's own buttons with less room than they need."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            yield from _label(widget)
        elif isinstance(widget, QComboBox):
            yield from _choice(widget)
        elif isinstance(widget, QLineEdit | QPlainTextEdit) and not isinstance(widget.parent(), QComboBox):
            yield from _line(widget)
        elif isinstance(widget, QAbstractButton) and widget.text():
            yield from _button(widget)


def _label(label: QLabel) -> Iterator[Cut]:
    if isinstance(label, Text):
        yield from _applicants_text(label)
    elif isinstance(label, ElidedLabel) or label.sizePolicy().horizontalPolicy() == label.sizePolicy().Policy.Ignored:
        pass  # gives way by design; whether it says so in its tooltip is asked for elsewhere
    elif label.wordWrap():
        needs = label.heightForWidth(label.width())
        if needs > label.height() + SLACK:
            yield Cut(f"{type(label).__name__} height", label.text(), needs, label.height())
    elif label.sizeHint().width() > label.width() + SLACK:
        yield Cut(type(label).__name__, _plain(label), label.sizeHint().width(), label.width())
    yield from _outside(label)


def _applicants_text(text: Text) -> Iterator[Cut]:
    """The applicant's words go on in further lines, or are written smaller; then they must fit."""
    if text._wrap:
        if text.heightForWidth(text.width()) > text.height() + SLACK:
            yield Cut("Text height", text.text(), text.heightForWidth(text.width()), text.height())
        return
    for line in text.text().split("\n"):
        font = text._look.fitted(text._font, line, text.width())
        needs = QFontMetricsF(font).horizontalAdvance(line)
        if needs > text.width() + SLACK:
            yield Cut("Text", line, round(needs), text.width())


def _plain(label: QLabel) -> str:
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _outside(widget: QWidget) -> Iterator[Cut]:
    """A widget that its parents cut off at the right (or, outside scroll areas, at the bottom)."""
    parent = widget.parentWidget()
    rect = QRect(QPoint(0, 0), widget.size())
    scrolled = _paged(widget)
    step: QWidget = widget
    while parent is not None:
        rect.translate(step.pos())
        scrolled = scrolled or isinstance(parent.parentWidget(), QAbstractScrollArea)
        if rect.right() > parent.width() + SLACK or rect.left() < -SLACK:
            yield Cut(
                f"{type(widget).__name__} in {type(parent).__name__}", _said(widget), rect.right(), parent.width()
            )
            return
        if not scrolled and rect.bottom() > parent.height() + SLACK:
            yield Cut(
                f"{type(widget).__name__} below {type(parent).__name__}", _said(widget), rect.bottom(), parent.height()
            )
            return
        if step.isWindow():
            return
        step, parent = parent, parent.parentWidget()


def _paged(widget: QWidget) -> bool:
    """Whether it stands in the applicant's rows, which are turned page by page."""
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, RowsArea) or _paged(parent))


def _said(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()


def _choice(box: QComboBox) -> Iterator[Cut]:
    needs = QFontMetricsF(box.font()).horizontalAdvance(box.currentText() or box.placeholderText())
    has = box.width() - 22
    painted_in_parts = "\t" in box.currentText()  # these paint themselves and are watched while they do
    if not painted_in_parts and not box.toolTip() and needs > has + SLACK:
        yield Cut("QComboBox", box.currentText() or box.placeholderText(), round(needs), has)
    yield from _outside(box)


def _line(line: QLineEdit | QPlainTextEdit) -> Iterator[Cut]:
    if isinstance(line, QLineEdit) and line.placeholderText() and not line.text():
        needs = QFontMetricsF(line.font()).horizontalAdvance(line.placeholderText())
        has = line.width() - 20
        if needs > has + SLACK:
            yield Cut("placeholder", line.placeholderText(), round(needs), has)
    yield from _outside(line)


def _button(button: QAbstractButton) -> Iterator[Cut]:
    own = type(button).paintEvent is not QPushButton.paintEvent and type(button).__module__.startswith("ui.")
    if not own and button.sizeHint().width() > button.width() + SLACK:
        yield Cut(type(button).__name__, button.text(), button.sizeHint().width(), button.width())
    yield from _outside(button)


def cut_texts(window: QWidget) -> list[Cut]:
    """Everything that is cut, once."""
    return list(dict.fromkeys([*painted(window), *laid_out(window)]))
