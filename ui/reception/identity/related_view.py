"""One line of 此人相关."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.reception.identity.model import RelatedRow
from ui.reception.pieces import Icon, row
from ui.reception.texts import say
from ui.theme import current
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.label import ElidedLabel


class RelatedLine(QWidget):
    """One line of 此人相关; an online application can be taken in."""

    def __init__(self, related: RelatedRow, take_in: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self.setFixedHeight(theme.px(37))
        line = row(Icon(related.icon, "accent" if related.offer else "ink-2", 18), gap=8)
        line.addWidget(ElidedLabel(related.text), 1)
        if related.offer:
            button = KeyButton(say("related.take_in"), "Enter", kind="soft", small=True)
            button.setAccessibleName(f"{say('related.take_in')} {related.text}")
            button.clicked.connect(lambda: take_in(related.id))
            line.addWidget(button)
        elif related.taken:
            line.addWidget(Chip(say("related.taken"), "ok"))
        self.setLayout(line)
