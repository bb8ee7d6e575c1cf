"""Shown instead of the sign-in page when the store cannot be opened: what happened, what it means, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import label
from ui.words import words


class FailurePage(QWidget):
    """One page for each code of ``store.errors.CODES``; closing it ends the program."""

    def __init__(self, code: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words("signin.product"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(120), 0, theme.px(120), 0)
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        happened, means, do = words.first(f"failure.{code}", "failure.other").split("|")
        column.addWidget(label(happened, "title"))
        column.addWidget(label(means, "", wrap=True))
        column.addWidget(label(do, "", wrap=True))
        column.addSpacing(theme.px(12))
        close = KeyButton(words("failure.close"), "Enter", kind="primary")
        close.setAccessibleName(f"{happened} {words('failure.close')}")
        close.clicked.connect(self.close)
        close.setAutoDefault(True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        close.setFocus()
