import gc
import os
import subprocess
import sys
from threading import Thread, current_thread
from weakref import ref

from window_client.collecting import WHOLE_EVERY, Collector

DESTROYED_ELSEWHERE = """
import sys
from threading import Thread
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from ui.main import application

class Window(QWidget):
    def __init__(self):
        super().__init__()
        self.me = self
        self.timer = QTimer(self)
        self.timer.start(0)

app, busy = application(), True

def allocate():
    while busy:
        [[] for _ in range(2000)]

threads = [Thread(target=allocate, daemon=True) for _ in range(2)]
for thread in threads:
    thread.start()
for _ in range(400):
    Window().show()
    app.processEvents()
busy = False
for thread in threads:
    thread.join()
print("whole")
"""


class Ring:
    def __init__(self, died_in: list[str]) -> None:
        self.me = self
        self.died_in = died_in

    def __del__(self) -> None:
        self.died_in.append(current_thread().name)


def test_a_cycle_dies_in_the_thread_that_collects_whoever_allocates() -> None:
    collector = Collector()
    died_in: list[str] = []
    watched = ref(Ring(died_in))

    def allocate() -> None:
        kept = [[] for _ in range(50_000)]  # type: ignore[var-annotated]
        del kept

    thread = Thread(target=allocate, name="device")
    thread.start()
    thread.join()
    assert watched() is not None
    kept = [[] for _ in range(5_000)]  # type: ignore[var-annotated]
    assert collector.collect() is not None
    gc.collect()
    assert died_in == [current_thread().name]
    assert kept


def test_nothing_is_collected_that_is_not_due() -> None:
    collector = Collector()
    gc.collect()
    assert collector.collect() is None
    assert WHOLE_EVERY > 1


def test_windows_fall_on_the_qt_thread_beside_busy_threads() -> None:
    """Without ``application()``'s collector this ends in a segmentation fault."""
    run = subprocess.run([sys.executable, "-c", DESTROYED_ELSEWHERE], capture_output=True, text=True, check=False,
                         timeout=100, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    assert run.stdout == "whole\n", run.stderr
    assert "another thread" not in run.stderr
