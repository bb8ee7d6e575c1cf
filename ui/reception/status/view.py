"""The status bar: machines, network, outbox, and when the draft was saved."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.reception.pieces import Act, set_text
from ui.reception.status.model import Pill, StatusBar
from ui.theme import current
from ui.widgets.device_pill import DevicePill, PillFace
from ui.widgets.label import label


class StatusBarView(QWidget):
    """Pills are made once a device and only changed."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        theme = current()
        self._act = act
        self._shown: StatusBar | None = None
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.size("status-bar"))
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), 1, theme.px(12), 0)
        line.setSpacing(theme.px(2))
        self._devices = QHBoxLayout()
        self._devices.setSpacing(theme.px(2))
        self._pills: dict[str, DevicePill] = {}
        line.addLayout(self._devices)
        edge = QWidget()
        edge.setFixedSize(1, theme.px(16))
        edge.setStyleSheet(f"background: {theme.hex('line')};")
        line.addSpacing(theme.px(8))
        line.addWidget(edge)
        line.addSpacing(theme.px(6))
        self.network = DevicePill(lambda: act("outbox"), announces=False)
        self.outbox = DevicePill(lambda: act("outbox"), announces=False)
        line.addWidget(self.network)
        line.addWidget(self.outbox)
        line.addStretch(1)
        self._saved = label("", "meta")
        line.addWidget(self._saved)

    def present(self, shown: StatusBar) -> None:
        """Show the bar."""
        if shown == self._shown:
            return
        self._shown = shown
        if [pill.id for pill in shown.pills] != list(self._pills):
            for old in self._pills.values():
                old.hide()
                old.deleteLater()
            self._pills = {pill.id: DevicePill(partial(self._act, f"device:{pill.id}")) for pill in shown.pills}
            for made in self._pills.values():
                self._devices.addWidget(made)
        for pill in shown.pills:
            self._pills[pill.id].present(_face(pill))
        self.network.present(_face(shown.network))
        self.outbox.present(_face(shown.outbox))
        set_text(self._saved, shown.saved)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room fine devices keep lamp and icon only, then faults lose their names, then all words."""
        pills = [*self._pills.values(), self.network, self.outbox]
        for pill in pills:
            pill.set_short(0)
        theme = current()
        needs = sum(pill.sizeHint().width() + theme.px(2) for pill in pills) + self._saved.sizeHint().width()
        room = self.width() - theme.px(24 + 16) - 1
        for steps in (1, 2, 3):
            for pill in pills if steps == 1 else reversed(pills):  # the first fault keeps its words longest
                if needs <= room:
                    return
                whole = pill.sizeHint().width()
                pill.set_short(steps)
                needs += pill.sizeHint().width() - whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def words(self) -> str:
        """What stands at the right end."""
        return self._saved.text()


def _face(pill: Pill) -> PillFace:
    level = {"off": "idle", "plain": ""}.get(pill.level, pill.level)
    return PillFace(level, pill.icon, pill.name, pill.reason, pill.key, pill.mark)
