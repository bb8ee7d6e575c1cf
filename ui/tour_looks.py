"""The matrix of looks: the tour's visit, and at its stations the clerk changes language, contrast, text and window.

Everything is pressed, nothing is called: Alt+L, Ctrl+=, Ctrl+0, and the top bar's button for contrast.
"""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.reception.texts import say
from ui.tour_hands import Hands
from ui.tour_probe import StallProbe
from ui.windows import Windows

Look = tuple[str, str, str, tuple[int, int]]
"""Language, theme, text and the window's size."""

USUAL: Look = ("zh", "light", "normal", (1440, 900))
DARK: Look = ("zh", "dark", "normal", (1440, 900))
ENGLISH: Look = ("en", "light", "normal", (1440, 900))
SMALL: Look = ("zh", "light", "normal", (1366, 768))
WIDE: Look = ("zh", "light", "normal", (1920, 1080))
LARGE: Look = ("zh", "light", "large", (1920, 1080))
HUGE_ENGLISH: Look = ("en", "dark", "huge", (1366, 768))

MATRIX: dict[str, tuple[Look, ...]] = {
    "01a-reception-idle": (DARK, ENGLISH, SMALL, HUGE_ENGLISH),
    "01f-reception-identity": (DARK, ENGLISH, SMALL),
    "02-item-picker": (DARK, ENGLISH, SMALL),
    "01d-reception-form": (DARK, ENGLISH, SMALL, HUGE_ENGLISH),
    "01b-reception-materials": (DARK, ENGLISH, SMALL, WIDE, LARGE, HUGE_ENGLISH),
    "01g-reception-sign": (DARK, ENGLISH),
    "01c-reception-accepted": (DARK, ENGLISH, SMALL, LARGE),
}
NAMES = {"en": "english", "dark": "dark", "large": "largefont", "huge": "hugefont"}
GIVE_UP_MS = 10_000


def picture_name(name: str, look: Look) -> str:
    """``01b-reception-materials-dark``: the picture's name, then what differs from the usual looks."""
    language, theme, text, size = look
    parts = [NAMES[part] for part in (theme, language, text) if part in NAMES]
    if size != USUAL[3]:
        parts.append(f"{size[0]}x{size[1]}")
    return "-".join([name, *parts])


class LooksHands(Hands):
    """Hands that change the looks at each station, take a picture of each, and put everything back."""

    def __init__(self, windows: Windows, out: Path, probe: StallProbe) -> None:
        super().__init__(windows, out, probe)
        self._all = windows
        self.at_station = False

    def shoot(self, name: str, window: QWidget | None) -> None:
        """Take the picture, and the others of its row in the matrix."""
        super().shoot(name, window)
        if self.at_station or window is not self._all.reception:
            return
        self.at_station = True
        try:
            for look in MATRIX.get(name, ()):
                self._wear(look)
                super().shoot(picture_name(name, look), self._all.reception)
            self._wear(USUAL)
        finally:
            self.at_station = False

    def _wear(self, look: Look) -> None:
        language, theme, text, size = look
        reception = self._all.reception
        if reception is None:
            raise RuntimeError("the clerk's window is not open")
        if (reception.width(), reception.height()) != size:
            reception.resize(*size)
            self._wait()
        if self._all.looks.text != "normal":
            self.ctrl(Qt.Key.Key_0)
            self._wait()
        for _ in range(("normal", "large", "huge").index(text)):
            self.ctrl(Qt.Key.Key_Equal)
            self._wait()
        if self._all.looks.theme != theme:
            self._press(say("contrast"))
            self._wait()
        if self._all.looks.language != language:
            self.alt(Qt.Key.Key_L)
            self._wait()
        if (self._all.looks.language, self._all.looks.theme, self._all.looks.text) != look[:3]:
            raise RuntimeError(f"the looks are {self._all.looks}, not {look}")

    def _press(self, name: str) -> None:
        reception = self._all.reception
        buttons = reception.top.findChildren(QAbstractButton) if reception is not None else []
        button = next((b for b in buttons if b.accessibleName().startswith(name)), None)
        if button is None or reception is None:
            raise RuntimeError(f"no button {name!r} in the top bar")
        point: QPoint = button.mapTo(reception, button.rect().center())
        QTest.mouseClick(reception.windowHandle(), Qt.MouseButton.LeftButton, pos=point)

    def _wait(self) -> None:
        """Until the window stands again, and a little longer for what is painted later."""
        loop, waited = QEventLoop(), 0
        timer = QTimer()
        timer.setInterval(10)

        def look() -> None:
            nonlocal waited
            waited += 10
            building = self._all.reception is not None and self._all.reception.building
            if (waited >= 150 and not building) or waited > GIVE_UP_MS:
                loop.quit()

        timer.timeout.connect(look)
        timer.start()
        loop.exec()
