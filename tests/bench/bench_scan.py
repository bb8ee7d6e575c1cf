"""Twenty pages of 300 dpi colour from the emulated feeder to stored pages, beside ``scanimage`` on the same emulator.

    python tests/bench/bench_scan.py

Prints one JSON object. Both take turns on one emulator that has its pages ready. Ours is the whole way of the counter:
driver, lane, set straight and judged, sealed original, page and thumbnail on disk, shown in the row; the codes on the
pages are read meanwhile. ``scanimage`` (airscan) only writes JPEG files. Rates are pages a minute, medians of the
rounds: at ``PACE`` seconds a page, which is twice as fast as scanners at counters are, and without any pace, where only
the processors count (about 35 ms a page for ``scanimage``, 130 ms and more for making a page, on two cores that also
run the emulator).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from drivers.emulators.process import EmulatorProcess
from tests.counter import Counter
from window_client.domain.visit import Step
from window_client.reception.state import ReceptionState

PAGES = 20
ROUNDS = 3
PACE = 0.5  # seconds a page: 120 pages a minute
DPI = 300
AIM = 0.9
FIRST_LIMIT_S = 1.0
ROW = "SC-MKT-001-M01"


def run() -> dict[str, Any]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        counter = Counter(place / "counter", kinds=("id_card", "scanner", "printer"))
        times = counter.states = _Times()
        with counter:
            counter.up_to(Step.MATERIALS)
            _sharp_scanner(counter)
            ours, theirs = _Ours(counter, times), _Theirs(counter, place)
            ours.scan()  # the emulator draws its pages now
            theirs.scan()
            found: dict[str, float] = {}
            for name, pace in (("", PACE), ("unpaced_", 0.0)):
                counter.world.emulators["scanner"].put("/pace", {"seconds": pace})
                found |= _figures(name, [(ours.scan(), theirs.scan()) for _ in range(ROUNDS)])
    return {
        "pages": PAGES,
        "dpi": DPI,
        "pace_s": PACE,
        **found,
        "aim": AIM,
        "first_page_limit_ms": round(FIRST_LIMIT_S * 1000),
        "rounds": ROUNDS,
    }


def _figures(name: str, rounds: list[tuple[tuple[float, float], float]]) -> dict[str, float]:
    return {
        f"{name}ours_pages_a_minute": round(median(PAGES * 60 / whole for (_, whole), _ in rounds)),
        f"{name}scanimage_pages_a_minute": round(median(PAGES * 60 / whole for _, whole in rounds)),
        f"{name}ratio": round(median(theirs_s / ours_s for (_, ours_s), theirs_s in rounds), 2),
        f"{name}first_page_ms": round(median(first for (first, _), _ in rounds) * 1000),
    }


class _Times(list[ReceptionState]):
    """Notes when a row first had a page more, and when it had all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.first, self.last = 0, 0.0, 0.0

    def begin(self, before: int) -> None:
        """A scan begins; so many pages lie in the row already."""
        self.clear()
        self.before, self.first, self.last = before, 0.0, 0.0

    def append(self, state: ReceptionState) -> None:
        rows = state.materials.rows if state.materials else ()
        count = next((len(row.pages) for row in rows if row.material_id == ROW), 0)
        if count > self.before and not self.first:
            self.first = time.perf_counter()
        if count >= self.before + PAGES and not self.last:
            self.last = time.perf_counter()


def _sharp_scanner(counter: Counter) -> None:
    """Another scanner at the same address, one that has 300 dpi only: the desk asks for 200 and gets the nearest."""
    port = str(urlsplit(counter.world.emulators["scanner"].url).port)
    counter.world.unplug("scanner")
    counter.pill("scanner", "offline", "absent")
    counter.world.emulators["scanner"] = EmulatorProcess(
        "scanner", "--port", port, "--pages", "0", "--resolutions", str(DPI)
    )
    counter.pill("scanner", "ready")


class _Ours:
    def __init__(self, counter: Counter, times: _Times) -> None:
        self._counter, self._times = counter, times
        counter.desk.choose_row(ROW)

    def scan(self) -> tuple[float, float]:
        """Seconds to the first page in its row, and to the last one."""
        counter, times = self._counter, self._times
        times.begin(counter.pages_of(ROW))
        counter.world.emulators["scanner"].put("/feeder", {"pages": PAGES})
        began = time.perf_counter()
        counter.desk.feed()
        counter.pages_come(ROW, times.before + PAGES)
        codes = Event()  # who comes next finds a quiet machine
        reading = counter.app.reading
        reading.run(codes.set, done=lambda _: None, failed=lambda _: None)
        codes.wait(60)
        return times.first - began, times.last - began


class _Theirs:
    def __init__(self, counter: Counter, folder: Path) -> None:
        self._scanner = counter.world.emulators["scanner"]
        self._folder = folder / "scanimage"
        self._config = folder / "airscan"
        self._config.mkdir()
        (self._config / "dll.conf").write_text("airscan\n")
        (self._config / "airscan.conf").write_text(
            f'[devices]\n"CounterScanner" = {self._scanner.url}\n[options]\ndiscovery = disable\n'
        )

    def scan(self) -> float:
        """Seconds of the program, from its start to its end."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._scanner.put("/feeder", {"pages": PAGES})
        command = (
            *("scanimage", "-d", "airscan:e0:CounterScanner", "--source", "ADF", "--mode", "Color"),
            *(
                "--resolution",
                str(DPI),
                "-x",
                "210",
                "-y",
                "297",
                "--format=jpeg",
                f"--batch={self._folder}/page%d.jpg",
            ),
        )
        began = time.perf_counter()
        subprocess.run(
            command,
            env={**os.environ, "SANE_CONFIG_DIR": str(self._config), "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
        took = time.perf_counter() - began
        came = len(list(self._folder.iterdir()))
        if came != PAGES:
            raise RuntimeError(f"scanimage scanned {came} pages")
        return took


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
