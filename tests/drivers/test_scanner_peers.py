"""Independent clients judge the emulator: scanimage with sane-airscan and with libsane's own escl.

The packages sane-utils, sane-airscan and libsane1 are part of the setup; without them these tests fail.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.emulators.process import EmulatorProcess


@pytest.fixture
def emulator(emulate: Callable[..., EmulatorProcess]) -> EmulatorProcess:
    return emulate("scanner", "--pages", "3")


PROGRAM = shutil.which("scanimage")


def environment(config: Path) -> dict[str, str]:
    return {**os.environ, "SANE_CONFIG_DIR": str(config), "LC_ALL": "C"}


def scanimage(config: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert PROGRAM is not None, "scanimage is missing: install sane-utils, sane-airscan and libsane1"
    return subprocess.run(
        [PROGRAM, *arguments], env=environment(config), capture_output=True, text=True, timeout=90, check=False
    )


@pytest.fixture
def airscan(emulator: EmulatorProcess, tmp_path: Path) -> Path:
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


def test_airscan_waits_for_a_slow_scanner(emulator: EmulatorProcess, airscan: Path, tmp_path: Path) -> None:
    emulator.put("/feeder", {"pages": 1})
    emulator.set_fault("slow")

    batch = f"--batch={tmp_path}/page%d.png"
    ended = scanimage(
        airscan,
        *("-d", "airscan:e0:CounterScanner", "--source", "ADF", "--resolution", "100", "--format=png", batch),
    )

    assert "out of documents" in ended.stderr
    assert len(sizes(tmp_path)) == 1


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
def test_libsane_scans_what_it_asked_for(emulator: EmulatorProcess, escl: Path, tmp_path: Path, source: str) -> None:
    device = f"escl:{emulator.url.removesuffix('/eSCL')}"
    out = tmp_path / "page.png"

    ended = scanimage(escl, "-d", device, "--source", source, "--resolution", "100", "--format=png", "-o", str(out))

    assert out.is_file(), ended.stderr
    [(kind, width, height)] = sizes(tmp_path)
    assert kind == "PNG"
    assert 800 < width < 870
    assert 1100 < height < 1200


# ---- ten pages, both sides, busy, and a scan that is broken off, by both


@pytest.fixture(params=["airscan", "escl"])
def peer(request: pytest.FixtureRequest, emulator: EmulatorProcess) -> tuple[Path, str]:
    """A configuration and the name of the device in it."""
    config: Path = request.getfixturevalue(request.param)
    name = "airscan:e0:CounterScanner" if request.param == "airscan" else f"escl:{emulator.url.removesuffix('/eSCL')}"
    return config, name


def batch_of(peer: tuple[Path, str], folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    config, name = peer
    folder.mkdir()
    arguments = ("--resolution", "100", "--format=png", f"--batch={folder}/page%d.png")
    return scanimage(config, "-d", name, "--source", source, *arguments)


def test_ten_pages_of_the_feeder(emulator: EmulatorProcess, peer: tuple[Path, str], tmp_path: Path) -> None:
    emulator.put("/feeder", {"pages": 10})

    ended = batch_of(peer, tmp_path / "out", "ADF")

    assert len(sizes(tmp_path / "out")) == 10, ended.stderr
    assert len({path.read_bytes() for path in (tmp_path / "out").iterdir()}) == 10
    assert "out of documents" in ended.stderr
    assert emulator.state()["pages"] == 0


def test_both_sides_of_the_feeder(emulator: EmulatorProcess, peer: tuple[Path, str], tmp_path: Path) -> None:
    emulator.put("/feeder", {"pages": 2})

    ended = batch_of(peer, tmp_path / "out", "ADF Duplex")

    assert len(sizes(tmp_path / "out")) == 4, ended.stderr
    assert "both sides" in str(emulator.state()["asked"])


def test_a_jam_keeps_the_pages_before_it(emulator: EmulatorProcess, peer: tuple[Path, str], tmp_path: Path) -> None:
    emulator.set_fault("jam_after:2")

    ended = batch_of(peer, tmp_path / "out", "ADF")

    assert len(sizes(tmp_path / "out")) == 2, ended.stderr
    if peer[1].startswith("escl:"):  # libsane 1.2 asks for the feeder's state before a job only (measured)
        ended = batch_of(peer, tmp_path / "again", "ADF")
        assert sizes(tmp_path / "again") == []
    assert "jammed" in ended.stderr


def test_an_open_cover_is_said(emulator: EmulatorProcess, peer: tuple[Path, str], tmp_path: Path) -> None:
    emulator.set_fault("door_open")

    ended = batch_of(peer, tmp_path / "out", "ADF")

    assert sizes(tmp_path / "out") == []
    assert "cover is open" in ended.stderr


def test_a_busy_scanner_is_said_and_scans_when_it_is_free(
    emulator: EmulatorProcess, airscan: Path, tmp_path: Path
) -> None:
    peer = (airscan, "airscan:e0:CounterScanner")
    emulator.set_fault("busy")
    assert "busy" in batch_of(peer, tmp_path / "first", "ADF").stderr.lower()
    emulator.set_fault(None)

    assert len(batch_of(peer, tmp_path / "second", "ADF").stderr) > 0
    assert len(sizes(tmp_path / "second")) == 3


def broken_off(emulator: EmulatorProcess, peer: tuple[Path, str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a scan, and press Ctrl-C while a page is under way."""
    config, name = peer
    assert PROGRAM is not None
    folder.mkdir()
    emulator.set_fault("hangs")
    arguments = ("--source", "ADF", "--resolution", "100", "--format=png", f"--batch={folder}/page%d.png")
    running = subprocess.Popen(
        [PROGRAM, "-d", name, *arguments], env=environment(config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until(lambda: bool(emulator.state()["held"]))
    running.send_signal(signal.SIGINT)
    return running


def until(condition: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < give_up_at, "never happened"
        time.sleep(0.05)


def states(emulator: EmulatorProcess) -> set[str]:
    jobs = emulator.state()["jobs"]
    assert isinstance(jobs, dict)
    return set(jobs.values())


def test_airscan_broken_off_in_a_page_deletes_its_job_and_the_next_scan_works(
    emulator: EmulatorProcess, airscan: Path, tmp_path: Path
) -> None:
    peer = (airscan, "airscan:e0:CounterScanner")

    with broken_off(emulator, peer, tmp_path / "first") as running:
        until(lambda: states(emulator) == {"Canceled"})
        running.wait(20)

    emulator.set_fault(None)
    batch_of(peer, tmp_path / "second", "ADF")
    assert len(sizes(tmp_path / "second")) == 3


def test_libsane_broken_off_leaves_its_job_and_the_next_scan_works_all_the_same(
    emulator: EmulatorProcess, escl: Path, tmp_path: Path
) -> None:
    """libsane 1.2 never deletes a job (measured): the scanner's own button does, as a person would press it."""
    peer = (escl, f"escl:{emulator.url.removesuffix('/eSCL')}")

    with broken_off(emulator, peer, tmp_path / "first") as running:
        running.kill()

    emulator.delete("/jobs")
    emulator.set_fault(None)
    batch_of(peer, tmp_path / "second", "ADF")
    assert len(sizes(tmp_path / "second")) == 3
