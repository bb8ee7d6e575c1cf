"""kill -9 at random moments: a counter does visits until it is killed, is started again, and so on.

``python -m tests.bench.bench_kill 200 60`` (kills, at most so many minutes). Counted at the end, over the window's
store, the centre and the printer's paper: no accepted case lost (whatever was said as accepted is in the store and at
the centre), none there twice, no receipt that is neither confirmed nor asked about. Each kill aims at a stage, all of
them equally often, and comes a random time after the counter said that it began, within what the stage takes on this
machine undisturbed. The seed is fixed; the machine decides what the program is doing at that moment, and the table says
at which stage each kill came.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter as Tally
from pathlib import Path
from typing import IO, Any

from tests.counter import KEY, take_numbers
from window_client.central.client import CentralClient
from window_client.demo import ROOT, DemoWorld
from window_client.store.caselog import CaseLog, segments
from window_client.store.keys import derive
from window_client.store.store import Store

KILLS = 40
EARLIEST = 0.3
"""Seconds after its start before which no counter is killed: Python itself is loading then."""

STAGES = (
    "starting",
    "ready",
    "calling",
    "identity",
    "form",
    "materials",
    "confirm",
    "submit",
    "accepted",
    "receipt",
    "rating",
    "idle",
)
"""What the counter says when the stage begins (no stage for the item, which is chosen within that of identity);
``submit`` ends with the acceptance, ``accepted`` with the receipt."""

SHORTEST = 0.02
"""Seconds within which a kill comes at least, however short its stage is."""

PATIENCE = 90.0
"""Seconds until a counter that never came to the stage is killed wherever it is."""

SEED = 20261124
KINDS = ("id_card", "scanner", "printer", "display")


def run(kills: int = KILLS, minutes: float = 60.0) -> dict[str, Any]:
    """Kill, start again, count. No more kills after so many minutes; what was done is told."""
    moments = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name, DemoWorld(Path(name) / "w", kinds=KINDS, keys="file") as world:
        take_numbers(world, kills * 2 + 20)
        began = time.monotonic()
        said: list[str] = []
        stages: Tally[str] = Tally()
        ended = done = 0
        lengths = undisturbed(world)
        for _ in range(kills):
            stage = moments.choice(STAGES)
            delay = moments.uniform(EARLIEST if stage == "starting" else 0.0, max(SHORTEST, lengths.get(stage, 0.0)))
            lines, killed = visit(world, stage, delay)
            done += 1
            said += [line.split()[1] for line in lines if line.startswith("accepted ")]
            stages[lines[-1].split()[0] if lines else "starting"] += 1
            ended += not killed
            sys.stderr.write(f"kill {done} at {lines[-1] if lines else 'starting'}\n")
            if time.monotonic() - began > minutes * 60:
                break
        lines, killed = visit(world, "done", 300.0, last=True)
        if killed or "done" not in lines:
            raise RuntimeError(f"the last run did not end by itself: {lines}")
        said += [line.split()[1] for line in lines if line.startswith("accepted ")]
        return {
            "kills": done - ended,
            "ended_before": ended,
            "stage_s": {stage: round(seconds, 2) for stage, seconds in lengths.items()},
            "seconds": round(time.monotonic() - began),
            "stages": {stage: stages[stage] for stage in [*STAGES, *(stages.keys() - set(STAGES))] if stages[stage]},
            **count(world, said),
        }


def undisturbed(world: DemoWorld) -> dict[str, float]:
    """Seconds that each stage takes when nobody is killed: the second visit of a counter, and its start."""
    lengths: dict[str, float] = {}
    with started(world, last=False) as process:
        assert process.stdout is not None
        stage, since, visits = "starting", time.monotonic(), 0
        try:
            for line in process.stdout:
                now = time.monotonic()
                lengths[stage] = now - since
                stage, since = line.split()[0], now
                visits += stage == "idle"
                if visits == 2 and stage == "calling":
                    return lengths
        finally:
            process.kill()
    raise RuntimeError("the undisturbed visits did not end")


def started(world: DemoWorld, *, last: bool) -> "subprocess.Popen[str]":
    """A counter in a process of its own."""
    admins = {kind: emulator.admin for kind, emulator in world.emulators.items()}
    command = [sys.executable, "-m", "tests.bench.visits", str(world.settings()), json.dumps(admins), str(int(last))]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def visit(world: DemoWorld, stage: str, delay: float, *, last: bool = False) -> tuple[list[str], bool]:
    """Run a counter until ``delay`` seconds after it came to ``stage``; what it said, and whether it was killed."""
    process = started(world, last=last)
    assert process.stdout is not None
    lines: list[str] = []
    came, ended = threading.Event(), threading.Event()

    def listen(output: IO[str]) -> None:
        for line in output:
            lines.append(line.strip())
            if line.split()[0] == stage:
                came.set()
        came.set()
        ended.set()

    listener = threading.Thread(target=listen, args=(process.stdout,), daemon=True)
    listener.start()
    if stage != "starting":
        came.wait(300.0 if last else PATIENCE)
    ended.wait(delay)
    if process.poll() is None and not (last and ended.wait(10)):
        process.kill()
    process.wait()
    listener.join()
    if process.returncode:  # somebody presses the scanner's button: by itself it waits a minute for who was killed
        world.emulators["scanner"].delete("/jobs")
    process.stdout.close()
    if process.returncode not in {0, -signal.SIGKILL}:  # the scripted clerk lost patience: the machine was too busy
        sys.stderr.write(f"the counter ended by itself with {process.returncode}: {lines}\n")
        lines.append("gave_up")
    return lines, process.returncode == -signal.SIGKILL


def count(world: DemoWorld, said: list[str]) -> dict[str, Any]:
    """What is there in the end."""
    folder = world.data() / "store"
    store = Store.open(folder, KEY)
    try:
        cases = store.cases.recent(10_000)
        problems = store.check()
        jobs = [job for case in cases for job in store.prints.of_case(case.case_no)]
        unsent = store.outbox.counts()
        entries = store.journal.verify()
    finally:
        store.close()
    case_log = CaseLog(folder / "log", derive(KEY, "log"))
    logged = [r.subject for n in segments(folder / "log") for r in case_log.read(n).records if r.kind == "case"]
    here = {case.case_no for case in cases}
    at_centre = centre_cases(world)
    own = [number for number in at_centre if number in here]
    printed = json.loads(world.emulators["printer"].request("GET", "/receipts"))
    papers = Tally(number for paper in printed for number in paper["barcodes"])
    copies = sum(job.copy > 0 for job in jobs)
    return {
        "accepted": len(cases),
        "said_accepted": len(set(said)),
        "lost": len(set(said) - here) + len(here - set(at_centre)),
        "doubled": len(own) - len(set(own)) + len(cases) - len({case.case_id for case in cases}),
        "not_in_log": len({case.case_id for case in cases} - set(logged)),
        "receipts_unaccounted": sum(job.state.value not in {"confirmed", "replaced", "unknown"} for job in jobs),
        "receipts_asked_about": sum(job.state.value == "unknown" for job in jobs),
        "papers_too_many": sum(papers.values()) - len(cases) - copies,
        "unsent": unsent.waiting + unsent.set_aside,
        "journal_entries": entries.entries,
        "journal_ok": entries.ok,
        "problems": problems,
    }


def centre_cases(world: DemoWorld) -> list[str]:
    """Numbers of all cases of this window that the centre has, and that are complete there."""
    token: list[str | None] = [None]
    client = CentralClient(world.central.url, token=lambda: token[0])
    try:
        token[0] = client.sign_in("1203", "demo", 12).token
        return [case.case_no for case in client.cases(limit=500).cases if case.pages == case.pages_received]
    finally:
        client.close()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*(int(text) for text in sys.argv[1:3])), ensure_ascii=False) + "\n")
