"""kill -9 around the commits of what a clerk does beside the straight path; the next start has all that she typed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Bench
from window_client.demo import ROOT
from window_client.domain.visit import State

WORK = """
import sys
from pathlib import Path
from tests.desk import Bench
from window_client.domain.visit import Step
from window_client.store import crash
folder, deed, crash._WANTED = Path(sys.argv[1]), sys.argv[2], ""
with Bench(folder) as bench:
    bench.up_to(Step.FORM)
    bench.desk.set_field("scope", "小吃服务")
    bench.settle()
    if deed == "take_over":
        bench.desk.lock()
    crash._WANTED = sys.argv[3]
    if deed == "another_item":
        bench.desk.serve_without_ticket()
    elif deed == "take_over":
        bench.desk.unlock("1305", "demo")
    elif deed == "hold":
        bench.desk.hold("copies")
    elif deed == "end":
        bench.desk.end_unfiled("not_here")
    bench.settle()
"""


@pytest.mark.kill
@pytest.mark.parametrize("when", ["before_commit", "after_commit"])
@pytest.mark.parametrize(
    ("deed", "commit"),
    [("another_item", "another_item"), ("take_over", "take_over"), ("hold", "draft"), ("end", "draft_close")],
)
def test_a_deed_is_on_disk_whole_or_not_at_all(tmp_path: Path, deed: str, commit: str, when: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(tmp_path / "store"), deed, f"{commit}.{when}"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr
    happened = when == "after_commit"

    with Bench(tmp_path / "store") as bench:
        drafts = bench.store.drafts.open_drafts()
        assert bench.store.check() == []
        actions = [entry.action for entry in bench.store.journal.entries()]
        reported = [row.kind for row in bench.store.outbox.list()]
    typed = [draft for draft in drafts if "scope" in draft.values]

    if deed == "end":
        assert (len(typed), reported) == ((0, ["visit"]) if happened else (1, []))
        return
    assert [draft.values["scope"].text for draft in typed] == ["小吃服务"]
    assert len(drafts) == (2 if deed == "another_item" and happened else 1)
    if deed == "take_over":
        assert (typed[0].clerk == "1305") is happened
        assert ("take_over" in actions) is happened
    else:
        assert (typed[0].state is State.HELD) is happened
