"""扫描件: each page of the case in large, and the receipt once the case is accepted."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.keys import cap
from ui.reception.viewer.pages_model import PagesFace, corners_of, flags, page_name, turned_corners
from ui.reception.viewer.strip import PageStrip
from ui.theme import current
from ui.widgets import ElidedLabel, KeyButton, ReceiptPaper, StageFace, ToolKey, label
from ui.widgets.label import set_tone
from ui.widgets.page_decoder import AT_ONCE, PageDecoder, pixels
from ui.widgets.page_hands import PageHands
from ui.words import words
from window_client.domain.material import PageRef
from window_client.reception.actions import ClerkActions, Pictures


class _Mat(QWidget):
    """The dark mat under the receipt."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), current().colour("stage"))
        painter.end()


class PagesPage(QWidget):
    """A large page with the strip of all pages, or the receipt with its print state.

    Args:
        actions: The desk.
        pictures: Pages in memory.
        on_leave: Called when the clerk is done with a page that was opened from the checklist (Esc).
    """

    def __init__(self, actions: ClerkActions, pictures: Pictures, on_leave: Callable[[], object]) -> None:
        super().__init__()
        self._actions, self._pictures, self._on_leave = actions, pictures, on_leave
        self._face: PagesFace | None = None
        self._selected = -1
        self._shown: tuple[str, QImage, QImage] | None = None  # name, as seen whole, as enlarged
        self._decoder = PageDecoder(self)
        self._decoder.came.connect(self._came)
        self._cropped = ""  # key of the page whose corners are being moved
        self._began = False
        self._moving = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.stage = PageHands(self._hand)
        self.stage.setAccessibleName(words("viewer.tab.pages"))
        self._stack.addWidget(self.stage)
        self._stack.addWidget(self._make_receipt())
        column.addWidget(self._make_tools())
        column.addWidget(self._make_crop_bar())
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

    def _make_tools(self) -> QWidget:
        theme = current()
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        row.setSpacing(theme.px(6))
        self.zoom_out = self._tool("viewer.zoom_out", "minus", "−", lambda: self.stage.zoom_by(-1))
        self.zoom_in = self._tool("viewer.zoom_in", "plus", "+", lambda: self.stage.zoom_by(1))
        self.turn = self._tool("viewer.turn", "rotate", "R", lambda: self._edit(self._actions.turn_page))
        self.crop = self._tool("viewer.crop", "crop", "C", self.begin_crop)
        self.retake = self._tool("viewer.retake", "camera", "P", lambda: self._edit(self._actions.retake_page))
        self.delete = self._tool("viewer.delete", "trash", "Del", lambda: self._edit(self._actions.delete_page))
        self.undo = self._tool("viewer.undo", "recall", "Ctrl+Z", self._actions.undo)
        for tool in (self.zoom_out, self.zoom_in, self.turn, self.crop, self.retake, self.delete, self.undo):
            row.addWidget(tool)
        self._hint = ElidedLabel("", "meta", "ink-2")
        row.addWidget(self._hint, 1)
        return self._tools

    @staticmethod
    def _tool(name: str, icon: str, key: str, do: Callable[[], object]) -> ToolKey:
        tool = ToolKey(words(name), icon, key)
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tool.clicked.connect(lambda _checked=False: do())
        return tool

    def _make_crop_bar(self) -> QWidget:
        theme = current()
        self._crop_bar = QWidget()
        row = QHBoxLayout(self._crop_bar)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), 0)
        row.setSpacing(theme.px(6))
        self.apply = KeyButton(words("viewer.crop.apply"), "Enter", None, "primary")
        self.apply.clicked.connect(lambda _checked=False: self._hand("apply"))
        self.found = KeyButton(words("viewer.crop.found"))
        self.found.clicked.connect(lambda _checked=False: self._use_found())
        self.cancel = KeyButton(words("viewer.crop.cancel"), "Esc")
        self.cancel.clicked.connect(lambda _checked=False: self._hand("cancel"))
        for button in (self.apply, self.found, self.cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        self._crop_bar.hide()
        return self._crop_bar

    def _make_strip(self) -> QWidget:
        theme = current()
        self._strip_box = QWidget()
        row = QHBoxLayout(self._strip_box)
        row.setContentsMargins(theme.px(12), theme.px(11), theme.px(12), theme.px(10))
        self._strip = PageStrip((40, 56), 6, self.show_page, on_drop=self._dropped)
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
        seen = self._page()
        before, self._face = self._face, face
        there = next((at for at, page in enumerate(face.pages) if seen is not None and page.key == seen.key), -1)
        if before is None or seen is None or (face.chosen >= 0 and face.chosen != before.chosen):
            self._selected = face.selected
        elif there >= 0:
            self._selected = there
        elif len(before.pages) <= len(face.pages):
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
        self._present_tools(face)
        self._present_stage()

    def forget(self) -> None:
        """Keep nothing of the last visit's paper."""
        self._face, self._shown, self._selected = None, None, -1
        self._cropped, self._moving = "", False
        self._decoder.forget()
        self._strip.present((), self._pictures.thumbnail, -1)
        self.receipt.present(())
        self.stage.present(StageFace("empty"))

    # ---- one page

    def show_page(self, index: int) -> None:
        """Look at a page; while the materials are open it is the selected one too, else nothing on the desk changes."""
        face = self._face
        self._selected, self._cropped, self._moving = index, "", False
        self.stage.zoom.reset()
        if face is None:
            return
        self._choose()
        self._strip.present(face.pages, self._pictures.thumbnail, index)
        self._present_tools(face)
        self._present_stage()

    def open_page(self, *, crop: bool = False) -> None:
        """Give the keys to the page in sight; ``crop``: its corners at once."""
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        if crop:
            self.begin_crop()

    def _page(self) -> PageRef | None:
        face = self._face
        return face.pages[self._selected] if face is not None and 0 <= self._selected < len(face.pages) else None

    def _may_edit(self) -> bool:
        """Whether the page in sight is the desk's selected one."""
        face = self._face
        return bool(
            face and face.may_arrange and 0 <= self._selected < len(face.places) and face.places[self._selected][0]
        )

    def _choose(self) -> None:
        """Make the page in sight the one that the desk's keys act on."""
        if self._may_edit() and self._face is not None:
            material_id, place = self._face.places[self._selected]
            self._actions.choose_row(material_id)
            self._actions.select_page(place)

    def _edit(self, do: Callable[[], object]) -> None:
        """Do something with the page in sight."""
        if self._may_edit():
            if self._face is not None and self._face.chosen != self._selected:
                self._choose()
            do()

    def begin_crop(self) -> None:
        """Show the original with its corners."""
        page = self._page()
        if page is None or page.parts or not page.original or not self._may_edit() or self._face is None:
            return
        self._cropped, self._began, self._moving = page.key, False, False
        self.stage.setFocus(Qt.FocusReason.OtherFocusReason)
        self._present_tools(self._face)
        self._present_stage()

    def _hand(self, name: str) -> None:
        """What the hands on the stage ask for."""
        if name == "apply" and self._cropped and self._began:
            page = self._page()
            turn = page.turn if page else 0
            corners = turned_corners(self.stage.corners, -turn)
            self._edit(lambda: self._actions.crop_page(corners))
            self._end_crop()
        elif name == "cancel" and self._cropped:
            self._end_crop()
        elif name == "cancel":
            self._on_leave()
        elif name in {"next", "previous"} and self._face is not None:
            index = self._selected + (1 if name == "next" else -1)
            if 0 <= index < len(self._face.pages):
                self.show_page(index)
        elif name == "zoomed" and self._face is not None:
            self._present_tools(self._face)
            self._present_stage()

    def _use_found(self) -> None:
        self._edit(lambda: self._actions.crop_page(()))
        self._end_crop()

    def _end_crop(self) -> None:
        self._cropped = ""
        if self._face is not None:
            self._present_tools(self._face)
            self._present_stage()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._cropped or not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        face, page, key = self._face, self._page(), Qt.Key(event.key())
        if face is None or page is None or not face.may_arrange:
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._moving and event.text().isdigit():
            self._move_to(int(event.text()))
            return True
        if key == Qt.Key.Key_M and not control:
            self._moving = True
            self._present_tools(face)
            return True
        if not self._may_edit():
            return False
        if control and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if key == Qt.Key.Key_Right else -1
            self._edit(lambda: self._actions.shift_page(by))
            return True
        plain: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_R: self._actions.turn_page,
            Qt.Key.Key_C: self.begin_crop,
            Qt.Key.Key_P: self._actions.retake_page,
            Qt.Key.Key_Delete: self._actions.delete_page,
            Qt.Key.Key_Backspace: self._actions.delete_page,
        }
        if control or key not in plain:
            return False
        self._edit(plain[key])
        return True

    def _move_to(self, number: int) -> None:
        self._moving = False
        face, page = self._face, self._page()
        target = "" if number == 0 else next((id_ for at, id_ in face.rows if at == number), None) if face else None
        if page is not None and target is not None:
            self._actions.move_page(page.key, target)
        if face is not None:
            self._present_tools(face)

    def _dropped(self, key: str, place: int) -> None:
        """A page was dragged within the strip of all pages: the row of the place where it was let go."""
        face = self._face
        if face is None or not face.may_arrange or not face.places:
            return
        own = next((at for at, page in enumerate(face.pages) if page.key == key), -1)
        left = [where for at, where in enumerate(face.places) if at != own]
        if place < len(left):
            row, at = left[place]
            same = own >= 0 and face.places[own][0] == row
            at -= 1 if same and at > face.places[own][1] else 0
            self._actions.move_page(key, row, at)
        elif left:
            self._actions.move_page(key, left[-1][0])

    # ---- what is shown

    def _present_tools(self, face: PagesFace) -> None:
        page, edit = self._page(), self._may_edit()
        cropping = bool(self._cropped) and page is not None and page.key == self._cropped
        if not cropping:
            self._cropped = ""
        self._tools.setVisible(face.receipt is None and page is not None and not cropping)
        self._crop_bar.setVisible(face.receipt is None and cropping)
        self.zoom_out.setEnabled(self.stage.zoom.enlarged)
        for tool in (self.turn, self.delete, self.crop, self.retake):
            tool.setVisible(face.may_arrange)
            tool.setEnabled(edit)
        if page is not None and page.parts:
            self.crop.setEnabled(False)
            self.retake.setEnabled(False)
        self.undo.setVisible(face.may_arrange)
        self.undo.setEnabled(face.undo)
        self._hint.setText(words("viewer.move.hint") if self._moving else self._zoomed())

    def _zoomed(self) -> str:
        return words("viewer.zoom", n=round(self.stage.zoom.factor * 100)) if self.stage.zoom.enlarged else ""

    def _present_stage(self) -> None:
        page = self._page()
        if page is None:
            self._shown = None
            hint = words("viewer.no_pages.hint")
            self.stage.present(StageFace("empty", words("viewer.no_pages"), hint))
            return
        if self._cropped:
            self._present_crop(page)
            return
        if self._shown is None or self._shown[0] != page.digest:
            self.stage.zoom.reset()
            self._shown = self._look(page)
        elif self._shown[2].isNull():
            self._shown = self._look(page) or self._shown
        chips = flags(page)
        if page.auto_turn and page.auto_turn == page.turn:
            chips += (("rotate", words("viewer.flag.turned")),)
        picture = None
        if self._shown is not None:
            enlarged = self.stage.zoom.enlarged and not self._shown[2].isNull()
            picture = self._shown[2] if enlarged else self._shown[1]
        self.stage.present(StageFace("frozen", left=chips, warn=bool(flags(page))), picture)
        self.stage.setAccessibleName(page_name(page, self._selected + 1))

    def _look(self, page: PageRef) -> tuple[str, QImage, QImage] | None:
        """A page's pictures as far as they are there: the small one until the large one is decoded."""
        jpeg = self._pictures.page(page.digest)
        if jpeg is not None and pixels(jpeg) <= AT_ONCE:
            image = QImage.fromData(jpeg)
            return None if image.isNull() else (page.digest, image, image)
        if jpeg is not None:
            self._decoder.decode(page.digest, jpeg)
        small = self._pictures.thumbnail(page.digest)
        return (page.digest, QImage.fromData(small), QImage()) if small else None

    def _came(self, name: str, seen: QImage, whole: QImage) -> None:
        """A large page was decoded."""
        page = self._page()
        if self._decoder.wants(name) and page is not None and page.digest == name and not seen.isNull():
            self._shown = (name, seen, whole)
            self._decoder.forget()
            if not self._cropped:
                self._present_stage()

    def _present_crop(self, page: PageRef) -> None:
        name = f"{page.original}@{page.turn}"
        if self._shown is None or self._shown[0] != name:
            jpeg = self._pictures.original(page.original)
            image = QImage.fromData(jpeg) if jpeg else QImage()
            if image.isNull():
                self._shown = None
                self.stage.present(StageFace("empty", words("viewer.crop.waiting"), ""))
                return
            image = image.transformed(QTransform().rotate(page.turn)) if page.turn else image
            self._shown = (name, image, image)
        self.stage.present(StageFace("crop", left=(("crop", words("viewer.crop.title")),)), self._shown[1])
        if not self._began:
            self._began = True
            self.stage.begin_crop(corners_of(page))
