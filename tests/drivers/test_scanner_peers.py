"""Independent clients judge the emulator: scanimage with sane-airscan and with libsane's own escl.

The packages sane-utils, sane-airscan and libsane1 are part of the setup; without them these tests fail.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


class Emulator:
    """The emulator program, with its admin port."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "drivers.emulators.scanner", "--pages", "3"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        first = json.loads(self.process.stdout.readline())
        self.url, self._admin = first["url"], first["admin"]

    def fault(self, name: str) -> None:
        body = json.dumps({"name": name}).encode()
        request = urllib.request.Request(self._admin + "/fault", data=body, method="PUT")  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310
            return


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    emulator = Emulator()
    yield emulator
    emulator.process.communicate()
    assert emulator.process.returncode == 0


def scanimage(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("scanimage")
    assert program is not None, "scanimage is missing: install sane-utils, sane-airscan and libsane1"
    environment = {**os.environ, "SANE_CONFIG_DIR": str(config), "LC_ALL": "C"}
    return subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, timeout=90, check=False
    )


@pytest.fixture
def airscan(emulator: Emulator, tmp_path: Path) -> Path:
    config = tmp_path / "airscan"
    config.mkdir()
    (config / "dll.conf").write_text("airscan\n")
    (config / "airscan.conf").write_text(
        f'[devices]\n"CounterScanner" = {emulator.url}\n[options]\ndiscovery = disable\n'
    )
    return config


@pytest.fixture
def escl(tmp_path: Path) -> Path:
    config = tmp_path / "escl"
    config.mkdir()
    (config / "dll.conf").write_text("escl\n")
    (config / "escl.conf").touch()  # without it the backend crashes
    return config


def sizes(folder: Path) -> list[tuple[str, int, int]]:
    from PIL import Image

    found = []
    for path in sorted(folder.glob("page*")):
        with Image.open(path) as picture:
            picture.load()
            found.append((str(picture.format), *picture.size))
    return found


def test_airscan_finds_the_scanner(airscan: Path) -> None:
    listed = scanimage(airscan, "-L")

    assert "airscan:e0:CounterScanner" in listed.stdout, listed.stderr


def test_airscan_takes_all_pages_of_the_feeder(airscan: Path, tmp_path: Path) -> None:
    batch = f"--batch={tmp_path}/page%d.png"
    ended = scanimage(
        airscan,
        *("-d", "airscan:e0:CounterScanner", "--source", "ADF", "--resolution", "100", "--format=png", batch),
    )

    assert [kind for kind, _, _ in sizes(tmp_path)] == ["PNG"] * 3, ended.stderr
    assert "out of documents" in ended.stderr


@pytest.mark.parametrize(
    ("fault", "pages", "words"),
    [("jam_after:2", 2, "jammed"), ("door_open", 0, "cover is open"), ("slow", 3, "out of documents")],
)
def test_airscan_understands_the_faults(
    emulator: Emulator, airscan: Path, tmp_path: Path, fault: str, pages: int, words: str
) -> None:
    emulator.fault(fault)

    batch = f"--batch={tmp_path}/page%d.png"
    ended = scanimage(
        airscan,
        *("-d", "airscan:e0:CounterScanner", "--source", "ADF", "--resolution", "100", "--format=png", batch),
    )

    assert words in ended.stderr
    assert len(sizes(tmp_path)) == pages


def test_airscan_scans_the_glass_in_grey(airscan: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.png"
    ended = scanimage(
        airscan,
        *("-d", "airscan:e0:CounterScanner", "--source", "Flatbed", "--mode", "Gray", "--resolution", "150"),
        *("--format=png", "-o", str(out)),
    )

    assert out.is_file(), ended.stderr
    [(_, width, height)] = sizes(tmp_path)
    assert 1200 < width < 1300
    assert 1700 < height < 1780


@pytest.mark.parametrize("source", ["Flatbed", "ADF"])
def test_libsane_scans_what_it_asked_for(emulator: Emulator, escl: Path, tmp_path: Path, source: str) -> None:
    device = f"escl:{emulator.url.removesuffix('/eSCL')}"
    out = tmp_path / "page.png"

    ended = scanimage(escl, "-d", device, "--source", source, "--resolution", "100", "--format=png", "-o", str(out))

    assert out.is_file(), ended.stderr
    [(kind, width, height)] = sizes(tmp_path)
    assert kind == "PNG"
    assert 800 < width < 870
    assert 1100 < height < 1200
