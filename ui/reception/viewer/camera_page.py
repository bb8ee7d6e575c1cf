"""高拍仪: the live picture, where pages go, and the pages of that material."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from ui.icons import paint_icon, pixmap
from ui.keys import cap
from ui.reception.viewer.camera_model import CameraFace, Live, stage_words
from ui.reception.viewer.strip import PageStrip
from ui.theme import current
from ui.widgets import KeyButton, PageStage, StageFace, ToolKey, label
from ui.widgets.field import ChoiceBox
from ui.widgets.label import set_tone
from ui.widgets.paint import draw_box, draw_text, text_width
from ui.words import words
from window_client.reception.actions import ClerkActions, Pictures


class TargetBox(ChoiceBox):
    """The material that pages go to, its number in the accent."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""  # type: ignore[attr-defined]  # the stubs of Qt 6.9 lack it
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        number, _, name = self.currentText().partition("\t")
        if not name:
            number, name = "", words("viewer.target.none")
        left, room = float(theme.px(11)), self.width() - theme.px(38)
        font = theme.font("field", weight=700)
        left += draw_text(painter, QRectF(left, 0, room, self.height()), number, font, "accent")
        left += theme.px(7) if number else 0
        box = QRectF(left, 0, self.width() - theme.px(34) - left, self.height())
        font = theme.font("field")
        draw_text(painter, box, name, font, "ink" if number else "ink-3", may_elide=True)
        painter.end()
        self.setToolTip(name if text_width(font, name) > box.width() + 1 else "")


class AutoToggle(QAbstractButton):
    """自动拍: a tick when on, an empty box when off."""

    accessible_role = QAccessible.Role.CheckBox

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._worded = True

    def set_room(self, *, words: bool) -> None:
        """Give way where there is little room: the box alone, with its words in the tooltip."""
        if words != self._worded:
            self._worded = words
            self.setToolTip("" if words else self.text())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        wide = text_width(theme.font("label"), self.text()) + theme.px(8) if self._worded else 0
        return QSize(round(wide + theme.px(16)), theme.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(16)
        box = QRectF(0, round((self.height() - side) / 2), side, side)
        if self.isChecked():
            paint_icon(painter, "check", "accent", box)
        else:
            painter.setPen(QPen(theme.colour("line-strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 2, 2)
        left = side + theme.px(6)
        ink = "ink-2" if self.isChecked() else "ink-3"
        if self._worded:
            draw_text(painter, QRectF(left, 0, self.width(), self.height()), self.text(), theme.font("label"), ink)
        if self.hasFocus():
            draw_box(painter, QRectF(self.rect()).adjusted(0, 4, 0, -4), "", "accent", theme.radius("chip"), 2)
        painter.end()


class CameraPage(QWidget):
    """The camera page of the right column."""

    def __init__(
        self,
        actions: ClerkActions,
        pictures: Pictures,
        on_open_page: Callable[[int], object],
        on_crop: Callable[[], object],
    ) -> None:
        super().__init__()
        self._actions, self._pictures, self._on_crop = actions, pictures, on_crop
        self._face: CameraFace | None = None
        self._live: Live | None = None
        self._image: QImage | None = None
        theme = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_target())
        self.stage = PageStage()
        column.addWidget(self.stage, 1)
        column.addWidget(self._make_tools())
        self._strip = PageStrip((50, 70), 8, self._actions.select_page, on_open_page, self._dropped)
        self._strip_box = QWidget()
        row = QHBoxLayout(self._strip_box)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(11))
        row.addWidget(self._strip, 1)
        self._count = label("", "meta")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._count)
        column.addWidget(self._strip_box)
        column.addWidget(self._make_options())

    def _make_options(self) -> QWidget:
        """What the scanner does by itself, and how large the case is."""
        theme = current()
        self._options = QWidget()
        row = QHBoxLayout(self._options)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(8))
        row.setSpacing(theme.px(14))
        self.auto_feed = AutoToggle(words("viewer.auto_feed"))
        self.auto_feed.clicked.connect(lambda on: self._actions.set_auto_feed(bool(on)))
        self.duplex = AutoToggle(words("viewer.duplex"))
        self.duplex.clicked.connect(lambda on: self._actions.set_duplex(bool(on)))
        for toggle in (self.auto_feed, self.duplex):
            toggle.setFixedHeight(theme.px(26))
            row.addWidget(toggle)
        row.addStretch(1)
        self._size = label("", "meta")
        row.addWidget(self._size)
        return self._options

    def _dropped(self, key: str, place: int) -> None:
        """A page was dragged into the strip of the current row."""
        if self._face is not None and self._face.current:
            self._actions.move_page(key, self._face.current, place)

    def _make_target(self) -> QWidget:
        theme = current()
        self._target_box = QWidget()
        row = QHBoxLayout(self._target_box)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(9))
        row.addWidget(label(words("viewer.target"), "label"))
        self.target = TargetBox()
        self.target.setAccessibleName(words("viewer.target"))
        self.target.setFixedHeight(theme.px(34))
        self.target.setStyleSheet(f"QComboBox {{ min-height: {theme.px(32)}px; }}")
        self.target.activated.connect(lambda index: self._actions.choose_row(str(self.target.itemData(index))))
        row.addWidget(self.target, 1)
        self.lens = KeyButton(words("viewer.lens.other"), "L", "camera", "plain")
        self.lens.clicked.connect(lambda _checked=False: self._actions.turn_lens())
        self.lens.setVisible(False)
        row.addWidget(self.lens)
        return self._target_box

    def _make_tools(self) -> QWidget:
        theme = current()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(6))
        self._tools = row
        self.capture = KeyButton(words("viewer.capture"), cap("capture"), "camera", "plain")
        self.capture.clicked.connect(lambda _checked=False: self._actions.capture())
        self.turn = ToolKey(words("viewer.turn"), "rotate", "R")
        self.turn.clicked.connect(lambda _checked=False: self._actions.turn_page())
        self.crop = ToolKey(words("viewer.crop"), "crop", "C")
        self.crop.clicked.connect(lambda _checked=False: self._on_crop())
        self.delete = ToolKey(words("viewer.delete"), "trash", "Del")
        self.delete.clicked.connect(lambda _checked=False: self._actions.delete_page())
        self.auto = AutoToggle(words("viewer.auto"))
        self.auto.clicked.connect(lambda on: self._actions.set_auto_capture(bool(on)))
        self._shield = label()
        self._shield.setPixmap(pixmap("shield", "ink-3", theme.px(16)))
        self._note = label("", "meta")
        for button in (self.capture, self.turn, self.crop, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.auto)
        row.addWidget(self._shield)
        row.addWidget(self._note)
        return box

    def present(self, face: CameraFace) -> None:
        """Show where pages go and which there are."""
        self._face = face
        working = bool(face.targets)
        self._target_box.setVisible(working)
        self._fill_target(face)
        self.lens.setVisible(bool(face.lens))
        self.lens.setToolTip(f"{face.lens}　L")
        self.lens.setAccessibleName(f"{face.lens} L")
        self.lens.set_icon("user" if face.lens == words("viewer.lens.document") else "camera")
        self.capture.setEnabled(face.may_capture and not face.capturing)
        self.capture.setText(words("viewer.capturing") if face.capturing else words("viewer.capture"))
        self.capture.set_kind("primary" if face.primary else "plain")
        has_page = 0 <= face.selected < len(face.pages)
        for tool in (self.turn, self.crop, self.delete):
            tool.setVisible(working)
            tool.setEnabled(has_page)
        if has_page:
            self.crop.setEnabled(not face.pages[face.selected].parts)
        self.auto.setVisible(working)
        self.auto.setChecked(face.auto)
        self._shield.setVisible(not working)
        self._note.setVisible(not working)
        self._note.setText(face.note)
        self._strip_box.setVisible(working)
        self._strip.present(face.pages, self._pictures.thumbnail, face.selected, next_place=True)
        lines = [words("viewer.strip.pages", n=len(face.pages))]
        if face.unsorted:
            lines.append(words("viewer.strip.unsorted", n=face.unsorted))
        if len(face.pages) > 1:
            lines.append(words("viewer.strip.drag"))
        if face.pages:
            lines.append(words("viewer.strip.zoom"))
        self._count.setText("\n".join(lines))
        self._options.setVisible(bool(face.size))
        for toggle, on in ((self.auto_feed, face.auto_feed), (self.duplex, face.duplex)):
            toggle.setVisible(on is not None)
            toggle.setChecked(bool(on))
        self._size.setText(face.size)
        set_tone(self._size, "warn" if face.over else "ink-3")
        self._present_stage()

        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the row of tools has no room, icon and key cap of its first button go, then the word beside the box."""
        if self._face is not None:  # in large letters the name of the target goes before the words of the button
            narrow = self.width() < current().px(330)
            self.lens.setText("" if narrow else self._face.lens)
            self.lens.set_room(tight=narrow, key="" if narrow else "L")
        shown = [w for w in (self.capture, self.turn, self.crop, self.delete, self.auto) if not w.isHidden()]
        key = cap("capture")
        for icon, shown_key, worded, gap in (("camera", key, True, 6), (None, key, True, 6), (None, "", True, 6),
                                             (None, "", False, 3)):  # fmt: skip
            self.capture.set_icon(icon)
            self.capture.set_room(tight=not shown_key, key=shown_key)
            self.auto.set_room(words=worded)
            self._tools.setSpacing(current().px(gap))
            room = self.width() - current().px(24) - current().px(gap) * (len(shown) + 1)
            if room <= 0 or room >= sum(widget.sizeHint().width() for widget in shown):
                return

    def _fill_target(self, face: CameraFace) -> None:
        wanted = [(t.material_id, f"{t.number}\t{t.name}") for t in face.targets]
        have = [(str(self.target.itemData(i)), self.target.itemText(i)) for i in range(self.target.count())]
        if wanted != have:
            self.target.clear()
            for material_id, text in wanted:
                self.target.addItem(text, material_id)
        self.target.setCurrentIndex(self.target.findData(face.current))

    def present_live(self, live: Live | None) -> None:
        """Show the newest frame, or that none comes."""
        self._live = live
        if live is None or not live.preview_width:
            self._image = None
        else:
            # copied: the bytes belong to the watcher, which makes new ones ten times a second
            self._image = QImage(
                live.preview,
                live.preview_width,
                live.preview_height,
                live.preview_width * 3,
                QImage.Format.Format_RGB888,
            ).copy()
        self._present_stage()

    def forget(self) -> None:
        """Keep nothing of the last visit's paper."""
        self.present_live(None)
        self._strip.present((), self._pictures.thumbnail, -1)

    def _present_stage(self) -> None:
        face, live = self._face, self._live
        if face is None:
            return
        if live is None or self._image is None or face.away or not face.targets:
            self.stage.present(StageFace("ready", face.stage_title, face.stage_note, left=face.asks))
            return
        said = stage_words(live)
        corners = tuple((x, y) for x, y in live.corners) if live.corners else None
        self.stage.present(
            StageFace(
                "live",
                said.title,
                said.note,
                corners,
                said.left[:1] + face.asks if said.warn else face.asks + said.left[: 1 if face.asks else 2],
                words("viewer.live"),
                said.warn,
            ),
            self._image,
        )
