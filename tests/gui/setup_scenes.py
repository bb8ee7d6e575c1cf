"""The device set-up in its states, with made-up devices: for the walks of texts, for golden pictures and by eye.

``python -m tests.gui.setup_scenes OUT [--language en] [--theme dark] [--text huge] [--size 1366x768]``
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from drivers.recognise.found import Certainty, Why
from tests.gui.looks_scenes import settle, wear
from tests.gui.recorder import Recorder
from ui.device_setup.window import SetupWindow
from ui.looks import SWITCHES, Looks
from window_client.device_setup_state import Origin, Row, SetupActions, SetupState, Stage, Tried


@cache
def page() -> bytes:
    """A made-up page as JPEG."""
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    for line in range(18):
        painter.fillRect(70, 90 + line * 38, 480 - (line % 4) * 60, 12, QColor("#5a6670"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


READER = Row(
    "row-1",
    "ttyUSB0",
    "serial:///dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0?baud=115200",
    "id_card",
    "sam_v_serial",
    Certainty.ANSWERED,
    facts={"model": "SAM_V", "serial": "05.01-20110916-0000012345-0000000001"},
    chosen=True,
)
SCANNER = Row(
    "row-2",
    "192.0.2.20:80",
    "http://192.0.2.20/eSCL",
    "scanner",
    "escl",
    Certainty.ANSWERED,
    facts={"model": "Example Scan 300"},
    chosen=True,
)
CAMERA = Row(
    "row-3",
    "video0",
    "file:///dev/v4l/by-id/usb-document-camera-video-index0",
    "camera",
    "uvc",
    Certainty.LISTED,
    facts={"model": "Document camera"},
    options={"width": 3264, "height": 2448},
    chosen=True,
)
PRINTER = Row(
    "row-4",
    "192.0.2.21:9100",
    "socket://192.0.2.21:9100",
    "printer",
    "escpos",
    Certainty.ANSWERED,
    facts={"paper": "ok"},
    chosen=True,
    origin=Origin.SETTINGS,
    device_id="printer",
)
SILENT = Row(
    "row-5",
    "ttyUSB1",
    "serial:///dev/ttyUSB1",
    why=Why.SILENT,
    guesses=("display", "codes", "rating"),
    facts={"model": "CH340"},
)
TAKEN = Row("row-6", "ttyUSB2", "serial:///dev/ttyUSB2", why=Why.OCCUPIED)
FORBIDDEN = Row("row-7", "ttyS0", "serial:///dev/ttyS0", why=Why.NO_PERMISSION)
ROWS = (READER, SCANNER, CAMERA, PRINTER, SILENT, TAKEN, FORBIDDEN)

FILE = "/etc/window-client/settings.toml"


def _works(row: Row, **said: str) -> Row:
    return replace(row, tried=Tried.WORKS, said=said)


def _state(*rows: Row, shown: str = "row-1", stage: Stage = Stage.TRYING, **more: object) -> SetupState:
    return replace(SetupState(FILE, "production", stage, rows=rows, shown=shown, dirty=True), **more)  # type: ignore[arg-type]


ALL_WORK = (
    _works(READER, card="resident"),
    _works(SCANNER),
    _works(CAMERA),
    _works(PRINTER, end="confirmed"),
)

Make = Callable[[], SetupState]
SCENES: dict[str, Make] = {
    "setup-finding": lambda: _state(
        READER, PRINTER, stage=Stage.FINDING, searching=True, done=3, of=9, asking=(("ttyUSB1", "sam_serial"),)
    ),
    "setup-found": lambda: _state(*ROWS),
    "setup-card": lambda: _state(replace(READER, tried=Tried.RUNNING), *ROWS[1:]),
    "setup-page": lambda: _state(READER, replace(_works(SCANNER), picture=page()), *ROWS[2:], shown="row-2"),
    "setup-asked": lambda: _state(
        READER, SCANNER, CAMERA, replace(PRINTER, tried=Tried.ASKED, asks="came_out"), SILENT, shown="row-4"
    ),
    "setup-silent": lambda: _state(*ROWS, shown="row-5"),
    "setup-pressing": lambda: _state(
        *ROWS[:4],
        replace(SILENT, kind="rating", driver="template", tried=Tried.RUNNING, listens=True),
        *ROWS[5:],
        shown="row-5",
    ),
    "setup-forbidden": lambda: _state(*ROWS, shown="row-7"),
    "setup-failed": lambda: _state(
        READER, SCANNER, CAMERA, replace(PRINTER, tried=Tried.FAILED, code="paper_out"), shown="row-4"
    ),
    "setup-ready": lambda: _state(ALL_WORK[0], _works(SCANNER), ALL_WORK[2], ALL_WORK[3], SILENT),
    "setup-refused": lambda: _state(
        replace(READER, emulated=True),
        problem="refused",
        problems=("line 31: [devices.reader] emulated is refused in the production profile",),
    ),
    "setup-saved": lambda: _state(
        *(replace(row, checked=True) for row in ALL_WORK[:3]),
        replace(ALL_WORK[3], checked=False, code="paper_out"),
        stage=Stage.SAVED,
        dirty=False,
        shown="row-4",
    ),
    "setup-nothing": lambda: SetupState(FILE, "production", Stage.TRYING),
    "setup-form": lambda: _state(*ROWS, profile="demo"),
}
"""Name → state; ``setup-form`` is shown with the form open."""


def setup_windows(
    looks: Looks, size: tuple[int, int], names: "list[str] | None" = None
) -> Iterator[tuple[str, SetupWindow]]:
    """Each state of the set-up in these looks and this size."""
    wear(looks)
    try:
        for name in names or list(SCENES):
            window = SetupWindow(
                cast("SetupActions", Recorder()), looks.themed(), {switch: lambda: None for switch in SWITCHES}
            )
            window.resize(*size)
            window.present(SCENES[name]())
            window.show()
            window.activateWindow()
            if name == "setup-form":
                window.open_form("")
            else:
                window.focus_list()
            settle()
            yield name, window
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    finally:
        wear(Looks())


def main() -> int:
    """Draw them all into a folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--language", default="zh")
    asked.add_argument("--theme", default="light")
    asked.add_argument("--text", default="normal")
    asked.add_argument("--size", default="1366x768")
    asked.add_argument("--only", action="append")
    options = asked.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    _ = QApplication.instance() or QApplication(sys.argv[:1])
    width, height = map(int, options.size.split("x"))
    looks = Looks(options.language, options.theme, options.text)
    for name, window in setup_windows(looks, (width, height), options.only):
        window.grab().save(str(options.out / f"{name}.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
