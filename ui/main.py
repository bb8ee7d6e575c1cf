"""Opens the windows: ``window-client run`` and ``window-client demo``."""

import os
import signal
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.windows import Windows, catch_bugs
from window_client import crash_file, logs
from window_client.collecting import EVERY_MS, Collector
from window_client.settings import Settings, SettingsError, default_data_folder, read

if TYPE_CHECKING:
    from window_client.reception.state import ReceptionState

SWITCH_SECONDS = 0.0005
"""How long another thread may keep the interpreter from the screen; Python's own value is ten times that."""


def main(options: Namespace) -> int:
    """Run until the reception window is closed; 2 when it cannot start."""
    if options.command == "demo":
        return _demo(options)
    if options.command == "train":
        return _train(options)
    if options.command == "devices":
        from ui.device_setup.run import main as devices  # noqa: PLC0415 - a window of its own

        return devices(options)
    try:
        settings = read(options.settings, data=options.data)
    except SettingsError as error:
        sys.stderr.write("\n".join((f"{options.settings}:", *error.problems)) + "\n")
        return 2
    _begin(settings.data / "logs", verbose=options.verbose)
    return run(Windows(_on_display(settings), file=options.settings))


def _demo(options: Namespace) -> int:
    from window_client.demo import DEMO_KINDS, DemoWorld  # noqa: PLC0415 - brings subprocess and the emulators' starter

    folder = options.data or default_data_folder().with_name("window-client-demo")
    _begin(folder / "logs", verbose=options.verbose)
    with DemoWorld(folder, fresh=options.fresh, kinds=DEMO_KINDS) as world:
        sys.stderr.write(
            f"Demo: window 12, clerk 1203, password demo. Central service {world.central.url}.\n"
            "The emulated applicant lays the card down when asked and hands over papers by itself.\n"
            f'To scan a ticket\'s code: curl -X PUT -d \'{{"text": "C018"}}\' {world.emulators["codes"].admin}/code\n'
        )
        application()
        return run(Windows(read(world.settings()), world.follow, file=world.settings()))


def _train(options: Namespace) -> int:
    from window_client.demo import LIMING, WINDOW, DemoWorld  # noqa: PLC0415 - brings subprocess
    from window_client.training import World, load  # noqa: PLC0415

    folder = options.data or default_data_folder("training")
    _begin(folder / "logs", verbose=options.verbose)
    with DemoWorld(folder / "world", fresh=options.fresh, profile="training") as world:
        sys.stderr.write(
            f"Training: window {WINDOW}, clerk 1203, password demo. The exercises stand on the first page.\n"
            "Nothing that is done here is valid; numbers begin with PX.\n"
        )
        stage = World(load(), fault=world.switch_fault, line=world.switch_line)
        world.card = lambda: stage.card() or {"id_no": LIMING}

        def follow(state: "ReceptionState") -> None:
            stage.follow(state)
            world.follow(state)

        application()
        return run(Windows(read(world.settings()), follow))


def _begin(folder: Path, *, verbose: bool) -> None:
    """Logs, and what a crash may leave behind."""
    crash_file.no_core_dumps()
    logs.start(folder, verbose=verbose)
    crash_file.start(folder)


def _on_display(settings: Settings) -> Settings:
    application()
    return settings


def application() -> QApplication:
    """The one QApplication, made on first use."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # The wheels carry the ibus plug-in and none for fcitx, whose newer versions speak ibus' protocol.
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
    # Qt calls let go of the interpreter and take it back; beside a busy thread (imports, pages) each taking back may
    # last a whole switch interval, and a paint makes thousands of them.
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication(["window-client"])
    app.setApplicationName("window-client")
    app.setStyle("Fusion")
    collector, timer = Collector(), QTimer(app)
    timer.timeout.connect(collector.collect)
    timer.start(EVERY_MS)
    return app


def run(windows: Windows) -> int:
    """Show the windows and run the event loop."""
    app = application()
    catch_bugs(windows)
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    beat = QTimer()  # lets Python see the signals while Qt waits
    beat.timeout.connect(lambda: None)
    beat.start(250)
    windows.open()
    try:
        code = app.exec()
    finally:
        windows.close()
    return 2 if windows.failure is not None else code
