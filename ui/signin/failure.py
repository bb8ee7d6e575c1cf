"""Shown instead of the sign-in page when the store cannot be opened: what happened, what it means, what to do.

A damaged store is brought back meanwhile; then the page says what was restored and the work can begin.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.words import words
from window_client.clock import CHINA

if TYPE_CHECKING:
    from window_client.store.restore import Report


class FailurePage(QWidget):
    """One page for each code of ``store.errors.CODES``; closing it ends the program.

    Args:
        code: What is wrong, or ``restoring``, or ``restored``.
        theme: What it looks like.
        detail: The owner of an occupied store, as the lock tells it: ``process <number>``.
        report: What was restored.
        go_on: Begins the work; only after ``restored``.
    """

    def __init__(
        self,
        code: str,
        theme: Theme,
        *,
        detail: str = "",
        report: "Report | None" = None,
        go_on: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words("signin.product"))
        self._go_on = go_on
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(120), 0, theme.px(120), 0)
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        happened, means, do = words.first(f"failure.{code}", "failure.other").split("|")
        column.addWidget(label(happened, "title", wrap=True))
        column.addWidget(label(means, "", wrap=True))
        column.addWidget(label(do, "", wrap=True))
        owner = detail.partition("process ")[2]
        if code == "occupied" and owner.isdecimal():
            column.addWidget(label(words("failure.owner", pid=owner), "meta"))
        if report is not None:
            column.addSpacing(theme.px(12))
            column.addWidget(_panel(theme, report))
        column.addSpacing(theme.px(12))
        self.button = KeyButton(words("failure.go_on" if go_on else "failure.close"), "Enter", kind="primary")
        self.button.setAccessibleName(f"{happened} {self.button.text()}")
        self.button.clicked.connect(self._pressed)
        self.button.setAutoDefault(True)
        self.button.setVisible(code != "restoring")
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        self.button.setFocus()

    def _pressed(self) -> None:
        if self._go_on is not None:
            self._go_on()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, wherever the focus is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.button.isHidden():
            self._pressed()
        else:
            super().keyPressEvent(event)


def _panel(theme: Theme, report: "Report") -> QFrame:
    """What was restored, a line each."""
    panel = QFrame()
    panel.setProperty("kind", "panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(theme.px(20), theme.px(13), theme.px(20), theme.px(12))
    column.setSpacing(theme.px(6))
    column.addWidget(label(words("failure.report"), "section"))
    for line in restored_lines(report):
        row = label(line, "", wrap=True)
        row.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(row)
    return panel


def restored_lines(report: "Report") -> list[str]:
    """The report in words."""
    lines = []
    if report.backup >= 0:
        at = datetime.fromisoformat(report.backup_at).astimezone(CHINA)
        lines.append(words("failure.report.backup", day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}"))
    elif report.kept:
        lines.append(words("failure.report.log_only"))
    lines.append(words("failure.report.cases", n=report.cases, log=report.cases_from_log))
    if report.cases_from_damaged:
        lines.append(words("failure.report.salvaged", n=report.cases_from_damaged))
    lines.append(words("failure.report.drafts", n=report.drafts))
    if report.pages_from_backup:
        lines.append(words("failure.report.pages", n=report.pages_from_backup))
    if report.pages_missing:
        lines.append(words("failure.report.pages_missing", n=report.pages_missing))
    if not report.whole:
        lines.append(words("failure.report.not_whole"))
    if report.kept:
        lines.append(words("failure.report.kept", folder=report.kept))
    return lines


def texts(page: FailurePage) -> list[str]:
    """Everything that the page says, in its order."""
    return [found.text() for found in page.findChildren(QLabel)]
