"""kill -9 at named points of a whole visit; the next start goes on, and nothing is lost or doubled."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import KEY
from window_client.central.client import CentralClient
from window_client.central.contract import CaseSummary
from window_client.demo import ROOT, DemoWorld
from window_client.store.prints import PrintState
from window_client.store.store import Store

POINTS = (
    "draft.before_commit:2",
    "draft.after_commit:5",
    "draft.after_commit:12",
    "draft.before_commit:20",
    "page.before_write:1",
    "page.half_written:2",
    "page.before_rename:3",
    "page.after_rename:4",
    "page.after_sync:5",
    "accept.before_commit",
    "accept.log_ahead",
    "accept.after_commit",
    "accept.after_log",
    "print_begin.before_commit",
    "print_begin.after_commit",
    "receipt.before_print",
    "receipt.block_sent:2",
    "receipt.after_print",
    "print_finish.after_commit",
    "courier.before_send",
    "courier.after_answer",
    "courier.after_delivered:2",
    "delivered.before_commit",
    "rating.before_commit",
    "rating.after_commit",
)
"""Before and after each commit, send, answer and print block; the number is the n-th pass, chosen so that all of
them fall into different moments of the visit."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWorld]:
    folder = tmp_path_factory.mktemp("crash") / "world"
    with DemoWorld(folder, kinds=("id_card", "scanner", "printer", "display"), keys="file") as made:
        yield made


def visit(world: DemoWorld, settings: Path, point: str = "") -> "subprocess.CompletedProcess[str]":
    admins = {kind: emulator.admin for kind, emulator in world.emulators.items()}
    return subprocess.run(
        [sys.executable, "-m", "tests.visitor", str(settings), json.dumps(admins)],
        env={**os.environ, "WINDOW_CLIENT_CRASH_AT": point},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.kill
@pytest.mark.parametrize("point", POINTS)
def test_a_visit_survives_a_kill(world: DemoWorld, tmp_path: Path, point: str) -> None:
    settings = tmp_path / "settings.toml"
    text = world.settings().read_text(encoding="utf-8")
    settings.write_text(text.replace(str(world.data()), str(tmp_path / "window")), encoding="utf-8")
    world.emulators["printer"].delete("/receipts")
    world.emulators["id_card"].delete("/card")
    take_number(world)

    killed = visit(world, settings, point)
    assert killed.returncode == -signal.SIGKILL, f"{point} was never passed: {killed.stdout}{killed.stderr}"
    again = visit(world, settings)
    assert again.returncode == 0, f"{killed.stdout}---\n{again.stdout}{again.stderr}"

    store = Store.open(tmp_path / "window" / "store", KEY)
    try:
        cases = store.cases.recent(10)
        jobs = [job for case in cases for job in store.prints.of_case(case.case_no)]
        journal = store.journal.verify()
        problems = store.check()
        unsent = store.outbox.counts()
    finally:
        store.close()
    assert len(cases) == 1, f"{killed.stdout}---\n{again.stdout}"
    assert "accepted" not in killed.stdout or cases[0].case_no in killed.stdout, "an accepted case has another number"
    assert [job.copy for job in jobs] == [0]
    assert jobs[0].state is PrintState.CONFIRMED
    assert (unsent.waiting, unsent.set_aside) == (0, 0)
    assert journal.ok
    assert problems == []
    at_centre = centre_cases(world, cases[0].case_no)
    assert len(at_centre) == 1
    assert at_centre[0].case_id == cases[0].case_id
    assert at_centre[0].pages_received == at_centre[0].pages
    printed = json.loads(world.emulators["printer"].request("GET", "/receipts"))
    assert len([paper for paper in printed if cases[0].case_no in paper["barcodes"]]) <= 1


def client_of(world: DemoWorld, account: str, window: int) -> CentralClient:
    client = CentralClient(world.central.url)
    token = client.sign_in(account, "demo", window).token
    client.close()
    return CentralClient(world.central.url, token=lambda: token)


def take_number(world: DemoWorld) -> None:
    client = client_of(world, "kiosk-1", 0)
    try:
        client.take_ticket("C")
    finally:
        client.close()


def centre_cases(world: DemoWorld, case_no: str) -> tuple[CaseSummary, ...]:
    client = client_of(world, "1203", 12)
    try:
        return client.cases(case_no=case_no).cases
    finally:
        client.close()
