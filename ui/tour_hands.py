"""The hands of the tour: keys, texts and touches through Qt's window system, and the camera that looks at windows."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.tour_probe import StallProbe
from ui.windows import Windows


class Hands:
    """Acts on the windows as people do.

    Args:
        windows: The counter's windows.
        out: Folder for screenshots.
        probe: Paused while a picture is taken.
    """

    def __init__(self, windows: Windows, out: Path, probe: StallProbe) -> None:
        self._windows = windows
        self._out = out
        self._probe = probe
        self._finger = QTest.createTouchDevice()
        self._savers: list[Thread] = []
        self.keys_pressed = 0
        self.touches = 0
        self.screenshots: list[str] = []

    # ---- the clerk

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the clerk's window."""
        self._probe.mark = f"key {key.name}"
        self.keys_pressed += 1
        QTest.keyClick(self._clerk(), key, modifier)

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key: Qt.Key) -> None:
        """Press Alt and a key."""
        self.key(key, Qt.KeyboardModifier.AltModifier)

    def write(self, text: str) -> None:
        """Type a text: Latin by keys, Chinese committed as an input method does."""
        self._probe.mark = "text"
        for letter in text:
            if ord(letter) < 128:
                self.keys_pressed += 1
                QTest.keyClick(self._clerk(), letter)  # type: ignore[call-overload]  # takes a character too
                continue
            self.keys_pressed += 1
            focus = QGuiApplication.focusObject()
            if focus is not None:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QCoreApplication.sendEvent(focus, event)

    def _clerk(self) -> QWindow:
        window = self._windows.reception or self._windows.signin
        handle = window.windowHandle() if window is not None else None
        if handle is None:
            raise RuntimeError("the clerk's window is not open")
        return handle

    # ---- the applicant

    def touch(self, accessible_name: str) -> None:
        """Touch the visible button with this accessible name (or the beginning of it)."""
        applicant = self._applicant()
        buttons = [b for b in applicant.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        found = next((b for b in buttons if b.accessibleName().startswith(accessible_name)), None)
        found = found or next((b for b in buttons if accessible_name in (b.accessibleName() + b.text())), None)
        if found is None:
            names = [b.accessibleName() or b.text() for b in buttons]
            raise RuntimeError(f"no button {accessible_name!r} on the applicant's screen, only {names}")
        self.touch_at(applicant, found.mapTo(applicant, found.rect().center()))

    def has_button(self, accessible_name: str) -> bool:
        """Whether such a button can be touched now."""
        return any(
            accessible_name in (b.accessibleName() + b.text())
            for b in self._applicant().findChildren(QAbstractButton)
            if b.isVisible() and b.isEnabled()
        )

    def touch_at(self, window: QWidget, point: QPoint) -> None:
        """One tap."""
        self._probe.mark = "touch"
        self.touches += 1
        handle = window.windowHandle()
        QTest.touchEvent(handle, self._finger).press(0, point, handle).commit()
        QTest.touchEvent(handle, self._finger).release(0, point, handle).commit()

    def stroke(self, pad: QWidget, points: list[QPointF]) -> None:
        """One stroke of a finger; ``points`` in unit coordinates of the pad."""
        self._probe.mark = "stroke"
        self.touches += 1
        applicant = self._applicant()
        handle = applicant.windowHandle()
        at = [pad.mapTo(applicant, QPoint(round(p.x() * pad.width()), round(p.y() * pad.height()))) for p in points]
        QTest.touchEvent(handle, self._finger).press(0, at[0], handle).commit()
        for point in at[1:]:
            QTest.touchEvent(handle, self._finger).move(0, point, handle).commit()
        QTest.touchEvent(handle, self._finger).release(0, at[-1], handle).commit()

    def _applicant(self) -> QWidget:
        if self._windows.applicant is None:
            raise RuntimeError("the applicant's window is not open")
        return self._windows.applicant

    # ---- the world outside

    @staticmethod
    def outside(deed: Callable[[], object]) -> Callable[[], bool]:
        """Do something in the world outside (lay a card, start a service) in another thread; true once it is done."""
        trouble: list[BaseException] = []

        def work() -> None:
            try:
                deed()
            except Exception as error:  # noqa: BLE001 - told to the script, which ends with it
                trouble.append(error)

        thread = Thread(target=work, daemon=True)
        thread.start()

        def done() -> bool:
            if trouble:
                raise trouble[0]
            return not thread.is_alive()

        return done

    # ---- the camera

    def shoot(self, name: str, window: QWidget | None) -> None:
        """Take a picture of a window; it is encoded in another thread and left out of the stall."""
        if window is None:
            raise RuntimeError(f"no window for {name}")
        self._probe.pause()
        image = window.grab().toImage()
        file = f"{name}.png"
        saver = Thread(target=_save, args=(image, self._out / file), daemon=True)
        saver.start()
        self._savers.append(saver)
        self.screenshots.append(file)
        self._probe.resume()

    def shoot_all(self, prefix: str) -> None:
        """Every open window, for a tour that failed."""
        for name, window in (
            ("signin", self._windows.signin),
            ("reception", self._windows.reception),
            ("applicant", self._windows.applicant),
        ):
            if window is not None:
                self.shoot(f"{prefix}-{name}", window)

    def finish(self) -> None:
        """Wait until every picture is on disk."""
        for saver in self._savers:
            saver.join()
        self._savers.clear()


def _save(image: QImage, path: Path) -> None:
    image.save(str(path))
