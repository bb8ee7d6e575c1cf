"""The right column as a whole: tabs and their pages."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.reception.viewer import camera_model, model, outbox_model, pages_model
from ui.reception.viewer.camera_page import CameraPage
from ui.reception.viewer.device_page import DevicePage
from ui.reception.viewer.list_pages import ECertPage
from ui.reception.viewer.outbox_page import OutboxPage
from ui.reception.viewer.pages_page import PagesPage
from ui.reception.viewer.tab_strip import TabStrip
from ui.theme import Theme
from ui.widgets.thumbnail import forget_pictures
from ui.words import words
from window_client.domain.visit import State
from window_client.reception.actions import ClerkActions, Pictures
from window_client.reception.state import ReceptionState


class ViewerView(QWidget):
    """Shows the paper and the machines. ``present`` takes the desk's state, ``present_live`` the camera's newest frame.

    The state asks for a tab (``model.tabs``); the clerk may look at another one until the state asks for another.
    """

    def __init__(
        self,
        actions: ClerkActions,
        pictures: Pictures,
        theme: Theme,
        parent: QWidget | None = None,
        on_leave: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._on_leave = on_leave
        self.setObjectName("viewer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words("viewer.name"))
        self.setMinimumWidth(theme.width("viewer"))
        self._state: ReceptionState | None = None
        self._wanted = ""
        self._chosen = model.CAMERA
        self._asked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.tab_strip = TabStrip(self.show_tab, words("viewer.name"))
        column.addWidget(self.tab_strip)
        self.camera = CameraPage(actions, pictures, self._open_page, lambda: self.open_page(crop=True))
        self.pages = PagesPage(actions, pictures, self._leave_page)
        self.ecerts = ECertPage(actions)
        self.outbox = OutboxPage(actions)
        self.device = DevicePage(actions)
        self._pages: dict[str, QWidget] = {
            model.CAMERA: self.camera,
            model.PAGES: self.pages,
            model.ECERTS: self.ecerts,
            model.OUTBOX: self.outbox,
            model.DEVICE: self.device,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)

    @property
    def chosen(self) -> str:
        """The tab that is shown now."""
        return self._chosen

    def present(self, state: ReceptionState) -> None:
        """Show the desk's state."""
        before, self._state = self._state, state
        if before is not None and (before.materials or before.result) and not (state.materials or state.result):
            self._forget()
        if state.visit is State.PAUSED and (before is None or before.visit is not State.PAUSED):
            self._asked = ""  # nothing is looked at while the window pauses, until a key asks for it
        tabs = model.tabs(state)
        if tabs.wanted != self._wanted:
            self._wanted = tabs.wanted
            self._chosen = tabs.wanted
            self._asked = ""
        shown = tabs.tabs
        known = {tab.id for tab in shown}
        if self._asked and self._asked not in known:
            shown = (*shown, model.extra_tab(self._asked, state))
            known.add(self._asked)
        if self._chosen not in known:
            self._chosen = tabs.wanted if tabs.wanted in known else model.CAMERA
        blank = state.visit is State.PAUSED and not self._asked
        for part in (self.tab_strip, self._stack):
            part.setVisible(not blank)
        if blank:
            return
        self.tab_strip.present(shown, self._chosen)
        self._stack.setCurrentWidget(self._pages[self._chosen])
        self._present_page(state)

    def _forget(self) -> None:
        """The visit is over: no page, thumbnail or receipt stays in the screens' memory."""
        self.camera.forget()
        self.pages.forget()
        forget_pictures()

    def _present_page(self, state: ReceptionState) -> None:
        """Only the page in sight is built; another one when it is turned to."""
        if self._chosen == model.CAMERA:
            self.camera.present(camera_model.camera(state))
        elif self._chosen == model.PAGES:
            self.pages.present(pages_model.pages(state))
        elif self._chosen == model.ECERTS:
            self.ecerts.present(pages_model.ecerts(state), online=state.network.online)
        elif self._chosen == model.OUTBOX:
            self.outbox.present(outbox_model.outbox(state))
        else:
            self.device.present(state)

    def present_live(self, live: camera_model.Live | None) -> None:
        """Show the camera's newest frame while its tab is in sight; None when no frames come."""
        if self._chosen == model.CAMERA or live is None:
            self.camera.present_live(live)

    def show_tab(self, tab_id: str) -> None:
        """Turn to a tab (click, Ctrl+O, Alt+D); one that nothing makes matter now is added while it is seen."""
        self._chosen = tab_id
        self._asked = tab_id
        if self._state is not None:
            self.present(self._state)

    def show_device(self, device_id: str = "") -> None:
        """Turn to the device page: to one device (a click on its pill), or to the list (Alt+D)."""
        self.show_tab(model.DEVICE)
        if device_id:
            self.device.choose(device_id)
        else:
            self.device.focus_list()

    def remember(self) -> str | None:
        """The tab that the clerk turned to, for a window that is built again."""
        return self._chosen if self._chosen != self._wanted else None

    def recall(self, kept: str) -> None:
        """Turn to it again."""
        self.show_tab(kept)

    def open_page(self, *, crop: bool = False) -> bool:
        """The selected page of the current material in large, with the keys; ``crop``: with its corners.

        False: there is none.
        """
        state = self._state
        if state is None or state.materials is None:
            return False
        index = state.materials.selected_page
        row = next((row for row in state.materials.rows if row.current), None)
        if row is None or not row.pages:
            return False
        self._open_page(max(index, 0))
        self.pages.open_page(crop=crop)
        return True

    def _leave_page(self) -> None:
        """Done with a page: the camera again, and the keys where they were."""
        self.show_tab(model.CAMERA)
        self._on_leave()

    def _open_page(self, index: int) -> None:
        """A double click on a thumbnail of the current material: the same page in large."""
        state = self._state
        if state is None or state.materials is None:
            return
        before = 0
        for row in state.materials.rows:
            if row.material_id == state.materials.current:
                break
            before += len(row.pages)
        self.show_tab(model.PAGES)
        self.pages.show_page(before + index)
