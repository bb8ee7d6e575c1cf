"""Large pages decoded beside the Qt thread: a sheet of 300 dots an inch would hold it for a tenth of a second."""

from functools import partial

from PySide6.QtCore import QBuffer, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from ui.dispatch import beside

SEEN_SIDE = 1400
"""Pixels of the longer side of the copy for a page seen as a whole."""

AT_ONCE = 1_500_000
"""Pixels up to which a page is decoded where it is asked for: less than ten milliseconds."""


def pixels(jpeg: bytes) -> int:
    """How many pixels a picture has, from its header; 0 when it is none."""
    buffer = QBuffer()
    buffer.setData(jpeg)
    size = QImageReader(buffer).size()
    return max(0, size.width()) * max(0, size.height())


class PageDecoder(QObject):
    """Decodes one page at a time; ``came`` brings its name, a copy for the whole view, and the page itself."""

    came = Signal(str, QImage, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""

    def decode(self, name: str, jpeg: bytes) -> None:
        """Decode a page, unless it is under way; an answer that comes after another was wanted is dropped."""
        if name == self._wanted:
            return
        self._wanted = name
        beside(partial(_decoded, name, jpeg), self._tell, name="page-picture")

    def forget(self) -> None:
        """Whatever comes now is not wanted any longer."""
        self._wanted = ""

    def wants(self, name: str) -> bool:
        """Whether an answer with this name is still waited for."""
        return bool(name) and name == self._wanted

    def _tell(self, answer: tuple[str, QImage, QImage]) -> None:
        self.came.emit(*answer)


def _decoded(name: str, jpeg: bytes) -> tuple[str, QImage, QImage]:
    whole = QImage.fromData(jpeg)
    seen = whole
    if max(whole.width(), whole.height()) > SEEN_SIDE:
        seen = whole.scaled(
            SEEN_SIDE, SEEN_SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return name, seen, whole
