"""The session of its own that the demo and the tests run in, and that nothing of it stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus and gnome-keyring are of Linux desktops")


def started(folder: Path, *command: str) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if k not in {"WINDOW_CLIENT_KEYRING", "XDG_RUNTIME_DIR"}}
    return subprocess.Popen(
        [ROOT / "installer" / "with-keyring", *command],
        env=environment | {"WINDOW_CLIENT_SESSION": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def of_session(runtime: str) -> list[str]:
    """The processes that run in the session with this private folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"XDG_RUNTIME_DIR={runtime}\0".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text("utf-8", "replace").replace("\0", " "))
        except OSError:  # just gone, or none of ours
            continue
    return found


def test_a_command_has_a_keyring_its_own_input_and_its_own_exit_code(tmp_path: Path) -> None:
    code = (
        "import keyring, sys; keyring.set_password('counter', 'key', sys.stdin.read());"
        "print(keyring.get_password('counter', 'key')); sys.exit(7)"
    )
    with started(tmp_path / "session", sys.executable, "-c", code) as running:
        out, told = running.communicate("secret", timeout=60)
    assert (out, running.returncode) == ("secret\n", 7), told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["ended", "killed"])
def test_bus_and_keyring_end_however_the_command_ends(tmp_path: Path, number: signal.Signals) -> None:
    with started(tmp_path / "session", "sh", "-c", 'echo "$XDG_RUNTIME_DIR"; exec sleep 60') as running:
        assert running.stdout is not None
        runtime = running.stdout.readline().strip()
        assert any("gnome-keyring-daemon" in command for command in of_session(runtime))
        running.send_signal(number)
        assert running.wait(20) == -number
    give_up_at = time.monotonic() + 20
    while (left := of_session(runtime)) or Path(runtime).exists():
        assert time.monotonic() < give_up_at, left
        time.sleep(0.05)
