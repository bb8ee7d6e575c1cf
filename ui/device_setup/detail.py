"""The shown device at the right: what it is, what to do, the try and what came of it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.device_setup.model import Detail
from ui.theme import current
from ui.widgets import Chip, ElidedLabel, FlowLayout, KeyButton, Lamp, label
from ui.widgets.label import set_tone
from ui.widgets.paint import draw_box
from ui.words import words
from window_client.device_setup_state import SetupActions

PICTURE = 250


class Picture(QWidget):
    """What a scanner or a camera gave, as large as there is room, on the dark mat of pages."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = b""
        self._image = QImage()
        self._scaled = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(current().px(PICTURE))

    def present(self, picture: bytes, name: str) -> None:
        """Show a JPEG; nothing hides it."""
        if picture != self._bytes:
            self._bytes = picture
            self._image = QImage.fromData(picture) if picture else QImage()
            if not self._image.isNull():  # a page of 8 megapixels need not be kept to be looked at
                self._image = self._image.scaled(
                    1000, 1000, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            self._scaled = QPixmap()
        self.setAccessibleName(name)
        self.setVisible(bool(picture))
        self.update()

    @property
    def size_of_picture(self) -> QSize:
        """Width and height of what is shown; empty when it is no picture."""
        return self._image.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_box(painter, self.rect().toRectF(), "sunken", "line", theme.radius("control"))
        if not self._image.isNull():
            pad = theme.px(8)
            room = self.size() - QSize(2 * pad, 2 * pad)
            ratio = self.devicePixelRatioF()
            if self._scaled.isNull() or self._scaled.deviceIndependentSize().toSize() != self._image.size().scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio
            ):
                scaled = self._image.scaled(
                    room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
                scaled.setDevicePixelRatio(ratio)
                self._scaled = QPixmap.fromImage(scaled)
            size = self._scaled.deviceIndependentSize()
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawPixmap(round(left), round(top), self._scaled)
        painter.end()


class DetailPanel(QFrame):
    """What is known of one device, and its buttons.

    Args:
        actions: The set-up.
        on_edit: Opens the form for the device of a key.
    """

    def __init__(self, actions: SetupActions, on_edit: Callable[[str], object]) -> None:
        super().__init__()
        theme = current()
        self._actions, self._on_edit = actions, on_edit
        self._face = Detail()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(14))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        self._lamp = Lamp("idle", 18)
        self._headline = label("", "step", wrap=True)
        self._emulated = Chip(words("device.emulated"))
        head.addWidget(self._lamp, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._headline, 1)
        head.addWidget(self._emulated, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._note = label("", "label", wrap=True)
        self._do = label("", "", wrap=True)
        column.addWidget(self._note)
        column.addWidget(self._do)
        self._hint = label("", "label", wrap=True)
        column.addWidget(self._hint)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, 8)
        column.addWidget(self._buttons)
        self._tries: list[KeyButton] = []
        self.following = KeyButton("", "Enter", "arrow", "primary")
        self.following.clicked.connect(lambda _on=False: self.go_on())
        self._flow.addWidget(self.following)
        self.stop = KeyButton(words("setup.stop"), "Esc", "cross")
        self.stop.clicked.connect(lambda _on=False: actions.stop())
        self._flow.addWidget(self.stop)
        self._result = label("", "strong", wrap=True)
        column.addWidget(self._result)
        self._question = label("", "strong", wrap=True)
        column.addWidget(self._question)
        column.addWidget(self._make_answers())
        self.picture = Picture()
        column.addWidget(self.picture)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.px(12))
        self._facts.setVerticalSpacing(theme.px(4))
        self._facts.setColumnStretch(1, 1)
        column.addLayout(self._facts)
        column.addWidget(self._make_last())
        column.addStretch(1)

    def _make_answers(self) -> QWidget:
        self._answers = answers = QWidget()
        row = QHBoxLayout(answers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(8))
        self.yes = KeyButton("", "Y", "check", "primary")
        self.no = KeyButton("", "N", "cross")
        self.yes.clicked.connect(lambda _on=False: self._actions.answer(self._face.key, True))
        self.no.clicked.connect(lambda _on=False: self._actions.answer(self._face.key, False))
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        return answers

    def _make_last(self) -> QWidget:
        last = QWidget()
        others = FlowLayout(last, 8)
        self.use = KeyButton("", small=True)
        self.use.clicked.connect(lambda _on=False: self._use())
        self.edit = KeyButton(words("setup.edit"), icon="pen", small=True)
        self.edit.clicked.connect(lambda _on=False: self._on_edit(self._face.key))
        others.addWidget(self.use)
        others.addWidget(self.edit)
        return last

    @property
    def face(self) -> Detail:
        """What is shown."""
        return self._face

    @property
    def tries(self) -> list[KeyButton]:
        """The buttons that let the device act, the usual one first."""
        return [button for button in self._tries if not button.isHidden()]

    def go_on(self) -> bool:
        """Show the next device that is to be tried; False when there is none."""
        if self._face.following:
            self._actions.show(self._face.following)
        return bool(self._face.following)

    def _use(self) -> None:
        self._actions.use(self._face.key, self._face.use == words("setup.use"))

    def present(self, face: Detail) -> None:
        """Show a device; without one the panel is empty."""
        before, self._face = self._face, face
        self.setVisible(bool(face.key))
        self._lamp.present(face.lamp, face.headline)
        self._headline.setText(face.headline)
        self._emulated.setVisible(face.emulated)
        for line, text in (
            (self._note, face.note),
            (self._do, face.do),
            (self._hint, face.hint),
            (self._result, face.result),
            (self._question, face.question),
        ):
            line.setText(text)
            line.setVisible(bool(text))
        set_tone(self._result, face.result_tone)
        self._present_tries(face)
        self.stop.setVisible(face.may_stop)
        self.following.setVisible(bool(face.following))
        self.following.setText(face.following_words)
        self._buttons.setVisible(bool(face.tries) or face.may_stop or bool(face.following))
        self._answers.setVisible(bool(face.question))
        self.yes.setText(face.yes)
        self.no.setText(face.no)
        self.picture.present(face.picture, face.headline)
        self.use.setVisible(bool(face.use))
        self.use.setText(face.use)
        self.use.set_key("")
        self.edit.setVisible(face.may_edit)
        if face.facts != before.facts or face.key != before.key:
            self._present_facts(face)

    def _present_tries(self, face: Detail) -> None:
        while len(self._tries) < len(face.tries):
            button, place = KeyButton("", "", None), len(self._tries)
            button.clicked.connect(lambda _on=False, at=place: self._try(at))
            self._tries.append(button)
            self._flow.addWidget(button)
        for at, button in enumerate(self._tries):
            button.setVisible(at < len(face.tries))
            if at < len(face.tries):
                button.setText(face.tries[at][1])
                button.set_key("Enter" if at == 0 and not face.following else "")

    def set_try_kind(self, kind: str) -> None:
        """``primary`` while a try is the next thing to do: there is one filled button at a time."""
        for at, button in enumerate(self._tries):
            button.set_kind(kind if at == 0 and not self._face.following else "plain")

    def _try(self, at: int) -> None:
        if at < len(self._face.tries):
            self._actions.try_row(self._face.key, self._face.tries[at][0])

    def _present_facts(self, face: Detail) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, (name, value) in enumerate(face.facts):
            said: QLabel = label(name, "meta")
            self._facts.addWidget(said, at, 0)
            self._facts.addWidget(ElidedLabel(value, "label", "ink-2"), at, 1)
