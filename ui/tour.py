"""A scripted visit through the real windows: ``window-client tour``.

Input enters only through Qt's window system: keys to the clerk's window, touch to the applicant's. The tour reads the
desk's state to know when to go on, and never calls it. It leaves screenshots named like the design's pictures and
``tour.json`` (fields: DECISIONS, section Tour). Exit 0 only when the case was accepted, delivered, printed and rated.
"""

import json
import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui.main import application
from ui.tour_hands import Hands
from ui.tour_looks import LooksHands
from ui.tour_probe import StallProbe
from ui.tour_script import Facts, faults, visit
from ui.windows import Windows, catch_bugs
from window_client import logs
from window_client.demo import DEMO_KINDS, DemoWorld
from window_client.settings import read

GIVE_UP = 60_000
"""Milliseconds that one wait of the script may take before the tour fails."""

IDLE_PROBE = 1500
"""Milliseconds for which the same probe watches an idle loop, in the same run."""

Script = Iterator[tuple[str, Callable[[], object]]]


class Tour:
    """Runs a script step by step inside the event loop.

    Args:
        windows: The counter's windows.
        script: Yields (name, condition); the next step runs when the condition holds.
        probe: Watches the event loop's stalls.
    """

    def __init__(self, windows: Windows, script: Script, probe: StallProbe) -> None:
        self._windows = windows
        self._script = script
        self._probe = probe
        self._name = "start"
        self._condition: Callable[[], object] = lambda: True
        self._waited = 0
        self._looking = False
        self.wait_ms: dict[str, int] = {}
        self.failure = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the next turn of the loop."""
        self._timer.start(10)

    def _look(self) -> None:
        if self._looking:
            return  # a station of the looks lets the loop turn while it waits for the window
        self._looking = True
        try:
            self._step()
        finally:
            self._looking = False

    def _step(self) -> None:
        try:
            if not self._condition():
                self._waited += 10
                if self._waited > GIVE_UP:
                    self._end(f"never happened: {self._name}")
                return
            self.wait_ms[self._name] = self.wait_ms.get(self._name, 0) + self._waited
            self._waited = 0
            self._name, self._condition = next(self._script)
        except StopIteration:
            self._end("")
        except Exception as error:  # noqa: BLE001 - the tour's top: any trouble ends it with its reason
            self._end(f"{self._name}: {type(error).__name__}: {error}")

    def _end(self, failure: str) -> None:
        self.failure = failure
        self._timer.stop()
        QApplication.quit()


def main(options: Namespace) -> int:
    """Run the tour and write ``tour.json``."""
    qInstallMessageHandler(_qt_says)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="window-client-tour-") as folder:
        logs.start(Path(folder) / "logs", verbose=options.verbose)
        with DemoWorld(Path(folder) / "world", fresh=True, kinds=DEMO_KINDS) as world:
            result = run(world, out, part=options.part, offline=options.offline)
    name = "tour.json" if options.part == "visit" else f"tour-{options.part}.json"
    (out / name).write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if options.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_summary(result, out / name))
    return 0 if result["ok"] else 1


def run(world: DemoWorld, out: Path, *, part: str = "visit", offline: bool = False) -> dict[str, Any]:
    """One run in a world; returns what ``tour.json`` holds."""
    app = application()
    probe = StallProbe()
    # The tour's hands send keys past the window system, where the idle lock would not see them.
    windows = Windows(replace(read(world.settings()), lock_after_minutes=0))
    hands = LooksHands(windows, out, probe) if part == "looks" else Hands(windows, out, probe)
    facts = Facts()
    if part == "faults":
        script = faults(windows, world, hands, facts)
    else:
        script = visit(windows, world, hands, facts, offline=offline)
    catch_bugs(windows)
    idle = _idle_stall(app, probe)
    windows.open()
    tour = Tour(windows, script, probe)
    probe.start()
    tour.start()
    app.exec()
    longest = probe.stop()
    hands.finish()
    result: dict[str, Any] = {
        **facts.as_json(),
        "keys_pressed": hands.keys_pressed,
        "touches": hands.touches,
        "longest_stall_ms": round(longest, 1),
        "longest_stall_at": probe.longest_at,
        "idle_stall_ms": round(idle, 1),
        "wait_ms": tour.wait_ms,
        "screenshots": hands.screenshots,
    }
    result["ok"] = not tour.failure and facts.complete(part)
    if tour.failure:
        result["failure"] = tour.failure
        hands.shoot_all("failure")
        hands.finish()
    windows.close()
    return result


def _qt_says(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what the offscreen platform says at every window."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"Qt {kind.name}: {text}\n")


def _idle_stall(app: QApplication, probe: StallProbe) -> float:
    """The longest stall of a loop that has nothing to do, seen by the same probe."""
    probe.start()
    QTimer.singleShot(IDLE_PROBE, app.quit)
    app.exec()
    return probe.stop()


def _summary(result: dict[str, Any], path: Path) -> str:
    if not result["ok"]:
        return f"The tour failed: {result.get('failure', 'not everything was reached')}; see {path}\n"
    return (
        f"{result['case_no']} accepted, {result['central_state']} at the centre, printed, rated; "
        f"{result['keys_pressed']} keys, {result['fields_typed']} of {result['fields_total']} fields typed; "
        f"longest stall {result['longest_stall_ms']} ms (idle loop {result['idle_stall_ms']} ms); "
        f"{len(result['screenshots'])} screenshots in {path.parent}\n"
    )
