"""The clerk's window as a program of its own, for a screen reader's client in another process.

It shows the scene that it reads from standard input (a name of ``SCENES``), answers with one line when the scene is
shown, and ends with the input. ``press KEY`` presses a key.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui import applicant_scenes
from tests.gui import gallery_reception as demo
from tests.gui.recorder import Recorder
from ui.applicant.window import ApplicantWindow
from ui.reception.window import ReceptionWindow
from ui.theme import Theme, apply_theme
from window_client.reception.actions import ApplicantActions, ClerkActions
from window_client.reception.state import ApplicantPage, ReceptionState


def printer_fault() -> ReceptionState:
    """The printer of the materials step has no paper: the device says so by itself."""
    state = demo.materials_state()
    devices = tuple(
        replace(row, state="fault", code="paper_out") if row.kind == "printer" else row for row in state.devices
    )
    return replace(state, devices=devices)


SCENES: dict[str, Callable[[], ReceptionState]] = {
    "idle": demo.idle_state,
    "identity": demo.identity_state,
    "item": demo.item_state,
    "form": demo.form_state,
    "materials": demo.materials_state,
    "printer": printer_fault,
    "offline": demo.offline_state,
    "sign": demo.sign_state,
    "accepted": demo.accepted_state,
    "receipt": demo.fault_state,
}


def main() -> int:
    app = QApplication(["window-client"])
    theme = Theme.load("light")
    apply_theme(app, theme)
    window = ReceptionWindow(
        cast("ClerkActions", Recorder()), demo.DemoShelf(), demo.DrawnPictures(), theme, lambda: demo.at("10:42")
    )
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    applicant = ApplicantWindow(cast("ApplicantActions", Recorder()), theme, lambda: applicant_scenes.NOW)
    applicant.show()
    applicant.present(applicant_scenes.state(ApplicantPage.CHECK))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def obey() -> None:
        line = sys.stdin.readline().strip()
        if not line:
            app.quit()
            return
        if line.startswith("press "):
            QTest.keyClick(window, cast("Qt.Key", getattr(Qt.Key, f"Key_{line.split()[1]}")))
        else:
            window.present(SCENES[line]())
        for _ in range(5):
            app.processEvents()
        focus = app.focusWidget()
        sys.stdout.write(f"{line} {type(focus).__name__}\n")
        sys.stdout.flush()

    notifier.activated.connect(obey)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
