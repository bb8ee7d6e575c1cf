"""kill -9 at random moments: a counter does visits until it is killed, is started again, and so on.

``python -m tests.bench.bench_kill 200 60`` (kills, at most so many minutes). Counted at the end, over the window's
store, the centre and the printer's paper: no accepted case lost (whatever was said as accepted is in the store and at
the centre), none there twice, no receipt that is neither confirmed nor asked about. The moments are random with a
fixed seed; the machine decides what the program is doing then, and the table says at which stage each kill came.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter as Tally
from pathlib import Path
from typing import Any

from tests.counter import KEY
from window_client.central.client import CentralClient
from window_client.demo import ROOT, DemoWorld
from window_client.store.caselog import CaseLog, segments
from window_client.store.keys import derive
from window_client.store.store import Store

KILLS = 40
EARLIEST = 0.5
"""Seconds after its start before which no counter is killed: Python itself is loading then."""

SPAN = 0.6
"""Kills come within so much of what a start and a whole visit take on this machine, measured first. The next start goes
on where the kill came, so that every stage has its turn."""

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
        latest = SPAN * whole(world)
        for _ in range(kills):
            lines, killed = visit(world, moments.uniform(EARLIEST, latest))
            done += 1
            said += [line.split()[1] for line in lines if line.startswith("accepted ")]
            stages[lines[-1].split()[0] if lines else "starting"] += 1
            ended += not killed
            sys.stderr.write(f"kill {done} at {lines[-1] if lines else 'starting'}\n")
            if time.monotonic() - began > minutes * 60:
                break
        lines, killed = visit(world, 300.0, last=True)
        if killed or "done" not in lines:
            raise RuntimeError(f"the last run did not end by itself: {lines}")
        said += [line.split()[1] for line in lines if line.startswith("accepted ")]
        return {
            "kills": done - ended,
            "ended_before": ended,
            "latest_s": round(latest, 1),
            "seconds": round(time.monotonic() - began),
            "stages": dict(stages),
            **count(world, said),
        }


def whole(world: DemoWorld) -> float:
    """Seconds of a start and a visit until idle again, undisturbed."""
    began = time.monotonic()
    with started(world, last=False) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.strip() == "idle":
                    return time.monotonic() - began
        finally:
            process.kill()
    raise RuntimeError("the undisturbed visit did not end")


def started(world: DemoWorld, *, last: bool) -> "subprocess.Popen[str]":
    """A counter in a process of its own."""
    admins = {kind: emulator.admin for kind, emulator in world.emulators.items()}
    command = [sys.executable, "-m", "tests.bench.visits", str(world.settings()), json.dumps(admins), str(int(last))]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def visit(world: DemoWorld, seconds: float, *, last: bool = False) -> tuple[list[str], bool]:
    """Run a counter for so long; what it said, and whether it was killed."""
    process = started(world, last=last)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    with process.stdout:
        lines = process.stdout.read().splitlines()
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


def take_numbers(world: DemoWorld, number: int) -> None:
    """Fill the queue."""
    token: list[str | None] = [None]
    client = CentralClient(world.central.url, token=lambda: token[0])
    try:
        token[0] = client.sign_in("kiosk-1", "demo").token
        for _ in range(number):
            client.take_ticket("C")
    finally:
        client.close()


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
