"""Acceptance with ten pages: from the key to 已受理 painted, beside a bare synced commit of the same rows in turns.

The clerk's real window over a real store; the far ends are stubs, and the printer gets its job as at the counter. It
is painted offscreen, by Qt in software. What of it the store takes is ``bench_store``'s.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.bench_store import PAGES, BareCommit, figures, rows_of_one

ROUNDS = 25
FEEDS = (("M01", 3), ("M03", 3), ("M07", 4))
"""Which papers the ten pages belong to."""

LIMIT = 100.0
"""Milliseconds that the 95th percentile of key to screen should stay under."""


def run(rounds: int = ROUNDS) -> dict[str, object]:
    """Milliseconds; the first acceptance fills caches and is told by itself."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler

    from tests.desk import ITEM, Bench, sheet
    from ui.main import application
    from ui.reception.window import ReceptionWindow
    from ui.theme import Theme, apply_theme
    from window_client.domain.visit import Step

    assert sum(count for _, count in FEEDS) == PAGES
    app = application()
    qInstallMessageHandler(lambda *_: None)  # the offscreen platform speaks at every window
    theme = Theme.load("light")
    apply_theme(app, theme)
    whole: list[float] = []
    commits: list[float] = []
    with tempfile.TemporaryDirectory() as name, Bench(Path(name) / "store", serials=rounds + 5) as bench:
        bare = BareCommit(Path(name) / "bare.db", os.urandom(32))
        window = ReceptionWindow(bench.desk, bench.desk, bench.desk, theme, lambda: bench.now)
        bench.desk._core.show = window.present
        window.resize(1440, 900)
        window.present(bench.state)
        window.show()
        window.activateWindow()
        for _ in range(rounds + 1):
            bench.call()
            for step in (bench.identify, bench.choose, bench.fill):
                step()
                bench.desk.next_step()
                bench.settle()
            for number, count in FEEDS:
                bench.desk.choose_row(f"{ITEM}-{number}")
                bench.feed(*(sheet(page) for page in range(1, count + 1)))
            bench.desk.use_ecert(f"{ITEM}-M02")
            bench.desk.defer(f"{ITEM}-M06")
            bench.settle()
            bench.desk.next_step()
            assert bench.state.open_step is Step.CONFIRM, bench.state.missing
            bench.sign()
            app.processEvents()
            whole.append(_press(window))
            commits.append(bare.once(rows_of_one()))
            bench.until(lambda: bench.state.receipt.state.value not in {"none", "waiting", "printing"}, "printed")
            bench.settle()
        window.close()
        bare.close()
    return {
        "rounds": rounds,
        "pages": PAGES,
        "first_ms": round(whole[0] * 1000, 1),
        **figures("key_to_painted", whole[1:]),
        **figures("bare_commit", commits[1:]),
        "limit_p95_ms": LIMIT,
    }


def _press(window: object) -> float:
    """Ctrl+Enter in the clerk's window; seconds until the accepted case is painted."""
    from PySide6.QtCore import QEvent, QObject, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLabel

    from ui.reception.window import ReceptionWindow

    assert isinstance(window, ReceptionWindow)

    class Paints(QObject):
        """Counts what the window paints."""

        count = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.UpdateRequest:
                self.count += 1
            return False

    def is_accepted() -> bool:
        labels = window.centre.findChildren(QLabel)
        return any("已受理" in one.text() and one.isVisible() for one in labels)

    assert not is_accepted()
    paints = Paints()
    window.installEventFilter(paints)
    begun = time.perf_counter()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    give_up = begun + 20
    while not paints.count and time.perf_counter() < give_up:
        QApplication.processEvents()
    painted = time.perf_counter() - begun
    window.removeEventFilter(paints)
    assert paints.count, "nothing was painted"
    assert is_accepted(), "accepted, but not said so"
    return painted


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run()) + "\n")
