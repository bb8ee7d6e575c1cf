"""The scenes of the reception desk in any looks: what the text walk, the English test and the golden pictures share."""

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.gui import gallery_rail
from tests.gui import gallery_reception as demo
from ui.looks import SWITCHES, Looks
from ui.reception.item.view import ItemView
from ui.reception.window import ReceptionWindow
from ui.theme import apply_theme
from ui.words import words
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState

Press = Callable[[ReceptionWindow], object]

SCENES: dict[str, tuple[str, ReceptionState, Press]] = {
    **{name: (clock, state, lambda _window: None) for name, (clock, state) in demo.GALLERY.items()},
    **{f"rail-{name}": (scene.clock, scene.state, scene.press) for name, scene in gallery_rail.SCENES.items()},
}


def wear(looks: Looks) -> None:
    """Put language, theme and size in force."""
    words.language = looks.language
    apply_theme(cast("QApplication", QApplication.instance()), looks.themed())


def settle(turns: int = 8) -> None:
    """Let what follows by itself happen."""
    for _ in range(turns):
        QApplication.processEvents()


class Shown:
    """A window in which one scene after the other is shown; a new one where something was pressed."""

    def __init__(self, looks: Looks, size: tuple[int, int]) -> None:
        self._looks, self._size = looks, size
        self.window: ReceptionWindow | None = None
        self._clock = "10:42"

    def show(self, name: str) -> ReceptionWindow:
        """Show a scene."""
        self._clock, state, press = SCENES[name]
        if self.window is None or name.startswith("rail-"):
            self.close()
            self.window = ReceptionWindow(
                cast("ClerkActions", demo.NoActions()),
                demo.DemoShelf(),
                demo.DrawnPictures(),
                self._looks.themed(),
                lambda: demo.at(self._clock),
                {name: lambda: None for name in SWITCHES},
            )
            self.window.resize(*self._size)
            self.window.show()
            self.window.activateWindow()
        self.window.present(state)
        press(self.window)
        body = self.window.centre.body(Step.ITEM)
        if isinstance(body, ItemView) and name == "02-item-picker":
            body.type("gtgsh")
        if name == "01g-reception-sign":
            self.window.present_strokes(demo.STROKES)
        settle()
        return self.window

    def close(self) -> None:
        """Throw the window away."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
            self.window = None


def shown(
    looks: Looks, size: tuple[int, int], names: "list[str] | None" = None
) -> Iterator[tuple[str, ReceptionWindow]]:
    """Each scene in these looks and this size."""
    wear(looks)
    shows = Shown(looks, size)
    try:
        for name in names or list(SCENES):
            yield name, shows.show(name)
    finally:
        shows.close()
        wear(Looks())
