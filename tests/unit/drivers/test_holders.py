"""Who holds a port: real files held by real programs."""

import subprocess
import sys
from pathlib import Path

from drivers.holders import OURSELVES, holder_of

HOLD = "import sys, time; port = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_the_program_that_holds_a_port_is_named(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    port.write_text("")
    link = tmp_path / "reader"
    link.symlink_to(port)
    assert holder_of(f"serial://{link}") == ""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        named = holder_of(f"serial://{link}?baud=9600")
        assert named == Path(f"/proc/{other.pid}/comm").read_text().strip()
        other.communicate()


def test_a_port_that_we_hold_ourselves_is_told_apart(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    port.write_text("")
    with port.open():
        assert holder_of(f"serial://{port}") == OURSELVES


def test_where_nobody_can_tell_there_is_no_name(tmp_path: Path) -> None:
    assert holder_of("socket://192.0.2.1:9100") == ""
    assert holder_of(f"serial://{tmp_path / 'gone'}") == ""
    port = tmp_path / "ttyUSB0"
    port.write_text("")
    assert holder_of(f"serial://{port}", root=tmp_path) == "", "a system without /proc"
