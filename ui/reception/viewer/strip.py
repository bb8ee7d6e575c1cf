"""A strip of page thumbnails that scrolls sideways without a bar."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPixmap, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ui.reception.viewer.pages_model import flags, page_name
from ui.theme import current
from ui.widgets import Thumbnail
from ui.widgets.page_drag import PageDrag
from ui.words import words
from window_client.domain.material import PageRef


class PageStrip(QScrollArea):
    """Numbered thumbnails.

    ``on_press`` is told the index, ``on_open`` the index of a double click; ``on_drop`` the key of a page that was
    dragged here and its new place. Without ``on_drop`` nothing is dragged.
    """

    def __init__(
        self,
        size: tuple[int, int],
        gap: int,
        on_press: Callable[[int], object],
        on_open: Callable[[int], object] | None = None,
        on_drop: Callable[[str, int], object] | None = None,
    ) -> None:
        super().__init__()
        theme = current()
        self._size, self._on_press, self._on_open = size, on_press, on_open
        self._on_drop = on_drop
        self._thumbnails: list[Thumbnail] = []
        self._keys: list[str] = []
        self._pages = 0
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
            if self._on_drop is not None:
                made.drag = PageDrag(made, partial(self._taken, index))
            self._thumbnails.append(made)
            self._row.insertWidget(index, made)
        for index, page in enumerate(pages):
            self._thumbnails[index].present(
                picture(page.digest),
                page_name(page, index + 1),
                badge=str(index + 1),
                selected=index == selected,
                flawed=bool(flags(page)),
            )
            self._thumbnails[index].setEnabled(True)
        if next_place:
            self._thumbnails[-1].present_empty(words("viewer.page.next"))
            self._thumbnails[-1].setEnabled(False)
        self._pages = len(pages)
        self._keys = [page.key for page in pages]
        if 0 <= selected < len(pages):
            self.ensureWidgetVisible(self._thumbnails[selected])

    def _taken(self, index: int, _at: QPoint) -> tuple[str, QPixmap] | None:
        """What a drag that begins on a thumbnail carries."""
        return (self._keys[index], self._thumbnails[index].grab()) if index < len(self._keys) else None

    def page_drop(self, at: QPoint) -> Callable[[str], object] | None:
        """What happens to a page that is let go at a point of the screen."""
        if self._on_drop is None:
            return None
        x = self.mapFromGlobal(at).x()
        middles = [self._middle(thumbnail) for thumbnail in self._thumbnails[: self._pages]]
        place = sum(middle < x for middle in middles)

        def drop(key: str) -> None:
            own = self._keys.index(key) if key in self._keys else -1
            if self._on_drop is not None:
                self._on_drop(key, place - 1 if 0 <= own < place else place)

        return drop

    def _middle(self, thumbnail: Thumbnail) -> int:
        return thumbnail.mapTo(self, thumbnail.rect().center()).x()

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
