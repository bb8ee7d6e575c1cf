"""Memory of the counter over a day: real windows, real store, ten full pages a visit, the clock of eight hours.

Resident memory after 2 visits, after 20, and after a day of visits, five simulated minutes apart. The far ends are
stubs.
"""

import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.desk import Bench

FEW, SOME, DAY = 2, 20, 96
"""Visits after which memory is looked at; the last is eight hours of visits of five minutes."""

FEEDS = (("M01", 3), ("M03", 3), ("M07", 4))
LIMIT = 1.2
"""Memory after 20 visits beside that after 2."""


def run(visits: int = DAY) -> dict[str, object]:
    """Megabytes of resident memory, and their ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler

    from tests.desk import Bench
    from ui.applicant.window import ApplicantWindow
    from ui.main import application
    from ui.reception.window import ReceptionWindow
    from ui.theme import Theme, apply_theme
    from window_client.reception.state import ReceptionState

    app = application()
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform speaks at every window
    theme = Theme.load("light")
    apply_theme(app, theme)
    found: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name, Bench(Path(name) / "store", serials=visits + 5) as bench:
        clerk = ReceptionWindow(bench.desk, bench.desk, bench.desk, theme, lambda: bench.now)
        person = ApplicantWindow(bench.desk, theme, lambda: bench.now)

        def show(state: ReceptionState) -> None:
            clerk.present(state)
            person.present(state)

        def turn() -> None:
            """One turn of the loop; what is to be deleted goes with it, as it would inside ``exec``."""
            app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        bench.desk._core.show = show
        bench.states.clear()
        for window in (clerk, person):
            window.show()
        show(bench.state)
        for visit in range(1, visits + 1):
            _one_visit(bench, visit, turn)
            if visit in {FEW, SOME, visits}:
                gc.collect()
                found[visit] = _resident()
        clerk.close()
        person.close()
    return {
        "visits": visits,
        "after_2_mb": round(found[FEW], 1),
        "after_20_mb": round(found[SOME], 1),
        "after_day_mb": round(found[visits], 1),
        "ratio_20_to_2": round(found[SOME] / found[FEW], 3),
        "ratio_day_to_20": round(found[visits] / found[SOME], 3),
        "limit": LIMIT,
    }


def _one_visit(bench: "Bench", visit: int, paint: Callable[[], None]) -> None:
    from tests.desk import ITEM

    bench.call()
    for step in (bench.identify, bench.choose, bench.fill):
        step()
        paint()
        bench.desk.next_step()
        bench.settle()
        paint()
    for number, count in FEEDS:
        bench.desk.choose_row(f"{ITEM}-{number}")
        bench.feed(*(_page(visit * 10 + page) for page in range(count)))
        paint()
    bench.desk.use_ecert(f"{ITEM}-M02")
    bench.desk.defer(f"{ITEM}-M06")
    bench.settle()
    bench.desk.next_step()
    paint()
    bench.sign()
    paint()
    bench.submit()
    paint()
    bench.desk.finish()
    bench.settle()
    for message in bench.store.outbox.list():  # the courier would have delivered them
        bench.store.outbox.delivered(message.id)
    bench.desk.outbox_changed()
    paint()
    bench.pass_time(300)
    bench.settle()


def _page(number: int) -> bytes:
    """A page of A4 at 150 dpi, each another one."""
    import cv2
    import numpy as np

    paper = np.full((1754, 1240, 3), 250, np.uint8)
    for line in range(30):
        cv2.putText(paper, f"Page {number} line {line} of the paper", (100, 120 + 50 * line), 0, 1.2, (30, 30, 30), 2)
    return bytes(cv2.imencode(".jpg", paper, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tobytes())


def _resident() -> float:
    """Resident memory of this process in MB, shared pages counted by their share."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not say")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else DAY)) + "\n")
