"""Adding or changing a device by hand: kind, driver, address, options."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from drivers.contracts import DeviceConfig
from drivers.recognise.options import options_of
from ui.device_setup import model
from ui.device_setup.model import FormFace, Wrong
from ui.theme import current
from ui.widgets import FieldBox, FieldFace, KeyButton, label
from ui.words import words


class FormPanel(QFrame):
    """A form in the place of the shown device.

    Args:
        face: What it begins with.
        on_take: Gets the key of the device (empty for a new one) and the device.
        on_cancel: Leaves everything as it was.
    """

    def __init__(
        self, face: FormFace, on_take: Callable[[str, DeviceConfig], object], on_cancel: Callable[[], object]
    ) -> None:
        super().__init__()
        theme = current()
        self.setObjectName("setupForm")
        self._face, self._on_take = face, on_take
        self._example = model.example_of(face.kind, face.driver)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(14))
        column.setSpacing(theme.px(8))
        column.addWidget(label(face.title, "step", wrap=True))
        self.kind = FieldBox("choice", self._kind_chosen)
        self.driver = FieldBox("choice", self._driver_chosen)
        self.url, self.options = FieldBox("text"), FieldBox("text")
        self.emulated = FieldBox("choice")
        for field in (self.kind, self.driver, self.url, self.options, self.emulated):
            column.addWidget(field)
            if isinstance(field.editor, QComboBox):  # a long name gives way; the whole of it is in the tooltip
                field.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.editor.setMinimumContentsLength(6)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, theme.px(4), 0, 0)
        row.setSpacing(theme.px(8))
        self.take = KeyButton(words("setup.form.take"), "Ctrl+Enter", "check", "primary")
        self.take.clicked.connect(lambda _on=False: self.finish())
        self.cancel = KeyButton(words("setup.form.cancel"), "Esc")
        self.cancel.clicked.connect(lambda _on=False: on_cancel())
        row.addWidget(self.take)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addWidget(buttons)
        column.addWidget(label(words("setup.form.options.note"), "meta", wrap=True))
        self.told = label("", "meta", wrap=True)  # the driver's own words about its options: they are English
        column.addWidget(self.told)
        column.addStretch(1)
        self.kind.present(FieldFace(words("setup.form.kind"), face.kind, options=face.kinds))
        self._offer_drivers(face.driver)
        self._present_texts(face.url, face.options, Wrong())
        self._tell_options()
        self.emulated.present(
            FieldFace(
                words("setup.form.emulated"),
                "emulated" if face.emulated else "real",
                options=(("real", words("setup.form.real")), ("emulated", words("setup.form.stand_in"))),
            )
        )
        self.emulated.setVisible(face.may_emulate)

    def focus_first(self) -> None:
        """Put the keys into the form."""
        self.kind.focus()

    def _offer_drivers(self, driver: str) -> None:
        drivers = model.drivers_of(self.kind.text() or self._face.kind)
        chosen = driver if driver in dict(drivers) else drivers[0][0]
        self.driver.present(FieldFace(words("setup.form.driver"), chosen, options=drivers))

    def _present_texts(self, url: str, options: str, wrong: Wrong) -> None:
        self.url.present(FieldFace(words("setup.form.url"), url, problem=wrong.url, required=True))
        self.options.present(
            FieldFace(
                words("setup.form.options"),
                options,
                problem=wrong.options,
                placeholder=words("setup.form.options.example"),
            )
        )

    def _kind_chosen(self, _kind: str) -> None:
        self._offer_drivers("")
        self._driver_chosen(self.driver.text())

    def _driver_chosen(self, driver: str) -> None:
        """An address that was only the example becomes the example of the driver that was chosen."""
        before, self._example = self._example, model.example_of(self.kind.text(), driver)
        self._tell_options()
        if self.url.text() in {"", before}:
            self._present_texts(self._example, self.options.text(), Wrong())

    def _tell_options(self) -> None:
        told = options_of(self.kind.text(), self.driver.text())
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def finish(self) -> None:
        """Take the device, or say what is wrong."""
        url, options = self.url.text(), self.options.text()
        found = model.filled(
            self.kind.text(), self.driver.text(), url, options, emulated=self.emulated.text() == "emulated"
        )
        if isinstance(found, Wrong):
            self._present_texts(url, options, found)
            (self.url if found.url else self.options).focus()
            return
        self._on_take(self._face.key, found)
