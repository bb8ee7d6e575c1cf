"""The manual's reader: contents and search at the left, the page at the right, all by keys.

↑↓ go through the contents and the page follows, PgUp and PgDn turn the page from wherever the focus is, / and Ctrl+F
lead to the search, Enter into the page, Esc back.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QImage, QImageReader, QKeyEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from ui.dispatch import beside
from ui.manual.model import Book, Entry
from ui.theme import current
from ui.words import words

CONTENTS_WIDTH = 300


class Sheet(QTextBrowser):
    """A page; pictures are made as wide as it is at most, links lead to other pages.

    A picture's place is kept free at once, and the picture comes from another thread: decoding a screenshot takes
    longer than a key may.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else a picture is made too wide for it
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._ready: dict[tuple[str, int], QImage] = {}
        self._asked: set[tuple[str, int]] = set()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the manual's own folder, and nothing else."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        path = self.document().baseUrl().resolved(QUrl(name)).toLocalFile()
        size = QImageReader(path).size()
        room = self.viewport().width() - 2 * round(self.document().documentMargin())
        if not size.isValid() or room <= 0:
            return QImage()
        width = min(size.width(), room)
        if (path, width) in self._ready:
            return self._ready[path, width]
        if (path, width) not in self._asked:
            self._asked.add((path, width))
            beside(partial(_decoded, path, width), self._came, name="manual")
        place = QImage(width, max(1, round(size.height() * width / size.width())), QImage.Format.Format_RGB32)
        place.fill(current().colour("sunken"))
        return place

    def _came(self, answer: tuple[str, int, QImage]) -> None:
        path, width, image = answer
        self._ready[path, width] = image
        document, block = self.document(), self.document().firstBlock()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                name = at.fragment().charFormat().toImageFormat().name()
                url = document.baseUrl().resolved(QUrl(name))
                if name and url.toLocalFile() == path:
                    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
                    document.addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
                at += 1
            block = block.next()
        document.markContentsDirty(0, document.characterCount())
        self.viewport().update()


def _decoded(path: str, width: int) -> tuple[str, int, QImage]:
    image = QImage(path)
    if not image.isNull() and image.width() > width:
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return path, width, image


class ManualView(QWidget):
    """A manual to read. ``closed`` is told when Esc leaves it."""

    closed = Signal()

    def __init__(self, book: Book) -> None:
        super().__init__()
        theme = current()
        self.book = book
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        self.search = QLineEdit()
        self.search.setPlaceholderText(words("manual.search"))
        self.search.setAccessibleName(words("manual.search"))
        self.search.setMinimumHeight(theme.size("control"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._enter_page)
        self.contents = QListWidget()
        self.contents.setObjectName("manualContents")
        self.contents.setAccessibleName(words("manual.contents"))
        self.contents.setFont(theme.font("body"))
        self.contents.setWordWrap(True)
        self.contents.setSpacing(theme.px(2))
        self.contents.currentRowChanged.connect(self._chosen)
        self.contents.itemActivated.connect(lambda _item: self._enter_page())
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(theme.px(CONTENTS_WIDTH))
        row.addWidget(side)
        self.sheet = Sheet()
        self.sheet.setFont(theme.font("field", weight=400))
        self.sheet.document().setDocumentMargin(theme.px(20))
        self.sheet.setAccessibleName(words("manual.page"))
        self.sheet.anchorClicked.connect(self._follow)
        row.addWidget(self.sheet, 1)
        self._entries: tuple[Entry, ...] = ()
        self._fill(self.book.contents())
        for part in (self.search, self.contents, self.sheet):
            part.installEventFilter(self)
        if not self.book.pages:
            self.sheet.setPlainText(words("manual.none"))

    # ---- for who opens it

    def open_at(self, page: str) -> None:
        """Show a page (the first one when there is none of this name) and put the focus into the contents."""
        found = self.book.page(page)
        name = found.name if found else (self.book.pages[0].name if self.book.pages else "")
        for at, entry in enumerate(self._entries):
            if entry.page == name and not entry.heading:
                self.contents.setCurrentRow(at)
                break
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> str:
        """The name of the page in view."""
        return self._shown

    # ---- contents and search

    def _fill(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        theme = current()
        self.contents.blockSignals(True)
        self.contents.clear()
        for entry in entries:
            item = QListWidgetItem(("　" if entry.level > 1 else "") + entry.text)
            item.setFont(theme.font("body", bold=entry.level == 1))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.text)
            self.contents.addItem(item)
        self.contents.blockSignals(False)

    def _searched(self, text: str) -> None:
        found = self.book.search(text)
        self._fill(found if text.strip() else self.book.contents())
        if self._entries:
            self.contents.setCurrentRow(0)

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._entries):
            entry = self._entries[at]
            self._show(entry.page, entry.heading)

    def _show(self, name: str, heading: str) -> None:
        page = self.book.page(name)
        if page is None:
            return
        if name != self._shown:
            self._shown = name
            document = self.sheet.document()
            document.clear()  # pictures of another width as well
            document.setDocumentMargin(current().px(20))
            document.setBaseUrl(QUrl.fromLocalFile(str(self.book.folder) + "/"))
            self.sheet.setMarkdown(page.text)
            self._dress()
        self.sheet.moveCursor(QTextCursor.MoveOperation.Start)
        if heading:
            self._scroll_to(heading)

    def _scroll_to(self, heading: str) -> None:
        block = self.sheet.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1 and block.text() == heading:
                top = self.sheet.document().documentLayout().blockBoundingRect(block).top()
                self.sheet.verticalScrollBar().setValue(round(top))
                return
            block = block.next()

    def _dress(self) -> None:
        """Headings in the sizes of the theme."""
        theme = current()
        block = self.sheet.document().firstBlock()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                cursor = QTextCursor(block)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                style = block.charFormat()
                style.setFont(theme.font("title" if level == 1 else "step", bold=True))
                style.setFontWeight(QFont.Weight.Bold)
                cursor.mergeCharFormat(style)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in {"", "file"} and link.path().endswith(".md"):
            name = link.path().rsplit("/", 1)[-1]
            if self.book.page(name) is not None:
                self.search.clear()
                self.open_at(name)
                self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_page(self) -> None:
        self.sheet.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the reader; the desk's own keys do nothing while it lies over the desk."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() != Qt.Key.Key_F1:
                event.accept()
            return event.key() != Qt.Key.Key_F1
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        find = key == Qt.Key.Key_F and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if find or (key == Qt.Key.Key_Slash and watched is not self.search):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif key == Qt.Key.Key_Escape:
            self._step_back(watched)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            bar = self.sheet.verticalScrollBar()
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
        elif watched is self.search and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.contents.setCurrentRow(max(0, min(self.contents.count() - 1, self.contents.currentRow() + step)))
        else:
            return False
        return True

    def _step_back(self, watched: QObject) -> None:
        """Esc: from the page to the contents, a search away, and at last the manual itself."""
        if self.search.text():
            self.search.clear()
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
        elif watched is self.sheet:
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown:
            name, self._shown = self._shown, ""  # pictures are as wide as the page is now
            at = self.sheet.verticalScrollBar().value()
            self._show(name, "")
            self.sheet.verticalScrollBar().setValue(at)
