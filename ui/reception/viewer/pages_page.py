"""扫描件: each page of the case in large, and the receipt once the case is accepted."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.keys import cap
from ui.reception.viewer.pages_model import PagesFace, flags
from ui.reception.viewer.strip import PageStrip
from ui.theme import current
from ui.widgets import KeyButton, PageStage, ReceiptPaper, StageFace, label
from ui.widgets.label import set_tone
from ui.words import words
from window_client.reception.actions import ClerkActions, Pictures


class _Mat(QWidget):
    """The dark mat under the receipt."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), current().colour("stage"))
        painter.end()


class PagesPage(QWidget):
    """A large page with the strip of all pages, or the receipt with its print state."""

    def __init__(self, actions: ClerkActions, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._face: PagesFace | None = None
        self._selected = -1
        self._shown: tuple[str, QImage] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.stage = PageStage()
        self._stack.addWidget(self.stage)
        self._stack.addWidget(self._make_receipt())
        column.addWidget(self._make_strip())
        column.addWidget(self._make_print_bar(actions))

    def _make_receipt(self) -> QWidget:
        theme = current()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        mat = _Mat()
        column = QVBoxLayout(mat)
        column.setContentsMargins(0, theme.px(28), 0, theme.px(28))
        self.receipt = ReceiptPaper()
        column.addWidget(self.receipt, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        area.setWidget(mat)
        area.setAccessibleName(words("receipt.name"))
        return area

    def _make_strip(self) -> QWidget:
        theme = current()
        self._strip_box = QWidget()
        row = QHBoxLayout(self._strip_box)
        row.setContentsMargins(theme.px(12), theme.px(11), theme.px(12), theme.px(10))
        self._strip = PageStrip((40, 56), 6, self.show_page)
        row.addWidget(self._strip)
        return self._strip_box

    def _make_print_bar(self, actions: ClerkActions) -> QWidget:
        theme = current()
        self._print_bar = QWidget()
        row = QHBoxLayout(self._print_bar)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(6))
        self._print_icon = label()
        self._print_word = label("", "label")
        row.addWidget(self._print_icon)
        row.addWidget(self._print_word)
        row.addStretch(1)
        self.print_button = KeyButton(words("receipt.print"), cap("print"), "printer")
        self.print_button.clicked.connect(lambda _checked=False: actions.print_again())
        row.addWidget(self.print_button)
        return self._print_bar

    def present(self, face: PagesFace) -> None:
        """Show the pages, or the receipt."""
        before, self._face = self._face, face
        if before is None or (before.selected, len(before.pages)) != (face.selected, len(face.pages)):
            self._selected = face.selected
        self._selected = min(self._selected, len(face.pages) - 1)
        has_receipt = face.receipt is not None
        self._stack.setCurrentIndex(1 if has_receipt else 0)
        self._print_bar.setVisible(has_receipt)
        self._strip_box.setVisible(not has_receipt and bool(face.pages))
        if face.receipt is not None:
            if before is None or before.receipt is None or before.receipt.lines != face.receipt.lines:
                self.receipt.present(face.receipt.lines, words("receipt.name"))
            self._print_icon.setPixmap(pixmap(face.receipt_icon, face.receipt_tone, current().px(16)))
            self._print_word.setText(face.receipt_word)
            set_tone(self._print_word, face.receipt_tone)
            self.print_button.setText(face.print_word)
            self.print_button.setEnabled(face.may_print)
            return
        self._strip.present(face.pages, self._pictures.thumbnail, self._selected)
        self._present_stage(face)

    def forget(self) -> None:
        """Keep nothing of the last visit's paper."""
        self._face, self._shown, self._selected = None, None, -1
        self._strip.present((), self._pictures.thumbnail, -1)
        self.receipt.present(())
        self.stage.present(StageFace("empty"))

    def show_page(self, index: int) -> None:
        """Look at a page; looking changes nothing on the desk."""
        self._selected = index
        if self._face is not None:
            self._strip.present(self._face.pages, self._pictures.thumbnail, index)
            self._present_stage(self._face)

    def _present_stage(self, face: PagesFace) -> None:
        if not 0 <= self._selected < len(face.pages):
            self._shown = None
            hint = words("viewer.no_pages.hint")
            self.stage.present(StageFace("empty", words("viewer.no_pages"), hint))
            return
        page = face.pages[self._selected]
        if self._shown is None or self._shown[0] != page.digest:
            jpeg = self._pictures.page(page.digest)
            image = QImage.fromData(jpeg) if jpeg else QImage()
            self._shown = None if image.isNull() else (page.digest, image)
        chips = flags(page)
        picture = self._shown[1] if self._shown else None
        self.stage.present(StageFace("frozen", left=chips, warn=bool(chips)), picture)
