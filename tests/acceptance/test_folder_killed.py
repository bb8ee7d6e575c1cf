"""A scanner's folder and a program that is killed in a file: each page is in the case once, none is lost."""

import os
import resource
import signal
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from drivers.contracts import DeviceConfig
from drivers.scanner.pages import pages_in
from tests.desk import Bench
from window_client.domain.material import pages_of
from window_client.domain.visit import Step

ROOT = Path(__file__).parents[2]
PAGES = 5

COUNTER = """
import sys
from pathlib import Path
from tests.acceptance.test_folder_killed import open_counter
from window_client.domain.visit import Step

with open_counter(Path(sys.argv[1])) as bench:
    bench.up_to(Step.MATERIALS)
    bench.desk.feed()
    bench.until(lambda: bench.pages("M01") == int(sys.argv[2]), "pages")
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""


def open_counter(folder: Path, after: str = "move") -> Bench:
    """A counter whose scanner is a watched folder."""
    config = DeviceConfig(
        "scanner",
        "scanner",
        "folder",
        (folder / "scans").as_uri(),
        options={"settle": 0.05, "next_within": 0.2, "after": after},
    )
    return Bench(folder / "store", real=[config])


def a_file(folder: Path) -> list[str]:
    """Put a file of several pages there; returns the digests of its pages as the scanner gives them."""
    (folder / "scans").mkdir()
    pages = []
    for number in range(PAGES):
        page = Image.new("L", (340, 480), 255)
        ImageDraw.Draw(page).text((40, 40 + 20 * number), f"page {number}", fill=0)
        pages.append(page)
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(100, 100))
    (folder / "scans" / "scan.tif").write_bytes(out.getvalue())
    return [sha256(sheet.jpeg).hexdigest() for sheet in pages_in(out.getvalue(), 200)]


def kill_in_the_middle(folder: Path, pages: int, crash_at: str = "") -> None:
    environment = {**os.environ, "WINDOW_CLIENT_CRASH_AT": crash_at, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", COUNTER, str(folder), str(pages)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == -signal.SIGKILL, told.stderr


def scan(bench: Bench) -> None:
    bench.desk.feed()
    bench.until(lambda: bench.state.materials is not None and not bench.state.materials.feeding, "fed")
    bench.settle()


def originals(bench: Bench) -> list[str]:
    return [
        page.original for row in bench.draft.checklist.rows for page in pages_of(bench.draft.checklist, row.material_id)
    ]


@pytest.mark.kill
@pytest.mark.parametrize(
    ("pages", "crash_at"), [(2, ""), (PAGES, ""), (9, "page.after_sync:5"), (9, "page.after_sync:1")]
)
def test_killed_in_a_file_each_page_is_there_once_and_in_order(tmp_path: Path, pages: int, crash_at: str) -> None:
    wanted = a_file(tmp_path)
    kill_in_the_middle(tmp_path, pages, crash_at)
    if pages != PAGES:
        assert (tmp_path / "scans" / "scan.tif").exists(), "it goes when all its pages are stored"

    with open_counter(tmp_path) as bench:
        bench.desk.go_on(yes=True)
        bench.settle()
        bench.desk.open_step(Step.MATERIALS)
        bench.settle()
        scan(bench)

        assert originals(bench) == wanted
        bench.until((tmp_path / "scans" / "taken" / "scan.tif").exists, "the file goes")
        bench.until(lambda: (tmp_path / "scans" / ".taken").read_text() == "", "nothing is left to remember")


@pytest.mark.kill
def test_the_rest_of_a_file_is_not_given_to_another_visit_and_the_clerk_is_told_where_it_is(tmp_path: Path) -> None:
    a_file(tmp_path)
    kill_in_the_middle(tmp_path, 2)

    with open_counter(tmp_path, after="delete") as bench:
        bench.desk.go_on(yes=False)
        bench.settle()
        bench.up_to(Step.MATERIALS)
        scan(bench)

        assert originals(bench) == []
        assert bench.said == "scanner.put_aside"
        assert [path.name for path in (tmp_path / "scans" / "aside").iterdir()] == ["scan.tif"]
        assert not (tmp_path / "scans" / "scan.tif").exists()
        scan(bench)
        assert bench.said == "scanner.no_documents"


def test_a_page_that_the_disk_refused_comes_again_with_the_next_scan(tmp_path: Path) -> None:
    wanted = a_file(tmp_path)
    with open_counter(tmp_path) as bench:
        bench.up_to(Step.MATERIALS)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))  # no file of this process may grow
        try:
            scan(bench)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert originals(bench) == []

        scan(bench)

        assert originals(bench) == wanted
