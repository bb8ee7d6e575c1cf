"""A strip of page thumbnails that scrolls sideways without a bar."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ui.theme import current
from ui.widgets import Thumbnail
from ui.words import words
from window_client.domain.material import PageRef


class PageStrip(QScrollArea):
    """Numbered thumbnails. ``on_press`` is told the index, ``on_open`` the index of a double click."""

    def __init__(
        self,
        size: tuple[int, int],
        gap: int,
        on_press: Callable[[int], object],
        on_open: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__()
        theme = current()
        self._size, self._on_press, self._on_open = size, on_press, on_open
        self._thumbnails: list[Thumbnail] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFixedHeight(theme.px(size[1]))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(gap))
        self._row.addStretch(1)
        self.setWidget(inner)

    def present(
        self,
        pages: Sequence[PageRef],
        picture: Callable[[str], bytes | None],
        selected: int,
        *,
        next_place: bool = False,
    ) -> None:
        """Show pages; ``next_place`` adds the dashed place for the next one."""
        count = len(pages) + (1 if next_place else 0)
        while len(self._thumbnails) > count:
            self._thumbnails.pop().deleteLater()
        while len(self._thumbnails) < count:
            index = len(self._thumbnails)
            made = Thumbnail(partial(self._pressed, index), self._size)
            made.installEventFilter(self)
            self._thumbnails.append(made)
            self._row.insertWidget(index, made)
        for index, page in enumerate(pages):
            self._thumbnails[index].present(
                picture(page.digest),
                words("viewer.page", n=index + 1),
                badge=str(index + 1),
                selected=index == selected,
            )
            self._thumbnails[index].setEnabled(True)
        if next_place:
            self._thumbnails[-1].present_empty(words("viewer.page.next"))
            self._thumbnails[-1].setEnabled(False)
        self._pages = len(pages)
        if 0 <= selected < len(pages):
            self.ensureWidgetVisible(self._thumbnails[selected])

    def _pressed(self, index: int) -> None:
        if index < self._pages:
            self._on_press(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick and self._on_open is not None:
            for index in range(self._pages):
                if self._thumbnails[index] is watched:
                    self._on_open(index)
                    return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y())
        event.accept()
